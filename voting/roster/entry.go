package roster

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// entry reads one row below the header; nil when it names no unit.
func (s *sheetReader) entry(l line) *entry {
	get := func(field Field) string { return s.get(l, field) }
	name, room, area := get(FieldName), get(FieldRoom), get(FieldArea)
	if name == "" && room == "" && area == "" && get(FieldIDNumber) == "" {
		s.heading(l)
		return nil
	}
	e := &entry{sheet: s, row: l.Number, ownRoom: room != ""}
	e.readPlace(l)
	if above := s.last; e.room == "" && above != nil && area == "" && name != "" &&
		(get(FieldBuilding) == "" || e.building == above.building && (e.stair == "" || e.stair == above.stair)) {
		e.building, e.stair, e.room = above.building, above.stair, above.room
		e.issue(FieldRoom, name, RowContinued, above.row)
	}
	e.unreadable(l)
	e.checkPlace(get)
	e.usage = s.memory.usage.of(get(FieldUsage), readUsage)
	e.checkPublic(get)
	e.status, e.statusStated = readStatus(get(FieldStatus), get(FieldRemark)), get(FieldStatus) != ""
	e.source = s.memory.source.of(get(FieldAreaSource), readAreaSource)
	e.certificate, e.named = get(FieldCertificate), readName(get(FieldNamed))
	e.area, e.areaCode = readArea(area)
	if e.areaCode != "" || implausible(e.usage, e.area) {
		e.areaText = area
	}
	e.readOwners(get)
	return e
}

// heading takes a row with a lone text: the name of a building as a heading of its rows, or a remark that
// is skipped in the open.
func (s *sheetReader) heading(l line) {
	texts := 0
	text := ""
	for _, cell := range l.Cells {
		if cell = strings.TrimSpace(cell); cell != "" && cell != text {
			texts, text = texts+1, cell
		}
	}
	if name := readBuilding(text); texts == 1 && isBuilding(name) {
		s.building, s.stair = name, ""
		return
	}
	if s.get(l, FieldSequence) != "" && texts == 1 {
		return // a numbered row that was never filled in
	}
	s.issue(l.Number, "", strings.Join(l.Cells, " "), RowSkipped)
}

// leaveOut notes where the unit of a row that a person left out would be, without a doubt and without filling down from it.
func (s *sheetReader) leaveOut(ref RowRef, l line) {
	building, stair, unstated := s.building, s.stair, s.unstated
	e := &entry{sheet: s, row: l.Number}
	s.unstated = true
	e.readPlace(l)
	s.building, s.stair, s.unstated = building, stair, unstated
	if e.room == "" {
		return
	}
	if s.leftOut == nil {
		s.leftOut = map[RowRef]string{}
	}
	s.leftOut[ref] = e.place()
}

// readPlace reads building, stair and room and fills down what merged or left-out cells take from above. A
// stair is only taken from above together with its building: a shop beside a named building has none.
func (e *entry) readPlace(l line) {
	s := e.sheet
	building, stair := s.get(l, FieldBuilding), s.get(l, FieldStair)
	if building == "" && stair == "" {
		stair = s.stair
	}
	if building == "" {
		building = s.building
	} else if stair == "" {
		s.stair = ""
	}
	cellBuilding, cellStair := building, stair
	building, stair = s.memory.building.of(building, readBuilding), s.memory.stair.of(stair, readStair)
	e.building, e.stair, e.room = joinPlace(building, stair, onFloor(s.get(l, FieldFloor), readRoom(s.get(l, FieldRoom))))
	if _, column := s.fields[FieldBuilding]; column || cellBuilding != "" {
		s.building, s.stair = cellBuilding, cellStair
	}
	if e.building != "" || e.room == "" {
		return
	}
	if named := sheetBuilding(s.name); named != "" {
		e.building = named
		if !s.unstated {
			s.unstated = true
			s.issue(s.headerRow, FieldBuilding, s.name, BuildingFromSheet, s.name)
		}
	}
}

// checkPublic doubts numbers of people in what the display prints: a column taken for another would publish them all.
func (e *entry) checkPublic(get func(Field) string) {
	for _, field := range []Field{FieldBuilding, FieldStair, FieldRoom, FieldUsage} {
		if text := get(field); len(text) >= 11 && IsPersonal(text) {
			e.issue(field, text, NumberInPublic)
		}
	}
}

