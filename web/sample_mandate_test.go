package web

func sampleMandates() map[string]Page {
	line := func(capacity, state string) MandateLine {
		return MandateLine{Number: 3, State: state, Capacity: capacity, Place: "1号楼 1单元 102", Person: "样**（手机号 199****0099）", Document: "不动产权证", Reason: "登记簿已经变更。",
			ForAll: true, ProposedAt: sampleNow, ProposedBy: "王经办", URL: "/m/3"}
	}
	guardian, partial, own := line("guardian", "approved"), line("buyer", "approved"), line("own", "refused")
	guardian.Owner, guardian.DecidedAt, guardian.DecidedBy = "样**（没有手机号）", sampleNow, "赵街道"
	partial.ForAll, partial.Person = false, ""
	own.Person, own.DecidedAt, own.DecidedBy, own.Refusal = "", sampleNow, "赵街道", "文件不全。"
	list := Mandates{Shell: staffShell("登记", "convener"), Community: "共决示范花园", RosterURL: "/r", URL: "/m", Version: 2, Buildings: []string{"1号楼", "2号楼"},
		List: []MandateLine{line("buyer", "proposed"), guardian, partial, own, line("voting_person", "withdrawn")}}
	none, unknown, unit := list, list, list
	none.List, none.Buildings = nil, nil
	unknown.Searched, unknown.Building, unknown.Room = true, "2号楼", "909"
	unit.Now = &DisplayLine{Place: "1号楼 1单元 102", Usage: "住宅", Area: m2(90), Source: "登记簿", Head: "1 人"}
	unit.Propose = &MandateForm{Form: sampleForm("capacity", "owner", "person", "phone", "document", "reason"), Unit: "u1", Capacity: "guardian",
		People: []Option{{Value: "p1", Text: "样**（手机号 199****0001）"}}, Owner: "p1", Person: "样例", Phone: "19900000099", Document: "户口簿", Reason: "未满十八岁。"}
	page := MandatePage{Shell: staffShell("登记", "street"), Community: "共决示范花园", ListURL: "/m", Line: line("buyer", "proposed"),
		Acts: []Act{NewAct("mandate_approve", "/m/3/approve"), NewAct("mandate_refuse", "/m/3/refuse")}}
	page.Acts[1].Problem = message("reason_missing")
	decided, mine := page, page
	decided.Line, decided.Acts = guardian, nil
	mine.Line, mine.Acts = own, []Act{NewAct("mandate_withdraw", "/m/3/withdraw")}
	return map[string]Page{"mandates": list, "mandates-none": none, "mandates-unknown": unknown, "mandates-unit": unit, "mandate": page, "mandate-decided": decided, "mandate-own": mine}
}
