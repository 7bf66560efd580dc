package models

// sign adds every document that the hand-in of a published meeting needs and that only people have.
func (h *hall) sign(meeting Meeting) {
	h.t.Helper()
	needed, err := h.PapersNeeded(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	for _, paper := range needed {
		_, err := h.AddFilingPaper(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, paper.Document, paper.Name+".pdf", []byte("%PDF-1.4 "+paper.Name))
		h.must(err)
	}
}
