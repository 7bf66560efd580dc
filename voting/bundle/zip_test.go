package bundle

import (
	"bytes"
	"encoding/hex"
	"os"
	"regexp"
	"testing"
)

func TestTheZipHasExactlyTheBytesOfItsDescription(t *testing.T) {
	page, err := os.ReadFile("../../docs/ledger-format.md")
	if err != nil {
		t.Fatal(err)
	}
	vector := regexp.MustCompile("(?s)```vector zip\nname = (.*?)\ntext = 核对\\\\n\nhex = ([0-9a-f]+)\n```").FindSubmatch(page)
	if vector == nil {
		t.Fatal("the description has no such vector")
	}
	var packed bytes.Buffer
	if err := writeZip(&packed, []part{{string(vector[1]), []byte("核对\n")}}); err != nil {
		t.Fatal(err)
	}
	if got := hex.EncodeToString(packed.Bytes()); got != string(vector[2]) {
		t.Errorf("got %s", got)
	}
}
