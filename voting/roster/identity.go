package roster

import "strings"

// readID gives an ID number its one spelling: no blanks, upper case, no leading apostrophe.
func readID(cell string) string {
	return strings.ToUpper(strings.TrimPrefix(compact(cell), "'"))
}

// idKindWords are the words by which sheets name a document, tried in order: 居住证 and 外国人永久居留身份证
// contain others.
var idKindWords = []struct {
	word string
	kind IDKind
}{
	{"永久居留", ForeignerID}, {"港澳台居民居住证", ResidentID}, {"身份证", ResidentID}, {"居住证", ResidentID},
	{"护照", Passport}, {"港澳", HKMacaoPermit}, {"台湾", TaiwanPermit}, {"台胞", TaiwanPermit},
	{"信用代码", CreditCode}, {"营业执照", CreditCode}, {"组织机构", CreditCode},
}

// readIDKind takes the kind from the sheet where it is stated, otherwise from the form of the number and
// of the name.
func readIDKind(stated, number, name string) IDKind {
	if stated = compact(stated); stated != "" {
		for _, w := range idKindWords {
			if strings.Contains(stated, w.word) {
				return w.kind
			}
		}
		return OtherDocument
	}
	switch {
	case number == "" && organisation(name):
		return CreditCode
	case number == "":
		return ""
	case organisation(name):
		return CreditCode
	case len(number) == 18 && isDigits(number[:17]), len(number) == 15 && isDigits(number):
		return ResidentID
	case len(number) == 18:
		return CreditCode
	case (number[0] == 'H' || number[0] == 'M') && isDigits(number[1:]) && (len(number) == 9 || len(number) == 11):
		return HKMacaoPermit
	case len(number) == 8 && isDigits(number):
		return TaiwanPermit
	case len(number) >= 7 && len(number) <= 12 && number[0] >= 'A' && number[0] <= 'Z':
		return Passport
	}
	return OtherDocument
}

var organisationWords = []string{"公司", "集团", "中心", "委员会", "居委会", "村委会", "银行", "合作社", "学校", "医院",
	"事务所", "经营部", "研究院", "管理局", "商行", "酒店", "工厂"}

func organisation(name string) bool {
	for _, word := range organisationWords {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// checkID says what is doubtful about a number; empty when nothing is.
func checkID(kind IDKind, number string) Code {
	if number == "" {
		return IDMissing
	}
	if lostDigits(number) {
		return IDLostDigits
	}
	switch kind {
	case ResidentID:
		return checkResident(number)
	case CreditCode:
		// Only the form: the check character of GB 32100 says nothing of the 15-digit licences still in use.
		if len(number) != 18 && len(number) != 15 || !isCode(number) {
			return IDFormat
		}
	default:
		if len(number) < 5 || !isCode(number) {
			return IDFormat
		}
	}
	return ""
}

func checkResident(number string) Code {
	if len(number) == 15 && isDigits(number) {
		return ""
	}
	if len(number) != 18 || !isDigits(number[:17]) || number[17] != 'X' && !isDigits(number[17:]) || !bornOn(number[6:14]) {
		return IDFormat
	}
	if number[17] == checkDigit(number[:17]) {
		return ""
	}
	// A spreadsheet keeps 15 digits of a number and writes zeros for the rest.
	if strings.HasSuffix(number, "000") {
		return IDLostDigits
	}
	return IDChecksum
}

func bornOn(date string) bool {
	month, day := date[4:6], date[6:8]
	return month >= "01" && month <= "12" && day >= "01" && day <= "31"
}

// checkDigit is ISO 7064 MOD 11-2 over the first 17 digits of a resident's ID number (GB 11643).
func checkDigit(digits string) byte {
	sum := 0
	for i := 0; i < 17; i++ {
		sum = (sum + int(digits[i]-'0')) * 2 % 11
	}
	return "0123456789X"[(12-sum)%11]
}

// personKey tells owners apart: by ID number, of which the 15-digit form is lengthened to the one of today.
// Without a number a name is never enough: the phone has to agree too, and without one the place.
func personKey(o Owner, place string) string {
	switch {
	case len(o.IDNumber) == 15 && o.IDKind == ResidentID && isDigits(o.IDNumber):
		digits := o.IDNumber[:6] + "19" + o.IDNumber[6:]
		return "#" + digits + string(checkDigit(digits))
	case o.IDNumber != "":
		return "#" + o.IDNumber
	case o.Phone != "":
		return "@" + o.Phone + "/" + o.Name
	}
	return "=" + place + "/" + o.Name
}

func isCode(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return text != ""
}

var phoneSigns = strings.NewReplacer("-", "", "(", "", ")", "")

// readPhone reads a phone cell. The code is empty or a warning; a number that lost its digits is dropped.
func readPhone(cell string) (string, Code) {
	text := strings.TrimPrefix(compact(withoutHidden(cell)), "'")
	if text == "" {
		return "", ""
	}
	if lostDigits(text) {
		return "", PhoneLostDigits
	}
	text = strings.TrimSuffix(text, ".0")
	digits := phoneSigns.Replace(text)
	mobile := strings.TrimPrefix(strings.TrimPrefix(digits, "+86"), "0086")
	if len(mobile) == 13 {
		mobile = strings.TrimPrefix(mobile, "86")
	}
	switch {
	case len(mobile) == 11 && mobile[0] == '1' && isDigits(mobile):
		return mobile, ""
	case isDigits(digits) && len(digits) >= 7 && len(digits) <= 12:
		return text, "" // a landline: no code can be sent, but a call can be made
	}
	return text, PhoneFormat
}
