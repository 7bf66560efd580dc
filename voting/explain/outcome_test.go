package explain

import (
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/rules"
)

func w(heads int64, area voting.Area) voting.Weight { return voting.Weight{Heads: heads, Area: area} }

func lawOf(t *testing.T, id string) voting.Law {
	t.Helper()
	pack, err := rules.For(id)
	if err != nil {
		t.Fatal(err)
	}
	return pack.Law()
}

func decide(t *testing.T, law voting.Law, p voting.Policies, m voting.Matter, c voting.Counts) voting.Outcome {
	t.Helper()
	outcome, err := voting.Decide(law, p, m, c)
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

// text gives the counts of a motion or poll: 857 heads and 73,103.50 m² in all.
func text(yes, no voting.Weight) voting.Counts {
	return voting.Counts{Total: w(857, 731_035_000), Voted: yes.Plus(no), Options: map[string]voting.Weight{"yes": yes, "no": no}}
}

// each gives the counts of options a, b, …: 120 heads and 12,000.00 m² in all, 100 and 10,000.00 took part.
func each(options []string, votes ...voting.Weight) voting.Counts {
	counts := voting.Counts{Total: w(120, 120_000_000), Voted: w(100, 100_000_000),
		Options: map[string]voting.Weight{}, Against: map[string]voting.Weight{}}
	for i, name := range options {
		counts.Options[name], counts.Against[name] = votes[i], w(0, 0)
	}
	return counts
}

var (
	motion   = voting.Matter{Kind: voting.Motion, Item: 8}
	stairs   = voting.Matter{Kind: voting.Motion, Item: 8, Scope: []string{"3号楼/2单元"}}
	ordinary = voting.Matter{Kind: voting.Motion, Item: 5}
	poll     = voting.Matter{Kind: voting.Consult, Poll: &voting.Poll{Threshold: voting.Threshold{Num: 1, Den: 2}, OfAll: true, Dimensions: []voting.Dimension{voting.ByHeads}}}
	scale    = voting.Matter{Kind: voting.Consult, Method: voting.Pick, Options: []string{"满意", "基本满意", "不满意"},
		Poll: &voting.Poll{Threshold: voting.Threshold{Num: 1, Den: 2}, Dimensions: voting.Dimensions, About: voting.AboutStreet, Favour: 2}}
	election = voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙", "丙", "丁"}, Seats: 2, Alternates: 1}
	firms    = voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.ApprovalEach, Options: []string{"a", "b", "c"}}
	names    = Names{Title: "示例事项", Options: map[string]string{"a": "东风物业", "b": "南山物业", "c": "西湖物业"}}
)

var high, middle, low = w(80, 80_000_000), w(70, 70_000_000), w(8, 8_000_000)

