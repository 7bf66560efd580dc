package lint

import "fmt"

// Code names a finding.
type Code string

// The codes.
const (
	NoticeShort       Code = "notice_short"
	NoticeExact       Code = "notice_exact"
	EvoteCityOnly     Code = "evote_city_system_only"
	EvoteRecognised   Code = "evote_recognised_system"
	EvoteNotProvided  Code = "evote_not_provided"
	EvoteUnknown      Code = "evote_unknown"
	ProxyCapMissing   Code = "proxy_cap_missing"
	ProxyCapAbove     Code = "proxy_cap_above"
	VoidMissing       Code = "void_missing"
	ParkingMissing    Code = "parking_missing"
	SilenceUnfounded  Code = "silence_unfounded"
	SilenceFirst      Code = "silence_first_meeting"
	SilenceAsConsent  Code = "silence_as_consent"
	SilenceInRules    Code = "silence_in_rules"
	BlanketMandate    Code = "blanket_mandate"
	MandateBarred     Code = "mandate_barred"
	NoRejectOption    Code = "no_reject_option"
	NeitherAsOption   Code = "neither_as_option"
	TwoQuestions      Code = "two_questions"
	PlansInMotion     Code = "plans_in_motion"
	ClassMismatch     Code = "class_mismatch"
	ItemMismatch      Code = "item_mismatch"
	ScopeTooWide      Code = "scope_too_wide"
	ScopeNotInText    Code = "scope_not_in_text"
	StairMissing      Code = "stair_missing"
	ScopeTooNarrow    Code = "scope_too_narrow"
	PollAsDecision    Code = "poll_as_decision"
	NoCandidates      Code = "no_candidates"
	FewCandidates     Code = "few_candidates"
	EqualCandidates   Code = "equal_candidates"
	WindowShort       Code = "window_short"
	WindowLong        Code = "window_long"
	ParkingUnlawful   Code = "parking_unlawful"
	SeatsLeftOut      Code = "seats_left_out"
	SittingMissing    Code = "sitting_missing"
	EvenCommittee     Code = "even_committee"
	SmallCommittee    Code = "small_committee"
	MinMembersMissing Code = "min_members_missing"
	ManyAlternates    Code = "many_alternates"
	LargeCommittee    Code = "large_committee"
	MinMembersBelow   Code = "min_members_below"
	ShortfallUnlawful Code = "shortfall_unlawful"
	RankMissing       Code = "rank_missing"
	TieMissing        Code = "tie_missing"
	ShortfallMissing  Code = "shortfall_missing"
	RunOffMissing     Code = "run_off_missing"
	PowersFrozen      Code = "powers_frozen"
)

// Codes lists every code, in the order in which findings of one meeting come.
var Codes = []Code{
	NoticeShort, NoticeExact, EvoteCityOnly, EvoteRecognised, EvoteNotProvided, EvoteUnknown, ProxyCapMissing, ProxyCapAbove,
	VoidMissing, ParkingMissing, SilenceUnfounded, SilenceFirst, WindowShort, WindowLong, ParkingUnlawful, SeatsLeftOut,
	SilenceAsConsent, SilenceInRules, BlanketMandate, MandateBarred,
	NoRejectOption, NeitherAsOption, TwoQuestions, PlansInMotion, ClassMismatch, ItemMismatch,
	ScopeTooWide, ScopeNotInText, StairMissing, ScopeTooNarrow, PollAsDecision,
	NoCandidates, FewCandidates, EqualCandidates, SittingMissing, EvenCommittee, SmallCommittee, MinMembersMissing, ManyAlternates,
	LargeCommittee, MinMembersBelow, ShortfallUnlawful,
	RankMissing, TieMissing, ShortfallMissing, RunOffMissing, PowersFrozen,
}

// entry is what all findings of a code share. The sentence may hold verbs of fmt for what the draft says.
type entry struct {
	severity                       Severity
	field, sentence, mend, article string
}

