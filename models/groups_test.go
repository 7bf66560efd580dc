package models

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"gongjue/models/vault"
	"gongjue/voting"
)

// told counts the notices of recorded ballots, once all that are due stand in the outbox.
func (h *hall) told() int64 {
	h.t.Helper()
	h.must(h.TellOfBallots(h.ctx()))
	var n int64
	h.must(h.db.Table("outbox").Where("kind = ?", BallotRecorded).Count(&n).Error)
	return n
}

func TestTwoReplicasTakeBallotsOfOneMeeting(t *testing.T) {
	inHall(t, func(h *hall) {
		sheets, other := h.sheets(h.voting()), h.replica(func(*vault.Raw) {})
		replicas, sessions := []*hall{h, other}, make([]ResidentSession, 5)
		for i, sheet := range sheets[:5] {
			sessions[i] = h.session(sheet)
			receipt, err := replicas[i%2].CastBallot(h.ctx(), Cast{Session: sessions[i], Choices: answers(sheet.Matters, voting.Yes), IdemKey: fmt.Sprintf("%s-%d", key1, i)})
			h.must(err)
			if receipt.Number != int64(i+1) {
				t.Errorf("ballot %d has the number %d", i, receipt.Number)
			}
		}
		for i, sheet := range sheets[:5] { // the replica that did not take the ballot answers as the one that did
			again := Cast{Session: sessions[i], Choices: answers(sheet.Matters, voting.Yes), IdemKey: fmt.Sprintf("%s-%d", key1, i)}
			receipt, err := replicas[(i+1)%2].CastBallot(h.ctx(), again)
			h.must(err)
			if !receipt.Replayed || receipt.Number != int64(i+1) {
				t.Errorf("ballot %d again: %+v", i, receipt)
			}
			again.IdemKey = key2
			_, err = replicas[(i+1)%2].CastBallot(h.ctx(), again)
			h.refused(err, "already_voted")
		}
	})
}

func TestOneGroupTakesBallotsOfManyMeetings(t *testing.T) {
	inHall(t, func(h *hall) {
		first := h.noticed()
		second := h.voting()
		var jobs []*castJob
		for i := range 3 {
			for _, meeting := range []Meeting{first, second} {
				jobs = append(jobs, h.job(h.sheets(meeting)[i], h.now))
			}
		}
		h.casting.commit(jobs)
		for _, job := range jobs {
			h.must((<-job.answered).err)
		}
		for _, meeting := range []Meeting{first, second} {
			var indexes []int64
			h.must(h.db.Table("ballot").Where("meeting_id = ?", meeting.ID).Order("leaf_index").Pluck("leaf_index", &indexes).Error)
			if !slices.Equal(indexes, []int64{1, 2, 3}) {
				t.Errorf("the ballots of %s have the leaves %v", meeting.Title, indexes)
			}
		}
	})
}

func TestADataKeySealsForAMinute(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		for i, sheet := range h.sheets(meeting)[:4] {
			_, err := h.cast(sheet, voting.Yes, fmt.Sprintf("%s-%d", key1, i))
			h.must(err)
			if i == 1 {
				h.wait(dataKeyLife)
			}
		}
		var keys []string
		h.must(h.db.Table("ballot").Where("meeting_id = ?", meeting.ID).Order("leaf_index").Pluck("group_id", &keys).Error)
		if len(keys) != 4 || keys[0] != keys[1] || keys[1] == keys[2] || keys[2] != keys[3] {
			t.Errorf("sealed under %v", keys)
		}
		var stored int64
		h.must(h.db.Table("seal_group").Where("meeting_id = ?", meeting.ID).Count(&stored).Error)
		if stored != 2 {
			t.Errorf("%d keys for two minutes", stored)
		}
	})
}

func TestAfterAFailureTheNextGroupAsksTheDatabase(t *testing.T) {
	inHall(t, func(h *hall) {
		sheets := h.sheets(h.voting())
		_, err := h.cast(sheets[0], voting.Yes, key1)
		h.must(err)
		second := Cast{Session: h.session(sheets[1]), Choices: answers(sheets[1].Matters, voting.Yes), IdemKey: key1}
		h.must(h.db.Exec("ALTER TABLE ballot RENAME TO ballot_gone").Error)
		if _, err := h.CastBallot(h.ctx(), second); err == nil {
			t.Error("a ballot without a table")
		}
		h.must(h.db.Exec("ALTER TABLE ballot_gone RENAME TO ballot").Error)
		receipt, err := h.CastBallot(h.ctx(), second)
		h.must(err)
		if receipt.Number != 2 || receipt.Replayed {
			t.Errorf("after the failure: %+v", receipt)
		}
	})
}

