package verify

import (
	"fmt"
	"strings"
	"testing"
)

// sealText is a notice's seal in canonical JSON, with every digit of its hashes alike.
func sealText() string {
	hashOf := func(digit string) string { return strings.Repeat(digit, 64) }
	var cards []string
	for i, role := range holders {
		cards = append(cards, fmt.Sprintf(`{"key":"%s","number":%d,"role":"%s","share":"%s"}`, hashOf(fmt.Sprint(i+1)), i+1, role, hashOf(fmt.Sprint(i+4))))
	}
	return fmt.Sprintf(`{"cards":[%s],"kept":"holders","key":"%s","need":2}`, strings.Join(cards, ","), hashOf("a"))
}

func TestASealInANoticeHasOneForm(t *testing.T) {
	read := func(text string) (seal, error) {
		r := open([]byte(`{"seal":` + text + `}`))
		found := readSeal(r)
		return found, r.close()
	}
	if found, err := read(sealText()); err != nil || found.need != 2 || found.cards != 3 || found.key.String() != strings.Repeat("a", 64) {
		t.Fatalf("%+v, %v", found, err)
	}
	third := sealText()[strings.LastIndex(sealText(), `,{"key"`):strings.Index(sealText(), `],"kept"`)]
	for name, change := range map[string][2]string{
		"kept by somebody else":        {`"kept":"holders"`, `"kept":"server"`},
		"one card is enough":           {`"need":2`, `"need":1`},
		"all three are needed":         {`"need":2`, `"need":3`},
		"two cards only":               {third, ""},
		"four cards":                   {third, third + third},
		"another order":                {`"number":1`, `"number":2`},
		"two cards of one role":        {`"role":"street"`, `"role":"convener"`},
		"a role that holds none":       {`"role":"teller"`, `"role":"operator"`},
		"one key on two cards":         {strings.Repeat("2", 64), strings.Repeat("1", 64)},
		"one share on two cards":       {strings.Repeat("5", 64), strings.Repeat("4", 64)},
		"the ballots' key on a card":   {strings.Repeat("3", 64), strings.Repeat("a", 64)},
		"a key that is too short":      {strings.Repeat("a", 64), strings.Repeat("a", 62)},
		"a member that nobody knows":   {`"need":2`, `"need":2,"private":""`},
		"a card with more than it has": {`"role":"street"`, `"role":"street","secret":""`},
	} {
		text := strings.Replace(sealText(), change[0], change[1], 1)
		if text == sealText() {
			t.Fatalf("%s changes nothing", name)
		}
		if _, err := read(text); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	r := open([]byte(`{}`))
	if found := readSeal(r); found != (seal{}) || r.close() != nil {
		t.Errorf("without a seal: %+v", found)
	}
}
