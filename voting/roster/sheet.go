package roster

// Sheet is one table of text as a spreadsheet holds it. Cells are text already: numbers come as the
// digits a person sees, merged cells repeat their value downwards.
type Sheet struct {
	Name     string
	Rows     []Row            // empty where the rows are handed over one by one, see [Parser.Row]
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
	FieldSequence       Field = "sequence"
	FieldBuilding       Field = "building"
	FieldStair          Field = "stair"
	FieldFloor          Field = "floor" // only looked at where the room is a bare door number such as 01
	FieldRoom           Field = "room"
	FieldUsage          Field = "usage"
	FieldArea           Field = "area"
	FieldAreaSource     Field = "area_source"
	FieldCertificate    Field = "certificate"
	FieldName           Field = "name"
	FieldIDKind         Field = "id_kind"
	FieldIDNumber       Field = "id_number"
	FieldPhone          Field = "phone"
	FieldCoOwners       Field = "co_owners"
	FieldCoOwnerID      Field = "co_owner_id"
	FieldCoOwnerPhone   Field = "co_owner_phone"
	FieldRepresentative Field = "representative" // 法定代表人 of an organisation
	FieldGuardian       Field = "guardian"       // 监护人 of a minor or of somebody without capacity
	FieldNamed          Field = "named_person"   // 推选的投票人 of co-owners
	FieldStatus         Field = "status"
	FieldRemark         Field = "remark"
)

// Fields lists every field in the order of the standard spreadsheet.
var Fields = []Field{FieldSequence, FieldBuilding, FieldStair, FieldFloor, FieldRoom, FieldUsage, FieldArea, FieldAreaSource,
	FieldCertificate, FieldName, FieldIDKind, FieldIDNumber, FieldPhone, FieldCoOwners, FieldCoOwnerID, FieldCoOwnerPhone,
	FieldRepresentative, FieldGuardian, FieldNamed, FieldStatus, FieldRemark}

// fieldNames are the Chinese names of the fields, as the template's header has them.
var fieldNames = map[Field]string{
	FieldSequence: "序号", FieldBuilding: "楼栋", FieldStair: "单元", FieldFloor: "楼层", FieldRoom: "房号", FieldUsage: "用途",
	FieldArea: "建筑面积", FieldAreaSource: "面积来源", FieldCertificate: "不动产权证号", FieldName: "产权人",
	FieldIDKind: "证件类型", FieldIDNumber: "证件号码", FieldPhone: "联系电话", FieldCoOwners: "共有人",
	FieldCoOwnerID: "共有人证件号码", FieldCoOwnerPhone: "共有人电话", FieldRepresentative: "法定代表人",
	FieldGuardian: "监护人", FieldNamed: "推选的投票人", FieldStatus: "交付状态", FieldRemark: "备注",
}

// NameOf is the Chinese name of a field; empty for one that is not in [Fields].
func NameOf(field Field) string { return fieldNames[field] }

// Roster is what a file says. Held are the units that an error keeps out of every count until a person
// mends them; their fields are filled as far as they could be read.
type Roster struct {
	Units   []Unit
	Held    []Unit
	Missing []MissingRoom
	Maps    []SheetMap        // of every sheet, in the order of the file
	Refused []Refusal         // what people told about the file and could not be followed: nothing may be stored then
	Shown   []RowView         // the rows that [Guidance.Show] asked for
	LeftOut map[RowRef]string // the places that rows would have had which a person left out
}

// MissingRoom is a room that a regular stair seems to lack, see [UnitsMissing].
type MissingRoom struct{ Building, Stair, Room string }

// Recognised tells whether any sheet has the columns of a roster.
func (r Roster) Recognised() bool {
	for _, m := range r.Maps {
		if m.Used {
			return true
		}
	}
	return false
}
