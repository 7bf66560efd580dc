package web

import (
	"strings"
	"testing"

	"gongjue/voting"
)

func TestATieOfAnotherReadingIsToldAndPromisesNoLot(t *testing.T) {
	matter := voting.Matter{Kind: voting.Election, Options: []string{"候选人甲", "候选人乙", "候选人丙"}, Seats: 2}
	tied := voting.Outcome{Result: voting.RunOffDue, Elected: []string{"候选人甲"}, TiePending: []string{"候选人乙", "候选人丙"}, OpenSeats: 1, TieWay: voting.TieByLot}
	open := voting.Outcome{Result: voting.RunOffDue, Elected: []string{"候选人甲"}, OpenSeats: 1}
	undetermined := voting.Outcome{Result: voting.Undetermined, Reason: voting.VoidNotAnnounced, OpenSeats: 2,
		Variants: map[string]voting.Outcome{voting.WithVoid: open, voting.WithoutVoid: tied}}
	view := resultView(ResultMatter{Title: "选举", Matter: matter, Outcome: undetermined})
	const tells, why = "废票不计入参与表决的结果：有并列，先后未定；当选：候选人甲；并列：候选人乙、候选人丙", "抽签只决定并列的先后，不能代替没有公布的规则。"
	if len(view.Variants) != 0 || !strings.Contains(view.Sentence, tells) || !strings.Contains(view.Sentence, why) || strings.Contains(view.Sentence, "待公开抽签") {
		t.Errorf("undetermined: %q, %v", view.Sentence, view.Variants)
	}
	open.Variants = map[string]voting.Outcome{voting.WithoutSilence: tied}
	view = resultView(ResultMatter{Title: "选举", Matter: matter, Outcome: open})
	if last := view.Readings[len(view.Readings)-1]; last.Without != "有并列，先后未定" || !strings.HasSuffix(view.Sentence, "那只是对照，不改变这里的结果，所以不抽签。") {
		t.Errorf("a comparison: %q, %v", view.Sentence, last)
	}
}
