package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"gongjue/models"
	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/roster"
)

const (
	townPassword = "kaihui-toupiao-2026"
	aMinute      = int64(60_000)
	aDay         = 24 * 60 * aMinute
)

// town is a running service over a real database: two communities in two districts, a clock to move, and
// accounts of the first community.
type town struct {
	t       *testing.T
	file    string // of the database
	store   *models.Store
	server  *httptest.Server
	handler http.Handler
	now     atomic.Int64
	own     quarter
	foreign quarter
	staff   map[models.Role]models.Staff
	sent    map[string]string // one-time codes by request id
	log     *bytes.Buffer

	announce func(terms *models.MeetingTerms) // changes what the next draft announces; nil: nothing
	cards    map[models.Role]string           // seal cards of the newest meeting whose key three people hold
}

// quarter is a community with its roster, its meeting and the sheets of that meeting; later also with one
// meeting that votes and one that is a draft.
type quarter struct {
	models.Community
	convener, street models.Actor
	roster           models.Roster
	meeting          models.Meeting
	sheets           []models.Sheet
	ids              map[string]string // by the name in a path
	voting, drafted  models.Meeting
	votingSheets     []models.Sheet
}

// newTown opens the service at 2026-03-02 09:00 北京时间, with nothing but communities and accounts.
func newTown(t *testing.T) *town {
	t.Helper()
	w := &town{t: t, staff: map[models.Role]models.Staff{}, sent: map[string]string{}, log: &bytes.Buffer{}}
	w.now.Store(calendar.Date(2026, 3, 2) + 9*60*aMinute)
	w.file = filepath.Join(t.TempDir(), "town.db")
	w.store = w.anotherStore(vault.Raw{Field: rawKey(1)})
	_, err := w.store.Migrate(t.Context())
	w.must(err)
	w.own = w.community("样例区", "样例街道", "样例小区")
	w.foreign = w.community("邻区", "邻街道", "邻居小区")
	scopes := map[models.Role]string{models.RoleOperator: "", models.RoleDistrict: w.own.DistrictID, models.RoleStreet: w.own.StreetID,
		models.RoleConvener: w.own.ID, models.RoleTeller: w.own.ID}
	for _, role := range models.Roles {
		w.staff[role] = w.account("staff-"+string(role), role, scopes[role])
	}
	w.own.convener, w.own.street = w.staff[models.RoleConvener].Actor(), w.staff[models.RoleStreet].Actor()
	w.foreign.convener = w.account("foreign-convener", models.RoleConvener, w.foreign.ID).Actor()
	w.foreign.street = w.account("foreign-street", models.RoleStreet, w.foreign.StreetID).Actor()
	w.handler, err = New(w.store, Config{PublicURL: "https://vote.example", MaxBody: 64 << 10, MaxUpload: 1 << 20, Version: "test"},
		w.logger())
	w.must(err)
	w.server = httptest.NewServer(w.handler)
	t.Cleanup(w.server.Close)
	return w
}

// rawKey is a key of equal bytes.
func rawKey(b byte) []byte { return bytes.Repeat([]byte{b}, vault.KeySize) }

// anotherStore is one more process on the town's database, with these field keys.
func (w *town) anotherStore(raw vault.Raw) *models.Store {
	w.t.Helper()
	raw.Token, raw.Seal, raw.Log = rawKey(2), rawKey(3), rawKey(4)
	keys, err := vault.NewKeys(raw)
	w.must(err)
	store, err := models.Open(w.ctx(), models.Options{URL: w.file, Keys: keys, Clock: w.now.Load, Origin: "test.example"})
	w.must(err)
	w.t.Cleanup(func() { _ = store.Close() })
	return store
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) logger() *slog.Logger { return slog.New(slog.NewJSONHandler(w.log, nil)) }

func (w *town) ctx() context.Context { return w.t.Context() }

func (w *town) community(district, street, name string) quarter {
	w.t.Helper()
	made, err := w.store.CreateCommunity(w.ctx(), models.System, district, street, name)
	w.must(err)
	return quarter{Community: made, ids: map[string]string{}}
}

func (w *town) account(login string, role models.Role, scope string) models.Staff {
	w.t.Helper()
	made, err := w.store.AddStaff(w.ctx(), models.System, models.NewStaff{Login: login, Name: login, Password: townPassword, Role: role, Scope: scope})
	w.must(err)
	return made
}

// wait moves the clock and lets the server open and close what is due.
func (w *town) wait(ms int64) {
	w.t.Helper()
	w.now.Add(ms)
	w.must(w.store.Tick(w.ctx()))
}

