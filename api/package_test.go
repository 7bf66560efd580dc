package api

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html"
	"io"
	"net/http"
	"path"
	"regexp"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/notify/paper/papertest"
	"gongjue/voting/rules"
	"gongjue/web"
)

// unpacked are the files of a zip by their paths.
func unpacked(t *testing.T, file []byte) map[string][]byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, entry := range archive.File {
		reader, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[entry.Name], err = io.ReadAll(reader); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func hexSum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// named finds the file of a package by the name in its path.
func named(t *testing.T, files map[string][]byte, name string) []byte {
	t.Helper()
	for at, content := range files {
		if strings.Contains(at, "-"+name+".") {
			return content
		}
	}
	t.Fatalf("the package has no %s", name)
	return nil
}

// marks are what a document of XML is not made of.
var marks = regexp.MustCompile(`<[^>]*>`)

// wordsOf is the text of a file of any kind that a package holds, to be searched.
func wordsOf(t *testing.T, at string, content []byte) string {
	t.Helper()
	switch path.Ext(at) {
	case ".pdf":
		pages, err := papertest.Read(content)
		if err != nil {
			return string(content) // somebody's upload
		}
		all := ""
		for _, page := range pages {
			all += page.Text()
		}
		return all
	case ".docx", ".xlsx", ".zip":
		all := ""
		for name, part := range unpacked(t, content) {
			all += name + html.UnescapeString(marks.ReplaceAllString(string(part), "\n"))
		}
		return all
	}
	return string(content)
}

func TestThePackageOfAHandInIsTheSameOnEveryFetch(t *testing.T) {
	w := publishedTown(t)
	convener, street := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	base, address := apiURL(staffMeetingURL(w.own.meeting)), staffMeetingURL(w.own.meeting)
	if sent := convener.upload(address+"/filing/papers", "签过字的记录.pdf", []byte("%PDF-1.4\n%signed\n"), "document", string(rules.MeetingRecord)); sent.status != http.StatusSeeOther {
		t.Fatalf("add: %d", sent.status)
	}
	draft := convener.get(base + "/package")
	if draft.status != http.StatusOK || !strings.Contains(wordsOf(t, "x.pdf", unpacked(t, []byte(draft.body))["00-"+web.FileContents+".pdf"]), "还没有报送") {
		t.Fatalf("the draft: %d", draft.status)
	}
	filed := decode[filingJSON](t, convener.json(http.MethodPost, base+"/filings", `{"note":""}`))
	if filed.Record.PackageSHA256 == "" {
		t.Fatalf("the record names no package: %+v", filed.Record)
	}
	at := w.filingAddress(filed, "package")
	first := street.get(apiURL(at))
	w.wait(aDay / 288) // five minutes
	for name, again := range map[string]page{"again": street.get(apiURL(at)), "on the page": street.get(at + ".zip"), "the convener's": convener.get(apiURL(at)), "the district's": w.signIn(models.RoleDistrict).get(apiURL(at))} {
		if again.status != http.StatusOK || again.body != first.body {
			t.Errorf("%s: %d, other bytes", name, again.status)
		}
	}
	if sum := hexSum([]byte(first.body)); sum != filed.Record.PackageSHA256 || first.header.Get("ETag") != `"`+sum+`"` {
		t.Errorf("the bytes are %s, the record says %s", sum, filed.Record.PackageSHA256)
	}
	if shown := street.get(address + "/filing"); !strings.Contains(shown.body, at+".zip") {
		t.Error("the street is not led to the package")
	}
	trail, err := w.store.Audit(w.ctx(), w.own.ID, w.own.meeting.ID)
	w.must(err)
	copies := map[string]int{}
	for _, entry := range trail {
		copies[entry.Act]++
	}
	if copies["package_made"] != 1 || copies["package_handed_out"] != 5 {
		t.Errorf("the audit tells of %v", copies)
	}
}

func TestAPackageHoldsEverythingUnderItsSum(t *testing.T) {
	w := publishedTown(t)
	convener := w.signIn(models.RoleConvener)
	upload := []byte("%PDF-1.4\n%signed\n")
	convener.upload(staffMeetingURL(w.own.meeting)+"/filing/papers", "签过字的记录.pdf", upload, "document", string(rules.MeetingRecord))
	files := unpacked(t, []byte(convener.get(apiURL(staffMeetingURL(w.own.meeting))+"/package").body))
	listed := 0
	for line := range strings.Lines(string(files[web.FileSums])) {
		sum, at, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if listed++; hexSum(files[at]) != sum {
			t.Errorf("%s has another sum", at)
		}
	}
	if listed != len(files)-1 {
		t.Errorf("%d of %d files have a sum", listed, len(files)-1)
	}
	index := wordsOf(t, "x.pdf", files["00-"+web.FileContents+".pdf"])
	for at, content := range files {
		if strings.HasPrefix(at, "00-") || at == web.FileSums {
			continue
		}
		if !strings.Contains(index, at) || !strings.Contains(index, hexSum(content)) {
			t.Errorf("the index does not name %s with its sum", at)
		}
	}
	for _, name := range []string{web.FileRegistration, web.FileMinutes, web.FileDecision, web.FileResultTables, web.FileRegister, web.FileMeetingPDF, web.FileEarlyPDF,
		web.FileResultPDF, web.FileRosterPDF, web.FileSheetsForm, web.FileAnswers, web.FileBundle} {
		named(t, files, name)
	}
	if got := files["16-"+web.FilePapers+"/02-签过字的记录.pdf"]; !bytes.Equal(got, upload) {
		var paths []string
		for at := range files {
			paths = append(paths, at)
		}
		t.Errorf("what was uploaded is not in it: %v", paths)
	}
}

// TestAPackageTellsNoNameOfAnOwnerAndNoChoiceOfAHome: the list of homes says who voted, and nothing in the whole package how.
func TestAPackageTellsNoNameOfAnOwnerAndNoChoiceOfAHome(t *testing.T) {
	w := publishedTown(t)
	files := unpacked(t, []byte(w.signIn(models.RoleConvener).get(apiURL(staffMeetingURL(w.own.meeting))+"/package").body))
	owner := regexp.MustCompile(`样例[1-6]|99000019700101|1990000\d{4}`)
	for at, content := range files {
		if found := owner.FindString(wordsOf(t, at, content)); found != "" {
			t.Errorf("%s tells %s", at, found)
		}
	}
	tables := unpacked(t, named(t, files, web.FileResultTables))
	homes := html.UnescapeString(marks.ReplaceAllString(string(tables["xl/worksheets/sheet3.xml"]), "\n"))
	if len(strings.Fields(homes)) == 0 {
		t.Fatal("the list of homes is empty")
	}
	shared := []string{}
	for cell := range strings.SplitSeq(string(tables["xl/sharedStrings.xml"]), "<si>") {
		shared = append(shared, html.UnescapeString(marks.ReplaceAllString(cell, "")))
	}
	for _, index := range regexp.MustCompile(`t="s"><v>(\d+)</v>`).FindAllStringSubmatch(string(tables["xl/worksheets/sheet3.xml"]), -1) {
		cell := shared[atoi(t, index[1])+1]
		for _, choice := range []string{"同意", "反对", "弃权", "候选人", "样例物业"} {
			if strings.Contains(cell, choice) {
				t.Errorf("the list of homes holds %q", cell)
			}
		}
	}
}

func TestWhoMayNotHaveAPackage(t *testing.T) {
	w := publishedTown(t)
	convener := w.signIn(models.RoleConvener)
	base := apiURL(staffMeetingURL(w.own.meeting))
	filed := decode[filingJSON](t, convener.json(http.MethodPost, base+"/filings", `{"note":""}`))
	at := apiURL(w.filingAddress(filed, "package"))
	for name, c := range map[string]struct {
		answer page
		code   string
	}{
		"a teller":             {w.signIn(models.RoleTeller).get(at), "forbidden"},
		"the next street":      {w.signInAs("foreign-street").get(at), "not_found"},
		"nobody":               {w.browser().get(at), "sign_in"},
		"the street, no draft": {w.signIn(models.RoleStreet).get(base + "/package"), "forbidden"},
		"no such hand-in":      {convener.get(apiURL(staffCommunityURL(w.own.ID)) + "/filings/nothing/package"), "not_found"},
	} {
		if c.answer.code(t) != c.code {
			t.Errorf("%s: %s", name, c.answer.body)
		}
	}
	early := countedTown(t)
	if answer := early.signIn(models.RoleConvener).get(apiURL(staffMeetingURL(early.own.meeting)) + "/package"); answer.code(t) != "illegal_step" {
		t.Errorf("before the publication: %s", answer.body)
	}
	old, err := w.store.Filing(w.ctx(), w.own.ID, filed.ID)
	w.must(err)
	w.must(w.store.ReturnFiling(w.ctx(), w.own.street, w.own.ID, old.ID, models.FilingReturn{Reasons: []string{"缺委员名单。"}}))
	w.sign(&w.own)
	bare, err := w.store.SubmitFiling(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID, "", nil)
	w.must(err)
	if answer := convener.get(apiURL(staffCommunityURL(w.own.ID) + "/filings/" + bare.ID + "/package")); answer.code(t) != "package_not_kept" {
		t.Errorf("without a package: %s", answer.body)
	}
}
