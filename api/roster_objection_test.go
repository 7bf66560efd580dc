package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// objected lets somebody object to a roster at the desk, with a file, and be answered.
func (w *town) objected(p *quarter, list models.Roster) {
	w.t.Helper()
	objection, err := w.store.RecordRosterObjection(w.ctx(), p.street, p.ID, list.ID, models.RosterObjectionText{Kind: "area", Text: "请核对。",
		Place: models.HomeQuery{Building: "1号楼", Stair: "1单元", Room: "201", Phone: "19900000003"}, Files: []models.SentFile{{Name: "证.pdf", Content: []byte("%PDF-1.4")}}})
	w.must(err)
	w.must(w.store.AnswerRosterObjection(w.ctx(), p.convener, p.ID, list.ID, objection.ID, models.Dismissed, "与登记簿一致。", models.Correction{}))
	p.ids["roster_objection"], p.ids["evidence"] = objection.ID, objection.Files[0].ID
}

// atRoster proves who they are for the owner of a home with that phone, over the API.
func (w *town) atRoster(p *quarter, building, room, phone string) *browser {
	w.t.Helper()
	b := w.browser()
	body := fmt.Sprintf(`{"building":%q,"stair":"1","room":%q,"phone":%q}`, building, room, phone)
	var sent codeSentJSON
	w.must(json.Unmarshal([]byte(b.json(http.MethodPost, "/api/v1/public/rosters/"+p.roster.ID+"/codes", body).body), &sent))
	answer := b.json(http.MethodPost, "/api/v1/owner-session", fmt.Sprintf(`{"request":%q,"code":%q}`, sent.Request, w.code(sent.Request)))
	if answer.status != http.StatusCreated {
		w.t.Fatalf("owner session: %d %s", answer.status, answer.body)
	}
	return b
}

// uploadFields sends a form as a browser does that chose no file, or one.
func (b *browser) uploadFields(path string, fields url.Values, name string, content []byte) page {
	b.w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, values := range fields {
		if field == fileField {
			continue
		}
		for _, value := range values {
			b.w.must(form.WriteField(field, value))
		}
	}
	part, err := form.CreateFormFile(fileField, name)
	b.w.must(err)
	_, err = part.Write(content)
	b.w.must(err)
	b.w.must(form.Close())
	return b.send(http.MethodPost, path, form.FormDataContentType(), &body)
}

// TestAnOwnerLooksUpTheirHomeAndObjectsOnAPhone walks the pages: display, proof, own home, objection, answer.
func TestAnOwnerLooksUpTheirHomeAndObjectsOnAPhone(t *testing.T) {
	w := displayTown(t)
	b, address := w.browser(), displayURL(w.own.roster.ID)
	home, mine := proveURL(w.own.roster.ID), ownHomeURL(w.own.roster.ID)
	b.get(address).says(t, "the display", 200, home, "还没有人提出异议")
	if answer := b.get(mine); answer.status != http.StatusSeeOther || answer.location() != home {
		t.Errorf("one's own home without a proof: %d %s", answer.status, answer.location())
	}
	asked := b.post(home, b.get(home).form(t, home).with(t, "building", "1号楼", "stair", "1", "room", "102", "phone", "199 0000 0002"))
	asked.says(t, "the page for the code", 200, web.ButtonOwnHome, "如果名册上有这户和这个手机号")
	enter := asked.form(t, address+"/enter")
	wrong := b.post(address+"/enter", enter.with(t, "code", "000000"))
	wrong.says(t, "a wrong code", 422, sentence("code_wrong"))
	entered := b.post(address+"/enter", enter.with(t, "code", w.code(enter.fields.Get("request"))))
	if entered.location() != mine {
		t.Fatalf("the code leads to %d %s", entered.status, entered.body)
	}
	shown := b.get(mine)
	shown.says(t, "one's own home", 200, "样例2", "19900000002", "91.27", "登记簿", "1单元 102")
	shown.hides(t, "one's own home", "990000197001010002", "100.39", "样例3")
	form := shown.form(t, mine+"/objections")
	empty := b.uploadFields(mine+"/objections", form.with(t, "about", "area"), "", nil)
	empty.says(t, "an objection without words", 422, `href="#f-text"`)
	bad := b.uploadFields(mine+"/objections", form.with(t, "text", "产权证上是 92 平方米。"), "证.html", []byte("<script>alert(1)</script>"))
	bad.says(t, "an objection with a page as proof", 422, sentence("file_kind"), "产权证上是 92 平方米。")
	made := b.uploadFields(mine+"/objections", form.with(t, "wanted", "92"), "产权证.pdf", []byte("%PDF-1.4\n%deed\n"))
	if made.location() != mine+"?done=roster_objected" {
		t.Fatalf("the objection: %d %s", made.status, made.body)
	}
	again := b.uploadFields(mine+"/objections", form.fields, "", nil)
	again.says(t, "a second click", 409, sentence("objection_exists"))
	b.get(mine).says(t, "one's own home", 200, "第 1 号：面积不对", "待答复", "产权证.pdf", "以前答复")
	b.get(address).says(t, "the display", 200, "共收到异议 1 件", "待答复 1 件")

	w.answeredOnPages(t, "92.00")
	b.get(mine).says(t, "one's own home", 200, "异议成立，名册已更正", "与登记簿核对属实", "面积 91.27 ㎡ 改为 92.00 ㎡")
	changed := b.get(address + "?room=1-1-102")
	changed.says(t, "the display", 200, "92.00", "有更正", "面积 91.27 ㎡ 改为 92.00 ㎡", "总面积 615.93 ㎡ 改为 616.66 ㎡", "成立并更正 1 件")
	changed.hides(t, "the display", "样例2", "样**", "与登记簿核对属实", "产权证上是", "1990000")
	public := decode[publicRosterJSON](t, b.get("/api/v1/public/rosters/"+w.own.roster.ID))
	if len(public.Changes) != 1 || public.Changes[0].TotalAfter.AreaCM2 != 6_166_600 || public.Objections.Upheld != 1 {
		t.Errorf("the corrections are %+v", public.Changes)
	}
	leave := b.get(mine).form(t, mine+"/leave")
	if left := b.post(mine+"/leave", leave.fields); left.location() != address {
		t.Errorf("leaving leads to %s", left.location())
	}
	if after := b.get(mine); after.location() != home {
		t.Errorf("after leaving: %d", after.status)
	}
}

