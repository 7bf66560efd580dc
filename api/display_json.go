package api

import (
	"strconv"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/roster"
	"gongjue/web"
)

// publicRosterJSON is a roster as anyone may see it: the totals of its display, without a name or a phone.
type publicRosterJSON struct {
	Community  communityJSON    `json:"community"`
	Roster     rosterJSON       `json:"roster"`
	Contact    string           `json:"contact"` // whom to tell
	Place      string           `json:"place,omitempty"`
	AnswerDays int64            `json:"answer_days"` // within how many days an objection is answered
	Open       bool             `json:"open"`        // the lines are shown to everybody: while it is on display
	Buildings  []rosterPartJSON `json:"buildings"`
	Usages     []rosterPartJSON `json:"usages"`
	Sources    []rosterPartJSON `json:"sources"`         // of the areas
	NewerID    string           `json:"newer,omitempty"` // the version that took the place of a superseded one

	Objections objectionCountJSON `json:"objections"`
	Changes    []rosterChangeJSON `json:"corrections"`

	Amendments []publicAmendmentJSON `json:"amendments"` // that led to this version after an earlier one was frozen, the newest first
}

// objectionCountJSON says how the objections to a roster stand.
type objectionCountJSON struct {
	Open      int64 `json:"open"`
	Upheld    int64 `json:"upheld"`
	Dismissed int64 `json:"dismissed"`
}

// rosterChangeJSON is a correction of a roster on display. Who holds a unit and their phones are never told.
type rosterChangeJSON struct {
	Number      int64             `json:"number"`
	Unit        string            `json:"unit"`
	What        []string          `json:"what"`             // unit, area, area_source, usage, owners, phone
	Before      *models.UnitFacts `json:"before,omitempty"` // missing for a unit that was missing
	After       models.UnitFacts  `json:"after"`
	TotalBefore weightJSON        `json:"total_before"`
	TotalAfter  weightJSON        `json:"total_after"`
	At          int64             `json:"at"`
}

func rosterChangeOf(change models.RosterChange) rosterChangeJSON {
	return rosterChangeJSON{Number: change.Number, Unit: web.PlaceWords(change.Place), What: change.What, Before: change.Before, After: change.After,
		TotalBefore: weightOf(change.TotalBefore), TotalAfter: weightOf(change.TotalAfter), At: change.MadeAt}
}

// rosterPartJSON are the sums of one building, usage or source of areas.
type rosterPartJSON struct {
	Name       string      `json:"name"`
	Units      int64       `json:"units"`
	Area       string      `json:"area"` // m², everything registered
	AreaCM2    voting.Area `json:"area_cm2"`
	CountedCM2 voting.Area `json:"counted_cm2"` // what of it counts under the parking rule
}

func rosterPartsOf(list []models.RosterPart) []rosterPartJSON {
	parts := make([]rosterPartJSON, len(list))
	for i, part := range list {
		parts[i] = rosterPartJSON{Name: part.Name, Units: part.Units, Area: part.Area.String(), AreaCM2: part.Area, CountedCM2: part.Counted}
	}
	return parts
}

func getPublicRoster(c *call) error {
	list, err := c.store.PublicRoster(c, c.Param("roster"))
	if err != nil {
		return err
	}
	body := publicRosterJSON{Community: communityOf(list.Community), Roster: rosterOf(list.Roster), Contact: list.Contact,
		Place: list.Place, AnswerDays: list.AnswerDays, Open: list.OpenToAll(), Buildings: rosterPartsOf(list.Buildings),
		Usages: rosterPartsOf(list.Usages), Sources: rosterPartsOf(list.Sources), NewerID: list.Newer,
		Objections: objectionCountJSON{list.Objections.Open, list.Objections.Upheld, list.Objections.Dismissed}, Changes: []rosterChangeJSON{},
		Amendments: publicAmendmentsOf(list.Amendments)}
	for _, change := range list.Changes {
		body.Changes = append(body.Changes, rosterChangeOf(change))
	}
	return c.sendJSON(done{body: body})
}

// displayLineJSON is one unit of a display.
type displayLineJSON struct {
	Building   string            `json:"building"`
	Stair      string            `json:"stair,omitempty"`
	Room       string            `json:"room"`
	Usage      string            `json:"usage"`
	Area       string            `json:"area"` // m²
	AreaCM2    voting.Area       `json:"area_cm2"`
	AreaSource roster.AreaSource `json:"area_source,omitempty"`
	CountsArea bool              `json:"counts_area"`
	Group      int64             `json:"head_group"`  // units of one number make one head together
	GroupUnits int64             `json:"group_units"` // how many units the group has
	GroupHeads int64             `json:"group_heads"` // 1, or 0 where nothing of the group counts by heads
	Developer  bool              `json:"developer"`   // the group is the developer's
	Corrected  bool              `json:"corrected"`   // since the roster was put on display
}

type displayLinesJSON struct {
	Units []displayLineJSON `json:"units"`
	Next  string            `json:"next,omitempty"` // cursor: pass it as `after`
}

// listDisplayLines gives the lines of a display in the order of the file. Refusal: roster_display_over (it is shown to
// its own owners alone).
func listDisplayLines(c *call) error {
	list, err := c.store.PublicRoster(c, c.Param("roster"))
	if err != nil {
		return err
	}
	if !list.OpenToAll() && !c.ownerAt(list.ID) {
		return refuse("roster_display_over")
	}
	query := c.homeQuery().lines()
	query.After, query.Limit = c.after(), linesShown
	lines, more, err := c.store.DisplayLines(c, list, query)
	if err != nil {
		return err
	}
	body := displayLinesJSON{Units: make([]displayLineJSON, len(lines))}
	for i, line := range lines {
		body.Units[i] = displayLineOf(line)
	}
	if more {
		body.Next = strconv.FormatInt(lines[len(lines)-1].Position, 10)
	}
	return c.sendJSON(done{body: body})
}

func displayLineOf(line models.DisplayLine) displayLineJSON {
	return displayLineJSON{Building: line.Building, Stair: line.Stair, Room: line.Room, Usage: line.Usage, Area: line.Area.String(),
		AreaCM2: line.Area, AreaSource: line.AreaSource, CountsArea: line.CountsArea, Group: line.Group, GroupUnits: line.GroupUnits,
		GroupHeads: line.GroupHeads, Developer: line.Developer, Corrected: line.Corrected}
}
