package ledger

import (
	"bytes"
	"errors"
	"maps"
	"reflect"
	"strings"
	"testing"

	"gongjue/voting"
)

// paperVector is a sheet that was read after the close; its bytes were computed by another program.
func paperVector(t *testing.T) vectorLeaf {
	t.Helper()
	return vectorLeaf{
		Header{testMeeting, 3, mustInstant(t, "2026-11-27T09:15:00.500+08:00"), "server"},
		Paper{
			Slot: filled(9), Revision: 1, Choices: filled(10), Evidence: filled(11),
			Serial: SerialHash(testMeeting, Serial{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}),
			First:  "teller-5f0c2a9b71de", Second: "convener-18a4c77e02b3",
		},
		`{"at":"2026-11-27T09:15:00.500+08:00","by":"server","c":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","ev":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b","first":"teller-5f0c2a9b71de","i":3,"m":"01890000-0000-7000-8000-000000000001","revision":1,"scan":"0000000000000000000000000000000000000000000000000000000000000000","second":"convener-18a4c77e02b3","serial":"c8aeb4c6979e9c4bf6bcbccc7737ba8be6a23e43e0d561734e23ac8b8884f761","slot":"0909090909090909090909090909090909090909090909090909090909090909","supersedes":0,"t":"paper","v":1}`,
		"abf2e97ac2385d1c6dc386b1fc26a73aa69183a14596217b116ab07955edb6b0",
	}
}

func TestAPaperLeafHasItsExactBytes(t *testing.T) {
	v := paperVector(t)
	leaf, err := Encode(v.header, v.body)
	if err != nil {
		t.Fatal(err)
	}
	if want := LeafPrefix + v.text + "\n"; string(leaf) != want {
		t.Errorf("\n got %s\nwant %s", leaf, want)
	}
	if got := LeafHash(leaf).String(); got != v.hash {
		t.Errorf("hash %s, want %s", got, v.hash)
	}
	h, b, err := Decode(leaf)
	if err != nil || h != v.header || !reflect.DeepEqual(b, v.body) {
		t.Errorf("read %+v %+v, %v", h, b, err)
	}
}

func TestAnAlteredPaperLeafIsRefused(t *testing.T) {
	v := paperVector(t)
	for name, change := range map[string][2]string{
		"no serial":                      {v.body.(Paper).Serial.String(), Hash{}.String()},
		"one person twice":               {"convener-18a4c77e02b3", "teller-5f0c2a9b71de"},
		"nobody second":                  {`"second":"convener-18a4c77e02b3"`, `"second":""`},
		"a name for a pseudonym":         {"teller-5f0c2a9b71de", "王"},
		"a channel, which it needs not":  {`"c":`, `"channel":"paper","c":`},
		"without a scan's hash":          {`"scan":"` + Hash{}.String() + `",`, ""},
		"a first ballot that supersedes": {`"supersedes":0`, `"supersedes":2`},
		"revision 0":                     {`"revision":1`, `"revision":0`},
		"the type of a ballot":           {`"t":"paper"`, `"t":"ballot"`},
	} {
		text := strings.Replace(v.text, change[0], change[1], 1)
		if text == v.text {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, _, err := Decode([]byte(LeafPrefix + text + "\n")); !errors.Is(err, ErrLeaf) && !errors.Is(err, ErrCanonical) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestASheetsMarksHaveOneSpelling(t *testing.T) {
	text := CanonicalPaper(map[string]PaperMark{
		"m1": {Choice: voting.Choice{Mark: voting.Yes}},
		"m2": {Choice: voting.Choice{Names: []string{"甲", "乙", "甲"}}},
		"m3": {Choice: voting.Choice{Mark: voting.Yes}, Void: VoidUnreadable},
		"m4": {},
	})
	if want := `{"m1":{"mark":"yes"},"m2":{"names":["乙","甲"]},"m3":{"void":"UNREADABLE"},"m4":{}}`; string(text) != want {
		t.Errorf("got %s\nwant %s", text, want)
	}
	choices := map[string]voting.Choice{"m1": {Mark: voting.No}, "m2": {Each: map[string]voting.Mark{"甲": voting.Yes}}}
	marks := map[string]PaperMark{"m1": {Choice: choices["m1"]}, "m2": {Choice: choices["m2"]}}
	if paper, online := CanonicalPaper(marks), CanonicalChoices(choices); !bytes.Equal(paper, online) {
		t.Errorf("the same answers are %s on paper and %s online", paper, online)
	}
}

func TestASheetsHashIsOfItsMeeting(t *testing.T) {
	serial := Serial{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	if got := SerialHash(testMeeting, serial).String(); got != "c8aeb4c6979e9c4bf6bcbccc7737ba8be6a23e43e0d561734e23ac8b8884f761" {
		t.Errorf("hash %s", got)
	}
	if SerialHash("another", serial) == SerialHash(testMeeting, serial) {
		t.Error("two meetings share a sheet")
	}
}

func TestASheetComesApartIntoItsAnswers(t *testing.T) {
	marks := map[string]PaperMark{
		"m1": {Choice: voting.Choice{Mark: voting.Yes}}, "m2": {Void: VoidUnreadable}, "m3": {},
		"m4": {Choice: voting.Choice{Names: []string{"乙", "甲\"}"}}}, "m5": {Choice: voting.Choice{Each: map[string]voting.Mark{"甲": voting.No}}},
	}
	got := map[string]string{}
	err := Answers(string(CanonicalPaper(marks)), func(matter, answer string) error {
		got[matter] = answer
		return nil
	})
	want := map[string]string{"m1": `{"mark":"yes"}`, "m2": `{"void":"UNREADABLE"}`, "m3": `{}`, "m4": `{"names":["乙","甲\"}"]}`, "m5": `{"each":{"甲":"no"}}`}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	nothing := func(string, string) error { return nil }
	if err := Answers("{}", nothing); err != nil {
		t.Errorf("an empty sheet: %v", err)
	}
	for _, text := range []string{"", "[]", "{", `{"m1"}`, `{"m1":`, `{"m1":}`, `{"m1":,}`, `{"m1":"`, `{"m1":{}`, `{"m1":{}"m2":{}}`, `{"m1":]}`, `{"m1":{},}`, `{m1:{}}`, `{}{}`, `{"m1":{}}x`} {
		if err := Answers(text, nothing); !errors.Is(err, ErrCanonical) {
			t.Errorf("%s: %v", text, err)
		}
	}
	seen := ""
	if err := Answers(`{"m1":["},{\\\"",{"a":"]"}]}`, func(_, answer string) error { seen = answer; return nil }); err != nil || seen != `["},{\\\"",{"a":"]"}]` {
		t.Errorf("brackets inside texts: %s, %v", seen, err)
	}
	stop := errors.New("stop")
	if err := Answers(`{"m1":{}}`, func(string, string) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the reader's own error: %v", err)
	}
}
