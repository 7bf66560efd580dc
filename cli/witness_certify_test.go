package cli

import (
	"bytes"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongjue/voting/ledger"
)

// certificateFile is a certificate of a log whose key has the seed, naming the keys of its street.
func certificateFile(t *testing.T, seed byte, keys ...string) string {
	t.Helper()
	key, origin := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize)), ledger.Origin("test.example", "1")
	signer, err := ledger.NewSigner(origin, key)
	if err != nil {
		t.Fatal(err)
	}
	logKey, err := ledger.VerifierKey(origin, key.Public())
	if err != nil {
		t.Fatal(err)
	}
	signed, err := ledger.CertificateFile{Number: "2026-000017", CheckCode: "K7QF-2M9T-XR4D-8HVC-2", Meeting: "1", Record: ledger.Sum(nil).String(), IssuedAt: 1_796_700_000_000,
		Facts: []ledger.Fact{{Name: "业主大会名称", Value: "示例花园业主大会"}}, Checkpoint: ledger.Checkpoint{Origin: origin, Size: 9, Root: ledger.Sum(nil)},
		LogKey: logKey, StreetKeys: keys}.Sign(signer)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "备案证明.txt")
	if err := os.WriteFile(path, signed, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAStreetSignsACertificateWithoutANetworkAndAnybodyChecksIt(t *testing.T) {
	dir := t.TempDir()
	key, state, signed := filepath.Join(dir, "street.key"), filepath.Join(dir, "witness"), filepath.Join(dir, "signed.txt")
	code, out, complaint := call(t, nil, "", "witness", "keygen", "--name", "lianhua.street", "--key", key)
	_, proof, _ := strings.Cut(out, "\n\ngongjue.witness/v1\n")
	w, err := ledger.ReadWitnessProof("gongjue.witness/v1\n" + proof)
	if code != 0 || err != nil {
		t.Fatalf("exit %d, %v, %q", code, err, complaint)
	}
	file := certificateFile(t, 7, w.String())
	certify := []string{"witness", "certify", "--key", key, "--state", state, "--number"}
	for name, c := range map[string]struct {
		args []string
		exit int
	}{
		"another number":       {append(certify, "2026-000018", file), 1},
		"no number":            {append(certify, "", file), 1},
		"a code and no server": {append(certify, "2026-000017", "--code", "K7QF", file), 1},
		"a key of nobody":      {append(certify, "2026-000017", certificateFile(t, 7)), 1},
	} {
		if code, out, _ := call(t, nil, "", c.args...); code != c.exit || out != "" {
			t.Errorf("%s: exit %d, %q", name, code, out)
		}
	}
	code, out, complaint = call(t, nil, "", append(certify, "2026-000017", file)...)
	if code != 0 || !strings.Contains(complaint, "业主大会名称：示例花园业主大会") || !strings.Contains(complaint, "第一次见到") {
		t.Fatalf("sign: exit %d, %q", code, complaint)
	}
	if err := os.WriteFile(signed, []byte(out), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, complaint = call(t, nil, "", append(certify, "2026-000017", certificateFile(t, 8, w.String()))...); code != exitContradiction {
		t.Errorf("a system with another key: exit %d, %q", code, complaint)
	}
	for name, c := range map[string]struct {
		args []string
		exit int
		says string
	}{
		"signed":                   {[]string{"--certificate", signed, "--street-key", w.String()}, 0, "不联网查不到以后有没有变更、撤回或者注销"},
		"in English":               {[]string{"--certificate", signed, "--lang", "en"}, 0, "the street signed the certificate with its own key"},
		"not signed by the street": {[]string{"--certificate", file, "--street-key", w.String()}, 3, "没有这把公钥的签名"},
		"the street's key unknown": {[]string{"--certificate", signed}, 0, "请与会议通知上的指纹比较"},
		"no certificate":           {[]string{"--certificate", key}, 2, "不合格式"},
	} {
		code, out, complaint := call(t, nil, "", append([]string{"verify"}, c.args...)...)
		if code != c.exit || !strings.Contains(out, c.says) {
			t.Errorf("%s: exit %d, %q, %q", name, code, out, complaint)
		}
	}
}
