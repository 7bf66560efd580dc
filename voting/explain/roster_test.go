package explain

import "testing"

func TestAHeadGroupIsToldWithoutAName(t *testing.T) {
	for want, got := range map[string]string{
		"1 人": HeadGroup(7, 1, 1, false),
		"第 7 组，同一业主共 2 个，合计 1 人": HeadGroup(7, 2, 1, false),
		"不计人数":              HeadGroup(7, 2, 0, false),
		"建设单位，1 人":          HeadGroup(7, 1, 1, true),
		"建设单位，共 2 个，合计 1 人": HeadGroup(7, 2, 1, true),
		"建设单位，共 2 个，合计 0 人": HeadGroup(7, 2, 0, true),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
