package web

import "gongjue/voting"

// sampleChange changes everything that a correction can change.
var sampleChange = RosterChange{Number: 1, Place: "1号楼 1单元 101", At: sampleNow, What: []string{"area", "area_source", "usage", "owners", "phone"},
	Before: &UnitFacts{Usage: "住宅", Area: m2(90), Source: "合同", Head: "1 人"}, After: UnitFacts{Usage: "车位", Area: m2(13), Source: "登记簿", Head: "不计人数", NoArea: true},
	Totals: [2]voting.Weight{everybody, weight(866, 10_000_000)}}

func sampleDisplay() map[string]Page {
	page := RosterDisplay{Shell: publicShell("名册公示"), Community: "共决示范花园", CommunityURL: "/c/1", URL: "/r/2", Version: 2, State: "published", Units: 956, Weight: everybody,
		ParkingHeads: true, PublishedAt: sampleOpens, Until: sampleCloses, DaysLeft: 9, Contact: sampleTel, Place: samplePlace, AnswerDays: 5, Open: true,
		Buildings: []DisplayPart{{"1号楼", "/r/2?building=1", 120, m2(13_500), m2(13_500)}, {"地下车库", "/r/2?building=B", 120, m2(1_560), 0}},
		Usages:    []DisplayPart{{"住宅", "", 800, m2(98_000), m2(98_000)}, {"车位", "", 120, m2(1_560), 0}}, Sources: []DisplayPart{{"登记簿", "", 900, m2(99_000), m2(99_000)}, {"未注明", "", 56, m2(560), 0}},
		Building: "1号楼", Room: "101", Searched: true, NextURL: "/r/2?after=60", PDFURL: "/r/2/roster.pdf", BuildingPDF: "/r/2/roster.pdf?building=1",
		Lines: []DisplayLine{{Place: "1单元 101", Usage: "住宅", Area: m2(90), Source: "登记簿", Head: "1 人"},
			{Place: "1单元 102", Usage: "住宅", Area: m2(110), Source: "合同", Head: "第 2 组，同一业主共 3 个，合计 1 人", Grouped: true},
			{Place: "B-017", Usage: "车位", Area: m2(13), Source: "未注明", Head: "不计人数", NoArea: true},
			{Place: "2单元 201", Usage: "商业", Area: m2(55), Source: "实测", Head: "建设单位，共 23 个，合计 1 人", Grouped: true}}}
	page.HomeURL, page.Standing = "/r/2/home", ObjectionStanding(1, 2, 3)
	page.Changes = []RosterChange{sampleChange, {Number: 2, Place: "2号楼 1单元 301", At: sampleNow, What: []string{"unit"}, After: sampleChange.After, Totals: [2]voting.Weight{everybody, everybody}}}
	last, over, nothing, frozen := page, page, page, page
	last.DaysLeft = 0
	over.Over, over.Building, over.Room, over.Searched, over.Lines = true, "", "", false, nil
	nothing.Lines, nothing.NextURL = nil, ""
	frozen.State, frozen.Over, frozen.Open, frozen.Lines, frozen.Searched, frozen.FrozenAt, frozen.Root = "frozen", true, false, nil, false, sampleNow, sampleRoot
	superseded := frozen
	superseded.State, superseded.NewerURL = "superseded", "/r/3"
	frozen.Amendments = []RosterAmendment{sampleAmendment("approved"), sampleMissing}
	return map[string]Page{"display": page, "display-last-day": last, "display-over": over, "display-nothing": nothing, "display-frozen": frozen, "display-superseded": superseded}
}

