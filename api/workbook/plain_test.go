package workbook_test

import (
	"errors"
	"strings"
	"testing"

	"gongjue/api/workbook"
)

// TestQuotesAreFollowedBeforeTheSplitting holds the bound of a record to what the splitting makes of the same text: a
// stray quote in a cell must not let the rest of an honest list look like one record.
func TestQuotesAreFollowedBeforeTheSplitting(t *testing.T) {
	limits := workbook.Upload
	limits.Columns = 3
	for name, row := range map[string]string{
		"plain": "甲,乙,丙", "quoted": `"甲","乙","丙"`, "a separator in quotes": `"甲,甲,甲,甲",乙,丙`, "a doubled quote": `"甲"",""甲",乙,丙`,
		"a doubled quote at the end": `"甲""",乙,丙`, "a quote within a cell": `5" 管,乙,丙`, "a quote that closes nothing": `"甲"甲",乙,丙`,
		"a line break in quotes": "\"甲\n甲,甲\",乙,丙", "an empty quoted cell": `"",乙,""`, "line ends of Windows": "\"甲\",乙,\"丙\"\r",
	} {
		text := []byte(strings.Repeat(row+"\n", 50))
		if sheets, err := limits.ReadBytes(text, "a.csv"); err != nil || len(sheets[0].Rows) != 50 || len(sheets[0].Rows[49].Cells) != 3 {
			t.Errorf("%s: %v", name, err)
		}
		var refusal *workbook.Refusal
		wide := []byte(strings.Repeat("丁,"+row+"\n", 50))
		if _, err := limits.ReadBytes(wide, "a.csv"); !errors.As(err, &refusal) || refusal.Code != workbook.FileTooBig {
			t.Errorf("%s with four columns: %v", name, err)
		}
	}
}
