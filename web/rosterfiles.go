package web

import "gongjue/voting/roster"

// The files that go with a roster, and their sheets.
const (
	FileRosterTemplate = "业主名册模板.xlsx"
	SheetRoster        = "业主名册"
	FileIssues         = "名册疑点清单.xlsx"
	SheetIssues        = "疑点"
)

// IssueHeader are the columns of the list of doubts.
var IssueHeader = []string{"工作表", "行", "列", "代码", "程度", "说明", "表里写的", "房屋", "核对情况"}

// SeverityName is what people call how grave a doubt is.
func SeverityName(severity string) string { return word("severity", severity) }

// Settled says who confirmed a doubt; empty where nobody did.
func Settled(by string, at Instant, why string) string {
	if by == "" {
		return ""
	}
	return by + " " + at.String() + " 已核对：" + why
}

// GuideHeader are the columns of the explanation in the template.
var GuideHeader = []string{"列名", "怎么填", "必须填吗", "示例一（样例）", "示例二（样例）", "示例三（样例）"}

// GuideLine explains one column of the template. Examples are invented so that everybody sees it.
type GuideLine struct {
	Field    roster.Field
	How      string
	Must     bool
	Words    []string // that are offered; others may be written
	Width    float64  // of the column, in characters
	Examples [3]string
}

// Needed is the word for Must.
func (g GuideLine) Needed() string {
	if g.Must {
		return "必填"
	}
	return ""
}

// RosterGuide are the columns of the template in their order.
var RosterGuide = []GuideLine{
	{Field: roster.FieldBuilding, How: "楼栋的名称，同一栋楼全表写法一致。", Must: true, Width: 12, Examples: [3]string{"1号楼", "1号楼", "商业楼"}},
	{Field: roster.FieldStair, How: "没有分单元的不填。", Width: 10, Examples: [3]string{"1单元", "1单元", ""}},
	{Field: roster.FieldRoom, How: "一个专有部分一行；共有的房屋也只写一行。", Must: true, Width: 12, Examples: [3]string{"101", "102", "S01"}},
	{Field: roster.FieldUsage, How: "从下拉中选，也可以照产权证另写。", Width: 12, Words: []string{roster.UsageDwelling, roster.UsageShop, "办公", roster.UsageParking, "储藏室"},
		Examples: [3]string{roster.UsageDwelling, roster.UsageDwelling, roster.UsageShop}},
	{Field: roster.FieldArea, How: "单位是平方米，最多四位小数；按不动产登记簿，没有登记的按测绘，再没有的按合同。", Must: true, Width: 12, Examples: [3]string{"89.50", "120.36", "66.00"}},
	{Field: roster.FieldAreaSource, How: "从下拉中选，公示时一并说明。", Width: 16, Words: areaSourceNames(),
		Examples: [3]string{roster.Register.Name(), roster.Contract.Name(), roster.Survey.Name()}},
	{Field: roster.FieldCertificate, How: "有证的填写。", Width: 22, Examples: [3]string{"样例字第000001号", "", ""}},
	{Field: roster.FieldName, How: "与产权证一致。未售的可以不填；单位写全称。", Must: true, Width: 18, Examples: [3]string{"样例甲", "样例乙", "样例置业有限公司"}},
	{Field: roster.FieldIDKind, How: "从下拉中选；居民身份证可以不填。", Width: 22, Words: []string{"居民身份证", "护照", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "外国人永久居留身份证", "统一社会信用代码"},
		Examples: [3]string{"居民身份证", "居民身份证", "统一社会信用代码"}},
	{Field: roster.FieldIDNumber, How: "用来判断几套房是不是同一个人的，不填就只能按不同的人计。加密保存，不公示。", Width: 22,
		Examples: [3]string{"990000197001010018", "990000197001010026", "91990000MA00000008"}},
	{Field: roster.FieldPhone, How: "本人的手机号，收验证码用。加密保存，不公示。", Width: 16, Examples: [3]string{"19900000001", "19900000002", "19900000003"}},
	{Field: roster.FieldCoOwners, How: "其他共有人的姓名，几个人之间用顿号。", Width: 18, Examples: [3]string{"", "样例丙", ""}},
	{Field: roster.FieldCoOwnerID, How: "与共有人的顺序一致，用顿号分开。", Width: 24, Examples: [3]string{"", "990000197001010034", ""}},
	{Field: roster.FieldCoOwnerPhone, How: "与共有人的顺序一致，用顿号分开。", Width: 18, Examples: [3]string{"", "19900000004", ""}},
	{Field: roster.FieldRepresentative, How: "产权人是单位的填写。", Width: 14, Examples: [3]string{"", "", "样例丁"}},
	{Field: roster.FieldGuardian, How: "产权人是未成年人或者无民事行为能力的填写。", Width: 14, Examples: [3]string{"", "", ""}},
	{Field: roster.FieldNamed, How: "共有人推选的一个人；没有推选的不填。", Width: 14, Examples: [3]string{"", "样例乙", ""}},
	{Field: roster.FieldStatus, How: "从下拉中选。未售、未交付的计入建设单位。", Must: true, Width: 12, Words: []string{"已交付", "未交付", "未售"},
		Examples: [3]string{"已交付", "已交付", "已交付"}},
	{Field: roster.FieldRemark, How: "系统不读这一列。", Width: 20, Examples: [3]string{"", "", ""}},
}

// GuideRemarks stand below them.
var GuideRemarks = []string{
	"请在“业主名册”一页从第二行开始填，一个专有部分一行。右边的三个示例都是编造的，不要抄进名册。",
	"不要合并单元格，不要写公式，不要在中间插入小计。填好以后直接上传，系统会逐条列出看不准的地方。",
}

func areaSourceNames() []string {
	names := make([]string, len(roster.AreaSources))
	for i, source := range roster.AreaSources {
		names[i] = source.Name()
	}
	return names
}
