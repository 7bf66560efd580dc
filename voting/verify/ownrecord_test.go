package verify_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/verify"
)

// answer is what an operator hands to an owner who asks what is recorded for the own home.
type answer struct {
	t      *testing.T
	bundle bundle.Bundle // of the tellers: everything that the operator knows
	record ledger.Record
}

// answerFor is the honest answer for a voter when the log had that many leaves; counted: with the register.
func answerFor(t *testing.T, w *town, voter string, size int, counted bool) *answer {
	t.Helper()
	tier := w.tier
	w.tier = bundle.Tellers
	a := &answer{t: t, bundle: w.bundle(t)}
	w.tier = tier
	hashes := make([]ledger.Hash, size)
	for i := range hashes {
		hashes[i] = ledger.LeafHash(a.bundle.Leaves[i])
	}
	tree := ledger.NewTree(hashes)
	prove := func(index int) ledger.ProvenLeaf {
		proof, err := ledger.ProveInclusion(int64(size), int64(index), tree)
		must(t, err)
		return ledger.ProvenLeaf{Leaf: a.bundle.Leaves[index], Proof: proof}
	}
	a.record = ledger.Record{Meeting: meetingID, At: w.opens + hour, Size: int64(size), Root: ledger.Root(hashes), Opening: prove(0), Roster: rosterID, Voter: voter}
	homes := ledger.NewTree(ledger.RosterHashes(a.bundle.Roster))
	for i, place := range a.bundle.Places {
		if place.Voter == voter {
			proof, err := ledger.ProveInclusion(int64(len(a.bundle.Roster)), int64(i), homes)
			must(t, err)
			a.record.Units = append(a.record.Units, ledger.RecordedUnit{Line: a.bundle.Roster[i], Home: place, Proof: proof})
		}
	}
	for i, b := range w.ballots {
		if index := i + 1; b.voter == voter && index < size {
			recorded := ledger.RecordedBallot{ProvenLeaf: prove(index)}
			if counted {
				recorded.Choices, recorded.Salt = ledger.CanonicalPaper(b.answers), saltOf("ballot", i)
			}
			a.record.Ballots = append(a.record.Ballots, recorded)
		}
	}
	if counted {
		for i, leaf := range a.bundle.Leaves[:size] {
			if _, body, err := ledger.Decode(leaf); err == nil && body.Type() == ledger.LeafResult {
				a.record.Counted = &ledger.CountedRecord{Result: prove(i), Register: a.bundle.Voted}
				break
			}
		}
	}
	return a
}

func (a *answer) signed() []byte {
	a.t.Helper()
	text, err := ledger.SignRecord("本户投票记录\n样例小区", a.record, logSigner())
	must(a.t, err)
	return text
}

// The bundles of the sample: ballots of voter-0 … voter-7 at leaves 1 … 8, the close at 9, the result at 10.
const (
	votedVoter  = "voter-3"
	silentVoter = "voter-9"
	whole       = 11 // leaves with the result
)

// stateOf is what became of the check of the record in a tier, alone for an empty one.
func stateOf(t *testing.T, w *town, tier bundle.Tier, record []byte) (verify.Finding, verify.Report) {
	t.Helper()
	var r verify.Report
	if tier == "" {
		var err error
		r, err = verify.Alone(verify.Options{Record: record, LogKey: logKeyText()})
		must(t, err)
	} else {
		w.tier = tier
		r = report(t, pack(t, w.bundle(t)), verify.Options{Record: record, LogKey: logKeyText()})
	}
	for _, finding := range r.Findings {
		if finding.Name == "record" {
			return finding, r
		}
	}
	t.Fatal("the check of the record is not in the report")
	return verify.Finding{}, r
}

