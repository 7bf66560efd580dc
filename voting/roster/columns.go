package roster

import "slices"

// SheetMap is what a sheet's columns were taken for, for the page on which a person checks and corrects it.
// Names, ID numbers and phones in the samples are masked.
type SheetMap struct {
	Sheet     string        `json:"sheet"`
	Used      bool          `json:"used"`
	Why       string        `json:"why"`        // why the sheet is used, or not
	HeaderRow int           `json:"header_row"` // last row of the header, 1-based; 0: none was found
	Depth     int           `json:"header_depth"`
	LastRow   int           `json:"last_row"` // number of the last row with text
	By        MapSource     `json:"by"`
	Columns   []Column      `json:"columns"` // of the file, from the left
	Missing   []Field       `json:"missing"` // fields that a roster needs and that stand nowhere
	Fit       *Fit          `json:"fit,omitempty"`
	Fields    map[Field]int `json:"fields"` // the map itself, to be sent back as a [ColumnChoice]
	saved     map[Field]string
	headers   []string
}

// MapSource says who matched the columns.
type MapSource string

// The sources.
const (
	MapFound      MapSource = "found"      // by their names
	MapChosen     MapSource = "chosen"     // by a person
	MapRemembered MapSource = "remembered" // as a person chose for an earlier file
)

// Sureness says how a column came to its field.
type Sureness string

// The degrees.
const (
	Certain Sureness = "certain" // the name is one of the known ones, or a person chose it
	Likely  Sureness = "likely"  // the name resembles one
	Unused  Sureness = "unused"  // the column is not read
)

// Column is one column of the file.
type Column struct {
	Index    int      `json:"index"`  // 0-based
	Letter   string   `json:"letter"` // as the spreadsheet shows it
	Header   string   `json:"header"`
	Field    Field    `json:"field,omitempty"`
	Name     string   `json:"name,omitempty"` // of the field
	Sureness Sureness `json:"sureness"`
	Why      string   `json:"why"`
	Samples  []string `json:"samples"`
}

const (
	sampleCells = 3  // of each column
	sampleRunes = 24 // of each cell
)

// describe lists the columns of a sheet from its header and the rows below it.
func describe(h headline, fields map[Field]int, by MapSource, below []Row) []Column {
	width := len(h.cells)
	for _, row := range below {
		width = max(width, len(row.Cells))
	}
	fieldAt := map[int]Field{}
	for field, column := range fields {
		fieldAt[column] = field
	}
	columns := make([]Column, width)
	for i := range columns {
		cell := headerCell{}
		if i < len(h.cells) {
			cell = h.cells[i]
		}
		c := Column{Index: i, Letter: letter(i), Header: cell.text(), Field: fieldAt[i], Sureness: Unused, Samples: samples(below, i, fieldAt[i], len(h.cells) == 0)}
		c.Name = fieldNames[c.Field]
		c.Sureness, c.Why = sureness(cell, c.Field, by)
		columns[i] = c
	}
	return columns
}

func sureness(cell headerCell, field Field, by MapSource) (Sureness, string) {
	read, exact := cell.field()
	switch {
	case field == "" && read != "":
		return Unused, "没有采用，另一列更像“" + fieldNames[read] + "”。"
	case field == "":
		return Unused, "没有采用。"
	case by == MapChosen:
		return Certain, "由人指定。"
	case by == MapRemembered:
		return Certain, "按上次确认的列对应关系。"
	case exact:
		return Certain, "列名就是“" + fieldNames[field] + "”的常用写法。"
	}
	return Likely, "列名与“" + fieldNames[field] + "”相近，请核对。"
}

// samples show enough of a column to tell what it is; of one that nobody knows, or that holds people, no names. Where no
// header was found the first row most likely is one, and is read as it stands.
func samples(rows []Row, column int, field Field, headless bool) []string {
	look := glimpse
	switch field {
	case "", FieldName, FieldNamed, FieldGuardian, FieldRepresentative, FieldCoOwners, FieldRemark:
		look = Glimpse
	}
	list := []string{}
	for i, row := range rows {
		text := look(cellAt(row, column), sampleRunes)
		if headless && i == 0 {
			text = glimpse(cellAt(row, column), sampleRunes)
		}
		if text == "" {
			continue
		}
		if list = append(list, text); len(list) == sampleCells {
			break
		}
	}
	return list
}

// letter is the name of a 0-based column in a spreadsheet: A, …, Z, AA.
func letter(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// needed are the fields without which a sheet gives no units.
func needed(register bool) []Field {
	if register {
		return []Field{FieldRoom, FieldArea}
	}
	return []Field{FieldRoom, FieldArea, FieldName}
}

func missing(fields map[Field]int, register bool) []Field {
	var list []Field
	for _, field := range needed(register) {
		if _, known := fields[field]; !known {
			list = append(list, field)
		}
	}
	return list
}

// check refuses what a choice names wrongly; width is the number of columns of the sheet.
func (c ColumnChoice) check(rows []Row, register bool) []Refusal {
	var refused []Refusal
	width := 0
	seen := c.HeaderRow == 0
	for i, row := range rows {
		width = max(width, len(row.Cells))
		seen = seen || row.Number == c.HeaderRow && i < headerRows
	}
	if !seen {
		refused = append(refused, newRefusal(HeaderRowUnknown, c.HeaderRow))
	}
	for field := range c.Columns {
		if !slices.Contains(Fields, field) {
			refused = append(refused, newRefusal(FieldUnknown, shown("", string(field))))
		}
	}
	at := map[int]Field{}
	for _, field := range Fields {
		column, chosen := c.Columns[field]
		if !chosen {
			continue
		}
		if column < 0 || column >= width {
			refusal := newRefusal(ColumnUnknown, fieldNames[field], column+1)
			refusal.Field = field
			refused = append(refused, refusal)
			continue
		}
		if other, twice := at[column]; twice {
			refusal := newRefusal(ColumnTwice, fieldNames[other], fieldNames[field])
			refusal.Field = field
			refused = append(refused, refusal)
		}
		at[column] = field
	}
	for _, field := range missing(c.Columns, register) {
		refusal := newRefusal(ColumnNeeded, fieldNames[field])
		refusal.Field = field
		refused = append(refused, refusal)
	}
	return refused
}
