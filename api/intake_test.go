package api

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting/roster"
)

// desk puts a sample on the desk over the page and gives its address and the convener's browser.
func (w *town) desk(file string) (*browser, string) {
	w.t.Helper()
	b := w.signIn(models.RoleConvener)
	answer := b.upload("/staff/communities/"+w.own.ID+"/rosters/intakes", file, read(w.t, "../testdata/rosters/"+file), "parking_area", "yes", "parking_heads", "yes")
	if answer.status != http.StatusSeeOther {
		w.t.Fatalf("upload: %d %s", answer.status, answer.body)
	}
	return b, answer.location()
}

func apiOf(address string) string { return "/api/v1" + strings.TrimPrefix(address, "/staff") }

func (b *browser) onDesk(address string) intakeJSON {
	b.w.t.Helper()
	return decode[intakeJSON](b.w.t, b.get(apiOf(address)))
}

// onDesk puts a small file on the desk of a quarter and gives its id.
func (w *town) onDesk(p *quarter) string {
	w.t.Helper()
	const text = "房号,面积,业主\n101,89.5,样例\n102,大,样例\n"
	intake, err := w.store.OpenIntake(w.ctx(), p.convener, p.ID, models.NewIntake{Name: "名册.csv", SHA256: "00", Bytes: []byte(text)})
	w.must(err)
	return intake.ID
}

func TestNothingOfAFileCountsBeforeItsDoubtsAreSettled(t *testing.T) {
	w := newTown(t)
	b, address := w.desk("roster-messy.xlsx")
	file := b.onDesk(address)
	if len(file.Errors) == 0 || len(file.Open) == 0 {
		t.Fatalf("the sample has %d errors and %d warnings", len(file.Errors), len(file.Open))
	}
	if page := b.get(address); !strings.Contains(page.body, file.Errors[0].Message) || !strings.Contains(page.body, sentence("warnings_open")) {
		t.Error("the page does not tell the first doubt, or what stands in the way")
	}
	revision := url.Values{"revision": {"1"}}
	if early := b.post(address+"/import", revision); early.status != http.StatusUnprocessableEntity || !strings.Contains(early.body, sentence("warnings_open")) {
		t.Errorf("imported with open doubts: %d", early.status)
	}
	if list, err := w.store.Rosters(w.ctx(), w.own.ID); err != nil || len(list) != 0 {
		t.Errorf("%d rosters before anything was confirmed, %v", len(list), err)
	}
	if answer := b.post(address+"/confirmations", url.Values{"code": {string(file.Open[0].Code)}}); answer.status != http.StatusUnprocessableEntity {
		t.Errorf("confirmed without a reason: %d", answer.status)
	}
	one := file.Open[0]
	if answer := b.post(address+"/confirmations", url.Values{"keys": {one.Key}, "why": {"已与档案核对"}}); answer.status != http.StatusSeeOther {
		t.Fatalf("confirm one: %d %s", answer.status, answer.body)
	}
	if now := b.onDesk(address); now.Confirmed != 1 || len(now.Open) != len(file.Open)-1 || now.Revision != 2 {
		t.Errorf("after one word: %d confirmed, %d open, revision %d", now.Confirmed, len(now.Open), now.Revision)
	}
	for _, code := range roster.Codes {
		b.post(address+"/confirmations", url.Values{"code": {string(code)}, "why": {"成类核对"}})
	}
	now := b.onDesk(address)
	if len(now.Open) != 0 || len(now.Errors) != len(file.Errors) {
		t.Fatalf("%d open and %d of %d errors after confirming every kind", len(now.Open), len(now.Errors), len(file.Errors))
	}
	if stale := b.post(address+"/import", revision); !strings.Contains(stale.body, sentence("intake_changed")) {
		t.Errorf("imported what was not looked at: %d", stale.status)
	}
	form := b.get(address).form(t, address+"/import")
	answer := b.post(address+"/import", form.fields)
	if answer.status != http.StatusSeeOther {
		t.Fatalf("import: %d %s", answer.status, answer.body)
	}
	if again := b.post(address+"/import", form.fields); again.status != http.StatusNotFound {
		t.Errorf("a second click: %d", again.status)
	}
	list, err := w.store.Rosters(w.ctx(), w.own.ID)
	w.must(err)
	if len(list) != 1 || int(list[0].Units) != now.Units {
		t.Errorf("%d rosters, %d units and not %d", len(list), list[0].Units, now.Units)
	}
	// The same file again: what was confirmed is known.
	b, address = w.desk("roster-messy.xlsx")
	if again := b.onDesk(address); again.Confirmed != now.Confirmed || len(again.Open) != 0 {
		t.Errorf("of the same file %d doubts are settled and %d open", again.Confirmed, len(again.Open))
	}
}

