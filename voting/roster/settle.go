package roster

import "strings"

// settle decides what the columns are: as a person chose, as was remembered, or by their names.
func (s *sheetReader) settle() {
	s.settled = true
	rows := s.pending
	s.pending = nil
	h, fields, found := findHeader(rows, s.guide.Register)
	by := MapFound
	var fit *Fit
	if choice, chosen := s.guide.choices[s.name]; chosen && !s.skipped {
		if refused := choice.check(rows, s.guide.Register); len(refused) > 0 {
			for _, refusal := range refused {
				s.refused = append(s.refused, onSheet(s.name, refusal))
			}
		} else {
			h, fields, found, by = chosenHeader(choice, rows), choice.Columns, true, MapChosen
		}
	}
	if by == MapFound {
		var known *headline
		if found {
			known = &h
		}
		recalled, remembered, fitting := recall(s.guide.Remembered, rows, known)
		if fit = fitting; fit != nil && fit.Fits {
			h, fields, found, by = recalled, remembered, true, MapRemembered
		}
	}
	s.lay(h, fields, by, fit, rows)
	if !found || s.skipped || !s.checkHeader(h, by, fit) {
		s.skipped = true
		return
	}
	for _, row := range rows {
		s.read(row)
	}
}

// chosenHeader is the header in the row that a person chose.
func chosenHeader(choice ColumnChoice, rows []Row) headline {
	for _, h := range headers(rows) {
		if h.last == choice.HeaderRow {
			return h
		}
	}
	return headline{}
}

// lay fixes the map and describes it for people.
func (s *sheetReader) lay(h headline, fields map[Field]int, by MapSource, fit *Fit, rows []Row) {
	s.headerRow, s.fields, s.header = h.last, fields, map[Field]string{}
	for field, column := range fields {
		if column < len(h.cells) {
			s.header[field] = h.cells[column].text()
		}
	}
	below := rows
	for len(below) > 0 && below[0].Number <= h.last {
		below = below[1:]
	}
	m := &s.maps[s.index]
	m.HeaderRow, m.Depth, m.By, m.Fields, m.Fit = h.last, h.depth, by, fields, fit
	m.Columns = describe(h, fields, by, below)
	m.Missing = missing(fields, s.guide.Register)
	m.saved, m.headers = h.save(fields)
}

// checkHeader reports columns that are missing or could be another; without the needed ones the sheet gives
// no units.
func (s *sheetReader) checkHeader(h headline, by MapSource, fit *Fit) bool {
	if fit != nil && !fit.Fits {
		s.issue(s.headerRow, "", "", MapOutdated, strings.Join(fit.Missing, "”“"))
	}
	lost := h.rivals(s.fields)
	for _, field := range Fields {
		column, rival := lost[field]
		_, known := s.fields[field]
		switch {
		case !rival || by == MapChosen:
		case known && by == MapFound:
			s.issue(h.last, field, h.cells[column].text(), ColumnAmbiguous, fieldNames[field], s.header[field], h.cells[column].text())
		case !known:
			s.issue(h.last, field, h.cells[column].text(), ColumnNew, h.cells[column].text(), fieldNames[field])
		}
	}
	m := &s.maps[s.index]
	for _, field := range m.Missing {
		s.issue(s.headerRow, field, "", ColumnMissing, fieldNames[field])
	}
	if s.numbersLacking = len(m.Missing) == 0 && !s.guide.Register && s.lacks(FieldIDNumber); s.numbersLacking {
		s.issue(s.headerRow, FieldIDNumber, "", IDColumnMissing)
	}
	if s.usageLacking = len(m.Missing) == 0 && !s.guide.Register && s.lacks(FieldUsage); s.usageLacking {
		s.issue(s.headerRow, FieldUsage, "", UsageUnstatedRow)
	}
	if m.Used = len(m.Missing) == 0; !m.Used {
		m.Why = "缺少必需的列，没有采用。"
		return false
	}
	m.Why = "有业主名册的各列，已经采用。"
	return true
}

// lacks tells whether the sheet has no column for a field and nobody filled it in: then it is said once, and
// not of each row.
func (s *sheetReader) lacks(field Field) bool {
	if _, column := s.fields[field]; column {
		return false
	}
	for ref, mend := range s.guide.rows {
		if _, set := mend.set[field]; set && ref.Sheet == s.name {
			return false
		}
	}
	return true
}
