package calendar

import (
	"errors"
	"testing"
)

func moment(t *testing.T, text string) int64 {
	t.Helper()
	ms, err := ParseForm(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return ms
}

func TestFormatIsBeijingTime(t *testing.T) {
	tests := []struct {
		name string
		ms   int64
		want string
	}{
		{"the epoch was eight in the morning", 0, "1970年1月1日 08时00分"},
		{"sixteen hours UTC is midnight of the next day", 1_609_430_400_000, "2021年1月1日 00时00分"},
		{"a millisecond before is still the old year", 1_609_430_399_999, "2020年12月31日 23时59分"},
		{"a summer day of 1988 knows no daylight saving", 583_977_600_000, "1988年7月4日 08时00分"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Format(test.ms); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestFormTextIsReadBackExactly(t *testing.T) {
	for _, text := range []string{"2026-05-18T09:00", "2024-02-29T23:59", "2021-01-01T00:00"} {
		if got := FormText(moment(t, text)); got != text {
			t.Errorf("%s came back as %s", text, got)
		}
	}
}

func TestParseFormRefusesEverythingElse(t *testing.T) {
	for _, text := range []string{
		"", "2026-05-18", "2026-05-18 09:00", "2026-05-18T09:00:00", "2026-05-18T9:00", "2026-5-18T09:00",
		"2026-02-29T09:00", "2026-05-18T24:00", "2026-05-18T09:00Z", "二〇二六-05-18T09:00", "0x26-05-18T09:00",
	} {
		if _, err := ParseForm(text); !errors.Is(err, ErrMoment) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestEndOfDayDoesNotCountTheDayOfTheEvent(t *testing.T) {
	tests := []struct{ from, want string }{
		{"2026-05-18T00:00", "2026年5月21日 23时59分"},
		{"2026-05-18T23:59", "2026年5月21日 23时59分"},
		{"2026-02-26T12:00", "2026年3月1日 23时59分"},
	}
	for _, test := range tests {
		end := EndOfDay(moment(t, test.from), 3)
		if got := Format(end); got != test.want {
			t.Errorf("three days after %s: %s, want %s", test.from, got, test.want)
		}
		if next := Format(end + 1); next[len(next)-len("00时00分"):] != "00时00分" {
			t.Errorf("the next millisecond is %s, not midnight", next)
		}
	}
	if got := EndOfDay(moment(t, "2026-05-18T09:00"), 0); got != moment(t, "2026-05-19T00:00")-1 {
		t.Errorf("day 0 ends at %s", Format(got))
	}
}

func TestNoticeDaysComparesDates(t *testing.T) {
	tests := []struct {
		name, notice, start string
		want                int
	}{
		{"a minute less than fifteen dates", "2026-05-04T00:00", "2026-05-18T23:59", 14},
		{"fifteen dates though the clock shows less", "2026-05-03T23:59", "2026-05-18T00:00", 15},
		{"sixteen dates", "2026-05-02T12:00", "2026-05-18T09:00", 16},
		{"the same day", "2026-05-18T00:00", "2026-05-18T23:59", 0},
		{"a notice after the start", "2026-05-20T00:00", "2026-05-18T09:00", -2},
		{"across February of a leap year", "2024-02-20T09:00", "2024-03-06T09:00", 15},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := NoticeDays(moment(t, test.notice), moment(t, test.start)); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestDaysAreReadAndMonthsCounted(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-03-31", 1, "2026-04-30"}, {"2026-03-30", 1, "2026-04-30"}, {"2026-03-29", 1, "2026-04-29"}, {"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"}, {"2026-01-15", -1, "2025-12-15"}, {"2026-08-31", -6, "2026-02-28"}, {"2026-12-01", 60, "2031-12-01"},
	} {
		from, err := ParseDay(c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := DayText(AddMonths(from+dayMS-1, c.months)); got != c.want {
			t.Errorf("%s and %d months is %s, want %s", c.from, c.months, got, c.want)
		}
		if got := DayText(StartOfMonth(from)); got != c.from[:8]+"01" {
			t.Errorf("the month of %s begins with %s", c.from, got)
		}
	}
	if midnight, err := ParseDay("2026-05-18"); err != nil || midnight != Date(2026, 5, 18) || DayText(midnight-1) != "2026-05-17" {
		t.Errorf("the day begins at %d, %v", midnight, err)
	}
	for _, bad := range []string{"", "2026-02-30", "2026-2-3", "2026-05-18T09:00", "２０２６-05-18"} {
		if _, err := ParseDay(bad); err == nil {
			t.Errorf("%q is a day", bad)
		}
	}
}
