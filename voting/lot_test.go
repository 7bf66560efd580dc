package voting_test

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"gongjue/voting"
)

func TestLotVectors(t *testing.T) {
	order, steps, err := voting.Lot("种子42", "matter-1", []string{"甲", "乙", "丙"})
	if err != nil {
		t.Fatal(err)
	}
	want := []voting.LotStep{ // printf 'gongjue.lot/v1\n种子42\nmatter-1\n甲' | sha256sum
		{Option: "丙", Hash: "7f985c6a96dd0904c92b391e51247ed36a07cc52a1a37a25af162bca5892a074"},
		{Option: "甲", Hash: "9e469521e5bfcd63b3a3ae1d90a13ee4f008bf50863d5b389f6bc1a00b6da187"},
		{Option: "乙", Hash: "b9fd9ad51f8a24475863a3a61bf27f9196ac69cc0508309f560d1cce7a7deb97"},
	}
	if !reflect.DeepEqual(steps, want) {
		t.Errorf("%+v", steps)
	}
	for i, step := range want {
		if order[i] != step.Option {
			t.Errorf("order %v", order)
		}
	}
	again, _, _ := voting.Lot("种子42", "matter-1", []string{"丙", "甲", "乙"})
	if !slices.Equal(order, again) {
		t.Errorf("the order of the ballot decided: %v, %v", order, again)
	}
	two, _, _ := voting.Lot("种子42", "matter-1", []string{order[2], order[0]})
	if !slices.Equal(two, []string{order[0], order[2]}) {
		t.Errorf("a third name changed the order of two: %v", two)
	}
	if seed := voting.LotSeed(sha256.Sum256(nil), "0386"); seed != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855/0386" {
		t.Errorf("seed %s", seed)
	}
}

func TestLotFavoursNobody(t *testing.T) {
	seen := map[string]int{}
	for i := range 6_000 {
		order, _, err := voting.Lot(fmt.Sprint(i), "matter", []string{"甲", "乙", "丙"})
		if err != nil {
			t.Fatal(err)
		}
		seen[fmt.Sprint(order)]++
	}
	for order, times := range seen { // 1,000 each; five standard deviations are 144
		if times < 850 || times > 1_150 {
			t.Errorf("%s came %d times", order, times)
		}
	}
	if len(seen) != 6 {
		t.Errorf("%d orders", len(seen))
	}
}

func TestLotIsRefused(t *testing.T) {
	tests := []struct {
		name, seed, matter string
		tied               []string
		code               voting.Code
		field              string
	}{
		{"no seed", "", "m", []string{"甲", "乙"}, voting.CodeMissingField, "seed"},
		{"no matter", "s", "", []string{"甲", "乙"}, voting.CodeMissingField, "matter"},
		{"a seed of two lines", "s\nm", "m", []string{"甲", "乙"}, voting.CodeBadValue, "seed"},
		{"a matter of two lines", "s", "m\n甲", []string{"甲", "乙"}, voting.CodeBadValue, "matter"},
		{"one name", "s", "m", []string{"甲"}, voting.CodeNothingTied, "tied"},
		{"a name twice", "s", "m", []string{"甲", "甲"}, voting.CodeDuplicate, "tied[1]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := voting.Lot(test.seed, test.matter, test.tied)
			refused(t, err, test.code, test.field)
		})
	}
}

// byLot is the matter with a lot announced for its ties.
func byLot(m voting.Matter) voting.Matter {
	m.TieWay = voting.TieByLot
	return m
}

// tally gives every option of an approval election its yes; 100 heads and 100.00 m² in all took part.
func tally(options []string, yes ...voting.Weight) voting.Counts {
	counts := voting.Counts{Total: w(100, 1_000_000), Voted: w(100, 1_000_000), Options: map[string]voting.Weight{}, Against: map[string]voting.Weight{}}
	for i, option := range options {
		counts.Options[option], counts.Against[option] = yes[i], w(0, 0)
	}
	return counts
}

