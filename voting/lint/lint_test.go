package lint

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/rules"
)

func itemsOf(t *testing.T, id string) []Item {
	t.Helper()
	pack, err := rules.For(id)
	if err != nil {
		t.Fatal(err)
	}
	return ItemsOf(pack)
}

// motion, firms and seats are matters at which nothing is found; yes is a draft with everything announced.
func motion(item int, title, text string, scope ...string) Matter {
	return Matter{Title: title, Text: text, Rule: voting.Matter{Kind: voting.Motion, Item: item, Scope: scope}}
}

func poll(text string) Matter {
	return Matter{Title: "征询意见", Text: text, Rule: voting.Matter{Kind: voting.Consult, Poll: &voting.Poll{Threshold: voting.OverHalf}}}
}

func firms(method voting.Method, options ...string) Matter {
	return Matter{Title: "选聘物业服务企业", Rule: voting.Matter{Kind: voting.Selection, Item: 4, Method: method, Options: options}}
}

func seats(change func(*voting.Matter)) Matter {
	rule := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Seats: 5, MinMembers: 5, Alternates: 2,
		Options: []string{"甲", "乙", "丙", "丁", "戊", "己"}}
	if change != nil {
		change(&rule)
	}
	return Matter{Title: "选举业主委员会委员", Rule: rule}
}

func titled(title string, m Matter) Matter {
	m.Title = title
	return m
}

func yes(t *testing.T, change func(*Draft), matters ...Matter) Draft {
	d := Draft{
		NoticedAt: calendar.Date(2026, 3, 1), OpensAt: calendar.Date(2026, 3, 20), NoticeDays: 15,
		Items: itemsOf(t, "cn-civil-code-2021"), Rules: Local{Evote: RealNameAny, AlternatesNum: 1, AlternatesDen: 2},
		Matters: matters, Online: true, VoidRule: true, RankRule: true, TieRule: true, ShortageRule: true,
	}
	if change != nil {
		change(&d)
	}
	return d
}

type codeCase struct {
	code     Code
	name     string
	change   func(*Draft) // of a draft with everything announced
	matter   Matter
	severity Severity // empty: not found
}

func silent(change func(*voting.SilenceConditions)) func(*Draft) {
	return func(d *Draft) {
		full := voting.SilenceConditions{RuleAdopted: true, Document: "业主大会议事规则", Clause: "第二十一条", DeliveryProofPerBallot: true, WarningShown: true}
		change(&full)
		d.Policies.Silence, d.Silence = voting.JoinMajority, &full
	}
}

func evote(value Evote, online bool) func(*Draft) {
	return func(d *Draft) { d.Rules.Evote, d.Online = value, online }
}

const minute, day = int64(60 * 1000), int64(24 * 60 * 60 * 1000)

func window(length int64) func(*Draft) {
	return func(d *Draft) {
		d.Rules.VotingDaysMin, d.Rules.VotingDaysMax, d.ClosesAt = 5, 60, d.OpensAt+length
	}
}

func sized(d *Draft) { d.Rules.CommitteeMin, d.Rules.CommitteeMax = 3, 11 }

func renewing(d *Draft) {
	d.Frozen = []rules.Word{rules.FrozenFirm, rules.FrozenFees, rules.FrozenWorks}
}

func noticed(month, day int) func(*Draft) {
	return func(d *Draft) { d.NoticedAt = calendar.Date(2026, month, day) + 20*60*60*1000 }
}

var nine = motion(9, "小区围墙涂装", "是否同意给小区围墙重新涂装？")

