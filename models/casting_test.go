package models

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

const key1, key2 = "idempotency-key-0001", "idempotency-key-0002"

func TestOneVoterHasOneBallot(t *testing.T) {
	inHall(t, func(h *hall) {
		sheet := h.sheets(h.voting())[0]
		session := h.session(sheet)
		yes := Cast{Session: session, Choices: answers(sheet.Matters, voting.Yes), IdemKey: key1}
		first, err := h.CastBallot(h.ctx(), yes)
		h.must(err)
		again, err := h.CastBallot(h.ctx(), yes)
		h.must(err)
		if again.Code != first.Code || again.Number != first.Number || !again.Replayed || first.Replayed {
			t.Errorf("the same request got %+v after %+v", again, first)
		}
		_, err = h.CastBallot(h.ctx(), Cast{Session: session, Choices: answers(sheet.Matters, voting.No), IdemKey: key1})
		h.refused(err, "idempotency_conflict")
		_, err = h.CastBallot(h.ctx(), Cast{Session: session, Choices: yes.Choices, IdemKey: key2})
		h.refused(err, "already_voted")
		found, err := h.CheckReceipt(h.ctx(), strings.ToLower(first.Code))
		h.must(err)
		if found.Number != first.Number || found.VoterID != "" {
			t.Errorf("the receipt leads to %+v", found)
		}
		_, err = h.CheckReceipt(h.ctx(), "K7QF-2M9T-XR4D-8HVC-0")
		if err == nil {
			t.Error("a receipt that nobody was given was found")
		}
	})
}

func TestAHundredParallelRequestsMakeOneBallot(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheet := h.sheets(meeting)[0]
		session := h.session(sheet)
		codes := make([]string, 100)
		var wait sync.WaitGroup
		for i := range codes {
			wait.Go(func() {
				receipt, err := h.CastBallot(h.ctx(), Cast{Session: session, Choices: answers(sheet.Matters, voting.Yes), IdemKey: key1})
				if err != nil {
					t.Errorf("request %d: %v", i, err)
				}
				codes[i] = receipt.Code
			})
		}
		wait.Wait()
		for _, code := range codes {
			if code != codes[0] {
				t.Fatalf("two receipts for one ballot: %s and %s", codes[0], code)
			}
		}
		var n int64
		h.must(h.db.Table("ballot").Where("meeting_id = ?", meeting.ID).Count(&n).Error)
		if n != 1 {
			t.Errorf("%d ballots of one voter", n)
		}
	})
}

func TestBallotsThatCannotBeTaken(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheets := h.sheets(meeting)
		sheet := sheets[1] // a home in building 1: no vote on building 2
		session := h.session(sheet)
		try := func(name, code string, change func(c *Cast)) {
			cast := Cast{Session: session, Choices: answers(sheet.Matters, voting.Yes), IdemKey: key1}
			change(&cast)
			_, err := h.CastBallot(h.ctx(), cast)
			if !errors.Is(err, &Refusal{Code: code}) {
				t.Errorf("%s: got %v, want %s", name, err, code)
			}
		}
		try("no key", "idempotency_missing", func(c *Cast) { c.IdemKey = "" })
		try("a matter left out", "choice_missing", func(c *Cast) { delete(c.Choices, sheet.Matters[0].ID) })
		try("another building's matter", "choice_invalid", func(c *Cast) { c.Choices[meeting.Matters[3].ID] = voting.Choice{Mark: voting.Yes} })
		try("a mark that is not offered", "choice_invalid", func(c *Cast) { c.Choices[sheet.Matters[0].ID] = voting.Choice{Mark: voting.FollowMajority} })
		try("two firms", "choice_invalid", func(c *Cast) {
			c.Choices[sheet.Matters[2].ID] = voting.Choice{Names: []string{"样例物业一", "样例物业二"}}
		})
		try("a voter of nowhere", "forbidden", func(c *Cast) { c.Session.Voter = newID() })
		try("another meeting", "not_found", func(c *Cast) { c.Session.Meeting = newID() })
		h.wait(10*day + CloseGrace)
		try("after the close", "meeting_closed", func(*Cast) {})
	})
}

func TestTheDeadlineIsTheServersClock(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheets := h.sheets(meeting)
		early, late := h.session(sheets[0]), h.session(sheets[1])
		move := func(to int64) { h.mu.Lock(); h.now = to; h.mu.Unlock() }
		move(meeting.ClosesAt - 1)
		_, err := h.CastBallot(h.ctx(), Cast{Session: early, Choices: answers(sheets[0].Matters, voting.Yes), IdemKey: key1})
		h.must(err)
		// Nobody has run Tick yet: the state still says voting, and the ballot is late all the same.
		move(meeting.ClosesAt)
		_, err = h.CastBallot(h.ctx(), Cast{Session: late, Choices: answers(sheets[1].Matters, voting.Yes), IdemKey: key1})
		h.refused(err, "meeting_closed")
		h.wait(CloseGrace)
		receipt, err := h.CastBallot(h.ctx(), Cast{Session: early, Choices: answers(sheets[0].Matters, voting.Yes), IdemKey: key1})
		h.must(err)
		if !receipt.Replayed {
			t.Error("a new ballot after the close leaf")
		}
		_, err = h.CastBallot(h.ctx(), Cast{Session: late, Choices: answers(sheets[1].Matters, voting.Yes), IdemKey: key1})
		h.refused(err, "meeting_closed")
		var last leafRow
		h.must(h.db.Where("meeting_id = ?", meeting.ID).Order("idx DESC").Take(&last).Error)
		if last.Kind != ledger.LeafClose {
			t.Errorf("the log ends with %s", last.Kind)
		}
	})
}

