package roster

import (
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
)

func TestAreaCellsAreReadExactly(t *testing.T) {
	tests := []struct {
		cell string
		area voting.Area
		code Code
	}{
		{"89.5", 895000, ""}, {" 65.46 平方米 ", 654600, ""}, {"６５．３６", 653600, ""}, {"71.16㎡", 711600, ""},
		{"1,234.56", 12345600, ""}, {"120.1234m²", 1201234, ""}, {"89.500000", 895000, ""}, {"0.0001", 1, ""},
		{"89.50001", 0, AreaTooPrecise},
		{"", 0, AreaMissing}, {"㎡", 0, AreaMissing},
		{"0", 0, AreaNotPositive}, {"-71.24", 0, AreaNotPositive}, {"－71.24", 0, AreaNotPositive},
		{"89,5", 0, AreaNotANumber}, {"1,23.4", 0, AreaNotANumber}, {"约九十平", 0, AreaNotANumber}, {"1e309", 0, AreaNotANumber},
		{"1E+02", 0, AreaNotANumber}, {"89.5.1", 0, AreaNotANumber}, {"--5", 0, AreaNotANumber}, {"123456789", 0, AreaNotANumber},
		{".5", 0, AreaNotANumber}, {"89.", 0, AreaNotANumber}, {"八九", 0, AreaNotANumber}, {"+5", 0, AreaNotANumber},
	}
	for _, test := range tests {
		if area, code := readArea(test.cell); area != test.area || code != test.code {
			t.Errorf("%q: %d %q, want %d %q", test.cell, area, code, test.area, test.code)
		}
	}
}

func TestPlacesGetOneSpelling(t *testing.T) {
	tests := []struct{ building, stair, room, want string }{
		{"3号楼", "1单元", "301", "3号楼/1单元/301"}, {"3", "1", "301室", "3号楼/1单元/301"}, {"３＃", "一单元", "３０１", "3号楼/1单元/301"},
		{"", "", "3-1-301", "3号楼/1单元/301"}, {"", "", "3号楼1单元301室", "3号楼/1单元/301"}, {"", "", "3栋-1-301", "3栋/1单元/301"},
		{"甲1栋", "", "1-101", "甲1栋/1单元/101"}, {"甲1栋", "1单元", "1-101", "甲1栋/1单元/101"}, {"甲1栋", "2单元", "1-101", "甲1栋/2单元/1-101"},
		{"4号楼", "", "3-1-301", "4号楼/3-1-301"}, {"地下车库", "", "B1-001", "地下车库/B1-001"}, {"商业楼", "", "s01", "商业楼/S01"},
		{"A座", "1 单元", "1901", "A座/1单元/1901"}, {"5号楼", "", "2单元402", "5号楼/2单元/402"}, {"", "", "12#-1-301", "12号楼/1单元/301"},
		{"", "", "1-2-301", "1号楼/2单元/301"}, {"", "", "1栋2单元301室", "1栋/2单元/301"}, {"", "", "1#2-301", "1号楼/2单元/301"}, {"", "", "1＃楼2单元３０１", "1号楼/2单元/301"},
		{"三号楼", "二单元", "301户", "3号楼/2单元/301"}, {"", "", "十二号楼一单元301", "12号楼/1单元/301"}, {"二十一栋", "", "101", "21栋/101"}, {"", "", "3号楼1单元3层301室", "3号楼/1单元/301"},
		{"", "", "某市某区虚构路12号样例小区3号楼1单元301室", "3号楼/1单元/301"}, {"", "", "样例家园甲1栋1-101", "甲1栋/1单元/101"}, {"", "", "虚构街8号院A座1901", "A座/1901"},
		{"十十栋", "", "101", "十十栋/101"}, {"一二栋", "", "101", "一二栋/101"}, {"", "", "2-301", "2单元/301"},
		{"十二单元", "", "", "十二单元"}, {"1号楼", "十二单元", "1", "1号楼/12单元/1"},
	}
	for _, test := range tests {
		if got := place(readPlace(test.building, test.stair, test.room)); got != test.want {
			t.Errorf("%q %q %q: %q, want %q", test.building, test.stair, test.room, got, test.want)
		}
	}
}