func TestACellIsMendedInPlace(t *testing.T) {
	w := newTown(t)
	b, address := w.desk("roster-messy.xlsx")
	before := b.onDesk(address)
	at := slices.IndexFunc(before.Errors, func(i intakeIssueJSON) bool { return i.Code == roster.AreaNotANumber || i.Code == roster.AreaMissing })
	if at < 0 {
		t.Fatal("no area is in doubt")
	}
	wrong := before.Errors[at]
	page := rowURL(address, wrong.Sheet, wrong.Row)
	form := b.get(page).form(t, address+"/row")
	area := slices.Index(form.fields["field"], string(roster.FieldArea))
	if area < 0 {
		t.Fatalf("the form has %v", form.fields["field"])
	}
	form.fields.Set("do", "set")
	if unchanged := b.post(address+"/row", with(form.fields, "why", "核对")); unchanged.status != http.StatusUnprocessableEntity {
		t.Errorf("nothing was changed: %d", unchanged.status)
	}
	form.fields["value"][area] = "88.88"
	if silent := b.post(address+"/row", form.fields); silent.status != http.StatusUnprocessableEntity || !strings.Contains(silent.body, "88.88") {
		t.Errorf("mended without a reason: %d", silent.status)
	}
	form.fields.Set("why", "按不动产权证")
	if answer := b.post(address+"/row", form.fields); answer.status != http.StatusSeeOther {
		t.Fatalf("mend: %d %s", answer.status, answer.body)
	}
	after := b.onDesk(address)
	atRow := func(i intakeIssueJSON) bool { return i.Row == wrong.Row && i.Sheet == wrong.Sheet }
	if after.Units != before.Units+1 || slices.ContainsFunc(after.Errors, atRow) || after.Total.AreaCM2 != before.Total.AreaCM2+888_800 {
		t.Errorf("after the mend %d units of %d, errors %v, %d cm² more", after.Units, before.Units, after.Errors, after.Total.AreaCM2-before.Total.AreaCM2)
	}
	shown := b.get(page)
	if !strings.Contains(shown.body, "按不动产权证") {
		t.Error("the row does not tell who mended it")
	}
	audit, err := w.store.Audit(w.ctx(), w.own.ID, before.ID)
	w.must(err)
	if n := count(audit, "intake_row_shown"); n < 2 {
		t.Errorf("the row in clear was shown %d times by the audit", n)
	}
	undo := url.Values{"sheet": {wrong.Sheet}, "row": form.fields["row"], "do": {"undo"}}
	b.post(address+"/row", undo)
	if back := b.onDesk(address); back.Units != before.Units {
		t.Errorf("%d units after taking it back, %d before", back.Units, before.Units)
	}
}

func TestARowIsLeftOutWithAReasonOfItsOwn(t *testing.T) {
	w := newTown(t)
	b, address := w.desk("roster-messy.xlsx")
	before := b.onDesk(address)
	at := slices.IndexFunc(before.Open, func(i intakeIssueJSON) bool { return i.Row > 0 && i.Unit != "" })
	page := rowURL(address, before.Open[at].Sheet, before.Open[at].Row)
	form := url.Values{"sheet": {before.Open[at].Sheet}, "row": {strconv.Itoa(before.Open[at].Row)}, "do": {"drop"}, "was": {b.rowWas(page)}}
	silent := b.post(address+"/row", form)
	asked := regexp.MustCompile(`(?s)<details open>.*id="f-drop-why-why".*</details>`).MatchString(silent.body)
	if silent.status != http.StatusUnprocessableEntity || !asked || strings.Contains(silent.body, `id="f-why-why"`) {
		t.Errorf("without a reason: %d, asked at the form of leaving out: %t", silent.status, asked)
	}
	if answer := b.post(address+"/row", with(form, "why", "合计行")); answer.status != http.StatusSeeOther {
		t.Fatalf("leave out: %d %s", answer.status, answer.body)
	}
	if after := b.onDesk(address); after.Units >= before.Units {
		t.Errorf("%d units after leaving one of %d out", after.Units, before.Units)
	}
}

