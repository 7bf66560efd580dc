package vault

import (
	"bytes"
	"errors"
	"sync"
	"testing"
)

// openBox is a meeting with one group and its sealed ballot.
type openBox struct {
	keys            *Keys
	public, private []byte // private is wrapped
	group           *Group
	wrapped, sealed []byte
	place           Place
}

var plain = []byte(`{"m1":{"mark":"yes"}}`)

func newBox(t *testing.T, meeting string) openBox {
	t.Helper()
	box := openBox{keys: testKeys(t), place: Place{Meeting: meeting, Voter: "v1", Index: 7}}
	var err error
	if box.public, box.private, err = box.keys.SealKey().NewMeetingKey(meeting); err != nil {
		t.Fatal(err)
	}
	if box.group, box.wrapped, err = NewGroup(meeting, box.public); err != nil {
		t.Fatal(err)
	}
	if box.sealed, err = box.group.Seal(box.place, plain); err != nil {
		t.Fatal(err)
	}
	return box
}

func (box openBox) open(t *testing.T) (*MeetingKey, *SealedGroup) {
	t.Helper()
	key, err := box.keys.OpenMeetingKey(box.place.Meeting, box.private)
	if err != nil {
		t.Fatal(err)
	}
	group, err := key.OpenGroup(box.wrapped)
	if err != nil {
		t.Fatal(err)
	}
	return key, group
}

func TestASealedBallotOpensInItsPlaceOnly(t *testing.T) {
	box := newBox(t, "m1")
	_, group := box.open(t)
	if got, err := group.Open(box.place, box.sealed); err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("%s, %v", got, err)
	}
	for name, at := range map[string]Place{
		"another meeting": {"m2", "v1", 7},
		"another voter":   {"m1", "v2", 7},
		"another index":   {"m1", "v1", 8},
		"parts moved":     {"m", "1v1", 7},
	} {
		if got, err := group.Open(at, box.sealed); !errors.Is(err, ErrOpen) || got != nil {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	for i := range box.sealed {
		altered := bytes.Clone(box.sealed)
		altered[i] ^= 1
		if _, err := group.Open(box.place, altered); !errors.Is(err, ErrOpen) {
			t.Errorf("byte %d altered: %v", i, err)
		}
		if _, err := group.Open(box.place, box.sealed[:i]); !errors.Is(err, ErrOpen) {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
}

func TestAGroupOpensWithItsOwnMeetingsKeyOnly(t *testing.T) {
	box, other := newBox(t, "m1"), newBox(t, "m1")
	key, _ := box.open(t)
	if _, err := key.OpenGroup(other.wrapped); !errors.Is(err, ErrOpen) {
		t.Errorf("a group of another key pair: %v", err)
	}
	_, foreign, err := NewGroup("m2", box.public)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := key.OpenGroup(foreign); !errors.Is(err, ErrOpen) {
		t.Errorf("a group that was made for another meeting: %v", err)
	}
	for i := range box.wrapped {
		altered := bytes.Clone(box.wrapped)
		altered[i] ^= 1
		if _, err := key.OpenGroup(altered); !errors.Is(err, ErrOpen) {
			t.Errorf("byte %d of the group's key altered: %v", i, err)
		}
	}
	second, wrapped, err := NewGroup("m1", box.public)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := second.Seal(box.place, plain)
	if err != nil || bytes.Equal(wrapped, box.wrapped) || bytes.Equal(sealed, box.sealed) {
		t.Errorf("two groups seal alike, %v", err)
	}
	_, group := box.open(t)
	if _, err := group.Open(box.place, sealed); !errors.Is(err, ErrOpen) {
		t.Errorf("a ballot of another group: %v", err)
	}
}

func TestAMeetingKeyOpensForItsMeetingAndInstallationOnly(t *testing.T) {
	box := newBox(t, "m1")
	if key, err := box.keys.OpenMeetingKey("m2", box.private); !errors.Is(err, ErrOpen) || key != nil {
		t.Errorf("another meeting: %v", err)
	}
	if _, err := otherKeys(t).OpenMeetingKey("m1", box.private); !errors.Is(err, ErrOpen) {
		t.Errorf("other keys: %v", err)
	}
	for i := range box.private {
		altered := bytes.Clone(box.private)
		altered[i] ^= 1
		if _, err := box.keys.OpenMeetingKey("m1", altered); !errors.Is(err, ErrOpen) {
			t.Errorf("byte %d altered: %v", i, err)
		}
	}
	field := box.keys.FieldKey().Encrypt(Column{}, bytes.Repeat([]byte{1}, 32))
	if _, err := box.keys.OpenMeetingKey("m1", field); !errors.Is(err, ErrOpen) {
		t.Errorf("a field taken for a meeting key: %v", err)
	}
}

func TestAPublicKeyThatIsNoneIsRefused(t *testing.T) {
	for name, public := range map[string][]byte{
		"nothing": nil, "31 bytes": make([]byte, 31), "33 bytes": make([]byte, 33), "a point of small order": make([]byte, 32),
	} {
		if group, wrapped, err := NewGroup("m1", public); err == nil || group != nil || wrapped != nil {
			t.Errorf("%s makes a group", name)
		}
	}
}

func TestManySealAtOnceAndEveryBallotOpens(t *testing.T) {
	box := newBox(t, "m1")
	const ballots = 200
	sealed := make([][]byte, ballots)
	var wait sync.WaitGroup
	for i := range ballots {
		wait.Go(func() {
			var err error
			if sealed[i], err = box.group.Seal(Place{"m1", "v", int64(i)}, plain); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	_, group := box.open(t)
	nonces := map[string]bool{}
	for i, s := range sealed {
		nonces[string(s[:counterSize])] = true
		if got, err := group.Open(Place{"m1", "v", int64(i)}, s); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("ballot %d: %v", i, err)
		}
	}
	if len(nonces) != ballots {
		t.Errorf("%d nonces for %d ballots", len(nonces), ballots)
	}
}

func TestAGroupThatIsFullSealsNoMore(t *testing.T) {
	box := newBox(t, "m1")
	box.group.count.Store(1<<32 - 2)
	if _, err := box.group.Seal(box.place, plain); err != nil {
		t.Errorf("the last one: %v", err)
	}
	if sealed, err := box.group.Seal(box.place, plain); !errors.Is(err, ErrKey) || sealed != nil {
		t.Errorf("one more: %v", err)
	}
}

func TestSealedBytesShowNothingOfTheChoice(t *testing.T) {
	box := newBox(t, "m1")
	for name, stored := range map[string][]byte{"ballot": box.sealed, "group key": box.wrapped, "meeting key": box.private} {
		if bytes.Contains(stored, []byte("yes")) || bytes.Contains(stored, []byte("mark")) {
			t.Errorf("%s: %q", name, stored)
		}
	}
	key, _ := box.open(t)
	private, err := key.private.Bytes()
	if err != nil || bytes.Contains(box.private, private) {
		t.Errorf("the wrapped key holds the private key, %v", err)
	}
}
