package tallyfile

import (
	"maps"
	"regexp"
	"slices"
	"strconv"

	"gongjue/voting"
)

// file is a tally file as read; first is its first fault.
type file struct {
	*reader
	law       voting.Law
	policies  voting.Policies
	matter    voting.Matter
	byBallots bool
	counts    voting.Counts // totals form
	voters    []voting.Voter
	ballots   []voting.Ballot
	delivered []string
}

func read(tree map[string]any) *file {
	f := &file{reader: &reader{}}
	root := f.object(tree, "")
	pack := root.name("pack")
	if law, known := lawOf(pack); known {
		f.law = law
	} else {
		f.refuse(CodeBadValue, "pack")
	}
	byTotals := root.has("total") || root.has("counts")
	f.byBallots = root.has("voters") || root.has("ballots") || root.has("delivered")
	if byTotals && f.byBallots {
		f.refuse(CodeBadValue, "counts")
	}
	if policies, there := root.take("policies", false); there {
		f.readPolicies(f.object(policies, "policies"))
	}
	if matter, there := root.take("matter", true); there {
		f.readMatter(f.object(matter, "matter"))
	}
	if f.first != nil { // what follows is read by the kind of the matter
		return f
	}
	if f.byBallots {
		f.readBallots(root)
	} else {
		f.readTotals(root)
	}
	root.done()
	return f
}

func (f *file) readPolicies(o object) {
	f.policies = voting.Policies{
		Silence:        oneOf(o, "silence", voting.Silences, false),
		FirstMeeting:   o.flag("first_meeting", false),
		FollowMajority: o.flag("follow_majority", false),
		Blank:          oneOf(o, "blank", voting.Blanks, false),
		Rank:           oneOf(o, "rank", voting.Ranks, false),
		RunOff:         o.flag("run_off", false),
		Shortfall:      oneOf(o, "shortfall", voting.Shortfalls, false),
	}
	if o.has("void_participates") {
		inside := o.flag("void_participates", true)
		f.policies.VoidParticipates = &inside
	}
	oneOf(o, "tie_on_both", []string{"revote"}, false)
	o.done()
}

func (f *file) readMatter(o object) {
	m := voting.Matter{Kind: oneOf(o, "kind", voting.Kinds, true)}
	if m.Kind != voting.Consult {
		m.Item = o.integer("item", 1, true)
	}
	if m.Kind == voting.Election || m.Kind == voting.Selection {
		m.Method = oneOf(o, "method", voting.Methods, true)
		m.Options = o.names("options", true, false)
	}
	if m.Kind == voting.Election {
		m.Seats = o.integer("seats", 1, true)
		m.Alternates = o.integer("alternates", 0, false)
		m.Sitting = o.integer("sitting", 0, false)
		m.MinMembers = o.integer("min_members", 1, false)
		if m.Method == voting.Pick {
			m.MaxChoices = o.integer("max_choices", 1, false)
		}
	}
	if m.Kind == voting.Consult {
		if threshold, there := o.take("threshold", true); there {
			m.Poll = f.readPoll(f.object(threshold, "matter.threshold"))
		}
	}
	if f.byBallots {
		seen := map[string]bool{}
		for _, place := range o.names("scope", false, false) {
			if !seen[place] { // a place named twice is still one place
				seen[place] = true
				m.Scope = append(m.Scope, place)
			}
		}
	}
	o.done()
	f.matter = m
}

var fraction = regexp.MustCompile(`^([1-9][0-9]{0,2})/([1-9][0-9]{0,2})$`)

func (f *file) readPoll(o object) *voting.Poll {
	poll := &voting.Poll{
		OfAll:      oneOf(o, "of", []string{"participants", "all"}, true) == "all",
		Dimensions: voting.Dimensions,
	}
	poll.Threshold.Strict = o.flag("strict", true)
	if parts := fraction.FindStringSubmatch(o.name("fraction")); parts != nil {
		poll.Threshold.Num, _ = strconv.ParseInt(parts[1], 10, 64) // the pattern leaves at most three digits
		poll.Threshold.Den, _ = strconv.ParseInt(parts[2], 10, 64)
	} else {
		f.refuse(CodeBadValue, o.at("fraction"))
	}
	if o.has("dimensions") {
		poll.Dimensions = nil
		for _, name := range o.names("dimensions", true, false) {
			poll.Dimensions = append(poll.Dimensions, voting.Dimension(name))
		}
	}
	o.done()
	return poll
}

// markedOnce: a valid ballot names one thing, so the ballots are the sum of the things.
func (f *file) markedOnce() bool {
	m := f.matter
	return m.Kind == voting.Motion || m.Kind == voting.Consult || (m.Kind == voting.Selection && m.Method == voting.Pick)
}

func (f *file) readTotals(root object) {
	c := &f.counts
	c.Total = root.weight("total", true)
	tree, there := root.take("counts", true)
	if !there {
		return
	}
	o := f.object(tree, "counts")
	if options, there := o.take("options", true); there {
		f.readOptions(f.object(options, "counts.options"))
	}
	c.Void = o.weight("void", false)
	c.SilentDelivered = o.weight("silent_delivered", false)
	if !f.markedOnce() {
		c.Voted = o.weight("voted", true)
		o.done()
		return
	}
	c.Abstain = o.weight("abstain", false)
	if f.matter.Kind != voting.Consult {
		c.FollowMajority = o.weight("follow_majority", false)
	}
	o.done()
	c.Voted = c.Abstain.Plus(c.FollowMajority)
	for _, weight := range c.Options {
		c.Voted = c.Voted.Plus(weight)
	}
}

func (f *file) readOptions(o object) {
	c := &f.counts
	c.Options = map[string]voting.Weight{}
	if f.matter.Method == voting.ApprovalEach {
		c.Against = map[string]voting.Weight{}
	}
	for _, name := range f.matter.OptionNames() {
		if f.matter.Method != voting.ApprovalEach {
			c.Options[name] = o.weight(name, true)
			continue
		}
		if tree, there := o.take(name, true); there {
			pair := f.object(tree, o.at(name))
			c.Options[name], c.Against[name] = pair.weight(voting.OptionYes, true), pair.weight(voting.OptionNo, true)
			pair.done()
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.fields)) {
		if !o.asked[name] && (f.matter.Kind == voting.Election || f.matter.Kind == voting.Selection) {
			f.refuse(CodeUnknownName, o.at(name))
		}
	}
	o.done()
}
