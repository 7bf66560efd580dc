package api

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// countedTown is a town whose first community has voted: five of six voters, all in favour but the second.
func countedTown(t *testing.T) *town {
	t.Helper()
	w := votingTown(t)
	for i, sheet := range w.own.sheets[:5] {
		mark := voting.Yes
		if i == 1 {
			mark = voting.No
		}
		w.cast(sheet, mark)
	}
	w.wait(10*aDay + models.CloseGrace)
	return w
}

// apiURL is the API's address of what a page shows.
func apiURL(page string) string { return "/api/v1" + strings.TrimPrefix(page, "/staff") }

func TestNothingIsCountedBeforeTheClose(t *testing.T) {
	w := votingTown(t)
	w.cast(w.own.sheets[0], voting.Yes)
	address := staffMeetingURL(w.own.meeting)
	for _, role := range []models.Role{models.RoleConvener, models.RoleTeller, models.RoleStreet, models.RoleDistrict} {
		b := w.signIn(role)
		if answer := decode[resultsJSON](t, b.get(apiURL(address)+"/results")); len(answer.Results) != 0 {
			t.Errorf("%s reads results of an open vote", role)
		}
		count := b.get(address + "/count")
		if count.status != http.StatusOK || strings.Contains(count.body, "候选人甲") || strings.Contains(count.body, "9,013") {
			t.Errorf("%s: the count of an open vote shows figures: %d", role, count.status)
		}
		count.says(t, "the count of an open vote", http.StatusOK, "投票截止以后才能计票")
		count.hides(t, "the count of an open vote", "收回")
		if shown := b.get(address); strings.Contains(shown.body, "不少于 1<") || strings.Contains(shown.body, "不少于 1 ") {
			t.Errorf("%s sees a single ballot", role)
		}
	}
	b := w.signIn(models.RoleTeller)
	if answer := b.json(http.MethodPost, apiURL(address)+"/count", ""); answer.code(t) != "illegal_step" {
		t.Errorf("counted while open: %s", answer.body)
	}
	if answer := b.post(address+"/count", nil); answer.status != http.StatusConflict || !strings.Contains(answer.body, sentence("illegal_step")) {
		t.Errorf("counted while open on the page: %d", answer.status)
	}
}

