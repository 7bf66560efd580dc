package platform

import (
	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/roster"
)

// options reads the columns of single candidates or firms: a mark in each, or 空白 for one that was left out.
func (r *reader) options(row roster.Row, number int, matter Matter) (mark ledger.PaperMark, filled, fine bool) {
	var columns, empty []Column
	for _, column := range r.Columns {
		if column.Meaning != Option || column.Matter != number {
			continue
		}
		if r.cell(row, column.Place) == "" {
			empty = append(empty, column)
		} else {
			columns = append(columns, column)
		}
	}
	if len(columns) == 0 {
		return mark, false, true
	}
	fine = true
	for _, column := range empty {
		r.issue(row.Number, column.Header, AnswerMissing, "", number)
		fine = false
	}
	for i, column := range columns {
		cell := r.cell(row, column.Place)
		read := matter.readOption(cell, r.plan.Policies)
		if i > 0 && mark.Void != read.mark.Void {
			read.code = OptionUnknown // void for one name and not for the next: the ballot of the matter is one
		}
		if !r.accept(row.Number, column, read.code, cell, number, matter.single()) {
			fine = false
		}
		matter.put(&mark, column.Option, read.mark)
	}
	if !fine {
		return mark, true, false
	}
	code := matter.checked(reading{mark: mark}, r.plan.Policies).code
	return mark, true, r.accept(row.Number, columns[0], code, "", number, matter)
}

// single is the question behind one option's column.
func (m Matter) single() Matter {
	return Matter{ID: m.ID, Rule: voting.Matter{Kind: voting.Motion}}
}

// readOption reads the cell of one option. By pick there is nothing but a tick or none.
func (m Matter) readOption(cell string, p voting.Policies) reading {
	read := m.single().read(cell, p)
	if m.Rule.Method == voting.Pick && read.code == "" && read.mark.Mark != "" && read.mark.Mark != voting.Yes {
		read.code = OptionUnknown
	}
	return read
}

// put adds what was said of one option to the answer on the matter.
func (m Matter) put(mark *ledger.PaperMark, option string, said ledger.PaperMark) {
	switch {
	case said.Void != "":
		mark.Void = said.Void
	case said.Mark == "":
	case m.Rule.Method == voting.Pick:
		mark.Names = append(mark.Names, option)
	default:
		if mark.Each == nil {
			mark.Each = map[string]voting.Mark{}
		}
		mark.Each[option] = said.Mark
	}
}
