package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// committee has the street enter a committee of three that was elected before.
func (w *town) committee(p *quarter) models.Committee {
	w.t.Helper()
	w.must(w.store.EnterCommittee(w.ctx(), p.street, p.ID, models.EnteredCommittee{Number: 1, Seats: 3, Document: "样例街备一号", BeganOn: "2025-01-10", TermFrom: "2025-01-10",
		TermTo: "2030-01-09", Chair: "赵一", Members: []string{"钱二", "孙三"}, FileName: "备案.pdf", File: []byte("%PDF-1.4")}))
	term, err := w.store.CommitteeInOffice(w.ctx(), p.ID)
	w.must(err)
	return term
}

// inCommittee has a committee decide one matter and call a further meeting, whose id and the decision's it notes.
func (w *town) inCommittee(p *quarter) {
	w.t.Helper()
	term, err := w.store.CommitteeInOffice(w.ctx(), p.ID)
	if err != nil {
		term = w.committee(p)
	}
	for range 2 {
		w.must(w.store.CallSitting(w.ctx(), p.convener, p.ID, models.WantedSitting{CalledBy: lifecycle.CalledByChair, HeldAt: w.now.Load() + 1, Place: "一", Agenda: []string{"一"}}))
	}
	list, err := w.store.Sittings(w.ctx(), p.ID, false)
	w.must(err)
	w.wait(1)
	held := models.SittingRecord{Minutes: []models.SentFile{{Name: "记录.pdf", Content: []byte("%PDF-1.4")}}}
	for _, member := range term.VotersAt(w.now.Load()) {
		held.Present = append(held.Present, member.ID)
	}
	held.Signed = held.Present
	held.Decisions = []models.Decision{{Position: 1, Body: "一", InFavour: int64(len(held.Present))}}
	w.must(w.store.RecordSitting(w.ctx(), p.convener, p.ID, list[1].ID, held))
	list, err = w.store.Sittings(w.ctx(), p.ID, true)
	w.must(err)
	p.ids["sitting"], p.ids["decision"] = list[0].ID, list[1].Decisions[0].ID
}

// A meeting of a committee is called, recorded, read by everybody, and its decision corrected by order of the street.
func TestACommitteesDecisionGoesFromTheCallToTheBoardAndTheStreet(t *testing.T) {
	w := newTown(t)
	term := w.committee(&w.own)
	address, public := staffCommunityURL(w.own.ID)+"/committee-meetings", decisionsURL(w.own.ID)
	convener := w.signIn(models.RoleConvener)
	convener.get(staffCommunityURL(w.own.ID)).says(t, "the convener's room", http.StatusOK, address)
	held := w.now.Load() + aDay
	form := convener.get(address).form(t, address).with(t, "called_by", "chair", "held_at", calendar.FormText(held), "place", "物业楼", "agenda", "")
	convener.post(address, form).says(t, "no agenda", http.StatusUnprocessableEntity, "物业楼")
	form.Set("agenda", "调整保洁班次\n续聘物业服务企业")
	if said := convener.post(address, form); said.location() != address+"?done=sitting_called" {
		t.Fatalf("call: %d %s", said.status, said.body)
	}
	w.browser().get(public).says(t, "everybody", http.StatusOK, "调整保洁班次", "物业楼", "还没有会议记录", "过半数")
	w.browser().get(boardURL(w.own.ID)).says(t, "the board", http.StatusOK, public)
	convener.get(address).hides(t, "before its time", "填写会议记录")
	w.wait(aDay + 60_000)
	convener = w.signIn(models.RoleConvener)
	officer := w.signIn(models.RoleStreet)
	convener.get("/staff").says(t, "the convener's work", http.StatusOK, "1 次业主委员会会议等待公布会议记录")
	sitting := decode[sittingsJSON](t, convener.get(apiURL(address))).Sittings[0]
	record := address + "/" + sitting.ID + "/record"
	fields := []string{"present", term.Members[0].ID, "present", term.Members[1].ID, "signed", term.Members[0].ID, "signed", term.Members[1].ID, "decided", "每周二清洗地面。", "decided", "同意续聘一年。",
		"basis", "", "basis", "", "in_favour", "2", "in_favour", "2", "against", "0", "against", "0", "abstained", "0", "abstained", "0", "replaces", "", "replaces", ""}
	convener.upload(record, "记录.pdf", []byte("%PDF-1.4"), fields...).says(t, "the owners decide", http.StatusUnprocessableEntity, "第278条", "每周二清洗地面。", `value="`+term.Members[0].ID+`" checked`)
	fields[11] = ""
	fields[19] = ""
	fields[23], fields[27] = "", ""
	if said := convener.upload(record, "记录.pdf", []byte("%PDF-1.4"), fields...); said.location() != address+"?done=sitting_held" {
		t.Fatalf("record: %d %s", said.status, said.body)
	}
	page := w.browser().get(public)
	page.says(t, "everybody", http.StatusOK, "每周二清洗地面。", "同意 2 名，反对 0 名，弃权 0 名；全体委员 3 名", "有效", "本人到场 2 名")
	for _, member := range term.Members {
		if !member.Named && strings.Contains(page.body, member.Name) {
			t.Errorf("%s did not agree to be named", member.Name)
		}
	}
	officer.get(address).says(t, "the street", http.StatusOK, "赵一（主任）", "记录.pdf")
	decision := decode[sittingsJSON](t, officer.get(apiURL(address))).Sittings[0].Decisions[0]
	one := staffCommunityURL(w.own.ID) + "/decisions/" + decision.ID
	order := url.Values{"kind": {"correction_ordered"}, "breached": {"物业管理条例"}, "basis": {"第19条"}, "body": {""}, "limit": {calendar.DayText(w.now.Load() + 9*aDay)}}
	officer.post(one, order).says(t, "an order that says nothing", http.StatusUnprocessableEntity, "物业管理条例")
	order.Set("body", "改为每周一次。")
	if said := officer.post(one, order); said.location() != one+"?done=decision_supervised" {
		t.Fatalf("order: %d %s", said.status, said.body)
	}
	w.browser().get(public).says(t, "everybody", http.StatusOK, "责令限期改正通告", "改为每周一次。", "责令限期改正中")
	convener.get("/staff").says(t, "the convener's work", http.StatusOK, "1 项业主委员会决定被责令改正，等待报告")
	if answer := officer.json(http.MethodPost, apiURL(one), `{"kind":"correction_reported","body":"已改正"}`); answer.code(t) != "illegal_step" {
		t.Errorf("the street reports to itself: %s", answer.body)
	}
	if answer := w.browser().get("/api/v1/public/communities/" + w.own.ID + "/decisions"); answer.status != http.StatusOK || strings.Contains(answer.body, "钱二") {
		t.Errorf("the public JSON: %d %.300s", answer.status, answer.body)
	}
}
