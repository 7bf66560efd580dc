package e2e

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gongjue/cli"
)

// verify downloads the record in every tier and checks it offline, as anyone would; then with one byte of each file
// flipped.
func (m *mainJob) verify() {
	m.t.Helper()
	public := m.person().do("GET", "/m/"+m.meeting+"/bundle.zip", nil, nil, done)
	if page := m.person().do("GET", "/m/"+m.meeting+"/result", nil, nil, done); !strings.Contains(page, "/m/"+m.meeting+"/bundle.zip") {
		m.t.Error("the result does not offer its record")
	}
	m.person().refused("POST", m.at("bundle"), map[string]string{"tier": "tellers"}, 401, "sign_in")
	m.convener.refused("POST", m.at("bundle"), map[string]string{"tier": "tellers"}, 403, "forbidden")
	owners := m.convener.do("POST", m.at("bundle"), map[string]string{"tier": "owners"}, nil, done)
	tellers := m.street.do("POST", m.at("bundle"), map[string]string{"tier": "tellers"}, nil, done)
	absent := map[string][]int{public: {9, 11, 12, 13, 15, 20}, owners: {9, 11, 12, 13}, tellers: nil}
	for record, lacks := range absent {
		answer := m.checked(0, record, "--receipt", m.kept("receipt.txt", m.receipt))
		if answer.Ballots != int64(len(m.cast)) {
			m.t.Errorf("%d ballots count, %d were cast", answer.Ballots, len(m.cast))
		}
		if got := answer.numbers("absent"); !slices.Equal(got, lacks) {
			m.t.Errorf("checks %v are not in the record, want %v", got, lacks)
		}
	}
	m.checked(5, public, "--receipt", m.kept("receipt.txt", strings.Replace(m.receipt, "\r\nleaf ", "\r\nleaf 9", 1)))
	m.checked(3, public, "--quorum", "1")
	m.checked(1, public[:len(public)/2])
	m.saysNothingOfPeople(public, owners)
	m.flipped(tellers)
}

// checkedJSON is what the test reads of a report.
type checkedJSON struct {
	Ballots int64 `json:"ballots"`
	Checks  []struct {
		Number int    `json:"number"`
		State  string `json:"state"`
		Detail struct {
			EN string `json:"en"`
		} `json:"detail"`
	} `json:"checks"`
}

func (c checkedJSON) numbers(state string) []int {
	var numbers []int
	for _, check := range c.Checks {
		if check.State == state {
			numbers = append(numbers, check.Number)
		}
	}
	return numbers
}

// kept writes a file that the command line reads.
func (m *mainJob) kept(name, content string) string {
	m.t.Helper()
	path := filepath.Join(m.t.TempDir(), name)
	m.must(os.WriteFile(path, []byte(content), 0o600))
	return path
}

// checked runs gongjue verify and expects its exit code.
func (m *mainJob) checked(code int, record string, flags ...string) checkedJSON {
	m.t.Helper()
	var out, failed bytes.Buffer
	got := cli.Main(append([]string{"verify", "--json", m.kept("record.zip", record)}, flags...), strings.NewReader(""), &out, &failed)
	if got != code {
		m.t.Errorf("verify %v: exit %d, want %d: %s %s", flags, got, code, out.String(), failed.String())
	}
	var answer checkedJSON
	m.must(json.Unmarshal(out.Bytes(), &answer))
	return answer
}

// saysNothingOfPeople: no name in either record, no place in the public one.
func (m *mainJob) saysNothingOfPeople(public, owners string) {
	m.t.Helper()
	for _, sheet := range m.sheets {
		for _, name := range sheet.Names {
			if strings.Contains(public, name) || strings.Contains(owners, name) {
				m.t.Fatal("a record holds a name")
			}
		}
		for _, unit := range sheet.Units {
			if strings.Contains(public, unit.Place) {
				m.t.Fatal("the public record holds a place")
			}
			if !strings.Contains(owners, unit.Place) {
				m.t.Fatal("the owners' record lacks a place")
			}
		}
	}
}

// flipped alters one byte in the middle of each file in turn: the manifest finds it.
func (m *mainJob) flipped(record string) {
	m.t.Helper()
	archive, err := zip.NewReader(strings.NewReader(record), int64(len(record)))
	m.must(err)
	for _, file := range archive.File {
		if file.Name == "manifest.json" {
			continue
		}
		from, err := file.DataOffset()
		m.must(err)
		altered := []byte(record)
		altered[from+int64(file.UncompressedSize64/2)] ^= 1
		if found := m.checked(2, string(altered)).numbers("failed"); len(found) == 0 || found[0] != 1 {
			m.t.Errorf("a byte of %s: found by %v", file.Name, found)
		}
	}
	if len(archive.File) < 12 {
		m.t.Errorf("the record has %d files", len(archive.File))
	}
}