// sentences are one outcome of every shape under the civil code, with its words.
var sentences = []struct {
	name                      string
	policies                  voting.Policies
	matter                    voting.Matter
	counts                    voting.Counts
	verdict, resident, formal string // parts of the formal sentence that must stand in it
}{
	{"a motion passes", voting.Policies{}, motion, text(w(600, 600_000_000), w(50, 50_000_000)),
		"通过",
		"“示例事项”：通过了。全小区有投票权的共 857 人，参加的有 650 人，其中同意的有 600 人、60,000.00 平方米。同意的人数和面积都达到了法律的要求：人数比最低要求多 112 人，面积比最低要求多 11,250.00 平方米。",
		"表决通过、结果有效。结论：通过。"},
	{"a motion of one stair passes by the last head", voting.Policies{}, stairs, text(w(600, 600_000_000), w(200, 50_000_000)),
		"通过",
		"“示例事项”：通过了。这次表决的范围内有投票权的共 857 人，参加的有 800 人，其中同意的有 600 人、60,000.00 平方米。同意的人数和面积都达到了法律的要求：人数刚好够，面积比最低要求多 11,250.00 平方米。",
		"经参与表决专有部分面积四分之三以上的业主且参与表决人数四分之三以上的业主同意。"},
	{"a motion fails by heads", voting.Policies{}, motion, text(w(400, 600_000_000), w(250, 50_000_000)),
		"未通过",
		"“示例事项”：没有通过。全小区有投票权的共 857 人，参加的有 650 人，其中同意的有 400 人、60,000.00 平方米。同意的没有达到法律的要求：人数还差 88 人。",
		"同意未达到法定标准（还差 88 人），未能通过。结论：未通过。"},
	{"participation is short by one head and one cm²", voting.Policies{}, motion, text(w(571, 487_356_666), w(0, 0)),
		"未形成有效决定（参与表决未达三分之二）",
		"“示例事项”：没有形成有效决定。全小区有投票权的共 857 人，参加的有 571 人，参加的人不够：人数还差 1 人，面积还差 0.0001 平方米。法律要求参加的人数和面积都不少于三分之二。这不等于被否决。",
		"参与表决未达到上述比例（还差 1 人、0.0001㎡），结论：未形成有效决定（参与表决未达三分之二）。"},
	{"a poll is met and decides nothing", voting.Policies{}, poll, text(w(429, 1), w(1, 1)),
		"达到事先约定的标准（意见征询，不是业主大会决定）",
		"“示例事项”：全小区有投票权的共 857 人，参加的有 430 人，其中同意的有 429 人、0.0001 平方米，人数和面积都占参加的半数以上，达到了事先约定的标准。这是征询意见，不是业主大会的决定，对大家没有约束力。",
		"事先约定的标准为同意人数占全体不少于二分之一。"},
	{"a poll is missed", voting.Policies{}, poll, text(w(428, 1), w(1, 1)),
		"未达到事先约定的标准（意见征询，不是业主大会决定）",
		"“示例事项”：全小区有投票权的共 857 人，参加的有 429 人，其中同意的有 428 人、0.0001 平方米，人数和面积都占参加的半数以上，没有达到事先约定的标准：人数还差 1 人。这是征询意见，不是业主大会的决定，对大家没有约束力。",
		"结果：未达到事先约定的标准"},
	{"a street is found good by half of the heads and less of the area", voting.Policies{}, scale, voting.Counts{Total: w(857, 731_035_000), Voted: w(100, 1_000),
		Options: map[string]voting.Weight{"满意": w(20, 100), "基本满意": w(30, 399), "不满意": w(50, 501)}},
		"未达到事先约定的标准（满意度调查，不是业主大会决定）",
		"“示例事项”：全小区有投票权的共 857 人，参加的有 100 人，其中选满意、基本满意的合计 50 人、0.0499 平方米，人数占参加的半数以上，面积不到半数，没有达到事先约定的标准：面积还差 0.0001 平方米。这是征询意见，不是业主大会的决定，对大家没有约束力。",
		"事先约定的标准为满意、基本满意合计人数和面积占参与表决不少于二分之一。"},
	{"an election fills every seat", voting.Policies{}, election, each(election.Options, high, middle, w(60, 60_000_000), w(50, 60_000_000)),
		"通过",
		"“示例事项”：全小区有投票权的共 120 人，参加的有 100 人。选出委员 2 人：甲、乙。候补委员 1 人：丙。没有达到法律要求的：丁人数还差 1 人。本次选举的业主委员会成立（委员共 2 人，是双数；委员人数应当是单数，请街道核对）。",
		"甲、乙当选业主委员会委员，结果有效；丙为候补委员。本次选举的业主委员会成立（委员共 2 人，是双数；委员人数应当是单数，请街道核对）。结论：通过。"},
	{"an election ends in ties", voting.Policies{}, election, each(election.Options, high, middle, middle, low),
		"须另行表决",
		"“示例事项”：全小区有投票权的共 120 人，参加的有 100 人。选出委员 1 人：甲。乙、丙并列，席位不够，要再投一次票，不按名单先后决定。没有达到法律要求的：丁人数还差 43 人，面积还差 4,200.0001 平方米。还有 1 个席位空缺，要另行投票。本次选举的业主委员会尚未成立。",
		"乙、丙并列于末位席位，须再次表决；应选 2 名，缺额 1 名，另行表决。"},
	{"two are tied for the last alternate's place", voting.Policies{}, voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: election.Options, Seats: 1, Alternates: 1},
		each(election.Options, high, middle, middle, w(60, 60_000_000)),
		"通过",
		"“示例事项”：全小区有投票权的共 120 人，参加的有 100 人。选出委员 1 人：甲。乙、丙票数相同，候补的名额不够，谁是候补、谁在先还没有确定；委员出缺要递补时，先再次投票确定先后，不按名单先后递补。达到了法律的要求但名次在后的：丁。本次选举的业主委员会成立。",
		"乙、丙并列于末位候补，谁是候补、谁在先还没有确定；委员出缺要递补时，先再次投票确定先后，不按名单先后递补"},
	{"an election elects nobody", voting.Policies{}, election, each(election.Options, low, low, low, low),
		"须另行表决",
		"“示例事项”：全小区有投票权的共 120 人，参加的有 100 人。这次没有选出委员。没有达到法律要求的：甲人数还差 43 人，面积还差 4,200.0001 平方米；乙人数还差 43 人，面积还差 4,200.0001 平方米；丙人数还差 43 人，面积还差 4,200.0001 平方米；丁人数还差 43 人，面积还差 4,200.0001 平方米。还有 2 个席位空缺，要另行投票。本次选举的业主委员会尚未成立。",
		"本次无人当选业主委员会委员；应选 2 名，缺额 2 名，另行表决。"},
	{"a firm is selected", voting.Policies{}, firms, each(firms.Options, middle, high, low),
		"通过",
		"“示例事项”：全小区有投票权的共 120 人，参加的有 100 人。选中的是南山物业，同意的人数和面积都达到了法律的要求：人数比最低要求多 29 人，面积比最低要求多 2,999.9999 平方米。",
		"选聘南山物业的表决通过、结果有效。结论：通过。"},
	{"no firm passes", voting.Policies{}, firms, each(firms.Options, low, w(50, 60_000_000), low),
		"无选项达到法定比例",
		"“示例事项”：全小区有投票权的共 120 人，参加的有 100 人。没有选出来，因为没有一家的同意人数和面积都达到法律的要求（东风物业人数还差 43 人，面积还差 4,200.0001 平方米；南山物业人数还差 1 人；西湖物业人数还差 43 人，面积还差 4,200.0001 平方米）。没有选出来，不等于原来的企业被解聘。",
		"各选项均未达到法定标准，未能通过。结论：无选项达到法定比例。"},
	{"no firm passes and a run-off was announced", voting.Policies{RunOff: true}, firms, each(firms.Options, low, w(50, 60_000_000), w(1, 1)),
		"无选项达到法定比例，须再次表决",
		"“示例事项”：全小区有投票权的共 120 人，参加的有 100 人。还没有选出来，因为没有一家的同意人数和面积都达到法律的要求（东风物业人数还差 43 人，面积还差 4,200.0001 平方米；南山物业人数还差 1 人；西湖物业人数还差 50 人，面积还差 5,000.00 平方米）。按事先公布的办法，要在南山物业、东风物业之间再投一次票。",
		"须再次表决，由南山物业、东风物业参加，另行公告。"},
	{"two firms are tied", voting.Policies{}, firms, each(firms.Options, high, high, low),
		"须另行表决",
		"“示例事项”：全小区有投票权的共 120 人，参加的有 100 人。还没有选出来：东风物业、南山物业都达到了法律的要求，但并列第一，要在这几家之间再投一次票。",
		"东风物业、南山物业均达到法定标准且并列第一。"},
}

