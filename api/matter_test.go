package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
)

func TestSeatGroupsAreReadLineByLine(t *testing.T) {
	for typed, want := range map[seatGroups][]voting.SeatGroup{
		"": nil,
		"3号楼：2：候选人甲、候选人乙": {{Name: "3号楼", Seats: 2, Options: []string{"候选人甲", "候选人乙"}}},
		" 3号楼 : 2 : 候选人甲, 候选人乙,：1\r\n\r\n女性委员：1：候选人丙": {{Name: "3号楼", Seats: 2, Options: []string{"候选人甲", "候选人乙"}, Alternates: 1},
			{Name: "女性委员", Seats: 1, Options: []string{"候选人丙"}}},
		"3号楼：2：候选人甲\n商铺：1：无\n车位：1： 无 ：1":                                 {{Name: "3号楼", Seats: 2, Options: []string{"候选人甲"}}, {Name: "商铺", Seats: 1}, {Name: "车位", Seats: 1, Alternates: 1}},
		`[{"name":"商铺","seats":1}]`:                                      {{Name: "商铺", Seats: 1}},
		`[{"name":"3：号","seats":2,"options":["候选人、甲"],"max_choices":1}]`: {{Name: "3：号", Seats: 2, Options: []string{"候选人、甲"}, MaxChoices: 1}},
	} {
		var r reader
		got := r.groups("seat_groups", typed)
		if r.err() != nil || !slices.EqualFunc(got, want, func(a, b voting.SeatGroup) bool {
			return a.Name == b.Name && a.Seats == b.Seats && a.Alternates == b.Alternates && a.MaxChoices == b.MaxChoices && slices.Equal(a.Options, b.Options)
		}) {
			t.Errorf("%q is read as %+v, %v", typed, got, r.err())
		}
	}
	for _, typed := range []seatGroups{"3号楼", "3号楼：2", "3号楼：两位：候选人甲", "3号楼：0：候选人甲", "：2：候选人甲", "3号楼：2：、", "3号楼：2：", "3号楼：2：甲：1：1",
		"3号楼：2：甲：一", `[{"name":1}]`, `[{"seat":1}]`, `[`} {
		var r reader
		if got := r.groups("seat_groups", typed); got != nil || r.err() == nil || r.found[0].Code != "seat_group_invalid" || r.found[0].Field != "seat_groups" {
			t.Errorf("%q is read as %+v, %v", typed, got, r.err())
		}
	}
}

func TestAnElectionWithSeatGroupsIsDraftedOnAPageAndComesBack(t *testing.T) {
	w := frozenTown(t)
	meeting := w.draft(&w.own)
	b := w.signIn(models.RoleConvener)
	address := staffMeetingURL(meeting) + "/matters"
	form := b.get(address+"/new").form(t, address)
	fields := form.with(t, "kind", "election", "item", "3", "title", "补选委员", "text", "补选三人。", "options", "", "seats", "",
		"seat_groups", "1号楼：2：候选人丁、候选人戊：1\r\n2号楼：1：候选人己", "sitting", "2", "forming", "yes", "min_members", "5", "scope", "")
	if added := b.post(address, fields); added.status != http.StatusSeeOther {
		t.Fatalf("%d %s", added.status, added.body)
	}
	after, err := w.store.Meeting(w.ctx(), w.own.ID, meeting.ID)
	w.must(err)
	matter := after.Matters[4]
	rule := matter.Rule
	if rule.Seats != 3 || rule.Alternates != 1 || rule.Sitting != 2 || !rule.Forming || rule.MinMembers != 5 || len(rule.SeatGroups) != 2 ||
		!slices.Equal(rule.Options, []string{"候选人丁", "候选人戊", "候选人己"}) {
		t.Errorf("the election is %+v", rule)
	}
	shown := b.get(address + "/" + matter.ID)
	if !strings.Contains(shown.body, "1号楼：2：候选人丁、候选人戊：1\n2号楼：1：候选人己</textarea>") || !strings.Contains(shown.body, `name="sitting" type="text" value="2"`) || !strings.Contains(shown.body, `name="forming" value="yes" checked`) {
		t.Error("the form lost what was typed")
	}
	if again := b.post(address+"/"+matter.ID, fields); again.status != http.StatusSeeOther {
		t.Errorf("saved again: %d", again.status)
	}
	for typed, code := range map[string]string{"1号楼：2": "seat_group_invalid", "1号楼：1：候选人丁\n2号楼：1：候选人丁": "duplicate"} {
		fields.Set("seat_groups", typed)
		refused := b.post(address, fields)
		if refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, sentence(code)) || !strings.Contains(refused.body, `href="#f-`) {
			t.Errorf("%q: %d, or not told at its field", typed, refused.status)
		}
	}
	fields.Set("seat_groups", "1号楼：2：候选人丁")
	fields.Set("seats", "3")
	if refused := b.post(address, fields); !strings.Contains(refused.body, `href="#f-seat_groups"`) || !strings.Contains(refused.body, sentence("does_not_add_up")) {
		t.Errorf("seats that do not add up: %d", refused.status)
	}
	if notice := b.get(staffMeetingURL(meeting)); !strings.Contains(notice.body, "1号楼应选 2 位，候选人：候选人丁、候选人戊；候补最多 1 位。") {
		t.Error("the agenda does not say how the seats are shared out")
	}
}

