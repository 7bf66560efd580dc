package models

import (
	"testing"

	"gongjue/voting/calendar"
	"gongjue/voting/stage"
)

// TestTheRegisterIsPartOfADistrictsFigures: a committee that was elected elsewhere counts by its papers, and an interim body
// from its first day to the day on which it ends, each as of every moment.
func TestTheRegisterIsPartOfADistrictsFigures(t *testing.T) {
	inHall(t, func(h *hall) {
		h.livesIn("浙江省/杭州市/西湖区")
		began := h.now
		h.now += hour
		papers := h.before()
		papers.TermTo = "2026-06-30"
		h.must(h.EnterCommittee(h.ctx(), h.by(RoleStreet), h.community.ID, papers))
		h.now = calendar.Date(2026, 7, 10)
		h.must(h.FormInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, interim()))
		body := h.register()[0]
		h.now = body.DisplayUntil + hour
		h.must(h.SeatInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, body.ID))
		seated := h.now
		h.now += 100 * day
		h.must(h.DissolveCommittee(h.ctx(), h.by(RoleStreet), h.community.ID, body.ID, TermAct{Reason: "小区并入邻近小区", Document: "样例街〔2026〕9号"}))
		dissolved := h.now
		h.now += day
		for _, c := range []struct {
			at   int64
			want stage.Stage
			body stage.Body
			ends int64
		}{
			{began, stage.InTerm, stage.Committee, calendar.Date(2026, 7, 1) - 1},
			{calendar.Date(2026, 7, 1) - 1, stage.InTerm, stage.Committee, calendar.Date(2026, 7, 1) - 1},
			{calendar.Date(2026, 7, 1), stage.Lapsed, stage.NoBody, calendar.Date(2026, 7, 1) - 1},
			{seated - 1, stage.Lapsed, stage.NoBody, calendar.Date(2026, 7, 1) - 1},
			{seated, stage.Lapsed, stage.Interim, calendar.Date(2026, 7, 1) - 1},
			{dissolved - 1, stage.Lapsed, stage.Interim, calendar.Date(2026, 7, 1) - 1},
			{dissolved, stage.Lapsed, stage.NoBody, calendar.Date(2026, 7, 1) - 1},
		} {
			d := h.district(c.at)
			if got := d.Communities[0]; got.Stage != c.want || got.Body != c.body || got.TermEnds != c.ends {
				t.Errorf("%s: %s with %s until %s, want %s with %s", calendar.Format(c.at), got.Stage, got.Body, calendar.Format(got.TermEnds), c.want, c.body)
			}
		}
		if now, err := h.StandingOf(h.ctx(), h.community.ID); err != nil || now.Stage != stage.Lapsed {
			t.Errorf("the community's own page says %+v (%v)", now, err)
		}
	})
}
