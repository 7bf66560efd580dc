package web

func sampleConvenings() []Convening {
	order := Convening{ID: "3", Number: 3, State: "ordered", Overdue: true, Kind: ConveningKind("re_election"), Ground: ConveningGround("asked"), Asked: 212, Obliged: ConveningObliged("committee"),
		Basis: "《青岛市物业管理条例》第二十九条", Body: "业主委员会任期已经届满，至今没有组织换届。\n请在期限以内发出换届选举的会议通知。", Street: "示范一街道办事处", OrderedAt: sampleNow, Limit: sampleCloses}
	taken := order
	taken.ID, taken.Number, taken.State, taken.Overdue, taken.TakenAt = "2", 2, "taken_over", false, sampleCloses
	followed := order
	followed.ID, followed.Number, followed.State, followed.Overdue, followed.Late = "1", 1, "followed", false, true
	followed.Kind, followed.MeetingTitle, followed.MeetingURL, followed.MetAt = ConveningKind("extraordinary"), sampleCard.Title, "/m/1", sampleCloses
	withdrawn := order
	withdrawn.ID, withdrawn.Number, withdrawn.State, withdrawn.Overdue, withdrawn.WithdrawnAt, withdrawn.Reason = "0", 4, "withdrawn", false, sampleCloses, "业主委员会已经召开。"
	return []Convening{withdrawn, order, taken, followed}
}

func sampleConveningPages() map[string]Page {
	public := ConveningPublic{Shell: Shell{Title: TitleConvening, Now: sampleNow}, Community: "共决示范花园", BoardURL: "/b/1", List: sampleConvenings()}
	none := public
	none.List = nil
	street := ConveningPage{Shell: staffShell(TitleConvening, "street"), Community: "共决示范花园", CommunityURL: "/c/1", PublicURL: "/b/1/convenings", List: sampleConvenings(),
		Rule:  StreetConvenes("asked_by_owners", "上海市住宅物业管理规定第25条"),
		Order: &ConveningForm{Form: sampleForm("kind", "ground", "asked", "convener_kind", "basis", "body", "limit"), Kind: "re_election", Ground: "asked", Asked: "100", ConvenerKind: "committee", Basis: "第二十五条", Body: "请召开。", Limit: "2026-12-01"}}
	street.List[1].TakeOver, street.List[1].Withdraw = &ConveningTakeOver{Form: sampleForm("asked"), Asks: true}, &ConveningWithdrawal{Form: sampleForm("reason"), Reason: "已召开"}
	convener := street
	convener.Shell, convener.Order, convener.Rule, convener.List = staffShell(TitleConvening, "convener"), nil, "", sampleConvenings()
	convener.List[2].DraftURL = "/c/1/meetings/new"
	return map[string]Page{"convenings": public, "convenings none": none, "convening street": street, "convening convener": convener}
}