func TestALotResolvesTheTieForTheLastSeat(t *testing.T) {
	matter := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"子", "甲", "乙", "丙", "丑"}, Seats: 2, Alternates: 2, MinMembers: 1, TieWay: voting.TieByLot}
	tied := w(60, 600_000)
	counts := tally(matter.Options, w(90, 900_000), tied, tied, tied, w(55, 550_000))
	before := decide(t, voting.Policies{}, matter, counts)
	if before.TieWay != voting.TieByLot || before.OpenSeats != 1 || !slices.Equal(before.Alternates, nil) || before.NotElected["丑"] != voting.Outranked {
		t.Fatalf("before the lot: %+v", before)
	}
	after, err := voting.ResolveTie(civilCode, voting.Policies{}, matter, before, "种子42", "matter-1")
	if err != nil {
		t.Fatal(err)
	}
	order, steps, _ := voting.Lot("种子42", "matter-1", []string{"甲", "乙", "丙"})
	if !slices.Equal(after.Elected, []string{"子", order[0]}) || !slices.Equal(after.Alternates, order[1:]) || after.OpenSeats != 0 ||
		after.Result != voting.Passed || after.TieWay != "" || len(after.TiePending) > 0 || after.NotElected["丑"] != voting.Outranked || len(after.NotElected) != 1 {
		t.Errorf("%+v", after)
	}
	if want := []voting.Drawn{{Seed: "种子42", Matter: "matter-1", Steps: steps}}; !reflect.DeepEqual(after.Lots, want) {
		t.Errorf("%+v", after.Lots)
	}
	if !reflect.DeepEqual(after.Steps, before.Steps) || !reflect.DeepEqual(after.Counted, before.Counted) || after.Committee != voting.Constituted {
		t.Errorf("the figures changed: %+v", after)
	}
	_, err = voting.ResolveTie(civilCode, voting.Policies{}, matter, after, "种子42", "matter-1")
	refused(t, err, voting.CodeNothingTied, "tied")
}

func TestALotResolvesTheTieOfAlternatesAndOfFirms(t *testing.T) {
	tied := w(60, 600_000)
	election := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"子", "甲", "乙"}, Seats: 1, Alternates: 1, MinMembers: 1, TieWay: voting.TieByLot}
	before := decide(t, voting.Policies{}, election, tally(election.Options, w(90, 900_000), tied, tied))
	if before.Result != voting.Passed || before.TieWay != voting.TieByLot || len(before.AlternatesTied) != 2 {
		t.Fatalf("%+v", before)
	}
	after, err := voting.ResolveTie(civilCode, voting.Policies{}, election, before, "s", "m")
	order, _, _ := voting.Lot("s", "m", []string{"甲", "乙"})
	if err != nil || !slices.Equal(after.Alternates, order[:1]) || after.NotElected[order[1]] != voting.Outranked || len(after.AlternatesTied) > 0 {
		t.Errorf("%+v, %v", after, err)
	}
	firms := voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.ApprovalEach, Options: []string{"甲", "乙", "丙"}, TieWay: voting.TieByLot}
	before = decide(t, voting.Policies{}, firms, tally(firms.Options, tied, tied, w(10, 100_000)))
	after, err = voting.ResolveTie(civilCode, voting.Policies{}, firms, before, "s", "m")
	if err != nil || before.TieWay != voting.TieByLot || after.Selected != order[0] || after.Result != voting.Passed ||
		after.NotSelected[order[1]] != voting.Outranked || after.NotSelected["丙"] != voting.BothShort {
		t.Errorf("%+v, %v", after, err)
	}
}

func TestALotResolvesEveryReadingThatIsTied(t *testing.T) {
	matter := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙"}, Seats: 1, MinMembers: 1, TieWay: voting.TieByLot}
	tied := w(60, 600_000)
	counts := tally(matter.Options, tied, tied)
	counts.Voted, counts.SilentDelivered = w(90, 900_000), w(10, 100_000)
	policies := voting.Policies{Silence: voting.SilenceAbstains}
	after, err := voting.ResolveTie(civilCode, policies, matter, decide(t, policies, matter, counts), "s", "m")
	if err != nil {
		t.Fatal(err)
	}
	other := after.Variants[voting.WithoutSilence]
	if len(other.Lots) != 1 || !slices.Equal(other.Elected, after.Elected) || len(after.Elected) != 1 {
		t.Errorf("%+v", after)
	}
}

func TestNoLotWithoutATie(t *testing.T) {
	matter := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙"}, Seats: 1, MinMembers: 1}
	tied := w(60, 600_000)
	outcome := decide(t, voting.Policies{}, matter, tally(matter.Options, tied, tied))
	_, err := voting.ResolveTie(civilCode, voting.Policies{}, matter, outcome, "s", "m")
	refused(t, err, voting.CodeLotNotAnnounced, "tie_way")
	matter = byLot(matter)
	_, err = voting.ResolveTie(civilCode, voting.Policies{}, matter, outcome, "", "m")
	refused(t, err, voting.CodeMissingField, "seed")
	clear := decide(t, voting.Policies{}, matter, tally(matter.Options, tied, w(61, 600_000)))
	_, err = voting.ResolveTie(civilCode, voting.Policies{}, matter, clear, "s", "m")
	refused(t, err, voting.CodeNothingTied, "tied")
	_, err = voting.ResolveTie(civilCode, voting.Policies{}, byLot(voting.Matter{Kind: voting.Motion, Item: 9}), clear, "s", "m")
	refused(t, err, voting.CodeNothingTied, "tied")
	other := matter
	other.Options = []string{"甲", "丙"}
	_, err = voting.ResolveTie(civilCode, voting.Policies{}, other, outcome, "s", "m")
	refused(t, err, voting.CodeMissingField, "options[1]")
	// A run-off because nobody passes is no tie: a lot never makes up for votes.
	firms := voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.ApprovalEach, Options: []string{"甲", "乙", "丙"}, TieWay: voting.TieByLot}
	policies := voting.Policies{RunOff: true}
	nobody := decide(t, policies, firms, tally(firms.Options, w(40, 400_000), w(40, 400_000), w(10, 100_000)))
	if nobody.TieWay != "" || len(nobody.RunOff) != 2 {
		t.Fatalf("%+v", nobody)
	}
	_, err = voting.ResolveTie(civilCode, policies, firms, nobody, "s", "m")
	refused(t, err, voting.CodeNothingTied, "tied")
}

