package explain

import (
	"strings"
	"testing"

	"gongjue/voting"
)

var groups = voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙", "丙", "丁"}, Seats: 2, Alternates: 1,
	SeatGroups: []voting.SeatGroup{{Name: "3号楼", Seats: 1, Alternates: 1, Options: []string{"甲", "乙"}}, {Name: "5号楼", Seats: 1, Options: []string{"丙", "丁"}}}}

func TestSentencesOfTiesAndGroups(t *testing.T) {
	code := lawOf(t, "cn-civil-code-2021")
	alternates := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: election.Options, Seats: 1, Alternates: 1}
	tests := []struct {
		name                      string
		matter                    voting.Matter
		counts                    voting.Counts
		seed                      string // empty: the lot is still to be drawn
		verdict, resident, formal string // the last two are parts
	}{
		{"a tie waits for the lot", election, each(election.Options, high, middle, middle, low), "", "待公开抽签",
			"乙、丙并列，席位不够，要按事先公布的办法公开抽签，不按名单先后决定。没有达到法律要求的：丁人数还差 43 人，面积还差 4,200.0001 平方米。本次选举的业主委员会尚未成立。",
			"乙、丙并列于末位席位，由公开抽签确定。本次选举的业主委员会尚未成立。结论：待公开抽签。"},
		{"the lot is drawn", election, each(election.Options, high, middle, middle, low), "公开的种子", "通过",
			"选出委员 2 人：甲、丙。候补委员 1 人：乙。并列的已公开抽签，先后次序为丙、乙。",
			"甲、丙当选业主委员会委员，结果有效；乙为候补委员；并列的已公开抽签，先后次序为丙、乙。"},
		{"alternates wait for the lot", alternates, each(election.Options, high, middle, middle, low), "", "通过",
			"乙、丙票数相同，候补的名额不够，候补的先后由公开抽签确定，委员出缺时按先后递补。", "乙、丙并列于末位候补，候补的先后由公开抽签确定，委员出缺时按先后递补。"},
		{"firms wait for the lot", firms, each(firms.Options, high, high, low), "", "待公开抽签",
			"东风物业、南山物业都达到了法律的要求，但并列第一，要按事先公布的办法公开抽签。", "并列第一，按事先公布的办法公开抽签。结论：待公开抽签。"},
		{"a firm is drawn", firms, each(firms.Options, high, high, low), "公开的种子", "通过",
			"并列的已公开抽签，先后次序为东风物业、南山物业。选中的是东风物业，", "先后次序为东风物业、南山物业。以上表决结果符合上述规定，选聘东风物业的表决通过"},
		{"seats by building", groups, each(groups.Options, middle, low, high, middle), "", "通过",
			"选出委员 2 人：3号楼的甲，5号楼的丙。", "3号楼的甲，5号楼的丙当选业主委员会委员"},
		{"one building has an open seat, the other a tie", groups, each(groups.Options, middle, middle, low, low), "", "待公开抽签，缺额须另行表决",
			"这次没有选出委员。甲、乙并列，席位不够，要按事先公布的办法公开抽签，不按名单先后决定。没有达到法律要求的：丙人数还差 43 人，面积还差 4,200.0001 平方米；丁人数还差 43 人，面积还差 4,200.0001 平方米。还有 1 个席位空缺（5号楼 1 个，不由其他组的候选人补上），要另行投票。",
			"应选 2 名，缺额 1 名（5号楼 1 个，不由其他组的候选人补上），另行表决"},
		{"one building has a lot, the other an open seat", groups, each(groups.Options, middle, middle, low, low), "公开的种子", "须另行表决",
			"选出委员 1 人：3号楼的甲。候补委员 1 人：乙。3号楼并列的已公开抽签，先后次序为甲、乙。", "应选 2 名，缺额 1 名（5号楼 1 个，不由其他组的候选人补上），另行表决"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.matter.TieWay = voting.TieByLot
			outcome := decide(t, code, voting.Policies{}, test.matter, test.counts)
			if test.seed != "" {
				var err error
				if outcome, err = voting.ResolveTie(code, voting.Policies{}, test.matter, outcome, test.seed, "事项一"); err != nil {
					t.Fatal(err)
				}
			}
			if got := Verdict(test.matter, outcome); got != test.verdict {
				t.Errorf("verdict %s", got)
			}
			if got := Resident(test.matter, outcome, names); !strings.Contains(got, test.resident) {
				t.Errorf("resident %s", got)
			}
			if got := Formal(code, test.matter, outcome, names); !strings.Contains(got, test.formal) {
				t.Errorf("formal %s", got)
			}
		})
	}
}

