package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/notify/paper/papertest"
	"gongjue/voting/lifecycle"
)

// judgment proves an amendment.
var judgment = []byte("%PDF-1.4\n%judgment\n")

// unitAt is the id of a unit of a quarter's roster.
func (w *town) unitAt(p *quarter, building, room string) string {
	w.t.Helper()
	line, _, err := w.store.AmendableUnit(w.ctx(), p.ID, p.roster.ID, "", models.HomeQuery{Building: building, Stair: "1单元", Room: room})
	w.must(err)
	return line.UnitID
}

// proposed is an amendment that waits for the street.
func (w *town) proposed(p *quarter) models.Amendment {
	w.t.Helper()
	amendment, err := w.store.ProposeAmendment(w.ctx(), p.convener, p.ID, p.roster.ID, models.Correction{UnitID: w.unitAt(p, "1号楼", "102"), Area: 920_000},
		"测绘有误。", []models.SentFile{{Name: "报告.pdf", Content: judgment}})
	w.must(err)
	return amendment
}

// TestAFrozenRosterIsAmendedByTwoOnPages walks the pages from the mistake to what everybody reads about it.
func TestAFrozenRosterIsAmendedByTwoOnPages(t *testing.T) {
	w := votingTown(t)
	convener, street := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	list := amendmentsURL(w.own.ID, w.own.roster.ID)
	drafted := w.draft(&w.own)
	convener.get(rosterURL(w.own.ID, w.own.roster.ID)).says(t, "the roster", 200, list)
	convener.get(list).says(t, "the list", 200, "没有更正", list+"/new")
	street.get(list).hides(t, "the list for the street", list+"/new")
	convener.get(list+"/new?room=1-1-909").says(t, "a unit that is not there", 200, "没有查到这一户")
	page := convener.get(list + "/new?room=" + url.QueryEscape("1号楼1单元102"))
	page.says(t, "the unit", 200, "91.27", "样**（手机号 199****0002）")
	page.hides(t, "the unit", "样例2", "19900000002")
	form := page.form(t, list)
	for name, c := range map[string]struct {
		pairs []string
		file  string
		says  string
	}{
		"no reason":             {[]string{"area", "92"}, "报告.pdf", `href="#f-reason"`},
		"no proof":              {[]string{"area", "92", "reason", "测绘有误。"}, "", sentence("evidence_missing")},
		"a phone in the reason": {[]string{"area", "92", "reason", "问 199 0000 0002"}, "报告.pdf", sentence("reason_names_person")},
		"a name in the reason":  {[]string{"area", "92", "reason", "样例2的房屋"}, "报告.pdf", sentence("reason_names_person")},
		"a phone as the usage":  {[]string{"usage", "19900000002", "reason", "用途有误。"}, "报告.pdf", sentence("reason_names_person")},
		"nothing to change":     {[]string{"area", "91.27", "reason", "测绘有误。"}, "报告.pdf", sentence("correction_missing")},
	} {
		content := judgment
		if c.file == "" {
			content = nil
		}
		convener.uploadFields(list, form.with(t, c.pairs...), c.file, content).says(t, name, 422, c.says, "91.27")
		form = convener.get(list+"/new?room="+url.QueryEscape("1号楼1单元102")).form(t, list)
	}
	made := convener.uploadFields(list, form.with(t, "area", "92", "reason", "测绘报告更正。"), "报告.pdf", judgment)
	one := strings.TrimSuffix(made.location(), "?done=amendment_proposed")
	if made.status != http.StatusSeeOther || one == made.location() {
		t.Fatalf("proposed: %d %s", made.status, made.body)
	}
	convener.get(made.location()).hides(t, "the proposal for the convener", one+"/approve")
	w.browser().get(displayURL(w.own.roster.ID)).hides(t, "the public page before the approval", "测绘报告更正")
	street.get("/staff").says(t, "the console", 200, list, "核准锁定以后的名册更正（1 件）")
	decide := street.get(one)
	decide.says(t, "the proposal", 200, "面积 91.27 ㎡ 改为 92.00 ㎡", "总面积 615.93 ㎡ 改为 616.66 ㎡", "测绘报告更正。", "报告.pdf", "核准后产生", "仍用原来的一版")
	stale := street.post(one+"/approve", url.Values{"digest": {"00"}})
	stale.says(t, "another proposal", 409, sentence("amendment_changed"))
	street.post(one+"/refuse", decide.form(t, one+"/refuse").fields).says(t, "a no without a reason", 422, sentence("reason_missing"))
	approve := decide.form(t, one+"/approve")
	if done := street.post(one+"/approve", approve.fields); done.location() != one+"?done=amendment_approved" {
		t.Fatalf("approved: %d %s", done.status, done.body)
	}
	if twice := street.post(one+"/approve", approve.fields); twice.status != http.StatusConflict {
		t.Errorf("approved twice: %d", twice.status)
	}
	w.amendedInSight(t, drafted, one)
}

