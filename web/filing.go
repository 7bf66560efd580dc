package web

// FilingPage is one filing seen from both sides. For the convener Submit is set, for the street Certify and
// Return; nil where the step is not this person's or not possible now.
type FilingPage struct {
	Shell
	Community      string
	Meeting        string
	MeetingURL     string
	State          string // draft, submitted, returned, refused, certified, cancelled, withdrawn
	Due            Instant
	Record         []RecordLine
	Documents      []FilingDocument
	History        []FilingEvent
	ResultURL      string
	ObjectionsURL  string
	CertificateURL string
	Submit         *SubmitForm
	Certify        *CertifyForm
	Return         *ReturnForm
}

// RecordLine is one line of the filed record.
type RecordLine struct{ Name, Value string }

// FilingDocument is a required or added document of the package.
type FilingDocument struct {
	Name     string
	Required bool
	File     *Attachment // nil while missing
}

// FilingEvent is one step of the filing's history.
type FilingEvent struct {
	Version int
	State   string
	At      Instant
	Who     string
	Reasons []string
}

// SubmitForm submits or submits again. multipart/form-data, fields: `note`, `file` (may be empty).
type SubmitForm struct {
	Form
	Note    string
	Missing []string // names of required documents that are not there yet
}

// CertifyForm certifies. Field: `checked`, once for each value of Checks that was looked at; all are needed.
type CertifyForm struct {
	Form
	Checks  []Option
	Checked []string // values ticked before
}

// ReturnForm returns the filing with all defects at once. Field: `reasons`, one per line.
type ReturnForm struct {
	Form
	Reasons string
}

// StreetConsole is the street's work list.
type StreetConsole struct {
	Shell
	Street   string
	Filings  []FilingLine // submitted first, oldest first
	Work     []WorkItem   // what else waits for the street
	Meetings []MeetingLine
	NextURL  string
}

// FilingLine is a filing in the work list.
type FilingLine struct {
	Community   string
	Meeting     string
	State       string
	Version     int
	SubmittedAt Instant
	Due         Instant
	URL         string
}
