package web

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTheTitleOfAFurtherVoteSaysSoOnceAndStaysWithinTheForm(t *testing.T) {
	for title, want := range map[string]string{
		"换届会议":                   "换届会议（再次表决）",
		"换届会议（再次表决）":             "换届会议（再次表决）",
		strings.Repeat("长", 94):  strings.Repeat("长", 94) + "（再次表决）",
		strings.Repeat("长", 95):  strings.Repeat("长", 94) + "（再次表决）",
		strings.Repeat("长", 100): strings.Repeat("长", 94) + "（再次表决）",
	} {
		if got := RunOffTitle(title); got != want || utf8.RuneCountInString(got) > longestTitle {
			t.Errorf("%s gives %s", title, got)
		}
	}
}
