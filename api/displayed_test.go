package api

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/web"
)

// unmoved holds two readings of a displayed count to each other: only its standing may differ.
func unmoved(t *testing.T, before, after preliminaryJSON) {
	t.Helper()
	after.Standing, after.Reason, after.EndedAt, after.NewerURL = before.Standing, before.Reason, before.EndedAt, before.NewerURL
	if !reflect.DeepEqual(before, after) {
		t.Errorf("the displayed count moved:\n%+v\n%+v", before, after)
	}
}

func TestTheDisplayedCountKeepsItsPageOnceTheFinalResultIsOut(t *testing.T) {
	w := displayed(t, linkedAgenda(), voting.Yes, voting.Yes, voting.Yes, voting.Yes, voting.No)
	b, id := w.browser(), w.own.meeting.ID
	address, path := preliminaryURL(id), "/api/v1/public/meetings/"+id+"/preliminary"
	before := decode[preliminaryJSON](t, b.get(path))
	if before.Standing != models.CountDisplayed || before.NewerURL != "" || before.EndedAt != 0 || before.Log.Size == 0 || len(before.Result.Matters) == 0 {
		t.Errorf("on display it is %+v", before)
	}
	b.get(address).says(t, "on display", http.StatusOK, "还不是最终结果", "提出异议")
	printed := b.pdf(address + ".pdf")
	w.wait(1)
	objection, err := w.store.RecordObjection(w.ctx(), w.own.street, w.own.ID, id, models.AboutProcedure, "1号楼101", "请复核。")
	w.must(err)
	w.must(w.store.AnswerObjection(w.ctx(), w.own.convener, w.own.ID, id, objection.ID, models.Dismissed, "已复核，无误。"))
	unmoved(t, before, decode[preliminaryJSON](t, b.get(path)))
	if again := b.pdf(address + ".pdf"); again != printed {
		t.Error("an objection changed the printed count")
	}
	w.wait(6 * aDay)
	w.must(w.store.PublishFinal(w.ctx(), w.own.convener, w.own.ID, id))
	after := decode[preliminaryJSON](t, b.get(path))
	if after.Standing != models.CountReplaced || after.NewerURL != resultURL(id) || after.EndedAt != w.store.Now() {
		t.Errorf("after the final it is %+v", after)
	}
	unmoved(t, before, after)
	page := b.get(address)
	page.says(t, "after the final", http.StatusOK, "已由正式结果替代", `href="`+resultURL(id)+`"`, "初步结果公示", address+".pdf")
	page.hides(t, "after the final", "还不是最终结果", "提出异议或看答复")
	b.get(resultURL(id)).says(t, "the final", http.StatusOK, `href="`+address+`"`)
	if text := b.pdf(address + ".pdf"); !strings.Contains(text, "已由正式结果替代") || !strings.Contains(text, "初步统计结果的公示") || strings.Contains(printed, "替代") {
		t.Errorf("the printed count says %s", text)
	}
}

func TestTheDisplayedCountSaysThatItsVoteWasAnnulled(t *testing.T) {
	w := displayed(t, linkedAgenda(), voting.Yes, voting.Yes, voting.Yes, voting.Yes, voting.No)
	b, id := w.browser(), w.own.meeting.ID
	path := "/api/v1/public/meetings/" + id + "/preliminary"
	before := decode[preliminaryJSON](t, b.get(path))
	w.wait(1)
	w.must(w.store.AnnulMeeting(w.ctx(), w.own.street, w.own.ID, id, "通知未送达"))
	after := decode[preliminaryJSON](t, b.get(path))
	if after.Standing != models.CountAnnulled || after.Reason != "通知未送达" || after.NewerURL != noticeURL(id) || after.EndedAt != w.store.Now() {
		t.Errorf("annulled it is %+v", after)
	}
	unmoved(t, before, after)
	b.get(preliminaryURL(id)).says(t, "annulled", http.StatusOK, "作废", "通知未送达", "不再有效", web.LinkWhyAnnulled)
	if text := b.pdf(preliminaryURL(id) + ".pdf"); !strings.Contains(text, "不再有效") {
		t.Errorf("the printed count says %s", text)
	}
	for _, entry := range decode[boardHistoryJSON](t, b.get("/api/v1/public/communities/"+w.own.ID+"/history")).Entries {
		if entry.Kind == "preliminary" && (entry.URL != preliminaryURL(id) || entry.NewerURL != noticeURL(id)) {
			t.Errorf("the board leads to %+v", entry)
		}
	}
}

func TestACountThatWasNeverDisplayedHasNoPage(t *testing.T) {
	w := countedTown(t)
	w.must(w.store.Count(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID))
	for _, path := range []string{preliminaryURL(w.own.meeting.ID), preliminaryURL(w.own.meeting.ID) + ".pdf"} {
		if answer := w.browser().get(path); answer.status != http.StatusConflict {
			t.Errorf("%s: %d", path, answer.status)
		}
	}
	if answer := w.browser().get("/api/v1/public/meetings/" + w.own.meeting.ID + "/preliminary"); answer.code(t) != "result_not_ready" {
		t.Errorf("the count is public before it is displayed: %s", answer.body)
	}
	w.must(w.store.AnnulMeeting(w.ctx(), w.own.street, w.own.ID, w.own.meeting.ID, "票箱破损"))
	if answer := w.browser().get("/api/v1/public/meetings/" + w.own.meeting.ID + "/preliminary"); answer.code(t) != "meeting_annulled" {
		t.Errorf("annulled before it was displayed: %s", answer.body)
	}
}
