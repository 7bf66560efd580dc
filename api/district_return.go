package api

import (
	"strconv"
	"strings"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/stage"
	"gongjue/web"
)

// returnDay is the day of the month by whose end the monthly return is told.
const returnDay = "25"

// districtReturn is the monthly return: a row for each street and the sums, as of the end of the 25th of the month, or as
// of now where that has not come. Refusal: bad_value (month).
func districtReturn(c *call) error {
	now := c.store.Now()
	month := c.Query("month")
	if month == "" {
		month = calendar.DayText(now)[:len("2006-01")]
	}
	day, err := calendar.ParseDay(month + "-" + returnDay)
	if err != nil || calendar.StartOfMonth(day) > now {
		return refuseField("bad_value", "month")
	}
	d, err := c.store.District(c, *c.staff, min(calendar.EndOfDay(day, 0), now))
	if err != nil {
		return err
	}
	return c.sendTables(web.FileReturn(d.Name, month), returnTable(d), targetTable(d), missedTable(d), watchTable(d), pollTable(d), meaningTable())
}

// returnPrint lays a sheet of the return out for A4: offices print it and sign it.
func returnPrint(d models.District, sheet string) *workbook.Print {
	return &workbook.Print{Title: strings.ReplaceAll(d.Name, "/", " ") + " " + sheet, Landscape: true, Numbers: map[int]string{}}
}

// meaningTable is the sheet that says how the figures are counted.
func meaningTable() workbook.Table {
	return workbook.Table{Name: web.ReturnMeaning, Header: web.MeaningHeader, Widths: map[int]float64{0: 22, 1: 110}, Print: &workbook.Print{Title: web.ReturnMeaning, Landscape: true},
		Rows: [][]string{{web.SheetReturn, web.ReturnMeans}, {web.SheetTargets, web.TargetsMean}, {web.SheetWatch, web.WatchMeans}, {web.SheetPolls, web.PollsMean}}}
}

func returnTable(d models.District) workbook.Table {
	names := make([]string, len(stage.Stages))
	for i, s := range stage.Stages {
		names[i] = string(s)
	}
	table := workbook.Table{Name: web.SheetReturn, Header: web.ReturnHeader(names), Widths: map[int]float64{0: 18}, Print: returnPrint(d, web.SheetReturn)}
	for _, street := range d.Streets {
		table.Rows = append(table.Rows, returnRow(d, street))
	}
	total := d.Total
	total.Name = web.ReturnTotal
	table.Rows = append(table.Rows, returnRow(d, total), nil, []string{web.ReturnAsOf, calendar.Format(d.At)})
	for i := 1; i < len(table.Header); i++ {
		table.Widths[i], table.Print.Numbers[i] = 9, wholeNumber
	}
	table.Widths[1] = 13 // holds the moment
	return table
}

func returnRow(d models.District, figures models.StreetFigures) []string {
	sums := sumsOf(d, figures)
	row := []string{sums.Name}
	add := func(numbers ...int64) {
		for _, number := range numbers {
			row = append(row, strconv.FormatInt(number, 10))
		}
	}
	add(sums.Communities, sums.Committees, sums.Interims)
	row = append(row, web.Rate(sums.Formed(), sums.Communities))
	for _, s := range stage.Stages {
		add(figures.Stages[s])
	}
	add(sums.Frozen, sums.Voted, sums.Served)
	row = append(row, web.Rate(sums.Served, sums.Communities))
	current := d.Current(models.MeasureFormed)
	if current == nil {
		return append(row, web.ReturnNoTarget)
	}
	target := targetLine(*current)
	row = append(row, target.Share()+" "+target.Due.Day())
	add(sums.Needed, sums.Short)
	return row
}

// targetTable is the sheet with what was reached of every target.
func targetTable(d models.District) workbook.Table {
	table := workbook.Table{Name: web.SheetTargets, Header: web.TargetHeader, Widths: map[int]float64{0: 18, 1: 22, 2: 30, 3: 16, 4: 10, 5: 8, 6: 8, 7: 8, 8: 10, 9: 16, 10: 22}, Print: returnPrint(d, web.SheetTargets)}
	for column := 5; column < 8; column++ {
		table.Print.Numbers[column] = wholeNumber
	}
	for _, target := range d.Targets {
		table.Rows = append(table.Rows, targetLine(target).Cells())
	}
	return table
}

// watchTable is the sheet with the communities that are on the watch list.
func watchTable(d models.District) workbook.Table {
	table := workbook.Table{Name: web.SheetWatch, Header: web.WatchHeader, Widths: map[int]float64{0: 14, 1: 18, 2: 24, 3: 44, 4: 20, 5: 16, 6: 16, 7: 16}, Print: returnPrint(d, web.SheetWatch)}
	for _, watched := range d.Watch {
		if watched.On || watched.Over {
			table.Rows = append(table.Rows, watchLine(watched).Cells())
		}
	}
	return table
}

func missedTable(d models.District) workbook.Table {
	table := workbook.Table{Name: web.SheetMissed, Header: web.MissedHeader, Widths: map[int]float64{0: 14, 1: 18, 2: 24, 3: 34, 4: 22, 5: 36}, Print: returnPrint(d, web.SheetMissed)}
	for _, missed := range d.Missed {
		line := missedLine(missed)
		table.Rows = append(table.Rows, []string{line.Street, line.Community, web.MissedWord(line.Kind), line.Title, line.Due.String(), line.Clock})
	}
	return table
}
