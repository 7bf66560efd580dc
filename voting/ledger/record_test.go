package ledger

import (
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"
)

func TestWordsThatCouldBeReadAsTheRecordAreRefused(t *testing.T) {
	signer, err := NewSigner("test.example/m/"+testMeeting, ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	record := Record{Meeting: testMeeting, Opening: ProvenLeaf{Leaf: []byte(LeafPrefix + vectorLeaves(t)[0].text + "\n")}}
	for words, want := range map[string]error{
		"本户投票记录\n样例小区\n":         nil,
		"":                       nil,
		"如 gongjue.record/v1 一行": nil,
		"本户投票记录\ngongjue.record/v1\n{}\n":             ErrRecord,
		"gongjue.record/v1\n{}":                       ErrRecord,
		"本户投票记录\r\n":                                  ErrRecord,
		"本户\t记录":                                      ErrRecord,
		strings.Repeat("长", 10) + "\x7f" + "\xff\xfe": ErrRecord,
	} {
		text, err := SignRecord(words, record, signer)
		if !errors.Is(err, want) || want == nil && strings.Count("\n"+string(text), "\n"+RecordPrefix) != 1 {
			t.Errorf("%q: %v\n%s", words, err, text)
		}
	}
	record.Opening.Leaf = []byte("{}\n")
	if _, err := SignRecord("", record, signer); !errors.Is(err, ErrLeaf) {
		t.Errorf("a proof of no leaf: %v", err)
	}
	if _, err := (ReceiptProof{}).Lines(); !errors.Is(err, ErrLeaf) {
		t.Errorf("a receipt of no leaf: %v", err)
	}
}
