package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongjue/notify/paper"
	"gongjue/notify/paper/papertest"
	"gongjue/voting"
)

func sample() Meeting {
	meeting := Meeting{
		Community: "示例花园", Title: "示例花园业主大会2026年第二次临时会议", Convener: "示例花园业主委员会",
		NoticedAt: 1_794_000_000_000, OpensAt: 1_795_000_000_000, ClosesAt: 1_796_000_000_000, Link: "https://vote.example.org/m/0195c0de",
		CountingRule: "参与表决的专有部分面积和人数均须占三分之二以上（《民法典》第二百七十八条第二款）。",
		SilenceRule:  "根据《业主大会议事规则》第二十三条，视为弃权。", ReturnPlace: "物业服务中心一层投票箱", Contact: "李某 19900001234",
		Matters: []Matter{
			{Number: 1, Kind: voting.Motion, Title: "修订《管理规约》", Text: "是否同意修订稿。", Law: "《民法典》第二百七十八条第一款第二项"},
			{Number: 2, Kind: voting.Election, Method: voting.ApprovalEach, Title: "选举委员", Seats: 3,
				Options: []Option{{"张𬍛", "3号楼，教师"}, {"王䶮", "5号楼"}, {"李㛃", ""}, {"赵示例", ""}}},
			{Number: 3, Kind: voting.Selection, Method: voting.Pick, Title: "选聘物业服务企业", Options: []Option{{"甲公司", "包干制"}, {"乙公司", "酬金制"}}},
			{Number: 4, Kind: voting.Motion, Title: "更换3号楼电梯", Scope: "3号楼", Text: "是否同意。"},
		},
	}
	return offered(meeting, voting.Policies{FollowMajority: true})
}

// offered puts the squares of the announced policies onto the matters.
func offered(meeting Meeting, p voting.Policies) Meeting {
	for i, m := range meeting.Matters {
		meeting.Matters[i].Marks = voting.Matter{Kind: m.Kind, Method: m.Method}.Marks(p)
	}
	return meeting
}

func owner(n int) Voter {
	return Voter{
		Serial: fmt.Sprintf("SL-%04d-3MKP", n), Owners: []string{"陈示例"}, Heads: 1, Total: 1023400,
		Units: []Unit{{"3号楼1单元302室", 1023400, ""}, {"车位 B2-118", 132000, "不计面积"}}, Link: fmt.Sprintf("https://vote.example.org/v/AAECAwQFBgcICQoLDA0%04d", n),
	}
}

// printed makes sheets through the layout's own measurements and opens the file again.
func printed(t *testing.T, meeting Meeting, voters ...Voter) []papertest.Page {
	t.Helper()
	doc, err := paper.New("")
	if err != nil {
		t.Fatal(err)
	}
	marks := []paper.Mark{}
	doc.Trace = func(m paper.Mark) { marks = append(marks, m) }
	for _, voter := range voters {
		draw(doc, meeting, voter)
	}
	var file bytes.Buffer
	if _, err := doc.Finish(&file); err != nil {
		t.Fatal(err)
	}
	if clashes := papertest.Clashes(marks); len(clashes) > 0 {
		t.Errorf("%d clashes, such as %s", len(clashes), clashes[0])
	}
	pages, err := papertest.Read(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func wants(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("the sheet lacks %q", part)
		}
	}
}

func all(pages []papertest.Page) string {
	text := ""
	for _, page := range pages {
		text += page.Text()
	}
	return text
}

