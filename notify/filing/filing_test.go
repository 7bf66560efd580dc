package filing

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"gongjue/notify/paper"
	"gongjue/notify/paper/papertest"
	"gongjue/voting"
	"gongjue/voting/rules"
)

func weighs(heads int64, area voting.Area) voting.Weight {
	return voting.Weight{Heads: heads, Area: area}
}

func law(t *testing.T) voting.Law {
	t.Helper()
	pack, err := rules.For("cn-civil-code-2021")
	if err != nil {
		t.Fatal(err)
	}
	return pack.Law()
}

func policies(silence voting.Silence, void bool) voting.Policies {
	return voting.Policies{Silence: silence, VoidParticipates: &void}
}

// decided makes a matter's result through the real engine.
func decided(t *testing.T, p voting.Policies, m voting.Matter, c voting.Counts) MatterResult {
	t.Helper()
	outcome, err := voting.Decide(law(t), p, m, c)
	if err != nil {
		t.Fatal(err)
	}
	return MatterResult{Number: 1, Title: "示例事项", Law: "《民法典》第二百七十八条第一款", Matter: m, Outcome: outcome}
}

var (
	motion    = voting.Matter{Kind: voting.Motion, Item: 9}
	selection = voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick, Options: []string{"甲公司", "乙公司"}}
	picking   = voting.Matter{Kind: voting.Election, Item: 3, Method: voting.Pick, Options: []string{"赵", "钱", "孙"}, Seats: 2, MinMembers: 2}
	election  = voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"张𬍛", "王䶮", "李㛃"}, Seats: 1, Alternates: 1, MinMembers: 1}
)

func motionCounts() voting.Counts {
	return voting.Counts{Total: weighs(867, 1_100_162_700), Voted: weighs(620, 800_000_000), Void: weighs(4, 4_001_200),
		SilentDelivered: weighs(51, 60_000_000), Abstain: weighs(20, 20_000_000),
		Options: map[string]voting.Weight{"yes": weighs(500, 640_000_000), "no": weighs(100, 140_000_000)}}
}

func electionCounts() voting.Counts {
	c := motionCounts()
	c.Abstain = voting.Weight{}
	c.Options = map[string]voting.Weight{"张𬍛": weighs(520, 700_000_000), "王䶮": weighs(480, 600_000_000), "李㛃": weighs(200, 300_000_000)}
	c.Against = map[string]voting.Weight{"张𬍛": weighs(60, 60_000_000), "王䶮": weighs(70, 100_000_000), "李㛃": weighs(300, 400_000_000)}
	return c
}

func resultData(t *testing.T, p voting.Policies, matters ...MatterResult) ResultNoticeData {
	t.Helper()
	return ResultNoticeData{
		Stage: Final, Community: "示例花园", Title: "示例花园业主大会2026年第二次临时会议", Form: "临时会议", Manner: "采用书面征求意见与互联网投票相结合的形式",
		OpensAt: 1_795_000_000_000, ClosesAt: 1_796_000_000_000, Convener: "示例花园业主委员会", Tellers: []string{"计票员甲", "计票员乙"},
		Supervisor: "示例社区居民委员会", Total: weighs(867, 1_100_162_700), Law: law(t), Policies: p, Clause: "《议事规则》第二十三条", Matters: matters,
		Roster: Roster{Version: "第 3 版", Root: strings.Repeat("9f3c", 16), FrozenAt: 1_794_900_000_000, Sources: "不动产登记",
			Amended: "通知发布以后，名册另有 1 处更正，从以后的会议起适用。", Amendments: []string{"1号楼101：面积 90.00 ㎡ 改为 91.00 ㎡。"}},
		Basis: []string{"《中华人民共和国民法典》第二百七十八条", "《示例花园业主大会议事规则》第二十三条"}, NextStep: "另行公告。",
		Objection: "示例花园业主委员会", ObjectionUntil: 1_796_600_000_000, Link: "https://vote.example.org/r/0195c0de", CheckCode: "K7QX-93MP",
		LogRoot: strings.Repeat("c0de", 16), IssuedAt: 1_796_100_000_000,
	}
}

