package roster

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	// namedPath is a room that carries its building or stair: 3号楼1单元301室, 3栋-1-301, 1#2-301.
	namedPath = regexp.MustCompile(`^(.*?(?:号楼|栋|幢|座|楼|#))-?(?:(\d{1,2})(?:单元|门|梯|-)-?)?(?:\d{1,2}层)?([0-9A-Z][0-9A-Z-]*)$`)
	stairPath = regexp.MustCompile(`^(\d{1,2})(?:单元|门|梯)-?(?:\d{1,2}层)?([0-9A-Z]+)$`)
	dashPath  = regexp.MustCompile(`^(?:(\d{1,3})-)?(\d{1,2})-(\d{2,5}[A-Z]?)$`)
	// address is what a register writes before the building: 某区某路1号某小区.
	address = regexp.MustCompile(`^.*(?:小区|公寓|家园|花园|路|街|巷|苑|园|城|府|庭|里|村|坊|弄|院|\d号)((?:\d{1,3}|[A-Z]|[甲乙丙丁戊己东西南北中]\d{0,3})(?:号楼|栋|幢|座|#楼?|楼).*)$`)
	// stairWords are the spellings of a stair inside of a room: 一单元.
	stairWords = regexp.MustCompile(`([一二三四五六七八九十]{1,3})(单元|门|梯|层)`)
	// sheetNames is a building at the beginning of the name of a sheet.
	sheetNames = regexp.MustCompile(`^(.{1,8}?(?:号楼|栋|幢|座|#))`)
)

// longestPlace is the number of bytes that building, stair or room may have: a long address still fits.
const longestPlace = 240

// readPlace reads building, stair and room. A room that repeats or carries the others is taken apart; a
// code such as B1-001 or S01 stays whole.
func readPlace(building, stair, room string) (string, string, string) {
	return joinPlace(readBuilding(building), readStair(stair), readRoom(room))
}

func joinPlace(building, stair, room string) (string, string, string) {
	plain := isASCII(room) && !strings.ContainsAny(room, "-#") // nothing in it divides a room
	if plain || len(room) > longestPlace {
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
	if !isASCII(room) {
		room = stairWords.ReplaceAllStringFunc(room, func(word string) string {
			m := stairWords.FindStringSubmatch(word)
			return strconv.Itoa(chineseNumber(m[1])) + m[2]
		})
		if m := address.FindStringSubmatch(room); m != nil {
			room = m[1]
		}
	}
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

// readBuilding gives 3, 3# and 3#楼 and 三号楼 the one spelling 3号楼; every other name stays as it is written.
func readBuilding(cell string) string {
	text := compact(cell)
	number := strings.TrimSuffix(strings.TrimSuffix(text, "楼"), "#")
	if isDigits(number) && (number == text || strings.Contains(text, "#")) {
		return number + "号楼"
	}
	for _, suffix := range []string{"号楼", "栋", "幢", "座"} {
		if word, found := strings.CutSuffix(text, suffix); found {
			if n := chineseNumber(word); n > 0 {
				return strconv.Itoa(n) + suffix
			}
		}
	}
	return text
}

// isBuilding tells whether a lone text is the name of a building.
func isBuilding(name string) bool {
	if utf8.RuneCountInString(name) > 12 {
		return false
	}
	for _, suffix := range []string{"楼", "栋", "幢", "座"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return false
}

// sheetBuilding is the building that a sheet is named after; empty if it is not.
func sheetBuilding(sheet string) string {
	text := compact(sheet)
	if m := sheetNames.FindStringSubmatch(text); m != nil {
		return readBuilding(m[1])
	}
	if name := readBuilding(text); isBuilding(name) {
		return name
	}
	return ""
}

// chineseNumber reads 一 … 九十九; 0 where the text is no such number.
func chineseNumber(text string) int {
	tens, ones, ten := 1, 0, false
	for i, r := range []rune(text) {
		digit := strings.IndexRune("一二三四五六七八九", r)/3 + 1
		switch {
		case r == '十' && !ten:
			if i > 0 {
				tens = ones
			}
			ten, ones = true, 0
		case !strings.ContainsRune("一二三四五六七八九", r), ones > 0:
			return 0
		default:
			ones = digit
		}
	}
	if ten {
		return tens*10 + ones
	}
	return ones
}

// readStair gives 1, 1单元 and 一单元 the one spelling 1单元.
func readStair(cell string) string {
	text := compact(cell)
	number, named := strings.CutSuffix(text, "单元")
	if n := chineseNumber(number); n > 0 {
		number = strconv.Itoa(n)
	}
	if isDigits(number) && (named || number == text) {
		return number + "单元"
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

// onFloor puts the floor before a bare door number: door 01 on floor 3 is room 301.
func onFloor(floor, room string) string {
	if len(room) == 0 || len(room) > 2 || !isDigits(room) {
		return room
	}
	floor = strings.TrimRight(strings.ToUpper(compact(floor)), "层楼F")
	if !isDigits(floor) || len(floor) > 2 {
		return room
	}
	return floor + strings.Repeat("0", 2-len(room)) + room
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
