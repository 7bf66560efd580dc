package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// frozenTown is a town whose first community has a frozen roster and no meeting.
func frozenTown(t *testing.T) *town {
	t.Helper()
	w := newTown(t)
	list, err := w.store.ImportRoster(w.ctx(), w.own.convener, w.own.ID, models.RosterFile{Name: "名册.xlsx", SHA256: "00", Roster: homes()})
	w.must(err)
	w.must(w.store.PublishRoster(w.ctx(), w.own.convener, w.own.ID, list.ID, w.displayed()))
	w.now.Add(1) // the display is over
	w.must(w.store.FreezeRoster(w.ctx(), w.own.street, w.own.ID, list.ID))
	w.own.roster, err = w.store.Roster(w.ctx(), w.own.ID, list.ID)
	w.must(err)
	return w
}

// terms fill in the meeting form for a vote in 20 days.
func (w *town) terms() []string {
	now := w.now.Load()
	return []string{"title", "春季会议", "convener_kind", "committee", "convener_name", "样例小区业主委员会", "roster", w.own.roster.ID,
		"opens", calendar.FormText(now + 20*aDay), "closes", calendar.FormText(now + 30*aDay), "place", "物业楼一层", "contact", "物业楼一层前台",
		"objection_days", "5", "void_participates", "yes", "blank", "abstain", "rank", "heads_then_area",
		"shortfall", "further_vote", "run_off", "yes"}
}

// body is terms as JSON.
func body(pairs []string, changes ...string) string {
	fields := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		fields[pairs[i]] = fmt.Sprintf("%q", pairs[i+1])
	}
	for i := 0; i+1 < len(changes); i += 2 {
		fields[changes[i]] = changes[i+1]
		if changes[i+1] == "" {
			delete(fields, changes[i])
		}
	}
	var list []string
	for name, value := range fields {
		list = append(list, fmt.Sprintf("%q:%s", name, value))
	}
	return "{" + strings.Join(list, ",") + "}"
}

func TestAMeetingIsDraftedAndNoticedOnPages(t *testing.T) {
	w := frozenTown(t)
	b := w.signIn(models.RoleConvener)
	base := "/staff/communities/" + w.own.ID + "/meetings"
	draft := b.get(base+"/new").form(t, base).with(t, w.terms()...)
	answer := b.post(base, draft)
	if answer.status != http.StatusSeeOther {
		t.Fatalf("draft: %d %s", answer.status, answer.body)
	}
	address, _, _ := strings.Cut(answer.location(), "?")
	if shown := b.get(address); !strings.Contains(shown.body, sentence("matter_needed")) {
		t.Error("a draft without matters offers its notice")
	}
	matter := b.get(address+"/matters/new").form(t, address+"/matters")
	if added := b.post(address+"/matters", matter.with(t, "kind", "election", "item", "3", "title", "选举业主委员会", "text", "应选两人。",
		"options", "候选人甲\r\n\r\n 候选人乙 \r\n候选人丙", "seats", "2", "scope", "")); added.status != http.StatusSeeOther {
		t.Fatalf("matter: %d %s", added.status, added.body)
	}
	file := b.get(address).form(t, address+"/files")
	if !file.names["file"] {
		t.Error("the page cannot take a file")
	}
	if added := b.upload(address+"/files", "方案.pdf", []byte("%PDF-1.4\n")); added.location() != address+"?done=attachment_added" {
		t.Fatalf("file: %d %s", added.status, added.body)
	}
	id := address[strings.LastIndex(address, "/")+1:]
	meeting, err := w.store.Meeting(w.ctx(), w.own.ID, id)
	w.must(err)
	rule := meeting.Matters[0].Rule
	if len(rule.Options) != 3 || rule.Options[1] != "候选人乙" || rule.Seats != 2 || rule.Method != voting.ApprovalEach || !meeting.Policies.RunOff {
		t.Errorf("the draft is %+v", meeting)
	}
	edit := b.get(address + "/edit")
	for _, want := range []string{`value="春季会议"`, `value="` + calendar.FormText(meeting.OpensAt) + `"`, `name="run_off" value="yes" checked`, `name="void_participates" value="yes" checked`} {
		if !strings.Contains(edit.body, want) {
			t.Errorf("the form of the draft lacks %s", want)
		}
	}
	shown := b.get(address)
	if doubted := b.post(address+"/notice", shown.form(t, address+"/notice").fields); doubted.status != http.StatusUnprocessableEntity || !strings.Contains(doubted.body, sentence("lint_unconfirmed")) {
		t.Fatalf("a committee of two is noticed without a word: %d", doubted.status)
	}
	if noticed := b.post(address+"/notice", shown.form(t, address+"/notice").with(t, "confirmed", "yes")); noticed.location() != address+"?done=meeting_noticed" {
		t.Fatalf("notice: %d %s", noticed.status, noticed.body)
	}
	after := b.get(address)
	for _, gone := range []string{"/edit", "/matters/new", address + `/notice"`} {
		if strings.Contains(after.body, gone) {
			t.Errorf("after the notice the page still offers %s", gone)
		}
	}
	if refused := b.post(address+"/edit", draft); refused.status != http.StatusConflict || !strings.Contains(refused.body, sentence("illegal_step")) {
		t.Errorf("a noticed meeting is changed: %d", refused.status)
	}
	if refused := b.post(address+"/matters/"+meeting.Matters[0].ID+"/delete", nil); refused.status != http.StatusConflict {
		t.Errorf("a noticed matter is deleted: %d", refused.status)
	}
}

