package cli

import (
	"strings"
	"testing"

	"gongjue/cli/bench"
	"gongjue/e2e/pgtest"
)

func TestTheBenchmarkOfThePackageMakesOneOnBothDatabases(t *testing.T) {
	url := pgtest.URL(t)
	t.Setenv("TMPDIR", t.TempDir())
	code, out, errText := call(t, nil, "", "bench", "package", "--homes", "20", "--rounds", "2", "--json", "--postgres", url)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errText)
	}
	var report bench.PackageReport
	decodeReport(t, out, &report)
	if report.Bench != "package" || report.Rounds != 2 || len(report.Packages) != 2 {
		t.Fatalf("%+v", report)
	}
	for i, engine := range []string{"sqlite", "postgres"} {
		if m := report.Packages[i]; m.Database != engine || m.Homes != 20 || m.Ballots == 0 || m.Files < 12 || m.Bytes < 100_000 || m.BuildMS.Min <= 0 || m.FetchMS.Min <= 0 {
			t.Errorf("%+v", m)
		}
	}
	leftNothing(t, url)
	if code, _, errText := call(t, nil, "", "bench", "package", "--homes", "9"); code == 0 || !strings.Contains(errText, "at least 10 homes") {
		t.Errorf("nine homes: exit %d %s", code, errText)
	}
}
