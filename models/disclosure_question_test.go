package models

import (
	"strings"
	"testing"

	"gongjue/voting/calendar"
	"gongjue/voting/disclosure"
)

// asked is a question about a disclosure that is answered and whose text is hidden, with a day of the street's.
func (h *hall) asked(session RosterSession) (Disclosure, DisclosureQuestion) {
	h.t.Helper()
	one := h.discloses(h.said())
	q, err := h.AskDisclosure(h.ctx(), session, one.ID, 1, "广告费按什么标准收？")
	h.must(err)
	return one, q
}

// entersBooks leaves a row in every table of disclosures.
func (h *hall) entersBooks(list Roster) {
	h.t.Helper()
	_, q := h.asked(h.atRoster(list, "1号楼", "201", "19900000003"))
	h.must(h.AnswerQuestion(h.ctx(), h.by(RoleConvener), h.community.ID, q.ID, "按合同每月收取。"))
	h.must(h.HideQuestion(h.ctx(), h.by(RoleStreet), h.community.ID, q.ID, HiddenQuestion, "写了姓名"))
	h.must(h.SetDisclosureDay(h.ctx(), h.by(RoleStreet), h.community.ID, DisclosureDay{Month: 4, Day: 30, Ground: "议事规则第二十条"}))
}

func (h *hall) questions() []DisclosureQuestion {
	h.t.Helper()
	list, err := h.DisclosureQuestions(h.ctx(), h.community.ID, "", "")
	h.must(err)
	return list
}

func TestAnOwnerAsksAndTheAnswerIsForEverybody(t *testing.T) {
	inHall(t, func(h *hall) {
		session := h.atRoster(h.frozenRoster(), "1号楼", "201", "19900000003")
		one, q := h.asked(session)
		if q.Number != 1 || q.DueAt != calendar.Deadline(h.now, 15) || !q.Own || !q.Waits() {
			t.Errorf("asked %+v", q)
		}
		for name, c := range map[string]struct {
			id, body, code string
			line           int64
		}{
			"nothing":                 {one.ID, " \u200b\n ", "required", 0},
			"the same again":          {one.ID, "广告费按什么\u202e标准收？\n", "question_exists", 1},
			"a phone":                 {one.ID, "打 19900001234 找我", "reason_names_person", 0},
			"too long":                {one.ID, strings.Repeat("问", 501), "too_long", 0},
			"a line below":            {one.ID, "一", "bad_value", -1},
			"a line beyond the last":  {one.ID, "一", "bad_value", one.Lines + 1},
			"a disclosure of nowhere": {"nothing", "一", "not_found", 0},
		} {
			_, err := h.AskDisclosure(h.ctx(), session, c.id, c.line, c.body)
			if refusal, ok := err.(*Refusal); !ok || refusal.Code != c.code {
				t.Errorf("%s: %v, want %s", name, err, c.code)
			}
		}
		last, err := h.AskDisclosure(h.ctx(), session, one.ID, one.Lines, strings.Repeat("问", 500))
		h.must(err)
		h.refused(h.AnswerQuestion(h.ctx(), h.by(RoleStreet), h.community.ID, q.ID, "一"), "illegal_step")
		h.refused(h.AnswerQuestion(h.ctx(), h.by(RoleConvener), h.community.ID, "nothing", "一"), "not_found")
		h.refused(h.AnswerQuestion(h.ctx(), h.by(RoleConvener), h.community.ID, q.ID, "找 19900001234"), "reason_names_person")
		h.must(h.AnswerQuestion(h.ctx(), h.by(RoleConvener), h.community.ID, q.ID, "按合同每月收取。"))
		h.refused(h.AnswerQuestion(h.ctx(), h.by(RoleConvener), h.community.ID, q.ID, "另一个答复"), "question_answered")
		all := h.questions()
		if len(all) != 2 || all[0].ID != last.ID || all[1].Answer != "按合同每月收取。" || all[1].Item != "电梯广告" || all[1].Own {
			t.Errorf("everybody reads %+v", all)
		}
		h.refused(h.HideQuestion(h.ctx(), h.by(RoleConvener), h.community.ID, last.ID, HiddenQuestion, "不想答"), "illegal_step")
		h.refused(h.HideQuestion(h.ctx(), h.by(RoleStreet), h.community.ID, last.ID, "all", "写了姓名"), "bad_value")
		h.refused(h.HideQuestion(h.ctx(), h.by(RoleStreet), h.community.ID, last.ID, HiddenQuestion, ""), "required")
		h.refused(h.HideQuestion(h.ctx(), h.by(RoleStreet), h.community.ID, last.ID, HiddenAnswer, "写了姓名"), "illegal_step") // there is none
		h.must(h.HideQuestion(h.ctx(), h.by(RoleStreet), h.community.ID, last.ID, HiddenQuestion, "写了姓名"))
		h.refused(h.HideQuestion(h.ctx(), h.by(RoleStreet), h.community.ID, last.ID, HiddenQuestion, "写了姓名"), "illegal_step")
		h.refused(h.AnswerQuestion(h.ctx(), h.by(RoleConvener), h.community.ID, last.ID, "一"), "question_hidden")
		if hidden := h.questions()[0]; hidden.Body != "" || hidden.Waits() || hidden.Hiding(HiddenQuestion).Reason != "写了姓名" {
			t.Errorf("hidden: %+v", hidden)
		}
		other, err := h.CreateCommunity(h.ctx(), System, "样例区", "样例街道", "另一个样例小区")
		h.must(err)
		h.refused(h.AnswerQuestion(h.ctx(), h.by(RoleConvener), other.ID, q.ID, "一"), "not_found")
		h.refused(h.HideQuestion(h.ctx(), h.by(RoleStreet), other.ID, q.ID, HiddenQuestion, "一"), "not_found")
	})
}

