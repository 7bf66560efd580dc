package explain

import (
	"slices"
	"strings"

	"gongjue/voting"
)

// Names are the printed names of one matter.
type Names struct {
	Title   string            // of the matter, without quotation marks
	Options map[string]string // option → printed name; an option that is missing prints as it is
	Favour  string            // what agrees with a poll that has a scale, see [Favour]
}

func (n Names) of(option string) string {
	if name := n.Options[option]; name != "" {
		return name
	}
	return option
}

func (n Names) list(options []string) string {
	names := make([]string, len(options))
	for i, option := range options {
		names[i] = n.of(option)
	}
	return strings.Join(names, "、")
}

// Verdict is the outcome in the words of a notice (通过; 未通过; 未形成有效决定（…）; 无选项达到法定比例;
// 无法认定（…）), never 多数同意. A poll has no verdict of law, only its own yardstick.
func Verdict(m voting.Matter, o voting.Outcome) string {
	switch {
	case o.Result == voting.Undetermined:
		return Result(o.Result) + "（" + Reason(o.Reason) + "）"
	case m.Kind == voting.Consult:
		return pollVerdict(m, o.Result == voting.Passed)
	case o.Result == voting.NotFormed:
		return Result(o.Result) + "（参与表决" + missed(participationOf(o)) + "）"
	case o.TieWay == voting.TieByLot && o.Result == voting.RunOffDue:
		return awaitsLot(o)
	case o.Result == voting.Rejected && m.Kind == voting.Selection:
		return "无选项达到法定比例"
	case o.Result == voting.RunOffDue && m.Kind == voting.Selection && nobodyPassed(m, o):
		return "无选项达到法定比例，须再次表决"
	}
	return Result(o.Result)
}

// nobodyPassed: after a selection, everybody in a run-off either passed and is tied, or has a code.
func nobodyPassed(m voting.Matter, o voting.Outcome) bool {
	return len(o.NotSelected) == len(m.Options)
}

func participationOf(o voting.Outcome) voting.Threshold {
	if len(o.Steps) == 0 {
		return voting.TwoThirds
	}
	return o.Steps[0].Threshold
}

// gap says how much is missing to the steps that are not met, of one option or of participation:
// 还差 12 人、34.50㎡. It is empty when nothing is.
func gap(o voting.Outcome, what voting.StepKind, option string) string {
	var parts []string
	for _, step := range o.Steps {
		if step.What == what && step.Option == option && !step.Met {
			parts = append(parts, amount(-step.Margin, step.Dimension))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "还差 " + strings.Join(parts, "、")
}

// without lists every option that has that code, in the order of the ballot.
func without(m voting.Matter, codes map[string]voting.Shortness, ranked bool) []string {
	return slices.DeleteFunc(slices.Clone(m.Options), func(option string) bool {
		code, found := codes[option]
		return !found || (code == voting.Outranked) != ranked
	})
}
