package web

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
	last, over, nothing, frozen := page, page, page, page
	last.DaysLeft = 0
	over.Over, over.Building, over.Room, over.Searched, over.Lines = true, "", "", false, nil
	nothing.Lines, nothing.NextURL = nil, ""
	frozen.State, frozen.Over, frozen.Open, frozen.Lines, frozen.Searched, frozen.FrozenAt, frozen.Root = "frozen", true, false, nil, false, sampleNow, sampleRoot
	superseded := frozen
	superseded.State, superseded.NewerURL = "superseded", "/r/3"
	return map[string]Page{"display": page, "display-last-day": last, "display-over": over, "display-nothing": nothing, "display-frozen": frozen, "display-superseded": superseded}
}
