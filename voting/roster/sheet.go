package roster

// Sheet is one table of text as a spreadsheet holds it. Cells are text already: numbers come as the
// digits a person sees, merged cells repeat their value downwards.
type Sheet struct {
	Name     string
	Rows     []Row
	Layout   *Layout          // a person's correction of the column map; nil: the header is found by itself
	Hidden   bool             // hidden in the spreadsheet: it comes without rows and is reported
	Formulas map[CellRef]bool // cells whose value is only the cached result of a formula
}

// Row is one line of a sheet. Number is 1-based as the spreadsheet shows it; rows may be left out.
type Row struct {
	Number int
	Cells  []string
}

// CellRef names a cell of a sheet: row 1-based, column 0-based.
type CellRef struct{ Row, Column int }

// Field is what a column of a roster means.
type Field string

// The fields.
const (
	FieldSequence    Field = "sequence"
	FieldBuilding    Field = "building"
	FieldStair       Field = "stair"
	FieldRoom        Field = "room"
	FieldUsage       Field = "usage"
	FieldArea        Field = "area"
	FieldAreaSource  Field = "area_source"
	FieldCertificate Field = "certificate"
	FieldName        Field = "name"
	FieldIDKind      Field = "id_kind"
	FieldIDNumber    Field = "id_number"
	FieldPhone       Field = "phone"
	FieldCoOwners    Field = "co_owners"
	FieldStatus      Field = "status"
	FieldRemark      Field = "remark"
)

// Fields lists every field in the order of the standard spreadsheet.
var Fields = []Field{FieldSequence, FieldBuilding, FieldStair, FieldRoom, FieldUsage, FieldArea, FieldAreaSource,
	FieldCertificate, FieldName, FieldIDKind, FieldIDNumber, FieldPhone, FieldCoOwners, FieldStatus, FieldRemark}

// Layout says where a sheet keeps its fields.
type Layout struct {
	Sheet     string
	HeaderRow int           // 1-based
	Columns   map[Field]int // 0-based column of each field that was found
}

// Roster is what a file says. Held are the units that an error keeps out of every count until a person
// mends them; their fields are filled as far as they could be read.
type Roster struct {
	Units   []Unit
	Held    []Unit
	Layouts []Layout
}
