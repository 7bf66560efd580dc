package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/platform"
	"gongjue/web"
)

// cityTown is a community in 潍坊 whose meeting announced the city's platform and has closed; persons 2 and 5 voted in
// favour of everything on paper.
func cityTown(t *testing.T) *town {
	t.Helper()
	w := placed(t, "山东省/潍坊市/样例区")
	w.staff[models.RoleTeller] = w.account("teller-here", models.RoleTeller, w.own.ID)
	w.announce = func(terms *models.MeetingTerms) { terms.Platform = cityPlatform }
	w.own.meeting = w.another(&w.own)
	w.wait(20 * aDay)
	var err error
	w.own.sheets, err = w.store.Sheets(w.ctx(), w.own.ID, w.own.meeting.ID)
	w.must(err)
	for _, sheet := range []models.Sheet{w.own.sheets[1], w.own.sheets[3]} {
		for _, role := range []models.Role{models.RoleConvener, models.RoleTeller} {
			_, err := w.store.EnterPaper(w.ctx(), w.staff[role].Actor(), w.own.ID, w.own.meeting.ID, inFavour(sheet))
			w.must(err)
		}
	}
	w.wait(10*aDay + models.CloseGrace)
	return w
}

func inFavour(sheet models.Sheet) models.PaperEntry {
	entry := models.PaperEntry{VoterID: sheet.VoterID, Marks: map[string]ledger.PaperMark{}, InBox: true}
	for _, matter := range sheet.Matters {
		choice := voting.Choice{Mark: voting.Yes}
		switch matter.Rule.Method {
		case voting.ApprovalEach:
			choice = voting.Choice{Each: map[string]voting.Mark{}}
			for _, name := range matter.Rule.Options {
				choice.Each[name] = voting.Yes
			}
		case voting.Pick:
			choice = voting.Choice{Names: matter.Rule.Options[:1]}
		}
		entry.Marks[matter.ID] = ledger.PaperMark{Choice: choice}
	}
	return entry
}

// as signs an account of a placed town in.
func (w *town) as(login string) *browser {
	w.t.Helper()
	b := w.browser()
	if answer := b.json(http.MethodPost, "/api/v1/session", `{"user":"`+login+`","password":"`+townPassword+`"}`); answer.status >= http.StatusBadRequest {
		w.t.Fatal(answer.body)
	}
	return b
}

func (w *town) importDesk() string {
	return "/staff/communities/" + w.own.ID + "/meetings/" + w.own.meeting.ID + "/import"
}

func (w *town) importAPI() string { return strings.Replace(w.importDesk(), "/staff/", "/api/v1/", 1) }

// result is a file of the platform: a line for each home with its answer to everything.
func result(lines ...string) []byte {
	text := "楼栋,单元,房号,表决事项一,表决事项二,表决事项三,表决事项四,提交时间,平台流水号\n"
	for i, line := range lines {
		part := strings.Split(line, " ")
		last := ""
		if part[0] == "2号楼" {
			last = part[2]
		}
		text += fmt.Sprintf("%s,1单元,%s,%s,全部%s,样例物业二,%s,2026-03-%02d 10:11:12,P-%04d\n", part[0], part[1], part[2], part[2], last, 23+i, 7000+i)
	}
	return []byte(text)
}

// onPlatform is how persons 1 (both homes), 3 with 4, and 6 voted there.
func onPlatform() []byte {
	return result("1号楼 101 反对", "2号楼 101 反对", "2号楼 102 同意", "1号楼 201 弃权")
}

