package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
)

// tied is a town whose election left two seats to three equals, with the final result out.
func tied(t *testing.T) *town {
	t.Helper()
	w := displayed(t, linkedAgenda(), voting.Yes, voting.Yes, voting.Yes, voting.Yes, voting.Yes)
	w.wait(6 * aDay)
	w.must(w.store.PublishFinal(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID))
	return w
}

func TestAFurtherVoteIsDraftedFromThePageOfTheResult(t *testing.T) {
	w := tied(t)
	b := w.signIn(models.RoleConvener)
	address := staffMeetingURL(w.own.meeting)
	answer := b.post(address+"/run-off", b.get(address).form(t, address+"/run-off").fields)
	draft, flash, _ := strings.Cut(answer.location(), "?")
	if answer.status != http.StatusSeeOther || flash != "done=run_off_drafted" || draft == address {
		t.Fatalf("%d %s", answer.status, answer.body)
	}
	made := decode[deskJSON](t, b.get(apiURL(draft)))
	if len(made.Matters) != 1 || made.Title != "换届会议（再次表决）" || made.RunOffOf != w.own.meeting.ID || made.RosterID != w.own.meeting.RosterID ||
		!made.Policies.RunOff || made.NoticedAt != 0 {
		t.Fatalf("the draft is %+v", made)
	}
	if days := calendar.NoticeDays(w.now.Load(), made.OpensAt); days != 17 || made.ClosesAt-made.OpensAt != 10*aDay {
		t.Errorf("the window opens in %d days and takes %d ms", days, made.ClosesAt-made.OpensAt)
	}
	matter := made.Matters[0]
	if matter.Title != "选举业主委员会（再次表决）" || matter.Rule.Seats != 2 || matter.Rule.Sitting != 1 ||
		!slices.Equal(matter.Rule.Options, []string{"候选人甲", "候选人乙", "候选人丙"}) {
		t.Errorf("its matter is %+v", matter)
	}
	b.get(draft).says(t, "the draft", http.StatusOK, "本次是再次表决，上一次：换届会议", `href="`+address+`"`)
	b.get(address).says(t, "the earlier meeting", http.StatusOK, "再次表决：换届会议（再次表决）", `href="`+draft+`"`)
	b.get(address).hides(t, "a second further vote", address+`/run-off"`)
	for at, act := range map[string]string{apiURL(address): "run_off_drafted", apiURL(draft): "meeting_drafted"} {
		log := decode[auditJSON](t, b.get(at+"/audit")).Entries
		if last := log[len(log)-1]; last.Act != act || last.What == act {
			t.Errorf("the last step on record is %+v", last)
		}
	}
	if again := b.json(http.MethodPost, apiURL(address)+"/run-off", ""); again.code(t) != "run_off_drafted" || again.status != http.StatusConflict {
		t.Errorf("a second one: %s", again.body)
	}
	anyone := w.browser()
	anyone.get(resultURL(w.own.meeting.ID)).hides(t, "before its notice", "换届会议（再次表决）")
	if noticed := b.json(http.MethodPost, apiURL(draft)+"/notice", `{"confirmed":true}`); noticed.status != http.StatusOK {
		t.Fatalf("its notice: %s", noticed.body)
	}
	anyone.get(resultURL(w.own.meeting.ID)).says(t, "the result", http.StatusOK, `href="`+noticeURL(made.ID)+`"`)
	anyone.get(noticeURL(made.ID)).says(t, "the notice", http.StatusOK, "本次是再次表决，上一次：换届会议", `href="`+resultURL(w.own.meeting.ID)+`"`)
}

func TestAWithdrawnFurtherVoteLeavesRoomForAnother(t *testing.T) {
	w := tied(t)
	b := w.signIn(models.RoleConvener)
	address := apiURL(staffMeetingURL(w.own.meeting))
	first := decode[meetingJSON](t, b.json(http.MethodPost, address+"/run-off", ""))
	w.must(w.store.CancelMeeting(w.ctx(), w.own.convener, w.own.ID, first.ID, "改期"))
	second := b.json(http.MethodPost, address+"/run-off", "{}")
	if second.status != http.StatusCreated || decode[meetingJSON](t, second).ID == first.ID {
		t.Errorf("%d %s", second.status, second.body)
	}
}

func TestAFurtherVoteNeedsAFinalResultThatLeadsToOne(t *testing.T) {
	w := displayed(t, linkedAgenda()[:1], voting.Yes, voting.Yes, voting.Yes, voting.Yes, voting.Yes)
	b := w.signIn(models.RoleConvener)
	address := staffMeetingURL(w.own.meeting)
	if refused := b.json(http.MethodPost, apiURL(address)+"/run-off", ""); refused.code(t) != "illegal_step" {
		t.Errorf("before the final result: %s", refused.body)
	}
	w.wait(6 * aDay)
	w.must(w.store.PublishFinal(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID))
	b = w.signIn(models.RoleConvener)
	b.get(address).hides(t, "a motion that was carried", "发起再次表决")
	if refused := b.json(http.MethodPost, apiURL(address)+"/run-off", ""); refused.code(t) != "no_run_off" {
		t.Errorf("a motion that was carried: %s", refused.body)
	}
}
