package web

import "gongjue/voting/roster"

// IntakeRegister compares a file on the desk with an export of the 不动产登记簿. Without one, Register is empty. Field of
// the upload: `file`.
type IntakeRegister struct {
	Shell
	Form
	File       string
	IntakeURL  string
	Register   string // name of the export
	ReceivedAt Instant
	Comparison roster.Comparison // names masked
	DifferenceList
	TakeOver TakeOverForm
}

// DifferenceList is a page of differences, of one kind or of all.
type DifferenceList struct {
	Kinds       []DifferenceKind
	Differences []RegisterLine
	MoreURL     string
}

// DifferenceKind counts the differences of one kind.
type DifferenceKind struct {
	Code   string
	Count  int
	URL    string
	Chosen bool
}

// RegisterLine is one difference. MendURL is empty where the file has no row for it.
type RegisterLine struct {
	roster.Difference
	MendURL string
}

// TakeOverForm settles differences as the register has them. Fields: `places` (several), `all` (yes), `why`, and what was
// seen: `revision` of a file on the desk, `register` beside a stored version.
type TakeOverForm struct {
	Form
	Revision string
	Register string // hex SHA-256 of the export
	Why      string
	Count    int // of the differences that can be taken over, on all pages
}

// RosterRegister compares a stored version with an export of the register. Without one, Register is empty. Field: `file`.
type RosterRegister struct {
	Shell
	Form
	RosterURL     string
	Version       int
	State         string
	UploadURL     string // where a file is put on the desk; empty for whoever may not
	ObjectionsURL string // of a version that was put on display
	Register      string
	ReceivedAt    Instant
	Comparison    roster.Comparison // names masked
	DifferenceList
	TakeOver *TakeOverForm // nil for whoever may not, and where nothing can be taken over
}

func (RosterRegister) name() string { return "rosterregister" }
