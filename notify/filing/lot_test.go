package filing

import (
	"strings"
	"testing"

	"gongjue/voting"
)

func TestTheResultNoticePrintsTheLotBeforeItsGrounds(t *testing.T) {
	p := policies(voting.NotParticipating, true)
	data := resultData(t, p, decided(t, p, motion, motionCounts()))
	without, _ := noticeText(t, data)
	data.Lot = []string{"事项 1“选举”：两人票数完全相同。", "把每个姓名代入下面一行：", "printf '%s' '" + strings.Repeat("8f3a", 16) + "/038617' | sha256sum"}
	with, _ := noticeText(t, data)
	wants(t, with, "三、公开抽签", "事项 1“选举”：两人票数完全相同。", strings.Repeat("8f3a", 16)+"/038617' | sha256sum", "四、依据")
	wants(t, without, "三、依据")
	if strings.Contains(without, "抽签") {
		t.Error("a lot is printed where there is none")
	}
}

func TestTheResultNoticeSaysThatACommitteeIsEvenAndThatAMatterLapsed(t *testing.T) {
	p := policies(voting.NotParticipating, true)
	p.Shortfall = voting.OverHalfStands
	c := motionCounts()
	election := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙", "丙"}, Seats: 3, MinMembers: 2}
	c.Options = map[string]voting.Weight{"甲": weighs(520, 700_000_000), "乙": weighs(480, 600_000_000), "丙": weighs(200, 300_000_000)}
	c.Against = map[string]voting.Weight{"甲": weighs(60, 60_000_000), "乙": weighs(70, 100_000_000), "丙": weighs(300, 400_000_000)}
	c.Abstain = voting.Weight{}
	m := decided(t, p, election, c)
	m.Lapsed = true
	got, _ := noticeText(t, resultData(t, p, m))
	wants(t, got, "结论：须另行表决（前提没有成立，不产生效力）；委员已过半数，但是双数，是否成立请街道按议事规则确定", "缺额 1 名，另行表决。委员已过半数，但是双数")
}
