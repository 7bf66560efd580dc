package api

import (
	"strconv"

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
	return c.sendTables(web.FileReturn(d.Name, month), returnTable(d), targetTable(d), missedTable(d), watchTable(d), pollTable(d))
}

func returnTable(d models.District) workbook.Table {
	names := make([]string, len(stage.Stages))
	for i, s := range stage.Stages {
		names[i] = string(s)
	}
	table := workbook.Table{Name: web.SheetReturn, Header: web.ReturnHeader(names), Widths: map[int]float64{0: 24}}
	for _, street := range d.Streets {
		table.Rows = append(table.Rows, returnRow(d, street))
	}
	total := d.Total
	total.Name = web.ReturnTotal
	table.Rows = append(table.Rows, returnRow(d, total), nil,
		[]string{web.ReturnAsOf, calendar.Format(d.At)}, []string{web.ReturnMeaning, web.ReturnMeans})
	for i := 1; i < len(table.Header); i++ {
		table.Widths[i] = 13
	}
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
	table := workbook.Table{Name: web.SheetTargets, Header: web.TargetHeader, Widths: map[int]float64{0: 22, 1: 30, 2: 40, 3: 16, 9: 16}}
	for _, target := range d.Targets {
		table.Rows = append(table.Rows, targetLine(target).Cells())
	}
	table.Rows = append(table.Rows, nil, []string{web.ReturnMeaning, web.TargetsMean})
	return table
}

// watchTable is the sheet with the communities that are on the watch list.
func watchTable(d models.District) workbook.Table {
	table := workbook.Table{Name: web.SheetWatch, Header: web.WatchHeader, Widths: map[int]float64{0: 20, 1: 24, 2: 40, 3: 50, 4: 24, 5: 18, 6: 18, 7: 18}}
	for _, watched := range d.Watch {
		if watched.On || watched.Over {
			table.Rows = append(table.Rows, watchLine(watched).Cells())
		}
	}
	return table
}

func missedTable(d models.District) workbook.Table {
	table := workbook.Table{Name: web.SheetMissed, Header: web.MissedHeader, Widths: map[int]float64{0: 20, 1: 24, 2: 24, 3: 40, 4: 24, 5: 40}}
	for _, missed := range d.Missed {
		line := missedLine(missed)
		table.Rows = append(table.Rows, []string{line.Street, line.Community, web.MissedWord(line.Kind), line.Title, line.Due.String(), line.Clock})
	}
	return table
}
