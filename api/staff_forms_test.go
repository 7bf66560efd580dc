package api

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
)

func TestTypedFieldsTakeTheValueOfJSONAndTheTextOfAForm(t *testing.T) {
	type all struct {
		N numeral `json:"n"`
		F flag    `json:"f"`
		L lines   `json:"l"`
	}
	for sent, want := range map[string]all{
		`{}`:                                 {},
		`{"n":7,"f":true,"l":["甲","乙"]}`:     {"7", "yes", "甲\n乙"},
		`{"n":"7","f":"yes","l":"甲\r\n乙"}`:   {"7", "yes", "甲\r\n乙"},
		`{"n":0,"f":false,"l":[]}`:           {"0", "no", ""},
		`{"n":"","f":"","l":""}`:             {},
		`{"n":9007199254740993,"f":"maybe"}`: {"9007199254740993", "maybe", ""},
	} {
		var got all
		if err := json.Unmarshal([]byte(sent), &got); err != nil || got != want {
			t.Errorf("%s: %+v, %v", sent, got, err)
		}
	}
	for sent, field := range map[string]string{`{"n":1.5}`: "n", `{"n":[]}`: "n", `{"f":1}`: "f", `{"l":[1]}`: "l", `{"l":{}}`: "l"} {
		refusal, ok := asRefusal(jsonRefusal(json.Unmarshal([]byte(sent), &all{})))
		if !ok || refusal.Code != "bad_value" || refusal.Field != field {
			t.Errorf("%s: %+v", sent, refusal)
		}
	}
	if got := lines(" 甲 \r\n\r\n乙\n").list(); !slices.Equal(got, []string{"甲", "乙"}) {
		t.Errorf("the lines are %q", got)
	}
}

func TestNumbersAreReadWithinBounds(t *testing.T) {
	for typed, want := range map[numeral]int64{"": 0, " 12 ": 12, "0": 0, "2147483647": 2147483647} {
		var r reader
		if got := r.number("n", typed); got != want || r.err() != nil {
			t.Errorf("%q: %d, %v", typed, got, r.err())
		}
	}
	for _, typed := range []numeral{"-1", "1.5", "１２", "2147483648", "twelve", "1e3", "0x10"} {
		var r reader
		if got := r.number("n", typed); got != 0 || r.err() == nil || r.found[0].Code != "not_a_number" || r.found[0].Field != "n" {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
}

func TestARefusedMatterComesBackAsItWasTyped(t *testing.T) {
	w := frozenTown(t)
	meeting := w.draft(&w.own)
	b := w.signIn(models.RoleConvener)
	address := staffMeetingURL(meeting) + "/matters"
	typed := url.Values{"kind": {"election"}, "item": {"3"}, "title": {"补选委员"}, "text": {"补选一人。"}, "options": {"候选人丁\r\n候选人丁"},
		"method": {"pick"}, "seats": {"1"}, "max_choices": {"1"}, "alternates": {""}, "scope": {""}}
	refused := b.post(address, typed)
	if refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, `href="#f-options"`) {
		t.Fatalf("the same name twice: %d, or no problem at the options", refused.status)
	}
	for _, kept := range []string{`value="补选委员"`, "补选一人。", "候选人丁", `value="pick" checked`} {
		if !strings.Contains(refused.body, kept) {
			t.Errorf("%s is lost", kept)
		}
	}
	typed.Set("colour", "red")
	if strange := b.post(address, typed); strange.status != http.StatusBadRequest || !strings.Contains(strange.body, sentence("unknown_field")) {
		t.Errorf("an unknown field: %d", strange.status)
	}
	typed.Del("colour")
	typed.Set("text", strings.Repeat("长", 30_000))
	if large := b.post(address, typed); large.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a body too large: %d", large.status)
	}
	edited := address + "/" + meeting.Matters[1].ID
	form := b.get(edited)
	for _, want := range []string{"候选人甲\n候选人乙\n候选人丙", `value="选举业主委员会"`, edited + "/delete", "1号楼、2号楼"} {
		if !strings.Contains(form.body, want) {
			t.Errorf("the form of a matter lacks %s", want)
		}
	}
	if done := b.post(edited+"/delete", form.form(t, edited+"/delete").fields); done.location() != staffMeetingURL(meeting)+"?done=matter_deleted" {
		t.Errorf("delete: %d", done.status)
	}
	if gone := b.get(edited); gone.status != http.StatusNotFound {
		t.Errorf("a deleted matter is edited: %d", gone.status)
	}
	if after, err := w.store.Meeting(w.ctx(), w.own.ID, meeting.ID); err != nil || len(after.Matters) != 3 {
		t.Errorf("%d matters are left, %v", len(after.Matters), err)
	}
}

func TestAStepThatIsNotOnThePageAnyMoreIsToldOnAPageOfItsOwn(t *testing.T) {
	w := newTown(t)
	w.noticed(&w.own)
	b := w.signIn(models.RoleConvener)
	address := staffMeetingURL(w.own.meeting)
	for _, path := range []string{"/notice", "/count", "/display", "/publish"} {
		answer := b.post(address+path, nil)
		if answer.status != http.StatusConflict || !strings.Contains(answer.body, sentence("illegal_step")) {
			t.Errorf("%s: %d", path, answer.status)
		}
	}
	if answer := b.upload(address+"/files", "方案.pdf", []byte("%PDF-1.4\n")); answer.status != http.StatusConflict || !strings.Contains(answer.body, sentence("illegal_step")) {
		t.Errorf("a file after the notice: %d", answer.status)
	}
	for _, path := range []string{"/edit", "/matters/" + w.own.meeting.Matters[0].ID} {
		if answer := b.get(address + path); answer.status != http.StatusConflict {
			t.Errorf("the form %s of a noticed meeting: %d", path, answer.status)
		}
	}
}
