package workbook

import (
	"bytes"
	"slices"
	"testing"
)

func TestATableIsReadBackAsText(t *testing.T) {
	table := Table{Name: "投票结果", Header: []string{"楼栋", "房号", "事项一"}, Rows: [][]string{{"=1+1", "0101", ""}, {"+86", "@x", "-1"}},
		Lists: map[int][]string{2: {"同意", "反对"}}, Widths: map[int]float64{0: 12}}
	var file bytes.Buffer
	if err := table.Write(&file); err != nil {
		t.Fatal(err)
	}
	sheets, err := ReadBytes(file.Bytes(), "模板.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if len(sheets) != 1 || sheets[0].Name != "投票结果" || len(sheets[0].Formulas) != 0 || len(sheets[0].Rows) != 3 {
		t.Fatalf("%+v", sheets)
	}
	for i, want := range [][]string{{"楼栋", "房号", "事项一"}, {"=1+1", "0101"}, {"+86", "@x", "-1"}} {
		got := sheets[0].Rows[i].Cells
		for len(got) > len(want) && got[len(got)-1] == "" {
			got = got[:len(got)-1]
		}
		if !slices.Equal(got, want) {
			t.Errorf("row %d is %q", i+1, got)
		}
	}
}