// homes are six voters with areas that no other figure of a page shares: persons 1 (two homes), 2, 3 and 4
// together, 5, 6, and the developer.
func homes() roster.Roster {
	person := func(n int) roster.Owner {
		return roster.Owner{Name: fmt.Sprintf("样例%d", n), IDKind: roster.ResidentID, IDNumber: fmt.Sprintf("99000019700101%04d", n),
			Phone: fmt.Sprintf("1990000%04d", n)}
	}
	unit := func(building, room string, area voting.Area, owners ...roster.Owner) roster.Unit {
		return roster.Unit{Building: building, Stair: "1单元", Room: room, Usage: roster.UsageDwelling, Area: area, AreaSource: roster.Register,
			Delivered: true, CountsArea: true, CountsHeads: true, Owners: owners}
	}
	units := []roster.Unit{unit("1号楼", "101", 901_300, person(1)), unit("1号楼", "102", 912_700, person(2)),
		unit("1号楼", "201", 1_003_900, person(3), person(4)), unit("1号楼", "202", 1_017_100, person(5)),
		unit("2号楼", "101", 803_300, person(1)), unit("2号楼", "102", 814_900, person(6)), unit("2号楼", "201", 706_100)}
	units[6].DeveloperHeld = true
	return roster.Roster{Units: units}
}

// agenda has one matter of every kind of ballot, and one of a single building.
func agenda() []models.Matter {
	return []models.Matter{
		{Title: "修改议事规则", Body: "同意新的议事规则。", Rule: voting.Matter{Kind: voting.Motion, Item: 1}},
		{Title: "选举业主委员会", Body: "应选三人。", Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach,
			Options: []string{"候选人甲", "候选人乙", "候选人丙"}, Seats: 3, MinMembers: 3}},
		{Title: "选聘物业服务企业", Body: "二选一。", Rule: voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick,
			Options: []string{"样例物业一", "样例物业二"}}},
		{Title: "使用2号楼维修资金", Body: "更换2号楼水泵。", Rule: voting.Matter{Kind: voting.Motion, Item: 5, Scope: []string{"2号楼"}}},
	}
}

// displayed is a display that ends at once.
func (w *town) displayed() models.Display {
	return models.Display{Until: w.now.Load(), AnswerDays: 5, Contact: "物业楼一层"}
}

// noticed gives a community a frozen roster and a meeting whose notice is out; voting begins in 20 days and
// takes 10.
func (w *town) noticed(p *quarter) {
	w.t.Helper()
	list, err := w.store.ImportRoster(w.ctx(), p.convener, p.ID, models.RosterFile{Name: "名册.xlsx", SHA256: "00", Roster: homes()})
	w.must(err)
	w.must(w.store.PublishRoster(w.ctx(), p.convener, p.ID, list.ID, w.displayed()))
	w.objected(p, list)
	w.now.Add(1) // the display is over
	w.must(w.store.FreezeRoster(w.ctx(), p.street, p.ID, list.ID))
	p.roster, err = w.store.Roster(w.ctx(), p.ID, list.ID)
	w.must(err)
	p.meeting = w.another(p)
	p.sheets, err = w.store.Sheets(w.ctx(), p.ID, p.meeting.ID)
	w.must(err)
}

// another issues one more meeting on the community's roster.
func (w *town) another(p *quarter) models.Meeting {
	w.t.Helper()
	meeting := w.draft(p)
	w.takeCards(p, meeting)
	w.must(w.store.IssueNotice(w.ctx(), p.convener, p.ID, meeting.ID))
	meeting, err := w.store.Meeting(w.ctx(), p.ID, meeting.ID)
	w.must(err)
	return meeting
}

// draft is a meeting that could be noticed at once, with a file.
func (w *town) draft(p *quarter) models.Meeting {
	w.t.Helper()
	counted := true
	now := w.now.Load()
	terms := models.MeetingTerms{Title: "第一次会议", ConvenerKind: "committee",
		ConvenerName: p.Name + "业主委员会", Contact: "物业楼一层", Place: "物业楼一层投票箱", RosterID: p.roster.ID, OpensAt: now + 20*aDay,
		ClosesAt: now + 30*aDay, ObjectionDays: 5, Policies: voting.Policies{VoidParticipates: &counted}}
	if w.announce != nil {
		w.announce(&terms)
	}
	meeting, err := w.store.CreateMeeting(w.ctx(), p.convener, p.ID, terms)
	w.must(err)
	for _, matter := range agenda() {
		_, err := w.store.AddMatter(w.ctx(), p.convener, p.ID, meeting.ID, matter)
		w.must(err)
	}
	_, err = w.store.AddAttachment(w.ctx(), p.convener, p.ID, meeting.ID, models.ForNotice, "议事规则.pdf", []byte("%PDF-1.4\n%test\n"))
	w.must(err)
	meeting, err = w.store.Meeting(w.ctx(), p.ID, meeting.ID)
	w.must(err)
	return meeting
}

// votingTown is a town whose first community votes.
func votingTown(t *testing.T) *town {
	w := newTown(t)
	w.noticed(&w.own)
	w.wait(20 * aDay)
	return w
}

// code takes the code of a request out of the outbox, as the sender would.
func (w *town) code(request string) string {
	w.t.Helper()
	messages, err := w.store.ClaimMessages(w.ctx(), 1000)
	w.must(err)
	for _, message := range messages {
		w.must(w.store.MessagesSent(w.ctx(), message))
		if id, isCode := strings.CutPrefix(message.Dedupe, "code:"); isCode {
			w.sent[id] = message.Code
		}
	}
	return w.sent[request]
}