func TestAPlaceWithItsOwnPlatformCountsPaperAndTheImportedResult(t *testing.T) {
	w := cityTown(t)
	convener, teller, street := w.as("staff-here"), w.as("teller-here"), w.as("street-here")
	desk, meeting := w.importDesk(), strings.TrimSuffix(w.importDesk(), "/import")
	teller.get(meeting).says(t, "the meeting", http.StatusOK, `href="`+desk+`"`, web.LinkImport, sentence("import_missing"))
	teller.post(meeting+"/count", nil).says(t, "counting without the platform", http.StatusConflict, sentence("import_missing"))

	wrong := convener.upload(desk, "结果.csv", result("1号楼 999 同意", "1号楼 102 好的"), "received_from", "潍坊市住建局")
	wrong.says(t, "a wrong file", http.StatusUnprocessableEntity, sentence("import_errors"), "名册上没有这处房屋", "不是事项 1 的选项", "1号楼 1单元 999", "事项 2 的表决", "潍坊市住建局")
	form := convener.get(desk).form(t, desk)
	if form.names["reason"] || form.names["confirmed"] {
		t.Error("the first upload asks for a reason or a confirmation")
	}
	done := convener.upload(desk, "结果.csv", onPlatform(), "received_from", "潍坊市住建局")
	if done.location() != desk+"?done=import_waiting" {
		t.Fatalf("%d %q %s", done.status, done.location(), done.body)
	}
	convener.get(done.location()).says(t, "the first person", http.StatusOK, web.Flash("import_waiting"), "等第二个人确认", "4 户", "3 人", "召集人上传的")
	convener.upload(desk, "结果.csv", onPlatform(), "received_from", "潍坊市住建局").says(t, "a second click", http.StatusConflict, sentence("import_waiting"))
	convener.upload(desk+"/confirm", "结果.csv", onPlatform(), "rows", "4", "own_copy", "yes").says(t, "the convener confirms", http.StatusForbidden)
	street.get("/staff").says(t, "the street's work", http.StatusOK, web.WorkImport(w.own.Name, w.own.meeting.Title), desk)
	second := street.get(desk)
	second.says(t, "the second person", http.StatusOK, "由您确认", "不显示第一份的票数和指纹")
	second.hides(t, "the second person", "4 户", ledger.Sum(onPlatform()).String(), "结果.csv")
	street.upload(desk+"/confirm", "结果.csv", result("1号楼 101 同意", "2号楼 101 同意", "2号楼 102 同意", "1号楼 201 弃权"), "rows", "4", "own_copy", "yes").
		says(t, "another result", http.StatusConflict, sentence("import_differs"))
	street.upload(desk+"/confirm", "结果.csv", onPlatform(), "rows", "5", "own_copy", "yes").says(t, "another number", http.StatusUnprocessableEntity, sentence("import_rows_differ"))
	street.upload(desk+"/confirm", "结果.csv", onPlatform(), "rows", "4").says(t, "the first person's copy", http.StatusUnprocessableEntity, sentence("import_own_copy"))
	if confirmed := street.upload(desk+"/confirm", "另存.csv", onPlatform(), "rows", "4", "own_copy", "yes"); confirmed.location() != desk+"?done=import_confirmed" {
		t.Fatalf("%d %q %s", confirmed.status, confirmed.location(), confirmed.body)
	}
	convener.get(desk).says(t, "in force", http.StatusOK, "已生效", ledger.Sum(onPlatform()).String(), "上传新的结果")
	teller.get(meeting+"/paper").says(t, "the sheets", http.StatusOK, cityPlatform, "3 人")
	if counted := teller.post(meeting+"/count", nil); counted.status != http.StatusSeeOther {
		t.Fatalf("the count: %d %s", counted.status, counted.body)
	}
	w.countsAs(teller, meeting)
	convener.post(meeting+"/display", nil)
	public := w.browser().get("/m/" + w.own.meeting.ID + "/result")
	public.says(t, "the public result", http.StatusOK, "市平台导入 3 张", "书面 2 张", cityPlatform+"导入 3 票，没有与其他票重复的")
	public.hides(t, "the public result", ledger.Sum(onPlatform()).String())
	teller.get(meeting+"/count").says(t, "the tellers' result", http.StatusOK, ledger.Sum(onPlatform()).String())
	convener.upload(desk, "结果.csv", onPlatform(), "received_from", "潍坊市住建局").says(t, "after the count", http.StatusConflict, sentence("import_closed"))
}

