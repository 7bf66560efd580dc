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

const testDomain = "gongjue.example"

func testSigner(t *testing.T, name string, seed byte) (note.Signer, note.Verifier) {
	t.Helper()
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
	signer, err := NewSigner(name, key)
	if err != nil {
		t.Fatal(err)
	}
	text, err := VerifierKey(name, key.Public())
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(text)
	if err != nil {
		t.Fatal(err)
	}
	return signer, verifier
}

func TestACheckpointIsSignedAndOpened(t *testing.T) {
	origin := Origin(testDomain, testMeeting)
	log, logKey := testSigner(t, origin, 1)
	street, streetKey := testSigner(t, "street.example", 2)
	c := Checkpoint{Origin: origin, Size: 5, Root: filled(9)}
	want := "gongjue.example/m/" + testMeeting + "\n5\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n"
	if c.Text() != want {
		t.Fatalf("text %q", c.Text())
	}
	signed, err := c.Sign(log, street)
	if err != nil {
		t.Fatal(err)
	}
	for name, keys := range map[string][]note.Verifier{
		"the log's key":  {logKey},
		"the street's":   {streetKey},
		"both, in order": {streetKey, logKey},
	} {
		if opened, err := OpenCheckpoint(signed, origin, keys...); err != nil || opened != c {
			t.Errorf("%s: %+v, %v", name, opened, err)
		}
	}
}

func TestACheckpointOfAnotherLogKeyOrTextIsRefused(t *testing.T) {
	origin := Origin(testDomain, testMeeting)
	log, logKey := testSigner(t, origin, 1)
	_, streetKey := testSigner(t, "street.example", 2)
	_, strangeKey := testSigner(t, origin, 3)
	signed, err := Checkpoint{Origin: origin, Size: 5, Root: filled(9)}.Sign(log)
	if err != nil {
		t.Fatal(err)
	}
	altered := bytes.Replace(signed, []byte("\n5\n"), []byte("\n6\n"), 1)
	extended, err := note.Sign(&note.Note{Text: Checkpoint{Origin: origin, Size: 5}.Text() + "more\n"}, log)
	if err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func() (Checkpoint, error){
		"another size":          func() (Checkpoint, error) { return OpenCheckpoint(altered, origin, logKey) },
		"another key":           func() (Checkpoint, error) { return OpenCheckpoint(signed, origin, strangeKey) },
		"no street signature":   func() (Checkpoint, error) { return OpenCheckpoint(signed, origin, logKey, streetKey) },
		"another meeting":       func() (Checkpoint, error) { return OpenCheckpoint(signed, Origin(testDomain, "b"), logKey) },
		"no verifier":           func() (Checkpoint, error) { return OpenCheckpoint(signed, origin) },
		"an extension line":     func() (Checkpoint, error) { return OpenCheckpoint(extended, origin, logKey) },
		"no note":               func() (Checkpoint, error) { return OpenCheckpoint([]byte("5"), origin, logKey) },
		"a text without origin": func() (Checkpoint, error) { return ParseCheckpoint("\n5\n" + strings.Repeat("A", 43) + "=\n") },
		"a size with a zero":    func() (Checkpoint, error) { return ParseCheckpoint("o\n05\n" + strings.Repeat("A", 43) + "=\n") },
		"a size below zero":     func() (Checkpoint, error) { return ParseCheckpoint("o\n-5\n" + strings.Repeat("A", 43) + "=\n") },
		"a short root":          func() (Checkpoint, error) { return ParseCheckpoint("o\n5\nAAAA\n") },
		"loose base64":          func() (Checkpoint, error) { return ParseCheckpoint("o\n5\n" + strings.Repeat("A", 42) + "B=\n") },
	} {
		if c, err := open(); !errors.Is(err, ErrCheckpoint) || c != (Checkpoint{}) {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
}

func TestASignerAndATextThatANoteCannotCarryAreRefused(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, _ := testSigner(t, "a", 1)
	for name, err := range map[string]error{
		"a name with a blank":  second(NewSigner("a b", key)),
		"a name with a plus":   second(NewSigner("a+b", key)),
		"no name":              second(NewSigner("", key)),
		"a key of ECDSA":       second(NewSigner("a", other)),
		"an origin of 2 lines": second(Checkpoint{Origin: "a\nb"}.Sign(signer)),
		"no signer":            second(Checkpoint{Origin: "a"}.Sign()),
	} {
		if !errors.Is(err, ErrCheckpoint) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOurSignerWritesWhatTheLibrarysWrites(t *testing.T) {
	secretText, publicText, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{7}, 64)), "log.example")
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := note.NewSigner(secretText)
	if err != nil {
		t.Fatal(err)
	}
	ours, verifier := testSigner(t, "log.example", 7)
	c := Checkpoint{Origin: "log.example", Size: 1, Root: filled(1)}
	a, errA := c.Sign(theirs)
	b, errB := c.Sign(ours)
	if errA != nil || errB != nil || !bytes.Equal(a, b) {
		t.Errorf("%s\n%s\n%v %v", a, b, errA, errB)
	}
	if !strings.HasPrefix(publicText, "log.example+") || verifier.KeyHash() != ours.KeyHash() {
		t.Errorf("keys %s %x %x", publicText, verifier.KeyHash(), ours.KeyHash())
	}
}
