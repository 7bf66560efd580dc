package verify_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/verify"
)

// The engine and the verifier were written apart; over random meetings they agree on every figure, every list and
// every outcome, ties and undetermined matters included, and on every byte of the result.
func TestEngineAndVerifierAgreeOverRandomMeetings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawTown(t)
		r := report(t, pack(t, w.bundle(t)), verify.Options{LogKey: logKeyText()})
		if wrong := failures(r); wrong != "" {
			t.Fatalf("tier %s\n%s", w.tier, wrong)
		}
		for _, finding := range r.Findings {
			if finding.State == verify.Blocked || (w.tier == bundle.Tellers && finding.State == verify.Absent) {
				t.Fatalf("check %d is %s", finding.Number, finding.State)
			}
		}
	})
}

// leavesOf are the places of every number, text and flag of a JSON value.
func leavesOf(value any, path []any, found *[][]any) {
	switch value := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			leavesOf(value[key], append(slices.Clone(path), key), found)
		}
	case []any:
		for i := range value {
			leavesOf(value[i], append(slices.Clone(path), i), found)
		}
	default:
		*found = append(*found, path)
	}
}

// altered changes what stands at one place.
func altered(value any, path []any) any {
	if len(path) == 0 {
		switch value := value.(type) {
		case json.Number:
			n, _ := value.Int64()
			return n + 1
		case bool:
			return !value
		case string:
			return value + "x"
		}
		return "x"
	}
	switch value := value.(type) {
	case map[string]any:
		key := path[0].(string)
		value[key] = altered(value[key], path[1:])
	case []any:
		i := path[0].(int)
		value[i] = altered(value[i], path[1:])
	}
	return value
}

// Whoever publishes one figure, name or word other than it was counted is found by whoever counts again, even if
// the log commits to it from the start; and mostly by whoever only reads the public record.
func TestOneAlteredFigureIsFoundWhoeverSignedIt(t *testing.T) {
	foundInPublic, tried := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawTown(t)
		w.tier = bundle.Tellers
		place := ""
		w.forgeResult = func(text []byte) []byte {
			decoder := json.NewDecoder(bytes.NewReader(text))
			decoder.UseNumber()
			var result any
			must(t, decoder.Decode(&result))
			var places [][]any
			leavesOf(result, nil, &places)
			path := rapid.SampledFrom(places).Draw(t, "place")
			place = fmt.Sprint(path)
			forged, err := ledger.Canonical(altered(result, path))
			must(t, err)
			return forged
		}
		// One drawing serves both tiers.
		forged := ""
		draw := w.forgeResult
		w.forgeResult = func(text []byte) []byte {
			if forged == "" {
				forged = string(draw(text))
			}
			return []byte(forged)
		}
		r := report(t, pack(t, w.bundle(t)), verify.Options{LogKey: logKeyText()})
		if found := r.Failures(); !slices.Contains(found, 13) && !slices.Contains(found, 12) {
			t.Fatalf("%s was altered: found by %v", place, found)
		}
		w.tier = bundle.Public
		tried++
		if len(report(t, pack(t, w.bundle(t)), verify.Options{}).Failures()) > 0 {
			foundInPublic++
		}
	})
	if foundInPublic*3 < tried*2 { // about five in six; the draw differs from run to run
		t.Errorf("only %d of %d alterations are found in the public record", foundInPublic, tried)
	}
}

// firstBy is the check that finds an altered byte in a file whose manifest was put right; what is not listed here is
// not in the log and found by the manifest alone.
var firstBy = map[string][]int{bundle.FileAnnounced: {5}, bundle.FileRules: {5}, bundle.FileRoster: {5}, bundle.FileLeaves: {2, 3},
	bundle.FileResult: {18, 13, 12}, bundle.FilePlaces: {20}, bundle.FileVoted: {15}, bundle.FileBook: {11}, "checkpoints/": {3, 4}}