// answeredOnPages upholds the first objection as the convener does, with an area.
func (w *town) answeredOnPages(t *testing.T, area string) {
	t.Helper()
	convener, street := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	list := rosterURL(w.own.ID, w.own.roster.ID) + "/objections"
	convener.get("/staff").says(t, "the console", 200, list, "1 件")
	objections := decode[rosterObjectionsJSON](t, convener.get(apiURL(list)))
	one := list + "/" + objections.Objections[0].ID
	convener.get(list).says(t, "the desk", 200, one, "面积不对", "答复期限")
	page := convener.get(one)
	page.says(t, "the objection", 200, "产权证上是 92 平方米。", "199****0002", "91.27", "产权证.pdf")
	page.hides(t, "the objection", "19900000002")
	file := street.get(one + "/files/" + objections.Objections[0].Files[0].ID)
	if file.status != http.StatusOK || file.body != "%PDF-1.4\n%deed\n" || !strings.HasPrefix(file.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file: %d %v", file.status, file.header)
	}
	street.get(one).hides(t, "the objection for the street", one+"/answer")
	form := page.form(t, one+"/answer")
	unread := convener.post(one+"/answer", form.with(t, "outcome", "upheld", "answer", "与登记簿核对属实。", "area", "约92"))
	unread.says(t, "an area that is none", 422, sentence("area_invalid"), "与登记簿核对属实。", "约92")
	same := convener.post(one+"/answer", form.with(t, "area", "91.27"))
	same.says(t, "the area that stands there", 422, sentence("correction_missing"))
	settled := convener.post(one+"/answer", form.with(t, "area", area+"㎡", "area_source", "register"))
	if settled.location() != one+"?done=objection_settled" {
		t.Fatalf("the answer: %d %s", settled.status, settled.body)
	}
	convener.get(settled.location()).says(t, "the answered objection", 200, "面积 91.27 ㎡ 改为 92.00 ㎡", "总面积 615.93 ㎡ 改为 616.66 ㎡")
	if twice := convener.post(one+"/answer", form.fields); twice.status != http.StatusConflict {
		t.Errorf("answered twice: %d", twice.status)
	}
}