const (
	civil278  = "民法典第278条"
	guideline = "业主大会和业主委员会指导规则（建房〔2009〕274号）"
	lawSilent = civil278 + "（没有规定，由会议公告写明）"
)

// catalogue holds the words of every code; a finding may bring the article of its pack instead, and does where none
// stands here.
var catalogue = map[Code]entry{
	NoticeShort: {Error, "opens_at", "从公告到开始投票只有 %d 天，规定至少 %d 天。",
		"推迟开始投票的时间。公告当天不算在内，遇到节假日也不顺延。", "物业管理条例第14条第1款"},
	NoticeExact: {Warning, "opens_at", "从公告到开始投票正好 %d 天，没有余量：公告晚贴一天就不合规定。",
		"建议再留一到两天，并给公告拍照留存张贴时间。", "物业管理条例第14条第1款"},
	EvoteCityOnly: {Error, "online", "当地规定网上投票只能使用政府指定的系统，不能用本系统投票。",
		"本系统只办理纸质票，网上票在指定的系统里投，结果再导入合并计算。", ""},
	EvoteRecognised: {Warning, "online", "当地规定网上投票要使用经认定的系统，本系统是否经过认定请先向街道或者主管部门核实。",
		"没有核实之前，请只用纸质票。", ""},
	EvoteNotProvided: {Error, "online", "当地的规定里没有网上投票这种形式。",
		"请用集体讨论或者书面征求意见的形式，收纸质票。", ""},
	EvoteUnknown: {Hint, "online", "不知道当地对网上投票有什么规定。",
		"请先向街道或者主管部门核实；纸质票在各地都有效。", "物业管理条例第12条第1款"},
	ProxyCapMissing: {Warning, "proxy_cap", "允许委托投票，但没有公布一个人最多可以代理几户。",
		"在公告里写明每人最多代理几户，并要求书面委托书写明事项、权限和期限。", "民法典第165条"},
	ProxyCapAbove: {Error, "proxy_cap", "公布的是每人最多代理 %d 户，当地规定最多 %d 户。",
		"改为当地规定的户数以内。", ""},
	VoidMissing: {Warning, "void_participates", "没有公布废票算不算参与表决。出现废票又影响结果时，将无法认定结果。",
		"在公告里写明废票是否计入参与表决。", lawSilent},
	ParkingMissing: {Error, "parking", "名册里有车位，但没有公布车位的面积和人数怎样计算。",
		"按议事规则写明车位是否计入面积、是否计为一人；没有规则的，先请业主大会议事规则作出规定。", guideline + "第25条"},
	SilenceUnfounded: {Error, "silence", "公布了对已送达未表决票的处理办法，但是%s。",
		"补齐这些条件；补不齐的，改为不计入参与表决。", guideline + "第26条第2款、民法典第140条"},
	SilenceFirst: {Error, "silence", "首次业主大会会议还没有议事规则和管理规约，没有投票的不能计入多数票。",
		"改为不计入参与表决。", guideline + "第26条第2款、民法典第140条"},
	WindowShort: {Error, "closes_at", "投票时间不足 %d 天，少于当地规定。",
		"推迟投票截止的时间。", ""},
	WindowLong: {Error, "closes_at", "投票时间超过 %d 天，多于当地规定。",
		"提前投票截止的时间。", ""},
	ParkingUnlawful: {Error, "roster", "名册把车位的面积计入了总面积，当地规定车位的面积不计入。",
		"重新导入名册，车位面积选择不计入。", ""},
	SilenceAsConsent: {Error, "text", "文字里写了“%s”。没有投票的不能由这份文字算成同意或者别的意见，弃权的也不能算到任何一边。",
		"删去这句话；以前通过的规则确有规定的，在会议的“表决票送到了、但到截止没有投的，怎么算”里选择，并写明依据。", guideline + "第26条第2款、民法典第140条"},
	SilenceInRules: {Warning, "text", "新规则里写了“%s”。沉默只能计入已表决的多数票，多数也可能是反对；而且它只对以后的会议有效。",
		"改为“已送达未表决的，计入已表决的多数票”，并写明逐张送达的证明、事先的提示、是否包括选举；也可以不写。", guideline + "第26条第2款、民法典第140条"},
	BlanketMandate: {Warning, "text", "文字里写了“%s”，没有写明事项、金额和期限，应当由业主共同决定的事情就不再由业主决定了。",
		"写明授权做哪一件事、最多花多少钱、到什么时候为止；选聘物业、使用维修资金等，另列事项由业主表决。", civil278 + "第1款"},
	MandateBarred: {Error, "text", "文字里写了“%s”。当地规定，应当由业主大会决定的事项不得授权业主委员会决定。",
		"删去这项授权，另列事项由业主表决；只是办理手续的，写明办理哪一件。", ""},
	NoRejectOption: {Warning, "method", "在几个选项里只能选一个，没有反对的位置，不同意任何一个的业主只能弃权。",
		"改为逐项表决，对每一个选项都可以投同意、反对或者弃权。", civil278},
	NeitherAsOption: {Hint, "options", "“%s”会被当作一个选项计票，它得票过半数时就是它“选中”。",
		"建议改为逐项表决，让每一个选项都可以投反对。", civil278},
	TwoQuestions: {Warning, "text", "一个事项里问了不止一件事（%s），同意一件、反对另一件的业主无法表态。",
		"拆成两个事项，分别表决。", civil278 + "第1款"},
	PlansInMotion: {Warning, "text", "一个议案里放了几个方案，投“同意”看不出同意的是哪一个。",
		"每个方案单独列为一个选项，逐项表决。", civil278 + "第1款"},
	ClassMismatch: {Error, "item", "从文字看属于“%s”，同意的比例要求不同，现在选的是第 %d 项。",
		"改为第 %d 项，或者修改文字。", civil278 + "第2款"},
	ItemMismatch: {Warning, "item", "从文字看属于“%s”，现在选的是第 %d 项。同意的比例要求相同，但公告和备案要写对依据。",
		"核对后改为第 %d 项，或者修改文字。", civil278 + "第1款"},
	ScopeTooWide: {Warning, "scope", "文字里写的是%s，表决范围却是整个小区。",
		"只涉及部分楼栋共用的部位，由这些楼栋的业主表决；请核对范围。", civil278 + "第2款、物业管理条例第11条"},
	ScopeNotInText: {Warning, "scope", "表决范围与文字里写的楼栋不一致（%s）。",
		"核对表决范围，并在文字里写明涉及哪些楼栋、单元。", civil278 + "第2款"},
	StairMissing: {Warning, "scope", "文字里写到电梯或者单元，表决范围却没有限定到单元。",
		"只涉及一个单元的，把范围限定到这个单元；涉及全部楼栋的，请在文字里写明。", civil278 + "第2款"},
	ScopeTooNarrow: {Error, "scope", "这类事项由全体业主共同决定，现在只由一部分楼栋表决。",
		"把表决范围改为整个小区。", civil278 + "第1款"},
	PollAsDecision: {Warning, "text", "这是意见征询，文字里却有“%s”这样的决定用语，业主会以为已经作出决定。",
		"改为“是否愿意”“有什么意见”；需要作出决定的，另列事项按法定比例表决。", civil278},
	NoCandidates: {Error, "seat_groups", "“%s”留了 %d 个席位，却没有候选人。这些席位会空着，其他组的候选人得票再多也不能补上。",
		"先为这一组提名候选人；确实没有人的，按议事规则重新分配席位后再公告，或者写明空缺另行提名、另行表决。", lawSilent},
	FewCandidates: {Error, "options", "%s候选人 %d 名，应选 %d 名，候选人不够。",
		"补充候选人，或者减少应选名额。", guideline + "第31条"},
	EqualCandidates: {Warning, "options", "%s候选人与应选名额都是 %d 名，是等额选举，只要有一人没有过半数就选不满。",
		"建议差额选举，多推荐几名候选人。", guideline + "第31条"},
	SeatsLeftOut: {Warning, "matters", "上一次会议还空缺 %d 个席位，这份草案只选 %d 个，其余的没有候选人或者没有列入。",
		"先提名候选人，再把空缺的席位加进选举事项；确实要分开选的，另行召开会议。", guideline + "第31条"},
	SittingMissing: {Warning, "sitting", "文字写的是“%s”，却没有填在任并留任的委员几位，结果会按选举整个业主委员会计算和表述。",
		"在“补选”里填写在任并留任的委员人数。", guideline + "第31条"},
	EvenCommittee: {Warning, "seats", "选满以后委员共 %d 名，是双数；委员人数应当是单数。",
		"增加或者减少一个名额。", guideline + "第31条"},
	SmallCommittee: {Error, "seats", "选满以后委员只有 %d 名，少于规定的最少 %d 名。",
		"增加应选名额。", guideline + "第31条"},
	MinMembersMissing: {Hint, "min_members", "没有写明业主委员会最少几名委员，将按 %d 名计算。",
		"按议事规则和当地规定填写。", guideline + "第31条"},
	ManyAlternates: {Error, "alternates", "候补委员 %d 名，超过当地规定的上限 %d 名。",
		"减少候补委员名额。", ""},
	LargeCommittee: {Error, "seats", "选满以后委员共 %d 名，多于当地规定的最多 %d 名。",
		"减少应选名额。", ""},
	MinMembersBelow: {Error, "min_members", "写明的委员最少人数是 %d 名，少于当地规定的最少 %d 名。",
		"改为当地规定的人数以上。", ""},
	ShortfallUnlawful: {Error, "shortfall", "当地规定当选人数过半并且不少于最低人数的，业主委员会即成立；公布的却是选满才成立。",
		"把“当选人数不足”改为过半数先行成立。", ""},
	RankMissing: {Warning, "rank", "没有公布名次怎样排：先比人数还是先比面积。人数和面积领先的不是同一人时，会有争议。",
		"在公告里写明排名办法；不写的，先比同意人数，人数相同再比面积。", lawSilent},
	TieMissing: {Warning, "tie_way", "没有公布票数完全相同时怎么办。",
		"在公告里写明再次表决，或者公开抽签和抽签的办法；不写的，再次表决。", lawSilent},
	ShortfallMissing: {Warning, "shortfall", "没有公布选不满时怎么办：是另行投票选满，还是过半数即可先成立。",
		"按当地规定和议事规则写明；不写的，缺额另行表决，选满才成立。", lawSilent},
	RunOffMissing: {Hint, "run_off", "有三个以上选项，没有公布都不过半数时是否再次表决；不公布的，这次就没有结果。",
		"在公告里写明前两名再次表决，或者写明重新选聘。", lawSilent},
	PowersFrozen: {Error, "text", "换届小组已经成立，新一届业主委员会还没有选举产生，当地规定这段时间不对“%s”作决定。",
		"等新一届业主委员会选举产生以后再表决；认为属于例外的，先请街道书面答复。", ""},
}

// finding makes a finding of the code; the values fill the verbs of its sentence.
func finding(code Code, values ...any) Finding {
	e := catalogue[code]
	sentence := e.sentence
	if len(values) > 0 {
		sentence = fmt.Sprintf(sentence, values...)
	}
	return Finding{Code: code, Severity: e.severity, Field: e.field, Sentence: sentence, Article: e.article, Mend: e.mend}
}

// under gives the finding the article of the pack, where it has one.
func (f Finding) under(article string) Finding {
	if article != "" {
		f.Article = article
	}
	return f
}
