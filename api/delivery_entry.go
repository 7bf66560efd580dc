package api

import (
	"net/http"
	"slices"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/web"
)

// deliverySheet reads the sheet that the address names with its records.
func (c *call) deliverySheet() (models.DeliverySheet, error) {
	return c.store.DeliverySheetOf(c, c.community.ID, c.Param("meeting"), c.Param("voter"))
}

func deliverySheetPage(c *call) error {
	sheet, err := c.deliverySheet()
	if err != nil {
		return err
	}
	in := deliveryRequest{Result: string(models.Delivered), DeliveredAt: web.Instant(c.store.Now()).Local()}
	if last := sheet.Last(); last != nil {
		in = deliveryRequest{Replaces: last.ID, Mode: string(last.Mode), Result: string(last.Result), DeliveredAt: web.Instant(last.At).Local(),
			Relation: string(last.Relation), Proof: last.Proof}
	}
	return c.render(http.StatusOK, c.deliveryEntry(sheet, in, nil))
}

func (c *call) deliveryEntry(sheet models.DeliverySheet, in deliveryRequest, problems []web.Problem) web.DeliveryEntry {
	m := sheet.Meeting
	page := web.DeliveryEntry{Shell: c.shell(m.Title + " " + web.TitleDelivery), Form: web.Form{Action: c.deliverySheetURL(sheet.VoterID), Problems: problems},
		Community: c.community.Name, Meeting: m.Title, DeskURL: c.deliveryURL(), Units: unitLabels(sheet.Units), Owners: sheet.Names,
		Replaces: in.Replaces, DeliveryFields: web.DeliveryFields{Mode: in.Mode, Result: in.Result, DeliveredAt: in.DeliveredAt, Relation: in.Relation, Proof: in.Proof}}
	if sheet.Closed != "" {
		page.Refusal = sentence(sheet.Closed)
	}
	for i, record := range slices.Backward(sheet.History) {
		page.History = append(page.History, web.DeliveryRecord{Mode: string(record.Mode), Result: string(record.Result), At: web.Instant(record.At),
			Relation: string(record.Relation), Proof: record.Proof, RecordedBy: record.ByName, RecordedAt: web.Instant(record.RecordedAt),
			InForce: i == len(sheet.History)-1})
	}
	return page
}

// deliveryRequest records what became of one sheet.
type deliveryRequest struct {
	Replaces    string `json:"replaces" form:"replaces" binding:"max=50"` // id of the record that it corrects; empty for a first one
	Mode        string `json:"mode" form:"mode" binding:"required"`
	Result      string `json:"result" form:"result" binding:"required"`
	DeliveredAt string `json:"delivered_at" form:"delivered_at" binding:"required"` // 2006-01-02T15:04 in 北京时间
	Relation    string `json:"relation" form:"relation" binding:"required"`
	Proof       string `json:"proof" form:"proof" binding:"max=100"`
}

var recordDeliveryAct = act[deliveryRequest]{
	do: func(c *call, in deliveryRequest) (done, error) {
		delivery, err := deliveryOf(web.DeliveryFields{Mode: in.Mode, Result: in.Result, DeliveredAt: in.DeliveredAt, Relation: in.Relation, Proof: in.Proof})
		if err != nil {
			return done{}, err
		}
		delivery.VoterID, delivery.Replaces = c.Param("voter"), in.Replaces
		made, err := c.store.RecordDelivery(c, c.actor(), c.community.ID, c.Param("meeting"), delivery)
		if err != nil {
			return done{}, err
		}
		made.ByName = c.staff.Name
		return done{status: http.StatusCreated, body: deliveryJSONOf(made), location: c.deliveryURL(), flash: "delivery_recorded"}, nil
	},
	again: func(c *call, in deliveryRequest, problems []web.Problem) (web.Page, error) {
		sheet, err := c.deliverySheet()
		if err != nil {
			return nil, err
		}
		if last := sheet.Last(); last != nil {
			in.Replaces = last.ID // whoever sends it again has seen the newest record
		}
		return c.deliveryEntry(sheet, in, problems), nil
	},
}

// deliveryJSON is one record; the newest of a sheet is in force.
type deliveryJSON struct {
	ID          string                `json:"id"`
	Replaces    string                `json:"replaces,omitempty"` // id of the record that it corrects
	Mode        models.DeliveryMode   `json:"mode"`
	Result      models.DeliveryResult `json:"result"`
	DeliveredAt int64                 `json:"delivered_at"`
	Relation    models.Relation       `json:"relation"`
	Proof       string                `json:"proof"`
	RecordedBy  string                `json:"recorded_by"`
	RecordedAt  int64                 `json:"recorded_at"`
}