// amendedInSight checks what everybody reads once the amendment is approved.
func (w *town) amendedInSight(t *testing.T, drafted models.Meeting, one string) {
	t.Helper()
	amendment := decode[amendmentDetailJSON](t, w.signIn(models.RoleStreet).get(apiURL(one)))
	next, b := amendment.NextID, w.browser()
	public := decode[publicRosterJSON](t, b.get("/api/v1/public/rosters/"+next))
	if len(public.Amendments) != 1 || public.Amendments[0].TotalAfter.AreaCM2 != 6_166_600 || public.Amendments[0].RootBefore != w.own.roster.Root ||
		public.Amendments[0].RootAfter != public.Roster.Root || public.Roster.State != lifecycle.RosterFrozen {
		t.Errorf("the amended roster is %+v", public)
	}
	says := []string{"面积 91.27 ㎡ 改为 92.00 ㎡", "616.66", "测绘报告更正。", "召集人提出，街道核准"}
	page := b.get(displayURL(next))
	page.says(t, "the public page", 200, append(says, displayURL(w.own.roster.ID), "616.66")...)
	page.hides(t, "the public page", personal...)
	pages, err := papertest.Read([]byte(b.get(displayURL(next) + "/roster.pdf").body))
	w.must(err)
	paper := ""
	for _, sheet := range pages {
		paper += sheet.Text()
	}
	for _, text := range says {
		if !strings.Contains(strings.Join(strings.Fields(paper), ""), strings.Join(strings.Fields(text), "")) {
			t.Errorf("the PDF lacks %s", text)
		}
	}
	b.get(displayURL(w.own.roster.ID)).says(t, "the version before", 200, "已经由新的一版取代", displayURL(next))
	notice := b.get(noticeURL(w.own.meeting.ID))
	notice.says(t, "the notice of the open vote", 200, "另有 1 处更正", "本次会议仍按通知时的名册计算", "615.93", displayURL(next)+"#amendments")
	told := decode[noticeJSON](t, b.get("/api/v1/public/meetings/"+w.own.meeting.ID))
	if len(told.Amended) != 1 || told.Roster.Root != w.own.roster.Root || told.Roster.Total.AreaCM2 != 6_159_300 {
		t.Errorf("the notice tells of %+v", told.Amended)
	}
	moved, err := w.store.Meeting(w.ctx(), w.own.ID, drafted.ID)
	w.must(err)
	if moved.RosterID != next {
		t.Error("the draft stands on the version before")
	}
	file := w.signIn(models.RoleConvener).get(one + "/files/" + amendment.Files[0].ID)
	if file.status != http.StatusOK || file.body != string(judgment) || !strings.HasPrefix(file.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file: %d %v", file.status, file.header)
	}
}

