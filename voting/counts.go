package voting

import (
	"fmt"
	"slices"
)

// MaxArea is the largest total that is counted: 99,999,999.9999 m².
const MaxArea Area = 999_999_999_999

// check refuses counts that cannot be those of the matter: a part above its whole, a missing or foreign
// option, 从众 ballots that were not offered.
func (c Counts) check(m Matter, p Policies) error {
	if c.Total.Heads < 1 || c.Total.Heads > MaxNumber || c.Total.Area < 1 || c.Total.Area > MaxArea {
		return refuse(CodeBadValue, "total")
	}
	parts := []struct {
		field  string
		weight Weight
	}{
		{"voted", c.Voted}, {"void", c.Void}, {"silent_delivered", c.SilentDelivered},
		{"abstain", c.Abstain}, {"follow_majority", c.FollowMajority},
	}
	for _, part := range parts {
		if err := within(part.weight, c.Total, part.field); err != nil {
			return err
		}
	}
	if err := within(c.Voted.Plus(c.Void).Plus(c.SilentDelivered), c.Total, "voted"); err != nil {
		return err
	}
	if c.FollowMajority != (Weight{}) && !slices.Contains(m.Marks(p), FollowMajority) {
		return refuse(CodeMarkNotOffered, "follow_majority")
	}
	return c.checkOptions(m)
}

func (c Counts) checkOptions(m Matter) error {
	if err := sameNames(c.Options, m.OptionNames(), "options"); err != nil {
		return err
	}
	againstNames := []string(nil)
	if m.Method == ApprovalEach {
		againstNames = m.Options
	}
	if err := sameNames(c.Against, againstNames, "against"); err != nil {
		return err
	}
	sum := c.Abstain.Plus(c.FollowMajority)
	for _, name := range m.OptionNames() {
		yes, no := c.Options[name], c.Against[name]
		if err := within(yes, c.Voted, "options"); err != nil {
			return err
		}
		if err := within(no, c.Voted.Minus(yes), "against"); err != nil {
			return err
		}
		sum = sum.Plus(yes)
	}
	// Where one ballot names exactly one thing, the things must close to the ballots.
	oneEach := m.YesNo() || m.OneName()
	if oneEach && sum != c.Voted {
		return refuse(CodeDoesNotAddUp, "voted")
	}
	return within(c.Abstain, c.Voted, "abstain")
}

// within refuses a negative part, and a part above its whole in either measure.
func within(part, whole Weight, field string) error {
	for _, d := range Dimensions {
		if part.In(d) < 0 {
			return refuse(CodeBadValue, field)
		}
		if part.In(d) > whole.In(d) {
			return refuse(CodeDoesNotAddUp, field)
		}
	}
	return nil
}

func sameNames(weights map[string]Weight, names []string, field string) error {
	for i, name := range names {
		if _, there := weights[name]; !there {
			return refuse(CodeMissingField, fmt.Sprintf("%s[%d]", field, i))
		}
	}
	if len(weights) > len(names) {
		return refuse(CodeUnknownName, field)
	}
	return nil
}
