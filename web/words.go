package web

import (
	"gongjue/voting"
	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
)

// word finds the Chinese word of a code in its family. The words of the rules stand in voting/explain; those
// that only pages need stand below. A code without a word is shown as it is, so that a page never breaks.
func word(family string, code any) string {
	key := text(code)
	if named, known := explained[family]; known {
		if w := named(key); w != "" {
			return w
		}
	}
	if w, known := words[family][key]; known {
		return w
	}
	return key
}

// explained are the families whose words come from voting/explain.
var explained = map[string]func(string) string{
	"role":      func(c string) string { return explain.Actor(lifecycle.Actor(c)) },
	"convener":  func(c string) string { return explain.Convener(lifecycle.ConvenerKind(c)) },
	"roster":    func(c string) string { return explain.RosterState(lifecycle.RosterState(c)) },
	"meeting":   func(c string) string { return explain.MeetingState(lifecycle.MeetingState(c)) },
	"filing":    func(c string) string { return explain.FilingState(lifecycle.FilingState(c)) },
	"mandate":   func(c string) string { return explain.Mandate(lifecycle.MandateKind(c)) },
	"amendment": func(c string) string { return explain.AmendmentState(lifecycle.AmendmentState(c)) },
	"objection": func(c string) string { return explain.ObjectionState(lifecycle.ObjectionState(c)) },
	"event":     func(c string) string { return explain.Event(lifecycle.Event(c)) },
	"channel":   func(c string) string { return explain.Channel(lifecycle.Channel(c)) },
	"kind":      func(c string) string { return explain.Kind(voting.Kind(c)) },
	"method":    func(c string) string { return explain.Method(voting.Method(c)) },
	"mark":      func(c string) string { return explain.Mark(voting.Mark(c)) },
	"firm_act":  func(c string) string { return explain.FirmAct(voting.FirmAct(c)) },

	"linked_when": func(c string) string { return explain.Condition(voting.Condition(c)) },

	"delivery_mode":   func(c string) string { return optionText(DeliveryModes, c) },
	"delivery_result": func(c string) string { return optionText(DeliveryResults, c) },
	"area_source":     explain.AreaSource,
	"relation":        func(c string) string { return optionText(Relations, c) },
}

// words are the families that only pages know.
var words = map[string]map[string]string{
	"stage": {
		"no_assembly": "未成立业主大会", "eligible": "已具备成立条件", "preparing": "筹备中",
		"assembly_no_committee": "有业主大会、无业委会", "in_term": "业委会任期内", "renewal": "应当换届",
		"lapsed": "任期届满未换届", "interim": "物管会代行", "dissolved": "已注销",
		"none": "尚未开始", "voting": "正在表决", "filing": "等待备案",
	},
	"body":          {"none": "没有", "committee": "业委会", "interim": "物管会"},
	"missed":        {"result": "计票后没有按时公布", "filing": "没有按时提交备案", "decision": "备案没有按时办结", "objection": "名册异议没有按时答复", "sitting": "业主委员会的决定没有按时公布", "disclosure": "业主委员会的收支没有按时公布", "question": "业主对收支的提问没有按时答复"},
	"filing_paper":  {"attached": "已上传", "made": "已生成", "to_sign": "待签字", "missing": "还缺"},
	"import":        {"waiting": "等第二个人确认", "effective": "已生效", "replaced": "已被取代", "withdrawn": "已撤回"},
	"importmeaning": {"unused": "未采用", "building": "楼栋", "stair": "单元", "room": "房号", "time": "提交时间", "serial": "平台流水号"},
	"filing":        {FilingReceived: "受理"},
	"subject":       {"roster": "业主名册", "candidate": "候选人", "matter": "表决事项", "ballot": "表决票", "procedure": "会议程序"},
	"own_subject":   {"ballot": "本户的表决票", "matter": "某一项的计票数字", "candidate": "候选人", "roster": "业主名册（面积、人数、谁有投票权）", "procedure": "整个结果或会议程序"},
	"encoding": {
		"utf-8": "通用编码 UTF-8", "utf-8-bom": "通用编码 UTF-8（文件自己注明）", "gb18030": "国标编码 GB18030", "utf-16": "UTF-16（文件自己注明）",
	},
	"difference": {"area": "面积不同", "owners": "业主不同", "only_in_roster": "登记簿里没有", "only_in_register": "名册里没有", "source": "来源可改"},
	"yesno":      {"yes": "计入", "no": "不计入"},
	"firm_act":   {"": "都不是"},

	"called_by": {"chair": "主任召集", "members": "委员提议召开"},
	"decision":  {"in_force": "有效", "under_correction": "责令限期改正中", "replaced": "已由新的决定代替", "revoked": "已被撤销"},

	"poll_strict": {"yes": "超过，正好等于的不算达到", "no": "达到，正好等于的也算"},
	"poll_of_all": {"no": "参加这一项表决的业主", "yes": "表决范围内的全体业主"},
	"poll_scale":  {"": "同意、反对、弃权", ShortScale: "满意、基本满意、不满意（前两档算满意）", "five": "非常满意、满意、基本满意、不满意、很不满意（前三档算满意）"},
	"poll_about":  {"": "不是满意度调查", string(voting.AboutFirm): explain.Subject(voting.AboutFirm), string(voting.AboutCommittee): explain.Subject(voting.AboutCommittee), string(voting.AboutStreet): explain.Subject(voting.AboutStreet)},
	"poll_by":     {"heads_and_area": "人数和面积都要达到", "heads": "只看人数", "area": "只看面积"},

	"id_kind": idKindWords, "owner_field": ownerFieldWords, "read_reason": readReasonWords, "read_kind": readKindWords, "window": windowWords,
	"roster_objection": {"area": "面积不对", "owner": "业主不对", "co_owner": "共有人不对", "phone": "手机号不对", "usage": "用途不对", "parking": "车位不对", "unit_missing": "名册漏了房屋"},
	"objection_source": {"owner": "业主网上提出", "desk": "现场登记"},

	"outcome":  {"upheld": "异议成立", "dismissed": "异议不成立"},
	"severity": {"error": "必须改正", "warning": "请核对", "ok": "符合"},
	"letter": {
		"one_time_code": "验证码短信", "ballot_recorded": "投票提醒", "roster_code": "查名册的验证码短信", "objection_answered": "异议答复提醒",
		"notice_published": "会议公告通知", "result_for_comment": "初步结果公示通知", "result_published": "最终结果通知", "meeting_ended": "会议撤回或者作废通知", "supervised": "通告全体业主",
		"sms_code": "验证码短信", "notice": "会议通知", "receipt": "投票回执", "filing": "备案消息", "ballot_cast": "投票提醒",
	},
}

// HasWord tells whether a code of a family (role, convener, roster, meeting, filing, objection, event, channel,
// kind, method, mark, delivery_mode, delivery_result, relation, stage, subject, outcome, severity, letter, import, id_kind, owner_field, read_reason, read_kind, body, missed) has its Chinese word, so that other packages can test
// their own lists.
func HasWord(family, code string) bool { return word(family, code) != code }
