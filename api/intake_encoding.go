package api

import (
	"errors"
	"slices"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/web"
)

// chooseEncodingAct reads a text file anew in the encoding that a person chose.
var chooseEncodingAct = act[intakeEncodingRequest]{do: chooseEncoding, again: func(c *call, _ intakeEncodingRequest, problems []web.Problem) (web.Page, error) {
	if read, err := c.intake(); err != nil || read.text == nil || read.text.Encoding == workbook.UTF16 {
		return nil, err // there is nothing to choose
	}
	return intakeView(c, intakeTrouble{encoding: problems})
}}

// chooseEncoding tries the encoding before it is noted, so that a file which cannot be read in it stays readable.
// Refusals: not_found, bad_value, encoding_unfit.
func chooseEncoding(c *call, in intakeEncodingRequest) (done, error) {
	chosen := workbook.Encoding(in.Encoding)
	if chosen != "" && !slices.Contains(workbook.Chosen, chosen) {
		return done{}, refuseField("bad_value", "encoding")
	}
	intake, file, err := c.store.Intake(c, c.community.ID, c.Param("intake"))
	if err != nil {
		return done{}, err
	}
	if text := workbook.Upload.Text(file, intake.Name); text == nil || text.Encoding == workbook.UTF16 {
		return done{}, refuseField("encoding_fixed", "encoding")
	}
	intake.Work.Encoding = in.Encoding
	if _, err := c.readIntake(intake, file); errors.Is(err, refuseField(string(workbook.FileUnreadable), fileField)) {
		return done{}, refuseField("encoding_unfit", "encoding")
	} else if err != nil {
		return done{}, err
	}
	return c.changeIntake(models.IntakeEncoding, "intake_encoding", func(work *models.IntakeWork) error {
		work.Encoding = in.Encoding
		return nil
	})
}

// textOf is how a text file was read, as the desk shows it; nil for a workbook.
func textOf(read *intakeRead, address string, problems []web.Problem) *web.IntakeText {
	if read.text == nil {
		return nil
	}
	shown := &web.IntakeText{Form: web.Form{Action: address + "/encoding", Problems: problems}, Encoding: string(read.text.Encoding),
		Chosen: read.text.Chosen, Lines: read.text.Lines}
	for _, other := range read.text.Others {
		shown.Others = append(shown.Others, web.IntakeReading{Encoding: string(other.Encoding), Lines: other.Lines})
	}
	return shown
}
