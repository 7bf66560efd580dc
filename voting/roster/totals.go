package roster

import (
	"regexp"
	"strconv"
	"strings"

	"gongjue/voting"
)

// declared is a subtotal or total row: what the sheet says about the rows above it.
type declared struct {
	sheet           *sheetReader
	row             int
	building, stair string // empty: the whole sheet
	area            voting.Area
	units           int
}

var (
	totalWords = regexp.MustCompile(`^(.{0,30}?)(小计|合计|总计|共计|汇总)`)
	unitCount  = regexp.MustCompile(`(\d{1,7})(?:户|套|个)`)
)

// total takes a subtotal or total row, which is never a unit; the rows below start anew.
func (s *sheetReader) total(row Row) bool {
	first := ""
	for _, cell := range row.Cells {
		if first = compact(cell); first != "" {
			break
		}
	}
	if !strings.Contains(first, "计") && !strings.Contains(first, "汇总") {
		return false
	}
	m := totalWords.FindStringSubmatch(first)
	if m == nil || s.get(row, FieldIDNumber) != "" {
		return false
	}
	d := declared{sheet: s, row: row.Number}
	d.area, _ = readArea(s.get(row, FieldArea))
	for _, cell := range row.Cells {
		if c := unitCount.FindStringSubmatch(compact(cell)); c != nil {
			d.units, _ = strconv.Atoi(c[1]) // at most seven digits: cannot fail
		}
	}
	switch {
	case m[2] != "小计":
		s.building, s.stair = "", ""
	case strings.HasSuffix(m[1], "单元"):
		d.building, d.stair = readBuilding(s.building), readStair(m[1])
	default:
		d.building = readBuilding(m[1])
		if d.building == "" {
			d.building = readBuilding(s.building)
		}
		s.building, s.stair = "", ""
	}
	s.last = nil
	s.declared = append(s.declared, d)
	return true
}

// totals compares what the sheet declares with the sum of its rows. Units that are held back for an error
// have no certain area: then only a sum that is already above the declared one is doubtful.
func (p *parser) totals(drafts []*draft) {
	for _, d := range p.declared {
		sum, units, held := d.sum(drafts)
		if d.units > 0 && d.units != units {
			d.sheet.issue(d.row, "", "", TotalDiffers, "户数", strconv.Itoa(d.units), strconv.Itoa(units))
		}
		if d.area > 0 && (held == 0 && sum != d.area || sum > d.area) {
			d.sheet.issue(d.row, FieldArea, "", TotalDiffers, "面积", d.area.String()+" 平方米", sum.String()+" 平方米")
		}
	}
}

func (d declared) sum(drafts []*draft) (sum voting.Area, units, held int) {
	for _, unit := range drafts {
		inside := unit.entries[0].sheet == d.sheet &&
			(d.building == "" || d.building == unit.Building) && (d.stair == "" || d.stair == unit.Stair)
		if !inside {
			continue
		}
		units++
		if unit.held {
			held++
		} else {
			sum += unit.Area
		}
	}
	return sum, units, held
}
