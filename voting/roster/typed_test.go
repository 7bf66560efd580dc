package roster

import (
	"strings"
	"testing"
)

func TestAnOwnerIsTypedWholeOrRefused(t *testing.T) {
	const number = "99000019700101001X"
	valid := number[:17] + string(checkDigit(number[:17]))
	for name, c := range map[string]struct {
		name, number, phone string
		code                Code
		want                Owner
	}{
		"whole":                 {"样例甲 ", " " + valid, "199 0000 0001", "", Owner{Name: "样例甲", IDKind: ResidentID, IDNumber: valid, Phone: "19900000001"}},
		"without a phone":       {"样例甲", valid, "", "", Owner{Name: "样例甲", IDKind: ResidentID, IDNumber: valid}},
		"a passport":            {"Jane Sample", "e12345678", "", "", Owner{Name: "Jane Sample", IDKind: Passport, IDNumber: "E12345678"}},
		"nobody":                {" ", valid, "", OwnerMissing, Owner{}},
		"without a number":      {"样例甲", " ", "", IDMissing, Owner{}},
		"a wrong check digit":   {"样例甲", valid[:17] + wrongDigit(valid[17]), "", IDChecksum, Owner{}},
		"a phone that is none":  {"样例甲", valid, "12345", PhoneFormat, Owner{}},
		"a hidden character":    {"样例\u200b甲", valid, "", HiddenCharacter, Owner{}},
		"a text and not a name": {strings.Repeat("样", longestName+1), valid, "", NameTooLong, Owner{}},
	} {
		got, code := ReadOwner(c.name, c.number, c.phone)
		if got != c.want || code != c.code {
			t.Errorf("%s: %+v, %q; want %+v, %q", name, got, code, c.want, c.code)
		}
	}
}

func wrongDigit(right byte) string {
	if right == '0' {
		return "1"
	}
	return "0"
}

func TestAPhoneIsAMobileALandlineOrRefused(t *testing.T) {
	for typed, want := range map[string]struct {
		phone      string
		mobile, ok bool
	}{
		"199-0000-0001": {"19900000001", true, true}, "+86 19900000001": {"19900000001", true, true},
		"0990-1234567": {"0990-1234567", false, true}, "1990000000": {"1990000000", false, true},
		"123": {}, "": {}, "打给我": {},
	} {
		phone, mobile, ok := ReadPhone(typed)
		if phone != want.phone || mobile != want.mobile || ok != want.ok {
			t.Errorf("%q: %q, %v, %v", typed, phone, mobile, ok)
		}
	}
}

func TestAUseIsReadAndNothingStaysNothing(t *testing.T) {
	for typed, want := range map[string]string{"地下车位": UsageParking, "住宅": UsageDwelling, "临街商铺": UsageShop, "办公": "办公", " ": ""} {
		if got := ReadUsage(typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}
