package roster

import "strings"

// readID gives an ID number its one spelling: no blanks, upper case, no leading apostrophe.
func readID(cell string) string {
	return strings.ToUpper(strings.TrimLeft(compact(cell), "'‘’`"))
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
	switch stated {
	case "居民身份证", "身份证":
		return ResidentID
	case "":
		return kindByForm(number, name)
	}
	stated = compact(stated)
	for _, w := range idKindWords {
		if strings.Contains(stated, w.word) {
			return w.kind
		}
	}
	return OtherDocument
}

func kindByForm(number, name string) IDKind {
	switch {
	case number == "" && organisation(name):
		return CreditCode
	case number == "":
		return ""
	case organisation(name):
		return CreditCode
	case len(number) == 18 && isDigits(number[:17]):
		if number[0] == '9' && number[1] != '9' {
			return ForeignerID
		}
		return ResidentID
	case len(number) == 15 && isDigits(number):
		return ResidentID
	case len(number) == 18:
		return CreditCode
	case len(number) == 15 && isLetters(number[:3]) && isDigits(number[3:]):
		return ForeignerID
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
	"事务所", "经营部", "研究院", "管理局", "商行", "酒店", "工厂", "合伙企业", "个体工商户", "幼儿园", "基金会", "协会"}

func organisation(name string) bool {
	if len(name) <= 9 || isASCII(name) {
		return false // three ideographs are a person's name: 王中心
	}
	for _, word := range organisationWords {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// personKey tells owners apart: by ID number, of which the 15-digit form is lengthened to the one of today.
// Without a number a name is never enough: the phone has to agree too, and without one the place.
func personKey(o Owner, place string) string {
	switch {
	case o.IDNumber != "":
		return "#" + idKey(o)
	case o.Phone != "":
		return "@" + o.Phone + "/" + sameName(o.Name)
	}
	return "=" + place + "/" + sameName(o.Name)
}

// same compares two owners of one place as personKey does.
func (o Owner) same(other Owner) bool {
	if o.IDNumber != "" || other.IDNumber != "" {
		return o.IDNumber != "" && other.IDNumber != "" && idKey(o) == idKey(other)
	}
	return o.Phone == other.Phone && sameName(o.Name) == sameName(other.Name)
}

// idKey is the one spelling of an owner's number.
func idKey(o Owner) string {
	if len(o.IDNumber) == 15 && o.IDKind == ResidentID && isDigits(o.IDNumber) {
		digits := o.IDNumber[:6] + "19" + o.IDNumber[6:]
		return digits + string(checkDigit(digits))
	}
	return o.IDNumber
}

func isLetters(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < 'A' || text[i] > 'Z' {
			return false
		}
	}
	return text != ""
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
	text := cell
	if !isDigits(cell) {
		text = strings.TrimLeft(compact(withoutHidden(cell)), "'‘’`")
	}
	if text == "" {
		return "", ""
	}
	if text = wholeNumber(text); lostDigits(text) {
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

// wholeNumber writes 1.9900000001E+10 out where the mantissa holds every digit; 1.99E+10 has lost some.
func wholeNumber(text string) string {
	mantissa, exponent, found := strings.Cut(strings.ToUpper(text), "E+")
	whole, fraction, dotted := strings.Cut(mantissa, ".")
	if !found || !dotted || len(whole) != 1 || !isDigits(whole+fraction) {
		return text
	}
	if n := chars(exponent); n != len(fraction) {
		return text
	}
	return whole + fraction
}

// chars reads the exponent of a number of at most two digits; -1 where it is none.
func chars(exponent string) int {
	if !isDigits(exponent) || len(exponent) > 2 {
		return -1
	}
	n := 0
	for _, r := range exponent {
		n = n*10 + int(r-'0')
	}
	return n
}
