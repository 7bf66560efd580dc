package api

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting/roster"
	"gongjue/web"
)

// intakeRegisterJSON is how a file on the desk stands against the export of the register beside it; names are masked.
type intakeRegisterJSON struct {
	Register       string `json:"register"` // name of the export; empty: none was laid beside the file, and nothing is compared
	RegisterSHA256 string `json:"register_sha256"`
	Revision       int64  `json:"revision"` // to be sent with what is taken over
	roster.Comparison
}

// comparison reads the file on the desk and the export beside it. Refusals: not_found, those of workbook.
func (c *call) comparison() (*intakeRead, models.RegisterExport, roster.Comparison, error) {
	read, err := c.intake()
	if err != nil {
		return nil, models.RegisterExport{}, roster.Comparison{}, err
	}
	export, err := c.store.Register(c, c.community.ID, read.ID)
	if err != nil || export.Bytes == nil {
		return read, export, roster.Comparison{Counts: map[roster.DifferenceKind]int{}, Differences: []roster.Difference{}}, err
	}
	register, err := c.readRegister(export)
	if err != nil {
		return nil, export, roster.Comparison{}, err
	}
	return read, export, roster.CompareRegister(read.parsed, register).Masked(), nil
}

// readRegister reads an export. Refusals, at the field file: those of workbook, register_wrong_kind.
func (c *call) readRegister(export models.RegisterExport) (roster.Roster, error) {
	register, _, err := c.readSpreadsheet(workbook.Upload, export.Bytes, export.Name, roster.Guidance{Register: true})
	if err == nil && !register.Recognised() {
		err = refuseField("register_wrong_kind", fileField)
	}
	return register, asFileRefusal(err)
}

func getIntakeRegister(c *call) error {
	body, err := c.comparisonJSON()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: body})
}

func (c *call) comparisonJSON() (intakeRegisterJSON, error) {
	read, export, compared, err := c.comparison()
	if err != nil {
		return intakeRegisterJSON{}, err
	}
	return intakeRegisterJSON{Register: export.Name, RegisterSHA256: export.SHA256, Revision: read.Revision, Comparison: compared}, nil
}

// compared answers a step with what the comparison says now.
func (c *call) compared(flash string) (done, error) {
	body, err := c.comparisonJSON()
	return done{body: body, location: intakeURL(c.community.ID, c.Param("intake"), "register"), flash: flash}, err
}

// putRegisterAct lays an export of the register beside the file.
var putRegisterAct = act[nothing]{do: putRegister, again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
	return registerView(c, registerTrouble{upload: problems})
}}

// sentRegister is the export that was uploaded, read once. Refusals, at the field file: file_missing, file_empty, those of
// readRegister.
func (c *call) sentRegister() (models.RegisterExport, roster.Roster, error) {
	var export models.RegisterExport
	sent, err := c.sentFile()
	if err != nil {
		return export, roster.Roster{}, err
	}
	if export.Bytes, err = io.ReadAll(io.LimitReader(sent, sent.Size)); err != nil {
		return export, roster.Roster{}, err
	}
	if export.SHA256, err = sent.sum(); err != nil {
		return export, roster.Roster{}, err
	}
	export.Name = shortName(sent.Name)
	register, err := c.readRegister(export)
	return export, register, err
}

func putRegister(c *call, _ nothing) (done, error) {
	export, _, err := c.sentRegister()
	if err != nil {
		return done{}, err
	}
	if err := c.store.PutRegister(c, c.actor(), c.community.ID, c.Param("intake"), export); err != nil {
		return done{}, err
	}
	return c.compared("register_compared")
}

// takeOverAct settles differences as the register has them, by corrections of the file on the desk.
var takeOverAct = act[intakeTakeOverRequest]{do: takeOver, again: func(c *call, in intakeTakeOverRequest, problems []web.Problem) (web.Page, error) {
	return registerView(c, registerTrouble{takeOver: problems, why: in.Why})
}}

