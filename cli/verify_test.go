package cli

import (
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
