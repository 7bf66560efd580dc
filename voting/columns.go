package voting

// packed is a weight in one number, so that one addition adds both measures: the area in the low 40 bits, the heads
// above them. No total overflows, because [MaxArea] lies below 2⁴⁰ cm² and [MaxNumber] below 2²⁴ heads.
type packed uint64

// areaBits is how many bits of a packed weight are the area.
const areaBits = 40

// pack puts both measures into one number.
func pack(w Weight) packed { return packed(w.Heads)<<areaBits | packed(w.Area) }

// weight takes the measures apart again.
func (p packed) weight() Weight {
	return Weight{Heads: int64(p >> areaBits), Area: Area(p & (1<<areaBits - 1))}
}

// lanes is how many partial sums each state has. Neighbouring rows often hold the same state, and an addition that has to
// wait for the one before it takes several times as long as one that does not. A power of two.
const lanes = 4

// sums adds the weight of every row to the state that the row holds: this is the whole count, for all matters of a scope.
func sums(held []uint32, weights []packed, states int) []packed {
	partial := make([][lanes]packed, states)
	held = held[:len(weights)]
	for row, weight := range weights {
		partial[held[row]][row&(lanes-1)] += weight
	}
	totals := make([]packed, states)
	for i, lane := range partial {
		totals[i] = lane[0] + lane[1] + lane[2] + lane[3]
	}
	return totals
}