func TestNumbersOfResidentsAreCheckedByISO7064(t *testing.T) {
	tests := []struct {
		number string
		code   Code
	}{
		{idA, ""}, {idB, ""}, {idX, ""}, {"990000197708040019", IDChecksum}, {"99000019630106016Y", IDFormat},
		{"990000197713040018", IDFormat}, {"990000197700040018", IDFormat}, {"99000019770804001", IDFormat}, {"990000770804001", ""},
		{"990000198102290018", IDFormat}, {"990000198002290014", IDChecksum}, {"990000210002290014", IDFormat}, {"990000200002290014", IDChecksum}, {"990000179901010014", IDFormat},
		{"990000197704310018", IDFormat}, {"990000197704300018", IDChecksum},
		{"990000197708040000", IDLostDigits}, {"", IDMissing}, {"9.90000197708E+17", IDLostDigits},
	}
	for _, test := range tests {
		if code := checkID(ResidentID, test.number); code != test.code {
			t.Errorf("%q: %q, want %q", test.number, code, test.code)
		}
	}
	for i := range 17 { // one wrong digit is always found
		wrong := []byte(idA)
		wrong[i] = '0' + (wrong[i]-'0'+1)%10
		if checkDigit(string(wrong[:17])) == idA[17] {
			t.Errorf("a slip in digit %d passes", i+1)
		}
	}
	short := personKey(Owner{IDKind: ResidentID, IDNumber: "990000770804001"}, "")
	if long := personKey(Owner{IDKind: ResidentID, IDNumber: idA}, ""); short != long {
		t.Errorf("the 15-digit form is %q, the 18-digit one %q", short, long)
	}
}

func TestOtherDocumentsAreCheckedByTheirForm(t *testing.T) {
	tests := []struct {
		kind   IDKind
		number string
		code   Code
	}{
		{Passport, "C0X001211", ""}, {Passport, "E1234", ""}, {Passport, "E123", IDFormat}, {Passport, "E-12345", IDFormat},
		{HKMacaoPermit, "H00000211", ""}, {HKMacaoPermit, "M0000021101", ""}, {HKMacaoPermit, "H0000021", IDFormat}, {HKMacaoPermit, "C00000211", IDFormat},
		{TaiwanPermit, "00000001", ""}, {TaiwanPermit, "0000000101", ""}, {TaiwanPermit, "00000001(B)", ""}, {TaiwanPermit, "0000001", IDFormat},
		{ForeignerID, "ABC990099999999", ""}, {ForeignerID, "AB9990099999999", IDFormat}, {ForeignerID, "99000019630106016X", ""},
		{ForeignerID, "990000197708040019", IDChecksum}, {ForeignerID, "190000197708040018", IDFormat},
		{CreditCode, "91140200MA0ABCDE1U", IDChecksum}, {CreditCode, "91140200MA0ABCDEI1", IDFormat}, {CreditCode, "91140200MA0ABCDES1", IDFormat}, {CreditCode, "9114020AMA0ABCDE11", IDFormat},
		{CreditCode, "91990000MA0DEV001X", ""}, {CreditCode, "140200000000001", ""}, {CreditCode, "14020000000000", IDFormat},
		{CreditCode, "12345678-9", IDChecksum}, {CreditCode, "12345678-8", ""}, {CreditCode, "D2143569-X", ""}, {CreditCode, "D2143569A", IDFormat}, {CreditCode, "D21435_9X", IDFormat},
		{OtherDocument, "字第00001号", ""}, {OtherDocument, "12", IDFormat}, {CreditCode, "", IDMissing},
	}
	for _, test := range tests {
		if code := checkID(test.kind, test.number); code != test.code {
			t.Errorf("%s %q: %q, want %q", test.kind, test.number, code, test.code)
		}
	}
	// The example of GB 32100, and every slip of one sign in it.
	const right = "91350100M000100Y43"
	if code := checkID(CreditCode, right); code != "" {
		t.Errorf("the right code is %q", code)
	}
	for i := range right {
		for _, sign := range []byte(codeSigns) {
			if wrong := right[:i] + string(sign) + right[i+1:]; wrong != right && !invented(wrong) && checkID(CreditCode, wrong) == "" {
				t.Errorf("%s passes", wrong)
			}
		}
	}
}

