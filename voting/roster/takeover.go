package roster

import (
	"slices"
	"strings"
)

// TakeOver asks for differences to be settled as the register has them.
type TakeOver struct {
	Places  []string     // the units; nil: every one that can be taken over
	Maps    []SheetMap   // of the roster's file, for the rows that are added
	Earlier []Correction // those that the file has already, for the numbers of added rows
	By, Why string
	At      int64 // Unix ms
}

// Corrections are the corrections by which the roster follows the register: the area in every row of the
// unit, with the register as its source, and a row for each unit that the roster forgot. Who owns a unit is
// never taken over by itself: a sale changes more than a name.
func (t TakeOver) Corrections(c Comparison) []Correction {
	var list []Correction
	sheet, next := t.firstFreeRow()
	for _, d := range c.Differences {
		if !d.CanTakeOver || t.Places != nil && !slices.Contains(t.Places, d.Place) {
			continue
		}
		switch d.Kind {
		case DiffersArea, DiffersSource:
			for _, row := range append([]int{d.unit.Row}, d.unit.MoreRows...) {
				list = append(list, t.set(d.Sheet, row, FieldArea, d.registered.Area.String()),
					t.set(d.Sheet, row, FieldAreaSource, sourceNames[Register]))
			}
		case OnlyInRegister:
			if sheet != "" {
				list = append(list, t.add(sheet, next, d.registered)...)
				next++
			}
		}
	}
	return list
}

func (t TakeOver) set(sheet string, row int, field Field, value string) Correction {
	return Correction{Sheet: sheet, Row: row, Do: MendSet, Field: field, Value: value, By: t.By, Why: t.Why, At: t.At}
}

func (t TakeOver) add(sheet string, row int, u *Unit) []Correction {
	var names, numbers []string
	for _, o := range u.Owners {
		names = append(names, o.Name)
		if isCode(o.IDNumber) { // exports often mask them
			numbers = append(numbers, o.IDNumber)
		}
	}
	if len(numbers) != len(names) {
		numbers = nil
	}
	values := map[Field]string{FieldBuilding: u.Building, FieldStair: u.Stair, FieldRoom: u.Room, FieldArea: u.Area.String(),
		FieldAreaSource: sourceNames[Register], FieldCertificate: u.Certificate, FieldName: strings.Join(names, "、"), FieldIDNumber: strings.Join(numbers, "、")}
	if u.Usage != UsageUnstated {
		values[FieldUsage] = u.Usage
	}
	var list []Correction
	for _, field := range Fields {
		if values[field] != "" {
			c := t.set(sheet, row, field, values[field])
			c.Do = MendAdd
			list = append(list, c)
		}
	}
	return list
}

// firstFreeRow is below the last row of the first sheet that is used.
func (t TakeOver) firstFreeRow() (sheet string, row int) {
	for _, m := range t.Maps {
		if m.Used {
			sheet, row = m.Sheet, m.LastRow+1
			break
		}
	}
	for _, c := range t.Earlier {
		if c.Sheet == sheet && c.Do == MendAdd {
			row = max(row, c.Row+1)
		}
	}
	return sheet, row
}
