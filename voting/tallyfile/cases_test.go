package tallyfile

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWorkedFiles(t *testing.T) {
	paths, err := filepath.Glob("../testdata/tally/*.json")
	if err != nil || len(paths) != 12 {
		t.Fatalf("%d worked files, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var worked struct {
				Input  json.RawMessage `json:"input"`
				Expect map[string]any  `json:"expect"`
			}
			if err := json.Unmarshal(data, &worked); err != nil {
				t.Fatal(err)
			}
			line, decided := Answer(worked.Input)
			if !decided {
				t.Fatalf("refused: %s", line)
			}
			var got map[string]any
			if err := json.Unmarshal(line, &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(worked.Expect, got); diff != "" {
				t.Errorf("expected (-) and answered (+):\n%s", diff)
			}
		})
	}
}

// FuzzAnswer: whatever comes in, one line of JSON comes out, with an outcome or with a known code.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{motionTotals, pickBallots, eachBallots, poll, scoped, "{}", "[]", "", "{\"pack\":null}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		line, decided := Answer(data)
		var answer struct {
			Outcome string
			Error   *struct {
				Code Code
			}
		}
		if err := json.Unmarshal(line, &answer); err != nil || strings.Contains(string(line), "\n") {
			t.Fatalf("%v in %s", err, line)
		}
		if decided != (answer.Error == nil) || decided != (answer.Outcome != "") {
			t.Fatalf("decided %v, answered %s", decided, line)
		}
		if !decided && messages[answer.Error.Code] == "" {
			t.Fatalf("unknown code in %s", line)
		}
	})
}
