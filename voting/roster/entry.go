package roster

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// entry reads one row below the header; nil when it names no unit.
func (s *sheetReader) entry(row Row) *entry {
	e := &entry{sheet: s, row: row}
	name, room := e.get(FieldName), e.get(FieldRoom)
	area := e.get(FieldArea)
	if name == "" && room == "" && area == "" && e.get(FieldIDNumber) == "" {
		s.heading(row)
		return nil
	}
	e.unreadable()
	e.place()
	if e.room == "" && s.last != nil && area == "" && name != "" && e.get(FieldBuilding) == "" {
		above := s.last
		e.building, e.stair, e.room = above.building, above.stair, above.room
		e.issue(FieldRoom, "", RowContinued, above.row.Number)
	}
	e.checkPlace()
	e.usage = readUsage(e.get(FieldUsage))
	e.status = readStatus(e.get(FieldStatus), e.get(FieldRemark))
	e.area, e.areaCode = readArea(area)
	e.readOwners()
	s.last = e
	return e
}

// heading takes a row with a lone text: the name of a building as a heading of its rows, or a remark that
// is skipped in the open.
func (s *sheetReader) heading(row Row) {
	texts := 0
	text := ""
	for _, cell := range row.Cells {
		if cell = strings.TrimSpace(cell); cell != "" && cell != text {
			texts, text = texts+1, cell
		}
	}
	name := readBuilding(text)
	for _, suffix := range []string{"楼", "栋", "幢", "座"} {
		if texts == 1 && strings.HasSuffix(name, suffix) && utf8.RuneCountInString(name) <= 12 {
			s.building, s.stair = name, ""
			return
		}
	}
	if s.get(row, FieldSequence) != "" && texts == 1 {
		return // a numbered row that was never filled in
	}
	s.issue(row.Number, "", "", RowSkipped)
}

// place reads building, stair and room and fills down what merged or left-out cells take from above. A
// stair is only taken from above together with its building: a shop beside a named building has none.
func (e *entry) place() {
	s := e.sheet
	building, stair := e.get(FieldBuilding), e.get(FieldStair)
	if building == "" && stair == "" {
		stair = s.stair
	}
	if building == "" {
		building = s.building
	} else if stair == "" {
		s.stair = ""
	}
	cellBuilding, cellStair := building, stair
	e.building, e.stair, e.room = readPlace(building, stair, e.get(FieldRoom))
	if _, column := s.layout.Columns[FieldBuilding]; column || cellBuilding != "" {
		s.building, s.stair = cellBuilding, cellStair
	}
}

func (e *entry) checkPlace() {
	_, hasColumn := e.sheet.layout.Columns[FieldBuilding]
	switch {
	case e.room == "":
		e.issue(FieldRoom, "", RoomMissing)
	case e.building == "" && hasColumn:
		e.issue(FieldBuilding, "", BuildingMissing)
	case e.building == "" && !e.sheet.unstated:
		e.sheet.unstated = true
		e.sheet.issue(e.sheet.layout.HeaderRow, FieldBuilding, "", BuildingUnstated)
	}
}

// readOwners reads the owner columns and records their doubts.
func (e *entry) readOwners() {
	owners, doubts := readOwners(e.get)
	e.owners = owners
	for _, d := range doubts {
		// An unsold unit is the developer's whatever its papers say; the developer's number is asked for once.
		if d.code == IDMissing && e.status == unsold {
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
			e.issue(FieldStatus, e.get(FieldStatus), StatusConflict)
		}
	}
	if e.status == unclear {
		e.issue(FieldStatus, e.get(FieldStatus), StatusUnclear)
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
	case text == "否", strings.Contains(text, "未交付"), strings.Contains(text, "未交房"), strings.Contains(text, "尚未交"):
		return undelivered
	case strings.Contains(text, "未售"), strings.Contains(text, "待售"), strings.Contains(text, "未出售"), strings.Contains(text, "未销售"):
		return unsold
	case deliveredWords[text]:
		return delivered
	}
	return unclear
}

// readName trims a name and takes out the blanks by which short names are spread over a column (张　三).
// Everything else of a name is kept as it is written.
func readName(cell string) string {
	pieces := strings.FieldsFunc(cell, unicode.IsSpace)
	for _, piece := range pieces {
		if isASCII(piece) || utf8.RuneCountInString(piece) > 1 && len(pieces) > 1 {
			return strings.Join(pieces, " ")
		}
	}
	return strings.Join(pieces, "")
}
