package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/launcher"

	"gongjue/voting/ledger"
	"gongjue/voting/verify"
	"gongjue/web"
)

// checkerPage opens the page from a file, as whoever saved it does.
func checkerPage(t *testing.T) *rod.Page {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("chromium is not installed: apt-get install -y chromium fonts-noto-cjk")
	}
	chromium := launcher.New().Bin(path).NoSandbox(true).Headless(true).Set("disable-gpu").Set("disable-quic").Set("no-first-run").
		Set("disable-background-networking").Set("disable-component-update").Set("disable-sync").Set("lang", "zh-CN")
	control, err := chromium.Launch()
	if err != nil {
		t.Fatal(err)
	}
	browser := rod.New().ControlURL(control).MustConnect()
	t.Cleanup(func() {
		_ = browser.Close() // it may be gone already
		chromium.Kill()
		chromium.Cleanup()
	})
	file := filepath.Join(t.TempDir(), "check.html")
	if err := os.WriteFile(file, web.Checker(), 0o600); err != nil {
		t.Fatal(err)
	}
	return browser.MustPage("file://" + file).MustWaitLoad()
}

// finding is what the page says of one check.
type finding struct {
	Number int    `json:"number"`
	Asks   string `json:"asks"`
	State  string `json:"state"`
	Detail string `json:"detail"`
}

// ask has the page check files; unreadable is why it takes them for no bundle.
func ask(t *testing.T, page *rod.Page, record []byte, options verify.Options) (findings []finding, unreadable string) {
	t.Helper()
	code := func(text []byte) string { return base64.StdEncoding.EncodeToString(text) }
	answer := page.MustEval(`(bundle, receipt, record, printed) => {
		const bytes = text => text ? Uint8Array.from(atob(text), c => c.charCodeAt(0)) : null;
		return gongjueCheck(bytes(bundle), { receipt: bytes(receipt), record: bytes(record), printed }).then(JSON.stringify)
			.catch(e => JSON.stringify({ why: e.why || String(e) }));
	}`, code(record), code(options.Receipt), code(options.Record), options.Printed).Str()
	var report struct {
		Findings []finding `json:"findings"`
		Why      string    `json:"why"`
	}
	if err := json.Unmarshal([]byte(answer), &report); err != nil {
		t.Fatalf("%s: %v", answer, err)
	}
	return report.Findings, report.Why
}

