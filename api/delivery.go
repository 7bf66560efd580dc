package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/bundle"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
	"gongjue/web"
)

// deliveryURL is an address of the register of deliveries of a meeting.
func (c *call) deliveryURL(parts ...string) string {
	return c.meetingURL(c.Param("meeting"), append([]string{"deliveries"}, parts...)...)
}

func (c *call) deliverySheetURL(voter string) string { return c.deliveryURL("sheets", voter) }

// deliveryTrouble is what refused the last attempt at the desk: to find a sheet, or to record a round.
type deliveryTrouble struct {
	find          findSheetRequest
	findProblems  []web.Problem
	round         deliveryRoundRequest
	roundProblems []web.Problem
}

func deliveryPage(c *call) error {
	page, err := deliveryView(c, deliveryTrouble{round: deliveryRoundRequest{Result: string(models.Delivered)}})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// deliveryView is the desk: how the sheets went out, and the forms while anything can be recorded.
func deliveryView(c *call, t deliveryTrouble) (web.Page, error) {
	desk, err := c.store.DeliveryDeskOf(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return nil, err
	}
	m := desk.Meeting
	buildings, err := c.store.Buildings(c, c.community.ID, m.RosterID)
	if err != nil {
		return nil, err
	}
	if t.round.DeliveredAt == "" {
		t.round.DeliveredAt = web.Instant(c.store.Now()).Local()
	}
	page := web.DeliveryDesk{Shell: c.shell(m.Title + " " + web.TitleDelivery), Form: web.Form{Action: c.deliveryURL("find"), Problems: t.findProblems},
		Community: c.community.Name, Meeting: m.Title, MeetingURL: c.meetingURL(m.ID), Closes: web.Instant(m.ClosesAt), Silence: web.SilenceWords(m.Policies),
		Matters: m.CountsSilence(), Buildings: buildings, Serial: t.find.Serial,
		Building: t.find.Building, Stair: t.find.Stair, Room: t.find.Room, Numbers: web.DeliveryNumbers(desk.DeliveryNumbers), Ballots: desk.Ballots,
		Coarse: m.State == lifecycle.MeetingVoting,
		Round: web.DeliveryRound{Form: web.Form{Action: c.deliveryURL("rounds"), Problems: t.roundProblems}, Building: t.round.Building, Stair: t.round.Stair,
			DeliveryFields: t.round.fields()}}
	if desk.Closed != "" {
		page.Refusal = sentence(desk.Closed)
	}
	for _, part := range desk.Parts {
		page.Parts = append(page.Parts, web.DeliveryPart{Building: part.Building, DeliveryNumbers: web.DeliveryNumbers(part.DeliveryNumbers)})
	}
	page.Exceptions, page.Missing = c.deliveryLines(desk.Exceptions), c.deliveryLines(desk.Missing)
	for _, matter := range desk.Matters {
		if matter.Delivery != nil {
			page.Classes = append(page.Classes, web.MatterClasses{Number: int(matter.Position), Title: matter.Title, Classes: classLines(*matter.Delivery)})
		}
	}
	return page, nil
}

func (c *call) deliveryLines(list []models.DeliveryLine) []web.DeliveryLine {
	lines := make([]web.DeliveryLine, len(list))
	for i, sheet := range list {
		lines[i] = web.DeliveryLine{UnitLabel: web.PlaceWords(sheet.Label), URL: c.deliverySheetURL(sheet.VoterID)}
		if last := sheet.Last; last != nil {
			lines[i].Result, lines[i].Mode, lines[i].At, lines[i].Proof = string(last.Result), string(last.Mode), web.Instant(last.At), last.Proof
		}
	}
	return lines
}

// classLines are the six classes of a matter as pages print them.
func classLines(count bundle.Delivery) []web.ClassLine {
	list := count.Lines()
	lines := make([]web.ClassLine, len(list))
	for i, line := range list {
		lines[i] = web.ClassLine(line)
	}
	return lines
}

var findDeliveryAct = act[findSheetRequest]{
	do: func(c *call, in findSheetRequest) (done, error) {
		query := models.SheetQuery{Serial: in.Serial}
		if in.Serial == "" {
			if in.Room == "" {
				return done{}, refuseField("required", "serial")
			}
			home := roster.ReadHome(in.Building, in.Stair, in.Room, "")
			query = models.SheetQuery{Building: home.Building, Stair: home.Stair, Room: home.Room}
		}
		voter, err := c.store.FindDelivery(c, c.community.ID, c.Param("meeting"), query)
		if err != nil {
			return done{}, err
		}
		return done{body: sheetFoundJSON{Voter: voter}, location: c.deliverySheetURL(voter)}, nil
	},
	again: func(c *call, in findSheetRequest, problems []web.Problem) (web.Page, error) {
		return deliveryView(c, deliveryTrouble{find: in, findProblems: problems, round: deliveryRoundRequest{Result: string(models.Delivered)}})
	},
}

// deliveryRoundRequest records everybody of a building or a stair who has no record yet.
type deliveryRoundRequest struct {
	Building    string `json:"building" form:"building" binding:"required,max=50"`
	Stair       string `json:"stair" form:"stair" binding:"max=50"`
	Mode        string `json:"mode" form:"mode" binding:"required"`
	Result      string `json:"result" form:"result" binding:"required"`
	DeliveredAt string `json:"delivered_at" form:"delivered_at" binding:"required"` // 2006-01-02T15:04 in 北京时间
	Relation    string `json:"relation" form:"relation" binding:"required"`
	Proof       string `json:"proof" form:"proof" binding:"max=100"`
}

func (in deliveryRoundRequest) fields() web.DeliveryFields {
	return web.DeliveryFields{Mode: in.Mode, Result: in.Result, DeliveredAt: in.DeliveredAt, Relation: in.Relation, Proof: in.Proof}
}

type roundRecordedJSON struct {
	Recorded int64 `json:"recorded"` // sheets
}

var recordRoundAct = act[deliveryRoundRequest]{
	do: func(c *call, in deliveryRoundRequest) (done, error) {
		delivery, err := deliveryOf(in.fields())
		if err != nil {
			return done{}, err
		}
		where := roster.ReadHome(in.Building, in.Stair, "", "")
		round := models.DeliveryRound{Building: where.Building, Stair: where.Stair, Delivery: delivery}
		n, err := c.store.RecordDeliveries(c, c.actor(), c.community.ID, c.Param("meeting"), round)
		if err != nil {
			return done{}, err
		}
		return done{status: http.StatusCreated, body: roundRecordedJSON{Recorded: n}, location: c.deliveryURL(), flash: "deliveries_recorded"}, nil
	},
	again: func(c *call, in deliveryRoundRequest, problems []web.Problem) (web.Page, error) {
		return deliveryView(c, deliveryTrouble{round: in, roundProblems: problems})
	},
}

// deliveryOf reads what was typed of a delivery. Refusal: moment_invalid.
func deliveryOf(in web.DeliveryFields) (models.Delivery, error) {
	var r reader
	return models.Delivery{Mode: models.DeliveryMode(in.Mode), Result: models.DeliveryResult(in.Result), At: r.moment("delivered_at", in.DeliveredAt),
		Relation: models.Relation(in.Relation), Proof: in.Proof}, r.err()
}