// countsAs compares the count of the motion with the homes of the roster added up here.
func (w *town) countsAs(b *browser, meeting string) {
	w.t.Helper()
	var want [3]voting.Weight // yes, no, abstain
	for i, voters := range [][]int{{1, 3, 5}, {0, 4}, {2}} {
		heads := map[string]bool{}
		for _, home := range voters {
			unit := homes().Units[home]
			heads[unit.Owners[0].Name] = true
			want[i].Area += unit.Area
		}
		want[i].Heads = int64(len(heads))
	}
	var results resultsJSON
	answer := b.get(strings.Replace(meeting, "/staff/", "/api/v1/", 1) + "/results")
	results = decode[resultsJSON](w.t, answer)
	counted := results.Results[0].Matters[0].Outcome.Counted
	got := [3]voting.Weight{{Heads: counted.Options[0].Votes.Heads, Area: counted.Options[0].Votes.AreaCM2},
		{Heads: counted.Options[1].Votes.Heads, Area: counted.Options[1].Votes.AreaCM2}, {Heads: counted.Abstain.Heads, Area: counted.Abstain.AreaCM2}}
	if got != want || results.Results[0].Ballots != 5 || results.Imported.Voters != 3 || results.Imported.Twice != 0 {
		w.t.Errorf("%+v of %d ballots, want %+v of 5; %+v", got, results.Results[0].Ballots, want, results.Imported)
	}
}

func TestAnImportOverTheAPIAnswersWithItsIssues(t *testing.T) {
	w := cityTown(t)
	api := w.importAPI()
	teller, street := w.as("teller-here"), w.as("street-here")
	refused := teller.upload(api, "结果.csv", result("1号楼 999 同意"), "received_from", "住建局")
	var found problem
	found = decode[problem](t, refused)
	if refused.status != http.StatusUnprocessableEntity || found.Code != "import_errors" || len(found.Issues) != 1 || found.Issues[0].Code != platform.RoomUnknown ||
		found.Issues[0].Row != 2 || found.Issues[0].Column != "房号" || found.Issues[0].Message == "" || found.Issues[0].Severity != "error" {
		t.Errorf("%d %s", refused.status, refused.body)
	}
	doubtful := result("1号楼 101 同意") // one of two homes
	refused = teller.upload(api, "结果.csv", doubtful, "received_from", "住建局")
	if found = decode[problem](t, refused); found.Code != "import_unconfirmed" || len(found.Issues) != 1 || found.Issues[0].Code != platform.HomeMissing {
		t.Errorf("%d %s", refused.status, refused.body)
	}
	if desk := decode[importDeskJSON](t, teller.get(api)); len(desk.Imports) != 0 || !desk.Open || desk.Platform != cityPlatform {
		t.Errorf("the desk is %+v", desk)
	}
	kept := teller.upload(api, "结果.csv", doubtful, "received_from", "住建局", "confirmed", "yes")
	if read := decode[importReadJSON](t, kept); kept.status != http.StatusCreated || read.Rows != 1 || read.Voters != 1 || len(read.Columns) != 9 || read.Columns[3].Text != "事项 1 的表决" {
		t.Fatalf("%d %s", kept.status, kept.body)
	}
	mine, blind := decode[importDeskJSON](t, teller.get(api)), decode[importDeskJSON](t, street.get(api))
	if mine.Imports[0].Rows == nil || *mine.Imports[0].Rows != 1 || blind.Imports[0].Rows != nil || blind.Imports[0].SHA256 != "" {
		t.Errorf("the first sees %+v, the second %+v", mine.Imports[0], blind.Imports[0])
	}
	if refused := street.upload(api+"/confirm", "结果.csv", result("1号楼 999 同意"), "rows", "1", "own_copy", "yes"); refused.code(t) != "import_errors" || len(decode[problem](t, refused).Issues) != 1 {
		t.Errorf("%s", refused.body)
	}
	if back := teller.json(http.MethodPost, api+"/withdraw", ""); back.status != http.StatusNoContent {
		t.Errorf("%d %s", back.status, back.body)
	}
	if again := teller.json(http.MethodPost, api+"/withdraw", ""); again.code(t) != "import_nothing" {
		t.Errorf("%s", again.body)
	}
	teller.upload(api, "结果.csv", doubtful, "received_from", "住建局", "confirmed", "yes")
	if confirmed := street.upload(api+"/confirm", "结果.csv", doubtful, "rows", "1", "own_copy", "yes"); confirmed.status != http.StatusOK {
		t.Errorf("%d %s", confirmed.status, confirmed.body)
	}
}

