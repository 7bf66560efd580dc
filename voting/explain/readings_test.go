package explain

import (
	"testing"

	"gongjue/voting"
)

func TestATieOfAnotherReadingSaysWhyNoLotIsDrawn(t *testing.T) {
	matter := voting.Matter{Kind: voting.Election, Options: []string{"甲", "乙", "丙"}, Seats: 2}
	tied := voting.Outcome{Result: voting.RunOffDue, Elected: []string{"甲"}, TiePending: []string{"乙", "丙"}, OpenSeats: 1, TieWay: voting.TieByLot}
	again := tied
	again.TieWay = ""
	decided := voting.Outcome{Result: voting.Passed, Elected: []string{"甲", "乙"}}
	readings := func(name string, other voting.Outcome) map[string]voting.Outcome {
		return map[string]voting.Outcome{name: other}
	}
	const later = "上面的并列现在不抽签：抽签只决定并列的先后，不能代替没有公布的规则。"
	const beside = "另外，不计入已送达未表决票的结果里有并列，那只是对照，不改变这里的结果，所以不抽签。"
	for _, test := range []struct {
		name  string
		main  voting.Outcome
		other map[string]voting.Outcome
		want  string
	}{
		{"one reading", decided, nil, ""},
		{"no tie anywhere", decided, readings(voting.WithoutSilence, decided), ""},
		{"the tie that is drawn", tied, readings(voting.WithoutSilence, tied), ""},
		{"a tie that is voted on again", decided, readings(voting.WithoutSilence, again), ""},
		{"a tie of the comparison", decided, readings(voting.WithoutSilence, tied), beside},
		{"a tie of a reading that nobody announced", voting.Outcome{Result: voting.Undetermined}, readings(voting.WithVoid, tied), later},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.main.Variants = test.other
			if got := NoLot(test.main); got != test.want {
				t.Errorf("%q", got)
			}
		})
	}
	undetermined := voting.Outcome{Result: voting.Undetermined, Reason: voting.VoidNotAnnounced, Variants: map[string]voting.Outcome{voting.WithVoid: tied, voting.WithoutVoid: decided}}
	want := "“选举”：现在还无法认定结果。原因是：" + Reason(voting.VoidNotAnnounced) + "。废票计入参与表决的结果：有并列，先后未定；当选：甲；并列：乙、丙，2 人票数完全相同，还有 1 个席位。" +
		"废票不计入参与表决的结果：通过；当选：甲、乙。各种算法的数字都已列出，谁也不能事后挑一种；下一步怎么办，请看召集人的说明。" + later
	if got := Resident(matter, undetermined, Names{Title: "选举"}); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	drawn := tied
	drawn.Variants = readings(voting.WithoutSilence, tied)
	if got := VerdictBeside(matter, drawn, voting.WithoutSilence); got != "待公开抽签" {
		t.Errorf("the lot settles both readings: %s", got)
	}
	firms := voting.Matter{Kind: voting.Selection, Options: []string{"甲", "乙"}}
	if got := Reading(firms, voting.Outcome{Variants: readings(voting.WithVoid, voting.Outcome{Result: voting.Passed, Selected: "乙"})}, voting.WithVoid, Names{}); got != "通过；选中：乙" {
		t.Errorf("%s", got)
	}
}