func TestPollsAndLinksAreDraftedOverTheAPI(t *testing.T) {
	w := frozenTown(t)
	b := w.signIn(models.RoleConvener)
	base := "/api/v1/communities/" + w.own.ID + "/meetings"
	address := base + "/" + decode[meetingJSON](t, b.json(http.MethodPost, base, body(w.terms()))).ID + "/matters"
	add := func(sent string) page { return b.json(http.MethodPost, address, sent) }
	renew := decode[matterJSON](t, add(`{"kind":"motion","item":4,"title":"续聘","text":"是否续聘？","firm_act":"renew"}`))
	poll := decode[matterJSON](t, add(`{"kind":"consult","title":"意见","text":"是否愿意？","poll_share":"2/3","poll_strict":false,"poll_of_all":true,"poll_by":"heads"}`))
	whom := decode[matterJSON](t, add(`{"kind":"selection","item":4,"title":"另聘","text":"聘哪一家？","method":"approval_each","options":["甲","乙"],"linked_to":1,"linked_when":"rejected"}`))
	usual := decode[matterJSON](t, add(`{"kind":"consult","title":"又一项意见","text":"是否愿意？"}`))
	if renew.Rule.FirmAct != voting.RenewFirm || whom.Rule.LinkedTo != 1 || whom.Rule.LinkedWhen != voting.IfRejected {
		t.Errorf("%+v, %+v", renew.Rule, whom.Rule)
	}
	if p := poll.Rule.Poll; p.Threshold != (voting.Threshold{Num: 2, Den: 3}) || !p.OfAll || !slices.Equal(p.Dimensions, []voting.Dimension{voting.ByHeads}) {
		t.Errorf("the poll is %+v", p)
	}
	if p := usual.Rule.Poll; p.Threshold != (voting.Threshold{Num: 1, Den: 2}) || p.OfAll || len(p.Dimensions) != 2 {
		t.Errorf("the usual poll is %+v", p)
	}
	graded := decode[matterJSON](t, add(`{"kind":"consult","title":"满意度","text":"对物业服务满意吗？","poll_about":"firm","options":["甲"],"method":"pick"}`))
	if r := graded.Rule; r.Poll.About != voting.AboutFirm || r.Poll.Favour != 2 || r.Method != voting.Pick || !slices.Equal(r.Options, []string{"满意", "基本满意", "不满意"}) {
		t.Errorf("the satisfaction poll is %+v", r)
	}
	if page := b.get("/staff/communities/" + w.own.ID + "/meetings/" + strings.Split(address, "/")[6] + "/matters/" + graded.ID); !strings.Contains(page.body, `value="three" checked`) || !strings.Contains(page.body, `value="firm" checked`) {
		t.Errorf("the form of a satisfaction poll: %d", page.status)
	}
	for sent, code := range map[string]string{
		`{"kind":"consult","title":"意","text":"意","poll_scale":"nine"}`:                                              "bad_value",
		`{"kind":"consult","title":"意","text":"意","poll_about":"chair"}`:                                             "bad_value",
		`{"kind":"consult","title":"意","text":"意","poll_share":"0/3"}`:                                               "share_invalid",
		`{"kind":"consult","title":"意","text":"意","poll_share":"4/3"}`:                                               "share_invalid",
		`{"kind":"consult","title":"意","text":"意","poll_share":"1/1","poll_strict":true}`:                            "share_invalid",
		`{"kind":"consult","title":"意","text":"意","poll_share":"50/101"}`:                                            "share_invalid",
		`{"kind":"consult","title":"意","text":"意","poll_share":"一半"}`:                                                "share_invalid",
		`{"kind":"consult","title":"意","text":"意","poll_by":"doors"}`:                                                "bad_value",
		`{"kind":"motion","item":5,"title":"水泵","text":"更换。","firm_act":"renew"}`:                                    "bad_value",
		`{"kind":"motion","item":5,"title":"水泵","text":"更换。","linked_to":2,"linked_when":"passed"}`:                  "link_invalid",
		`{"kind":"motion","item":5,"title":"水泵","text":"更换。","linked_to":5,"linked_when":"passed"}`:                  "link_invalid",
		`{"kind":"motion","item":5,"title":"水泵","text":"更换。","linked_to":1}`:                                         "missing_field",
		`{"kind":"motion","item":5,"title":"水泵","text":"更换。","sitting":2}`:                                           "bad_value",
		`{"kind":"election","item":3,"title":"选","text":"选","method":"pick","seat_groups":[{"name":"1","seats":1}]}`: "missing_field",
	} {
		if refused := add(sent); refused.code(t) != code {
			t.Errorf("%s: %.300s", sent, refused.body)
		}
	}
	if refused := b.json(http.MethodPut, address+"/"+renew.ID, `{"kind":"consult","title":"续聘","text":"是否续聘？"}`); refused.code(t) != "link_invalid" {
		t.Errorf("the ground of another matter becomes a poll: %s", refused.body)
	}
	if refused := b.json(http.MethodDelete, address+"/"+renew.ID, ""); refused.code(t) != "matter_linked" {
		t.Errorf("the ground of another matter is deleted: %s", refused.body)
	}
	if gone := b.json(http.MethodDelete, address+"/"+poll.ID, ""); gone.status != http.StatusNoContent {
		t.Errorf("delete: %s", gone.body)
	}
	left := decode[deskJSON](t, b.get(strings.TrimSuffix(address, "/matters"))).Matters
	if len(left) != 4 || left[1].Position != 2 || left[1].Rule.LinkedTo != 1 || left[2].Position != 3 {
		t.Errorf("after a deletion the agenda is %+v", left)
	}
	selector := b.get("/staff" + strings.TrimPrefix(address, "/api/v1") + "/" + whom.ID)
	if !strings.Contains(selector.body, `<option value="1" selected>1. 续聘</option>`) || strings.Contains(selector.body, "2. 另聘</option>") {
		t.Error("the form does not offer exactly the earlier matters")
	}
}

