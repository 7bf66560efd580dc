package platform

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gongjue/voting/roster"
)

// Meaning is what a column says.
type Meaning string

// The meanings. An answer is one matter's; an option is one candidate or firm of a matter, marked on its own.
const (
	Unused   Meaning = "unused"
	Building Meaning = "building"
	Stair    Meaning = "stair"
	Room     Meaning = "room"
	Moment   Meaning = "time"
	Serial   Meaning = "serial"
	Answer   Meaning = "answer"
	Option   Meaning = "option"
)

// Column is a column with its name as the file writes it. Shown to people, so that they see what was understood.
type Column struct {
	Place   int     `json:"place"` // 1-based
	Header  string  `json:"header"`
	Meaning Meaning `json:"meaning"`
	Matter  int     `json:"matter,omitempty"` // number on the agenda, with an answer or an option
	Option  string  `json:"option,omitempty"`
}

// headerRows is how deep below the top a header is looked for.
const headerRows = 50

var (
	momentNames = []string{"提交时间", "投票时间", "表决时间", "投票提交时间", "完成时间", "时间"}
	serialNames = []string{"平台流水号", "流水号", "回执号", "回执编号", "投票编号", "投票流水号", "凭证号", "票号"}

	// numbered is a column named after its number on the agenda: 表决事项一, 事项2：标题, 议题三-候选人甲, 第1项.
	numbered = regexp.MustCompile(`^(?:(?:表决|投票)?(?:事项|议题|议案|项目)第?|第)([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:项|个)?(.*)$`)
)

// columnOf reads one column name; ok is false for a name that points to a matter and contradicts it.
func (p Plan) columnOf(header string) (column Column, ok bool) {
	column = Column{Header: header, Meaning: Unused}
	name := roster.Plain(header)
	switch {
	case name == "":
		return column, true
	case slices.Contains(momentNames, name):
		column.Meaning = Moment
	case slices.Contains(serialNames, name):
		column.Meaning = Serial
	default:
		if found, ok := p.matterColumn(column, name); !ok || found.Meaning != Unused {
			return found, ok
		}
		column.Meaning = placeMeaning(header)
	}
	return column, true
}

// placeMeaning is the part of an address that a heading of the roster names beyond doubt.
func placeMeaning(header string) Meaning {
	field, exact := roster.HeadingOf(header)
	meaning, part := map[roster.Field]Meaning{roster.FieldBuilding: Building, roster.FieldStair: Stair, roster.FieldRoom: Room}[field]
	if !exact || !part {
		return Unused
	}
	return meaning
}

// matterColumn finds the matter, or the option of one, that a column is named after.
func (p Plan) matterColumn(column Column, name string) (Column, bool) {
	if parts := numbered.FindStringSubmatch(name); parts != nil {
		number := numberOf(parts[1])
		if number < 1 || number > len(p.Matters) {
			return column, false
		}
		return p.named(column, number, parts[2])
	}
	found := column
	for i, matter := range p.Matters {
		if roster.Plain(matter.Title) == name {
			if found.Meaning != Unused {
				return column, false // two matters have that title
			}
			found.Meaning, found.Matter = Answer, i+1
		}
	}
	if found.Meaning != Unused {
		return found, true
	}
	for i, matter := range p.Matters {
		if option := matter.option(name); option != "" {
			if found.Meaning != Unused {
				return column, false // the name stands on two ballots
			}
			found.Meaning, found.Matter, found.Option = Option, i+1, option
		}
	}
	return found, true
}

// named reads what follows the number of a matter: nothing, its title, an option, or title and option.
func (p Plan) named(column Column, number int, rest string) (Column, bool) {
	matter := p.Matters[number-1]
	column.Matter, column.Meaning = number, Answer
	title := roster.Plain(matter.Title)
	if rest = unjoined(rest); rest == "" || rest == title {
		return column, true
	}
	if option := matter.option(unjoined(strings.TrimPrefix(rest, title))); option != "" {
		column.Meaning, column.Option = Option, option
		return column, true
	}
	return column, false
}

// unjoined drops what joins the parts of a column name: a colon, a dash, or brackets around the rest.
func unjoined(rest string) string {
	rest = strings.TrimLeft(rest, ":、.,-_")
	if strings.HasPrefix(rest, "(") && strings.HasSuffix(rest, ")") {
		return rest[1 : len(rest)-1]
	}
	return rest
}

// option is the option that a text without blanks names; empty for none.
func (m Matter) option(name string) string {
	for _, option := range m.Rule.Options {
		if roster.Plain(option) == name {
			return option
		}
	}
	return ""
}

var chineseDigits = map[rune]int{'一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// numberOf reads 1–99 in either script; 0 for anything else.
func numberOf(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	tens, ones, ten := 0, 0, false
	for _, r := range text {
		switch {
		case r == '十' && !ten:
			ten, tens, ones = true, max(ones, 1), 0
		case r == '十' || ones != 0:
			return 0
		default:
			ones = chineseDigits[r]
		}
	}
	return tens*10 + ones
}

// header is the row of a sheet that names the most columns, the room and a matter among them.
func (p Plan) header(sheet roster.Sheet) (columns []Column, row int) {
	best := 0
	for i, line := range sheet.Rows {
		if i == headerRows {
			break
		}
		found, named := p.columnsOf(line)
		if named > best {
			best, columns, row = named, found, line.Number
		}
	}
	return columns, row
}

// columnsOf reads a row as column names; named counts the used ones, and is 0 unless room and matter are among them.
func (p Plan) columnsOf(row roster.Row) (columns []Column, named int) {
	room, matter := false, false
	for i, cell := range row.Cells {
		column, ok := p.columnOf(cell)
		column.Place = i + 1
		if !ok {
			column.Meaning, matter = Answer, true // contradicts the agenda, which check reports
			column.Matter = 0
		}
		room = room || column.Meaning == Room
		matter = matter || column.Meaning == Answer || column.Meaning == Option
		if column.Meaning != Unused {
			named++
		}
		columns = append(columns, column)
	}
	if !room || !matter {
		return nil, 0
	}
	return columns, named
}
