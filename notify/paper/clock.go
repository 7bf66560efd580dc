package paper

import "time"

// beijing is 北京时间: UTC+8 without summer time, independent of the machine's zone database.
var beijing = time.FixedZone("CST", 8*60*60)

// Minute prints a moment (Unix ms) to the minute in 北京时间; empty for 0.
func Minute(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).In(beijing).Format("2006年01月02日 15:04")
}

// Day prints the day of a moment (Unix ms) in 北京时间; empty for 0.
func Day(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).In(beijing).Format("2006年01月02日")
}

// Ordinal prints 1–99 in Chinese figures: 一, 十二, 二十.
func Ordinal(n int) string {
	digits := []rune("零一二三四五六七八九")
	switch {
	case n < 10:
		return string(digits[n])
	case n < 20:
		return trimZero("十", digits, n%10)
	default:
		return trimZero(string(digits[n/10%10])+"十", digits, n%10)
	}
}

func trimZero(tens string, digits []rune, ones int) string {
	if ones == 0 {
		return tens
	}
	return tens + string(digits[ones])
}