func TestASheetTellsEverythingAHouseholdNeeds(t *testing.T) {
	pages := printed(t, sample(), owner(1))
	text := all(pages)
	wants(t, text, "示例花园业主大会会议表决票", "示例花园业主委员会", "2026年11月18日 19:06 至 2026年11月30日 08:53（北京时间）", "陈示例",
		"3号楼1单元302室（102.34 ㎡）", "车位 B2-118（13.20 ㎡，不计面积）", "专有部分面积 102.34 ㎡；投票权人数 1 人", "票号 SL-0001-3MKP",
		"用微信扫一扫，在手机上投票", "事项一　修订《管理规约》", "同意反对弃权", "张𬍛　3号楼，教师", "王䶮", "李㛃", "应选 3 名，候选人 4 名",
		"只能勾选一家", "弃权（以上均不选）", "表决范围：3号楼", "从众（随多数）", "无效票", "重要提示：已送达而未表决的票", "计票规则",
		"业主（投票权人）签名", "物业服务中心一层投票箱，请于 2026年11月30日 08:53 前交回", "签 收 存 根", "签收人", "送达方式", "发放人")
	if got, err := pages[0].QR(); err != nil || got != owner(1).Link {
		t.Errorf("the code reads %q, %v", got, err)
	}
	for i, page := range pages {
		wants(t, page.Text(), fmt.Sprintf("第 %d 页/共 %d 页", i+1, len(pages)))
	}
}

func TestEveryVoterGetsTheirOwnCodeAndOnlyTheirOwnMatters(t *testing.T) {
	one, two := owner(1), owner(2)
	one.Matters, two.Matters = []int{1}, []int{1, 4}
	pages := printed(t, sample(), one, two)
	if len(pages) != 2 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, voter := range []Voter{one, two} {
		if got, err := pages[i].QR(); err != nil || got != voter.Link {
			t.Errorf("page %d reads %q, %v", i+1, got, err)
		}
		if has := strings.Contains(pages[i].Text(), "更换3号楼电梯"); has != (i == 1) {
			t.Errorf("page %d asks about the lift: %v", i+1, has)
		}
		if strings.Contains(pages[i].Text(), "选举委员") || strings.Contains(pages[i].Text(), "第 1 页") {
			t.Errorf("page %d: %s", i+1, pages[i].Text())
		}
	}
}

func TestFortyLongMattersFlowOverPagesAndNothingIsLost(t *testing.T) {
	meeting := sample()
	meeting.Matters = nil
	for i := range 40 {
		m := Matter{Number: i + 1, Kind: voting.Motion, Title: strings.Repeat("很长的标题", 12) + fmt.Sprint(i), Law: strings.Repeat("《民法典》第二百七十八条", 6),
			Text: strings.Repeat("本事项的全文很长，需要逐条阅读。", 36)}
		if i%3 == 1 {
			m.Kind, m.Method, m.Seats = voting.Election, voting.ApprovalEach, 11
			for n := range 22 {
				m.Options = append(m.Options, Option{fmt.Sprintf("候选人%d", n), strings.Repeat("简介", n*4)})
			}
		}
		if i%3 == 2 {
			m.Kind, m.Method, m.Seats = voting.Election, voting.Pick, 5
			for n := range 9 {
				m.Options = append(m.Options, Option{Name: fmt.Sprintf("人选%d", n)})
			}
		}
		meeting.Matters = append(meeting.Matters, m)
	}
	meeting = offered(meeting, voting.Policies{})
	voter := owner(1)
	voter.Owners = slices.Repeat([]string{"共有人示例"}, 40)
	pages := printed(t, meeting, voter)
	text := all(pages)
	for i := range 40 {
		wants(t, text, "事项"+paper.Ordinal(i+1)+"　")
	}
	if got := strings.Count(text, "共有人示例"); got != 40 {
		t.Errorf("%d of 40 owners are named", got)
	}
	if got := strings.Count(text, "简介"); got != 13*4*(21*22/2) {
		t.Errorf("descriptions: %d pieces", got)
	}
	wants(t, text, fmt.Sprintf("第 %d 页/共 %d 页", len(pages), len(pages)))
}

func TestALongTextIsShortenedOnlyWhereTheSheetSaysSo(t *testing.T) {
	cases := []struct {
		name, text, short string
		whole             bool
		want              string
	}{
		{"a text at the limit is whole", strings.Repeat("长", MaxText), "", true, strings.Repeat("长", 30)},
		{"a text above it gives way to its short form", strings.Repeat("长", MaxText+1), "短文一则", false, "短文一则"},
		{"a short form that is too long does not help", strings.Repeat("长", MaxText+1), strings.Repeat("短", MaxText+1), false, "长……"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			meeting := sample()
			meeting.Matters = []Matter{{Number: 1, Kind: voting.Motion, Title: "议案", Text: c.text, Short: c.short, TextHash: strings.Repeat("ab12", 16)}}
			text := all(printed(t, meeting, owner(1)))
			wants(t, text, c.want)
			if said := strings.Contains(text, "以上为摘要") && strings.Contains(text, "ab12ab12ab12ab12"); said == c.whole {
				t.Errorf("the sheet says that it is shortened: %v", said)
			}
		})
	}
}

