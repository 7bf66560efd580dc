package calendar

import "testing"

func TestADeadlineDoesNotEndOnADayOff(t *testing.T) {
	tests := []struct {
		name, from string
		days       int
		want       string
	}{
		{"a last day on a Thursday stays", "2026-03-02T09:00", 10, "2026-03-12"},
		{"a last day on a Saturday moves to Monday", "2026-03-04T09:00", 10, "2026-03-16"},
		{"a last day on a Sunday moves to Monday", "2026-03-05T23:59", 10, "2026-03-16"},
		{"a last day in the spring festival moves behind it", "2026-02-05T10:00", 10, "2026-02-24"},
		{"a Saturday that is worked counts as a last day", "2026-02-04T10:00", 10, "2026-02-14"},
		{"a last day on the eve of the national day stays", "2026-09-20T10:00", 10, "2026-09-30"},
		{"one later moves to the 8th", "2026-09-21T10:00", 10, "2026-10-08"},
		{"a year without an arrangement knows its New Year", "2027-12-02T10:00", 30, "2028-01-03"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, want := Deadline(moment(t, test.from), test.days), EndOfDay(moment(t, test.want+"T00:00"), 0); got != want {
				t.Errorf("got %s, want the end of %s", Format(got), test.want)
			}
		})
	}
}

func TestWorkingDaysLeaveOutDaysOffAndCountWorkedWeekends(t *testing.T) {
	tests := []struct {
		name, from string
		days       int
		want       string
	}{
		{"five from a Monday end on the next Monday", "2026-03-02T09:00", 5, "2026-03-09"},
		{"five from a Friday end on the next Friday", "2026-03-06T09:00", 5, "2026-03-13"},
		{"five from a Sunday end on Friday", "2026-03-08T09:00", 5, "2026-03-13"},
		{"the spring festival is left out, its worked Saturday is not", "2026-02-13T09:00", 3, "2026-02-25"},
		{"the worked Saturday after the national day counts", "2026-09-30T09:00", 3, "2026-10-10"},
		{"none is the same day", "2026-03-02T09:00", 0, "2026-03-02"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, want := WorkingDeadline(moment(t, test.from), test.days), EndOfDay(moment(t, test.want+"T00:00"), 0); got != want {
				t.Errorf("got %s, want the end of %s", Format(got), test.want)
			}
		})
	}
}

// The arrangements are held to what every one of them has: the days of the law are off, and a worked day is one of a weekend.
func TestArrangementsKeepTheLaw(t *testing.T) {
	for year, arranged := range arrangements {
		for _, off := range byLaw.off {
			for number := off[0]; number <= off[1]; number++ {
				if Working(Date(year, number/100, number%100)) {
					t.Errorf("%d-%d is worked", year, number)
				}
			}
		}
		for _, worked := range arranged.worked {
			weekday := at(Date(year, worked/100, worked%100)).Weekday()
			if weekday != 0 && weekday != 6 {
				t.Errorf("%d-%d is no day of a weekend", year, worked)
			}
		}
	}
	if !Arranged(Date(2026, 12, 31)) || Arranged(Date(2027, 1, 1)) {
		t.Error("the years that were announced are others")
	}
}
