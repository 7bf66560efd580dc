package api

import (
	cmdline "flag"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

var update = cmdline.Bool("update", false, "write testdata/access.txt anew")

const accessFile = "testdata/access.txt"

// lived lets both communities live through everything: a certified meeting, one that votes, a draft.
func lived(t *testing.T) *town {
	t.Helper()
	w := newTown(t)
	both := []*quarter{&w.own, &w.foreign}
	for _, p := range both {
		w.noticed(p)
	}
	w.wait(20 * aDay)
	for _, p := range both {
		for _, sheet := range p.sheets[:5] {
			w.cast(sheet, voting.Yes)
		}
	}
	w.wait(10*aDay + models.CloseGrace)
	for _, p := range both {
		w.must(w.store.Count(t.Context(), p.convener, p.ID, p.meeting.ID))
		w.must(w.store.DisplayPreliminary(t.Context(), p.convener, p.ID, p.meeting.ID))
		objection, err := w.store.RecordObjection(t.Context(), p.street, p.ID, p.meeting.ID, "ballot", "1号楼101", "请核对本户表决票。")
		w.must(err)
		p.ids["objection"] = objection.ID
	}
	w.wait(6 * aDay)
	for _, p := range both {
		w.must(w.store.AnswerObjection(t.Context(), p.convener, p.ID, p.meeting.ID, p.ids["objection"], models.Dismissed, "已当面核对，一致。"))
		w.must(w.store.PublishFinal(t.Context(), p.convener, p.ID, p.meeting.ID))
		w.sign(p)
		filed, err := w.store.SubmitFiling(t.Context(), p.convener, p.ID, p.meeting.ID, "", nil)
		w.must(err)
		w.must(w.store.CertifyFiling(t.Context(), p.street, p.ID, filed.ID, models.FilingChecks, models.FilingParticulars{}))
		filed, err = w.store.Filing(t.Context(), p.ID, filed.ID)
		w.must(err)
		p.ids["filing"], p.ids["code"] = filed.ID, filed.CheckCode
		for _, kind := range []lifecycle.SupervisionKind{lifecycle.CorrectionOrdered, lifecycle.Rectified} {
			entry, err := w.store.Supervise(t.Context(), p.street, p.ID, p.meeting.ID, models.WantedSupervision{Kind: kind, Breached: "一", Basis: "二", Body: "三", Limit: "2027-01-01"})
			w.must(err)
			p.ids["order"] = entry.ID
		}
		w.identify(p)
	}
	w.wait(20 * aDay)
	for _, p := range both {
		w.register(p)
		p.ids["intake"] = w.onDesk(p)
		w.must(w.store.ProposeEmergency(t.Context(), p.convener, p.ID, models.EmergencyUse{Cause: "lift", Place: "一", Body: "一", Estimate: 100}))
		w.must(w.store.OrderMeeting(t.Context(), p.street, p.ID, conveningWanted("2030-01-01")))
		orders, err := w.store.Convenings(t.Context(), p.ID)
		w.must(err)
		p.ids["convening"] = orders[0].ID
		uses, err := w.store.Emergencies(t.Context(), p.ID, false)
		w.must(err)
		p.ids["emergency"] = uses[0].ID
		w.contracted(p)
		w.inCommittee(p)
		w.disclosed(p)
	}
	return w
}

// identify notes an existing id for every name in the table of routes, and lets one more meeting vote soon.
func (w *town) identify(p *quarter) {
	w.t.Helper()
	p.ids["community"], p.ids["roster"], p.ids["meeting"] = p.ID, p.roster.ID, p.meeting.ID
	p.ids["intake"] = w.onDesk(p)
	p.ids["owner"] = w.ownerAt(p, "101")
	amendment := w.proposed(p)
	p.ids["mandate"] = w.noted(p).ID
	p.ids["witness"] = w.witnessKey(p)
	p.ids["target"] = "none" // who may withdraw one is asked before which
	p.ids["amendment"], p.ids["proof"] = amendment.ID, amendment.Files[0].ID
	p.ids["matter"], p.ids["file"] = p.meeting.Matters[0].ID, p.meeting.Attachments[0].ID
	p.ids["leaf"] = "1" // of the visitors' ballots; another meeting's is asked for under its own address
	next := w.another(p)
	sheets, err := w.store.Sheets(w.ctx(), p.ID, next.ID)
	w.must(err)
	p.voting, p.votingSheets = next, sheets
	p.drafted = w.draft(p)
	p.ids["token"], p.ids["message"], p.ids["voter"], p.ids["pack"] = sheets[0].Token, next.ID, sheets[0].VoterID, "cn-civil-code-2021" // any id: who may revive is asked before which
}

// register notes the ids of the committee that the meeting elected.
func (w *town) register(p *quarter) {
	w.t.Helper()
	terms, err := w.store.Committees(w.ctx(), p.ID)
	w.must(err)
	entries, err := w.store.CommitteeEntries(w.ctx(), p.ID, false)
	w.must(err)
	p.ids["item"] = "none"
	p.ids["committee"], p.ids["member"], p.ids["entry"] = terms[0].ID, terms[0].Members[0].ID, entries[0].ID
}

// at fills the names of a path with ids of a community.
func (p *quarter) at(t *testing.T, path string) string {
	t.Helper()
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if name, isName := strings.CutPrefix(part, ":"); isName {
			if p.ids[name] == "" {
				t.Fatalf("no id for %s of %s", part, path)
			}
			parts[i] = p.ids[name]
		}
	}
	return strings.Join(parts, "/")
}

