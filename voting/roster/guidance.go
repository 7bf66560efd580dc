package roster

// Guidance is what people told about a file: which column is what, and which cells are wrong. It is laid
// over the file each time it is read; the file itself stays as it was handed in. Cells and values are
// personal data, so whoever stores a Guidance encrypts it.
type Guidance struct {
	Columns     []ColumnChoice `json:"columns,omitempty"`
	Remembered  []SavedMap     `json:"remembered,omitempty"` // of the community; the first that fits a sheet is followed
	Corrections []Correction   `json:"corrections,omitempty"`
	// Register reads an export of the 不动产登记簿 instead of a roster: room and area are enough.
	Register bool `json:"register,omitempty"`
	// Show asks for the cells of these rows as they stand, for the page that mends them.
	Show []RowRef `json:"-"`
	// Secret keys the issue keys. Without it issues carry none: a plain hash of a phone can be turned back.
	Secret []byte `json:"-"`
}

// RowRef names a row of a sheet, 1-based.
type RowRef struct {
	Sheet string `json:"sheet"`
	Row   int    `json:"row"`
}

// ColumnChoice is a person's word on one sheet. It replaces what was found in whole: a field that is not
// named stands nowhere.
type ColumnChoice struct {
	Sheet     string        `json:"sheet"` // as [SheetMap] names it
	Skip      bool          `json:"skip,omitempty"`
	HeaderRow int           `json:"header_row"` // last row of the header, 1-based; 0: the list begins in the first row
	Columns   map[Field]int `json:"columns"`    // 0-based
}

// Mend is what a correction does.
type Mend string

// The ways to mend; the empty string is MendSet.
const (
	MendSet  Mend = "set"  // another value for one field of a row
	MendDrop Mend = "drop" // the row is left out
	MendAdd  Mend = "add"  // a field of a row below the last one of the sheet: a unit that the file forgot
)

// Correction mends one field of one row, or leaves a row out, or adds one. Of several for the same field the
// last holds. Value has to be in Unicode NFC, as the file's own text is.
type Correction struct {
	Sheet string `json:"sheet"`
	Row   int    `json:"row"`
	Do    Mend   `json:"do,omitempty"`
	Field Field  `json:"field,omitempty"`
	Value string `json:"value,omitempty"`
	// Was is the fingerprint of the cell, or for MendDrop of the row, that the person saw. A correction of
	// another text is refused. Empty: not compared.
	Was string `json:"was,omitempty"`
	By  string `json:"by"`
	Why string `json:"why"`
	At  int64  `json:"at"` // Unix ms
}

// RowView is a row as it stands in the file and as it is after the corrections: personal data in clear.
type RowView struct {
	RowRef
	Was   string     `json:"was"` // fingerprint of the whole row
	Cells []CellView `json:"cells"`
}

// CellView is one field of a row; fields without a column come with an empty Header.
type CellView struct {
	Field     Field  `json:"field"`
	Name      string `json:"name"`   // 房号, 建筑面积, …
	Header    string `json:"header"` // as the sheet writes it
	Text      string `json:"text"`   // after the corrections
	Was       string `json:"was"`    // fingerprint of what stands in the file
	Corrected bool   `json:"corrected"`
}

// Parse reads units and owners out of the sheets of one file. It never fails: what cannot be read becomes
// an issue, and an error keeps the units it concerns in Roster.Held. Issues stand in the order of the file.
func Parse(sheets []Sheet) (Roster, []Issue) { return Guidance{}.Parse(sheets) }

// Parse reads the sheets of one file under the guidance. What of it cannot be followed stands in
// Roster.Refused and changes nothing.
func (g Guidance) Parse(sheets []Sheet) (Roster, []Issue) {
	p := NewParser(g)
	for _, sheet := range sheets {
		p.Sheet(sheet)
	}
	return p.Finish()
}
