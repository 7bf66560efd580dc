package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/voting/stage"
	"gongjue/web"
)

// publishedTown is a town whose first community has a final result and signed its papers.
func publishedTown(t *testing.T) *town {
	t.Helper()
	w := finalTown(t)
	w.sign(&w.own)
	return w
}

// finalTown is a town whose meeting has its final result, with no paper signed yet.
func finalTown(t *testing.T) *town {
	t.Helper()
	w := countedTown(t)
	community, meeting := w.own.ID, w.own.meeting.ID
	w.must(w.store.Count(w.ctx(), w.own.convener, community, meeting))
	w.must(w.store.DisplayPreliminary(w.ctx(), w.own.convener, community, meeting))
	w.wait(6 * aDay)
	w.must(w.store.PublishFinal(w.ctx(), w.own.convener, community, meeting))
	return w
}

func TestAFilingIsReturnedFiledAgainAndCertified(t *testing.T) {
	w := publishedTown(t)
	convener, street := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	address := staffMeetingURL(w.own.meeting) + "/filing"
	if work := convener.get("/staff"); !strings.Contains(work.body, `href="`+address+`"`) {
		t.Error("the console does not tell the convener to file")
	}
	form := convener.get(address).form(t, address)
	if sent := convener.upload(address, "", nil, "note", "请予备案。"); sent.location() != address+"?done=filing_submitted" {
		t.Fatalf("submit: %d %s (%v)", sent.status, sent.body, form.names)
	}
	if twice := convener.upload(address, "", nil, "note", "请予备案。"); twice.status != http.StatusConflict || !strings.Contains(twice.body, sentence("filing_open")) {
		t.Errorf("submitted twice: %d", twice.status)
	}
	if list := street.get("/staff/filings"); !strings.Contains(list.body, `href="`+address+`"`) {
		t.Error("the street's list does not lead to the filing")
	}
	first := newestFiling(t, street)
	back := w.filingAddress(first, "return")
	empty := street.post(back, street.get(address).form(t, back).with(t, "reasons", " \r\n"))
	if empty.status != http.StatusUnprocessableEntity || !strings.Contains(empty.body, sentence("reason_missing")) {
		t.Errorf("returned without reasons: %d", empty.status)
	}
	if done := street.post(back, url.Values{"reasons": {"缺少议事规则。\r\n\r\n缺少委员名单。"}}); done.location() != address+"?done=filing_returned" {
		t.Fatalf("return: %d %s", done.status, done.body)
	}
	shown := convener.get(address)
	for _, want := range []string{"<li>缺少议事规则。</li>", "<li>缺少委员名单。</li>", "请予备案。"} {
		if !strings.Contains(shown.body, want) {
			t.Errorf("the convener does not see %s", want)
		}
	}
	if bad := convener.upload(address, "补充.html", []byte("<html>"), "note", "已补正。"); bad.status != http.StatusUnprocessableEntity || !strings.Contains(bad.body, "已补正。") {
		t.Errorf("a page as a paper: %d", bad.status)
	}
	if sent := convener.upload(address, "议事规则.pdf", []byte("%PDF-1.4\n"), "note", "已补正。"); sent.location() != address+"?done=filing_submitted" {
		t.Fatalf("submit again: %d %s", sent.status, sent.body)
	}
	second := newestFiling(t, street)
	if second.Version != 2 || len(second.Record.Files) != len(first.Record.Files)+1 {
		t.Errorf("the second hand-in is %+v", second)
	}
	w.certify(t, street, convener, second, address)
}

