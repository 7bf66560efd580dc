package paper

import (
	"strings"
	"time"
)

// beijing is 北京时间: UTC+8 without summer time, independent of the machine's zone database.
var beijing = time.FixedZone("CST", 8*60*60)

// Beijing is a moment (Unix ms) as a clock in 北京时间 shows it.
func Beijing(ms int64) time.Time { return time.UnixMilli(ms).In(beijing) }

// Minute prints a moment (Unix ms) to the minute in 北京时间; empty for 0.
func Minute(ms int64) string {
	if ms == 0 {
		return ""
	}
	return Beijing(ms).Format("2006年1月2日 15:04")
}

// Day prints the day of a moment (Unix ms) in 北京时间; empty for 0.
func Day(ms int64) string {
	if ms == 0 {
		return ""
	}
	return Beijing(ms).Format("2006年1月2日")
}

// Subject names matters as the subject of a rule that governs them: 事项一, 事项一、三均.
func Subject(numbers []int) string {
	ordinals := make([]string, len(numbers))
	for i, n := range numbers {
		ordinals[i] = Ordinal(n)
	}
	subject := "事项" + strings.Join(ordinals, "、")
	if len(numbers) > 1 {
		subject += "均"
	}
	return subject
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
