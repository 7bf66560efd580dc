package models

import (
	"testing"

	"gongjue/voting/rules"
)

// standings are where the documents stand that a published meeting is asked for.
func (h *hall) standings(meetingID string) map[rules.Word]PaperStanding {
	h.t.Helper()
	meeting, err := h.Meeting(h.ctx(), h.community.ID, meetingID)
	h.must(err)
	results, err := h.Results(h.ctx(), h.community.ID, meetingID)
	h.must(err)
	found := map[rules.Word]PaperStanding{}
	for _, paper := range meeting.FilingPapers(results[len(results)-1]) {
		found[paper.Document] = paper.State
	}
	return found
}

func TestADocumentIsMissingUntilSomebodyAddsIt(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.counted()
		h.published(meeting)
		add := func(document rules.Word) (Attachment, error) {
			return h.AddFilingPaper(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, document, "扫描件.pdf", []byte("%PDF-1.4 x"))
		}
		if got := h.standings(meeting.ID); got[rules.MeetingRecord] != PaperToSign || got[rules.AssemblyDecision] != PaperToSign {
			t.Errorf("before anything was added: %v", got)
		}
		_, err := add("price_list")
		h.refused(err, "bad_value")
		file, err := add(rules.MeetingRecord)
		h.must(err)
		if got := h.standings(meeting.ID); got[rules.MeetingRecord] != PaperAttached || file.Document != rules.MeetingRecord || file.Stage != ForFiling {
			t.Errorf("after the record was added: %v, %+v", got, file)
		}
		h.must(h.DeleteAttachment(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, file.ID))
		if got := h.standings(meeting.ID); got[rules.MeetingRecord] != PaperToSign {
			t.Errorf("after it was taken away: %v", got)
		}
		_, err = add(rules.AssemblyDecision)
		h.must(err)
		_, err = h.SubmitFiling(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, "", nil)
		h.refused(err, "filing_incomplete")
		needed, err := h.PapersNeeded(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if len(needed) != 1 || needed[0].Document != rules.MeetingRecord {
			t.Errorf("still needed: %+v", needed)
		}
		_, err = add(rules.MeetingRecord)
		h.must(err)
		filed, err := h.SubmitFiling(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, "", nil)
		h.must(err)
		if last := filed.Record.Files[len(filed.Record.Files)-1]; last.Document != rules.MeetingRecord {
			t.Errorf("the record names the file %+v", last)
		}
		_, err = add(rules.MeetingRecord)
		h.refused(err, "filing_open")
	})
}

func TestOnlyWhatThePlaceRequiresBarsTheHandIn(t *testing.T) {
	paper := func(must bool, state PaperStanding) FilingPaper {
		return FilingPaper{FilingPaper: rules.FilingPaper{Must: must}, State: state}
	}
	for _, c := range []struct {
		name   string
		papers []FilingPaper
		barred bool
	}{
		{"nothing is asked for", nil, false},
		{"what is missing is only asked for", []FilingPaper{paper(false, PaperMissing), paper(false, PaperToSign)}, false},
		{"what is required is missing", []FilingPaper{paper(true, PaperMissing)}, true},
		{"what is required is not signed", []FilingPaper{paper(true, PaperToSign)}, true},
		{"what is required is made or attached", []FilingPaper{paper(true, PaperMade), paper(true, PaperAttached)}, false},
	} {
		if err := complete(c.papers); (err != nil) != c.barred {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