// certify looks at every check, one by one, until the certificate is issued.
func (w *town) certify(t *testing.T, street, convener *browser, filing filingJSON, address string) {
	t.Helper()
	certify := w.filingAddress(filing, "certify")
	if refused := convener.post(certify, url.Values{}); refused.status != http.StatusForbidden {
		t.Errorf("the convener certifies: %d", refused.status)
	}
	var checked []string
	for i, check := range models.FilingChecks {
		answer := street.post(certify, url.Values{"checked": checked})
		if answer.status != http.StatusUnprocessableEntity || !strings.Contains(answer.body, sentence("checks_missing")) {
			t.Errorf("certified with %d checks: %d", i, answer.status)
		}
		if i > 0 && strings.Count(answer.body, " checked>") != i {
			t.Errorf("of %d ticks %d are kept", i, strings.Count(answer.body, " checked>"))
		}
		if !strings.Contains(answer.body, web.FilingCheck(string(check))) {
			t.Errorf("the page does not ask for %s", check)
		}
		checked = append(checked, string(check))
	}
	if answer := street.json(http.MethodPost, apiURL(certify), `{"checked":["notice_period"]}`); answer.code(t) != "checks_missing" || !strings.Contains(answer.body, `"field":"checked"`) {
		t.Errorf("API: %s", answer.body)
	}
	if done := street.post(certify, url.Values{"checked": checked}); done.location() != address+"?done=filing_certified" {
		t.Fatalf("certify: %d %s", done.status, done.body)
	}
	if twice := street.json(http.MethodPost, apiURL(certify), fmt.Sprintf(`{"checked":["%s"]}`, strings.Join(checked, `","`))); twice.code(t) != "illegal_step" {
		t.Errorf("certified twice: %s", twice.body)
	}
	issued := decode[filingJSON](t, convener.get("/api/v1/communities/"+w.own.ID+"/filings/"+filing.ID))
	if issued.State != lifecycle.FilingCertified || issued.Number == "" || issued.CheckCode == "" {
		t.Errorf("the certificate is %+v", issued)
	}
	if shown := convener.get(address); !strings.Contains(shown.body, certificateURL(issued.CheckCode)) {
		t.Error("the filing does not lead to its certificate")
	}
	if answer := w.browser().get(certificateURL(issued.CheckCode)); answer.status != http.StatusOK || !strings.Contains(answer.body, issued.Number) {
		t.Errorf("anybody's look at the certificate: %d", answer.status)
	}
	district := decode[districtJSON](t, w.signIn(models.RoleDistrict).get("/api/v1/district"))
	if len(district.Missed) != 0 || district.Communities[0].Stage == stage.Voting || district.Communities[0].VotedAt == 0 {
		t.Errorf("the district sees %+v, and %+v missed", district.Communities, district.Missed)
	}
}

func newestFiling(t *testing.T, b *browser) filingJSON {
	t.Helper()
	list := decode[filingsJSON](t, b.get("/api/v1/filings"))
	if len(list.Filings) != 1 {
		t.Fatalf("the street has %d filings", len(list.Filings))
	}
	return list.Filings[0]
}

func (w *town) filingAddress(filing filingJSON, act string) string {
	return staffCommunityURL(w.own.ID) + "/filings/" + filing.ID + "/" + act
}

func TestAFilingOverTheAPI(t *testing.T) {
	w := publishedTown(t)
	convener, street := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	base := apiURL(staffMeetingURL(w.own.meeting))
	paper := decode[attachmentJSON](t, convener.upload(base+"/files", "议事规则.pdf", []byte("%PDF-1.4\n")))
	if paper.Stage != models.ForFiling {
		t.Errorf("the paper is %+v", paper)
	}
	if answer := convener.json(http.MethodPost, base+"/filings", `{"note":"请予备案。","state":"certified"}`); answer.code(t) != "unknown_field" {
		t.Errorf("a state of one's own: %s", answer.body)
	}
	made := convener.json(http.MethodPost, base+"/filings", `{"note":"请予备案。"}`)
	filed := decode[filingJSON](t, made)
	if made.status != http.StatusCreated || filed.Note != "请予备案。" || filed.State != lifecycle.FilingSubmitted {
		t.Fatalf("%d %s", made.status, made.body)
	}
	foreign := w.browser()
	foreign.post("/staff/login", url.Values{"user": {"foreign-street"}, "password": {townPassword}, "next": {""}})
	if list := decode[filingsJSON](t, foreign.get("/api/v1/filings")); len(list.Filings) != 0 {
		t.Error("the next street sees the filing")
	}
	if answer := foreign.json(http.MethodPost, apiURL(w.filingAddress(filed, "certify")), `{"checked":[]}`); answer.code(t) != "not_found" {
		t.Errorf("the next street certifies: %s", answer.body)
	}
	returned := decode[filingJSON](t, street.json(http.MethodPost, apiURL(w.filingAddress(filed, "return")), `{"reasons":["缺少议事规则。","缺少名单。"]}`))
	if returned.State != lifecycle.FilingReturned || returned.Reasons != "缺少议事规则。\n缺少名单。" {
		t.Errorf("returned: %+v", returned)
	}
	if list := decode[filingsJSON](t, convener.get(base+"/filings")); len(list.Filings) != 1 {
		t.Errorf("%d filings of the meeting", len(list.Filings))
	}
	if answer := convener.get("/api/v1/filings"); answer.code(t) != "forbidden" {
		t.Errorf("the convener reads the street's list: %s", answer.body)
	}
}

