package api

import (
	"net/http"
	"testing"
)

func TestAnAddressThatOnlyTakesAFormLeadsToTheStartOfItsStep(t *testing.T) {
	w := votingTown(t)
	who, poster := "/v/"+w.own.sheets[0].Token, "/m/"+w.own.meeting.ID
	for path, start := range map[string]string{
		who + "/code": who, who + "/enter": who, poster + "/enter": poster + "/vote",
		"/vote/check": "/vote", "/vote/cast": "/vote", "/vote/leave": "/vote",
	} {
		if answer := w.browser().get(path); answer.status != http.StatusSeeOther || answer.location() != start {
			t.Errorf("GET %s: %d %q", path, answer.status, answer.location())
		}
	}
	b := w.browser()
	enterByForm(t, b, w.own.sheets[0].Token)
	if b.get("/vote/leave"); b.get("/vote").status != http.StatusOK {
		t.Error("opening the address ended the session; only its form may")
	}
}

func TestWhoeverStartsAgainEntersTheCodeAlreadyReceived(t *testing.T) {
	w := votingTown(t)
	token := w.own.sheets[1].Token
	first := codePage(t, w.browser(), token).form(t, "/v/"+token+"/enter")
	code := w.code(first.fields.Get("request"))
	other := w.browser() // the old page is closed, the phone restarted
	again := codePage(t, other, token)
	again.says(t, "a second start within the minute", http.StatusOK, sentence("code_too_soon"), "60 秒", "199****0002")
	form := again.form(t, "/v/"+token+"/enter")
	if entered := other.post(form.action, form.with(t, "code", code)); entered.location() != "/vote" {
		t.Errorf("the code already received: %d %s", entered.status, entered.body)
	}
	codePage(t, w.browser(), token).says(t, "a start after the code was used", http.StatusTooManyRequests, sentence("code_too_soon"))
}

func TestWhoeverStartsAgainFromThePosterEntersTheCodeAlreadyReceived(t *testing.T) {
	w := votingTown(t)
	address := "/m/" + w.own.meeting.ID
	ask := func(phone string) page {
		b := w.browser()
		f := b.get(address+"/vote").form(t, address+"/vote")
		return b.post(f.action, f.with(t, "building", "1号楼", "stair", "1单元", "room", "102", "phone", phone))
	}
	code := w.code(ask("19900000002").form(t, address+"/enter").fields.Get("request"))
	known, unknown := ask("19900000002"), ask("19900000009")
	for name, answer := range map[string]page{"the right phone": known, "a wrong phone": unknown} {
		answer.says(t, name, http.StatusOK, "请输入已经收到的那一个")
		answer.hides(t, name, sentence("code_too_soon"), "199****")
	}
	form := known.form(t, address+"/enter")
	if entered := w.browser().post(form.action, form.with(t, "code", code)); entered.location() != "/vote" {
		t.Errorf("the code already received: %d %s", entered.status, entered.body)
	}
}
