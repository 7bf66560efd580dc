package web

import (
	"strings"
	"testing"

	"gongjue/voting"
)

const samplePlatform = "示范市业主投票平台"

func sampleWays() Ways {
	return Ways{Place: "物业服务中心一层", Barred: true, CityOnly: true, Law: "《示范市物业管理条例》第九条", Platform: samplePlatform, Conflict: voting.FirstValid}
}

func sampleImported() *Imported {
	return &Imported{Platform: samplePlatform, Voters: 512, Twice: 7, Conflict: voting.FirstValid, SHA256: sampleRoot,
		Standing: map[voting.Standing]int64{voting.OwnStands: 4, voting.ImportedStands: 3}}
}

func sampleImports() map[string]Page {
	columns := []ImportColumn{{1, "楼栋", "楼栋", false}, {2, "房号", "房号", false}, {3, "表决事项一", ImportMeaning("answer", 1, ""), false}, {4, "姓名", "未采用", true}}
	line := ImportLine{Number: 2, State: "waiting", ReceivedFrom: "示范市住建局业主投票平台管理中心", File: "投票结果.xlsx", SHA256: sampleRoot, Rows: 530, Voters: 512, AlsoVoted: 7,
		Reason: "平台更正了一户", First: "召集人 赵某", FirstAt: sampleNow, Columns: columns}
	effective := line
	effective.Number, effective.State, effective.Second, effective.EffectiveAt, effective.LeafIndex = 1, "effective", "孙某", sampleNow, 205
	blind := line
	blind.Blind = true
	page := Import{Shell: staffShell("导入", "teller"), Community: "共决示范花园", Meeting: "临时会议", MeetingURL: "/m/1", Platform: samplePlatform, Ways: sampleWays(),
		Closes: sampleCloses, TemplateURL: "/t.xlsx"}
	first, second, waits, closed := page, page, page, page
	first.Imports = []ImportLine{effective}
	first.Upload = &ImportUpload{Form: sampleForm("file", "received_from", "confirmed", "reason"), ReceivedFrom: "住建局", Reason: "更正", Replaces: true, Doubtful: true, Confirmed: true}
	first.Report = &ImportReport{File: "投票结果.xlsx", SHA256: sampleRoot, Rows: 530, Empty: 12, Voters: 512, Errors: 1, Warnings: 1, More: 3, Columns: columns, HeaderRow: 2,
		Issues: []ImportIssue{{ImportPlace(14, "房号"), "error", "名册上没有这处房屋。", "1号楼 1单元 999"}, {ImportPlace(0, ""), "warning", "这张表没有采用。", ""}}}
	second.Waiting, second.Confirm = &blind, &ImportConfirm{Form: sampleForm("file", "rows", "own_copy"), Rows: "530", OwnCopy: true}
	waits.Waiting, waits.WithdrawURL, waits.WaitsFor = &line, "/w", ImportWaitsFor("convener")
	closed.Refusal, closed.Imports = "这次会议已经计票。", []ImportLine{effective}
	return map[string]Page{"import": first, "import-second": second, "import-waits": waits, "import-closed": closed}
}

func TestWhoIsToConfirmSeesNoNumberOfTheFirstFile(t *testing.T) {
	shown := string(rendered(t, sampleImports()["import-second"]))
	for _, never := range []string{"512", sampleRoot, "投票结果.xlsx"} {
		if strings.Contains(shown, never) {
			t.Errorf("the page shows %s", never)
		}
	}
	if !strings.Contains(string(rendered(t, sampleImports()["import-waits"])), sampleRoot) {
		t.Error("whoever handed it in does not see the fingerprint")
	}
}

func TestTheResultSaysWhatBecameOfThoseWhoAnsweredTwice(t *testing.T) {
	for _, test := range []struct {
		imported Imported
		want     string
	}{
		{Imported{Platform: "甲平台", Voters: 1200}, "甲平台导入 1,200 票，没有与其他票重复的。"},
		{Imported{Platform: "甲平台", Voters: 9, Twice: 3, Conflict: voting.FirstValid, Standing: map[voting.Standing]int64{voting.OwnStands: 1, voting.ImportedStands: 2}},
			"甲平台导入 9 票，其中 3 户另有一张票，按公告“先到的有效”处理：以平台的票计 2 户，以另一张票计 1 户。"},
		{Imported{Platform: "甲平台", Voters: 9, Twice: 1, Conflict: voting.IdenticalElseVoid, Standing: map[voting.Standing]int64{voting.BothCompared: 1}},
			"甲平台导入 9 票，其中 1 户另有一张票，按公告“相同的计一次，不同的作废”处理：逐项比较 1 户。"},
	} {
		if got := test.imported.Sentence(); got != test.want {
			t.Errorf("%s\nwant %s", got, test.want)
		}
	}
}

func TestAReceiptSaysWhatAnotherBallotMeans(t *testing.T) {
	for standing, counts := range map[string]bool{"replaced": false, "passed_over": false, "beside": true, "compared": true} {
		if text, counted := ReceiptStanding(standing); text == "" || counted != counts {
			t.Errorf("%s: %q, counted %v", standing, text, counted)
		}
	}
}

func TestAPlaceOfAnIssueIsNamedInWords(t *testing.T) {
	for want, place := range map[string]string{"": ImportPlace(0, ""), "第 3 行": ImportPlace(3, ""), "“房号”一列": ImportPlace(0, "房号"), "第 3 行，“房号”": ImportPlace(3, "房号")} {
		if place != want {
			t.Errorf("%s, want %s", place, want)
		}
	}
	if ImportMeaning("option", 2, "候选人甲") != "事项 2：候选人甲" || ImportMeaning("answer", 0, "") != "看不出是哪个事项" || ImportMeaning("room", 0, "") != "房号" {
		t.Error("columns are not named")
	}
}
