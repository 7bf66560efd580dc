package web

import (
	"slices"
	"strconv"
	"strings"

	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
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
	Who       string // those present by post, with names where they agreed to be named
	Decisions []Decision
	Minutes   []Attachment // for staff

	Cancel *SittingCancel // nil for who may not, as below
	Record *SittingForm
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

// FormProblems are those that belong to no matter of the agenda.
func FormProblems(problems []Problem) []Problem {
	return slices.DeleteFunc(slices.Clone(problems), func(p Problem) bool { return strings.Contains(p.Field, ".") })
}

// Callings are the choices of the form.
func (SittingCall) Callings() []Option { return optionsOf("called_by") }

// CalledByText says who called a meeting.
func CalledByText(by lifecycle.SittingCaller, callers int64) string {
	if by == lifecycle.CalledByMembers {
		return strconv.FormatInt(callers, 10) + " 名委员提议召开"
	}
	return word("called_by", string(by))
}

// PostsText names those present: the posts, and the names of those who agreed.
func PostsText(named []string, unnamed int64) string {
	text := strings.Join(named, "、")
	if unnamed == 0 {
		return text
	}
	rest := strconv.FormatInt(unnamed, 10) + " 名委员没有同意公布姓名"
	if text == "" {
		return rest
	}
	return text + "，另有 " + rest
}

// MemberText is a member with the post.
func MemberText(name string, post lifecycle.MemberPost) string {
	if post == lifecycle.PlainMember || post == "" {
		return name
	}
	return name + "（" + explain.MemberPost(post) + "）"
}

// DecisionRule says when a committee decides; article is empty where the place's rules say nothing of their own.
func DecisionRule(half bool, article string) string {
	text := "决定须经全体委员过半数同意，没有到场的也算在全体里；正好一半不通过。"
	if half {
		text = "决定须经全体委员半数以上同意，没有到场的也算在全体里；正好一半也通过。"
	}
	if article != "" {
		text += "依据" + article + "。"
	}
	return text + "委员须本人到场，不能委托别人；候补委员没有表决权。应当由业主共同决定的事项（民法典第278条），业主委员会不能代替业主决定。"
}

// NewDecisionForm is an empty form of a kind about a decision of a committee, where no count and no certificate is at stake.
func NewDecisionForm(kind lifecycle.SupervisionKind, action string) SuperviseForm {
	form := NewSuperviseForm(kind, action)
	switch {
	case kind == lifecycle.CorrectionOrdered:
		form.Explains = "决定违反法律、法规的，责令在期限内改正。通告会公开在小区公示栏，写在这项决定下面。"
	case kind.Revokes():
		form.Explains = "撤销以后，这项决定不再有效。通告会公开在小区公示栏，写在这项决定下面。"
	}
	return form
}

// WorkSittings are meetings of a committee without a record; WorkCorrections orders about its decisions without a report, and
// WorkReports reports that wait for the street.
func WorkSittings(community string, n int64) string {
	return WorkText(community, strconv.FormatInt(n, 10)+" 次业主委员会会议等待公布会议记录")
}

// WorkCorrections is explained at [WorkSittings].
func WorkCorrections(community string, n int64) string {
	return WorkText(community, strconv.FormatInt(n, 10)+" 项业主委员会决定被责令改正，等待报告")
}

// WorkReports is explained at [WorkSittings].
func WorkReports(community string, n int64) string {
	return WorkText(community, strconv.FormatInt(n, 10)+" 项业主委员会决定的改正报告等待核查")
}

// SittingTitle names a meeting by its number.
func SittingTitle(number string) string { return "业主委员会第 " + number + " 次会议" }