func TestSentences(t *testing.T) {
	code := lawOf(t, "cn-civil-code-2021")
	for _, test := range sentences {
		t.Run(test.name, func(t *testing.T) {
			outcome := decide(t, code, test.policies, test.matter, test.counts)
			if got := Verdict(test.matter, outcome); got != test.verdict {
				t.Errorf("verdict %s", got)
			}
			if got := Resident(test.matter, outcome, names); got != test.resident {
				t.Errorf("resident\n%s\nwant\n%s", got, test.resident)
			}
			formal := Formal(code, test.matter, outcome, names)
			if !strings.Contains(formal, test.formal) {
				t.Errorf("formal %s", formal)
			}
			if cites := strings.HasPrefix(formal, "依据民法典第278条第2款，"); cites == (test.matter.Kind == voting.Consult) {
				t.Errorf("a decision cites the law, a poll never does: %s", formal)
			}
			if strings.Contains(formal, "多数同意") {
				t.Error("多数同意 is no word of the law")
			}
		})
	}
}

func TestUndeterminedNamesItsReason(t *testing.T) {
	counts := text(w(300, 300_000_000), w(310, 290_000_000))
	counts.SilentDelivered = w(100, 50_000_000)
	code := lawOf(t, "cn-civil-code-2021")
	outcome := decide(t, code, voting.Policies{Silence: voting.JoinMajority}, motion, counts)
	reason := Reason(voting.NoSingleLeader)
	for _, text := range []string{Verdict(motion, outcome), Resident(motion, outcome, names), Formal(code, motion, outcome, names)} {
		if !strings.Contains(text, "无法认定") || !strings.Contains(text, reason) {
			t.Errorf("%s", text)
		}
	}
}

