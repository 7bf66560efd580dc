package web

func sampleIntake() map[string]Page {
	issue := Issue{"名册", 17, "面积", "error", "面积不是数字，该专有部分暂不计入。"}
	warning := Issue{"名册", 44, "电话", "warning", "联系电话不像手机号或固定电话，收不到验证码，请核对。"}
	return map[string]Page{
		"intake": IntakePage{Shell: staffShell("核对名册文件", "convener"), Community: "共决示范花园", CommunityURL: "/c/1", File: "业主名册.xlsx",
			ReceivedAt: sampleNow, ThrownAt: sampleCloses, Totals: sampleRosterPage().Totals, Held: 1, Errors: 1, Open: 1, Confirmed: 1, Mended: 2,
			Sheets:  []IntakeSheet{{"名册", true, "有业主名册的各列，已经采用。", "found", []IntakePair{{"B", "楼号", "楼栋", true}}, "/i/columns", "/i/row"}},
			Refused: []IntakeRefusal{{"名册", 3, "第 3 行的内容与更正时看到的不同，更正没有用上，请重新核对。", "/i/row"}},
			Kinds:   []IssueKind{{"area_not_a_number", "error", issue.Text, 1, "/i?kind=1", false}, {"phone_format", "warning", warning.Text, 1, "/i?kind=2", true}, {"confirmed", "ok", ConfirmedDoubts, 1, "/i?kind=3", false}},
			Kind:    "phone_format", KindText: warning.Text, KindIsWarning: true,
			Issues: []IntakeIssue{{Issue: issue, Value: "约 90", Unit: "3号楼 301", MendURL: "/i/row"}, {Issue: warning, Value: "1990000", Key: "k1", MendURL: "/i/row"},
				{Issue: warning, MendURL: "/i/row", By: "示例人员", Why: "已与物业档案核对", At: sampleNow}},
			MoreURL: "/i?from=100", Confirm: ConfirmForm{sampleForm("why"), "已核对"}, Import: ImportForm{Form: sampleForm(""), Revision: "3", Refusal: "还有疑点没有确认。", Held: 1},
			Discard: NewAct("intake_discard", "/i/discard")},
		"intakecolumns": IntakeColumns{Shell: staffShell("更正各列", "convener"), Form: sampleForm("use"), File: "业主名册.xlsx", IntakeURL: "/i", Sheet: "名册", Why: "已经采用。", HeaderRow: "2",
			Missing: []string{"房号"}, Columns: []IntakeColumn{{"A", "楼号", "building", "列名与“楼栋”相近，请核对。", true, []string{"1", "2"}}, {"B", "备注", "", "没有采用。", false, nil}},
			Fields: []Option{{Value: "building", Text: "楼栋"}, {Value: "room", Text: "房号"}}, Chosen: true},
		"intakerow": IntakeRow{Shell: staffShell("更正一行", "convener"), Form: sampleForm("why"), File: "业主名册.xlsx", IntakeURL: "/i", Sheet: "名册", Row: 17, Was: "00", Issues: []Issue{issue, warning},
			Cells: []IntakeCell{{"area", "建筑面积", "面积", "约 90", "00", "00", false}, {"room", "房号", "房号", "301", "00", "01", true}}, Told: []ToldLine{{"示例人员", "房号", "按产权证", sampleNow, false}, {"示例人员", "", "合计行", sampleNow, true}}, Why: "按产权证"},
	}
}