func TestARefusedMeetingKeepsWhatWasTyped(t *testing.T) {
	w := frozenTown(t)
	b := w.signIn(models.RoleConvener)
	path := "/communities/" + w.own.ID + "/meetings"
	for name, c := range map[string]struct {
		field, value, code string
	}{
		"no title":                        {"title", "", "required"},
		"a title that is too long":        {"title", strings.Repeat("长", 101), "too_long"},
		"an unknown convener":             {"convener_kind", "somebody", "bad_value"},
		"a moment that is none":           {"opens", "明天", "moment_invalid"},
		"a close before the opening":      {"closes", calendar.FormText(w.now.Load()), "window_invalid"},
		"days in words":                   {"objection_days", "五", "not_a_number"},
		"too many days":                   {"objection_days", "61", "bad_value"},
		"no answer on void ballots":       {"void_participates", "", "parameter_missing"},
		"a blank policy that is none":     {"blank", "sometimes", "bad_value"},
		"a roster of nobody":              {"roster", "none", "unknown_roster"},
		"a checkbox with another content": {"run_off", "perhaps", "bad_value"},
	} {
		t.Run(name, func(t *testing.T) {
			fields := url.Values{}
			pairs := w.terms()
			for i := 0; i+1 < len(pairs); i += 2 {
				fields.Set(pairs[i], pairs[i+1])
			}
			fields.Set(c.field, c.value)
			page := b.post("/staff"+path, fields)
			if page.status != http.StatusUnprocessableEntity || !strings.Contains(page.body, sentence(c.code)) {
				t.Fatalf("%d, the page does not say %s", page.status, c.code)
			}
			if !strings.Contains(page.body, `href="#f-`+c.field+`"`) || !strings.Contains(page.body, `value="样例小区业主委员会"`) {
				t.Error("no problem at the field, or what was typed is lost")
			}
			answer := b.json(http.MethodPost, "/api/v1"+path, body(pairs, c.field, fmt.Sprintf("%q", c.value)))
			if answer.code(t) != c.code || !strings.Contains(answer.body, `"field":"`+c.field+`"`) {
				t.Errorf("API: %s", answer.body)
			}
		})
	}
	if list := decode[meetingsJSON](t, b.get("/api/v1"+path)); len(list.Meetings) != 0 {
		t.Errorf("refused drafts left %d meetings", len(list.Meetings))
	}
	several := b.json(http.MethodPost, "/api/v1"+path, body(w.terms(), "title", `""`, "contact", `""`))
	if strings.Count(several.body, `"field"`) != 2 {
		t.Errorf("two missing fields: %s", several.body)
	}
}

