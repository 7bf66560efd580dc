package api

import (
	"bytes"
	"html"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gongjue/api/workbook/workbooktest"
	"gongjue/models"
)

// atoi reads a number that must be one.
func atoi(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestAnOfficeOpensEveryFormAndTableOfAPackage: one run of LibreOffice prints all of them, and every sentence stands on
// the paper, on numbered pages.
func TestAnOfficeOpensEveryFormAndTableOfAPackage(t *testing.T) {
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("no program reads the printed pages: apt-get install poppler-utils")
	}
	w := publishedTown(t)
	files := unpacked(t, []byte(w.signIn(models.RoleConvener).get(apiURL(staffMeetingURL(w.own.meeting))+"/package").body))
	var names []string
	var sent []workbooktest.Sent
	for at, content := range files {
		if ending := strings.TrimPrefix(path.Ext(at), "."); ending == "docx" || ending == "xlsx" {
			names, sent = append(names, at), append(sent, workbooktest.Sent{Ending: ending, Content: content})
		}
	}
	if len(sent) < 6 {
		t.Fatalf("%d forms and tables", len(sent))
	}
	for i, printed := range workbooktest.Converted(t, "pdf", sent...) {
		pages := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(printed, -1))
		file := filepath.Join(t.TempDir(), "printed.pdf")
		w.must(os.WriteFile(file, printed, 0o600))
		text, err := exec.Command(reader, "-raw", "-enc", "UTF-8", file, "-").Output()
		w.must(err)
		on := closed(string(text))
		if strings.HasSuffix(names[i], ".docx") {
			numbered(t, names[i], pages, regexp.MustCompile(`—\d+—`).FindAllString(on, -1))
			on = regexp.MustCompile(`—\d+—`).ReplaceAllString(on, "")
		} else {
			numbered(t, names[i], pages, regexp.MustCompile(`第\d+页，共\d+页`).FindAllString(on, -1))
		}
		for _, sentence := range printedTexts(t, names[i], sent[i].Content) {
			if !strings.Contains(on, closed(sentence)) {
				t.Errorf("%s: %q is not on the paper", names[i], sentence)
			}
		}
	}
}

// closed is a text without blanks, which printing adds and drops.
func closed(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "　", " ")), "")
}

func numbered(t *testing.T, name string, pages int, found []string) {
	t.Helper()
	if pages == 0 || pages > 12 || len(found) != pages {
		t.Errorf("%s has %d pages, numbered %v", name, pages, found)
	}
}

// printedTexts are the texts of a document by paragraph, of a workbook by cell, as its own XML has them.
func printedTexts(t *testing.T, name string, content []byte) []string {
	t.Helper()
	parts := unpacked(t, content)
	text, end := parts["word/document.xml"], "</w:p>"
	if strings.HasSuffix(name, ".xlsx") {
		text, end = parts["xl/sharedStrings.xml"], "</si>"
	}
	var list []string
	for _, piece := range bytes.Split(text, []byte(end)) {
		if sentence := strings.TrimSpace(html.UnescapeString(marks.ReplaceAllString(string(piece), ""))); sentence != "" {
			list = append(list, sentence)
		}
	}
	if len(list) < 10 {
		t.Errorf("%s holds %d texts", name, len(list))
	}
	return list
}