func TestAnOwnerObjectsOverTheAPI(t *testing.T) {
	w := displayTown(t)
	b := w.atRoster(&w.own, "1号楼", "201", "19900000004")
	home := decode[ownHomeJSON](t, b.get("/api/v1/own-home"))
	if home.Name != "样例4" || len(home.Units) != 1 || home.Units[0].AreaCM2 != 1_003_900 || len(home.Others) != 1 || home.Others[0].Phone != "199****0003" || !home.MayObject {
		t.Fatalf("the own home is %+v", home)
	}
	made := b.uploadFields("/api/v1/own-home/objections", url.Values{"about": {"co_owner"}, "unit": {home.Units[0].ID}, "text": {"我们已经离婚，他不再是共有人。"}}, "", nil)
	objection := decode[rosterObjectionJSON](t, made)
	if made.status != http.StatusCreated || objection.Number != 1 || objection.State != lifecycle.ObjectionOpen || len(objection.Files) != 0 {
		t.Fatalf("the objection: %d %s", made.status, made.body)
	}
	for name, c := range map[string]struct {
		fields url.Values
		code   string
	}{
		"somebody else's unit": {url.Values{"about": {"area"}, "unit": {"00000000-0000-7000-8000-000000000000"}, "text": {"一"}}, "unit_unknown"},
		"nothing known":        {url.Values{"about": {"colour"}, "unit": {home.Units[0].ID}, "text": {"一"}}, "bad_value"},
		"the same again":       {url.Values{"about": {"co_owner"}, "unit": {home.Units[0].ID}, "text": {"一"}}, "objection_exists"},
		"a unit that is there": {url.Values{"about": {"unit_missing"}, "building": {"1号楼"}, "stair": {"1"}, "room": {"101"}, "text": {"一"}}, "unit_exists"},
		"no room":              {url.Values{"about": {"unit_missing"}, "text": {"一"}}, "required"},
		"a field too many":     {url.Values{"about": {"area"}, "unit": {home.Units[0].ID}, "text": {"一"}, "answer": {"成立"}}, "unknown_field"},
	} {
		if answer := b.uploadFields("/api/v1/own-home/objections", c.fields, "", nil); answer.code(t) != c.code {
			t.Errorf("%s: %s", name, answer.body)
		}
	}
	base := apiURL(rosterURL(w.own.ID, w.own.roster.ID)) + "/objections/" + objection.ID
	convener := w.signIn(models.RoleConvener)
	detail := decode[rosterObjectionDetailJSON](t, convener.get(base))
	if len(detail.People) != 2 || detail.Now == nil || detail.Now.GroupHeads != 1 || detail.Phone != "199****0004" {
		t.Fatalf("the detail is %+v", detail)
	}
	for body, code := range map[string]string{
		`{"outcome":"upheld","answer":"属实"}`:                                                         "correction_missing",
		`{"outcome":"upheld","answer":"属实","owners":["样例四"]}`:                                        "owner_invalid",
		`{"outcome":"upheld","answer":"属实","owners":["样例四，99，1"]}`:                                   "owner_invalid",
		`{"outcome":"upheld","answer":"属实","keep":["00000000-0000-7000-8000-000000000000"]}`:         "owner_unknown",
		`{"outcome":"upheld","answer":"属实","area":"-1"}`:                                             "area_invalid",
		`{"outcome":"upheld","answer":"属实","area_source":"hearsay"}`:                                 "bad_value",
		`{"outcome":"upheld","answer":"属实","phone_of":"` + detail.People[0].ID + `","phone":"12"}`:   "phone_invalid",
		`{"outcome":"perhaps","answer":"属实"}`:                                                        "bad_value",
		`{"outcome":"dismissed","answer":" "}`:                                                       "required",
		`{"outcome":"upheld","answer":"属实","developer":true,"keep":["` + detail.People[0].ID + `"]}`: "bad_value",
	} {
		if answer := convener.json(http.MethodPost, base+"/answer", body); answer.code(t) != code {
			t.Errorf("%s: %s", body, answer.body)
		}
	}
	answered := decode[rosterObjectionJSON](t, convener.json(http.MethodPost, base+"/answer",
		fmt.Sprintf(`{"outcome":"upheld","answer":"已见离婚登记。","keep":[%q]}`, detail.People[1].ID)))
	if answered.Outcome != models.Upheld || answered.Correction == nil || answered.Correction.What[0] != "owners" || answered.Correction.TotalAfter != answered.Correction.TotalBefore {
		t.Errorf("the answer is %+v", answered)
	}
	if home := decode[ownHomeJSON](t, b.get("/api/v1/own-home")); len(home.Others) != 0 || home.Objections[0].Answer != "已见离婚登记。" {
		t.Errorf("the own home afterwards is %+v", home)
	}
	if ended := b.send(http.MethodDelete, "/api/v1/owner-session", "", nil); ended.status != http.StatusNoContent {
		t.Errorf("ending the session: %d", ended.status)
	}
}

