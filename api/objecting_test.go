package api

import (
	"net/http"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/web"
)

// TestAnOwnerObjectsToACountOnAPhone walks the pages: result, proof, objection, desk, answer, and the result again.
func TestAnOwnerObjectsToACountOnAPhone(t *testing.T) {
	w := displayed(t, linkedAgenda(), voting.Yes, voting.Yes, voting.Yes, voting.Yes, voting.No)
	b, meeting := w.browser(), w.own.meeting.ID
	start := objectingURL(meeting)
	b.get(resultURL(meeting)).says(t, "the count", http.StatusOK, start)
	asked := b.get(start)
	home := proveRecordURL(meeting, true)
	if asked.status != http.StatusSeeOther || asked.location() != home {
		t.Fatalf("whoever objects without a proof is led to %d %q", asked.status, asked.location())
	}
	f := b.get(home).form(t, home)
	entered := b.post(f.action, f.with(t, "building", "1号楼", "stair", "1", "room", "102", "phone", "19900000002"))
	entered.says(t, "the page for the code", http.StatusOK, web.ButtonObjecting)
	code := entered.form(t, votingRecordURL(meeting)+"/enter?objecting=1")
	if again := b.post(code.action, code.with(t, "code", "000000")); again.form(t, code.action).action != code.action {
		t.Errorf("a wrong code loses the way: %s", again.body)
	}
	answer := b.post(code.action, code.with(t, "code", w.code(code.fields.Get("request"))))
	if answer.location() != start {
		t.Fatalf("the code leads to %d %q", answer.status, answer.location())
	}
	form := b.get(start).form(t, start)
	unclear := b.uploadFields(start, form.with(t, "subject", "matter", "text", "合计与现场唱票不同。"), "", nil)
	unclear.says(t, "a line of which matter", http.StatusUnprocessableEntity, `href="#f-matter"`, "合计与现场唱票不同。")
	made := b.uploadFields(start, form.with(t, "subject", "ballot", "matter", "", "text", "我家投的是反对。"), "回执.pdf", []byte("%PDF-1.4\n%receipt\n"))
	if made.location() != start+"?done=count_objected" {
		t.Fatalf("the objection: %d %s", made.status, made.body)
	}
	b.uploadFields(start, form.fields, "", nil).says(t, "a second tab", http.StatusConflict, sentence("objection_exists"))
	b.get(start).says(t, "the own objections", http.StatusOK, "第 1 号：本户的表决票", "待答复", "我家投的是反对。", "回执.pdf", "以前答复", start+"/")
	public := b.get(resultURL(meeting))
	public.says(t, "the count", http.StatusOK, "共收到异议 1 件：成立 0 件，不成立 0 件，待答复 1 件。", "待答复的异议", "任何一件异议成立", "1 张有争议的票")
	public.hides(t, "the count", "我家投的是反对", "面积按可能的最大值计算", "91.27", "1单元 102")
	w.answersAtTheDesk(t, meeting)
	b = w.atRoster(&w.own, "1号楼", "102", "19900000002") // the proof of six days ago is over
	b.get(start).says(t, "the answer", http.StatusOK, "异议不成立", "已开封核对，与记录一致。", "怎样核对这些文字没有被改过", "原文的校验值", "答复的校验值")
	b.get(resultURL(meeting)).hides(t, "the count after the answer", "任何一件异议成立", "有争议的票")
}