var codeCases = []codeCase{
	{NoticeShort, "14 days are too few", noticed(3, 6), nine, Error},
	{NoticeShort, "exactly 15 days are kept", noticed(3, 5), nine, ""},
	{NoticeExact, "exactly 15 days leave no room", noticed(3, 5), nine, Warning},
	{NoticeExact, "16 days do", noticed(3, 4), nine, ""},
	{NoticeShort, "without a planned start nothing is said", func(d *Draft) { d.OpensAt = 0 }, nine, ""},
	{EvoteCityOnly, "the city's system only", evote(CitySystemOnly, true), nine, Error},
	{EvoteCityOnly, "paper is always lawful", evote(CitySystemOnly, false), nine, ""},
	{EvoteRecognised, "a recognised system", evote(RecognisedSystem, true), nine, Warning},
	{EvoteRecognised, "any system with real names", evote(RealNameAny, true), nine, ""},
	{EvoteNotProvided, "no such form", evote(NotProvided, true), nine, Error},
	{EvoteNotProvided, "paper", evote(NotProvided, false), nine, ""},
	{EvoteUnknown, "nobody knows", evote("", true), nine, Hint},
	{EvoteUnknown, "nobody knows, on paper", evote("", false), nine, ""},
	{ProxyCapMissing, "proxies without a cap", func(d *Draft) { d.Proxies = true }, nine, Warning},
	{ProxyCapMissing, "no proxies", nil, nine, ""},
	{ProxyCapAbove, "four where three are allowed", func(d *Draft) { d.Proxies, d.ProxyCap, d.Rules.ProxyCap = true, 4, 3 }, nine, Error},
	{ProxyCapAbove, "exactly three", func(d *Draft) { d.Proxies, d.ProxyCap, d.Rules.ProxyCap = true, 3, 3 }, nine, ""},
	{VoidMissing, "nothing said of void ballots", func(d *Draft) { d.VoidRule = false }, nine, Warning},
	{VoidMissing, "said by the policy", func(d *Draft) { d.VoidRule, d.Policies.VoidParticipates = false, new(bool) }, nine, ""},
	{ParkingMissing, "parking spaces and no rule", func(d *Draft) { d.Parking = true }, nine, Error},
	{ParkingMissing, "parking spaces and a rule", func(d *Draft) { d.Parking, d.ParkingRule = true, true }, nine, ""},
	{SilenceUnfounded, "no conditions at all", func(d *Draft) { d.Policies.Silence = voting.SilenceAbstains }, nine, Error},
	{SilenceUnfounded, "no proof", silent(func(s *voting.SilenceConditions) { s.DeliveryProofPerBallot = false }), nine, Error},
	{SilenceUnfounded, "an election that the clause does not name", silent(func(*voting.SilenceConditions) {}), seats(nil), Error},
	{SilenceUnfounded, "an election that it names", silent(func(s *voting.SilenceConditions) { s.CoversElections = true }), seats(nil), ""},
	{SilenceUnfounded, "everything is there", silent(func(*voting.SilenceConditions) {}), nine, ""},
	{SilenceFirst, "a first meeting", func(d *Draft) { d.Policies.Silence, d.Policies.FirstMeeting = voting.JoinMajority, true }, nine, Error},
	{SilenceFirst, "a first meeting where the silent take no part", func(d *Draft) { d.Policies.FirstMeeting = true }, nine, ""},
	{WindowShort, "one minute below five days", window(5*day - minute), nine, Error},
	{WindowShort, "exactly five days", window(5 * day), nine, ""},
	{WindowLong, "one minute above sixty days", window(60*day + minute), nine, Error},
	{WindowLong, "exactly sixty days", window(60 * day), nine, ""},
	{ParkingUnlawful, "area counts where the law leaves it out", func(d *Draft) { d.Rules.ParkingExcluded, d.ParkingArea = true, true }, nine, Error},
	{ParkingUnlawful, "area does not count", func(d *Draft) { d.Rules.ParkingExcluded = true }, nine, ""},
	{ParkingUnlawful, "the rules of procedure decide", func(d *Draft) { d.ParkingArea = true }, nine, ""},
	{LargeCommittee, "thirteen of eleven", sized, seats(func(m *voting.Matter) { m.Seats = 13 }), Error},
	{LargeCommittee, "nine join two", sized, seats(func(m *voting.Matter) { m.Seats, m.Sitting = 9, 2 }), ""},
	{MinMembersBelow, "two where three are the least", sized, seats(func(m *voting.Matter) { m.MinMembers = 2 }), Error},
	{MinMembersBelow, "exactly three", sized, seats(func(m *voting.Matter) { m.MinMembers = 3 }), ""},
	{MinMembersBelow, "not said", sized, seats(func(m *voting.Matter) { m.MinMembers = 0 }), ""},
	{ShortfallUnlawful, "all seats, where over half is enough by law", func(d *Draft) { d.Rules.OverHalfStands = true }, seats(nil), Error},
	{PowersFrozen, "a firm by its item", renewing, motion(4, "事项一", "是否同意？"), Error},
	{PowersFrozen, "a firm by its words", renewing, motion(9, "事项一", "是否同意续聘现物业服务企业？"), Error},
	{PowersFrozen, "the fee of the firm", renewing, motion(9, "物业费", "是否同意将物业服务费调整为每平方米二元？"), Error},
	{PowersFrozen, "repairs from the fund", renewing, motion(5, "屋面", "是否同意使用维修资金修缮屋面？"), Error},
	{PowersFrozen, "who collects the fee is no change of it", renewing, motion(9, "物业费", "是否同意公布物业费收缴情况？"), ""},
	{PowersFrozen, "the election itself", renewing, seats(nil), ""},
	{PowersFrozen, "a poll decides nothing", renewing, poll("您对更换物业服务企业有什么想法？"), ""},
	{PowersFrozen, "only what the place names", func(d *Draft) { d.Frozen = []rules.Word{rules.FrozenFees} }, motion(4, "事项一", "是否同意续聘现物业服务企业？"), ""},
	{PowersFrozen, "outside of a renewal", nil, motion(4, "事项一", "是否同意续聘现物业服务企业？"), ""},
	{ShortfallUnlawful, "over half", func(d *Draft) { d.Rules.OverHalfStands, d.Policies.Shortfall = true, voting.OverHalfStands }, seats(nil), ""},
	{ShortfallUnlawful, "no election", func(d *Draft) { d.Rules.OverHalfStands = true }, nine, ""},
	{SilenceAsConsent, "who does not vote agrees", nil, motion(9, "电梯广告", "围墙涂装。未投票的视为同意。"), Error},
	{SilenceAsConsent, "who does not vote does not agree", nil, motion(9, "围墙", "围墙涂装。未投票的不视为同意。"), ""},
	{SilenceInRules, "consent by silence in new rules", nil, motion(2, "修改管理规约", "修改管理规约：逾期未表决的视为同意。"), Warning},
	{SilenceInRules, "the majority by silence in new rules", nil, motion(2, "修改管理规约", "修改管理规约：未表决的计入多数票。"), ""},
	{BlanketMandate, "everything", nil, motion(9, "授权", "授权业委会全权处理小区事务。"), Warning},
	{BlanketMandate, "one contract", nil, motion(9, "授权", "授权业委会签订围墙涂装合同。"), ""},
	{BlanketMandate, "where no mandate is lawful, that is said", func(d *Draft) { d.Rules.NoDelegation = true }, motion(9, "授权", "授权业委会全权处理小区事务。"), ""},
	{MandateBarred, "everything, where no mandate is lawful", func(d *Draft) { d.Rules.NoDelegation = true }, motion(9, "授权", "授权业委会全权处理小区事务。"), Error},
	{MandateBarred, "one contract, where no mandate is lawful", func(d *Draft) { d.Rules.NoDelegation = true }, motion(9, "授权", "授权业委会签订围墙涂装合同。"), ""},
	{NoRejectOption, "A, B or abstain", nil, firms(voting.Pick, "东", "西"), Warning},
	{NoRejectOption, "each firm can be refused", nil, firms(voting.ApprovalEach, "东", "西"), ""},
	{NeitherAsOption, "neither as a name", nil, firms(voting.Pick, "东", "西", "以上都不同意"), Hint},
	{NeitherAsOption, "only firms", nil, firms(voting.Pick, "东", "西"), ""},
	{TwoQuestions, "two subjects", nil, motion(9, "两件事", "是否同意修改管理规约，并使用维修资金更换水泵？"), Warning},
	{TwoQuestions, "an election and a firm", nil, motion(3, "换届", "选举业主委员会委员和选聘物业服务企业"), Warning},
	{TwoQuestions, "two times 是否", nil, motion(9, "围墙", "是否同意涂装围墙，是否同意种树？"), Warning},
	{TwoQuestions, "small questions", nil, motion(9, "综合", "（一）同意涂装围墙；（二）同意更换大门。"), Warning},
	{TwoQuestions, "one question with a list of works", nil, motion(9, "大门", "是否同意更换大门、修补道路和涂装围墙？"), ""},
	{TwoQuestions, "the law's own words", nil, motion(3, "选举", "选举业主委员会或者更换业主委员会成员"), ""},
	{TwoQuestions, "another firm, whose contract the committee signs", nil, motion(4, "物业", "更换物业服务企业，由业主委员会签订合同"), ""},
	{TwoQuestions, "a contract signed by the committee", nil, motion(4, "续聘", "授权业主委员会与物业公司续签物业服务合同"), ""},
	{PlansInMotion, "plan one, plan two", nil, motion(9, "绿化", "方案一种树，方案二种花"), Warning},
	{PlansInMotion, "one plan", nil, motion(9, "绿化", "按方案一种树"), ""},
	{PlansInMotion, "plans beside firms", nil, Matter{Title: "方案一或者方案二", Rule: firms(voting.ApprovalEach, "方案一", "方案二").Rule}, ""},
	{ClassMismatch, "raising as using", nil, motion(5, "续筹", "是否同意续筹专项维修资金？"), Error},
	{ClassMismatch, "raising as raising", nil, motion(6, "续筹", "是否同意续筹专项维修资金？"), ""},
	{ClassMismatch, "using as raising", nil, motion(6, "防水", "使用专项维修资金修缮屋面防水"), Error},
	{ClassMismatch, "using as using", nil, motion(5, "防水", "使用专项维修资金修缮屋面防水"), ""},
	{ClassMismatch, "advertising as something else", nil, motion(9, "广告", "在大堂设置广告"), Error},
	{ClassMismatch, "advertising as business", nil, motion(8, "广告", "在大堂设置广告"), ""},
	{ClassMismatch, "another use of a common part", nil, motion(9, "架空层", "改变架空层的用途"), Error},
	{ClassMismatch, "a lift as something else", nil, motion(9, "电梯", "3号楼1单元加装电梯", "3号楼/1单元"), Error},
	{ClassMismatch, "a lift as rebuilding", nil, motion(7, "电梯", "3号楼1单元加装电梯", "3号楼/1单元"), ""},
	{ClassMismatch, "earnings as business", nil, motion(8, "收益", "公共收益的分配办法"), Error},
	{ClassMismatch, "earnings as something else", nil, motion(9, "收益", "共有部分经营收益的使用办法"), ""},
	{ClassMismatch, "two subjects, the higher majority counts", nil, motion(5, "电梯", "3号楼1单元加装电梯，并使用维修资金", "3号楼/1单元"), Error},
	{ClassMismatch, "two subjects, the higher majority is chosen", nil, motion(7, "加装电梯", "使用维修资金在3号楼1单元加装电梯", "3号楼/1单元"), ""},
	{ClassMismatch, "business whose earnings are shared", nil, motion(8, "快递柜", "在大门内设置快递柜，公共收益归全体业主"), ""},
	{ClassMismatch, "a shed that becomes parking", nil, motion(9, "车棚", "把车棚改为停车位"), Error},
	{ClassMismatch, "a lawn that becomes parking", nil, motion(8, "绿地", "绿地改造成停车位"), ""},
	{ClassMismatch, "a road that is resurfaced", nil, motion(9, "道路", "道路改铺沥青"), ""},
	{ClassMismatch, "words about nothing known", nil, nine, ""},
	{ClassMismatch, "a poll has no item", nil, poll("是否愿意续筹维修资金？"), ""},
	{ItemMismatch, "a firm as something else", nil, motion(9, "物业", "是否同意续聘物业服务企业？"), Warning},
	{ItemMismatch, "a firm as a firm", nil, motion(4, "物业", "是否同意续聘物业服务企业？"), ""},
	{ItemMismatch, "another firm, whose contract the committee signs", nil, motion(4, "物业", "更换物业服务企业，由业主委员会签订合同"), ""},
	{ItemMismatch, "raising and rebuilding, both of the higher majority", nil, motion(7, "车库", "筹集维修资金用于重建车库"), ""},
	{ItemMismatch, "a member as something else", nil, motion(9, "罢免", "罢免业主委员会委员一名"), Warning},
	{ItemMismatch, "rules as a covenant", nil, motion(2, "修改", "修改业主大会议事规则"), Warning},
	{ItemMismatch, "earnings as the law's other matters", nil, motion(9, "收益", "公共收益的分配办法"), ""},
	{ItemMismatch, "a covenant as a covenant", nil, motion(2, "修改", "修改管理规约"), ""},
	{ScopeTooWide, "one building's roof, everybody's vote", nil, motion(5, "防水", "使用维修资金修缮3号楼屋面"), Warning},
	{ScopeTooWide, "the building votes", nil, motion(5, "防水", "使用维修资金修缮3号楼屋面", "3号楼"), ""},
	{ScopeTooWide, "all buildings", nil, motion(5, "防水", "使用维修资金修缮全小区包括3号楼屋面"), ""},
	{ScopeNotInText, "another building", nil, motion(5, "防水", "使用维修资金修缮3号楼屋面", "5号楼"), Warning},
	{ScopeNotInText, "the text names none", nil, motion(5, "防水", "使用维修资金修缮屋面", "5号楼"), Warning},
	{ScopeNotInText, "13 is not 3", nil, motion(5, "防水", "使用维修资金修缮13号楼屋面", "3号楼"), Warning},
	{ScopeNotInText, "三栋 is 3号楼", nil, motion(5, "防水", "使用维修资金修缮三栋屋面", "3号楼"), ""},
	{ScopeNotInText, "二十一幢 and １２号楼", nil, motion(5, "防水", "使用维修资金修缮二十一幢、１２号楼屋面", "12号楼", "21幢"), ""},
	{ScopeNotInText, "a座 is A座", nil, motion(5, "防水", "使用维修资金修缮a座屋面", "A座"), ""},
	{StairMissing, "a lift without its stair", nil, motion(5, "电梯", "使用维修资金更新3号楼电梯", "3号楼"), Warning},
	{StairMissing, "a stair named in the text", nil, motion(5, "楼道", "使用维修资金修缮3号楼2单元楼道", "3号楼"), Warning},
	{StairMissing, "the stair votes", nil, motion(5, "电梯", "使用维修资金更新3号楼1单元电梯", "3号楼/1单元"), ""},
	{StairMissing, "every lift", nil, motion(5, "电梯", "使用维修资金更新全部电梯"), ""},
	{ScopeTooNarrow, "one building hires the firm", nil, motion(4, "物业", "续聘物业服务企业", "3号楼"), Error},
	{ScopeTooNarrow, "one building elects", nil, seats(func(m *voting.Matter) { m.Scope = []string{"3号楼"} }), Error},
	{ScopeTooNarrow, "everybody elects", nil, seats(nil), ""},
	{ScopeTooNarrow, "a poll may ask anywhere", nil, Matter{Text: "3号楼意见", Rule: voting.Matter{Kind: voting.Consult, Scope: []string{"3号楼"}}}, ""},
	{PollAsDecision, "a poll that authorises", nil, poll("是否授权居委会办理？"), Warning},
	{PollAsDecision, "a poll that asks", nil, poll("您是否愿意由专业公司服务？"), ""},
	{PollAsDecision, "a motion may decide", nil, motion(9, "授权", "授权业主委员会起诉"), ""},
	{FewCandidates, "six candidates for seven seats", nil, seats(func(m *voting.Matter) { m.Seats = 7 }), Error},
	{FewCandidates, "six for five", nil, seats(nil), ""},
	{FewCandidates, "one group has too few", nil, seats(func(m *voting.Matter) {
		m.SeatGroups = []voting.SeatGroup{{Name: "3号楼", Seats: 2, Options: []string{"甲"}}, {Name: "5号楼", Seats: 3, Options: []string{"乙", "丙", "丁", "戊", "己"}}}
	}), Error},
	{FewCandidates, "one group has nobody, which is said by itself", nil, seats(func(m *voting.Matter) {
		m.SeatGroups = []voting.SeatGroup{{Name: "住宅", Seats: 4, Options: m.Options}, {Name: "商铺", Seats: 1}}
	}), ""},
	{NoCandidates, "a reserved seat that nobody stands for", nil, seats(func(m *voting.Matter) {
		m.SeatGroups = []voting.SeatGroup{{Name: "住宅", Seats: 4, Options: m.Options}, {Name: "商铺", Seats: 1}}
	}), Error},
	{NoCandidates, "one who stands is enough for one seat", nil, seats(func(m *voting.Matter) {
		m.SeatGroups = []voting.SeatGroup{{Name: "住宅", Seats: 4, Options: m.Options[:5]}, {Name: "商铺", Seats: 1, Options: m.Options[5:]}}
	}), ""},
	{NoCandidates, "an election without groups", nil, seats(nil), ""},
	{EqualCandidates, "six for six", nil, seats(func(m *voting.Matter) { m.Seats = 6 }), Warning},
	{EqualCandidates, "six for five", nil, seats(nil), ""},
	{SeatsLeftOut, "six open seats, five in the draft", func(d *Draft) { d.OpenSeats = 6 }, seats(nil), Warning},
	{SeatsLeftOut, "as many as are open", func(d *Draft) { d.OpenSeats = 5 }, seats(nil), ""},
	{SeatsLeftOut, "no election at all", func(d *Draft) { d.OpenSeats = 1 }, nine, Warning},
	{SeatsLeftOut, "no earlier meeting", nil, nine, ""},
	{SittingMissing, "a by-election for a whole committee", nil, titled("补选业主委员会委员", seats(nil)), Warning},
	{SittingMissing, "members are added", nil, titled("增补两名业主委员会委员", seats(nil)), Warning},
	{SittingMissing, "a by-election that says who stays", nil, titled("补选业主委员会委员", seats(func(m *voting.Matter) { m.Seats, m.Sitting = 2, 3 })), ""},
	{SittingMissing, "candidates are added", nil, titled("选举业主委员会委员（增补候选人后的名单）", seats(nil)), ""},
	{SittingMissing, "alternates are elected", nil, titled("选举业主委员会委员和候补委员", seats(nil)), ""},
	{EvenCommittee, "six members", nil, seats(func(m *voting.Matter) { m.Seats = 6 }), Warning},
	{EvenCommittee, "two join three", nil, seats(func(m *voting.Matter) { m.Seats, m.Sitting = 2, 3 }), ""},
	{SmallCommittee, "three members", nil, seats(func(m *voting.Matter) { m.Seats = 3 }), Error},
	{SmallCommittee, "exactly five", nil, seats(nil), ""},
	{SmallCommittee, "three where three are allowed", nil, seats(func(m *voting.Matter) { m.Seats, m.MinMembers = 3, 3 }), ""},
	{MinMembersMissing, "not said", nil, seats(func(m *voting.Matter) { m.MinMembers = 0 }), Hint},
	{MinMembersMissing, "said", nil, seats(nil), ""},
	{ManyAlternates, "three of five", nil, seats(func(m *voting.Matter) { m.Alternates = 3 }), Error},
	{ManyAlternates, "two of five", nil, seats(nil), ""},
	{ManyAlternates, "exactly half of six", nil, seats(func(m *voting.Matter) { m.Seats, m.Alternates = 6, 3 }), ""},
	{ManyAlternates, "one above half of six", nil, seats(func(m *voting.Matter) { m.Seats, m.Alternates = 6, 4 }), Error},
	{ManyAlternates, "as many as members, where that is the cap", func(d *Draft) { d.Rules.AlternatesNum, d.Rules.AlternatesDen = 1, 1 }, seats(func(m *voting.Matter) { m.Alternates = 5 }), ""},
	{ManyAlternates, "one more than members", func(d *Draft) { d.Rules.AlternatesNum, d.Rules.AlternatesDen = 1, 1 }, seats(func(m *voting.Matter) { m.Alternates = 6 }), Error},
	{ManyAlternates, "no rule", func(d *Draft) { d.Rules = Local{Evote: RealNameAny} }, seats(func(m *voting.Matter) { m.Alternates = 9 }), ""},
	{RankMissing, "not said", func(d *Draft) { d.RankRule = false }, seats(nil), Warning},
	{RankMissing, "said by the policy", func(d *Draft) { d.RankRule, d.Policies.Rank = false, voting.AreaThenHeads }, seats(nil), ""},
	{RankMissing, "a motion ranks nobody", func(d *Draft) { d.RankRule = false }, nine, ""},
	{TieMissing, "not said", func(d *Draft) { d.TieRule = false }, seats(nil), Warning},
	{TieMissing, "a lot", func(d *Draft) { d.TieRule = false }, seats(func(m *voting.Matter) { m.TieWay = voting.TieByLot }), ""},
	{ShortfallMissing, "not said", func(d *Draft) { d.ShortageRule = false }, seats(nil), Warning},
	{ShortfallMissing, "a firm leaves no seat open", func(d *Draft) { d.ShortageRule = false }, firms(voting.ApprovalEach, "东", "西"), ""},
	{RunOffMissing, "three firms", nil, firms(voting.ApprovalEach, "东", "西", "南"), Hint},
	{RunOffMissing, "two firms", nil, firms(voting.ApprovalEach, "东", "西"), ""},
	{RunOffMissing, "three firms and a run-off", func(d *Draft) { d.Policies.RunOff = true }, firms(voting.ApprovalEach, "东", "西", "南"), ""},
}

