package api

import (
	"net/http"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/web"
)

// sampledTown is a town whose first community has its figures on display, and the address of the sample.
func sampledTown(t *testing.T) (*town, string) {
	t.Helper()
	w := countedTown(t)
	address := staffMeetingURL(w.own.meeting)
	for _, step := range []struct {
		role models.Role
		path string
	}{{models.RoleTeller, "/count"}, {models.RoleConvener, "/display"}} {
		if answer := w.signIn(step.role).json(http.MethodPost, apiURL(address)+step.path, `{}`); answer.status != http.StatusOK {
			t.Fatalf("%s: %s", step.path, answer.body)
		}
	}
	return w, address + "/sample"
}

// The way of a sample in a browser, as street, convener and anybody go it.
func TestAStreetSamplesAResultInTheBrowser(t *testing.T) {
	w, address := sampledTown(t)
	open := w.browser().get(resultURL(w.own.meeting.ID))
	open.hides(t, "a result without a sample", "抽样回访")
	officer := w.signIn(models.RoleStreet)
	officer.get(staffMeetingURL(w.own.meeting)).says(t, "the street at the meeting", http.StatusOK, address)
	due := web.Instant(w.now.Load() + 2*aDay).Local()
	form := officer.get(address).form(t, address+"/announcements")
	early := officer.post(address+"/announcements", form.with(t, "due", web.Instant(w.now.Load()+aDay-aMinute).Local(), "manner", "摸球六次"))
	early.says(t, "a lot that comes too soon", http.StatusUnprocessableEntity, sentence("sample_too_early"), "摸球六次")
	if said := officer.post(address+"/announcements", form.with(t, "due", due, "manner", "摸球六次")); said.location() != address+"?done=sample_announced" {
		t.Fatalf("announce: %d %s", said.status, said.body)
	}
	if twice := officer.post(address+"/announcements", form.with(t, "due", due, "manner", "摸球六次")); twice.status != http.StatusConflict {
		t.Errorf("announced twice: %d", twice.status)
	}
	public := sampleURL(w.own.meeting.ID)
	w.browser().get(resultURL(w.own.meeting.ID)).says(t, "the result", http.StatusOK, public)
	w.browser().get(public).says(t, "anybody", http.StatusOK, "等待公开抽签", "摸球六次", "不问投了什么", "计入结果的表决票共 5 张")

	w.wait(2*aDay + 10*aMinute)
	officer, teller := w.signIn(models.RoleStreet), w.signIn(models.RoleTeller)
	form = officer.get(address).form(t, address+"/draws")
	if recorded := officer.post(address+"/draws", form.with(t, "number", "038617", "drawn_at", due, "witnesses", "业主三名")); recorded.location() != address+"?done=sample_recorded" {
		t.Fatalf("record: %d %s", recorded.status, recorded.body)
	}
	for name, shown := range map[string]page{"the teller": teller.get(address), "anybody": w.browser().get(public), "the API": w.browser().get("/api/v1/public/meetings/" + w.own.meeting.ID + "/sample")} {
		shown.hides(t, name+" before the second person", "038617")
	}
	form = teller.get(address).form(t, address+"/confirm")
	teller.post(address+"/confirm", form.with(t, "number", "038618")).says(t, "another number", http.StatusUnprocessableEntity, sentence("lot_differs"))
	if confirmed := teller.post(address+"/confirm", form.with(t, "number", "038617")); confirmed.location() != address+"?done=sample_drawn" {
		t.Fatalf("confirm: %d %s", confirmed.status, confirmed.body)
	}
	teller.get(address).hides(t, "the teller", "看电话", address+"/answers")
	answerAll(t, officer, address)
	w.browser().get(public).says(t, "anybody", http.StatusOK, "回访结论", "038617", "gongjue.sample/v1")
	w.browser().get(public).hides(t, "anybody", "看电话", "单元")
}

// answerAll answers every call and ends the round.
func answerAll(t *testing.T, officer *browser, address string) {
	t.Helper()
	list := decode[sampleCallsJSON](t, officer.get(apiURL(address)+"/calls"))
	if len(list.Calls) == 0 || list.Calls[0].Home == "" || !strings.Contains(list.Calls[0].Owners[0].Name, "*") {
		t.Fatalf("the call list: %+v", list)
	}
	if ended := officer.json(http.MethodPost, apiURL(address)+"/end", ""); ended.code(t) != "sample_unasked" {
		t.Errorf("ended before anybody was asked: %s", ended.body)
	}
	for range list.Calls {
		shown := officer.get(address)
		form := shown.form(t, address+"/answers")
		if answered := officer.post(address+"/answers", form.with(t, "answer", "confirmed")); answered.location() != address+"?done=sample_answered" {
			t.Fatalf("answer: %d %s", answered.status, answered.body)
		}
	}
	if ended := officer.post(address+"/end", officer.get(address).form(t, address+"/end").fields); ended.location() != address+"?done=sample_ended" {
		t.Fatalf("end: %d %s", ended.status, ended.body)
	}
}
