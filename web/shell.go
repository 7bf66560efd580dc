package web

// Shell is what surrounds every page.
type Shell struct {
	Title string // of the browser tab; the product's name is added
	Now   Instant
	Staff *StaffBar // nil on public and resident pages
	Demo  *DemoBar  // nil outside `gongjue demo`

	Preview *PreviewBar // nil on everything but the preview of a draft
	Flash   string      // one sentence after a completed act, such as 已保存
	Warns   bool        // Flash is a warning
}

func (s Shell) shell() Shell { return s }

// StaffBar names who is signed in, and where they may go.
type StaffBar struct {
	Name       string
	Role       string // operator, district, street, convener, teller
	ConsoleURL string
	Links      []Link // further rooms of this role, such as the street's work list
	SignOutURL string // POST, no fields
}

// Link is a text that leads somewhere.
type Link struct{ Text, URL string }

// DemoBar shows the demo's own clock (Shell.Now) and moves it on: POST Action with field `to`, one of
// the values of [DemoJumps], and field `back`, the address to return to.
type DemoBar struct {
	Action string
	Back   string
	Jumps  []DemoJump // those that make sense now; usually DemoJumps
}

// DemoJump is one button of the demo clock.
type DemoJump struct{ Value, Text string }

// DemoJumps are the steps of the demo clock: to the next opening, to the next close, a day, fifteen days.
var DemoJumps = []DemoJump{
	{"opening", "到投票开始"},
	{"close", "到投票截止"},
	{"day", "过 1 天"},
	{"fortnight", "过 15 天"},
}

// PreviewBar marks a page that shows a draft: nobody else can see it yet, and nothing on it works.
type PreviewBar struct {
	BackURL string // the draft
	Links   []Link // everything there is to look at, in order; the page's own has no URL
}

// Form is the part that all forms share. Action is where it is posted; Problems are the reasons why the
// last attempt was refused, shown as a list on top and again at each field.
type Form struct {
	Action   string
	Problems []Problem
}

// Problem is one sentence about one field. Field is the form field's name, or empty for the whole form.
type Problem struct{ Field, Text string }

// Problem gives the sentences about a field, joined; empty if there is none.
func (f Form) Problem(field string) string {
	text := ""
	for _, p := range f.Problems {
		if p.Field == field {
			text += p.Text
		}
	}
	return text
}

// Field is a name and a value carried along in a hidden input.
type Field struct{ Name, Value string }

// Act is one button that moves something on: POST to Action with the Hidden fields and, where AsksReason,
// a field `reason`. Where Refusal is not empty the act is shown with the sentence in place of the button.
type Act struct {
	Action     string
	Button     string   // what it is called, such as 发布会议通知
	Explains   string   // what it does and what it makes final
	Will       []string // what happens when it is pressed, line by line; nil where Explains says it all
	Refusal    string   // why it cannot be done now; empty if it can
	Where      *Link    // where that is settled; nil for no such page
	Warning    string   // it can be done, but look at this first
	Final      bool     // cannot be taken back; the page says so
	Danger     bool     // ends or refuses something: shown in another colour
	AsksReason bool
	Reason     string // what was typed when it was refused
	Confirm    string // what has to be confirmed, field `confirmed` (yes); empty if nothing
	Problem    string // why the last attempt was refused
	Hidden     []Field
}

// Attachment is a file that belongs to a meeting, a matter or a filing.
type Attachment struct {
	Name      string
	URL       string
	Bytes     int64
	Digest    string // SHA-256 in hex; the page shows its beginning
	RemoveURL string // POST, no fields; empty where it may not be removed
}

// Option is one entry of a select or radio list. Note is an optional second line of a radio button.
type Option struct{ Value, Text, Note string }