// visitors are everybody who may ask: by name, the cookie they hold; signed out holds none.
type visitor struct{ name, cookie string }

// cookieOf gives the session cookie that a browser holds.
func (b *browser) cookieOf(name string) string {
	b.w.t.Helper()
	address, err := url.Parse(b.w.server.URL)
	b.w.must(err)
	for _, cookie := range b.client.Jar.Cookies(address) {
		if cookie.Name == name {
			return name + "=" + cookie.Value
		}
	}
	b.w.t.Fatalf("no cookie %s", name)
	return ""
}

func (w *town) visitors() []visitor {
	list := []visitor{{name: "signed out"}}
	for _, role := range models.Roles {
		list = append(list, visitor{string(role), w.signIn(role).cookieOf(staffCookieName)})
	}
	sheet := w.own.votingSheets[1]
	b := w.enter(sheet)
	if answer := b.json(http.MethodPost, "/api/v1/ballots", answers(sheet.Matters, voting.Yes), "Idempotency-Key", "the-key-of-a-visitor"); answer.status != http.StatusCreated {
		w.t.Fatalf("cast: %d %s", answer.status, answer.body)
	}
	return append(list, visitor{"resident", b.cookieOf(residentCookieName)},
		visitor{"owner", w.atRoster(&w.own, "1号楼", "102", "19900000002").cookieOf(ownerCookieName)})
}

// endsSession are the routes that end the session they are asked with.
func endsSession(r route) bool {
	return r.path == "/staff/logout" || (r.method == http.MethodDelete && r.path == "/api/v1/session")
}

// isStaff tells accounts from residents and owners.
func (v visitor) isStaff() bool { return v.name != "resident" && v.name != "owner" && v.cookie != "" }

