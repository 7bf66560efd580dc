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

func TestAskingAnewTooSoonSaysHowLongToWait(t *testing.T) {
	w := votingTown(t)
	b, token := w.browser(), w.own.sheets[1].Token
	codePage(t, b, token)
	codePage(t, b, token).says(t, "a second start within the minute", http.StatusTooManyRequests, sentence("code_too_soon"), "60 秒")
}
