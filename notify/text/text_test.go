package text

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func values(kind Kind) map[string]string {
	all := map[string]string{
		"code": "402913", "minutes": "5", "community": "示例花园", "meeting": "示例花园业主大会2026年第二次临时会议",
		"time": "2026年11月21日 20:15", "opens": "2026年12月1日 09:00", "closes": "2026年12月10日 18:00",
		"until": "2026年12月17日 18:00", "link": "https://vote.example.org/m/0195c0de", "number": "17", "authority": "示例街道办事处", "act": "责令限期改正通告", "platform": "示例市业主投票平台",
	}
	kept := map[string]string{}
	for _, field := range Fields(kind) {
		kept[field] = all[field]
	}
	return kept
}

func TestEveryKindHasWordsThatUseAllTheirFieldsAndFitAnSMS(t *testing.T) {
	if len(table) != len(Kinds) {
		t.Errorf("%d kinds have words, %d are listed", len(table), len(Kinds))
	}
	for _, kind := range Kinds {
		subject, body, err := Compose(kind, values(kind))
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		if !strings.HasPrefix(body, "【共决】") || strings.ContainsAny(subject+body, "{}") || subject == "" {
			t.Errorf("%s: %q %q", kind, subject, body)
		}
		if length := utf8.RuneCountInString(body); length > 140 {
			t.Errorf("%s: %d characters are more than two joined SMS", kind, length)
		}
		for _, used := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(table[kind].Subject+table[kind].Body, -1) {
			if !slices.Contains(table[kind].Fields, used[1]) {
				t.Errorf("%s uses {%s}, which is not a field", kind, used[1])
			}
		}
		for field, value := range values(kind) {
			if !strings.Contains(body, value) {
				t.Errorf("%s: the body lacks the %s", kind, field)
			}
		}
	}
}

func TestAFieldThatIsMissingEmptyOrUnknownIsRefusedWithoutItsValue(t *testing.T) {
	for name, change := range map[string]func(map[string]string){
		"missing": func(v map[string]string) { delete(v, "code") },
		"empty":   func(v map[string]string) { v["code"] = "" },
		"unknown": func(v map[string]string) { v["phone"] = "19900001234" },
	} {
		fields := values(OneTimeCode)
		change(fields)
		_, _, err := Compose(OneTimeCode, fields)
		if err == nil || strings.Contains(err.Error(), "1990000") || strings.Contains(err.Error(), "402913") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := Compose("farewell", nil); err == nil {
		t.Error("a kind without words was composed")
	}
}

func TestAValueIsNeverReadAsAPlaceholder(t *testing.T) {
	fields := values(OneTimeCode)
	fields["community"] = "{code}花园"
	_, body, err := Compose(OneTimeCode, fields)
	if err != nil || !strings.Contains(body, "用于{code}花园业主大会") {
		t.Errorf("%q %v", body, err)
	}
}
