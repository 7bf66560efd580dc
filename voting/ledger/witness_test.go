package ledger

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestAWitnessFollowsOneLogAndNoOther(t *testing.T) {
	leaves := make([]Hash, 9)
	for i := range leaves {
		leaves[i] = filled(byte(i + 1))
	}
	tree := NewTree(leaves)
	fork := NewTree(append(append([]Hash{}, leaves[:4]...), filled(99), filled(98), filled(97)))
	at := func(tree *Tree, size int64) Checkpoint {
		root, err := RootOf(size, tree)
		if err != nil {
			t.Fatal(err)
		}
		return Checkpoint{Origin: "log", Size: size, Root: root}
	}
	proof := func(tree *Tree, size, old int64) []Hash {
		hashes, err := ProveConsistency(size, old, tree)
		if err != nil {
			t.Fatal(err)
		}
		return hashes
	}
	seen := at(tree, 5)
	otherOrigin := at(tree, 7)
	otherOrigin.Origin = "another log"
	for name, c := range map[string]struct {
		seen, offered Checkpoint
		old           int64
		proof         []Hash
		want          error
	}{
		"the first one is taken as it comes":             {Checkpoint{}, seen, 0, nil, nil},
		"a later one of the same log":                    {seen, at(tree, 9), 5, proof(tree, 9, 5), nil},
		"the same one again":                             {seen, seen, 0, nil, nil},
		"the same size with another root":                {seen, at(fork, 5), 5, nil, ErrForked},
		"a later one of a fork":                          {seen, at(fork, 7), 5, proof(fork, 7, 5), ErrForked},
		"a later one without its proof":                  {seen, at(tree, 9), 5, nil, ErrForked},
		"a later one with a hash too many":               {seen, at(tree, 9), 5, append(proof(tree, 9, 5), Hash{}), ErrForked},
		"a proof from a size that was not seen":          {seen, at(tree, 9), 4, proof(tree, 9, 4), ErrOtherStart},
		"a fork that was proved from where it went away": {seen, at(fork, 7), 4, proof(fork, 7, 4), ErrOtherStart},
		"an older one, as after an old backup":           {seen, at(tree, 4), 4, nil, ErrOlder},
		"an empty log":                                   {seen, at(tree, 0), 0, nil, ErrOlder},
		"another log under the same name":                {seen, otherOrigin, 5, proof(tree, 7, 5), ErrForked},
	} {
		if err := c.seen.Follow(c.offered, c.old, c.proof); !errors.Is(err, c.want) || (c.want == nil && err != nil) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestAnOfferHasOneSpelling(t *testing.T) {
	offer := Offer{Old: 4, Proof: []Hash{filled(1), filled(2)}, Note: []byte("log\n5\nroot\n\n— log c2ln\n")}
	text := offer.Bytes()
	again, err := ParseOffer(text)
	if err != nil || again.Old != 4 || len(again.Proof) != 2 || !bytes.Equal(again.Note, offer.Note) {
		t.Fatalf("%+v, %v", again, err)
	}
	for name, wrong := range map[string]string{
		"empty": "", "without old": string(text[4:]), "a size with a zero": strings.Replace(string(text), "old 4", "old 04", 1), "a negative size": strings.Replace(string(text), "old 4", "old -4", 1),
		"a short hash": strings.Replace(string(text), "AQEB", "", 1), "no end": "old 4", "a long proof": string(Offer{Proof: make([]Hash, maxProof+1), Note: offer.Note}.Bytes()),
	} {
		if _, err := ParseOffer([]byte(wrong)); !errors.Is(err, ErrCheckpoint) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
