package models

import (
	"errors"
	"sync"
	"testing"

	"gongjue/voting"
	"gongjue/voting/ledger"
)

// TestWhatASheetSaysIsCountedAsAnnounced: one sheet with a void answer, a blank, too many names and a vote.
func TestWhatASheetSaysIsCountedAsAnnounced(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheet := h.sheets(meeting)[0] // person 1: 1.7 million cm², one head, in both buildings
		entry := marked(sheet, voting.Yes)
		id := func(i int) string { return sheet.Matters[i].ID }
		entry.Marks[id(0)] = ledger.PaperMark{Void: ledger.VoidUnreadable}
		entry.Marks[id(1)] = ledger.PaperMark{}
		entry.Marks[id(2)] = ledger.PaperMark{Choice: voting.Choice{Names: []string{"样例物业二", "样例物业一"}}}
		h.enter(RoleTeller, meeting, entry, PaperWaiting)
		entry.Marks[id(2)] = ledger.PaperMark{Choice: voting.Choice{Names: []string{"样例物业一", "样例物业二"}}} // the same two names
		h.enter(RoleConvener, meeting, entry, PaperRecorded)
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		all, inside := voting.Weight{Heads: 1, Area: 1_700_000}, voting.Weight{Heads: 1, Area: 800_000}
		for i, want := range []struct{ voted, void, yes voting.Weight }{{void: all}, {voted: all}, {void: all}, {voted: inside, yes: inside}} {
			var counts struct{ voted, void, yes voting.Weight }
			c := results[0].Matters[i].Outcome.Counted
			counts.voted, counts.void, counts.yes = c.Voted, c.Void, c.Options[voting.OptionYes]
			if counts != want {
				t.Errorf("matter %d: %+v, want %+v", i+1, counts, want)
			}
		}
	})
}

func TestAPaperBallotThatWasAlteredIsNotCounted(t *testing.T) {
	for name, sql := range map[string]string{
		"another channel":          "UPDATE ballot SET channel = 'online'",
		"the voter exchanged":      "UPDATE ballot SET voter_id = (SELECT id FROM voter WHERE kind = 'developer')",
		"the ballot deleted":       "DELETE FROM ballot",
		"the leaf called a ballot": "UPDATE ledger_leaf SET body = (SELECT other.body FROM ledger_leaf AS other WHERE other.idx = 0) WHERE kind = 'paper'",
		"the leaf deleted":         "DELETE FROM ledger_leaf WHERE kind = 'paper'",
	} {
		t.Run(name, func(t *testing.T) {
			inHall(t, func(h *hall) {
				meeting := h.voting()
				sheet := h.sheets(meeting)[0]
				h.enter(RoleTeller, meeting, marked(sheet, voting.Yes), PaperWaiting)
				h.enter(RoleConvener, meeting, marked(sheet, voting.Yes), PaperRecorded)
				h.wait(10*day + CloseGrace)
				result := h.alter(sql)
				h.must(result.Error)
				if result.RowsAffected == 0 {
					t.Fatal("the alteration hit nothing")
				}
				h.refused(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID), "ledger_mismatch")
			})
		})
	}
}

func TestPaperAndPhoneAtTheSameMomentMakeOneBallot(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		for _, sheet := range h.sheets(meeting)[:4] {
			session := h.session(sheet)
			h.enter(RoleTeller, meeting, marked(sheet, voting.No), PaperWaiting)
			var wait sync.WaitGroup
			var paper, online error
			wait.Go(func() {
				_, paper = h.EnterPaper(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, marked(sheet, voting.No))
			})
			wait.Go(func() {
				_, online = h.CastBallot(h.ctx(), Cast{Session: session, Choices: answers(sheet.Matters, voting.Yes), IdemKey: key1})
			})
			wait.Wait()
			voted := &Refusal{Code: "already_voted"}
			if !(paper == nil && errors.Is(online, voted)) && !(online == nil && errors.Is(paper, voted)) {
				t.Errorf("paper: %v, online: %v", paper, online)
			}
		}
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if results[0].Ballots != 4 {
			t.Errorf("%d ballots of four voters", results[0].Ballots)
		}
	})
}