func TestAMeetingIsDraftedOverTheAPI(t *testing.T) {
	w := frozenTown(t)
	b := w.signIn(models.RoleConvener)
	base := "/api/v1/communities/" + w.own.ID + "/meetings"
	answer := b.json(http.MethodPost, base, body(w.terms(), "objection_days", "3", "void_participates", "false", "run_off", "true", "first_meeting", "true"))
	if answer.status != http.StatusCreated {
		t.Fatalf("%d %s", answer.status, answer.body)
	}
	made := decode[meetingJSON](t, answer)
	if made.ObjectionDays != 3 || *made.Policies.VoidParticipates || !made.Policies.RunOff || !made.Policies.FirstMeeting || made.State != lifecycle.MeetingDraft {
		t.Errorf("the draft is %+v", made)
	}
	address := base + "/" + made.ID
	changed := decode[meetingJSON](t, b.json(http.MethodPut, address, body(w.terms(), "title", `"改过的会议"`)))
	if changed.Title != "改过的会议" || changed.ObjectionDays != 5 {
		t.Errorf("the change gave %+v", changed)
	}
	for sent, code := range map[string]string{
		`{"kind":"motion","item":5,"title":"水泵","text":"更换。","scope":["9号楼"]}`:                                  "scope_unknown",
		`{"kind":"motion","item":10,"title":"水泵","text":"更换。"}`:                                                 "bad_value",
		`{"kind":"motion","title":"水泵","text":"更换。"}`:                                                           "missing_field",
		`{"kind":"motion","item":5,"title":"水泵","text":"更换。","options":["甲"]}`:                                  "bad_value",
		`{"kind":"election","item":3,"title":"选举","text":"选。","method":"pick","options":["甲","甲"],"seats":1}`:   "duplicate",
		`{"kind":"election","item":3,"title":"选举","text":"选。","method":"pick","options":"甲\n乙","seats":"many"}`: "not_a_number",
		`{"kind":"motion","item":5,"title":" ","text":"更换。"}`:                                                   "required",
		`{"kind":"motion","item":5,"title":"水泵","text":"更换。","colour":"red"}`:                                   "unknown_field",
		`{"kind":"motion","item":5,"title":"水泵","text":"` + strings.Repeat("长", 30_000) + `"}`:                  "body_too_big",
	} {
		if refused := b.json(http.MethodPost, address+"/matters", sent); refused.code(t) != code {
			t.Errorf("%.80s: %.300s", sent, refused.body)
		}
	}
	added := decode[matterJSON](t, b.json(http.MethodPost, address+"/matters", `{"kind":"consult","title":"儿童乐园","text":"是否愿意增设？","scope":["2号楼"]}`))
	if added.Rule.Poll == nil || added.Rule.Scope[0] != "2号楼" || added.Position != 1 {
		t.Errorf("the matter is %+v", added)
	}
	renamed := b.json(http.MethodPut, address+"/matters/"+added.ID, `{"kind":"motion","item":7,"title":"加装电梯","text":"2号楼加装电梯。","scope":["2号楼/1单元"],"method":"approval_each"}`)
	if got := decode[meetingJSON](t, renamed).Matters[0]; got.Title != "加装电梯" || got.Rule.Kind != voting.Motion || got.Rule.Method != "" {
		t.Errorf("the matter became %+v", got)
	}
	file := b.upload(address+"/files", "方案.pdf", []byte("%PDF-1.4\n"))
	kept := decode[attachmentJSON](t, file)
	if file.status != http.StatusCreated || kept.Stage != models.ForNotice || kept.Name != "方案.pdf" {
		t.Errorf("%d %+v", file.status, kept)
	}
	got := b.get(address + "/files/" + kept.ID)
	if got.body != "%PDF-1.4\n" || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file comes back as %q, %s", got.body, got.header.Get("Content-Disposition"))
	}
	if refused := b.upload(address+"/files", "页面.html", []byte("<script>alert(1)</script>")); refused.code(t) != "file_kind" {
		t.Errorf("a page is kept: %s", refused.body)
	}
	for _, gone := range []string{address + "/files/" + kept.ID, address + "/matters/" + added.ID} {
		if answer := b.json(http.MethodDelete, gone, ""); answer.status != http.StatusNoContent {
			t.Errorf("delete: %d %s", answer.status, answer.body)
		}
		if answer := b.json(http.MethodDelete, gone, ""); answer.code(t) != "not_found" {
			t.Errorf("delete twice: %d %s", answer.status, answer.body)
		}
	}
	if refused := b.json(http.MethodPost, address+"/notice", ""); refused.code(t) != "matter_needed" {
		t.Errorf("a notice of nothing: %s", refused.body)
	}
	audit := decode[auditJSON](t, b.get(address+"/audit"))
	if len(audit.Entries) != 7 || audit.Entries[0].Act != "meeting_drafted" || audit.Entries[0].Role != "convener" || audit.Entries[0].What == "meeting_drafted" {
		t.Errorf("the audit is %+v", audit)
	}
}

