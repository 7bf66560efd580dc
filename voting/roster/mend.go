package roster

// line is a row with the corrections that people made to it.
type line struct {
	Row
	mend *rowMend
}

func (l line) corrected(field Field) bool {
	if l.mend == nil {
		return false
	}
	_, corrected := l.mend.set[field]
	return corrected
}

// mended gives the corrections of a row that still meet the text that was corrected.
func (s *sheetReader) mended(row Row, mend *rowMend) *rowMend {
	if mend == nil {
		return nil
	}
	mend.met = true
	if mend.add && len(row.Cells) > 0 {
		s.refuse(RowTaken, row.Number)
		return nil
	}
	fitting := &rowMend{set: map[Field]Correction{}}
	changed := false
	if mend.drop != nil {
		if changed = mend.drop.Was != "" && mend.drop.Was != rowFingerprint(row); !changed {
			fitting.drop = mend.drop
		}
	}
	for field, c := range mend.set {
		if c.Was != "" && c.Was != Fingerprint(s.cell(row, field)) {
			changed = true
			continue
		}
		fitting.set[field] = c
	}
	if changed {
		s.refuse(CellChanged, row.Number)
	}
	if len(fitting.set) == 0 && fitting.drop == nil {
		return nil
	}
	return fitting
}

func (s *sheetReader) refuse(code RefusalCode, row int) {
	if mend := s.guide.rows[RowRef{s.name, row}]; mend != nil {
		mend.met = true
	}
	refusal := newRefusal(code, row)
	refusal.Sheet, refusal.Row = s.name, row
	s.refused = append(s.refused, refusal)
}

func (s *sheetReader) view(ref RowRef, l line) RowView {
	view := RowView{RowRef: ref, Was: rowFingerprint(l.Row)}
	for _, field := range Fields {
		text := s.cell(l.Row, field)
		cell := CellView{Field: field, Name: fieldNames[field], Header: s.header[field], Text: s.get(l, field), Was: Fingerprint(text)}
		cell.Corrected = cell.Text != text
		view.Cells = append(view.Cells, cell)
	}
	return view
}