// browser is one phone or one desk: it keeps cookies and follows nothing by itself.
type browser struct {
	w      *town
	client *http.Client
}

func (w *town) browser() *browser {
	jar, err := cookiejar.New(nil)
	w.must(err)
	return &browser{w, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// page is an answer as a test looks at it.
type page struct {
	status int
	header http.Header
	body   string
}

func (p page) location() string { return p.header.Get("Location") }

func (b *browser) send(method, path, contentType string, body io.Reader, headers ...string) page {
	b.w.t.Helper()
	request, err := http.NewRequestWithContext(b.w.ctx(), method, b.w.server.URL+path, body)
	b.w.must(err)
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer, err := b.client.Do(request)
	b.w.must(err)
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	b.w.must(err)
	return page{answer.StatusCode, answer.Header, string(text)}
}

func (b *browser) get(path string) page { b.w.t.Helper(); return b.send(http.MethodGet, path, "", nil) }

func (b *browser) post(path string, fields url.Values) page {
	b.w.t.Helper()
	return b.send(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(fields.Encode()))
}

func (b *browser) json(method, path, body string, headers ...string) page {
	b.w.t.Helper()
	return b.send(method, path, "application/json", strings.NewReader(body), headers...)
}

// code reads the stable code of a problem+json answer.
func (p page) code(t *testing.T) string {
	t.Helper()
	var found problem
	if !strings.HasPrefix(p.header.Get("Content-Type"), "application/problem+json") {
		t.Fatalf("%d %s: no problem+json: %s", p.status, p.header.Get("Content-Type"), p.body)
	}
	if err := json.Unmarshal([]byte(p.body), &found); err != nil || found.Status != p.status || found.Detail == "" {
		t.Fatalf("%s: %v", p.body, err)
	}
	return found.Code
}

// signIn signs an account in over HTTP.
func (w *town) signIn(role models.Role) *browser {
	w.t.Helper()
	return w.signInAs("staff-" + string(role))
}

func (w *town) signInAs(login string) *browser {
	w.t.Helper()
	b := w.browser()
	answer := b.post("/staff/login", url.Values{"user": {login}, "password": {townPassword}, "next": {""}})
	if answer.status != http.StatusSeeOther {
		w.t.Fatalf("sign-in of %s: %d %s", login, answer.status, answer.body)
	}
	return b
}

// enter proves who they are for the first owner of a sheet, over the API.
func (w *town) enter(sheet models.Sheet) *browser {
	w.t.Helper()
	b := w.browser()
	home, err := w.store.HomeOf(w.ctx(), sheet.Token)
	w.must(err)
	answer := b.json(http.MethodPost, "/api/v1/locators/"+sheet.Token+"/codes", `{"phone":"`+home.People[0].OwnerID+`"}`)
	var sent codeSentJSON
	w.must(json.Unmarshal([]byte(answer.body), &sent))
	answer = b.json(http.MethodPost, "/api/v1/resident-session", fmt.Sprintf(`{"request":%q,"code":%q}`, sent.Request, w.code(sent.Request)))
	if answer.status != http.StatusCreated {
		w.t.Fatalf("session: %d %s", answer.status, answer.body)
	}
	return b
}

// answers is a ballot as JSON: the same mark on everything of a meeting's matters.
func answers(matters []models.Matter, mark voting.Mark) string {
	body := ballotRequest{Choices: map[string]choiceJSON{}}
	for _, matter := range matters {
		choice := choiceJSON{Mark: mark}
		switch matter.Rule.Method {
		case voting.ApprovalEach:
			choice = choiceJSON{Each: map[string]voting.Mark{}}
			for _, name := range matter.Rule.Options {
				choice.Each[name] = mark
			}
		case voting.Pick:
			choice = choiceJSON{Names: matter.Rule.Options[:1]}
		}
		body.Choices[matter.ID] = choice
	}
	text, err := json.Marshal(body)
	if err != nil {
		panic(err) // a struct of strings cannot fail
	}
	return string(text)
}

// cast votes for a sheet over the API.
func (w *town) cast(sheet models.Sheet, mark voting.Mark) {
	w.t.Helper()
	w.castAs(sheet, answers(sheet.Matters, mark))
}

// castAs casts a ballot as JSON.
func (w *town) castAs(sheet models.Sheet, ballot string) {
	w.t.Helper()
	answer := w.enter(sheet).json(http.MethodPost, "/api/v1/ballots", ballot, "Idempotency-Key", "key-of-the-whole-town")
	if answer.status != http.StatusCreated {
		w.t.Fatalf("cast: %d %s", answer.status, answer.body)
	}
}

// eachOf is a ballot as JSON on a meeting's one matter, marked option by option.
func eachOf(t *testing.T, matter models.Matter, each map[string]voting.Mark) string {
	t.Helper()
	text, err := json.Marshal(ballotRequest{Choices: map[string]choiceJSON{matter.ID: {Each: each}}})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