func TestAnHonestRecordOfAHomeIsShownAsFarAsTheBundleCan(t *testing.T) {
	const shown, open = verify.Passed, verify.Absent
	for _, c := range []struct {
		name    string
		voter   string
		size    int
		counted bool
		want    map[bundle.Tier]verify.State // "" is without a bundle
	}{
		{"a ballot while voting is open", votedVoter, 6, false, map[bundle.Tier]verify.State{"": shown, bundle.Public: shown, bundle.Owners: shown, bundle.Tellers: shown}},
		{"nothing yet, and later a ballot", votedVoter, 3, false, map[bundle.Tier]verify.State{"": open, bundle.Public: open, bundle.Owners: open, bundle.Tellers: shown}},
		{"nothing while voting is open", silentVoter, 6, false, map[bundle.Tier]verify.State{"": open, bundle.Public: open, bundle.Owners: shown, bundle.Tellers: shown}},
		{"nothing after the count", silentVoter, whole, true, map[bundle.Tier]verify.State{"": shown, bundle.Public: shown, bundle.Owners: shown, bundle.Tellers: shown}},
		{"an opened ballot after the count", votedVoter, whole, true, map[bundle.Tier]verify.State{"": shown, bundle.Public: shown, bundle.Owners: shown, bundle.Tellers: shown}},
		{"two homes of one voter", "voter-0", whole, true, map[bundle.Tier]verify.State{"": shown, bundle.Public: shown, bundle.Owners: shown, bundle.Tellers: shown}},
	} {
		w := sample(t, bundle.Tellers)
		record := answerFor(t, w, c.voter, c.size, c.counted).signed()
		for tier, want := range c.want {
			for ends, text := range map[string]string{"": string(record), " with other line ends": strings.ReplaceAll(string(record), "\n", "\r\n")} {
				finding, r := stateOf(t, w, tier, []byte(text))
				if finding.State != want || len(r.Failures()) > 0 {
					t.Errorf("%s, tier %q%s: %s %s, want %s\n%s", c.name, tier, ends, finding.State, finding.Detail.EN, want, failures(r))
				}
			}
		}
	}
}

func TestAReplacedBallotStandsInTheRecordBesideItsSuccessor(t *testing.T) {
	w := sample(t, bundle.Tellers)
	again := w.ballots[0]
	again.channel = lifecycle.Onsite
	w.ballots = append(w.ballots, again)
	a := answerFor(t, w, "voter-0", whole+1, true)
	if len(a.record.Ballots) != 2 {
		t.Fatalf("%d ballots are listed", len(a.record.Ballots))
	}
	for _, tier := range []bundle.Tier{"", bundle.Public, bundle.Owners, bundle.Tellers} {
		if finding, r := stateOf(t, w, tier, a.signed()); finding.State != verify.Passed {
			t.Errorf("tier %q: %s %s\n%s", tier, finding.State, finding.Detail.EN, failures(r))
		}
	}
	a.record.Ballots = a.record.Ballots[:1]
	if finding, _ := stateOf(t, w, bundle.Tellers, a.signed()); finding.State != verify.Failed {
		t.Errorf("without the newer one: %s", finding.State)
	}
}

