// Package lint reads the draft of a meeting before its notice and says what may go wrong: with the law, with the
// ballot, or with a parameter that nobody announced. It is pure and judges texts by keywords only, so a finding is
// advice with its article and its mend, never a ruling; what it does not find may still be wrong.
package lint

import (
	"slices"

	"gongjue/voting"
	"gongjue/voting/rules"
)

// Draft is all that is looked at. Zero values mean "not known" where a comment says so: nothing is found then.
type Draft struct {
	NoticedAt     int64  // Unix ms, planned or real; 0 = not known
	OpensAt       int64  // Unix ms; 0 = not known
	ClosesAt      int64  // Unix ms; 0 = not known
	NoticeDays    int    // days by which the notice must come before, under the pack; 0 = no rule
	NoticeArticle string // such as 物业管理条例第14条第1款

	Items    []Item // the law's list; empty = subjects are not compared with item numbers
	Policies voting.Policies
	Silence  *voting.SilenceConditions // on what an announced silence policy rests; nil = on nothing

	SilenceJudged bool // whether the policy holds is judged elsewhere

	Rules   Local
	Matters []Matter // in the order of the agenda

	Frozen        []rules.Word // what is not decided while the committee is being renewed, such as rules.FrozenFirm; empty outside of that time
	FrozenArticle string

	OpenSeats    int  // left by the earlier meeting, where this is the draft of its further vote
	Online       bool // votes are taken electronically
	Proxies      bool // votes by proxy are taken
	ProxyCap     int  // most principals of one proxy, as announced; 0 = none announced
	Parking      bool // the roster holds parking spaces
	ParkingRule  bool // whether they count by area and by head was announced
	ParkingArea  bool // parking spaces count by area, as answered for the roster
	VoidRule     bool // whether void ballots take part was announced
	RankRule     bool // the ranking key was announced, even where it is the default
	TieRule      bool // the way out of ties was announced
	ShortageRule bool // what open seats lead to was announced
}

// Local is what the rule pack of the place says; zero values say nothing.
type Local struct {
	Evote        Evote
	EvoteArticle string

	ProxyCap     int // most principals of one proxy
	ProxyArticle string

	AlternatesNum, AlternatesDen int // alternates at most Num/Den of the committee's size; Den 0 = no rule
	AlternatesArticle            string

	VotingDaysMin, VotingDaysMax int // how long votes are taken; 0 = no rule
	VotingDaysArticle            string

	ParkingExcluded bool // the area of parking spaces does not count
	ParkingArticle  string

	CommitteeMin, CommitteeMax int // members of the smallest and of the largest committee; 0 = no rule
	CommitteeArticle           string

	OverHalfStands   bool // a committee of over half the seats stands
	ShortfallArticle string

	NoDelegation      bool // the assembly's matters may not be left to the committee
	DelegationArticle string

	InterimCovenant bool // the interim covenant may carry the silence rule of a first meeting
}

// Evote is what the place allows of electronic voting.
type Evote string

// The values, as rule packs have them; empty = not known.
const (
	CitySystemOnly   Evote = "city_system_only"
	RecognisedSystem Evote = "recognised_system"
	RealNameAny      Evote = "real_name_any"
	NotProvided      Evote = "not_provided"
)

// Evotes lists the values.
var Evotes = []Evote{CitySystemOnly, RecognisedSystem, RealNameAny, NotProvided}

// Item is one of the law's joint decisions.
type Item struct {
	Number  int
	Text    string // the words of the law, by which subjects find their item
	Special bool
	Article string
}

// ItemsOf takes the list of a complete pack, as rules.At and rules.For give it.
func ItemsOf(pack rules.Pack) []Item {
	items := make([]Item, len(pack.Items))
	for i, item := range pack.Items {
		items[i] = Item{Number: item.Number, Text: item.Text, Special: item.Class == rules.Special, Article: item.Source.String()}
	}
	return items
}

// Matter is one matter of the draft.
type Matter struct {
	Title string
	Text  string // what is put to the vote, in full
	Rule  voting.Matter
}

// words are all that a voter reads of the matter.
func (m Matter) words() string { return m.Title + "\n" + m.Text }

// Severity tells how much is at stake.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // against the law or the announced rules as far as they can be read here
	Warning Severity = "warning" // lawful perhaps, and a known source of disputes
	Hint    Severity = "hint"    // a default will be used
)

// Severities lists them, the gravest first.
var Severities = []Severity{Error, Warning, Hint}

// Finding is one thing to look at before the notice.
type Finding struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	Matter   int      `json:"matter,omitempty"` // number on the agenda, from 1; 0 = the meeting
	Field    string   `json:"field,omitempty"`  // of the draft or the matter, such as scope
	Sentence string   `json:"sentence"`         // Chinese, what is wrong
	Article  string   `json:"article,omitempty"`
	Mend     string   `json:"mend"` // Chinese, what to do
}

// Check gives every finding, those on the meeting first, then matter by matter in the order of the agenda.
func Check(d Draft) []Finding {
	var found []Finding
	for _, check := range meetingChecks {
		found = append(found, check(d)...)
	}
	for i, matter := range d.Matters {
		for _, check := range matterChecks {
			for _, finding := range check(d, matter) {
				finding.Matter = i + 1
				found = append(found, finding)
			}
		}
	}
	return found
}

var meetingChecks = []func(Draft) []Finding{checkNotice, checkEvote, checkProxies, checkParameters, checkSilence, checkPlace, checkOpenSeats}

var matterChecks = []func(Draft, Matter) []Finding{
	checkConsent, checkMandate, checkChoice, checkQuestions, checkItem, checkScope, checkPoll, checkCandidates, checkCommittee, checkLocalCommittee, checkAnnounced, checkFrozen,
}

// Worst is the gravest severity among the findings; empty without any.
func Worst(found []Finding) Severity {
	for _, severity := range Severities {
		if slices.ContainsFunc(found, func(f Finding) bool { return f.Severity == severity }) {
			return severity
		}
	}
	return ""
}
