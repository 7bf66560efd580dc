package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/web"
)

// choose fills in every matter of a ballot paper: for the motions, each candidate, the first firm.
func choose(t *testing.T, w *town, ballot form, meeting models.Meeting) url.Values {
	t.Helper()
	for _, matter := range meeting.Matters {
		switch {
		case matter.Rule.Method == voting.ApprovalEach:
			for i := range matter.Rule.Options {
				ballot.with(t, web.OptionField(matter.ID, i), "yes")
			}
		case matter.Rule.Method == voting.Pick:
			ballot.with(t, web.MatterField(matter.ID), "0")
		case ballot.names[web.MatterField(matter.ID)]: // not every home is inside every scope
			ballot.with(t, web.MatterField(matter.ID), "yes")
		}
	}
	return ballot.fields
}

// codePage goes from the QR to the page that asks for the code.
func codePage(t *testing.T, b *browser, token string) page {
	t.Helper()
	who := b.get("/v/" + token)
	if who.status != http.StatusOK {
		t.Fatalf("the QR leads to %d %s", who.status, who.body)
	}
	f := who.form(t, "/v/"+token+"/code")
	if f.fields.Get("phone") == "" {
		home, err := b.w.store.HomeOf(b.w.ctx(), token)
		b.w.must(err)
		f.with(t, "phone", home.People[0].OwnerID)
	}
	return b.post(f.action, f.fields)
}

// enterByForm goes from the QR to the ballot paper without JavaScript.
func enterByForm(t *testing.T, b *browser, token string) page {
	t.Helper()
	asked := codePage(t, b, token)
	f := asked.form(t, "/v/"+token+"/enter")
	entered := b.post(f.action, f.with(t, "code", b.w.code(f.fields.Get("request"))))
	if entered.status != http.StatusSeeOther || entered.location() != "/vote" {
		t.Fatalf("the code leads to %d %q: %s", entered.status, entered.location(), entered.body)
	}
	return b.get("/vote")
}

func TestAResidentVotesFromTheQRToTheReceiptWithoutJavaScript(t *testing.T) {
	w := votingTown(t)
	sheet, b := w.own.sheets[0], w.browser()
	who := b.get("/v/" + sheet.Token)
	for _, text := range []string{"199****0001", "1号楼 1单元 101", "2号楼 1单元 101", "样例小区"} {
		if !strings.Contains(who.body, text) {
			t.Errorf("the first page does not say %s", text)
		}
	}
	for _, text := range []string{"样例1", "19900000001"} {
		if strings.Contains(who.body, text) {
			t.Errorf("a stranger with the sheet reads %s", text)
		}
	}
	paper := enterByForm(t, b, sheet.Token)
	confirm := b.post("/vote/check", choose(t, w, paper.form(t, "/vote/check"), w.own.meeting))
	if confirm.status != http.StatusOK || !strings.Contains(confirm.body, "提交以后不能修改") {
		t.Fatalf("confirmation: %d %s", confirm.status, confirm.body)
	}
	back := b.post("/vote", confirm.form(t, "/vote").fields)
	if kept := back.form(t, "/vote/check").fields; kept.Get(web.MatterField(w.own.meeting.Matters[0].ID)) != "yes" ||
		kept.Get(web.MatterField(w.own.meeting.Matters[2].ID)) != "0" {
		t.Errorf("going back loses what was chosen: %v", kept)
	}
	cast := confirm.form(t, "/vote/cast")
	if key := cast.fields.Get("idempotency_key"); len(key) != 32 {
		t.Errorf("the key is %q", key)
	}
	done := b.post(cast.action, cast.fields)
	if done.status != http.StatusSeeOther || done.location() != "/vote/receipt" {
		t.Fatalf("cast: %d %q %s", done.status, done.location(), done.body)
	}
	receipt := b.get(done.location())
	own, err := w.store.CheckReceipt(t.Context(), between(receipt.body, `<span class="receipt-code">`, "</span>"))
	if err != nil || own.Number != 1 {
		t.Fatalf("the code on the page leads to %+v, %v", own, err)
	}
	if text := b.get("/vote/receipt.txt"); !strings.Contains(text.body, own.Code) || !strings.HasPrefix(text.header.Get("Content-Type"), "text/plain") {
		t.Errorf("receipt.txt: %s", text.body)
	} else if !strings.Contains(text.body, "\r\ngongjue.receipt/v1\r\nmeeting "+w.own.meeting.ID+"\r\nleaf 1\r\nhash ") {
		t.Errorf("nothing for a program: %s", text.body)
	}
	for name, again := range map[string]page{"a second click": b.post(cast.action, cast.fields), "a reload after it": b.post(cast.action, cast.fields)} {
		if again.status != http.StatusSeeOther || !strings.Contains(b.get(again.location()).body, own.Code) {
			t.Errorf("%s: %d %q", name, again.status, again.location())
		}
	}
	for _, pasted := range []string{"回执编号：" + own.Code, "回执编号: " + own.Code + " ", " " + own.Code} {
		b.post("/receipts", url.Values{"code": {pasted}}).says(t, pasted, http.StatusOK, "已经记录")
	}
	found := b.post("/receipts", b.get("/receipts").form(t, "/receipts").with(t, "code", strings.ToLower(own.Code)))
	if found.status != http.StatusOK || !strings.Contains(found.body, "已经记录") {
		t.Errorf("the check says %d %s", found.status, found.body)
	}
}

