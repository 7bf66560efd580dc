package vault

import (
	"fmt"
	"testing"
)

func TestSlotsAreEveryNumberOnceInEveryOrderAlike(t *testing.T) {
	orders := map[string]int{}
	const drawn = 24_000
	for range drawn {
		slots, err := NewSlots(4)
		if err != nil {
			t.Fatal(err)
		}
		seen := [4]bool{}
		for _, slot := range slots {
			seen[slot] = true
		}
		if seen != [4]bool{true, true, true, true} {
			t.Fatalf("slots %v", slots)
		}
		orders[fmt.Sprint(slots)]++
	}
	// 24 orders, 1,000 expected of each with a deviation of 31; 300 is more than nine deviations away.
	if len(orders) != 24 {
		t.Errorf("%d orders of 24", len(orders))
	}
	for order, n := range orders {
		if n < 700 || n > 1300 {
			t.Errorf("order %s came %d times", order, n)
		}
	}
	if slots, err := NewSlots(0); err != nil || len(slots) != 0 {
		t.Errorf("no units: %v, %v", slots, err)
	}
}

func TestTwoSaltsDiffer(t *testing.T) {
	if a, b := NewSalt(), NewSalt(); a == b || a == [32]byte{} {
		t.Error("a salt twice, or of zeros")
	}
}
