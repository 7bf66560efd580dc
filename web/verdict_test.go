package web

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/explain"
)

func TestNoListShowsALapsedMatterAsADecision(t *testing.T) {
	for name, c := range map[string]struct {
		verdict Verdict
		want    string
	}{
		"carried":             {Verdict{Kind: voting.Motion, Result: voting.Passed}, "good 通过"},
		"carried, and lapsed": {Verdict{Kind: voting.Motion, Result: voting.Passed, Lapsed: true}, "open 前提没有成立"},
		"due, and lapsed":     {Verdict{Kind: voting.Selection, Result: voting.RunOffDue, Lapsed: true}, "open 前提没有成立"},
		"waits for a lot":     {Verdict{Kind: voting.Election, Result: voting.RunOffDue, ByLot: true}, "short 待公开抽签"},
		"only alternates do":  {Verdict{Kind: voting.Election, Result: voting.Passed, ByLot: true}, "good 通过"},
		"a further vote":      {Verdict{Kind: voting.Election, Result: voting.RunOffDue}, "short 须另行表决"},
		"an opinion":          {Verdict{Kind: voting.Consult, Result: voting.Passed}, "open 仅供参考"},
	} {
		if look := c.verdict.Look(); look.Tone+" "+look.Word != c.want {
			t.Errorf("%s is shown as %+v", name, look)
		}
	}
	even := voting.Outcome{Result: voting.RunOffDue, Committee: voting.EvenNumber}
	for word, got := range map[string]string{
		"须另行表决；委员已过半数，但是双数，是否成立请街道按议事规则确定": explain.Certified(voting.Matter{Kind: voting.Election}, even, ""),
		"须另行表决（前提没有成立，不产生效力）":              explain.Certified(voting.Matter{Kind: voting.Election}, even, voting.Lapsed),
		"通过；本次选举的业主委员会成立（委员共 6 人，是双数；委员人数应当是单数，请街道核对）": explain.Certified(voting.Matter{Kind: voting.Election, Sitting: 4, Seats: 2, Forming: true},
			voting.Outcome{Result: voting.Passed, Committee: voting.Constituted, Elected: []string{"甲", "乙"}}, voting.TakesEffect),
		"通过；空缺已经补足，业主委员会委员共 6 人，继续履行职责（是双数；委员人数应当是单数，请街道核对）": explain.Certified(voting.Matter{Kind: voting.Election, Sitting: 4, Seats: 2},
			voting.Outcome{Result: voting.Passed, Committee: voting.Constituted, Elected: []string{"甲", "乙"}}, voting.TakesEffect),
		"通过": explain.Certified(voting.Matter{Kind: voting.Motion}, voting.Outcome{Result: voting.Passed}, voting.TakesEffect),
	} {
		if got != word {
			t.Errorf("a certificate says %s, want %s", got, word)
		}
	}
}
