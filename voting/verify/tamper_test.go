package verify_test

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/calendar"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/verify"
)

// sample is a meeting with every kind of matter, ballots of several ways, void answers and a register of deliveries.
func sample(t failer, tier bundle.Tier) *town {
	inside := true
	w := &town{opens: calendar.Date(2026, 5, 1), tier: tier, certified: true, sheets: map[string]voting.Handling{},
		policies: voting.Policies{Silence: voting.JoinMajority, VoidParticipates: &inside, RunOff: true}}
	w.pack = packAt(t, w.opens)
	w.matters = []voting.Matter{
		{Kind: voting.Motion, Item: 8},
		{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙", "丙"}, Seats: 2, Alternates: 1, MinMembers: 2},
		{Kind: voting.Selection, Item: 4, Method: voting.Pick, Options: []string{"样例一", "样例二"}, LinkedTo: 1, LinkedWhen: voting.IfPassed},
		{Kind: voting.Motion, Item: 5, Scope: []string{"1"}},
	}
	for i := range 12 {
		w.homes = append(w.homes, home{voter: fmt.Sprintf("voter-%d", i%10), place: fmt.Sprintf("%d/1/%d", 1+i%2, i), area: voting.Area(1000 + 10*i),
			countsArea: true, countsHeads: i != 11})
	}
	for i := range 8 {
		voter := fmt.Sprintf("voter-%d", i)
		b := ballot{voter: voter, channel: []lifecycle.Channel{lifecycle.Online, lifecycle.Paper}[i%2], answers: map[string]ledger.PaperMark{
			"matter-1": {Choice: voting.Choice{Mark: voting.Yes}},
			"matter-2": {Choice: voting.Choice{Each: map[string]voting.Mark{"甲": voting.Yes, "乙": voting.Yes, "丙": voting.No}}},
			"matter-3": {Choice: voting.Choice{Names: []string{"样例一"}}},
		}}
		if i%2 == 0 {
			b.answers["matter-4"] = ledger.PaperMark{Choice: voting.Choice{Mark: voting.No}}
		}
		if i == 3 {
			b.answers["matter-3"] = ledger.PaperMark{Void: ledger.VoidUnreadable}
		}
		w.ballots = append(w.ballots, b)
		w.sheets[voter] = voting.SheetDelivered
	}
	w.sheets["voter-8"], w.sheets["voter-9"] = voting.SheetDelivered, voting.SheetRefused
	return w
}

// unpack reads a zip into its files.
func unpack(t failer, packed []byte) map[string][]byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	must(t, err)
	files := map[string][]byte{}
	for _, file := range archive.File {
		content, err := file.Open()
		must(t, err)
		files[file.Name], err = io.ReadAll(content)
		must(t, err)
	}
	return files
}

// repack makes a zip of files, compressed as any other program would. With rehash the manifest is put right, as
// somebody would who tampers with care.
func repack(t failer, files map[string][]byte, rehash bool) []byte {
	t.Helper()
	if rehash {
		var m map[string]any
		must(t, json.Unmarshal(files[bundle.FileManifest], &m))
		var list []map[string]any
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if name != bundle.FileManifest {
				list = append(list, map[string]any{"name": name, "size": len(files[name]), "sha256": ledger.Sum(files[name]).String()})
			}
		}
		m["files"] = list
		text, err := ledger.Canonical(m)
		must(t, err)
		files[bundle.FileManifest] = text
	}
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file, err := archive.Create(name)
		must(t, err)
		_, err = file.Write(files[name])
		must(t, err)
	}
	must(t, archive.Close())
	return packed.Bytes()
}

// swap replaces the first of one text in a file, which must be there.
func swap(name, old, fresh string) func(t *testing.T, files map[string][]byte) {
	return func(t *testing.T, files map[string][]byte) {
		t.Helper()
		text := strings.Replace(string(files[name]), old, fresh, 1)
		if text == string(files[name]) {
			t.Fatalf("%s does not hold %q", name, old)
		}
		files[name] = []byte(text)
	}
}

