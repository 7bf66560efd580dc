package models

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/stage"
)

// district are the figures of the hall's district as of a moment.
func (h *hall) district(at int64) District {
	h.t.Helper()
	d, err := h.District(h.ctx(), h.staff[RoleDistrict], at)
	h.must(err)
	return d
}

// elects is a meeting with nothing but an election that two of three candidates win, with its notice out.
func (h *hall) elects() Meeting {
	h.t.Helper()
	meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
	h.must(err)
	_, err = h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, Matter{Title: "选举业主委员会", Body: "应选三人。",
		Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"候选人甲", "候选人乙", "候选人丙"}, Seats: 3, MinMembers: 3}})
	h.must(err)
	h.must(h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
	return h.meeting(meeting)
}

// elected is such a meeting whose result is published.
func (h *hall) elected() Meeting {
	h.t.Helper()
	meeting := h.elects()
	h.wait(20 * day)
	for _, sheet := range h.sheets(meeting)[:5] {
		_, err := h.cast(sheet, voting.Yes, key1)
		h.must(err)
	}
	h.wait(10*day + CloseGrace)
	h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
	h.published(meeting)
	return h.meeting(meeting)
}

// TestADistrictIsToldAsOfAnyMoment walks an election from nothing to its certificate and to the end of its term, and then
// asks for every moment again.
func TestADistrictIsToldAsOfAnyMoment(t *testing.T) {
	inHall(t, func(h *hall) {
		h.livesIn("山东省/青岛市/市南区")
		_, err := h.CreateCommunity(h.ctx(), System, "样例区", "乙街道", "空小区")
		h.must(err)
		_, err = h.CreateCommunity(h.ctx(), System, "别的区", "丙街道", "别处")
		h.must(err)
		began := h.now
		h.now += hour
		meeting := h.elected()
		h.wait(hour)
		filing := h.submit(meeting, "")
		h.wait(hour)
		h.must(h.CertifyFiling(h.ctx(), h.by(RoleStreet), h.community.ID, filing.ID, FilingChecks, FilingParticulars{TermFrom: "2026-04-08", TermTo: "2028-08-31"}))
		certified := h.now
		h.now = calendar.Date(2028, 9, 2)
		for _, c := range []struct {
			at     int64
			want   stage.Stage
			formed int64
		}{
			{began, stage.None, 0}, {meeting.NoticedAt - 1, stage.None, 0}, {meeting.NoticedAt, stage.Preparing, 0},
			{meeting.OpensAt - 1, stage.Preparing, 0}, {meeting.OpensAt, stage.Voting, 0}, {meeting.PublishedAt - 1, stage.Voting, 0},
			{meeting.PublishedAt, stage.Filing, 0}, {certified - 1, stage.Filing, 0}, {certified, stage.InTerm, 1},
			{calendar.Date(2028, 8, 31) - 90*day - 1, stage.InTerm, 1}, {calendar.Date(2028, 8, 31) - 90*day, stage.Renewal, 1},
			{calendar.Date(2028, 9, 1) - 1, stage.Renewal, 1}, {calendar.Date(2028, 9, 1), stage.Lapsed, 0},
		} {
			d := h.district(c.at)
			if d.Total.Communities != 2 || d.Total.Formed() != c.formed || d.Total.Stages[c.want] < 1 || len(d.Streets) != 2 {
				t.Errorf("%s: %+v, want one at %s", calendar.Format(c.at), d.Total, c.want)
			}
			if last := d.Months[len(d.Months)-1]; len(d.Months) != 13 || last.At != c.at || last.Formed != c.formed || last.Communities != 2 {
				t.Errorf("%s: the line ends with %+v", calendar.Format(c.at), last)
			}
		}
		if before := h.district(began - 1); before.Total.Communities != 0 || before.At != began-1 {
			t.Errorf("before anything: %+v", before.Total)
		}
		_, err = h.District(h.ctx(), h.staff[RoleDistrict], h.now+1)
		h.refused(err, "bad_value")
		_, err = h.District(h.ctx(), h.staff[RoleStreet], 0)
		h.refused(err, "forbidden")
	})
}

// TestMissedDeadlinesAreListedAsOfTheirMoment lets a filing be handed in late and decided late.
func TestMissedDeadlinesAreListedAsOfTheirMoment(t *testing.T) {
	inHall(t, func(h *hall) {
		h.livesIn("山东省/青岛市/市南区")
		meeting := h.final()
		due := calendar.Deadline(meeting.PublishedAt, 30)
		h.now = due + day
		filing := h.submit(meeting, "")
		h.now = filing.DueAt + day
		h.must(h.CertifyFiling(h.ctx(), h.by(RoleStreet), h.community.ID, filing.ID, FilingChecks, FilingParticulars{}))
		decided := h.now
		h.now += day
		for _, c := range []struct {
			at   int64
			want MissedKind
		}{{due, ""}, {due + 1, FilingLate}, {filing.SubmittedAt - 1, FilingLate}, {filing.SubmittedAt, ""}, {filing.DueAt, ""},
			{filing.DueAt + 1, DecisionLate}, {decided - 1, DecisionLate}, {decided, ""}} {
			d := h.district(c.at)
			switch {
			case c.want == "" && len(d.Missed) != 0:
				t.Errorf("%s: %+v is missed", calendar.Format(c.at), d.Missed)
			case c.want != "" && (len(d.Missed) != 1 || d.Missed[0].Kind != c.want || d.Missed[0].CommunityID != h.community.ID):
				t.Errorf("%s: %+v, want %s", calendar.Format(c.at), d.Missed, c.want)
			}
		}
		if late := h.district(due + 1).Missed[0]; late.DueAt != due || late.Days != 30 || late.Article == "" || late.MeetingID != meeting.ID {
			t.Errorf("the clause is not told: %+v", late)
		}
		if d := h.district(0); d.Total.Committees != 0 || d.Total.Stages[stage.None] != 1 {
			t.Errorf("the election was tied and elected nobody, yet its certificate counts: %+v", d.Total)
		}
	})
}

