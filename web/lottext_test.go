package web

import (
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
)

func TestTheWayOutOfATieIsAnnounced(t *testing.T) {
	const revote, lot = voting.TieByRevote, voting.TieByLot
	tests := []struct {
		name string
		ways []voting.TieWay
		want []string
	}{
		{"nothing can tie", nil, []string{"名额不够而票数相同：再次投票"}},
		{"nobody said anything", []voting.TieWay{""}, []string{"名额不够而票数相同：再次投票"}},
		{"another vote", []voting.TieWay{revote, ""}, []string{"名额不够而票数相同：再次投票"}},
		{"a lot", []voting.TieWay{lot, lot}, []string{"名额不够而票数相同：公开抽签"}},
		{"one of each", []voting.TieWay{"", lot}, []string{"名额不够而票数相同（写明抽签的事项）：公开抽签", "名额不够而票数相同（其他事项）：再次投票"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, line := range (Announced{Policies: announce.Policies, Ties: test.ways}).Parameters() {
				if strings.HasPrefix(line.Name, "名额不够") {
					got = append(got, line.Name+"："+line.Value)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("announced %q", got)
			}
		})
	}
	drawn := voting.Matter{Kind: voting.Election, TieWay: lot}
	if notes := MatterNotes(drawn); !slices.Contains(notes, tieNote) || strings.Contains(PaperText("全文", voting.Matter{Kind: voting.Election}), "抽签") {
		t.Errorf("the matter says %q", notes)
	}
}
