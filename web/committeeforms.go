package web

import (
	"net/url"
	"strconv"

	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
)

// CommitteeForm is one thing that staff may enter. Fields carry what was typed where it was refused.
type CommitteeForm struct {
	Form
	ID       string // unique on the page
	Title    string
	Explains string
	Button   string
	Danger   bool
	Fields   []CommitteeField
}

// CommitteeField is one field of such a form.
type CommitteeField struct {
	Kind     string // text, area, date, number, file, select, checks, check, people
	Name     string
	Label    string
	Hint     string
	Most     int
	Optional bool
	Options  []Option // of select and checks; the capacities of people
	Value    string
	Values   []string
	People   []CommitteeRow
}

// CommitteeRow is one line of a list of people. Fields: `names`, `capacities`, `posts`, one of each in every line.
type CommitteeRow struct{ Number, Name, Capacity, Post string }

// Upload tells whether the form carries a file.
func (f CommitteeForm) Upload() bool {
	for _, field := range f.Fields {
		if field.Kind == "file" {
			return true
		}
	}
	return false
}

// Input is a field of one line, or of several.
func (f CommitteeField) Input(form CommitteeForm) Input {
	input := newInput(form.Form, f.Name, f.Label, f.Value).In(form.ID).Help(f.Hint).Most(f.Most)
	input.Optional = f.Optional
	switch f.Kind {
	case "area":
		return input.Tall(3)
	case "number":
		return input.As("text", "off", "numeric")
	case "date", "file":
		return input.As(f.Kind, "", "")
	}
	return input
}

// Choice is a select.
func (f CommitteeField) Choice(form CommitteeForm) ChoiceList {
	return newChoice(form.Form, f.Name, f.Label, f.Value, f.Options).Help(f.Hint).In(form.ID)
}

// Posts are the posts that a person of a list may have.
func (CommitteeField) Posts() []Option {
	var options []Option
	for _, post := range []lifecycle.MemberPost{lifecycle.PlainMember, lifecycle.Deputy, lifecycle.Chair} {
		options = append(options, Option{Value: string(post), Text: explain.MemberPost(post)})
	}
	return options
}

// Typed fills a form that was refused with what was sent and why.
func (f CommitteeForm) Typed(sent url.Values, problems []Problem) CommitteeForm {
	f.Problems = problems
	fields := make([]CommitteeField, len(f.Fields))
	for i, field := range f.Fields {
		field.Value, field.Values = sent.Get(field.Name), sent[field.Name]
		for n := range field.People {
			pick := func(name string) string {
				if list := sent[name]; n < len(list) {
					return list[n]
				}
				return ""
			}
			field.People[n].Name, field.People[n].Capacity, field.People[n].Post = pick("names"), pick("capacities"), pick("posts")
		}
		fields[i] = field
	}
	f.Fields = fields
	return f
}

// The fields that several forms share.
func committeeReason(label, hint string, optional bool) CommitteeField {
	return CommitteeField{Kind: "area", Name: "reason", Label: label, Hint: hint, Most: 500, Optional: optional}
}

func committeeDocument(optional bool) CommitteeField {
	return CommitteeField{Kind: "text", Name: "document", Label: "文号", Hint: "例如：样例街办〔2026〕12号", Most: 100, Optional: optional}
}

func committeeFile(label string, optional bool) CommitteeField {
	return CommitteeField{Kind: "file", Name: "file", Label: label, Hint: "PDF 或者照片，不超过 5 MB。只有街道和业主委员会能看到。", Optional: optional}
}

func committeeDay(name, label, hint string, optional bool) CommitteeField {
	return CommitteeField{Kind: "date", Name: name, Label: label, Hint: hint, Optional: optional}
}

// publicReason reminds who reads it.
const publicReason = "会公开，不要写电话和证件号码。"

// RegisterElectionForm registers an earlier election. Fields: `meeting`.
func RegisterElectionForm(action string, meetings []Option) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "register", Title: "登记以前的选举结果", Button: "登记",
		Explains: "委员和候补委员按公布的得票顺序登记，不用也不能手工填写。",
		Fields:   []CommitteeField{{Kind: "select", Name: "meeting", Label: "哪一次会议", Options: meetings}}}
}