// text writes a document and reads it again; its layout must be free of clashes.
func text(t *testing.T, write func(io.Writer) (paper.Report, error)) (string, []papertest.Page) {
	t.Helper()
	var file bytes.Buffer
	if _, err := write(&file); err != nil {
		t.Fatal(err)
	}
	pages, err := papertest.Read(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for i, page := range pages {
		all += page.Text()
		if want := fmt.Sprintf("第 %d 页/共 %d 页", i+1, len(pages)); !strings.Contains(page.Text(), want) {
			t.Errorf("page %d lacks %q", i+1, want)
		}
	}
	return all, pages
}

func noticeText(t *testing.T, data ResultNoticeData) (string, []papertest.Page) {
	t.Helper()
	return text(t, func(w io.Writer) (paper.Report, error) { return ResultNotice(w, data) })
}

// wants looks for pieces of text; blanks do not count, since one is dropped where a line breaks.
func wants(t *testing.T, text string, parts ...string) {
	t.Helper()
	closed := func(s string) string { return strings.ReplaceAll(s, " ", "") }
	for _, part := range parts {
		if !strings.Contains(closed(text), closed(part)) {
			t.Errorf("the paper lacks %q", part)
		}
	}
}

func TestTheResultNoticeFollowsTheForm(t *testing.T) {
	p := policies(voting.NotParticipating, true)
	m := decided(t, p, motion, motionCounts())
	m.Channels = map[string][]ChannelCount{"yes": {{"线上", weighs(420, 560_000_000)}, {"纸质", weighs(80, 80_000_000)}}}
	m.Voids = []VoidReason{{"无签名", weighs(4, 4_001_200)}}
	m.Classes = []Class{{"已表决", weighs(620, 800_000_000), false}, {"拒收表决票", weighs(2, 1_960_000), true}, {"未发出", weighs(192, 236_161_500), false}}
	m.Delivered = Class{Weight: weighs(690, 870_000_000)}
	got, pages := noticeText(t, resultData(t, p, m))
	wants(t, got, "拒收表决票 2 人、未发出", "其中有送达凭证的 690 人、87000.00 ㎡（含已表决的）")
	wants(t, got, "关于示例花园业主大会临时会议表决结果的公告", "2026年11月18日 19:06至2026年11月30日 08:53（北京时间）",
		"示例社区居民委员会对本次会议表决情况进行了监督", "小区总人数（指投票权人数，下同）：867 人；业主大会应参加专有部分面积：110016.27 ㎡",
		"参与表决 624 人，占全体人数 71.97%；面积 80400.12 ㎡，占全体面积 73.08%", "占参与表决人数", "占参与表决面积",
		"同意50080.1364000.0079.60", "反对10016.0314000.0017.41", "弃权203.212000.002.49", "无效票40.64400.120.50", "合计（参与表决）624100.0080400.12100.00",
		"已送达未表决（按公布的规则不计入参与表决）：51 人，占全体人数 5.88%", "（1）同意：线上 420 人、56000.00 ㎡、纸质 80 人、8000.00 ㎡，合计 500 人、64000.00 ㎡。",
		"无签名 4 人", "结论：通过", "不少于三分之二达到46 人", "过半数达到187 人", "《示例花园业主大会议事规则》第二十三条", strings.Repeat("9f3c", 16), strings.Repeat("c0de", 16),
		"业主名册版本：第 3 版，锁定时间：2026年11月17日 15:20", "2026年12月7日 07:33（北京时间）前向示例花园业主委员会书面提出", "核验码：K7QX-93MP",
		"召集人：示例花园业主委员会（盖章）", "计票人：计票员甲、计票员乙", "监督单位：示例社区居民委员会（盖章）", "2026年12月1日", "特此公告。")
	if strings.Contains(got, "占总人数") {
		t.Error("a share stands on a base that is not ours")
	}
	if link, err := pages[len(pages)-1].QR(); err != nil || link != "https://vote.example.org/r/0195c0de" {
		t.Errorf("the code reads %q, %v", link, err)
	}
}

func TestThePreliminaryNoticeAsksForObjectionsAndIsNoFinalResult(t *testing.T) {
	p := policies(voting.NotParticipating, true)
	data := resultData(t, p, decided(t, p, motion, motionCounts()))
	data.Stage = Preliminary
	got, _ := noticeText(t, data)
	wants(t, got, "关于示例花园业主大会临时会议初步统计结果的公示", "征询业主异议；本公示不是最终结果", "特此公示。")
	if strings.Contains(got, "现就会议决定公告如下") {
		t.Error("the preliminary notice announces a decision")
	}
}

func TestEveryKindOfMatterPrintsItsOwnFigures(t *testing.T) {
	counts := func(change func(*voting.Counts)) voting.Counts {
		c := motionCounts()
		change(&c)
		return c
	}
	chosen := counts(func(c *voting.Counts) {
		c.Options = map[string]voting.Weight{"甲公司": weighs(350, 450_000_000), "乙公司": weighs(250, 330_000_000)}
	})
	picked := counts(func(c *voting.Counts) {
		c.Options = map[string]voting.Weight{"赵": weighs(500, 600_000_000), "钱": weighs(400, 500_000_000), "孙": weighs(100, 90_000_000)}
	})
	scoped := motion
	scoped.Scope = []string{"3号楼"}
	small := voting.Counts{Total: weighs(60, 60_000_000), Voted: weighs(41, 42_000_000), Abstain: weighs(4, 3_000_000),
		Options: map[string]voting.Weight{"yes": weighs(30, 33_000_000), "no": weighs(7, 6_000_000)}}
	poor := counts(func(c *voting.Counts) { c.Total = weighs(2000, 2_000_000_000) })
	cases := []struct {
		name   string
		matter voting.Matter
		counts voting.Counts
		want   []string
	}{
		{"an election by approval has three lines a name, and the void ballots once", election, electionCounts(),
			[]string{"1. 张𬍛　同意52083.3370000.0087.06当选（第 1 名）", "　反对609.626000.007.46", "　弃权406.414000.004.98", "2. 王䶮　同意48076.92", "候补（第 1 名）",
				"人数和面积均未过法定比例", "每项另有：无效票40.64", "每项合计（参与表决）624100.00", "本次选举的业主委员会成立"}},
		{"an election by picking has a line a name and no sum", picking, picked,
			[]string{"赵50080.1360000.0074.63当选（第 1 名）", "孙10016.03", "弃权203.21"}},
		{"a selection names the firm that was chosen", selection, chosen, []string{"甲公司35056.0945000.0055.97选定", "乙公司25040.06", "合计（参与表决）624"}},
		{"a scoped motion has the denominators of its scope", scoped, small, []string{"总人数 60 人，专有部分总面积 6000.00 ㎡", "全体 60 人", "同意3073.17"}},
		{"too few participants form no decision", motion, poor, []string{"未形成有效决定", "不少于三分之二未达到"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := policies(voting.NotParticipating, true)
			got, _ := noticeText(t, resultData(t, p, decided(t, p, c.matter, c.counts)))
			wants(t, got, c.want...)
		})
	}
}

func TestASilencePolicyPrintsBothReadings(t *testing.T) {
	for policy, want := range map[voting.Silence]string{
		voting.JoinMajority:    "同意55181.6370000.0081.02",
		voting.SilenceAbstains: "已送达未表决517.566000.006.94",
	} {
		p := policies(policy, true)
		got, _ := noticeText(t, resultData(t, p, decided(t, p, motion, motionCounts())))
		wants(t, got, want, "其中：已送达未表决 51 人、6000.00 ㎡，依《议事规则》第二十三条", "合计（参与表决）675100.00",
			"“不计入”时：参与表决 624 人，占全体人数 71.97%", "同意50080.1364000.0079.60", "合计（参与表决）624100.0080400.12",
			"已送达未表决的票 51 人、6000.00 ㎡，依《议事规则》第二十三条。“计入”：通过；“不计入”：通过")
		counts := motionCounts()
		counts.SilentDelivered = voting.Weight{}
		got, _ = noticeText(t, resultData(t, p, decided(t, p, motion, counts)))
		wants(t, got, "本事项没有已送达未表决的票，“计入”与“不计入”的结果相同")
	}
}

func TestVoidBallotsOutsideParticipationStandBesideItWithTheirOwnBase(t *testing.T) {
	p := policies(voting.NotParticipating, false)
	got, _ := noticeText(t, resultData(t, p, decided(t, p, motion, motionCounts())))
	wants(t, got, "无效票（按公布的规则不计入参与表决）：4 人，占全体人数 0.46%；面积 400.12 ㎡，占全体面积 0.36%", "合计（参与表决）620100.00")
}

func TestWhatWouldHaveChangedTheOutcomeIsLeftOutWithTheAreasItNames(t *testing.T) {
	p := policies(voting.NotParticipating, true)
	got, _ := noticeText(t, resultData(t, p, decided(t, p, motion, motionCounts())))
	wants(t, got, "只要有 ")
	c := motionCounts()
	moved := c.Options[voting.OptionNo].Minus(weighs(2, 1_234_500))
	c.Options[voting.OptionNo], c.Options[voting.OptionYes] = weighs(2, 1_234_500), c.Options[voting.OptionYes].Plus(moved)
	if got, _ = noticeText(t, resultData(t, p, decided(t, p, motion, c))); strings.Contains(got, "只要有 ") {
		t.Error("the area of two voters follows from what is printed")
	}
}

func TestWhatBecameOfThePaperSheetsStandsBeforeTheBasis(t *testing.T) {
	p := policies(voting.NotParticipating, true)
	data := resultData(t, p, decided(t, p, motion, motionCounts()))
	got, _ := noticeText(t, data)
	if strings.Contains(got, "纸质表决票核对") {
		t.Error("a section without lines is printed")
	}
	data.Sheets, data.SheetsWarning = []Parameter{{Name: "发放", Value: "855 张"}, {Name: "收回（纸质）", Value: "176 张"}}, "有 1 张收回的票，登记为拒收。"
	got, _ = noticeText(t, data)
	wants(t, got, "三、纸质表决票核对", "发放855 张", "收回（纸质）176 张", "请注意：有 1 张收回的票", "四、依据")
}

func TestPrintedNamesReplaceKeys(t *testing.T) {
	p := policies(voting.NotParticipating, true)
	keyed := selection
	keyed.Options = []string{"f1", "f2"}
	c := motionCounts()
	c.Options = map[string]voting.Weight{"f1": weighs(350, 450_000_000), "f2": weighs(250, 330_000_000)}
	m := decided(t, p, keyed, c)
	m.Names = map[string]string{"f1": "甲公司", "f2": "乙公司"}
	got, _ := noticeText(t, resultData(t, p, m))
	wants(t, got, "甲公司350", "甲公司（人数）", "选聘甲公司的表决通过")
	if strings.Contains(got, "f1") {
		t.Error("a key is printed")
	}
}

func TestTheMeetingNoticePrintsWhatItFroze(t *testing.T) {
	data := MeetingNoticeData{Community: "示例花园", Title: "示例花园业主大会2026年第二次临时会议", Form: "临时会议", Convener: "示例花园业主委员会",
		Members: []Member{{"李某", "主任", "3号楼", "总负责", "19900001234"}}, OpensAt: 1_795_000_000_000, ClosesAt: 1_796_000_000_000,
		Total: weighs(867, 1_100_162_700), Roster: Roster{Version: "第 3 版", Root: strings.Repeat("9f3c", 16)}, Channels: []string{"手机扫码", "纸质表决票"},
		Counting: []string{"参与表决：三分之二以上。"}, Silence: "依《议事规则》第二十三条视为弃权。", Parameters: []Parameter{{"无效票", "计入参与表决", "无效票是什么意思。"}},
		Matters: []NoticeMatter{{Number: 1, Title: "修订《管理规约》", Text: strings.Repeat("第一条　全体业主共同遵守。\n", 150), Law: "第二项", Total: weighs(867, 1_100_162_700),
			TextHash: strings.Repeat("ab12", 16), Attachments: []Attachment{{"修订稿.pdf", strings.Repeat("99ee", 16)}}},
			{Number: 2, Title: "选举委员", Total: weighs(60, 60_000_000), Scope: "3号楼", Options: []string{"张𬍛", "王䶮"}, Seats: 1, MaxChoices: 1}},
		Objection: "示例花园业主委员会", ObjectionUntil: 1_794_900_000_000, Contact: "李某 19900001234", Link: "https://vote.example.org/m/0195c0de", CheckCode: "N7QX-93MP",
		IssuedAt: 1_793_500_000_000}
	got, pages := text(t, func(w io.Writer) (paper.Report, error) { return MeetingNotice(w, data) })
	wants(t, got, "关于召开示例花园业主大会临时会议的公告", "投票权人数（人数）867 人", "专有部分面积之和 110016.27 ㎡", "手机扫码、纸质表决票", strings.Repeat("9f3c", 16),
		"重要提示：已送达而未表决的票：依《议事规则》", "无效票计入参与表决", "修订稿.pdf", strings.Repeat("99ee", 16), "应选 1 名", "3号楼；总人数 60 人", "张𬍛、王䶮", "李某主任3号楼总负责19900001234",
		"核验码：N7QX-93MP", "2026年11月1日")
	if n := strings.Count(got, "全体业主共同遵守。"); n != 150 {
		t.Errorf("%d of 150 paragraphs of the full text", n)
	}
	if link, err := pages[len(pages)-1].QR(); err != nil || link != data.Link {
		t.Errorf("the code reads %q, %v", link, err)
	}
}

func TestTheCertificateSaysWhatWasFiledCheckedAndThatItDecidesNothing(t *testing.T) {
	data := CertificateData{Number: "示街业备〔2026〕17号", Authority: "示例街道办事处", Assembly: "示例花园业主大会", Committee: "示例花园业主委员会", Term: 3,
		TermFrom: "2026年12月1日", TermTo: "2031年11月30日", Chair: "张𬍛", Members: []string{"张𬍛", "王䶮"}, Meeting: "2026年第二次临时会议",
		MeetingFrom: 1_795_000_000_000, MeetingTo: 1_796_000_000_000, Convener: "示例花园业主委员会", Matters: []CertifiedMatter{{1, "选举委员", "通过"}},
		Checked: []string{"业主名册校验根与公告一致。"}, Sentence: "示例花园业主委员会报送的会议记录和结果，准予备案。", Alternates: []string{"李㛃"},
		ResultHash: strings.Repeat("ab12", 16), RecordHash: strings.Repeat("ef56", 16), CheckCode: "C3MP-8KQ2", Link: "https://vote.example.org/c/1", CertifiedAt: 1_796_700_000_000}
	got, pages := text(t, func(w io.Writer) (paper.Report, error) { return Certificate(w, data) })
	wants(t, got, "业 主 大 会 备 案 证 明", "示街业备〔2026〕17号", "第三届，任期 2026年12月1日 至 2031年11月30日", "张𬍛、王䶮", "选举委员：通过",
		"业主名册校验根与公告一致。", "不改变业主共同决定的内容和效力", "会议记录和结果，准予备案", "候补委员李㛃",
		"结果公告校验值"+strings.Repeat("ab12", 16), "材料校验值"+strings.Repeat("ef56", 16), "示例街道办事处（盖章）", "2026年12月8日", "核验码：C3MP-8KQ2")
	if strings.Contains(got, "办公地址") {
		t.Error("a field without a value is printed")
	}
	if link, err := pages[0].QR(); err != nil || link != data.Link || len(pages) != 1 {
		t.Errorf("%d pages, the code reads %q, %v", len(pages), link, err)
	}
	data.Standing, data.Note = "这份备案证明已撤回，不再有效", "未形成业主大会决定。"
	got, _ = text(t, func(w io.Writer) (paper.Report, error) { return Certificate(w, data) })
	wants(t, got, data.Standing, data.Note)
}

func TestTheNoteForTheSealsSaysWhatStandsOnThem(t *testing.T) {
	data := SealProofData{Number: "2026-000017", Assembly: "示例花园业主大会", Committee: "示例花园业主委员会", Term: 3, TermFrom: "2026年12月1日", TermTo: "2031年11月30日",
		Chair: "张𬍛", Certifier: "示例街道办事处", Prover: "样例区物业主管部门", CheckCode: "C3MP-8KQ2", Link: "https://vote.example.org/c/1",
		CertifiedAt: 1_796_700_000_000, IssuedAt: 1_796_800_000_000}
	got, pages := text(t, func(w io.Writer) (paper.Report, error) { return SealProof(w, data) })
	wants(t, got, "印 章 刻 制 证 明", "备案号：2026-000017", "业主大会印章示例花园业主大会", "业主委员会印章示例花园业主委员会（第三届）", "由示例街道办事处准予备案",
		"任期：2026年12月1日 至 2031年11月30日", "负责人：张𬍛", "变更、撤回或者注销以后，本证明不再使用", "样例区物业主管部门（盖章）", "2026年12月9日", "核验码：C3MP-8KQ2")
	if link, err := pages[0].QR(); err != nil || link != data.Link || len(pages) != 1 || strings.Contains(got, "办公地址") {
		t.Errorf("%d pages, the code reads %q, %v", len(pages), link, err)
	}
}

func TestACertificateOfAWholeElectionFitsOnePageAndALongerOneLosesNothing(t *testing.T) {
	data := CertificateData{Number: "2026-000001", Authority: "示例街道办事处", Assembly: "示例花园业主大会", Committee: "示例花园业主委员会",
		Members: []string{"候选人甲（3号楼）", "候选人丙（6号楼）", "候选人乙（5号楼）", "候选人戊（9号楼）", "候选人丁（8号楼）"}, Alternates: []string{"候选人己（10号楼）"},
		Meeting: "示例花园业主大会定期会议", MeetingFrom: 1_795_000_000_000, MeetingTo: 1_796_000_000_000, Convener: "示例花园业主委员会",
		Sentence: "示例花园业主委员会报送的“示例花园业主大会定期会议”会议记录和结果，材料齐全，本机关已经核对，准予备案。",
		Checked:  slices.Repeat([]string{"各事项参与表决和同意的人数、面积都按法定比例计算，结论正确。"}, 5), ResultHash: strings.Repeat("ab12", 16), RecordHash: strings.Repeat("ef56", 16),
		CheckCode: "0EW8-1VXJ-R4MD-9SF6-K", Link: "https://vote.example.org/certificates/0EW8-1VXJ-R4MD-9SF6-K", CertifiedAt: 1_796_700_000_000}
	for n, pages := range map[int]int{4: 1, 7: 1, 40: 3} {
		data.Matters = nil
		for i := range n {
			data.Matters = append(data.Matters, CertifiedMatter{i + 1, fmt.Sprintf("使用%d号楼维修资金更换电梯钢丝绳", i+1), "通过"})
		}
		got, printed := text(t, func(w io.Writer) (paper.Report, error) { return Certificate(w, data) })
		wants(t, got, fmt.Sprintf("使用%d号楼维修资金更换电梯钢丝绳：通过", n), "示例街道办事处（盖章）")
		if len(printed) != pages {
			t.Errorf("%d matters take %d pages, want %d", n, len(printed), pages)
		}
	}
}

func TestTheSealNeverStandsOnAPageOfItsOwn(t *testing.T) {
	turned := 0
	for lines := range 30 {
		certificate := CertificateData{Authority: "示例街道办事处", Link: "https://vote.example.org/c/1", CertifiedAt: 1_796_700_000_000}
		meeting := MeetingNoticeData{Convener: "示例花园业主委员会", Link: "https://vote.example.org/m/1", IssuedAt: 1_796_700_000_000}
		for i := range lines {
			certificate.Matters = append(certificate.Matters, CertifiedMatter{i + 1, "示例事项", "通过"})
			meeting.Counting = append(meeting.Counting, "示例规则。")
		}
		for sentence, write := range map[string]func(io.Writer) (paper.Report, error){
			"备案是对报送材料的记录": func(w io.Writer) (paper.Report, error) { return Certificate(w, certificate) },
			"特此公告。":       func(w io.Writer) (paper.Report, error) { return MeetingNotice(w, meeting) },
		} {
			_, pages := text(t, write)
			last := pages[len(pages)-1].Text()
			wants(t, last, sentence, "（盖章）", "2026年12月8日")
			if len(pages) > 1 {
				turned++
			}
		}
	}
	if turned == 0 {
		t.Error("no document was long enough to turn the page")
	}
}

func TestTheNoticeNamesTheMattersOfARuleTheAlternatesAndWhatAParameterMeans(t *testing.T) {
	got, _ := text(t, func(w io.Writer) (paper.Report, error) {
		return MeetingNotice(w, MeetingNoticeData{Counting: []string{paper.Subject([]int{1, 3}) + "应当过半数。", paper.Subject([]int{2}) + "应当四分之三以上。"},
			Parameters: []Parameter{{"废票", "算参与", "废票不算任何选项的票。"}},
			Matters:    []NoticeMatter{{Number: 1, Title: "选举委员", Seats: 5, Alternates: 2}, {Number: 2, Title: "补选委员", Seats: 3}}})
	})
	wants(t, got, "事项一、三均应当过半数。", "事项二应当四分之三以上。", "应选 5 名，候补名额 2 名", "废票算参与废票不算任何选项的票。")
	if strings.Count(got, "候补名额") != 1 {
		t.Error("an election without alternates promises some")
	}
}