// An operator who signs that nothing was cast, or something else than the log holds, is found by check 25 wherever the
// bundle or the record itself tells who voted.
func TestEveryFalseRecordOfAHomeIsFoundByItsCheck(t *testing.T) {
	all := []bundle.Tier{"", bundle.Public, bundle.Owners, bundle.Tellers}
	edit := func(old, fresh string) func(*answer, []byte) []byte {
		return func(a *answer, text []byte) []byte {
			if !strings.Contains(string(text), old) {
				a.t.Fatalf("the record does not hold %q", old)
			}
			return []byte(strings.Replace(string(text), old, fresh, 1))
		}
	}
	forget := func(a *answer) { a.record.Ballots = nil }
	for _, c := range []struct {
		name    string
		voter   string
		size    int
		counted bool
		forge   func(*answer)                // before it is signed
		tamper  func(*answer, []byte) []byte // afterwards
		tiers   []bundle.Tier
	}{
		{"nothing was cast, says the record, and the tellers open a ballot", votedVoter, 6, false, forget, nil, []bundle.Tier{bundle.Tellers}},
		{"nothing was cast by the close, and the owners' register has a ballot from a phone", "voter-2", 10, false, forget, nil, []bundle.Tier{bundle.Owners, bundle.Tellers}},
		{"nothing was cast, says the record, and its own register says otherwise", votedVoter, whole, true, forget, nil, all},
		{"nothing was cast, with a register made for this owner alone", votedVoter, whole, true, func(a *answer) {
			forget(a)
			slot := fmt.Sprintf(`"slot":%d}`, a.record.Units[0].Line.HeadGroup)
			lines := slices.DeleteFunc(strings.SplitAfter(string(a.record.Counted.Register), "\n"), func(line string) bool { return strings.Contains(line, slot) })
			a.record.Counted.Register = []byte(strings.Join(lines, ""))
		}, nil, all},
		{"a ballot of somebody else is said to be this home's", silentVoter, whole, true, func(a *answer) {
			other := answerFor(a.t, sample(a.t, bundle.Tellers), votedVoter, whole, false)
			a.record.Ballots = other.record.Ballots
		}, nil, all},
		{"a ballot of somebody else while voting is open", silentVoter, 6, false, func(a *answer) {
			a.record.Ballots = answerFor(a.t, sample(a.t, bundle.Tellers), votedVoter, 6, false).record.Ballots
		}, nil, []bundle.Tier{bundle.Owners, bundle.Tellers}},
		{"another choice is shown than was sealed", votedVoter, whole, true, func(a *answer) {
			a.record.Ballots[0].Choices = []byte(strings.Replace(string(a.record.Ballots[0].Choices), `"yes"`, `"no"`, 1))
		}, nil, all},
		{"another salt is shown", votedVoter, whole, true, func(a *answer) { a.record.Ballots[0].Salt[0] ^= 1 }, nil, all},
		{"a leaf that is not in the log", votedVoter, 6, false, func(a *answer) {
			leaf := a.record.Ballots[0].Leaf
			a.record.Ballots[0].Leaf = []byte(strings.Replace(string(leaf), `"paper"`, `"paper"`, 1)[:len(leaf)-3] + "9}\n")
		}, nil, all},
		{"the home of somebody else", silentVoter, 6, false, func(a *answer) {
			a.record.Units = answerFor(a.t, sample(a.t, bundle.Tellers), votedVoter, 6, false).record.Units
		}, nil, all},
		{"a home is called otherwise", silentVoter, 6, false, func(a *answer) { a.record.Units[0].Home.Place = "9/9/9" }, nil, all},
		{"one of two homes is left out", "voter-0", 6, false, func(a *answer) { a.record.Units = a.record.Units[:1] }, nil, []bundle.Tier{bundle.Public, bundle.Owners, bundle.Tellers}},
		{"another log", silentVoter, 6, false, func(a *answer) {
			w := sample(a.t, bundle.Tellers)
			w.ballots[2].answers["matter-1"] = ledger.PaperMark{Choice: voting.Choice{Mark: voting.No}}
			*a = *answerFor(a.t, w, silentVoter, 6, false)
		}, nil, []bundle.Tier{bundle.Public, bundle.Owners, bundle.Tellers}},
		{"more leaves than were ever published", silentVoter, 6, false, func(a *answer) { a.record.Size, a.record.Root = 99, ledger.Sum(nil) }, nil, all},
		{"its size is altered", silentVoter, 6, false, nil, edit(`"size":6`, `"size":5`), all},
		{"a word for people is altered", silentVoter, 6, false, nil, edit("样例小区", "别的小区"), all},
		{"its signature is altered", silentVoter, 6, false, nil, func(_ *answer, text []byte) []byte { text[len(text)-20] ^= 1; return text }, all},
		{"it is not signed", silentVoter, 6, false, nil, func(_ *answer, text []byte) []byte { return text[:strings.LastIndex(string(text), "\n— ")] }, all},
		{"it is cut off", silentVoter, 6, false, nil, func(_ *answer, text []byte) []byte { return text[:300] }, all},
		{"it is of another meeting", silentVoter, 6, false, func(a *answer) { a.record.Meeting = "01890000-0000-7000-8000-000000000002" }, nil, all},
	} {
		for _, tier := range c.tiers {
			w := sample(t, bundle.Tellers)
			a := answerFor(t, w, c.voter, c.size, c.counted)
			if c.forge != nil {
				c.forge(a)
			}
			text := a.signed()
			if c.tamper != nil {
				text = c.tamper(a, text)
			}
			finding, r := stateOf(t, w, tier, text)
			if finding.Number != 25 || finding.State != verify.Failed || !slices.Contains(r.Failures(), 25) || r.Exit() == verify.ExitOK {
				t.Errorf("%s, tier %q: %s %s", c.name, tier, finding.State, finding.Detail.EN)
			}
		}
	}
}

// A record that counts a register which the log contradicts is found, also where the bundle has no register of its own.
func TestARegisterThatTheLogContradictsIsFoundThroughARecord(t *testing.T) {
	w := sample(t, bundle.Tellers)
	w.ballots = w.ballots[:7]
	honest := answerFor(t, w, silentVoter, whole-1, true)
	if finding, _ := stateOf(t, w, bundle.Public, honest.signed()); finding.State != verify.Passed {
		t.Fatalf("%s %s", finding.State, finding.Detail.EN)
	}
	forged := sample(t, bundle.Tellers)
	forged.forgeRegister = func(text []byte) []byte { return text[strings.IndexByte(string(text), '\n')+1:] }
	a := answerFor(t, forged, "voter-0", whole, true)
	a.record.Ballots = nil
	finding, r := stateOf(t, forged, bundle.Public, a.signed())
	if finding.State != verify.Failed || !slices.Contains(r.Failures(), 15) {
		t.Errorf("a head left out of the register before the count: %s %s, failed %v", finding.State, finding.Detail.EN, r.Failures())
	}
}
