package ledger

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// The expected values of this file were computed by another program from the forms that doc.go describes.

const (
	testMeeting = "01890000-0000-7000-8000-000000000001"
	testVoter   = "01890000-0000-7000-8000-0000000000aa"
)

func testSalt() Salt {
	var salt Salt
	for i := range salt {
		salt[i] = byte(i)
	}
	return salt
}

func filled(b byte) Hash {
	var h Hash
	for i := range h {
		h[i] = b
	}
	return h
}

func mustHash(t *testing.T, text string) Hash {
	t.Helper()
	h, err := ParseHash(text)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func mustInstant(t *testing.T, text string) int64 {
	t.Helper()
	ms, err := ParseInstant(text)
	if err != nil {
		t.Fatal(err)
	}
	return ms
}

// vectorLeaf is a leaf and what it must become.
type vectorLeaf struct {
	header Header
	body   Body
	text   string // after the prefix and before the last newline
	hash   string
}

func vectorLeaves(t *testing.T) []vectorLeaf {
	t.Helper()
	at := func(text string) int64 { return mustInstant(t, text) }
	return []vectorLeaf{
		{
			Header{testMeeting, 0, at("2026-11-01T09:00:00.000+08:00"), "convener-1"},
			Open{
				RosterRoot: filled(1), Units: 956, Heads: 867, Area: 1_100_162_700, Rules: filled(2), Agenda: filled(3),
				Opens: at("2026-11-20T00:00:00.000+08:00"), Closes: at("2026-11-27T00:00:00.000+08:00"),
				LogKey: "k+00000000+AA==", StreetKeys: []string{"s+00000001+BB=="}, Release: filled(4), Profile: ClosedBook,
			},
			`{"agenda":"0303030303030303030303030303030303030303030303030303030303030303","area_cm2":1100162700,"at":"2026-11-01T09:00:00.000+08:00","by":"convener-1","closes":"2026-11-27T00:00:00.000+08:00","heads":867,"i":0,"log_key":"k+00000000+AA==","m":"01890000-0000-7000-8000-000000000001","opens":"2026-11-20T00:00:00.000+08:00","profile":"C","release":"0404040404040404040404040404040404040404040404040404040404040404","roster_root":"0101010101010101010101010101010101010101010101010101010101010101","rules":"0202020202020202020202020202020202020202020202020202020202020202","street_keys":["s+00000001+BB=="],"t":"open","units":956,"v":1}`,
			"1669b4797cd34059d16d20d6d6f849262335570b4bf21e13be99dc86ca6f1c93",
		},
		{
			Header{testMeeting, 1, at("2026-11-20T08:30:00.123+08:00"), "server"},
			Ballot{
				Slot:    mustHash(t, "3be7d86b87b8864411415767089bce9fe23d62305a23e1c947f4698d003b27fc"),
				Channel: lifecycle.Online, Revision: 1,
				Choices:  mustHash(t, "03739bb28c8a375e2e11b5a06c6a91aecb4bef7f552c43daf30a0439d42e7cd2"),
				Evidence: mustHash(t, "dbfb0878cb54b3474e8c031d898b265fb212b77dfa19fcee0798176e1e01ea8b"),
			},
			`{"at":"2026-11-20T08:30:00.123+08:00","by":"server","c":"03739bb28c8a375e2e11b5a06c6a91aecb4bef7f552c43daf30a0439d42e7cd2","channel":"online","ev":"dbfb0878cb54b3474e8c031d898b265fb212b77dfa19fcee0798176e1e01ea8b","i":1,"m":"01890000-0000-7000-8000-000000000001","revision":1,"slot":"3be7d86b87b8864411415767089bce9fe23d62305a23e1c947f4698d003b27fc","supersedes":0,"t":"ballot","v":1}`,
			"8ba044e221a7ced06acf71294eb2e1dd02a156f6c03464f8cf3d4dc3f6e489de",
		},
		{
			Header{testMeeting, 2, at("2026-11-27T00:00:00.000+08:00"), "server"},
			Close{Leaves: 2, Ballots: 1, ByChannel: map[lifecycle.Channel]int64{lifecycle.Online: 1}},
			`{"at":"2026-11-27T00:00:00.000+08:00","ballots":1,"by":"server","by_channel":{"online":1},"i":2,"leaves":2,"m":"01890000-0000-7000-8000-000000000001","t":"close","v":1}`,
			"ae180aa50c33dc13210f4916ffe008fe16c3ceab115b75bff50b25d50390200f",
		},
		{
			Header{testMeeting, 3, at("2026-11-27T10:00:00.000+08:00"), "server"},
			Result{FullBook: filled(5), PublicBook: filled(6), Outcome: filled(7)},
			`{"at":"2026-11-27T10:00:00.000+08:00","by":"server","full_book":"0505050505050505050505050505050505050505050505050505050505050505","i":3,"m":"01890000-0000-7000-8000-000000000001","public_book":"0606060606060606060606060606060606060606060606060606060606060606","result":"0707070707070707070707070707070707070707070707070707070707070707","t":"result","v":1}`,
			"8c7ee0f5611d478aa2573f4cc8c9f669ec67f0903df3493c7fec7971942d495e",
		},
		{
			Header{testMeeting, 4, at("2026-12-01T10:00:00.000+08:00"), "street-1"},
			Certify{Certificate: filled(8)},
			`{"at":"2026-12-01T10:00:00.000+08:00","by":"street-1","certificate":"0808080808080808080808080808080808080808080808080808080808080808","i":4,"m":"01890000-0000-7000-8000-000000000001","t":"certify","v":1}`,
			"692c08b3dfada09d2daad9d17bc7ad86efedcc3a830008ccfd400e637e697aa6",
		},
	}
}

func TestVectorLeavesHaveTheirExactBytesAndHashes(t *testing.T) {
	for _, v := range vectorLeaves(t) {
		leaf, err := Encode(v.header, v.body)
		if err != nil {
			t.Fatalf("%s: %v", v.body.Type(), err)
		}
		if want := "gongjue.leaf/v1\n" + v.text + "\n"; string(leaf) != want {
			t.Errorf("%s:\n got %s\nwant %s", v.body.Type(), leaf, want)
		}
		if got := LeafHash(leaf).String(); got != v.hash {
			t.Errorf("%s: hash %s, want %s", v.body.Type(), got, v.hash)
		}
	}
}

func TestVectorRootsOfTheLog(t *testing.T) {
	want := []string{
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"1669b4797cd34059d16d20d6d6f849262335570b4bf21e13be99dc86ca6f1c93",
		"cbed0a26a96d867fc401b42485ab7c231904f832382e96eae2722dbd012d2081",
		"eff0e3f256b5dfc5cd1c104cb04ebadc1c8094f11a021e72f987e3ac92049896",
		"b1adcb66e9210854c1f0b9735bb010e8aff6b28c8739856830087c52d30702a4",
		"bb0456e094cf39d52be571b77dd9686071fb17f15f042b5fb3f73d6d708b44a8",
	}
	var hashes []Hash
	for _, v := range vectorLeaves(t) {
		hashes = append(hashes, mustHash(t, v.hash))
	}
	for n := range want {
		if got := Root(hashes[:n]).String(); got != want[n] {
			t.Errorf("root of %d leaves: %s, want %s", n, got, want[n])
		}
	}
}

func TestVectorRootsOfCertificateTransparency(t *testing.T) {
	inputs := []string{"", "\x00", "\x10", "\x20\x21", "\x30\x31", "\x40\x41\x42\x43",
		"\x50\x51\x52\x53\x54\x55\x56\x57", "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"}
	var hashes []Hash
	for _, input := range inputs {
		hashes = append(hashes, LeafHash([]byte(input)))
	}
	if got := Root(hashes).String(); got != "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328" {
		t.Errorf("root %s", got)
	}
}

func TestVectorCommitments(t *testing.T) {
	cast := Cast{Meeting: testMeeting, Slot: 7, Revision: 1}
	choices := CanonicalChoices(map[string]voting.Choice{
		"m1": {Mark: voting.Yes},
		"m2": {Names: []string{"甲", "乙", "甲"}},
		"m3": {Each: map[string]voting.Mark{"甲": voting.Yes, "乙": voting.No}},
		"m4": {},
	})
	wantChoices := `{"m1":{"mark":"yes"},"m2":{"names":["乙","甲"]},"m3":{"each":{"乙":"no","甲":"yes"}},"m4":{}}`
	if string(choices) != wantChoices {
		t.Fatalf("choices %s", choices)
	}
	salt, voter := testSalt(), VoterHash(testMeeting, testVoter)
	evidence := Evidence{Method: "sms", Transaction: "tx-1", NetworkPrefix: "192.0.2.0/24"}
	for name, pair := range map[string][2]string{
		"voter":    {voter.String(), "53ee3432b9d63f29df61d8b58974a729635441596b2ae96d2f73948017d8def0"},
		"ballot":   {BallotCommitment(salt, cast, choices, voter).String(), "03739bb28c8a375e2e11b5a06c6a91aecb4bef7f552c43daf30a0439d42e7cd2"},
		"slot":     {SlotCommitment(salt.SlotSalt(), cast).String(), "3be7d86b87b8864411415767089bce9fe23d62305a23e1c947f4698d003b27fc"},
		"evidence": {EvidenceCommitment(salt.EvidenceSalt(), cast, evidence).String(), "dbfb0878cb54b3474e8c031d898b265fb212b77dfa19fcee0798176e1e01ea8b"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %s, want %s", name, pair[0], pair[1])
		}
	}
}

func vectorRoster() []RosterLeaf {
	salt := testSalt()
	return []RosterLeaf{
		{Slot: 2, Unit: UnitCommitment(salt, "r1", "u2", "3号楼/1单元/301"), Head: HeadCommitment(salt, "r1", "v0"),
			Area: 53300, HeadGroup: 0, Owners: 2, CountsArea: true},
		{Slot: 0, Unit: UnitCommitment(salt, "r1", "u0", "3号楼/1单元/101"), Head: HeadCommitment(salt, "r1", "v0"),
			Area: 891200, HeadGroup: 0, Owners: 2, CountsArea: true, CountsHeads: true},
		{Slot: 1, Unit: UnitCommitment(salt, "r1", "u1", "3号楼/1单元/201"), Head: HeadCommitment(salt, "r1", "v1"),
			Area: 1203400, HeadGroup: 1, Owners: 1, CountsArea: true, CountsHeads: true},
	}
}

func TestVectorRosterRootAndItsPrintedForm(t *testing.T) {
	root := RosterRoot(vectorRoster())
	if got := root.String(); got != "d8f9762d3bc453ba64c669b21dc1f86c899186626daf247749597edd9b75152d" {
		t.Errorf("root %s", got)
	}
	if got := root.Printed(); got != "d8f9-762d-3bc4-53ba" {
		t.Errorf("printed %s", got)
	}
}

func TestVectorReceiptCodes(t *testing.T) {
	for want, code := range map[string]Receipt{
		"0000-0000-0000-0000-0": {},
		"ZZZZ-ZZZZ-ZZZZ-ZZZZ-M": {255, 255, 255, 255, 255, 255, 255, 255, 255, 255},
		"000G-40R4-0M30-E209-Z": {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
		"K7QF-2M9T-XR4D-8HVC-2": {0x99, 0xee, 0xf1, 0x51, 0x3a, 0xee, 0x08, 0xd4, 0x47, 0x6c},
	} {
		if got := code.String(); got != want {
			t.Errorf("printed %s, want %s", got, want)
		}
		if got := Serial(code).String(); got != want {
			t.Errorf("serial printed %s, want %s", got, want)
		}
	}
}
