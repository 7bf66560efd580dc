package font

import (
	"os"
	"strings"
	"testing"
)

func TestTheTypefaceKnowsRareNamesAndOwnsUpToWhatItLacks(t *testing.T) {
	if err := Load(); err != nil {
		t.Fatal(err)
	}
	for _, r := range "共决业主大会张王𬍛䶮㛃〓㎡□，。（）《》0Aa" {
		if width, ok := Width(r); !ok || width <= 0 {
			t.Errorf("%c (%U) has no glyph", r, r)
		}
	}
	for _, r := range []rune{'☑', '\U0001F600', 0x323AF, 0xFFFD} {
		if width, ok := Width(r); ok || width != 0 {
			t.Errorf("%U is said to be %d wide", r, width)
		}
	}
	if han, _ := Width('业'); han != UnitsPerEm {
		t.Errorf("a Han character is %d wide, not a full em", han)
	}
}

func TestTheLicenceStandsBesideTheTypeface(t *testing.T) {
	licence, err := os.ReadFile("OFL.txt")
	if err != nil || !strings.Contains(string(licence), "SIL OPEN FONT LICENSE") {
		t.Fatalf("OFL.txt: %v", err)
	}
}