func TestNothingIsFiledBeforeThePublication(t *testing.T) {
	w := countedTown(t)
	b := w.signIn(models.RoleConvener)
	address := staffMeetingURL(w.own.meeting) + "/filing"
	if shown := b.get(address); shown.status != http.StatusOK || strings.Contains(shown.body, `action="`+address+`"`) {
		t.Errorf("the page offers the filing: %d", shown.status)
	}
	if answer := b.json(http.MethodPost, apiURL(address)+"s", `{}`); answer.code(t) != "illegal_step" {
		t.Errorf("filed: %s", answer.body)
	}
}

func TestTheConvenerIsToldWhatIsMissingAndAddsIt(t *testing.T) {
	w := finalTown(t)
	convener := w.signIn(models.RoleConvener)
	address := staffMeetingURL(w.own.meeting) + "/filing"
	base := apiURL(staffMeetingURL(w.own.meeting))
	before := decode[filingPapersJSON](t, convener.get(base+"/filing-papers"))
	if len(before.Papers) < 2 || before.Papers[0].Document != rules.MeetingRecord || before.Papers[0].Standing != models.PaperToSign || before.Papers[0].Law == "" {
		t.Fatalf("asked for %+v", before.Papers)
	}
	lack := web.FilingPaper{Name: before.Papers[0].Name, Standing: string(models.PaperToSign)}.Lack()
	page := convener.get(address)
	if !strings.Contains(page.body, lack) || !strings.Contains(page.body, before.Papers[0].Law) || strings.Contains(page.body, `action="`+address+`"`) {
		t.Error("the page does not say what is missing, or offers the filing without it")
	}
	papers := address + "/papers"
	for _, c := range []struct{ document, name, content, code string }{
		{"", "记录.pdf", "%PDF-1.4\n", "required"}, {"price_list", "记录.pdf", "%PDF-1.4\n", "bad_value"},
		{string(rules.MeetingRecord), "记录.html", "<html>", "file_kind"},
	} {
		if answer := convener.upload(papers, c.name, []byte(c.content), "document", c.document); answer.status != http.StatusUnprocessableEntity || !strings.Contains(answer.body, sentence(c.code)) {
			t.Errorf("%s as %q: %d", c.name, c.document, answer.status)
		}
	}
	if sent := convener.upload(papers, "记录.pdf", []byte("%PDF-1.4\n"), "document", string(rules.MeetingRecord)); sent.location() != address+"?done=attachment_added" {
		t.Fatalf("add: %d %s", sent.status, sent.body)
	}
	page = convener.get(address)
	if strings.Contains(page.body, lack) || !strings.Contains(page.body, "记录.pdf") {
		t.Error("the page still misses what was added")
	}
	after := decode[filingPapersJSON](t, convener.get(base+"/filing-papers"))
	if after.Papers[0].Standing != models.PaperAttached || len(after.Papers[0].Files) != 1 {
		t.Errorf("after the upload %+v", after.Papers[0])
	}
	if gone := convener.post(staffMeetingURL(w.own.meeting)+"/files/"+after.Papers[0].Files[0].ID+"/delete", nil); gone.location() != address+"?done=attachment_deleted" {
		t.Errorf("deleted: %d to %s", gone.status, gone.location())
	}
	if street := w.signIn(models.RoleStreet).upload(papers, "记录.pdf", []byte("%PDF-1.4\n"), "document", string(rules.MeetingRecord)); street.status != http.StatusForbidden {
		t.Errorf("the street adds a paper: %d", street.status)
	}
}

