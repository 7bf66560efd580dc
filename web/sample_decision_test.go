package web

import (
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// sampleSittings are a meeting in every state, with decisions in every state.
func sampleSittings() []Sitting {
	order := DecisionOrder{Title: SupervisionTitle(lifecycle.CorrectionOrdered), Name: "示范一街道", At: sampleNow,
		Lines: SupervisionLines("《物业管理条例》第19条", "物业管理条例第19条第2款", SupervisionBody(lifecycle.CorrectionOrdered), "请改正。", sampleCloses, "", "", "")}
	held := Sitting{Number: 2, State: "held", Committee: "共决示范花园第一届业主委员会", CalledBy: CalledByText(lifecycle.CalledByChair, 0), HeldAt: sampleOpens, Place: "物业服务中心二层", CalledAt: sampleOpens,
		EndedAt: sampleNow, All: 5, Present: 4, Signed: 3, Who: PostsText([]string{MemberText("示例甲", lifecycle.Chair), MemberText("示例乙", lifecycle.PlainMember)}, 2)}
	for i, state := range []string{"in_force", "under_correction", "replaced", "revoked", ""} {
		decision := Decision{Number: int64(i + 1), Position: int64(i + 1), Title: "调整保洁班次", Body: "每周二、周五清洗地面。\n由物业服务企业执行。", InFavour: 3, Against: 1, All: 5, Passed: state != "", State: state, URL: "/d/1"}
		switch state {
		case "under_correction", "revoked":
			decision.Orders = []DecisionOrder{order}
		case "replaced":
			decision.Newer, decision.Basis = 1, "2026年第一次业主大会会议第三项决定"
		case "in_force":
			decision.Replaces = 3
		}
		held.Decisions = append(held.Decisions, decision)
	}
	called := Sitting{Number: 3, State: "called", CalledBy: CalledByText(lifecycle.CalledByMembers, 2), HeldAt: sampleNow, Place: "物业服务中心二层", Agenda: []string{"调整保洁班次", "门禁更换"},
		CalledAt: sampleOpens, Due: sampleCloses, Clock: ClockWords(3, false, "北京市物业管理条例第45条"), Overdue: true}
	return []Sitting{called, held, {Number: 1, State: "cancelled", CalledBy: CalledByText(lifecycle.CalledByChair, 0), HeldAt: sampleOpens, Place: "一层", Agenda: []string{"门禁更换"}, Reason: "到场人数不足", EndedAt: sampleNow, CalledAt: sampleOpens,
		Who: PostsText(nil, 2)}}
}

func sampleDecisionPages() map[string]Page {
	rule := DecisionRule(false, "北京市物业管理条例第45条")
	board := DecisionBoard{Shell: Shell{Title: TitleDecisions, Now: sampleNow}, Community: "共决示范花园", BoardURL: "/b/1", Rule: rule, Sittings: sampleSittings()}
	for i := range board.Sittings {
		for j := range board.Sittings[i].Decisions {
			board.Sittings[i].Decisions[j].URL = ""
		}
	}
	interim := board
	body := rules.InterimBody{SignedConsent: true, OwnersPresent: true, DisplayWorkingDays: 10, Basis: rules.Basis{Source: &rules.Source{Instrument: "北京市物业管理条例", Article: "第52条至第59条"}}}
	met := sampleSittings()[1]
	met.Committee, met.Interim, met.Display, met.Shows = "", true, sampleCloses, ClockWords(body.DisplayWorkingDays, true, body.Source.String())
	past := met
	past.Number, past.Displayed, past.Decisions = 4, true, nil
	interim.Rule, interim.Sittings = InterimRule(&body), []Sitting{met, past}
	plain := interim
	plain.Rule = InterimRule(nil)
	none := board
	none.Rule, none.Sittings = DecisionRule(true, ""), nil
	desk := DecisionDesk{Shell: staffShell(TitleDecisions, "convener"), Community: "共决示范花园", CommunityURL: "/c/1", PublicURL: "/b/1/decisions", Rule: rule, Sittings: sampleSittings(),
		Call: &SittingCall{Form: sampleForm("called_by", "held_at"), CalledBy: "members", Callers: "2", HeldAt: "2026-05-18T19:00", Place: "物业服务中心二层", Agenda: "门禁更换"}}
	problems := []Problem{{"present", "请改正这一项。"}, {ItemField("decided", 2), "请改正这一项。"}}
	record := &SittingForm{Form: Form{Action: "/post", Problems: FormProblems(problems)}, Members: []SittingVoter{{"m1", "示例甲（主任）", true, true}, {ID: "m2", Name: "示例乙"}},
		Earlier: []Option{{Value: "d1", Text: "1. 调整保洁班次"}}}
	for i, title := range desk.Sittings[0].Agenda {
		item := NewSittingItem(i+1, title, problems)
		item.Decided, item.Basis, item.InFavour, item.Against, item.Abstained, item.ReplacesID = "同意。", "第三项", "3", "1", "0", "d1"
		record.Items = append(record.Items, item)
	}
	record.Signs, record.Owners = true, true
	desk.Sittings[0].Record, desk.Sittings[0].Cancel = record, &SittingCancel{Form: sampleForm("reason"), Reason: "改期"}
	desk.Sittings[1].Minutes = []Attachment{{Name: "会议记录.pdf", URL: "/f/1", Bytes: 12_345, Digest: sampleRoot}}
	street := DecisionPage{Shell: staffShell(TitleDecision, "street"), Community: "共决示范花园", ListURL: "/c/1/committee-meetings", Decision: sampleSittings()[1].Decisions[1]}
	for _, kind := range lifecycle.SupervisionKinds {
		street.Forms = append(street.Forms, NewDecisionForm(kind, "/post"))
	}
	street.Forms[0].Problems = []Problem{{"limit", "请改正这一项。"}}
	settled := street
	settled.Forms = nil
	return map[string]Page{"decisions": board, "decisions interim": interim, "decisions interim plain": plain, "decisions none": none, "decision desk": desk, "decision": street, "decision settled": settled}
}
