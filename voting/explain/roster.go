package explain

import (
	"fmt"

	"gongjue/voting/roster"
)

var areaSources = table[roster.AreaSource]{
	roster.Register: "登记簿", roster.Survey: "实测", roster.Contract: "合同",
}

// AreaSource names where an area was taken from; an area without a source says so.
func AreaSource(s roster.AreaSource) string {
	if s == "" {
		return "未注明"
	}
	return areaSources[s]
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
