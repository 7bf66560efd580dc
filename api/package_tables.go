package api

import (
	"fmt"

	"gongjue/api/workbook"
	documents "gongjue/notify/filing"
	"gongjue/notify/paper"
	"gongjue/voting/explain"
	"gongjue/web"
)

// The formats of figures in printed tables.
const (
	wholeNumber = "0"
	percent     = "0.00"
	squareMetre = "0.00##"
)

// tables adds the figures of the result with every home, and the register of deliveries.
func (p *packer) tables() error {
	sums, err := documents.SumsOf(resultNoticeData(p.result, p.publicURL, p.pack.MadeAt))
	if err != nil {
		return err
	}
	homes, err := p.homes()
	if err != nil {
		return err
	}
	title := p.meeting.Title
	err = p.xlsx(web.FileResultTables,
		workbook.Table{Name: web.SheetSums, Header: web.SumsHeader, Rows: sums.Figures, Widths: map[int]float64{0: 34, 1: 24, 2: 13, 3: 13, 4: 16, 5: 13, 6: 30},
			Print: &workbook.Print{Title: title + web.SheetSums, Landscape: true, Numbers: map[int]string{2: wholeNumber, 3: percent, 4: squareMetre, 5: percent}}},
		workbook.Table{Name: web.SheetSteps, Header: web.StepsHeader, Rows: sums.Steps, Widths: map[int]float64{0: 34, 1: 24, 2: 18, 3: 24, 4: 11, 5: 16, 6: 10, 7: 18},
			Print: &workbook.Print{Title: title + web.SheetSteps, Landscape: true, Numbers: map[int]string{4: percent}}},
		workbook.Table{Name: web.SheetHomes, Header: web.HomesHeader, Rows: homes, Widths: map[int]float64{0: 7, 1: 14, 2: 12, 3: 12, 4: 12, 5: 13, 6: 11, 7: 16, 8: 12},
			Print: &workbook.Print{Title: title + web.SheetHomes, Numbers: map[int]string{0: wholeNumber, 5: squareMetre}}})
	if err != nil {
		return err
	}
	return p.register()
}

// homes are the lines of every home: whether its sheet was answered, never how.
func (p *packer) homes() ([][]string, error) {
	list, err := p.store.HomeTurnoutOf(p.ctx, p.meeting)
	if err != nil {
		return nil, err
	}
	rows := make([][]string, len(list))
	for i, home := range list {
		channel := ""
		if home.Channel != "" {
			channel = explain.Channel(home.Channel)
		}
		rows[i] = []string{fmt.Sprint(i + 1), home.Building, home.Stair, home.Room, home.Usage, home.Area.String(), web.CountedArea(home.CountsArea),
			web.HomeClass(home.Class), channel}
	}
	return rows, nil
}

// register adds the sheets one by one, and by building.
func (p *packer) register() error {
	lines, err := p.store.DeliveryRegister(p.ctx, p.meeting)
	if err != nil {
		return err
	}
	rows := make([][]string, len(lines))
	for i, line := range lines {
		rows[i] = []string{fmt.Sprint(i + 1), web.PlaceWords(line.Label), "", "", "", "", ""}
		if last := line.Last; last != nil {
			rows[i] = []string{fmt.Sprint(i + 1), web.PlaceWords(line.Label), web.Word("delivery_mode", string(last.Mode)), web.Word("delivery_result", string(last.Result)),
				paper.Minute(last.At), web.Word("relation", string(last.Relation)), last.Proof}
		}
	}
	return p.xlsx(web.FileRegister, workbook.Table{Name: web.SheetRegister, Header: web.RegisterHeader, Rows: rows,
		Widths: map[int]float64{0: 7, 1: 26, 2: 14, 3: 12, 4: 20, 5: 12, 6: 24}, Print: &workbook.Print{Title: p.meeting.Title + web.FileRegister, Numbers: map[int]string{0: wholeNumber}}})
}
