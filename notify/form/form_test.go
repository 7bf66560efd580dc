package form

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"regexp"
	"strings"
	"testing"

	"gongjue/voting"
)

func sample() Data {
	return Data{Community: "示例花园", Assembly: "示例花园业主大会", Committee: "示例花园业主委员会", Authorities: []string{"示例区物业主管部门", "示例街道"},
		Convener: "示例花园换届小组", ConvenerIs: "换届小组", Place: "物业服务中心", Title: "示例花园业主大会临时会议", Kind: "临时会议", Manner: "采用书面征求意见的形式",
		NoticedAt: 1_794_000_000_000, OpensAt: 1_795_000_000_000, ClosesAt: 1_796_000_000_000, CountedAt: 1_796_100_000_000, PreparedAt: 1_796_200_000_000,
		PublishedAt: 1_796_900_000_000, Units: 956, Total: voting.Weight{Heads: 867, Area: 1_100_162_700}, Ballots: 680, Roster: "第 2 版",
		Matters: []Matter{{Number: 1, Title: "修改议事规则", Participated: "680 人", Word: "通过", Sentence: "表决通过、结果有效。", InForce: true},
			{Number: 2, Title: "续聘物业", Participated: "680 人", Word: "未通过", Sentence: "未达到法定标准。"}},
		Members: []Member{{Name: "样例甲", Place: "当选（第 1 名）"}, {Name: "样例乙", Place: "候补（第 1 名）", Alternate: true}},
		Sheets:  []Line{{"制作", "867 张"}}, Warning: "收回的比发放的多 1 张。", Buildings: []BuildingSheets{{"1号楼", 100, 90, 5, 3, 2}},
		Papers: []Line{{"管理规约", "还缺"}}, Digests: []Line{{"会议通知", "9f3c"}}}
}

// text is what stands in a form, without marks.
func text(t *testing.T, write func(io.Writer, Data) error, data Data) string {
	t.Helper()
	var file bytes.Buffer
	if err := write(&file, data); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	body, err := archive.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(strings.ReplaceAll(string(raw), "</w:p>", "\n"), ""))
}

func TestTheFormsHoldWhatIsKnownAndRoomForTheRest(t *testing.T) {
	for name, c := range map[string]struct {
		write func(io.Writer, Data) error
		want  []string
	}{
		"registration": {Registration, []string{"业主大会备案登记表", "示例区物业主管部门、示例街道", "867 人，110016.27 平方米", "续聘物业", "管理规约\n还缺", "经办人（签名）", "不改变业主共同决定"}},
		"minutes":      {Minutes, []string{"示例花园业主大会临时会议会议记录", "（一）修改议事规则", "结果：未通过。", "监票人", "公示期内没有收到异议。", "以上记录经核对无误。"}},
		"decision":     {Decision, []string{"一、修改议事规则", "二、没有形成决定的事项", "事项二“续聘物业”：未通过。", "第二百八十条", "示例花园业主大会（盖章）"}},
		"committee":    {Committee, []string{"样例甲", "二、候补委员", "候补（第 1 名）", "只用于备案和履职联系"}},
		"promises":     {Promises, []string{"本人样例甲，经示例花园业主大会临时会议选举为委员", "候补委员承诺书", "承诺人（签名）"}},
		"sheets":       {Sheets, []string{"867 张", "请注意：收回的比发放的多 1 张。", "1号楼\n100\n90\n5\n3\n2\n", "封条号", "监票人（签名）"}},
	} {
		got := text(t, c.write, sample())
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
}

func TestAMeetingWithoutADecisionSaysSo(t *testing.T) {
	data := sample()
	data.Matters = data.Matters[1:]
	if got := text(t, Decision, data); !strings.Contains(got, "本次会议没有通过任何事项。") || !strings.Contains(got, "一、没有形成决定的事项") {
		t.Error(got)
	}
	data.Committee, data.Objections = "", Objections{Raised: 3, Upheld: 0, Dismissed: 2, Withdrawn: 1}
	if got := text(t, Registration, data); !strings.Contains(got, "本次会议没有选举产生") {
		t.Error("the registration does not say that no committee was elected")
	}
	if got := text(t, Minutes, data); !strings.Contains(got, "收到异议 3 件：成立 0 件，不成立 2 件，撤回 1 件") {
		t.Error("the minutes do not tell of the objections")
	}
}