func TestKindsOfDocumentsAreReadOrSeen(t *testing.T) {
	tests := []struct {
		stated, number, name string
		want                 IDKind
	}{
		{"居民身份证", idA, "甲", ResidentID}, {"", idA, "甲", ResidentID}, {"", "990000770804001", "甲", ResidentID},
		{"港澳居民来往内地通行证", "H00000211", "甲", HKMacaoPermit}, {"", "H00000211", "甲", HKMacaoPermit},
		{"台胞证", "00000001", "甲", TaiwanPermit}, {"", "00000001", "甲", TaiwanPermit}, {"护照", "C0X001211", "Müller Hans", Passport},
		{"", "C0X001211", "Müller Hans", Passport}, {"统一社会信用代码", "91990000MA0DEV001X", "某公司", CreditCode},
		{"", "91990000MA0DEV001X", "某某", CreditCode}, {"", "919900000000000000", "大同市虚构商贸有限公司", CreditCode},
		{"", "ABC990099999999", "甲", ForeignerID}, {"", "911124198108030024", "甲", ForeignerID}, {"身份证", idA, "王中心", ResidentID}, {"", idA, "王中心", ResidentID},
		{"外国人永久居留身份证", "ABC990099999999", "甲", ForeignerID}, {"军官证", "字第001号", "甲", OtherDocument}, {"", "", "甲", ""},
	}
	for _, test := range tests {
		if got := readIDKind(test.stated, test.number, test.name); got != test.want {
			t.Errorf("%q %q: %q, want %q", test.stated, test.number, got, test.want)
		}
	}
}

func TestPhonesAreReadAsDigits(t *testing.T) {
	tests := []struct {
		cell, want string
		code       Code
	}{
		{"19900000001", "19900000001", ""}, {"199 0000 0001", "19900000001", ""}, {"199-0000-0001", "19900000001", ""},
		{"+8619900000001", "19900000001", ""}, {"8619900000001", "19900000001", ""}, {"１９９００００００01", "19900000001", ""},
		{"'19900000001", "19900000001", ""}, {"19900000001.0", "19900000001", ""}, {"0352-0000001", "0352-0000001", ""},
		{"1.9900000001E+10", "19900000001", ""}, {"1.9900000001e+10", "19900000001", ""}, {"1.990000000E+10", "", PhoneLostDigits}, {"1.9900000001E+11", "", PhoneLostDigits},
		{"1.39E+10", "", PhoneLostDigits}, {"’19900000001", "19900000001", ""}, {"1.9900000001E+100", "", PhoneLostDigits},
		{"1.99E+10", "", PhoneLostDigits}, {"", "", ""}, {"1990000000", "1990000000", ""}, {"12345", "12345", PhoneFormat}, {"无", "无", PhoneFormat},
	}
	for _, test := range tests {
		if got, code := readPhone(test.cell); got != test.want || code != test.code {
			t.Errorf("%q: %q %q, want %q %q", test.cell, got, code, test.want, test.code)
		}
	}
}

