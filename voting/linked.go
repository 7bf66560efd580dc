package voting

import (
	"fmt"
	"slices"
)

// checkFirm refuses an act on the firm outside a motion on item 4, and half of a link.
func (m Matter) checkFirm(Law) error {
	switch {
	case m.FirmAct != "" && (!slices.Contains(FirmActs, m.FirmAct) || m.Kind != Motion || m.Item != FirmItem):
		return refuse(CodeBadValue, "firm_act")
	case m.LinkedTo < 0:
		return refuse(CodeBadValue, "linked_to")
	case m.LinkedTo == 0 && m.LinkedWhen != "":
		return refuse(CodeMissingField, "linked_to")
	case m.LinkedTo > 0 && m.LinkedWhen == "":
		return refuse(CodeMissingField, "linked_when")
	case m.LinkedWhen != "" && !slices.Contains(Conditions, m.LinkedWhen):
		return refuse(CodeBadValue, "linked_when")
	}
	return nil
}

// CheckLinks refuses with link_invalid an agenda on which a matter depends on itself, on a later one, on one that is
// not there, or on a poll, which decides nothing. The matters stand in the order of the agenda.
func CheckLinks(matters []Matter) error {
	for i, m := range matters {
		if m.LinkedTo == 0 {
			continue
		}
		if m.LinkedTo < 0 || m.LinkedTo > i || matters[m.LinkedTo-1].Kind == Consult {
			return refuse(CodeLinkInvalid, fmt.Sprintf("matters[%d].linked_to", i))
		}
	}
	return nil
}

// Effect is what a decided matter comes to once the matters it depends on are decided too.
type Effect string

// The effects.
const (
	TakesEffect Effect = "takes_effect" // carried, and its condition is met; of an election: at least one member
	NoDecision  Effect = "no_decision"  // not carried by itself, or a poll
	Lapsed      Effect = "lapsed"       // its condition is not met: the votes on it stand, they lead to nothing
	Waiting     Effect = "waiting"      // a further vote, or an undetermined outcome, comes first
)

// Effects lists every effect.
var Effects = []Effect{TakesEffect, NoDecision, Lapsed, Waiting}

// Effective tells what each matter of an agenda comes to, such as: renew the firm? if rejected, seek a new one by
// tender? if passed, which? A lapsed matter meets no condition of another. The lists have the same order; it
// refuses link_invalid as [CheckLinks] does, and does_not_add_up when the lists differ in length.
func Effective(matters []Matter, outcomes []Outcome) ([]Effect, error) {
	if len(matters) != len(outcomes) {
		return nil, refuse(CodeDoesNotAddUp, "outcomes")
	}
	if err := CheckLinks(matters); err != nil {
		return nil, err
	}
	effects := make([]Effect, len(matters))
	for i, m := range matters {
		effects[i] = ownEffect(m, outcomes[i])
		if m.LinkedTo == 0 {
			continue
		}
		met, known := m.conditionMet(outcomes[m.LinkedTo-1], effects[m.LinkedTo-1])
		switch {
		case !known:
			effects[i] = Waiting
		case !met:
			effects[i] = Lapsed
		}
	}
	return effects, nil
}

func ownEffect(m Matter, o Outcome) Effect {
	switch {
	case m.Kind == Consult:
		return NoDecision
	case o.Result == Passed || len(o.Elected) > 0:
		return TakesEffect
	case o.Result == RunOffDue || o.Result == Undetermined:
		return Waiting
	}
	return NoDecision
}

// conditionMet: known is false while the matter it depends on is not settled, as when seats are still open.
func (m Matter) conditionMet(on Outcome, effect Effect) (met, known bool) {
	switch {
	case effect == Lapsed:
		return false, true
	case effect == Waiting || on.Result == RunOffDue:
		return false, false
	case m.LinkedWhen == IfRejected:
		return on.Result == Rejected, true
	}
	return on.Result == Passed, true
}
