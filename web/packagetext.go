package web

import (
	"strconv"
	"strings"

	"gongjue/voting"
	"gongjue/voting/explain"
	"gongjue/voting/rules"
)

// The files of a filing package, without number and ending.
const (
	FileContents     = "目录"
	FileRegistration = "备案登记表"
	FileMinutes      = "业主大会会议记录"
	FileDecision     = "业主大会决定"
	FileAdopted      = "表决通过的文本"
	FileResultTables = "表决结果汇总表和明细表"
	FileCommittee    = "业主委员会委员情况表"
	FilePromises     = "委员承诺书"
	FileMeetingPDF   = "会议公告"
	FileEarlyPDF     = "初步统计结果公示"
	FileResultPDF    = "表决结果公告"
	FileRosterPDF    = "业主名册公示"
	FileRegister     = "送达登记"
	FileSheetsForm   = "表决票发放回收核对和交接记录"
	FileAnswers      = "异议和答复"
	FileBundle       = "核对文件"
	FilePapers       = "上传的材料"
	FileSums         = "校验值.txt"
)

// PackageName is the file name of a package; version is 0 for one that was not handed in.
func PackageName(meeting string, version int64) string {
	name := strings.NewReplacer("/", "-", `\`, "-").Replace(meeting) + "备案材料"
	if version == 0 {
		return name + "（未报送）.zip"
	}
	return name + "（第" + strconv.FormatInt(version, 10) + "次报送）.zip"
}

// Words of the index: how many pages a file has, and where it comes from.
const (
	PagesByPrint  = "打印后填"
	PagesOfPaper  = "见文件"
	PagesOfData   = "电子文件"
	SourceProgram = "系统生成"
	SourcePeople  = "召集人"
)

// The sheets of the result tables and of the register of deliveries, with their columns.
var (
	SheetSums, SumsHeader         = "汇总", []string{"事项", "项目", "投票权人数（人）", "占参与表决人数（%）", "专有部分面积（㎡）", "占参与表决面积（%）", "结果"}
	SheetSteps, StepsHeader       = "逐项检验", []string{"事项", "检验", "数值", "基数", "占基数（%）", "法定要求", "结论", "余量"}
	SheetHomes, HomesHeader       = "各户明细", []string{"序号", "楼幢", "单元", "房号", "用途", "面积（㎡）", "计入总面积", "情况", "渠道"}
	SheetRegister, RegisterHeader = "逐张登记", []string{"序号", "房屋", "送达方式", "结果", "送达时间", "收件人", "凭证"}
)

// HomeClass says whether a home's sheet was answered; it never says how.
func HomeClass(class voting.VoterClass) string {
	if class == "" {
		return "没有表决"
	}
	return explain.VoterClass(class)
}

// CountedArea says whether an area is part of the total.
func CountedArea(counts bool) string {
	if counts {
		return "计入"
	}
	return "不计入"
}

// ElectedPlace and AlternatePlace say which place somebody took.
func ElectedPlace(rank int) string { return "当选（第 " + strconv.Itoa(rank) + " 名）" }

// AlternatePlace is the place of an alternate.
func AlternatePlace(rank int) string { return "候补（第 " + strconv.Itoa(rank) + " 名）" }

// Word gives the Chinese word of a code for papers; see [HasWord] for the families.
func Word(family, code string) string { return word(family, code) }

// FilingAuthority names where a filing goes: the street by its name, the district authority with its district.
func FilingAuthority(authority rules.Word, district, street string) string {
	if authority == rules.DistrictAuthority {
		return district + "物业主管部门"
	}
	return street
}

// PaperStanding says on paper where a document of the filing stands.
func PaperStanding(standing string) string { return paperOnPaper[standing] }

var paperOnPaper = map[string]string{
	"attached": "已附（召集人上传）",
	"made":     "已附（系统生成）",
	"to_sign":  "系统生成的文档待签字盖章，签字后的扫描件还没有上传",
	"missing":  "还缺",
}

// TermOf tells number and dates of a term on paper; empty where nothing is known.
func TermOf(number int64, from, to string) string {
	text := ""
	if number > 0 {
		text = "第 " + strconv.FormatInt(number, 10) + " 届"
	}
	if to != "" {
		text += "，" + DateWords(from) + " 至 " + DateWords(to)
	}
	return strings.TrimPrefix(text, "，")
}
