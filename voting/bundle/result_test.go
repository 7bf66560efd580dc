package bundle

import (
	"slices"
	"testing"

	"gongjue/voting"
)

func heads(n, area int64) voting.Weight { return voting.Weight{Heads: n, Area: voting.Area(area)} }

func TestAnAreaThatPointsToAHomeIsLeftOut(t *testing.T) {
	classes := func(refused, undeliverable, none voting.Weight) map[voting.VoterClass]voting.Weight {
		return map[voting.VoterClass]voting.Weight{voting.ClassVoted: heads(1, 9), voting.ClassRefused: refused,
			voting.ClassUndeliverable: undeliverable, voting.ClassNotIssued: none}
	}
	for name, c := range map[string]struct {
		classes map[voting.VoterClass]voting.Weight
		few     []voting.VoterClass
	}{
		"nobody is few":                          {classes(heads(3, 9), heads(3, 9), heads(3, 9)), nil},
		"one is, and the next smallest with it":  {classes(heads(2, 9), heads(30, 9), heads(3, 9)), []voting.VoterClass{voting.ClassRefused, voting.ClassNotIssued}},
		"two are":                                {classes(heads(1, 9), heads(2, 9), heads(3, 9)), []voting.VoterClass{voting.ClassRefused, voting.ClassUndeliverable}},
		"an empty class hides nothing":           {classes(heads(0, 0), heads(3, 9), heads(0, 0)), nil},
		"one alone has nobody to hide behind it": {classes(heads(0, 0), heads(0, 0), heads(1, 9)), []voting.VoterClass{voting.ClassNotIssued}},
		"an area without a head is one home's":   {classes(heads(0, 9), heads(3, 9), heads(4, 9)), []voting.VoterClass{voting.ClassRefused, voting.ClassUndeliverable}},
	} {
		var few []voting.VoterClass
		for _, line := range NewDelivery(heads(90, 900), heads(0, 0), c.classes).Lines() {
			if line.Few != (line.Weight.Area == 0 && slices.Contains(c.few, line.Class)) {
				t.Errorf("%s: %+v", name, line)
			}
			if line.Few {
				few = append(few, line.Class)
			}
		}
		if !slices.Equal(few, c.few) {
			t.Errorf("%s: %v, want %v", name, few, c.few)
		}
	}
}

func TestThoseWithAProofDoNotGiveAwayThoseWithout(t *testing.T) {
	for delivered, few := range map[int64]bool{0: false, 2: true, 3: false, 87: false, 88: true, 89: true, 90: false} {
		d := NewDelivery(heads(90, 9000), heads(delivered, delivered*100), nil)
		if proved := d.Proved(); proved.Few != few || proved.Weight.Heads != delivered || (proved.Weight.Area == 0) != (few || delivered == 0) {
			t.Errorf("%d of 90 delivered: %+v", delivered, proved)
		}
	}
}
