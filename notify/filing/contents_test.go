package filing

import (
	"io"
	"strings"
	"testing"

	"gongjue/notify/paper"
	"gongjue/voting"
)

func TestTheIndexNamesEveryFileWithPagesAndSum(t *testing.T) {
	data := ContentsData{Community: "示例花园", Meeting: "示例花园业主大会2026年第二次临时会议", Convener: "示例花园业主委员会", Street: "示例街道", Version: 2,
		MadeAt: 1_796_100_000_000, Record: "9f3c 9f3c", Link: "https://vote.example.org/r/0195c0de",
		Files: []ContentsFile{{"01-会议公告.pdf", "会议公告", "3", "系统生成", strings.Repeat("9f3c", 16)},
			{"02-上传的材料/01-扫描件.pdf", "业主大会会议记录", "见文件", "召集人", strings.Repeat("c0de", 16)}},
		Papers: []ContentsPaper{{"管理规约", "业主大会和业主委员会指导规则第33条", "还缺", true}}}
	all, _ := text(t, func(w io.Writer) (paper.Report, error) { return Contents(w, data) })
	wants(t, all, "第 2 次报送", "01-会议公告.pdf", strings.Repeat("9f3c", 16), "02-上传的材料/01-扫描件.pdf", strings.Repeat("c0de", 16), "还缺", "指导规则第33条",
		"不列任何一户的选择")
	data.Version = 0
	all, _ = text(t, func(w io.Writer) (paper.Report, error) { return Contents(w, data) })
	wants(t, all, "还没有报送")
}

func TestAdoptedTextsStandWhole(t *testing.T) {
	long := strings.Repeat("第一条 业主应当遵守本规约。\n", 120)
	all, pages := text(t, func(w io.Writer) (paper.Report, error) {
		return Adopted(w, AdoptedData{Community: "示例花园", Meeting: "临时会议", Texts: []AdoptedText{{1, "管理规约", "通过", long, strings.Repeat("9f3c", 16), nil},
			{3, "议事规则", "通过", "第一条 全文。", strings.Repeat("c0de", 16), []Attachment{{"全文.pdf", strings.Repeat("beef", 16)}}}}})
	})
	if strings.Count(all, "业主应当遵守本规约。") != 120 || len(pages) < 3 {
		t.Errorf("%d clauses on %d pages", strings.Count(all, "业主应当遵守本规约。"), len(pages))
	}
	wants(t, all, "事项三", "全文.pdf", strings.Repeat("beef", 16))
}

func TestObjectionsStandWithTheirAnswers(t *testing.T) {
	data := AnswersData{Community: "示例花园", Meeting: "临时会议", From: 1_796_100_000_000, Until: 1_796_600_000_000,
		Answers: []Answer{{Number: 1, By: "1号楼101", About: "表决票", At: 1_796_200_000_000, Text: "请核对本户表决票。", State: "异议不成立", Answer: "已当面核对，一致。", AnsweredAt: 1_796_300_000_000},
			{Number: 2, By: "居民代表", About: "会议程序", At: 1_796_200_000_000, Text: "通知没有贴。", State: "待答复"}}}
	all, _ := text(t, func(w io.Writer) (paper.Report, error) { return Answers(w, data) })
	wants(t, all, "第 1 号", "请核对本户表决票。", "已当面核对，一致。", "第 2 号", "待答复")
	data.Answers = nil
	all, _ = text(t, func(w io.Writer) (paper.Report, error) { return Answers(w, data) })
	wants(t, all, "没有收到异议")
}

// TestATableKeepsBackWhatTheNoticeKeepsBack: a spreadsheet with the areas would undo the rule of the notice.
func TestATableKeepsBackWhatTheNoticeKeepsBack(t *testing.T) {
	p := policies(voting.NotParticipating, true)
	counts := voting.Counts{Total: weighs(10, 10_000_000), Voted: weighs(9, 9_000_000),
		Options: map[string]voting.Weight{"yes": weighs(7, 7_123_400), "no": weighs(2, 1_876_600)}}
	sums, err := SumsOf(resultData(t, p, decided(t, p, motion, counts)))
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, row := range append(sums.Figures, sums.Steps...) {
		all += strings.Join(row, "|") + "\n"
	}
	for _, secret := range []string{"187.66", "712.34"} {
		if strings.Contains(all, secret) {
			t.Errorf("the table tells %s:\n%s", secret, all)
		}
	}
	if !strings.Contains(all, inAnnex) || len(sums.Steps) == 0 {
		t.Error(all)
	}
	for _, row := range sums.Figures {
		if len(row) != 7 {
			t.Errorf("a line has %d cells: %v", len(row), row)
		}
	}
}
