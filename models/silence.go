package models

import (
	"strings"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// silenceFields are where a form asks for what a silence policy lacks.
var silenceFields = map[voting.Code]string{voting.CodeSilenceFirstMeeting: "silence", voting.CodeSilenceElections: "silence_elections"}

// settleSilence puts in order what a silence policy rests on: the convener names the rule, and this system vouches for
// the rest: without its proof a sheet does not count as delivered (see Delivery), and every notice, sheet and ballot page
// prints the warning. The interim covenant stands in at a first meeting where the pack of the place says so, and nowhere
// else. Refusals: silence_first_meeting, silence_rule_missing (field: what is missing).
func (t *MeetingTerms) settleSilence(pack rules.Pack) error {
	t.Policies.InterimCovenant = false
	if t.Policies.Silence == "" || t.Policies.Silence == voting.NotParticipating {
		t.SilenceRule = nil
		return nil
	}
	rule := deref(t.SilenceRule)
	rule.Document, rule.Clause = strings.TrimSpace(rule.Document), strings.TrimSpace(rule.Clause)
	rule.DeliveryProofPerBallot, rule.WarningShown, rule.FirstMeeting = true, true, t.first()
	if source := pack.InterimCovenant(); rule.InterimCovenant && rule.FirstMeeting && source != nil {
		rule.RuleAdopted, rule.Law = false, source.String()
	} else {
		rule.InterimCovenant, rule.Law = false, ""
	}
	t.Policies.InterimCovenant = rule.InterimCovenant
	t.SilenceRule = &rule
	return t.SilenceLacks()
}

// first tells whether nothing can have been adopted before: as announced, and whenever a preparation group calls, which
// calls nothing but the first meeting. Otherwise leaving one box empty would let a draft covenant count silence.
func (t *MeetingTerms) first() bool {
	return t.Policies.FirstMeeting || t.ConvenerKind == lifecycle.PreparationGroup
}

// silenceText is the rule as it is stored; empty for none.
func (t *MeetingTerms) silenceText() (string, error) {
	if t.SilenceRule == nil {
		return "", nil
	}
	return jsonText(t.SilenceRule)
}

// SilenceLacks refuses a silence policy whose conditions do not hold for matters of these kinds. Whether its clause
// reaches elections matters once one is on the agenda. Refusals: silence_first_meeting, silence_rule_missing,
// silence_elections_missing.
func (t *MeetingTerms) SilenceLacks(kinds ...voting.Kind) error {
	rule := deref(t.SilenceRule)
	rule.FirstMeeting = t.first() // of a draft that was written before, too
	lacks := rule.Check(t.Policies.Silence, kinds...)
	if len(lacks) == 0 {
		return nil
	}
	field, known := silenceFields[lacks[0].Code]
	switch {
	case known:
	case rule.Document == "":
		field = "silence_document"
	case rule.Clause == "":
		field = "silence_clause"
	default:
		field = "silence_adopted"
	}
	return refuseField(string(lacks[0].Code), field)
}

// CountsSilence tells whether ballots that were delivered and not cast may change anything here.
func (t *MeetingTerms) CountsSilence() bool {
	return t.Policies.SilenceIn(voting.Motion) != voting.NotParticipating
}

// Kinds are the kinds of the matters on the agenda, in its order.
func (m Meeting) Kinds() []voting.Kind {
	kinds := make([]voting.Kind, len(m.Matters))
	for i, matter := range m.Matters {
		kinds[i] = matter.Rule.Kind
	}
	return kinds
}