func TestOwnersAreReadFromOneCellOrSeveral(t *testing.T) {
	row := func(name, id, phone, co string) map[Field]string {
		return map[Field]string{FieldName: name, FieldIDNumber: id, FieldPhone: phone, FieldCoOwners: co}
	}
	who := func(name string, kind IDKind, number, phone string) Owner {
		return Owner{Name: name, IDKind: kind, IDNumber: number, Phone: phone}
	}
	a, b, c := who("甲一", ResidentID, idA, "19900000001"), who("乙二", ResidentID, idB, "19900000002"), who("丙三", ResidentID, idC, "")
	noPhone := func(o Owner) Owner { o.Phone = ""; return o }
	tests := []struct {
		name  string
		cells map[Field]string
		want  []Owner
		codes []Code
	}{
		{"the form of the standard spreadsheet", row("甲一", idA, "19900000001", "乙二/"+idB+"/19900000002；丙三/"+idC), []Owner{a, b, c}, nil},
		{"lines and blanks between co-owners", row("甲一", idA, "19900000001", "乙二 "+idB+" 19900000002\n丙三 "+idC), []Owner{a, b, c}, nil},
		{"commas only", row("甲一", idA, "19900000001", "乙二,"+idB+",19900000002,丙三,"+idC), []Owner{a, b, c}, nil},
		{"brackets", row("甲一", idA, "19900000001", "乙二（"+idB+"，19900000002）、丙三("+idC+")"), []Owner{a, b, c}, nil},
		{"several names and numbers in the owner's own cells", row("甲一、乙二", idA+"、"+idB, "19900000001、19900000002", ""), []Owner{a, b}, nil},
		{"lines in the owner's own cells, one phone", row("甲一\n乙二", idA+"\n"+idB, "19900000001", ""), []Owner{a, noPhone(b)}, nil},
		{"blanks between names where the numbers are two", row("甲一 乙二", idA+" "+idB, "", ""), []Owner{noPhone(a), noPhone(b)}, nil},
		{"a blank inside a number is a slip", row("甲一", " 990000 197708040018", "", ""), []Owner{noPhone(a)}, nil},
		{"a small x is the same number", row("乙二", "99000019630106016x", "", ""), []Owner{who("乙二", ResidentID, idX, "")}, nil},
		{"a name spread over the column", row("甲　一", idA, "", ""), []Owner{noPhone(a)}, nil},
		{"a foreign name keeps its blank", row("Müller Hans", "C0X001211", "", "Hans Maier/C0X001212"),
			[]Owner{who("Müller Hans", Passport, "C0X001211", ""), who("Hans Maier", Passport, "C0X001212", "")}, nil},
		{"a rare and a minority name stay as they are", row("𠮷𬍛", idA, "", "古丽娜尔·吐尔逊江/"+idB), []Owner{who("𠮷𬍛", ResidentID, idA, ""), who("古丽娜尔·吐尔逊江", ResidentID, idB, "")}, nil},
		{"a pause and a word between two with two numbers", row("甲一和乙二", idA+" 和 "+idB, "", ""), []Owner{noPhone(a), noPhone(b)}, nil},
		{"及 between two with two numbers", row("甲一及乙二", idA+"及"+idB, "", ""), []Owner{noPhone(a), noPhone(b)}, nil},
		{"& between two with two numbers", row("甲一&乙二", idA+"＆"+idB, "", ""), []Owner{noPhone(a), noPhone(b)}, nil},
		{"a slash, a semicolon and a bar", row("甲一／乙二；丙三", idA+"|"+idB+"|"+idC, "", ""), []Owner{noPhone(a), noPhone(b), c}, nil},
		{"blanks between two without numbers are a guess", row("甲一 乙二", "", "", ""), []Owner{who("甲一", "", "", ""), who("乙二", "", "", "")}, []Code{OwnersSplit, IDMissing, IDMissing}},
		{"a given name with the word is one name", row("李和平", idA, "", "任和平/"+idB), []Owner{who("李和平", ResidentID, idA, ""), who("任和平", ResidentID, idB, "")}, nil},
		{"a firm keeps the signs of its name", row("甲&乙贸易有限公司", "91990000MA0DEV001X", "", ""), []Owner{who("甲&乙贸易有限公司", CreditCode, "91990000MA0DEV001X", "")}, nil},
		{"two firms", row("虚构甲公司、虚构乙公司", "91990000MA0DEV001X、91990000MA0DEV002X", "", ""),
			[]Owner{who("虚构甲公司", CreditCode, "91990000MA0DEV001X", ""), who("虚构乙公司", CreditCode, "91990000MA0DEV002X", "")}, nil},
		{"a surname before a comma with one number", row("Müller, Hans", "C0X001211", "", ""), []Owner{who("Müller, Hans", Passport, "C0X001211", "")}, []Code{NameDoubtful}},
		{"names and numbers in the name's cell", row("甲一/"+idA+"；乙二/"+idB, "", "", ""), []Owner{noPhone(a), noPhone(b)}, nil},
		{"co-owners joined by a word", row("甲一", idA, "", "乙二和丙三"), []Owner{noPhone(a), who("乙二", "", "", ""), who("丙三", "", "", "")}, []Code{OwnersSplit, IDMissing, IDMissing}},
		{"co-owners joined by a sign", row("甲一", idA, "", "乙二/"+idB+"&丙三/"+idC), []Owner{noPhone(a), noPhone(b), c}, nil},
		{"a co-owner's name that is a text", row("甲一", idA, "", strings.Repeat("乙", 101)+"/"+idB), []Owner{noPhone(a), who(strings.Repeat("乙", 101), ResidentID, idB, "")}, []Code{NameTooLong}},
		{"an ID number with an apostrophe of a spreadsheet", row("甲一", "'"+idA, "", ""), []Owner{noPhone(a)}, nil},
		{"full-width digits in a number", row("甲一", "９９００００１９７７０８０４００１８", "", ""), []Owner{noPhone(a)}, nil},
		{"the same owner again is one", row("甲一", idA, "", "甲一/"+idA+"/19900000001"), []Owner{a}, nil},
		{"a co-owner without number", row("甲一", idA, "", "乙二"), []Owner{noPhone(a), who("乙二", "", "", "")}, []Code{IDMissing}},
		{"two names and one number are unclear", row("甲一、乙二", idA, "", ""), nil, []Code{OwnersUnclear}},
		{"a share is not a person", row("甲一", idA, "", "乙二50%"), []Owner{noPhone(a)}, []Code{OwnersUnclear}},
		{"no name", row("", "", "", ""), nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			owners, _, doubts := readOwners(func(f Field) string { return test.cells[f] })
			var codes []Code
			for _, d := range doubts {
				codes = append(codes, d.code)
			}
			if !slices.Equal(owners, test.want) || !slices.Equal(codes, test.codes) {
				t.Errorf("%+v %q, want %+v %q", owners, codes, test.want, test.codes)
			}
		})
	}
}