func TestASecondReturnOnlyNamesWhatStillStandsAndARefusalSaysWhy(t *testing.T) {
	w := publishedTown(t)
	convener, street := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	address := staffMeetingURL(w.own.meeting) + "/filing"
	submit := func() filingJSON {
		t.Helper()
		if sent := convener.upload(address, "", nil, "note", "请予备案。"); sent.location() != address+"?done=filing_submitted" {
			t.Fatalf("submit: %d %s", sent.status, sent.body)
		}
		return newestFiling(t, street)
	}
	street.post(w.filingAddress(submit(), "return"), url.Values{"reasons": {"缺少议事规则。\r\n缺少委员名单。"}})
	second := submit()
	back := w.filingAddress(second, "return")
	form := street.get(address).form(t, back)
	if !form.names["unmended"] || form.names["ground"] {
		t.Errorf("the form of a second return asks for %v", form.names)
	}
	late := street.json(http.MethodPost, apiURL(back), `{"reasons":["缺少印章。"]}`)
	if late.status != http.StatusConflict || late.code(t) != "returned_once" {
		t.Errorf("a defect told later: %s", late.body)
	}
	if typed := street.post(back, url.Values{"unmended": {"7"}, "arose": {"日期不一致。"}}); typed.status != http.StatusUnprocessableEntity || !strings.Contains(typed.body, "日期不一致。") {
		t.Errorf("a defect that nobody told: %d", typed.status)
	}
	if done := street.post(back, url.Values{"unmended": {"2"}, "arose": {"日期不一致。"}}); done.location() != address+"?done=filing_returned" {
		t.Fatalf("returned again: %d %s", done.status, done.body)
	}
	if shown := convener.get(address); !strings.Contains(shown.body, web.DefectText("缺少委员名单。", "not_mended")) || !strings.Contains(shown.body, web.DefectText("日期不一致。", "arose")) {
		t.Error("the convener does not see why it came back again")
	}
	third := submit()
	if done := street.post(w.filingAddress(third, "receive"), url.Values{}); done.location() != address+"?done=filing_received" {
		t.Fatalf("receive: %d %s", done.status, done.body)
	}
	page := street.get(address).body
	if strings.Contains(page, w.filingAddress(third, "return")) || !strings.Contains(page, w.filingAddress(third, "refuse")) {
		t.Error("what was received may still be returned, or not be refused")
	}
	if done := street.post(w.filingAddress(third, "refuse"), url.Values{"ground": {""}, "reasons": {"会议记录不实。"}}); done.status != http.StatusUnprocessableEntity || !strings.Contains(done.body, "会议记录不实。") {
		t.Errorf("refused without a ground: %d", done.status)
	}
	if done := street.post(w.filingAddress(third, "refuse"), url.Values{"ground": {"untrue"}, "reasons": {"会议记录不实。"}}); done.location() != address+"?done=filing_refused" {
		t.Fatalf("refuse: %d %s", done.status, done.body)
	}
	if shown := convener.get(address); !strings.Contains(shown.body, "会议记录不实。") || !strings.Contains(shown.body, web.RefusalGround("untrue")) || !strings.Contains(shown.body, `action="`+address+`"`) {
		t.Error("the convener does not see why, or cannot hand in anew")
	}
	if again := submit(); again.Version != 4 || again.Kind != lifecycle.FirstFiling {
		t.Errorf("handed in anew: %+v", again)
	}
}

func TestTheWorkListShowsWhatIsDueAndWhatWasNeverFiled(t *testing.T) {
	w := publishedTown(t)
	street := w.signIn(models.RoleStreet)
	list := street.get("/staff/filings").body
	if !strings.Contains(list, "应报未报") || !strings.Contains(list, "物业管理条例第16条第1款") || strings.Contains(list, "已超期") {
		t.Error("the street does not see what was not filed yet")
	}
	w.wait(40 * aDay)
	if list := w.signIn(models.RoleStreet).get("/staff/filings").body; !strings.Contains(list, "已超期") {
		t.Error("what was not filed in time is not marked")
	}
}

func TestTheAuthorityReadsWhatWasCheckedAndNobodyElse(t *testing.T) {
	w := publishedTown(t)
	convener, street := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	address := staffMeetingURL(w.own.meeting) + "/filing"
	convener.upload(address, "", nil, "note", "请予备案。")
	filing := newestFiling(t, street)
	review := apiURL(w.filingAddress(filing, "review"))
	found := decode[reviewJSON](t, street.get(review))
	if len(found.Checks) != 7 || len(found.Flags) == 0 {
		t.Fatalf("%+v", found)
	}
	for _, check := range found.Checks {
		if check.Name == web.ReviewCount && check.State != "holds" || check.Name == web.ReviewLog && check.State != "holds" {
			t.Errorf("%+v", check)
		}
	}
	if page := street.get(address); !strings.Contains(page.body, "系统已经核对的") || !strings.Contains(page.body, found.Flags[0].Text) || !strings.Contains(page.body, found.Flags[0].Limit) {
		t.Error("the page does not show what was checked")
	}
	if page := convener.get(address); strings.Contains(page.body, "系统已经核对的") {
		t.Error("the convener reads the street's review")
	}
	if answer := convener.get(review); answer.code(t) != "forbidden" {
		t.Errorf("the convener asks for the review: %s", answer.body)
	}
}

// sign adds every document that a hand-in needs and that only people have.
func (w *town) sign(p *quarter) {
	w.t.Helper()
	needed, err := w.store.PapersNeeded(w.ctx(), p.ID, p.meeting.ID)
	w.must(err)
	for _, paper := range needed {
		_, err := w.store.AddFilingPaper(w.ctx(), p.convener, p.ID, p.meeting.ID, paper.Document, paper.Name+".pdf", []byte("%PDF-1.4 "+paper.Name))
		w.must(err)
	}
}