// TestAnObjectionWithoutAnAnswerIsMissedFromItsDayOn: one to a roster, which is answered late.
func TestAnObjectionWithoutAnAnswerIsMissedFromItsDayOn(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.displayed()
		objection, err := h.RecordRosterObjection(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID, desk("area"))
		h.must(err)
		h.now = objection.DueAt + day
		late := h.district(0)
		if len(late.Missed) != 1 || late.Missed[0].Kind != ObjectionLate || late.Missed[0].RosterID != list.ID || late.Missed[0].Title != "1" {
			t.Errorf("missed %+v", late.Missed)
		}
		if before := h.district(objection.DueAt); len(before.Missed) != 0 {
			t.Errorf("on its day: %+v", before.Missed)
		}
	})
}

func TestATargetIsMeasuredOnItsDayInItsDistrictAlone(t *testing.T) {
	inHall(t, func(h *hall) {
		other, err := h.CreateCommunity(h.ctx(), System, "别的区", "丙街道", "别处")
		h.must(err)
		foreign, err := h.AddStaff(h.ctx(), System, NewStaff{Login: "other", Name: "other", Password: password, Role: RoleDistrict, Scope: other.DistrictID})
		h.must(err)
		own := h.staff[RoleDistrict]
		target, err := h.SetTarget(h.ctx(), own, WantedTarget{MeasureFormed, " 第一年 ", " 三年行动方案 ", "2026-03-31", 34})
		h.must(err)
		if target.Name != "第一年" || target.Source != "三年行动方案" || target.DueAt != calendar.Date(2026, 4, 1)-1 {
			t.Errorf("the target is %+v", target)
		}
		for i := range 2 {
			_, err := h.CreateCommunity(h.ctx(), System, "样例区", "样例街道", string(rune('甲'+i))+"小区")
			h.must(err)
		}
		h.now = calendar.Date(2026, 4, 10)
		_, err = h.CreateCommunity(h.ctx(), System, "样例区", "样例街道", "后来的小区")
		h.must(err)
		d := h.district(0)
		if got := d.Targets[0]; got.MeasuredAt != target.DueAt || got.Of != 3 || got.Needed != 2 || got.Short != 2 || d.Current(MeasureFormed).ID != target.ID || d.Total.Communities != 4 {
			t.Errorf("34 of a hundred of three communities: %+v", got)
		}
		for name, c := range map[string]struct {
			by      Staff
			title   string
			due     string
			percent int64
			code    string
		}{
			"a street":                {h.staff[RoleStreet], "一", "2026-05-01", 1, "forbidden"},
			"no name":                 {own, " ", "2026-05-01", 1, "required"},
			"a name of two lines":     {own, "一\n二", "2026-05-01", 1, "bad_value"},
			"no such day":             {own, "一", "2026-04-31", 1, "bad_value"},
			"nothing":                 {own, "一", "2026-05-01", 0, "bad_value"},
			"more than all":           {own, "一", "2026-05-01", 101, "bad_value"},
			"another of the same day": {own, "一", "2026-03-31", 1, "target_exists"},
		} {
			if _, err := h.SetTarget(h.ctx(), c.by, WantedTarget{MeasureFormed, c.title, "", c.due, c.percent}); err == nil {
				t.Errorf("%s is taken", name)
			} else {
				h.refused(err, c.code)
			}
		}
		h.refused(h.WithdrawTarget(h.ctx(), foreign, target.ID), "not_found")
		theirs, err := h.District(h.ctx(), foreign, 0)
		h.must(err)
		if len(theirs.Targets) != 0 || theirs.Total.Communities != 1 || theirs.Communities[0].ID != other.ID {
			t.Errorf("another district sees %+v", theirs)
		}
		h.must(h.WithdrawTarget(h.ctx(), own, target.ID))
		h.refused(h.WithdrawTarget(h.ctx(), own, target.ID), "not_found")
		_, err = h.SetTarget(h.ctx(), own, WantedTarget{"weather", "一", "", "2026-03-31", 1})
		h.refused(err, "bad_value")
		_, err = h.SetTarget(h.ctx(), own, WantedTarget{MeasureServed, "同一天的另一个指标", "", "2026-03-31", 1})
		h.must(err)
		_, err = h.SetTarget(h.ctx(), own, WantedTarget{MeasureFormed, "改过的", "", "2026-03-31", 100})
		h.must(err)
	})
}
