package web

import (
	"strings"
	"testing"
)

// samplePreview are the pages of a draft: its own, and what it will look like.
func samplePreview(t testing.TB) map[string]Page {
	links := []Link{{PreviewNotice, ""}, {PreviewPDF, "/p.pdf"}, {PreviewBallot, "/p/ballot"}, {PreviewSheet, "/p/sheet.pdf"}}
	shell := staffShell(PreviewStamp, "convener")
	shell.Preview = &PreviewBar{BackURL: "/m/1", Links: links}
	draft := sampleMeetingPage()
	draft.State, draft.Turnout, draft.Previews = "draft", nil, []Link{{PreviewNotice, "/p"}, {PreviewPDF, "/p.pdf"}, {PreviewBallot, "/p/ballot"}, {PreviewSheet, "/p/sheet.pdf"}}
	draft.Acts = []Act{sampleActs[0], sampleActs[1]}
	draft.Acts[0].Will = NoticeWill(sampleOpens, sampleCloses, 2, true)
	others := draft
	others.Previews, others.Acts = nil, nil
	notice, isNotice := samplePublic(t)["notice"].(MeetingNotice)
	ballot, isBallot := sampleResident()["ballot"].(Ballot)
	if !isNotice || !isBallot {
		t.Fatal("the samples changed their kind")
	}
	notice.Shell, notice.State, notice.VoteURL, notice.ResultURL, notice.Digest, notice.NoticedAt, notice.Turnout = shell, "draft", "", "", "", 0, nil
	ballot.Shell, ballot.Form, ballot.LeaveURL, ballot.Note = shell, Form{}, "", PreviewOwnMatters
	return map[string]Page{"meeting-draft": draft, "meeting-draft-teller": others, "preview-notice": notice, "preview-ballot": ballot}
}

func TestNothingOnAPreviewCanBeSent(t *testing.T) {
	for _, name := range []string{"preview-notice", "preview-ballot"} {
		html := rendered(t, samplePreview(t)[name])
		for _, e := range elements(t, html) {
			signOut := e.attrs["action"] == "/logout" || e.attrs["action"] == "/demo/clock"
			if e.tag == "form" && !signOut {
				t.Errorf("%s posts to %q", name, e.attrs["action"])
			}
		}
		if strings.Count(html, PreviewStamp) < 4 {
			t.Errorf("%s is not marked", name)
		}
	}
}