func TestManyVotersAreOneGroupAfterTheOther(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheets := h.sheets(meeting)
		var wait sync.WaitGroup
		for i, sheet := range sheets[:5] {
			session := h.session(sheet)
			wait.Go(func() {
				if _, err := h.CastBallot(h.ctx(), Cast{Session: session, Choices: answers(sheet.Matters, voting.Yes), IdemKey: fmt.Sprintf("%s-%d", key1, i)}); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		var indexes []int64
		h.must(h.db.Table("ballot").Where("meeting_id = ?", meeting.ID).Order("leaf_index").Pluck("leaf_index", &indexes).Error)
		if fmt.Sprint(indexes) != "[1 2 3 4 5]" {
			t.Errorf("leaves of the ballots are %v", indexes)
		}
		h.must(h.TellOfBallots(h.ctx()))
		var told int64
		h.must(h.db.Table("outbox").Where("kind = ?", BallotRecorded).Count(&told).Error)
		if told != 6 { // the couple are two
			t.Errorf("%d owners are told of 5 ballots", told)
		}
	})
}

func TestWhatWasAlteredIsNotCounted(t *testing.T) {
	alterations := map[string]string{
		"a ballot deleted":         "DELETE FROM ballot WHERE leaf_index = 2",
		"sealed choices exchanged": "UPDATE ballot SET sealed = (SELECT other.sealed FROM ballot AS other WHERE other.leaf_index = 1) WHERE leaf_index = 2",
		"a voter exchanged":        "UPDATE ballot SET voter_id = (SELECT id FROM voter WHERE kind = 'developer') WHERE leaf_index = 2",
		"a leaf deleted":           "DELETE FROM ledger_leaf WHERE idx = 3",
		"a leaf altered":           "UPDATE ledger_leaf SET body = (SELECT other.body FROM ledger_leaf AS other WHERE other.idx = 1) WHERE idx = 2",
		"the last leaf cut off":    "DELETE FROM ledger_leaf WHERE kind = 'close'",
		"the group's key lost":     "UPDATE seal_group SET wrapped_key = salt FROM unit WHERE unit.slot = 0",
	}
	for name, sql := range alterations {
		t.Run(name, func(t *testing.T) {
			inHall(t, func(h *hall) {
				meeting := h.voting()
				for _, sheet := range h.sheets(meeting)[:3] {
					_, err := h.cast(sheet, voting.Yes, key1)
					h.must(err)
				}
				h.wait(10*day + CloseGrace)
				result := h.alter(sql)
				h.must(result.Error)
				if result.RowsAffected == 0 {
					t.Fatal("the alteration hit nothing")
				}
				h.refused(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID), "ledger_mismatch")
				if got := h.state(meeting); got != lifecycle.MeetingClosed {
					t.Errorf("the meeting moved on to %s", got)
				}
			})
		})
	}
}

func TestNobodyCanReadAChoiceBeforeTheCount(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheet := h.sheets(meeting)[0]
		_, err := h.cast(sheet, voting.Yes, key1)
		h.must(err)
		var sealed [][]byte
		h.must(h.db.Table("ballot").Where("meeting_id = ?", meeting.ID).Pluck("sealed", &sealed).Error)
		choices := ledger.CanonicalChoices(answers(sheet.Matters, voting.Yes))
		for _, needle := range [][]byte{choices, []byte(`"mark":"yes"`), []byte("样例物业一")} {
			if len(sealed) != 1 || bytes.Contains(sealed[0], needle) {
				t.Error("a sealed ballot shows its choice")
			}
		}
		if file := h.sqliteFile(); file != "" {
			for _, name := range []string{file, file + "-wal"} {
				content, err := os.ReadFile(name)
				h.must(err)
				if bytes.Contains(content, []byte(`"mark":"yes"`)) || bytes.Contains(content, choices) {
					t.Errorf("%s shows a choice", name)
				}
			}
		}
		h.refused(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID), "illegal_step")
		turnout, err := h.TurnoutOf(h.ctx(), meeting)
		h.must(err)
		if turnout.Ballots != 0 || turnout.Cast != (voting.Weight{}) {
			t.Errorf("turnout moves with a single ballot: %+v", turnout)
		}
	})
}

// sqliteFile is the database's file; empty on PostgreSQL.
func (h *hall) sqliteFile() string {
	var file string
	if h.db.Dialector.Name() == "sqlite" {
		h.must(h.db.Raw("SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&file).Error)
	}
	return file
}
