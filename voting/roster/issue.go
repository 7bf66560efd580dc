package roster

import "fmt"

// Severity is what an issue asks for: an error keeps the unit out until it is mended, a warning is
// confirmed by a person.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Severities lists both.
var Severities = []Severity{Error, Warning}

// Code names a kind of issue; it never changes its meaning.
type Code string

// The codes of errors: what they concern stays out of the roster.
const (
	HeaderMissing       Code = "header_missing"
	ColumnMissing       Code = "column_missing"
	RowsMissing         Code = "rows_missing"
	BuildingMissing     Code = "building_missing"
	RoomMissing         Code = "room_missing"
	AreaMissing         Code = "area_missing"
	AreaNotANumber      Code = "area_not_a_number"
	AreaTooPrecise      Code = "area_too_precise"
	AreaNotPositive     Code = "area_not_positive"
	DuplicateUnit       Code = "duplicate_unit"
	OwnerMissing        Code = "owner_missing"
	OwnersUnclear       Code = "owners_unclear"
	IDNameConflict      Code = "id_name_conflict"
	IDLostDigits        Code = "id_lost_digits"
	HiddenCharacter     Code = "hidden_character"
	UnreadableCharacter Code = "unreadable_character"
	FormulaCell         Code = "formula_cell"
	NameTooLong         Code = "name_too_long"
	CoOwnerConflict     Code = "co_owner_conflict"
	PlaceTooLong        Code = "place_too_long"
	TooManyIssues       Code = "too_many_issues"
)

// The codes of warnings: the unit counts, a person confirms.
const (
	IDChecksum       Code = "id_checksum"
	IDFormat         Code = "id_format"
	IDMissing        Code = "id_missing"
	PhoneFormat      Code = "phone_format"
	PhoneLostDigits  Code = "phone_lost_digits"
	PhoneOnManyUnits Code = "phone_on_many_units"
	DuplicateRow     Code = "duplicate_row"
	RowContinued     Code = "row_continued"
	RowSkipped       Code = "row_skipped"
	SheetHidden      Code = "sheet_hidden"
	SheetSkipped     Code = "sheet_skipped"
	ColumnAmbiguous  Code = "column_ambiguous"
	BuildingUnstated Code = "building_unstated"
	UsageUnstatedRow Code = "usage_unstated"
	StatusUnclear    Code = "status_unclear"
	StatusConflict   Code = "status_conflict"
	DeveloperTitle   Code = "developer_title"
	DeveloperUnnamed Code = "developer_unnamed"
	TotalDiffers     Code = "total_differs"
	AreaImplausible  Code = "area_implausible"
	NumberInPublic   Code = "number_in_public" // of a document or a phone, where everybody will read it

	PhoneExtra        Code = "phone_extra"
	NameDoubtful      Code = "name_doubtful"
	OwnersSplit       Code = "owners_split"
	NameSeveralIDs    Code = "name_several_ids"
	UnitsMissing      Code = "units_missing"
	BuildingTwice     Code = "building_twice"
	BuildingFromSheet Code = "building_from_sheet"
	ColumnNew         Code = "column_new"
	MapOutdated       Code = "map_outdated"
	IDColumnMissing   Code = "id_column_missing"
)

