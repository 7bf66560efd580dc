package lifecycle

import (
	"errors"
	"slices"
	"testing"
)

func TestMeetingSteps(t *testing.T) {
	tests := []struct {
		name  string
		state MeetingState
		event Event
		actor Actor
		want  MeetingState // empty: illegal
	}{
		{"the convener gives notice", MeetingDraft, EventNotice, Convener, MeetingNoticed},
		{"the street does not give notice", MeetingDraft, EventNotice, Street, ""},
		{"the clock opens", MeetingNoticed, EventOpen, System, MeetingVoting},
		{"no convener opens", MeetingNoticed, EventOpen, Convener, ""},
		{"the clock closes", MeetingVoting, EventClose, System, MeetingClosed},
		{"no convener closes", MeetingVoting, EventClose, Convener, ""},
		{"no street closes", MeetingVoting, EventClose, Street, ""},
		{"no operator closes", MeetingVoting, EventClose, Operator, ""},
		{"a notice may be withdrawn", MeetingNoticed, EventCancel, Convener, MeetingCancelled},
		{"an open vote may not be withdrawn", MeetingVoting, EventCancel, Convener, ""},
		{"a teller counts", MeetingClosed, EventCount, Teller, MeetingTallied},
		{"a convener counts", MeetingClosed, EventCount, Convener, MeetingTallied},
		{"the street never counts", MeetingClosed, EventCount, Street, ""},
		{"nobody counts an open vote", MeetingVoting, EventCount, Teller, ""},
		{"the street opens with the second card", MeetingClosed, EventUnseal, Street, MeetingTallied},
		{"no card opens an open vote", MeetingVoting, EventUnseal, Street, ""},
		{"no card opens a counted vote again", MeetingTallied, EventUnseal, Street, ""},
		{"a teller does not publish", MeetingPreliminary, EventPublish, Teller, ""},
		{"the final result follows the preliminary one", MeetingPreliminary, EventPublish, Convener, MeetingPublished},
		{"no final result without a display", MeetingTallied, EventPublish, Convener, ""},
		{"a published result is not counted again", MeetingPublished, EventCount, Teller, ""},
		{"the street orders correction", MeetingPublished, EventOrderCorrection, Street, MeetingUnderCorrection},
		{"the convener reports what was corrected", MeetingUnderCorrection, EventReport, Convener, MeetingUnderCorrection},
		{"the convener does not end the order", MeetingUnderCorrection, EventCorrect, Convener, ""},
		{"a corrected result stands again", MeetingUnderCorrection, EventCorrect, Street, MeetingPublished},
		{"some matters of several fall", MeetingPublished, EventRevokePart, District, MeetingPublished},
		{"a refused correction is revoked", MeetingUnderCorrection, EventRevoke, District, MeetingRevoked},
		{"a cancelled meeting stays cancelled", MeetingCancelled, EventNotice, Convener, ""},
		{"an unknown state goes nowhere", "half_open", EventClose, System, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, illegal := Meetings.Next(test.state, test.event, test.actor)
			if test.want == "" {
				if illegal == nil || illegal.Code() != "illegal_step" || got != test.state {
					t.Errorf("got %s, %v; want an illegal step that stays", got, illegal)
				}
				return
			}
			if illegal != nil || got != test.want {
				t.Errorf("got %s, %v; want %s", got, illegal, test.want)
			}
		})
	}
}

func TestFilingIsReturnedAndFiledAgain(t *testing.T) {
	state := FilingDraft
	for _, step := range []struct {
		event Event
		actor Actor
	}{{EventSubmit, Convener}, {EventReturn, Street}, {EventSubmit, Convener}, {EventCertify, Street}} {
		next, illegal := Filings.Next(state, step.event, step.actor)
		if illegal != nil {
			t.Fatal(illegal)
		}
		state = next
	}
	if state != FilingCertified {
		t.Errorf("ended %s", state)
	}
	if _, illegal := Filings.Next(FilingSubmitted, EventCertify, Convener); illegal == nil {
		t.Error("a convener certified its own filing")
	}
	if _, illegal := Filings.Next(FilingReturned, EventCertify, Street); illegal == nil {
		t.Error("returned papers were certified without being filed again")
	}
}

func TestRosterIsFrozenOnlyAfterDisplay(t *testing.T) {
	if _, illegal := Rosters.Next(RosterDraft, EventFreeze, Convener); illegal == nil {
		t.Error("a draft was frozen")
	}
	if got, illegal := Rosters.Next(RosterPublished, EventFreeze, Street); illegal != nil || got != RosterFrozen {
		t.Errorf("by the street: %s, %v", got, illegal)
	}
	if _, illegal := Rosters.Next(RosterPublished, EventFreeze, Convener); illegal == nil {
		t.Error("the convener, who published it, froze it too")
	}
	if _, illegal := Rosters.Next(RosterFrozen, EventImport, Convener); illegal == nil {
		t.Error("a frozen roster was imported into")
	}
}

func TestAnAmendmentTakesTwo(t *testing.T) {
	if got, illegal := Amendments.Next(AmendmentProposed, EventApprove, Street); illegal != nil || got != AmendmentApproved {
		t.Errorf("by the street: %s, %v", got, illegal)
	}
	if _, illegal := Amendments.Next(AmendmentProposed, EventApprove, Convener); illegal == nil {
		t.Error("the convener, who proposed it, approved it too")
	}
	for _, state := range AmendmentStates[1:] {
		for _, actor := range Actors {
			if events := Amendments.Events(state, actor); len(events) != 0 {
				t.Errorf("%s may still %v what is %s", actor, events, state)
			}
		}
	}
}

