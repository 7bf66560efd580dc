package api

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting/roster"
)

const (
	deskList = "楼栋,房号,面积,面积来源,产权人,证件号码\n" +
		"1号楼,101,89.50,买卖合同,样例甲,P1000001\n" +
		"1号楼,102,90.00,买卖合同,样例乙,P1000002\n" +
		"1号楼,201,88.00,不动产登记簿,样例丙,P1000003\n" +
		"1号楼,202,91.00,买卖合同,样例丁,P1000004\n"
	registerList = "楼栋,房号,登记面积,权利人\n" +
		"1号楼,101,89.75,样例甲\n1号楼,102,90.00,样例乙\n1号楼,201,88.00,样例戊\n1号楼,301,77.00,样例己\n"
)

// compared puts both lists on the desk and gives the address of the file there.
func (w *town) compared() (*browser, string) {
	w.t.Helper()
	b := w.signIn(models.RoleConvener)
	answer := b.upload("/staff/communities/"+w.own.ID+"/rosters/intakes", "名册.csv", []byte(deskList), "parking_area", "yes", "parking_heads", "yes")
	if answer.status != http.StatusSeeOther {
		w.t.Fatalf("upload: %d %s", answer.status, answer.body)
	}
	address := answer.location()
	if page := b.get(address + "/register"); page.status != http.StatusOK || strings.Contains(page.body, "照登记簿改</span>") {
		w.t.Errorf("the page without an export: %d", page.status)
	}
	if answer := b.upload(address+"/register", "登记簿.csv", []byte(registerList)); answer.status != http.StatusSeeOther || !strings.HasSuffix(strings.Split(answer.location(), "?")[0], "/register") {
		w.t.Fatalf("upload the export: %d %s", answer.status, answer.body)
	}
	return b, address
}

func (b *browser) comparedWith(address string) intakeRegisterJSON {
	b.w.t.Helper()
	return decode[intakeRegisterJSON](b.w.t, b.get(apiOf(address)+"/register"))
}

func TestAFileIsComparedWithTheRegisterAndFollowsItUnitByUnit(t *testing.T) {
	w := newTown(t)
	b, address := w.compared()
	list := b.comparedWith(address)
	if list.Matched != 3 || list.Counts[roster.DiffersArea] != 1 || list.Counts[roster.DiffersSource] != 1 || list.Counts[roster.DiffersOwners] != 1 ||
		list.Counts[roster.OnlyInRoster] != 1 || list.Counts[roster.OnlyInRegister] != 1 || list.Revision != 2 {
		t.Fatalf("%+v", list)
	}
	page := b.get(address + "/register").body
	for _, name := range []string{"样例丙", "样例戊"} {
		if strings.Contains(page, name) {
			t.Errorf("the page names %s", name)
		}
	}
	for _, part := range []string{"89.50", "89.75", "样**", "登记簿里没有", "名册里没有"} {
		if !strings.Contains(page, part) {
			t.Errorf("%q is not on the page", part)
		}
	}
	before := b.onDesk(address)
	form := url.Values{"places": {"1号楼/101"}, "revision": {"2"}, "why": {"登记中心的查询结果"}}
	if silent := b.post(address+"/register/taken_over", url.Values{"places": {"1号楼/101"}, "revision": {"2"}}); silent.status != http.StatusUnprocessableEntity {
		t.Errorf("taken over without a reason: %d", silent.status)
	}
	if answer := b.post(address+"/register/taken_over", form); answer.status != http.StatusSeeOther {
		t.Fatalf("take one over: %d %s", answer.status, answer.body)
	}
	after := b.onDesk(address)
	if after.Total.AreaCM2 != before.Total.AreaCM2+2_500 {
		t.Errorf("%d cm² more, not 2500", after.Total.AreaCM2-before.Total.AreaCM2)
	}
	if list := b.comparedWith(address); list.Counts[roster.DiffersArea] != 0 || list.Counts[roster.DiffersSource] != 1 {
		t.Errorf("%+v", list.Counts)
	}
	for name, again := range map[string]url.Values{"a second click": form, "a home of another list": {"places": {"9号楼/901"}, "revision": {"3"}, "why": {"核对"}},
		"who owns it": {"places": {"1号楼/201"}, "revision": {"3"}, "why": {"核对"}}} {
		if answer := b.post(address+"/register/taken_over", again); answer.status < 400 {
			t.Errorf("%s: %d", name, answer.status)
		}
	}
	if still := b.onDesk(address); still.Total != after.Total || still.Revision != after.Revision {
		t.Errorf("%+v after refused steps, %+v before", still, after)
	}
}