func TestFindings(t *testing.T) {
	for _, test := range codeCases {
		t.Run(string(test.code)+": "+test.name, func(t *testing.T) {
			var got []Finding
			all := Check(yes(t, test.change, test.matter))
			for _, f := range all {
				if f.Code == test.code {
					got = append(got, f)
				}
				if strings.Contains(f.Sentence+f.Mend, "%") {
					t.Errorf("%s has a hole: %s %s", f.Code, f.Sentence, f.Mend)
				}
			}
			switch {
			case test.severity == "" && len(got) > 0:
				t.Errorf("found %+v", got)
			case test.severity != "" && (len(got) != 1 || got[0].Severity != test.severity):
				t.Errorf("found %+v among %+v", got, all)
			}
		})
	}
}

// localCodes are found only where a pack has a clause, which gives the article.
var localCodes = []Code{EvoteCityOnly, EvoteRecognised, EvoteNotProvided, ProxyCapAbove, WindowShort, WindowLong, ParkingUnlawful, ManyAlternates,
	LargeCommittee, MinMembersBelow, ShortfallUnlawful, MandateBarred, PowersFrozen}

func TestEveryCodeHasWordsAndBothTests(t *testing.T) {
	for _, code := range Codes {
		e, found := catalogue[code]
		if !found || !slices.Contains(Severities, e.severity) || e.field == "" {
			t.Errorf("%s is not in the catalogue", code)
		}
		if local := slices.Contains(localCodes, code); local == (e.article != "") {
			t.Errorf("%s: article %q, from the pack: %v", code, e.article, local)
		}
		for _, text := range []string{e.sentence, e.mend} {
			if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) || !strings.HasSuffix(text, "。") {
				t.Errorf("%s: %q is not a Chinese sentence", code, text)
			}
		}
		positive := slices.ContainsFunc(codeCases, func(c codeCase) bool { return c.code == code && c.severity != "" })
		negative := slices.ContainsFunc(codeCases, func(c codeCase) bool { return c.code == code && c.severity == "" })
		if !positive || !negative {
			t.Errorf("%s: found in a test: %v, not found in a test: %v", code, positive, negative)
		}
	}
	if len(catalogue) != len(Codes) {
		t.Errorf("%d entries for %d codes", len(catalogue), len(Codes))
	}
}

