package models

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"testing"

	"gongjue/migrations"
	"gongjue/models/vault"
	"gongjue/voting"
)

// stored counts the rows of a table.
func (h *hall) stored(table string) (n int64) {
	h.t.Helper()
	h.must(h.db.Table(table).Count(&n).Error)
	return n
}

func TestWhatFollowsAnEndedTransactionIsNotStored(t *testing.T) {
	inHall(t, func(h *hall) {
		if h.dialect == migrations.Postgres {
			return // which ends no transaction by itself
		}
		sheet := h.sheets(h.voting())[0]
		cast := Cast{Session: h.session(sheet), Choices: answers(sheet.Matters, voting.Yes), IdemKey: key1}
		leaves := h.stored("ledger_leaf")
		h.must(h.db.Exec("CREATE TRIGGER full BEFORE INSERT ON seal_group BEGIN SELECT RAISE(ROLLBACK, 'as when the disk is full'); END").Error)
		if _, err := h.CastBallot(h.ctx(), cast); err == nil {
			t.Error("a ballot whose key was not stored")
		}
		if ballots, now := h.stored("ballot"), h.stored("ledger_leaf"); ballots != 0 || now != leaves {
			t.Errorf("%d ballots and %d leaves stand alone", ballots, now-leaves)
		}
		h.must(h.db.Exec("DROP TRIGGER full").Error)
		receipt, err := h.CastBallot(h.ctx(), cast)
		h.must(err)
		if receipt.Number != leaves || receipt.Replayed {
			t.Errorf("afterwards: %+v", receipt)
		}
	})
}

func TestAConnectionLeftInATransactionIsThrownAway(t *testing.T) {
	inHall(t, func(h *hall) {
		lite, on := h.casting.place.(*liteCasting)
		if !on {
			return // PostgreSQL takes a second BEGIN for a warning
		}
		sheets := h.sheets(h.voting())
		_, err := h.cast(sheets[0], voting.Yes, key1)
		h.must(err)
		second := Cast{Session: h.session(sheets[1]), Choices: answers(sheets[1].Matters, voting.Yes), IdemKey: key1}
		_, err = lite.conn.ExecContext(h.ctx(), "BEGIN IMMEDIATE") // as a deadline leaves it behind
		h.must(err)
		if _, err := h.CastBallot(h.ctx(), second); err == nil {
			t.Error("a group within another transaction")
		}
		receipt, err := h.CastBallot(h.ctx(), second)
		h.must(err)
		if receipt.Number != 2 || receipt.Replayed {
			t.Errorf("afterwards: %+v", receipt)
		}
	})
}

// faulty is a place where a group fails as the test says.
type faulty struct {
	castDB
	around func(commit func() error) error
}

func (f *faulty) group(ctx context.Context, do func(castTx) error) error {
	return f.around(func() error { return f.castDB.group(ctx, do) })
}

func TestACommitWhoseAnswerIsLostIsFoundAgain(t *testing.T) {
	inHall(t, func(h *hall) {
		sheets, place := h.sheets(h.voting()), h.casting.place
		h.casting.place = &faulty{place, func(commit func() error) error {
			h.must(commit())
			return errors.New("the connection broke after the commit")
		}}
		lost := []*castJob{h.job(sheets[0], h.now), h.job(sheets[1], h.now)}
		h.casting.commit(lost)
		for _, job := range lost {
			if answer := <-job.answered; answer.err == nil {
				t.Errorf("a receipt without an answer: %+v", answer.receipt)
			}
		}
		h.casting.place = place
		other := *lost[1]
		other.idemKey, other.answered = key2, make(chan castAnswer, 1)
		third := h.job(sheets[2], h.now)
		h.casting.commit([]*castJob{lost[0], &other, third})
		again := <-lost[0].answered
		h.must(again.err)
		if !again.receipt.Replayed || again.receipt.Number != 1 {
			t.Errorf("the same request again: %+v", again.receipt)
		}
		h.refused((<-other.answered).err, "already_voted")
		next := <-third.answered
		h.must(next.err)
		if next.receipt.Replayed || next.receipt.Number != 3 {
			t.Errorf("the next ballot: %+v", next.receipt)
		}
	})
}

func TestTwoSnapshotsOfOneMeetingInOneGroup(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheets := h.sheets(meeting)
		jobs := []*castJob{h.job(sheets[0], h.now), h.job(sheets[1], h.now)}
		twice := h.job(sheets[2], h.now)
		h.casting.forgetClosed(meeting.ClosesAt + CloseGrace) // a clock that jumped there and back
		h.wait(minute)
		jobs = append(jobs, h.job(sheets[3], h.now), twice, h.job(sheets[2], h.now))
		if jobs[0].snap == jobs[2].snap {
			t.Fatal("one snapshot")
		}
		h.casting.commit(jobs)
		var numbers []int64
		for _, job := range jobs {
			answer := <-job.answered
			h.must(answer.err)
			numbers = append(numbers, answer.receipt.Number)
		}
		if !slices.Equal(numbers, []int64{1, 2, 3, 4, 4}) {
			t.Errorf("the receipts have the numbers %v", numbers)
		}
		if ballots := h.stored("ballot"); ballots != 4 {
			t.Errorf("%d ballots of four voters", ballots)
		}
	})
}

