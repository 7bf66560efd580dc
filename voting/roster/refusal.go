package roster

import "fmt"

// RefusalCode says why a choice of columns, a correction or a decision cannot be followed.
type RefusalCode string

// The refusals.
const (
	SheetUnknown     RefusalCode = "sheet_unknown"
	SheetTwice       RefusalCode = "sheet_twice"
	HeaderRowUnknown RefusalCode = "header_row_unknown"
	FieldUnknown     RefusalCode = "field_unknown"
	ColumnUnknown    RefusalCode = "column_unknown"
	ColumnTwice      RefusalCode = "column_twice"
	ColumnNeeded     RefusalCode = "column_needed"
	MendUnknown      RefusalCode = "mend_unknown"
	RowUnknown       RefusalCode = "row_unknown"
	RowTaken         RefusalCode = "row_taken"
	CellChanged      RefusalCode = "cell_changed"

	UnitUnknown     RefusalCode = "unit_unknown"
	UnitTwice       RefusalCode = "unit_twice"
	AlreadyOneHead  RefusalCode = "already_one_head"
	NothingToSplit  RefusalCode = "nothing_to_split"
	DeveloperSplit  RefusalCode = "developer_split"
	ReasonMissing   RefusalCode = "reason_missing"
	NotACoOwner     RefusalCode = "not_a_co_owner"
	CapacityUnknown RefusalCode = "capacity_unknown"
)

// Refusal is one thing that a person asked for and that cannot be done. Message holds no personal data.
type Refusal struct {
	Code    RefusalCode `json:"code"`
	Sheet   string      `json:"sheet,omitempty"`
	Row     int         `json:"row,omitempty"`
	Field   Field       `json:"field,omitempty"`
	Unit    string      `json:"unit,omitempty"` // place
	Message string      `json:"message"`
}

var refusalSentences = map[RefusalCode]string{
	SheetUnknown:     "文件里没有名为“%s”的工作表。",
	SheetTwice:       "同一张工作表“%s”有两份不同的列对应关系。",
	HeaderRowUnknown: "第 %d 行不在这张表的前 50 行里，不能当作表头。",
	FieldUnknown:     "没有“%s”这一项内容。",
	ColumnUnknown:    "“%s”指到了第 %d 列，这张表没有这一列。",
	ColumnTwice:      "“%s”和“%s”指到了同一列，请各选一列。",
	ColumnNeeded:     "请指出哪一列是“%s”，没有这一列就不能计票。",
	MendUnknown:      "不认识的更正方式。",
	RowUnknown:       "这张表没有第 %d 行，更正没有用上。",
	RowTaken:         "第 %d 行在文件里已经有了，补充的专有部分请写在最后一行之后。",
	CellChanged:      "第 %d 行的内容与更正时看到的不同，更正没有用上，请重新核对。",
	UnitUnknown:      "名册里没有“%s”。",
	UnitTwice:        "“%s”在同一类决定里出现了两次。",
	AlreadyOneHead:   "这些专有部分本来就是同一个投票权人。",
	NothingToSplit:   "“%s”的投票权人没有别的专有部分，不能再分。",
	DeveloperSplit:   "建设单位未售、未交付的专有部分依法合计一人，不能分开。",
	ReasonMissing:    "请写明理由和作出决定的人。",
	NotACoOwner:      "“%s”的共有人里没有这个人，推选的投票人应当是共有人之一。",
	CapacityUnknown:  "请说明投票人以什么身份投票：共有人、监护人、法定代表人或者受托人。",
}

func newRefusal(code RefusalCode, args ...any) Refusal {
	return Refusal{Code: code, Message: fmt.Sprintf(refusalSentences[code], args...)}
}
