package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"gongjue/cli/bench"
	"gongjue/e2e/pgtest"
	"gongjue/models"
)

// tiny makes a benchmark that says nothing about speed and everything about whether it runs.
var tiny = []string{"bench", "tally", "--ballots", "1000", "--rows", "500", "--voters", "30", "--rounds", "3"}

func TestTheBenchmarkOfTheTallyCountsLikeSQL(t *testing.T) {
	url := pgtest.URL(t)
	t.Setenv("TMPDIR", t.TempDir())
	code, out, errText := call(t, nil, "", append(tiny, "--json", "--postgres", url)...)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errText)
	}
	var report bench.TallyReport
	decodeReport(t, out, &report)
	if report.Bench != "tally" || report.Machine.Cores < 1 || !strings.HasPrefix(report.Machine.Go, "go") || report.Rounds != 3 {
		t.Errorf("%+v", report)
	}
	var sizes []int
	for _, m := range report.Memory {
		sizes = append(sizes, m.Ballots)
		if m.Ratio.Min > m.Ratio.Median || m.Ratio.Median > m.Ratio.Max || m.CountMS.Min <= 0 || m.Meetings != 1 || m.Bytes != 8*m.Ballots {
			t.Errorf("%+v", m)
		}
	}
	if !slices.Equal(sizes, []int{10, 100, 1000}) {
		t.Errorf("sizes %v", sizes)
	}
	for i, engine := range []string{"sqlite", "postgres"} {
		if s := report.SQL[i]; s.Database != engine || s.Ballots != 500 || !s.Same {
			t.Errorf("%+v", s)
		}
		checkCountedMeeting(t, report.Meetings[i], engine)
	}
	leftNothing(t, url)
}

// decodeReport reads a report that has no other fields than it declares.
func decodeReport(t *testing.T, text string, into any) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		t.Fatal(err)
	}
}

func checkCountedMeeting(t *testing.T, m bench.MeetingCount, engine string) {
	t.Helper()
	if m.Database != engine || m.Voters != 30 || m.Ballots != 27 || m.Matters != 5 || !m.SameSQL || m.TallyMS <= 0 || m.SQLMS <= 0 {
		t.Errorf("%+v", m)
	}
	for _, step := range models.CountSteps {
		if _, timed := m.Close.StepsMS[step]; !timed {
			t.Errorf("%s: the count after the close has no step %s", engine, step)
		}
	}
	if _, sealed := m.Final.StepsMS[models.StepUnseal]; sealed || len(m.Final.StepsMS) != 3 {
		t.Errorf("%s: the final count took the steps %v", engine, m.Final.StepsMS)
	}
}

// leftNothing looks for what the benchmark may have forgotten: files, and schemas in the database that it was lent.
func leftNothing(t *testing.T, url string) {
	t.Helper()
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "*")); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }() // nothing was written
	var n int
	if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'gongjue%'").Scan(&n); err != nil || n != 0 {
		t.Errorf("%d schemas left, %v", n, err)
	}
}

func TestTheBenchmarkOfTheTallyReadsAsSentences(t *testing.T) {
	code, out, errText := call(t, nil, "", tiny...)
	for _, part := range []string{"内存中重算", "1000 张表决票、5 个事项", "sqlite，500 张", "sqlite，30 名投票权人，27 张表决票", "结果一致"} {
		if code != 0 || !strings.Contains(out, part) {
			t.Errorf("exit %d, %q is missing from\n%s%s", code, part, out, errText)
		}
	}
	if strings.Contains(out, "不一致") {
		t.Errorf("SQL disagrees:\n%s", out)
	}
}

func TestTheBenchmarkRefuses(t *testing.T) {
	for _, test := range []struct {
		name string
		args []string
		says string
	}{
		{"too few ballots", []string{"bench", "tally", "--ballots", "99"}, "at least 100 ballots"},
		{"no round", []string{"bench", "tally", "--rounds", "0"}, "at least"},
		{"an address of something else", append(tiny[:len(tiny):len(tiny)], "--postgres", "mysql://db.example/x"), "not an address such as"},
		{"a ledger of nine leaves", []string{"bench", "ledger", "--leaves", "9"}, "at least 10 leaves"},
		{"an unknown benchmark", []string{"bench", "sleep"}, "unknown command"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if code, out, errText := call(t, nil, "", test.args...); code != 1 || out != "" || !strings.Contains(errText, test.says) {
				t.Errorf("exit %d, %q, %q", code, out, errText)
			}
		})
	}
}

// Every case runs once, for a moment; the server is this test's own program.
func TestTheBenchmarkOfCastingStoresWhatItAcknowledges(t *testing.T) {
	url := pgtest.URL(t)
	t.Setenv("TMPDIR", t.TempDir())
	report, err := bench.Cast(t.Context(), bench.CastOptions{Postgres: url, Pgbench: findPgbench(), Program: os.Args[0],
		Environ: []string{commandVariable + "=serve"}, NaiveEnviron: []string{commandVariable + "=bench naive"}, Voters: 2500, Meetings: 30,
		Rounds: 1, Warm: time.Millisecond, Measured: 20 * time.Millisecond, Progress: func(string) {}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range report.Cases {
		if !c.Same || c.PerSecond.Median <= 0 || c.P99MS.Median < c.P50MS.Median || (c.Name != "p64" && c.ServerUS.Median <= 0) {
			t.Errorf("%+v", c)
		}
	}
}
