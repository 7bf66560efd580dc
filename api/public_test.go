package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// says checks that a page has that status and holds every text.
func (p page) says(t *testing.T, name string, status int, texts ...string) {
	t.Helper()
	if p.status != status {
		t.Errorf("%s: %d, want %d", name, p.status, status)
	}
	for _, text := range texts {
		if !strings.Contains(p.body, text) {
			t.Errorf("%s does not say %q", name, text)
		}
	}
}

// hides checks that a page holds none of the texts.
func (p page) hides(t *testing.T, name string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(p.body, text) {
			t.Errorf("%s says %q", name, text)
		}
	}
}

func TestAnyoneFindsACommunityAndItsBoard(t *testing.T) {
	w := lived(t)
	b := w.browser()
	b.get("/").says(t, "the front page", 200, "样例小区", "邻居小区", "/b/"+w.own.ID)
	found := b.get("/?q=" + url.QueryEscape("邻居"))
	found.says(t, "a search", 200, "邻居小区")
	found.hides(t, "a search", "样例小区")
	if answer := b.get("/api/v1/public/communities?after=nobody"); answer.code(t) != "cursor_invalid" {
		t.Errorf("a cursor that is none: %d", answer.status)
	}
	var list publicCommunitiesJSON
	w.must(json.Unmarshal([]byte(b.get("/api/v1/public/communities?q="+url.QueryEscape("样例小区")).body), &list))
	if len(list.Communities) != 1 || list.Communities[0].OpenVotes != 1 || list.Communities[0].Results != 1 {
		t.Errorf("the list says %+v", list)
	}
	withdrawn := w.draft(&w.own)
	w.must(w.store.CancelMeeting(t.Context(), w.own.convener, w.own.ID, withdrawn.ID, "写错了"))
	board := b.get("/b/" + w.own.ID)
	board.says(t, "the board", 200, "/m/"+w.own.meeting.ID+"/result", "/m/"+w.own.voting.ID+"/vote", "通过", "第 1 版")
	board.hides(t, "the board", w.own.drafted.ID, withdrawn.ID)
	b.get("/b/nobody").says(t, "no community", 404, sentence("not_found"))
	for _, path := range []string{"/m/" + w.own.drafted.ID, "/m/" + w.own.drafted.ID + "/notice.pdf", "/m/" + w.own.drafted.ID + "/vote"} {
		b.get(path).says(t, "a draft", 404)
	}
}

func TestAnEmptyFrontPageDoesNotSayThatASearchFailed(t *testing.T) {
	render := func(query string) string {
		var page strings.Builder
		if err := web.Render(&page, web.Home{SearchURL: "/", Query: query}); err != nil {
			t.Fatal(err)
		}
		return page.String()
	}
	if text := render(""); !strings.Contains(text, "还没有小区") || strings.Contains(text, "没有找到") {
		t.Error("without communities the front page speaks of a search")
	}
	if text := render("某某"); !strings.Contains(text, "没有找到名称里有“某某”的小区") {
		t.Error("a search without an answer is not named")
	}
}

func TestANoticeSaysWhoVotesOnWhat(t *testing.T) {
	w := lived(t)
	b := w.browser()
	notice := b.get("/m/" + w.own.voting.ID)
	// 2号楼: persons 1 and 6 and the developer, 80.33 + 81.49 + 70.61 m².
	notice.says(t, "the notice", 200, "使用2号楼维修资金", "3 人、232.43 ㎡", "6 人", "/m/"+w.own.voting.ID+"/vote", "不少于 0")
	notice.hides(t, "the notice", "1990000", "样例1")
	var public noticeJSON
	w.must(json.Unmarshal([]byte(b.get("/api/v1/public/meetings/"+w.own.voting.ID).body), &public))
	if base := public.Meeting.Matters[3].Base; base == nil || *base != (weightJSON{Heads: 3, Area: "232.43", AreaCM2: 2_324_300}) {
		t.Errorf("the base of building 2 is %+v", base)
	}
	if public.Turnout == nil || public.Turnout.AtLeast.Heads != 0 || public.Turnout.Total.Heads != 6 {
		t.Errorf("turnout %+v", public.Turnout)
	}
	file := b.get("/m/" + w.own.meeting.ID + "/files/" + w.own.ids["file"])
	if file.status != 200 || file.header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(file.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file: %d %v", file.status, file.header)
	}
	if answer := b.get("/m/" + w.own.meeting.ID + "/files/" + w.foreign.ids["file"]); answer.status != 404 {
		t.Errorf("another meeting's file: %d", answer.status)
	}
}