// between cuts the text between two marks out of a page.
func between(text, from, to string) string {
	_, rest, _ := strings.Cut(text, from)
	cut, _, _ := strings.Cut(rest, to)
	return cut
}

func TestAResidentWithoutASheetComesInByThePoster(t *testing.T) {
	w := votingTown(t)
	b, address := w.browser(), "/m/"+w.own.meeting.ID
	f := b.get(address+"/vote").form(t, address+"/vote")
	asked := b.post(f.action, f.with(t, "building", "1号楼", "stair", "1", "room", "102室", "phone", "199 0000 0002"))
	asked.says(t, "the answer", http.StatusOK, "没有收到？请检查楼幢、单元、房号和手机号是否与登记的一致")
	enter := asked.form(t, address+"/enter")
	unknown := b.post(f.action, f.with(t, "building", "1号楼", "stair", "1", "room", "102", "phone", "19900000009"))
	if unknown.status != asked.status || unknown.form(t, address+"/enter").fields.Get("request") == "" {
		t.Errorf("an unknown phone is told apart: %d", unknown.status)
	}
	wrong := b.post(enter.action, enter.with(t, "code", "1"))
	if wrong.status != http.StatusUnprocessableEntity || !strings.Contains(wrong.body, sentence("code_wrong")) {
		t.Errorf("a wrong code: %d", wrong.status)
	}
	enter = wrong.form(t, address+"/enter")
	entered := b.post(enter.action, enter.with(t, "code", w.code(enter.fields.Get("request"))))
	if entered.location() != "/vote" {
		t.Fatalf("%d %s", entered.status, entered.body)
	}
	if paper := b.get("/vote"); !strings.Contains(paper.body, "1号楼 1单元 102") {
		t.Errorf("the paper is of another home: %s", paper.body)
	}
	if bad := b.post(f.action, f.with(t, "phone", "12345")); bad.status != http.StatusUnprocessableEntity || !strings.Contains(bad.body, sentence("phone_invalid")) {
		t.Errorf("half a phone: %d", bad.status)
	}
}

func TestACodeThatFailsCanBeTriedAgain(t *testing.T) {
	w := votingTown(t)
	sheet, b := w.own.sheets[1], w.browser()
	asked := codePage(t, b, sheet.Token)
	enter := asked.form(t, "/v/"+sheet.Token+"/enter")
	right := w.code(enter.fields.Get("request"))

	wrong := b.post(enter.action, enter.with(t, "code", "x"+right[1:]))
	again := wrong.form(t, enter.action)
	if wrong.status != http.StatusUnprocessableEntity || !strings.Contains(wrong.body, sentence("code_wrong")) ||
		!strings.Contains(wrong.body, "199****0002") || again.fields.Get("request") != enter.fields.Get("request") {
		t.Errorf("a wrong code: %d %s", wrong.status, wrong.body)
	}
	resend := wrong.form(t, "/v/"+sheet.Token+"/code")
	soon := b.post(resend.action, resend.fields)
	if soon.status != http.StatusOK || !strings.Contains(soon.body, sentence("code_too_soon")) {
		t.Errorf("sent again at once: %d", soon.status)
	}
	if kept := soon.form(t, enter.action).fields.Get("request"); kept != enter.fields.Get("request") {
		t.Errorf("the first code is lost: %q", kept)
	}
	w.wait(6 * aMinute)
	late := b.post(enter.action, again.with(t, "code", right))
	if late.status != http.StatusUnprocessableEntity || !strings.Contains(late.body, sentence("code_expired")) {
		t.Errorf("an expired code: %d", late.status)
	}
	resend = late.form(t, "/v/"+sheet.Token+"/code")
	fresh := b.post(resend.action, resend.fields).form(t, enter.action)
	if entered := b.post(fresh.action, fresh.with(t, "code", w.code(fresh.fields.Get("request")))); entered.location() != "/vote" {
		t.Errorf("the fresh code: %d %s", entered.status, entered.body)
	}
	if used := b.post(fresh.action, fresh.fields); used.status != http.StatusUnprocessableEntity || !strings.Contains(used.body, sentence("code_used")) {
		t.Errorf("a used code: %d", used.status)
	}
}

