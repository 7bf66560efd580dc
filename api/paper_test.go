package api

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/web"
)

// paperDesk is where the staff of a meeting enter its sheets.
func (w *town) paperDesk() string {
	return "/staff/communities/" + w.own.ID + "/meetings/" + w.own.meeting.ID + "/paper"
}

// open finds a sheet by its serial, as a teller types it, and gives its form.
func (w *town) open(b *browser, sheet models.Sheet) form {
	w.t.Helper()
	desk := w.paperDesk()
	answer := b.post(desk+"/find", url.Values{"serial": {strings.ToLower(strings.ReplaceAll(sheet.Serial, "-", " "))}})
	want := desk + "/sheets/" + sheet.VoterID
	if answer.status != http.StatusSeeOther || answer.location() != want {
		w.t.Fatalf("the serial leads to %d %q %s", answer.status, answer.location(), answer.body)
	}
	return b.get(want).form(w.t, want)
}

// read fills the form of a sheet in: the mark on everything, the first firm.
func (f form) read(t *testing.T, sheet models.Sheet, mark voting.Mark) url.Values {
	t.Helper()
	for _, matter := range sheet.Matters {
		switch matter.Rule.Method {
		case voting.ApprovalEach:
			for i := range matter.Rule.Options {
				f.with(t, web.OptionField(matter.ID, i), string(mark))
			}
		case voting.Pick:
			f.with(t, web.MatterField(matter.ID), "0")
		default:
			f.with(t, web.MatterField(matter.ID), string(mark))
		}
	}
	return f.with(t, "checked", "yes")
}

func TestTwoPeopleEnterASheetThroughTheForms(t *testing.T) {
	w := votingTown(t)
	sheet := w.own.sheets[0]
	teller, convener := w.signIn(models.RoleTeller), w.signIn(models.RoleConvener)
	if page := teller.get(strings.TrimSuffix(w.paperDesk(), "/paper")); !strings.Contains(page.body, `href="`+w.paperDesk()+`"`) {
		t.Error("the meeting's page does not lead to the paper")
	}
	first := w.open(teller, sheet)
	missing := teller.post(first.action, first.with(t, "checked", "yes"))
	missing.says(t, "nothing marked", http.StatusUnprocessableEntity, sentence("paper_choice_missing"))
	done := teller.post(first.action, first.read(t, sheet, voting.Yes))
	if done.location() != w.paperDesk()+"?done=paper_waiting" {
		t.Fatalf("the first entry: %d %q %s", done.status, done.location(), done.body)
	}
	next := teller.get(done.location())
	next.says(t, "the next sheet", http.StatusOK, web.Flash("paper_waiting"), "待第二人录入", "autofocus")
	own := teller.get(first.action)
	own.says(t, "the own entry", http.StatusOK, "撤回我的录入")
	if strings.Contains(own.body, `name="checked"`) {
		t.Error("one person is asked for both entries")
	}

	second := w.open(convener, sheet)
	for _, name := range []string{web.MatterField(sheet.Matters[0].ID), web.OptionField(sheet.Matters[1].ID, 0), web.MatterField(sheet.Matters[2].ID)} {
		if second.fields.Has(name) {
			t.Errorf("the second person sees %s = %s", name, second.fields.Get(name))
		}
	}
	done = convener.post(second.action, second.read(t, sheet, voting.Yes))
	if done.location() != w.paperDesk()+"?done=paper_recorded" {
		t.Fatalf("the second entry: %d %q %s", done.status, done.location(), done.body)
	}
	again := convener.post(second.action, second.fields)
	again.says(t, "a second click", http.StatusConflict, sentence("already_voted"))
	found := teller.post(w.paperDesk()+"/find", url.Values{"serial": {sheet.Serial}})
	found.says(t, "the sheet once more", http.StatusConflict, sentence("already_voted"))
	voter := w.enter(sheet)
	voter.get("/vote").says(t, "the voter's phone", http.StatusOK, "您已经投过票了", "书面")
	if text := voter.get("/vote/receipt.txt"); !strings.Contains(text.body, "书面") {
		t.Errorf("the receipt says %s", text.body)
	}
}

func TestTwoReadingsThatDifferAreShownToBothWithoutAChoice(t *testing.T) {
	w := votingTown(t)
	sheet := w.own.sheets[1]
	teller, convener := w.signIn(models.RoleTeller), w.signIn(models.RoleConvener)
	f := w.open(teller, sheet)
	teller.post(f.action, f.read(t, sheet, voting.Yes))
	f = w.open(convener, sheet)
	f.read(t, sheet, voting.Yes)
	done := convener.post(f.action, f.with(t, web.ReadingField(sheet.Matters[0].ID), web.ReadVoid))
	if desk := convener.get(done.location()); strings.Contains(desk.body, "✓ 两次") || !strings.Contains(desk.body, "两次录入不一致") {
		t.Error("the dispute is announced like a success")
	}
	if done.location() != w.paperDesk()+"?done=paper_disputed" {
		t.Fatalf("%d %q %s", done.status, done.location(), done.body)
	}
	for name, b := range map[string]*browser{"teller": teller, "convener": convener} {
		b.get(w.paperDesk()).says(t, name, http.StatusOK, "两次不一致，待重录", "1号楼 1单元 102")
	}
	f = w.open(convener, sheet)
	convener.post(f.action, f.read(t, sheet, voting.Yes))
	f = w.open(teller, sheet)
	if done := teller.post(f.action, f.read(t, sheet, voting.Yes)); done.location() != w.paperDesk()+"?done=paper_recorded" {
		t.Errorf("entered afresh: %d %q", done.status, done.location())
	}
}