func TestALinkFollowsItsMatterWhenTheAgendaCloses(t *testing.T) {
	w := frozenTown(t)
	meeting := w.draft(&w.own)
	linked := models.Matter{Title: "结余怎样使用", Body: "结余转入维修资金。",
		Rule: voting.Matter{Kind: voting.Motion, Item: 5, LinkedTo: 4, LinkedWhen: voting.IfPassed}}
	_, err := w.store.AddMatter(w.ctx(), w.own.convener, w.own.ID, meeting.ID, linked)
	w.must(err)
	w.must(w.store.DeleteMatter(w.ctx(), w.own.convener, w.own.ID, meeting.ID, meeting.Matters[0].ID))
	after, err := w.store.Meeting(w.ctx(), w.own.ID, meeting.ID)
	w.must(err)
	if last := after.Matters[3]; last.Position != 4 || last.Rule.LinkedTo != 3 || after.Matters[2].Title != meeting.Matters[3].Title {
		t.Errorf("the agenda is %+v", after.Matters)
	}
}

func TestTheWayOutOfATieIsChosenAnnouncedAndFrozen(t *testing.T) {
	w := frozenTown(t)
	meeting := w.draft(&w.own)
	b := w.signIn(models.RoleConvener)
	address := staffMeetingURL(meeting) + "/matters"
	fields := b.get(address+"/new").form(t, address).with(t, "kind", "election", "item", "3", "title", "补选委员", "text", "补选一人。",
		"options", "候选人丁\n候选人戊", "seats", "1", "min_members", "3", "tie_way", "lot")
	if added := b.post(address, fields); added.status != http.StatusSeeOther {
		t.Fatalf("%d %s", added.status, added.body)
	}
	add := func(sent string) page { return b.json(http.MethodPost, apiURL(address), sent) }
	firm := decode[matterJSON](t, add(`{"kind":"selection","item":4,"title":"选聘","text":"选一家。","method":"approval_each","options":["甲","乙"],"tie_way":"revote"}`))
	motion := decode[matterJSON](t, add(`{"kind":"motion","item":5,"title":"水泵","text":"更换水泵。","tie_way":"lot"}`))
	if firm.Rule.TieWay != voting.TieByRevote || motion.Rule.TieWay != "" {
		t.Errorf("the firm has %q, the motion %q", firm.Rule.TieWay, motion.Rule.TieWay)
	}
	if refused := add(`{"kind":"selection","item":4,"title":"选聘","text":"选一家。","method":"pick","options":["甲","乙"],"tie_way":"age"}`); refused.code(t) != "bad_value" {
		t.Errorf("by age: %s", refused.body)
	}
	after, err := w.store.Meeting(w.ctx(), w.own.ID, meeting.ID)
	w.must(err)
	if after.Matters[4].Rule.TieWay != voting.TieByLot {
		t.Errorf("the election is %+v", after.Matters[4].Rule)
	}
	b.get(address+"/"+after.Matters[4].ID).says(t, "the form", http.StatusOK, `name="tie_way" value="lot" checked`)
	w.must(w.store.IssueNotice(w.ctx(), w.own.convener, w.own.ID, meeting.ID))
	w.browser().get(noticeURL(meeting.ID)).says(t, "the notice", http.StatusOK, "名额不够而票数完全相同的，公开抽签：种子是投票截止时投票记录的指纹加上当众抽出的号码",
		"名额不够而票数相同（写明抽签的事项）", "名额不够而票数相同（其他事项）", "谁都不能单独定结果")
	if pdf := w.browser().get(noticePDFURL(meeting.ID)); pdf.status != http.StatusOK || !strings.HasPrefix(pdf.body, "%PDF-") {
		t.Errorf("the printed notice: %d", pdf.status)
	}
	if frozen := b.post(address+"/"+after.Matters[4].ID, fields); frozen.status != http.StatusConflict {
		t.Errorf("changed after the notice: %d", frozen.status)
	}
}
