package filing

import (
	"bytes"
	"errors"
	"maps"
	"strings"
	"testing"

	"gongjue/notify/paper"
	"gongjue/notify/paper/papertest"
	"gongjue/voting"
	"gongjue/voting/explain"
)

func TestFiguresThatDoNotCloseAreNeverPrinted(t *testing.T) {
	p := policies(voting.NotParticipating, true)
	cases := map[string]func(*voting.Counted){
		"a missing head":                 func(c *voting.Counted) { c.Options["yes"] = weighs(499, 640_000_000) },
		"a missing square centimetre":    func(c *voting.Counted) { c.Options["no"] = weighs(100, 139_999_999) },
		"a head too many":                func(c *voting.Counted) { c.Abstain = weighs(21, 20_000_000) },
		"participants from nowhere":      func(c *voting.Counted) { c.Participants = weighs(625, 804_001_200) },
		"area without heads on one line": func(c *voting.Counted) { c.Options["yes"], c.Abstain = weighs(520, 640_000_000), weighs(0, 20_000_000) },
	}
	for name, change := range cases {
		m := decided(t, p, motion, motionCounts())
		m.Outcome.Counted.Options = maps.Clone(m.Outcome.Counted.Options)
		change(&m.Outcome.Counted)
		var file bytes.Buffer
		if _, err := ResultNotice(&file, resultData(t, p, m)); !errors.Is(err, ErrSums) || file.Len() > 0 {
			t.Errorf("%s: %v, %d bytes", name, err, file.Len())
		}
	}
}