// rowWas is the fingerprint of the row that a page of mending shows.
func (b *browser) rowWas(page string) string {
	b.w.t.Helper()
	found := regexp.MustCompile(`(?s)<details.*?name="was" value="([0-9a-f]*)"`).FindStringSubmatch(b.get(page).body)
	if found == nil {
		b.w.t.Fatal("the page does not let the row be left out")
	}
	return found[1]
}

func TestColumnsArePointedOutAndRemembered(t *testing.T) {
	w := newTown(t)
	b := w.signIn(models.RoleConvener)
	base := "/staff/communities/" + w.own.ID + "/rosters/intakes"
	const odd = "房号,户主,大小\n101,样例甲,80.50\n102,样例乙,90\n"
	put := func(text string) string {
		answer := b.upload(base, "名册.csv", []byte(text), "parking_area", "no", "parking_heads", "no")
		if answer.status != http.StatusSeeOther {
			t.Fatalf("upload: %d %s", answer.status, answer.body)
		}
		return answer.location()
	}
	address := put(odd)
	sheet := b.onDesk(address).Sheets[0].Sheet
	page := b.get(address + "/columns?sheet=" + url.QueryEscape(sheet))
	if !strings.Contains(page.body, "大小") {
		t.Fatalf("the columns are not shown: %d", page.status)
	}
	choice := url.Values{"sheet": {sheet}, "header_row": {"1"}, "use": {"room", "name", "area"}}
	if twice := b.post(address+"/columns", with(choice, "use", "room", "name", "room")); !strings.Contains(twice.body, sentence("column_twice")) {
		t.Errorf("one field in two columns: %d", twice.status)
	}
	if answer := b.post(address+"/columns", choice); answer.status != http.StatusSeeOther {
		t.Fatalf("choose: %d %s", answer.status, answer.body)
	}
	// The header has doubts of its own, but no row that could be corrected.
	for _, link := range regexp.MustCompile(`href="([^"]+)">更正`).FindAllStringSubmatch(b.get(address).body, -1) {
		if answer := b.get(html.UnescapeString(link[1])); answer.status != http.StatusOK {
			t.Errorf("a doubt leads to %s: %d", link[1], answer.status)
		}
	}
	read := b.onDesk(address)
	if read.Units != 2 || read.Total.AreaCM2 != 1_705_000 {
		t.Fatalf("read %d units, %d cm²", read.Units, read.Total.AreaCM2)
	}
	for _, code := range roster.Codes {
		b.post(address+"/confirmations", url.Values{"code": {string(code)}, "why": {"核对"}})
	}
	if answer := b.post(address+"/import", b.get(address).form(t, address+"/import").fields); answer.status != http.StatusSeeOther {
		t.Fatalf("import: %d %s", answer.status, answer.body)
	}
	if next := b.onDesk(put("大小,房号,户主\n80.50,101,样例甲\n")); next.Units != 1 || next.Total.AreaCM2 != 805_000 {
		t.Errorf("the next file, its columns in another order, gives %d units", next.Units)
	}
}

func TestAFileOfAnotherCommunityIsNotFound(t *testing.T) {
	w := newTown(t)
	_, address := w.desk("roster-standard.xlsx")
	id := address[strings.LastIndex(address, "/")+1:]
	foreign := w.signInAs("foreign-convener")
	for _, path := range []string{intakeURL(w.foreign.ID, id), apiOf(intakeURL(w.foreign.ID, id))} {
		if answer := foreign.get(path); answer.status != http.StatusNotFound {
			t.Errorf("GET %s: %d", path, answer.status)
		}
	}
}

