// Package calendar reads and prints moments in 北京时间 and counts the days of the procedure. Moments are
// Unix milliseconds; the zone is a fixed UTC+8, without daylight saving and without a zone database, so
// that every machine prints the same notice. It never asks what time it is.
package calendar

import (
	"errors"
	"time"
)

// beijing is the one zone of every deadline.
var beijing = time.FixedZone("北京时间", 8*60*60)

const (
	dayMS        = int64(24 * 60 * 60 * 1000)
	formLayout   = "2006-01-02T15:04"
	noticeLayout = "2006年1月2日 15时04分"
)

// ErrMoment says that a text is not a day and minute like 2026-05-18T09:00.
var ErrMoment = errors.New("not a day and minute like 2026-05-18T09:00")

// Format prints a moment as notices do: 2026年5月18日 09时00分. Seconds are not printed.
func Format(ms int64) string { return at(ms).Format(noticeLayout) }

// FormText prints a moment as a form's datetime-local field wants it: 2026-05-18T09:00.
func FormText(ms int64) string { return at(ms).Format(formLayout) }

// ParseForm reads a form's datetime-local text as 北京时间. Anything else is [ErrMoment].
func ParseForm(text string) (int64, error) {
	moment, err := time.ParseInLocation(formLayout, text, beijing)
	if err != nil || len(text) != len(formLayout) {
		return 0, ErrMoment
	}
	return moment.UnixMilli(), nil
}

// ErrDay says that a text is not a day like 2026-05-18.
var ErrDay = errors.New("not a day like 2026-05-18")

// ParseDay reads a day and gives its first millisecond. Anything else is [ErrDay].
func ParseDay(text string) (int64, error) {
	day, err := time.ParseInLocation(time.DateOnly, text, beijing)
	if err != nil || len(text) != len(time.DateOnly) {
		return 0, ErrDay
	}
	return day.UnixMilli(), nil
}

// DayText prints a moment's day as [ParseDay] reads it.
func DayText(ms int64) string { return at(ms).Format(time.DateOnly) }

// AddMonths gives the first millisecond of the day so many months after a moment's day, or before it; where the month has
// no such day, of its last one (民法典第202条).
func AddMonths(ms int64, months int) int64 {
	day := at(ms)
	first := time.Date(day.Year(), day.Month()+time.Month(months), 1, 0, 0, 0, 0, beijing)
	return first.AddDate(0, 0, min(day.Day(), first.AddDate(0, 1, -1).Day())-1).UnixMilli()
}

// StartOfMonth gives the first millisecond of the moment's month.
func StartOfMonth(ms int64) int64 {
	day := at(ms)
	return Date(day.Year(), int(day.Month()), 1)
}

// StartOfYear gives the first millisecond of the moment's calendar year.
func StartOfYear(ms int64) int64 { return Date(at(ms).Year(), 1, 1) }

// Date gives the first millisecond of a day.
func Date(year, month, day int) int64 {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, beijing).UnixMilli()
}

// StartOfDay gives the first millisecond of the moment's day.
func StartOfDay(ms int64) int64 {
	day := at(ms)
	return Date(day.Year(), int(day.Month()), day.Day())
}

// EndOfDay gives the last millisecond of the day n days after the moment's day. The day of the event is
// not counted (民法典第201条): three days after any hour of the 18th end with the 21st.
func EndOfDay(ms int64, n int) int64 { return StartOfDay(ms) + int64(n+1)*dayMS - 1 }

// NoticeDays counts the days by which a notice precedes the start of voting, for 「N 日前」: the day of the
// notice is not counted, so it is the difference of the two dates. N is kept when NoticeDays ≥ N; at exactly
// N the convener is warned. A last day is never moved for a holiday here: that rule lengthens a deadline,
// and this is a minimum to look back on (domain §6.2).
func NoticeDays(noticeMS, startMS int64) int {
	return int((StartOfDay(startMS) - StartOfDay(noticeMS)) / dayMS)
}

func at(ms int64) time.Time { return time.UnixMilli(ms).In(beijing) }