func TestTheNumberOfALotHasOneSpelling(t *testing.T) {
	for _, test := range []struct {
		typed  string
		digits int64
		want   string // empty: refused
	}{
		{"038617", 6, "038617"}, {" 038617\r\n", 6, "038617"}, {"０３８６１７", 6, "038617"}, {"000000", 6, "000000"},
		{"38617", 6, ""}, {"0038617", 6, ""}, {"", 6, ""}, {"03861七", 6, ""}, {"03 8617", 6, ""}, {"-38617", 6, ""}, {"+38617", 6, ""}, {"3.8617", 6, ""},
		{"٠٣٨٦١٧", 6, ""}, {"038617/", 6, ""}, {"0386\n17", 6, ""}, {"038", 3, ""}, {"0386", 4, "0386"},
		{"01234567890123456789", 20, "01234567890123456789"}, {"012345678901234567890", 21, ""},
	} {
		got, ok := voting.LotNumber(test.typed, test.digits)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("%q of %d digits is read as %q, %v", test.typed, test.digits, got, ok)
		}
	}
}

func TestOnlyAMatterThatLeadsToSomethingAwaitsItsLot(t *testing.T) {
	renew := voting.Matter{Kind: voting.Motion, Item: 4, FirmAct: voting.RenewFirm}
	firms := byLot(voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.ApprovalEach, Options: []string{"甲", "乙"}})
	linked := firms
	linked.LinkedTo, linked.LinkedWhen = 1, voting.IfRejected
	revote := firms
	revote.TieWay = voting.TieByRevote
	agenda := []voting.Matter{renew, linked, firms, revote}
	tied := w(60, 600_000)
	outcomes := make([]voting.Outcome, len(agenda))
	for i, m := range agenda[1:] {
		outcomes[i+1] = decide(t, voting.Policies{}, m, tally(m.Options, tied, tied))
	}
	for result, want := range map[voting.Result][]bool{voting.Passed: {false, false, true, false}, voting.Rejected: {false, true, true, false}} {
		outcomes[0] = voting.Outcome{Result: result}
		got, err := voting.AwaitingLot(agenda, outcomes)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v", result, got, err)
		}
	}
	_, err := voting.AwaitingLot(agenda, outcomes[:2])
	refused(t, err, voting.CodeDoesNotAddUp, "outcomes")
}

func TestATieInAnotherReadingAloneAwaitsNoLot(t *testing.T) {
	matter := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙"}, Seats: 1, MinMembers: 1, TieWay: voting.TieByLot}
	counts := tally(matter.Options, w(60, 600_000), w(60, 600_000)) // of 100 more than half, of 120 just half
	counts.Total = w(120, 1_200_000)
	silent, void := counts, counts
	silent.SilentDelivered, void.Void = w(20, 200_000), w(20, 200_000)
	for _, test := range []struct {
		name    string
		silence voting.Silence
		counts  voting.Counts
		variant string
		result  voting.Result
		reason  voting.Reason
	}{
		{"the announced rule decides", voting.SilenceAbstains, silent, voting.WithoutSilence, voting.RunOffDue, ""},
		{"nobody said what void ballots are", "", void, voting.WithoutVoid, voting.Undetermined, voting.VoidNotAnnounced},
		{"nobody said whom silence means", voting.JoinMajorityIfOverHalfOfAll, silent, voting.WithoutSilence, voting.Undetermined, voting.SilenceUndefined},
	} {
		t.Run(test.name, func(t *testing.T) {
			policies := voting.Policies{Silence: test.silence}
			o := decide(t, policies, matter, test.counts)
			if other := o.Variants[test.variant]; o.Result != test.result || o.Reason != test.reason || o.TieWay != "" || other.TieWay != voting.TieByLot || len(other.TiePending) != 2 {
				t.Fatalf("%+v", o)
			}
			awaiting, err := voting.AwaitingLot([]voting.Matter{matter}, []voting.Outcome{o})
			if err != nil || awaiting[0] {
				t.Errorf("awaits a lot: %v, %v", awaiting, err)
			}
			_, err = voting.ResolveTie(civilCode, policies, matter, o, "s", "m")
			refused(t, err, voting.CodeNothingTied, "tied")
		})
	}
}
