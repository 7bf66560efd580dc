package api

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/notify/paper/papertest"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/web"
)

// silentTown is a town that votes under a rule by which silent ballots join the majority.
func silentTown(t *testing.T) *town {
	t.Helper()
	w := newTown(t)
	w.announce = func(terms *models.MeetingTerms) {
		terms.Policies.Silence, terms.DeliveryTimes = voting.JoinMajority, "3月3日起每晚上门送达"
		terms.SilenceRule = &voting.SilenceConditions{RuleAdopted: true, Document: "样例小区业主大会议事规则（2024年3月2日通过）", Clause: "第二十一条", CoversElections: true}
	}
	w.noticed(&w.own)
	w.wait(20 * aDay)
	return w
}

func (w *town) deliveryDesk() string { return staffMeetingURL(w.own.meeting) + "/deliveries" }

// typed are the fields of a delivery as somebody fills them in.
func (w *town) typed(changes ...string) []string {
	pairs := []string{"mode", "in_hand", "result", "delivered", "delivered_at", calendar.FormText(w.now.Load()), "relation", "owner", "proof", "存根 17 号"}
	for i := 0; i+1 < len(changes); i += 2 {
		if at := slices.Index(pairs, changes[i]); at >= 0 {
			pairs[at+1] = changes[i+1]
			continue
		}
		pairs = append(pairs, changes[i], changes[i+1])
	}
	return pairs
}

func TestDeliveriesAreRecordedThroughTheForms(t *testing.T) {
	w := silentTown(t)
	desk := w.deliveryDesk()
	teller, convener := w.signIn(models.RoleTeller), w.signIn(models.RoleConvener)
	convener.get(staffMeetingURL(w.own.meeting)).says(t, "the meeting", http.StatusOK, `href="`+desk+`"`, "还有 6 张表决票没有登记送达（共 6 张）")
	sheet := w.own.sheets[3] // person 5, 1号楼 202
	found := teller.post(desk+"/find", url.Values{"serial": {strings.ToLower(sheet.Serial)}})
	at := desk + "/sheets/" + sheet.VoterID
	if found.location() != at {
		t.Fatalf("the serial leads to %d %q", found.status, found.location())
	}
	f := teller.get(at).form(t, at)
	bare := teller.post(at, f.with(t, w.typed("proof", "", "relation", "family")...))
	bare.says(t, "without proof", http.StatusUnprocessableEntity, sentence("delivery_proof_missing"), `href="#f-proof"`, `<option value="family" selected>`)
	f = bare.form(t, at)
	if kept := teller.post(at, f.with(t, w.typed("result", "refused")...)); kept.location() != desk+"?done=delivery_recorded" {
		t.Fatalf("recorded: %d %q %s", kept.status, kept.location(), kept.body)
	}
	stale := convener.post(at, f.fields)
	stale.says(t, "a second person who had not seen it", http.StatusConflict, sentence("delivery_exists"), "现在有效", "staff-teller")
	f = stale.form(t, at)
	if f.fields.Get("replaces") == "" {
		t.Error("the page that shows the newest record does not name it")
	}
	if kept := convener.post(at, f.with(t, w.typed()...)); kept.status != http.StatusSeeOther {
		t.Fatalf("corrected: %d %s", kept.status, kept.body)
	}
	convener.get(at).says(t, "the corrected sheet", http.StatusOK, "已更正", "拒收", "存根 17 号", "样**")

	round := teller.get(desk).form(t, desk+"/rounds")
	refused := teller.post(desk+"/rounds", round.with(t, w.typed("building", "1号楼", "mode", "public_notice")...))
	refused.says(t, "a public notice for all", http.StatusUnprocessableEntity, sentence("delivery_public_notice"), `href="#f-round-result"`)
	round = refused.form(t, desk+"/rounds")
	if kept := teller.post(desk+"/rounds", round.with(t, w.typed("building", "1号楼")...)); kept.location() != desk+"?done=deliveries_recorded" {
		t.Fatalf("the round: %d %s", kept.status, kept.body)
	}
	teller.post(desk+"/rounds", round.fields).says(t, "the same round again", http.StatusConflict, sentence("delivery_nothing"))
	teller.get(desk).says(t, "the desk", http.StatusOK, "<b>4</b> ／ 4 户", "建设单位", "还没有登记的 2 户", "投票期间每满 20 张更新一次")
	w.wait(10*aDay + models.CloseGrace)
	teller = w.signIn(models.RoleTeller)
	after := teller.get(desk)
	after.says(t, "the desk after the close", http.StatusOK, sentence("delivery_closed"))
	if strings.Contains(after.body, "<form method=\"post\" action=\""+desk) {
		t.Error("the desk still offers a form")
	}
	teller.post(at, url.Values{"replaces": {""}, "mode": {"in_hand"}, "result": {"delivered"}, "delivered_at": {"2026-03-22T09:00"}, "relation": {"owner"}, "proof": {"1"}}).
		says(t, "a record after the close", http.StatusConflict, sentence("delivery_closed"))
}

