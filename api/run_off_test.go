package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lint"
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
	if text := matter.Text; !strings.Contains(text, "上一次会议“换届会议”的最终结果（2026年4月") || !strings.Contains(text, "应选 3 名，当选 1 名（候选人丁），缺额 2 名。\n1号楼：候选人甲、候选人乙、候选人丙，3 人票数完全相同") ||
		!strings.HasSuffix(text, "上一次表决的全文：\n应选三人。") {
		t.Errorf("its text is %s", text)
	}
	if found := made.Findings; slices.ContainsFunc(found, func(f lint.Finding) bool { return f.Code == lint.SeatsLeftOut }) {
		t.Errorf("every open seat is in the draft: %+v", found)
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

// unfilled is the final result of an election that elected everybody and left seats open; group tells whether another
// group has somebody to stand again.
func unfilled(t *testing.T, group bool) *town {
	t.Helper()
	rule := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Seats: 4, MinMembers: 3, Options: []string{"候选人甲", "候选人乙", "候选人丙"}}
	if group {
		rule.SeatGroups = []voting.SeatGroup{{Name: "1号楼", Seats: 2, Options: rule.Options[:1]}, {Name: "2号楼", Seats: 2, Options: rule.Options[1:]}}
	}
	w := displayedAs(t, []models.Matter{{Title: "选举业主委员会", Body: "应选四人。", Rule: rule}}, 5, func(_ int, matters []models.Matter) string {
		each := map[string]voting.Mark{"候选人甲": voting.Yes, "候选人乙": voting.Yes, "候选人丙": voting.Yes}
		if group {
			each["候选人丙"] = voting.No
		}
		return eachOf(t, matters[0], each)
	})
	w.wait(6 * aDay)
	w.must(w.store.PublishFinal(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID))
	return w
}

func TestSeatsThatNobodyStandsForAreNotForgotten(t *testing.T) {
	w := unfilled(t, false)
	b := w.signIn(models.RoleConvener)
	address := staffMeetingURL(w.own.meeting)
	w.browser().get(resultURL(w.own.meeting.ID)).says(t, "the public result", http.StatusOK, "还有 1 个席位空缺，要另行投票，其中 1 个席位没有候选人可以再选，要先提名候选人。")
	b.get(address).says(t, "the meeting", http.StatusOK, "发起再次表决", "现在还不能办理", sentence("nomination_needed"))
	if refused := b.json(http.MethodPost, apiURL(address)+"/run-off", ""); refused.code(t) != "nomination_needed" || refused.status != http.StatusConflict {
		t.Errorf("%d %s", refused.status, refused.body)
	}
}

func TestAGroupWithoutCandidatesIsNamedInTheDraftOfTheOthers(t *testing.T) {
	w := unfilled(t, true)
	b := w.signIn(models.RoleConvener)
	address := apiURL(staffMeetingURL(w.own.meeting))
	drafted := decode[meetingJSON](t, b.json(http.MethodPost, address+"/run-off", ""))
	draft := decode[deskJSON](t, b.get("/api/v1/communities/"+w.own.ID+"/meetings/"+drafted.ID))
	matter := draft.Matters[0]
	if groups := matter.Rule.SeatGroups; len(groups) != 2 || groups[0].Name != "1号楼" || len(groups[0].Options) != 0 || matter.Rule.Seats != 2 ||
		!strings.Contains(matter.Text, "1号楼的 1 个席位没有候选人可以再选：先提名候选人") {
		t.Errorf("the draft is %+v", matter)
	}
	found := slices.IndexFunc(draft.Findings, func(f lint.Finding) bool { return f.Code == lint.NoCandidates })
	if found < 0 || draft.Findings[found].Sentence != "“1号楼”留了 1 个席位，却没有候选人。这些席位会空着，其他组的候选人得票再多也不能补上。" {
		t.Errorf("found %+v", draft.Findings)
	}
	changed := `{"kind":"election","item":3,"title":"选举业主委员会","text":"补选二人。","method":"approval_each","options":["候选人丙","候选人丁","候选人戊"],"seats":2,"sitting":2,"min_members":3}`
	if saved := b.json(http.MethodPut, "/api/v1/communities/"+w.own.ID+"/meetings/"+drafted.ID+"/matters/"+matter.ID, changed); saved.status != http.StatusOK {
		t.Fatalf("%d %s", saved.status, saved.body)
	}
	mended := decode[deskJSON](t, b.get("/api/v1/communities/"+w.own.ID+"/meetings/"+drafted.ID))
	if slices.ContainsFunc(mended.Findings, func(f lint.Finding) bool { return f.Code == lint.NoCandidates }) || mended.Matters[0].Text != "补选二人。" {
		t.Errorf("after candidates were nominated: %+v", mended)
	}
}
