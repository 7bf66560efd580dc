package web

import (
	"strconv"

	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
)

// CommitteeTerm is one term of the register.
type CommitteeTerm struct {
	ID          string
	Title       string // [CommitteeTitle]
	State       string // in words
	Live        bool   // neither ended, dissolved nor revoked
	Origin      string // in words
	Document    string // number of the paper that it rests on
	Meeting     *Link  // whose result elected it
	Began       Instant
	From, To    Instant // of the term; zero where nothing says
	Display     Instant // last moment of the display of an interim body's list
	Ended       Instant
	Seats       int64
	Holding     int64 // members in all, suspended ones among them
	Members     []CommitteePerson
	Alternates  []CommitteePerson
	Former      []CommitteePerson
	Frozen      string         // what is not decided during its renewal; empty outside of one
	Handover    []HandoverLine // to the next committee, item by item
	HandoverDue Instant        // by when it hands over; 0 where it did, or no rule sets days
	HandoverLaw string
	HandoverTo  string          // who keeps it meanwhile, in words; empty where nobody is named
	Parties     []string        // who acts for which side of the handover; for staff
	NoSide      bool            // who asks acts for no side
	Missed      []MissedOrder   // orders to convene that it missed
	Entries     []CommitteeLine // the oldest first
	Forms       []CommitteeForm // of the whole term
}

// CommitteePerson is a member or an alternate.
type CommitteePerson struct {
	ID    string
	Name  string // empty where everybody may not read it
	Post  string // in words; 候补 for an alternate
	For   string // whom they sit for, in an interim body
	Group string // of seats
	State string // in words, of who is not simply in office
	Since Instant
	Until Instant // end of a suspension, or when they left
	Why   string  // they left
	Forms []CommitteeForm
}

// Shown is the name, or that it is not shown.
func (p CommitteePerson) Shown() string {
	if p.Name == "" {
		return "（未公开姓名）"
	}
	return p.Name
}

// HandoverLine is one item of a handover.
type HandoverLine struct {
	Kind    string // in words
	Text    string
	Given   Instant
	Taken   Instant
	Refused Instant
	Refusal string
	GivenBy string // in words, as TakenBy; empty for what was signed before the sides were known
	TakenBy string
	Forms   []CommitteeForm
}

// MissedOrder is an order to convene that nobody followed in time.
type MissedOrder struct {
	Kind   string // in words
	Street string
	Limit  Instant
	Met    Instant // when a notice followed all the same
	Taken  Instant // when the street took over
	URL    string
}

// CommitteeLine is one entry of the register.
type CommitteeLine struct {
	At       Instant // since when it holds
	Entered  Instant // empty where that is the same
	Text     string
	Who      string // whom it is about
	Reason   string
	Document string
	Figures  string // of a choice
	Meeting  *Link
	By       string
	Files    []Attachment
}

// CommitteePublic is the register as everybody reads it.
type CommitteePublic struct {
	Shell
	Community string
	BoardURL  string
	Acting    string // title of the body in office; empty for none
	Terms     []CommitteeTerm
}

// CommitteePage is the register for staff, with what is due and what they may enter.
type CommitteePage struct {
	Shell
	Community    string
	CommunityURL string
	PublicURL    string
	Duties       []CommitteeDutyLine
	Terms        []CommitteeTerm
	Forms        []CommitteeForm // of the register
}

// CommitteeDutyLine is something that is due.
type CommitteeDutyLine struct {
	Text    string
	Due     Instant
	Late    bool
	Article string
}

// TermLapsed is the state of a term that is over without another committee in its place.
const TermLapsed = "任期已满，未换届"

// MotionKey names a vote as a form sends it.
func MotionKey(meeting string, number int64) string {
	return meeting + ":" + strconv.FormatInt(number, 10)
}

// CommitteeTitle names a term: by the name on its certificate, and by its number.
func CommitteeTitle(kind lifecycle.ConvenerKind, name string, number int64) string {
	if kind == lifecycle.PropertyManagementCommittee {
		return "物业管理委员会（第 " + strconv.FormatInt(number, 10) + " 次组建）"
	}
	if name == "" {
		name = "业主委员会"
	}
	return name + "（第 " + strconv.FormatInt(number, 10) + " 届）"
}

// CommitteePost is a post in words; who has none is an alternate.
func CommitteePost(post lifecycle.MemberPost) string {
	if post == "" {
		return "候补委员"
	}
	return explain.MemberPost(post)
}

// CommitteeEntryText is an entry in one line: who left, and why, as far as the reader may know.
func CommitteeEntryText(kind lifecycle.CommitteeEntryKind, ground string, post lifecycle.MemberPost) string {
	text := explain.CommitteeEntry(kind)
	switch {
	case ground != "":
		return text + "：" + ground
	case kind == lifecycle.EntryPost || kind == lifecycle.EntryConstituted || kind == lifecycle.EntryAppointed:
		return text + "：" + explain.MemberPost(post)
	}
	return text
}

// CommitteeFigures tells by how many a choice was made.
func CommitteeFigures(present, inFavour int64) string {
	if present == 0 {
		return ""
	}
	return "出席 " + strconv.FormatInt(present, 10) + " 人，同意 " + strconv.FormatInt(inFavour, 10) + " 人"
}

// CommitteeRegistrar names who made an entry.
func CommitteeRegistrar(actor lifecycle.Actor) string {
	if actor == lifecycle.System {
		return "依据表决和备案自动登记"
	}
	return explain.Actor(actor) + "登记"
}

// committeeDuties are what is due, in words.
var committeeDuties = map[string]string{
	"first_meeting": "召开首次会议，推选主任", "chair": "主任空缺，重新推选", "fill": "委员空缺，由下一名候补委员递补", "vacancy": "委员空缺，没有候补委员，需要补选",
	"re_election": "委员人数不足，需要召开会议重新选举", "renewal": "任期将满，成立换届小组", "lapsed": "任期已满，还没有选出新一届", "take_office": "物业管理委员会名单公示期满，可以开始履职",
	"handover": "办理移交", "handover_refused": "移交被拒绝，请街道处理", "interim_members": "物业管理委员会成员空缺，由街道补足", "interim_reform": "物业管理委员会任期已满，推动选举业主委员会，还不能选举的重新组建",
}

// CommitteeDuty is what is due, in words.
func CommitteeDuty(kind string) string { return committeeDuties[kind] }

// WorkCommittee is the same on a work list.
func WorkCommittee(community, kind string) string { return WorkText(community, committeeDuties[kind]) }
