package ledger

import (
	"fmt"
	"strings"
)

// ReceiptProof is the part of a receipt file that programs read: which leaf it is about, the leaf itself, the proof that
// it is among the leaves that a checkpoint signs, and the key of that checkpoint. It shows nothing of the choice.
type ReceiptProof struct {
	Meeting    string
	Index      int64
	Leaf       ProvenLeaf
	Key        string // verifier key of the log
	Checkpoint string // signed note
}

// Lines are the last lines of the file. It refuses with ErrLeaf a proof of no leaf.
func (p ReceiptProof) Lines() ([]string, error) {
	text, err := p.Leaf.text()
	if err != nil {
		return nil, err
	}
	var proof strings.Builder
	proof.WriteString("proof")
	for _, hash := range text.Proof {
		proof.WriteString(" " + hash.String())
	}
	lines := []string{"gongjue.receipt/v1", "meeting " + p.Meeting, fmt.Sprintf("leaf %d", p.Index), "hash " + LeafHash(p.Leaf.Leaf).String(),
		"body " + string(text.Leaf), proof.String(), "key " + p.Key, ""}
	return append(lines, strings.Split(strings.TrimSuffix(p.Checkpoint, "\n"), "\n")...), nil
}