func TestPapersOfAFilingAreNotPublic(t *testing.T) {
	w := votingTown(t)
	w.wait(10*aDay + models.CloseGrace)
	w.must(w.store.Count(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID))
	w.must(w.store.DisplayPreliminary(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID))
	w.wait(6 * aDay)
	w.must(w.store.PublishFinal(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID))
	paper, err := w.store.AddAttachment(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID, models.ForFiling, "身份证.pdf", []byte("%PDF-1.4\n%test\n"))
	w.must(err)
	b := w.browser()
	if answer := b.get("/m/" + w.own.meeting.ID + "/files/" + paper.ID); answer.status != 404 {
		t.Errorf("the paper is handed out: %d", answer.status)
	}
	for _, path := range []string{"/m/" + w.own.meeting.ID, "/api/v1/public/meetings/" + w.own.meeting.ID, "/m/" + w.own.meeting.ID + "/result"} {
		b.get(path).hides(t, path, "身份证", paper.ID)
	}
}

func TestAResultIsPublicFromItsDisplayOn(t *testing.T) {
	w := votingTown(t)
	for i, mark := range []voting.Mark{voting.Yes, voting.No, voting.Yes, voting.Yes, voting.Abstain} {
		w.cast(w.own.sheets[i], mark)
	}
	b, address := w.browser(), "/m/"+w.own.meeting.ID
	for _, path := range []string{address + "/result", address + "/result.pdf"} {
		b.get(path).says(t, "the result of an open vote", 409, sentence("result_not_ready"))
	}
	if answer := b.get("/api/v1/public/meetings/" + w.own.meeting.ID + "/result"); answer.code(t) != "result_not_ready" {
		t.Errorf("%d", answer.status)
	}
	w.wait(10*aDay + models.CloseGrace)
	w.must(w.store.Count(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID))
	b.get(address+"/result").says(t, "a count that is not displayed", 409)
	w.must(w.store.DisplayPreliminary(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID))
	// In favour of the first matter: homes 1, 3 and 4, 170.46 + 100.39 + 101.71 m² of 545.32 that took part.
	b.get(address+"/result").says(t, "the preliminary count", 200, web.TitlePreliminary, "372.56", "68.32", "物业楼一层")
	var result publicResultJSON
	w.must(json.Unmarshal([]byte(b.get("/api/v1/public/meetings/"+w.own.meeting.ID+"/result").body), &result))
	first := result.Result.Matters[0].Outcome
	if yes := first.Counted.Options[0]; yes.Name != "yes" || yes.Votes != (weightJSON{Heads: 3, Area: "372.56", AreaCM2: 3_725_600}) || first.Result != voting.Passed {
		t.Errorf("the first matter: %+v", first)
	}
	// Just over half of 5,453,200 cm² is 2,726,601 cm².
	last := first.Steps[len(first.Steps)-1]
	if last.Dimension != voting.ByArea || last.Share != "68.32" || last.Margin != "99.8999" || last.MarginExact != 998_999 || !last.Met {
		t.Errorf("the last step: %+v", last)
	}
	w.wait(6 * aDay)
	w.must(w.store.PublishFinal(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID))
	final := b.get(address + "/result")
	final.says(t, "the final result", 200, "372.56", strings.ToUpper(result.Log.Root[:4]))
	final.hides(t, "the final result", "这是初步结果")
}

func TestPrintedDocumentsAreMade(t *testing.T) {
	w := lived(t)
	for _, path := range []string{"/m/" + w.own.meeting.ID + "/notice.pdf", "/m/" + w.own.meeting.ID + "/result.pdf", "/certificates/" + w.own.ids["code"] + "/certificate.pdf"} {
		answer := w.browser().get(path)
		if answer.status != 200 || answer.header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(answer.body, "%PDF-") || len(answer.body) < 10_000 {
			t.Errorf("%s: %d, %d bytes", path, answer.status, len(answer.body))
		}
	}
}

func TestACertificateIsFoundHoweverItsCodeIsTyped(t *testing.T) {
	w := lived(t)
	b, code := w.browser(), w.own.ids["code"]
	f := b.get("/certificates").form(t, "/certificates")
	answer := b.post(f.action, f.with(t, "code", strings.ToLower(strings.ReplaceAll(code, "-", " "))))
	if answer.status != 303 || answer.location() != "/certificates/"+code {
		t.Fatalf("%d %q", answer.status, answer.location())
	}
	b.get(answer.location()).says(t, "the certificate", 200, "2026-000001", code, "样例街道", "查验通过", web.FilingCheck("roster"), `<svg viewBox`)
	filed, err := w.store.CertificateByCode(t.Context(), code)
	w.must(err)
	paper := certificateData(filed, "")
	shown := b.get(answer.location())
	for _, matter := range paper.Matters {
		shown.says(t, "a matter on the certificate", 200, matter.Title, matter.Word)
	}
	shown.says(t, "the facts of the paper", 200, paper.ResultHash, paper.RecordHash, paper.Sentence, certificateURL(code)+"/certificate.pdf")
	shown.says(t, "who was elected", 200, append(slices.Clone(paper.Members), paper.Alternates...)...)
	b.post(f.action, f.with(t, "code", "AAAA-AAAA-AAAA-AAAA")).says(t, "an unknown code", 404, sentence("check_code_unknown"))
	b.get("/certificates/AAAA").says(t, "an unknown address", 404, sentence("check_code_unknown"))
	if answer := b.get("/api/v1/public/certificates/AAAA"); answer.code(t) != "check_code_unknown" || answer.status != 404 {
		t.Errorf("%d", answer.status)
	}
	b.get("/api/v1/public/certificates/"+code).hides(t, "the public certificate", "议事规则.pdf")
}

