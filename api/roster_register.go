package api

import (
	"net/http"
	"net/url"
	"strings"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
	"gongjue/web"
)

// rosterRegisterJSON is how a stored version stands against an export of the register; names are masked.
type rosterRegisterJSON struct {
	Register       string `json:"register"`
	RegisterSHA256 string `json:"register_sha256"`
	roster.Comparison
}

// compareRosterAct holds a stored version against an export of the register. Nothing is kept of the export, and nothing
// changed: a version on display or in force is corrected by the ways that everybody sees.
var compareRosterAct = act[nothing]{do: compareRoster, again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return nil, err
	}
	return rosterRegisterView(c, list, problems), nil
}}

func compareRoster(c *call, _ nothing) (done, error) {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return done{}, err
	}
	export, register, err := c.sentRegister()
	if err != nil {
		return done{}, err
	}
	units, err := c.store.RosterUnits(c, c.community.ID, list.ID)
	if err != nil {
		return done{}, err
	}
	compared := roster.CompareRegister(roster.Roster{Units: units}, register).Masked()
	show := func(c *call) (web.Page, error) {
		page := rosterRegisterView(c, list, nil)
		page.Register, page.Comparison = export.Name, compared
		for _, kind := range roster.DifferenceKinds {
			if n := compared.Counts[kind]; n > 0 {
				page.Kinds = append(page.Kinds, web.DifferenceKind{Code: string(kind), Count: n})
			}
		}
		for _, d := range compared.Differences[:min(len(compared.Differences), differencesShown)] {
			page.Differences = append(page.Differences, web.RegisterLine{Difference: d, MendURL: c.amendURL(list, d)})
		}
		page.More = len(compared.Differences) - len(page.Differences)
		return page, nil
	}
	return done{body: rosterRegisterJSON{Register: export.Name, RegisterSHA256: export.SHA256, Comparison: compared}, show: show}, nil
}

// differencesShown bounds the page of one comparison, which has no second one: the export is not kept.
const differencesShown = 500

// amendURL is where a convener proposes the correction of a frozen version; empty for everybody else.
func (c *call) amendURL(list models.Roster, d roster.Difference) string {
	if list.State != lifecycle.RosterFrozen || c.staff.Role != models.RoleConvener {
		return ""
	}
	address := amendmentsURL(c.community.ID, list.ID) + "/new"
	if d.Kind == roster.OnlyInRegister {
		return address + "?missing=yes"
	}
	building, stair, room := roster.PlaceParts(d.Place)
	return address + "?" + url.Values{"building": {building}, "room": {strings.TrimSpace(stair + " " + room)}}.Encode()
}

func rosterRegisterPage(c *call) error {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, rosterRegisterView(c, list, nil))
}

func rosterRegisterView(c *call, list models.Roster, problems []web.Problem) web.RosterRegister {
	here := rosterURL(c.community.ID, list.ID)
	page := web.RosterRegister{Shell: c.shell(web.TitleRegister), Form: web.Form{Action: here + "/register", Problems: problems}, RosterURL: here,
		Version: int(list.Version), State: string(list.State)}
	if c.staff.Role == models.RoleConvener {
		page.UploadURL = c.communityURL() + "/rosters/new"
	}
	if list.PublishedAt != 0 {
		page.ObjectionsURL = here + "/objections"
	}
	return page
}
