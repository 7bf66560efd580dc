package explain

import (
	"fmt"
	"strings"

	"gongjue/voting/roster"
)

// AreaSource names a source of areas by its code.
func AreaSource(code string) string { return roster.AreaSource(code).Name() }

// AreaMix says where the areas of a roster were taken from, the strongest source first (解释第8条), such as
// "不动产登记簿 812 个（76543.21 平方米）、测绘实测 130 个（…）"; empty where nothing is known.
func AreaMix(mix []roster.SourceShare) string {
	words := make([]string, len(mix))
	for i, share := range mix {
		words[i] = fmt.Sprintf("%s %d 个（%s 平方米）", share.Source.Name(), share.Units, share.Area)
	}
	return strings.Join(words, "、")
}

// HeadGroup says how the head of a unit counts, without a name: by the number of the voter, how many units that
// voter holds and how many heads they make together.
func HeadGroup(group, units, heads int64, developer bool) string {
	switch {
	case developer && units == 1 && heads == 1:
		return "建设单位，1 人"
	case developer:
		return fmt.Sprintf("建设单位，共 %d 个，合计 %d 人", units, heads)
	case heads == 0:
		return "不计人数"
	case units > 1:
		return fmt.Sprintf("第 %d 组，同一业主共 %d 个，合计 1 人", group, units)
	}
	return "1 人"
}