func TestHeadersAreKnownByTheirSynonyms(t *testing.T) {
	tests := map[string]Field{
		"楼栋": FieldBuilding, "栋 号": FieldBuilding, "幢号": FieldBuilding, "单元号": FieldStair, "房 号": FieldRoom, "户号": FieldRoom,
		"建筑面积(㎡)": FieldArea, "建筑面积（平方米）": FieldArea, "建面": FieldArea, "建筑面积㎡": FieldArea, "专有部分\n面积": FieldArea,
		"面积来源": FieldAreaSource, "业主姓名": FieldName, "*产权人": FieldName, "身份证": FieldIDNumber, "身份证号码（必填）": FieldIDNumber,
		"证件类型": FieldIDKind, "手机": FieldPhone, "业主联系电话": FieldPhone, "共有人": FieldCoOwners, "其他共有人姓名": FieldCoOwners,
		"不动产权证号": FieldCertificate, "交付状态": FieldStatus, "备注": FieldRemark, "共有人1身份证号": FieldCoOwnerID, "共有人2电话": FieldCoOwnerPhone, "共有人证件类型": "", "共有方式": "", "共有份额": "",
		"法定代表人": FieldRepresentative, "监护人姓名": FieldGuardian, "推选的投票人": FieldNamed, "所在楼层": FieldFloor, "不动产权利人": FieldName, "土地面积": "", "套内建筑面积": "", "公摊面积": "", "天气": "", "": "",
	}
	for cell, want := range tests {
		if got, _ := fieldOf(cell); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
	seen := map[string]Field{}
	for field, names := range headings {
		for _, name := range names {
			if other, twice := seen[name]; twice {
				t.Errorf("%q stands for %q and %q", name, field, other)
			}
			seen[name] = field
		}
	}
}
