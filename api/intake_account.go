package api

import (
	"net/http"
	"slices"
	"strings"

	"gongjue/models"
	"gongjue/voting/roster"
	"gongjue/web"
)

// version is the file as it would count.
func (r *intakeRead) version() roster.Version {
	return roster.Version{Units: r.Parking.Apply(r.parsed.Units), Decisions: r.Work.Decisions}
}

// changes compares a file with the roster in force; number is that roster's version, 0 where there is none.
func (c *call) changes(read *intakeRead) (number int64, diff roster.Diff, err error) {
	number, before, err := c.store.CurrentUnits(c, c.community.ID)
	if err != nil || number == 0 {
		return 0, roster.Diff{}, err
	}
	after := models.AsStored(read.Parking.Apply(read.parsed.Units), read.holders)
	return number, roster.DiffVersions(roster.Version{Units: before}, roster.Version{Units: after}, read.parsed.Held), nil
}

func intakeChangesPage(c *call) error {
	read, err := c.intake()
	if err != nil {
		return err
	}
	number, diff, err := c.changes(read)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, web.IntakeChanges{Shell: c.shell(web.TitleChanges), File: read.Name, IntakeURL: intakeURL(c.community.ID, read.ID),
		Version: int(number), Diff: diff})
}

func getIntakeChanges(c *call) error {
	read, err := c.intake()
	if err != nil {
		return err
	}
	number, diff, err := c.changes(read)
	if err == nil && number == 0 {
		err = refuse("unknown_roster")
	}
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: diff})
}

func intakeGridPage(c *call) error {
	read, err := c.intake()
	if err != nil {
		return err
	}
	buildings := roster.Grid(read.parsed, read.review)
	page := web.IntakeGrid{Shell: c.shell(web.TitleGrid), File: read.Name, IntakeURL: intakeURL(c.community.ID, read.ID)}
	for _, building := range buildings {
		page.Names = append(page.Names, building.Name)
	}
	at := max(0, slices.Index(page.Names, c.Query("building")))
	if len(buildings) > 0 {
		page.Building = &buildings[at]
	}
	return c.render(http.StatusOK, page)
}

func getIntakeGrid(c *call) error {
	read, err := c.intake()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: gridJSON{Buildings: roster.Grid(read.parsed, read.review)}})
}

// gridJSON is a file laid out by building, floor and door.
type gridJSON struct {
	Buildings []roster.GridBuilding `json:"buildings"`
}

func intakeHeadsPage(c *call) error {
	page, err := intakeHeadsView(c, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

func intakeHeadsView(c *call, problems []web.Problem) (web.Page, error) {
	read, err := c.intake()
	if err != nil {
		return nil, err
	}
	address := intakeURL(c.community.ID, read.ID)
	return web.IntakeHeads{Shell: c.shell(web.TitleHeads), Form: web.Form{Action: address + "/heads", Problems: problems}, File: read.Name,
		IntakeURL: address, Account: read.version().Explain(), Decisions: read.Work.Decisions}, nil
}

func getIntakeHeads(c *call) error {
	read, err := c.intake()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: read.version().Explain()})
}

// decideHeadsAct makes one head of several, or several of one, as a person decided with a reason.
var decideHeadsAct = act[intakeHeadsRequest]{do: decideHeads, again: func(c *call, _ intakeHeadsRequest, problems []web.Problem) (web.Page, error) {
	return intakeHeadsView(c, problems)
}}

func decideHeads(c *call, in intakeHeadsRequest) (done, error) {
	var r reader
	why, now := strings.TrimSpace(in.Why), c.store.Now()
	switch {
	case in.Do == "undo":
	case why == "":
		r.refuse("required", "why")
	case in.Do == "merge" && len(in.Units) < 2, in.Do == "split" && len(in.Units) < 1:
		r.refuse("units_not_chosen", "units")
	case in.Do != "merge" && in.Do != "split":
		r.refuse("bad_value", "do")
	}
	if err := r.err(); err != nil {
		return done{}, err
	}
	read, err := c.intake()
	if err != nil {
		return done{}, err
	}
	units := read.Parking.Apply(read.parsed.Units)
	answer, err := c.changeIntake(models.IntakeDecision, "intake_decided", func(work *models.IntakeWork) error {
		decided := work.Decisions
		touches := func(places []string) bool {
			return slices.ContainsFunc(places, func(place string) bool { return slices.Contains(in.Units, place) })
		}
		decided.Merges, decided.Splits = slices.Clone(decided.Merges), slices.Clone(decided.Splits)
		switch in.Do {
		case "merge":
			decided.Merges = append(decided.Merges, roster.Merge{Units: in.Units, Why: why, By: c.staff.Name, At: now})
		case "split":
			decided.Splits = append(decided.Splits, roster.Split{Units: in.Units, Why: why, By: c.staff.Name, At: now})
		default:
			decided.Merges = slices.DeleteFunc(decided.Merges, func(m roster.Merge) bool { return touches(m.Units) })
			decided.Splits = slices.DeleteFunc(decided.Splits, func(s roster.Split) bool { return touches(s.Units) })
		}
		if _, refused := decided.Holders(units, read.Parking); in.Do != "undo" && len(refused) > len(read.refused)-len(read.parsed.Refused) {
			return refuseField("decision_refused", "units")
		}
		work.Decisions = decided
		return nil
	})
	if answer.location != "" {
		answer.location += "/heads"
	}
	return answer, err
}