func TestACertificateOfAMeetingThatDecidedNothingSaysSo(t *testing.T) {
	passed := voting.Outcome{Result: voting.Passed, Binding: true}
	for name, c := range map[string]struct {
		outcome voting.Outcome
		formed  bool
	}{
		"a motion that passed": {passed, true}, "a motion that failed": {voting.Outcome{Result: voting.Rejected, Binding: true}, false},
		"too few took part":                {voting.Outcome{Result: voting.NotFormed, Binding: true}, false},
		"a poll that reached its standard": {voting.Outcome{Result: voting.Passed}, false},
		"some seats were filled":           {voting.Outcome{Result: voting.RunOffDue, Binding: true, Elected: []string{"甲"}}, true},
	} {
		filed := models.Filing{State: lifecycle.FilingWithdrawn, Record: models.FilingRecord{Matters: []models.MatterResult{{Outcome: c.outcome}}}}
		data := certificateData(filed, "")
		if says := strings.Contains(data.Note, "未形成"); says == c.formed || strings.Contains(data.Sentence, "决定") {
			t.Errorf("%s: %q %q", name, data.Sentence, data.Note)
		}
		if !strings.Contains(data.Standing, "不再有效") {
			t.Errorf("a withdrawn certificate stands: %q", data.Standing)
		}
	}
}

func TestAReceiptIsCheckedByAnyone(t *testing.T) {
	w := lived(t)
	b := w.browser()
	for code, want := range map[string]string{"AAAA": "code_mistyped", "": "required", w.own.ids["code"]: "receipt_unknown"} {
		answer := b.json(http.MethodPost, "/api/v1/public/receipts", `{"code":"`+code+`"}`)
		if got := answer.code(t); got != want {
			t.Errorf("%q: %s, want %s", code, got, want)
		}
	}
	form := b.get("/receipts").form(t, "/receipts")
	b.post("/receipts", form.with(t, "code", "AAAA")).says(t, "a slip", 422, sentence("code_mistyped"), `value="AAAA"`)
	b.post("/receipts", form.with(t, "code", w.own.ids["code"])).says(t, "a code of something else", 404, sentence("receipt_unknown"))
}

func TestOnlyTheDemoMovesItsClock(t *testing.T) {
	w := newTown(t)
	if answer := w.browser().post("/demo/clock", url.Values{"to": {"day"}}); answer.status != 404 {
		t.Errorf("outside the demo: %d", answer.status)
	}
	moved := ""
	demo := &Demo{Jump: func(_ context.Context, to string) error { moved = to; return nil }, VoteURL: "/v/demo", VoteLabel: "1号楼 1单元 101",
		SMS:      func(_ context.Context, request string) string { return "code of " + request },
		Accounts: []web.DemoLink{{Role: "convener", User: "demo-convener"}}, Password: "demo-password"}
	handler, err := New(w.store, Config{PublicURL: "https://demo.example", MaxBody: 64 << 10, Demo: demo}, w.logger())
	w.must(err)
	w.server.Config.Handler = handler
	b := w.browser()
	b.get("/").says(t, "the demo's front page", 200, "demo-convener", "demo-password", "/v/demo")
	for _, test := range []struct{ to, back, location string }{
		{"day", "/m/x", "/m/x?done=clock_moved"}, {"close", "//evil.example", "/?done=clock_moved"}, {"close", "https://evil.example", "/?done=clock_moved"},
	} {
		answer := b.post("/demo/clock", url.Values{"to": {test.to}, "back": {test.back}})
		if answer.status != 303 || answer.location() != test.location || moved != test.to {
			t.Errorf("%+v: %d %q, moved %q", test, answer.status, answer.location(), moved)
		}
	}
	if answer := b.post("/demo/clock", url.Values{"to": {"year"}}); answer.status != 422 || moved != "close" {
		t.Errorf("an unknown jump: %d, moved %q", answer.status, moved)
	}
	w.noticed(&w.own)
	w.wait(20 * aDay)
	asked := codePage(t, b, w.own.sheets[0].Token)
	asked.says(t, "the demo's message", 200, "code of "+asked.form(t, "/v/"+w.own.sheets[0].Token+"/enter").fields.Get("request"))
}
