package models

import "testing"

func TestAMeetingRunsOnlyAnAnnulledOneAgain(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.counted()
		again := func(terms *MeetingTerms) { terms.Repeats = meeting.ID }
		_, err := h.called(again)
		h.refused(err, "not_annulled") // it was only counted
		h.must(h.AnnulMeeting(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, "票箱封条破损。"))
		_, err = h.called(func(terms *MeetingTerms) { terms.Repeats = "nothing" })
		h.refused(err, "not_annulled")
		next, err := h.called(again)
		h.must(err)
		list, err := h.RepeatedBy(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if len(list) != 1 || list[0].ID != next.ID || h.meeting(next).Repeats != meeting.ID {
			t.Errorf("repeated by %+v", list)
		}
		terms := h.meeting(next).MeetingTerms
		terms.Repeats = next.ID
		h.refused(h.UpdateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, next.ID, terms), "not_annulled")
		h.must(h.CancelMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, next.ID, "改期。"))
		if list, err := h.RepeatedBy(h.ctx(), h.community.ID, meeting.ID); err != nil || len(list) != 0 {
			t.Errorf("repeated by a withdrawn one: %+v, %v", list, err)
		}
	})
}
