package models

import (
	"reflect"
	"testing"

	"gongjue/voting"
)

func TestALotLeavesTheDisplayedCountAsItWas(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.onDisplay(tiedAgenda(voting.TieByLot))
		before := h.shown(meeting)
		if before.Meeting.DisplayedCount() != CountDisplayed || before.Result.Stage != PreliminaryResult || before.Head.Size == 0 {
			t.Fatalf("on display: %+v", before)
		}
		due := h.now + 6*day
		h.must(h.announceLot(RoleConvener, meeting, calledFor(due)))
		h.wait(6*day + hour)
		h.must(h.recordLot(RoleConvener, meeting, "038617", due+minute))
		h.must(h.confirmLot(RoleStreet, meeting, "038617"))
		h.must(h.PublishFinal(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		after := h.shown(meeting)
		if after.Meeting.DisplayedCount() != CountReplaced {
			t.Errorf("after the final it is %s", after.Meeting.DisplayedCount())
		}
		final, err := h.PublicResultOf(h.ctx(), meeting.ID)
		h.must(err)
		if final.Result.SHA256 == before.Result.SHA256 || final.Head == before.Head || final.Log.Result == before.Log.Counted {
			t.Error("the lot changed nothing: this test sees nothing")
		}
		after.Meeting, before.Meeting = Meeting{}, Meeting{}
		if !reflect.DeepEqual(before, after) {
			t.Errorf("the displayed count moved:\n%+v\n%+v", before, after)
		}
	})
}

func TestACountIsDisplayedOnlyOnceItWasPutOnDisplay(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.counted()
		_, err := h.PreliminaryOf(h.ctx(), meeting.ID)
		h.refused(err, "result_not_ready")
		_, err = h.PreliminaryOf(h.ctx(), "none")
		h.refused(err, "not_found")
		h.must(h.DisplayPreliminary(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		h.wait(1)
		h.must(h.AnnulMeeting(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, "票箱破损"))
		if got := h.shown(meeting).Meeting.DisplayedCount(); got != CountAnnulled {
			t.Errorf("annulled, it is %s", got)
		}
	})
}

func (h *hall) shown(meeting Meeting) PublicResult {
	h.t.Helper()
	shown, err := h.PreliminaryOf(h.ctx(), meeting.ID)
	h.must(err)
	return shown
}
