package ledger

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting"
)

func testCard(number int) SealCard {
	card := SealCard{Number: number}
	for i := range card.Secret {
		card.Secret[i] = byte(i)
	}
	return card
}

// The expected texts were computed by another program.
var printedCards = map[int]string{
	1: "DSRF-8R03-041B-061W-0506-R3GF-G289-A1C5-60TS-3GFE",
	2: "NSRT-8R03-041B-061W-0506-R3GF-G289-A1C5-60TS-3GFE",
	3: "XSRA-8R03-041B-061W-0506-R3GF-G289-A1C5-60TS-3GFE",
}

func TestVectorsOfSealCards(t *testing.T) {
	page, err := os.ReadFile("../../docs/ledger-format.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "```vector card\nmeeting = "+testMeeting+"\nnumber = 2\nsecret = 000102030405060708090a0b0c0d0e0f\ntext = "+printedCards[2]+"\n") {
		t.Error("the page has another card")
	}
	for number, text := range printedCards {
		if got := testCard(number).Print(testMeeting); got != text {
			t.Errorf("card %d is printed %s", number, got)
		}
		if got, err := ParseSealCard(testMeeting, text); err != nil || got != testCard(number) {
			t.Errorf("card %d: %v", number, err)
		}
	}
}

func TestACardIsReadAsPeopleTypeIt(t *testing.T) {
	text := printedCards[2]
	for name, typed := range map[string]string{
		"in lower case":       strings.ToLower(text),
		"without dashes":      strings.ReplaceAll(text, "-", ""),
		"a group a line":      strings.ReplaceAll(text, "-", "\r\n"),
		"with letters for 01": strings.NewReplacer("0", "O", "1", "l").Replace(text),
	} {
		if got, err := ParseSealCard(testMeeting, typed); err != nil || got != testCard(2) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAMistypedCardNamesTheGroup(t *testing.T) {
	text := printedCards[1]
	for name, c := range map[string]struct {
		typed string
		group int
	}{
		"nothing":                   {"", 1},
		"two groups":                {"DSRF-8R03", 3},
		"half of the third":         {"DSRF-8R03-04", 3},
		"a wrong symbol in group 4": {strings.Replace(text, "061W", "061X", 1), 4},
		"groups 2 and 3 exchanged":  {strings.Replace(text, "8R03-041B", "041B-8R03", 1), 2},
		"the last symbol missing":   {text[:len(text)-1], 10},
		"a symbol too many":         {text + "0", 10},
		"a sign that is none":       {strings.Replace(text, "A1C5", "A1U5", 1), 8},
		"a Chinese character":       {"卡" + text, 1},
	} {
		if got := WrongCardGroup(c.typed); got != c.group {
			t.Errorf("%s: group %d, want %d", name, got, c.group)
		}
		var refusal *voting.Refusal
		if _, err := ParseSealCard(testMeeting, c.typed); !errors.As(err, &refusal) || refusal.Code != CodeCardMistyped || refusal.Field != "code" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := WrongCardGroup(text); got != 0 {
		t.Errorf("a card that is right is wrong in group %d", got)
	}
}

func TestACardOfAnotherMeetingIsNamed(t *testing.T) {
	var refusal *voting.Refusal
	if _, err := ParseSealCard("another", printedCards[1]); !errors.As(err, &refusal) || refusal.Code != CodeCardForeign {
		t.Errorf("%v", err)
	}
}

func TestPropertyEveryWrongSymbolOfACardIsFoundInItsGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		card := SealCard{Number: rapid.IntRange(1, 3).Draw(t, "number"), Secret: [16]byte(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "secret"))}
		symbols := []byte(strings.ReplaceAll(card.Print(testMeeting), "-", ""))
		if got, err := ParseSealCard(testMeeting, string(symbols)); err != nil || got != card {
			t.Fatalf("%v", err)
		}
		for i, right := range symbols {
			for _, wrong := range []byte(crockford) {
				symbols[i] = wrong
				if got := WrongCardGroup(string(symbols)); (got == 0) != (wrong == right) || (got != 0 && got != i/groupSize+1) {
					t.Fatalf("symbol %d: group %d", i, got)
				}
			}
			symbols[i] = right
		}
	})
}

func TestNoVerbPrintsACard(t *testing.T) {
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		if got := fmt.Sprintf(verb, testCard(1)); got != "[seal card]" {
			t.Errorf("%s prints %q", verb, got)
		}
	}
}