func sampleOwnHome() map[string]Page {
	prove := ProveHome{Shell: publicShell("查看自己的房屋"), Form: sampleForm("building", "phone"), Community: "共决示范花园", DisplayURL: "/r/2", Buildings: []string{"1号楼", "2号楼"},
		Building: "1号楼", Stair: "1单元", Room: "101", Phone: "19900000001", MayObject: true, Contact: sampleTel, Place: samplePlace}
	code := prove
	code.Code = &CodeEntry{Form: sampleForm("code"), Next: ButtonOwnHome, Expires: sampleNow, ResendAction: "/send", BackURL: "/x"}
	line := DisplayLine{Place: "1号楼 1单元 101", Usage: "住宅", Area: m2(90), Source: "登记簿", Head: "1 人", Corrected: true}
	objections := []OwnObjection{
		{Number: 3, Kind: "area", Place: "1号楼 1单元 101", State: "open", At: sampleNow, Due: sampleCloses, Text: "产权证上是 91 平方米。", Wanted: "91", Files: []string{"产权证.pdf"}, WithdrawURL: "/w"},
		{Number: 4, Kind: "phone", Place: "1号楼 1单元 101", State: "open", At: sampleNow, Due: sampleOpens, Late: true, Text: "号码换了。"},
		{Number: 1, Kind: "owner", Place: "1号楼 1单元 101", State: "answered", At: sampleNow, Upheld: true, Answer: "已按产权证更正。", AnsweredAt: sampleNow, Change: sampleChange.Lines()},
		{Number: 2, Kind: "usage", Place: "1号楼 1单元 101", State: "answered", At: sampleNow, Answer: "登记簿上是住宅。", AnsweredAt: sampleNow},
		{Number: 5, Kind: "parking", Place: "1号楼 1单元 101", State: "withdrawn", At: sampleNow}}
	home := OwnHome{Shell: publicShell("我的房屋"), Community: "共决示范花园", DisplayURL: "/r/2", Version: 2, State: "published", Units: []DisplayLine{line}, Name: "样例一", IDNumber: "990***********0018",
		Phone: "19900000001", Others: []string{"样**（手机号 199****0002）"}, Till: sampleCloses, AnswerDays: 5, Objections: objections, LeaveURL: "/leave", Contact: sampleTel, Place: samplePlace,
		Object: &ObjectForm{Form: sampleForm("about", "text", "room"), Units: []Option{{Value: "u1", Text: "1号楼 1单元 101"}, {Value: "u2", Text: "地下车库 17"}}, About: "area", Text: "不对", Room: "301"}}
	frozen := home
	frozen.State, frozen.Object, frozen.IDNumber, frozen.Others, frozen.Objections = "frozen", nil, "", nil, nil
	objecting := prove
	objecting.Meeting, objecting.NoticeURL, objecting.Objecting = "首次业主大会会议", "/m/1", true
	return map[string]Page{"provehome": prove, "provehome-code": code, "provehome-objecting": objecting, "ownhome": home, "ownhome-frozen": frozen}
}

func sampleRosterDesk() map[string]Page {
	line := RosterObjectionLine{Number: 3, URL: "/o/3", Kind: "area", Place: "1号楼 1单元 101", State: "open", Source: "owner", At: sampleNow, Due: sampleCloses}
	late, upheld := line, line
	late.Number, late.Late, late.Source = 4, true, "desk"
	upheld.Number, upheld.State, upheld.Upheld = 1, "answered", true
	form := ObjectForm{Form: sampleForm("phone", "room"), About: "area", Text: "不对", Room: "301"}
	pages := map[string]Page{"rosterobjections": RosterObjections{Shell: staffShell("异议", "convener"), Community: "共决示范花园", RosterURL: "/r", Version: 2, Till: sampleCloses, Open: 2,
		List: []RosterObjectionLine{line, late, upheld}, Record: &DeskObjectionForm{ObjectForm: form, Phone: "0990-0000000"}}}
	now := DisplayLine{Place: "1号楼 1单元 101", Usage: "住宅", Area: m2(90), Source: "登记簿", Head: "1 人", NoArea: true}
	for kind, wrong := range map[string][]string{"area": {"area", "area_source"}, "owner": {"owners", "keep"}, "co_owner": {"owners"}, "phone": {"phone_of", "phone"}, "usage": {"usage"},
		"parking": {"usage"}, "unit_missing": {"room", "area", "usage", "owners"}} {
		page := RosterObjectionPage{Shell: staffShell("异议", "convener"), Community: "共决示范花园", ListURL: "/o", Line: line, Text: "产权证上是 91 平方米。", Wanted: "91", Phone: "199****0001",
			Files: []Attachment{{Name: "产权证.pdf", URL: "/f", Bytes: 1000, Digest: sampleRoot}}, Now: &now, People: []Option{{Value: "p1", Text: "样**（手机号 199****0001）"}},
			Reply: &RosterReplyForm{CorrectionFields: sampleCorrection(kind, append([]string{"answer"}, wrong...)...), Outcome: "upheld"}}
		page.Line.Kind = kind
		if kind == "unit_missing" {
			page.Now, page.People, page.Reply.People = nil, nil, nil
		}
		pages["rosterobjection-"+kind] = page
	}
	answered := RosterObjectionPage{Shell: staffShell("异议", "street"), Community: "共决示范花园", ListURL: "/o", Line: upheld, Text: "面积不对。", Phone: "199****0001", Now: &now,
		Answer: "已更正。", Answered: sampleNow, Change: append(sampleChange.Lines(), sampleChange.Effect())}
	pages["rosterobjection-answered"] = answered
	return pages
}
