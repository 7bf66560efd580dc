package api

import (
	"io"
	"net/http"
	"slices"
	"strings"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting/roster"
	"gongjue/web"
)

func intakeURL(communityID, id string, parts ...string) string {
	return strings.Join(append([]string{staffCommunityURL(communityID) + "/rosters/intakes", id}, parts...), "/")
}

// openIntakeAct puts a spreadsheet on the desk: it is checked, and nothing of it counts yet.
var openIntakeAct = act[rosterUpload]{do: openIntake, again: rosterUploadForm}

func openIntakeForm(c *call) error { return openIntakeAct.page(c) }

func openIntakeJSON(c *call) error { return openIntakeAct.upload(c) }

func openIntake(c *call, in rosterUpload) (done, error) {
	parking, unread := in.policy()
	file, seen, err := c.readRoster()
	if refused := refusals(err); refused != nil {
		unread = append(unread, refused...)
	} else if err != nil {
		return done{}, err
	}
	if len(unread) > 0 {
		return done{}, unread
	}
	file.Parking = parking
	intake, err := c.store.OpenIntake(c, c.actor(), c.community.ID, file)
	if err != nil {
		return done{}, err
	}
	read, err := c.firstLook(intake, seen, file.Bytes)
	if err != nil {
		return done{}, err
	}
	return done{status: http.StatusCreated, body: intakeOf(read), location: intakeURL(c.community.ID, intake.ID)}, nil
}

// importRosterJSON takes a file in one request: for programs, whose operator answers for every doubt in it.
func importRosterJSON(c *call) error {
	return act[rosterUpload]{do: importRoster}.upload(c)
}

func importRoster(c *call, in rosterUpload) (done, error) {
	parking, unread := in.policy()
	file, read, err := c.readRoster()
	if refused := refusals(err); refused != nil {
		unread = append(unread, refused...)
	} else if err != nil {
		return done{}, err
	}
	if len(unread) > 0 {
		return done{}, unread
	}
	read.Intake = models.Intake{Name: file.Name, SHA256: file.SHA256, Parking: parking}
	if why := strings.TrimSpace(in.ConfirmWarnings); why != "" {
		for _, code := range roster.Codes {
			read.Work.Confirmations = append(read.Work.Confirmations, roster.ConfirmAll(read.review, code, c.staff.Name, why, c.store.Now())...)
		}
	}
	imported, err := c.store.ImportRoster(c, c.actor(), c.community.ID, read.file())
	if err != nil {
		return done{}, inField(err, fileField)
	}
	return done{status: http.StatusCreated, body: rosterDetailOf(imported), location: rosterURL(c.community.ID, imported.ID)}, nil
}

// readRoster reads the uploaded spreadsheet under the limits of an upload. Refusals, all at the field file:
// file_missing, those of workbook, roster_wrong_kind.
func (c *call) readRoster() (models.NewIntake, *intakeRead, error) {
	sent, err := c.sentFile()
	if err != nil {
		return models.NewIntake{}, nil, err
	}
	content, err := io.ReadAll(io.LimitReader(sent, sent.Size))
	if err != nil {
		return models.NewIntake{}, nil, err
	}
	sum, err := sent.sum()
	if err != nil {
		return models.NewIntake{}, nil, err
	}
	file := models.NewIntake{Name: shortName(sent.Name), SHA256: sum, Bytes: content}
	read, err := c.readIntake(models.Intake{Name: file.Name}, content)
	if err != nil {
		return models.NewIntake{}, nil, err
	}
	if !slices.ContainsFunc(read.parsed.Maps, nearlyARoster) {
		return models.NewIntake{}, nil, refuseField("roster_wrong_kind", fileField)
	}
	return file, read, nil
}

// nearlyARoster tells a sheet in which a person can point out room, area and owner from a table that has no room for
// them.
func nearlyARoster(m roster.SheetMap) bool { return m.Used || len(m.Columns) >= 3 }

// chooseColumnsAct says what the columns of a sheet are.
var chooseColumnsAct = act[intakeColumnsRequest]{
	do: func(c *call, in intakeColumnsRequest) (done, error) {
		var r reader
		choice := roster.ColumnChoice{Sheet: in.Sheet, HeaderRow: int(r.number("header_row", in.HeaderRow)), Columns: map[roster.Field]int{}}
		for column, field := range in.Use {
			if field == "" {
				continue
			}
			if _, twice := choice.Columns[roster.Field(field)]; twice {
				r.refuse("column_twice", "use")
			}
			choice.Columns[roster.Field(field)] = column
		}
		forget := in.Found == "yes"
		choice.Skip = !forget && len(choice.Columns) == 0
		if err := r.err(); err != nil {
			return done{}, err
		}
		return c.changeIntake(models.IntakeColumns, "intake_columns", func(work *models.IntakeWork) error {
			work.Columns = slices.DeleteFunc(work.Columns, func(old roster.ColumnChoice) bool { return old.Sheet == in.Sheet })
			if !forget {
				work.Columns = append(work.Columns, choice)
			}
			return nil
		})
	},
	again: func(c *call, in intakeColumnsRequest, problems []web.Problem) (web.Page, error) {
		return intakeColumnsView(c, in.Sheet, problems)
	},
}