func TestWhatIsMissingOnABallotIsSaidAtItsMatter(t *testing.T) {
	w := votingTown(t)
	b := w.browser()
	fields := choose(t, w, enterByForm(t, b, w.own.sheets[0].Token).form(t, "/vote/check"), w.own.meeting)
	motion := web.MatterField(w.own.meeting.Matters[0].ID)
	fields.Del(motion)
	answer := b.post("/vote/check", fields)
	if answer.status != http.StatusUnprocessableEntity || !strings.Contains(answer.body, sentence("choice_missing")) {
		t.Errorf("%d %s", answer.status, answer.body)
	}
	if kept := answer.form(t, "/vote/check").fields; kept.Get(web.MatterField(w.own.meeting.Matters[2].ID)) != "0" {
		t.Errorf("the other choices are lost: %v", kept)
	}
	fields.Set(motion, "perhaps")
	if answer := b.post("/vote/check", fields); answer.status != http.StatusUnprocessableEntity || !strings.Contains(answer.body, sentence("choice_invalid")) {
		t.Errorf("an unknown mark: %d", answer.status)
	}
}

func TestABallotThatCannotBeTakenChangesNothing(t *testing.T) {
	w := votingTown(t)
	w.own.meeting.Matters = w.own.sheets[0].Matters
	other := w.another(&w.own)
	sheet := w.own.sheets[0]
	b := w.enter(sheet)
	ballot := answers(sheet.Matters, voting.Yes)
	key := []string{"Idempotency-Key", "0123456789abcdef"}
	extra := strings.Replace(ballot, `{"choices"`, `{"voter":"x","choices"`, 1)
	for _, test := range []struct {
		name, body, code string
		status           int
		headers          []string
	}{
		{"without a key", ballot, "idempotency_missing", 400, nil},
		{"with a short key", ballot, "idempotency_missing", 400, []string{"Idempotency-Key", "short"}},
		{"with an unknown field", extra, "unknown_field", 400, key},
		{"with an unknown field of a choice", strings.Replace(ballot, `"mark"`, `"weight":7,"mark"`, 1), "unknown_field", 400, key},
		{"with another meeting's matter", strings.Replace(ballot, sheet.Matters[0].ID, other.Matters[0].ID, 1), "choice_invalid", 422, key},
		{"without one matter", strings.Replace(ballot, `"`+sheet.Matters[0].ID+`":{"mark":"yes"},`, "", 1), "choice_missing", 422, key},
		{"with a mark that nobody offers", strings.Replace(ballot, `"mark":"yes"`, `"mark":"follow_majority"`, 1), "choice_invalid", 422, key},
		{"that is cut off", ballot[:40], "bad_json", 400, key},
		{"that goes on", ballot + "{}", "bad_json", 400, key},
		{"that is too big", `{"choices":{"x":{"mark":"` + strings.Repeat("y", 70<<10) + `"}}}`, "body_too_big", 413, key},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer := b.json(http.MethodPost, "/api/v1/ballots", test.body, test.headers...)
			if code := answer.code(t); code != test.code || answer.status != test.status {
				t.Errorf("got %d %s, want %d %s", answer.status, code, test.status, test.code)
			}
		})
	}
	if answer := b.send(http.MethodPost, "/api/v1/ballots", "text/plain", strings.NewReader(ballot), key...); answer.code(t) != "wrong_type" {
		t.Errorf("a body that does not say it is JSON: %d", answer.status)
	}
	if paper := b.get("/api/v1/ballot-paper"); !strings.Contains(paper.body, `"voted":false`) {
		t.Errorf("something was stored: %s", paper.body)
	}
	form := b.get("/vote").form(t, "/vote/check")
	form.fields.Set(web.MatterField(other.Matters[0].ID), "yes")
	if answer := b.post("/vote/check", form.fields); answer.status != http.StatusBadRequest {
		t.Errorf("the form with another meeting's matter: %d", answer.status)
	}
	form.fields = url.Values{"pad": {strings.Repeat("x", 70<<10)}}
	if answer := b.post("/vote/check", form.fields); answer.status != http.StatusRequestEntityTooLarge {
		t.Errorf("the form that is too big: %d", answer.status)
	}
}

