package cli

import (
	"slices"
	"strings"
	"testing"

	"gongjue/cli/bench"
	"gongjue/e2e/pgtest"
	"gongjue/voting/bundle"
)

var tinyLedger = []string{"bench", "ledger", "--leaves", "100", "--voters", "30", "--rounds", "1"}

func TestTheBenchmarkOfTheLedgerVerifiesWhatItHandsOut(t *testing.T) {
	url := pgtest.URL(t)
	t.Setenv("TMPDIR", t.TempDir())
	code, out, errText := call(t, nil, "", append(tinyLedger, "--json", "--postgres", url)...)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errText)
	}
	var report bench.LedgerReport
	decodeReport(t, out, &report)
	if r := report.Tree; report.Bench != "ledger" || r.Leaves != 100 || r.BallotUS.Min <= 0 || r.ProofUS.Min <= 0 || r.CheckUS.Min <= 0 || r.CheckpointUS.Min <= 0 {
		t.Errorf("%+v", report)
	}
	for i, engine := range []string{"sqlite", "postgres"} {
		if g := report.Groups[i]; g.Database != engine || g.WithMS.Min <= 0 || g.WithoutMS.Min <= 0 {
			t.Errorf("%+v", g)
		}
	}
	var tiers []bundle.Tier
	for _, v := range report.Verified {
		tiers = append(tiers, v.Tier)
		if !v.Passed || v.Ballots != 27 || v.Leaves < 30 || v.Bytes == 0 {
			t.Errorf("%+v", v)
		}
	}
	if !slices.Equal(tiers, bundle.Tiers) {
		t.Errorf("tiers %v", tiers)
	}
	leftNothing(t, url)
}

func TestTheBenchmarkOfTheLedgerReadsAsSentences(t *testing.T) {
	code, out, errText := call(t, nil, "", tinyLedger...)
	for _, part := range []string{"100 条记录的树", "sqlite，每组 128 张票", "完整核对件：", "27 张票", "全部通过"} {
		if code != 0 || !strings.Contains(out, part) {
			t.Errorf("exit %d, %q is missing from\n%s%s", code, part, out, errText)
		}
	}
	if strings.Contains(out, "没有通过") {
		t.Errorf("a record does not verify:\n%s", out)
	}
}
