package models

import (
	"testing"

	"gongjue/voting"
)

// Three candidates are equal where silence is left out, and none of them passes as it was announced: 3 of 5, 3 of 6.
func TestATieInTheOtherReadingIsNotDrawn(t *testing.T) {
	inHall(t, func(h *hall) {
		h.announce = func(m *MeetingTerms) { m.Policies.Silence, m.SilenceRule = voting.SilenceAbstains, silenceRule() }
		meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
		h.must(err)
		_, err = h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, tiedAgenda(voting.TieByLot)[1])
		h.must(err)
		h.must(h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		h.wait(20 * day)
		for i, sheet := range h.sheets(meeting) {
			h.deliver(meeting, arrived(sheet, h.now))
			if i == 5 {
				continue
			}
			mark := voting.Yes
			if i >= 3 {
				mark = voting.No
			}
			_, err := h.cast(sheet, mark, key1)
			h.must(err)
		}
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		h.must(h.DisplayPreliminary(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		meeting = h.again(meeting)
		results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		o := results[0].Matters[0].Outcome
		if quiet := o.Variants[voting.WithoutSilence]; o.Result != voting.RunOffDue || o.TieWay != "" || len(o.TiePending) != 0 || quiet.TieWay != voting.TieByLot || len(quiet.TiePending) != 3 {
			t.Fatalf("counted %+v", o)
		}
		if lot := h.lot(meeting); lot != nil {
			t.Errorf("a lot is due: %+v", lot)
		}
		h.refused(h.announceLot(RoleStreet, meeting, calledFor(h.now+6*day)), "nothing_tied")
		h.refused(h.recordLot(RoleStreet, meeting, "038617", h.now), "nothing_tied")
		h.wait(6 * day)
		h.must(h.PublishFinal(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
	})
}