func TestTheResultGoesFromTheCountToThePublication(t *testing.T) {
	w := countedTown(t)
	address := staffMeetingURL(w.own.meeting)
	teller, convener, street := w.signIn(models.RoleTeller), w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	counted := teller.post(address+"/count", teller.get(address).form(t, address+"/count").fields)
	if counted.location() != address+"/count?done=meeting_counted" {
		t.Fatalf("count: %d %s", counted.status, counted.body)
	}
	if shown := teller.get(address + "/count"); !strings.Contains(shown.body, "候选人甲") || !strings.Contains(shown.body, "修改议事规则") {
		t.Error("the count shows no matter")
	}
	if answer := w.browser().get("/api/v1/public/meetings/" + w.own.meeting.ID + "/result"); answer.code(t) != "result_not_ready" {
		t.Errorf("the count is public before it is displayed: %s", answer.body)
	}
	results := decode[resultsJSON](t, convener.get(apiURL(address)+"/results"))
	if results.State != lifecycle.MeetingTallied || len(results.Results) != 1 || results.Results[0].Ballots != 5 ||
		results.Results[0].Matters[0].Outcome.Result != voting.Passed {
		t.Errorf("the results are %+v", results)
	}
	if answer := street.json(http.MethodPost, apiURL(address)+"/display", ""); answer.code(t) != "forbidden" {
		t.Errorf("the street displays: %s", answer.body)
	}
	if answer := convener.post(address+"/display", nil); answer.location() != address+"?done=preliminary_displayed" {
		t.Fatalf("display: %d %s", answer.status, answer.body)
	}
	shown := convener.get(address)
	if !strings.Contains(shown.body, sentence("objection_window_open")) {
		t.Error("the page does not say that the window is open")
	}
	if answer := convener.json(http.MethodPost, apiURL(address)+"/publish", ""); answer.code(t) != "objection_window_open" {
		t.Errorf("published while objections run: %s", answer.body)
	}
	w.objection(t, street, convener, address, "dismissed")
	w.wait(6 * aDay)
	convener, street = w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	late := street.post(address+"/objections", url.Values{"unit": {"1号楼 1单元 101"}, "subject": {"ballot"}, "text": {"太晚了。"}})
	if late.status != http.StatusUnprocessableEntity || !strings.Contains(late.body, sentence("objection_late")) {
		t.Errorf("an objection after the window: %d", late.status)
	}
	if answer := convener.post(address+"/publish", convener.get(address).form(t, address+"/publish").fields); answer.location() != address+"?done=meeting_published" {
		t.Fatalf("publish: %d %s", answer.status, answer.body)
	}
	audit := decode[auditJSON](t, convener.get(apiURL(address)+"/audit"))
	for _, entry := range audit.Entries {
		if entry.What == entry.Act {
			t.Errorf("the step %s has no words", entry.Act)
		}
	}
	page := convener.get(address)
	for _, want := range []string{"计票人 staff-teller", "系统自动", web.AuditWord("meeting_counted"), address + "/filing"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// objection records one on the page, with what is refused on the way, and answers it.
func (w *town) objection(t *testing.T, street, convener *browser, address, outcome string) {
	t.Helper()
	desk := address + "/objections"
	empty := street.post(desk, street.get(desk).form(t, desk).with(t, "unit", "1号楼 1单元 101", "subject", "ballot", "text", ""))
	if empty.status != http.StatusUnprocessableEntity || !strings.Contains(empty.body, `href="#f-text"`) || !strings.Contains(empty.body, "1号楼 1单元 101") {
		t.Errorf("an objection without words: %d", empty.status)
	}
	for sent, field := range map[string]string{`{"unit":" ","subject":"ballot","text":"请核对。"}`: "unit", `{"unit":"1号楼","subject":"ballot","text":" "}`: "text",
		`{"unit":"1号楼","subject":"weather","text":"请核对。"}`: "subject"} {
		if answer := street.json(http.MethodPost, apiURL(desk), sent); answer.status != http.StatusUnprocessableEntity || !strings.Contains(answer.body, `"field":"`+field+`"`) {
			t.Errorf("%s: %s", sent, answer.body)
		}
	}
	made := decode[objectionJSON](t, street.json(http.MethodPost, apiURL(desk), `{"unit":"1号楼 1单元 101","subject":"ballot","text":"请核对本户的票。"}`))
	if made.Number != 1 || made.State != lifecycle.ObjectionOpen {
		t.Errorf("the objection is %+v", made)
	}
	if shown := convener.get(address); !strings.Contains(shown.body, "还有 1 件异议没有答复") {
		t.Error("the meeting's page does not tell the open objection")
	}
	answer := desk + "/" + made.ID + "/answer"
	if refused := street.post(answer, url.Values{"answer": {"无误。"}, "outcome": {outcome}}); refused.status != http.StatusForbidden {
		t.Errorf("the street answers: %d", refused.status)
	}
	unclear := convener.post(answer, url.Values{"answer": {"经核对无误。"}, "outcome": {"perhaps"}})
	if unclear.status != http.StatusUnprocessableEntity || !strings.Contains(unclear.body, "经核对无误。") || !strings.Contains(unclear.body, `href="#f-`+made.ID+`-outcome"`) {
		t.Errorf("an unclear answer: %d", unclear.status)
	}
	done := convener.post(answer, convener.get(desk).form(t, answer).with(t, "answer", "经核对无误。", "outcome", outcome))
	if done.location() != desk+"?done=objection_answered" {
		t.Fatalf("answer: %d %s", done.status, done.body)
	}
	list := decode[objectionsJSON](t, convener.get(apiURL(desk)))
	if len(list.Objections) != 1 || list.Objections[0].Answer != "经核对无误。" || string(list.Objections[0].Outcome) != outcome {
		t.Errorf("the list is %+v", list)
	}
	if again := convener.json(http.MethodPost, apiURL(answer), `{"answer":"再答。","outcome":"upheld"}`); again.code(t) != "illegal_step" {
		t.Errorf("answered twice: %s", again.body)
	}
}

func TestAnUpheldObjectionBarsTheResultAndTheVoteIsAnnulled(t *testing.T) {
	w := countedTown(t)
	address := staffMeetingURL(w.own.meeting)
	convener, street := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	for _, step := range []string{"/count", "/display"} {
		if answer := convener.json(http.MethodPost, apiURL(address)+step, "{}"); answer.status != http.StatusOK {
			t.Fatalf("%s: %d %s", step, answer.status, answer.body)
		}
	}
	w.objection(t, street, convener, address, "upheld")
	w.wait(6 * aDay)
	convener, street = w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	if shown := convener.get(address); !strings.Contains(shown.body, sentence("objection_upheld")) {
		t.Error("the page offers the publication")
	}
	if answer := convener.json(http.MethodPost, apiURL(address)+"/publish", ""); answer.code(t) != "objection_upheld" {
		t.Errorf("published: %s", answer.body)
	}
	annul := street.get(address).form(t, address+"/annul")
	if answer := street.post(address+"/annul", annul.with(t, "reason", "")); answer.status != http.StatusUnprocessableEntity {
		t.Errorf("annulled without a reason: %d", answer.status)
	}
	if answer := street.post(address+"/annul", annul.with(t, "reason", "票箱封条破损。")); answer.location() != address+"?done=meeting_annulled" {
		t.Fatalf("annul: %d %s", answer.status, answer.body)
	}
	if meeting := decode[deskJSON](t, convener.get(apiURL(address))); meeting.State != lifecycle.MeetingVoidRerun || meeting.Reason != "票箱封条破损。" {
		t.Errorf("the meeting is %s, %s", meeting.State, meeting.Reason)
	}
	ended := w.now.Load()
	w.wait(aMinute)
	sentence := "这次表决已于" + web.Instant(ended).Day() + "作废，需要重新组织，没有结果。原因：票箱封条破损。"
	convener.get(address).says(t, "the meeting's own page", 200, sentence)
	anyone, public := w.browser(), noticeURL(w.own.meeting.ID)
	anyone.get(public).says(t, "the notice", 200, sentence)
	for _, address := range []string{"/result", "/result.pdf"} {
		anyone.get(public+address).says(t, "the result", 409, sentence)
	}
	told := anyone.get("/api/v1/public/meetings/" + w.own.meeting.ID + "/result")
	var why problem
	w.must(json.Unmarshal([]byte(told.body), &why))
	if told.code(t) != "meeting_annulled" || why.Status != http.StatusConflict || why.Detail != sentence || why.Reason != "票箱封条破损。" || why.EndedAt != ended || why.RequestID == "" {
		t.Errorf("the answer says %+v", why)
	}
	if notice := decode[noticeJSON](t, anyone.get("/api/v1/public/meetings/"+w.own.meeting.ID)); notice.Meeting.EndedAt != ended {
		t.Errorf("the notice says that it ended at %d", notice.Meeting.EndedAt)
	}
	board := anyone.get(boardURL(w.own.ID))
	board.says(t, "the board", 200, "已作废或撤回", sentence)
	receipt, err := w.store.ReceiptOf(t.Context(), models.ResidentSession{Meeting: w.own.meeting.ID, Voter: w.own.sheets[0].VoterID})
	w.must(err)
	anyone.post("/receipts", url.Values{"code": {receipt.Code}}).says(t, "a receipt of the annulled vote", 200, sentence)
	if at := strings.Index(board.body, "已公布的结果"); at > strings.Index(board.body, w.own.meeting.Title) {
		t.Error("the annulled vote stands among the results")
	}
}
