package api

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting/roster"
	"gongjue/voting/stage"
	"gongjue/web"
)

func TestTheOperatorsConsoleLinksNoCommunityItMayNotEnter(t *testing.T) {
	w := newTown(t)
	console := w.signIn(models.RoleOperator).get("/staff")
	console.says(t, "the operator's console", http.StatusOK, w.own.Name)
	console.hides(t, "the operator's console", `href=""`)
}

func TestEveryRoleFindsItsWork(t *testing.T) {
	w := votingTown(t)
	own, foreign := w.own.Name, w.foreign.Name
	for role, c := range map[models.Role]struct {
		path  string
		shows []string
		hides []string
	}{
		models.RoleConvener: {"/staff", []string{own, w.own.meeting.Title, staffMeetingURL(w.own.meeting)}, []string{foreign}},
		models.RoleTeller:   {"/staff", []string{own, w.own.meeting.Title}, []string{foreign}},
		models.RoleStreet:   {"/staff/filings", []string{"样例街道", w.own.meeting.Title}, []string{foreign, "邻街道"}},
		models.RoleDistrict: {"/staff/district", []string{"样例区", "样例街道", "正在表决"}, []string{foreign, "邻区", "邻街道"}},
		models.RoleOperator: {"/staff/communities", []string{own, foreign}, []string{w.own.meeting.Title, staffCommunityURL(w.own.ID)}},
	} {
		b := w.signIn(role)
		answer := b.get(c.path)
		if answer.status != http.StatusOK {
			t.Fatalf("%s: %d", role, answer.status)
		}
		for _, want := range c.shows {
			if !strings.Contains(answer.body, want) {
				t.Errorf("%s does not see %s", role, want)
			}
		}
		for _, hidden := range c.hides {
			if strings.Contains(answer.body, hidden) {
				t.Errorf("%s sees %s", role, hidden)
			}
		}
		if b.get("/staff").status != http.StatusOK {
			t.Errorf("%s has no console", role)
		}
	}
}

func TestTheStreetSeesOnlyItsOwnCommunities(t *testing.T) {
	w := newTown(t)
	w.noticed(&w.own)
	w.noticed(&w.foreign)
	b := w.signIn(models.RoleStreet)
	list := decode[communityPageJSON](t, b.get("/api/v1/communities"))
	if len(list.Communities) != 1 || list.Communities[0].ID != w.own.ID {
		t.Errorf("the list is %+v", list)
	}
	for _, path := range []string{"", "/rosters", "/rosters/" + w.foreign.roster.ID, "/meetings", "/meetings/" + w.foreign.meeting.ID,
		"/meetings/" + w.foreign.meeting.ID + "/audit", "/meetings/" + w.foreign.meeting.ID + "/results"} {
		if answer := b.get("/api/v1/communities/" + w.foreign.ID + path); answer.code(t) != "not_found" {
			t.Errorf("foreign %s: %s", path, answer.body)
		}
		if answer := b.get("/api/v1/communities/" + w.own.ID + strings.ReplaceAll(path, w.foreign.roster.ID, w.own.roster.ID)); path != "" &&
			!strings.Contains(path, w.foreign.meeting.ID) && answer.status != http.StatusOK {
			t.Errorf("own %s: %s", path, answer.body)
		}
	}
	// An id of the foreign community under the address of the own one is as unknown.
	for _, path := range []string{"/rosters/" + w.foreign.roster.ID, "/meetings/" + w.foreign.meeting.ID} {
		if answer := b.get("/api/v1/communities/" + w.own.ID + path); answer.code(t) != "not_found" {
			t.Errorf("smuggled %s: %s", path, answer.body)
		}
	}
}

func TestTheDistrictOnlyReads(t *testing.T) {
	w := newTown(t)
	w.noticed(&w.own)
	b := w.signIn(models.RoleDistrict)
	address := staffMeetingURL(w.own.meeting)
	for _, path := range []string{address, address + "/count", address + "/objections", address + "/filing", rosterURL(w.own.ID, w.own.roster.ID), staffCommunityURL(w.own.ID)} {
		answer := b.get(path)
		if answer.status != http.StatusOK {
			t.Fatalf("%s: %d", path, answer.status)
		}
		for _, f := range answer.forms(t) {
			if strings.EqualFold(f.method, "post") && f.action != "/staff/logout" {
				t.Errorf("%s offers %s", path, f.action)
			}
		}
	}
	for _, path := range []string{"/notice", "/cancel", "/count", "/display", "/objections", "/publish", "/annul"} {
		if answer := b.post(address+path, nil); answer.status != http.StatusForbidden {
			t.Errorf("%s: %d", path, answer.status)
		}
	}
}

