package api

import (
	"net/http"
	"testing"

	"gongjue/models"
)

func TestAnAnnulledVoteAndTheOneThatRunsItAgainLeadToEachOther(t *testing.T) {
	w := countedTown(t)
	annulled := w.own.meeting.ID
	w.must(w.store.AnnulMeeting(w.ctx(), w.own.street, w.own.ID, annulled, "票箱封条破损。"))
	convener, public := w.signIn(models.RoleConvener), w.browser()
	convener.get("/staff/communities/"+w.own.ID+"/meetings/new").says(t, "the form", http.StatusOK, `name="repeats"`, annulled)
	draft := w.draft(&w.own)
	terms := draft.MeetingTerms
	terms.Repeats = annulled
	w.must(w.store.UpdateMeeting(w.ctx(), w.own.convener, w.own.ID, draft.ID, terms))
	convener.get("/staff/communities/"+w.own.ID+"/meetings/"+draft.ID).says(t, "the draft", http.StatusOK, "本次是重新表决，作废的是：")
	public.get(noticeURL(annulled)).hides(t, "the annulled one before the notice", noticeURL(draft.ID))
	w.takeCards(&w.own, draft)
	w.must(w.store.IssueNotice(w.ctx(), w.own.convener, w.own.ID, draft.ID))
	public.get(noticeURL(annulled)).says(t, "the annulled one", http.StatusOK, "重新表决：", noticeURL(draft.ID))
	public.get(noticeURL(draft.ID)).says(t, "the one that runs it again", http.StatusOK, "本次是重新表决，作废的是：", noticeURL(annulled))
	public.get(boardURL(w.own.ID)).says(t, "the board", http.StatusOK, "已由后来的代替：<a href=\""+noticeURL(draft.ID)+"\">重新表决：")
	if shown := decode[noticeJSON](t, public.get("/api/v1/public/meetings/"+draft.ID)); shown.Meeting.Repeats != annulled {
		t.Errorf("the JSON says it repeats %q", shown.Meeting.Repeats)
	}
}