func TestDeliveriesAreRecordedOverTheAPI(t *testing.T) {
	w := silentTown(t)
	api := apiURL(w.deliveryDesk())
	teller := w.signIn(models.RoleTeller)
	found := decode[sheetFoundJSON](t, teller.json(http.MethodPost, api+"/find", `{"building":"2","stair":"一单元","room":"102室"}`))
	if found.Voter != w.own.sheets[4].VoterID {
		t.Fatalf("found %q", found.Voter)
	}
	at := api + "/sheets/" + found.Voter
	for name, c := range map[string]struct{ body, code string }{
		"nothing":           {`{}`, "required"},
		"an unknown field":  {body(w.typed(), "voter", `"x"`), "unknown_field"},
		"a moment in words": {body(w.typed("delivered_at", "今天")), "moment_invalid"},
		"tomorrow":          {body(w.typed("delivered_at", calendar.FormText(w.now.Load()+aDay))), "delivery_in_future"},
		"a story as proof":  {body(w.typed("proof", strings.Repeat("长", 101))), "too_long"},
		"nobody took it":    {body(w.typed("relation", "none")), "delivery_recipient_missing"},
	} {
		if answer := teller.json(http.MethodPost, at, c.body); answer.code(t) != c.code {
			t.Errorf("%s: %d %s", name, answer.status, answer.body)
		}
	}
	answer := teller.json(http.MethodPost, at, body(w.typed()))
	made := decode[deliveryJSON](t, answer)
	if answer.status != http.StatusCreated || made.Result != models.Delivered || made.RecordedBy != "staff-teller" {
		t.Errorf("%d %+v", answer.status, made)
	}
	if again := teller.json(http.MethodPost, at, body(w.typed())); again.code(t) != "delivery_exists" || again.status != http.StatusConflict {
		t.Errorf("a double click: %d", again.status)
	}
	corrected := decode[deliveryJSON](t, teller.json(http.MethodPost, at, body(w.typed("result", "undeliverable", "mode", "public_notice", "replaces", made.ID))))
	sheet := decode[deliverySheetJSON](t, teller.get(at))
	if len(sheet.Records) != 2 || sheet.Records[1].ID != corrected.ID || corrected.Replaces != made.ID || strings.Contains(strings.Join(sheet.Owners, ""), "样例6") {
		t.Errorf("the sheet is %+v", sheet)
	}
	if n := decode[roundRecordedJSON](t, teller.json(http.MethodPost, api+"/rounds", body(w.typed("building", "1", "stair", "一单元", "mode", "mailbox", "relation", "none")))); n.Recorded != 4 {
		t.Errorf("the round recorded %d", n.Recorded)
	}
	desk := decode[deliveryDeskJSON](t, teller.get(api))
	if desk.deliveryNumbersJSON != (deliveryNumbersJSON{6, 4, 0, 1, 1}) || !desk.Open || len(desk.Exceptions) != 1 || len(desk.Missing) != 1 || len(desk.Matters) != 0 {
		t.Errorf("the desk is %+v", desk)
	}
	for _, role := range []models.Role{models.RoleStreet, models.RoleDistrict, models.RoleOperator} {
		if answer := w.signIn(role).get(api); answer.code(t) != "forbidden" {
			t.Errorf("%s reads the register: %d", role, answer.status)
		}
	}
}