// Issue is one doubt about one place of the file. Row is 1-based, 0 for the whole sheet; Column is the
// header as the sheet writes it, or empty. Message and Value hold names, phones and ID numbers masked.
type Issue struct {
	Sheet    string   `json:"sheet"`
	Row      int      `json:"row"`
	Column   string   `json:"column"`
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`
	Value    string   `json:"value"`
	Field    Field    `json:"field,omitempty"` // what the column is, for the page that mends it
	Unit     string   `json:"unit,omitempty"`  // place of the unit, where the doubt is about one
	Key      string   `json:"key,omitempty"`   // the same doubt in the next file, see [Confirmation]

	sheet, column int    // for sorting as the file reads
	raw           string // what the doubt is about, in clear: only for the key
}

type kind struct {
	code     Code
	severity Severity
	sentence string // a format; its arguments are masked already
}

// kinds says of each code how grave it is and what a person reads.
var kinds = []kind{
	{HeaderMissing, Error, "没有找到表头：前 50 行里没有一行同时写着房号、产权人和面积的列名。"},
	{ColumnMissing, Error, "表头里没有“%s”一列，这张表的专有部分都不能计入。"},
	{RowsMissing, Error, "表头下面没有读到任何一个专有部分，请检查是否选错了文件或工作表。"},
	{BuildingMissing, Error, "没有楼栋，上面也没有可以沿用的楼栋，该行暂不计入。"},
	{RoomMissing, Error, "没有房号，该行暂不计入。"},
	{AreaMissing, Error, "没有面积，该专有部分暂不计入。"},
	{AreaNotANumber, Error, "面积不是数字，该专有部分暂不计入。"},
	{AreaTooPrecise, Error, "面积的小数超过四位，请按登记的面积填写，该专有部分暂不计入。"},
	{AreaNotPositive, Error, "面积必须大于零，该专有部分暂不计入。"},
	{DuplicateUnit, Error, "与%s是同一房号，但面积或业主对不上，核实之前都不计入。"},
	{OwnerMissing, Error, "没有产权人姓名，该专有部分暂不计入。"},
	{OwnersUnclear, Error, "产权人、证件号码的个数对不上，分不清谁是谁，该专有部分暂不计入。"},
	{IDNameConflict, Error, "这个证件号码在%s登记的是另一个姓名（%s），核实之前该专有部分暂不计入。"},
	{IDLostDigits, Error, "证件号码被表格软件当成数字，末几位已经丢失，请按文本重新填写，该专有部分暂不计入。"},
	{HiddenCharacter, Error, "单元格里有看不见的字符，请重新输入，该专有部分暂不计入。"},
	{UnreadableCharacter, Error, "单元格里有无法识别的字，请补上正确的字，该专有部分暂不计入。"},
	{FormulaCell, Error, "单元格是公式，请粘贴为数值，该专有部分暂不计入。"},
	{NameTooLong, Error, "姓名超过 100 个字，像是一段说明，请只填姓名，该专有部分暂不计入。"},
	{CoOwnerConflict, Error, "与%s是同一专有部分，但%s写得不一样，核实之前暂不计入。"},
	{PlaceTooLong, Error, "楼栋、单元或房号太长，不像一个地址，该行暂不计入。"},
	{TooManyIssues, Error, "疑点超过 %d 处，其余 %d 处没有列出。多半是列没有对上，请先核对各列的含义。"},

	{IDChecksum, Warning, "证件号码的校验位不对，请核对；确认之前按原样保留。"},
	{IDFormat, Warning, "证件号码的位数或写法与证件类型不符，请核对。"},
	{IDMissing, Warning, "没有证件号码，无法判断与同名业主是否为同一人，请核对。"},
	{PhoneFormat, Warning, "联系电话不像手机号或固定电话，收不到验证码，请核对。"},
	{PhoneLostDigits, Warning, "联系电话被表格软件当成数字，末几位已经丢失，没有采用。"},
	{PhoneOnManyUnits, Warning, "电话 %s 登记在 %d 个专有部分、%d 位业主名下，请逐一核实。"},
	{DuplicateRow, Warning, "与%s完全重复，只计一次。"},
	{RowContinued, Warning, "本行没有房号，按第 %d 行的共有人处理，请确认。"},
	{RowSkipped, Warning, "本行看不出是哪个专有部分，没有采用。"},
	{SheetHidden, Warning, "这张表在文件里是隐藏的，没有采用；如果需要，请取消隐藏后重新上传。"},
	{SheetSkipped, Warning, "这张表没有业主名册的表头，没有采用。"},
	{ColumnAmbiguous, Warning, "有几列都像“%s”，采用了“%s”，没有采用“%s”。"},
	{BuildingUnstated, Warning, "表里没有楼栋一列，按只有一栋楼处理。"},
	{UsageUnstatedRow, Warning, "没有写用途，记为“未注明”。"},
	{StatusUnclear, Warning, "看不出是否已经交付，按已交付计入业主，请核对。"},
	{StatusConflict, Warning, "写的是未售，产权人却是个人，按未售计入建设单位，请核对。"},
	{DeveloperTitle, Warning, "产权人与未售专有部分的产权人相同，一并计入建设单位，请核对。"},
	{DeveloperUnnamed, Warning, "未售的专有部分没有写产权人，计入建设单位。"},
	{TotalDiffers, Warning, "表中写的%s是 %s，按各行相加是 %s。"},
	{AreaImplausible, Warning, "面积大得或小得不寻常，请核对。"},
	{NumberInPublic, Warning, "这里好像是证件号码或手机号，而楼栋、房号和用途公示时人人可见。多半是列没有对上，请先核对各列的含义。"},
	{PhoneExtra, Warning, "一位业主写了几个电话，只采用了第一个。"},
	{NameDoubtful, Warning, "姓名里好像有不止一个人，按一位业主处理，请核对。"},
	{OwnersSplit, Warning, "按几位共有人处理，但没有证件号码可以对照，请核对。"},
	{NameSeveralIDs, Warning, "同名的业主在%s登记的是另一个证件号码（%s），请核对是否同一个人。"},
	{UnitsMissing, Warning, "%s其他楼层都有这些房号，名册里缺 %s，请核对是否漏填。"},
	{BuildingTwice, Warning, "“%s”和“%s”好像是同一栋楼的两种写法，按两栋楼处理，请核对。"},
	{BuildingFromSheet, Warning, "没有楼栋，按工作表的名称“%s”处理。"},
	{ColumnNew, Warning, "“%s”像是“%s”一列，按照确认过的列对应关系没有采用，请核对。"},
	{IDColumnMissing, Warning, "表里没有证件号码一列，无法判断同名业主是否为同一人，请核对。"},
	{MapOutdated, Warning, "上次确认的列对应关系用不上了，表里没有“%s”，已按列名重新识别，请核对。"},
}

// Codes lists every code, errors first.
var Codes = func() []Code {
	codes := make([]Code, len(kinds))
	for i, k := range kinds {
		codes[i] = k.code
	}
	return codes
}()

// SeverityOf gives the one severity of a code.
func SeverityOf(code Code) Severity { return kindOf(code).severity }

func kindOf(code Code) kind {
	for _, k := range kinds {
		if k.code == code {
			return k
		}
	}
	return kind{code, Error, ""}
}

func newIssue(code Code, args ...any) Issue {
	k := kindOf(code)
	return Issue{Code: code, Severity: k.severity, Message: fmt.Sprintf(k.sentence, args...)}
}