// EnterCommitteeForm enters a term from its papers. Fields: as models.EnteredCommittee; `deputies`, `members` and
// `alternates` hold one name a line.
func EnterCommitteeForm(action string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "enter", Title: "登记使用本系统以前选出的业主委员会", Button: "登记这一届",
		Explains: "按备案材料填写，并附上材料。任期已满、后面又有新一届的，作为历史登记。",
		Fields: []CommitteeField{
			{Kind: "number", Name: "number", Label: "第几届", Most: 2}, {Kind: "text", Name: "name", Label: "备案证明上的名称", Most: 100, Optional: true}, committeeDocument(false),
			committeeDay("began_on", "选举产生的日期", "", false), committeeDay("term_from", "任期从哪一天起", "", false), committeeDay("term_to", "任期到哪一天止", "", false),
			{Kind: "number", Name: "seats", Label: "委员名额一共几名", Hint: "包括空缺的名额，不包括候补。", Most: 2}, {Kind: "text", Name: "chair", Label: "主任姓名", Most: 50},
			{Kind: "area", Name: "deputies", Label: "副主任", Hint: "每行一个姓名。", Optional: true}, {Kind: "area", Name: "members", Label: "其他在任委员", Hint: "每行一个姓名。", Optional: true},
			{Kind: "area", Name: "alternates", Label: "候补委员", Hint: "每行一个姓名，按得票从多到少。", Optional: true},
			{Kind: "check", Name: "named", Label: "以上人员书面同意公开姓名", Value: "yes"}, committeeFile("备案材料", false)}}
}

// InterimBodyForm forms an interim body with so many lines for members. Fields: `document`, `reason`, `names`, `capacities`,
// `posts`, `named`, `file`.
func InterimBodyForm(action, rule string, lines int) CommitteeForm {
	people := CommitteeField{Kind: "people", Name: "members", Label: "成员", Hint: "没有用到的行留空。", Options: capacityOptions()}
	for i := range lines {
		people.People = append(people.People, CommitteeRow{Number: strconv.Itoa(i + 1)})
	}
	return CommitteeForm{Form: Form{Action: action}, ID: "interim", Title: "组建物业管理委员会", Explains: "当地的规定：" + rule, Button: "组建，公示名单",
		Fields: []CommitteeField{committeeDocument(false), committeeReason("为什么组建", publicReason, false), people,
			{Kind: "check", Name: "named", Label: "成员书面同意公开姓名", Value: "yes"}, committeeFile("组建决定", true)}}
}

// AppointForm gives a vacant seat of an interim body to somebody. Fields: `name`, `capacity`, `post`, `named`, `reason`,
// `document`, `file`.
func AppointForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "appoint-" + id, Title: "补足空缺的成员", Button: "补足，公开", Explains: "补足以后，业主仍然不少于一半，主任仍然由规定的单位派代表担任。当地规定名单要公示的，公示期满后履职。",
		Fields: []CommitteeField{{Kind: "text", Name: "name", Label: "姓名", Most: 50}, {Kind: "select", Name: "capacity", Label: "身份", Options: capacityOptions()},
			{Kind: "select", Name: "post", Label: "职务", Options: CommitteeField{}.Posts()}, {Kind: "check", Name: "named", Label: "本人书面同意公开姓名", Value: "yes"},
			committeeReason("为什么空缺，怎样产生", publicReason, false), committeeDocument(false), committeeFile("决定", true)}}
}

func capacityOptions() (options []Option) {
	for _, capacity := range lifecycle.MemberCapacities {
		options = append(options, Option{Value: string(capacity), Text: explain.MemberCapacity(capacity)})
	}
	return options
}

// ChoosePostsForm records the first meeting, or a later choice. Fields: `held_on`, `present`, `in_favour`, `chair`,
// `deputies`, `file`.
func ChoosePostsForm(action, id string, first bool, voters []Option, all int64) CommitteeForm {
	form := CommitteeForm{Form: Form{Action: action}, ID: "choose-" + id, Title: "登记首次会议，推选主任", Button: "登记推选结果",
		Explains: "须全体委员过半数同意：全体委员 " + strconv.FormatInt(all, 10) + " 人，至少 " + strconv.FormatInt(all/2+1, 10) + " 人同意。候补委员没有表决权。",
		Fields: []CommitteeField{committeeDay("held_on", "开会日期", "", false), {Kind: "number", Name: "present", Label: "出席的委员人数", Most: 3},
			{Kind: "number", Name: "in_favour", Label: "同意的委员人数", Most: 3}, {Kind: "select", Name: "chair", Label: "主任", Options: voters},
			{Kind: "checks", Name: "deputies", Label: "副主任（可以不选）", Options: voters}, committeeFile("会议纪要", true)}}
	if !first {
		form.Title = "登记重新推选主任、副主任"
	}
	return form
}

