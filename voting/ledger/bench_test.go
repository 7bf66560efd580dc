package ledger

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

func BenchmarkBallotLeaf(b *testing.B) {
	cast, salt, voter := Cast{testMeeting, 7, 1}, testSalt(), VoterHash(testMeeting, testVoter)
	choices := map[string]voting.Choice{"m1": {Mark: voting.Yes}, "m2": {Mark: voting.No}, "m3": {Mark: voting.Abstain}, "m4": {Names: []string{"甲", "乙"}}}
	var edge Edge
	for b.Loop() {
		leaf, err := Encode(Header{testMeeting, 1, 1_795_708_800_000, "server"}, Ballot{
			Slot: SlotCommitment(salt.SlotSalt(), cast), Channel: lifecycle.Online, Revision: 1,
			Choices:  BallotCommitment(salt, cast, CanonicalChoices(choices), voter),
			Evidence: EvidenceCommitment(salt.EvidenceSalt(), cast, Evidence{Method: "sms", Transaction: "t"}),
		})
		if err != nil {
			b.Fatal(err)
		}
		edge.Append(LeafHash(leaf))
	}
}

func BenchmarkDecode(b *testing.B) {
	leaf, err := Encode(Header{testMeeting, 1, 1_795_708_800_000, "server"}, Ballot{Channel: lifecycle.Online, Revision: 1})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := Decode(leaf); err != nil {
			b.Fatal(err)
		}
	}
}