func TestEveryWordOfADeliveryHasItsChinese(t *testing.T) {
	for family, codes := range map[string][]string{"delivery_mode": words(models.DeliveryModes), "delivery_result": words(models.DeliveryResults), "relation": words(models.Relations)} {
		for _, code := range codes {
			if !web.HasWord(family, code) {
				t.Errorf("%s %s has no word", family, code)
			}
		}
	}
	for _, list := range []int{len(web.DeliveryModes) - len(models.DeliveryModes), len(web.DeliveryResults) - len(models.DeliveryResults), len(web.Relations) - len(models.Relations)} {
		if list != 0 {
			t.Error("the form offers what the store does not know")
		}
	}
	for _, act := range []string{"delivery_recorded", "delivery_corrected", "deliveries_recorded"} {
		if web.AuditWord(act) == act {
			t.Errorf("%s has no words", act)
		}
	}
}

// pdf reads a document from an address.
func (b *browser) pdf(path string) string {
	b.w.t.Helper()
	answer := b.get(path)
	pages, err := papertest.Read([]byte(answer.body))
	if err != nil {
		b.w.t.Fatalf("%s: %d %v", path, answer.status, err)
	}
	text := ""
	for _, page := range pages {
		text += page.Text()
	}
	return text
}

// TestSilenceIsAnnouncedBeforehandAndPublishedInBothReadings: of 6 heads and 61.593 m² ×10⁴ three vote (1: yes, 2: no,
// 3+4: yes), 5 and 6 have a sheet and stay silent, the developer's could not be delivered.
func TestSilenceIsAnnouncedBeforehandAndPublishedInBothReadings(t *testing.T) {
	w := silentTown(t)
	const clause = "《样例小区业主大会议事规则（2024年3月2日通过）》第二十一条"
	meeting, anyone, convener := w.own.meeting, w.browser(), w.signIn(models.RoleConvener)
	anyone.get("/m/"+meeting.ID).says(t, "the notice", http.StatusOK, "重要提示", clause, "3月3日起每晚上门送达")
	for name, text := range map[string]string{"notice": anyone.pdf("/m/" + meeting.ID + "/notice.pdf"), "sheets": convener.pdf(staffMeetingURL(meeting) + "/sheets")} {
		if !strings.Contains(text, "重要提示：已送达而未表决的票") || !strings.Contains(text, clause) {
			t.Errorf("the printed %s does not warn", name)
		}
	}
	w.enter(w.own.sheets[3]).get("/vote").says(t, "the ballot", http.StatusOK, "请注意", clause)
	for i, mark := range []voting.Mark{voting.Yes, voting.No, voting.Yes} {
		w.cast(w.own.sheets[i], mark)
	}
	api := apiURL(w.deliveryDesk())
	for _, building := range []string{"1号楼", "2号楼"} {
		if answer := convener.json(http.MethodPost, api+"/rounds", body(w.typed("building", building))); answer.status != http.StatusCreated {
			t.Fatalf("%s: %d %s", building, answer.status, answer.body)
		}
	}
	convener.json(http.MethodPost, api+"/sheets/"+w.own.sheets[5].VoterID, body(w.typed("mode", "public_notice", "result", "undeliverable")))
	w.wait(10*aDay + models.CloseGrace)
	convener = w.signIn(models.RoleConvener)
	for _, step := range []string{"/count", "/display"} {
		if answer := convener.json(http.MethodPost, apiURL(staffMeetingURL(meeting))+step, "{}"); answer.status != http.StatusOK {
			t.Fatalf("%s: %d %s", step, answer.status, answer.body)
		}
	}
	// 170.46 + 91.27 + 100.39 = 362.12 m² voted; 101.71 + 81.49 = 183.20 m² stayed silent, so 545.32 of 615.93 take part;
	// with them 454.05 are in favour, without 270.85.
	page := anyone.get("/m/" + meeting.ID + "/result")
	page.says(t, "the result", http.StatusOK, clause, "这一项有 2 人、183.20 ㎡", "5 人（占全体 83.33%），545.32 ㎡（占全体 88.54%）", "3 人（占全体 50.00%），362.12 ㎡（占全体 58.79%）",
		"4 人（占参与表决 80.00%），454.05 ㎡（占参与表决 83.26%）", "2 人（占参与表决 66.67%），270.85 ㎡（占参与表决 74.80%）", "未能送达", "1 人（面积可能对应到具体房屋，不公布）",
		"有送达凭证的表决票：5 人（包括已经表决的）", "未形成有效决定")
	printed := anyone.pdf("/m/" + meeting.ID + "/result.pdf")
	for _, want := range []string{"依" + clause + "。“计入”：通过；“不计入”：未形成有效决定", "“不计入”时：参与表决 3 人，占全体人数 50.00%", "已送达未表决 2 人、183.20 ㎡",
		"其中有送达凭证的 5 人（含已表决的）", "未能送达 1 人、未发放表决票"} {
		if !strings.Contains(printed, want) {
			t.Errorf("the printed result lacks %q", want)
		}
	}
	result := decode[publicResultJSON](t, anyone.get("/api/v1/public/meetings/"+meeting.ID+"/result"))
	matter := result.Result.Matters[0]
	if matter.Delivery == nil || matter.Delivery.DeliveredHeads != 5 || len(matter.Delivery.Classes) != 6 || matter.Delivery.Classes[4].Area != "" ||
		matter.Outcome.Result != voting.Passed || len(matter.Outcome.Variants) != 1 || matter.Outcome.Variants[0].Outcome.Result != voting.NotFormed {
		t.Errorf("the public result is %+v", matter)
	}
	desk := decode[deliveryDeskJSON](t, convener.get(api))
	if len(desk.Matters) != 4 || fmt.Sprint(desk.Matters[0].Classes[4]) != fmt.Sprint(classJSON{voting.ClassUndeliverable, 1, "", 0}) {
		t.Errorf("the desk after the count is %+v", desk.Matters)
	}
	convener.get(w.deliveryDesk()).says(t, "the desk after the count", http.StatusOK, "1 人（面积可能对应到具体房屋，不公布）", sentence("delivery_closed"))
}

