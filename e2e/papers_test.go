package e2e

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"gongjue/cli"
)

// preliminaryJSON is what the test reads of a count on display.
type preliminaryJSON struct {
	Standing string          `json:"standing"`
	NewerURL string          `json:"newer_url"`
	Result   json.RawMessage `json:"result"`
}

func (m *mainJob) preliminary() (count preliminaryJSON) {
	m.t.Helper()
	m.person().do("GET", "/api/v1/public/meetings/"+m.meeting+"/preliminary", nil, &count, done)
	return count
}

// objected raises an objection against a line of the count: what it could change is told at once, nothing is final before
// it is answered, and afterwards the result stands. It gives the count as it is on display.
func (m *mainJob) objected() preliminaryJSON {
	m.t.Helper()
	type effectJSON struct {
		Open        int64   `json:"open"`
		Dismissed   int64   `json:"dismissed"`
		Stands      bool    `json:"stands"`
		CouldChange []int64 `json:"could_change"`
	}
	effect := func() effectJSON {
		var result struct {
			Objections effectJSON `json:"objections"`
		}
		m.person().do("GET", "/api/v1/public/meetings/"+m.meeting+"/result", nil, &result, done)
		return result.Objections
	}
	if before := effect(); before.Open != 0 || !before.Stands {
		m.t.Errorf("without an objection: %+v", before)
	}
	var objection struct {
		ID string `json:"id"`
	}
	m.street.do("POST", m.at("objections"), map[string]string{"unit": "1号楼", "subject": "procedure", "text": "通知没有贴到三号楼。"}, &objection, 201)
	if open := effect(); open.Open != 1 || open.Stands {
		m.t.Errorf("with an objection open: %+v", open)
	}
	m.wait(6 * day)
	m.convener.refused("POST", m.at("publish"), struct{}{}, 409, "objection_open")
	m.convener.do("POST", m.at("objections", objection.ID, "answer"), map[string]string{"outcome": "dismissed", "answer": "当天的照片可以看到。"}, nil, done)
	if answered := effect(); answered.Open != 0 || answered.Dismissed != 1 || !answered.Stands {
		m.t.Errorf("with the objection answered: %+v", answered)
	}
	count := m.preliminary()
	if count.Standing != "displayed" || count.NewerURL != "" {
		m.t.Errorf("the count on display is %s, %s", count.Standing, count.NewerURL)
	}
	return count
}

// stillDisplayed: the final result took the place of the count, whose page keeps every figure.
func (m *mainJob) stillDisplayed(before preliminaryJSON) {
	m.t.Helper()
	after := m.preliminary()
	if after.Standing != "replaced" || after.NewerURL != "/m/"+m.meeting+"/result" || !bytes.Equal(before.Result, after.Result) {
		m.t.Errorf("the displayed count is %s, %s", after.Standing, after.NewerURL)
	}
	if page := m.person().do("GET", "/m/"+m.meeting+"/preliminary", nil, nil, done); !strings.Contains(page, "已由正式结果替代") {
		m.t.Error("the displayed count does not say what took its place")
	}
}

// certificateHolds checks the certificate's text without the server; one that was altered is none.
func (m *mainJob) certificateHolds() {
	m.t.Helper()
	text := m.person().do("GET", "/certificates/"+m.certificate+"/certificate.txt", nil, nil, done)
	for name, c := range map[string]struct {
		text  string
		holds bool
	}{"as issued": {text, true}, "altered": {strings.Replace(text, "样例花园", "样例家园", 1), false}} {
		var out, failed bytes.Buffer
		code := cli.Main([]string{"verify", "--certificate", m.kept("certificate.txt", c.text)}, strings.NewReader(""), &out, &failed)
		if (code == 0) != c.holds {
			m.t.Errorf("the certificate %s: exit %d: %s %s", name, code, out.String(), failed.String())
		}
	}
}

// signPapers uploads what the place asks for and only people have, as the list says. The draft package with the forms to
// be signed is there before.
func (m *mainJob) signPapers() {
	m.t.Helper()
	if draft := m.convener.do("GET", m.at("package"), nil, nil, done); len(draft) < 4 || draft[:2] != "PK" {
		m.t.Error("there are no forms to sign")
	}
	type paperJSON struct {
		Document string `json:"document"`
		Must     bool   `json:"must"`
		Standing string `json:"standing"`
	}
	var asked struct {
		Papers []paperJSON `json:"papers"`
	}
	m.convener.do("GET", m.at("filing-papers"), nil, &asked, done)
	scan := filepath.Join(m.t.TempDir(), "scan.pdf")
	m.must(os.WriteFile(scan, []byte("%PDF-1.4\n%signed\n"), 0o600))
	for _, paper := range asked.Papers {
		if paper.Must && (paper.Standing == "missing" || paper.Standing == "to_sign") {
			m.convener.upload(m.at("filing-papers"), scan, map[string]string{"document": paper.Document}, nil, 201)
		}
	}
}
