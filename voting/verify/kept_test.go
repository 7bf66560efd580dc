package verify_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
)

var update = flag.Bool("update", false, "write the kept records anew")

// graded asks nothing but how satisfied everybody is; one ballot marks two grades and one abstains.
func graded(t *testing.T) *town {
	w := sample(t, bundle.Tellers)
	w.matters = []voting.Matter{{Kind: voting.Consult, Method: voting.Pick, Options: []string{"满意", "基本满意", "不满意"},
		Poll: &voting.Poll{Threshold: voting.Threshold{Num: 1, Den: 2}, Dimensions: voting.Dimensions, About: voting.AboutFirm, Favour: 2}}}
	for i := range w.ballots {
		choice := voting.Choice{Names: w.matters[0].Options[i%3 : i%3+1]}
		switch i {
		case 0:
			choice = voting.Choice{Mark: voting.Abstain}
		case 1:
			choice = voting.Choice{Names: []string{"满意", "不满意"}}
		}
		w.ballots[i].answers = map[string]ledger.PaperMark{"matter-1": {Choice: choice}}
	}
	return w
}

// The sample's record in every tier, a receipt and two records of homes are kept as files: the page that checks records in
// a browser is held to them (web/checker_test.go).
func TestTheKeptRecordsAreTheSample(t *testing.T) {
	files := map[string][]byte{}
	for _, tier := range bundle.Tiers {
		files[string(tier)+".zip"] = pack(t, sample(t, tier).bundle(t))
	}
	files["held.zip"] = pack(t, held(t, bundle.Public).bundle(t))
	motions := sample(t, bundle.Tellers)
	motions.matters = motions.matters[:1]
	for i, b := range motions.ballots {
		motions.ballots[i].answers = map[string]ledger.PaperMark{"matter-1": b.answers["matter-1"]}
	}
	files["motions.zip"] = pack(t, motions.bundle(t))
	files["grades.zip"] = pack(t, graded(t).bundle(t))
	w := sample(t, bundle.Tellers)
	files["nothing.txt"] = answerFor(t, w, silentVoter, whole, true).signed()
	files["promise.txt"] = answerFor(t, w, silentVoter, 6, false).signed()
	voted := answerFor(t, w, votedVoter, whole, true)
	files["opened.txt"] = voted.signed()
	of := voted.record.Ballots[0].Salt.SlotSalt()
	voted.record.Ballots[0] = ledger.RecordedBallot{ProvenLeaf: voted.record.Ballots[0].ProvenLeaf, SlotSalt: &of}
	files["bound.txt"] = voted.signed()
	voted.record.Ballots[0].SlotSalt = nil
	files["loose.txt"] = voted.signed()
	of[0] ^= 1
	voted.record.Ballots[0].SlotSalt = &of
	files["foreign.txt"] = voted.signed()
	voted.record.Ballots, voted.record.Counted = nil, nil
	files["false.txt"] = voted.signed()
	files["receipt.txt"] = append([]byte("投票回执\r\n"), receiptOf(t, w)...)
	for name, want := range files {
		path := filepath.Join("testdata", "kept", name)
		if *update {
			must(t, os.MkdirAll(filepath.Dir(path), 0o755))
			must(t, os.WriteFile(path, want, 0o644))
		}
		got, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not the sample's: %v; go test ./voting/verify -run Kept -update", name, err)
		}
	}
}