func TestAFlippedBitInAnyFileIsFound(t *testing.T) {
	packed := pack(t, sample(t, bundle.Tellers).bundle(t))
	names := slices.Sorted(maps.Keys(unpack(t, packed)))
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "file")
		files := unpack(t, packed)
		at := rapid.IntRange(0, len(files[name])-1).Draw(t, "byte")
		files[name] = slices.Clone(files[name])
		files[name][at] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		careless, err := verify.Verify(repack(t, files, false), verify.Options{LogKey: logKeyText()})
		if found := careless.Failures(); err == nil && (len(found) == 0 || found[0] != 1) && name != bundle.FileManifest {
			t.Fatalf("byte %d of %s: found by %v", at, name, found)
		}
		if name == bundle.FileManifest {
			if err == nil && len(careless.Failures()) == 0 {
				t.Fatalf("byte %d of the manifest: not found", at)
			}
			return
		}
		folder, _, _ := strings.Cut(name, "/")
		want, committed := firstBy[name]
		if !committed {
			want = firstBy[folder+"/"]
		}
		careful := report(t, repack(t, files, true), verify.Options{LogKey: logKeyText()}).Failures()
		if want != nil && (len(careful) == 0 || !slices.Contains(want, careful[0])) {
			t.Fatalf("byte %d of %s: found by %v, want one of %v", at, name, careful, want)
		}
	})
}

func TestASignatureIsWrittenInOneWay(t *testing.T) {
	files := unpack(t, pack(t, sample(t, bundle.Public).bundle(t)))
	altered := 0
	for name, text := range files {
		if folder, _, _ := strings.Cut(name, "/"); folder != "checkpoints" {
			continue
		}
		end := bytes.LastIndexByte(text, '=') - 1 // of the last character, two bits mean nothing
		files[name] = slices.Clone(text)
		files[name][end]++
		altered++
	}
	if found := report(t, repack(t, files, true), verify.Options{}).Failures(); altered == 0 || len(found) == 0 || found[0] != 4 {
		t.Errorf("%d signatures were written otherwise: found by %v", altered, found)
	}
}

// No input makes the verifier panic, hang or pass by accident.
func FuzzVerify(f *testing.F) {
	for _, tier := range bundle.Tiers {
		f.Add(pack(f, sample(f, tier).bundle(f)))
	}
	f.Add([]byte("PK"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := verify.Verify(data, verify.Options{Receipt: data, Printed: "0123456789abcdef", Quorum: 1})
		if err == nil && r.Exit() == verify.ExitOK {
			t.Error("passes without a witness")
		}
	})
}

func TestGarbageInAnyFileNeverPanics(t *testing.T) {
	packed := pack(t, sample(t, bundle.Tellers).bundle(t))
	names := slices.Sorted(maps.Keys(unpack(t, packed)))
	rapid.Check(t, func(t *rapid.T) {
		files := unpack(t, packed)
		for range rapid.IntRange(1, 3).Draw(t, "files") {
			name := rapid.SampledFrom(names).Draw(t, "file")
			text := slices.Clone(files[name])
			from := rapid.IntRange(0, len(text)).Draw(t, "from")
			to := rapid.IntRange(from, len(text)).Draw(t, "to")
			garbage := rapid.SliceOfN(rapid.Byte(), 0, 20).Draw(t, "garbage")
			if rapid.Bool().Draw(t, "of the file itself") {
				garbage = text[from:to]
				from = to
			}
			files[name] = slices.Concat(text[:from], garbage, text[to:])
		}
		rehash := bytes.Equal(files[bundle.FileManifest], unpack(t, packed)[bundle.FileManifest]) && rapid.Bool().Draw(t, "rehash")
		if r, err := verify.Verify(repack(t, files, rehash), verify.Options{}); err == nil && len(r.Findings) != len(verify.Checks) {
			t.Fatal("a check is missing in the report")
		}
	})
}
