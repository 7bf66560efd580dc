package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/models/vault"
)

func TestSignInLeadsOnlyToStaffPages(t *testing.T) {
	w := newTown(t)
	for next, want := range map[string]string{
		"":                           "/staff",
		"/staff":                     "/staff",
		"/staff/filings":             "/staff/filings",
		"/staff/outbox?after=1":      "/staff/outbox",
		"https://elsewhere.example/": "/staff",
		"//elsewhere.example/staff":  "/staff",
		"/\\elsewhere.example":       "/staff",
		"/staff/../m/1":              "/staff",
		"/staffelsewhere":            "/staff",
		"/vote":                      "/staff",
		"javascript:alert(1)":        "/staff",
	} {
		answer := w.browser().post("/staff/login", url.Values{"user": {"staff-convener"}, "password": {townPassword}, "next": {next}})
		if answer.status != http.StatusSeeOther || answer.location() != want {
			t.Errorf("next %q: %d to %q, want %q", next, answer.status, answer.location(), want)
		}
		w.now.Add(16 * aMinute) // sign-ins are counted
	}
}

func TestARefusedSignInKeepsTheAccountAndNotThePassword(t *testing.T) {
	w := newTown(t)
	answer := w.browser().post("/staff/login", url.Values{"user": {"staff-convener"}, "password": {"wrong-password-typed"}, "next": {"/staff/filings"}})
	if answer.status != http.StatusUnauthorized {
		t.Fatalf("%d", answer.status)
	}
	for _, want := range []string{`value="staff-convener"`, `value="/staff/filings"`, sentence("login_failed")} {
		if !strings.Contains(answer.body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(answer.body, "wrong-password-typed") {
		t.Error("the page repeats the password")
	}
	if len(answer.header.Values("Set-Cookie")) != 0 {
		t.Error("a refused sign-in sets a cookie")
	}
	empty := w.browser().post("/staff/login", url.Values{"user": {"staff-convener"}, "password": {""}, "next": {""}})
	if empty.status != http.StatusUnprocessableEntity || !strings.Contains(empty.body, `href="#f-password"`) {
		t.Errorf("without a password: %d, and no problem leads to the field", empty.status)
	}
}

func TestSignInIsLimited(t *testing.T) {
	w := newTown(t)
	b := w.browser()
	for i := range 5 {
		if answer := b.json(http.MethodPost, "/api/v1/session", `{"user":"staff-teller","password":"wrong"}`); answer.code(t) != "login_failed" {
			t.Fatalf("try %d: %s", i+1, answer.body)
		}
	}
	answer := b.json(http.MethodPost, "/api/v1/session", `{"user":"staff-teller","password":"`+townPassword+`"}`)
	if answer.status != http.StatusTooManyRequests || answer.code(t) != "login_limited" || answer.header.Get("Retry-After") == "" {
		t.Errorf("the sixth try with the right password: %d %s", answer.status, answer.body)
	}
	w.now.Add(16 * aMinute)
	answer = b.json(http.MethodPost, "/api/v1/session", `{"user":"staff-teller","password":"`+townPassword+`"}`)
	if answer.status != http.StatusCreated {
		t.Errorf("after the window: %d %s", answer.status, answer.body)
	}
}

func TestASessionEnds(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, w *town, b *browser){
		"after a quarter of an hour without a request": func(_ *testing.T, w *town, _ *browser) { w.now.Add(15 * aMinute) },
		"after eight hours of work": func(t *testing.T, w *town, b *browser) {
			for range 48 {
				if answer := b.get("/staff"); answer.status != http.StatusOK {
					t.Fatalf("during work: %d", answer.status)
				}
				w.now.Add(10 * aMinute)
			}
		},
		"by signing out on the page": func(t *testing.T, _ *town, b *browser) {
			if answer := b.post("/staff/logout", nil); answer.location() != "/staff/login?done=signed_out" {
				t.Errorf("signed out to %q", answer.location())
			}
		},
		"by signing out over the API": func(t *testing.T, _ *town, b *browser) {
			if answer := b.json(http.MethodDelete, "/api/v1/session", ""); answer.status != http.StatusNoContent {
				t.Errorf("%d %s", answer.status, answer.body)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			b := w.signIn(models.RoleConvener)
			cookies := b.client.Jar.Cookies(mustURL(t, w.server.URL))
			end(t, w, b)
			// The cookie as it was: what ends is the session, not only the browser's memory of it.
			b.client.Jar.SetCookies(mustURL(t, w.server.URL), cookies)
			if answer := b.get("/staff"); answer.status != http.StatusSeeOther || answer.location() != "/staff/login?next=%2Fstaff" {
				t.Errorf("page: %d to %q", answer.status, answer.location())
			}
			if answer := b.get("/api/v1/session"); answer.status != http.StatusUnauthorized || answer.code(t) != "session_expired" {
				t.Errorf("API: %d %s", answer.status, answer.body)
			}
		})
	}
}

func mustURL(t *testing.T, text string) *url.URL {
	t.Helper()
	parsed, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestTheCookieOfStaffIsStrict(t *testing.T) {
	w := newTown(t)
	answer := w.browser().json(http.MethodPost, "/api/v1/session", `{"user":"staff-street","password":"`+townPassword+`"}`)
	cookie := answer.header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Strict", "Path=/"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("%q lacks %s", cookie, want)
		}
	}
	if !strings.Contains(answer.body, `"role":"street"`) || !strings.Contains(answer.body, w.own.StreetID) {
		t.Errorf("the answer does not say who is signed in: %s", answer.body)
	}
}

func TestTheServiceTellsHowItIs(t *testing.T) {
	w := newTown(t)
	b := w.browser()
	if answer := b.get("/healthz"); answer.status != http.StatusOK || answer.body != "ok\n" {
		t.Errorf("healthz: %d %q", answer.status, answer.body)
	}
	if answer := b.get("/readyz"); answer.status != http.StatusOK || answer.body != "ready\n" {
		t.Errorf("readyz: %d %q", answer.status, answer.body)
	}
	answer := b.get("/metrics")
	for _, want := range []string{`gongjue_requests_total{method="GET",route="/readyz",status="200"} 1`, `gongjue_outbox_messages{state="pending"} 0`} {
		if !strings.Contains(answer.body, want) {
			t.Errorf("metrics lack %s", want)
		}
	}
	w.must(w.store.CheckKeys(t.Context()))
	newer := w.anotherStore(vault.Raw{Field: rawKey(9), OldField: [][]byte{rawKey(1)}})
	w.must(newer.RotateKeys(t.Context(), models.System, 10, func(models.RotatedBatch) {}))
	if answer := b.get("/readyz"); answer.status != http.StatusServiceUnavailable || answer.body != "key_unknown\n" {
		t.Errorf("readyz without the key in force: %d %q", answer.status, answer.body)
	}
	w.must(w.store.Close())
	if answer := b.get("/readyz"); answer.status != http.StatusServiceUnavailable || answer.body != "database_unreachable\n" {
		t.Errorf("readyz without a database: %d %q", answer.status, answer.body)
	}
	if answer := b.get("/healthz"); answer.status != http.StatusOK {
		t.Errorf("healthz without a database: %d", answer.status)
	}
}