func kept(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile("../voting/verify/testdata/kept/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// agrees compares the page with gongjue verify, check by check.
func agrees(t *testing.T, page *rod.Page, name string, record []byte, options verify.Options) []int {
	t.Helper()
	report, err := verify.Verify(record, options)
	if record == nil {
		report, err = verify.Alone(options)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	mine, why := ask(t, page, record, options)
	if why != "" || len(mine) == 0 {
		t.Fatalf("%s: the page reads nothing: %s", name, why)
	}
	var failed []int
	for _, found := range mine {
		at := slices.IndexFunc(report.Findings, func(f verify.Finding) bool { return f.Number == found.Number })
		if at < 0 || found.Asks != report.Findings[at].Asks.ZH {
			t.Errorf("%s: the page asks %d %s", name, found.Number, found.Asks)
			continue
		}
		if theirs := report.Findings[at]; found.Number == 12 && (found.State == "absent" && theirs.State == verify.Passed && strings.Contains(found.Detail, "重新数过") || found.State == "blocked") {
			continue // the page counts again, and says that it leaves out places
		} else if found.State != string(theirs.State) {
			t.Errorf("%s, check %d: the page says %s (%s), verify says %s (%s)", name, found.Number, found.State, found.Detail, theirs.State, theirs.Detail.ZH)
		}
		if found.State == string(verify.Failed) {
			failed = append(failed, found.Number)
		}
	}
	return failed
}

func TestThePageAgreesWithTheCommandOnGoodRecords(t *testing.T) {
	page := checkerPage(t)
	for _, tier := range []string{"public", "owners", "tellers"} {
		record := kept(t, tier+".zip")
		for name, options := range map[string]verify.Options{
			"": {}, "receipt": {Receipt: kept(t, "receipt.txt")}, "nothing": {Record: kept(t, "nothing.txt")}, "opened": {Record: kept(t, "opened.txt")},
			"promise": {Record: kept(t, "promise.txt")}, "bound": {Record: kept(t, "bound.txt")}, "loose": {Record: kept(t, "loose.txt")},
		} {
			if failed := agrees(t, page, tier+" "+name, record, options); failed != nil {
				t.Errorf("%s %s: the page fails %v", tier, name, failed)
			}
		}
		_, found := unpacked(t, record)
		printed := ledger.Sum(found["announced.json"]).Printed()
		agrees(t, page, tier+" printed", record, verify.Options{Printed: strings.ToUpper(printed)})
		if failed := agrees(t, page, tier+" another print", record, verify.Options{Printed: "0000-0000-0000-0000"}); !slices.Equal(failed, []int{17}) {
			t.Errorf("%s: another fingerprint is found by %v", tier, failed)
		}
	}
	counted, _ := ask(t, page, kept(t, "motions.zip"), verify.Options{})
	agrees(t, page, "motions alone", kept(t, "motions.zip"), verify.Options{})
	if at := slices.IndexFunc(counted, func(f finding) bool { return f.Number == 12 }); counted[at].State != "passed" || counted[at].Detail != "1 个事项，8 张票" {
		t.Errorf("ballots on motions are counted again: %+v", counted[at])
	}
	counted, _ = ask(t, page, kept(t, "grades.zip"), verify.Options{})
	agrees(t, page, "a scale", kept(t, "grades.zip"), verify.Options{})
	if at := slices.IndexFunc(counted, func(f finding) bool { return f.Number == 12 }); counted[at].State != "passed" {
		t.Errorf("ballots on a scale are counted again: %+v", counted[at])
	}
	if failed := agrees(t, page, "three cards", kept(t, "held.zip"), verify.Options{}); failed != nil {
		t.Errorf("a record with three cards: the page fails %v", failed)
	}
	for name, options := range map[string]verify.Options{"receipt": {Receipt: kept(t, "receipt.txt")}, "nothing": {Record: kept(t, "nothing.txt")},
		"promise": {Record: kept(t, "promise.txt")}, "bound": {Record: kept(t, "bound.txt")}, "loose": {Record: kept(t, "loose.txt")}, "both": {Receipt: kept(t, "receipt.txt"), Record: kept(t, "opened.txt")}} {
		if failed := agrees(t, page, name+" alone", nil, options); failed != nil {
			t.Errorf("%s alone: the page fails %v", name, failed)
		}
	}
}

// unpacked gives the files of a zip, and their names in order.
func unpacked(t *testing.T, packed []byte) ([]string, map[string][]byte) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, file := range archive.File {
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[file.Name], err = io.ReadAll(content); err != nil {
			t.Fatal(err)
		}
	}
	return slices.Sorted(maps.Keys(files)), files
}

// packed stores files with a manifest that was put right, as somebody would who tampers with care.
func packed(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var manifest map[string]any
	if err := json.Unmarshal(files["manifest.json"], &manifest); err != nil {
		t.Fatal(err)
	}
	var list []map[string]any
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name != "manifest.json" {
			list = append(list, map[string]any{"name": name, "size": len(files[name]), "sha256": ledger.Sum(files[name]).String()})
		}
	}
	manifest["files"] = list
	text, err := ledger.Canonical(manifest)
	if err != nil {
		t.Fatal(err)
	}
	files["manifest.json"] = text
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		size := uint64(len(files[name]))
		file, err := archive.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(files[name]), CompressedSize64: size, UncompressedSize64: size})
		if err == nil {
			_, err = file.Write(files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestThePageFindsEveryTamperingThatTheCommandFinds(t *testing.T) {
	page := checkerPage(t)
	for _, c := range []struct {
		name, file, old, fresh string
		first                  int
	}{
		{"another title", "announced.json", "样例会议", "别的会议", 5},
		{"another majority in the rules", "rules.json", `"den":4`, `"den":3`, 5},
		{"a larger area", "roster.jsonl", `"area_cm2":1010`, `"area_cm2":1011`, 5},
		{"a ballot of another channel", "leaves.jsonl", `"channel":"online"`, `"channel":"onsite"`, 3},
		{"a leaf with a member more", "leaves.jsonl", `"revision":1`, `"remark":"","revision":1`, 2},
		{"a leaf that is too early", "leaves.jsonl", "2026-05-01T00:00:03", "2026-05-01T00:00:01", 2},
		{"a log of another meeting", "leaves.jsonl", `"m":"01890000`, `"m":"01890001`, 2},
		{"a checkpoint of another size", "checkpoints/10.txt", "\n10\n", "\n9\n", 3},
		{"a larger figure", "result.json", `"void":{"area_cm2":0,"heads":0}`, `"void":{"area_cm2":1,"heads":1}`, 12},
		{"another outcome", "result.json", `"outcome":"passed"`, `"outcome":"rejected"`, 18},
		{"a larger part in a step", "result.json", `"margin":`, `"margin":1`, 18},
		{"another channel in the register", "voted.jsonl", "paper", "online", 15},
		{"another home", "places.jsonl", `"place":"1/1/0"`, `"place":"1/1/1"`, 20},
		{"another choice", "book.jsonl", `"mark":"yes"`, `"mark":"no"`, 11},
		{"a ballot of another head", "book.jsonl", `"slot":3}`, `"slot":9}`, 11},
		{"a delivery that was made up", "book.jsonl", `"delivery":"refused"`, `"delivery":"delivered"`, 11},
		{"a copy that names another leaf", "manifest.json", `"copy":12`, `"copy":11`, 1},
	} {
		_, files := unpacked(t, kept(t, "tellers.zip"))
		altered := bytes.Replace(files[c.file], []byte(c.old), []byte(c.fresh), 1)
		if bytes.Equal(altered, files[c.file]) {
			t.Fatalf("%s: %s does not hold %q", c.name, c.file, c.old)
		}
		files[c.file] = altered
		if failed := agrees(t, page, c.name, packed(t, files), verify.Options{}); len(failed) == 0 || failed[0] != c.first {
			t.Errorf("%s: found by %v, want %d first", c.name, failed, c.first)
		}
	}
	record := kept(t, "tellers.zip")
	names, files := unpacked(t, record)
	for _, name := range names { // one byte of each file, with the manifest left as it was
		at := bytes.Index(record, files[name]) + len(files[name])/2
		altered := slices.Clone(record)
		altered[at] ^= 1
		if name == "manifest.json" {
			continue
		}
		found, why := ask(t, page, altered, verify.Options{}) // what follows from a file that is none any more may differ
		if len(found) == 0 || found[0].Number != 1 || found[0].State != string(verify.Failed) {
			t.Errorf("a byte of %s: %v %s", name, found, why)
		}
	}
	for name, options := range map[string]verify.Options{
		"a false record":                   {Record: kept(t, "false.txt")},
		"a ballot of another home":         {Record: kept(t, "foreign.txt")},
		"a receipt that it does not list":  {Record: kept(t, "nothing.txt"), Receipt: kept(t, "receipt.txt")},
		"an altered record":                {Record: bytes.Replace(kept(t, "nothing.txt"), []byte("样例小区"), []byte("别的小区"), 1)},
		"an altered receipt":               {Receipt: bytes.Replace(kept(t, "receipt.txt"), []byte("leaf 4"), []byte("leaf 3"), 1)},
		"a receipt whose proof is altered": {Receipt: bytes.Replace(kept(t, "receipt.txt"), []byte("\r\n6\r\n"), []byte("\r\n5\r\n"), 1)},
	} {
		if failed := agrees(t, page, name, record, options); len(failed) != 1 || failed[0] != 14 && failed[0] != 25 {
			t.Errorf("%s: found by %v", name, failed)
		}
	}
	for name, data := range map[string][]byte{"a text": []byte("核对文件"), "half a zip": record[:len(record)/2]} {
		if _, why := ask(t, page, data, verify.Options{}); why == "" {
			t.Errorf("%s is taken for a bundle", name)
		}
	}
}

// deflated packs files as any other program would, compressed.
func deflated(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file, err := archive.Create(name)
		if err == nil {
			_, err = file.Write(files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A messenger or a person packs a record anew; the files in it are the same.
func TestThePageReadsARecordThatWasPackedAnew(t *testing.T) {
	page := checkerPage(t)
	for _, tier := range []string{"public", "tellers"} {
		_, files := unpacked(t, kept(t, tier+".zip"))
		if failed := agrees(t, page, tier+" packed anew", deflated(t, files), verify.Options{Receipt: kept(t, "receipt.txt")}); failed != nil {
			t.Errorf("%s packed anew: the page fails %v", tier, failed)
		}
		files["result.json"] = bytes.Replace(files["result.json"], []byte("passed"), []byte("Passed"), 1)
		if failed := agrees(t, page, tier+" altered", deflated(t, files), verify.Options{}); len(failed) == 0 || failed[0] != 1 {
			t.Errorf("%s altered and packed anew: the page fails %v", tier, failed)
		}
	}
	names, files := unpacked(t, kept(t, "public.zip"))
	whole := deflated(t, files)
	cut := slices.Clone(whole)
	at := bytes.Index(cut, []byte(names[len(names)-1])) + len(names[len(names)-1])
	cut[at+9] ^= 0xff // within the compressed bytes
	longer := slices.Clone(whole)
	end := bytes.LastIndex(longer, []byte("PK\x01\x02"))
	longer[end+24]++ // the size that the directory tells of the last file
	for name, data := range map[string][]byte{"broken": cut, "of another size": longer} {
		if found, why := ask(t, page, data, verify.Options{}); why == "" && (len(found) == 0 || found[0].State != string(verify.Failed)) {
			t.Errorf("%s: taken for a good one", name)
		}
	}
	page.MustEval(`() => { delete window.DecompressionStream; }`)
	if _, why := ask(t, page, whole, verify.Options{}); !strings.Contains(why, "请用原来下载的那个文件") {
		t.Errorf("a browser that cannot unpack says %q", why)
	}
	if failed := agrees(t, page, "an old browser", kept(t, "public.zip"), verify.Options{}); failed != nil {
		t.Errorf("an old browser, the file as it was downloaded: %v", failed)
	}
}

// The page reads files that somebody chose, shows a list, and asks no network, whatever it is made to try.
func TestThePageShowsAListAndReachesNoNetwork(t *testing.T) {
	page := checkerPage(t)
	var reached atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	t.Cleanup(server.Close)
	refused := page.MustEval(fmt.Sprintf(`() => fetch(%q).then(() => 'reached', () => 'refused')`, server.URL)).Str()
	page.MustEval(fmt.Sprintf(`() => { const i = new Image(); i.src = %q; document.body.appendChild(i); }`, server.URL))
	if refused != "refused" || reached.Load() != 0 {
		t.Errorf("the page reaches the network: %s, %d requests", refused, reached.Load())
	}
	choose := func(name string) {
		path, err := filepath.Abs("../voting/verify/testdata/kept/" + name)
		if err != nil {
			t.Fatal(err)
		}
		page.MustElement("#bundle").MustSetFiles(path)
		page.MustElement("button").MustClick()
	}
	choose("public.zip")
	page.MustElementR("#answer b", "查到的 9 项全部通过")
	choose("held.zip")
	page.MustElementR("#answer b", "查到的 10 项全部通过")
	choose("public.zip")
	page.MustElementR("#answer b", "查到的 9 项全部通过")
	for _, width := range []int{390, 1280} {
		page.MustSetViewport(width, 900, 1, width == 390)
		if wide := page.MustEval(`() => document.documentElement.scrollWidth`).Int(); wide > width {
			t.Errorf("the page is %d wide on a screen of %d", wide, width)
		}
	}
	page.MustElement("#printed").MustInput("0000 0000 0000 0000")
	page.MustElement("button").MustClick()
	page.MustElementR("#answer b", "不符：第 17 项")
	choose("receipt.txt")
	page.MustElementR("#answer b", "不是核对文件")
}
