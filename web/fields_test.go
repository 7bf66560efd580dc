package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

func TestAFormSendsTheFieldsThatItsStructNames(t *testing.T) {
	wanted := map[string][]string{
		"login":        {"next", "password", "user"},
		"checkcode":    {"code"},
		"receiptcheck": {"code"},
		"findhome":     {"building", "phone", "room", "stair"},
		"who":          {"phone"},
		"who-code":     {"code", "phone"},
		"upload":       {"file", "parking_area", "parking_heads"},
		"communities":  {"district", "name", "street"},
		"objections":   {"answer", "outcome", "subject", "text", "unit"},
		"filing": {"arose", "chair", "checked", "committee", "document", "file", "ground", "note", "office", "reason", "reasons", "term", "term_from", "term_to",
			"unmended"},
		"matterform":    {"alternates", "firm_act", "forming", "item", "kind", "linked_to", "linked_when", "max_choices", "method", "min_members", "options", "poll_about", "poll_by", "poll_of_all", "poll_scale", "poll_share", "poll_strict", "scope", "seat_groups", "seats", "sitting", "text", "tie_way", "title"},
		"meetingform":   {"blank", "channel_conflict", "closes", "contact", "convener_kind", "convener_name", "delivery_times", "extraordinary", "first_meeting", "follow_majority", "objection_days", "opens", "place", "platform", "rank", "repeats", "roster", "run_off", "seal_kept", "shortfall", "silence", "silence_adopted", "silence_clause", "silence_document", "silence_elections", "title", "void_participates"},
		"meeting":       {"confirmed", "file", "reason", "version"},
		"import":        {"confirmed", "file", "reason", "received_from"},
		"import-second": {"file", "own_copy", "rows"},
		"delivery":      {"building", "delivered_at", "mode", "proof", "relation", "result", "room", "serial", "stair"},
		"deliveryentry": {"delivered_at", "mode", "proof", "relation", "replaces", "result"},
		"ballot":        {"m.m1", "m.m2.0", "m.m2.1", "m.m2.2", "m.m2.3", "m.m2.4", "m.m2.5", "m.m2.6", "m.m3", "m.m4", "m.m5", "m.m6"},
		"confirm":       {"idempotency_key", "m.m1", "m.m2.0", "m.m2.1", "m.m2.2", "m.m3", "m.m4", "m.m5", "m.m6"},
		"findhome-code": {"code"},
		"lot-announce":  {"digits", "due", "manner", "place", "reason"},
		"lot-record":    {"drawn_at", "number", "witnesses"},
		"lot-confirm":   {"number"},
		"seal-take":     {},
		"seal-try":      {"again", "code"},
		"seal-open":     {"code"},
	}
	all := samples(t)
	for name, fields := range wanted {
		var sent []string
		for _, e := range elements(t, rendered(t, all[name])) {
			if field := e.attrs["name"]; field != "" && e.tag != "meta" && e.tag != "button" && field != "back" {
				sent = append(sent, field)
			}
		}
		slices.Sort(sent)
		if sent = slices.Compact(sent); !slices.Equal(sent, fields) {
			t.Errorf("%s sends %v, want %v", name, sent, fields)
		}
	}
}

func TestAChoiceComesBackFromTheFormAsItWas(t *testing.T) {
	for _, m := range sampleMatters() {
		form := url.Values{}
		for _, f := range BallotFields(m.ID, m.Matter, m.Choice) {
			form.Add(f.Name, f.Value)
		}
		got, ok := ReadChoice(form, m.ID, m.Matter)
		if !ok || !reflect.DeepEqual(got, m.Choice) {
			t.Errorf("%s: got %+v %v, want %+v", m.Title, got, ok, m.Choice)
		}
	}
}

