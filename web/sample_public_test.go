package web

import (
	"testing"

	"gongjue/voting/lifecycle"
)

func publicShell(title string) Shell {
	return Shell{Title: title, Now: sampleNow, Demo: &DemoBar{Action: "/demo/clock", Back: "/", Jumps: DemoJumps}}
}

var (
	sampleCard  = MeetingCard{Title: "2026年第一次临时业主大会会议", State: "voting", Opens: sampleOpens, Closes: sampleCloses, Convener: "共决示范花园业主委员会", URL: "/m/1", VoteURL: "/m/1/vote"}
	sampleCode  = CodeEntry{Form: Form{Action: "/code"}, Note: "刚刚已经发送过验证码。", Masked: "199****0001", Expires: sampleNow + 300_000, ResendAction: "/send", Hidden: []Field{{"phone", "p1"}}, DemoSMS: "【共决】您正在核对共决示范花园业主大会的投票身份，验证码 204816，5 分钟内有效。", BackURL: "/v/x"}
	samplePlace = "小区东门物业服务中心一楼（每天 9:00 至 20:00）"
	sampleTel   = "示例联系人 0990-0000000"
)

func doneCard(t testing.TB) MeetingCard {
	card := MeetingCard{Title: "首次业主大会会议", State: "published", Opens: sampleOpens, Closes: sampleCloses, Convener: "首次业主大会会议筹备组", URL: "/m/0"}
	for _, m := range sampleResults(t) {
		card.Verdicts = append(card.Verdicts, Verdict{m.Title, m.Matter.Kind, m.Outcome.Result, m.Number == 3, false})
	}
	return card
}

