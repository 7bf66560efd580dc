package web

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/rules"
)

// The samples are visibly invented: communities of region 990000, phones 1990000xxxx.
const (
	sampleNow    = Instant(1_779_332_400_000) // 2026-05-21 11:00
	sampleOpens  = Instant(1_779_066_000_000)
	sampleCloses = Instant(1_780_326_000_000)
	sampleRoot   = "8f3ad0c1b2e4957761aa03cd5e9f2b4478d1c6e0a3b59f7d2c4e6081a9b3c5d7"
)

func m2(n int64) voting.Area { return voting.Area(n * 10_000) }

func weight(heads, hundredths int64) voting.Weight {
	return voting.Weight{Heads: heads, Area: voting.Area(hundredths * 100)}
}

var (
	yes      = true
	announce = Announced{Policies: voting.Policies{VoidParticipates: &yes}, ObjectionDays: 5, ParkingArea: true, Pack: "《民法典》（2021年1月1日起施行）",
		Ways: Ways{Place: "物业服务中心一层"}}
	everybody  = weight(867, 11_001_627)
	rosterCard = RosterCard{Version: 2, State: "frozen", Units: 956, Weight: everybody, Root: sampleRoot, At: sampleOpens, Contact: "示范一街道办事处 0990-0000000",
		Amended: AmendedNote(2), AmendedURL: "/r/3#amendments", SalesNote: SalesNote(2), MandatesNote: MandatesNote(3),
		Sales: []string{SaleSentence("1号楼 1单元 102", "已看不动产权证", true, sampleNow), SaleSentence("2号楼 1单元 101", "已看不动产权证", false, sampleNow)}}
	motion    = voting.Matter{Kind: voting.Motion, Item: 5}
	building  = voting.Matter{Kind: voting.Motion, Item: 7, Scope: []string{"3号楼"}}
	firms     = voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick, Options: []string{"甲示范物业服务有限公司", "乙示范物业服务有限公司", "丙示范物业服务有限公司"}}
	committee = voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Seats: 5, Alternates: 2,
		Options: []string{"示例甲", "示例乙", "示例丙", "示例丁", "示例戊", "示例己", "示例庚"}}
	picked = voting.Matter{Kind: voting.Election, Item: 3, Method: voting.Pick, Seats: 5, MaxChoices: 5,
		Options: []string{"示例甲", "示例乙", "示例丙", "示例丁", "示例戊", "示例己", "示例庚"}}
	grades = voting.Matter{Kind: voting.Consult, Method: voting.Pick, Options: []string{"满意", "基本满意", "不满意"},
		Poll: &voting.Poll{Threshold: voting.Threshold{Num: 1, Den: 2}, Dimensions: voting.Dimensions, About: voting.AboutFirm, Favour: 2}}
	poll = voting.Matter{Kind: voting.Consult, Poll: &voting.Poll{Threshold: voting.Threshold{Num: 1, Den: 2}, Dimensions: []voting.Dimension{voting.ByHeads}}}
)

const (
	fundTitle = "使用专项维修资金更换 1 号楼至 6 号楼的生活水泵"
	fundText  = "现有水泵已运行十八年，去年停水七次。\n计划更换水泵十二台，预算 486,000 元，从专项维修资金列支；施工期 20 天，由业主委员会组织验收并公布决算。"
)

// decided is what the engine says of counts; a sample that it refuses is a defect of the sample.
func decided(t testing.TB, m voting.Matter, c voting.Counts) voting.Outcome {
	t.Helper()
	return decidedBy(t, announce.Policies, m, c)
}

func sampleClasses() []ClassLine {
	return []ClassLine{{voting.ClassVoted, weight(500, 6_000_000), false}, {voting.ClassVoid, weight(0, 0), false}, {voting.ClassDeliveredSilent, weight(251, 3_000_000), false},
		{voting.ClassRefused, weight(2, 18_400), true}, {voting.ClassUndeliverable, weight(31, 300_000), true}, {voting.ClassNotIssued, weight(83, 1_683_227), false}}
}

