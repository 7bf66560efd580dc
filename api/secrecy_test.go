package api

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
)

// secret are the figures of the vote below, as exact areas and as pages print them: those in favour, those
// against, and everybody who took part.
var secret = []string{"270.85", "2708500", "192.98", "1929800", "545.32", "5453200"}

// secretVote casts five ballots whose sums are like no other figure: homes 1 and 3 in favour, 2 and 4
// against, 5 abstains.
func secretVote(t *testing.T, kept models.SealKeeping) *town {
	w := newTown(t)
	w.announce = func(terms *models.MeetingTerms) { terms.SealKept = kept }
	w.noticed(&w.own)
	w.wait(20 * aDay)
	w.announce = nil
	w.noticed(&w.foreign)
	for i, mark := range []voting.Mark{voting.Yes, voting.No, voting.Yes, voting.No, voting.Abstain} {
		w.cast(w.own.sheets[i], mark)
	}
	before := w.own.ids
	w.own.ids = map[string]string{"roster_objection": before["roster_objection"], "evidence": before["evidence"], "pack": "cn-civil-code-2021", "committee": "none", "member": "none", "entry": "none", "item": "none", "community": w.own.ID, "roster": w.own.roster.ID, "meeting": w.own.meeting.ID,
		"matter": w.own.meeting.Matters[0].ID, "file": w.own.meeting.Attachments[0].ID, "token": w.own.sheets[5].Token, "voter": w.own.sheets[5].VoterID,
		"mandate": "none", "emergency": "none", "sitting": "none", "decision": "none", "convening": "none", "contract": "none", "contract_file": "none", "contract_proof": "none", "disclosure": "none", "disclosure_file": "none", "question": "none", "witness": "none", "target": "none", "order": "none", "amendment": "none", "proof": "none", "filing": "none", "intake": w.onDesk(&w.own), "owner": w.ownerAt(&w.own, "101"), "objection": "none", "message": "none", "code": "none", "leaf": "1"}
	return w
}

// ofTheProcess are the metrics of the program itself, such as the bytes it holds.
var ofTheProcess = regexp.MustCompile(`(?m)^(go|process)_.*$`)

// leaks asks every GET route as everybody and tells which answers hold one of the figures.
func (w *town) leaks(visitors []visitor, only func(route) bool) []string {
	w.t.Helper()
	var found []string
	b := &browser{w, &http.Client{CheckRedirect: w.browser().client.CheckRedirect}}
	for _, r := range (&Server{metrics: newMetrics(w.store)}).routes() {
		if r.method != http.MethodGet || !only(r) {
			continue
		}
		for _, v := range visitors {
			answer := b.send(r.method, w.own.at(w.t, r.path), "", nil, "Cookie", v.cookie)
			if r.path == "/metrics" { // what the process uses has many digits, and any may stand there by chance
				answer.body = ofTheProcess.ReplaceAllString(answer.body, "")
			}
			for _, figure := range secret {
				if strings.Contains(answer.body, figure) {
					found = append(found, v.name+" reads "+figure+" at "+r.path)
				}
			}
		}
	}
	return found
}

func TestNoAnswerHoldsAFigureBeforeTheCount(t *testing.T) {
	for _, kept := range models.SealKeepings {
		t.Run("the key kept by "+string(kept), func(t *testing.T) { noFigureBeforeTheCount(t, secretVote(t, kept)) })
	}
}

func noFigureBeforeTheCount(t *testing.T, w *town) {
	everywhere := func(route) bool { return true }
	roles := models.Roles
	if w.cards != nil { // the other way walks as everybody
		roles = models.SealHolders[:]
	}
	staffed := func() []visitor {
		visitors := []visitor{{name: "signed out"}}
		for _, role := range roles {
			visitors = append(visitors, visitor{string(role), w.signIn(role).cookieOf(staffCookieName)})
		}
		return visitors
	}
	visitors := staffed()
	w.wait(2 * aMinute) // until a phone may have another code
	voter := w.enter(w.own.sheets[2]).cookieOf(residentCookieName)
	open := append(visitors, visitor{"resident", voter})
	for _, leak := range w.leaks(open, everywhere) {
		t.Errorf("while open, %s", leak)
	}
	w.wait(10*aDay + models.CloseGrace)
	visitors = staffed()
	if w.cards != nil {
		w.openWith(models.RoleStreet) // the first of two
	}
	for _, leak := range w.leaks(visitors, everywhere) {
		t.Errorf("after the close, %s", leak)
	}
	for _, figure := range append(secret, "样例", "19900000") {
		if strings.Contains(w.log.String(), figure) {
			t.Errorf("the log holds %s", figure)
		}
	}

	if w.cards != nil {
		w.openWith(models.RoleTeller)
		for role, text := range w.cards {
			if strings.Contains(w.log.String(), text) || strings.Contains(w.log.String(), text[:9]) {
				t.Errorf("the log holds the card of the %s", role)
			}
		}
	} else {
		w.must(w.store.Count(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID))
	}
	outside := func(r route) bool { return r.who.open || r.who.resident }
	for _, leak := range w.leaks(visitors, outside) {
		t.Errorf("counted but not displayed, %s", leak)
	}
	if len(w.leaks(visitors, everywhere)) == 0 {
		t.Error("even the tellers see no figure of the count: this test looks for the wrong ones")
	}
	w.must(w.store.DisplayPreliminary(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID))
	if len(w.leaks([]visitor{{name: "signed out"}}, outside)) == 0 {
		t.Error("the displayed count is not public")
	}
}

func TestAReceiptSaysNothingOfTheChoice(t *testing.T) {
	w := votingTown(t)
	b, sheet := w.enter(w.own.sheets[1]), w.own.sheets[1]
	cast := b.json(http.MethodPost, "/api/v1/ballots", answers(sheet.Matters, voting.No), "Idempotency-Key", "the-key-of-a-receipt")
	if cast.status != http.StatusCreated {
		t.Fatalf("%d %s", cast.status, cast.body)
	}
	for _, path := range []string{"/vote/receipt", "/vote/receipt.txt", "/api/v1/receipt", "/vote"} {
		for _, word := range []string{"同意", "反对", "候选人", "样例物业", `"yes"`, `"no"`} {
			if answer := b.get(path); strings.Contains(answer.body, word) {
				t.Errorf("%s says %s", path, word)
			}
		}
	}
}
