package models

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// polled publishes the results of two satisfaction polls and an opinion poll: of six homes, four mark the grades given.
func (h *hall) polled(grades ...string) Meeting {
	h.t.Helper()
	meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
	h.must(err)
	yardstick := func(about voting.Subject, favour int) *voting.Poll {
		return &voting.Poll{Threshold: voting.Threshold{Num: 1, Den: 2}, Dimensions: voting.Dimensions, About: about, Favour: favour}
	}
	for _, rule := range []voting.Matter{{Method: voting.Pick, Options: []string{"满意", "基本满意", "不满意"}, Poll: yardstick(voting.AboutFirm, 2)}, {Poll: yardstick("", 0)}} {
		rule.Kind = voting.Consult
		_, err = h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, Matter{Title: "征询", Body: "怎么样？", Rule: rule})
		h.must(err)
	}
	h.must(h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
	h.wait(20 * day)
	meeting = h.meeting(meeting)
	for i, sheet := range h.sheets(meeting)[:len(grades)] {
		_, err := h.CastBallot(h.ctx(), Cast{Session: h.session(sheet), IdemKey: key1, Choices: map[string]voting.Choice{
			sheet.Matters[0].ID: {Names: []string{grades[i]}}, sheet.Matters[1].ID: {Mark: voting.No}}})
		h.must(err)
	}
	h.wait(10*day + CloseGrace)
	h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
	h.published(meeting)
	return h.meeting(meeting)
}

// TestSatisfactionIsToldByTheLastPollOfTheYear: also that a revoked one no longer counts, and none of the year before.
func TestSatisfactionIsToldByTheLastPollOfTheYear(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.polled("满意", "基本满意", "不满意", "不满意")
		before, now := h.district(meeting.PublishedAt-1), h.district(meeting.PublishedAt)
		if len(before.Polls) != 0 || before.Total.Satisfaction[0].Communities != 0 || len(now.Polls) != 2 {
			t.Fatalf("polls %+v, then %+v", before.Polls, now.Polls)
		}
		firm := now.Total.Satisfaction[0]
		if firm.About != voting.AboutFirm || firm.Communities != 1 || firm.Satisfied.Heads != 2 || firm.Answered.Heads != 4 || firm.Asked.Heads <= 4 ||
			now.Streets[0].Satisfaction[0] != firm || now.Total.Satisfaction[2].Communities != 0 {
			t.Errorf("satisfaction %+v", now.Total.Satisfaction)
		}
		for _, poll := range now.Polls {
			if poll.About == "" && (poll.Reached || poll.Half() || poll.Agreed.Heads != 0) || poll.MeetingID != meeting.ID || poll.Title != "征询" {
				t.Errorf("the poll %+v", poll)
			}
		}
		h.wait(hour)
		_, err := h.supervise(RoleStreet, meeting, WantedSupervision{Kind: lifecycle.Revoked, Matters: []int64{1}, Breached: "《物业管理条例》第14条", Basis: "物业管理条例第19条第2款", Body: "撤销第一项。"})
		h.must(err)
		if d := h.district(0); d.Total.Satisfaction[0].Communities != 0 || len(d.Polls) != 1 {
			t.Errorf("a revoked poll still stands: %+v", d.Polls)
		}
		if d := h.district(meeting.PublishedAt); d.Total.Satisfaction[0].Communities != 1 {
			t.Error("the day before it was revoked it counted")
		}
		h.now = calendar.Date(2027, 1, 1)
		if d := h.district(0); len(d.Polls) != 0 {
			t.Errorf("in the next year: %+v", d.Polls)
		}
		if d := h.district(calendar.Date(2027, 1, 1) - 1); len(d.Polls) != 1 {
			t.Errorf("on the last day of the year: %+v", d.Polls)
		}
	})
}

// TestHalfOrMoreIsReachedWithExactlyHalf by heads and by area, never by one of them alone, and never by nobody.
func TestHalfOrMoreIsReachedWithExactlyHalf(t *testing.T) {
	for name, c := range map[string]struct {
		part, whole voting.Weight
		want        bool
	}{
		"exactly half":             {voting.Weight{Heads: 2, Area: 50}, voting.Weight{Heads: 4, Area: 100}, true},
		"a square centimetre less": {voting.Weight{Heads: 2, Area: 49}, voting.Weight{Heads: 4, Area: 100}, false},
		"a head less":              {voting.Weight{Heads: 1, Area: 50}, voting.Weight{Heads: 3, Area: 100}, false},
		"nobody":                   {voting.Weight{}, voting.Weight{}, false},
	} {
		if got := (PollResult{Agreed: c.part, Answered: c.whole}).Half(); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
