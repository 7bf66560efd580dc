package models

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"gongjue/voting"
	"gongjue/voting/ledger"
)

func TestRowsAreUsedBehindInTheirOrder(t *testing.T) {
	for _, n := range []int{0, 1, batchRows - 1, batchRows, batchRows + 1, 5*batchRows + 3} {
		var used []int
		err := worked(func(b behind) error {
			rows := inBatches(b, func(row int) error { used = append(used, row); return nil })
			for i := range n {
				rows.add(i)
			}
			rows.end()
			return nil
		})
		if err != nil || len(used) != n || !slices.IsSorted(used) {
			t.Errorf("%d rows: %d used, %v", n, len(used), err)
		}
	}
}

func TestWhatFailsBehindEndsTheWork(t *testing.T) {
	unread, unused := errors.New("unread"), errors.New("unused")
	for name, c := range map[string]struct{ read, use, want error }{
		"a row that cannot be used is told":          {nil, unused, unused},
		"a row that cannot be read is told":          {unread, nil, unread},
		"reading comes first: it may be tried again": {unread, unused, unread},
	} {
		t.Run(name, func(t *testing.T) {
			used := 0
			err := worked(func(b behind) error {
				rows := inBatches(b, func(int) error { used++; return c.use })
				for range 20 * batchRows {
					rows.add(1)
				}
				rows.end()
				return c.read
			})
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			if c.use != nil && used != 1 {
				t.Errorf("%d rows were used after the first that could not be", used-1)
			}
		})
	}
}

func TestAPanicBehindIsOneOfTheCaller(t *testing.T) {
	defer func() {
		if got := recover(); got != "odd" {
			t.Errorf("recovered %v", got)
		}
	}()
	_ = worked(func(b behind) error {
		for range 20 {
			b.work <- func() error { panic("odd") }
		}
		return nil
	})
	t.Error("the panic was lost")
}

func TestUnitsAreGatheredUnderTheirVoters(t *testing.T) {
	const voters = 2*firstUnits + 1
	var e electorate
	for round := range 3 {
		for i := range voters {
			if round == 0 || i%7 == 0 {
				e.add(unitRead{voter: fmt.Sprint(i), unit: voting.Unit{Area: voting.Area(round*voters + i)}})
			}
		}
	}
	for i, voter := range e.voters {
		want := []voting.Unit{{Area: voting.Area(i)}}
		if i%7 == 0 {
			want = append(want, voting.Unit{Area: voting.Area(voters + i)}, voting.Unit{Area: voting.Area(2*voters + i)})
		}
		if voter.ID != fmt.Sprint(i) || !slices.Equal(voter.Units, want) {
			t.Fatalf("voter %d: %+v, want %+v", i, voter, want)
		}
	}
}

// Sheets beyond those that are remembered as a whole are read every time, to the same figures.
func TestMoreSheetsThanAreRememberedAreCounted(t *testing.T) {
	const voters = 2*alikeSheets + 2
	names := make([]string, 13) // 2¹³ sheets
	for i := range names {
		names[i] = fmt.Sprintf("候选人%d", i)
	}
	agenda := []Matter{{ID: "m", Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Seats: 5, Options: names}}}
	list := make([]voting.Voter, voters)
	for i := range list {
		list[i] = voting.Voter{ID: fmt.Sprint(i), Units: []voting.Unit{{Area: 1}}}
	}
	box, err := voting.NewBox(rulesOf(agenda), voting.Policies{}, list)
	if err != nil {
		t.Fatal(err)
	}
	reader, yes := newSheetReader(box, agenda), map[string]int64{}
	for i := range voters {
		each := map[string]voting.Mark{}
		for bit, name := range names {
			if each[name] = voting.No; (i%(alikeSheets+1))>>bit&1 == 1 {
				each[name] = voting.Yes
				yes[name]++
			}
		}
		text := ledger.CanonicalChoices(map[string]voting.Choice{"m": {Each: each}})
		if err := reader.cast(castSheet{fmt.Sprint(i), string(text)}); err != nil {
			t.Fatal(err)
		}
	}
	counts := box.Count()[0].Counts
	for _, name := range names {
		if got := counts.Options[name].Heads; got != yes[name] || counts.Against[name].Heads != voters-yes[name] {
			t.Errorf("%s: %d for, want %d", name, got, yes[name])
		}
	}
}
