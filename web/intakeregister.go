package web

import "gongjue/voting/roster"

// IntakeRegister compares a file on the desk with an export of the 不动产登记簿. Without one, Register is empty. Field of
// the upload: `file`.
type IntakeRegister struct {
	Shell
	Form
	File        string
	IntakeURL   string
	Register    string // name of the export
	ReceivedAt  Instant
	Comparison  roster.Comparison // names masked
	Kinds       []DifferenceKind
	Differences []RegisterLine // those of the page
	MoreURL     string
	TakeOver    TakeOverForm
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

// TakeOverForm settles differences as the register has them. Fields: `places` (several), `all` (yes), `revision`, `why`.
type TakeOverForm struct {
	Form
	Revision string
	Why      string
	Count    int // of the differences that can be taken over, on all pages
}

// RosterRegister compares a stored version with an export of the register, which is not kept. Without one, Register is
// empty. Field: `file`.
type RosterRegister struct {
	Shell
	Form
	RosterURL     string
	Version       int
	State         string
	UploadURL     string // where a file is put on the desk; empty for whoever may not
	ObjectionsURL string // of a version that was put on display
	Register      string
	Comparison    roster.Comparison // names masked
	Kinds         []DifferenceKind
	Differences   []RegisterLine
	More          int // differences that the page does not list
}

func (RosterRegister) name() string { return "rosterregister" }
