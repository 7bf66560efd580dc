package roster

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// leastFloors and regularPercent say from when a stair has a pattern: four floors, of which four in five
// have the very same doors.
const (
	leastFloors    = 4
	regularPercent = 80
	mostNamed      = 12 // missing rooms that one sentence lists
)

// stairUnits are the rooms of one stair by floor and door: room 1203 is door 03 of floor 12.
type stairUnits struct {
	name   string // its place
	floors map[int]map[string]bool
	first  map[int]*entry // of each floor
	odd    bool           // a room is no floor and door: the stair has no pattern
}

// floorPatterns asks after rooms that a stair lacks although nearly all its floors have them. Rows that are
// held back count as there: their unit is not forgotten.
func (p *Parser) floorPatterns() {
	if p.guide.Register {
		return
	}
	stairs := map[string]*stairUnits{}
	var order []*stairUnits
	for _, d := range p.drafts {
		first := &d.first
		if d.usage != UsageDwelling && d.usage != UsageUnstated || first.room == "" {
			continue
		}
		name := place(first.building, first.stair, "")
		stair := stairs[name]
		if stair == nil {
			stair = &stairUnits{name: name, floors: map[int]map[string]bool{}, first: map[int]*entry{}}
			stairs[name] = stair
			order = append(order, stair)
		}
		stair.take(first)
	}
	for _, stair := range order {
		p.missing = append(p.missing, stair.report()...)
	}
}

func (s *stairUnits) take(e *entry) {
	floor, door, known := floorAndDoor(e.room)
	if !known {
		s.odd = true
		return
	}
	if s.floors[floor] == nil {
		s.floors[floor], s.first[floor] = map[string]bool{}, e
	}
	s.floors[floor][door] = true
}

// floorAndDoor reads 301 and 1203; a letter behind the door (301A) is taken for a part of that room.
func floorAndDoor(room string) (floor int, door string, known bool) {
	digits := strings.TrimRight(room, "ABCDEF")
	if len(digits) < 3 || len(digits) > 4 || len(room) > len(digits)+1 || !isDigits(digits) {
		return 0, "", false
	}
	return decimal(digits[:len(digits)-2]), digits[len(digits)-2:], true
}

// report says in one issue what is missing, and gives the rooms.
func (s *stairUnits) report() (rooms []MissingRoom) {
	doors, regular := s.pattern()
	if !regular {
		return nil
	}
	var missing []string
	var at *entry
	numbers := slices.Sorted(maps.Keys(s.floors))
	last := numbers[len(numbers)-1]
	for floor := numbers[0]; floor <= last; floor++ {
		have := s.floors[floor]
		if have == nil && leftOut(floor) {
			continue
		}
		for _, door := range doors {
			if have[door] {
				continue
			}
			if at == nil {
				at = s.near(floor)
			}
			missing = append(missing, strconv.Itoa(floor)+door)
			rooms = append(rooms, MissingRoom{at.building, at.stair, strconv.Itoa(floor) + door})
		}
	}
	if len(missing) == 0 {
		return nil
	}
	text := strings.Join(missing[:min(len(missing), mostNamed)], "、")
	if len(missing) > mostNamed {
		text += " 等 " + strconv.Itoa(len(missing)) + " 个"
	}
	at.sheet.issueAt(at.row, FieldRoom, strings.Join(missing, " "), s.name, UnitsMissing, MaskPlace(s.name), text)
	return rooms
}

// pattern gives the doors that at least four in five floors have, all of them and no other.
func (s *stairUnits) pattern() (doors []string, regular bool) {
	if s.odd || len(s.floors) < leastFloors {
		return nil, false
	}
	times, most := map[string]int{}, ""
	for _, floor := range slices.Sorted(maps.Keys(s.floors)) {
		key := strings.Join(slices.Sorted(maps.Keys(s.floors[floor])), " ")
		if times[key]++; times[key] > times[most] {
			most = key
		}
	}
	return strings.Fields(most), times[most]*100 >= len(s.floors)*regularPercent
}

// leftOut tells floors that houses leave out by custom: 13, and every number with a four.
func leftOut(floor int) bool { return floor == 13 || strings.Contains(strconv.Itoa(floor), "4") }

// near is the first row of the floor, or of the next one below that has any.
func (s *stairUnits) near(floor int) *entry {
	for s.first[floor] == nil {
		floor--
	}
	return s.first[floor]
}

// twinBuildings asks about 3栋 beside 3号楼: two spellings of one building would count its units twice, or
// hide that some are missing.
func (p *Parser) twinBuildings() {
	first := map[string]*entry{} // by number
	said := map[string]bool{}
	for _, d := range p.drafts {
		e := &d.first
		number := ""
		for _, suffix := range []string{"号楼", "栋", "幢", "楼"} {
			if word, found := strings.CutSuffix(e.building, suffix); found {
				number = word
				break
			}
		}
		other := first[number]
		switch {
		case number == "" || !isASCII(number):
		case other == nil:
			first[number] = e
		case other.building != e.building && !said[e.building]:
			said[e.building] = true
			e.issue(FieldBuilding, e.building, BuildingTwice, MaskPlace(other.building), MaskPlace(e.building))
		}
	}
}
