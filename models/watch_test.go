package models

import (
	"slices"
	"testing"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/watch"
)

// watched is how the hall's community stands with the watch list.
func (h *hall) watched() Watched {
	h.t.Helper()
	found, err := h.WatchOf(h.ctx(), h.community.ID)
	h.must(err)
	return found
}

// suggests fails unless the facts that suggest the list are of just these flags.
func (h *hall) suggests(want ...watch.Reason) {
	h.t.Helper()
	var got []watch.Reason
	for _, fact := range h.watched().Suggested {
		got = append(got, fact.Reason)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		h.t.Errorf("suggested for %v, want %v", got, want)
	}
}

func troubled() WantedWatch {
	return WantedWatch{Reasons: []watch.Reason{watch.Dispute, watch.TermLapsed}, Basis: "样例街〔2026〕12号", Body: "换届停滞，信访集中。", Until: "2026-12-31"}
}

func TestACommunityIsPutOnTheWatchListAndTakenOff(t *testing.T) {
	inHall(t, func(h *hall) {
		ctx, id, street := h.ctx(), h.community.ID, h.by(RoleStreet)
		for name, c := range map[string]struct {
			spoil func(*WantedWatch)
			code  string
		}{
			"without a reason":        {func(w *WantedWatch) { w.Reasons = nil }, "required"},
			"a reason that is none":   {func(w *WantedWatch) { w.Reasons[0] = "weather" }, "bad_value"},
			"one reason twice":        {func(w *WantedWatch) { w.Reasons[1] = w.Reasons[0] }, "bad_value"},
			"without saying what":     {func(w *WantedWatch) { w.Body = " " }, "required"},
			"with a number of people": {func(w *WantedWatch) { w.Body = "电话 19900001234" }, "reason_names_person"},
			"until yesterday":         {func(w *WantedWatch) { w.Until = calendar.DayText(h.now - day) }, "bad_value"},
			"until no such day":       {func(w *WantedWatch) { w.Until = "2026-02-30" }, "bad_value"},
			"for six years":           {func(w *WantedWatch) { w.Until = "2032-12-31" }, "bad_value"},
		} {
			wanted := troubled()
			c.spoil(&wanted)
			if err := h.PutOnWatch(ctx, street, id, wanted); err == nil || err.(*Refusal).Code != c.code {
				t.Errorf("%s: %v", name, err)
			}
		}
		h.refused(h.PutOnWatch(ctx, h.by(RoleConvener), id, troubled()), "illegal_step")
		h.refused(h.ChangeWatch(ctx, street, id, troubled()), "not_watched")
		h.refused(h.RemoveFromWatch(ctx, street, id, "好转"), "not_watched")
		before := h.now
		h.now += hour
		h.must(h.PutOnWatch(ctx, street, id, troubled()))
		h.refused(h.PutOnWatch(ctx, h.by(RoleDistrict), id, troubled()), "already_watched")
		h.now += hour
		longer := troubled()
		longer.Until, longer.Reasons = "", []watch.Reason{watch.Funds}
		h.must(h.ChangeWatch(ctx, h.by(RoleDistrict), id, longer))
		changed := h.now
		h.now = calendar.Date(2027, 5, 1)
		h.refused(h.RemoveFromWatch(ctx, street, id, ""), "required")
		h.must(h.RemoveFromWatch(ctx, street, id, "已经完成换届。"))
		h.refused(h.RemoveFromWatch(ctx, street, id, "已经完成换届。"), "not_watched")
		for _, c := range []struct {
			at      int64
			on      bool
			reasons []watch.Reason
		}{{before, false, nil}, {changed - 1, true, []watch.Reason{watch.Dispute, watch.TermLapsed}}, {changed, true, []watch.Reason{watch.Funds}}, {h.now - 1, true, []watch.Reason{watch.Funds}}, {h.now, false, nil}} {
			list, err := h.Watch(ctx, h.staff[RoleStreet], c.at)
			h.must(err)
			if on := len(list) == 1 && list[0].On; on != c.on || on && !slices.Equal(list[0].Reasons, c.reasons) {
				t.Errorf("%s: %+v", calendar.Format(c.at), list)
			}
			if d := h.district(c.at); len(d.Watch) != len(list) {
				t.Errorf("%s: the district sees %d, the street %d", calendar.Format(c.at), len(d.Watch), len(list))
			}
		}
		var kinds []watch.Kind
		for _, entry := range h.watched().Entries {
			kinds = append(kinds, entry.Kind)
		}
		if !slices.Equal(kinds, []watch.Kind{watch.Listed, watch.Changed, watch.Removed}) {
			t.Errorf("the history is %v", kinds)
		}
	})
}

