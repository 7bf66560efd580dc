package web

import (
	"gongjue/voting/calendar"
	"gongjue/voting/disclosure"
)

// sampleDisclosure is one with everything filled in.
func sampleDisclosure() Disclosure {
	period := disclosure.Period{From: calendar.Date(2025, 1, 1), To: calendar.Date(2026, 1, 1) - 1}
	d := Disclosure{ID: "1", Number: 2, Title: DisclosureTitle(period, ""), URL: "/b/1/disclosures/1", From: Instant(period.From), To: Instant(period.To), PublishedAt: sampleNow,
		Accounts: []DisclosureAccount{{Name: AccountCommon, Opening: "12,000.00", In: "36,500.00", Out: "50,000.00", Closing: "-1,500.00", Short: true},
			{Name: AccountFund, Opening: "1,286,000.00", In: "18,000.00", Out: "486,000.00", Closing: "818,000.00"}},
		Differs: true, Mended: true, Reason: "审计调整，上一期漏记一笔", Note: "账目经示范会计师事务所审计。\n对账单见附件。", Because: "漏记一笔广告收入", Open: 1, Asked: 3,
		Replaces: &Link{"2025 年度（1）", "/b/1/disclosures/0"}, Newer: &Link{"2025 年度（3）", "/b/1/disclosures/2"},
		Files: []DisclosureFile{{Attachment: Attachment{Name: "对账单.pdf", URL: "/f", Bytes: 345_678, Digest: "0123456789abcdef"}},
			{Attachment: Attachment{Name: "发票照片", Bytes: 1234, Digest: "0123456789abcdef"}, Removed: sampleNow, Removal: "露出了个人账号"}}}
	for i, section := range disclosure.Sections {
		table := DisclosureSection{Section: string(section), Name: SectionName(section), Total: "36,500.00", Count: 2, Earlier: "30,000.00", Change: "+6,500.00"}
		table.Lines = []DisclosureLine{{ID: "a", Number: int64(2*i + 1), Item: "电梯轿厢广告", Place: "1号楼至6号楼", Amount: "37,000.00", Note: "按合同每季度收取", AskURL: "/ask?line=1"},
			{ID: "b", Number: int64(2*i + 2), Item: "退回押金", Amount: "-500.00", Returned: true, Note: "展位押金", Ground: &Link{GroundEmergency(2, "3号楼 2单元 1 号电梯"), "/b/1/emergencies#e2"}}}
		if section == disclosure.FundIn {
			table = DisclosureSection{Section: string(section), Name: SectionName(section), Total: "0.00"}
		}
		d.Sections = append(d.Sections, table)
	}
	return d
}

func sampleQuestions() []DisclosureQuestion {
	return []DisclosureQuestion{
		{ID: "1", Number: 3, About: QuestionAbout(1, "电梯轿厢广告"), Title: "2025 年度", URL: "/b/1/disclosures/1#q3", Body: "广告费为什么比去年多？", AskedAt: sampleOpens, Due: sampleCloses, Waits: true, Own: true},
		{ID: "2", Number: 2, Title: "2025 年度", URL: "/b/1/disclosures/1#q2", Body: "审计报告在哪里？", AskedAt: sampleOpens, Due: sampleOpens, Waits: true, Late: true},
		{ID: "3", Number: 1, Title: "2025 年度", URL: "/b/1/disclosures/1#q1", AskedAt: sampleOpens, Due: sampleCloses, Answer: "见附件。\n可以到办公室查看原件。", Answered: sampleNow,
			Hidden: []DisclosureHiding{{HiddenText(false), "写了邻居的姓名", sampleNow}, {HiddenText(true), "提到了邻居的姓名", sampleNow}}}}
}

func sampleDisclosureHead(problems ...string) DisclosureHead {
	return DisclosureHead{Form: sampleForm(problems...), Revision: "7", From: "2025-01-01", To: "2025-12-31", Name: "2025 年", CommonOpening: "12,000.00", FundOpening: "1,286,000.00",
		OpeningReason: "审计调整", Note: "经审计。", Replaces: "1", ReplaceReason: "漏记", Nothing: []string{"fund_in"}, Earlier: []Option{{Value: "1", Text: "2025 年度（1）"}}}
}

