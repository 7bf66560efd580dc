package verify_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/voting/verify"
)

const (
	meetingID = "01890000-0000-7000-8000-000000000001"
	rosterID  = "01890000-0000-7000-8000-0000000000ff"
	origin    = "test.example/m/" + meetingID
	hour      = 3_600_000
)

// home is one unit as the roster of these tests has it.
type home struct {
	voter       string
	place       string
	area        voting.Area
	countsArea  bool
	countsHeads bool
}

// ballot is what one voter handed in on all matters, by matter id.
type ballot struct {
	voter   string
	channel lifecycle.Channel
	answers map[string]ledger.PaperMark
	at      int64 // Unix ms; of an imported one
}

// town is a whole meeting as the engine would hold it.
type town struct {
	pack      rules.Pack
	opens     int64 // Unix ms
	policies  voting.Policies
	matters   []voting.Matter
	homes     []home
	ballots   []ballot
	sheets    map[string]voting.Handling
	tier      bundle.Tier
	certified bool
	number    string             // of the public lot; empty: none is drawn, also where one was announced
	city      *city              // nil: no platform was announced
	witnesses []string           // verifier keys that notice and open leaf name
	amended   []bundle.Amendment // of the roster; roots and totals of what is no correction are filled in

	seal       *bundle.Seal // where three people hold the key
	logged     []ledger.LeafType
	unseal     *ledger.Unseal
	unsealLate bool // it stands after the result
	waiver     *bundle.Waiver
	published  int64 // Unix ms
	entries    []bundle.Entry
	objections bundle.Objections // as published

	// What an operator could do who holds the log's key; nil: nothing.
	forgeLeaf   func(index int64, leaf string) string // before it is hashed and signed
	forgeResult func(text []byte) []byte              // before the log commits to it
	forgeNotice func(text []byte) []byte
	forgeRules  func(text []byte) []byte

	forgeRegister func(text []byte) []byte
}

func forged(forge func([]byte) []byte, text []byte) []byte {
	if forge == nil {
		return text
	}
	return forge(text)
}

func (w *town) matterID(i int) string { return fmt.Sprintf("matter-%d", i+1) }

// saltOf is a different salt for every name, the same in every run.
func saltOf(name string, n int) ledger.Salt {
	return ledger.Salt(sha256.Sum256(fmt.Appendf(nil, "%s %d", name, n)))
}

// logKey is the key of the log in these tests.
var logKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))

func logSigner() note.Signer {
	signer, err := ledger.NewSigner(origin, logKey)
	if err != nil {
		panic(err)
	}
	return signer
}

func logKeyText() string {
	key, err := ledger.VerifierKey(origin, logKey.Public())
	if err != nil {
		panic(err)
	}
	return key
}

// failer is what a test and a property share.
type failer interface {
	Helper()
	Fatal(...any)
}

