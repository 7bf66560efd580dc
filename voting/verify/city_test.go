package verify_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/verify"
)

const platformName = "样例市业主投票平台"

// city is a platform whose result is imported.
type city struct {
	rule     voting.ChannelConflict
	counted  voting.ChannelConflict // by which the count went; empty: as announced
	platform string                 // in the leaf; empty: as announced
	replaced []ballot               // of an import that the last one replaced; nil for none
	ballots  []ballot
	again    []ballot // in the last import, and not counted
	sheet    bool     // below it a sheet that replaces its first ballot
}

// take writes the imports below the close and gives what is opened of them.
func (c *city) take(d *draft, groups map[string]int64) []ledger.Opened {
	d.t.Helper()
	before := int64(0)
	if c.replaced != nil {
		before = d.edge.Size
		c.leaves(d, groups, c.replaced, 0)
	}
	opened := c.leaves(d, groups, append(slices.Clone(c.ballots), c.again...), before)
	if c.sheet {
		d.add(ledger.Paper{Slot: ledger.Sum(nil), Revision: 2, Choices: ledger.Sum(nil), Evidence: ledger.Sum(nil), Supersedes: opened[0].Leaf,
			Serial: ledger.Sum([]byte("from the box")), First: "staff-1", Second: "staff-2"})
	}
	return opened
}

func (c *city) leaves(d *draft, groups map[string]int64, ballots []ballot, before int64) []ledger.Opened {
	d.t.Helper()
	name := platformName
	if c.platform != "" {
		name = c.platform
	}
	d.add(ledger.Import{Platform: ledger.PlatformHash(name), File: ledger.Sum([]byte("file")), Ballots: int64(len(ballots)), Replaces: before, First: "staff-1", Second: "staff-2"})
	var opened []ledger.Opened
	for i, b := range ballots {
		salt, cast := saltOf("imported", i+int(before)), ledger.Cast{Meeting: meetingID, Slot: groups[b.voter], Revision: 1}
		text, serials := ledger.CanonicalPaper(b.answers), fmt.Sprintf("PT-%d\nPT-%d", i, i+1)
		evidence := ledger.Evidence{Method: "platform", Transaction: ledger.Instant(b.at) + "\n" + serials}
		leaf := d.add(ledger.Ballot{Slot: ledger.SlotCommitment(salt.SlotSalt(), cast), Channel: lifecycle.Imported, Revision: 1,
			Choices:  ledger.BallotCommitment(salt, cast, text, ledger.VoterHash(meetingID, b.voter)),
			Evidence: ledger.EvidenceCommitment(salt.EvidenceSalt(), cast, evidence)})
		opened = append(opened, ledger.Opened{Leaf: leaf, Slot: cast.Slot, Revision: 1, Choices: text, Salt: salt, At: b.at, Serials: serials})
	}
	return opened
}

// beside judges those who answered here and on the platform with the engine.
func (c *city) beside(t failer, own []ballot) []ballot {
	t.Helper()
	rule := c.rule
	if c.counted != "" {
		rule = c.counted
	}
	list := slices.Clone(own)
	for _, there := range c.ballots {
		there.channel = lifecycle.Imported
		i := slices.IndexFunc(own, func(b ballot) bool { return b.voter == there.voter })
		if i < 0 {
			list = append(list, there)
			continue
		}
		here := &list[i]
		switch rule.Between(voting.Received{Paper: here.channel == lifecycle.Paper, At: here.at}, voting.Received{At: there.at}) {
		case voting.ImportedStands:
			*here = there
		case voting.BothCompared:
			text, err := ledger.AlikeOrVoid(string(ledger.CanonicalPaper(here.answers)), string(ledger.CanonicalPaper(there.answers)))
			must(t, err)
			here.answers = nil
			must(t, json.Unmarshal([]byte(text), &here.answers))
		}
	}
	return list
}

// ownChannels are the ways in which a ballot is recorded here.
var ownChannels = slices.DeleteFunc(slices.Clone(lifecycle.Channels), func(c lifecycle.Channel) bool { return c == lifecycle.Imported })

