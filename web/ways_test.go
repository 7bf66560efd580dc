package web

import (
	"strings"
	"testing"

	"gongjue/voting"
)

func TestTheWaysToAnswerAreWhatThePlaceAndTheNoticeAllow(t *testing.T) {
	const law = "《示范市物业管理条例》第九条"
	for _, test := range []struct {
		name     string
		ways     Ways
		list     string
		says     []string
		never    []string
		manner   string
		conflict string
	}{
		{"phone and paper", Ways{Place: "物业楼"}, "手机扫码投票；填写纸质表决票交到物业楼", []string{"先到的有效"}, []string{"市平台", "当地规定"}, "采用互联网投票与书面征求意见相结合的形式", ""},
		{"the city's system alone, announced", Ways{Place: "物业楼", Barred: true, CityOnly: true, Law: law, Platform: "示范市平台", Conflict: voting.PaperWins},
			"在示范市平台上投票；填写纸质表决票交到物业楼", []string{law, "本系统不收电子投票", "两个人"}, []string{"扫码", "手机投"}, "采用示范市平台电子投票与书面征求意见相结合的形式", "以纸质票为准"},
		{"the city's system alone, not announced", Ways{Place: "物业楼", Barred: true, CityOnly: true, Law: law}, "填写纸质表决票交到物业楼", []string{law, "只收纸质表决票"}, []string{"扫码", "平台"}, "采用书面征求意见的形式", ""},
		{"no electronic form", Ways{Barred: true}, "填写纸质表决票", []string{"没有电子投票", "只收纸质表决票"}, []string{"扫码", "平台"}, "采用书面征求意见的形式", ""},
		{"phone, platform and paper", Ways{Platform: "示范市平台"}, "手机扫码投票；在示范市平台上投票", []string{"导入本系统"}, []string{"当地规定"}, "采用互联网投票与书面征求意见相结合的形式", "先到的有效"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(test.ways.List(), "；"); got != test.list {
				t.Errorf("the ways are %s", got)
			}
			text := test.ways.Sentence() + test.ways.Why()
			conflict := ""
			for _, line := range test.ways.lines() {
				text += line.Meaning
				if line.Name == "在平台和本系统都有票" {
					conflict = line.Value
				}
			}
			for _, part := range test.says {
				if !strings.Contains(text, part) {
					t.Errorf("%q lacks %s", text, part)
				}
			}
			for _, part := range test.never {
				if strings.Contains(text, part) {
					t.Errorf("%q says %s", text, part)
				}
			}
			if test.ways.Manner() != test.manner || conflict != test.conflict {
				t.Errorf("manner %s, conflict %s", test.ways.Manner(), conflict)
			}
		})
	}
}

func TestEveryConflictRuleIsAnnouncedInWords(t *testing.T) {
	for _, rule := range voting.ChannelConflicts {
		if p := policyOf("conflict", string(rule)); p.value != string(rule) || p.meaning == "" {
			t.Errorf("%s is announced as %+v", rule, p)
		}
	}
	for _, hint := range []string{PlatformHint(false, true, "甲"), PlatformHint(true, false, "甲"), PlatformHint(false, false, "")} {
		if hint == "" || strings.Contains(hint, "（）") {
			t.Errorf("the hint %q", hint)
		}
	}
}
