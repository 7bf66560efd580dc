package web

import (
	"strconv"
	"strings"

	"gongjue/voting"
	"gongjue/voting/explain"
)

// MatterForm makes or changes a matter of a draft. Fields: `kind`, `item`, `title`, `text`, `options` (one per
// line), `method`, `seats`, `max_choices`, `alternates`, `sitting`, `forming` (yes or absent), `min_members`, `seat_groups` (one per line:
// name：seats：candidates：alternates), `tie_way` (revote or lot), `firm_act` (renew, dismiss, tender or empty), `linked_to` (a number of
// Earlier or empty), `linked_when` (passed or rejected), `poll_share` (such as 1/2), `poll_strict` and
// `poll_of_all` (yes or no), `poll_by` (heads_and_area, heads, area), `poll_scale` (empty, three, five), `poll_about` (empty, firm, committee, street), `scope` (one place per line, such as 3号楼
// or 3号楼/1单元; empty = everybody). DeleteAction: POST without fields.
type MatterForm struct {
	Shell
	Form
	Community    string
	Meeting      string
	BackURL      string
	New          bool
	Kind         voting.Kind
	Items        []ItemOption
	Item         string
	MatterTitle  string
	Text         string
	Options      string
	Method       voting.Method
	Seats        string
	MaxChoices   string
	Alternates   string
	Sitting      string
	Forming      bool
	MinMembers   string
	SeatGroups   string
	TieWay       voting.TieWay
	FirmAct      voting.FirmAct
	Earlier      []Option // matters on which this one may depend
	LinkedTo     string
	LinkedWhen   voting.Condition
	PollShare    string
	PollStrict   string
	PollOfAll    string
	PollBy       string
	PollScale    string
	PollAbout    string
	Scope        string
	Places       []string // buildings of the roster, as a reminder
	DeleteAction string
}

// KindValue is the kind as the form carries it; a new matter starts as a motion.
func (f MatterForm) KindValue() string {
	if f.Kind == "" {
		return string(voting.Motion)
	}
	return string(f.Kind)
}

// MethodValue is the method as the form carries it; marking every option is the default.
func (f MatterForm) MethodValue() string {
	if f.Method == "" {
		return string(voting.ApprovalEach)
	}
	return string(f.Method)
}

// ItemChoices are the items of the pack with the majority that each needs.
func (f MatterForm) ItemChoices() []Option {
	options := []Option{}
	for _, item := range f.Items {
		share := "过半数同意"
		if item.Class == "special" {
			share = "四分之三以上同意"
		}
		options = append(options, Option{Value: item.Value, Text: item.Value + ". " + item.Text + "（" + share + "）"})
	}
	return options
}

// PollShareValue is the share in the yardstick of a poll as the form carries it: half or more of those who
// took part, by both measures, until something else is chosen.
func (f MatterForm) PollShareValue() string { return orElse(f.PollShare, "1/2") }

// PollStrictValue, PollOfAllValue and PollByValue are explained at [MatterForm.PollShareValue].
func (f MatterForm) PollStrictValue() string { return orElse(f.PollStrict, "no") }
func (f MatterForm) PollOfAllValue() string  { return orElse(f.PollOfAll, "no") }
func (f MatterForm) PollByValue() string     { return orElse(f.PollBy, "heads_and_area") }

func orElse(typed, usual string) string {
	if typed == "" {
		return usual
	}
	return typed
}

// TieWayValue is the way out of a tie as the form carries it; another vote is the default.
func (f MatterForm) TieWayValue() string { return policyOf("tie_way", string(f.TieWay)).value }

// LinkedWhenValue is the condition as the form carries it.
func (f MatterForm) LinkedWhenValue() string {
	return orElse(string(f.LinkedWhen), string(voting.IfPassed))
}

// GroupsOpen tells whether a part of the form that most matters do not need is shown open: something stands in it, or
// is wrong there. PollOpen, FirmOpen and LinkedOpen tell the same of theirs.
func (f MatterForm) GroupsOpen() bool {
	return f.SeatGroups+f.Sitting+f.MinMembers+f.Problem("seat_groups")+f.Problem("sitting")+f.Problem("min_members") != ""
}

// PollOpen is explained at [MatterForm.GroupsOpen].
func (f MatterForm) PollOpen() bool {
	return f.Kind == voting.Consult || f.Problem("poll_share")+f.Problem("poll_scale")+f.Problem("poll_about")+f.Problem("poll_by")+f.Problem("poll_strict")+f.Problem("poll_of_all") != ""
}

// FirmOpen is explained at [MatterForm.GroupsOpen].
func (f MatterForm) FirmOpen() bool { return f.FirmAct != "" || f.Problem("firm_act") != "" }

// LinkedOpen is explained at [MatterForm.GroupsOpen].
func (f MatterForm) LinkedOpen() bool {
	return f.LinkedTo != "" || f.Problem("linked_to")+f.Problem("linked_when") != ""
}

// MatterNotes are what else was announced of a matter: what it does to the firm, on what it depends, by what a poll
// is measured, how the seats are shared out, and what the committee must be.
func MatterNotes(m voting.Matter) []string {
	notes := []string{}
	if m.FirmAct != "" {
		notes = append(notes, "内容："+explain.FirmAct(m.FirmAct)+"。")
	}
	if m.LinkedTo > 0 {
		notes = append(notes, "以第 "+strconv.Itoa(m.LinkedTo)+" 项"+explain.Condition(m.LinkedWhen)+"为前提；前提没有成立的，这一项的表决不产生效力。")
	}
	if m.Kind == voting.Consult {
		notes = append(notes, PollNote(m))
	}
	if m.TieWay == voting.TieByLot {
		notes = append(notes, tieNote)
	}
	for _, group := range m.SeatGroups {
		note := group.Name + "应选 " + strconv.Itoa(group.Seats) + " 位，候选人：" + strings.Join(group.Options, "、")
		if len(group.Options) == 0 {
			note = group.Name + "应选 " + strconv.Itoa(group.Seats) + " 位，没有候选人：席位空着，不由其他组的候选人补上，须另行提名、另行表决"
		}
		if group.Alternates > 0 {
			note += "；候补最多 " + strconv.Itoa(group.Alternates) + " 位"
		}
		notes = append(notes, note+"。")
	}
	if m.Sitting > 0 {
		who := map[bool]string{true: "上一次选举已经当选的委员 ", false: "在任留任的委员 "}[m.Forming]
		notes = append(notes, who+strconv.Itoa(m.Sitting)+" 位。")
	}
	if m.MinMembers > 0 {
		notes = append(notes, "业主委员会至少 "+strconv.Itoa(m.MinMembers)+" 位委员。")
	}
	return notes
}

// PaperText is a matter's text as papers print it, with what else was announced of it.
func PaperText(body string, m voting.Matter) string {
	return strings.Join(append([]string{body}, MatterNotes(m)...), "\n")
}