func TestTheOperatorMakesACommunity(t *testing.T) {
	w := newTown(t)
	b := w.signIn(models.RoleOperator)
	form := b.get("/staff/communities").form(t, "/staff/communities")
	made := b.post("/staff/communities", form.with(t, "district", "样例区", "street", "样例街道", "name", "新建小区"))
	if made.location() != "/staff/communities?done=community_created" {
		t.Fatalf("%d %s", made.status, made.body)
	}
	again := b.post("/staff/communities", url.Values{"district": {"样例区"}, "street": {"样例街道"}, "name": {"新建小区"}})
	if again.status != http.StatusUnprocessableEntity || !strings.Contains(again.body, sentence("name_taken")) || !strings.Contains(again.body, `value="新建小区"`) {
		t.Errorf("the same name twice: %d", again.status)
	}
	for sent, code := range map[string]string{`{"district":"样例区","street":"样例街道"}`: "required", `{"district":"样例区","street":"样例街道","name":" "}`: "required",
		`{"district":"样例区","street":"样例街道","name":"甲","place":"x"}`: "unknown_field", `{"district":1}`: "bad_value", ``: "bad_json"} {
		if answer := b.json(http.MethodPost, "/api/v1/communities", sent); answer.code(t) != code {
			t.Errorf("%s: %s", sent, answer.body)
		}
	}
	if answer := b.send(http.MethodPost, "/api/v1/communities", "text/plain", strings.NewReader("{}")); answer.code(t) != "wrong_type" {
		t.Errorf("plain text: %s", answer.body)
	}
	answer := b.json(http.MethodPost, "/api/v1/communities", `{"district":"样例区","street":"样例街道","name":"另一小区"}`)
	if answer.status != http.StatusCreated || decode[communityJSON](t, answer).Name != "另一小区" {
		t.Errorf("%d %s", answer.status, answer.body)
	}
	if refused := w.signIn(models.RoleStreet).json(http.MethodPost, "/api/v1/communities", `{}`); refused.code(t) != "forbidden" {
		t.Errorf("the street makes a community: %s", refused.body)
	}
}

func TestADeadMessageIsSentAgain(t *testing.T) {
	w := votingTown(t)
	home, err := w.store.HomeOf(w.ctx(), w.own.sheets[0].Token)
	w.must(err)
	_, err = w.store.RequestCode(w.ctx(), w.own.sheets[0].Token, home.People[0].OwnerID, "192.0.2.1")
	w.must(err)
	messages, err := w.store.ClaimMessages(w.ctx(), 1)
	w.must(err)
	w.must(w.store.BuryMessage(w.ctx(), messages[0], "refused_by_gateway"))
	b := w.signIn(models.RoleOperator)
	shown := b.get("/staff/outbox")
	for _, want := range []string{"refused_by_gateway", w.own.Name} {
		if !strings.Contains(shown.body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, personal := range []string{messages[0].Phone, messages[0].Code} {
		if strings.Contains(shown.body, personal) {
			t.Error("the operator sees a phone or a code")
		}
	}
	listed := decode[deadMessagesJSON](t, b.get("/api/v1/outbox"))
	if listed.Dead != 1 || len(listed.Messages) != 1 || listed.Messages[0].Cause != "refused_by_gateway" {
		t.Errorf("the list is %+v", listed)
	}
	retry := staffCommunityURL(w.own.ID) + "/outbox/" + messages[0].ID + "/retry"
	if done := b.post(retry, shown.form(t, retry).fields); done.location() != "/staff/outbox?done=message_revived" {
		t.Fatalf("%d %s", done.status, done.body)
	}
	if again := b.json(http.MethodPost, "/api/v1"+strings.TrimPrefix(retry, "/staff"), ""); again.code(t) != "not_found" {
		t.Errorf("revived twice: %s", again.body)
	}
}

func TestLongListsComeInPages(t *testing.T) {
	w := newTown(t)
	for i := range pageSize {
		w.community("样例区", "样例街道", "小区"+strconv.Itoa(i))
	}
	b := w.signIn(models.RoleOperator)
	first := decode[communityPageJSON](t, b.get("/api/v1/communities"))
	second := decode[communityPageJSON](t, b.get("/api/v1/communities?after="+first.Next))
	if len(first.Communities) != pageSize || len(second.Communities) != 2 || second.Next != "" {
		t.Errorf("%d and %d communities, then %q", len(first.Communities), len(second.Communities), second.Next)
	}
	if answer := b.get("/api/v1/communities?after=nobody"); answer.code(t) != "cursor_invalid" {
		t.Errorf("a strange cursor: %s", answer.body)
	}
	if shown := b.get("/staff/communities"); !strings.Contains(shown.body, "/staff/communities?after="+first.Next) {
		t.Error("the page does not lead to the next")
	}
}

// TestEveryCodeOfTheStoreHasItsWords walks the lists whose words stand in web.
func TestEveryCodeOfTheStoreHasItsWords(t *testing.T) {
	for _, check := range models.FilingChecks {
		if web.FilingCheck(string(check)) == string(check) {
			t.Errorf("the check %s has no sentence", check)
		}
	}
	for _, kind := range models.MessageKinds {
		if !web.HasWord("letter", string(kind)) {
			t.Errorf("the message %s has no word", kind)
		}
	}
	for family, codes := range map[string][]string{"read_reason": words(models.ReadReasons), "owner_field": words(models.OwnerFields),
		"read_kind": words(models.ReadKinds), "id_kind": words(roster.IDKinds),
		"stage": words(stage.Stages), "body": words(stage.Bodies), "missed": words(models.MissedKinds)} {
		for _, code := range codes {
			if !web.HasWord(family, code) {
				t.Errorf("%s %s has no word", family, code)
			}
		}
	}
	for event := range stepPaths {
		if text := web.StaffActs[string(event)]; text.Button == "" || text.Explains == "" {
			t.Errorf("the step %s has no words", event)
		}
	}
}