func TestTheTemplateFilledInIsReadWithoutAnIssue(t *testing.T) {
	w := cityTown(t)
	b := w.as("teller-here")
	file := b.get(w.importDesk() + "/template.xlsx")
	if !strings.Contains(file.header.Get("Content-Disposition"), "xlsx") || file.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", file.header)
	}
	sheets, err := workbook.ReadBytes([]byte(file.body), "模板.xlsx")
	w.must(err)
	if len(sheets) != 1 || len(sheets[0].Rows) != 8 { // the header and seven homes
		t.Fatalf("%+v", sheets)
	}
	plan, err := w.store.ImportPlan(w.ctx(), w.own.ID, w.own.meeting.ID)
	w.must(err)
	for i := range sheets[0].Rows[1:] {
		row := &sheets[0].Rows[i+1]
		answers := []string{"同意", "全部反对", "弃权", ""}
		if row.Cells[0] == "2号楼" {
			answers[3] = "空白"
		}
		row.Cells = append(append(row.Cells[:3:3], answers...), "2026-03-23 10:00", fmt.Sprint(i))
	}
	if read := platform.Read(sheets, plan); read.Failed() || read.Rows != 7 || len(read.Ballots) != 6 {
		t.Errorf("%+v", read.Issues)
	}
	if strings.Contains(file.body, "样例1") {
		t.Error("the template names an owner")
	}
}

func TestHostileFilesAndFormsLeaveNothing(t *testing.T) {
	w := cityTown(t)
	b := w.as("staff-here")
	for _, test := range []struct {
		name, file string
		content    []byte
		fields     []string
		code       string
	}{
		{"no spreadsheet", "结果.exe", []byte("MZ"), []string{"received_from", "局"}, "file_kind"},
		{"macros", "结果.xlsm", []byte("PK\x03\x04"), []string{"received_from", "局"}, "file_macros"},
		{"a zip that is none", "结果.xlsx", []byte("PK\x03\x04kaputt"), []string{"received_from", "局"}, "file_unreadable"},
		{"nothing", "结果.csv", nil, []string{"received_from", "局"}, "file_empty"},
		{"blanks alone", "结果.csv", []byte(",,\n,,\n"), []string{"received_from", "局"}, "sheet_empty"},
		{"another table", "结果.csv", []byte("甲,乙\n1,2\n"), []string{"received_from", "局"}, "import_errors"},
		{"a formula", "结果.csv", result("1号楼 =HYPERLINK(1) 同意"), []string{"received_from", "局"}, "import_errors"},
		{"nobody gave it", "结果.csv", onPlatform(), []string{"received_from", "  "}, "required"},
		{"a story for a body", "结果.csv", onPlatform(), []string{"received_from", strings.Repeat("局", 101)}, "too_long"},
		{"a field of its own", "结果.csv", onPlatform(), []string{"received_from", "局", "state", "effective"}, "unknown_field"},
		{"a confirmation of its own", "结果.csv", onPlatform(), []string{"received_from", "局", "confirmed", "perhaps"}, "bad_value"},
	} {
		if answer := b.upload(w.importAPI(), test.file, test.content, test.fields...); answer.code(t) != test.code {
			t.Errorf("%s: %d %s", test.name, answer.status, answer.body)
		}
	}
	if desk := decode[importDeskJSON](t, b.get(w.importAPI())); len(desk.Imports) != 0 {
		t.Errorf("kept: %+v", desk.Imports)
	}
	if strings.Contains(w.log.String(), "P-7000") || strings.Contains(w.log.String(), "反对") {
		t.Error("the log holds lines of a file")
	}
}

