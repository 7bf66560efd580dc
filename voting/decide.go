package voting

import "slices"

// The names under which an outcome carries its other readings.
const (
	WithoutSilence = "without_silence" // as if silent ballots took no part
	WithVoid       = "with_void"       // as if void ballots took part
	WithoutVoid    = "without_void"    // as if they did not
)

// VariantNames lists every name of a variant.
var VariantNames = []string{WithoutSilence, WithVoid, WithoutVoid}

// Decide turns counts into an outcome that lists every comparison. Where law and announced parameters do
// not decide, the outcome is undetermined and its variants show the readings; nothing is chosen silently.
// It refuses with a *[Refusal] what [Matter.Validate], [Policies.Validate] refuse, and counts that do not
// add up or are not those of the matter.
func Decide(law Law, p Policies, m Matter, c Counts) (Outcome, error) {
	if err := m.Validate(law); err != nil {
		return Outcome{}, err
	}
	if err := p.Validate(); err != nil {
		return Outcome{}, err
	}
	if err := c.check(m, p); err != nil {
		return Outcome{}, err
	}
	outcome, variants := readVoid(law, p, m, c)
	silence := p.SilenceIn(m.Kind)
	if silence != NotParticipating && c.SilentDelivered != (Weight{}) {
		quiet := p
		quiet.Silence = NotParticipating
		variants[WithoutSilence], _ = readVoid(law, quiet, m, c)
	}
	if len(variants) > 0 {
		outcome.Variants = variants
	}
	return outcome, nil
}

// readVoid decides with void ballots inside or outside participation, as announced. If nobody announced
// it and it matters, the answer is undetermined; the variants are both readings.
func readVoid(law Law, p Policies, m Matter, c Counts) (Outcome, map[string]Outcome) {
	if p.VoidParticipates != nil || c.Void == (Weight{}) {
		inside := p.VoidParticipates != nil && *p.VoidParticipates
		return read(law, p, m, c, inside), map[string]Outcome{}
	}
	with, without := read(law, p, m, c, true), read(law, p, m, c, false)
	variants := map[string]Outcome{WithVoid: with, WithoutVoid: without}
	if sameDecision(with, without) {
		return with, variants
	}
	return with.withoutDecision(m, p, Undetermined, VoidNotAnnounced), variants
}

func sameDecision(a, b Outcome) bool {
	return a.Result == b.Result && a.Committee == b.Committee && a.Selected == b.Selected &&
		slices.Equal(a.Elected, b.Elected) && slices.Equal(a.Alternates, b.Alternates) &&
		slices.Equal(a.AlternatesTied, b.AlternatesTied) && slices.Equal(a.TiePending, b.TiePending) &&
		slices.Equal(a.RunOff, b.RunOff)
}

// yardstick is the approval test of one matter with the whole it is measured against.
type yardstick struct {
	threshold  Threshold
	whole      Weight
	ofTotal    bool
	law        string
	dimensions []Dimension
}

// read decides one reading, in which nothing is left to announce but ties and leaders.
func read(law Law, p Policies, m Matter, c Counts, voidInside bool) Outcome {
	final := settle(p, m, c)
	participants := c.Voted
	if voidInside {
		participants = participants.Plus(c.Void)
	}
	if final.silentTakesPart {
		participants = participants.Plus(c.SilentDelivered)
	}
	o := Outcome{Binding: m.Kind != Consult, Counted: Counted{
		Total: c.Total, Participants: participants, Voted: c.Voted, Void: c.Void,
		SilentDelivered: c.SilentDelivered, Abstain: c.Abstain, Options: final.options, Against: final.against,
	}}
	if m.Kind != Consult && !o.participate(law.Participation) {
		return o.withoutDecision(m, p, NotFormed, "")
	}
	measure := approvalOf(law, m, o.Counted)
	short := o.approve(m, measure)
	if final.open != "" {
		return o.withoutDecision(m, p, Undetermined, final.open)
	}
	switch m.Kind {
	case Election:
		o.elect(m, p, measure, short, nil)
	case Selection:
		o.choose(m, p, measure, short, nil)
	default:
		o.Result = Rejected
		if short[OptionYes] == "" {
			o.Result = Passed
		}
	}
	return o
}

func approvalOf(law Law, m Matter, counted Counted) yardstick {
	test, dimensions := law.Approval(m.Item), Dimensions
	if m.Kind == Consult {
		test = Test{Threshold: m.Poll.Threshold, OfTotal: m.Poll.OfAll}
		dimensions = slices.DeleteFunc(slices.Clone(Dimensions), func(d Dimension) bool {
			return !slices.Contains(m.Poll.Dimensions, d)
		})
	}
	whole := counted.Participants
	if test.OfTotal {
		whole = counted.Total
	}
	return yardstick{test.Threshold, whole, test.OfTotal, test.Article, dimensions}
}

// participate adds both participation steps and tells whether both are met.
func (o *Outcome) participate(test Test) bool {
	met := true
	for _, d := range Dimensions {
		step := newStep(Participation, "", d, o.Counted.Participants, yardstick{
			threshold: test.Threshold, whole: o.Counted.Total, ofTotal: true, law: test.Article,
		})
		o.Steps = append(o.Steps, step)
		met = met && step.Met
	}
	return met
}

// approve adds the approval steps of every option that can pass, and gives each option that falls short
// the measure in which it does.
func (o *Outcome) approve(m Matter, measure yardstick) map[string]Shortness {
	names := m.Options
	if m.Kind == Motion || m.Kind == Consult { // of a scale: what agrees, together
		names = []string{OptionYes}
	}
	for _, name := range names {
		for _, d := range measure.dimensions {
			o.Steps = append(o.Steps, newStep(Approval, name, d, m.votes(name, o.Counted.Options), measure))
		}
	}
	return o.short()
}

// short reads from the approval steps who falls short, and in which measure.
func (o Outcome) short() map[string]Shortness {
	short := make(map[string]Shortness)
	for _, step := range o.Steps {
		if step.What == Approval && !step.Met {
			short[step.Option] = shorter(short[step.Option], step.Dimension)
		}
	}
	return short
}

func shorter(already Shortness, d Dimension) Shortness {
	switch {
	case already != "":
		return BothShort
	case d == ByHeads:
		return HeadsShort
	}
	return AreaShort
}

func newStep(what StepKind, option string, d Dimension, part Weight, measure yardstick) Step {
	margin := part.In(d) - measure.threshold.Need(measure.whole.In(d))
	return Step{
		What: what, Option: option, Dimension: d, Part: part.In(d), Whole: measure.whole.In(d),
		OfTotal: measure.ofTotal, Threshold: measure.threshold, Met: margin >= 0, Margin: margin, Law: measure.law,
	}
}

// withoutDecision is the outcome when nothing was decided: figures and steps stay, no option has a place.
func (o Outcome) withoutDecision(m Matter, p Policies, result Result, reason Reason) Outcome {
	bare := Outcome{Result: result, Reason: reason, Binding: o.Binding, Counted: o.Counted, Steps: o.Steps}
	if m.Kind == Election {
		bare.OpenSeats = m.Seats
		bare.Committee = CommitteeUndetermined
		if result == NotFormed {
			bare.Committee = committee(m, p, 0)
		}
	}
	return bare
}