func TestTheListStaysWithinItsStreetAndItsDistrict(t *testing.T) {
	inHall(t, func(h *hall) {
		near, err := h.CreateCommunity(h.ctx(), System, "样例区", "乙街道", "邻近小区")
		h.must(err)
		far, err := h.CreateCommunity(h.ctx(), System, "别的区", "丙街道", "别处")
		h.must(err)
		for _, id := range []string{h.community.ID, near.ID, far.ID} {
			h.must(h.PutOnWatch(h.ctx(), h.by(RoleDistrict), id, troubled()))
		}
		for role, want := range map[Role]int{RoleStreet: 1, RoleDistrict: 2} {
			list, err := h.Watch(h.ctx(), h.staff[role], 0)
			h.must(err)
			if len(list) != want {
				t.Errorf("%s sees %d communities", role, len(list))
			}
		}
		for _, role := range []Role{RoleConvener, RoleTeller, RoleOperator} {
			_, err := h.Watch(h.ctx(), h.staff[role], 0)
			h.refused(err, "forbidden")
		}
		_, err = h.Watch(h.ctx(), h.staff[RoleStreet], h.now+1)
		h.refused(err, "bad_value")
	})
}

// TestWhatWentWrongSuggestsTheList walks every fact to its end.
func TestWhatWentWrongSuggestsTheList(t *testing.T) {
	inHall(t, func(h *hall) {
		ctx, id, street := h.ctx(), h.community.ID, h.by(RoleStreet)
		h.suggests()
		h.must(h.OrderMeeting(ctx, street, id, WantedConvening{Kind: lifecycle.ConveneExtraordinary, Ground: lifecycle.DutyBreached, ConvenerKind: lifecycle.Committee,
			Basis: "第十三条", Body: "请召开。", Limit: calendar.DayText(h.now + day)}))
		h.now = calendar.EndOfDay(h.now, 1)
		h.suggests()
		h.now++
		h.suggests(watch.Unanswered)
		facts := h.watched().Suggested
		h.refused(h.DismissWatch(ctx, street, id, watch.Unanswered, nil, "看过"), "no_suggestion")
		h.refused(h.DismissWatch(ctx, street, id, watch.Dispute, []string{facts[0].Key}, "看过"), "bad_value")
		h.refused(h.DismissWatch(ctx, h.by(RoleTeller), id, watch.Unanswered, []string{facts[0].Key}, "看过"), "illegal_step")
		h.must(h.DismissWatch(ctx, street, id, watch.Unanswered, []string{facts[0].Key}, "正在筹备会议。"))
		h.refused(h.DismissWatch(ctx, street, id, watch.Unanswered, []string{facts[0].Key}, "正在筹备会议。"), "no_suggestion")
		h.suggests()
		h.now += hour
		h.must(h.EnterCommittee(ctx, street, id, h.before()))
		h.now = calendar.Date(2027, 5, 20) - 1
		h.suggests()
		h.now++
		h.suggests(watch.TermLapsed)
		h.must(h.PutOnWatch(ctx, street, id, WantedWatch{Reasons: []watch.Reason{watch.Dispute}, Body: "信访多", Until: "2027-06-30"}))
		h.suggests(watch.TermLapsed) // listed for something else
		h.must(h.ChangeWatch(ctx, street, id, WantedWatch{Reasons: []watch.Reason{watch.TermLapsed}, Body: "没有换届", Until: "2027-06-30"}))
		h.suggests()
		if newest := h.watched().Newest(); newest == nil || len(newest.Facts) != 1 {
			t.Errorf("the entry names its facts: %+v", newest)
		}
		h.now = calendar.Date(2027, 7, 1)
		h.suggests(watch.TermLapsed) // its last day has passed
		if over := h.watched(); over.On || !over.Over {
			t.Errorf("%+v", over.Standing)
		}
		h.must(h.RemoveFromWatch(ctx, street, id, "换届小组已经成立。"))
		h.suggests()
	})
}

// TestTwoVotesThatDecidedNothingSuggestTheList: one is none, and a vote that decided something ends the row.
func TestTwoVotesThatDecidedNothingSuggestTheList(t *testing.T) {
	inHall(t, func(h *hall) {
		vote := func(voters int) Meeting {
			h.t.Helper()
			meeting := h.noticed()
			h.wait(20 * day)
			for _, sheet := range h.sheets(meeting)[:voters] {
				_, err := h.cast(sheet, voting.Yes, key1)
				h.must(err)
			}
			h.wait(10*day + CloseGrace)
			h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
			h.published(meeting)
			return h.meeting(meeting)
		}
		failed := func() (n int) {
			for _, fact := range h.watched().Suggested {
				if fact.Reason == watch.Failed {
					n++
				}
			}
			return n
		}
		vote(1)
		if n := failed(); n != 0 {
			t.Errorf("one vote: %d facts", n)
		}
		second := vote(1)
		if n := failed(); n != 2 {
			t.Errorf("two votes: %d facts", n)
		}
		list, err := h.Watch(h.ctx(), h.staff[RoleStreet], second.PublishedAt-1)
		h.must(err)
		if slices.ContainsFunc(list, func(w Watched) bool {
			return slices.ContainsFunc(w.Suggested, func(f WatchFact) bool { return f.Reason == watch.Failed })
		}) {
			t.Errorf("before the second: %+v", list)
		}
		vote(5)
		if n := failed(); n != 0 {
			t.Errorf("after one that decided: %d facts", n)
		}
	})
}
