package web

import (
	"strconv"
	"strings"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// certifiers are the authorities that decide on filings.
var certifiers = map[rules.Word]string{rules.StreetOffice: "街道办事处（乡镇人民政府）", rules.DistrictAuthority: "区县物业主管部门"}

// Certifier names the authority that decides on a filing.
func Certifier(word rules.Word) string { return certifiers[word] }

// ClockWords are the days of a clause, such as 5 个工作日（《…》第43条）; empty without one.
func ClockWords(days int, working bool, article string) string {
	if days == 0 {
		return ""
	}
	unit := " 日"
	if working {
		unit = " 个工作日"
	}
	return strconv.Itoa(days) + unit + "（" + article + "）"
}

// FilingClock says until when a filing is to be decided and from when that is counted: nobody gains days by not taking
// the papers in.
func FilingClock(due Instant, words string, received bool) string {
	if due == 0 {
		return "规则没有规定办结的期限。"
	}
	from := "还没有受理，先自提交之日起算；受理后自受理之日起算。"
	if received {
		from = "自受理之日起算。"
	}
	text := "应在 " + due.String() + " 以前办结：" + words + "，" + from
	if !calendar.Arranged(int64(due)) {
		text += "该年的放假安排公布前，这个日子只按周末和固定节日推算。"
	}
	return text
}

// FilingDueClock says until when the convener is to file.
func FilingDueClock(due Instant, words string) string {
	if due == 0 {
		return ""
	}
	return "请在 " + due.String() + " 以前提交备案：" + words + "，自结果公布之日起算。"
}

// DaysLeft tells how many days are left until a moment, or how many have passed since.
func DaysLeft(now, due int64) string {
	days := calendar.NoticeDays(now, due)
	switch {
	case due == 0:
		return ""
	case now > due:
		return "已超期 " + strconv.Itoa(max(-days, 1)) + " 天"
	case days == 0:
		return "今天到期"
	}
	return "还有 " + strconv.Itoa(days) + " 天"
}

// refusalGrounds are the grounds of a refusal, in the order of the form.
var refusalGrounds = map[lifecycle.RefusalGround]string{
	lifecycle.GroundUntrue:    "材料不实",
	lifecycle.GroundIrregular: "程序或者内容不符合规定",
}

// RefusalGround names a ground.
func RefusalGround(ground lifecycle.RefusalGround) string { return refusalGrounds[ground] }

// DefectText is a defect of a return as the history tells it; basis says why it may be told in a later return.
func DefectText(text, basis string) string {
	switch basis {
	case "not_mended":
		return text + "（上次已经告知，没有改正）"
	case "arose":
		return text + "（补正带来的问题）"
	}
	return text
}

// FilingReceived is the step of a filing's history that has no state of its own: the papers were taken in as complete.
const FilingReceived = "received"

// DateWords prints a date such as 2026-05-18 as papers do; empty for an empty one.
func DateWords(date string) string {
	parts := strings.Split(date, "-")
	if len(parts) != 3 {
		return date
	}
	return parts[0] + "年" + strings.TrimPrefix(parts[1], "0") + "月" + strings.TrimPrefix(parts[2], "0") + "日"
}
