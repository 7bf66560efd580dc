package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
)

// ErrCertificate says that a certificate file is not in its form or not signed by its log.
var ErrCertificate = errors.New("not a certificate file")

// certified is the first line of a certificate file. The second one is no number, so that nobody can take what is signed
// here for a checkpoint.
const certified = "gongjue.certified/v1"

// Fact is one line of what a certificate says to people: a name, and what is on record.
type Fact struct{ Name, Value string }

// CertificateFile is what a certificate (备案证明) says, as a text that can be checked without this server: signed by the
// meeting's log, and by the street with a key of its own. What became of the certificate later no file can tell.
type CertificateFile struct {
	Facts      []Fact
	Number     string
	CheckCode  string
	Meeting    string
	Record     string     // SHA-256 of the filed record, in hex
	IssuedAt   int64      // Unix ms
	Checkpoint Checkpoint // of the log, with the certify leaf
	LogKey     string     // verifier key of the log
	StreetKeys []string   // whose signature may stand under it; see [Witness]
}

// NumberFact and CodeFact are the names under which people read what programs read below; they must say the same.
const (
	NumberFact = "备案号"
	CodeFact   = "查验码"
)

// Text is what is signed. It fails with ErrCertificate on a value that would make another line.
func (f CertificateFile) Text() (string, error) {
	lines := []string{certified, "业主大会备案证明"}
	for _, fact := range slices.Concat([]Fact{{NumberFact, f.Number}, {CodeFact, f.CheckCode}}, f.Facts) {
		lines = append(lines, fact.Name+"："+fact.Value)
	}
	lines = append(lines, "number "+f.Number, "check_code "+f.CheckCode, "meeting "+f.Meeting, "record "+f.Record, "issued "+Instant(f.IssuedAt),
		"checkpoint "+strconv.FormatInt(f.Checkpoint.Size, 10)+" "+f.Checkpoint.Root.String(), "log_key "+f.LogKey)
	for _, key := range f.StreetKeys {
		lines = append(lines, "street_key "+key)
	}
	for _, line := range lines {
		if line == "" || !utf8.ValidString(line) || strings.ContainsFunc(line, func(c rune) bool { return c < ' ' }) {
			return "", fmt.Errorf("%w: %q", ErrCertificate, line)
		}
	}
	return strings.Join(lines, "\n") + "\n", nil
}

// Sign gives the file with the log's signature.
func (f CertificateFile) Sign(log note.Signer) ([]byte, error) {
	text, err := f.Text()
	if err != nil {
		return nil, err
	}
	signed, err := note.Sign(&note.Note{Text: text}, log)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCertificate, err)
	}
	return signed, nil
}

// SignedCertificate is a certificate file with the signatures of streets that hold.
type SignedCertificate struct {
	Number, CheckCode, LogKey string
	Text                      string // without signatures
	Cosignatures              []Cosignature
}

// OpenCertificate reads a certificate file, also as an editor or a form leaves it, that the log signed whose key it names:
// compare that key with a known one. ErrCertificate otherwise; ErrWitness for a line in the name of a street key of the
// file that does not hold. Lines of others are ignored by rule.
func OpenCertificate(signed []byte) (SignedCertificate, error) {
	signed = bytes.TrimSpace(bytes.ReplaceAll(signed, []byte("\r\n"), []byte("\n")))
	text, _, found := strings.Cut(string(signed), "\n\n")
	c := SignedCertificate{Text: text + "\n"}
	if !found || !strings.HasPrefix(text, certified+"\n") {
		return c, ErrCertificate
	}
	var witnesses []Witness
	known := []note.Verifier{nil}
	for line := range strings.Lines(c.Text) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch name {
		case "number":
			c.Number = value
		case "check_code":
			c.CheckCode = value
		case "log_key":
			c.LogKey = value
		case "street_key":
			w, err := ParseWitness(value)
			if err != nil {
				return c, fmt.Errorf("%w: %w", ErrCertificate, err)
			}
			witnesses, known = append(witnesses, w), append(known, w)
		}
	}
	log, err := note.NewVerifier(c.LogKey)
	if err != nil {
		return c, fmt.Errorf("%w: %w", ErrCertificate, err)
	}
	known[0] = log
	opened, err := note.Open(append(signed, '\n'), note.VerifierList(known...))
	if err != nil {
		return c, fmt.Errorf("%w: %w", ErrCertificate, err)
	}
	if opened.Text != c.Text || !signedBy(opened, log) {
		return c, fmt.Errorf("%w: not signed by the log", ErrCertificate)
	}
	c.Cosignatures = cosignaturesIn(opened, witnesses)
	return c, nil
}
