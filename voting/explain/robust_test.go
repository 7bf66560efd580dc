package explain

import (
	"strings"
	"testing"

	"gongjue/voting"
)

func TestRobustSentences(t *testing.T) {
	code := lawOf(t, "cn-civil-code-2021")
	inside := true
	announced := voting.Policies{VoidParticipates: &inside}
	passed := text(w(600, 600_000_000), w(50, 50_000_000))
	tests := []struct {
		name     string
		policies voting.Policies
		matter   voting.Matter
		counts   voting.Counts
		disputed voting.Disputed
		want     string
	}{
		{"it stands", announced, motion, passed, voting.Disputed{Ballots: 12, Weight: w(12, 1_200_000)}, "即使 12 张有争议的票全部相反，结论不变。"},
		{"it changes", announced, motion, passed, voting.Disputed{Ballots: 1_200, Weight: w(200, 0)},
			"如果 1,200 张有争议的票全部相反，最坏的情况下结论会改变，可能成为：未通过、未形成有效决定。"},
		{"areas are only bounded", announced, motion, passed, voting.Disputed{Ballots: 80, Weight: w(80, 80_000_000), AreaBound: true},
			"如果 80 张有争议的票全部相反，不能排除结论改变，可能成为：未形成有效决定（不知道是哪几张票，面积按可能的最大值计算）。"},
		{"a seat is not safe", announced, election, each(election.Options, high, middle, w(60, 60_000_000), low), voting.Disputed{Ballots: 5, Weight: w(5, 5_000_000)},
			"如果 5 张有争议的票全部相反，不能排除结论改变，可能受影响的是乙、丙。"},
		{"a firm is named as it is printed", announced, firms, each(firms.Options, w(52, 52_000_000), low, low), voting.Disputed{Ballots: 5, Weight: w(5, 5_000_000)},
			"如果 5 张有争议的票全部相反，不能排除结论改变，可能受影响的是东风物业。"},
		{"nothing is decided yet", voting.Policies{FollowMajority: true}, motion, voting.Counts{Total: w(9, 9), Voted: w(9, 9), FollowMajority: w(9, 9),
			Options: map[string]voting.Weight{"yes": {}, "no": {}}}, voting.Disputed{Ballots: 1, Weight: w(1, 1)}, "结果本身还无法认定，不能推算有争议的票的影响。"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := voting.Robust(code, test.policies, test.matter, test.counts, test.disputed)
			if err != nil {
				t.Fatal(err)
			}
			if got := Robust(test.matter, r, names); got != test.want {
				t.Errorf("%s", got)
			}
		})
	}
}

func TestNeededSentences(t *testing.T) {
	code := lawOf(t, "cn-civil-code-2021")
	tests := []struct {
		name   string
		matter voting.Matter
		counts voting.Counts
		want   string
	}{
		{"passed", motion, text(w(600, 600_000_000), w(50, 50_000_000)),
			"只要有 113 人或者 11,250.0001㎡改为不同意，就不会通过。只要有 79 人或者 16,264.3334㎡没有参与表决，就不能形成决定。"},
		{"rejected by both", motion, text(w(400, 400_000_000), w(250, 250_000_000)), "在参与表决的人里，至少还要有 88 人且 8,750.00㎡改为同意，才会通过。"},
		{"rejected by heads", motion, text(w(400, 600_000_000), w(250, 50_000_000)), "在参与表决的人里，至少还要有 88 人改为同意，才会通过。"},
		{"not formed", motion, text(w(571, 487_356_666), w(0, 0)), "至少还要有 1 人且 0.0001㎡参与表决，才能形成决定。"},
		{"a poll of all, which those who answered cannot carry", poll, text(w(400, 1), w(1, 1)), "不论有没有参与表决，全体里至少还要再有 29 人同意，才会达到事先约定的标准。"},
		{"a poll with a scale", scale, voting.Counts{Total: w(857, 731_035_000), Voted: w(100, 1_000), Options: map[string]voting.Weight{
			"满意": w(20, 100), "基本满意": w(29, 400), "不满意": w(51, 500)}}, "在参与表决的人里，至少还要有 1 人改为选满意或者基本满意，才会达到事先约定的标准。"},
		{"a poll", poll, text(w(429, 1), w(1, 1)), "只要有 1 人改为不同意，就不会达到事先约定的标准。"},
		{"an election says it by option", election, each(election.Options, high, middle, low, low), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Needed(test.matter, decide(t, code, voting.Policies{}, test.matter, test.counts)); got != test.want {
				t.Errorf("%s", got)
			}
		})
	}
}

func TestUnderTheOlderLawWhoeverStayedAwayIsMissingToo(t *testing.T) {
	older := lawOf(t, "cn-property-law-2007")
	counts := text(w(450, 400_000_000), w(0, 0)) // both above half of all: nobody who took part is left to turn
	want := "不论有没有参与表决，全体里至少还要再有 122 人且 8,735.6667㎡同意，才会通过。"
	if got := Needed(ordinary, decide(t, older, voting.Policies{}, ordinary, counts)); got != want {
		t.Errorf("%s", got)
	}
}

func TestAFailedRenewalDismissesNobody(t *testing.T) {
	code := lawOf(t, "cn-civil-code-2021")
	against, few, for_ := text(w(100, 100_000_000), w(550, 550_000_000)), text(w(100, 100_000_000), w(0, 0)), text(w(600, 600_000_000), w(50, 50_000_000))
	tests := []struct {
		act    voting.FirmAct
		counts voting.Counts
		want   string
	}{
		{voting.RenewFirm, against, "续聘未通过不等于解聘"}, {voting.RenewFirm, few, "续聘未通过不等于解聘"}, {voting.RenewFirm, for_, ""},
		{voting.DismissFirm, against, "解聘未通过不等于续聘"}, {voting.TenderFirm, against, ""}, {"", against, ""},
	}
	for _, test := range tests {
		matter := voting.Matter{Kind: voting.Motion, Item: 4, FirmAct: test.act}
		outcome := decide(t, code, voting.Policies{}, matter, test.counts)
		for _, sentence := range []string{Resident(matter, outcome, names), Formal(code, matter, outcome, names)} {
			if said := strings.Contains(sentence, "不等于解聘") || strings.Contains(sentence, "不等于续聘"); said != (test.want != "") || !strings.Contains(sentence, test.want) {
				t.Errorf("%s: %s", test.act, sentence)
			}
		}
	}
}

func TestEffectNamesItsCondition(t *testing.T) {
	linked := voting.Matter{LinkedTo: 1, LinkedWhen: voting.IfRejected}
	if got := Effect(linked, voting.Lapsed); got != "前提没有成立，不产生效力（以第 1 项未通过为前提）" {
		t.Error(got)
	}
	if got := Effect(voting.Matter{}, voting.TakesEffect); got != "生效" {
		t.Error(got)
	}
}
