package vault

import (
	"regexp"
	"testing"
)

func TestAnEntryIsTheSameOnlyInItsRound(t *testing.T) {
	k := testKeys(t)
	entry := []byte(`{"m1":{"mark":"yes"}}`)
	stored := k.EntryMAC("m1", "v1", "r1", entry)
	if !k.SameEntry("m1", "v1", "r1", entry, stored) {
		t.Error("the same entry is told to be another")
	}
	for name, same := range map[string]bool{
		"another entry":   k.SameEntry("m1", "v1", "r1", []byte(`{"m1":{"mark":"no"}}`), stored),
		"another meeting": k.SameEntry("m2", "v1", "r1", entry, stored),
		"another voter":   k.SameEntry("m1", "v2", "r1", entry, stored),
		"another round":   k.SameEntry("m1", "v1", "r2", entry, stored),
		"other keys":      otherKeys(t).SameEntry("m1", "v1", "r1", entry, stored),
		"a ballot's body": k.SameBody("m1", "v1", "r1", entry, stored),
	} {
		if same {
			t.Errorf("%s is taken for the same", name)
		}
	}
}

func TestAPseudonymIsOneAccountInOneMeeting(t *testing.T) {
	k := testKeys(t)
	name := k.Pseudonym("m1", "a1")
	if !regexp.MustCompile(`^staff-[0-9a-f]{12}$`).MatchString(name) || name != k.Pseudonym("m1", "a1") {
		t.Errorf("pseudonym %q, or not the same again", name)
	}
	for other, got := range map[string]string{"account": k.Pseudonym("m1", "a2"), "meeting": k.Pseudonym("m2", "a1")} {
		if got == name {
			t.Errorf("another %s has the same pseudonym", other)
		}
	}
}
