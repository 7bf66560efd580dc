package filing

import (
	"fmt"
	"slices"

	"gongjue/voting"
)

// row is one line of a matter's figures.
type row struct {
	key    string // option of the outcome; empty for lines that name no choice
	label  string
	weight voting.Weight
	choice bool // the line tells what was chosen
	hidden bool // the area stands in the annex
}

// figures are the lines of one matter, in groups whose weights sum to the participants.
type figures struct {
	groups  [][]row
	closing bool // false for pick elections, where one ballot marks several names
	void    bool // void ballots take part
	silent  bool // silent ballots take part and were added to no option

	quiet *figures // of the reading without silent ballots; nil where there is only one
}

// figure makes the lines of a matter and checks that they close in heads and in area. ErrSums otherwise.
func figure(m MatterResult, p voting.Policies) (figures, error) {
	c := m.Outcome.Counted
	f, err := participating(m, p)
	if err != nil {
		return figures{}, err
	}
	f.closing = !(m.Matter.Kind == voting.Election && m.Matter.Method == voting.Pick)
	switch {
	case m.Matter.YesNo():
		f.groups = [][]row{{
			{key: voting.OptionYes, label: "同意", weight: c.Options[voting.OptionYes], choice: true},
			{key: voting.OptionNo, label: "反对", weight: c.Options[voting.OptionNo], choice: true},
			{label: "弃权", weight: c.Abstain, choice: true},
		}}
	case m.Matter.Method == voting.ApprovalEach:
		for _, name := range m.Matter.Options {
			f.groups = append(f.groups, []row{
				{key: name, label: "同意", weight: c.Options[name], choice: true},
				{key: name, label: "反对", weight: c.Against[name], choice: true},
			})
		}
	default:
		group := []row{}
		for _, name := range m.Matter.Options {
			group = append(group, row{key: name, label: name, weight: c.Options[name], choice: true})
		}
		f.groups = [][]row{append(group, row{label: "弃权", weight: c.Abstain, choice: true})}
	}
	for i := range f.groups {
		group, err := f.close(m, f.groups[i])
		if err != nil {
			return figures{}, err
		}
		f.groups[i] = hide(group, f.closing)
	}
	if f.quiet, err = quietFigures(m, p); err != nil {
		return figures{}, err
	}
	f.cover()
	return f, f.channels(m, p)
}

// quietFigures are the lines of the reading in which silent ballots take no part.
func quietFigures(m MatterResult, p voting.Policies) (*figures, error) {
	quiet, there := m.Outcome.Variants[voting.WithoutSilence]
	if !there {
		return nil, nil
	}
	m.Outcome, m.Channels, p.Silence = quiet, nil, voting.NotParticipating
	f, err := figure(m, p)
	return &f, err
}

// cover hides in both readings what either hides: the area of the silent ballots is printed, so one reading would give
// away the other.
func (f figures) cover() {
	if f.quiet == nil {
		return
	}
	for i, group := range f.groups {
		for range 2 {
			quiet := f.quiet.groups[i]
			for a := range group {
				for b := range quiet {
					if group[a].label == quiet[b].label && group[a].key == quiet[b].key {
						either := group[a].hidden || quiet[b].hidden
						group[a].hidden, quiet[b].hidden = either, either
					}
				}
			}
			hide(group, f.closing)
			hide(quiet, f.closing)
		}
	}
}

// channels checks that the channels of every option sum to it. Only ballots that a rule added to a
// leader, silent or 从众, came through no channel.
func (f figures) channels(m MatterResult, p voting.Policies) error {
	_, quiet := m.Outcome.Variants[voting.WithoutSilence]
	for option, parts := range m.Channels {
		added := m.Outcome.Counted.Options[option]
		for _, part := range parts {
			added = added.Minus(part.Weight)
		}
		if added.Heads < 0 || added.Area < 0 || (added != voting.Weight{} && !quiet && !p.FollowMajority) {
			return fmt.Errorf("%w: matter %d, the channels of an option", ErrSums, m.Number)
		}
	}
	return nil
}

