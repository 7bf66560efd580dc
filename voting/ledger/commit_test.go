package ledger

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestACommitmentChangesWithEverythingItIsAbout(t *testing.T) {
	salt, other := testSalt(), testSalt()
	other[31]++
	cast, voter := Cast{"m1", 2, 3}, VoterHash("m1", "v1")
	ev := Evidence{"sms", "t", "p", "n"}
	seen := map[Hash]string{}
	for name, commitment := range map[string]Hash{
		"a ballot":               BallotCommitment(salt, cast, []byte("{}"), voter),
		"another salt":           BallotCommitment(other, cast, []byte("{}"), voter),
		"another meeting":        BallotCommitment(salt, Cast{"m2", 2, 3}, []byte("{}"), voter),
		"another slot":           BallotCommitment(salt, Cast{"m1", 3, 3}, []byte("{}"), voter),
		"another revision":       BallotCommitment(salt, Cast{"m1", 2, 4}, []byte("{}"), voter),
		"digits moved":           BallotCommitment(salt, Cast{"m1", 23, 0}, []byte("{}"), voter),
		"a digit of the meeting": BallotCommitment(salt, Cast{"m12", 3, 0}, []byte("{}"), voter),
		"another choice":         BallotCommitment(salt, cast, []byte(`{"a":{}}`), voter),
		"another voter":          BallotCommitment(salt, cast, []byte("{}"), VoterHash("m1", "v2")),
		"that voter elsewhere":   BallotCommitment(salt, cast, []byte("{}"), VoterHash("m2", "v1")),
		"the slot":               SlotCommitment(salt, cast),
		"evidence":               EvidenceCommitment(salt, cast, ev),
		"parts moved along":      EvidenceCommitment(salt, cast, Evidence{"sm", "st", "p", "n"}),
		"another method":         EvidenceCommitment(salt, cast, Evidence{"desk", "t", "p", "n"}),
		"another proxy":          EvidenceCommitment(salt, cast, Evidence{"sms", "t", "", "n"}),
		"another network":        EvidenceCommitment(salt, cast, Evidence{"sms", "t", "p", ""}),
		"a unit":                 UnitCommitment(salt, "m1", "2", "3"),
		"a head":                 HeadCommitment(salt, "m1", "2"),
		"a salt for slots":       Hash(salt.SlotSalt()),
		"a salt for evidence":    Hash(salt.EvidenceSalt()),
	} {
		if twin, twice := seen[commitment]; twice {
			t.Errorf("%s and %s have one commitment", name, twin)
		}
		seen[commitment] = name
	}
}

func TestASaltIsNotPrinted(t *testing.T) {
	salt := testSalt()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		text := fmt.Sprintf(verb, salt) + fmt.Sprintf(verb, &salt) + fmt.Sprintf(verb, struct{ S Salt }{salt})
		if strings.Contains(text, "1f") || strings.Contains(text, "30 31") || !strings.Contains(text, "[salt]") {
			t.Errorf("%s prints %s", verb, text)
		}
	}
}

func TestTheMACOfASaltIsHMAC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		salt := Salt(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "salt"))
		prefix, part := rapid.String().Draw(t, "prefix"), rapid.SliceOf(rapid.Byte()).Draw(t, "part")
		want := hmac.New(sha256.New, salt[:])
		want.Write(appendParts([]byte(prefix), part))
		if got := salt.mac(prefix, part); !hmac.Equal(got[:], want.Sum(nil)) {
			t.Errorf("got %s, want %x", got, want.Sum(nil))
		}
	})
}
