package voting_test

import (
	"slices"
	"testing"

	"gongjue/voting"
)

// agenda asks: renew the firm? if not, seek a new one by tender? if so, which? and a poll.
var agenda = []voting.Matter{
	{Kind: voting.Motion, Item: 4, FirmAct: voting.RenewFirm},
	{Kind: voting.Motion, Item: 4, FirmAct: voting.TenderFirm, LinkedTo: 1, LinkedWhen: voting.IfRejected},
	{Kind: voting.Selection, Item: 4, Method: voting.ApprovalEach, Options: []string{"东", "西"}, LinkedTo: 2, LinkedWhen: voting.IfPassed},
	{Kind: voting.Consult, Poll: &voting.Poll{Threshold: voting.OverHalf, Dimensions: voting.Dimensions}},
}

func TestEffectiveFollowsTheLinks(t *testing.T) {
	for i, m := range agenda {
		if err := m.Validate(civilCode); err != nil {
			t.Fatalf("matter %d: %v", i+1, err)
		}
	}
	const (
		yes, no, none    = voting.Passed, voting.Rejected, voting.NotFormed
		again, open      = voting.RunOffDue, voting.Undetermined
		in, out, void, w = voting.TakesEffect, voting.NoDecision, voting.Lapsed, voting.Waiting
	)
	tests := []struct {
		name    string
		results [4]voting.Result
		want    []voting.Effect
	}{
		{"renewed: the rest lapses, however it was voted", [4]voting.Result{yes, yes, yes, yes}, []voting.Effect{in, void, void, out}},
		{"not renewed, tendered, selected", [4]voting.Result{no, yes, yes, yes}, []voting.Effect{out, in, in, out}},
		{"not renewed, tendered, nobody selected", [4]voting.Result{no, yes, no, no}, []voting.Effect{out, in, out, out}},
		{"not renewed, tendered, a run-off", [4]voting.Result{no, yes, again, yes}, []voting.Effect{out, in, w, out}},
		{"not renewed, no tender: which firm lapses", [4]voting.Result{no, no, yes, yes}, []voting.Effect{out, out, void, out}},
		{"nothing decided on renewal is no rejection", [4]voting.Result{none, yes, yes, yes}, []voting.Effect{out, void, void, out}},
		{"renewal open: all of it waits", [4]voting.Result{open, yes, yes, yes}, []voting.Effect{w, w, w, out}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			outcomes := make([]voting.Outcome, 4)
			for i, result := range test.results {
				outcomes[i].Result = result
			}
			if got, err := voting.Effective(agenda, outcomes); err != nil || !slices.Equal(got, test.want) {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
}

func TestAnElectionTakesEffectForWhoWasElected(t *testing.T) {
	matters := []voting.Matter{
		{Kind: voting.Election, Item: 3, Method: voting.Pick, Options: []string{"甲"}, Seats: 5},
		{Kind: voting.Motion, Item: 9, LinkedTo: 1, LinkedWhen: voting.IfPassed},
	}
	outcomes := []voting.Outcome{{Result: voting.RunOffDue, Elected: []string{"甲"}, OpenSeats: 4}, {Result: voting.Passed}}
	got, err := voting.Effective(matters, outcomes)
	if err != nil || !slices.Equal(got, []voting.Effect{voting.TakesEffect, voting.Waiting}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestLinksThatLeadNowhereAreRefused(t *testing.T) {
	for name, matters := range map[string][]voting.Matter{
		"to itself":     {{Kind: voting.Motion, Item: 9, LinkedTo: 1, LinkedWhen: voting.IfPassed}},
		"to a later":    {{Kind: voting.Motion, Item: 9, LinkedTo: 2, LinkedWhen: voting.IfPassed}, {Kind: voting.Motion, Item: 9}},
		"to nothing":    {{Kind: voting.Motion, Item: 9, LinkedTo: 9, LinkedWhen: voting.IfPassed}},
		"to a negative": {{Kind: voting.Motion, Item: 9, LinkedTo: -1, LinkedWhen: voting.IfPassed}},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, voting.CheckLinks(matters), voting.CodeLinkInvalid, "matters[0].linked_to")
			_, err := voting.Effective(matters, make([]voting.Outcome, len(matters)))
			refused(t, err, voting.CodeLinkInvalid, "matters[0].linked_to")
		})
	}
	poll := []voting.Matter{agenda[3], {Kind: voting.Motion, Item: 9, LinkedTo: 1, LinkedWhen: voting.IfPassed}}
	refused(t, voting.CheckLinks(poll), voting.CodeLinkInvalid, "matters[1].linked_to")
	_, err := voting.Effective(agenda, nil)
	refused(t, err, voting.CodeDoesNotAddUp, "outcomes")
}