func TestOnlyTheMeetingsOwnStaffReachItsImport(t *testing.T) {
	w := cityTown(t)
	for _, test := range []struct {
		login  string
		status int
	}{{"staff-convener", http.StatusNotFound}, {"staff-teller", http.StatusNotFound}, {"staff-street", http.StatusNotFound}, {"foreign-convener", http.StatusNotFound},
		{"staff-operator", http.StatusForbidden}, {"staff-district", http.StatusForbidden}} {
		b := w.as(test.login)
		for _, path := range []string{w.importAPI(), w.importAPI() + "/template.xlsx", w.importDesk()} {
			if answer := b.get(path); answer.status != test.status {
				t.Errorf("%s reads %s: %d", test.login, path, answer.status)
			}
		}
		want := test.status
		if answer := b.upload(w.importAPI(), "结果.csv", onPlatform(), "received_from", "局"); answer.status != want && answer.status != http.StatusForbidden {
			t.Errorf("%s uploads: %d", test.login, answer.status)
		}
	}
}

func TestAVoterWhoseBallotWasImportedIsTold(t *testing.T) {
	w := cityTown(t)
	w.browser().get("/v/"+w.own.sheets[5].Token).says(t, "the developer, who did not vote", http.StatusOK, "投票已经截止")
	w.imported(onPlatform(), "4")
	shown := w.browser().get("/v/" + w.own.sheets[0].Token)
	shown.says(t, "person 1", http.StatusOK, "您的表决已由市平台导入", sentence("already_imported"))
	shown.hides(t, "person 1", "反对", "样例物业二")
	messages, err := w.store.ClaimMessages(w.ctx(), 100)
	w.must(err)
	told := 0
	for _, message := range messages {
		if message.Platform == cityPlatform {
			told++
		}
	}
	if told != 4 { // persons 1, 3, 4 and 6
		t.Errorf("%d owners are told", told)
	}
}

// imported hands a result in by convener and street.
func (w *town) imported(content []byte, rows string) {
	w.t.Helper()
	if kept := w.as("staff-here").upload(w.importAPI(), "结果.csv", content, "received_from", "住建局", "confirmed", "yes"); kept.status != http.StatusCreated {
		w.t.Fatalf("%d %s", kept.status, kept.body)
	}
	if confirmed := w.as("street-here").upload(w.importAPI()+"/confirm", "结果.csv", content, "rows", rows, "own_copy", "yes"); confirmed.status != http.StatusOK {
		w.t.Fatalf("%d %s", confirmed.status, confirmed.body)
	}
}

func TestBeforeTheVoteTheSheetsCodeLeadsToTheOtherWays(t *testing.T) {
	w := placed(t, "山东省/潍坊市/样例区")
	w.announce = func(terms *models.MeetingTerms) { terms.Platform = cityPlatform }
	w.own.meeting = w.another(&w.own)
	sheets, err := w.store.Sheets(w.ctx(), w.own.ID, w.own.meeting.ID)
	w.must(err)
	for _, days := range []int64{0, 20} {
		w.wait(days * aDay)
		w.browser().get("/v/"+sheets[0].Token).says(t, fmt.Sprint(days, " days on"), http.StatusOK, "请在"+cityPlatform+"上或用纸质票投票", sentence("evote_barred"))
	}
	w.as("staff-here").get(w.importDesk()).says(t, "too early", http.StatusOK, sentence("import_too_early"))
	early := w.as("staff-here").upload(w.importDesk(), "结果.csv", onPlatform(), "received_from", "局")
	early.says(t, "an early file", http.StatusConflict, sentence("import_too_early"))
	early.hides(t, "an early file", "反对")
}