// takeOver refuses what was not seen: another revision of the file or another export. A second click finds both.
func takeOver(c *call, in intakeTakeOverRequest) (done, error) {
	var r reader
	revision := r.number("revision", in.Revision)
	all := r.yes("all", in.All)
	if err := r.err(); err != nil {
		return done{}, err
	}
	read, _, compared, err := c.comparison()
	if err != nil {
		return done{}, err
	}
	if read.Revision != revision {
		return done{}, refuse("intake_changed")
	}
	asked := roster.TakeOver{Maps: read.parsed.Maps, Earlier: read.Work.Corrections, By: c.staff.Name, Why: in.Why, At: c.store.Now()}
	if !all {
		asked.Places = append([]string{}, in.Places...)
	}
	told := asked.Corrections(compared)
	if len(told) == 0 {
		return done{}, refuse("nothing_to_take_over")
	}
	_, err = c.store.ChangeIntakeSeen(c, c.actor(), c.community.ID, read.ID, revision, models.IntakeTakeOver, func(work *models.IntakeWork) error {
		if len(work.Corrections)+len(told) > mostCorrections {
			return refuse("too_many_corrections")
		}
		work.Corrections = append(work.Corrections, told...)
		return nil
	})
	if err != nil {
		return done{}, err
	}
	return c.compared("register_taken_over")
}

// registerTrouble is what refused the last form of the page.
type registerTrouble struct {
	upload, takeOver []web.Problem
	why              string
}

func intakeRegisterPage(c *call) error {
	page, err := registerView(c, registerTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

func registerView(c *call, t registerTrouble) (web.Page, error) {
	read, export, compared, err := c.comparison()
	if err != nil {
		return nil, err
	}
	address := intakeURL(c.community.ID, read.ID)
	here := address + "/register"
	page := web.IntakeRegister{Shell: c.shell(web.TitleRegister), Form: web.Form{Action: here, Problems: t.upload}, File: read.Name, IntakeURL: address,
		Register: export.Name, ReceivedAt: web.Instant(export.CreatedAt), Comparison: compared,
		TakeOver: web.TakeOverForm{Form: web.Form{Action: here + "/taken_over", Problems: t.takeOver}, Revision: strconv.FormatInt(read.Revision, 10), Why: t.why}}
	page.DifferenceList = c.differences(compared, here, func(d roster.Difference) string { return rowURL(address, d.Sheet, d.Row) })
	page.TakeOver.Count = takeable(compared)
	return page, nil
}

// differences are those of the kind and the page that the address asks for; mend gives where one is put right by hand.
func (c *call) differences(compared roster.Comparison, here string, mend func(roster.Difference) string) web.DifferenceList {
	var page web.DifferenceList
	list, kind := compared.Differences, roster.DifferenceKind(c.Query("kind"))
	for _, k := range roster.DifferenceKinds {
		if n := compared.Counts[k]; n > 0 {
			page.Kinds = append(page.Kinds, web.DifferenceKind{Code: string(k), Count: n, URL: here + "?kind=" + string(k), Chosen: k == kind})
		}
	}
	if compared.Counts[kind] > 0 {
		list = slices.DeleteFunc(slices.Clone(list), func(d roster.Difference) bool { return d.Kind != kind })
	}
	from, err := strconv.Atoi(c.Query("from"))
	if err != nil || from < 0 || from > len(list) {
		from = 0
	}
	to := min(from+issuesShown, len(list))
	for _, d := range list[from:to] {
		page.Differences = append(page.Differences, web.RegisterLine{Difference: d, MendURL: mend(d)})
	}
	if to < len(list) {
		page.MoreURL = here + "?kind=" + url.QueryEscape(c.Query("kind")) + "&from=" + strconv.Itoa(to)
	}
	return page
}

// takeable counts the differences that can be taken over, on all pages.
func takeable(compared roster.Comparison) (n int) {
	for _, d := range compared.Differences {
		if d.CanTakeOver {
			n++
		}
	}
	return n
}
