package verify_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/verify"
)

// swappedTown is a meeting whose operator put the silent home into the register in the place of one that voted on paper.
func swappedTown(t *testing.T) *town {
	w := sample(t, bundle.Tellers)
	w.forgeRegister = func(text []byte) []byte {
		voted, silent := `{"channel":"paper","slot":3}`+"\n", `{"channel":"paper","slot":9}`+"\n"
		if !strings.Contains(string(text), voted) {
			t.Fatal("the register does not hold the home that voted")
		}
		return []byte(strings.Replace(string(text), voted, "", 1) + silent)
	}
	return w
}

// receiptOf is the receipt of the home that voted.
func receiptOf(t *testing.T, w *town) []byte {
	leaf := answerFor(t, w, votedVoter, 6, false).record
	checkpoint, err := ledger.Checkpoint{Origin: origin, Size: leaf.Size, Root: leaf.Root}.Sign(logSigner())
	must(t, err)
	lines, err := ledger.ReceiptProof{Meeting: meetingID, Index: 4, Leaf: leaf.Ballots[0].ProvenLeaf, Key: logKeyText(), Checkpoint: string(checkpoint)}.Lines()
	must(t, err)
	return []byte(strings.Join(lines, "\r\n") + "\r\n")
}

// askRecord is what check 25 says of a record and a receipt, without a bundle for an empty tier.
func askRecord(t *testing.T, w *town, tier bundle.Tier, record, receipt []byte) (verify.State, verify.Report) {
	t.Helper()
	options := verify.Options{Record: record, Receipt: receipt, LogKey: logKeyText()}
	r, err := verify.Alone(options)
	must(t, err)
	if tier != "" {
		w.tier = tier
		r = report(t, pack(t, w.bundle(t)), options)
	}
	at := slices.IndexFunc(r.Findings, func(f verify.Finding) bool { return f.Number == 25 })
	return r.Findings[at].State, r
}

// A register that swaps two homes agrees with the log in every number. The home that never voted is told so only with a
// ballot that is not its own, and the one that did only with none: neither passes its own check.
func TestARegisterThatSwapsTwoHomesPassesNeithersOwnCheck(t *testing.T) {
	for _, tier := range []bundle.Tier{"", bundle.Public, bundle.Owners, bundle.Tellers} {
		w := swappedTown(t)
		silent := answerFor(t, w, silentVoter, whole, true)
		if state, _ := askRecord(t, w, tier, silent.signed(), nil); state != verify.Failed {
			t.Errorf("tier %q: the silent home is told of no ballot: %s", tier, state)
		}
		silent.record.Ballots = answerFor(t, w, votedVoter, whole, false).record.Ballots
		if state, _ := askRecord(t, w, tier, silent.signed(), nil); state == verify.Passed || tier == bundle.Tellers && state != verify.Failed {
			t.Errorf("tier %q: the silent home is told of the other's ballot: %s", tier, state)
		}
		of := saltOf("ballot", 3).SlotSalt()
		silent.record.Ballots[0].SlotSalt = &of
		if state, _ := askRecord(t, w, tier, silent.signed(), nil); state != verify.Failed {
			t.Errorf("tier %q: the silent home is told of the other's ballot, with its salt: %s", tier, state)
		}
		voted := answerFor(t, w, votedVoter, whole, true)
		if state, _ := askRecord(t, w, tier, voted.signed(), nil); state != verify.Failed {
			t.Errorf("tier %q: the home that voted is told of its ballot: %s", tier, state)
		}
		voted.record.Ballots = nil
		if state, _ := askRecord(t, w, tier, voted.signed(), receiptOf(t, w)); state != verify.Failed {
			t.Errorf("tier %q: the home that voted is told of none, and has a receipt: %s", tier, state)
		}
	}
	w := swappedTown(t)
	w.tier = bundle.Tellers
	if found := report(t, pack(t, w.bundle(t)), verify.Options{}).Failures(); !slices.Contains(found, 15) {
		t.Errorf("the tellers' record: found by %v", found)
	}
}

func TestARecordShowsThatAClosedBallotIsOfItsHome(t *testing.T) {
	for _, tier := range []bundle.Tier{"", bundle.Public, bundle.Owners, bundle.Tellers} {
		w := sample(t, bundle.Tellers)
		a := answerFor(t, w, votedVoter, whole, true)
		of := a.record.Ballots[0].Salt.SlotSalt()
		a.record.Ballots[0] = ledger.RecordedBallot{ProvenLeaf: a.record.Ballots[0].ProvenLeaf, SlotSalt: &of}
		text := a.signed()
		if state, r := askRecord(t, w, tier, text, receiptOf(t, w)); state != verify.Passed || r.Exit() != verify.ExitOK {
			t.Errorf("tier %q: %s\n%s", tier, state, failures(r))
		}
		if strings.Contains(string(text), "choices") || strings.Contains(string(text), fmt.Sprintf("%x", saltOf("ballot", 3))) {
			t.Error("the record opens the choices")
		}
		// One from before records showed it is told as such: it does not pass, and fails nothing.
		a.record.Ballots[0].SlotSalt = nil
		want := verify.Absent
		if tier == bundle.Tellers {
			want = verify.Passed
		}
		if state, r := askRecord(t, w, tier, a.signed(), nil); state != want || r.Exit() != verify.ExitOK {
			t.Errorf("tier %q, an earlier record: %s\n%s", tier, state, failures(r))
		}
	}
	// A receipt from a ballot that came after the record contradicts nothing.
	w := sample(t, bundle.Tellers)
	early := answerFor(t, w, votedVoter, 3, false)
	if state, r := askRecord(t, w, "", early.signed(), receiptOf(t, w)); state != verify.Absent {
		t.Errorf("a record from before the ballot: %s\n%s", state, failures(r))
	}
}