func TestOneHomeVotesOnce(t *testing.T) {
	w := votingTown(t)
	sheet := w.own.sheets[2] // the couple
	home, err := w.store.HomeOf(t.Context(), sheet.Token)
	w.must(err)
	enter := func(owner string) *browser {
		b := w.browser()
		sent, err := w.store.RequestCode(t.Context(), sheet.Token, owner, "198.51.100.7")
		w.must(err)
		b.json(http.MethodPost, "/api/v1/resident-session", fmt.Sprintf(`{"request":%q,"code":%q}`, sent.Request, w.code(sent.Request)))
		return b
	}
	he, she := enter(home.People[0].OwnerID), enter(home.People[1].OwnerID)
	hers := choose(t, w, she.get("/vote").form(t, "/vote/check"), w.own.meeting)
	confirmed := she.post("/vote/check", hers).form(t, "/vote/cast")
	ballot := answers(sheet.Matters, voting.No)
	first := he.json(http.MethodPost, "/api/v1/ballots", ballot, "Idempotency-Key", "his-first-attempt")
	if first.status != http.StatusCreated {
		t.Fatalf("%d %s", first.status, first.body)
	}
	again := he.json(http.MethodPost, "/api/v1/ballots", ballot, "Idempotency-Key", "his-first-attempt")
	if again.status != http.StatusOK || strings.Replace(again.body, `"replayed":true`, `"replayed":false`, 1) != first.body {
		t.Errorf("the same request: %d %s, first %s", again.status, again.body, first.body)
	}
	if other := he.json(http.MethodPost, "/api/v1/ballots", answers(sheet.Matters, voting.Yes), "Idempotency-Key", "his-first-attempt"); other.code(t) != "idempotency_conflict" {
		t.Errorf("other choices under the same key: %d", other.status)
	}
	if second := he.json(http.MethodPost, "/api/v1/ballots", ballot, "Idempotency-Key", "his-second-attempt"); second.code(t) != "already_voted" || second.status != http.StatusConflict {
		t.Errorf("a second ballot: %d", second.status)
	}
	for name, answer := range map[string]page{"her ballot": she.post(confirmed.action, confirmed.fields), "her paper": she.get("/vote"), "her check": she.post("/vote/check", hers)} {
		if !strings.Contains(answer.body, "您已经投过票了") || !strings.Contains(answer.body, `href="/vote/receipt">查看我的回执`) {
			t.Errorf("%s: %d %s", name, answer.status, answer.body)
		}
	}
	if answer := w.browser().get("/v/" + sheet.Token); !strings.Contains(answer.body, "您已经投过票了") {
		t.Errorf("the QR after the vote: %s", answer.body)
	}
}

