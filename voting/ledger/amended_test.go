package ledger

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

// amendLine was written and hashed by another program from the forms that docs/ledger-format.md describes.
const (
	amendLine = `{"approved":"2026-11-21T09:00:00.000+08:00","area_cm2":1100170000,"at":"2026-11-21T09:00:00.000+08:00","by":"server","change":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","first":"convener-1","heads":867,"i":2,"kind":"roster","m":"01890000-0000-7000-8000-000000000001","new_root":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b","old_root":"0101010101010101010101010101010101010101010101010101010101010101","second":"street-1","t":"amend","v":1}`
	amendHash = "ef1bc4ea71306eb3ea2741bd500fbf6c94d7eb49fcbf9f8c733f82c18cc7914b"
)

func TestVectorOfAnAmendment(t *testing.T) {
	at := mustInstant(t, "2026-11-21T09:00:00.000+08:00")
	body := Amend{Kind: AmendRoster, Change: filled(10), OldRoot: filled(1), NewRoot: filled(11), Heads: 867, Area: 1_100_170_000, Approved: at,
		First: "convener-1", Second: "street-1"}
	header := Header{testMeeting, 2, at, "server"}
	leaf, err := Encode(header, body)
	if err != nil || string(leaf) != LeafPrefix+amendLine+"\n" || LeafHash(leaf).String() != amendHash {
		t.Fatalf("%s\n%s, %v", leaf, LeafHash(leaf), err)
	}
	if h, b, err := Decode(leaf); err != nil || h != header || !reflect.DeepEqual(b, body) {
		t.Errorf("read %+v %+v, %v", h, b, err)
	}
}

// mandateLine is such a leaf for a mandate: roster, heads and area are those of the open leaf.
const (
	mandateLine = `{"approved":"2026-11-21T09:00:00.000+08:00","area_cm2":1100170000,"at":"2026-11-21T09:00:00.000+08:00","by":"server","change":"2a31fda330521425a142b6973e97824dd6166f3d940c5ce6a4b18b824cc13a8f","first":"convener-1","heads":867,"i":3,"kind":"mandate","m":"01890000-0000-7000-8000-000000000001","new_root":"0101010101010101010101010101010101010101010101010101010101010101","old_root":"0101010101010101010101010101010101010101010101010101010101010101","second":"street-1","t":"amend","v":1}`
	mandateHash = "7c66d619024ce23bf05b099627d8ab1e28039a7bbe58d162672c211a65cc2070"
)

func TestVectorOfAMandate(t *testing.T) {
	h, b, err := Decode([]byte(LeafPrefix + mandateLine + "\n"))
	if err != nil || b.(Amend).Kind != AmendMandate || LeafHash([]byte(LeafPrefix+mandateLine+"\n")).String() != mandateHash {
		t.Fatalf("%+v, %v, %s", b, err, LeafHash([]byte(LeafPrefix+mandateLine+"\n")))
	}
	if leaf, err := Encode(h, b); err != nil || string(leaf) != LeafPrefix+mandateLine+"\n" {
		t.Errorf("written as %s, %v", leaf, err)
	}
}

func TestAnAmendmentThatCannotBeIsNoLeaf(t *testing.T) {
	for name, change := range map[string][2]string{
		"an unknown kind":                   {`"kind":"roster"`, `"kind":"area"`},
		"a correction that changes no root": {`"new_root":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"`, `"new_root":"0101010101010101010101010101010101010101010101010101010101010101"`},
		"a transfer that changes the root":  {`"kind":"roster"`, `"kind":"transfer"`},
		"a mandate that changes the root":   {`"kind":"roster"`, `"kind":"mandate"`},
		"no heads":                          {`"heads":867`, `"heads":0`},
		"no area":                           {`"area_cm2":1100170000`, `"area_cm2":0`},
		"approved after it was recorded":    {`"approved":"2026-11-21T09:00:00.000`, `"approved":"2026-11-21T09:00:00.001`},
		"one person":                        {`"second":"street-1"`, `"second":"convener-1"`},
		"nobody":                            {`"first":"convener-1"`, `"first":""`},
		"no change":                         {`"change":"0a`, `"change":"a`},
	} {
		if _, _, err := Decode([]byte(LeafPrefix + strings.Replace(amendLine, change[0], change[1], 1) + "\n")); !errors.Is(err, ErrLeaf) {
			t.Errorf("%s: %v", name, err)
		}
	}
	transfer := strings.Replace(amendLine, `"kind":"roster"`, `"kind":"transfer"`, 1)
	transfer = strings.Replace(transfer, strings.Repeat("0b", 32), strings.Repeat("01", 32), 1)
	if _, b, err := Decode([]byte(LeafPrefix + transfer + "\n")); err != nil || b.(Amend).Kind != AmendTransfer {
		t.Errorf("a transfer: %+v, %v", b, err)
	}
}