func sampleDisclosurePages() map[string]Page {
	rule := DisclosureRule(6, "《杭州市物业管理条例》第30条", 15, "《杭州市物业管理条例》第30条", 4, 30, "议事规则第二十条", 15)
	public := DisclosureList{Shell: Shell{Title: TitleDisclosures, Now: sampleNow}, Community: "共决示范花园", BoardURL: "/b/1", Rule: rule, Disclosures: []Disclosure{sampleDisclosure()}}
	none := public
	none.Disclosures, none.Rule = nil, DisclosureRule(0, "", 0, "", 0, 0, "", 15)
	one := DisclosurePublic{Shell: Shell{Title: TitleDisclosures, Now: sampleNow}, Community: "共决示范花园", ListURL: "/b/1/disclosures", One: sampleDisclosure(), PDFURL: "/pdf",
		SheetURL: "/xlsx", AskURL: "/ask", EarlierIs: &Link{"2024 年度（1）", "/b/1/disclosures/0"}, Page: Pages{Number: 2, Of: 3, PrevURL: "/p1", NextURL: "/p3"}, Questions: sampleQuestions()}
	plain := one
	plain.One = Disclosure{Title: "2025 年度", Accounts: one.One.Accounts, Sections: sectionsWithoutLines()}
	plain.Questions, plain.AskURL, plain.EarlierIs, plain.Page = nil, "", nil, Pages{Number: 1, Of: 1}
	choice := DisclosureChoice{Shell: Shell{Title: TitleAsking, Now: sampleNow}, Community: "共决示范花园", HomeURL: "/r/1/mine", Disclosures: []Disclosure{sampleDisclosure()}, Own: sampleQuestions()}
	nothing := choice
	nothing.Disclosures, nothing.Own = nil, nil
	ask := DisclosureAsking{Shell: Shell{Title: TitleAsking, Now: sampleNow}, Form: sampleForm("body"), Community: "共决示范花园", HomeURL: "/r/1/mine", PublicURL: "/b/1/disclosures/1",
		Title: "2025 年度", About: QuestionAbout(1, "电梯轿厢广告"), Line: "1", Body: "为什么？", Days: 15, Own: sampleQuestions()}
	over := ask
	over.Closed, over.Problems = true, nil
	convener := DisclosureDesk{Shell: staffShell(TitleDisclosures, "convener"), Community: "共决示范花园", CommunityURL: "/c/1", PublicURL: "/b/1/disclosures", Rule: rule,
		Due: DisclosureDue(sampleOpens, true), Overdue: true, Questions: sampleQuestions(), Disclosures: []Disclosure{sampleDisclosure()}}
	convener.Questions[0].Reply = &QuestionReply{Form: sampleForm("body"), Body: "因为多了两部电梯。"}
	head := sampleDisclosureHead("from", "common_opening")
	street := convener
	street.Shell, street.Due = staffShell(TitleDisclosures, "street"), ""
	street.Day = &DisclosureDayForm{Form: sampleForm("month"), Month: "4", Day: "31", Ground: "议事规则", Now: MonthDay(4, 30)}
	street.Questions = sampleQuestions()
	street.Questions[2].Hide = &QuestionHiding{Form: sampleForm("reason"), Parts: HidingParts(true), Part: "answer", Reason: ""}
	street.Disclosures = []Disclosure{sampleDisclosure()}
	street.Disclosures[0].Files[0].TakeDown = &DisclosureRemoval{Form: sampleForm("reason"), In: "f1"}
	draft := sampleDisclosure()
	draft.Newer, draft.Replaces = nil, nil
	draft.Files[0].RemoveURL, draft.Files[1].RemoveURL = "/remove", "/remove"
	convener.Draft = &DisclosureDraft{Disclosure: draft, Revision: "7", Head: sampleDisclosureHead("to"), SheetURL: "/lines.xlsx", RemoveURL: "/lines/remove", PublishURL: "/publish", DropURL: "/discard",
		Bars: []string{DisclosureBar("fund_in", "这张表没有内容。"), DisclosureBar("", "请填写期初余额。")}, Refused: []Problem{{"", "这份草稿已经在别处改过。"}}, Page: Pages{Number: 1, Of: 2, NextURL: "/p2"},
		Line: DisclosureLineForm{Form: sampleForm("amount"), Section: "fund_use", Item: "水泵", Place: "1号楼", Basis: "m:1", Amount: "一万", Returned: "yes", Note: "说明",
			Grounds: []Option{{Value: "m:1", Text: GroundMeeting("2025 年第一次会议", "更换水泵")}}},
		Upload:  DisclosureUpload{Form: sampleForm("file"), Issues: []DisclosureIssue{SheetIssue(disclosure.Issue{Row: 4, Column: disclosure.ColumnAmount, Code: disclosure.CodeNegative})}},
		AddFile: DisclosureUpload{Form: sampleForm("file")}}
	ready := convener
	whole := *convener.Draft
	whole.Bars, whole.Refused, whole.Upload, whole.AddFile, whole.Head, whole.Line = nil, nil, DisclosureUpload{}, DisclosureUpload{}, sampleDisclosureHead(), DisclosureLineForm{}
	ready.Draft, ready.Questions, ready.Disclosures = &whole, nil, nil
	begin := convener
	begin.Draft, begin.Begin = nil, &head
	return map[string]Page{"disclosures": public, "disclosures none": none, "disclosure": one, "disclosure plain": plain, "askchoice": choice, "askchoice none": nothing, "asking": ask, "asking over": over,
		"disclosuredesk": convener, "disclosuredesk ready": ready, "disclosuredesk begin": begin, "disclosuredesk street": street}
}

func sectionsWithoutLines() (list []DisclosureSection) {
	for _, section := range disclosure.Sections {
		list = append(list, DisclosureSection{Section: string(section), Name: SectionName(section), Total: "0.00"})
	}
	return list
}
