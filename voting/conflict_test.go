package voting

import "testing"

func TestTheAnnouncedRuleSaysWhichOfTwoBallotsCounts(t *testing.T) {
	paper, phone := func(at int64) Received { return Received{Paper: true, At: at} }, func(at int64) Received { return Received{At: at} }
	for _, test := range []struct {
		name          string
		rule          ChannelConflict
		own, imported Received
		want          Standing
	}{
		{"paper a moment before", FirstValid, paper(99), phone(100), OwnStands},
		{"paper at the same moment", FirstValid, paper(100), phone(100), OwnStands},
		{"paper a moment after", FirstValid, paper(101), phone(100), ImportedStands},
		{"the default is the first valid one", "", paper(101), phone(100), ImportedStands},
		{"electronic wins over earlier paper", ElectronicWins, paper(1), phone(100), ImportedStands},
		{"of two electronic ones the earlier", ElectronicWins, phone(99), phone(100), OwnStands},
		{"of two electronic ones the later gives way", ElectronicWins, phone(101), phone(100), ImportedStands},
		{"paper wins over an earlier click", PaperWins, paper(200), phone(100), OwnStands},
		{"without paper the earlier click", PaperWins, phone(101), phone(100), ImportedStands},
		{"both are compared", IdenticalElseVoid, paper(1), phone(100), BothCompared},
		{"both are compared whatever the way", IdenticalElseVoid, phone(200), phone(100), BothCompared},
	} {
		if got := test.rule.Between(test.own, test.imported); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}
