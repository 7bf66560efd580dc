package web

// OwnerSearch looks for owners of a roster: by home (fields `building`, `stair`, `room`) or by an ID number or phone
// (field `number`, which is never shown again). Found is the answer.
type OwnerSearch struct {
	Shell
	Form
	Community   string
	RosterURL   string
	Version     int
	Buildings   []string
	Building    string
	Stair       string
	Room        string
	Found       *OwnersFound // nil before asking
	RegisterURL string
}

// OwnersFound is what a search led to.
type OwnersFound struct {
	List []OwnerFound
	Full bool // there may be more than the list shows
}

// OwnerFound is an owner in a list.
type OwnerFound struct {
	OwnerLine
	URL string
}

// OwnerLine is an owner with everything masked.
type OwnerLine struct {
	Name     string
	IDKind   string
	IDNumber string // empty when the roster has none
	Phone    string // empty when the roster has none
	Units    []string
}

// OwnerPage is one owner, masked, with the form that asks for the full numbers: fields `reason` (one of the options of
// read_reason), `text`, `fields` (id_number, phone).
type OwnerPage struct {
	Shell
	Form
	Community string
	SearchURL string
	Owner     OwnerLine
	Reason    string
	Text      string
	Fields    []string
	Reads     []ReadLine
}

// OwnerRecord shows full numbers once, after the read was recorded. What was not asked for is empty.
type OwnerRecord struct {
	Shell
	Community string
	BackURL   string
	Name      string
	IDKind    string
	Units     []string
	Asked     []string // the fields that were asked for
	IDNumber  string
	Phone     string
	At        Instant
}

// ReadRegister lists who read and searched for owners' numbers in a community.
type ReadRegister struct {
	Shell
	Community    string
	CommunityURL string
	Lines        []ReadLine
	NextURL      string
}

// ReadLine is one line of the register.
type ReadLine struct {
	At     Instant
	Kind   string // read, search or alarm
	Role   string
	By     string // name of the account; empty where it is not told
	Units  []string
	Reason string
	Text   string
	Fields []string
	Reads  int64  // alarm: how many
	Window string // alarm: hour or day
}

// OwnRecord shows owners what the roster holds about them, masked, and who has read it in full.
type OwnRecord struct {
	Shell
	Community string
	Meeting   string
	Owner     OwnerLine
	Reads     []ReadLine
	Contact   string
	BallotURL string
}

// FieldWords names fields of an owner's record, joined.
func (l ReadLine) FieldWords() string { return fieldWords(l.Fields) }

// ReadFields are the fields that the form offers.
func (OwnerPage) ReadFields() []Option { return optionsOf("owner_field") }

// Lacks tells whether a field was asked for that the roster does not hold.
func (r OwnerRecord) Lacks(field, value string) bool {
	for _, asked := range r.Asked {
		if asked == field {
			return value == ""
		}
	}
	return false
}

func fieldWords(fields []string) string {
	text := ""
	for i, field := range fields {
		if i > 0 {
			text += "、"
		}
		text += word("owner_field", field)
	}
	return text
}