func TestNobodyFloodsTheQuestionsAndOfAReplacedOneNobodyAsks(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.frozenRoster()
		session := h.atRoster(list, "1号楼", "201", "19900000003")
		one, _ := h.asked(session)
		ask := func(n int) error {
			_, err := h.AskDisclosure(h.ctx(), session, one.ID, 0, strings.Repeat("问", n))
			return err
		}
		for n := 1; n <= 4; n++ {
			h.must(ask(n))
		}
		h.refused(ask(5), "questions_limited") // the sixth within an hour
		_, err := h.AskDisclosure(h.ctx(), h.atRoster(list, "1号楼", "101", "19900000001"), one.ID, 0, "别人的问题")
		h.must(err)
		for day := 1; day <= 3; day++ {
			h.wait(25 * hour)
			for n := 1; n <= 5; n++ {
				h.must(ask(10*day + n))
			}
		}
		h.wait(25 * hour)
		h.refused(ask(99), "questions_full")
		newer := h.said()
		newer.ReplacesID, newer.ReplaceReason = one.ID, "漏记"
		h.must(h.SaveDisclosureDraft(h.ctx(), h.by(RoleConvener), h.community.ID, 0, newer))
		second, err := h.PublishDisclosure(h.ctx(), h.by(RoleConvener), h.community.ID, h.books().Revision)
		h.must(err)
		_, err = h.AskDisclosure(h.ctx(), session, one.ID, 0, "还问旧的")
		h.refused(err, "disclosure_replaced")
		_, err = h.AskDisclosure(h.ctx(), session, second, 0, "问新的")
		h.must(err)
	})
}

