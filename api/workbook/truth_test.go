package workbook_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongjue/api/workbook"
	"gongjue/voting/roster"
)

// samples is where the sample rosters of the repository lie.
const samples = "../../testdata/rosters"

type truthIssue struct {
	Row       int             `json:"row"`
	Code      roster.Code     `json:"code"`
	Severity  roster.Severity `json:"severity"`
	AlsoFlags []int           `json:"rows_that_may_be_flagged_too"`
}

func TestEverySampleRosterReachesItsTruth(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(samples, "truth-shared.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truths []map[string]any
	if err := json.Unmarshal(data, &truths); err != nil {
		t.Fatal(err)
	}
	var flagged []struct{ Issues []truthIssue }
	if err := json.Unmarshal(data, &flagged); err != nil {
		t.Fatal(err)
	}
	for i, truth := range truths {
		name := truth["file"].(string)
		t.Run(name, func(t *testing.T) {
			summary := check(t, name)
			delete(truth, "file")
			delete(truth, "how_heads_are_counted")
			delete(truth, "issues")
			got := asMap(t, summary)
			delete(got, "issues")
			delete(got, "area_sources") // the truth does not tell the sources
			if diff := cmp.Diff(truth, got); diff != "" {
				t.Error(diff)
			}
			compareIssues(t, flagged[i].Issues, summary.Issues)
		})
	}
}

func compareIssues(t *testing.T, want []truthIssue, got []roster.Issue) {
	t.Helper()
	found := map[truthIssueKey]bool{}
	for _, issue := range got {
		found[truthIssueKey{issue.Row, issue.Code, issue.Severity}] = true
	}
	allowed := map[truthIssueKey]bool{}
	for _, issue := range want {
		key := truthIssueKey{issue.Row, issue.Code, issue.Severity}
		allowed[key] = true
		if !found[key] {
			t.Errorf("missing: %v", key)
		}
		for _, row := range issue.AlsoFlags {
			allowed[truthIssueKey{row, issue.Code, issue.Severity}] = true
		}
	}
	for _, issue := range got {
		if key := (truthIssueKey{issue.Row, issue.Code, issue.Severity}); !allowed[key] {
			t.Errorf("not in the truth: %+v", issue)
		}
	}
}

type truthIssueKey struct {
	row      int
	code     roster.Code
	severity roster.Severity
}

func check(t testing.TB, name string) roster.Summary {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(samples, name))
	if err != nil {
		t.Fatal(err)
	}
	parsed, issues, err := workbook.Upload.ParseBytes(data, name, roster.Guidance{})
	if err != nil {
		t.Fatal(err)
	}
	return roster.Summarise(parsed, issues)
}

// TestTheHeadsOfTheSampleAreExplained answers the question that every property firm asks: why 867 heads.
func TestTheHeadsOfTheSampleAreExplained(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(samples, "roster-standard.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	parsed, issues, err := workbook.Upload.ParseBytes(data, "roster-standard.xlsx", roster.Guidance{})
	if err != nil {
		t.Fatal(err)
	}
	a := roster.Version{Units: parsed.Units}.Explain()
	want := []string{"名册共有 956 个专有部分，原则上一个专有部分计一人。", "46 位投票权人各有几个专有部分（共 93 个），每位只计一人，少计 47 人。",
		"建设单位未售 43 个、已售未交付 0 个，合计一人，少计 42 人。", "合计投票权 867 人，面积 110016.27 平方米。"}
	if diff := cmp.Diff(want, a.Sentences); diff != "" {
		t.Error(diff)
	}
	rooms, gaps := 0, 0
	for _, building := range roster.Grid(parsed, roster.ReviewIssues(issues, nil)) {
		for _, stair := range building.Stairs {
			rooms += len(stair.Others)
			for _, floor := range stair.Floors {
				for _, cell := range floor.Cells {
					if cell.State == "" {
						gaps++
					} else {
						rooms++
					}
				}
			}
		}
	}
	if rooms != 956 || gaps != 0 {
		t.Errorf("the grid has %d rooms and %d gaps", rooms, gaps)
	}
}

func asMap(t *testing.T, summary roster.Summary) map[string]any {
	t.Helper()
	text, err := json.Marshal(summary)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	return fields
}

func BenchmarkCheckOf956Units(b *testing.B) {
	data, err := os.ReadFile(filepath.Join(samples, "roster-standard.xlsx"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		parsed, issues, err := workbook.Upload.ParseBytes(data, "roster-standard.xlsx", roster.Guidance{})
		if err != nil {
			b.Fatal(err)
		}
		if summary := roster.Summarise(parsed, issues); summary.Units != 956 {
			b.Fatal(summary.Units)
		}
	}
}