func TestAFrozenRosterIsAmendedOverTheAPI(t *testing.T) {
	w := votingTown(t)
	convener, street := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	base := apiURL(amendmentsURL(w.own.ID, w.own.roster.ID))
	unit := decode[amendableUnitJSON](t, convener.get(base+"/unit?building="+url.QueryEscape("1号楼")+"&room=1-201"))
	if len(unit.People) != 2 || unit.Now.AreaCM2 != 1_003_900 || unit.People[0].Name != "样**" {
		t.Fatalf("the unit is %+v", unit)
	}
	if answer := convener.get(base + "/unit?room=909"); answer.code(t) != "unit_unknown" {
		t.Errorf("no unit: %s", answer.body)
	}
	proposal := url.Values{"unit": {unit.ID}, "reason": {"离婚判决。"}, "keep": {unit.People[1].ID}}
	made := convener.uploadFields(base, proposal, "判决.pdf", judgment)
	amendment := decode[amendmentJSON](t, made)
	if made.status != http.StatusCreated || amendment.State != lifecycle.AmendmentProposed || amendment.Number != 1 || len(amendment.Digest) != 64 {
		t.Fatalf("proposed: %d %s", made.status, made.body)
	}
	one := base + "/" + amendment.ID
	detail := decode[amendmentDetailJSON](t, street.get(one))
	if len(detail.OwnersBefore) != 2 || len(detail.OwnersAfter) != 1 || detail.OwnersAfter[0].Phone != "199****0004" {
		t.Errorf("the owners are %+v", detail)
	}
	if answer := street.json(http.MethodPost, one+"/approve", `{"digest":"x"}`); answer.code(t) != "amendment_changed" {
		t.Errorf("another digest: %s", answer.body)
	}
	refused := decode[amendmentJSON](t, street.json(http.MethodPost, one+"/refuse", `{"reason":"判决还没有生效。"}`))
	if refused.State != lifecycle.AmendmentRefused || refused.Refusal != "判决还没有生效。" || refused.NextID != "" {
		t.Errorf("refused is %+v", refused)
	}
	if answer := convener.json(http.MethodPost, one+"/withdraw", ""); answer.code(t) != "illegal_step" {
		t.Errorf("withdrawn after the no: %s", answer.body)
	}
	missing := url.Values{"reason": {"漏登。"}, "building": {"2号楼"}, "stair": {"1"}, "room": {"301"}, "area": {"88.8"}, "area_source": {"register"}, "usage": {"住宅"},
		"owners": {"样例新，E12345678"}}
	second := decode[amendmentJSON](t, convener.uploadFields(base, missing, "证.pdf", judgment))
	approved := decode[amendmentJSON](t, street.json(http.MethodPost, base+"/"+second.ID+"/approve", fmt.Sprintf(`{"digest":%q}`, second.Digest)))
	if approved.State != lifecycle.AmendmentApproved || approved.TotalAfter.Heads != 7 || approved.TotalAfter.AreaCM2 != 7_047_300 || approved.NextID == "" {
		t.Errorf("approved is %+v", approved)
	}
	if answer := convener.uploadFields(base, proposal, "判决.pdf", judgment); answer.code(t) != "roster_superseded" {
		t.Errorf("of a version that is not in force: %s", answer.body)
	}
	third := decode[amendmentJSON](t, convener.uploadFields(apiURL(amendmentsURL(w.own.ID, approved.NextID)),
		url.Values{"unit": {w.unitOf(approved.NextID, "2号楼", "301")}, "reason": {"面积有误。"}, "area": {"88.9"}}, "证.pdf", judgment))
	withdrawn := decode[amendmentJSON](t, convener.json(http.MethodPost, apiURL(amendmentsURL(w.own.ID, approved.NextID))+"/"+third.ID+"/withdraw", ""))
	if withdrawn.State != lifecycle.AmendmentWithdrawn {
		t.Errorf("withdrawn is %+v", withdrawn)
	}
	all := decode[amendmentsJSON](t, street.get(apiURL(amendmentsURL(w.own.ID, approved.NextID))))
	if len(all.Amendments) != 3 || all.Amendments[0].ID != third.ID {
		t.Errorf("all are %+v", all)
	}
	if answer := street.get(apiURL(amendmentsURL(w.own.ID, approved.NextID)) + "/" + second.ID); answer.status != http.StatusNotFound {
		t.Errorf("an amendment under another version: %d", answer.status)
	}
}

// unitOf is the id of a unit of any version.
func (w *town) unitOf(rosterID, building, room string) string {
	w.t.Helper()
	p := w.own
	p.roster.ID = rosterID
	return w.unitAt(&p, building, room)
}
