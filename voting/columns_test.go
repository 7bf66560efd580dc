package voting

import "testing"

// The largest weights that are ever counted do not run into each other, whoever holds them.
func TestTheLargestTotalsStayExact(t *testing.T) {
	tests := []struct {
		name  string
		share func(row int) Weight // of MaxNumber rows, MaxArea in all
	}{
		{"everybody has the same", func(int) Weight { return Weight{1, MaxArea / MaxNumber} }},
		{"one has all the area", func(row int) Weight {
			if row == 7 {
				return Weight{1, MaxArea}
			}
			return Weight{1, 0}
		}},
		{"heads without area, and one who has it all without a head", func(row int) Weight {
			if row == 0 {
				return Weight{0, MaxArea}
			}
			return Weight{1, 0}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			held := make([]uint32, MaxNumber)
			var weights column
			var want [3]Weight
			for row := range held {
				weight := test.share(row)
				if got := pack(weight).weight(); got != weight {
					t.Fatalf("%+v came back as %+v", weight, got)
				}
				weights.add(weight)
				if row >= MaxNumber/2 {
					held[row] = uint32(row % 3)
				}
				want[held[row]] = want[held[row]].Plus(weight)
			}
			for state, sum := range weights.sums(held, len(want)) {
				if sum.weight() != want[state] {
					t.Errorf("state %d: %+v, want %+v", state, sum.weight(), want[state])
				}
			}
			for row := range held {
				held[row] = 0
			}
			if all := weights.sums(held, 1)[0].weight(); all.Heads > MaxNumber || all.Area > MaxArea || all != want[0].Plus(want[1]).Plus(want[2]) {
				t.Errorf("all together %+v", all)
			}
		})
	}
	if sum := new(column).sums(nil, 2); len(sum) != 2 || sum[0] != 0 || sum[1] != 0 {
		t.Errorf("nobody weighs %v", sum)
	}
}

func TestWhoIsOddWeighsTheSame(t *testing.T) {
	odd := []Weight{{1, 1<<32 - 1}, {1, 1 << 32}, {1, MaxArea}, {0, 130_000}, {0, 1 << 32}, {0, 0}, {1, 0}, {1, 900_000}}
	var weights column
	for _, weight := range odd {
		weights.add(weight)
	}
	if len(weights.odd) != 5 {
		t.Errorf("%d rows are odd", len(weights.odd))
	}
	held := []uint32{0, 1, 2, 3, 4, 5, 6, 7}
	for row, sum := range weights.sums(held, len(odd)) {
		if sum.weight() != odd[row] {
			t.Errorf("%+v came back as %+v", odd[row], sum.weight())
		}
	}
	if all := weights.sums(make([]uint32, len(odd)), 1)[0].weight(); all != (Weight{5, MaxArea + 3<<32 - 1 + 130_000 + 900_000}) {
		t.Errorf("all together %+v", all)
	}
}
