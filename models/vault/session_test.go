package vault

import (
	"encoding/base64"
	"errors"
	"testing"
)

var session = ResidentSession{
	Meeting:  "01890000-0000-7000-8000-000000000001",
	Voter:    "01890000-0000-7000-8000-000000000002",
	Owner:    "01890000-0000-7000-8000-000000000003",
	Evidence: "01890000-0000-7000-8000-000000000004",
	Expires:  1_795_708_800_000,
}

func TestASessionIsReadUntilItExpires(t *testing.T) {
	k := testKeys(t)
	cookie, err := k.SignSession(session)
	if err != nil || len(cookie) != 118 {
		t.Fatalf("cookie of %d characters, %v", len(cookie), err)
	}
	if got, err := k.CheckSession(cookie, session.Expires-1); err != nil || got != session {
		t.Errorf("just before: %+v, %v", got, err)
	}
	for _, now := range []int64{session.Expires, session.Expires + 1} {
		if got, err := k.CheckSession(cookie, now); !errors.Is(err, ErrExpired) || got != (ResidentSession{}) {
			t.Errorf("at %d: %+v, %v", now, got, err)
		}
	}
}

func TestASessionNotMadeHereIsRefused(t *testing.T) {
	k := testKeys(t)
	cookie, err := k.SignSession(session)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := base64.RawURLEncoding.DecodeString(cookie)
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		raw[i] ^= 0x80
		if got, err := k.CheckSession(base64.RawURLEncoding.EncodeToString(raw), 0); !errors.Is(err, ErrToken) || got != (ResidentSession{}) {
			t.Errorf("byte %d altered: %+v, %v", i, got, err)
		}
		raw[i] ^= 0x80
	}
	if _, err := otherKeys(t).CheckSession(cookie, 0); !errors.Is(err, ErrToken) {
		t.Errorf("other keys: %v", err)
	}
	staff, _ := NewSessionToken()
	for name, text := range map[string]string{
		"nothing": "", "cut": cookie[:117], "longer": cookie + "A", "a staff cookie": staff,
		"the same bits otherwise": cookie[:117] + "-", "a JWT": "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
	} {
		if _, err := k.CheckSession(text, 0); !errors.Is(err, ErrToken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestASessionOfIdsThatAreNoneIsNotSigned(t *testing.T) {
	for name, id := range map[string]string{
		"nothing":       "",
		"upper case":    "01890000-0000-7000-8000-00000000000A",
		"braces":        "{1890000-0000-7000-8000-00000000000}",
		"no dashes":     "018900000000700080000000000000010000",
		"no hex":        "0189000g-0000-7000-8000-000000000001",
		"one too many":  "01890000-0000-7000-8000-0000000000011",
		"a dash astray": "0189000-00000-7000-8000-000000000001",
	} {
		s := session
		s.Owner = id
		if cookie, err := testKeys(t).SignSession(s); !errors.Is(err, ErrToken) || cookie != "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestASessionAtARosterOpensNoVoteAndNoVoteOpensARoster(t *testing.T) {
	k := testKeys(t)
	at := RosterSession{Roster: session.Meeting, Voter: session.Voter, Owner: session.Owner, Evidence: session.Evidence, Expires: session.Expires}
	cookie, err := k.SignRosterSession(at)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := k.CheckRosterSession(cookie, at.Expires-1); err != nil || got != at {
		t.Errorf("just before: %+v, %v", got, err)
	}
	if _, err := k.CheckRosterSession(cookie, at.Expires); !errors.Is(err, ErrExpired) {
		t.Errorf("at the end: %v", err)
	}
	if _, err := k.CheckSession(cookie, 0); !errors.Is(err, ErrToken) {
		t.Errorf("it votes: %v", err)
	}
	vote, err := k.SignSession(session)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.CheckRosterSession(vote, 0); !errors.Is(err, ErrToken) {
		t.Errorf("a vote looks up a roster: %v", err)
	}
}