func must(t failer, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// draft is a log under way.
type draft struct {
	t      failer
	forge  func(int64, string) string
	at     int64
	leaves [][]byte
	edge   ledger.Edge
	notes  []bundle.Checkpoint
}

func (d *draft) add(body ledger.Body) int64 {
	d.t.Helper()
	index := d.edge.Size
	leaf, err := ledger.Encode(ledger.Header{Meeting: meetingID, Index: index, At: d.at, By: "server"}, body)
	must(d.t, err)
	if d.forge != nil {
		leaf = []byte(d.forge(index, string(leaf)))
	}
	d.leaves = append(d.leaves, leaf)
	d.edge.Append(ledger.LeafHash(leaf))
	return index
}

func (d *draft) sign() {
	d.t.Helper()
	signed, err := ledger.Checkpoint{Origin: origin, Size: d.edge.Size, Root: d.edge.Root()}.Sign(logSigner())
	must(d.t, err)
	d.notes = append(d.notes, bundle.Checkpoint{Size: d.edge.Size, Note: string(signed)})
}

// bundle counts the meeting with the engine and puts its record together.
func (w *town) bundle(t failer) bundle.Bundle {
	t.Helper()
	b := bundle.Bundle{Tier: w.tier, Meeting: meetingID}
	groups := w.roster(&b)
	packText, err := ledger.Canonical(w.pack)
	must(t, err)
	b.Rules = forged(w.forgeRules, packText)
	b.Announced = forged(w.forgeNotice, w.notice(t, b.Roster, b.Rules))
	w.log(t, &b, groups)
	return b
}

// roster lays the homes out in slots; the order of the homes is the order of the slots.
func (w *town) roster(b *bundle.Bundle) map[string]int64 {
	voters := make([]string, len(w.homes))
	for i, h := range w.homes {
		voters[i] = h.voter
	}
	groups, of := ledger.HeadGroups(voters), map[string]int64{}
	for i, h := range w.homes {
		salt, id := saltOf("unit", i), fmt.Sprintf("unit-%d", i)
		b.Roster = append(b.Roster, ledger.RosterLeaf{Slot: int64(i), Unit: ledger.UnitCommitment(salt, rosterID, id, h.place),
			Head: ledger.HeadCommitment(salt, rosterID, h.voter), Area: h.area, HeadGroup: groups[i], Owners: 1, CountsArea: h.countsArea, CountsHeads: h.countsHeads})
		b.Places = append(b.Places, ledger.Place{Slot: int64(i), Place: h.place, Unit: id, Voter: h.voter, Salt: salt})
		of[h.voter] = groups[i]
	}
	if w.tier == bundle.Public {
		b.Places = nil
	}
	return of
}

func (w *town) notice(t failer, roster []ledger.RosterLeaf, pack []byte) []byte {
	t.Helper()
	total, err := ledger.CheckRoster(roster)
	must(t, err)
	text := func(value any) json.RawMessage {
		encoded, err := json.Marshal(value)
		must(t, err)
		return encoded
	}
	announced := bundle.Announced{Meeting: meetingID, Title: "样例会议", Kind: "regular", ConvenerKind: "committee", ConvenerName: "样例业委会", Contact: "一层",
		OpensAt: w.opens, ClosesAt: w.opens + 240*hour, Policies: text(w.policies), SilenceRule: json.RawMessage("null"), Rules: ledger.Sum(pack),
		Roster:  bundle.AnnouncedRoster{ID: rosterID, Root: ledger.RosterRoot(roster), Units: int64(len(roster)), Heads: total.Heads, Area: total.Area},
		Matters: []bundle.Matter{}, Files: []bundle.File{}}
	for i, m := range w.matters {
		announced.Matters = append(announced.Matters, bundle.Matter{ID: w.matterID(i), Position: int64(i + 1), Title: fmt.Sprintf("事项%d", i+1), Text: "全文", Rule: text(m)})
	}
	announced.Witnesses, announced.Seal, announced.Logged = w.witnesses, w.seal, w.logged
	if w.city != nil {
		announced.Platform, announced.Conflict = platformName, string(w.city.rule)
	}
	encoded, err := announced.Encode()
	must(t, err)
	return encoded
}

// voters are the holders of heads as the engine takes them.
func (w *town) voters() []voting.Voter {
	var list []voting.Voter
	places := map[string]int{}
	for _, h := range w.homes {
		at, known := places[h.voter]
		if !known {
			at = len(list)
			places[h.voter] = at
			list = append(list, voting.Voter{ID: h.voter})
		}
		unit := voting.Unit{Place: h.place, NoHead: !h.countsHeads}
		if h.countsArea {
			unit.Area = h.area
		}
		list[at].Units = append(list[at].Units, unit)
	}
	return list
}

// effective are the ballots that count: the last one of every voter, or the city's in its place.
func (w *town) effective(t failer) []ballot {
	t.Helper()
	last := map[string]int{}
	for i, b := range w.ballots {
		last[b.voter] = i
	}
	var list []ballot
	for i, b := range w.ballots {
		if last[b.voter] == i {
			b.at = w.castAt(i)
			list = append(list, b)
		}
	}
	if w.city == nil {
		return list
	}
	return w.city.beside(t, list)
}

// castAt is when a ballot was recorded here.
func (w *town) castAt(i int) int64 { return w.opens + int64(i+1)*1000 }

// result is the engine's own count.
func (w *town) result(t failer) bundle.Result {
	t.Helper()
	box, err := voting.NewBox(w.matters, w.policies, w.voters())
	must(t, err)
	for voter, handling := range w.sheets {
		must(t, box.Handle(voter, handling))
	}
	for _, b := range w.effective(t) {
		answers := make([]int, len(w.matters))
		for i := range w.matters {
			if answer, answered := b.answers[w.matterID(i)]; answered {
				answers[i], err = box.Read(i, voting.Answer{Choice: answer.Choice, Void: answer.Void != ""})
				must(t, err)
			}
		}
		must(t, box.Cast(b.voter, box.Sheet(answers)))
	}
	result := bundle.Result{Meeting: meetingID, Ballots: int64(len(w.effective(t)))}
	outcomes := make([]voting.Outcome, len(w.matters))
	kept := len(w.sheets) > 0 || w.policies.SilenceIn(voting.Motion) != voting.NotParticipating
	for i, tally := range box.Count() {
		m := w.matters[i]
		outcomes[i], err = voting.Decide(w.pack.Law(), w.policies, m, tally.Counts)
		must(t, err)
		decided := bundle.MatterResult{MatterID: w.matterID(i), Position: int64(i + 1), Title: fmt.Sprintf("事项%d", i+1), Rule: m, Outcome: outcomes[i]}
		if kept {
			decided.Delivery = bundle.NewDelivery(tally.Counts.Total, tally.Delivered, tally.Classes)
		}
		result.Matters = append(result.Matters, decided)
	}
	effects, err := voting.Effective(w.matters, outcomes)
	must(t, err)
	for i, m := range w.matters {
		if m.LinkedTo > 0 {
			result.Matters[i].Effect = effects[i]
		}
	}
	return result
}

// pack makes the zip of a bundle.
func pack(t failer, b bundle.Bundle) []byte {
	t.Helper()
	var packed bytes.Buffer
	must(t, b.Write(&packed, "说明"))
	return packed.Bytes()
}

// report verifies a bundle.
func report(t failer, data []byte, options verify.Options) verify.Report {
	t.Helper()
	found, err := verify.Verify(data, options)
	must(t, err)
	return found
}

// failures are the checks that failed with what each says, for messages.
func failures(r verify.Report) string {
	text := ""
	for _, finding := range r.Findings {
		if finding.State == verify.Failed {
			text += fmt.Sprintf("%d %s: %s / %s\n", finding.Number, finding.Name, finding.Detail.EN, finding.Detail.ZH)
		}
	}
	return text
}

func packAt(t failer, opens int64) rules.Pack {
	t.Helper()
	pack, err := rules.At("", opens)
	must(t, err)
	return pack
}

var _ failer = (*testing.T)(nil)
