package api

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting/roster"
)

const inChinese = "楼栋,房号,建筑面积,产权人,联系电话\n1号楼,101,89.50,样例甲,199 0000 1276\n"

func gb18030(t *testing.T, text string) string {
	t.Helper()
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return gb
}

// TestTheEncodingIsSaidAndCanBeChanged puts text files on the desk: the page says how each was read, with lines in
// which no number stands in clear, and offers the other reading.
func TestTheEncodingIsSaidAndCanBeChanged(t *testing.T) {
	w := newTown(t)
	b := w.signIn(models.RoleConvener)
	for name, file := range map[string]struct {
		data   string
		found  workbook.Encoding
		says   string
		others []workbook.Encoding
	}{
		"UTF-8":                        {inChinese, workbook.UTF8, "通用编码 UTF-8", []workbook.Encoding{workbook.GB18030}},
		"UTF-8 with a byte order mark": {"\xef\xbb\xbf" + inChinese, workbook.UTF8BOM, "UTF-8（文件自己注明）", []workbook.Encoding{workbook.GB18030}},
		"GB18030":                      {gb18030(t, inChinese), workbook.GB18030, "国标编码 GB18030", []workbook.Encoding{workbook.UTF8}},
	} {
		t.Run(name, func(t *testing.T) {
			answer := b.upload("/staff/communities/"+w.own.ID+"/rosters/intakes", "名册.csv", []byte(file.data), "parking_area", "no", "parking_heads", "no")
			address := answer.location()
			read := b.onDesk(address)
			if read.Text == nil || read.Text.Encoding != file.found || read.Text.Chosen || read.Units != 1 {
				t.Fatalf("read as %+v, %d units", read.Text, read.Units)
			}
			if !slices.Equal(read.Text.Lines, []string{"楼栋,房号,建筑面积,产权人,联系电话", "1号*,101,89.50,样**,1** **** **76"}) {
				t.Errorf("the lines are %q", read.Text.Lines)
			}
			var others []workbook.Encoding
			for _, other := range read.Text.Others {
				others = append(others, other.Encoding)
				if slices.Equal(other.Lines, read.Text.Lines) {
					t.Errorf("%s reads alike: %q", other.Encoding, other.Lines)
				}
			}
			if !slices.Equal(others, file.others) {
				t.Errorf("offered are %v", others)
			}
			page := b.get(address)
			page.says(t, name, http.StatusOK, file.says, "样**,1** **** **76", "换一种编码")
			page.hides(t, name, "199 0000 1276", "19900001276", "样例甲")
		})
	}
	answer := b.upload("/staff/communities/"+w.own.ID+"/rosters/intakes", "名册.xlsx", read(t, "../testdata/rosters/roster-standard.xlsx"), "parking_area", "no", "parking_heads", "no")
	if workbookRead := b.onDesk(answer.location()); workbookRead.Text != nil {
		t.Errorf("a workbook is said to be %+v", workbookRead.Text)
	}
	if refused := b.post(answer.location()+"/encoding", url.Values{"encoding": {"gb18030"}}); !strings.Contains(refused.body, sentence("encoding_fixed")) {
		t.Errorf("a workbook was read in GB18030: %d", refused.status)
	}
}

// TestAnEncodingThatAPersonChoseHolds reads a file the other way, and back.
func TestAnEncodingThatAPersonChoseHolds(t *testing.T) {
	w := newTown(t)
	b := w.signIn(models.RoleConvener)
	put := func(data string) string {
		return b.upload("/staff/communities/"+w.own.ID+"/rosters/intakes", "名册.csv", []byte(data), "parking_area", "no", "parking_heads", "no").location()
	}
	address := put(inChinese)
	if answer := b.post(address+"/encoding", url.Values{"encoding": {"gb18030"}}); answer.location() != address+"?done=intake_encoding" {
		t.Fatalf("choose: %d %s", answer.status, answer.body)
	}
	read := b.onDesk(address)
	if read.Text.Encoding != workbook.GB18030 || !read.Text.Chosen || read.Units != 0 || read.Revision != 2 {
		t.Errorf("after the choice: %+v, %d units", read.Text, read.Units)
	}
	if !slices.ContainsFunc(read.Errors, func(i intakeIssueJSON) bool { return i.Code == roster.HeaderMissing }) {
		t.Errorf("the header is found in what is no Chinese: %v", read.Errors)
	}
	b.get(address).says(t, "the page", http.StatusOK, "由您选择", "楼栋,房号,建筑面积")
	b.post(address+"/encoding", url.Values{"encoding": {""}})
	if back := b.onDesk(address); back.Text.Chosen || back.Units != 1 {
		t.Errorf("after taking it back: %+v, %d units", back.Text, back.Units)
	}

	address = put(gb18030(t, inChinese))
	b.post(address+"/encoding", url.Values{"encoding": {"utf-8"}}).says(t, "what cannot be read so", http.StatusUnprocessableEntity, sentence("encoding_unfit"))
	b.post(address+"/encoding", url.Values{"encoding": {"big5"}}).says(t, "an encoding of its own", http.StatusUnprocessableEntity, sentence("bad_value"))
	if still := b.onDesk(address); still.Revision != 1 || still.Units != 1 {
		t.Errorf("a refused choice left revision %d, %d units", still.Revision, still.Units)
	}
}