func with(form url.Values, name string, values ...string) url.Values {
	changed := url.Values{}
	for key, list := range form {
		changed[key] = list
	}
	changed[name] = values
	return changed
}

func count(log []models.AuditEntry, act string) int {
	n := 0
	for _, entry := range log {
		if entry.Act == act {
			n++
		}
	}
	return n
}

func TestHeadsAreMergedAndSplitByAPersonWithAReason(t *testing.T) {
	w := newTown(t)
	b := w.signIn(models.RoleConvener)
	const twins = "楼栋,房号,面积,业主,证件号码,联系电话\n1号楼,101,80,样例甲,,\n1号楼,102,90,样例甲,,\n1号楼,103,90,样例乙,,\n"
	answer := b.upload("/staff/communities/"+w.own.ID+"/rosters/intakes", "名册.csv", []byte(twins), "parking_area", "no", "parking_heads", "no")
	address := answer.location()
	before := b.onDesk(address).Total.Heads
	heads := b.get(address + "/heads")
	if before != 3 || !strings.Contains(heads.body, "样例甲") {
		t.Fatalf("%d heads, and the page %d", before, heads.status)
	}
	choice := url.Values{"do": {"merge"}, "units": {"1号楼/101", "1号楼/102"}}
	if silent := b.post(address+"/heads", choice); silent.status != http.StatusUnprocessableEntity {
		t.Errorf("merged without a reason: %d", silent.status)
	}
	choice.Set("why", "已核对证件")
	if done := b.post(address+"/heads", choice); done.status != http.StatusSeeOther {
		t.Fatalf("merge: %d %s", done.status, done.body)
	}
	if now := b.onDesk(address).Total.Heads; now != 2 {
		t.Errorf("%d heads after the merge", now)
	}
	if twice := b.post(address+"/heads", choice); !strings.Contains(twice.body, sentence("decision_refused")) {
		t.Errorf("merged twice: %d", twice.status)
	}
	if done := b.post(address+"/heads", url.Values{"do": {"undo"}, "units": choice["units"]}); done.status != http.StatusSeeOther || b.onDesk(address).Total.Heads != 3 {
		t.Errorf("taken back: %d", done.status)
	}
}

func TestAFileIsComparedWithTheRosterInForce(t *testing.T) {
	w := newTown(t)
	_, first := w.desk("roster-standard.xlsx")
	b := w.signIn(models.RoleConvener)
	if none := b.get(apiOf(first) + "/changes"); none.status == http.StatusOK {
		t.Errorf("compared with nothing: %d", none.status)
	}
	b.post(first+"/import", b.get(first).form(t, first+"/import").fields)
	_, again := w.desk("roster-standard.xlsx")
	same := decode[roster.Diff](t, b.get(apiOf(again)+"/changes"))
	if same.Same != 956 || len(same.Added)+len(same.Gone)+len(same.Changed) != 0 || same.Before != same.After {
		t.Fatalf("the same file differs: %d same, %d added, %d gone, %d changed; %+v %+v", same.Same, len(same.Added), len(same.Gone), len(same.Changed), same.Before, same.After)
	}
	sheet := b.onDesk(again).Sheets[0].Sheet
	form := b.get(rowURL(again, sheet, 10)).form(t, again+"/row")
	form.fields["value"][slices.Index(form.fields["field"], string(roster.FieldArea))] = "77.77"
	form.fields.Set("why", "测绘报告")
	form.fields.Set("do", "set")
	b.post(again+"/row", form.fields)
	one := decode[roster.Diff](t, b.get(apiOf(again)+"/changes"))
	if len(one.Changed) != 1 || one.Changed[0].Changes[0].What != roster.ChangedArea || one.Same != 955 {
		t.Errorf("one changed area gives %+v", one.Changed)
	}
	for _, page := range []string{"/changes", "/grid", "/heads"} {
		if shown := b.get(again + page); shown.status != http.StatusOK {
			t.Errorf("%s: %d", page, shown.status)
		}
	}
}