// ask sends a request whose body no act can carry out, so that nothing changes and only access decides.
func (w *town) ask(method, path, cookie string) string {
	w.t.Helper()
	body, media := "", ""
	if method != http.MethodGet {
		body, media = "no_such_field=1", "application/x-www-form-urlencoded"
		if strings.HasPrefix(path, "/api/") {
			body, media = `{"no_such_field":1}`, "application/json"
		}
	}
	b := &browser{w, &http.Client{CheckRedirect: w.browser().client.CheckRedirect}}
	answer := b.send(method, path, media, strings.NewReader(body), "Cookie", cookie)
	if answer.status == http.StatusSeeOther && strings.HasPrefix(answer.location(), "/staff/login?next=") {
		return "login"
	}
	if answer.status == http.StatusSeeOther && strings.HasPrefix(path, "/r/") && strings.Contains(answer.location(), "/home") {
		return "prove"
	}
	switch answer.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
		return fmt.Sprint(answer.status)
	}
	if answer.status >= http.StatusInternalServerError {
		w.t.Errorf("%s %s: %d %s", method, path, answer.status, answer.body)
	}
	return "allowed"
}

// TestAccessIsExactlyTheTable asks for every route as everybody, with ids of one's own and of a foreign
// community, and compares with the table in testdata, which is read in review.
func TestAccessIsExactlyTheTable(t *testing.T) {
	w := lived(t)
	visitors := w.visitors()
	var table strings.Builder
	for _, r := range (&Server{metrics: newMetrics(w.store)}).routes() {
		for _, v := range visitors {
			cookie := v.cookie
			if endsSession(r) && v.isStaff() {
				cookie = w.signIn(models.Role(v.name)).cookieOf(staffCookieName)
			}
			outcome := w.ask(r.method, w.own.at(t, r.path), cookie)
			if strings.Contains(r.path, ":") {
				outcome = "own " + outcome + ", foreign " + w.ask(r.method, w.foreign.at(t, r.path), cookie)
			}
			fmt.Fprintf(&table, "%-6s %s | %s | %s\n", r.method, r.path, v.name, outcome)
		}
	}
	if *update {
		w.must(os.MkdirAll("testdata", 0o755))
		w.must(os.WriteFile(accessFile, []byte(table.String()), 0o644))
	}
	golden, err := os.ReadFile(accessFile)
	w.must(err)
	want, got := strings.Split(string(golden), "\n"), strings.Split(table.String(), "\n")
	for i := range max(len(want), len(got)) {
		if line(want, i) != line(got, i) {
			t.Errorf("line %d: got %q, want %q", i+1, line(got, i), line(want, i))
		}
	}
}

