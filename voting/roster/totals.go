package roster

import (
	"regexp"
	"slices"
	"sort"
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
	if len(p.declared) == 0 {
		return
	}
	sums := map[span]sum{}
	bySheet := map[*sheetReader][]*draft{}
	for _, d := range p.drafts {
		e := &d.first
		bySheet[e.sheet] = append(bySheet[e.sheet], d)
		spans := []span{{e.sheet, "", ""}, {e.sheet, e.building, ""}, {e.sheet, e.building, e.stair}}
		for _, s := range slices.Compact(spans) { // a unit without stair or building is counted once in each
			sums[s] = sums[s].with(d)
		}
	}
	for _, d := range p.declared {
		is := sums[span{d.sheet, d.building, d.stair}]
		if d.from > 0 {
			is = d.onPage(bySheet[d.sheet])
		}
		if d.units > 0 && d.units != is.units {
			d.issue("", "户数", strconv.Itoa(d.units), strconv.Itoa(is.units))
		}
		if d.area > 0 && (is.held == 0 && is.area != d.area || is.area > d.area) {
			d.issue(FieldArea, "面积", d.area.String()+" 平方米", is.area.String()+" 平方米")
		}
	}
}

// span is what a subtotal adds up: a sheet, a building of it, or a stair.
type span struct {
	sheet           *sheetReader
	building, stair string
}

type sum struct {
	area        voting.Area
	units, held int
}

func (s sum) with(d *draft) sum {
	s.units++
	if d.held {
		s.held++
	} else {
		s.area += d.area
	}
	return s
}

// onPage adds up the units that begin on the page; those of a sheet stand in the order of their rows.
func (d declared) onPage(drafts []*draft) (is sum) {
	from := sort.Search(len(drafts), func(i int) bool { return drafts[i].first.row >= d.from })
	for _, unit := range drafts[from:] {
		if unit.first.row > d.row {
			break
		}
		is = is.with(unit)
	}
	return is
}

func (d declared) issue(field Field, what, says, is string) {
	d.sheet.issueAt(d.row, field, says, place(d.building, d.stair, ""), TotalDiffers, what, says, is)
}
