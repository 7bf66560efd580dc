package voting

// Gap says of one comparison of an outcome how far it is from turning over, in heads or cm². Impossible (−1)
// stands where even everybody who took no part would not turn it.
type Gap struct {
	What      StepKind  `json:"what"`
	Option    string    `json:"option,omitempty"`
	Dimension Dimension `json:"dimension"`
	Met       bool      `json:"met"`

	// Of those who took part: how many must turn to the option (a test not met), or turn away (a met one). For
	// participation: how many more must take part, or stay away.
	Turn int64 `json:"turn"`

	// Of those who took no part: how many more must come and agree (not met), or come and not agree (met). The
	// same as Turn for participation that is not met; Impossible for participation that is.
	Come int64 `json:"come"`
}

// Impossible is the Come of a gap that nobody outside can close.
const Impossible int64 = -1

// Needed tells for every step of the outcome what would have turned it, in the order of the steps: heads and area
// are two tests, so to carry a motion both must be met, and to defeat it one is enough. It says nothing about the
// ranking of those who pass; see [Robust] for that. An undetermined outcome is measured as its steps are printed.
func Needed(o Outcome) []Gap {
	gaps := make([]Gap, 0, len(o.Steps))
	for _, step := range o.Steps {
		outside := o.Counted.Total.Minus(o.Counted.Participants).In(step.Dimension)
		gaps = append(gaps, step.gap(outside))
	}
	return gaps
}

func (s Step) gap(outside int64) Gap {
	gap := Gap{What: s.What, Option: s.Option, Dimension: s.Dimension, Met: s.Met, Turn: -s.Margin, Come: Impossible}
	if s.Met {
		gap.Turn = s.Margin + 1
	}
	turned := func(come int64) bool { // whether that many newcomers turn the test
		part, whole := s.Part, s.Whole
		if !s.Met {
			part += come
		}
		if !s.OfTotal {
			whole += come
		}
		return s.Threshold.Met(part, whole) != s.Met
	}
	if s.What == Participation && s.Met {
		return gap // whoever comes only adds to it
	}
	if outside > 0 && turned(outside) {
		gap.Come = smallest(outside, turned)
	}
	return gap
}

// smallest finds the least n from 1 to most that fits; once one fits, all above it do.
func smallest(most int64, fits func(int64) bool) int64 {
	low, high := int64(1), most
	for low < high {
		middle := low + (high-low)/2
		if fits(middle) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}
