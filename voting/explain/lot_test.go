package explain

import (
	"slices"
	"testing"

	"gongjue/voting"
)

func TestTiesSayWhoIsTiedForWhat(t *testing.T) {
	seats := voting.Matter{Kind: voting.Election, Options: []string{"a", "b", "c", "d"}}
	firms := voting.Matter{Kind: voting.Selection, Options: []string{"a", "b", "c"}}
	names := Names{Options: map[string]string{"a": "候选人甲", "b": "候选人乙", "c": "候选人丙"}}
	tests := []struct {
		name    string
		matter  voting.Matter
		outcome voting.Outcome
		want    []string
	}{
		{"nobody", seats, voting.Outcome{Elected: []string{"a"}}, nil},
		{"a seat", seats, voting.Outcome{TiePending: []string{"a", "b", "c"}, OpenSeats: 2}, []string{"候选人甲、候选人乙、候选人丙，3 人票数完全相同，还有 2 个席位。"}},
		{"an alternate's place", seats, voting.Outcome{AlternatesTied: []string{"a", "d"}}, []string{"候选人甲、d，2 人票数完全相同，候补的名额不够。"}},
		{"two groups", seats, voting.Outcome{OpenSeats: 2, Groups: []voting.GroupOutcome{{Name: "1号楼", TiePending: []string{"a", "b"}, OpenSeats: 1}, {Name: "2号楼"},
			{Name: "3号楼", AlternatesTied: []string{"c", "d"}}}}, []string{"1号楼：候选人甲、候选人乙，2 人票数完全相同，还有 1 个席位。", "3号楼：候选人丙、d，2 人票数完全相同，候补的名额不够。"}},
		{"firms", firms, voting.Outcome{Result: voting.RunOffDue, RunOff: []string{"a", "b"}, NotSelected: map[string]voting.Shortness{"c": voting.BothShort}},
			[]string{"候选人甲、候选人乙，2 家票数完全相同，都达到了法律的要求，只能选定一家。"}},
		{"firms that all fell short", firms, voting.Outcome{Result: voting.RunOffDue, RunOff: []string{"a", "b"},
			NotSelected: map[string]voting.Shortness{"a": voting.BothShort, "b": voting.BothShort, "c": voting.BothShort}}, nil},
		{"a chosen firm", firms, voting.Outcome{Result: voting.Passed, Selected: "a"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Ties(test.matter, test.outcome, names); !slices.Equal(got, test.want) {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestACommandIsOneWhateverTheName(t *testing.T) {
	drawn := voting.Drawn{Seed: "8f3a/038617", Matter: "m-1"}
	for name, want := range map[string]string{
		"甲":            `printf '%s\n%s\n%s\n%s' 'gongjue.lot/v1' '8f3a/038617' 'm-1' '甲' | sha256sum`,
		"甲'; rm -rf ~": `printf '%s\n%s\n%s\n%s' 'gongjue.lot/v1' '8f3a/038617' 'm-1' '甲'\''; rm -rf ~' | sha256sum`,
	} {
		if got := LotCommand(drawn, name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