// line changes the lines of a file.
func line(name string, change func(lines []string) []string) func(*testing.T, map[string][]byte) {
	return func(_ *testing.T, files map[string][]byte) {
		lines := strings.SplitAfter(string(files[name]), "\n")
		files[name] = []byte(strings.Join(change(lines[:len(lines)-1]), ""))
	}
}

func without(i int) func([]string) []string {
	return func(lines []string) []string { return slices.Delete(lines, i, i+1) }
}

func flip(name string, at int) func(*testing.T, map[string][]byte) {
	return func(_ *testing.T, files map[string][]byte) { files[name][at] ^= 1 }
}

// Whoever changes a file of a record without its key is found, also where the manifest is put right afterwards; the
// number is that of the first check that fails.
func TestEveryTamperingWithAFileIsFoundByItsCheck(t *testing.T) {
	const result, book = bundle.FileResult, bundle.FileBook
	for _, c := range []struct {
		name   string
		check  int
		rehash bool
		tamper func(*testing.T, map[string][]byte)
	}{
		{"a file is gone", 1, false, func(_ *testing.T, files map[string][]byte) { delete(files, result) }},
		{"a file is gone and the manifest forgets it", 1, true, func(_ *testing.T, files map[string][]byte) { delete(files, bundle.FileRules) }},
		{"there is one file more", 1, false, func(_ *testing.T, files map[string][]byte) { files["names.txt"] = []byte("样例") }},
		{"the manifest lists a file that no tier has", 1, true, func(_ *testing.T, files map[string][]byte) { files["names.txt"] = []byte("样例") }},
		{"a file is longer", 1, false, swap(bundle.FileGuide, "说明", "说明书")},
		{"the copy names another leaf", 1, true, swap(bundle.FileManifest, `"copy":12`, `"copy":11`)},
		{"a ballot is taken out of the log", 2, true, line(bundle.FileLeaves, without(3))},
		{"two ballots are exchanged", 2, true, line(bundle.FileLeaves, func(l []string) []string { l[2], l[3] = l[3], l[2]; return l })},
		{"a leaf has a member more", 2, true, swap(bundle.FileLeaves, `"revision":1`, `"remark":"","revision":1`)},
		{"a leaf is earlier than the one before it", 2, true, swap(bundle.FileLeaves, "2026-05-01T00:00:03", "2026-05-01T00:00:01")},
		{"the log is of another meeting", 2, true, swap(bundle.FileLeaves, `"m":"01890000`, `"m":"01890001`)},
		{"a ballot is altered in the log", 3, true, swap(bundle.FileLeaves, `"channel":"online"`, `"channel":"onsite"`)},
		{"the last leaf, which records the copy, is cut off", 1, true, line(bundle.FileLeaves, without(12))},
		{"a leaf is added at the end", 3, true, line(bundle.FileLeaves, func(l []string) []string { return append(l, strings.Replace(l[12], `"i":12`, `"i":13`, 1)) })},
		{"a checkpoint has another root", 3, true, flip("checkpoints/1.txt", len(origin)+5)},
		{"a checkpoint is of another size", 3, true, swap("checkpoints/10.txt", "\n10\n", "\n9\n")},
		{"a checkpoint stands under another name", 3, true, func(_ *testing.T, files map[string][]byte) {
			files["checkpoints/2.txt"] = files["checkpoints/1.txt"]
		}},
		{"there is no checkpoint", 3, true, func(_ *testing.T, files map[string][]byte) {
			maps.DeleteFunc(files, func(name string, _ []byte) bool { return strings.HasPrefix(name, "checkpoints/") })
		}},
		{"a signature is altered", 4, true, func(_ *testing.T, files map[string][]byte) {
			note := files["checkpoints/1.txt"]
			note[len(note)-20] ^= 1
		}},
		{"a signature is taken off", 4, true, func(_ *testing.T, files map[string][]byte) {
			body, _, _ := bytes.Cut(files["checkpoints/1.txt"], []byte("\n\n"))
			files["checkpoints/1.txt"] = append(body, "\n\n"...)
		}},
		{"the notice has another title", 5, true, swap(bundle.FileAnnounced, "样例会议", "别的会议")},
		{"a matter has more seats", 5, true, swap(bundle.FileAnnounced, `"seats":2`, `"seats":3`)},
		{"a parameter is announced afterwards", 5, true, swap(bundle.FileAnnounced, `"void_participates":true`, `"void_participates":false`)},
		{"the notice ends in the middle", 5, true, func(_ *testing.T, files map[string][]byte) {
			files[bundle.FileAnnounced] = files[bundle.FileAnnounced][:99]
		}},
		{"the rules have another majority", 5, true, swap(bundle.FileRules, `"den":4`, `"den":3`)},
		{"an area on the roster is larger", 5, true, swap(bundle.FileRoster, `"area_cm2":1010`, `"area_cm2":1011`)},
		{"a home is taken off the roster", 5, true, line(bundle.FileRoster, without(11))},
		{"two heads are made one", 5, true, swap(bundle.FileRoster, `"head_group":3`, `"head_group":2`)},
		{"a void answer has another reason", 9, true, swap(bundle.FileStanding, "UNREADABLE", "UNSIGNED")},
		{"a choice is altered", 11, true, swap(book, `"mark":"yes"`, `"mark":"no"`)},
		{"a ballot is taken out of the book", 11, true, line(book, without(2))},
		{"a ballot is given to another head", 11, true, swap(book, `"slot":3}`, `"slot":9}`)},
		{"a salt is altered", 11, true, swap(book, `"salt":"`+fmt.Sprintf("%x", saltOf("ballot", 0))[:0], `"salt":"`)},
		{"a delivery is made up", 11, true, swap(book, `"delivery":"refused"`, `"delivery":"delivered"`)},
		{"somebody is said to have voted", 15, true, line(bundle.FileVoted, func(l []string) []string { return append(l, `{"channel":"online","slot":9}`+"\n") })},
		{"somebody is said not to have voted", 15, true, line(bundle.FileVoted, without(0))},
		{"somebody is said to have voted otherwise", 15, true, swap(bundle.FileVoted, "paper", "online")},
		{"the certificate has another number", 16, true, swap(bundle.FileStanding, "2026-000001", "2026-000002")},
		{"the certificate is kept back", 16, true, func(t *testing.T, files map[string][]byte) {
			text := files[bundle.FileStanding]
			from, to := bytes.Index(text, []byte(`{"check_code"`)), bytes.Index(text, []byte(`,"community"`))
			files[bundle.FileStanding] = append(append(slices.Clone(text[:from]), "null"...), text[to:]...)
		}},
		{"a published figure is altered", 13, true, swap(result, `"void":{"area_cm2":0,"heads":0}`, `"void":{"area_cm2":1,"heads":1}`)},
		{"an outcome is altered", 13, true, swap(result, `"outcome":"passed"`, `"outcome":"rejected"`)},
		{"a home is called otherwise", 20, true, swap(bundle.FilePlaces, `"place":"1/1/0"`, `"place":"1/1/1"`)},
		{"two homes are exchanged", 20, true, line(bundle.FilePlaces, func(l []string) []string { l[0], l[1] = l[1], l[0]; return l })},
	} {
		if c.name == "a salt is altered" {
			c.tamper = func(_ *testing.T, files map[string][]byte) {
				at := bytes.Index(files[book], []byte(`"salt":"`)) + 10
				files[book][at] = "0123456789abcdef1"[bytes.IndexByte([]byte("0123456789abcdef"), files[book][at])+1]
			}
		}
		t.Run(c.name, func(t *testing.T) {
			files := unpack(t, pack(t, sample(t, bundle.Tellers).bundle(t)))
			c.tamper(t, files)
			r := report(t, repack(t, files, c.rehash), verify.Options{LogKey: logKeyText()})
			found := r.Failures()
			if c.check == 13 { // whoever counts again finds the figure first
				if len(found) == 0 || found[0] != 12 || !slices.Contains(found, 13) || !slices.Contains(found, 18) {
					t.Errorf("found by %v\n%s", found, failures(r))
				}
				return
			}
			if len(found) == 0 || found[0] != c.check || r.Exit() == verify.ExitOK {
				t.Errorf("found by %v, want %d first\n%s", found, c.check, failures(r))
			}
		})
	}
}

