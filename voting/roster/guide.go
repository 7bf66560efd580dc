package roster

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// guide is a Guidance ordered for reading.
type guide struct {
	Guidance
	choices map[string]ColumnChoice
	rows    map[RowRef]*rowMend
	show    map[RowRef]bool
	sheets  map[string]bool // that were met
}

// rowMend are the corrections of one row.
type rowMend struct {
	drop *Correction
	set  map[Field]Correction
	add  bool
	met  bool
}

func (g Guidance) guide() (guide, []Refusal) {
	ordered := guide{Guidance: g, choices: map[string]ColumnChoice{}, rows: map[RowRef]*rowMend{}, show: map[RowRef]bool{}, sheets: map[string]bool{}}
	var refused []Refusal
	for _, choice := range g.Columns {
		if _, twice := ordered.choices[choice.Sheet]; twice {
			refused = append(refused, onSheet(choice.Sheet, newRefusal(SheetTwice, choice.Sheet)))
			continue
		}
		ordered.choices[choice.Sheet] = choice
	}
	for _, c := range g.Corrections {
		if refusal, ok := ordered.correct(c); !ok {
			refusal.Sheet, refusal.Row = c.Sheet, c.Row
			refused = append(refused, refusal)
		}
	}
	for _, ref := range g.Show {
		ordered.show[ref] = true
	}
	return ordered, refused
}

func (g guide) correct(c Correction) (Refusal, bool) {
	switch c.Do {
	case "", MendSet, MendAdd, MendDrop:
	default:
		return newRefusal(MendUnknown), false
	}
	if c.Do != MendDrop && !slices.Contains(Fields, c.Field) {
		return newRefusal(FieldUnknown, shown("", string(c.Field))), false
	}
	ref := RowRef{c.Sheet, c.Row}
	mend := g.rows[ref]
	if mend == nil {
		mend = &rowMend{set: map[Field]Correction{}}
		g.rows[ref] = mend
	}
	if c.Do == MendDrop {
		mend.drop = &c
		return Refusal{}, true
	}
	mend.set[c.Field] = c
	mend.add = mend.add || c.Do == MendAdd
	return Refusal{}, true
}

// unmet are the choices and corrections of sheets and rows that the file does not have.
func (g guide) unmet() []Refusal {
	var refused []Refusal
	for _, choice := range g.Columns {
		if !g.sheets[choice.Sheet] {
			refused = append(refused, onSheet(choice.Sheet, newRefusal(SheetUnknown, shown("", choice.Sheet))))
		}
	}
	said := map[RowRef]bool{}
	for _, c := range g.Corrections {
		ref := RowRef{c.Sheet, c.Row}
		if mend := g.rows[ref]; mend == nil || mend.met || said[ref] {
			continue
		}
		said[ref] = true
		refusal := newRefusal(RowUnknown, c.Row)
		if !g.sheets[c.Sheet] {
			refusal = newRefusal(SheetUnknown, shown("", c.Sheet))
		}
		refusal.Sheet, refusal.Row = c.Sheet, c.Row
		refused = append(refused, refusal)
	}
	return refused
}

// added are the numbers of the rows that corrections add to a sheet, in order.
func (g guide) added(sheet string) []int {
	var numbers []int
	for ref, mend := range g.rows {
		if ref.Sheet == sheet && mend.add && !mend.met {
			numbers = append(numbers, ref.Row)
		}
	}
	slices.Sort(numbers)
	return numbers
}

func onSheet(sheet string, refusal Refusal) Refusal {
	refusal.Sheet = sheet
	return refusal
}

// Fingerprint names the text of a cell that a person saw when correcting it.
func Fingerprint(text string) string {
	sum := sha256.Sum256([]byte("gongjue.cell/v1\n" + text))
	return hex.EncodeToString(sum[:8])
}

func rowFingerprint(row Row) string {
	return Fingerprint(strings.TrimRight(strings.Join(row.Cells, "\x1f"), "\x1f"))
}
