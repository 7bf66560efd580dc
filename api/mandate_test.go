package api

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// noted is a sale that waits for the street.
func (w *town) noted(p *quarter) models.Mandate {
	w.t.Helper()
	mandate, err := w.store.ProposeMandate(w.ctx(), p.convener, p.ID, p.roster.ID, models.WantedMandate{Kind: lifecycle.Buyer, UnitID: w.unitAt(p, "1号楼", "102"),
		Person: roster.Owner{Name: "样例九九", Phone: "19900000099"}, Document: "不动产权证", Reason: "登记簿已经变更。"})
	w.must(err)
	return mandate
}

// TestASaleIsNotedByTwoOnPages walks the pages from the document to what everybody reads.
func TestASaleIsNotedByTwoOnPages(t *testing.T) {
	w := votingTown(t)
	convener, street := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	list := mandatesURL(w.own.ID, w.own.roster.ID)
	convener.get(rosterURL(w.own.ID, w.own.roster.ID)).says(t, "the roster", 200, list)
	street.get(list).hides(t, "the list for the street", "找房屋")
	convener.get(list+"?room=1-1-909").says(t, "a home that is not there", 200, "没有查到这一户")
	page := convener.get(list + "?room=" + url.QueryEscape("1号楼1单元102"))
	page.says(t, "the home", 200, "样**（手机号 199****0002）", "监护人")
	page.hides(t, "the home", "样例2", "19900000002")
	form := page.form(t, list)
	for name, c := range map[string]struct {
		pairs []string
		says  string
	}{
		"nobody":             {[]string{"capacity", "buyer", "person", "", "document", "不动产权证", "reason", "一"}, sentence("person_missing")},
		"a phone that is no": {[]string{"capacity", "buyer", "person", "样例九九", "phone", "1990", "document", "不动产权证", "reason", "一"}, sentence("phone_invalid")},
		"no document":        {[]string{"capacity", "buyer", "person", "样例九九", "phone", "19900000099", "document", " ", "reason", "一"}, sentence("document_missing")},
		"a name in public":   {[]string{"capacity", "buyer", "person", "样例九九", "phone", "19900000099", "document", "证", "reason", "样例2卖了"}, sentence("reason_names_person")},
		"one of one owner":   {[]string{"capacity", "voting_person", "owner", w.ownerAt(&w.own, "102"), "person", "", "document", "推选书", "reason", "一"}, sentence("mandate_kind")},
	} {
		convener.post(list, form.with(t, c.pairs...)).says(t, name, 422, c.says)
	}
	made := convener.post(list, form.with(t, "capacity", "buyer", "owner", "", "person", "样例九九", "phone", "19900000099", "document", "不动产权证", "reason", "登记簿已经变更。"))
	if made.status != http.StatusSeeOther {
		t.Fatalf("noted: %d %s", made.status, made.body)
	}
	all := decode[mandatesJSON](t, street.get(apiURL(list)))
	if len(all.Mandates) != 1 || all.Mandates[0].Person.Phone != "199****0099" || all.Mandates[0].Owner != nil || all.Mandates[0].State != lifecycle.AmendmentProposed {
		t.Fatalf("the street reads %+v", all)
	}
	one := list + "/" + all.Mandates[0].ID
	convener.get(one).hides(t, "the proposal for the convener", one+"/approve")
	w.browser().get(noticeURL(w.own.meeting.ID)).hides(t, "the notice before the approval", "登记簿已经变更")
	street.get("/staff").says(t, "the console", 200, list, "核准投票人或者转让的登记（1 件）")
	convener.get("/staff").hides(t, "the convener's work", "核准投票人")
	decide := street.get(one)
	decide.says(t, "the proposal", 200, "受让人，由其投票", "199****0099", "登记以前已经投的票有效")
	decide.hides(t, "the proposal", "样例九九", "19900000099")
	street.post(one+"/refuse", decide.form(t, one+"/refuse").fields).says(t, "a no without a reason", 422, sentence("reason_missing"))
	if done := street.post(one+"/approve", decide.form(t, one+"/approve").fields); done.location() != one+"?done=mandate_approved" {
		t.Fatalf("approved: %d %s", done.status, done.body)
	}
	if twice := street.post(one+"/approve", decide.form(t, one+"/approve").fields); twice.status != http.StatusConflict {
		t.Errorf("approved twice: %d", twice.status)
	}
	street.get("/staff").hides(t, "the console afterwards", "核准投票人")
	b := w.browser()
	notice := b.get(noticeURL(w.own.meeting.ID))
	notice.says(t, "the notice", 200, "1 处房屋转让", "1号楼 1单元 102", "人数和面积不变", "登记簿已经变更。", "615.93")
	notice.hides(t, "the notice", append(personal, "样例九九", "19900000099")...)
	told := decode[noticeJSON](t, b.get("/api/v1/public/meetings/"+w.own.meeting.ID))
	if len(told.Sales) != 1 || !told.Sales[0].Acts || told.Roster.Root != w.own.roster.Root {
		t.Errorf("the notice tells of %+v", told.Sales)
	}
	w.buyerVotes(t)
}

// buyerVotes: behind the sheet of the sold home stands the buyer's phone alone.
func (w *town) buyerVotes(t *testing.T) {
	t.Helper()
	for _, sheet := range w.own.sheets {
		if fmt.Sprint(sheet.Units[0].Place) == "1号楼/1单元/102" {
			page := w.browser().get("/v/" + sheet.Token)
			page.says(t, "the sheet's page", 200, "199****0099")
			page.hides(t, "the sheet's page", "199****0002")
			return
		}
	}
	t.Error("no sheet")
}
