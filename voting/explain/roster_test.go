package explain

import (
	"testing"

	"gongjue/voting/roster"
)

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

func TestTheMixOfSourcesNamesEachWithItsUnitsAndArea(t *testing.T) {
	mix := []roster.SourceShare{{Source: roster.Register, Units: 812, Area: 765_432_100}, {Source: roster.Survey, Units: 130, Area: 100_000}, {Units: 14, Area: 5_000}}
	if got, want := AreaMix(mix), "不动产登记簿 812 个（76543.21 平方米）、测绘实测 130 个（10.00 平方米）、未注明 14 个（0.50 平方米）"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := AreaMix(nil); got != "" {
		t.Errorf("of nothing: %q", got)
	}
}
