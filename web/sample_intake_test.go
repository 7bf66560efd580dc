package web

import "gongjue/voting/roster"

func sampleIntake() map[string]Page {
	issue := Issue{"名册", 17, "面积", "error", "面积不是数字，该专有部分暂不计入。"}
	warning := Issue{"名册", 44, "电话", "warning", "联系电话不像手机号或固定电话，收不到验证码，请核对。"}
	return map[string]Page{
		"intake": IntakePage{Shell: staffShell("核对名册文件", "convener"), Community: "共决示范花园", CommunityURL: "/c/1", File: "业主名册.xlsx",
			ReceivedAt: sampleNow, ThrownAt: sampleCloses, Totals: sampleRosterPage().Totals, Sources: sampleRosterPage().Sources, Held: 1, Errors: 1, Open: 1, Confirmed: 1, Mended: 2,
			Text: &IntakeText{Form: sampleForm("encoding"), Encoding: "gb18030", Chosen: true, Lines: []string{"楼栋,房号,面积", "1号楼,101,89.50"},
				Others: []IntakeReading{{"utf-8", []string{"¥,,", ""}}}},
			Sheets:  []IntakeSheet{{"名册", true, "有业主名册的各列，已经采用。", "found", []IntakePair{{"B", "楼号", "楼栋", true}}, "/i/columns", "/i/row"}},
			Refused: []IntakeRefusal{{"名册", 3, "第 3 行的内容与更正时看到的不同，更正没有用上，请重新核对。", "/i/row"}},
			Kinds:   []IssueKind{{"area_not_a_number", "error", issue.Text, 1, "/i?kind=1", false}, {"phone_format", "warning", warning.Text, 1, "/i?kind=2", true}, {"confirmed", "ok", ConfirmedDoubts, 1, "/i?kind=3", false}},
			Kind:    "phone_format", KindText: warning.Text, KindIsWarning: true,
			Issues: []IntakeIssue{{Issue: issue, Value: "约 90", Unit: "3号楼 301", MendURL: "/i/row"}, {Issue: warning, Value: "1990000", Key: "k1", MendURL: "/i/row"},
				{Issue: warning, MendURL: "/i/row", By: "示例人员", Why: "已与物业档案核对", At: sampleNow}},
			MoreURL: "/i?from=100", IssuesFileURL: "/i/issues.xlsx", ChangesURL: "/i/changes", GridURL: "/i/grid", HeadsURL: "/i/heads", RegisterURL: "/i/register", Confirm: ConfirmForm{sampleForm("why"), "已核对"}, Import: ImportForm{Form: sampleForm(""), Revision: "3", Refusal: "还有疑点没有确认。", Held: 1},
			Rulings: &RulingsForm{Form: sampleForm("why"), Revision: "3", Why: "裁定以后已经过户", Count: 2, Open: []RulingLine{
				{Undone: roster.Undone{From: roster.ByObjection, Number: 3, Place: "3号楼/1单元/301", What: roster.ChangedArea, Name: "面积", Ruled: "91.00 平方米", File: "90.00 平方米", Key: "r1", CanTake: true}, At: sampleNow, MendURL: "/i/row"},
				{Undone: roster.Undone{From: roster.ByAmendment, Number: 1, Place: "3号楼/1单元/302", What: roster.RuledIn, Name: "专有部分", Ruled: "有这个专有部分", File: "没有", Why: "法院判决", Key: "r2"}, At: sampleNow}},
				Settled: []RulingLine{{Undone: roster.Undone{From: roster.ByCorrection, Place: "1号楼/101", What: roster.ChangedOwners, Name: "业主", Ruled: "样*", File: "示*", By: "示例人员", Why: "按产权证", Key: "r3",
					Settled: &roster.Settlement{Do: roster.KeepFile, By: "示例人员", Why: "已经过户"}}, At: sampleNow, SaidAt: sampleNow}}},
			Discard: NewAct("intake_discard", "/i/discard")},
		"intakecolumns": IntakeColumns{Shell: staffShell("更正各列", "convener"), Form: sampleForm("use"), File: "业主名册.xlsx", IntakeURL: "/i", Sheet: "名册", Why: "已经采用。", HeaderRow: "2",
			Missing: []string{"房号"}, Columns: []IntakeColumn{{"A", "楼号", "building", "列名与“楼栋”相近，请核对。", true, []string{"1", "2"}}, {"B", "备注", "", "没有采用。", false, nil}},
			Fields: []Option{{Value: "building", Text: "楼栋"}, {Value: "room", Text: "房号"}}, Chosen: true},
		"intakerow": IntakeRow{Shell: staffShell("更正一行", "convener"), Form: sampleForm("why"), File: "业主名册.xlsx", IntakeURL: "/i", Sheet: "名册", Row: 17, Was: "00", Issues: []Issue{issue, warning},
			Cells: []IntakeCell{{"area", "建筑面积", "面积", "约 90", "00", "00", false}, {"room", "房号", "房号", "301", "00", "01", true}}, Told: []ToldLine{{"示例人员", "房号", "按产权证", sampleNow, false}, {"示例人员", "", "合计行", sampleNow, true}}, Why: "按产权证",
			Drop: DropForm{sampleForm("why"), "合计行"}},
		"intakechanges": IntakeChanges{Shell: staffShell("与现行名册比较", "convener"), File: "业主名册.xlsx", IntakeURL: "/i", Version: 1, Diff: roster.Diff{
			Before: roster.Totals{Units: 955, Heads: 866, Area: m2(110_000)}, After: roster.Totals{Units: 956, Heads: 867, Area: m2(110_016)},
			Added: []roster.UnitBrief{{Place: "3号楼/1单元/301", Usage: "住宅", Area: m2(90), Owners: []string{"示例业主"}}}, Gone: []roster.UnitBrief{{Place: "3号楼/1单元/302", Usage: "住宅", Area: m2(90), Held: true}},
			Changed: []roster.UnitChange{{Place: "1号楼/101", Changes: []roster.Change{{What: roster.ChangedArea, Name: "面积", Before: "90.00 平方米", After: "91.00 平方米"}}}}, Same: 950}},
		"intakegrid": IntakeGrid{Shell: staffShell("楼层图", "convener"), File: "业主名册.xlsx", IntakeURL: "/i", Names: []string{"1号楼", "2号楼"}, Building: &roster.GridBuilding{Name: "1号楼", Area: m2(180), Units: 2,
			Stairs: []roster.GridStair{{Name: "1单元", Doors: []string{"01", "02"}, Floors: []roster.GridFloor{{Number: 2, Cells: []roster.GridCell{
				{State: roster.CellError, Place: "1号楼/1单元/201", Room: "201", Usage: "住宅", Sheet: "名册", Row: 3, Issues: 1, Text: "面积不是数字。"}, {State: roster.CellMissing, Room: "202"}}},
				{Number: 1, Cells: []roster.GridCell{{State: roster.CellOK, Room: "101", Usage: "住宅", Area: m2(90), Sheet: "名册", Row: 2}, {}}}}, Others: []roster.GridCell{{State: roster.CellWarning, Room: "商铺1", Sheet: "名册", Row: 9}}}}}},
		"intakeregister": IntakeRegister{Shell: staffShell("与不动产登记簿对照", "convener"), Form: sampleForm("file"), File: "业主名册.xlsx", IntakeURL: "/i", Register: "登记簿.xlsx", ReceivedAt: sampleNow,
			Comparison: roster.Comparison{Matched: 950, Same: 948, RosterArea: 900_000_000, RegisterArea: 900_100_000},
			DifferenceList: DifferenceList{Kinds: []DifferenceKind{{"area", 1, "/i/register?kind=area", true}, {"owners", 1, "/i/register?kind=owners", false}},
				Differences: []RegisterLine{{Difference: roster.Difference{Kind: roster.DiffersArea, Place: "3号楼/1单元/301", Roster: "89.50 平方米", Register: "90.00 平方米", CanTakeOver: true, Message: "面积与登记簿不同。"}, MendURL: "/i/row"},
					{Difference: roster.Difference{Kind: roster.DiffersOwners, Place: "3号楼/1单元/302", Roster: "样**", Register: "示**", Message: "业主与登记簿不同。"}, MendURL: "/i/row"},
					{Difference: roster.Difference{Kind: roster.OnlyInRegister, Place: "3号楼/1单元/303", Register: "88.00 平方米", CanTakeOver: true, Message: "名册里没有。"}}},
				MoreURL: "/i/register?from=100"}, TakeOver: TakeOverForm{Form: sampleForm("why"), Revision: "4", Why: "查询结果", Count: 2}},
		"rosterregister": RosterRegister{Shell: staffShell("与不动产登记簿对照", "convener"), Form: sampleForm("file"), RosterURL: "/r/2", Version: 2, State: "frozen", UploadURL: "/c/1/rosters/new", ObjectionsURL: "/r/2/objections",
			Register: "登记簿.xlsx", Comparison: roster.Comparison{Matched: 950, Same: 948, RosterArea: 900_000_000, RegisterArea: 900_100_000}, ReceivedAt: sampleNow, TakeOver: &TakeOverForm{Form: sampleForm("why"), Register: "ab12", Why: "查询结果", Count: 1},
			DifferenceList: DifferenceList{Kinds: []DifferenceKind{{Code: "area", Count: 1, URL: "/r/2/register?kind=area"}, {Code: "only_in_register", Count: 1, URL: "/r/2/register?kind=only_in_register", Chosen: true}}, MoreURL: "/r/2/register?from=100",
				Differences: []RegisterLine{{Difference: roster.Difference{Kind: roster.DiffersArea, Place: "3号楼/1单元/301", Roster: "89.50 平方米", Register: "90.00 平方米", CanTakeOver: true, Message: "面积与登记簿不同。"}, MendURL: "/r/2/amendments/new"},
					{Difference: roster.Difference{Kind: roster.OnlyInRegister, Place: "3号楼/1单元/303", Register: "88.00 平方米", Message: "名册里没有。"}}}}},
		"rosterregister-draft":     RosterRegister{Shell: staffShell("与不动产登记簿对照", "street"), RosterURL: "/r/2", Version: 2, State: "draft"},
		"rosterregister-published": RosterRegister{Shell: staffShell("与不动产登记簿对照", "convener"), RosterURL: "/r/2", Version: 2, State: "published", ObjectionsURL: "/r/2/objections", Register: "登记簿.xlsx"},
		"intakeheads": IntakeHeads{Shell: staffShell("人数是怎么算的", "convener"), Form: sampleForm("why"), File: "业主名册.xlsx", IntakeURL: "/i", Account: roster.Account{
			Sentences: []string{"名册共有 956 个专有部分，原则上一个专有部分计一人。"}, Merges: []roster.HeadMerge{{Owners: []string{"示例业主"}, Units: []string{"1号楼/101", "1号楼/102"}, Why: "证件号码一致，计一人。", Saved: 1}},
			Developer: &roster.HeadMerge{Units: []string{"1号楼/301"}, Why: "合计一人。", Area: m2(90)}, NoHead: []roster.NoHead{{Owners: []string{"示例业主"}, Units: []string{"地下车库/1"}}}, Namesakes: []roster.Namesake{{Name: "示例同名", Units: []string{"1号楼/201", "2号楼/201"}}}},
			Decisions: roster.Decisions{Merges: []roster.Merge{{Units: []string{"1号楼/101", "2号楼/101"}, Why: "已核对", By: "示例人员"}}, Splits: []roster.Split{{Units: []string{"1号楼/102"}, Why: "已核对", By: "示例人员"}}}},
	}
}
