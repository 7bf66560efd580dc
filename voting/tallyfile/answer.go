package tallyfile

import (
	"gongjue/voting"
)

// weight, step and counted are the shapes of the answer; areas are texts in m².
type weight struct {
	Heads  int64  `json:"heads"`
	AreaM2 string `json:"area_m2"`
}

type step struct {
	What      voting.StepKind  `json:"what"`
	Option    *string          `json:"option"`
	Dimension voting.Dimension `json:"dimension"`
	Part      any              `json:"part"` // heads: integer; area: text
	Whole     any              `json:"whole"`
	Threshold string           `json:"threshold"`
	Strict    bool             `json:"strict"`
	Met       bool             `json:"met"`
	Share     string           `json:"share"`
	Margin    any              `json:"margin"`
	Law       *string          `json:"law"`
}

type counted struct {
	Total           weight            `json:"total"`
	Participants    weight            `json:"participants"`
	Voted           weight            `json:"voted"`
	Void            weight            `json:"void"`
	SilentDelivered weight            `json:"silent_delivered"`
	Options         map[string]weight `json:"options"`
}

type answer struct {
	Outcome voting.Result  `json:"outcome"`
	Reason  *voting.Reason `json:"reason"`
	Binding bool           `json:"binding"`
	*elected
	*selected
	Counted  counted            `json:"counted"`
	Steps    []step             `json:"steps"`
	Variants *map[string]answer `json:"variants,omitempty"`
}

type elected struct {
	Elected        []string                    `json:"elected"`
	Alternates     []string                    `json:"alternates"`
	AlternatesTied []string                    `json:"alternates_tied"`
	TiePending     []string                    `json:"tie_pending"`
	NotElected     map[string]voting.Shortness `json:"not_elected"`
	OpenSeats      int                         `json:"open_seats"`
	Committee      voting.CommitteeState       `json:"committee"`
}

type selected struct {
	Selected    *string                     `json:"selected"`
	RunOff      []string                    `json:"run_off"`
	NotSelected map[string]voting.Shortness `json:"not_selected"`
}

// answerOf writes an outcome; a variant carries no variants of its own.
func answerOf(m voting.Matter, o voting.Outcome, outermost bool) answer {
	a := answer{Outcome: o.Result, Reason: optional(o.Reason), Binding: o.Binding, Counted: countedOf(o.Counted), Steps: []step{}}
	for _, s := range o.Steps {
		a.Steps = append(a.Steps, stepOf(s))
	}
	switch m.Kind {
	case voting.Election:
		a.elected = &elected{
			list(o.Elected), list(o.Alternates), list(o.AlternatesTied), list(o.TiePending), codes(o.NotElected),
			o.OpenSeats, o.Committee,
		}
	case voting.Selection:
		a.selected = &selected{optional(o.Selected), list(o.RunOff), codes(o.NotSelected)}
	}
	if outermost {
		variants := map[string]answer{}
		for name, variant := range o.Variants {
			variants[name] = answerOf(m, variant, false)
		}
		a.Variants = &variants
	}
	return a
}

func countedOf(c voting.Counted) counted {
	options := map[string]weight{}
	for name, w := range c.Options {
		options[name] = weightOf(w)
	}
	return counted{
		weightOf(c.Total), weightOf(c.Participants), weightOf(c.Voted), weightOf(c.Void), weightOf(c.SilentDelivered), options,
	}
}

func weightOf(w voting.Weight) weight { return weight{w.Heads, w.Area.String()} }

func stepOf(s voting.Step) step {
	return step{
		What: s.What, Option: optional(s.Option), Dimension: s.Dimension,
		Part: quantity(s.Part, s.Dimension), Whole: quantity(s.Whole, s.Dimension),
		Threshold: s.Threshold.String(), Strict: s.Threshold.Strict, Met: s.Met, Share: s.Share(),
		Margin: quantity(s.Margin, s.Dimension), Law: optional(s.Law),
	}
}

func quantity(n int64, d voting.Dimension) any {
	if d == voting.ByArea {
		return voting.Area(n).String()
	}
	return n
}

// optional is null for the empty text.
func optional[T ~string](text T) *T {
	if text == "" {
		return nil
	}
	return &text
}

// list and codes are never null.
func list(names []string) []string {
	if names == nil {
		return []string{}
	}
	return names
}

func codes(by map[string]voting.Shortness) map[string]voting.Shortness {
	if by == nil {
		return map[string]voting.Shortness{}
	}
	return by
}
