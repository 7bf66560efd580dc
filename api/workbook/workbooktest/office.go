package workbooktest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// CSVInUTF8 is LibreOffice's name for text files with commas in UTF-8, whose cells are written as they are shown.
const CSVInUTF8 = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"

// Sent is a file for LibreOffice, with the ending by which it is known.
type Sent struct {
	Ending  string
	Content []byte
}

// Office lets LibreOffice open files and save them anew, in one run of it, and gives what it saved in their order. ending is
// that of the files, format what they become: xlsx or [CSVInUTF8]. Where it is not installed the test is skipped.
func Office(t *testing.T, ending, format string, files ...[]byte) [][]byte {
	t.Helper()
	sent := make([]Sent, len(files))
	for i, file := range files {
		sent[i] = Sent{ending, file}
	}
	return Converted(t, format, sent...)
}

// Converted is Office for files of several kinds.
func Converted(t *testing.T, format string, files ...Sent) [][]byte {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not here to open the files: apt-get install --no-install-recommends libreoffice-calc libreoffice-writer")
	}
	folder := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + folder + "/profile", "--headless", "--convert-to", format, "--outdir", folder + "/out"}
	for i, file := range files {
		if file.Ending == "csv" && i == 0 {
			args = append(args, "--infilter=CSV:44,34,76,1")
		}
		path := filepath.Join(folder, strconv.Itoa(i)+"."+file.Ending)
		if err := os.WriteFile(path, file.Content, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	if out, err := exec.Command(office, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	saved := make([][]byte, len(files))
	became, _, _ := strings.Cut(format, ":")
	for i := range files {
		if saved[i], err = os.ReadFile(filepath.Join(folder, "out", strconv.Itoa(i)+"."+became)); err != nil {
			t.Fatal(err)
		}
	}
	return saved
}
