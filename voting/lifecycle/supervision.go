package lifecycle

// SupervisionKind is what an authority does about a decision, or what became of it (domain trap 19). None of it touches
// the count.
type SupervisionKind string

// The kinds.
const (
	CorrectionOrdered  SupervisionKind = "correction_ordered"  // 责令限期改正
	CorrectionReported SupervisionKind = "correction_reported" // the convener tells what was done
	Rectified          SupervisionKind = "rectified"           // the authority finds it mended
	Revoked            SupervisionKind = "revoked"             // 撤销决定, by the authority
	CourtRevoked       SupervisionKind = "court_revoked"       // by a court; the authority records it
)

// SupervisionKinds lists every kind.
var SupervisionKinds = []SupervisionKind{CorrectionOrdered, CorrectionReported, Rectified, Revoked, CourtRevoked}

// Supervisors are those who make entries: the authorities, and the convener who reports.
var Supervisors = []Actor{Street, District, Convener}

// Revokes tells whether an entry ends decisions.
func (k SupervisionKind) Revokes() bool { return k == Revoked || k == CourtRevoked }
