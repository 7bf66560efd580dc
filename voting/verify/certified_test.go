package verify

import (
	"bytes"
	"crypto/ed25519"
	"strconv"
	"strings"
	"testing"

	"gongjue/voting/ledger"
)

// certifiedStates are what becomes of the three checks of a certificate without a bundle.
func certifiedStates(t *testing.T, options Options) string {
	t.Helper()
	report, err := Alone(options)
	if err != nil {
		t.Fatal(err)
	}
	var states []string
	for _, finding := range report.Findings {
		states = append(states, string(finding.State))
	}
	return strings.Join(states, " ")
}

// certifiedAgain reads a certificate with the checker and writes and signs it with the program.
func certifiedAgain(t *testing.T, v map[string]string) []byte {
	t.Helper()
	c, ok := readCertificate(unescaped(v["issued"]))
	if !ok {
		t.Fatal("the certificate cannot be read")
	}
	file := ledger.CertificateFile{Number: c.number, CheckCode: c.code, Meeting: c.meeting, Record: c.record, IssuedAt: 1795255200000, LogKey: c.logKey,
		StreetKeys: c.streetKeys, Checkpoint: ledger.Checkpoint{Size: c.size, Root: ledger.Hash(c.root)}}
	lines := strings.Split(string(unescaped(v["issued"])), "\n")
	for _, line := range lines[4:10] {
		name, value, _ := strings.Cut(line, "：")
		file.Facts = append(file.Facts, ledger.Fact{Name: name, Value: value})
	}
	signer, err := ledger.NewSigner("test.example/m/"+c.meeting, ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	signed, err := file.Sign(signer)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func cosignedAgain(t *testing.T, v map[string]string) []byte {
	t.Helper()
	at, err := strconv.ParseInt(v["at"], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	street, err := ledger.NewCosigner("street.example", ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, ed25519.SeedSize)), at*1000)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := ledger.Cosign(unescaped(v["issued"]), street)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := ledger.OpenCertificate(signed)
	if err != nil || len(opened.Cosignatures) != 1 || opened.Cosignatures[0].At != at*1000 || opened.Number != "2026-000001" {
		t.Fatalf("%+v %v", opened, err)
	}
	return signed
}

func TestACertificateThatWasAlteredOrThatTheStreetDidNotSignIsFound(t *testing.T) {
	v := vectors(t)["certified"]
	signed := string(unescaped(v["signed"]))
	stranger := "other.example" + v["street_key"][len("street.example"):]
	lines := strings.Split(strings.TrimSpace(signed), "\n")
	noLog := strings.Join(append(lines[:len(lines)-2:len(lines)-2], lines[len(lines)-1]), "\n") + "\n"
	for name, c := range map[string]struct {
		options Options
		want    string
		exit    int
	}{
		"as it is":                             {Options{Certificate: []byte(signed)}, "passed passed absent", ExitOK},
		"with the line ends of a form":         {Options{Certificate: []byte(strings.ReplaceAll(signed, "\n", "\r\n") + "\r\n")}, "passed passed absent", ExitOK},
		"another chair":                        {Options{Certificate: []byte(strings.Replace(signed, "第2届", "第3届", 1))}, "failed blocked absent", ExitRecord},
		"another number for people":            {Options{Certificate: []byte(strings.Replace(signed, "备案号：2026-000001", "备案号：2026-000002", 1))}, "failed blocked absent", ExitRecord},
		"without the signature of the log":     {Options{Certificate: []byte(noLog)}, "failed blocked absent", ExitRecord},
		"another log's key is expected":        {Options{Certificate: []byte(signed), LogKey: strings.Replace(v["log_key"], "-000000000001+", "-000000000002+", 1)}, "failed blocked absent", ExitRecord},
		"a wanted key that is none":            {Options{Certificate: []byte(signed), StreetKey: stranger}, "passed failed absent", ExitWitness},
		"not signed by the wanted key":         {Options{Certificate: unescaped(v["issued"]), StreetKey: v["street_key"]}, "passed failed absent", ExitWitness},
		"not signed by the street":             {Options{Certificate: unescaped(v["issued"])}, "passed absent absent", ExitOK},
		"a street's line of another signature": {Options{Certificate: []byte(strings.Replace(signed, "— street.example rf96UQAAAABrAXKo", "— street.example rf96UQAAAABrAXKp", 1))}, "passed failed absent", ExitWitness},
		"no certificate at all":                {Options{Certificate: []byte("备案证明")}, "failed blocked absent", ExitRecord},
	} {
		report, err := Alone(c.options)
		if got := certifiedStates(t, c.options); err != nil || got != c.want || report.Exit() != c.exit {
			t.Errorf("%s: %s, exit %d, %v", name, got, report.Exit(), err)
		}
	}
}
