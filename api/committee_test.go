package api

import (
	"net/http"
	"net/url"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
)

// elected lives through an election with three candidates for three seats.
func elected(t *testing.T) *town {
	t.Helper()
	w := newTown(t)
	p := &w.own
	w.noticed(p)
	w.wait(20 * aDay)
	for _, sheet := range p.sheets[:5] {
		w.cast(sheet, voting.Yes)
	}
	w.wait(10*aDay + models.CloseGrace)
	w.must(w.store.Count(t.Context(), p.convener, p.ID, p.meeting.ID))
	w.must(w.store.DisplayPreliminary(t.Context(), p.convener, p.ID, p.meeting.ID))
	w.wait(6 * aDay)
	w.must(w.store.PublishFinal(t.Context(), p.convener, p.ID, p.meeting.ID))
	return w
}

func TestTheRegisterGoesFromTheElectionToAVacancy(t *testing.T) {
	w := elected(t)
	address, public := staffCommunityURL(w.own.ID)+"/committees", committeesURL(w.own.ID)
	convener, officer, everybody := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet), w.browser()
	everybody.get(boardURL(w.own.ID)).says(t, "the board", http.StatusOK, public)
	everybody.get(public).says(t, "everybody", http.StatusOK, "已选出，等待首次会议推选主任", "没有在任")
	convener.get("/staff").says(t, "the convener's work", http.StatusOK, "召开首次会议，推选主任", address)
	term := decode[committeesJSON](t, convener.get(apiURL(address))).Committees[0]
	if len(term.Members) < 3 || term.State != "elected" {
		t.Fatalf("%+v", term)
	}
	chair, second := term.Members[0], term.Members[1]

	today := calendar.DayText(w.store.Now())
	posts := address + "/" + term.ID + "/posts"
	form := convener.get(address).form(t, posts)
	choice := form.with(t, "held_on", today, "present", "3", "in_favour", "1", "chair", chair.ID)
	convener.uploadFields(posts, choice, "", nil).says(t, "one of three", http.StatusUnprocessableEntity, sentence("not_over_half"), `value="`+today+`"`)
	choice.Set("in_favour", "3")
	if said := convener.uploadFields(posts, choice, "会议纪要.pdf", []byte("%PDF-1.4")); said.location() != address+"?done=posts_chosen" {
		t.Fatalf("choose: %d %s", said.status, said.body)
	}
	everybody.get(public).says(t, "everybody", http.StatusOK, "代表业主办事", chair.Name, "出席 3 人，同意 3 人")
	everybody.get(public).hides(t, "everybody", "会议纪要.pdf")
	convener.get(address).says(t, "the convener", http.StatusOK, "会议纪要.pdf")

	leave := address + "/members/" + second.ID + "/leave"
	convener.uploadFields(leave, url.Values{"ground": {"resigned"}, "day": {""}}, "", nil).says(t, "no letter", http.StatusUnprocessableEntity, sentence("required"))
	convener.uploadFields(leave, url.Values{"ground": {"no_owner"}, "reason": {"已过户"}}, "", nil).says(t, "the convener alone", http.StatusConflict)
	if said := officer.uploadFields(leave, url.Values{"ground": {"no_owner"}, "reason": {"已过户到他人名下"}}, "", nil); said.location() != address+"?done=member_left" {
		t.Fatalf("leave: %d %s", said.status, said.body)
	}
	everybody.get(public).says(t, "everybody", http.StatusOK, "委员资格依法终止")
	everybody.get(public).hides(t, "everybody", "已过户到他人名下")
	everybody.get(public).hides(t, "everybody", "不再是业主")
	everybody.get("/api/v1/public/communities/"+w.own.ID+"/committees").hides(t, "everybody", "已过户到他人名下")
	officer.get(address).says(t, "the street", http.StatusOK, "已过户到他人名下", "不再是业主")
}

