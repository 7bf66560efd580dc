package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"gongjue/cli/bench"
	"gongjue/e2e/pgtest"
)

func benchedRoster(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../testdata/rosters/roster-standard.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheBenchmarkOfTheImportStoresWhatWasChecked(t *testing.T) {
	url, file := pgtest.URL(t), benchedRoster(t)
	t.Setenv("TMPDIR", t.TempDir())
	code, out, errText := call(t, nil, "", "bench", "import", file, "--rounds", "2", "--json", "--postgres", url)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errText)
	}
	var report bench.ImportReport
	decodeReport(t, out, &report)
	if f := report.File; report.Bench != "import" || report.Rounds != 2 || f.Units != 956 || f.Heads != 867 || f.Rows <= f.Units || f.Bytes == 0 || len(f.SHA256) != 64 {
		t.Errorf("%+v", report)
	}
	if len(report.Imports) != 2 || report.Imports[0].Database != "sqlite" || report.Imports[1].Database != "postgres" {
		t.Fatalf("%+v", report.Imports)
	}
	for _, m := range report.Imports {
		for _, s := range []bench.Spread{m.ReadMS, m.LoadMS, m.ParseMS, m.StoreMS, m.Ratio} {
			if s.Min <= 0 || s.Min > s.Median || s.Median > s.Max {
				t.Errorf("%s: %+v", m.Database, m)
			}
		}
	}
	leftNothing(t, url)
}

func TestTheBenchmarkOfTheImportReadsAsSentences(t *testing.T) {
	code, out, errText := call(t, nil, "", "bench", "import", benchedRoster(t), "--rounds", "1")
	for _, part := range []string{"可以计入的专有部分 956 个", "投票权 867 人", "只检查、不保存", "sqlite", "导入是两者之和的"} {
		if code != 0 || !strings.Contains(out, part) {
			t.Errorf("exit %d, %q is missing from\n%s%s", code, part, out, errText)
		}
	}
}

func TestTheBenchmarkOfTheImportRefuses(t *testing.T) {
	for _, test := range []struct {
		name string
		args []string
		says string
	}{
		{"no file", []string{"bench", "import"}, "0 arguments given"},
		{"a file that is not there", []string{"bench", "import", "没有.xlsx"}, "no such file"},
		{"what is no spreadsheet", []string{"bench", "import", "bench_import_test.go"}, "file_kind"},
		{"no round", []string{"bench", "import", "名册.xlsx", "--rounds", "0"}, "at least 1 round"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if code, out, errText := call(t, nil, "", test.args...); code != 1 || out != "" || !strings.Contains(errText, test.says) {
				t.Errorf("exit %d, %q, %q", code, out, errText)
			}
		})
	}
}