func TestChannelsSumToTheirOptionOrSayWhatARuleAdded(t *testing.T) {
	for name, c := range map[string]struct {
		silence voting.Silence
		paper   voting.Weight
		want    string // empty = refused
	}{
		"equal":                       {voting.NotParticipating, weighs(80, 80_000_000), "合计 500 人、64000.00 ㎡。"},
		"a head less":                 {voting.NotParticipating, weighs(79, 80_000_000), ""},
		"a square centimetre more":    {voting.NotParticipating, weighs(80, 80_000_001), ""},
		"silent ballots joined later": {voting.JoinMajority, weighs(80, 80_000_000), "合计 500 人、64000.00 ㎡；另按公布的规则计入 51 人、6000.00 ㎡，共 551 人、70000.00 ㎡。"},
	} {
		p := policies(c.silence, true)
		m := decided(t, p, motion, motionCounts())
		m.Channels = map[string][]ChannelCount{"yes": {{"线上", weighs(420, 560_000_000)}, {"纸质", c.paper}}}
		if c.want == "" {
			if _, err := ResultNotice(&bytes.Buffer{}, resultData(t, p, m)); !errors.Is(err, ErrSums) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		got, _ := noticeText(t, resultData(t, p, m))
		wants(t, got, c.want)
	}
}

func TestLinesSumToTheParticipantsUnderEveryPolicyAndKind(t *testing.T) {
	chosen := motionCounts()
	chosen.Options = map[string]voting.Weight{"甲公司": weighs(350, 450_000_000), "乙公司": weighs(250, 330_000_000)}
	for _, silence := range voting.Silences {
		for _, void := range []bool{true, false} {
			p := policies(silence, void)
			for _, m := range []MatterResult{decided(t, p, motion, motionCounts()), decided(t, p, election, electionCounts()), decided(t, p, selection, chosen)} {
				f, err := figure(m, p)
				if err != nil {
					t.Errorf("%s, void %v, %s: %v", silence, void, m.Matter.Kind, err)
					continue
				}
				for _, group := range f.groups {
					total := voting.Weight{}
					for _, r := range group {
						total = total.Plus(r.weight)
					}
					if total != m.Outcome.Counted.Participants {
						t.Errorf("%s, void %v, %s: lines sum to %v, participants are %v", silence, void, m.Matter.Kind, total, m.Outcome.Counted.Participants)
					}
				}
			}
		}
	}
}

func TestFollowersThatNoRuleCouldAddStandOnTheirOwnLine(t *testing.T) {
	p := policies(voting.NotParticipating, true)
	p.FollowMajority = true
	c := motionCounts()
	c.Options = map[string]voting.Weight{"yes": weighs(300, 300_000_000), "no": weighs(250, 400_000_000)}
	c.FollowMajority = weighs(50, 80_000_000)
	m := decided(t, p, motion, c)
	if m.Outcome.Result != voting.Undetermined {
		t.Fatalf("%s", m.Outcome.Result)
	}
	got, _ := noticeText(t, resultData(t, p, m))
	wants(t, got, "从众（无法计入）508.01", "结论：无法认定（"+explain.Reason(voting.NoSingleLeader))
}

func TestALineOfVeryFewHeadsHidesItsAreaAndIsNotFoundBySubtraction(t *testing.T) {
	line := func(label string, heads int64) row {
		return row{key: label, label: label, weight: weighs(heads, voting.Area(heads*1_000_000+7)), choice: true}
	}
	cases := []struct {
		name    string
		group   []row
		closing bool
		want    string
	}{
		{"three heads may be shown", []row{line("a", 300), line("b", 3)}, true, ""},
		{"two heads hide, and the next smallest with them", []row{line("a", 300), line("b", 40), line("c", 2)}, true, "bc"},
		{"two lines of few heads need no third", []row{line("a", 300), line("b", 1), line("c", 2)}, true, "bc"},
		{"nothing is hidden where nobody stands", []row{line("a", 300), line("b", 0)}, true, ""},
		{"where sums do not close one is enough", []row{line("a", 300), line("b", 2)}, false, "b"},
		{"void ballots tell no choice", []row{line("a", 300), {label: "v", weight: weighs(1, 1)}}, true, ""},
	}
	for _, c := range cases {
		got := ""
		for _, r := range hide(c.group, c.closing) {
			if r.hidden {
				got += r.label
			}
		}
		if got != c.want {
			t.Errorf("%s: hidden %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAHiddenAreaStandsNowhereInTheNotice(t *testing.T) {
	p := policies(voting.NotParticipating, true)
	c := voting.Counts{Total: weighs(6, 6_000_000), Voted: weighs(5, 5_128_300), Options: map[string]voting.Weight{
		"yes": weighs(2, 1_987_600), "no": weighs(3, 3_140_700)}}
	m := decided(t, p, motion, c)
	m.Channels = map[string][]ChannelCount{"yes": {{"线上", weighs(2, 1_987_600)}}, "no": {{"线上", weighs(3, 3_140_700)}}}
	got, _ := noticeText(t, resultData(t, p, m))
	wants(t, got, "同意240.00见附件见附件", "反对360.00见附件见附件", "面积列入附件")
	for _, area := range []string{"198.76", "314.07", voting.Area(1_987_600 - 2_564_151).String(), "57.65", "38.76"} {
		if strings.Contains(got, area) {
			t.Errorf("the notice tells %s", area)
		}
	}
}

func TestTheNoticesAreFreeOfClashes(t *testing.T) {
	p := policies(voting.JoinMajority, true)
	m := decided(t, p, election, electionCounts())
	m.Title = strings.Repeat("很长的标题", 30)
	data := resultData(t, p, m, decided(t, p, motion, motionCounts()))
	counted := make([]figures, len(data.Matters))
	for i, matter := range data.Matters {
		var err error
		if counted[i], err = figure(matter, p); err != nil {
			t.Fatal(err)
		}
	}
	for name, body := range map[string]func(*notice){
		"result": func(n *notice) { n.result(data, counted) },
		"certificate": func(n *notice) {
			n.certificate(CertificateData{Meeting: strings.Repeat("会议", 90), Sentence: strings.Repeat("准予备案。", 90), Standing: "不再有效", Link: "https://vote.example.org/c/1"})
		},
		"certificate in small type": func(n *notice) {
			n.certificateIn(CertificateData{Meeting: strings.Repeat("会议", 90), Checked: []string{"核对无误。"}, Link: "https://vote.example.org/c/1"}, paper.Small)
		},
		"meeting": func(n *notice) {
			n.meeting("公告", MeetingNoticeData{Matters: []NoticeMatter{{Text: strings.Repeat("全文。", 2000)}}, Parameters: []Parameter{{"参数", strings.Repeat("取值", 400), strings.Repeat("说明", 200)}}})
		},
	} {
		doc, err := paper.New("")
		if err != nil {
			t.Fatal(err)
		}
		marks := []paper.Mark{}
		doc.Trace = func(mark paper.Mark) { marks = append(marks, mark) }
		n := &notice{Doc: doc, cover: cover{title: name, code: "K7QX-93MP"}}
		n.print(body)
		if _, err := doc.Finish(&bytes.Buffer{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if clashes := papertest.Clashes(marks); len(clashes) > 0 {
			t.Errorf("%s: %d clashes, such as %s", name, len(clashes), clashes[0])
		}
	}
}

func TestEqualDataGivesEqualBytes(t *testing.T) {
	p := policies(voting.SilenceAbstains, true)
	files := [2]bytes.Buffer{}
	for i := range files {
		data := resultData(t, p, decided(t, p, election, electionCounts()), decided(t, p, motion, motionCounts()))
		if _, err := ResultNotice(&files[i], data); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("two runs differ")
	}
}

func TestNoReadingGivesAwayWhatTheOtherHides(t *testing.T) {
	p := policies(voting.JoinMajority, true)
	counts := motionCounts()
	counts.Voted, counts.Abstain = weighs(502, 641_960_000), voting.Weight{}
	counts.Options = map[string]voting.Weight{"yes": weighs(500, 640_000_000), "no": weighs(2, 1_960_000)}
	got, _ := noticeText(t, resultData(t, p, decided(t, p, motion, counts)))
	// Two homes are against. What is in favour stands nowhere in square metres either, with silence or without.
	for _, area := range []string{"196.00", "64000.00", "70000.00"} {
		if strings.Contains(strings.ReplaceAll(got, "6000.00", ""), area) {
			t.Errorf("the notice prints %s", area)
		}
	}
	counts.Voted = weighs(602, 781_000_000)
	counts.Options = map[string]voting.Weight{"yes": weighs(2, 641_000_000), "no": weighs(600, 140_000_000)}
	got, _ = noticeText(t, resultData(t, p, decided(t, p, motion, counts)))
	// Silent ballots would join nobody here: heads and area lead apart.
	wants(t, got, "无法认定", "同意2", "反对600")
	if strings.Contains(got, "64100.00") {
		t.Error("the area of two homes is printed")
	}
}
