package api

import (
	"net/http"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting/platform"
	"gongjue/web"
)

// importRequest comes as multipart/form-data on pages and on the API alike, beside the part `file`.
type importRequest struct {
	ReceivedFrom string `json:"received_from" form:"received_from" binding:"max=100"`
	Reason       string `json:"reason" form:"reason" binding:"max=200"`
	Confirmed    flag   `json:"confirmed" form:"confirmed"` // yes where the file has doubts and no errors
}

// importConfirmRequest is the second person's, in the same form.
type importConfirmRequest struct {
	Rows    numeral `json:"rows" form:"rows" binding:"required"` // from the platform's sealed print-out
	OwnCopy flag    `json:"own_copy" form:"own_copy"`            // yes: the platform gave this person the file
}

// platformFile reads the part `file` against the meeting. Refusals: those of sentFile and of workbook, and those of
// models.Store.ImportPlan.
func (c *call) platformFile() (models.PlatformFile, error) {
	plan, err := c.store.ImportPlan(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return models.PlatformFile{}, err
	}
	sent, err := c.sentFile()
	if err != nil {
		return models.PlatformFile{}, err
	}
	sheets, err := workbook.Read(sent, sent.Size, sent.Name)
	if err != nil {
		return models.PlatformFile{}, asFileRefusal(err)
	}
	sum, err := sent.sum()
	if err != nil {
		return models.PlatformFile{}, err
	}
	return models.PlatformFile{Name: shortName(sent.Name), SHA256: sum, File: platform.Read(sheets, plan)}, nil
}

// again reads the file of a refused request once more, to show what was found in it; nil where it cannot be read.
func (c *call) again() *models.PlatformFile {
	file, err := c.platformFile()
	if err != nil {
		return nil
	}
	return &file
}

var importAct = act[importRequest]{
	do: func(c *call, in importRequest) (done, error) {
		var r reader
		confirmed := r.yes("confirmed", in.Confirmed)
		if err := r.err(); err != nil {
			return done{}, err
		}
		file, err := c.platformFile()
		if err != nil {
			return done{}, err
		}
		upload := models.ImportUpload{File: file, ReceivedFrom: in.ReceivedFrom, Reason: in.Reason, Confirmed: confirmed}
		if err := c.store.UploadImport(c, c.actor(), c.community.ID, c.Param("meeting"), upload); err != nil {
			return done{}, err
		}
		return done{status: http.StatusCreated, body: importReadOf(file), location: c.importURL(), flash: "import_waiting"}, nil
	},
	again: func(c *call, in importRequest, problems []web.Problem) (web.Page, error) {
		return importView(c, importTrouble{upload: in, problems: problems, report: c.again()})
	},
}

var importConfirmAct = act[importConfirmRequest]{
	do: func(c *call, in importConfirmRequest) (done, error) {
		var r reader
		rows, own := r.number("rows", in.Rows), r.yes("own_copy", in.OwnCopy)
		if err := r.err(); err != nil {
			return done{}, err
		}
		file, err := c.platformFile()
		if err != nil {
			return done{}, err
		}
		confirmation := models.ImportConfirmation{File: file, Rows: rows, OwnCopy: own}
		if err := c.store.ConfirmImport(c, c.actor(), c.community.ID, c.Param("meeting"), confirmation); err != nil {
			return done{}, err
		}
		return done{body: importReadOf(file), location: c.importURL(), flash: "import_confirmed"}, nil
	},
	again: func(c *call, in importConfirmRequest, problems []web.Problem) (web.Page, error) {
		t := importTrouble{confirm: in, second: true, problems: problems}
		if file := c.again(); file != nil && file.Failed() {
			t.report = file
		}
		return importView(c, t)
	},
}

func importPost(c *call) error { return importAct.page(c) }

func importConfirmPost(c *call) error { return importConfirmAct.page(c) }

func importJSONFile(c *call) error { return importFile(c, importAct) }

func importConfirmJSON(c *call) error { return importFile(c, importConfirmAct) }

// importFile answers a file over the API; a refusal because of what stands in it carries the issues.
func importFile[In any](c *call, act act[In]) error {
	err := act.upload(c)
	refusal, refused := asRefusal(err)
	if !refused || refusal.Code != "import_errors" && refusal.Code != "import_unconfirmed" {
		return err
	}
	file := c.again()
	if file == nil {
		return err
	}
	c.sendProblem([]*models.Refusal{refusal}, file.Issues...)
	return nil
}

// importReadJSON is what was understood of a file.
type importReadJSON struct {
	SHA256  string             `json:"sha256"`
	Rows    int                `json:"rows"`  // homes with an answer
	Empty   int                `json:"empty"` // homes without
	Voters  int                `json:"voters"`
	Columns []importColumnJSON `json:"columns"`
	Issues  []platform.Issue   `json:"issues"` // confirmed doubts
}

type importColumnJSON struct {
	platform.Column
	Text string `json:"text"` // what it was taken for, in Chinese
}

func importReadOf(file models.PlatformFile) importReadJSON {
	read := importReadJSON{SHA256: file.SHA256, Rows: file.Rows, Empty: file.Empty, Voters: len(file.Ballots),
		Columns: make([]importColumnJSON, len(file.Columns)), Issues: append([]platform.Issue{}, file.Issues...)}
	for i, column := range file.Columns {
		read.Columns[i] = importColumnJSON{column, web.ImportMeaning(string(column.Meaning), column.Matter, column.Option)}
	}
	return read
}

var importWithdrawAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		err := c.store.WithdrawImport(c, c.actor(), c.community.ID, c.Param("meeting"))
		return done{location: c.importURL(), flash: "import_withdrawn"}, err
	},
	again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
		return importView(c, importTrouble{problems: problems})
	},
}

// importTemplate is the table to fill in: the homes of the frozen roster that vote on anything, and a column for every
// matter. It names no owner.
func importTemplate(c *call) error {
	plan, err := c.store.ImportPlan(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	return c.sendTables(web.FileImportTemplate, importTable(plan))
}

func importTable(plan platform.Plan) workbook.Table {
	table := workbook.Table{Name: web.SheetImport, Header: append([]string{}, web.ImportPlaces...), Lists: map[int][]string{}, Widths: map[int]float64{}}
	for i, matter := range plan.Matters {
		column := len(table.Header)
		table.Header = append(table.Header, web.ImportMatter(i+1, matter.Title))
		table.Widths[column] = 30
		if matter.Rule.YesNo() {
			table.Lists[column] = web.ImportMarks(matter.Rule.Marks(plan.Policies))
		}
	}
	for _, name := range web.ImportTrail {
		table.Widths[len(table.Header)] = 22
		table.Header = append(table.Header, name)
	}
	for _, unit := range plan.Votes() {
		table.Rows = append(table.Rows, []string{unit.Building, unit.Stair, unit.Room})
	}
	return table
}
