package web

import (
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/lint"
)

func staffShell(title, role string) Shell {
	s := publicShell(title)
	s.Staff = &StaffBar{Name: "示例人员", Role: role, ConsoleURL: "/staff", SignOutURL: "/logout", Links: []Link{{"备案", "/staff/filings"}}}
	s.Flash = "已保存。"
	return s
}

var (
	sampleRosterLine  = RosterLine{Version: 2, State: "published", URL: "/r/2", Weight: everybody, Units: 956, At: sampleNow, Errors: 3, File: "业主名册.xlsx"}
	sampleMeetingLine = MeetingLine{Title: sampleCard.Title, State: "voting", URL: "/m/1", Opens: sampleOpens, Closes: sampleCloses, NextStep: "等待投票截止，系统自动执行。"}
	sampleCommunity   = ConsoleCommunity{Name: "共决示范花园", Place: "示范区 示范一街道", URL: "/c/1", BoardURL: "/b/1", Rosters: []RosterLine{sampleRosterLine}, Meetings: []MeetingLine{sampleMeetingLine}, NextStep: "请街道确认锁定名册。"}
	sampleWork        = []WorkItem{{"共决示范花园：确认锁定名册", "/r/2", sampleCloses}}
	sampleActs        = []Act{
		{Action: "/notice", Button: "公布会议通知", Explains: "公布后议程、全文、规则和范围不能再改动。", Warning: "距投票开始正好 15 日。", Confirm: ConfirmFindings, Final: true, Hidden: []Field{{"version", "3"}}},
		{Action: "/cancel", Button: "取消会议", Explains: "会议不再举行，理由会公布。", AsksReason: true, Final: true, Danger: true, Problem: "请写明理由。"},
		{Button: "计票", Explains: "截止后由系统计算。", Refusal: "投票还没有截止。"},
	}
)

func sampleRosterPage() RosterPage {
	return RosterPage{Shell: staffShell("名册", "convener"), Community: "共决示范花园", CommunityURL: "/c/1", Version: 2, State: "published", File: "业主名册.xlsx", ImportedAt: sampleNow, PublishedAt: sampleNow, ObjectionsTill: sampleCloses, FrozenAt: sampleNow, Root: sampleRoot,
		Totals:    RosterTotals{Units: 956, Counted: everybody, Without: weight(866, 10_500_000), DeveloperUnits: 23, JointUnits: 310, SeveralHolders: 74, WithoutAnyPhone: 12, ParkingArea: true},
		Buildings: []RosterPart{{"1号楼", 120, m2(13_500), m2(13_500)}, {"2号楼", 132, m2(14_120), m2(14_120)}}, Usages: []RosterPart{{"住宅", 800, m2(98_000), m2(98_000)}, {"车位", 120, m2(1_560), 0}}, Sources: []RosterPart{{"不动产登记簿", 812, m2(90_000), 0}, {"测绘实测", 130, m2(8_500), 0}, {"房屋买卖合同", 14, m2(1_060), 0}}, Errors: 1, Warnings: 2,
		Issues:        []Issue{{"名册", 17, "面积", "error", "这一格不是面积：“约 90 平”。"}, {"名册", 44, "电话", "warning", "手机号只有 10 位。"}},
		MoreIssuesURL: "/r/2/issues", IssuesFileURL: "/r/2/issues.xlsx", OwnersURL: "/o", Approvals: []Approval{{"convener", "示例召集人", sampleNow}}, Acts: sampleActs[:1], DisplayURL: "/r/2", PosterURL: "/r/2/poster.pdf", ObjectionsURL: "/o", Open: 2, AmendmentsURL: "/a", MandatesURL: "/m"}
}

// draftRosterPage is a draft whose display was refused.
func draftRosterPage() RosterPage {
	page := sampleRosterPage()
	page.State, page.PublishedAt, page.FrozenAt, page.Acts, page.Approvals = "draft", 0, 0, nil, nil
	page.Publish = &PublishForm{Form: sampleForm("contact", "objection_days"), ObjectionDays: "15", AnswerDays: "5", Place: samplePlace, LocalDays: 15, LocalLaw: "《示范市物业管理条例》第十六条", Warning: HeldUnits(2)}
	return page
}