func TestANoticeTooLateIsRefusedBeforeAndAtTheAttempt(t *testing.T) {
	for days, want := range map[int64]string{14: "notice_too_short", 15: "notice_exactly_minimum", 16: ""} {
		t.Run(fmt.Sprintf("%d days before the opening", days), func(t *testing.T) {
			w := frozenTown(t)
			meeting := w.draft(&w.own)
			w.now.Store(calendar.StartOfDay(meeting.OpensAt) - days*aDay + 10*60*aMinute)
			b := w.signIn(models.RoleConvener)
			address := staffMeetingURL(meeting)
			shown := b.get(address)
			if want != "" && !strings.Contains(shown.body, sentence(want)) {
				t.Errorf("the page does not say %s", want)
			}
			for _, code := range []string{"notice_too_short", "notice_exactly_minimum"} {
				if code != want && strings.Contains(shown.body, sentence(code)) {
					t.Errorf("the page says %s", code)
				}
			}
			answer := b.post(address+"/notice", nil)
			if late := want == "notice_too_short"; late != (answer.status == http.StatusUnprocessableEntity) || late != strings.Contains(answer.body, sentence("notice_too_short")) {
				t.Errorf("the notice: %d", answer.status)
			}
		})
	}
}

func TestAMeetingIsWithdrawnWithAReason(t *testing.T) {
	w := frozenTown(t)
	b := w.signIn(models.RoleConvener)
	meeting := w.draft(&w.own)
	address := staffMeetingURL(meeting)
	refused := b.post(address+"/cancel", url.Values{"reason": {"  "}})
	if refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, sentence("reason_missing")) {
		t.Fatalf("without a reason: %d", refused.status)
	}
	if answer := b.json(http.MethodPost, "/api/v1"+strings.TrimPrefix(address, "/staff")+"/cancel", `{}`); answer.code(t) != "reason_missing" {
		t.Errorf("API: %s", answer.body)
	}
	done := b.post(address+"/cancel", url.Values{"reason": {"改期举行。"}})
	if done.location() != address+"?done=meeting_cancelled" {
		t.Fatalf("%d %s", done.status, done.body)
	}
	again := b.post(address+"/cancel", url.Values{"reason": {"改期举行。"}})
	if again.status != http.StatusConflict {
		t.Errorf("withdrawn twice: %d", again.status)
	}
	b.get(address).says(t, "the page of the withdrawn meeting", 200, "这次会议已于2026年3月2日撤回，不再举行。原因：改期举行。")
	noticed := w.another(&w.own)
	w.must(w.store.CancelMeeting(w.ctx(), w.own.convener, w.own.ID, noticed.ID, "名册有误"))
	if told := w.browser().get("/api/v1/public/meetings/" + noticed.ID + "/result"); told.code(t) != "meeting_cancelled" || !strings.Contains(told.body, "名册有误") {
		t.Errorf("the result of a withdrawn meeting: %s", told.body)
	}
}

// What the convener says of the interim covenant comes back in the form of the draft.
func TestTheInterimCovenantComesBackInTheForm(t *testing.T) {
	for _, answer := range []flag{"yes", "no"} {
		in := meetingRequest{Title: "首次会议", ConvenerKind: "preparation_group", ConvenerName: "筹备组", Contact: "样例", Roster: "r", Opens: "2026-05-01T09:00",
			Closes: "2026-05-20T18:00", ObjectionDays: "5", FirstMeeting: "yes", Silence: "join_majority", SilenceDocument: "临时管理规约", SilenceClause: "第三十条",
			SilenceInterim: answer, Void: "yes"}
		terms, err := in.terms()
		if err != nil {
			t.Fatal(err)
		}
		if terms.SilenceRule.InterimCovenant != (answer == "yes") || requestOf(models.Meeting{MeetingTerms: terms}).SilenceInterim != answer {
			t.Errorf("%s: %+v", answer, terms.SilenceRule)
		}
	}
}