func TestNothingIsFoundInACarefulDraft(t *testing.T) {
	d := yes(t, nil, seats(nil), firms(voting.ApprovalEach, "东", "西"), nine, poll("您希望几点锁门？"),
		motion(7, "加装电梯", "是否同意3号楼1单元加装电梯？", "3号楼/1单元"))
	if found := Check(d); len(found) > 0 || Worst(found) != "" {
		t.Errorf("%+v", found)
	}
}

func TestFindingsNameTheirMatterAndArticle(t *testing.T) {
	d := yes(t, noticed(3, 10), nine, motion(5, "续筹", "续筹维修资金"))
	d.NoticeArticle = "样例条例第19条"
	found := Check(d)
	if len(found) != 2 || found[0].Matter != 0 || found[0].Article != "样例条例第19条" || Worst(found) != Error {
		t.Fatalf("%+v", found)
	}
	want := "从文字看属于“筹集维修资金”，同意的比例要求不同，现在选的是第 5 项。"
	if found[1].Matter != 2 || found[1].Sentence != want || found[1].Mend != "改为第 6 项，或者修改文字。" || found[1].Article != "民法典第278条第1款第6项" {
		t.Errorf("%+v", found[1])
	}
}

func TestTheOlderLawHasItsOwnNumbers(t *testing.T) {
	older := itemsOf(t, "cn-property-law-2007")
	tests := []struct {
		item int
		text string
		want Code
	}{
		{5, "续筹专项维修资金", ""}, {5, "使用专项维修资金", ""}, {6, "使用专项维修资金", ItemMismatch}, {7, "使用专项维修资金", ClassMismatch},
		{7, "公共收益的分配", ""}, {6, "改建会所", ""}, {5, "改建会所", ItemMismatch}, {7, "在大堂设置广告", ""},
	}
	for _, test := range tests {
		d := yes(t, func(d *Draft) { d.Items = older }, motion(test.item, "事项", test.text))
		found := Check(d)
		if (test.want == "" && len(found) > 0) || (test.want != "" && (len(found) != 1 || found[0].Code != test.want)) {
			t.Errorf("%s as item %d: %+v", test.text, test.item, found)
		}
	}
	d := yes(t, func(d *Draft) { d.Items = []Item{{Number: 1, Text: "议事规则"}} }, motion(1, "事项", "在大堂设置广告"))
	if found := Check(d); len(found) > 0 {
		t.Errorf("a list without the subject says nothing: %+v", found)
	}
}

func TestHouseNumbersAreReadInOneWay(t *testing.T) {
	for text, want := range map[string]string{
		"３": "3", "03": "3", "十": "10", "十二": "12", "二十": "20", "九十九": "99", "a": "A", "十十": "十十", "二三": "二三", "12": "12",
	} {
		if got := plainNumber(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