// Whoever holds the log's key can sign what they like; that it does not follow from the rules is found all the same.
func TestEveryForgeryByTheOperatorIsFoundByItsCheck(t *testing.T) {
	replace := func(index int64, old, fresh string) func(*town) {
		return func(w *town) {
			w.forgeLeaf = func(i int64, leaf string) string {
				if i == index {
					return strings.Replace(leaf, old, fresh, 1)
				}
				return leaf
			}
		}
	}
	text := func(old, fresh string) func([]byte) []byte {
		return func(b []byte) []byte { return bytes.Replace(b, []byte(old), []byte(fresh), 1) }
	}
	for _, c := range []struct {
		name  string
		check int
		forge func(*town)
	}{
		{"a ballot before voting began", 7, func(w *town) {
			w.forgeLeaf = func(i int64, leaf string) string {
				if i <= 1 {
					return strings.Replace(leaf, `"at":"2026-05-01T00:00:0`, `"at":"2026-04-30T00:00:0`, 1)
				}
				return leaf
			}
		}},
		{"a ballot at the moment of the end", 7, func(w *town) {
			w.forgeLeaf = func(i int64, leaf string) string {
				if i == 7 || i == 8 {
					return strings.Replace(leaf, `"at":"2026-05-01T00:00:0`+strconv.FormatInt(i, 10), `"at":"2026-05-11T00:00:00`, 1)
				}
				return leaf
			}
		}},
		{"a ballot that replaces somebody else's", 7, replace(3, `"revision":1`, `"revision":2`)},
		{"two sheets with one serial", 8, replace(4, ledger.Sum([]byte("sheet 3")).String(), ledger.Sum([]byte("sheet 1")).String())},
		{"a sheet read twice by one person", 8, replace(4, "staff-2", "staff-1")},
		{"a sheet without a serial", 8, replace(4, ledger.Sum([]byte("sheet 3")).String(), strings.Repeat("0", 64))},
		{"a close that counts a ballot more", 10, replace(9, `"ballots":8`, `"ballots":9`)},
		{"a close that counts another channel", 10, replace(9, `"online":4`, `"onsite":4`)},
		{"a close that counts other leaves", 10, replace(9, `"leaves":9`, `"leaves":8`)},
		{"a close before the announced end", 10, replace(9, "2026-05-11T01:00", "2026-05-10T01:00")},
		{"no close at all", 10, func(w *town) {
			w.forgeLeaf = func(i int64, leaf string) string {
				if i == 9 {
					return ledger.LeafPrefix + `{"at":"2026-05-11T01:00:00.000+08:00","by":"server","certificate":"` + strings.Repeat("0", 64) +
						`","i":9,"m":"` + meetingID + `","t":"certify","v":1}` + "\n"
				}
				return leaf
			}
		}},
		{"another majority in the rules", 19, func(w *town) { w.forgeRules = text(`"num":3`, `"num":2`) }},
		{"an item moved to the ordinary ones", 19, func(w *town) { w.forgeRules = text(`"class":"special"`, `"class":"ordinary"`) }},
		{"an item that the law does not have", 12, func(w *town) { w.forgeNotice = text(`"item":8`, `"item":10`) }},
		{"a notice of another window", 5, func(w *town) { w.forgeNotice = text(`"closes_at":17`, `"closes_at":18`) }},
		{"a notice of more heads", 5, func(w *town) { w.forgeNotice = text(`"heads":10`, `"heads":11`) }},
		{"a notice with a parameter that nobody knows", 5, func(w *town) { w.forgeNotice = text(`"run_off":true`, `"run_off":true,"secret":true`) }},
		{"a count of one head more", 12, func(w *town) { w.forgeResult = text(`"participants":{"area_cm2":`, `"participants":{"area_cm2":1`) }},
		{"an outcome that does not follow", 12, func(w *town) { w.forgeResult = text(`"outcome":"rejected"`, `"outcome":"passed"`) }},
		{"a step with another law", 12, func(w *town) { w.forgeResult = text("民法典第278条第2款", "民法典第279条第2款") }},
		{"a result of more ballots", 13, func(w *town) { w.forgeResult = text(`"ballots":8`, `"ballots":7`) }},
		{"an effect that does not follow", 13, func(w *town) { w.forgeResult = text(`"effect":"takes_effect"`, `"effect":"lapsed"`) }},
		{"a head that is not delivered", 13, func(w *town) { w.forgeResult = text(`"refused":{"heads":1}`, `"refused":{"heads":2}`) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := sample(t, bundle.Tellers)
			before := pack(t, w.bundle(t))
			c.forge(w)
			after := pack(t, w.bundle(t))
			if bytes.Equal(before, after) {
				t.Fatal("nothing was forged")
			}
			r := report(t, after, verify.Options{LogKey: logKeyText()})
			if found := r.Failures(); len(found) == 0 || found[0] != c.check {
				t.Errorf("found by %v, want %d first\n%s", found, c.check, failures(r))
			}
		})
	}
}