func TestEventsAreTheButtonsOfAPage(t *testing.T) {
	if got := Meetings.Events(MeetingDraft, Convener); !slices.Equal(got, []Event{EventNotice, EventCancel}) {
		t.Errorf("convener of a draft: %v", got)
	}
	if got := Meetings.Events(MeetingVoting, Teller); len(got) != 0 {
		t.Errorf("teller while voting: %v", got)
	}
	if got := Objections.Events(ObjectionOpen, Owner); !slices.Equal(got, []Event{EventWithdraw}) {
		t.Errorf("owner of an open objection: %v", got)
	}
}

func TestIllegalIsAnError(t *testing.T) {
	_, illegal := Meetings.Next(MeetingVoting, EventClose, Convener)
	var err error = illegal
	var target *Illegal
	if !errors.As(err, &target) || err.Error() != "illegal_step: close by convener in state voting" {
		t.Errorf("%v", err)
	}
}

func TestTablesAreSound(t *testing.T) {
	sound(t, "roster", Rosters, RosterStates)
	sound(t, "meeting", Meetings, MeetingStates)
	sound(t, "filing", Filings, FilingStates)
	sound(t, "objection", Objections, ObjectionStates)
	sound(t, "amendment", Amendments, AmendmentStates)
	sound(t, "emergency", Emergencies, EmergencyStates)
	sound(t, "contract", Contracts, ContractStates)
	sound(t, "filing of a contract", ContractFilingSteps, ContractFilings)
	sound(t, "convening", Convenings, ConveningStates)
	sound(t, "sitting", Sittings, SittingStates)
	sound(t, "decision", Decisions, DecisionStates)
}

// sound: every name stands in its list, no step is written twice, and every state can be reached from the
// first of the list.
func sound[S ~string](t *testing.T, name string, table Table[S], states []S) {
	t.Helper()
	reached := map[S]bool{states[0]: true}
	for range states {
		for _, step := range table {
			if reached[step.From] {
				reached[step.Next] = true
			}
		}
	}
	for _, state := range states {
		if !reached[state] {
			t.Errorf("%s: nothing leads to %s", name, state)
		}
	}
	type key struct {
		from  S
		event Event
	}
	seen := map[key]bool{}
	for _, step := range table {
		if !slices.Contains(states, step.From) || !slices.Contains(states, step.Next) {
			t.Errorf("%s: %v names a state outside the list", name, step)
		}
		if !slices.Contains(Events, step.Event) {
			t.Errorf("%s: %s is not in Events", name, step.Event)
		}
		if len(step.By) == 0 {
			t.Errorf("%s: nobody takes %v", name, step)
		}
		for _, actor := range step.By {
			if !slices.Contains(Actors, actor) {
				t.Errorf("%s: %s is not in Actors", name, actor)
			}
		}
		if seen[key{step.From, step.Event}] {
			t.Errorf("%s: %s in %s stands twice", name, step.Event, step.From)
		}
		seen[key{step.From, step.Event}] = true
	}
}

func TestEveryEventIsUsedOnce(t *testing.T) {
	used := map[Event]bool{}
	note := func(event Event) { used[event] = true }
	for _, step := range Rosters {
		note(step.Event)
	}
	for _, step := range Meetings {
		note(step.Event)
	}
	for _, step := range Filings {
		note(step.Event)
	}
	for _, step := range Objections {
		note(step.Event)
	}
	for _, step := range Amendments {
		note(step.Event)
	}
	for _, step := range Emergencies {
		note(step.Event)
	}
	for _, step := range Convenings {
		note(step.Event)
	}
	for _, step := range Committees {
		note(step.Event)
	}
	for _, step := range Contracts {
		note(step.Event)
	}
	for _, step := range ContractFilingSteps {
		note(step.Event)
	}
	for _, event := range Events {
		if !used[event] {
			t.Errorf("no table knows %s", event)
		}
	}
	if len(used) != len(Events) {
		t.Errorf("%d events used, %d listed", len(used), len(Events))
	}
}

func TestTheStepsOfATerm(t *testing.T) {
	for _, test := range []struct {
		name  string
		state CommitteeState
		event Event
		actor Actor
		want  CommitteeState // empty: illegal
	}{
		{"the committee chooses its chair", CommitteeElected, EventConstitute, Convener, CommitteeConstituted},
		{"a teller records no choice", CommitteeElected, EventConstitute, Teller, ""},
		{"nobody certifies but by a certificate", CommitteeConstituted, EventCertify, Street, ""},
		{"the street alone forms the renewal group", CommitteeServing, EventFormGroup, Street, CommitteeRenewal},
		{"the committee does not", CommitteeServing, EventFormGroup, Convener, ""},
		{"the street alone suspends", CommitteeServing, EventSuspendOne, Convener, ""},
		{"nobody ends a term but by the next one", CommitteeRenewal, EventEndTerm, Convener, ""},
		{"papers are handed over after the term", CommitteeEnded, EventHandOver, Convener, CommitteeEnded},
		{"an ended term changes no more", CommitteeEnded, EventChangeMember, Street, ""},
		{"what fell with its election stays so", CommitteeRevoked, EventCertify, System, ""},
		{"an interim body waits for its display", CommitteeDisplayed, EventTakeOffice, Convener, ""},
	} {
		got, illegal := Committees.Next(test.state, test.event, test.actor)
		if (test.want == "") != (illegal != nil) || illegal == nil && got != test.want {
			t.Errorf("%s: %s, %v", test.name, got, illegal)
		}
	}
}
