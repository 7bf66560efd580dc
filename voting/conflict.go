package voting

// ChannelConflict is the announced treatment of a voter who answered twice, here and on a city's platform. No statute
// decides it (domain §16, §19). The empty string is FirstValid.
type ChannelConflict string

// The treatments.
const (
	FirstValid        ChannelConflict = "first_valid"
	ElectronicWins    ChannelConflict = "electronic_wins"
	PaperWins         ChannelConflict = "paper_wins"
	IdenticalElseVoid ChannelConflict = "identical_else_void" // matter by matter
)

// ChannelConflicts lists every treatment, the default first.
var ChannelConflicts = []ChannelConflict{FirstValid, ElectronicWins, PaperWins, IdenticalElseVoid}

// Received is how and when a ballot came in.
type Received struct {
	Paper bool
	At    int64 // Unix ms
}

// Standing says which of two ballots of one voter counts.
type Standing string

// The standings.
const (
	OwnStands      Standing = "own"      // the one recorded here
	ImportedStands Standing = "imported" // the platform's
	BothCompared   Standing = "compared" // what is alike counts once, what differs is void
)

// Between judges a ballot recorded here and an imported one of the same voter. The platform's is electronic; of two
// electronic ones, and under FirstValid of any two, the earlier stands. At the same instant the own one does: it was
// on record first.
func (c ChannelConflict) Between(own, imported Received) Standing {
	switch {
	case c == IdenticalElseVoid:
		return BothCompared
	case c == ElectronicWins && own.Paper:
		return ImportedStands
	case c == PaperWins && own.Paper:
		return OwnStands
	case imported.At < own.At:
		return ImportedStands
	}
	return OwnStands
}
