package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongjue/voting/verify"
)

func TestOnlyARecountSaysThatTheResultFollows(t *testing.T) {
	for language, words := range verifyLanguages {
		for _, state := range []verify.State{verify.Passed, verify.Absent} {
			var out strings.Builder
			report := verify.Report{Tier: "public", Findings: []verify.Finding{{State: state}}}
			report.Findings[0].Name = "count"
			if err := words.print(&out, report); err != nil {
				t.Fatal(err)
			}
			if claims := strings.Contains(out.String(), words.recounted); claims != (state == verify.Passed) {
				t.Errorf("%s: the count is %s, and the report says\n%s", language, state, out.String())
			}
		}
	}
}

// A voter who holds nothing but the file from the own phone can check what it proves.
func TestAReceiptAndARecordAreCheckedByThemselves(t *testing.T) {
	page, err := os.ReadFile("../docs/ledger-format.md")
	if err != nil {
		t.Fatal(err)
	}
	vector := func(name string) string {
		_, after, found := strings.Cut(string(page), "\n"+name+" = ")
		line, _, _ := strings.Cut(after, "\n")
		if !found {
			t.Fatalf("the page has no %s", name)
		}
		return strings.ReplaceAll(line, `\n`, "\n")
	}
	_, after, _ := strings.Cut(string(page), "```vector receipt\n")
	_, after, _ = strings.Cut(after, "\ntext = ")
	receipt, _, _ := strings.Cut(after, "\n")
	receipt = strings.ReplaceAll(receipt, `\n`, "\r\n")
	for _, c := range []struct {
		name, flag, text string
		exit             int
		says             string
	}{
		{"a receipt", "--receipt", "投票回执\r\n\r\n" + receipt, verify.ExitOK, "✓ 14"},
		{"an altered receipt", "--receipt", strings.Replace(receipt, "online", "onsite", 1), verify.ExitReceipt, "✗ 14"},
		{"a record with a ballot", "--record", vector("ballot"), verify.ExitOK, "✓ 25"},
		{"a record that promises that there was none", "--record", vector("nothing"), verify.ExitOK, "－ 25"},
		{"an altered record", "--record", strings.Replace(vector("nothing"), "301", "302", 1) + "x", verify.ExitReceipt, "✗ 25"},
		{"a record that is none", "--record", "本户投票记录", verify.ExitReceipt, "✗ 25"},
	} {
		path := filepath.Join(t.TempDir(), "file.txt")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, failed strings.Builder
		if exit := Main([]string{"verify", c.flag, path}, strings.NewReader(""), &out, &failed); exit != c.exit || !strings.Contains(out.String(), c.says) {
			t.Errorf("%s: exit %d, want %d\n%s%s", c.name, exit, c.exit, out.String(), failed.String())
		}
	}
	var out, failed strings.Builder
	if exit := Main([]string{"verify"}, strings.NewReader(""), &out, &failed); exit == verify.ExitOK {
		t.Errorf("nothing was given to check: %s", out.String())
	}
}
