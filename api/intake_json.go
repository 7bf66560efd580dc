package api

import (
	"gongjue/api/workbook"
	"gongjue/voting/roster"
)

// intakeJSON is a file on the desk: how its columns were read, what its units sum up to, and what is in doubt.
type intakeJSON struct {
	ID         string            `json:"id,omitempty"`
	File       string            `json:"file"`
	FileSHA256 string            `json:"file_sha256"`
	Revision   int64             `json:"revision"` // to be sent with the import
	Units      int               `json:"units"`
	Held       int               `json:"held"` // units that an error keeps out
	Total      weightJSON        `json:"total"`
	Text       *workbook.Text    `json:"text,omitempty"` // of a text file
	Sheets     []roster.SheetMap `json:"sheets"`
	Refused    []roster.Refusal  `json:"refused"` // what was told and cannot be followed: nothing is imported then
	Errors     []intakeIssueJSON `json:"errors"`
	Open       []intakeIssueJSON `json:"open"` // warnings that nobody confirmed
	Confirmed  int               `json:"confirmed"`
	Rulings    []roster.Undone   `json:"rulings_open"`    // what was decided before and stands otherwise in the file: nothing is imported then
	Settled    []roster.Undone   `json:"rulings_settled"` // of them, what somebody settled
}

type intakeIssueJSON struct {
	issueJSON
	Value string       `json:"value"` // masked
	Field roster.Field `json:"field,omitempty"`
	Unit  string       `json:"unit,omitempty"`
	Key   string       `json:"key"`
}

func intakeOf(read *intakeRead) intakeJSON {
	body := intakeJSON{ID: read.ID, File: read.Name, FileSHA256: read.SHA256, Revision: read.Revision, Units: len(read.parsed.Units),
		Held: len(read.parsed.Held), Total: weightOf(roster.Heads(read.holders)), Text: read.text, Sheets: read.parsed.Maps,
		Refused: append([]roster.Refusal{}, read.refused...), Confirmed: len(read.review.Confirmed),
		Errors: intakeIssues(read.review.Errors), Open: intakeIssues(read.review.Open),
		Rulings: append([]roster.Undone{}, read.rulings.Open...), Settled: append([]roster.Undone{}, read.rulings.Settled...)}
	return body
}

func intakeIssues(issues []roster.Issue) []intakeIssueJSON {
	list := make([]intakeIssueJSON, len(issues))
	for i, issue := range issues {
		list[i] = intakeIssueJSON{issueJSON: issueOf(issue), Value: issue.Value, Field: issue.Field, Unit: roster.MaskPlace(issue.Unit), Key: issue.Key}
	}
	return list
}

func issueOf(issue roster.Issue) issueJSON {
	return issueJSON{Sheet: issue.Sheet, Row: issue.Row, Column: issue.Column, Code: issue.Code, Severity: issue.Severity, Message: issue.Message}
}