// answersAtTheDesk reads the one objection and its file as staff do, and dismisses it a day too late.
func (w *town) answersAtTheDesk(t *testing.T, meeting string) {
	t.Helper()
	convener := w.signIn(models.RoleConvener)
	desk := staffMeetingURL(w.own.meeting) + "/objections"
	convener.get(desk).says(t, "the desk", http.StatusOK, "第 1 号，表决票：1号楼 1单元 102", "业主网上提出", "199****0002", "以前答复")
	w.wait(6 * aDay)
	convener = w.signIn(models.RoleConvener)
	late := convener.get(desk)
	late.says(t, "the desk, late", http.StatusOK, "有 1 件异议已经超过承诺的答复日期", "已经超过承诺的答复日期（")
	teller := w.signIn(models.RoleTeller)
	teller.get(desk).hides(t, "the desk of a teller", "199****0002", "回执.pdf")
	list := decode[objectionsJSON](t, convener.get(apiURL(desk)))
	one := list.Objections[0]
	if list.Effect.Open != 1 || list.Effect.Unbound || !one.Overdue || one.Source != models.FromOwner || one.Phone != "199****0002" {
		t.Errorf("the desk answers %+v", list)
	}
	path := desk + "/" + one.ID + "/files/" + one.Files[0].ID
	if file := convener.get(path); file.status != http.StatusOK || file.body != "%PDF-1.4\n%receipt\n" || !strings.HasPrefix(file.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file: %d %v", file.status, file.header)
	}
	if file := teller.get(path); file.status != http.StatusForbidden {
		t.Errorf("a teller reads the file: %d", file.status)
	}
	form := late.form(t, desk+"/"+one.ID+"/answer")
	if done := convener.post(form.action, form.with(t, "outcome", "dismissed", "answer", "已开封核对，与记录一致。")); done.location() != desk+"?done=objection_answered" {
		t.Fatalf("the answer: %d %s", done.status, done.body)
	}
}

func TestAnObjectionOverTheAPIIsOnesOwnAlone(t *testing.T) {
	w := displayed(t, linkedAgenda(), voting.Yes, voting.Yes, voting.Yes, voting.Yes, voting.No)
	path := "/api/v1/meetings/" + w.own.meeting.ID + "/own-objections"
	if answer := w.browser().get(path); answer.status != http.StatusUnauthorized {
		t.Errorf("without a proof: %d", answer.status)
	}
	owner, neighbour := w.atRoster(&w.own, "1号楼", "102", "19900000002"), w.atRoster(&w.own, "1号楼", "202", "19900000005")
	made := owner.uploadFields(path, map[string][]string{"subject": {"procedure"}, "text": {"没有见到通知。"}}, "", nil)
	if made.status != http.StatusCreated {
		t.Fatalf("the objection: %d %s", made.status, made.body)
	}
	one := decode[objectionJSON](t, made)
	if answer := neighbour.json(http.MethodPost, path+"/"+one.ID+"/withdraw", ""); answer.status != http.StatusNotFound {
		t.Errorf("a neighbour takes it back: %d", answer.status)
	}
	if list := decode[ownObjectionsJSON](t, neighbour.get(path)); len(list.Objections) != 0 || !list.MayObject || list.AnswerDays != 5 {
		t.Errorf("a neighbour reads %+v", list)
	}
	effect := decode[publicResultJSON](t, w.browser().get("/api/v1/public/meetings/"+w.own.meeting.ID+"/result")).Objections
	if effect.Open != 1 || !effect.Unbound || effect.Stands || effect.Sentence == "" || effect.Consequence == "" {
		t.Errorf("the effect is %+v", effect)
	}
	if answer := owner.get("/api/v1/meetings/" + w.foreign.meeting.ID + "/own-objections"); answer.status != http.StatusUnauthorized {
		t.Errorf("at a foreign meeting: %d", answer.status)
	}
	if answer := owner.json(http.MethodPost, path+"/"+one.ID+"/withdraw", ""); answer.status != http.StatusNoContent {
		t.Errorf("one's own: %d %s", answer.status, answer.body)
	}
	if answer := owner.json(http.MethodPost, path+"/"+one.ID+"/withdraw", ""); answer.status != http.StatusConflict {
		t.Errorf("twice: %d", answer.status)
	}
	w.wait(6 * aDay)
	owner = w.atRoster(&w.own, "1号楼", "102", "19900000002")
	if late := owner.uploadFields(path, map[string][]string{"subject": {"procedure"}, "text": {"晚了。"}}, "", nil); late.status != http.StatusUnprocessableEntity && late.status != http.StatusConflict {
		t.Errorf("after the window: %d %s", late.status, late.body)
	}
}