func decidedBy(t testing.TB, p voting.Policies, m voting.Matter, c voting.Counts) voting.Outcome {
	t.Helper()
	pack, err := rules.At("cn", int64(sampleOpens))
	if err != nil {
		t.Fatal(err)
	}
	o, err := voting.Decide(pack.Law(), p, m, c)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func yesNo(y, n voting.Weight) map[string]voting.Weight {
	return map[string]voting.Weight{voting.OptionYes: y, voting.OptionNo: n}
}

func sampleResults(t testing.TB) []ResultMatter {
	passed := voting.Counts{Total: everybody, Voted: weight(704, 9_012_345), Void: weight(6, 61_234), Abstain: weight(42, 512_300),
		Options: yesNo(weight(540, 7_000_045), weight(122, 1_500_000))}
	short := voting.Counts{Total: weight(120, 1_234_567), Voted: weight(70, 700_000), Abstain: weight(2, 20_000), Options: yesNo(weight(60, 600_000), weight(8, 80_000))}
	rejected := voting.Counts{Total: everybody, Voted: weight(704, 9_012_345), Abstain: weight(104, 1_012_345),
		Options: map[string]voting.Weight{firms.Options[0]: weight(300, 4_000_000), firms.Options[1]: weight(200, 3_000_000), firms.Options[2]: weight(100, 1_000_000)}}
	elected := voting.Counts{Total: everybody, Voted: weight(704, 9_012_345), Options: map[string]voting.Weight{}, Against: map[string]voting.Weight{}}
	for i, name := range committee.Options {
		elected.Options[name] = weight(600-int64(i)*40, 8_000_000-int64(i)*500_000)
		elected.Against[name] = weight(60+int64(i)*30, 600_000+int64(i)*200_000)
	}
	opinion := voting.Counts{Total: everybody, Voted: weight(500, 6_000_000), Abstain: weight(50, 600_000), Options: yesNo(weight(300, 3_600_000), weight(150, 1_800_000))}
	satisfied := voting.Counts{Total: everybody, Voted: weight(500, 6_000_000), Abstain: weight(20, 200_000), Options: map[string]voting.Weight{
		"满意": weight(180, 2_100_000), "基本满意": weight(120, 1_500_000), "不满意": weight(180, 2_200_000)}}
	quiet := announce.Policies
	quiet.Silence = voting.JoinMajority
	unanswered := voting.Counts{Total: everybody, Voted: weight(500, 6_000_000), SilentDelivered: weight(251, 3_000_000), Abstain: weight(20, 200_000),
		Options: yesNo(weight(320, 4_000_000), weight(160, 1_800_000))}
	return []ResultMatter{
		{Number: 1, Title: fundTitle, Text: fundText, Law: "《民法典》第二百七十八条第一款第五项", Matter: motion, Outcome: decided(t, motion, passed)},
		{Number: 2, Title: "选举第一届业主委员会委员", Text: "应选委员五名。", Law: "《民法典》第二百七十八条第一款第三项", Matter: committee, Outcome: decided(t, committee, elected)},
		{Number: 3, Title: "选聘物业服务企业", Law: "《民法典》第二百七十八条第一款第四项", Matter: firms, Outcome: decided(t, firms, rejected)},
		{Number: 4, Title: "3号楼加装电梯", Text: "只由3号楼业主表决。", Law: "《民法典》第二百七十八条第一款第七项", Matter: building, Outcome: decided(t, building, short)},
		{Number: 5, Title: "是否愿意在中心花园增设儿童游乐设施", Matter: poll, Outcome: decided(t, poll, opinion)},
		{Number: 6, Title: "修订管理规约", Law: "《民法典》第二百七十八条第一款第二项", Matter: motion, Outcome: decidedBy(t, quiet, motion, unanswered),
			Silence: voting.JoinMajority, SilenceSource: "《业主大会议事规则（2024年3月2日通过）》第二十一条", Delivered: ClassLine{Weight: weight(740, 8_900_000)}, Classes: sampleClasses()},
		{Number: 7, Title: "对物业服务的年度满意度", Matter: grades, Outcome: decided(t, grades, satisfied)},
	}
}

func sampleMatters() []BallotMatter {
	return []BallotMatter{
		{ID: "m1", Number: 1, Title: fundTitle, Text: fundText, Matter: motion, Choice: voting.Choice{Mark: voting.Yes},
			Attachments: []Attachment{{Name: "水泵更换预算书.pdf", URL: "/a/1", Bytes: 234_567, Digest: sampleRoot}}},
		{ID: "m2", Number: 2, Title: "选举第一届业主委员会委员", Matter: committee,
			Choice: voting.Choice{Each: map[string]voting.Mark{"示例甲": voting.Yes, "示例乙": voting.No, "示例丙": voting.Abstain}}},
		{ID: "m3", Number: 3, Title: "选聘物业服务企业", Matter: firms, Choice: voting.Choice{Names: []string{firms.Options[1]}}},
		{ID: "m4", Number: 4, Title: "补选业主代表", Matter: picked, Choice: voting.Choice{Names: []string{"示例甲", "示例丁"}}},
		{ID: "m5", Number: 5, Title: "3号楼加装电梯", Matter: building, Choice: voting.Choice{Mark: voting.Abstain}},
		{ID: "m6", Number: 6, Title: "对物业服务的年度满意度", Matter: grades, Choice: voting.Choice{Names: []string{"基本满意"}}},
	}
}

func sampleForm(fields ...string) Form {
	f := Form{Action: "/post"}
	for _, field := range fields {
		f.Problems = append(f.Problems, Problem{field, "请改正这一项。"})
	}
	return f
}
