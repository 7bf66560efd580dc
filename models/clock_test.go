package models

import (
	"sync/atomic"
	"testing"

	"gongjue/migrations"
	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

func TestNothingIsWrittenWhileTheClockIsNotToBeBelieved(t *testing.T) {
	inHall(t, func(h *hall) {
		if h.dialect == migrations.Postgres {
			return // has a clock of its own, from which the test's is years apart: see below
		}
		meeting := h.voting()
		sheets := h.sheets(meeting)
		var sessions []ResidentSession
		for _, sheet := range sheets[:4] {
			sessions = append(sessions, h.session(sheet))
		}
		passed := h.now // what has passed moves with the clock until the clock jumps
		h.clocks = newClock(h.clock, func() int64 { return passed })
		for i, c := range []struct {
			name     string
			off      int64
			believed bool
		}{
			{"five seconds ahead are a correction", clockTolerance, true},
			{"a little more is a jump", clockTolerance + 1, false},
			{"five seconds back are a correction", -clockTolerance, true},
			{"a little more back is a jump", -clockTolerance - 1, false},
			{"an hour back would open the vote again", -60 * minute, false},
			{"forty days ahead would close it", 40 * day, false},
			{"the clock that was set right is believed again", 0, true},
		} {
			h.mu.Lock()
			h.now = passed + c.off
			h.mu.Unlock()
			_, err := h.CastBallot(h.ctx(), Cast{Session: sessions[i/2], Choices: answers(sheets[i/2].Matters, voting.Yes), IdemKey: key1})
			if c.believed != (err == nil) || !c.believed && !(ClockWrong(err) && Unavailable(err)) {
				t.Errorf("%s: a ballot was answered %v", c.name, err)
			}
			if err := h.Tick(h.ctx()); c.believed != (err == nil) || !c.believed && !ClockWrong(err) {
				t.Errorf("%s: the clock's acts: %v", c.name, err)
			}
		}
		if kept := h.stored("ballot"); kept != 3 {
			t.Errorf("%d ballots are stored", kept)
		}
		still, err := h.PublicMeeting(h.ctx(), meeting.ID)
		h.must(err)
		if still.State != lifecycle.MeetingVoting {
			t.Errorf("the meeting is %s", still.State)
		}
	})
}

func TestAClockThatIsNotTheDatabasesIsNotBelieved(t *testing.T) {
	inHall(t, func(h *hall) {
		if h.dialect != migrations.Postgres {
			return // the embedded database has no clock of its own
		}
		var off atomic.Int64
		other := h.replica(func(*vault.Raw) {})
		system := newClock(nil, nil)
		other.clocks = newClock(func() int64 { return system.now() + off.Load() }, system.elapsed)
		h.must(other.CheckClock(h.ctx()))
		off.Store(-60 * minute)
		other.clocks.offset -= 60 * minute // the clock was wrong when the program started
		if err := other.CheckClock(h.ctx()); !ClockWrong(err) {
			t.Errorf("an hour behind the database: %v", err)
		}
		if err := other.Tick(h.ctx()); !ClockWrong(err) {
			t.Errorf("it opens and closes by that clock: %v", err)
		}
		off.Store(0)
		other.clocks.offset += 60 * minute
		h.must(other.CheckClock(h.ctx()))
	})
}
