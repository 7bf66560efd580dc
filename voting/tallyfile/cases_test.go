package tallyfile

import (
	"encoding/json"
	"os"
	"path/filepath"
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