// TestOfAnImportNothingIsTotalledBeforeTheCount gives the platform the votes whose sums every answer is searched for.
func TestOfAnImportNothingIsTotalledBeforeTheCount(t *testing.T) {
	w := newTown(t)
	w.announce = func(terms *models.MeetingTerms) { terms.Platform = cityPlatform }
	w.noticed(&w.own)
	w.wait(30*aDay + models.CloseGrace)
	w.own.ids = map[string]string{"pack": "cn-civil-code-2021", "committee": "none", "member": "none", "entry": "none", "item": "none", "community": w.own.ID, "roster": w.own.roster.ID, "meeting": w.own.meeting.ID,
		"matter": w.own.meeting.Matters[0].ID, "file": w.own.meeting.Attachments[0].ID, "token": w.own.sheets[5].Token, "voter": w.own.sheets[5].VoterID,
		"mandate": "none", "emergency": "none", "sitting": "none", "decision": "none", "convening": "none", "contract": "none", "contract_file": "none", "contract_proof": "none", "disclosure": "none", "disclosure_file": "none", "question": "none", "order": "none", "target": "none", "witness": "none", "amendment": "none", "proof": "none", "filing": "none", "roster_objection": "none", "evidence": "none", "intake": w.onDesk(&w.own), "owner": w.ownerAt(&w.own, "101"), "objection": "none", "message": "none", "code": "none", "leaf": "1", "unit": "none", "tier": "none"}
	file := result("1号楼 101 同意", "2号楼 101 同意", "1号楼 102 反对", "1号楼 201 同意", "1号楼 202 反对", "2号楼 102 弃权")
	convener, teller := w.signIn(models.RoleConvener), w.signIn(models.RoleTeller)
	answers := []page{convener.upload(w.importAPI(), "结果.csv", file, "received_from", "住建局")}
	visitors := []visitor{{name: "signed out"}}
	for _, role := range models.Roles {
		visitors = append(visitors, visitor{string(role), w.signIn(role).cookieOf(staffCookieName)})
	}
	everywhere := func(route) bool { return true }
	for _, leak := range w.leaks(visitors, everywhere) {
		t.Errorf("while it waits, %s", leak)
	}
	answers = append(answers, teller.upload(w.importAPI()+"/confirm", "结果.csv", file, "rows", "6", "own_copy", "yes"))
	for _, leak := range w.leaks(visitors, everywhere) {
		t.Errorf("in force, %s", leak)
	}
	for i, answer := range answers {
		if answer.status >= http.StatusBadRequest {
			t.Fatalf("%d %s", answer.status, answer.body)
		}
		for _, word := range append(secret, "同意", "反对", "弃权") {
			if strings.Contains(answer.body, word) {
				t.Errorf("answer %d holds %s", i+1, word)
			}
		}
	}
	for _, word := range append(secret, "P-7000", "样例", "反对") {
		if strings.Contains(w.log.String(), word) {
			t.Errorf("the log holds %s", word)
		}
	}
	w.must(w.store.Count(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID))
	if len(w.leaks(visitors, everywhere)) == 0 {
		t.Error("even the tellers see no figure of the count: this test looks for the wrong ones")
	}
}

func TestAPlatformBesideThePhone(t *testing.T) {
	w := newTown(t)
	w.announce = func(terms *models.MeetingTerms) { terms.Platform, terms.Conflict = cityPlatform, voting.FirstValid }
	w.noticed(&w.own)
	w.browser().get("/m/"+w.own.meeting.ID).says(t, "the notice", http.StatusOK, "手机扫码，在"+cityPlatform+"上投票")
	w.wait(20 * aDay)
	w.cast(w.own.sheets[1], voting.Yes)
	w.wait(10*aDay + models.CloseGrace)
	file := result("1号楼 102 反对") // on the second day, after the vote on the phone
	convener, teller := w.signIn(models.RoleConvener), w.signIn(models.RoleTeller)
	first := convener.upload(w.importDesk(), "结果.csv", file, "received_from", "住建局")
	first.says(t, "a voter of two ways", http.StatusUnprocessableEntity, "另有一张在本系统投的票", sentence("import_unconfirmed"), `name="confirmed"`)
	convener.upload(w.importDesk(), "结果.csv", file, "received_from", "住建局", "confirmed", "yes")
	teller.upload(w.importDesk()+"/confirm", "结果.csv", file, "rows", "1", "own_copy", "yes")
	w.must(w.store.Count(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID))
	teller.get(strings.TrimSuffix(w.importDesk(), "/import")+"/count").says(t, "the count", http.StatusOK, "线上 1 张", "其中 1 户另有一张票", "以另一张票计 1 户")
	if left := teller.post(w.importDesk()+"/withdraw", url.Values{}); left.status != http.StatusConflict {
		t.Errorf("withdrawn after the count: %d", left.status)
	}
}