func sampleMeetingPage() MeetingPage {
	return MeetingPage{Shell: staffShell("会议", "convener"), Community: "共决示范花园", CommunityURL: "/c/1", Meeting: sampleCard.Title, Kind: "定期会议", State: "noticed", ConvenerKind: "committee", ConvenerName: "共决示范花园业主委员会", Opens: sampleOpens, Closes: sampleCloses, Place: samplePlace, Contact: sampleTel,
		Timeline: []Milestone{{"draft", sampleOpens, true, false}, {"noticed", sampleOpens, false, true}, {"voting", sampleOpens, false, false}, {"closed", sampleCloses, false, false}, {"published", 0, false, false}},
		Acts:     sampleActs, Checks: []Check{{"ok", "通知提前 16 日公布。", "《物业管理条例》第十四条"}, {"warning", "名册还有 2 处需要核对。", ""}, {"error", "还没有写联系人。", ""}},
		Findings: Findings([]lint.Finding{{Code: lint.EvoteCityOnly, Severity: lint.Error, Sentence: "当地规定网上投票只能使用政府指定的系统。", Article: "示范市物业管理条例第九条", Mend: "本系统只办理纸质票。"},
			{Code: lint.TwoQuestions, Severity: lint.Warning, Matter: 2, Sentence: "一个事项里问了不止一件事。", Mend: "拆成两个事项。"}, {Code: lint.RunOffMissing, Severity: lint.Hint, Sentence: "没有公布是否再次表决。", Mend: "写明。"}}),
		Matters: []AgendaLine{{1, fundTitle, motion, "/x/1"}, {2, "选举第一届业主委员会委员", committee, ""}}, AddMatterURL: "/x/new", EditURL: "/m/1/edit",
		Attachments: []Attachment{{Name: "水泵更换预算书.pdf", URL: "/a/1", Bytes: 234_567, Digest: sampleRoot, RemoveURL: "/a/1/remove"}}, Attach: &AttachForm{sampleForm("file")}, Announced: announce, Roster: rosterCard, RosterURL: "/r/2",
		Turnout: &Turnout{weight(420, 5_200_000), everybody, sampleNow}, Issued: 867, Links: []Link{{"表决票（PDF）", "/sheets.pdf"}, {"张贴海报（PDF）", "/poster.pdf"}}, Log: []LogLine{{sampleNow, "召集人 示例人员", "notice"}}}
}

