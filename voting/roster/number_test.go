package roster

import "testing"

func TestANumberIsLookedForInTheRostersSpelling(t *testing.T) {
	for typed, want := range map[string][2]string{
		"19900000001":           {"19900000001", "19900000001"},
		" 199 0000-0001 ":       {"1990000-0001", "19900000001"},
		"+86 19900000001":       {"+8619900000001", "19900000001"},
		"９９０００019700101001x":    {"99000019700101001X", ""},
		"'990000 19700101 001X": {"99000019700101001X", ""},
		"g12345678":             {"G12345678", ""},
		"":                      {"", ""},
	} {
		if id, phone := ReadNumber(typed); id != want[0] || phone != want[1] {
			t.Errorf("%q: %q, %q", typed, id, phone)
		}
	}
}

func TestANumberInAFreeTextIsSeen(t *testing.T) {
	for text, want := range map[string]bool{
		"请联系19900000001":         true,
		"电话 199 0000 0001":       true,
		"１９９０００００００１":            true,
		"990000-19700101-001X":   true,
		"护照 G1234567":            true,
		"6位数 123456":             false,
		"3号楼1单元1201业主来电，核对手机号":   false,
		"2026年3月15日到场核对":         false,
		"2026-03-15 09:30 到场":    false,
		"":                       false,
		"第 12 条、第 34 条、第 5678 号": false,
	} {
		if HoldsNumber(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