// participating finds out whether void and silent ballots are among the participants. The policies say
// so, except where a silence rule has a condition: then the sum decides.
func participating(m MatterResult, p voting.Policies) (figures, error) {
	c := m.Outcome.Counted
	void := []bool{true, false}
	if p.VoidParticipates != nil {
		void = []bool{*p.VoidParticipates}
	}
	silent := []bool{false, true}
	if p.SilenceIn(m.Matter.Kind) == voting.NotParticipating {
		silent = []bool{false}
	}
	for _, v := range void {
		for _, s := range silent {
			if sum(c, v, s) == c.Participants {
				return figures{void: v, silent: s}, nil
			}
		}
	}
	return figures{}, fmt.Errorf("%w: matter %d, participants", ErrSums, m.Number)
}

func sum(c voting.Counted, void, silent bool) voting.Weight {
	total := c.Voted
	if void {
		total = total.Plus(c.Void)
	}
	if silent {
		total = total.Plus(c.SilentDelivered)
	}
	return total
}

// close adds the lines of void and silent ballots and checks the sum. What voted but stands on no line
// abstained (approval_each), or is 从众 that no rule could add (an undetermined outcome).
func (f figures) close(m MatterResult, group []row) ([]row, error) {
	c := m.Outcome.Counted
	rest := c.Participants
	for _, r := range group {
		rest = rest.Minus(r.weight)
		if r.weight.Heads == 0 && r.weight.Area != 0 {
			return nil, fmt.Errorf("%w: matter %d, area without heads", ErrSums, m.Number)
		}
	}
	outside := []row{}
	if f.void {
		outside = append(outside, row{label: "无效票", weight: c.Void})
		rest = rest.Minus(c.Void)
	}
	if !f.closing {
		return append(group, outside...), nil
	}
	if f.silent && !joined(m.Outcome, group) {
		outside = append(outside, row{label: "已送达未表决", weight: c.SilentDelivered})
		rest = rest.Minus(c.SilentDelivered)
	}
	switch {
	case rest.Heads < 0 || rest.Area < 0:
		return nil, fmt.Errorf("%w: matter %d, more on the lines than took part", ErrSums, m.Number)
	case m.Matter.Method == voting.ApprovalEach:
		group = append(group, row{label: "弃权", weight: rest, choice: true})
	case rest != voting.Weight{} && m.Outcome.Result == voting.Undetermined:
		group = append(group, row{label: "从众（无法计入）", weight: rest})
	case rest != voting.Weight{}:
		return nil, fmt.Errorf("%w: matter %d, %d heads and %d cm² stand on no line", ErrSums, m.Number, rest.Heads, rest.Area)
	}
	return append(group, outside...), nil
}

// joined tells whether silent ballots were added to one of the lines: then the reading without them differs.
func joined(o voting.Outcome, group []row) bool {
	real := o.Variants[voting.WithoutSilence].Counted
	return slices.ContainsFunc(group, func(r row) bool {
		return r.key != "" && (o.Counted.Options[r.key] != real.Options[r.key] || o.Counted.Against[r.key] != real.Against[r.key])
	})
}

// fewHeads is the number of heads from which a line may show its area: below it the area is as good as
// a room number, and the line would tell how that room voted (notice-form §4.5).
const fewHeads = 3

// hide marks the choice lines of very few heads, beside those that are marked already; where that leaves one unknown in a sum that closes,
// the next smallest choice line goes too, or subtraction would bring the figure back.
func hide(group []row, closing bool) []row {
	hidden, next := 0, -1
	for i, r := range group {
		switch {
		case !r.choice || (r.weight.Heads == 0 && !r.hidden):
		case r.weight.Heads < fewHeads || r.hidden:
			group[i].hidden = true
			hidden++
		case next < 0 || r.weight.Heads < group[next].weight.Heads:
			next = i
		}
	}
	if closing && hidden == 1 && next >= 0 {
		group[next].hidden = true
	}
	return group
}

// hiddenOption tells whether the area of an option stands in the annex.
func (f figures) hiddenOption(key string) bool {
	for _, group := range f.groups {
		if slices.ContainsFunc(group, func(r row) bool {
			return r.hidden && r.key == key && (r.label != "反对" || key == voting.OptionNo)
		}) {
			return true
		}
	}
	return false
}

// anyHidden tells whether the notice must name the annex.
func (f figures) anyHidden() bool {
	return slices.ContainsFunc(f.groups, func(group []row) bool {
		return slices.ContainsFunc(group, func(r row) bool { return r.hidden })
	})
}