func sampleStaff(t testing.TB) map[string]Page {
	return map[string]Page{
		"login":        Login{Shell: publicShell("登录"), Form: sampleForm("user", ""), User: "zhaoji", Next: "/staff", HomeURL: "/", DemoLinks: []DemoLink{{"convener", "zhaoji"}, {"street", "jiedao"}}, DemoPassword: "demo-990000"},
		"console":      Console{Shell: staffShell("工作台", "convener"), Communities: []ConsoleCommunity{sampleCommunity}, Work: sampleWork, NextURL: "/n"},
		"community":    CommunityPage{Shell: staffShell("小区", "convener"), Name: "共决示范花园", Place: "示范区 示范一街道", Stage: "in_term", Rosters: []RosterLine{sampleRosterLine}, Meetings: []MeetingLine{sampleMeetingLine}, UploadURL: "/u", NewMeetingURL: "/n", ReadsURL: "/reads", BoardURL: "/b", WatchURL: "/w", WatchFacts: 2, Watch: &sampleWatch().Listed[1]},
		"upload":       RosterUpload{Shell: staffShell("上传", "convener"), Form: sampleForm("file", "parking_area"), Community: "共决示范花园", CommunityURL: "/c/1", ParkingHeads: "no", TemplateURL: "/t.xlsx", Replaces: 2},
		"roster":       sampleRosterPage(),
		"roster-draft": draftRosterPage(),
		"meetingform":  MeetingForm{Repeats: "m9", Annulled: append(AnnulledOptions(), Option{Value: "m9", Text: "2026年定期会议"}), Shell: staffShell("起草", "convener"), Form: sampleForm("title", "opens", "silence", "silence_clause", "silence_adopted"), Community: "共决示范花园", BackURL: "/c/1", New: true, MeetingTitle: "临时会议", ConvenerKind: "committee", ConvenerName: "业主委员会", Rosters: []Option{{Value: "r2", Text: "第 2 版，867 人"}}, Roster: "r2", Opens: sampleOpens.Local(), Closes: sampleCloses.Local(), FirstMeeting: true, Place: samplePlace, Contact: sampleTel, ObjectionDays: "5", DeliveryTimes: "5月3日至5月10日每晚上门", Silence: voting.JoinMajority, SilenceDocument: "业主大会议事规则", Void: "yes", Platform: "示范市业主投票平台", PlatformHint: PlatformHint(true, false, "示范市物业管理条例第九条"), NoticeDays: 15, ExtraordinaryDays: 7, RunOff: true, Follow: true},
		"matterform": MatterForm{Shell: staffShell("事项", "convener"), Form: sampleForm("title", "options", "seat_groups"), Community: "共决示范花园", Meeting: sampleCard.Title, BackURL: "/m/1", Kind: voting.Election, Items: []ItemOption{{"3", "选举业主委员会或者更换业主委员会成员", "ordinary"}, {"7", "改建、重建建筑物及其附属设施", "special"}}, Item: "3",
			MatterTitle: "选举委员", Text: "应选五名。", Options: "示例甲\n示例乙", Seats: "5", MaxChoices: "5", Alternates: "2", SeatGroups: "3号楼：2：示例甲、示例乙", Sitting: "2", MinMembers: "5", TieWay: voting.TieByLot, FirmAct: voting.RenewFirm, Earlier: []Option{{Value: "1", Text: "1. " + fundTitle}}, LinkedTo: "1", Scope: "3号楼", Places: []string{"1号楼", "2号楼"}, DeleteAction: "/delete"},
		"meeting": sampleMeetingPage(),
		"count":   CountPage{Shell: staffShell("计票", "teller"), Imported: sampleImported(), Community: "共决示范花园", Meeting: sampleCard.Title, MeetingURL: "/m/1", State: "tallied", CountedAt: sampleNow, Matters: sampleResults(t)[:1], Channels: []ChannelCount{{"online", 540}}, Issued: 867, Cast: 710, Void: 6, Sheets: &sampleBalance, Acts: sampleActs[:1]},
		"objections": Objections{Shell: staffShell("异议", "convener"), Community: "共决示范花园", Meeting: sampleCard.Title, MeetingURL: "/m/1", Till: sampleCloses, Record: &ObjectionForm{sampleForm("text"), "3号楼 1单元 101", "ballot", ""},
			Overdue: 1, Effect: ObjectionEffect{Open: 1, Upheld: 1, Unsafe: []int64{2}, Unbound: true, Matters: 3},
			List: []CountObjection{{ID: "o1", Number: 1, State: "open", Source: "owner", Phone: "199****0001", Due: sampleOpens, Late: true, Files: []Attachment{{Name: "证.pdf", URL: "/f"}}, At: sampleNow, UnitLabel: "3号楼 1单元 101", Subject: "ballot", Text: "我家的纸质票没有计入。", AnswerForm: &AnswerForm{sampleForm("answer"), "", "upheld"}}, {ID: "o2", Number: 2, State: "answered", Source: "desk", At: sampleNow, UnitLabel: "2号楼 2单元 202", Subject: "procedure", Text: "通知没有贴在单元门口。", AnsweredAt: sampleNow, Upheld: true, Answer: "已补贴。"}}},
		"filing": FilingPage{Seal: &FilingSeal{Prover: Certifier("district"), Issue: &Form{Action: "/seal"}}, Sign: &FilingSign{TextURL: "/cert.txt", Number: "2026-000017", CheckCode: "K7QF-2M9T-XR4D-8HVC-2",
			ServerURL: "https://gongjue.example", Keys: 2, Signers: []string{"lianhua.street"}, HandIn: &WitnessHandIn{Form: sampleForm("note"), Note: "备案证明"}}, Shell: staffShell("备案", "street"), Community: "共决示范花园", Meeting: sampleCard.Title, MeetingURL: "/m/1", State: "submitted", Due: sampleCloses, Overdue: true, Change: true, Clock: FilingClock(sampleCloses, ClockWords(5, true, "北京市物业管理条例第43条"), true), Authority: Certifier("street"), Record: []RecordLine{{"总人数", "867 人"}, {"总面积", "110,016.27 ㎡"}},
			Papers:     []FilingPaper{{"业主大会会议记录", "业主大会和业主委员会指导规则第33条", false, "attached", sampleMatters()[0].Attachments[:1]}, {"管理规约", "业主大会和业主委员会指导规则第33条", false, "made", nil}, {"业主大会会议决定", "业主大会和业主委员会指导规则第33条", false, "to_sign", nil}, {"委员培训记录", "示范市物业管理条例第二十三条", true, "missing", nil}},
			PackageURL: "/m/1/package.zip",
			Add:        &PaperForm{sampleForm("file"), "promises", []Option{{Value: "promises", Text: "委员书面承诺"}, {Value: "training_records", Text: "委员培训记录"}}},
			Documents:  []FilingDocument{{"会议公告", &sampleMatters()[0].Attachments[0]}, {"表决结果公告", nil}}, History: []FilingEvent{{1, "returned", sampleNow, "示范一街道", []string{"缺少议事规则。", "缺少委员名单。"}, nil}, {2, "submitted", sampleNow, "召集人", nil, &PackageLink{"/f/2/package.zip", strings.Repeat("9f3c", 16)}}},
			Review: &FilingReview{Lines: []ReviewLine{ReviewOfNotice(15, 15, "物业管理条例第14条第1款"), ReviewOfRoster(true, 2, sampleNow), ReviewOfCount(710, 3, []int64{2}), ReviewOfObjections(0, 2, 1, 0), ReviewOfPapers(5, []string{"委员书面承诺"}, []string{"管理规约"}, false), {ReviewLog, "holds", ReviewOfLog(712, true, true).Text, &Link{Text: "看记录", URL: "/log"}}, ReviewOfWitness(1, true, "")},
				Flags: []ReviewFlag{FlagOf("burst", 30, 120, 0, ReviewLimits{BurstMinutes: 5, BurstLeast: 20, BurstShare: 10})}},
			ResultURL: "/r", ObjectionsURL: "/o", CertificateURL: "/cert", Submit: &SubmitForm{sampleForm("note"), "", true, nil, []FilingPaper{{Name: "委员书面承诺", Standing: "to_sign"}}}, Receive: &Form{Action: "/receive"}, Certify: &CertifyForm{sampleForm("checked"), []Option{{Value: "notice", Text: "会议通知提前十五日以上公布"}, {Value: "roster", Text: "名册经两方确认锁定"}}, []string{"notice"}, true, "共决示范花园业主委员会", "1", "2026-05-18", "2031-05-17", "样例甲", "1号楼101"}, Return: &ReturnForm{sampleForm("arose"), "", []Option{{Value: "1", Text: "缺少议事规则。"}}, []string{"1"}, ""},
			Refuse: &RefuseForm{sampleForm("ground"), []Option{{Value: "untrue", Text: "材料不实"}}, "untrue", "会议记录不实。"}, Cancel: &CancelForm{sampleForm("reason"), ""}},
		"street": StreetConsole{Shell: staffShell("街道", "street"), Street: "示范一街道", Filings: []FilingLine{{"共决示范花园", "首次业主大会会议", "submitted", 2, true, sampleNow, sampleCloses, "5 个工作日（北京市物业管理条例第43条）", "还有 2 天", false, "/f/1"}}, Unfiled: []FilingLine{{Community: "共决示范新村", Meeting: "换届", SubmittedAt: sampleNow, Due: sampleCloses, Clock: "30 日（物业管理条例第16条第1款）", Left: "已超期 3 天", Overdue: true, URL: "/f/2"}}, Work: sampleWork, Meetings: []MeetingLine{sampleMeetingLine}, NextURL: "/n", Watch: sampleWatch(), WatchURL: "/w"},
		"supervisiondesk": SupervisionDesk{Shell: staffShell("监督", "street"), Community: "共决示范花园", Meeting: sampleCard.Title, MeetingURL: "/m/1", State: "published", Entries: []Link{{Text: "责令限期改正通告（第 1 号）", URL: "/o/1"}},
			Forms: sampleSuperviseForms()},
		"district":        sampleDistrict(),
		"district street": sampleDistrictStreet(),
		"district empty":  DistrictView{Shell: staffShell("区县", "district"), District: "示范区", At: sampleNow, AskURL: "/d", ReturnURL: "/r", Form: sampleForm("due", "percent")},
		"outbox":          Outbox{Shell: staffShell("消息", "operator"), Waiting: 4, SentToday: 120, DeadLetters: []DeadLetter{{"d1", "notice", "共决示范花园", 8, "连接被拒绝", sampleNow, "/retry"}}, NextURL: "/n"},
		"communities":     Communities{Shell: staffShell("小区管理", "operator"), Form: sampleForm("name"), District: "示范区", Street: "示范一街道", Name: "共决示范花园", List: []ConsoleCommunity{sampleCommunity}},
	}
}

// sampleSuperviseForms is a form of every kind.
func sampleSuperviseForms() (forms []SuperviseForm) {
	for _, kind := range lifecycle.SupervisionKinds {
		form := NewSuperviseForm(kind, "/supervise")
		form.Matters, form.Chosen, form.Problems = []Option{{Value: "1", Text: "选聘物业服务企业"}}, []string{"1"}, sampleForm("body").Problems
		forms = append(forms, form)
	}
	return forms
}
