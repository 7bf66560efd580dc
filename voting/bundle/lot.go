package bundle

import "gongjue/voting/ledger"

// LotAnnouncement says when, where and how the number of a public lot is drawn.
type LotAnnouncement struct {
	AnnouncedAt int64  `json:"announced_at"` // Unix ms
	AnnouncedBy string `json:"announced_by"` // role
	Digits      int64  `json:"digits"`       // of the number
	DueAt       int64  `json:"due_at"`       // Unix ms
	Manner      string `json:"manner"`
	Place       string `json:"place"`
	Reason      string `json:"reason"` // why the one before it does not hold; empty for the first
}

// AnnouncementsHash is what the leaf of a lot says of its announcements: SHA-256 of the canonical JSON of their list,
// the oldest first. It fails as [ledger.Canonical] does.
func AnnouncementsHash(list []LotAnnouncement) (ledger.Hash, error) {
	text, err := ledger.Canonical(list)
	return ledger.Sum(text), err
}
