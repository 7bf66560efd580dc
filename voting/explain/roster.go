package explain

import (
	"fmt"

	"gongjue/voting/roster"
)

// AreaSource names a source of areas by its code.
func AreaSource(code string) string { return roster.AreaSource(code).Name() }

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
