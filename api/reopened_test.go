package api

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
)

// TestEveryPageAddressOpens walks all addresses that take a form: opened without one, each shows a page or leads to one,
// for a role that may use it, and to the sign-in and back for who is signed out.
func TestEveryPageAddressOpens(t *testing.T) {
	w := lived(t)
	w.own.ids["message"] = w.own.ids["meeting"]
	draft := w.own.mixedWith("meeting", w.own.drafted.ID, "matter", w.own.drafted.Matters[0].ID, "file", w.own.drafted.Attachments[0].ID)
	browsers := map[models.Role]*browser{}
	for _, role := range models.Roles {
		browsers[role] = w.signIn(role)
	}
	all, walked := (&Server{metrics: newMetrics(w.store), config: Config{Demo: &Demo{}}}).routes(), 0
	for _, r := range all {
		if r.method != http.MethodPost || strings.HasPrefix(r.path, "/api/") || strings.HasPrefix(r.path, "/demo/") {
			continue
		}
		walked++
		b := w.browser()
		if len(r.who.roles) > 0 {
			b = browsers[r.who.roles[len(r.who.roles)-1]]
		}
		for _, ids := range []quarter{w.own, draft} {
			if ids.ids["meeting"] == w.own.drafted.ID && strings.HasPrefix(r.path, "/m/") {
				continue // a draft has no public page
			}
			address := ids.at(t, r.path)
			answer := b.get(address)
			if answer.status == http.StatusSeeOther && !strings.HasPrefix(answer.location(), "/staff/login") {
				answer = b.get(answer.location())
			}
			if answer.status == http.StatusSeeOther { // a hand-in leads on to its meeting
				answer = b.get(answer.location())
			}
			// An expired session of a resident, or a step that is over, is told on a page of its own.
			if !slices.Contains([]int{http.StatusOK, http.StatusConflict, http.StatusUnauthorized}, answer.status) || (answer.status == http.StatusUnauthorized && len(r.who.roles) > 0) {
				t.Errorf("GET %s ends at %d", r.path, answer.status)
			}
		}
	}
	if walked < 42 {
		t.Errorf("only %d addresses were walked", walked)
	}
}

// mixedWith is a quarter with some of its ids exchanged.
func (p *quarter) mixedWith(pairs ...string) quarter {
	mixed := quarter{ids: map[string]string{}}
	for name, id := range p.ids {
		mixed.ids[name] = id
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		mixed.ids[pairs[i]] = pairs[i+1]
	}
	return mixed
}

func TestTheWayBackLeadsToThePageThatHoldsTheForm(t *testing.T) {
	w := frozenTown(t)
	draft := w.draft(&w.own)
	b, address := w.signIn(models.RoleConvener), staffMeetingURL(draft)
	community := "/staff/communities/" + w.own.ID
	for posted, holder := range map[string]string{
		address + "/notice": address, address + "/cancel": address, address + "/files": address,
		address + "/files/" + draft.Attachments[0].ID + "/delete": address,
		address + "/matters": address + "/matters/new",
		address + "/matters/" + draft.Matters[0].ID + "/delete": address + "/matters/" + draft.Matters[0].ID,
		community + "/meetings":                                 community + "/meetings/new", community + "/rosters/intakes": community + "/rosters/new",
	} {
		answer := b.get(posted)
		if answer.status != http.StatusSeeOther || answer.location() != holder {
			t.Errorf("GET %s: %d %q", posted, answer.status, answer.location())
			continue
		}
		page := b.get(holder)
		if !slices.ContainsFunc(page.forms(t), func(f form) bool { return f.action == posted }) {
			t.Errorf("%s has no form for %s", holder, posted)
		}
	}
}

func TestAfterSigningInAFormThatWasLateIsFoundAgain(t *testing.T) {
	w := frozenTown(t)
	draft := w.draft(&w.own)
	posted := staffMeetingURL(draft) + "/notice"
	b := w.browser()
	led := b.get(posted)
	if led.location() != staffMeetingURL(draft) {
		t.Fatalf("%d %s", led.status, led.location())
	}
	login := b.get(led.location())
	if login.location() != "/staff/login?next="+url.QueryEscape(staffMeetingURL(draft)) {
		t.Fatalf("%d %s", login.status, login.location())
	}
	in := b.post("/staff/login", url.Values{"user": {"staff-convener"}, "password": {townPassword}, "next": {posted}})
	if in.status != http.StatusSeeOther || b.get(b.get(in.location()).location()).status != http.StatusOK {
		t.Errorf("after the sign-in: %d %s", in.status, in.location())
	}
}
