package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
	"gongjue/web"
)

// paperURL is an address of the desk where sheets are entered.
func (c *call) paperURL(parts ...string) string {
	return c.meetingURL(c.Param("meeting"), append([]string{"paper"}, parts...)...)
}

func (c *call) sheetURL(voter string) string { return c.paperURL("sheets", voter) }

// findSheetRequest names a sheet by its serial, or by the home it belongs to.
type findSheetRequest struct {
	Serial   string `json:"serial" form:"serial" binding:"max=200"`
	Building string `json:"building" form:"building" binding:"max=50"`
	Stair    string `json:"stair" form:"stair" binding:"max=50"`
	Room     string `json:"room" form:"room" binding:"max=50"`
}

func paperPage(c *call) error {
	page, err := paperView(c, findSheetRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// paperView is the desk: the next sheet, and how all of them add up.
func paperView(c *call, in findSheetRequest, problems []web.Problem) (web.Page, error) {
	desk, err := c.store.PaperDeskOf(c, c.actor(), c.community.ID, c.Param("meeting"))
	if err != nil {
		return nil, err
	}
	m := desk.Meeting
	buildings, err := c.store.Buildings(c, c.community.ID, m.RosterID)
	if err != nil {
		return nil, err
	}
	page := web.PaperDesk{Shell: c.shell(m.Title + " " + web.TitlePaper), Form: web.Form{Action: c.paperURL("find"), Problems: problems},
		Community: c.community.Name, Meeting: m.Title, MeetingURL: c.meetingURL(m.ID), Closes: web.Instant(m.ClosesAt), Late: desk.Late,
		Buildings: buildings, Serial: in.Serial, Building: in.Building, Stair: in.Stair, Room: in.Room,
		Coarse: m.State == lifecycle.MeetingVoting, Issued: desk.Issued, Online: desk.Online, Paper: desk.Paper, Waiting: desk.Waiting,
		Disputed: desk.Disputed, Duplicate: desk.Duplicate, Outstanding: desk.Outstanding, Platform: m.Platform, Imported: desk.Imported}
	switch m.State {
	case lifecycle.MeetingNoticed:
		page.Refusal = sentence("meeting_not_started")
	case lifecycle.MeetingVoting, lifecycle.MeetingClosed:
		for _, sheet := range desk.Open {
			page.Open = append(page.Open, c.openSheet(sheet))
		}
	default:
		page.Refusal = sentence("paper_closed")
	}
	return page, nil
}

func (c *call) openSheet(sheet models.OpenSheet) web.OpenSheet {
	line := web.OpenSheet{UnitLabel: web.PlaceWords(sheet.Label), Disputed: sheet.State == models.PaperDisputed, At: web.Instant(sheet.At)}
	if line.Disputed || !sheet.Mine {
		line.EnterURL = c.sheetURL(sheet.VoterID)
	}
	if line.Disputed != sheet.Mine {
		line.WithdrawURL = c.sheetURL(sheet.VoterID) + "/withdraw"
	}
	return line
}

type sheetFoundJSON struct {
	Voter string `json:"voter_id"`
}

var findSheetAct = act[findSheetRequest]{do: findSheet, again: paperView}

func findSheet(c *call, in findSheetRequest) (done, error) {
	query := models.SheetQuery{Serial: in.Serial}
	if in.Serial == "" {
		if in.Room == "" {
			return done{}, refuseField("required", "serial")
		}
		home := roster.ReadHome(in.Building, in.Stair, in.Room, "")
		query = models.SheetQuery{Building: home.Building, Stair: home.Stair, Room: home.Room}
	}
	voter, err := c.store.FindSheet(c, c.actor(), c.community.ID, c.Param("meeting"), query)
	if err != nil {
		return done{}, err
	}
	return done{body: sheetFoundJSON{Voter: voter}, location: c.sheetURL(voter)}, nil
}

// paperSheet reads the sheet that the address names.
func (c *call) paperSheet() (models.PaperSheet, error) {
	return c.store.PaperSheetOf(c, c.actor(), c.community.ID, c.Param("meeting"), c.Param("voter"))
}

func paperSheetPage(c *call) error {
	sheet, err := c.paperSheet()
	if err != nil {
		return c.sheetRefused(err)
	}
	return c.render(http.StatusOK, c.entryView(sheet, typedSheet{}, nil))
}

// sheetRefused shows why a sheet cannot be entered where the next one can be found.
func (c *call) sheetRefused(err error) error {
	refusal, refused := asRefusal(err)
	if !refused || statusOf(refusal.Code) != http.StatusConflict {
		return err
	}
	page, err := paperView(c, findSheetRequest{}, []web.Problem{{Text: sentence(refusal.Code)}})
	if err != nil {
		return err
	}
	return c.render(statusOf(refusal.Code), page)
}

type paperSheetJSON struct {
	Meeting string            `json:"meeting_id"`
	Voter   string            `json:"voter_id"`
	Units   []string          `json:"units"`
	Owners  []string          `json:"owners"` // masked
	Matters []paperMatterJSON `json:"matters"`
	Late    bool              `json:"late"` // the deadline has passed: only what was in the box counts
	Mine    bool              `json:"mine"` // the one who asks made the entry that waits
}

func getPaperSheet(c *call) error {
	sheet, err := c.paperSheet()
	if err != nil {
		return err
	}
	body := paperSheetJSON{Meeting: sheet.Meeting.ID, Voter: sheet.VoterID, Units: unitLabels(sheet.Units), Owners: sheet.Names,
		Matters: make([]paperMatterJSON, len(sheet.Matters)), Late: sheet.Late, Mine: sheet.Mine}
	for i, matter := range sheet.Matters {
		body.Matters[i] = paperMatterJSON{matterJSON: matterOf(matter), Marks: matter.Rule.Marks(sheet.Meeting.Policies)}
	}
	return c.sendJSON(done{body: body})
}

// paperDeskJSON are numbers of sheets; online is a multiple of 20 while voting.
type paperDeskJSON struct {
	Late        bool            `json:"late"`
	Issued      int64           `json:"issued"`
	Online      int64           `json:"online"`
	Paper       int64           `json:"paper"`
	Waiting     int64           `json:"waiting"`
	Disputed    int64           `json:"disputed"`
	Duplicate   int64           `json:"duplicate"`
	Outstanding int64           `json:"outstanding"`
	Imported    int64           `json:"imported"` // voters in the file of the city's platform; after the close
	Open        []openSheetJSON `json:"open"`
}

type openSheetJSON struct {
	Voter string            `json:"voter_id"`
	Unit  string            `json:"unit"`
	State models.PaperState `json:"state"`
	At    int64             `json:"changed_at"`
	Mine  bool              `json:"mine"`
}

func getPaperDesk(c *call) error {
	desk, err := c.store.PaperDeskOf(c, c.actor(), c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	body := paperDeskJSON{Late: desk.Late, Issued: desk.Issued, Online: desk.Online, Paper: desk.Paper, Waiting: desk.Waiting,
		Disputed: desk.Disputed, Duplicate: desk.Duplicate, Outstanding: desk.Outstanding, Imported: desk.Imported, Open: make([]openSheetJSON, len(desk.Open))}
	for i, sheet := range desk.Open {
		body.Open[i] = openSheetJSON{Voter: sheet.VoterID, Unit: web.PlaceWords(sheet.Label), State: sheet.State, At: sheet.At, Mine: sheet.Mine}
	}
	return c.sendJSON(done{body: body})
}

var withdrawPaperAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		err := c.store.WithdrawPaper(c, c.actor(), c.community.ID, c.Param("meeting"), c.Param("voter"))
		return done{location: c.paperURL(), flash: "paper_withdrawn"}, err
	},
	again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
		return paperView(c, findSheetRequest{}, problems)
	},
}