func TestAFormThatNoPageSendsIsRefused(t *testing.T) {
	cases := []struct {
		name   string
		matter voting.Matter
		form   string
	}{
		{"an unknown mark", motion, "m.x=maybe"},
		{"two marks", motion, "m.x=yes&m.x=no"},
		{"a position on a motion", motion, "m.x=0"},
		{"a position behind the list", firms, "m.x=3"},
		{"a negative position", firms, "m.x=-1"},
		{"a name twice", picked, "m.x=1&m.x=1"},
		{"a name beside an abstention", picked, "m.x=1&m.x=abstain"},
		{"an abstention beside a name", picked, "m.x=abstain&m.x=1"},
		{"a plain yes on a list", picked, "m.x=yes"},
		{"an unknown mark on an option", committee, "m.x.0=maybe"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			form, err := url.ParseQuery(c.form)
			if err != nil {
				t.Fatal(err)
			}
			if choice, ok := ReadChoice(form, "x", c.matter); ok {
				t.Errorf("read as %+v", choice)
			}
		})
	}
	if choice, ok := ReadChoice(url.Values{}, "x", motion); !ok || !choice.Blank() {
		t.Errorf("nothing marked reads as %+v, %v", choice, ok)
	}
	many, ok := ReadChoice(url.Values{"m.x": {"0", "1", "2", "3", "4", "5"}}, "x", picked)
	if !ok || len(many.Names) != 6 {
		t.Errorf("an over-vote must stay readable, so that it can be refused with its reason: %+v %v", many, ok)
	}
}

func TestEveryStateAndKindHasItsWord(t *testing.T) {
	check := func(family string, codes ...string) {
		for _, code := range codes {
			if !HasWord(family, code) {
				t.Errorf("%s %q has no word", family, code)
			}
		}
	}
	check("role", texts(lifecycle.Actors)...)
	check("meeting", texts(lifecycle.MeetingStates)...)
	check("roster", texts(lifecycle.RosterStates)...)
	check("filing", texts(lifecycle.FilingStates)...)
	check("objection", texts(lifecycle.ObjectionStates)...)
	check("event", texts(lifecycle.Events)...)
	check("channel", texts(lifecycle.Channels)...)
	check("kind", texts(voting.Kinds)...)
	check("mark", string(voting.Yes), string(voting.No), string(voting.Abstain), string(voting.FollowMajority))
	for family, list := range optionOrder {
		check(family, list...)
	}
	for _, result := range voting.Results {
		if look := verdictLine(voting.Motion, result); look.Symbol == "" || look.Word == "" || look.Tone == "" {
			t.Errorf("%s has no look", result)
		}
	}
}

func texts[S ~string](list []S) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

func TestEveryPolicyCanBeAnnounced(t *testing.T) {
	for family, values := range map[string][]string{
		"silence": texts(voting.Silences), "blank": texts(voting.Blanks), "rank": texts(voting.Ranks), "shortfall": texts(voting.Shortfalls),
	} {
		for i, value := range values {
			if p := policies[family][i]; p.value != value || p.name == "" || p.meaning == "" {
				t.Errorf("%s %s stands as %+v", family, value, p)
			}
		}
	}
}

func TestTimesAreShownInBeijing(t *testing.T) {
	if i := Instant(1_779_066_000_000); i.String() != "2026年5月18日 09:00" || i.Local() != "2026-05-18T09:00" {
		t.Errorf("%s %s", i, i.Local())
	}
	if Instant(0).String() != "" {
		t.Error("no time shows something")
	}
}

func TestAssetsAreServedUnderTheirHashOnly(t *testing.T) {
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		Assets().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}
	for plain, hashed := range assetNames {
		w := get(hashed)
		if w.Code != http.StatusOK || w.Body.Len() == 0 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Header().Get("Content-Type") == "" {
			t.Errorf("%s: %d %v", hashed, w.Code, w.Header())
		}
		if w := get("/static/" + plain); w.Code != http.StatusNotFound {
			t.Errorf("%s without hash: %d", plain, w.Code)
		}
	}
	if w := get("/static/../render.go"); w.Code != http.StatusNotFound {
		t.Errorf("a file outside: %d", w.Code)
	}
}
