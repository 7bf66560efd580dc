package models

import (
	"fmt"
	"testing"

	"gongjue/voting"
)

// job is a ballot as it stands in the queue.
func (h *hall) job(sheet Sheet, received int64) *castJob {
	h.t.Helper()
	session := h.session(sheet)
	snap, err := h.casting.snapshot(h.ctx(), session.Meeting)
	h.must(err)
	return h.newJob(snap, snap.seats[session.Voter], Cast{Session: session, Choices: answers(sheet.Matters, voting.Yes), IdemKey: key1}, received)
}

func TestARowThatCannotBeStoredFailsAlone(t *testing.T) {
	inHall(t, func(h *hall) {
		sheets := h.sheets(h.voting())
		good, bad := h.job(sheets[0], h.now), h.job(sheets[1], h.now)
		bad.ballot.row.ReceiptHash = good.ballot.row.ReceiptHash // no two ballots have the same receipt
		jobs := []*castJob{good, bad, h.job(sheets[2], h.now)}
		h.casting.commit(jobs)
		for i, job := range jobs {
			answer := <-job.answered
			if failed := answer.err != nil; failed != (job == bad) {
				t.Errorf("job %d: %v", i, answer.err)
			}
		}
	})
}

func TestABallotInTimeMayBeCommittedAMomentLater(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheets := h.sheets(meeting)
		early, late := h.job(sheets[0], meeting.ClosesAt-1), h.job(sheets[1], meeting.ClosesAt)
		h.wait(10*day + CloseGrace - 1) // the close leaf is due in a millisecond
		h.casting.commit([]*castJob{early, late})
		h.must((<-early.answered).err)
		h.refused((<-late.answered).err, "meeting_closed")
		queued := h.job(sheets[2], meeting.ClosesAt-1)
		h.wait(1)
		h.casting.commit([]*castJob{queued})
		h.refused((<-queued.answered).err, "meeting_closed")
	})
}

func TestCodesLeaveBeforeNoticesAndNotTooLate(t *testing.T) {
	inHall(t, func(h *hall) {
		sheets := h.sheets(h.voting())
		for _, sheet := range sheets[:2] {
			_, err := h.cast(sheet, voting.Yes, key1)
			h.must(err)
		}
		home, err := h.HomeOf(h.ctx(), sheets[2].Token)
		h.must(err)
		_, err = h.RequestCode(h.ctx(), sheets[2].Token, home.People[0].OwnerID, elsewhere)
		h.must(err)
		h.must(h.TellOfBallots(h.ctx()))
		first, err := h.ClaimMessages(h.ctx(), 1)
		h.must(err)
		if len(first) != 1 || first[0].Kind != OneTimeCode {
			t.Fatalf("claimed %+v before the code", first)
		}
		h.wait(CodeLife) // its worker died, and the lease is over
		rest, err := h.ClaimMessages(h.ctx(), 10)
		h.must(err)
		for _, message := range rest {
			if message.Kind == OneTimeCode {
				t.Error("a code that is over is still sent")
			}
		}
		counts, err := h.OutboxCounts(h.ctx())
		h.must(err)
		if len(rest) != 2 || counts[MessageDead] != 1 { // one for each ballot
			t.Errorf("%d notices left, counts %v", len(rest), counts)
		}
	})
}

func TestAMessageThatCannotBeReadIsShownAmongTheDead(t *testing.T) {
	inHall(t, func(h *hall) {
		_, err := h.cast(h.sheets(h.voting())[0], voting.Yes, key1)
		h.must(err)
		var owners []ownerRow
		h.must(h.db.Where("phone IS NOT NULL").Find(&owners).Error)
		for _, owner := range owners {
			owner.Phone[len(owner.Phone)-1] ^= 1
			h.must(h.db.Exec("UPDATE owner SET phone = ? WHERE community_id = ? AND id = ?", owner.Phone, owner.CommunityID, owner.ID).Error)
		}
		h.must(h.TellOfBallots(h.ctx()))
		if left, err := h.ClaimMessages(h.ctx(), 10); err != nil || len(left) != 0 {
			t.Errorf("%d messages without a phone, %v", len(left), err)
		}
		dead, err := h.DeadMessages(h.ctx(), 10)
		h.must(err)
		if len(dead) == 0 || dead[0].Cause != "unreadable" || dead[0].Community != h.community.Name || dead[0].Kind != BallotRecorded || dead[0].State != MessageDead {
			t.Errorf("the dead are %+v", dead)
		}
	})
}

func TestTwentyFilesCanBeExchanged(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
		h.must(err)
		add := func(i int) (Attachment, error) {
			return h.AddAttachment(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, ForNotice, fmt.Sprintf("%d.pdf", i), []byte("%PDF-1.4"))
		}
		var last Attachment
		for i := range maxAttachments {
			last, err = add(i)
			h.must(err)
		}
		_, err = add(99)
		h.refused(err, "too_many_files")
		h.must(h.DeleteAttachment(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, last.ID))
		_, err = add(99)
		h.must(err)
	})
}
