package roster

import (
	"regexp"
	"strings"
)

var (
	// roomPath is a room that carries its building or stair: 3号楼1单元301室, 3栋-1-301, 1-2-301, 1-101.
	namedPath = regexp.MustCompile(`^(.*?(?:号楼|栋|幢|座|楼|#))-?(?:(\d{1,2})(?:单元|门|梯|-)-?)?([0-9A-Z][0-9A-Z-]*)$`)
	stairPath = regexp.MustCompile(`^(\d{1,2})(?:单元|门|梯)-?([0-9A-Z]+)$`)
	dashPath  = regexp.MustCompile(`^(?:(\d{1,3})-)?(\d{1,2})-(\d{2,5}[A-Z]?)$`)
)

// readPlace reads building, stair and room. A room that repeats or carries the others is taken apart; a
// code such as B1-001 or S01 stays whole.
func readPlace(building, stair, room string) (string, string, string) {
	building, stair, room = readBuilding(building), readStair(stair), readRoom(room)
	if isDigits(room) || room == "" {
		return building, stair, room
	}
	b, s, r := splitRoom(room)
	switch {
	case b != "" && building != "" && b != building, s != "" && stair != "" && s != stair:
		return building, stair, room // it contradicts its neighbours: not ours to choose
	case r == "":
		return building, stair, room
	}
	if building == "" {
		building = b
	}
	if stair == "" {
		stair = s
	}
	return building, stair, r
}

func splitRoom(room string) (building, stair, rest string) {
	if m := dashPath.FindStringSubmatch(room); m != nil {
		if m[1] != "" {
			building = readBuilding(m[1])
		}
		return building, readStair(m[2]), m[3]
	}
	if m := stairPath.FindStringSubmatch(room); m != nil {
		return "", readStair(m[1]), m[2]
	}
	if m := namedPath.FindStringSubmatch(room); m != nil {
		if m[2] != "" {
			stair = readStair(m[2])
		}
		return readBuilding(m[1]), stair, m[3]
	}
	return "", "", ""
}

// readBuilding gives 3, 3# and 3#楼 the one spelling 3号楼; every other name stays as it is written.
func readBuilding(cell string) string {
	text := compact(cell)
	number := strings.TrimSuffix(strings.TrimSuffix(text, "楼"), "#")
	if isDigits(number) && (number == text || strings.Contains(text, "#")) {
		return number + "号楼"
	}
	return text
}

var chineseDigits = strings.NewReplacer("十一", "11", "十二", "12", "十", "10", "一", "1", "二", "2", "三", "3", "四", "4",
	"五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

// readStair gives 1, 1单元 and 一单元 the one spelling 1单元.
func readStair(cell string) string {
	text := compact(cell)
	number, named := strings.CutSuffix(text, "单元")
	if digits := chineseDigits.Replace(number); isDigits(digits) && (named || digits == text) {
		return digits + "单元"
	}
	return text
}

// readRoom drops 室 and 户 after a number: 301室 is 301.
func readRoom(cell string) string {
	text := strings.ToUpper(compact(cell))
	for _, suffix := range []string{"室", "户", "号"} {
		if rest, found := strings.CutSuffix(text, suffix); found && rest != "" && rest[len(rest)-1] < 0x80 {
			return rest
		}
	}
	return text
}

// readUsage folds the usual words for a use into the three that counting knows.
func readUsage(cell string) string {
	text := compact(cell)
	switch {
	case text == "":
		return UsageUnstated
	case strings.Contains(text, "住宅") && !strings.Contains(text, "非住宅"):
		return UsageDwelling
	case strings.Contains(text, "车位"), strings.Contains(text, "车库"):
		return UsageParking
	case strings.Contains(text, "商业"), strings.Contains(text, "商铺"), strings.Contains(text, "商服"), text == "门面", text == "店铺":
		return UsageShop
	}
	return text
}