// RenewalGroupForm records the renewal group. Fields: `day`, `reason`, `document`, `file`.
func RenewalGroupForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "group-" + id, Title: "登记换届小组成立", Button: "登记",
		Explains: "登记以后，这一届进入换届。当地规定从这一天起计算移交期限的，从这一天起算。",
		Fields:   []CommitteeField{committeeDay("day", "成立日期", "", false), committeeDocument(false), committeeReason("说明", publicReason, true), committeeFile("成立公告", true)}}
}

// DissolveForm ends a term. Fields: `reason`, `document`, `file`.
func DissolveForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "dissolve-" + id, Title: "终止这一届", Button: "终止", Danger: true,
		Explains: "只用于物业管理区域调整、房屋灭失等情况。终止以后不能恢复。",
		Fields:   []CommitteeField{committeeDocument(false), committeeReason("理由", publicReason, false), committeeFile("决定书", true)}}
}

// TakeOfficeForm lets an interim body act; it has no field.
func TakeOfficeForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "office-" + id, Title: "公示期满，开始履职", Button: "开始履职", Explains: "名单公示期满、没有需要更换的成员的，从现在起履职。在任的上一届同时终止。"}
}

// WithdrawInterimForm takes a list back. Fields: `reason`.
func WithdrawInterimForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "withdraw-" + id, Title: "撤下名单", Button: "撤下", Danger: true, Explains: "名单有误或者成员要更换的，撤下以后重新组建和公示。",
		Fields: []CommitteeField{committeeReason("理由", publicReason, false)}}
}

// ResignForm records a resignation. Fields: `ground`, `day`, `reason`, `document`, `file`.
func ResignForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "resign-" + id, Title: "登记书面辞职", Button: "登记辞职", Danger: true, Explains: "须附本人签名的辞职书。",
		Fields: []CommitteeField{{Kind: "hidden", Name: "ground", Value: string(lifecycle.Resigned)}, committeeDay("day", "从哪一天起生效", "不填就是今天。", true), committeeFile("辞职书", false)}}
}

// EndMembershipForm ends a membership by law. Fields: as [ResignForm].
func EndMembershipForm(action, id string) CommitteeForm {
	var grounds []Option
	for _, ground := range lifecycle.AutomaticGrounds {
		grounds = append(grounds, Option{Value: string(ground), Text: explain.LeavingGround(ground)})
	}
	return CommitteeForm{Form: Form{Action: action}, ID: "end-" + id, Title: "资格依法终止", Button: "终止资格", Danger: true,
		Explains: "公示栏只写“委员资格依法终止”，原因和说明只有街道和业主委员会能看到。",
		Fields: []CommitteeField{{Kind: "select", Name: "ground", Label: "原因", Options: grounds}, committeeDay("day", "从哪一天起", "不填就是今天。", true),
			committeeReason("核实的情况", "写明依据和核实的经过，不要写电话和证件号码。", false), committeeDocument(true), committeeFile("证明材料", true)}}
}

// RecallForm records a recall. Fields: `motion`.
func RecallForm(action, id string, motions []Option) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "recall-" + id, Title: "登记业主大会罢免", Button: "登记罢免", Danger: true, Explains: "只能依据已经公布、写明这位委员姓名并且通过的表决。",
		Fields: []CommitteeField{{Kind: "select", Name: "motion", Label: "哪一项表决", Options: motions}}}
}

// SuspendForm suspends a member. Fields: `until`, `reason`, `document`, `file`.
func SuspendForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "suspend-" + id, Title: "暂停履职", Button: "暂停履职", Danger: true, Explains: "依据负面清单。名额保留，期间没有表决权；到期自动恢复。",
		Fields: []CommitteeField{committeeDay("until", "到哪一天为止（含当天）", "", false), committeeReason("违反了负面清单的哪一项", publicReason, false), committeeDocument(true), committeeFile("证明材料", true)}}
}

// LiftForm lifts a suspension. Fields: `reason`, `document`, `file`.
func LiftForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "lift-" + id, Title: "提前恢复履职", Button: "恢复履职", Explains: "暂停的原因已经消除。",
		Fields: []CommitteeField{committeeReason("理由", publicReason, false), committeeDocument(true), committeeFile("证明材料", true)}}
}

// FillForm gives a vacant seat to the next alternate; it has no field.
func FillForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "fill-" + id, Title: "递补为委员", Button: "递补为委员", Explains: "按得票顺序，现在轮到这一位。递补前请核对本人仍然符合委员条件。"}
}

// DeclineForm records that an alternate gives the seat up. Fields: `reason`, `document`, `file`.
func DeclineForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "decline-" + id, Title: "登记放弃递补", Button: "登记放弃", Danger: true, Explains: "须附本人签名的书面声明，然后由下一名递补。",
		Fields: []CommitteeField{committeeFile("书面声明", false)}}
}