func TestAnUnalteredRecordPassesInEveryTier(t *testing.T) {
	absent := map[bundle.Tier][]int{bundle.Public: {9, 11, 12, 13, 15, 20}, bundle.Owners: {9, 11, 12, 13}, bundle.Tellers: nil}
	for _, tier := range bundle.Tiers {
		packed := pack(t, sample(t, tier).bundle(t))
		for name, data := range map[string][]byte{"as it was made": packed, "packed anew": repack(t, unpack(t, packed), false)} {
			r := report(t, data, verify.Options{LogKey: logKeyText()})
			if wrong := failures(r); wrong != "" || r.Exit() != verify.ExitOK {
				t.Errorf("%s, %s: %s", tier, name, wrong)
			}
			var lacks []int
			for _, finding := range r.Findings {
				if finding.State == verify.Absent {
					lacks = append(lacks, finding.Number)
				}
			}
			if !slices.Equal(lacks, absent[tier]) || r.Tier != string(tier) || r.Ballots != 8 || r.Title != "样例会议" {
				t.Errorf("%s: %v are not in the bundle; %+v", tier, lacks, r)
			}
		}
	}
}

func TestAPublicLogThatIsCutOffIsFound(t *testing.T) {
	for cut := 1; cut < 12; cut++ {
		files := unpack(t, pack(t, sample(t, bundle.Public).bundle(t)))
		line(bundle.FileLeaves, func(l []string) []string { return l[:len(l)-cut] })(t, files)
		if found := report(t, repack(t, files, true), verify.Options{}).Failures(); len(found) == 0 || found[0] > 3 {
			t.Errorf("%d leaves cut off: found by %v", cut, found)
		}
	}
}

func TestAnotherKeyIsFound(t *testing.T) {
	other, err := ledger.VerifierKey(origin, ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, 32)).Public())
	must(t, err)
	packed := pack(t, sample(t, bundle.Public).bundle(t))
	if found := report(t, packed, verify.Options{LogKey: other}).Failures(); !slices.Equal(found, []int{4}) {
		t.Errorf("found by %v", found)
	}
	r := report(t, packed, verify.Options{Quorum: 1})
	if found := r.Failures(); !slices.Equal(found, []int{21}) || r.Exit() != verify.ExitWitness {
		t.Errorf("without a witness: found by %v", found)
	}
}