func line(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// mixed are the ids of the foreign community behind one's own.
func (w *town) mixed() quarter {
	mixed := quarter{ids: maps.Clone(w.foreign.ids)}
	mixed.ids["community"] = w.own.ID
	return mixed
}

// validBodies are requests that would be carried out, so that only the foreign id stands in the way.
var validBodies = map[string]string{
	"rosters/:roster/publish": display("15", "5"), "meetings/:meeting/publish": `{}`, "/freeze": `{}`, "/edit": `{}`, "/count": `{}`, "/display": `{}`, "/notice": `{}`,
	"/:roster_objection/answer": `{"answer":"已核对","outcome":"dismissed"}`,
	"/cancel":                   `{"reason":"改期"}`, "/run-off": `{}`, "/annul": `{"reason":"重开"}`, "/bundle": `{"tier":"owners"}`, "/answer": `{"answer":"已核对","outcome":"dismissed"}`,
	"/objections": `{"unit":"1号楼101","subject":"ballot","text":"请核对"}`, "/filings": `{"note":""}`,
	"/certify": `{"checked":["notice_period","roster","majorities","objections","papers"]}`, "/return": `{"reasons":["缺会议记录"]}`,
	"/supervision":          `{"kind":"rectified","body":"一"}`,
	"/committees/elections": `{"meeting":"x"}`, "/office": `{}`, "/display/withdraw": `{"reason":"一"}`, "/recall": `{"motion":"x:1"}`, "/fill": `{}`, "/:committee/members": `{"name":"一","capacity":"owner","post":"member","reason":"一","document":"一"}`, "/:committee/parties": `{"account":"x","side":"outgoing"}`, "/:committee/handover": `{"kind":"seals","text":"一"}`, "/give": `{}`, "/take": `{}`, "/handover/:item/refuse": `{"reason":"一"}`,
	"/receive": `{}`, "/filings/:filing/refuse": `{"ground":"untrue","reasons":["一"]}`,
	"/paper/find": `{"serial":"0000-0000-0000-0000-0"}`, "/paper/sheets/:voter": `{"void":"UNSIGNED","in_box":true}`,
	"/deliveries/find": `{"serial":"0000-0000-0000-0000-0"}`, "/deliveries/sheets/:voter": deliveryBody, "/rounds": strings.Replace(deliveryBody, "{", `{"building":"1号楼",`, 1), "/withdraw": `{}`,
	"/owners/find": `{"number":"19900000001"}`, "/owners/:owner/read": `{"reason":"mend","text":"核对","fields":["phone"]}`,
	"/contracts/:contract/steps": `{"event":"overstay","body":"一"}`, "/remove": `{}`,
	"/watch": `{"reasons":["dispute"],"body":"一"}`, "/watch/change": `{"reasons":["dispute"],"body":"一"}`, "/watch/remove": `{"reason":"一"}`, "/watch/dismiss": `{"flag":"term_lapsed","facts":["term:1"],"reason":"一"}`,
	"/convenings": `{"kind":"regular","ground":"duty","convener_kind":"committee","basis":"一","body":"一","limit":"2030-01-01"}`, "/take-over": `{"asked":"1"}`, "/convenings/:convening/withdraw": `{"reason":"一"}`,
	"/committee-meetings": `{"called_by":"chair","held_at":"2026-06-20T19:00","place":"一","agenda":["一"]}`, "/:decision": `{"kind":"correction_ordered","breached":"一","basis":"二","body":"三","limit":"2027-01-01"}`,
	"/disclosures/draft": `{"revision":1,"from":"2020-01-01","to":"2020-12-31"}`, "/draft/lines": `{"revision":1,"section":"revenue","item":"一","amount":"1"}`, "/draft/lines/remove": `{"revision":1,"line":"x"}`,
	"/draft/files/:disclosure_file/remove": `{"revision":1}`, "/draft/publish": `{"revision":1}`, "/draft/discard": `{"revision":1}`, "/disclosures/day": `{"month":4,"day":30,"ground":"一"}`,
	"/questions/:question/answer": `{"body":"一"}`, "/questions/:question/hide": `{"part":"question","reason":"一"}`, "/take-down": `{"reason":"一"}`, "/disclosures/:disclosure/questions": `{"body":"一"}`,
	"/emergencies": `{"cause":"lift","place":"一","body":"一","estimate":"1"}`, "/confirm": `{}`, "/complete": `{"cost":"1","acceptance":"一"}`,
	"/sample/announcements": `{"certainty":"19/20","due":"2026-09-01T09:00","place":"一","manner":"一","digits":6}`, "/sample/draws": `{"number":"038617","drawn_at":"2026-09-01T09:00","witnesses":"一"}`,
	"/sample/confirm": `{"number":"038617"}`, "/sample/withdraw": `{"reason":"一"}`, "/sample/answers": `{"leaf":1,"answer":"confirmed"}`, "/sample/end": `{}`,
	"/lot/announcements": `{"due":"2026-09-01T09:00","place":"一","manner":"一","digits":6}`, "/lot/draws": `{"number":"038617","drawn_at":"2026-09-01T09:00","witnesses":"一"}`,
	"/lot/confirm": `{"number":"038617"}`, "/seal/card": `{}`, "/seal/try": `{"code":"x"}`, "/seal/print": `{"code":"x"}`, "/seal/open": `{"code":"x"}`,
	"/mandates": `{"unit":"x","capacity":"buyer","document":"证","reason":"一"}`,
	"/approve":  `{"digest":"x"}`, "/mandates/:mandate/approve": `{}`, "/refuse": `{"reason":"一"}`,
	"/columns": `{"sheet":"名册","header_row":1,"use":["room","area","name"]}`, "/row": `{"sheet":"名册","row":2,"do":"drop","why":"一"}`,
	"/encoding": `{"encoding":""}`,
	"/heads":    `{"do":"merge","units":["a","b"],"why":"一"}`, "/confirmations": `{"keys":["x"],"why":"一"}`, "/import": `{"revision":1}`, "/taken_over": `{"places":["x"],"revision":1,"why":"一"}`,
	"/rosters/:roster/register/taken_over": `{"places":["x"],"register":"x","why":"一"}`,
	"/rulings":                             `{"keys":["x"],"do":"keep","revision":1,"why":"一"}`,
	"/witness":                             `{"note":"x"}`, "/signature": `{"note":"x"}`, "/seal-proof": `{}`, "/waive": `{"reason":"一"}`,
	"/matters": matterBody, "/:matter": matterBody, "/:meeting": meetingBody, "/retry": `{}`,
}

func validBody(t *testing.T, path string) string {
	t.Helper()
	best := ""
	for ending := range validBodies {
		if strings.HasSuffix(path, ending) && len(ending) > len(best) {
			best = ending
		}
	}
	if best != "" {
		return validBodies[best]
	}
	t.Fatalf("no valid body for %s", path)
	return ""
}

const (
	deliveryBody = `{"mode":"mailbox","result":"delivered","delivered_at":"2026-04-08T09:00","relation":"none","proof":"1"}`
	matterBody   = `{"kind":"motion","item":1,"title":"一","text":"一"}`
	meetingBody  = `{"title":"一","convener_kind":"committee","convener_name":"一","roster":"x","opens":"2026-09-01T09:00","closes":"2026-09-11T09:00","contact":"一","objection_days":5,"void_participates":true}`
)

// TestAForeignIDUnderOnesOwnCommunityIsNotFound puts the foreign community's ids behind one's own community:
// the path is one's own, what it names is not.
func TestAForeignIDUnderOnesOwnCommunityIsNotFound(t *testing.T) {
	w := lived(t)
	cookies := map[models.Role]string{}
	for _, role := range models.Roles {
		cookies[role] = w.signIn(role).cookieOf(staffCookieName)
	}
	// Either the meeting itself is foreign, or only what lies below one's own.
	whole, below := w.mixed(), w.mixed()
	below.ids["meeting"], below.ids["roster"] = w.own.drafted.ID, w.own.roster.ID
	tried := 0
	for _, r := range (&Server{metrics: newMetrics(w.store)}).routes() {
		if !strings.Contains(r.path, ":community/") || strings.Count(r.path, ":") < 2 || r.upload || r.who.open {
			continue // open are the ways back to a page, which is asked itself
		}
		body, media := "", ""
		if r.method == http.MethodPost || r.method == http.MethodPut {
			if !strings.HasPrefix(r.path, "/api/") {
				continue // the same act as its JSON twin
			}
			body, media = strings.Replace(validBody(t, r.path), `"roster":"x"`, `"roster":"`+w.own.roster.ID+`"`, 1), "application/json"
		}
		role := r.who.roles[len(r.who.roles)-1]
		b := &browser{w, &http.Client{CheckRedirect: w.browser().client.CheckRedirect}}
		paths := []string{whole.at(t, r.path)}
		if strings.Count(r.path, ":") > 2 {
			paths = append(paths, below.at(t, r.path))
		}
		for _, path := range paths {
			answer := b.send(r.method, path, media, strings.NewReader(body), "Cookie", cookies[role])
			if answer.status != http.StatusNotFound {
				t.Errorf("%s %s as %s: %d %s", r.method, r.path, role, answer.status, answer.body)
			}
			tried++
		}
	}
	if tried < 35 {
		t.Errorf("only %d routes were tried", tried)
	}
}