// drawCity lets some answer on a platform, whether they also did here or not, around the time of their ballot.
func drawCity(t *rapid.T, w *town) {
	if rapid.Bool().Draw(t, "no platform") {
		return
	}
	w.city = &city{rule: rapid.SampledFrom(voting.ChannelConflicts).Draw(t, "rule")}
	for _, voter := range w.voters() {
		if rapid.Bool().Draw(t, "on the platform") {
			b := drawAnswers(t, w, voter, lifecycle.Imported)
			b.at = w.opens + rapid.Int64Range(0, int64(len(w.ballots)+1)).Draw(t, "second")*1000
			if len(b.answers) > 0 {
				w.city.ballots = append(w.city.ballots, b)
			}
		}
	}
	if rapid.IntRange(0, 2).Draw(t, "twice imported") == 0 {
		w.city.replaced = slices.Clone(w.city.ballots[:rapid.IntRange(0, len(w.city.ballots)).Draw(t, "before")])
	}
}

// sampleCity is the sample with a platform: voter-8 answered there alone; voter-0 here and there alike; voter-1 (on paper)
// and voter-2 answered there otherwise, before they did here.
func sampleCity(t failer, tier bundle.Tier, rule voting.ChannelConflict) *town {
	w := sample(t, tier)
	w.city = &city{rule: rule}
	for i, from := range []int{0, 1, 2, 0} {
		b := w.ballots[from]
		b.answers, b.at = map[string]ledger.PaperMark{}, w.opens
		for id, answer := range w.ballots[from].answers {
			if i == 1 && id == "matter-1" || i == 2 && id == "matter-3" {
				answer = ledger.PaperMark{Choice: voting.Choice{Mark: voting.Abstain}}
			}
			b.answers[id] = answer
		}
		if i == 3 {
			b.voter = "voter-8"
		}
		w.city.ballots = append(w.city.ballots, b)
	}
	w.city.replaced = w.city.ballots[:3]
	return w
}

func TestAnImportedResultIsCheckedAndCountedAgain(t *testing.T) {
	for _, rule := range voting.ChannelConflicts {
		for _, tier := range bundle.Tiers {
			w := sampleCity(t, tier, rule)
			b := w.bundle(t)
			r := report(t, pack(t, b), verify.Options{LogKey: logKeyText()})
			if wrong := failures(r); wrong != "" || r.Ballots != 9 {
				t.Errorf("%s, %s: %d ballots\n%s", rule, tier, r.Ballots, wrong)
			}
			if finding := r.Findings[22]; finding.Name != "import" || finding.State != verify.Passed {
				t.Errorf("%s, %s: %+v", rule, tier, finding)
			}
		}
	}
	if finding := report(t, pack(t, sample(t, bundle.Public).bundle(t)), verify.Options{}).Findings[22]; finding.State != verify.Unasked {
		t.Errorf("without a platform: %+v", finding)
	}
}

func TestAReplacedImportIsSeenOnTheReceipt(t *testing.T) {
	b := sampleCity(t, bundle.Public, voting.FirstValid).bundle(t)
	packed := pack(t, b)
	for leaf, want := range map[int]bool{3: true, 11: false, 12: false, 13: false, 15: true, 18: true} {
		found := report(t, packed, verify.Options{Receipt: []byte(receiptFor(b, leaf))}).Failures()
		if want && found != nil || !want && !slices.Equal(found, []int{14}) {
			t.Errorf("leaf %d: found by %v", leaf, found)
		}
	}
}

