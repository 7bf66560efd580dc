package voting

// packed is a weight in one number, so that one addition adds both measures: the area in the low 40 bits, the heads
// above them. No total overflows, because [MaxArea] lies below 2⁴⁰ cm² and [MaxNumber] below 2²⁴ heads.
type packed uint64

// areaBits is how many bits of a packed weight are the area.
const areaBits = 40

// oneHead is a head without area.
const oneHead packed = 1 << areaBits

// pack puts both measures into one number.
func pack(w Weight) packed { return packed(w.Heads)*oneHead + packed(w.Area) }

// weight takes the measures apart again.
func (p packed) weight() Weight {
	return Weight{Heads: int64(p >> areaBits), Area: Area(p & (oneHead - 1))}
}

// smallArea is what four bytes can hold: areas below 42 hectares, in cm².
const smallArea = 1 << 32

// column is what every row weighs in one scope. Nearly everybody has one head and a small area, which leaves four bytes
// to read for each; the few others have a second entry.
type column struct {
	areas []uint32 // cm²
	odd   []oddRow
}

// oddRow is what a row weighs beyond one head and its entry in areas. It may be less than nothing: the sums come out
// right all the same, because they are taken modulo 2⁶⁴ and lie within it.
type oddRow struct {
	row  int
	rest packed
}

// add appends the weight of the next row.
func (c *column) add(w Weight) {
	row, area := len(c.areas), uint32(0)
	if w.Area < smallArea {
		area = uint32(w.Area)
	}
	c.areas = append(c.areas, area)
	if rest := pack(w) - oneHead - packed(area); rest != 0 {
		c.odd = append(c.odd, oddRow{row, rest})
	}
}

// lanes is how many partial sums each state has. Neighbouring rows often hold the same state, and an addition that has to
// wait for the one before it takes several times as long as one that does not. A power of two.
const lanes = 4

// sums adds the weight of every row to the state that the row holds: this is the whole count, for all matters of a scope.
func (c *column) sums(held []uint32, states int) []packed {
	partial := make([][lanes]packed, states)
	held = held[:len(c.areas)]
	for row, area := range c.areas {
		partial[held[row]][row&(lanes-1)] += oneHead | packed(area)
	}
	totals := make([]packed, states)
	for state, lane := range partial {
		totals[state] = lane[0] + lane[1] + lane[2] + lane[3]
	}
	for _, odd := range c.odd {
		totals[held[odd.row]] += odd.rest
	}
	return totals
}
