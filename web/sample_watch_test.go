package web

func sampleWatch() WatchSections {
	listed := WatchLine{Community: "共决示范花园", Street: "示范一街道", URL: "/w/1", Since: sampleOpens, Reasons: []string{WatchReason("term_lapsed"), WatchReason("dispute")},
		Body: "业主委员会任期届满一年，没有换届；信访集中。", Basis: "示范街〔2026〕12号", By: "示范一街道办事处"}
	over := listed
	over.Community, over.Until, over.Over = "共决示范新村", sampleCloses, true
	return WatchSections{Listed: []WatchLine{listed, over}, More: 3, Suggested: []WatchSuggestion{{"共决示范里", "示范二街道", "/w/2", sampleWatchFacts()}}}
}

func sampleWatchFacts() []WatchFact {
	return []WatchFact{{WatchReason("deadline_missed"), WatchDeadline("filing", "首次业主大会会议"), "/m/1", sampleOpens}, {WatchReason("term_lapsed"), WatchTerm(sampleCloses), "/c/1", sampleCloses},
		{Flag: WatchReason("correction_open"), Text: WatchDecision("更换门禁"), At: sampleNow}}
}

func sampleWatchPages() map[string]Page {
	list := WatchList{Shell: staffShell(TitleWatch, "street"), At: sampleNow, Day: "2026-05-18", Today: "2026-05-18", AskURL: "/w", WatchSections: sampleWatch()}
	empty := list
	empty.WatchSections = WatchSections{}
	off := WatchPage{Shell: staffShell(TitleWatch, "street"), Community: "共决示范花园", CommunityURL: "/c/1", ListURL: "/w",
		Flags: []WatchFlag{{Form: sampleForm("reason"), Flag: "deadline_missed", Keys: []string{"missed:filing:1"}, Facts: sampleWatchFacts()[:1], Reason: "已经补报。"}},
		Put:   &WatchForm{Form: sampleForm("reasons", "body", "basis", "until"), Reasons: []string{"dispute"}, Body: "信访集中。", Basis: "示范街〔2026〕12号", Until: "2026-12-31"},
		History: []WatchEntry{{Kind: "dismissed", At: sampleNow, By: "示范一街道办事处", Reasons: []string{WatchReason("term_lapsed")}, Body: "换届小组已经成立。", Facts: 1},
			{Kind: "removed", At: sampleOpens, By: "示范区", Body: "已经完成换届。"}, {Kind: "listed", At: sampleOpens, By: "示范区", Reasons: []string{WatchReason("dispute")}, Body: "信访集中。", Basis: "示范街〔2026〕12号", Until: sampleCloses}}}
	on, line := off, sampleWatch().Listed[0]
	on.Put, on.Line, on.Change, on.Remove, on.Flags = nil, &line, off.Put, &WatchRemoval{Form: sampleForm("reason"), Reason: "好转"}, nil
	over, late := off, sampleWatch().Listed[1]
	over.Line, over.Remove, over.History = &late, &WatchRemoval{Form: sampleForm("reason")}, nil
	return map[string]Page{"watch list": list, "watch list empty": empty, "watch off": off, "watch on": on, "watch over": over}
}