func TestALotIsPrintedSoThatItCanBeDrawnAgain(t *testing.T) {
	code := lawOf(t, "cn-civil-code-2021")
	drawn := firms
	drawn.TieWay = voting.TieByLot
	before := decide(t, code, voting.Policies{}, drawn, each(firms.Options, high, high, low))
	after, err := voting.ResolveTie(code, voting.Policies{}, drawn, before, "种子42", "matter-1")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(Lot(after.Lots[0], names), "\n")
	steps := after.Lots[0].Steps
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "公开抽签的种子是 种子42，事项编号是 matter-1。") ||
		lines[1] != "1. "+names.of(steps[0].Option)+" "+steps[0].Hash || lines[2] != "2. "+names.of(steps[1].Option)+" "+steps[1].Hash {
		t.Errorf("%q", lines)
	}
}

func TestSeatsWithoutCandidatesAreSaidToNeedNominations(t *testing.T) {
	code := lawOf(t, "cn-civil-code-2021")
	single := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙"}, Seats: 4, MinMembers: 1}
	short := groups
	short.SeatGroups = []voting.SeatGroup{{Name: "3号楼", Seats: 1, Alternates: 1, Options: []string{"甲", "乙"}}, {Name: "5号楼", Seats: 3, Options: []string{"丙", "丁"}}}
	short.Seats = 4
	tests := []struct {
		name             string
		matter           voting.Matter
		yes              []voting.Weight
		resident, formal string
	}{
		{"all are elected and seats stay open", single, []voting.Weight{high, middle}, "还有 2 个席位空缺，要另行投票，其中 2 个席位没有候选人可以再选，要先提名候选人。",
			"应选 4 名，缺额 2 名，另行表决，其中 2 个席位没有候选人可以再选，要先提名候选人。"},
		{"one fell short for three seats", single, []voting.Weight{high, low}, "还有 3 个席位空缺，要另行投票，其中 3 个席位只有 1 名候选人可以再选，要先提名候选人。", "要先提名候选人。"},
		{"one group has nobody left", short, []voting.Weight{low, low, high, middle}, "还有 2 个席位空缺（3号楼 1 个、5号楼 1 个，不由其他组的候选人补上），要另行投票，其中5号楼 1 个席位没有候选人可以再选，要先提名候选人。", "其中5号楼 1 个席位"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			outcome := decide(t, code, voting.Policies{}, test.matter, each(test.matter.Options, test.yes...))
			if got := Resident(test.matter, outcome, Names{}); !strings.Contains(got, test.resident) {
				t.Errorf("resident %s", got)
			}
			if got := Formal(code, test.matter, outcome, Names{}); !strings.Contains(got, test.formal) {
				t.Errorf("formal %s", got)
			}
		})
	}
	single.Seats = 2
	enough := decide(t, code, voting.Policies{}, single, each(single.Options, high, low))
	if got := Resident(single, enough, Names{}); strings.Contains(got, "提名") || !strings.Contains(got, "还有 1 个席位空缺，要另行投票。") {
		t.Errorf("resident %s", got)
	}
}

func TestAPartialCommitteeOfAnEvenNumberIsSaidToBe(t *testing.T) {
	code := lawOf(t, "cn-civil-code-2021")
	matter := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙", "丙"}, Seats: 3, MinMembers: 2}
	outcome := decide(t, code, voting.Policies{Shortfall: voting.OverHalfStands}, matter, each(matter.Options, high, middle, low))
	for _, text := range []string{Resident(matter, outcome, Names{}), Formal(code, matter, outcome, Names{})} {
		if !strings.Contains(text, "委员已过半数，但是双数，是否成立请街道按议事规则确定") {
			t.Errorf("%s", text)
		}
	}
}

