package web

import (
	"strconv"

	"gongjue/voting"
	"gongjue/voting/explain"
)

// Announced are the parameters that the law leaves open and this meeting announces (domain.md section 19).
// Pages print every one of them with a plain explanation.
type Announced struct {
	Policies      voting.Policies
	SilenceRule   *voting.SilenceConditions // on what a silence policy rests; nil with the default
	DeliveryTimes string                    // when and how the sheets are handed out; empty if not announced
	ObjectionDays int                       // days of the preliminary count's display; 0 = none
	Ties          []voting.TieWay           // of every election and selection, in the order of the agenda
	ParkingArea   bool                      // as answered for the roster
	ParkingHeads  bool
	Pack          string // rule pack and version the majorities come from
	Ways          Ways
}

// Parameter is one announced parameter in words.
type Parameter struct{ Name, Value, Meaning string }

// policy is one value of a policy: its short name, and what it means for an owner.
type policy struct{ value, name, meaning string }

// policies are the values that a convener may announce, in the order of the form; the first is the default.
var policies = map[string][]policy{
	"silence": {
		{string(voting.NotParticipating), explain.Silence(voting.NotParticipating), "表决票送到了但没有投的，不算参与表决，也不算任何选项的票。"},
		{string(voting.SilenceAbstains), explain.Silence(voting.SilenceAbstains), "表决票送到了但没有投的，算参与表决，但不算任何选项的票。"},
		{string(voting.JoinMajority), explain.Silence(voting.JoinMajority), "表决票送到了但没有投的，算到人数和面积都最多的那个选项里；两样领先的不是同一个选项时，谁也不加，这一项无法认定。"},
		{string(voting.JoinMajorityIfOverHalfOfAll), explain.Silence(voting.JoinMajorityIfOverHalfOfAll), "只有实际投给某个选项的人数和面积都超过全体的一半，没有投的票才算到这个选项里。"},
	},
	"void": {
		{"yes", "算参与", "废票不算任何选项的票，但算参与了表决。"},
		{"no", "不算参与", "废票不算任何选项的票，也不算参与了表决。"},
	},
	"blank": {
		{string(voting.BlankAbstains), explain.Blank(voting.BlankAbstains), "某个事项什么都没有选的，按弃权计算。"},
		{string(voting.BlankVoid), explain.Blank(voting.BlankVoid), "某个事项什么都没有选的，这一项按废票计算。"},
	},
	"rank": {
		{string(voting.HeadsThenArea), explain.Rank(voting.HeadsThenArea), "达到法定比例的候选人按同意人数从多到少排，人数相同的再比面积。"},
		{string(voting.AreaThenHeads), explain.Rank(voting.AreaThenHeads), "达到法定比例的候选人按同意面积从多到少排，面积相同的再比人数。"},
		{string(voting.SumOfShares), explain.Rank(voting.SumOfShares), "达到法定比例的候选人按人数占比与面积占比之和从高到低排。"},
	},
	"tie_way": {
		{string(voting.TieByRevote), "再次投票", "另行通知、再次投票，不按名单先后决定。候补的先后并列的，到候补委员要递补时再投票定先后。"},
		{string(voting.TieByLot), "公开抽签", lotRecipe},
	},
	"conflict": {
		{string(voting.FirstValid), "先到的有效", "一户在平台上投了票、在本系统又有一张票的，先到的有效：平台的票看平台结果里的提交时间，本系统的票看记录的时间；平台没有给出时间的，本系统的票有效。"},
		{string(voting.ElectronicWins), "以平台的电子票为准", "一户在平台上投了票、又交了纸质票的，不论先后，平台上的有效，纸质票不计。两张都是电子票的，先到的有效。"},
		{string(voting.PaperWins), "以纸质票为准", "一户在平台上投了票、又交了纸质票的，不论先后，纸质票有效，平台上的不计。两张都是电子票的，先到的有效。"},
		{string(voting.IdenticalElseVoid), "相同的计一次，不同的作废", "一户有两张票的，逐个事项比较：相同的计一次；不同的，这一事项按废票计算。"},
	},
	"seal_kept": {
		{"server", "由运行系统的服务器保管钥匙", "选票用本次会议专用的钥匙封存，计票时由服务器打开；钥匙与数据库分开存放。能同时拿到数据库和钥匙的管理员，截止以前就有办法打开选票。"},
		{"holders", "由召集人、街道、计票人三方保管钥匙", "三方各持一张开票卡，截止以后任意两张到齐才能打开选票；服务器上不存钥匙，投票期间谁也打不开。一张丢失不影响；丢失两张，选票谁也打不开，只能重新表决。"},
	},
	"shortfall": {
		{string(voting.FurtherVote), explain.Shortfall(voting.FurtherVote), "当选人数不足时，空缺的席位另行通知、再次投票。"},
		{string(voting.OverHalfStands), explain.Shortfall(voting.OverHalfStands), "当选人数超过席位一半并达到法定最少人数的，业主委员会成立，空缺另行补选。"},
	},
}

// policyOf finds the announced value; the empty value is the default, the first of its list.
func policyOf(family, value string) policy {
	for _, p := range policies[family] {
		if p.value == value {
			return p
		}
	}
	return policies[family][0]
}

