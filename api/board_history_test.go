package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/rules"
	"gongjue/web"
)

func TestTheBoardKeepsEverythingThatWasAnnounced(t *testing.T) {
	w := displayed(t, linkedAgenda(), voting.Yes, voting.Yes, voting.Yes, voting.Yes, voting.No)
	path := "/api/v1/public/communities/" + w.own.ID + "/history"
	kinds := func() (kinds []string) {
		for _, entry := range decode[boardHistoryJSON](t, w.browser().get(path)).Entries {
			kinds = append(kinds, entry.Kind)
			if answer := w.browser().get(entry.URL); answer.status != http.StatusOK {
				t.Errorf("%s leads to %d", entry.URL, answer.status)
			}
			if entry.PDFURL != "" && w.browser().get(entry.PDFURL).status != http.StatusOK {
				t.Errorf("%s leads to no file", entry.PDFURL)
			}
		}
		return kinds
	}
	if got := kinds(); !slices.Equal(got, []string{"preliminary", "notice", "roster"}) {
		t.Errorf("before the end: %v", got)
	}
	w.wait(6 * aDay)
	w.must(w.store.PublishFinal(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID))
	if text := w.browser().pdf(noticeURL(w.own.meeting.ID) + "/result-poster.pdf"); !strings.Contains(text, "表决结果公告") || !strings.Contains(text, "续聘样例物业一") {
		t.Errorf("the poster says %s", text)
	}
	if got := kinds(); !slices.Equal(got, []string{"result", "preliminary", "notice", "roster"}) {
		t.Errorf("after the end: %v", got)
	}
	w.browser().get(boardURL(w.own.ID)).says(t, "the board", http.StatusOK, "历次公示", "表决结果公告：", "已由后来的代替", resultPDFURL(w.own.meeting.ID))
	if answer := w.browser().get("/api/v1/public/communities/none/history"); answer.status != http.StatusNotFound {
		t.Errorf("of no community: %d", answer.status)
	}
}

func TestTheBoardSaysThatAVoteWasAnnulled(t *testing.T) {
	w := displayed(t, linkedAgenda(), voting.Yes, voting.Yes, voting.Yes, voting.Yes, voting.No)
	w.must(w.store.AnnulMeeting(w.ctx(), w.own.street, w.own.ID, w.own.meeting.ID, "通知未送达"))
	board := w.browser().get(boardURL(w.own.ID))
	board.says(t, "the board", http.StatusOK, "表决作废：", "初步结果公示：")
	board.hides(t, "the board", resultURL(w.own.meeting.ID))
}

func TestAFinalResultIsKeptForTheDaysOfThePlace(t *testing.T) {
	published := calendar.Date(2026, 5, 1) + 9*3_600_000
	for name, c := range map[string]struct {
		days      *rules.Clause
		published int64
		want      int64
	}{
		"fifteen days after the day of the announcement": {&rules.Clause{Days: 15}, published, calendar.Date(2026, 5, 17) - 1},
		"a rule without a number":                        {&rules.Clause{}, published, 0},
		"no rule":                                        {nil, published, 0},
		"not announced yet":                              {&rules.Clause{Days: 15}, 0, 0},
	} {
		var meeting models.Meeting
		meeting.PublishedAt, meeting.Pack.Procedure.DisplayDays = c.published, c.days
		if got := keptUntil(meeting); got != web.Instant(c.want) {
			t.Errorf("%s: %v, want %v", name, got, web.Instant(c.want))
		}
	}
}