func TestAnOwnerOfManyUnitsGetsAListAndAStubThatCountsThem(t *testing.T) {
	developer := owner(1)
	developer.Units = nil
	for i := range 210 {
		developer.Units = append(developer.Units, Unit{fmt.Sprintf("%d号楼%d室", i/40+1, 101+i), 891234, ""})
	}
	developer.Total = 891234 * 210
	text := all(printed(t, sample(), developer))
	wants(t, text, "共 210 个，逐一列在本票所附清单", "等 210 处", "专有部分面积 18715.914 ㎡", "附：专有部分清单")
	for i := range 210 {
		wants(t, text, fmt.Sprintf("%d%d号楼%d室89.1234", i+1, i/40+1, 101+i))
	}
}

func TestANameTheTypefaceLacksIsReportedWithTheSerialAndExplainedOnThePaper(t *testing.T) {
	voter := owner(7)
	voter.Owners = []string{"陈\U000323AF", "张𬍛"}
	var file bytes.Buffer
	report, err := Sheets(&file, sample(), []Voter{owner(6), voter})
	if err != nil {
		t.Fatal(err)
	}
	if want := []paper.Missing{{Rune: 0x323AF, Where: "SL-0007-3MKP"}}; !slices.Equal(report.Missing, want) {
		t.Errorf("%v", report.Missing)
	}
	pages, err := papertest.Read(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	text := all(pages)
	wants(t, text, "陈〓、张𬍛", "“〓”处是打印字库缺少的字（U+323AF）")
	if strings.Count(text, "U+323AF") != 1 {
		t.Error("another household's sheet explains it too")
	}
}

func TestEqualInputGivesEqualBytes(t *testing.T) {
	files := [2]bytes.Buffer{}
	for i := range files {
		if _, err := Sheets(&files[i], sample(), []Voter{owner(1), owner(2)}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("two runs differ")
	}
}

func TestMoreVotersThanOneFileTakesAreRefusedAndZipCutsThem(t *testing.T) {
	meeting := sample()
	meeting.Matters = meeting.Matters[:1]
	voters := make([]Voter, MaxVoters+1)
	for i := range voters {
		voters[i] = owner(i + 1)
	}
	if _, err := Sheets(&bytes.Buffer{}, meeting, voters); !errors.Is(err, ErrTooMany) {
		t.Errorf("%d voters: %v", len(voters), err)
	}
	var file bytes.Buffer
	report, err := Zip(&file, meeting, func(yield func(Voter, error) bool) {
		for _, voter := range voters {
			if !yield(voter, nil) {
				return
			}
		}
	})
	if err != nil || report.Pages != MaxVoters+1 {
		t.Fatalf("%d pages, %v", report.Pages, err)
	}
	archive, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, entry := range archive.File {
		names = append(names, entry.Name)
		if got := entry.Modified.UnixMilli(); got != meeting.NoticedAt {
			t.Errorf("%s is dated %d", entry.Name, got)
		}
	}
	if !slices.Equal(names, []string{"表决票-0001-0500.pdf", "表决票-0501-0501.pdf"}) {
		t.Errorf("%v", names)
	}
	broken := errors.New("the database went away")
	if _, err := Zip(&bytes.Buffer{}, meeting, func(yield func(Voter, error) bool) { yield(Voter{}, broken) }); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

// common is an agenda as most communities vote it: two motions, a committee of seven and a firm.
func common(p voting.Policies) Meeting {
	meeting := sample()
	law := "《民法典》第二百七十八条第一款第二项；参与表决的人数和面积过半数同意为通过"
	meeting.Matters = []Matter{
		{Number: 1, Kind: voting.Motion, Title: "修订《管理规约》", Text: strings.Repeat("是否同意修订稿的全部内容。", 5), Law: law},
		{Number: 2, Kind: voting.Election, Method: voting.ApprovalEach, Title: "选举委员", Seats: 5, Law: law, Text: "任期五年，候选人名单如下。"},
		{Number: 3, Kind: voting.Selection, Method: voting.Pick, Title: "选聘物业服务企业", Law: law, Text: "从下列企业中选聘一家。", Options: []Option{{Name: "甲公司"}, {Name: "乙公司"}}},
		{Number: 4, Kind: voting.Motion, Title: "使用维修资金", Text: "是否同意动用维修资金更换水泵。", Law: law},
	}
	for n := range 7 {
		meeting.Matters[1].Options = append(meeting.Matters[1].Options, Option{Name: fmt.Sprintf("候选%d", n)})
	}
	return offered(meeting, p)
}

func TestTheChoicesOfACommonAgendaAndTheirSignatureShareAPage(t *testing.T) {
	for _, follow := range []bool{false, true} {
		pages := printed(t, common(voting.Policies{FollowMajority: follow}), owner(1))
		first := pages[0].Text()
		wants(t, first, "事项一", "候选6", "乙公司", "事项四", "业主（投票权人）签名", "代理人签名", "日期", "签 收 存 根")
		if strings.Contains(all(pages), "本页业主签名") {
			t.Error("one page is signed twice")
		}
		wants(t, all(pages), "填写说明", "计票规则", "重要提示", "交回")
	}
}

func TestEveryPageWithChoicesCarriesTheSerialAndASignature(t *testing.T) {
	meeting := common(voting.Policies{})
	for i := range 9 {
		meeting.Matters = append(meeting.Matters, Matter{Number: 5 + i, Kind: voting.Motion, Title: "又一议案", Text: "是否同意。", Marks: meeting.Matters[0].Marks})
	}
	pages := printed(t, meeting, owner(1))
	if len(pages) < 2 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, page := range pages {
		if asked := strings.Contains(page.Text(), "事项"); asked && strings.Contains(page.Text(), "同意反对弃权") {
			wants(t, page.Text(), "票号 SL-0001-3MKP", "本页业主签名")
		} else if i < 2 {
			t.Errorf("page %d asks nothing: %s", i+1, page.Text())
		}
	}
}

func TestFollowingTheMajorityIsOfferedWhereTheBallotOffersIt(t *testing.T) {
	for _, c := range []struct {
		name    string
		matter  int
		follow  bool
		squares int // with the word 从众
	}{
		{"a motion with the policy", 1, true, 1}, {"a motion without it", 1, false, 0},
		{"an election candidate by candidate has none", 2, true, 0}, {"a selection by pick", 3, true, 1},
	} {
		voter := owner(1)
		voter.Matters = []int{c.matter}
		got := strings.Count(all(printed(t, common(voting.Policies{FollowMajority: c.follow}), voter)), "从众")
		if got != c.squares {
			t.Errorf("%s: %d squares", c.name, got)
		}
	}
}

// TestWhereNoVoteIsCastOnThisSystemNothingSaysSo: the codes stay, to look the notice up and to find the sheet.
func TestWhereNoVoteIsCastOnThisSystemNothingSaysSo(t *testing.T) {
	for _, test := range []struct {
		name, platform string
		wanted         []string
	}{
		{"paper alone", "", []string{"查看会议公告", "只收纸质票"}},
		{"the city's platform", "示例市业主投票平台", []string{"查看会议公告", "与示例市业主投票平台上的电子投票效力相同"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			meeting := sample()
			meeting.NoOnline, meeting.Platform = true, test.platform
			text := all(printed(t, meeting, owner(1)))
			wants(t, text, test.wanted...)
			var file bytes.Buffer
			if _, err := Poster(&file, meeting); err != nil {
				t.Fatal(err)
			}
			pages, err := papertest.Read(file.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			wants(t, pages[0].Text(), "看公告", "按当地规定", test.platform, "物业服务中心一层投票箱")
			for _, never := range []string{"在手机上投票", "手机投票", "验证码", "扫码更快", "不方便用手机"} {
				if strings.Contains(text+pages[0].Text(), never) {
					t.Errorf("it says %s", never)
				}
			}
		})
	}
}