func TestNamesOfWhoDidNotAgreeStayWithStaff(t *testing.T) {
	w := newTown(t)
	address, public := staffCommunityURL(w.own.ID)+"/committees", committeesURL(w.own.ID)
	officer := w.signIn(models.RoleStreet)
	w.noticed(&w.own)
	form := officer.get(address).form(t, address)
	fields := form.with(t, "number", "2", "document", "样例街备〔2024〕7号", "began_on", "2024-05-18", "term_from", "2024-05-20", "term_to", "2029-05-19", "seats", "三", "chair", "赵样例",
		"members", "钱样例\n孙样例\n", "alternates", "周样例")
	officer.uploadFields(address, fields, "备案.pdf", []byte("%PDF-1.4")).says(t, "a number in words", http.StatusUnprocessableEntity, sentence("not_a_number"), "钱样例")
	fields.Set("seats", "3")
	if said := officer.uploadFields(address, fields, "备案.pdf", []byte("%PDF-1.4")); said.location() != address+"?done=committee_entered" {
		t.Fatalf("enter: %d %s", said.status, said.body)
	}
	officer.get(address).says(t, "the street", http.StatusOK, "赵样例", "孙样例", "周样例", "备案.pdf")
	for _, open := range []string{public, "/api/v1/public/communities/" + w.own.ID + "/committees"} {
		said := w.browser().get(open)
		for _, secret := range []string{"赵样例", "孙样例", "周样例", "备案.pdf"} {
			said.hides(t, "everybody at "+open, secret)
		}
	}
	w.browser().get(public).says(t, "everybody", http.StatusOK, "（未公开姓名）", "第 2 届")
	entry := decode[committeesJSON](t, officer.get(apiURL(address))).Committees[0].Entries[0]
	if entry.Kind != "entered" {
		t.Errorf("%+v", entry)
	}
}

func TestWhatIsHandedOverIsSignedByTwoAndPublic(t *testing.T) {
	w := newTown(t)
	w.noticed(&w.own)
	address := staffCommunityURL(w.own.ID) + "/committees"
	convener, officer := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	w.must(w.store.EnterCommittee(w.ctx(), w.own.street, w.own.ID, models.EnteredCommittee{Number: 1, Seats: 1, Document: "一号", BeganOn: "2025-01-01", TermFrom: "2025-01-01", TermTo: "2028-01-01",
		Chair: "样例一", FileName: "a.pdf", File: []byte("%PDF-1.4")}))
	term := decode[committeesJSON](t, officer.get(apiURL(address))).Committees[0]
	officer.uploadFields(address+"/"+term.ID+"/group", url.Values{"document": {"样例街办〔2026〕9号"}, "day": {""}, "reason": {""}}, "", nil)
	list := address + "/" + term.ID + "/handover"
	if said := convener.post(list, convener.get(address).form(t, list).with(t, "kind", "seals", "text", "公章一枚")); said.location() != address+"?done=handover_listed" {
		t.Fatalf("list: %d %s", said.status, said.body)
	}
	convener.get(address).says(t, "before it is named", http.StatusOK, "还没有登记您代表移交的哪一方")
	party := address + "/" + term.ID + "/parties"
	if said := officer.post(party, officer.get(address).form(t, party).with(t, "account", w.own.convener.ID, "side", "outgoing")); said.location() != address+"?done=handover_party_named" {
		t.Fatalf("name: %d %s", said.status, said.body)
	}
	item := decode[committeesJSON](t, officer.get(apiURL(address))).Committees[0].Handover[0]
	give, take := address+"/handover/"+item.ID+"/give", address+"/handover/"+item.ID+"/take"
	convener.post(give, convener.get(address).form(t, give).fields)
	convener.post(take, url.Values{}).says(t, "one account for both sides", http.StatusConflict)
	if said := officer.post(take, officer.get(address).form(t, take).fields); said.location() != address+"?done=handover_taken" {
		t.Fatalf("take: %d %s", said.status, said.body)
	}
	w.browser().get(committeesURL(w.own.ID)).says(t, "everybody", http.StatusOK, "公章一枚", "（移交方签字）", "收到（街道签字）", "移交完毕")
}