func TestSheetsFromTheBoxAreEnteredAfterTheCloseAndCounted(t *testing.T) {
	w := votingTown(t)
	w.wait(10*aDay + models.CloseGrace)
	teller, convener := w.signIn(models.RoleTeller), w.signIn(models.RoleConvener)
	for _, b := range []*browser{teller, convener} {
		f := w.open(b, w.own.sheets[0])
		f.read(t, w.own.sheets[0], voting.Yes)
		b.post(f.action, f.fields).says(t, "without the box", http.StatusUnprocessableEntity, sentence("in_box_missing"))
		b.post(f.action, f.with(t, "in_box", "yes"))
		f = w.open(b, w.own.sheets[1])
		b.post(f.action, f.with(t, "void", "UNSIGNED", "checked", "yes", "in_box", "yes"))
	}
	f := w.open(teller, w.own.sheets[2])
	f.read(t, w.own.sheets[2], voting.Yes)
	teller.post(f.action, f.with(t, "in_box", "yes"))
	meeting := strings.TrimSuffix(w.paperDesk(), "/paper")
	teller.get(meeting).says(t, "a sheet entered once", http.StatusOK, sentence("paper_open"))
	teller.post(meeting+"/count", nil).says(t, "counting all the same", http.StatusConflict, sentence("paper_open"))
	if back := teller.post(f.action+"/withdraw", nil); back.location() != w.paperDesk()+"?done=paper_withdrawn" {
		t.Errorf("withdrawing: %d %q", back.status, back.location())
	}
	if counted := teller.post(meeting+"/count", nil); counted.status != http.StatusSeeOther {
		t.Fatalf("the count: %d %s", counted.status, counted.body)
	}
	teller.get(meeting+"/count").says(t, "the count", http.StatusOK, "书面 2 张")
	teller.get(w.paperDesk()).says(t, "the desk after the count", http.StatusOK, sentence("paper_closed"), "纸质已记录")
	convener.post(meeting+"/display", nil)
	w.browser().get("/m/"+w.own.meeting.ID+"/result").says(t, "the public result", http.StatusOK, "书面 2 张")
}

// paperBody is a sheet as JSON.
func paperBody(sheet models.Sheet, mark voting.Mark) string { return answers(sheet.Matters, mark) }

func TestTwoPeopleEnterASheetOverTheAPI(t *testing.T) {
	w := votingTown(t)
	api := "/api/v1/communities/" + w.own.ID + "/meetings/" + w.own.meeting.ID + "/paper"
	sheet := w.own.sheets[2] // the couple
	teller, convener := w.signIn(models.RoleTeller), w.signIn(models.RoleConvener)
	var found sheetFoundJSON
	w.must(json.Unmarshal([]byte(teller.json(http.MethodPost, api+"/find", `{"building":"1","stair":"一单元","room":"201室"}`).body), &found))
	if found.Voter != sheet.VoterID {
		t.Fatalf("found %q", found.Voter)
	}
	at := api + "/sheets/" + found.Voter
	var shown paperSheetJSON
	w.must(json.Unmarshal([]byte(teller.get(at).body), &shown))
	if len(shown.Matters) != 3 || len(shown.Owners) != 2 || strings.Contains(strings.Join(shown.Owners, ""), "样例3") || shown.Late {
		t.Errorf("the sheet is %+v", shown)
	}
	body := paperBody(sheet, voting.No)
	for _, test := range []struct{ name, body, code string }{
		{"an unknown field", strings.Replace(body, `{"choices"`, `{"voter":"x","choices"`, 1), "unknown_field"},
		{"no choice", `{"choices":{}}`, "choice_missing"},
		{"a void sheet before the close", `{"void":"UNSIGNED"}`, "paper_void_early"},
		{"a reason that is none", `{"void":"BORED"}`, "bad_value"},
	} {
		if answer := teller.json(http.MethodPost, at, test.body); answer.code(t) != test.code {
			t.Errorf("%s: %d %s", test.name, answer.status, answer.body)
		}
	}
	state := func(b *browser) string {
		answer := b.json(http.MethodPost, at, body)
		var entered paperEnteredJSON
		if answer.status != http.StatusOK {
			return answer.code(t)
		}
		w.must(json.Unmarshal([]byte(answer.body), &entered))
		return string(entered.State)
	}
	for i, step := range []struct {
		b    *browser
		want string
	}{{teller, "waiting"}, {teller, "paper_same_person"}, {convener, "recorded"}, {convener, "already_voted"}} {
		if got := state(step.b); got != step.want {
			t.Errorf("step %d: %s, want %s", i+1, got, step.want)
		}
	}
	var desk paperDeskJSON
	w.must(json.Unmarshal([]byte(convener.get(api).body), &desk))
	if desk.Issued != 6 || desk.Paper != 1 || desk.Waiting != 0 || len(desk.Open) != 0 {
		t.Errorf("the desk shows %+v", desk)
	}
	if answer := convener.json(http.MethodPost, api+"/find", `{}`); answer.code(t) != "required" {
		t.Errorf("nothing to find: %d", answer.status)
	}
}