func (e *entry) checkPlace(get func(Field) string) {
	s := e.sheet
	_, hasColumn := s.fields[FieldBuilding]
	switch {
	case len(e.building) > longestPlace || len(e.stair) > longestPlace || len(e.room) > longestPlace:
		e.building, e.stair, e.room = "", "", ""
		e.issue(FieldRoom, "", PlaceTooLong)
	case e.room == "":
		e.issue(FieldRoom, get(FieldName), RoomMissing)
	case e.building == "" && hasColumn:
		e.issue(FieldBuilding, "", BuildingMissing)
	case e.building == "" && !s.unstated:
		s.unstated = true
		s.issue(s.headerRow, FieldBuilding, "", BuildingUnstated)
	}
}

// readOwners reads the owner columns and records their doubts.
func (e *entry) readOwners(get func(Field) string) {
	owners, listed, doubts := readOwners(get)
	e.owners, e.listed = owners, listed
	if e.sheet.guide.Register {
		return // a register export often leaves the owners out; they are compared where they stand
	}
	for _, d := range doubts {
		// An unsold unit is the developer's whatever its papers say; the developer's number is asked for once.
		if d.code == IDMissing && (e.status == unsold || e.sheet.numbersLacking) {
			continue
		}
		e.issue(d.field, d.value, d.code)
	}
	switch {
	case len(owners) == 0 && len(doubts) == 0 && e.status == unsold:
		e.issue(FieldName, "", DeveloperUnnamed)
	case len(owners) == 0 && len(doubts) == 0:
		e.issue(FieldName, "", OwnerMissing)
	}
	if e.status != unsold && len(owners) == 1 && developerWords[owners[0].Name] {
		e.status = unsold
	}
	for i := range owners {
		if e.status == unsold && owners[i].IDKind == ResidentID {
			e.issue(FieldStatus, get(FieldStatus), StatusConflict)
		}
	}
	if e.status == unclear {
		e.issue(FieldStatus, get(FieldStatus), StatusUnclear)
	}
}

// status is what a row says about sale and delivery.
type status int

const (
	delivered status = iota
	undelivered
	unsold
	unclear // counted as delivered, with a warning
)

var statusNames = map[status]string{delivered: "已交付", undelivered: "未交付", unsold: "未售", unclear: "不清楚"}

// developerWords stand in the owner's column of units that nobody has bought yet.
var developerWords = map[string]bool{"开发商": true, "建设单位": true, "开发公司": true, "未售": true, "未售出": true, "待售": true}

var deliveredWords = map[string]bool{"": true, "是": true, "已交付": true, "交付": true, "已交房": true, "已交": true,
	"已收房": true, "已入住": true, "入住": true, "自住": true, "出租": true, "已出租": true, "空置": true, "已装修": true,
	"装修中": true, "未装修": true, "未入住": true}

// readStatus reads the status cell; where it is blank a remark that says nothing else may stand for it.
func readStatus(cell, remark string) status {
	text := compact(cell)
	if text == "" {
		text = compact(remark)
		if utf8.RuneCountInString(text) > 6 {
			return delivered
		}
	}
	of := statusOf(text)
	if of == unclear && compact(cell) == "" {
		return delivered
	}
	return of
}

func statusOf(text string) status {
	switch {
	case deliveredWords[text]:
		return delivered
	case text == "否", strings.Contains(text, "未交付"), strings.Contains(text, "未交房"), strings.Contains(text, "尚未交"):
		return undelivered
	case strings.Contains(text, "未售"), strings.Contains(text, "待售"), strings.Contains(text, "未出售"), strings.Contains(text, "未销售"):
		return unsold
	}
	return unclear
}

// readName trims a name and takes out the blanks by which short names are spread over a column (张　三).
// Everything else of a name is kept as it is written.
func readName(cell string) string {
	if strings.IndexFunc(cell, unicode.IsSpace) < 0 {
		return cell
	}
	pieces := strings.FieldsFunc(cell, unicode.IsSpace)
	for _, piece := range pieces {
		if isASCII(piece) || utf8.RuneCountInString(piece) > 1 && len(pieces) > 1 {
			return strings.Join(pieces, " ")
		}
	}
	return strings.Join(pieces, "")
}