func samplePublic(t testing.TB) map[string]Page {
	demo := []DemoLink{{"convener", "zhaoji"}, {"street", "jiedao"}}
	matters := []NoticeMatter{}
	for _, m := range sampleResults(t) {
		pack := m.Outcome.Steps[len(m.Outcome.Steps)-1].Threshold
		matters = append(matters, NoticeMatter{m.Number, m.Title, m.Text, m.Matter, pack, m.Law, m.Outcome.Counted.Total, sampleMatters()[0].Attachments})
	}
	result := Result{Shell: publicShell("表决结果"), Imported: &Imported{Platform: samplePlatform, Voters: 512}, Community: "共决示范花园", CommunityURL: "/c/1", Meeting: "首次业主大会会议", State: "published",
		ConvenerName: "首次业主大会会议筹备组", Opens: sampleOpens, Closes: sampleCloses, PublishedAt: sampleNow, Roster: rosterCard, Matters: sampleResults(t), Announced: announce,
		Channels: []ChannelCount{{"online", 540}, {"paper", 170}}, Sheets: &sampleBalance, PDFURL: "/m/1/result.pdf", PosterURL: "/m/1/result-poster.pdf", BundleURL: "/m/1/bundle.zip", CheckerURL: "/check.html", RecordURL: "/m/1/record", NoticeURL: "/m/1", ReceiptURL: "/receipt", CertificateURL: "/c", LedgerSize: 712, LedgerRoot: sampleRoot, Digest: sampleRoot}
	result.KeptUntil = sampleCloses
	preliminary := result
	preliminary.Preliminary, preliminary.ObjectionsTill, preliminary.ObjectionHow = true, sampleCloses, "请到小区东门物业服务中心书面提出。"
	preliminary.ObjectURL, preliminary.Objections = "/m/1/record/objections", ObjectionEffect{Open: 2, Dismissed: 1, Unsafe: []int64{1, 3}, Matters: 4}
	replaced := preliminary
	replaced.Displayed, replaced.Objections = Displayed{Sentence: CountReplaced(sampleNow), Newer: Link{Text: LinkFinal, URL: "/m/1/result"}}, ObjectionEffect{}
	result.EarlyURL = "/m/1/preliminary"
	return map[string]Page{
		"home": Home{Shell: publicShell("首页"), SearchURL: "/", Query: "示范", CheckCodeURL: "/certificate", ReceiptURL: "/receipt", RulesURL: "/rules", SignInURL: "/login", NextURL: "/?c=2",
			Communities: []CommunityCard{{"共决示范花园", "示范区 示范一街道", "/c/1", 1, 1}, {"共决示范新村", "示范区 示范二街道", "/c/2", 0, 0}},
			DemoLinks:   demo, DemoPassword: "demo-990000", DemoVoteURL: "/v/x", DemoVoteLabel: "3号楼 1单元 101"},
		"home-empty": Home{Shell: publicShell("首页"), SearchURL: "/", Query: "没有", CheckCodeURL: "/certificate", ReceiptURL: "/receipt"},
		"supervision": SupervisionNotice{Shell: publicShell("通告"), Title: SupervisionTitle("revoked"), Number: 2, Authority: "示范一街道", At: sampleNow, Community: "共决示范花园", CommunityURL: "/b", Meeting: sampleCard.Title, ResultURL: "/r", Matters: []string{"选聘物业服务企业"},
			Lines: SupervisionLines("《物业管理条例》第14条", "物业管理条例第19条第2款", SupervisionBody("revoked"), "撤销。", sampleCloses, "示范区人民法院", "（2026）样民初1号", "2026-05-20"), Related: []Link{{Text: "责令限期改正通告", URL: "/o/1"}}, Effect: SupervisionEffect("revoked"), Certificate: "/cert", Leaf: 712, LogURL: "/log"},
		"board": Board{Notices: []Link{{Text: "撤销决定通告", URL: "/o/2"}}, Shell: publicShell("公示栏"), Community: "共决示范花园", Place: "示范区 示范一街道", Open: []MeetingCard{sampleCard}, Results: []MeetingCard{doneCard(t)},
			Counted: []MeetingCard{{Title: "2025年年度会议", State: "preliminary", Opens: sampleOpens, Closes: sampleCloses, URL: "/m/2"}}, Rosters: []RosterCard{rosterCard}, HomeURL: "/", ReceiptURL: "/receipt", CheckCodeURL: "/certificate",
			History: []BoardEntry{{At: sampleNow, Kind: "result", Text: BoardLine("result", "首次业主大会会议"), URL: "/m/1/result", PDFURL: "/m/1/result.pdf"},
				{At: sampleOpens, Kind: "roster", Text: BoardLine("roster", "第 1 版"), URL: "/r/1", Newer: &Link{Text: BoardLine("roster", "第 2 版"), URL: "/r/2"}}}},
		"notice": MeetingNotice{Shell: publicShell("会议通知"), Community: "共决示范花园", CommunityURL: "/c/1", Meeting: sampleCard.Title, State: "voting", ConvenerKind: "committee", ConvenerName: "共决示范花园业主委员会",
			NoticedAt: sampleOpens - 16*86_400_000, Opens: sampleOpens, Closes: sampleCloses, Place: samplePlace, Contact: sampleTel, Scope: "全体业主", Roster: rosterCard, Matters: matters,
			Attachments: sampleMatters()[0].Attachments, Announced: announce, Turnout: &Turnout{AtLeast: weight(420, 5_200_000), Total: everybody, At: sampleNow}, VoteURL: "/m/1/vote", ResultURL: "/m/1/result", RecordURL: "/m/1/record", PDFURL: "/m/1/notice.pdf", CheckWord: "K7QF", Digest: sampleRoot},
		"findhome":      FindHome{Shell: publicShell("投票"), Form: sampleForm("building", "phone"), Community: "共决示范花园", Meeting: sampleCard.Title, Closes: sampleCloses, NoticeURL: "/m/1", Buildings: []string{"1号楼", "2号楼", "3号楼"}, Building: "3号楼", Stair: "1单元", Room: "101", Phone: "19900000001", Contact: sampleTel, Place: samplePlace},
		"findhome-code": FindHome{Shell: publicShell("投票"), Community: "共决示范花园", Meeting: sampleCard.Title, Closes: sampleCloses, Code: &CodeEntry{Form: sampleForm("code"), Expires: sampleNow, ResendAction: "/send", BackURL: "/x"}, Contact: sampleTel, Place: samplePlace},
		"result":        result, "result-preliminary": preliminary, "result-replaced": replaced,
		"certificate": Certificate{TextURL: "/cert.txt", Signers: []CertificateSigner{{"lianhua.street", "8f3a-91c2-77d0-0421", sampleNow}}, SealProof: &CertificateSealProof{"示范一区物业主管部门", sampleNow, "/seal.pdf"},
			Supervised: []Link{{Text: "撤销决定通告", URL: "/o/2"}}, Revoked: RevokedMatters([]string{"选聘物业服务企业"}), Replaced: "/certificates/2", Shell: publicShell("备案证明"), Number: "示一备〔2026〕0003 号", CheckCode: "K7QF-2M9T-XR4D-8HVC", QR: QR{29, []Run{{4, 4, 7}, {12, 4, 3}, {4, 5, 1}, {10, 5, 1}, {4, 12, 20}}}, Status: "certified", Community: "共决示范花园", Meeting: "首次业主大会会议", Convener: "共决示范花园首次业主大会会议筹备组",
			Sentence: CertificateSentence("共决示范花园首次业主大会会议筹备组", "首次业主大会会议"), Matters: []CertifiedMatter{{1, "制定管理规约", "通过"}, {2, "选举业主委员会", "通过"}}, Alternates: committee.Options[5:6], ResultDigest: sampleRoot, PDFURL: "/cert.pdf",
			Elected: committee.Options[:5], Street: "示范一街道办事处", CertifiedAt: sampleNow, Officer: "物业管理科", Checked: []string{"会议通知提前十五日以上公布", "名册经两方确认锁定", "异议已全部答复"}, RecordDigest: sampleRoot, ResultURL: "/r", BoardURL: "/c/1"},
		"certificate-withdrawn": Certificate{Shell: publicShell("备案证明"), Number: "示一备〔2026〕0002 号", Status: "withdrawn", Standing: CertificateStanding(lifecycle.FilingWithdrawn), Note: CertificateNote(false), Community: "共决示范花园", Street: "示范一街道办事处", CertifiedAt: sampleNow},
		"checkcode":             CheckCode{Shell: publicShell("查验"), Form: sampleForm(), Code: "K7QF", Unknown: true, HomeURL: "/"},
		"error":                 ErrorPage{Shell: publicShell("没有找到"), Status: 404, Code: "not_found", RequestID: "0197-4a2b", BackURL: "/", HomeURL: "/", SignInURL: "/login"},
		"error-unknown":         ErrorPage{Shell: publicShell("出错"), Status: 500, Code: "no_such_code", HomeURL: "/"},
	}
}