// The leaves of sampleCity: 9 is the close, 10 the first import with its three ballots, 14 the second with its four,
// 19 the result.
func TestEveryForgeryOfAnImportIsFound(t *testing.T) {
	at := func(index int64, old, fresh string) func(*town) {
		return func(w *town) {
			w.forgeLeaf = func(i int64, leaf string) string {
				if i == index {
					return strings.Replace(leaf, old, fresh, 1)
				}
				return leaf
			}
		}
	}
	zero := strings.Repeat("0", 64)
	for _, c := range []struct {
		name  string
		check int
		forge func(*town)
	}{
		{"handed in twice by one person", 23, at(14, "staff-2", "staff-1")},
		{"of another platform", 23, func(w *town) { w.city.platform = "另一个平台" }},
		{"one ballot more than it has", 23, at(14, `"ballots":4`, `"ballots":5`)},
		{"one ballot fewer than it has", 23, at(14, `"ballots":4`, `"ballots":3`)},
		{"a number below nothing", 2, at(14, `"ballots":4`, `"ballots":-4`)},
		{"replaces none", 23, at(14, `"replaces":10`, `"replaces":0`)},
		{"replaces another", 23, at(14, `"replaces":10`, `"replaces":9`)},
		{"a ballot that replaces one", 23, at(15, `"supersedes":0`, `"supersedes":1`)},
		{"a second ballot of somebody", 23, at(15, `"revision":1`, `"revision":2`)},
		{"before the close", 23, func(w *town) {
			w.forgeLeaf = func(i int64, leaf string) string {
				if i == 1 {
					return ledger.LeafPrefix + `{"at":"2026-05-01T00:00:01.000+08:00","ballots":0,"by":"server","file":"` + zero + `","first":"staff-1","i":1,"m":"` +
						meetingID + `","platform":"` + ledger.PlatformHash(platformName).String() + `","replaces":0,"second":"staff-2","t":"import","v":1}` + "\n"
				}
				return leaf
			}
		}},
		{"after the count", 23, func(w *town) {
			w.forgeLeaf = func(i int64, leaf string) string {
				if i == 20 { // the certificate
					return ledger.LeafPrefix + `{"at":"2026-05-11T01:00:00.000+08:00","ballots":0,"by":"server","file":"` + zero + `","first":"staff-1","i":20,"m":"` +
						meetingID + `","platform":"` + ledger.PlatformHash(platformName).String() + `","replaces":14,"second":"staff-2","t":"import","v":1}` + "\n"
				}
				return leaf
			}
		}},
		{"an online ballot behind the close", 7, at(15, `"channel":"imported"`, `"channel":"online"`)},
		{"an imported ballot among the others", 23, at(1, `"channel":"online"`, `"channel":"imported"`)},
		{"a time or number that the leaf did not commit to", 11, func(w *town) {
			w.forgeLeaf = func(i int64, leaf string) string {
				if i != 15 {
					return leaf
				}
				from := strings.Index(leaf, `"ev":"`) + 6
				return leaf[:from] + zero + leaf[from+64:]
			}
		}},
		{"a head imported twice", 11, func(w *town) { w.city.again = w.city.ballots[3:] }},
		{"a sheet that replaces an imported ballot", 7, func(w *town) { w.city.sheet = true }},
		{"counted by another rule", 15, func(w *town) { w.city.counted = voting.PaperWins }},
		{"not announced", 23, func(w *town) {
			w.forgeNotice = func(text []byte) []byte {
				return []byte(strings.Replace(strings.Replace(string(text), `"platform":"`+platformName+`",`, "", 1), `"channel_conflict":"first_valid",`, "", 1))
			}
		}},
		{"announced with a rule that nobody knows", 5, func(w *town) {
			w.forgeNotice = func(text []byte) []byte {
				return []byte(strings.Replace(string(text), "first_valid", "last_valid", 1))
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := sampleCity(t, bundle.Tellers, voting.FirstValid)
			before := pack(t, w.bundle(t))
			c.forge(w)
			after := pack(t, w.bundle(t))
			if string(before) == string(after) {
				t.Fatal("nothing was forged")
			}
			r := report(t, after, verify.Options{LogKey: logKeyText()})
			if found := r.Failures(); !slices.Contains(found, c.check) {
				t.Errorf("found by %v, want %d\n%s", found, c.check, failures(r))
			}
		})
	}
}

// A platform that was announced and of which nothing came is no reason to count without it.
func TestAnAnnouncedPlatformIsNotLeftOut(t *testing.T) {
	w := sample(t, bundle.Tellers)
	w.forgeNotice = func(text []byte) []byte {
		return []byte(strings.Replace(strings.Replace(string(text), `"policies":`, `"platform":"`+platformName+`","policies":`, 1),
			`"closes_at":`, `"channel_conflict":"paper_wins","closes_at":`, 1))
	}
	if found := report(t, pack(t, w.bundle(t)), verify.Options{}).Failures(); !slices.Equal(found, []int{23}) {
		t.Errorf("found by %v", found)
	}
}
