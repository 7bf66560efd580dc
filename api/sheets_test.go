package api

import (
	"archive/zip"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/notify/sheet"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

func TestSheetsAndPosterArePrinted(t *testing.T) {
	w := newTown(t)
	w.noticed(&w.own)
	b := w.signIn(models.RoleConvener)
	address := staffMeetingURL(w.own.meeting)
	for _, name := range []string{"sheets", "poster.pdf"} {
		answer := b.get(address + "/" + name)
		if answer.status != http.StatusOK || answer.header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(answer.body, "%PDF-") ||
			answer.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %s", name, answer.status, answer.header.Get("Content-Type"))
		}
		if !strings.Contains(b.get(address).body, address+"/"+name) {
			t.Errorf("the page does not lead to %s", name)
		}
	}
	if answer := w.signIn(models.RoleStreet).get(address + "/sheets"); answer.status != http.StatusForbidden {
		t.Errorf("the street fetches the sheets: %d", answer.status)
	}
	draft := w.draft(&w.own)
	for _, name := range []string{"sheets", "poster.pdf"} {
		if answer := b.get(staffMeetingURL(draft) + "/" + name); answer.status != http.StatusConflict {
			t.Errorf("%s of a draft: %d", name, answer.status)
		}
	}
}

func TestWhatASheetSaysOfItsVoter(t *testing.T) {
	w := newTown(t)
	w.noticed(&w.own)
	voter := sheetVoter(w.own.sheets[0], "https://vote.example")
	if voter.Link != "https://vote.example/v/"+w.own.sheets[0].Token || len(voter.Units) != 2 || voter.Units[1].Place != "2号楼 1单元 101" ||
		voter.Total != 901_300+803_300 || voter.Heads != 1 || len(voter.Matters) != 4 || voter.Owners[0] != "样例1" {
		t.Errorf("the first sheet is %+v", voter)
	}
	if second := sheetVoter(w.own.sheets[1], ""); len(second.Matters) != 3 {
		t.Errorf("a voter of building 1 decides %v", second.Matters)
	}
	data := sheetMeeting(w.own.Community, w.own.meeting, "https://vote.example")
	if data.Link != "https://vote.example/m/"+w.own.meeting.ID || len(data.Matters) != 4 || data.Matters[3].Scope != "2号楼的业主" ||
		!strings.Contains(data.Matters[0].Law, "过半数") || strings.Count(data.CountingRule, "参与表决，") != 1 || !strings.Contains(data.CountingRule, "，事项一、") || data.NoticedAt == 0 {
		t.Errorf("the sheets share %+v", data)
	}
}

func TestSheetsAndNoticeNameTheMattersOfEachRule(t *testing.T) {
	w := newTown(t)
	w.noticed(&w.own)
	meeting := w.own.meeting
	meeting.Policies.FollowMajority = true
	two := meeting.Matters[0].Rule
	two.Item = 6
	meeting.Matters = []models.Matter{meeting.Matters[0], {Position: 2, Rule: two}, {Position: 3, Rule: meeting.Matters[0].Rule}, {Position: 4, Rule: voting.Matter{Kind: voting.Consult, Poll: &voting.Poll{}}}}
	rules := countingRules(meeting)
	if len(rules) != 2 || !strings.Contains(rules[0], "，事项一、三均应当由") || !strings.Contains(rules[1], "，事项二应当由") || strings.Contains(rules[0]+rules[1], "本事项") || !strings.Contains(rules[1], "四分之三") {
		t.Errorf("%q", rules)
	}
	for _, m := range meeting.Matters {
		if got := sheetMatter(meeting, m).Marks; !slices.Equal(got, m.Rule.Marks(meeting.Policies)) {
			t.Errorf("matter %d prints %v", m.Position, got)
		}
	}
	data := meetingNoticeData(models.Notice{Meeting: meeting, Roster: w.own.roster}, "https://vote.example")
	if !slices.Equal(data.Counting, rules) || len(data.Parameters) == 0 || data.Parameters[0].Meaning == "" {
		t.Errorf("%q %+v", data.Counting, data.Parameters)
	}
}

// TestTheSheetsOfTheSampleRosterComeAsAnArchive prints 867 voters: more than one file holds.
func TestTheSheetsOfTheSampleRosterComeAsAnArchive(t *testing.T) {
	if testing.Short() {
		t.Skip("prints 867 sheets")
	}
	w := newTown(t)
	b := w.signIn(models.RoleConvener)
	answer := b.upload("/api/v1/communities/"+w.own.ID+"/rosters", "名册.xlsx", read(t, sampleRoster), "parking_area", "yes", "parking_heads", "yes")
	list := decode[rosterDetailJSON](t, answer)
	address := apiURL(rosterURL(w.own.ID, list.ID))
	if moved := b.json(http.MethodPost, address+"/publish", display("7", "5")); moved.status != http.StatusOK {
		t.Fatalf("publish: %d %s", moved.status, moved.body)
	}
	w.wait(8 * aDay)
	b = w.signIn(models.RoleConvener)
	if moved := w.signIn(models.RoleStreet).json(http.MethodPost, address+"/freeze", ""); moved.status != http.StatusOK {
		t.Fatalf("freeze: %d %s", moved.status, moved.body)
	}
	w.own.roster = models.Roster{ID: list.ID, State: lifecycle.RosterFrozen}
	meeting := w.another(&w.own)
	page := b.get(staffMeetingURL(meeting) + "/sheets")
	if page.status != http.StatusOK || page.header.Get("Content-Type") != "application/zip" {
		t.Fatalf("%d %s", page.status, page.header.Get("Content-Type"))
	}
	archive, err := zip.NewReader(strings.NewReader(page.body), int64(len(page.body)))
	w.must(err)
	if len(archive.File) != 2 || archive.File[0].Name != "表决票-0001-0500.pdf" || archive.File[1].Name != "表决票-0501-0867.pdf" {
		t.Fatalf("%d files", len(archive.File))
	}
	for _, file := range archive.File {
		opened, err := file.Open()
		w.must(err)
		head := make([]byte, 5)
		if _, err := io.ReadFull(opened, head); err != nil || string(head) != "%PDF-" {
			t.Errorf("%s begins with %q, %v", file.Name, head, err)
		}
		_ = opened.Close() // it was only read
	}
	if list.Total.Heads <= sheet.MaxVoters {
		t.Errorf("the sample has %d voters, too few to tell", list.Total.Heads)
	}
}