func deliveryJSONOf(d models.Delivery) deliveryJSON {
	return deliveryJSON{ID: d.ID, Replaces: d.Replaces, Mode: d.Mode, Result: d.Result, DeliveredAt: d.At, Relation: d.Relation, Proof: d.Proof,
		RecordedBy: d.ByName, RecordedAt: d.RecordedAt}
}

type deliverySheetJSON struct {
	Voter   string         `json:"voter_id"`
	Units   []string       `json:"units"`
	Owners  []string       `json:"owners"`  // masked
	Records []deliveryJSON `json:"records"` // the newest last
}

func getDeliverySheet(c *call) error {
	sheet, err := c.deliverySheet()
	if err != nil {
		return err
	}
	body := deliverySheetJSON{Voter: sheet.VoterID, Units: unitLabels(sheet.Units), Owners: sheet.Names, Records: make([]deliveryJSON, len(sheet.History))}
	for i, record := range sheet.History {
		body.Records[i] = deliveryJSONOf(record)
	}
	return c.sendJSON(done{body: body})
}

// deliveryNumbersJSON are sheets by what became of them.
type deliveryNumbersJSON struct {
	Issued        int64 `json:"issued"`
	Delivered     int64 `json:"delivered"`
	Refused       int64 `json:"refused"`
	Undeliverable int64 `json:"undeliverable"`
	None          int64 `json:"none"` // without a record
}

type deliveryDeskJSON struct {
	deliveryNumbersJSON
	Open       bool                  `json:"open"`    // a record can be made now
	Ballots    int64                 `json:"ballots"` // of every channel; while voting a multiple of 20
	Parts      []deliveryPartJSON    `json:"parts"`
	Exceptions []deliveryLineJSON    `json:"exceptions"` // refused and undeliverable
	Missing    []deliveryLineJSON    `json:"missing"`    // without a record, the first hundred
	Matters    []deliveryClassesJSON `json:"matters"`    // after the count
}

// deliveryPartJSON is one building; the developer's sheet stands apart, without one.
type deliveryPartJSON struct {
	Building string `json:"building"`
	deliveryNumbersJSON
}

type deliveryLineJSON struct {
	Voter string        `json:"voter_id"`
	Unit  string        `json:"unit"`
	Last  *deliveryJSON `json:"last,omitempty"`
}

// deliveryClassesJSON are the six classes of one matter.
type deliveryClassesJSON struct {
	MatterID string      `json:"matter_id"`
	Classes  []classJSON `json:"classes"`
}

// classJSON is one class; the area is left out where it would point to a home.
type classJSON struct {
	Class   voting.VoterClass `json:"class"`
	Heads   int64             `json:"heads"`
	Area    string            `json:"area,omitempty"` // m²
	AreaCM2 voting.Area       `json:"area_cm2,omitempty"`
}

func classesOf(count bundle.Delivery) []classJSON {
	lines := count.Lines()
	classes := make([]classJSON, len(lines))
	for i, line := range lines {
		classes[i] = classJSON{Class: line.Class, Heads: line.Weight.Heads}
		if !line.Few {
			classes[i].Area, classes[i].AreaCM2 = line.Weight.Area.String(), line.Weight.Area
		}
	}
	return classes
}

func getDeliveryDesk(c *call) error {
	desk, err := c.store.DeliveryDeskOf(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	body := deliveryDeskJSON{deliveryNumbersJSON: deliveryNumbersJSON(desk.DeliveryNumbers), Open: desk.Closed == "", Ballots: desk.Ballots,
		Parts: make([]deliveryPartJSON, len(desk.Parts)), Exceptions: deliveryLinesOf(desk.Exceptions), Missing: deliveryLinesOf(desk.Missing),
		Matters: []deliveryClassesJSON{}}
	for i, part := range desk.Parts {
		body.Parts[i] = deliveryPartJSON{part.Building, deliveryNumbersJSON(part.DeliveryNumbers)}
	}
	for _, matter := range desk.Matters {
		if matter.Delivery != nil {
			body.Matters = append(body.Matters, deliveryClassesJSON{MatterID: matter.MatterID, Classes: classesOf(*matter.Delivery)})
		}
	}
	return c.sendJSON(done{body: body})
}

func deliveryLinesOf(list []models.DeliveryLine) []deliveryLineJSON {
	lines := make([]deliveryLineJSON, len(list))
	for i, sheet := range list {
		lines[i] = deliveryLineJSON{Voter: sheet.VoterID, Unit: web.PlaceWords(sheet.Label)}
		if sheet.Last != nil {
			last := deliveryJSONOf(*sheet.Last)
			lines[i].Last = &last
		}
	}
	return lines
}