func TestNobodyVotesBeforeTheStartOrAfterTheClose(t *testing.T) {
	w := newTown(t)
	w.noticed(&w.own)
	sheet := w.own.sheets[0]
	early := w.browser().get("/v/" + sheet.Token)
	if !strings.Contains(early.body, sentence("meeting_not_started")) || strings.Contains(early.body, "199****") {
		t.Errorf("before the start: %s", early.body)
	}
	if answer := w.browser().json(http.MethodPost, "/api/v1/locators/"+sheet.Token+"/codes", `{"phone":"x"}`); answer.code(t) != "meeting_not_started" {
		t.Errorf("a code before the start: %d", answer.status)
	}
	w.now.Add(30*aDay - 5*aMinute) // five minutes before the close
	w.must(w.store.Tick(t.Context()))
	b := w.browser()
	cast := b.post("/vote/check", choose(t, w, enterByForm(t, b, sheet.Token).form(t, "/vote/check"), w.own.meeting)).form(t, "/vote/cast")
	w.now.Add(5 * aMinute) // the deadline itself; the server has not closed the meeting yet
	for name, answer := range map[string]page{"the ballot": b.post(cast.action, cast.fields), "the paper": b.get("/vote")} {
		if !strings.Contains(answer.body, sentence("meeting_closed")) {
			t.Errorf("%s at the deadline: %d %s", name, answer.status, answer.body)
		}
	}
	w.must(w.store.Tick(t.Context()))
	if answer := b.json(http.MethodPost, "/api/v1/ballots", answers(sheet.Matters, voting.Yes), "Idempotency-Key", "after-the-close-1"); answer.code(t) != "meeting_closed" || answer.status != http.StatusConflict {
		t.Errorf("a ballot after the close: %d", answer.status)
	}
	if answer := b.get("/v/" + sheet.Token); !strings.Contains(answer.body, sentence("meeting_closed")) {
		t.Errorf("the QR after the close: %s", answer.body)
	}
	w.wait(8 * aDay)
	if answer := b.get("/v/" + sheet.Token); answer.status != http.StatusGone || !strings.Contains(answer.body, sentence("locator_expired")) {
		t.Errorf("the QR a week later: %d", answer.status)
	}
	if answer := b.get("/v/AAAA"); answer.status != http.StatusNotFound || !strings.Contains(answer.body, sentence("locator_unknown")) {
		t.Errorf("a QR that is none: %d", answer.status)
	}
}

func TestASessionThatRanOutLeadsBack(t *testing.T) {
	w := votingTown(t)
	b := w.browser()
	fields := choose(t, w, enterByForm(t, b, w.own.sheets[0].Token).form(t, "/vote/check"), w.own.meeting)
	w.wait(31 * aMinute)
	for name, answer := range map[string]page{"choosing": b.post("/vote/check", fields), "looking": b.get("/vote")} {
		if answer.status != http.StatusUnauthorized || !strings.Contains(answer.body, sentence("resident_expired")) ||
			!strings.Contains(answer.body, `href="/m/`+w.own.meeting.ID+`/vote"`) {
			t.Errorf("%s after half an hour: %d %s", name, answer.status, answer.body)
		}
	}
	if answer := w.browser().get("/vote"); answer.status != http.StatusUnauthorized || strings.Contains(answer.body, "/staff/login") {
		t.Errorf("without a session: %d %s", answer.status, answer.body)
	}
	b = w.browser()
	enterByForm(t, b, w.own.sheets[1].Token)
	if answer := b.post("/vote/leave", nil); answer.status != http.StatusSeeOther || b.get("/vote").status != http.StatusUnauthorized {
		t.Errorf("leaving: %d", answer.status)
	}
}

func TestABusyMomentKeepsTheConfirmation(t *testing.T) {
	w := votingTown(t)
	b := w.enter(w.own.sheets[0])
	fields := choose(t, w, b.get("/vote").form(t, "/vote/check"), w.own.meeting)
	fields.Set("idempotency_key", "the-key-of-this-page")
	s := &Server{store: w.store, log: w.logger(), config: Config{MaxBody: 64 << 10}}
	engine := gin.New()
	engine.POST("/vote/cast", s.serve(route{who: resident, do: func(c *call) error {
		d, err := c.desk()
		if err == nil {
			_, err = d.read(c)
		}
		return errors.Join(err, c.castRefused(d, nil, refuse("busy")))
	}}))
	w.server.Config.Handler = engine
	answer := b.post("/vote/cast", fields)
	if answer.status != http.StatusServiceUnavailable || answer.header.Get("Retry-After") == "" || !strings.Contains(answer.body, sentence("busy")) {
		t.Fatalf("%d %s", answer.status, answer.body)
	}
	if kept := answer.form(t, "/vote/cast").fields; kept.Encode() != fields.Encode() {
		t.Errorf("the page sends %v, was sent %v", kept, fields)
	}
}
