package roster

import (
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"
)

// headerRows is how deep below the top a header is looked for; title rows and instructions stand above it.
const headerRows = 50

// headline is one row that could name the columns, or two rows of which the upper groups them: 房屋坐落 over
// 楼栋, 单元 and 室号.
type headline struct {
	last  int // number of its last row
	depth int // 1 or 2
	cells []headerCell
}

// headerCell is the name of a column, and the group above it where the header has two rows.
type headerCell struct{ group, name string }

// text is how a page shows the column: 业主信息/姓名.
func (c headerCell) text() string {
	name := shown("", strings.Join(strings.Fields(c.name), " "))
	if c.group == "" || c.group == c.name {
		return name
	}
	return shown("", strings.Join(strings.Fields(c.group), " ")) + "/" + name
}

// field reads what a column is. The two rows together say more than the lower one: 证件 over 类型 is no use
// of a room, and 面积 below 套内 is not the area.
func (c headerCell) field() (field Field, exact bool) {
	if c.group == "" || c.group == c.name {
		return fieldOf(c.name)
	}
	both := headingText(c.group) + headingText(c.name)
	for _, not := range neverArea {
		if strings.Contains(both, not) {
			return "", false
		}
	}
	below, exactly := fieldOf(c.name)
	if strings.Contains(both, "共有") {
		return coOwnerFields[below], exactly
	}
	if field, exact = fieldOf(both); exact {
		return field, true
	}
	if below != "" {
		return below, exactly
	}
	return field, false
}

func singleHeader(row Row) headline {
	h := headline{last: row.Number, depth: 1, cells: make([]headerCell, len(row.Cells))}
	for i := range row.Cells {
		h.cells[i].name = nameAt(row, i)
	}
	return h
}

// doubleHeader joins two rows. A group stands in the first of its columns only, for a merged cell holds its
// text once.
func doubleHeader(upper, lower Row) headline {
	h := headline{last: lower.Number, depth: 2, cells: make([]headerCell, max(len(upper.Cells), len(lower.Cells)))}
	group := ""
	for i := range h.cells {
		above, below := nameAt(upper, i), nameAt(lower, i)
		if above != "" {
			group = asGroup(above)
		}
		switch {
		case below == "":
			h.cells[i].name = above // a name that reaches over both rows
		default:
			h.cells[i] = headerCell{group, below}
		}
	}
	return h
}

// longestGroup is the number of characters that the name of a group has at most; longer texts are
// instructions.
const longestGroup = 8

func asGroup(text string) string {
	if utf8.RuneCountInString(compact(text)) > longestGroup || strings.ContainsAny(text, ":：。；") {
		return ""
	}
	return text
}

// nameAt is the cell of a row that may be a header; a long text is no name.
func nameAt(row Row, column int) string {
	if name := cellAt(row, column); len(name) <= longestHeading {
		return name
	}
	return ""
}

func cellAt(row Row, column int) string {
	if column < 0 || column >= len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(row.Cells[column])
}

// columns maps the cells of a header; an exact name wins over a resembling one, the left over the right.
func (h headline) columns() map[Field]int {
	columns, exactly := map[Field]int{}, map[Field]bool{}
	for i, cell := range h.cells {
		field, exact := cell.field()
		if _, taken := columns[field]; field == "" || taken && (!exact || exactly[field]) {
			continue
		}
		columns[field], exactly[field] = i, exact
	}
	return columns
}

// rivals lists the columns that could also have been a field whose choice matters.
func (h headline) rivals(columns map[Field]int) map[Field]int {
	lost := map[Field]int{}
	for i, cell := range h.cells {
		field, _ := cell.field()
		switch field {
		case FieldArea, FieldName, FieldIDNumber, FieldBuilding, FieldRoom, FieldStatus, FieldCoOwners:
			if _, known := lost[field]; columns[field] != i && !known {
				lost[field] = i
			}
		}
	}
	return lost
}

// keys name the columns for a map that is remembered: the whole texts, for brackets tell 面积(套内) from
// 面积(建筑). A text that stands twice gets a number.
func (h headline) keys() []string {
	keys, seen := make([]string, len(h.cells)), map[string]int{}
	for i, cell := range h.cells {
		key := strings.ToLower(compact(withoutHidden(cell.name)))
		if group := strings.ToLower(compact(withoutHidden(cell.group))); group != "" && group != key {
			key = group + "/" + key
		}
		if key == "" {
			continue
		}
		if seen[key]++; seen[key] > 1 {
			key += "#" + strconv.Itoa(seen[key])
		}
		keys[i] = key
	}
	return keys
}

// headers are the rows that could be the header of a sheet. A row that names columns itself is read together
// with the groups above it, where those change what it says; a title above changes nothing.
func headers(rows []Row) []headline {
	var list []headline
	for i, row := range rows {
		if i == headerRows {
			break
		}
		h := singleHeader(row)
		if i > 0 && rows[i-1].Number == row.Number-1 && h.names() >= 2 && groups(rows[i-1]) {
			if double := doubleHeader(rows[i-1], row); !maps.Equal(double.columns(), h.columns()) {
				h = double
			}
		}
		list = append(list, h)
	}
	return list
}

// groups tells whether a row has two different texts at least; one alone is a title.
func groups(row Row) bool {
	first := ""
	for _, cell := range row.Cells {
		cell = strings.TrimSpace(cell)
		if first == "" {
			first = cell
		}
		if cell != "" && cell != first {
			return true
		}
	}
	return false
}

// names counts the cells that name a column beyond doubt.
func (h headline) names() int {
	n := 0
	for _, cell := range h.cells {
		if _, exact := fieldOf(cell.name); exact {
			n++
		}
	}
	return n
}

// findHeader looks for the header that names the most fields, room and owner or area among them; of equals
// the upper one.
func findHeader(rows []Row, register bool) (best headline, columns map[Field]int, found bool) {
	for _, h := range headers(rows) {
		candidate := h.columns()
		_, room := candidate[FieldRoom]
		_, name := candidate[FieldName]
		_, area := candidate[FieldArea]
		enough := room && (name || area) && len(candidate) >= 3
		if register {
			enough = room && area
		}
		if enough && len(candidate) > len(columns) {
			best, columns, found = h, candidate, true
		}
	}
	return best, columns, found
}
