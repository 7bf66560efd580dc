package workbook

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Print is how a sheet goes to paper: A4, as wide as the page, the header on every page, its title above and the number of
// the page below. Such a sheet is read and signed, not filled in. The typefaces are those that an office has.
type Print struct {
	Title     string
	Landscape bool
	Numbers   map[int]string // by 0-based column: the format of its figures, such as 0.00; what is no figure stays text
}

// The typefaces of printed sheets.
const (
	faceHead = "黑体"
	faceCell = "仿宋_GB2312"
	paperA4  = 9
)

// number tells whether a text is a plain decimal figure.
func number(text string) bool {
	_, ok := new(big.Rat).SetString(text)
	return ok && !strings.ContainsAny(text, "/eExXpPoObB_+")
}

// figure writes a figure with the digits that it has, without a detour through binary fractions.
func (t Table) figure(book *excelize.File, column int, cell, value string) (bool, error) {
	if t.Print == nil || t.Print.Numbers[column] == "" || !number(value) {
		return false, nil
	}
	return true, book.SetCellDefault(t.Name, cell, value)
}

// typeset dresses a sheet for paper.
func (t Table) typeset(book *excelize.File) error {
	last, err := excelize.ColumnNumberToName(max(1, len(t.Header)))
	if err != nil {
		return fmt.Errorf("name a column: %w", err)
	}
	head, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Family: faceHead, Size: 11}, Border: borders(), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EDEDED"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}})
	if err != nil {
		return fmt.Errorf("make a style: %w", err)
	}
	if err := book.SetCellStyle(t.Name, "A1", last+"1", head); err != nil {
		return fmt.Errorf("dress the header: %w", err)
	}
	for column := range t.Header {
		if err := t.typesetColumn(book, column); err != nil {
			return err
		}
	}
	for i, row := range append([][]string{t.Header}, t.Rows...) {
		if err := book.SetRowHeight(t.Name, i+1, lineHeight*float64(t.lines(row))+4); err != nil {
			return fmt.Errorf("set the height of a row: %w", err)
		}
	}
	return t.page(book, last)
}

// lineHeight is the distance of lines within a cell, in points.
const lineHeight = 14

// lines is how many lines the longest cell of a row takes. No program finds that out by itself when it opens the file.
func (t Table) lines(row []string) int {
	most := 1
	for column, text := range row {
		width := 0
		for _, r := range text {
			if width++; r > 0xff {
				width++
			}
		}
		if room := int(t.Widths[column]) - 1; room > 0 {
			most = max(most, (width+room-1)/room)
		}
	}
	return most
}

func (t Table) typesetColumn(book *excelize.File, column int) error {
	if len(t.Rows) == 0 {
		return nil
	}
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		return fmt.Errorf("name a column: %w", err)
	}
	format, align := "@", "left"
	if t.Print.Numbers[column] != "" {
		format, align = t.Print.Numbers[column], "right"
	}
	style, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Family: faceCell, Size: 10.5}, Border: borders(), CustomNumFmt: &format,
		Alignment: &excelize.Alignment{Horizontal: align, Vertical: "center", WrapText: true}})
	if err != nil {
		return fmt.Errorf("make a style: %w", err)
	}
	if err := book.SetCellStyle(t.Name, name+"2", fmt.Sprintf("%s%d", name, len(t.Rows)+1), style); err != nil {
		return fmt.Errorf("dress a column: %w", err)
	}
	return nil
}

func borders() []excelize.Border {
	var list []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		list = append(list, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	return list
}

// page sets paper, header line and page numbers.
func (t Table) page(book *excelize.File, last string) error {
	size, orientation, wide, high, fit := paperA4, "portrait", 1, 0, true
	if t.Print.Landscape {
		orientation = "landscape"
	}
	if err := book.SetSheetProps(t.Name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return fmt.Errorf("fit to the page: %w", err)
	}
	err := book.SetPageLayout(t.Name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high})
	if err != nil {
		return fmt.Errorf("set the page: %w", err)
	}
	title := strings.ReplaceAll(t.Print.Title, "&", "&&")
	err = book.SetHeaderFooter(t.Name, &excelize.HeaderFooterOptions{OddHeader: `&C&"` + faceHead + `"` + title, OddFooter: "&C第 &P 页，共 &N 页"})
	if err != nil {
		return fmt.Errorf("number the pages: %w", err)
	}
	err = book.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$1", t.Name), Scope: t.Name})
	if err != nil {
		return fmt.Errorf("repeat the header: %w", err)
	}
	return nil
}