func TestEveryOwnerIsToldOfEveryBallotOnce(t *testing.T) {
	inHall(t, func(h *hall) {
		sheets := h.sheets(h.voting())
		for i, sheet := range sheets[:3] { // the third home is a couple's
			_, err := h.cast(sheet, voting.Yes, key1)
			h.must(err)
			if want, got := int64(i+1+i/2), h.told(); got != want {
				t.Errorf("after %d ballots %d owners are told, want %d", i+1, got, want)
			}
		}
		other := h.replica(func(*vault.Raw) {})
		h.must(other.TellOfBallots(h.ctx()))
		if got := h.told(); got != 4 {
			t.Errorf("another replica told once more: %d", got)
		}
	})
}

func TestAReplicaCatchesUpWithManyMeetingsAtOnce(t *testing.T) {
	inHall(t, func(h *hall) {
		first, second := h.noticed(), h.voting()
		other := h.replica(func(*vault.Raw) {})
		for round, wants := range [][2]string{{"", ""}, {"already_voted", ""}} {
			h.wait(CodeLife)
			taker := []*hall{h, other}[round]
			var jobs []*castJob
			for _, meeting := range []Meeting{first, second} {
				for i := range 2 {
					jobs = append(jobs, taker.job(h.sheets(meeting)[round+i], h.now)) // the second of the first round is the first of the next
				}
			}
			for _, job := range jobs {
				job.idemKey, job.ballot.row.IdemKey = fmt.Sprintf("%s-%d", key1, round), fmt.Sprintf("%s-%d", key1, round)
			}
			taker.casting.commit(jobs)
			for i, job := range jobs {
				answer := <-job.answered
				if want := wants[i%2]; want != "" {
					h.refused(answer.err, want)
				} else if answer.err != nil {
					t.Errorf("round %d, ballot %d: %v", round, i, answer.err)
				}
			}
		}
		// Voters 1 to 3 of each meeting; the third home is a couple's.
		if got := h.told(); got != 8 {
			t.Errorf("%d owners are told of the ballots of two meetings, want 8", got)
		}
		if got := other.told(); got != 8 {
			t.Errorf("another replica told once more: %d", got)
		}
	})
}

func TestManyVotersReadTheirMeetingOnce(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		var group sync.WaitGroup
		snaps := make([]*snapshot, 20)
		for i := range snaps {
			group.Go(func() {
				ctx, cancel := context.WithCancel(h.ctx())
				if i%2 == 0 {
					cancel() // whoever goes away takes nothing from the others
				}
				defer cancel()
				snaps[i], _ = h.casting.snapshot(ctx, meeting.ID)
			})
		}
		group.Wait()
		for i, snap := range snaps {
			if snap == nil || snap != snaps[0] {
				t.Errorf("voter %d has a snapshot of their own: %p, %p", i, snap, snaps[0])
			}
		}
	})
}

func TestOpenMeetingsAreReadAhead(t *testing.T) {
	inHall(t, func(h *hall) {
		noticed := h.noticed()
		h.must(h.ReadAhead(h.ctx()))
		if h.casting.known(noticed.ID) != nil {
			t.Error("a meeting that is not open was read")
		}
		h.wait(20 * day)
		ended, end := context.WithCancel(h.ctx())
		end()
		if err := h.ReadAhead(ended); err == nil || h.casting.known(noticed.ID) != nil {
			t.Errorf("read after the time for it was over: %v", err)
		}
		h.must(h.ReadAhead(h.ctx()))
		if h.casting.known(noticed.ID) == nil {
			t.Error("an open meeting was not read")
		}
		h.wait(10*day + CloseGrace)
		h.must(h.ReadAhead(h.ctx()))
		if h.casting.known(noticed.ID) != nil {
			t.Error("a closed meeting is still kept")
		}
	})
}
