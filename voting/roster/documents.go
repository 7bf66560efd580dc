package roster

import "strings"

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
	case ForeignerID:
		return checkForeigner(number)
	case CreditCode:
		return checkBody(number)
	case HKMacaoPermit:
		if (number[0] == 'H' || number[0] == 'M') && isDigits(number[1:]) && (len(number) == 9 || len(number) == 11) {
			return ""
		}
		return IDFormat
	case TaiwanPermit:
		// Eight digits today; ten digits and a letter in brackets before 2015.
		if isDigits(number) && len(number) == 8 || len(number) >= 10 && isDigits(number[:8]) {
			return ""
		}
		return IDFormat
	}
	if len(number) < 5 || kind == Passport && !isCode(number) || !isCode(withoutSigns(number)) {
		return IDFormat
	}
	return ""
}

// withoutSigns drops what stands between the parts of other documents' numbers: 军字第001号.
func withoutSigns(number string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x80 || strings.ContainsRune("-/()", r) {
			return -1
		}
		return r
	}, number)
}

func checkResident(number string) Code {
	if len(number) == 15 && isDigits(number) {
		return ""
	}
	if len(number) != 18 || !isDigits(number[:17]) || number[17] != 'X' && !isDigits(number[17:]) || !isDate(number[6:14]) {
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

// checkForeigner knows both forms of the 外国人永久居留身份证: since 2023 18 digits that begin with 9 and are
// built as a resident's; before, three letters and twelve digits, of which only the form is public.
func checkForeigner(number string) Code {
	if len(number) == 15 && isLetters(number[:3]) && isDigits(number[3:]) {
		return ""
	}
	if len(number) != 18 || number[0] != '9' {
		return IDFormat
	}
	return checkResident(number)
}

// isDate tells whether eight digits are a day of the calendar.
func isDate(digits string) bool {
	year, month, day := decimal(digits[:4]), decimal(digits[4:6]), decimal(digits[6:])
	if month < 1 || month > 12 || day < 1 || year < 1850 {
		return false
	}
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		days = 29
	}
	return day <= days
}

func decimal(digits string) int {
	n := 0
	for i := 0; i < len(digits); i++ {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// checkDigit is ISO 7064 MOD 11-2 over the first 17 digits of a resident's ID number (GB 11643).
func checkDigit(digits string) byte {
	sum := 0
	for i := 0; i < 17; i++ {
		sum = (sum + int(digits[i]-'0')) * 2 % 11
	}
	return "0123456789X"[(12-sum)%11]
}

// codeSigns are the signs of a 统一社会信用代码 (GB 32100); the letters I, O, Z, S and V are left out.
const codeSigns = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// inventedRegion begins at the third sign of codes that were made up for examples: no place has it, and
// nobody computed their check character.
const inventedRegion = "99"

func invented(code string) bool { return len(code) == 18 && code[2:4] == inventedRegion }

// checkBody checks the number of an organisation: 统一社会信用代码, the 组织机构代码 inside of it, or the 15
// digits of an old licence.
func checkBody(number string) Code {
	code := strings.Replace(number, "-", "", 1)
	switch {
	case !isCode(code):
		return IDFormat
	case len(code) == 15:
		return ""
	case len(code) == 9:
		if isDigits(code[8:]) || code[8] == 'X' {
			return wrongUnless(code[8] == bodyDigit(code[:8]))
		}
	case invented(code):
		return ""
	case len(code) == 18:
		last, known := creditDigit(code[:17])
		if known && isDigits(code[2:8]) && strings.IndexByte(codeSigns, code[17]) >= 0 {
			return wrongUnless(code[17] == last)
		}
	}
	return IDFormat
}

func wrongUnless(right bool) Code {
	if right {
		return ""
	}
	return IDChecksum
}

// creditDigit is the check character of GB 32100: weights are powers of 3, modulo 31.
func creditDigit(signs string) (digit byte, known bool) {
	sum, weight := 0, 1
	for i := 0; i < len(signs); i++ {
		value := strings.IndexByte(codeSigns, signs[i])
		if value < 0 {
			return 0, false
		}
		sum += value * weight
		weight = weight * 3 % 31
	}
	return codeSigns[(31-sum%31)%31], true
}

// bodyDigit is the check character of a 组织机构代码 (GB 11714).
func bodyDigit(signs string) byte {
	weights := [...]int{3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i := range weights {
		value := int(signs[i] - '0')
		if signs[i] >= 'A' {
			value = int(signs[i]-'A') + 10
		}
		sum += value * weights[i]
	}
	return "0123456789X"[(11-sum%11)%11]
}
