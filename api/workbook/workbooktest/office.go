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

// Office lets LibreOffice open files and save them anew, in one run of it, and gives what it saved in their order. ending is
// that of the files, format what they become: xlsx or [CSVInUTF8]. Where it is not installed the test is skipped.
func Office(t *testing.T, ending, format string, files ...[]byte) [][]byte {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not here to open the files: apt-get install --no-install-recommends libreoffice-calc")
	}
	folder := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + folder + "/profile", "--headless", "--convert-to", format, "--outdir", folder + "/out"}
	if ending == "csv" {
		args = append(args, "--infilter=CSV:44,34,76,1")
	}
	for i, file := range files {
		path := filepath.Join(folder, strconv.Itoa(i)+"."+ending)
		if err := os.WriteFile(path, file, 0o600); err != nil {
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
