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
	from            int    // of a page: its first row; 0 otherwise
	building, stair string // empty: the whole sheet
	area            voting.Area
	units           int
}

var (
	totalWords = regexp.MustCompile(`^(.{0,30}?)(小计|合计|总计|共计|汇总|总户数|总面积)`)
	unitCount  = regexp.MustCompile(`(\d{1,7})(?:户|套|个)`)
	pageWords  = []string{"本页", "以上", "本段"}
)

// total takes a subtotal or total row, which is never a unit; the rows below start anew.
func (s *sheetReader) total(l line) bool {
	first := ""
	for _, cell := range l.Cells {
		if first = strings.TrimSpace(cell); first != "" {
			break
		}
	}
	if isASCII(first) {
		return false
	}
	if first = compact(first); !strings.Contains(first, "计") && !strings.Contains(first, "总") {
		return false
	}
	m := totalWords.FindStringSubmatch(first)
	if m == nil || s.get(l, FieldIDNumber) != "" {
		return false
	}
	d := declared{sheet: s, row: l.Number}
	d.area, _ = readArea(s.get(l, FieldArea))
	for _, cell := range l.Cells {
		if c := unitCount.FindStringSubmatch(compact(cell)); c != nil {
			d.units, _ = strconv.Atoi(c[1]) // at most seven digits: cannot fail
		}
	}
	switch {
	case isPage(m[1]):
		d.from, s.page = s.page+1, l.Number
		s.declared = append(s.declared, d)
		return true // the building goes on over the page
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

func isPage(words string) bool {
	for _, word := range pageWords {
		if strings.HasPrefix(words, word) {
			return true
		}
	}
	return false
}

// totals compares what the sheet declares with the sum of its rows. Units that are held back for an error
// have no certain area: then only a sum that is already above the declared one is doubtful.
func (p *Parser) totals() {
	for _, d := range p.declared {
		sum, units, held := d.sum(p.drafts)
		if d.units > 0 && d.units != units {
			d.issue("", "户数", strconv.Itoa(d.units), strconv.Itoa(units))
		}
		if d.area > 0 && (held == 0 && sum != d.area || sum > d.area) {
			d.issue(FieldArea, "面积", d.area.String()+" 平方米", sum.String()+" 平方米")
		}
	}
}

func (d declared) issue(field Field, what, says, is string) {
	d.sheet.issueAt(d.row, field, says, place(d.building, d.stair, ""), TotalDiffers, what, says, is)
}

func (d declared) sum(drafts []*draft) (sum voting.Area, units, held int) {
	for _, unit := range drafts {
		first := &unit.first
		inside := first.sheet == d.sheet && (d.building == "" || d.building == first.building) && (d.stair == "" || d.stair == first.stair)
		if !inside || d.from > 0 && (first.row < d.from || first.row > d.row) {
			continue
		}
		units++
		if unit.held {
			held++
		} else {
			sum += unit.area
		}
	}
	return sum, units, held
}
