package calendar

import "time"

// arrangement is what the State Council announced for one year: the days off beside the weekends, and the days of
// weekends that are worked in their place (调休). Days are month*100 + day.
type arrangement struct {
	off    [][2]int // from, to
	worked []int
}

// arrangements are the 部分节假日安排的通知 that were published: 国办发明电〔2024〕12号 for 2025, the notice of 2025-11-04 for
// 2026. A year that stands here is known; one that does not has the days that its law alone names, see [Arranged].
var arrangements = map[int]arrangement{
	2025: {off: [][2]int{{101, 101}, {128, 204}, {404, 406}, {501, 505}, {531, 602}, {1001, 1008}}, worked: []int{126, 208, 427, 928, 1011}},
	2026: {off: [][2]int{{101, 103}, {215, 223}, {404, 406}, {501, 505}, {619, 621}, {925, 927}, {1001, 1007}},
		worked: []int{104, 214, 228, 509, 920, 1010}},
}

// byLaw are the days off that stand on fixed dates in 全国年节及纪念日放假办法 of 2024-11-10: New Year, Labour Day, National Day.
// Those of the lunar calendar follow from the arrangement of their year.
var byLaw = arrangement{off: [][2]int{{101, 101}, {501, 502}, {1001, 1003}}}

// Arranged tells whether the days off of the moment's year were announced. Where they were not, working days are
// counted by weekends and fixed holidays alone, and whoever prints such a last day says so.
func Arranged(ms int64) bool {
	_, known := arrangements[at(ms).Year()]
	return known
}

// Working tells whether the moment's day is a working day (工作日).
func Working(ms int64) bool {
	day := at(ms)
	year, known := arrangements[day.Year()]
	if !known {
		year = byLaw
	}
	number := int(day.Month())*100 + day.Day()
	for _, worked := range year.worked {
		if number == worked {
			return true
		}
	}
	for _, off := range year.off {
		if number >= off[0] && number <= off[1] {
			return false
		}
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// Deadline gives the last millisecond of a time limit of n calendar days: the day of the event is not counted
// (民法典第201条), and a last day that is no working day moves to the next one (第203条).
func Deadline(ms int64, n int) int64 {
	end := EndOfDay(ms, n)
	for !Working(end) {
		end += dayMS
	}
	return end
}

// WorkingDeadline gives the last millisecond of the n-th working day after the moment's day.
func WorkingDeadline(ms int64, n int) int64 {
	end := EndOfDay(ms, 0)
	for n > 0 {
		end += dayMS
		if Working(end) {
			n--
		}
	}
	return end
}