func sampleResident() map[string]Page {
	who := Who{Shell: publicShell("核对身份"), Form: sampleForm(), Community: "共决示范花园", Meeting: sampleCard.Title, UnitLabel: "3号楼 1单元 101；地下车库 B-017", Opens: sampleOpens, Closes: sampleCloses, NoticeURL: "/m/1",
		Phones: []Option{{Value: "p1", Text: "199****0001"}, {Value: "p2", Text: "199****0002"}}, Place: samplePlace, Contact: sampleTel, CheckWord: "K7QF"}
	code, alone := who, who
	code.Code, alone.Phones = &sampleCode, nil
	ballot := Ballot{Shell: publicShell("表决票"), Form: sampleForm(), Community: "共决示范花园", Meeting: sampleCard.Title, Units: []string{"3号楼 1单元 101", "地下车库 B-017"}, Weight: weight(1, 12_345), Closes: sampleCloses, Matters: sampleMatters(), NoticeURL: "/m/1", LeaveURL: "/leave", RecordURL: "/record"}
	wrong := ballot
	wrong.FollowMajor, wrong.Silence = true, "表决票送达后没有投票的，按议事规则第十二条计入多数票。"
	wrong.Form = sampleForm(MatterField("m1"), OptionField("m2", 3), MatterField("m4"))
	return map[string]Page{
		"who": who, "who-code": code, "who-nophone": alone, "ballot": ballot, "ballot-wrong": wrong,
		"confirm": Confirm{Shell: publicShell("确认"), Form: sampleForm(MatterField("m1")), Community: "共决示范花园", Meeting: sampleCard.Title, Units: ballot.Units, Weight: ballot.Weight, Closes: sampleCloses, Matters: sampleMatters(), ChangeAction: "/ballot", IdempotencyKey: "00ff"},
		"receipt": Receipt{Shell: publicShell("回执"), Community: "共决示范花园", Meeting: sampleCard.Title, UnitLabel: "3号楼 1单元 101", Number: 1234, Code: "K7QF-2M9T-XR4D-8HVC", At: sampleNow, Closes: sampleCloses, CheckURL: "/receipt", NoticeURL: "/m/1", TextURL: "/receipt.txt", RecordURL: "/record", BallotsURL: "/m/1/record", QR: QR{Side: 5, Runs: []Run{{1, 1, 3}}}, Repeated: true},
		"votingrecord": VotingRecord{Shell: publicShell(TitleVotingRecord), Community: "共决示范花园", Meeting: sampleCard.Title, State: "published", Places: []string{"3号楼/1单元/101", "2号楼/车位/B-17"},
			Ballots: []RecordedBallot{{Number: 12, Code: "K7QF-2M9T-XR4D-8HVC-2", At: sampleNow, Channel: "paper", Superseded: true, FileURL: "/f/12"},
				{Number: 1234, Code: "K7QF-2M9T-XR4D-8HVC-2", At: sampleNow, Channel: "online", By: "示*甲（示*乙的监护人）", Reason: "您家还有一张纸质票。", FileURL: "/f/1234", Salt: sampleRoot,
					Answers: []RecordedAnswer{{1, fundTitle, "同意"}, {2, "选举第一届业主委员会委员", "示例甲 同意，示例乙 弃权（没有选）"}}}},
			At: sampleNow, Size: 1301, Root: sampleRoot, Counted: true, Opened: true, ChoicesURL: "/record", FileURL: "/record.txt", CheckerURL: "/check.html", NoticeURL: "/m/1", ResultURL: "/r", BundleURL: "/b.zip",
			ObjectHow: ObjectionHow(samplePlace, sampleTel), LeaveURL: "/leave"},
		"votingrecord-none": VotingRecord{Shell: publicShell(TitleVotingRecord), Community: "共决示范花园", Meeting: sampleCard.Title, State: "voting", Places: []string{"3号楼/1单元/101"}, At: sampleNow, Size: 20, Root: sampleRoot,
			FileURL: "/record.txt", NoticeURL: "/m/1", ObjectHow: ObjectionHow("", sampleTel)},
		"cannotvote": CannotVote{Shell: publicShell("已投票"), Code: "already_voted", Community: "共决示范花园", Meeting: sampleCard.Title, UnitLabel: "3号楼 1单元 101", Opens: sampleOpens, Closes: sampleCloses, VotedAt: sampleNow, Channel: "online",
			AgainURL: "/m/1/vote", ReceiptURL: "/receipt", NoticeURL: "/m/1", ResultURL: "/r", Place: samplePlace, Contact: sampleTel},
		"cannotvote-early":      CannotVote{Shell: publicShell("未开始"), Code: "meeting_not_started", Meeting: sampleCard.Title, Opens: sampleOpens, Contact: sampleTel},
		"receiptcheck":          ReceiptCheck{Shell: publicShell("核对回执"), Form: sampleForm(), Code: "K7QF-2M9T-XR4D-8HVC", HomeURL: "/", Answer: &ReceiptAnswer{Found: true, Community: "共决示范花园", Meeting: sampleCard.Title, Number: 1234, At: sampleNow, Channel: "online", Counted: true, LeafIndex: 1240, TreeSize: 1301, Root: sampleRoot, ResultURL: "/r"}},
		"receiptcheck-voided":   ReceiptCheck{Shell: publicShell("核对回执"), Form: sampleForm("code"), Answer: &ReceiptAnswer{Found: true, Reason: "重复的表决票，先到的一张有效。", Channel: "paper"}},
		"receiptcheck-notfound": ReceiptCheck{Shell: publicShell("核对回执"), Form: sampleForm(), Answer: &ReceiptAnswer{}},
	}
}