func TestASilencePolicyIsDraftedWithItsRule(t *testing.T) {
	w := frozenTown(t)
	b := w.signIn(models.RoleConvener)
	base := "/staff/communities/" + w.own.ID + "/meetings"
	for name, c := range map[string]struct {
		changes     []string
		code, field string
	}{
		"no rule":         {[]string{"silence", "abstain"}, "silence_rule_missing", "silence_document"},
		"no clause":       {[]string{"silence", "abstain", "silence_document", "议事规则"}, "silence_rule_missing", "silence_clause"},
		"nobody says so":  {[]string{"silence", "abstain", "silence_document", "议事规则", "silence_clause", "第五条"}, "silence_rule_missing", "silence_adopted"},
		"a first meeting": {[]string{"silence", "join_majority", "silence_document", "议事规则", "silence_clause", "第五条", "silence_adopted", "yes", "first_meeting", "yes"}, "silence_first_meeting", "silence"},
	} {
		pairs := append(w.terms(), c.changes...)
		answer := b.post(base, b.get(base+"/new").form(t, base).with(t, pairs...))
		answer.says(t, name, http.StatusUnprocessableEntity, sentence(c.code), `href="#f-`+c.field+`"`)
		if answer := b.json(http.MethodPost, apiURL(base), body(pairs)); answer.code(t) != c.code || !strings.Contains(answer.body, `"field":"`+c.field+`"`) {
			t.Errorf("%s over the API: %s", name, answer.body)
		}
	}
	pairs := append(w.terms(), "silence", "join_majority", "silence_document", "议事规则", "silence_clause", "第五条", "silence_adopted", "yes", "delivery_times", "每晚")
	saved := b.post(base, b.get(base+"/new").form(t, base).with(t, pairs...))
	address, _, _ := strings.Cut(saved.location(), "?")
	b.get(address).says(t, "the draft", http.StatusOK, "送达后没有投的票：计入参与表决，并计入多数票", "《议事规则》第五条")
	edit := b.get(address+"/edit").form(t, address+"/edit")
	for field, want := range map[string]string{"silence": "join_majority", "silence_document": "议事规则", "silence_clause": "第五条", "silence_adopted": "yes", "silence_elections": "", "delivery_times": "每晚"} {
		if got := edit.fields.Get(field); got != want {
			t.Errorf("the form opens again with %s %q, want %q", field, got, want)
		}
	}
	b.json(http.MethodPost, apiURL(address)+"/matters", `{"kind":"election","item":3,"title":"选举","text":"应选一人。","options":["甲","乙"],"method":"pick","seats":1}`)
	b.get(address).says(t, "with an election", http.StatusOK, sentence("silence_elections_missing"))
	if answer := b.json(http.MethodPost, apiURL(address)+"/notice", ""); answer.code(t) != "silence_elections_missing" {
		t.Errorf("the notice: %s", answer.body)
	}
}
