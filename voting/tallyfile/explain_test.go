package tallyfile

import (
	"strings"
	"testing"
)

func TestAFileExplainedForAPerson(t *testing.T) {
	text, decided := Explain([]byte(motionTotals))
	if !decided {
		t.Fatal(text)
	}
	lines := strings.Split(text, "\n")
	if len(lines) < 6 || !strings.HasPrefix(lines[0], "“议案表决”：") || !strings.Contains(lines[len(lines)-1], "结论：") {
		t.Errorf("%d lines: %s", len(lines), text)
	}
	for _, part := range []string{"参与表决人数", "参与表决面积", "（民法典第278条第2款）"} {
		if !strings.Contains(text, part) {
			t.Errorf("%s is missing from %s", part, text)
		}
	}
	if _, decided := Explain([]byte("[]")); decided {
		t.Error("a list was decided")
	}
}

func TestARefusalExplainedForAPerson(t *testing.T) {
	for text, want := range map[string]string{
		`[]`: "没有计算：文件不是一个完整的 JSON 对象。（bad_json）",
		`{"pack":"cn-civil-code-2021","matter":{"kind":"motion","item":10},"total":{"heads":1,"area_m2":"1"},"counts":{"options":{"yes":{"heads":1,"area_m2":"1"},"no":{"heads":0,"area_m2":"0"}}}}`: "没有计算：matter.item：这个值不在允许的范围内。应为：所用规则里事项的序号：cn-civil-code-2021 是 1 到 9，cn-property-law-2007 是 1 到 7，选举是 3。（bad_value）",
	} {
		if got, decided := Explain([]byte(text)); decided || got != want {
			t.Errorf("%s, %v", got, decided)
		}
	}
	if got := ExplainRefusal(CodeUnreadable); got != "没有计算：文件打不开。（unreadable）" {
		t.Error(got)
	}
}
