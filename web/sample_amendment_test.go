package web

// sampleAmendment is an amendment that changes everything, in a state.
func sampleAmendment(state string) RosterAmendment {
	a := RosterAmendment{RosterChange: sampleChange, State: state, Reason: "法院判决确认面积有误。", ProposedAt: sampleNow, RootBefore: sampleRoot, BeforeURL: "/r/1", URL: "/a/1"}
	if state == "approved" {
		a.RootAfter = sampleRoot
	}
	return a
}

// sampleMissing adds a unit that nobody had entered.
var sampleMissing = RosterAmendment{RosterChange: RosterChange{Number: 2, Place: "2号楼 1单元 301", At: sampleNow, What: []string{"unit"}, After: sampleChange.After, Totals: sampleChange.Totals},
	State: "approved", Reason: "漏登。", ProposedAt: sampleNow, RootBefore: sampleRoot, RootAfter: sampleRoot, BeforeURL: "/r/2", URL: "/a/2"}

func sampleCorrection(kind string, wrong ...string) CorrectionFields {
	return CorrectionFields{Form: sampleForm(wrong...), Kind: kind, People: []Option{{Value: "p1", Text: "样**（手机号 199****0001）"}}, Area: "91", AreaSource: "register",
		Keep: []string{"p1"}, Developer: true, PhoneOf: "p1", Room: "301"}
}

func sampleAmendments() map[string]Page {
	list := Amendments{Shell: staffShell("更正", "convener"), Community: "共决示范花园", RosterURL: "/r", Version: 2, NewURL: "/new",
		List: []RosterAmendment{sampleAmendment("proposed"), sampleMissing, sampleAmendment("refused"), sampleAmendment("withdrawn")}}
	none := list
	none.List, none.NewURL = nil, ""
	find := NewAmendment{Shell: staffShell("提出更正", "convener"), Community: "共决示范花园", ListURL: "/a", URL: "/a/new", MissingURL: "/a/new?missing=yes", Version: 2,
		Buildings: []string{"1号楼", "2号楼"}}
	unknown, unit, missing := find, find, find
	unknown.Searched, unknown.Building, unknown.Room = true, "2号楼", "909"
	now := DisplayLine{Place: "1号楼 1单元 101", Usage: "住宅", Area: m2(90), Source: "登记簿", Head: "1 人", NoArea: true}
	unit.Searched, unit.Room, unit.Now = true, "101", &now
	unit.Propose = &AmendmentForm{CorrectionFields: sampleCorrection(AnyPart, "area", "usage", "owners", "keep", "phone", "reason", "file"), Unit: "u1", Reason: "测绘有误。"}
	missing.Propose = &AmendmentForm{CorrectionFields: sampleCorrection(MissingUnit, "room", "area", "owners", "reason"), Reason: "漏登。"}
	missing.Propose.People = nil
	page := AmendmentPage{Shell: staffShell("更正", "street"), Community: "共决示范花园", ListURL: "/a", Line: sampleAmendment("proposed"),
		Files:      []Attachment{{Name: "判决书.pdf", URL: "/f", Bytes: 1000, Digest: sampleRoot}},
		OwnersFrom: []string{"样**（手机号 199****0001）"}, OwnersTo: []string{"样*（没有手机号）"}, ProposedBy: "王经办", ExpiresAt: sampleCloses}
	approve, refuse := NewAct("amendment_approve", "/a/1/approve"), NewAct("amendment_refuse", "/a/1/refuse")
	approve.Will, approve.Hidden, refuse.Problem = AmendmentWill, []Field{{Name: "digest", Value: sampleRoot}}, message("reason_missing")
	page.Acts = []Act{approve, refuse}
	late, own, approved, refused := page, page, page, page
	late.Expired, approve.Refusal = true, message("amendment_expired")
	late.Acts = []Act{approve, refuse}
	own.Acts, own.OwnersTo = []Act{NewAct("amendment_withdraw", "/a/1/withdraw")}, nil
	approved.Line, approved.Acts, approved.DecidedAt, approved.DecidedBy, approved.NextURL = sampleAmendment("approved"), nil, sampleNow, "赵街道", "/r/3"
	refused.Line, refused.Acts, refused.DecidedAt, refused.DecidedBy, refused.Refusal = sampleAmendment("refused"), nil, sampleNow, "赵街道", "判决还没有生效。"
	return map[string]Page{"amendments": list, "amendments-none": none, "newamendment": find, "newamendment-unknown": unknown, "newamendment-unit": unit,
		"newamendment-missing": missing, "amendment": page, "amendment-late": late, "amendment-own": own, "amendment-approved": approved, "amendment-refused": refused}
}
