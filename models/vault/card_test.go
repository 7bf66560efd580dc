package vault

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

const cardMeeting = "01890000-0000-7000-8000-000000000001"

// sharedBox is a meeting whose key three hold, with one group and its sealed ballot.
type sharedBox struct {
	cards           [SealCards]*Card
	publics         [SealCards][]byte
	shares          [SealCards]SealedShare
	public          []byte
	wrapped, sealed []byte
	place           Place
}

func newSharedBox(t *testing.T, meeting string) sharedBox {
	t.Helper()
	box := sharedBox{place: Place{Meeting: meeting, Voter: "v1", Index: 7}}
	var err error
	for i := range box.cards {
		if box.cards[i], err = NewCard(meeting, i+1, NewCardSecret()); err != nil {
			t.Fatal(err)
		}
		box.publics[i] = box.cards[i].Public()
	}
	if box.public, box.shares, err = NewSharedMeetingKey(meeting, box.publics); err != nil {
		t.Fatal(err)
	}
	group, wrapped, err := NewGroup(meeting, box.public)
	if err != nil {
		t.Fatal(err)
	}
	box.wrapped = wrapped
	if box.sealed, err = group.Seal(box.place, plain); err != nil {
		t.Fatal(err)
	}
	return box
}

func (box sharedBox) share(t *testing.T, number int) *Share {
	t.Helper()
	stored := box.shares[number-1]
	share, err := box.cards[number-1].OpenShare(stored.Sealed, stored.Hash)
	if err != nil {
		t.Fatal(err)
	}
	return share
}

// vector reads the fields of a vector of docs/ledger-format.md; those of seal cards were computed by another program, with
// tables of logarithms and with HKDF and X25519 written out.
func vector(t *testing.T, name string) map[string]string {
	t.Helper()
	page, err := os.ReadFile("../../docs/ledger-format.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, there := strings.Cut(string(page), "```vector "+name+"\n")
	if !there {
		t.Fatalf("the page has no vector %s", name)
	}
	block, _, _ = strings.Cut(block, "\n```")
	fields := map[string]string{}
	for _, line := range strings.Split(block, "\n") {
		key, value, _ := strings.Cut(line, " = ")
		fields[key] = value
	}
	return fields
}

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	raw, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestTheVectorOfACardHolds(t *testing.T) {
	want := vector(t, "card")
	number, err := strconv.Atoi(want["number"])
	if err != nil {
		t.Fatal(err)
	}
	card, err := NewCard(want["meeting"], number, [16]byte(unhex(t, want["secret"])))
	if err != nil {
		t.Fatal(err)
	}
	if got := hex.EncodeToString(card.Public()); got != want["key"] {
		t.Errorf("public key %s", got)
	}
}

func TestAnyTwoCardsOpenTheBallots(t *testing.T) {
	box := newSharedBox(t, cardMeeting)
	for _, pair := range [][2]int{{1, 2}, {2, 1}, {1, 3}, {3, 1}, {2, 3}, {3, 2}} {
		key, err := JoinMeetingKey(box.public, box.share(t, pair[0]), box.share(t, pair[1]))
		if err != nil {
			t.Fatalf("cards %v: %v", pair, err)
		}
		group, err := key.OpenGroup(box.wrapped)
		if err != nil {
			t.Fatalf("cards %v: %v", pair, err)
		}
		if got, err := group.Open(box.place, box.sealed); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("cards %v: %s, %v", pair, got, err)
		}
	}
}

