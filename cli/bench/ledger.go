package bench

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// LedgerOptions say how large a ledger is measured.
type LedgerOptions struct {
	Leaves   int    // of the tree in memory
	Voters   int    // of the meeting whose record is verified
	Rounds   int    // of everything that runs in turns
	Postgres string // as in [TallyOptions]
	Progress func(string)
}

// LedgerReport is what was measured.
type LedgerReport struct {
	Bench    string         `json:"bench"`
	Machine  Machine        `json:"machine"`
	Rounds   int            `json:"rounds"`
	Tree     TreeTimes      `json:"tree"`
	Groups   []LoggedGroups `json:"groups"`
	Verified []VerifiedCopy `json:"verified"`
}

// TreeTimes are what single acts on a log cost, in µs of processor time.
type TreeTimes struct {
	Leaves       int    `json:"leaves"`
	BallotUS     Spread `json:"ballot_us"`     // everything that the ledger adds to a ballot: commitments, leaf, tree
	ProofUS      Spread `json:"proof_us"`      // of one leaf's inclusion
	CheckUS      Spread `json:"check_us"`      // of such a proof
	CheckpointUS Spread `json:"checkpoint_us"` // signed, with its root
}

// Ledger measures the ledger by itself, as a part of committing ballots, and as a whole that somebody checks.
func Ledger(ctx context.Context, o LedgerOptions) (report LedgerReport, err error) {
	report = LedgerReport{Bench: "ledger", Machine: ThisMachine(), Rounds: o.Rounds}
	engines, clear, err := openEngines(ctx, o.Postgres)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, clear()) }()
	o.Progress(fmt.Sprintf("内存：%d 条记录的树", o.Leaves))
	if report.Tree, err = timeTree(o.Leaves, o.Rounds); err != nil {
		return report, err
	}
	for _, engine := range engines {
		o.Progress(engine.name + "：有账本和没有账本的成组写入")
		groups, err := timeGroups(ctx, engine, o.Rounds)
		if err != nil {
			return report, fmt.Errorf("%s: %w", engine.name, err)
		}
		report.Groups = append(report.Groups, groups)
	}
	report.Verified, err = verifyCopies(ctx, engines[0], o)
	return report, err
}

// treeActs is how many single acts are timed as one, since one is too short to time.
const treeActs = 2000

// benchMeeting is the id of a meeting that exists in no database.
const benchMeeting = "01890000-0000-7000-8000-000000000001"

func timeTree(leaves, rounds int) (t TreeTimes, err error) {
	hashes := make([]ledger.Hash, leaves)
	for i := range hashes {
		hashes[i] = ledger.Sum(fmt.Appendf(nil, "%d", i))
	}
	tree := ledger.NewTree(hashes)
	size := tree.Size()
	root, err := ledger.RootOf(size, tree)
	if err != nil {
		return t, err
	}
	signer, err := ledger.NewSigner(ledger.Origin(Origin, benchMeeting), ed25519.NewKeyFromSeed(freshKeys().Log))
	if err != nil {
		return t, err
	}
	var proofs [treeActs][]ledger.Hash
	at := func(i int) int64 { return int64(scatter(uint64(i)) % uint64(leaves)) }
	edge := ledger.Edge{}
	edge.Append(hashes[0]) // stands for the open leaf
	took, err := inTurns(rounds, processorTime,
		func() error { return eachAct(func(i int) error { return addBallot(&edge, i) }) },
		func() error {
			return eachAct(func(i int) (err error) {
				proofs[i], err = ledger.ProveInclusion(size, at(i), tree)
				return err
			})
		},
		func() error {
			return eachAct(func(i int) error { return ledger.CheckInclusion(proofs[i], size, root, at(i), hashes[at(i)]) })
		},
		func() error {
			return eachAct(func(int) error {
				_, err := ledger.Checkpoint{Origin: ledger.Origin(Origin, benchMeeting), Size: edge.Size, Root: edge.Root()}.Sign(signer)
				return err
			})
		})
	if err != nil {
		return t, err
	}
	return TreeTimes{Leaves: leaves, BallotUS: perAct(took[0]), ProofUS: perAct(took[1]), CheckUS: perAct(took[2]), CheckpointUS: perAct(took[3])}, nil
}

func eachAct(act func(i int) error) error {
	for i := range treeActs {
		if err := act(i); err != nil {
			return err
		}
	}
	return nil
}

// perAct makes µs of one act out of ms of all.
func perAct(ms []float64) Spread {
	us := make([]float64, len(ms))
	for i, figure := range ms {
		us[i] = figure * float64(time.Millisecond/time.Microsecond) / treeActs
	}
	return spreadOf(us)
}

// addBallot does what the casting path does for the ledger alone.
func addBallot(edge *ledger.Edge, i int) error {
	salt := ledger.Salt(vault.NewSalt())
	voter := fmt.Sprintf("01890000-0000-7000-8000-%012d", i)
	cast := ledger.Cast{Meeting: benchMeeting, Slot: int64(i), Revision: 1}
	choices := ledger.CanonicalChoices(map[string]voting.Choice{"1": {Mark: voting.Yes}, "2": {Mark: voting.No}, "3": {Mark: voting.Abstain}, "4": {Mark: voting.Yes}, "5": {Mark: voting.Yes}})
	leaf, err := ledger.Encode(ledger.Header{Meeting: benchMeeting, Index: edge.Size, At: 1_800_000_000_000, By: "server"}, ledger.Ballot{
		Slot: ledger.SlotCommitment(salt.SlotSalt(), cast), Channel: lifecycle.Online, Revision: 1,
		Choices:  ledger.BallotCommitment(salt, cast, choices, ledger.VoterHash(benchMeeting, voter)),
		Evidence: ledger.EvidenceCommitment(salt.EvidenceSalt(), cast, ledger.Evidence{Method: "sms", Transaction: voter})})
	if err != nil {
		return err
	}
	edge.Append(ledger.LeafHash(leaf))
	return nil
}
