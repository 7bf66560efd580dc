package ledger

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

const testSeen = 1_780_308_000_000 // Unix ms

func witnessKey(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

func testCosigner(t *testing.T, name string, seed byte) (note.Signer, Witness) {
	t.Helper()
	signer, err := NewCosigner(name, witnessKey(seed), testSeen)
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewWitness(name, witnessKey(seed).Public())
	if err != nil {
		t.Fatal(err)
	}
	return signer, w
}

// signedBy is a checkpoint that the log signed, with its verifier.
func signedCheckpoint(t *testing.T) ([]byte, Checkpoint, note.Verifier) {
	t.Helper()
	c := Checkpoint{Origin: Origin(testDomain, testMeeting), Size: 5, Root: filled(9)}
	log, verifier := testSigner(t, c.Origin, 1)
	signed, err := c.Sign(log)
	if err != nil {
		t.Fatal(err)
	}
	return signed, c, verifier
}

func TestAWitnessCosignsACheckpoint(t *testing.T) {
	signed, c, log := signedCheckpoint(t)
	street, w := testCosigner(t, "street.example", 2)
	other, second := testCosigner(t, "other.example", 3)
	cosigned, err := Cosign(signed, street)
	if err != nil {
		t.Fatal(err)
	}
	both, err := Cosign(cosigned, other)
	if err != nil || !bytes.HasPrefix(both, cosigned) || !bytes.HasPrefix(cosigned, signed) {
		t.Fatalf("%q, %v", both, err)
	}
	for name, asked := range map[string]struct {
		witnesses []Witness
		names     []string
	}{
		"of one":              {[]Witness{w}, []string{"street.example"}},
		"of both, any order":  {[]Witness{second, w}, []string{"street.example", "other.example"}},
		"of nobody":           {nil, nil},
		"of a stranger's key": {[]Witness{must(NewWitness("street.example", witnessKey(4).Public()))}, nil},
	} {
		opened, found, err := OpenCosigned(both, c.Origin, log, asked.witnesses...)
		var names []string
		for _, f := range found {
			names = append(names, f.Witness.Name())
			if f.At != testSeen || !strings.Contains(string(both), f.Line) {
				t.Errorf("%s: %+v", name, f)
			}
		}
		if err != nil || opened != c || strings.Join(names, " ") != strings.Join(asked.names, " ") {
			t.Errorf("%s: %+v, %v, %v", name, opened, names, err)
		}
	}
}

func must(w Witness, err error) Witness {
	if err != nil {
		panic(err)
	}
	return w
}

func TestACosignatureOfAnotherTextTimeOrKeyDoesNotHold(t *testing.T) {
	signed, c, log := signedCheckpoint(t)
	street, w := testCosigner(t, "street.example", 2)
	cosigned, err := Cosign(signed, street)
	if err != nil {
		t.Fatal(err)
	}
	plain, _ := testSigner(t, "street.example", 2)
	signature, err := street.Sign([]byte(c.Text()))
	if err != nil {
		t.Fatal(err)
	}
	later := append([]byte{0, 0, 0, 0, 0x6b}, signature[5:]...)
	plainly, err := plain.Sign([]byte(c.Text()))
	if err != nil {
		t.Fatal(err)
	}
	for name, wrong := range map[string][]byte{"an hour later": later, "a signature without the moment": plainly, "nothing": nil, "one byte short": signature[1:],
		"at no time": append(make([]byte, 8), signature[8:]...)} {
		if w.Verify([]byte(c.Text()), wrong) {
			t.Errorf("%s holds", name)
		}
	}
	forked := Checkpoint{Origin: c.Origin, Size: 5, Root: filled(8)}
	if !w.Verify([]byte(c.Text()), signature) || w.Verify([]byte(forked.Text()), signature) {
		t.Error("a cosignature is of its text alone")
	}
	signer, _ := testSigner(t, c.Origin, 1)
	fork, err := forked.Sign(signer)
	if err != nil {
		t.Fatal(err)
	}
	line := strings.TrimPrefix(string(cosigned), string(signed))
	if _, _, err := OpenCosigned(append(fork, line...), c.Origin, log, w); !errors.Is(err, ErrWitness) {
		t.Errorf("a line that was moved to another root: %v", err)
	}
	if _, _, err := OpenCosigned(cosigned, c.Origin+"x", log, w); !errors.Is(err, ErrCheckpoint) {
		t.Errorf("another origin: %v", err)
	}
}

func TestAWitnessKeyHasOneSpelling(t *testing.T) {
	_, w := testCosigner(t, "street.example", 2)
	text := w.String()
	if again, err := ParseWitness(text); err != nil || again.String() != text || again.Fingerprint() != w.Fingerprint() || w.KeyID() != "adff7a51" {
		t.Fatalf("%s: %v", text, err)
	}
	logKey, err := VerifierKey("street.example", witnessKey(2).Public())
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []string{"", "street.example", logKey, text + "=", strings.ToUpper(text), " " + text, text + "\n",
		strings.Replace(text, "adff7a51", "adff7a52", 1), strings.Replace(text, "street.example", "街道", 1), text[:len(text)-4]} {
		if _, err := ParseWitness(wrong); !errors.Is(err, ErrWitness) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewCosigner("street.example", p256, testSeen); !errors.Is(err, ErrWitness) {
		t.Errorf("a key of another kind: %v", err)
	}
	for name, at := range map[string]int64{"1970": 999, "the year 10000": (maxCosignedAt + 1) * 1000} {
		if _, err := NewCosigner("street.example", witnessKey(2), at); !errors.Is(err, ErrWitness) {
			t.Errorf("in %s: %v", name, err)
		}
	}
}

// FuzzOffer: what a log offers, and what is handed in as cosigned, is read in one spelling or refused.
func FuzzOffer(f *testing.F) {
	c := Checkpoint{Origin: Origin(testDomain, testMeeting), Size: 5, Root: filled(9)}
	key := witnessKey(1)
	signer, err := NewSigner(c.Origin, key)
	if err != nil {
		f.Fatal(err)
	}
	text, err := VerifierKey(c.Origin, key.Public())
	if err != nil {
		f.Fatal(err)
	}
	log, err := note.NewVerifier(text)
	if err != nil {
		f.Fatal(err)
	}
	signed, err := c.Sign(signer)
	if err != nil {
		f.Fatal(err)
	}
	w := must(NewWitness("street.example", witnessKey(2).Public()))
	street, err := NewCosigner("street.example", witnessKey(2), testSeen)
	if err != nil {
		f.Fatal(err)
	}
	cosigned, err := Cosign(signed, street)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(Offer{Old: 3, Proof: []Hash{filled(1), filled(2)}, Note: cosigned}.Bytes())
	f.Add(Offer{Note: signed}.Bytes())
	f.Add([]byte("old 00\n\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if offer, err := ParseOffer(text); err == nil {
			if !bytes.Equal(offer.Bytes(), text) || len(offer.Proof) > maxProof {
				t.Errorf("%q was read as %+v", text, offer)
			}
			text = offer.Note
		}
		opened, found, err := OpenCosigned(text, c.Origin, log, w)
		if err == nil && (opened.Size != c.Size || opened.Root != c.Root) {
			t.Errorf("%q holds as another checkpoint: %+v", text, opened)
		}
		for _, f := range found {
			if f.At != testSeen {
				t.Errorf("%q holds at another time: %+v", text, f)
			}
		}
	})
}