func TestAllThatTheRegisterKnowsBetterGoesIntoTheDraft(t *testing.T) {
	w := newTown(t)
	b, address := w.compared()
	if answer := b.post(apiOf(address)+"/register/taken_over", nil); answer.status == http.StatusOK {
		t.Errorf("an empty request: %d", answer.status)
	}
	if answer := b.post(address+"/register/taken_over", url.Values{"all": {"yes"}, "revision": {"2"}, "why": {"登记中心的查询结果"}}); answer.status != http.StatusSeeOther {
		t.Fatalf("take all over: %d %s", answer.status, answer.body)
	}
	if list := b.comparedWith(address); list.Counts[roster.OnlyInRegister]+list.Counts[roster.DiffersArea]+list.Counts[roster.DiffersSource] != 0 || list.Matched != 4 {
		t.Errorf("%+v", list)
	}
	for _, code := range roster.Codes {
		b.post(address+"/confirmations", url.Values{"code": {string(code)}, "why": {"成类核对"}})
	}
	form := b.get(address).form(t, address+"/import")
	answer := b.post(address+"/import", form.fields)
	if answer.status != http.StatusSeeOther {
		t.Fatalf("import: %d %s", answer.status, answer.body)
	}
	list := decode[rosterDetailJSON](t, b.get("/api/v1"+strings.TrimPrefix(strings.Split(answer.location(), "?")[0], "/staff")))
	if list.Units != 5 || !slices.Equal(list.AreaSources, []sourceJSON{{roster.Register, 4, 3_447_500}, {roster.Contract, 1, 910_000}}) {
		t.Errorf("%d units from %+v", list.Units, list.AreaSources)
	}
	audit, err := w.store.Audit(w.ctx(), w.own.ID, strings.Split(strings.TrimPrefix(address, "/staff/communities/"+w.own.ID+"/rosters/intakes/"), "?")[0])
	w.must(err)
	if count(audit, "intake_register") != 1 || count(audit, "intake_taken_over") != 1 {
		t.Errorf("the audit has %d exports and %d takings over", count(audit, "intake_register"), count(audit, "intake_taken_over"))
	}
	if answer := b.get(address + "/register"); answer.status != http.StatusNotFound {
		t.Errorf("the export is still there: %d", answer.status)
	}
}

func TestAnExportThatIsNoneIsRefused(t *testing.T) {
	w := newTown(t)
	b, address := w.compared()
	for name, sent := range map[string]string{"名单.csv": "姓名,电话\n样例甲,19900000001\n", "登记簿.pdf": "%PDF-1.7"} {
		if answer := b.upload(address+"/register", name, []byte(sent)); answer.status < 400 || answer.status >= 500 {
			t.Errorf("%s: %d", name, answer.status)
		}
	}
	if list := b.comparedWith(address); list.Register != "登记簿.csv" || list.Revision != 2 {
		t.Errorf("%+v", list)
	}
	// A second export takes the place of the first; who still looks at the first takes nothing over.
	if answer := b.upload(address+"/register", "新.csv", []byte(strings.ReplaceAll(registerList, "89.75", "89.80"))); answer.status != http.StatusSeeOther {
		t.Fatalf("%d %s", answer.status, answer.body)
	}
	stale := b.post(address+"/register/taken_over", url.Values{"all": {"yes"}, "revision": {"2"}, "why": {"核对"}})
	if stale.status == http.StatusSeeOther || !strings.Contains(stale.body, sentence("intake_changed")) || !strings.Contains(stale.body, "89.80") {
		t.Errorf("what was not looked at was taken over: %d", stale.status)
	}
}