// A by-election fills vacancies: no committee comes into being, and none is said to be missing.
func TestAByElectionSaysWhatBecomesOfTheVacancies(t *testing.T) {
	code := lawOf(t, "cn-civil-code-2021")
	matter := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙", "丙"}, Seats: 2, Sitting: 3, MinMembers: 5}
	with := func(change func(*voting.Matter)) voting.Matter { m := matter; change(&m); return m }
	silent := each(matter.Options, high, middle, low)
	silent.SilentDelivered = w(10, 1_000)
	for _, c := range []struct {
		name   string
		matter voting.Matter
		p      voting.Policies
		counts voting.Counts
		want   string
	}{
		{"both are filled", matter, voting.Policies{}, each(matter.Options, high, middle, low), "空缺已经补足，业主委员会委员共 5 人，继续履行职责。"},
		{"filled to an even number", with(func(m *voting.Matter) { m.Sitting = 4 }), voting.Policies{}, each(matter.Options, high, middle, low),
			"空缺已经补足，业主委员会委员共 6 人，继续履行职责（是双数；委员人数应当是单数，请街道核对）。"},
		{"one stays open, with fewer than the least", matter, voting.Policies{}, each(matter.Options, high, low, low), "空缺还有 1 个，业主委员会现有委员 4 人，少于规定的最少 5 人，请街道核对是否应当重新选举。"},
		{"one stays open, with enough", with(func(m *voting.Matter) { m.Sitting = 5 }), voting.Policies{}, each(matter.Options, high, low, low), "空缺还有 1 个，业主委员会现有委员 6 人，继续履行职责。"},
		{"nobody is elected, and half are left", with(func(m *voting.Matter) { m.Sitting, m.MinMembers = 2, 1 }), voting.Policies{}, each(matter.Options, low, low, low),
			"空缺还有 2 个，业主委员会现有委员 2 人，继续履行职责。"},
		{"nobody is elected, and fewer than half are left", with(func(m *voting.Matter) { m.Sitting, m.MinMembers = 1, 1 }), voting.Policies{}, each(matter.Options, low, low, low),
			"空缺还有 2 个，业主委员会现有委员 1 人，不足应有 3 人的二分之一，应当重新选举业主委员会（建房〔2009〕274号第46条）。"},
		{"a partial committee of an even number goes on as well", with(func(m *voting.Matter) { m.MinMembers = 3 }), voting.Policies{Shortfall: voting.OverHalfStands}, each(matter.Options, high, low, low),
			"空缺还有 1 个，业主委员会现有委员 4 人，继续履行职责（是双数；委员人数应当是单数，请街道核对）。"},
		{"the vote that completes a committee forms it", with(func(m *voting.Matter) { m.Forming = true }), voting.Policies{}, each(matter.Options, high, middle, low), "选出委员 2 人：甲、乙。没有达到法律要求的：丙人数还差 43 人，面积还差 4,200.0001 平方米。本次选举的业主委员会成立。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := decide(t, code, c.p, c.matter, c.counts)
			if got := Resident(c.matter, o, Names{}); !strings.HasSuffix(got, c.want) {
				t.Errorf("resident %s", got)
			}
			last := c.want[strings.LastIndex(strings.TrimSuffix(c.want, "。"), "。")+1:]
			got := Formal(code, c.matter, o, Names{})
			if !strings.Contains(got, strings.TrimPrefix(last, "。")) || (c.matter.ByElection() && strings.Contains(got, "委员会成立")) {
				t.Errorf("formal %s", got)
			}
		})
	}
	if got := Resident(matter, decide(t, code, voting.Policies{}, matter, each(matter.Options, high, middle, low)), Names{}); !strings.Contains(got, "补选委员 2 人：甲、乙。") {
		t.Errorf("resident %s", got)
	}
	undetermined := decide(t, code, voting.Policies{Silence: voting.JoinMajorityIfOverHalfOfAll}, matter, silent)
	if got := Committee(matter, undetermined); got != "空缺是否补足无法认定，业主委员会原有委员 3 人继续履行职责" {
		t.Error(got)
	}
}
