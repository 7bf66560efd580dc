package bundle

import (
	"encoding/json"

	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// Standing is how a meeting stands when the bundle is made. Most of it is not in the ledger: it is there to be
// read, and to be compared with what else was published.
type Standing struct {
	Meeting     string                                 `json:"meeting"`
	Community   string                                 `json:"community"`
	State       lifecycle.MeetingState                 `json:"state"`
	CountedAt   int64                                  `json:"counted_at"`   // Unix ms
	PublishedAt int64                                  `json:"published_at"` // Unix ms; 0 before the final result
	Objections  Objections                             `json:"objections"`
	Voids       map[string]map[ledger.VoidReason]int64 `json:"voids"` // by matter: answers found void on paper, by reason
	Certificate *Certificate                           `json:"certificate"`
	Lot         []LotAnnouncement                      `json:"lot,omitempty"`         // of the public lot, where one was announced
	Amendments  []Amendment                            `json:"amendments,omitempty"`  // in the order of their leaves
	Supervision []Supervision                          `json:"supervision,omitempty"` // in the order of their leaves
	Entries     []json.RawMessage                      `json:"entries,omitempty"`     // of type Objection or Sample, in the order of their leaves
	Waiver      *Waiver                                `json:"waiver,omitempty"`      // where the log holds one
}

// Waiver is why the street lets a result be announced that it did not sign.
type Waiver struct {
	Reason string `json:"reason"`
	At     int64  `json:"at"` // Unix ms
}

// Hash is what the leaf says of it: SHA-256 of its canonical JSON. It fails as [ledger.Canonical] does.
func (w Waiver) Hash() (ledger.Hash, error) {
	text, err := ledger.Canonical(w)
	return ledger.Sum(text), err
}

// Objections are the numbers of objections to the preliminary count.
type Objections struct {
	Open      int64 `json:"open"`
	Upheld    int64 `json:"upheld"`
	Dismissed int64 `json:"dismissed"`
	Withdrawn int64 `json:"withdrawn"`
}

// Certificate is the street's certificate, whose hash is a leaf.
type Certificate struct {
	Number    string `json:"number"`
	CheckCode string `json:"check_code"`
	Record    string `json:"record_sha256"` // of the record that was filed
}

// Hash is what the certify leaf holds: SHA-256 of four lines.
func (c Certificate) Hash() ledger.Hash {
	return ledger.Sum([]byte("gongjue.certificate/v1\n" + c.Number + "\n" + c.CheckCode + "\n" + c.Record + "\n"))
}

func (s Standing) encode() ([]byte, error) {
	return ledger.Canonical(struct {
		Format string `json:"format"`
		Standing
	}{formatStanding, s})
}