func TestAnOldVoteIsExplainedByTheOlderLaw(t *testing.T) {
	law := lawOf(t, "cn-property-law-2007")
	outcome := decide(t, law, voting.Policies{}, ordinary, text(w(429, 400_000_000), w(0, 0)))
	want := "依据物业管理条例第12条第1款、物权法第76条第2款，本事项应当由专有部分面积占比过半数的业主且人数占比过半数的业主参与表决，" +
		"并经专有部分占建筑物总面积三分之二以上的业主且占总人数三分之二以上的业主同意。"
	if got := RuleOn(law, ordinary, "事项一、三均"); got != strings.Replace(want, "本事项", "事项一、三均", 1) {
		t.Errorf("of several matters: %s", got)
	}
	if got := Rule(law, ordinary); got != want {
		t.Errorf("%s", got)
	}
	if got := Formal(law, ordinary, outcome, names); !strings.HasPrefix(got, want) || strings.Contains(got, "民法典") {
		t.Errorf("%s", got)
	}
	short := decide(t, law, voting.Policies{}, ordinary, text(w(428, 400_000_000), w(0, 0)))
	if got := Verdict(ordinary, short); got != "未形成有效决定（参与表决未过半数）" {
		t.Errorf("%s", got)
	}
}

func TestStepSentence(t *testing.T) {
	const law = "民法典第278条第2款"
	tests := []struct {
		name string
		step voting.Step
		want string
	}{
		{"participation by area, met",
			voting.Step{What: voting.Participation, Dimension: voting.ByArea, Part: 621_600_000, Whole: 731_035_000, OfTotal: true, Threshold: voting.TwoThirds, Met: true, Margin: 134_243_333, Law: law},
			"参与表决面积 62,160.00㎡，占全体 85.03%，法定不少于三分之二，达到，超出 13,424.3333㎡（民法典第278条第2款）"},
		{"approval by heads, exactly half is short",
			voting.Step{What: voting.Approval, Option: "yes", Dimension: voting.ByHeads, Part: 4, Whole: 8, Threshold: voting.OverHalf, Margin: -1, Law: law},
			"同意人数 4 人，占参与表决 50.00%，法定须过半数，未达到，还差 1 人（按整数比较：4 人×2＝8 人，8 人×1＝8 人，前者＝后者）（民法典第278条第2款）"},
		{"a printed 50.00 that is a pass",
			voting.Step{What: voting.Approval, Option: "丙", Dimension: voting.ByArea, Part: 606_052_751, Whole: 1_212_105_500, Threshold: voting.OverHalf, Met: true, Margin: 0, Law: law},
			"“丙”得到同意的面积 60,605.2751㎡，占参与表决 50.00%，法定须过半数，刚好达到（按整数比较：60,605.2751㎡×2＝121,210.5502㎡，121,210.55㎡×1＝121,210.55㎡，前者＞后者）（民法典第278条第2款）"},
		{"a printed 66.67 that is below two thirds",
			voting.Step{What: voting.Participation, Dimension: voting.ByArea, Part: 487_356_666, Whole: 731_035_000, OfTotal: true, Threshold: voting.TwoThirds, Margin: -1, Law: law},
			"参与表决面积 48,735.6666㎡，占全体 66.67%，法定不少于三分之二，未达到，还差 0.0001㎡（按整数比较：48,735.6666㎡×3＝146,206.9998㎡，73,103.50㎡×2＝146,207.00㎡，前者＜后者）（民法典第278条第2款）"},
		{"a poll has its own yardstick and no article",
			voting.Step{What: voting.Approval, Option: "yes", Dimension: voting.ByHeads, Part: 30, Whole: 40, OfTotal: true, Threshold: voting.Threshold{Num: 1, Den: 2}, Met: true, Margin: 10},
			"同意人数 30 人，占全体 75.00%，事先约定不少于二分之一，达到，超出 10 人"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := StepSentence(test.step); got != test.want {
				t.Errorf("\n%s\nwant\n%s", got, test.want)
			}
		})
	}
	named := names.Step(voting.Step{What: voting.Approval, Option: "a", Dimension: voting.ByHeads, Part: 1, Whole: 1, Threshold: voting.OverHalf, Met: true, Law: law})
	if !strings.HasPrefix(named, "“东风物业”得到同意的人数 1 人") {
		t.Errorf("%s", named)
	}
}