// optionsOf are the values of a family as radio options, each with its meaning.
func optionsOf(family string) []Option {
	options := []Option{}
	if list, ok := policies[family]; ok {
		for _, p := range list {
			options = append(options, Option{Value: p.value, Text: p.name, Note: p.meaning})
		}
		return options
	}
	for _, value := range optionOrder[family] {
		options = append(options, Option{Value: value, Text: word(family, value)})
	}
	return options
}

// optionOrder lists the choices whose words stand in the table of words.
var optionOrder = map[string][]string{
	"roster_objection": {"area", "owner", "co_owner", "phone", "usage", "parking", "unit_missing"},
	"mandate":          {"voting_person", "guardian", "legal_representative", "authorised", "buyer", "own"},
	"area_source":      {"register", "survey", "contract"},
	"convener":         {"preparation_group", "committee", "renewal_group", "property_management_committee", "street", "residents_committee"},
	"kind":             {string(voting.Motion), string(voting.Election), string(voting.Selection), string(voting.Consult)},
	"yesno":            {"yes", "no"},
	"subject":          {"roster", "candidate", "matter", "ballot", "procedure"},
	"own_subject":      {"ballot", "matter", "candidate", "roster", "procedure"},
	"method":           {string(voting.ApprovalEach), string(voting.Pick)},
	"outcome":          {"upheld", "dismissed"},

	"owner_field": {"id_number", "phone"},
	"read_reason": {"mend", "reach", "identify", "answer", "authority"},

	"firm_act":    {"", string(voting.RenewFirm), string(voting.DismissFirm), string(voting.TenderFirm)},
	"linked_when": {string(voting.IfPassed), string(voting.IfRejected)},
	"called_by":   {"chair", "members"},
	"poll_strict": {"no", "yes"},
	"poll_scale":  {"", ShortScale, "five"},
	"poll_about":  {"", string(voting.AboutFirm), string(voting.AboutCommittee), string(voting.AboutStreet)},
	"poll_of_all": {"no", "yes"},
	"poll_by":     {"heads_and_area", "heads", "area"},
}

// Silence is the warning about ballots that nobody casts; empty with the default policy.
func (a Announced) Silence() string { return SilenceWarning(a.Policies, a.SilenceRule) }

// lines are all announced parameters in words, in the order of the notice.
func (a Announced) lines() []Parameter {
	list := []Parameter{}
	add := func(name, family, value string) {
		p := policyOf(family, value)
		list = append(list, Parameter{name, p.name, p.meaning})
	}
	add("已送达但没有投的票", "silence", string(a.Policies.SilenceIn(voting.Motion)))
	if a.Policies.FirstMeeting && !a.Policies.InterimCovenant {
		list[0].Meaning = "首次业主大会会议还没有生效的议事规则，送到了但没有投的票一律不计入。"
	}
	if source := SilenceSource(a.Policies, a.SilenceRule); source != "" {
		list = append(list, Parameter{"未投票处理的依据", source, "只有逐户登记了送达凭证的票才适用；拒收、无法送达和没有登记的不计入。结果按计入与不计入同时公布。"})
	}
	if a.DeliveryTimes != "" {
		list = append(list, Parameter{"表决票什么时候送", a.DeliveryTimes, "送达时请签收；到时不在家的，可以联系召集人另约时间。"})
	}
	if v := a.Policies.VoidParticipates; v == nil {
		list = append(list, Parameter{"废票", "尚未公布", "如果没有事先公布而结果取决于它，这个事项无法认定。"})
	} else {
		add("废票", "void", map[bool]string{true: "yes", false: "no"}[*v])
	}
	add("没有选的事项", "blank", string(a.Policies.Blank))
	list = append(list, a.Ways.lines()...)
	list = append(list,
		Parameter{"投票后修改", "不能修改", "提交以后不能更改，也不能撤回。"},
		Parameter{"车位", parkingWords(a.ParkingArea, a.ParkingHeads), "车位是否计入面积和人数，由议事规则决定。"})
	add("选举排名", "rank", string(a.Policies.Rank))
	list = append(list, tieParameters(a.Ties)...)
	add("当选人数不足", "shortfall", string(a.Policies.Shortfall))
	if a.Policies.RunOff {
		list = append(list, Parameter{"选聘无人过半", "再次投票", "没有一家达到法定比例时，另行通知再次投票；不会自动选定任何一家。"})
	}
	if a.Policies.FollowMajority {
		list = append(list, Parameter{"从众选项", "提供", "选“从众”的票，截止后算到实际票数人数和面积都最多的那个选项里；人数和面积领先的不是同一个选项时，谁也不加。"})
	}
	days := "不公示"
	if a.ObjectionDays > 0 {
		days = strconv.Itoa(a.ObjectionDays) + " 天"
	}
	list = append(list, Parameter{"初步结果公示", days, "公示期内业主可以提出异议，全部答复后才公布最终结果。"})
	if a.Pack != "" {
		list = append(list, Parameter{"适用的规则", a.Pack, "按投票开始当天有效的法律计算。"})
	}
	return list
}

func parkingWords(area, heads bool) string {
	switch {
	case area && heads:
		return "计入面积，也计入人数"
	case area:
		return "计入面积，不计入人数"
	case heads:
		return "不计入面积，计入人数"
	default:
		return "不计入面积，也不计入人数"
	}
}