func TestTheDeskTakesDownWhoHasNoPhone(t *testing.T) {
	w := displayTown(t)
	street := w.signIn(models.RoleStreet)
	list := rosterURL(w.own.ID, w.own.roster.ID) + "/objections"
	form := street.get(list).form(t, list)
	refused := street.uploadFields(list, form.with(t, "about", "unit_missing", "building", "2号楼", "stair", "1", "room", "301", "phone", "没有", "text", "我家没有登记。"), "", nil)
	refused.says(t, "a phone that is none", 422, `href="#f-phone"`, "我家没有登记。")
	made := street.uploadFields(list, form.with(t, "phone", "0990-1234567"), "", nil)
	if made.location() != list+"?done=objection_recorded" {
		t.Fatalf("recorded: %d %s", made.status, made.body)
	}
	objections := decode[rosterObjectionsJSON](t, street.get(apiURL(list)))
	one := list + "/" + objections.Objections[0].ID
	convener := w.signIn(models.RoleConvener)
	page := convener.get(one)
	page.says(t, "the objection", 200, "没有这个房屋", `value="2号楼"`, `value="1单元"`, `value="301"`)
	settled := convener.post(one+"/answer", page.form(t, one+"/answer").with(t, "outcome", "upheld", "answer", "已核对购房合同。", "area", "88.8", "area_source", "contract",
		"usage", "住宅", "owners", "样例新，990000197001010003，19900000003"))
	settled.says(t, "a number whose last digit is wrong", 422, sentence("owner_invalid"), "样例新，990000197001010003，19900000003")
	settled = convener.post(one+"/answer", page.form(t, one+"/answer").with(t, "outcome", "upheld", "answer", "已核对购房合同。", "area", "88.8", "area_source", "contract",
		"usage", "住宅", "owners", "样例新，E12345678"))
	if settled.location() != one+"?done=objection_settled" {
		t.Fatalf("the answer: %d %s", settled.status, settled.body)
	}
	w.browser().get(displayURL(w.own.roster.ID)+"?room=2-1-301").says(t, "the display", 200, "88.80", "补登这个房屋", "总人数 6 人改为 7 人，总面积 615.93 ㎡ 改为 704.73 ㎡")
}

func TestTheStreetCannotFreezeOverAnOpenObjection(t *testing.T) {
	w := displayTown(t)
	address := rosterURL(w.own.ID, w.own.roster.ID)
	_, err := w.store.RecordRosterObjection(w.ctx(), w.own.street, w.own.ID, w.own.roster.ID, models.RosterObjectionText{Kind: "usage", Text: "请核对。",
		Place: models.HomeQuery{Building: "1号楼", Stair: "1单元", Room: "201", Phone: "19900000003"}})
	w.must(err)
	w.wait(8 * aDay)
	street := w.signIn(models.RoleStreet)
	page := street.get(address)
	page.says(t, "the roster's page", 200, "1 件待答复")
	street.post(address+"/freeze", page.form(t, address+"/freeze").fields).says(t, "the freeze", 409, sentence("roster_objections_open"))
	if answer := street.json(http.MethodPost, apiURL(address)+"/freeze", ""); answer.code(t) != "roster_objections_open" {
		t.Errorf("the freeze: %s", answer.body)
	}
	late := w.signIn(models.RoleConvener).get(address + "/objections")
	late.says(t, "the desk", 200, "已经超过答复期限")
	late.hides(t, "the desk", `name="about"`)
}

func TestOwnersOfAFrozenRosterSeeItsLines(t *testing.T) {
	w := displayTown(t)
	w.wait(8 * aDay)
	w.must(w.store.FreezeRoster(w.ctx(), w.own.street, w.own.ID, w.own.roster.ID))
	b := w.atRoster(&w.own, "1号楼", "102", "19900000002")
	b.get(displayURL(w.own.roster.ID)+"?room=1-1-201").says(t, "the roster for its owners", 200, "100.39")
	if lines := decode[displayLinesJSON](t, b.get("/api/v1/public/rosters/"+w.own.roster.ID+"/units")); len(lines.Units) != 7 {
		t.Errorf("%d lines", len(lines.Units))
	}
	b.get(ownHomeURL(w.own.roster.ID)).says(t, "one's own home", 200, "91.27", "现在不能提出异议")
	refused := b.uploadFields("/api/v1/own-home/objections", url.Values{"about": {"area"}, "text": {"一"}}, "", nil)
	if refused.code(t) != "illegal_step" {
		t.Errorf("an objection to a frozen roster: %s", refused.body)
	}
	for _, word := range []string{"样例2", "19900000002", "990000197001010002"} {
		if strings.Contains(w.log.String(), word) {
			t.Errorf("the log holds %s", word)
		}
	}
}
