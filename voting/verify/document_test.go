package verify

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
)

// page is the description of the record; its vectors hold for the program that makes records and for the one that
// checks them.
func page(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/ledger-format.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// vectors are the fenced blocks of the page: the fields of each by name.
func vectors(t *testing.T) map[string]map[string]string {
	t.Helper()
	found := map[string]map[string]string{}
	for _, block := range strings.Split(page(t), "```vector ")[1:] {
		name, rest, _ := strings.Cut(block, "\n")
		body, _, _ := strings.Cut(rest, "```")
		fields := map[string]string{}
		for _, line := range strings.Split(strings.TrimSpace(body), "\n") {
			key, value, ok := strings.Cut(line, " = ")
			if !ok {
				t.Fatalf("%s: %q", name, line)
			}
			fields[key] = value
		}
		found[name] = fields
	}
	return found
}

// unescaped gives a text of several lines back, as a vector holds it in one.
func unescaped(text string) []byte { return []byte(strings.ReplaceAll(text, `\n`, "\n")) }

// aloneState is what becomes of the one check of a file without a bundle.
func aloneState(t *testing.T, options Options) string {
	t.Helper()
	report, err := Alone(options)
	if err != nil || len(report.Findings) != 1 {
		t.Fatalf("%+v %v", report, err)
	}
	return string(report.Findings[0].State)
}

// writtenAgain reads a record with the checker and writes and signs it with the program.
func writtenAgain(t *testing.T, text []byte) []byte {
	t.Helper()
	o, err := readOwnRecord(text)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "gongjue.record/v1\n")
	line, _, _ := strings.Cut(rest, "\n")
	r := open([]byte(line))
	proven := func(r *record, p provenLeaf) ledger.ProvenLeaf {
		return ledger.ProvenLeaf{Leaf: []byte(ledger.LeafPrefix + string(r.raw("leaf")) + "\n"), Proof: theirs(p.proof)}
	}
	again := ledger.Record{Meeting: o.meeting, At: r.number("at"), Size: o.size, Root: ledger.Hash(o.root), Roster: o.roster, Voter: o.voter,
		Opening: proven(open(r.raw("opening")), o.opening)}
	for _, u := range o.units {
		again.Units = append(again.Units, ledger.RecordedUnit{Home: ledger.Place{Place: u.place, Unit: u.id, Salt: ledger.Salt(u.key)}, Proof: theirs(u.proof),
			Line: ledger.RosterLeaf{Slot: u.slot, Unit: ledger.Hash(u.commitment), Head: ledger.Hash(u.head), Area: voting.Area(u.area), HeadGroup: u.group,
				Owners: 1, CountsArea: u.countsArea, CountsHeads: u.countsHead}})
	}
	for i, one := range r.objects("ballots") {
		ballot := o.ballots[i]
		again.Ballots = append(again.Ballots, ledger.RecordedBallot{ProvenLeaf: proven(one, ballot.provenLeaf), Choices: ballot.choices, Salt: ledger.Salt(ballot.key)})
	}
	signer, err := ledger.NewSigner("test.example/m/"+o.meeting, ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	signed, err := ledger.SignRecord("本户投票记录", again, signer)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func theirs(hashes []hash) []ledger.Hash {
	list := make([]ledger.Hash, len(hashes))
	for i, h := range hashes {
		list[i] = ledger.Hash(h)
	}
	return list
}

func TestTheVectorsOfThePageHoldForProgramAndChecker(t *testing.T) {
	all := vectors(t)
	checked := map[string]bool{"zip": true, "card": true, "share": true} // in voting/bundle, voting/ledger and models/vault
	same := func(name, what string, values ...string) {
		t.Helper()
		checked[name] = true
		for i, value := range values[1:] {
			if value != values[0] {
				t.Errorf("%s: %s is %q, not %q (%d)", name, what, value, values[0], i+1)
			}
		}
	}
	of := func(name string) map[string]string {
		t.Helper()
		if all[name] == nil {
			t.Fatalf("no vector %s", name)
		}
		return all[name]
	}

	v := of("canonical")
	var value any
	decoder := json.NewDecoder(strings.NewReader(v["value"]))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	text, err := ledger.Canonical(value)
	read, failed := parse([]byte(v["text"]))
	if err != nil || failed != nil {
		t.Fatal(err, failed)
	}
	same("canonical", "text", v["text"], string(text), string(write(nil, read)))

	v = of("lp")
	same("lp", "hex", v["hex"], hex.EncodeToString(lengths("", strings.Split(v["parts"], "|")...)))

	v = of("roster")
	key := saltIn(t, v["salt"])
	unitOf, headOf := ledger.UnitCommitment(ledger.Salt(key), v["roster"], v["unit"], v["place"]), ledger.HeadCommitment(ledger.Salt(key), v["roster"], v["voter"])
	leaf := ledger.RosterLeaf{Unit: unitOf, Head: headOf, Area: 891_200, Owners: 2, CountsArea: true, CountsHeads: true}
	same("roster", "line", v["line"]+"\n", string(ledger.Roster([]ledger.RosterLeaf{leaf})))
	same("roster", "hash", v["hash"], leaf.Hash().String(), hash(tlog.RecordHash([]byte("gongjue.unit/v1\n"+v["line"]))).String())
	same("roster", "unit", unitOf.String(), key.commit("gongjue.unit/v1\x00", v["roster"], v["unit"], v["place"]).String())

	v = of("leaf")
	same("leaf", "hash", v["hash"], ledger.LeafHash([]byte(ledger.LeafPrefix+v["line"]+"\n")).String(), leafHash([]byte(v["line"])).String())
	if _, _, err := ledger.Decode([]byte(ledger.LeafPrefix + v["line"] + "\n")); err != nil {
		t.Error(err)
	}

	v = of("amendment")
	same("amendment", "hash", v["hash"], ledger.LeafHash([]byte(ledger.LeafPrefix+v["line"]+"\n")).String(), leafHash([]byte(v["line"])).String())
	if _, body, err := ledger.Decode([]byte(ledger.LeafPrefix + v["line"] + "\n")); err != nil || body.Type() != ledger.LeafAmend {
		t.Error(body, err)
	}

	v = of("mandate")
	var entry bundle.Amendment
	if err := json.Unmarshal([]byte(v["entry"]), &entry); err != nil {
		t.Fatal(err)
	}
	told, err := parse([]byte(v["entry"]))
	if err != nil || !bareMandate(told) {
		t.Errorf("the checker refuses the entry: %v", err)
	}
	change, err := entry.Hash()
	_, body, wrong := ledger.Decode([]byte(ledger.LeafPrefix + v["line"] + "\n"))
	if amend, is := body.(ledger.Amend); err != nil || wrong != nil || !is || amend.Change != change || amend.Kind != ledger.AmendMandate {
		t.Errorf("%+v, %v, %v", body, err, wrong)
	}
	same("mandate", "hash", v["hash"], ledger.LeafHash([]byte(ledger.LeafPrefix+v["line"]+"\n")).String(), leafHash([]byte(v["line"])).String())

	v = of("unseal")
	same("unseal", "hash", v["hash"], ledger.LeafHash([]byte(ledger.LeafPrefix+v["line"]+"\n")).String(), leafHash([]byte(v["line"])).String())
	var reading record
	reading.reset([]byte(v["line"]))
	if l := reading.leaf("01890000-0000-7000-8000-000000000001", 4); reading.close() != nil || l.unsealed.cards != [2]int64{1, 2} {
		t.Errorf("%+v, %v", l.unsealed, reading.close())
	}

	v = of("objection")
	same("objection", "hash", v["hash"], ledger.LeafHash([]byte(ledger.LeafPrefix+v["line"]+"\n")).String(), leafHash([]byte(v["line"])).String())
	var objected bundle.Objection
	if err := json.Unmarshal([]byte(v["entry"]), &objected); err != nil {
		t.Fatal(err)
	}
	same("objection", "text", objected.Text, ledger.ObjectionText(v["meeting"], v["id"], v["written"]).String())
	_, published, wrong := objected.Leaf()
	same("objection", "entry", v["entry"], string(published))
	reading.reset([]byte(v["line"]))
	if l := reading.leaf(v["meeting"], 7); wrong != nil || reading.close() != nil || l.act != "recorded" || l.sum.String() != ledger.Sum(published).String() {
		t.Errorf("%+v, %v, %v", l, wrong, reading.close())
	}

	v = of("waiver")
	same("waiver", "hash", v["hash"], ledger.LeafHash([]byte(ledger.LeafPrefix+v["line"]+"\n")).String(), leafHash([]byte(v["line"])).String())
	var because bundle.Waiver
	if err := json.Unmarshal([]byte(v["entry"]), &because); err != nil {
		t.Fatal(err)
	}
	reason, err := because.Hash()
	reading.reset([]byte(v["line"]))
	if l := reading.leaf("01890000-0000-7000-8000-000000000001", 6); err != nil || reading.close() != nil || l.waived.waiver.String() != reason.String() {
		t.Errorf("%+v, %v, %v", l.waived, err, reading.close())
	}

	v = of("serial")
	raw, err := hex.DecodeString(v["serial"])
	if err != nil {
		t.Fatal(err)
	}
	same("serial", "hash", v["hash"], ledger.SerialHash(v["meeting"], ledger.Serial(raw)).String())

	v = of("certificate")
	same("certificate", "hash", v["hash"], bundle.Certificate{Number: v["number"], CheckCode: v["check_code"], Record: v["record"]}.Hash().String())

	v = of("certified")
	same("certified", "issued", v["issued"], strings.ReplaceAll(string(certifiedAgain(t, v)), "\n", `\n`))
	same("certified", "signed", v["signed"], strings.ReplaceAll(string(cosignedAgain(t, v)), "\n", `\n`))
	same("certified", "checks of the issued", "passed absent absent", certifiedStates(t, Options{Certificate: unescaped(v["issued"])}))
	same("certified", "checks of the signed", "passed passed absent", certifiedStates(t, Options{Certificate: unescaped(v["signed"])}),
		certifiedStates(t, Options{Certificate: unescaped(v["signed"]), StreetKey: v["street_key"], LogKey: v["log_key"]}))

	v = of("ballot")
	key = saltIn(t, v["salt"])
	cast := ledger.Cast{Meeting: v["meeting"], Slot: 7, Revision: 1}
	same("ballot", "voter_hash", v["voter_hash"], ledger.VoterHash(v["meeting"], v["voter"]).String())
	same("ballot", "c", v["c"], ledger.BallotCommitment(ledger.Salt(key), cast, []byte(v["choices"]), ledger.VoterHash(v["meeting"], v["voter"])).String())
	same("ballot", "slot", v["slot_commitment"], ledger.SlotCommitment(ledger.Salt(key).SlotSalt(), cast).String(),
		salt(key.commit("gongjue.slot-salt/v1\x00")).commit("gongjue.slot/v1\x00", v["meeting"], v["slot"], v["revision"]).String())

	v = of("tree")
	var leaves []hash
	var others []ledger.Hash
	for _, one := range strings.Fields(v["leaves"]) {
		h, ok := parseHash([]byte(one))
		if !ok {
			t.Fatal(one)
		}
		leaves, others = append(leaves, h), append(others, ledger.Hash(h))
	}
	same("tree", "root", v["root"], rootOf(leaves).String(), ledger.Root(others).String())

	v = of("receipt")
	same("receipt", "check 14", "passed", aloneState(t, Options{Receipt: unescaped(v["text"]), LogKey: v["key"]}))
	same("receipt", "check 14 with a byte altered", "failed", aloneState(t, Options{Receipt: unescaped(strings.Replace(v["text"], `"channel":"online"`, `"channel":"onsite"`, 1)), LogKey: v["key"]}))

	p, _, _ := readReceiptProof(unescaped(v["text"]))
	proof := ledger.ReceiptProof{Index: 1, Key: p.key, Checkpoint: string(p.checkpoint.note),
		Leaf: ledger.ProvenLeaf{Leaf: []byte(ledger.LeafPrefix + string(p.line) + "\n"), Proof: theirs(p.proof)}}
	proof.Meeting = strings.TrimPrefix(p.checkpoint.origin, "test.example/m/")
	fileLines, err := proof.Lines()
	if err != nil {
		t.Fatal(err)
	}
	same("receipt", "text", v["text"], strings.Join(fileLines, `\n`)+`\n`)

	v = of("record")
	same("record", "check 25 of a ballot", "passed", aloneState(t, Options{Record: unescaped(v["ballot"]), LogKey: v["key"]}))
	same("record", "check 25 of nothing", "absent", aloneState(t, Options{Record: unescaped(v["nothing"]), LogKey: v["key"]}))
	same("record", "check 25 with a byte altered", "failed", aloneState(t, Options{Record: unescaped(strings.Replace(v["nothing"], `"size":2`, `"size":1`, 1)), LogKey: v["key"]}))

	same("record", "text of a ballot", v["ballot"], strings.ReplaceAll(string(writtenAgain(t, unescaped(v["ballot"]))), "\n", `\n`))
	same("record", "text of nothing", v["nothing"], strings.ReplaceAll(string(writtenAgain(t, unescaped(v["nothing"]))), "\n", `\n`))

	v = of("checkpoint")
	signed := strings.ReplaceAll(v["note"], `\n`, "\n")
	c, ok := parseCheckpoint([]byte(signed))
	verifier, err := note.NewVerifier(v["key"])
	if err != nil || !ok || !signedBy(c, v["key"]) {
		t.Fatal(err, ok)
	}
	opened, err := ledger.OpenCheckpoint([]byte(signed), c.origin, verifier)
	if err != nil {
		t.Fatal(err)
	}
	same("checkpoint", "root", v["root"], c.root.String(), opened.Root.String())
	same("checkpoint", "size", v["size"], fmt.Sprint(c.size), fmt.Sprint(opened.Size))
	same("checkpoint", "mark", v["mark"], opened.Mark())

	v = of("cosignature")
	signed = strings.ReplaceAll(v["note"], `\n`, "\n")
	c, ok = parseCheckpoint([]byte(signed))
	theirWitness, err := ledger.ParseWitness(v["key"])
	ourWitness, known := readWitness(v["key"])
	if err != nil || !ok || !known {
		t.Fatal(err, ok, known)
	}
	at, valid := ourWitness.seen(c)
	_, found, err := ledger.OpenCosigned([]byte(signed), c.origin, verifier, theirWitness)
	if err != nil || !valid || len(found) != 1 {
		t.Fatal(found, err, valid)
	}
	same("cosignature", "at", v["at"], fmt.Sprint(at), fmt.Sprint(found[0].At/1000))
	same("cosignature", "fingerprint", v["fingerprint"], theirWitness.Fingerprint().String())

	v = of("lot")
	names := strings.Fields(v["names"])
	order, steps := drawing{v["seed"], v["matter"]}.order(names)
	drawn, _, err := voting.Lot(v["seed"], v["matter"], names)
	if err != nil {
		t.Fatal(err)
	}
	same("lot", "order", v["order"], strings.Join(order, " "), strings.Join(drawn, " "))
	same("lot", "first", v["first"], steps[0].(object)["hash"].(string))

	for name := range all {
		if !checked[name] {
			t.Errorf("the vector %s is not checked", name)
		}
	}
}

func saltIn(t *testing.T, text string) salt {
	t.Helper()
	h, ok := parseHash([]byte(text))
	if !ok {
		t.Fatalf("%q is no salt", text)
	}
	return salt(h)
}

// The page would soon tell less than there is: what the program writes and asks stands on it by name.
func TestThePageNamesEverythingThatIsWrittenAndAsked(t *testing.T) {
	text := page(t)
	for _, check := range Checks {
		row := fmt.Sprintf("| %d | `%s` | %s | %d |", check.Number, check.Name, check.Asks.EN, exits[check.Class])
		if !strings.Contains(text, row) {
			t.Errorf("the page lacks the row %s", row)
		}
	}
	var words []string
	for _, list := range [][]string{filesOf(tierTellers), {fileManifest}, channels, classes} {
		words = append(words, list...)
	}
	for _, tier := range bundle.Tiers {
		words = append(words, string(tier))
	}
	for _, word := range voting.Silences {
		words = append(words, string(word))
	}
	for _, word := range voting.Ranks {
		words = append(words, string(word))
	}
	for _, word := range voting.Results {
		words = append(words, string(word))
	}
	for _, word := range voting.Reasons {
		words = append(words, string(word))
	}
	for _, word := range voting.CommitteeStates {
		words = append(words, string(word))
	}
	for _, word := range voting.Shortnesses {
		words = append(words, string(word))
	}
	for _, word := range voting.Effects {
		words = append(words, string(word))
	}
	for _, word := range voting.VariantNames {
		words = append(words, string(word))
	}
	for _, word := range ledger.VoidReasons {
		words = append(words, string(word))
	}
	for _, word := range words {
		if !strings.Contains(text, "`"+word) {
			t.Errorf("the page does not name %s", word)
		}
	}
	for _, kind := range ledger.LeafTypes {
		_, _, err := ledger.Decode([]byte(ledger.LeafPrefix + `{"at":"2026-11-20T08:30:00.123+08:00","by":"server","i":1,"m":"a","t":"` + string(kind) + `","v":1}` + "\n"))
		written := err == nil || !strings.Contains(err.Error(), "no body for type")
		if written && !strings.Contains(text, "| `"+string(kind)+"` |") {
			t.Errorf("the page does not describe the leaf %s", kind)
		}
	}
}
