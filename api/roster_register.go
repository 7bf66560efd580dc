package api

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
	"gongjue/web"
)

// rosterRegisterJSON is how a stored version stands against an export of the register; names are masked.
type rosterRegisterJSON struct {
	Register       string `json:"register"`        // name of the export; empty: none lies beside the version
	RegisterSHA256 string `json:"register_sha256"` // to be sent with what is taken over
	roster.Comparison
}

// versionComparison reads a stored version and the export beside it. Refusals: not_found, those of readRegister.
func (c *call) versionComparison() (models.Roster, models.RegisterExport, roster.Comparison, error) {
	compared := roster.Comparison{Counts: map[roster.DifferenceKind]int{}, Differences: []roster.Difference{}}
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return list, models.RegisterExport{}, compared, err
	}
	export, err := c.store.VersionRegister(c, c.community.ID, list.ID)
	if err != nil || export.Bytes == nil {
		return list, export, compared, err
	}
	register, err := c.readRegister(export)
	if err != nil {
		return list, export, compared, err
	}
	units, err := c.store.RosterUnits(c, c.community.ID, list.ID)
	if err != nil {
		return list, export, compared, err
	}
	compared = roster.CompareRegister(roster.Roster{Units: units}, register).Masked()
	for i, d := range compared.Differences {
		// A home that the roster forgot has somebody to be asked, and one that was superseded nobody.
		compared.Differences[i].CanTakeOver = d.CanTakeOver && d.Kind != roster.OnlyInRegister && list.State != lifecycle.RosterSuperseded
	}
	return list, export, compared, nil
}

func getRosterRegister(c *call) error {
	_, export, compared, err := c.versionComparison()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: rosterRegisterJSON{Register: export.Name, RegisterSHA256: export.SHA256, Comparison: compared}})
}

// compareRosterAct lays an export of the register beside a stored version. The version stays as it is.
var compareRosterAct = act[nothing]{do: compareRoster, again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
	return rosterRegisterView(c, registerTrouble{upload: problems})
}}

func compareRoster(c *call, _ nothing) (done, error) {
	export, _, err := c.sentRegister()
	if err != nil {
		return done{}, err
	}
	if err := c.store.PutVersionRegister(c, c.actor(), c.community.ID, c.Param("roster"), export); err != nil {
		return done{}, err
	}
	list, export, compared, err := c.versionComparison()
	return done{body: rosterRegisterJSON{Register: export.Name, RegisterSHA256: export.SHA256, Comparison: compared},
		location: rosterURL(c.community.ID, list.ID) + "/register", flash: "register_compared"}, err
}

// followRegisterAct makes a draft out of a stored version, with areas as the register has them.
var followRegisterAct = act[rosterTakeOverRequest]{do: followRegister, again: func(c *call, in rosterTakeOverRequest, problems []web.Problem) (web.Page, error) {
	page, err := rosterRegisterView(c, registerTrouble{takeOver: problems, why: in.Why})
	if err != nil || page.TakeOver == nil {
		return nil, err
	}
	return page, nil
}}

func followRegister(c *call, in rosterTakeOverRequest) (done, error) {
	var r reader
	all := r.yes("all", in.All)
	if err := r.err(); err != nil {
		return done{}, err
	}
	list, export, compared, err := c.versionComparison()
	if err != nil {
		return done{}, err
	}
	if export.SHA256 != in.Register {
		return done{}, refuse("register_changed")
	}
	followed := models.Followed{SHA256: in.Register, Areas: map[string]voting.Area{}, By: c.staff.Name, Why: in.Why}
	for _, d := range compared.Differences {
		if d.CanTakeOver && (all || slices.Contains(in.Places, d.Place)) {
			followed.Areas[d.Place] = d.RegisterArea()
		}
	}
	draft, err := c.store.FollowRegister(c, c.actor(), c.community.ID, list.ID, followed)
	if err != nil {
		return done{}, err
	}
	return done{status: http.StatusCreated, body: rosterDetailOf(draft), location: rosterURL(c.community.ID, draft.ID), flash: "register_followed"}, nil
}

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
	page, err := rosterRegisterView(c, registerTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

func rosterRegisterView(c *call, t registerTrouble) (web.RosterRegister, error) {
	list, export, compared, err := c.versionComparison()
	if err != nil {
		return web.RosterRegister{}, err
	}
	address := rosterURL(c.community.ID, list.ID)
	here := address + "/register"
	page := web.RosterRegister{Shell: c.shell(web.TitleRegister), Form: web.Form{Action: here, Problems: t.upload}, RosterURL: address,
		Version: int(list.Version), State: string(list.State), Register: export.Name, ReceivedAt: web.Instant(export.CreatedAt), Comparison: compared}
	if c.staff.Role == models.RoleConvener {
		page.UploadURL = c.communityURL() + "/rosters/new"
	}
	if list.PublishedAt != 0 {
		page.ObjectionsURL = address + "/objections"
	}
	page.DifferenceList = c.differences(compared, here, func(d roster.Difference) string { return c.amendURL(list, d) })
	if n := takeable(compared); n > 0 && c.staff.Role == models.RoleConvener {
		page.TakeOver = &web.TakeOverForm{Form: web.Form{Action: here + "/taken_over", Problems: t.takeOver}, Register: export.SHA256, Why: t.why, Count: n}
	}
	return page, nil
}