func TestAGroupNeedsNoOtherConnectionUnderItsLocks(t *testing.T) {
	inHall(t, func(h *hall) {
		jobs := []*castJob{h.job(h.sheets(h.voting())[0], h.now)}
		place := h.casting.place
		h.casting.place = &faulty{place, func(commit func() error) error {
			h.sql.SetMaxOpenConns(1) // those who wait for the lock have taken all others
			defer h.sql.SetMaxOpenConns(20)
			return commit()
		}}
		h.casting.commit(jobs)
		h.must((<-jobs[0].answered).err)
		h.casting.place = place
	})
}

func TestADatabaseThatLostBallotsTakesThemAgain(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheets := h.sheets(meeting)
		var before logHeadRow
		h.must(h.db.Where("meeting_id = ?", meeting.ID).Take(&before).Error)
		casts := make([]Cast, 3)
		for i := range casts {
			casts[i] = Cast{Session: h.session(sheets[i]), Choices: answers(sheets[i].Matters, voting.Yes), IdemKey: fmt.Sprintf("%s-%d", key1, i)}
		}
		for _, cast := range casts[:2] {
			_, err := h.CastBallot(h.ctx(), cast)
			h.must(err)
		}
		// A standby without them takes over.
		h.must(h.alter("DELETE FROM ballot").Error)
		h.must(h.alter("DELETE FROM ledger_leaf WHERE idx >= 1").Error)
		h.must(h.alter("DELETE FROM seal_group").Error)
		h.must(h.db.Table("log_head").Where("meeting_id = ?", meeting.ID).
			Updates(map[string]any{"size": before.Size, "edge": before.Edge, "last_at": before.LastAt}).Error)
		// Another replica takes as many, one of them of a voter whom this process knows nothing of.
		other := h.replica(func(*vault.Raw) {})
		for i, n := range []int{2, 1} {
			receipt, err := other.CastBallot(h.ctx(), casts[n])
			h.must(err)
			if receipt.Number != int64(i+1) {
				t.Errorf("ballot %d has the number %d", i, receipt.Number)
			}
		}
		for _, want := range []struct {
			cast     Cast
			replayed bool
			number   int64
		}{{casts[2], true, 1}, {casts[0], false, 3}, {casts[1], true, 2}} {
			receipt, err := h.CastBallot(h.ctx(), want.cast)
			h.must(err)
			if receipt.Replayed != want.replayed || receipt.Number != want.number {
				t.Errorf("want %+v, got %+v", want, receipt)
			}
		}
	})
}

func TestABrokenConnectionCostsNoVoterAnAnswer(t *testing.T) {
	inHall(t, func(h *hall) {
		place, on := h.casting.place.(*pgCasting)
		if !on {
			return // a file has no connection that could break
		}
		sheets := h.sheets(h.voting())
		_, err := h.cast(sheets[0], voting.Yes, key1)
		h.must(err)
		second := h.job(sheets[1], h.now)
		var pid int64
		h.must(place.conn.QueryRowContext(h.ctx(), "SELECT pg_backend_pid()").Scan(&pid))
		h.must(h.db.Exec("SELECT pg_terminate_backend(?, 10000)", pid).Error)
		h.casting.commit([]*castJob{second})
		answer := <-second.answered
		h.must(answer.err)
		if answer.receipt.Number != 2 {
			t.Errorf("over the next connection: %+v", answer.receipt)
		}
	})
}

func TestAMeetingWhoseLogCannotBeReadFailsAlone(t *testing.T) {
	inHall(t, func(h *hall) {
		broken := h.noticed()
		whole := h.voting()
		jobs := []*castJob{h.job(h.sheets(broken)[0], h.now), h.job(h.sheets(whole)[0], h.now), h.job(h.sheets(whole)[1], h.now)}
		h.must(h.db.Exec("UPDATE log_head SET edge = ? WHERE meeting_id = ?", []byte("?"), broken.ID).Error)
		h.casting.commit(jobs)
		for i, job := range jobs {
			if answer := <-job.answered; (answer.err != nil) != (i == 0) {
				t.Errorf("job %d: %v", i, answer.err)
			}
		}
	})
}

func TestAConnectionThatBreaksAfterTheCommitMakesNoSecondBallot(t *testing.T) {
	inHall(t, func(h *hall) {
		sheets, place, tries := h.sheets(h.voting()), h.casting.place, 0
		h.casting.place = &faulty{place, func(commit func() error) error {
			if tries++; tries > 1 {
				return commit()
			}
			h.must(commit())
			return driver.ErrBadConn
		}}
		jobs := []*castJob{h.job(sheets[0], h.now), h.job(sheets[1], h.now)}
		h.casting.commit(jobs)
		h.casting.place = place
		for i, job := range jobs {
			answer := <-job.answered
			h.must(answer.err)
			if !answer.receipt.Replayed || answer.receipt.Number != int64(i+1) {
				t.Errorf("job %d: %+v", i, answer.receipt)
			}
		}
		if ballots := h.stored("ballot"); ballots != 2 {
			t.Errorf("%d ballots of two voters", ballots)
		}
	})
}
