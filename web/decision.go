package web

import (
	"strconv"
	"strings"
)

// Sitting is a meeting of a committee, called or held, with what it decided.
type Sitting struct {
	Number    int64
	State     string // called, held, cancelled
	Committee string
	CalledBy  string // in words
	HeldAt    Instant
	Place     string
	Agenda    []string
	CalledAt  Instant
	Reason    string // why it was cancelled
	EndedAt   Instant
	Due       Instant // by when its decisions are published; 0 without a clause
	Clock     string  // the clause, see [ClockWords]
	Overdue   bool
	All       int64 // members in all
	Present   int64
	Signed    int64
	Interim   bool    // of an interim body
	Display   Instant // last moment of the display of what an interim body decided; 0 for none
	Shows     string  // the clause on that, see [ClockWords]
	Displayed bool    // it is over
	Who       string  // those present by post, with names where they agreed to be named
	Decisions []Decision
	Minutes   []Attachment // for staff

	Cancel *SittingCancel // nil for who may not, as below
	Record *SittingForm
}

// Body is the name of who met.
func (s Sitting) Body() string {
	switch {
	case s.Committee != "":
		return s.Committee
	case s.Interim:
		return "物业管理委员会"
	}
	return "业主委员会"
}

// StateText is the state in words.
func (s Sitting) StateText() string {
	return map[string]string{"called": "已公布，还没有会议记录", "held": "已召开，决定已公布", "cancelled": "已取消"}[s.State]
}

// Decision is one decision of a committee with its votes.
type Decision struct {
	Number    int64
	Position  int64
	Title     string
	Body      string
	Basis     string
	InFavour  int64
	Against   int64
	Abstained int64
	All       int64 // members in all
	Passed    bool
	State     string // in_force, under_correction, replaced, revoked; empty where it did not pass
	Replaces  int64  // number of the decision in whose place it stands; 0 for none
	Newer     int64  // number of the one in its place; 0 for none
	Orders    []DecisionOrder
	URL       string // of the authorities' page, for staff
}

// Word says what became of it.
func (d Decision) Word() string {
	if !d.Passed {
		return "没有通过"
	}
	return word("decision", d.State)
}

// DecisionOrder is an entry of an authority about a decision.
type DecisionOrder struct {
	Title string
	Name  string
	At    Instant
	Lines []RecordLine
}

// DecisionBoard is what everybody reads of a committee's meetings.
type DecisionBoard struct {
	Shell
	Community string
	BoardURL  string
	Rule      string // when a decision passes, with the article where the place's rules have one
	Sittings  []Sitting
}

// DecisionDesk is the same for staff, with the forms that the one who asks may send.
type DecisionDesk struct {
	Shell
	Community    string
	CommunityURL string
	PublicURL    string
	Rule         string
	Call         *SittingCall
	Sittings     []Sitting
}

// SittingCall calls a meeting. Fields: `called_by` (chair, members), `callers`, `held_at`, `place`, `agenda` (one title a line).
type SittingCall struct {
	Form
	CalledBy, Callers, HeldAt, Place, Agenda string
}

// SittingCancel fields: `reason`.
type SittingCancel struct {
	Form
	Reason string
}

// SittingForm records a meeting. multipart/form-data; fields: `present` and `signed`, once for each member; for every matter
// of the agenda, in its order, `decided`, `basis`, `in_favour`, `against`, `abstained`, `replaces`, all empty where nothing was decided; `file`.
type SittingForm struct {
	Form
	Members []SittingVoter
	Items   []SittingItem
	Earlier []Option // decisions that a newer one may take the place of
	Signs   bool     // only who signed for a decision counts
	Owners  bool     // more than half of the owners among the members are to be there
}

// ForLabel names the field of those in favour.
func (f SittingForm) ForLabel() string {
	if f.Signs {
		return "签字同意几名（没有签字的不算）"
	}
	return "同意几名"
}

// SittingVoter is a member who could vote.
type SittingVoter struct {
	ID, Name        string
	Present, Signed bool
}

// SittingItem is a matter of the agenda with what was typed.
type SittingItem struct {
	Form
	Number                                                   int
	Title                                                    string
	Decided, Basis, InFavour, Against, Abstained, ReplacesID string
}

// ID makes the fields of each matter unique on the page.
func (i SittingItem) ID() string { return "a" + strconv.Itoa(i.Number) }

// ItemField is where a problem with one matter of the agenda stands: the field of the form with the number of the matter.
func ItemField(field string, number int) string { return field + "." + strconv.Itoa(number) }

// NewSittingItem is a matter of the agenda with the problems that are its own.
func NewSittingItem(number int, title string, problems []Problem) SittingItem {
	item := SittingItem{Number: number, Title: title}
	for _, p := range problems {
		if field, own := strings.CutSuffix(p.Field, "."+strconv.Itoa(number)); own {
			item.Problems = append(item.Problems, Problem{field, p.Text})
		}
	}
	return item
}

// DecisionPage is one decision for the authorities and the convener; its forms are those of [SupervisionDesk].
type DecisionPage struct {
	Shell
	Community string
	ListURL   string
	Decision  Decision
	Forms     []SuperviseForm
}