func TestAShareWaitsForOneOtherCardOnly(t *testing.T) {
	box := newSharedBox(t, cardMeeting)
	first := box.share(t, 1)
	lent, err := first.Lend(3, box.publics[2])
	if err != nil {
		t.Fatal(err)
	}
	hash := box.shares[0].Hash
	got, err := box.cards[2].OpenLent(1, lent, hash)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := JoinMeetingKey(box.public, got, box.share(t, 3)); err != nil {
		t.Error(err)
	}
	for name, open := range map[string]func() (*Share, error){
		"with card 2":                  func() (*Share, error) { return box.cards[1].OpenLent(1, lent, hash) },
		"with the card that lent it":   func() (*Share, error) { return box.cards[0].OpenLent(1, lent, hash) },
		"as the share of another":      func() (*Share, error) { return box.cards[2].OpenLent(2, lent, hash) },
		"as the card's own":            func() (*Share, error) { return box.cards[2].OpenShare(lent, hash) },
		"against another share's hash": func() (*Share, error) { return box.cards[2].OpenLent(1, lent, box.shares[1].Hash) },
		"another card's own share":     func() (*Share, error) { return box.cards[2].OpenShare(box.shares[0].Sealed, hash) },
		"its own against another hash": func() (*Share, error) { return box.cards[2].OpenShare(box.shares[2].Sealed, hash) },
		"with a byte of it altered":    func() (*Share, error) { return box.cards[2].OpenLent(1, flipped(lent), hash) },
		"nothing":                      func() (*Share, error) { return box.cards[2].OpenLent(1, nil, hash) },
		"a stored share with one altered": func() (*Share, error) {
			return box.cards[2].OpenShare(flipped(box.shares[2].Sealed), box.shares[2].Hash)
		},
	} {
		if share, err := open(); !errors.Is(err, ErrOpen) || share != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func flipped(sealed []byte) []byte {
	altered := bytes.Clone(sealed)
	altered[len(altered)-1] ^= 1
	return altered
}

func TestSharesThatDoNotBelongTogetherGiveNoKey(t *testing.T) {
	box, other := newSharedBox(t, cardMeeting), newSharedBox(t, cardMeeting)
	elsewhere := newSharedBox(t, "m2")
	for name, pair := range map[string][2]*Share{
		"the same share twice":                    {box.share(t, 1), box.share(t, 1)},
		"two shares of one number":                {box.share(t, 1), other.share(t, 1)},
		"of another key of the same meeting":      {box.share(t, 1), other.share(t, 2)},
		"both of another key of the same meeting": {other.share(t, 1), other.share(t, 2)},
		"of another meeting":                      {box.share(t, 1), elsewhere.share(t, 2)},
	} {
		if key, err := JoinMeetingKey(box.public, pair[0], pair[1]); !errors.Is(err, ErrOpen) || key != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestACardIsOfOneMeetingAndOneNumber(t *testing.T) {
	secret := NewCardSecret()
	own, err := NewCard("m1", 1, secret)
	if err != nil {
		t.Fatal(err)
	}
	if !own.Fits(own.Public()) {
		t.Error("a card does not fit itself")
	}
	for name, at := range map[string]struct {
		meeting string
		number  int
	}{"another meeting": {"m2", 1}, "another number": {"m1", 2}} {
		card, err := NewCard(at.meeting, at.number, secret)
		if err != nil {
			t.Fatal(err)
		}
		if card.Fits(own.Public()) {
			t.Errorf("the same secret in %s gives the same key", name)
		}
	}
	if own.Fits(nil) {
		t.Error("a card fits a key that was never stored")
	}
}

func TestAKeyIsNotSharedWithoutThreeCards(t *testing.T) {
	box := newSharedBox(t, "m1")
	box.publics[1] = nil
	if _, _, err := NewSharedMeetingKey("m1", box.publics); !errors.Is(err, ErrKey) {
		t.Errorf("with two cards: %v", err)
	}
}

func TestNoVerbPrintsACardOrAShare(t *testing.T) {
	box := newSharedBox(t, "m1")
	share := box.share(t, 1)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
		for _, value := range []any{box.cards[0], share} {
			if got := fmt.Sprintf(verb, value); !strings.Contains(got, redacted) || len(got) > len(redacted) {
				t.Errorf("%s prints %q", verb, got)
			}
		}
	}
}
