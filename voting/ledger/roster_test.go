package ledger

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting"
)

func TestARosterAddsUpToItsCountedAreaAndHeads(t *testing.T) {
	got, err := CheckRoster(vectorRoster())
	if want := (voting.Weight{Heads: 2, Area: 2_147_900}); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	uncounted := vectorRoster()
	for i := range uncounted {
		if uncounted[i].HeadGroup == 0 {
			uncounted[i].CountsArea, uncounted[i].CountsHeads = false, false
		}
	}
	got, err = CheckRoster(uncounted)
	if want := (voting.Weight{Heads: 1, Area: 1_203_400}); err != nil || got != want {
		t.Errorf("without one voter: got %+v, %v, want %+v", got, err, want)
	}
}

func TestLeavesThatAreNoRosterAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(units []RosterLeaf){
		"a slot twice":                func(u []RosterLeaf) { u[0].Slot = 1 },
		"a slot left out":             func(u []RosterLeaf) { u[0].Slot = 3 },
		"a slot below zero":           func(u []RosterLeaf) { u[1].Slot = -1 },
		"a group above its slot":      func(u []RosterLeaf) { u[1].HeadGroup = 1 },
		"a group of another's member": func(u []RosterLeaf) { u[2].HeadGroup = 0; u[0].HeadGroup = 1 },
		"a group below zero":          func(u []RosterLeaf) { u[0].HeadGroup = -1 },
		"an area below zero":          func(u []RosterLeaf) { u[0].Area = -1 },
		"an area beyond every deed":   func(u []RosterLeaf) { u[0].Area = maxUnitArea + 1 },
		"owners below zero":           func(u []RosterLeaf) { u[0].Owners = -1 },
	} {
		units := vectorRoster()
		spoil(units)
		if got, err := CheckRoster(units); !errors.Is(err, ErrRoster) || got != (voting.Weight{}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestEveryFieldOfAUnitChangesTheRoot(t *testing.T) {
	seen := map[Hash]bool{RosterRoot(vectorRoster()): true}
	for name, change := range map[string]func(*RosterLeaf){
		"area":         func(u *RosterLeaf) { u.Area++ },
		"head group":   func(u *RosterLeaf) { u.HeadGroup = 2 },
		"owners":       func(u *RosterLeaf) { u.Owners++ },
		"counts area":  func(u *RosterLeaf) { u.CountsArea = !u.CountsArea },
		"counts heads": func(u *RosterLeaf) { u.CountsHeads = !u.CountsHeads },
		"unit":         func(u *RosterLeaf) { u.Unit[0]++ },
		"head":         func(u *RosterLeaf) { u.Head[0]++ },
		"slot":         func(u *RosterLeaf) { u.Slot = 3 },
	} {
		units := vectorRoster()
		change(&units[0])
		if root := RosterRoot(units); seen[root] {
			t.Errorf("%s does not change the root, or as another field does", name)
		} else {
			seen[root] = true
		}
	}
}

func TestPropertyTheRootDoesNotDependOnTheOrderOfTheLeaves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		voters := rapid.SliceOfN(rapid.StringMatching("[a-e]"), 1, 12).Draw(t, "voters")
		groups := HeadGroups(voters)
		units := make([]RosterLeaf, len(voters))
		heads := map[string]bool{}
		for i := range units {
			units[i] = RosterLeaf{Slot: int64(i), Area: voting.Area(i), HeadGroup: groups[i], CountsArea: true, CountsHeads: true}
			heads[voters[i]] = true
		}
		total, err := CheckRoster(units)
		if err != nil || total.Heads != int64(len(heads)) {
			t.Fatalf("%v: %+v, %v", voters, total, err)
		}
		shuffled := rapid.Permutation(units).Draw(t, "shuffled")
		before := slices.Clone(shuffled)
		if RosterRoot(shuffled) != RosterRoot(units) || !slices.Equal(before, shuffled) {
			t.Fatalf("another order has another root, or was changed")
		}
	})
}