// TestAStoredVersionFollowsTheRegisterInADraftOfItsOwn: the version in force stays as it is; the draft is displayed and
// frozen by a second person like any other.
func TestAStoredVersionFollowsTheRegisterInADraftOfItsOwn(t *testing.T) {
	w := newTown(t)
	w.noticed(&w.own)
	b := w.signIn(models.RoleConvener)
	here := rosterURL(w.own.ID, w.own.roster.ID) + "/register"
	b.get(rosterURL(w.own.ID, w.own.roster.ID)).says(t, "the roster", http.StatusOK, here)
	b.get(here).says(t, "without an export", http.StatusOK, "已经锁定", "上传并对照")
	const export = "楼栋,单元,房号,登记面积,权利人\n1号楼,1单元,101,91.00,样例1\n1号楼,1单元,102,90.00,样例99\n9号楼,1单元,901,77.00,样例己\n2号楼,1单元,201,70.61,\n"
	if sent := b.upload(here, "登记簿.csv", []byte(export)); sent.status != http.StatusSeeOther {
		t.Fatalf("%d %s", sent.status, sent.body)
	}
	page := b.get(here)
	page.says(t, "compared", http.StatusOK, "登记簿.csv", "面积与登记簿不同", "业主与登记簿不同", "名册里没有", "登记簿里没有", "/amendments/new?building=", "/amendments/new?missing=yes", "2 处全部照改")
	page.hides(t, "compared", "样例99", "样例己")
	if form := b.get(html.UnescapeString(regexp.MustCompile(`href="([^"]+amendments/new\?building[^"]+)"`).FindStringSubmatch(page.body)[1])); !strings.Contains(form.body, "1号楼 1单元 101") {
		t.Errorf("the way to put it right leads to %d", form.status)
	}
	b.upload(here, "名册.csv", []byte("甲,乙\n1,2\n")).says(t, "no register", http.StatusUnprocessableEntity, sentence("register_wrong_kind"))
	list := decode[rosterRegisterJSON](t, b.get(apiOf(here)))
	if list.Matched != 3 || list.Counts[roster.OnlyInRegister] != 1 || list.Register != "登记簿.csv" || len(list.RegisterSHA256) != 64 {
		t.Errorf("%+v", list)
	}
	w.signIn(models.RoleStreet).get(here).hides(t, "the street", "照登记簿改，另成一版草稿")

	wrong := map[string]url.Values{"without a reason": {"all": {"yes"}, "register": {list.RegisterSHA256}},
		"another export": {"all": {"yes"}, "register": {"00"}, "why": {"核对"}}, "nothing chosen": {"register": {list.RegisterSHA256}, "why": {"核对"}},
		"a home that was forgotten": {"places": {"9号楼/1单元/901"}, "register": {list.RegisterSHA256}, "why": {"核对"}}}
	for name, form := range wrong {
		if answer := b.post(here+"/taken_over", form); answer.status < 400 || answer.status >= 500 {
			t.Errorf("%s: %d", name, answer.status)
		}
	}
	follow := url.Values{"places": {"1号楼/1单元/101"}, "register": {list.RegisterSHA256}, "why": {"登记中心的查询结果"}}
	made := b.post(here+"/taken_over", follow)
	if made.status != http.StatusSeeOther {
		t.Fatalf("taken over: %d %s", made.status, made.body)
	}
	if again := b.post(here+"/taken_over", follow); again.status < 400 {
		t.Errorf("a second click: %d", again.status)
	}
	versions, err := w.store.Rosters(w.ctx(), w.own.ID)
	w.must(err)
	old, draft := versions[1], versions[0]
	if len(versions) != 2 || old.State != "frozen" || old.Weight != w.own.roster.Weight || old.Root != w.own.roster.Root {
		t.Errorf("the version in force became %+v", old)
	}
	if draft.State != "draft" || draft.Root != "" || draft.PublishedAt != 0 || draft.Weight.Heads != old.Weight.Heads || draft.Units != old.Units {
		t.Errorf("the draft is %+v", draft)
	}
	b.get(made.location()).says(t, "the draft", http.StatusOK, "公示名册")
	if left := decode[rosterRegisterJSON](t, b.get(apiOf(here))); left.Register != "" {
		t.Errorf("the export is still there: %+v", left)
	}
}
