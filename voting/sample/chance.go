package sample

import (
	"math/big"
	"sort"
)

// needed is the smallest lot of the others in which at least one of the wrong ones shows with the certainty.
func needed(others, wrong int64, c Certainty) int64 {
	if wrong <= 0 || wrong > others {
		return others
	}
	return int64(sort.Search(int(others), func(drawn int) bool { return !hidden(others, wrong, int64(drawn), c) }))
}

// hidden tells whether so many wrong ones of all others stay out of a lot more often than the certainty allows:
//
//	C(others − wrong, drawn) ÷ C(others, drawn) > 1 − Num ÷ Den
//
// The quotient is the same with wrong and drawn exchanged; the product runs over the smaller.
func hidden(others, wrong, drawn int64, c Certainty) bool {
	few, many := min(wrong, drawn), max(wrong, drawn)
	if many > others-few {
		return false // there is no lot without one of them
	}
	part, whole := big.NewInt(c.Den), big.NewInt(c.Den-c.Num)
	for i := range few {
		part.Mul(part, big.NewInt(others-many-i))
		whole.Mul(whole, big.NewInt(others-i))
	}
	return part.Cmp(whole) > 0
}

// atMost is the largest number of wrong ones among the others that the lot does not exclude with the certainty, when it
// showed so many: with one more, so few would have shown in less than 1 − Num ÷ Den of all lots.
func atMost(others, drawn, shown int64, c Certainty) int64 {
	if drawn == 0 {
		return others
	}
	more := sort.Search(int(others-drawn), func(i int) bool { return excluded(others, drawn, shown, shown+int64(i)+1, c) })
	return shown + int64(more)
}

// excluded tells whether in fewer lots than the certainty leaves no more than shown of the wrong ones come out:
//
//	Σ C(wrong, i) · C(others − wrong, drawn − i) for i ≤ shown, ÷ C(others, drawn), < 1 − Num ÷ Den
func excluded(others, drawn, shown, wrong int64, c Certainty) bool {
	right := others - wrong
	first := max(0, drawn-right) // fewer cannot come out: there are not enough right ones to fill the lot
	term := new(big.Int).Binomial(wrong, first)
	term.Mul(term, new(big.Int).Binomial(right, drawn-first))
	few, by := new(big.Int), new(big.Int)
	for i := first; i <= min(shown, wrong, drawn); i++ {
		few.Add(few, term)
		// The next term from this one: both factors are binomial coefficients, so that nothing is left over.
		term.Mul(term, by.SetInt64((wrong-i)*(drawn-i)))
		term.Quo(term, by.SetInt64((i+1)*(right-drawn+i+1)))
	}
	few.Mul(few, big.NewInt(c.Den))
	all := new(big.Int).Binomial(others, drawn)
	return few.Cmp(all.Mul(all, big.NewInt(c.Den-c.Num))) < 0
}