// mendRowAct mends one row of the file, leaves it out, or adds one.
var mendRowAct = act[intakeRowRequest]{do: mendRow, again: func(c *call, in intakeRowRequest, problems []web.Problem) (web.Page, error) {
	var r reader
	row := int(r.number("row", in.Row))
	if r.err() != nil {
		return nil, nil
	}
	return intakeRowView(c, roster.RowRef{Sheet: in.Sheet, Row: row}, in, problems)
}}

func mendRow(c *call, in intakeRowRequest) (done, error) {
	var r reader
	row := int(r.number("row", in.Row))
	if in.Do != "undo" && strings.TrimSpace(in.Why) == "" {
		r.refuse("required", "why")
	}
	told := in.corrections(row, c.staff.Name, c.store.Now())
	if len(told) == 0 && in.Do != "undo" {
		r.refuse("nothing_changed", "")
	}
	if err := r.err(); err != nil {
		return done{}, err
	}
	return c.changeIntake(models.IntakeCorrection, "intake_mended", func(work *models.IntakeWork) error {
		if in.Do == "undo" {
			work.Corrections = slices.DeleteFunc(work.Corrections, func(old roster.Correction) bool { return old.Sheet == in.Sheet && old.Row == row })
			return nil
		}
		if len(work.Corrections)+len(told) > mostCorrections {
			return refuse("too_many_corrections")
		}
		work.Corrections = append(work.Corrections, told...)
		return nil
	})
}

// mostCorrections bounds what is mended by hand: beyond it the spreadsheet itself has to be put right.
const mostCorrections = 5000

// corrections are what a form asks for; a field whose text is as it was is none.
func (in intakeRowRequest) corrections(row int, by string, at int64) []roster.Correction {
	base := roster.Correction{Sheet: in.Sheet, Row: row, Do: roster.Mend(in.Do), By: by, Why: strings.TrimSpace(in.Why), At: at}
	if in.Do == string(roster.MendDrop) {
		if len(in.Was) == 1 {
			base.Was = in.Was[0]
		}
		return []roster.Correction{base}
	}
	var list []roster.Correction
	for i, field := range in.Field {
		if i >= len(in.Value) || i >= len(in.Was) || i >= len(in.Seen) {
			break
		}
		value := workbook.Typed(in.Value[i])
		if roster.Fingerprint(value) == in.Seen[i] {
			continue
		}
		correction := base
		correction.Field, correction.Value = roster.Field(field), value
		if in.Do == string(roster.MendSet) {
			correction.Was = in.Was[i]
		}
		list = append(list, correction)
	}
	return list
}

// confirmIssuesAct confirms doubts one by one, or all of a kind.
var confirmIssuesAct = act[intakeConfirmRequest]{
	do: func(c *call, in intakeConfirmRequest) (done, error) {
		read, err := c.intake()
		if err != nil {
			return done{}, err
		}
		var told []roster.Confirmation
		if in.Code != "" {
			told = roster.ConfirmAll(read.review, roster.Code(in.Code), c.staff.Name, in.Why, c.store.Now())
		}
		for _, issue := range read.review.Open {
			if slices.Contains(in.Keys, issue.Key) && issue.Key != "" && string(issue.Code) != in.Code {
				told = append(told, roster.Confirmation{Key: issue.Key, Code: issue.Code, Unit: issue.Unit, By: c.staff.Name, Why: in.Why, At: c.store.Now()})
			}
		}
		if len(told) == 0 {
			return done{}, refuse("nothing_to_confirm")
		}
		return c.changeIntake(models.IntakeConfirmation, "intake_confirmed", func(work *models.IntakeWork) error {
			work.Confirmations = append(work.Confirmations, told...)
			return nil
		})
	},
	again: func(c *call, in intakeConfirmRequest, problems []web.Problem) (web.Page, error) {
		return intakeView(c, intakeTrouble{confirm: problems, why: in.Why, code: in.Code})
	},
}

// importIntakeAct makes a draft roster of the file.
var importIntakeAct = act[intakeImportRequest]{
	do: func(c *call, in intakeImportRequest) (done, error) {
		var r reader
		revision := r.number("revision", in.Revision)
		if err := r.err(); err != nil {
			return done{}, err
		}
		read, err := c.intake()
		if err != nil {
			return done{}, err
		}
		imported, err := c.store.ImportIntake(c, c.actor(), c.community.ID, read.ID, revision, read.file())
		if err != nil {
			return done{}, err
		}
		return done{status: http.StatusCreated, body: rosterDetailOf(imported), location: rosterURL(c.community.ID, imported.ID), flash: "roster_imported"}, nil
	},
	again: func(c *call, _ intakeImportRequest, problems []web.Problem) (web.Page, error) {
		return intakeView(c, intakeTrouble{imported: problems})
	},
}

var discardIntakeAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		if err := c.store.DiscardIntake(c, c.actor(), c.community.ID, c.Param("intake")); err != nil {
			return done{}, err
		}
		return done{location: c.communityURL(), flash: "intake_discarded"}, nil
	},
}

// changeIntake notes what was told about a file, and answers with the file as it reads now.
func (c *call) changeIntake(what models.IntakeChange, flash string, change func(*models.IntakeWork) error) (done, error) {
	if _, err := c.store.ChangeIntake(c, c.actor(), c.community.ID, c.Param("intake"), what, change); err != nil {
		return done{}, err
	}
	read, err := c.intake()
	if err != nil {
		return done{}, err
	}
	return done{body: intakeOf(read), location: intakeURL(c.community.ID, read.ID), flash: flash}, nil
}

func getIntake(c *call) error {
	read, err := c.intake()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: intakeOf(read)})
}