// TestWhatIsNotDisclosedOrAnsweredIsMissedAsOfItsMoment: the half years of the place's rules, the day of the street, and
// questions, on work lists and among the missed deadlines of the district.
func TestWhatIsNotDisclosedOrAnsweredIsMissedAsOfItsMoment(t *testing.T) {
	inHall(t, func(h *hall) {
		h.livesIn("浙江省/杭州市/样例区")
		overview := func() DisclosureWork {
			view, err := h.OverviewOf(h.ctx(), h.community.ID)
			h.must(err)
			return view.Disclosure
		}
		missed := func(at int64, want ...MissedKind) {
			h.t.Helper()
			var got []MissedKind
			for _, m := range h.district(at).Missed {
				if m.Kind == DisclosureLate || m.Kind == QuestionLate {
					got = append(got, m.Kind)
				}
			}
			if len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
				h.t.Errorf("%s: missed %v, want %v", calendar.Format(at), got, want)
			}
		}
		if work := overview(); work.Due != nil {
			t.Errorf("nobody is in office, and %+v is due", work.Due)
		}
		missed(0)
		list := h.frozenRoster()
		h.must(h.EnterCommittee(h.ctx(), h.by(RoleStreet), h.community.ID, h.before()))
		last := calendar.EndOfDay(calendar.Date(2025, 12, 31), 0)
		if work := overview(); work.Due == nil || work.Due.By != last || !work.Due.Late(h.now) {
			t.Errorf("since 2022 nothing was disclosed: %+v", work.Due)
		}
		missed(0, DisclosureLate)
		if m := h.district(0).Missed[0]; m.DueAt != last || m.Article == "" {
			t.Errorf("the clause is not told: %+v", m)
		}
		one, q := h.asked(h.atRoster(list, "1号楼", "201", "19900000003"))
		published := one.PublishedAt
		missed(published-1, DisclosureLate)
		missed(published)
		if work := overview(); work.Due != nil || work.Waiting != 1 || work.FirstDue != q.DueAt || work.Overdue != 0 {
			t.Errorf("after it was published: %+v", work)
		}
		h.now = q.DueAt + 1
		missed(q.DueAt)
		missed(0, QuestionLate)
		waiting, err := h.Waiting(h.ctx(), h.staff[RoleStreet])
		h.must(err)
		found := int64(0)
		for _, view := range waiting {
			found += view.Disclosure.Overdue
		}
		if found != 1 || overview().Overdue != 1 {
			t.Errorf("the street sees %d late questions", found)
		}
		h.now++
		h.must(h.AnswerQuestion(h.ctx(), h.by(RoleConvener), h.community.ID, q.ID, "按合同。"))
		missed(h.now-1, QuestionLate)
		missed(h.now)
		next := calendar.EndOfDay(calendar.Date(2026, 6, 30), 0)
		h.now = next + 1
		missed(0) // it was published within this half year
		h.now = calendar.EndOfDay(calendar.Date(2026, 12, 31), 0)
		missed(0)
		h.now++
		missed(0, DisclosureLate)
	})
}

func TestTheStreetSetsADayWithItsGround(t *testing.T) {
	inHall(t, func(h *hall) {
		by, id := h.by(RoleStreet), h.community.ID
		day := DisclosureDay{Month: 4, Day: 30, Ground: "议事规则第二十条"}
		h.refused(h.SetDisclosureDay(h.ctx(), h.by(RoleConvener), id, day), "illegal_step")
		h.refused(h.SetDisclosureDay(h.ctx(), by, id, DisclosureDay{Month: 2, Day: 29, Ground: "一"}), "bad_value")
		h.refused(h.SetDisclosureDay(h.ctx(), by, id, DisclosureDay{Month: 4, Day: 0, Ground: "一"}), "bad_value")
		h.refused(h.SetDisclosureDay(h.ctx(), by, id, DisclosureDay{Month: 4, Day: 30}), "required")
		h.refused(h.SetDisclosureDay(h.ctx(), by, id, DisclosureDay{Ground: "一"}), "day_unchanged") // there was none
		h.must(h.SetDisclosureDay(h.ctx(), by, id, day))
		h.refused(h.SetDisclosureDay(h.ctx(), by, id, day), "day_unchanged")
		h.must(h.EnterCommittee(h.ctx(), by, id, h.before()))
		set := h.now
		h.now = calendar.EndOfDay(calendar.Date(2026, 4, 30), 0) + 1
		if late := h.district(0).Missed; len(late) != 1 || late[0].Kind != DisclosureLate || late[0].DueAt != h.now-1 {
			t.Errorf("the day is over: %+v", late)
		}
		rule, err := h.DisclosureRuleOf(h.ctx(), h.community)
		h.must(err)
		if rule.Rule != (disclosure.Rule{Month: 4, Day: 30, Since: set}) || rule.Day.Ground != day.Ground || rule.Answer != 15 {
			t.Errorf("the rule is %+v", rule)
		}
		h.must(h.SetDisclosureDay(h.ctx(), by, id, DisclosureDay{Ground: "议事规则已修改"}))
		if late := h.district(0).Missed; len(late) != 0 {
			t.Errorf("without a day: %+v", late)
		}
		if late := h.district(h.now - 1).Missed; len(late) != 0 {
			t.Errorf("on its day: %+v", late)
		}
	})
}
