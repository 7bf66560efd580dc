package workbooktest

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongjue/api/workbook"
)

var big = int(workbook.Upload.FileBytes)

// gb writes a text in GB18030.
func gb(t testing.TB, s string) []byte {
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Texts are wrong as CSV.
var Texts = []File{
	{Name: "NUL in a CSV", Upload: "a.csv", Code: workbook.FileKind, Make: text(CSVHeader + "1,101,89.5,样\x00例\n")},
	{Name: "a hundred megabytes in one line", Upload: "a.csv", Code: workbook.FileTooBig, Make: func(testing.TB) []byte { return bytes.Repeat([]byte("甲,"), 25<<20) }},
	{Name: "sixteen megabytes in one cell", Upload: "a.csv", Code: workbook.FileTooBig, Make: func(testing.TB) []byte { return bytes.Repeat([]byte("a"), big) }},
	{Name: "sixteen megabytes of commas", Upload: "a.csv", Code: workbook.FileTooBig, Make: func(testing.TB) []byte { return bytes.Repeat([]byte(","), big) }},
	{Name: "sixteen megabytes of line breaks", Upload: "a.csv", Code: workbook.FileTooBig, Make: func(testing.TB) []byte { return bytes.Repeat([]byte("\n"), big) }},
	{Name: "sixteen megabytes of quotes", Upload: "a.csv", Code: workbook.FileTooBig, Make: func(testing.TB) []byte { return bytes.Repeat([]byte(`"`), big) }},
	{Name: "a quote that never ends", Upload: "a.csv", Code: workbook.FileTooBig, Make: func(testing.TB) []byte { return append([]byte(`"`), bytes.Repeat([]byte("a,b\n"), big/4-1)...) }},
	{Name: "one record of four million quoted cells", Upload: "a.csv", Code: workbook.FileTooBig, Make: func(testing.TB) []byte { return bytes.Repeat([]byte("\"\n\","), big/4) }},
	{Name: "cells of a million separators", Upload: "a.csv", Make: func(testing.TB) []byte {
		return []byte(CSVHeader + strings.Repeat("1,101,89.5,\""+strings.Repeat("样例、", 3000)+"\"\n", 100))
	}},
	{Name: "two encodings in one file", Upload: "a.csv", Make: func(t testing.TB) []byte {
		return append([]byte(CSVHeader), gb(t, "1号楼,101,89.5,样例\n")...)
	}},
	{Name: "a four-byte code cut short", Upload: "a.csv", Make: func(t testing.TB) []byte {
		return append(gb(t, CSVHeader+strings.Repeat("1号楼,,89.5,样例某某\n", 9)+"1号楼,101,89.5,"), 0x95, 0x32, 0x82, '\n')
	}},
	{Name: "replacement characters", Upload: "a.csv", Make: text(CSVHeader + "1号楼,101,89.5,样\uFFFD例\n2号楼,\uFFFD,1,甲\n")},
	{Name: "text that turns around", Upload: "a.csv", Make: text(CSVHeader + "1号楼,101,89.5,\u202e例样\u202c\n1号楼,10\u200b2,89.5,样例\n1号楼,103,89.5,样\u2066例\n")},
	{Name: "areas that are none", Upload: "a.csv", Make: text(CSVHeader + "1,101,-89.5,甲\n1,102,1e309,甲\n1,103,NaN,甲\n1,104,∞,甲\n1,105,\"89,5\",甲\n1,106,８９．５．５,甲\n1,107,0,甲\n1,108,99999999999999999999,甲\n1,109,0x10,甲\n1,110,1e400,甲\n")},
	{Name: "formulas in a CSV", Upload: "a.csv", Make: text(CSVHeader + "1,101,=1+1,甲\n1,102,\"=HYPERLINK(\"\"http://evil.example\"\")\",甲\n1,103,@SUM(A1),甲\n")},
	{Name: "a CSV of empty lines", Upload: "a.csv", Code: workbook.SheetEmpty, Make: text("\n\n,,\n")},
	{Name: "a CSV of 257 columns", Upload: "a.csv", Code: workbook.FileTooBig, Make: later(func() func(testing.TB) []byte { return text("甲" + strings.Repeat(",", 256)) })},
	{Name: "sixty thousand rows that are all wrong", Upload: "a.csv", Make: func(testing.TB) []byte {
		return []byte(CSVHeader + varied(60_000, func(i int) string { return strconv.Itoa(i%97) + ",x" + strconv.Itoa(i) + ",-1,\n" }))
	}},
	{Name: "UTF-32", Upload: "a.csv", Code: workbook.FileKind, Make: func(testing.TB) []byte {
		out := []byte{0xff, 0xfe, 0, 0}
		for _, r := range CSVHeader {
			out = binary.LittleEndian.AppendUint32(out, uint32(r))
		}
		return out
	}},
	{Name: "bytes at random", Upload: "a.csv", Code: workbook.FileUnreadable, Make: func(testing.TB) []byte { return noise(1 << 20) }},
}

const (
	ole  = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	html = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><tr><td>楼栋</td></tr></table></body></html>`
)

// oldBinary and withPassword are containers of old office programs with the streams of a table.
var (
	oldBinary    = ole + strings.Repeat("\x00", 504) + utf16Text("Root Entry")[2:] + utf16Text("Workbook")[2:] + strings.Repeat("\x00", 128)
	withPassword = ole + strings.Repeat("\x00", 504) + utf16Text("EncryptionInfo")[2:] + strings.Repeat("\x00", 100) + utf16Text("EncryptedPackage")[2:]
)

// Disguises are files of another kind.
var Disguises = []File{
	{Name: "an old .xls", Upload: "名册.xls", Code: workbook.FileOther, Make: text(oldBinary)},
	{Name: "an old .xls named .xlsx", Upload: "名册.xlsx", Code: workbook.FileOther, Make: text(oldBinary)},
	{Name: "a workbook with a password", Upload: "名册.xlsx", Code: workbook.FilePassword, Make: text(withPassword)},
	{Name: "a workbook with a password named .xls", Upload: "名册.xls", Code: workbook.FilePassword, Make: text(withPassword)},
	{Name: "sixteen megabytes in an old container", Upload: "名册.xls", Code: workbook.FileOther, Make: func(testing.TB) []byte { return append([]byte(ole), make([]byte, big-len(ole))...) }},
	{Name: "a table of another office", Upload: "名册.ods", Code: workbook.FileOther, Make: rows(Header)},
	{Name: "an old .xls named .csv", Upload: "名册.csv", Code: workbook.FileOther, Make: text(oldBinary)},
	{Name: "HTML saved as .xls", Upload: "名册.xls", Code: workbook.FileOther, Make: text(html)},
	{Name: "HTML named .xlsx", Upload: "名册.xlsx", Code: workbook.FileKind, Make: text(html)},
	{Name: "HTML named .csv", Upload: "名册.csv", Code: workbook.FileKind, Make: text(html)},
	{Name: "a workbook named .csv", Upload: "名册.csv", Code: workbook.FileKind, Make: rows(Header)},
	{Name: "a workbook that may hold macros", Upload: "名册.xlsm", Code: workbook.FileMacros, Make: rows(Header)},
	{Name: "a binary workbook", Upload: "名册.xlsb", Code: workbook.FileOther, Make: rows(Header)},
	{Name: "a letter", Upload: "名册.docx", Code: workbook.FileKind, Make: rows(Header)},
	{Name: "a picture named .xlsx", Upload: "名册.xlsx", Code: workbook.FileKind, Make: later(func() func(testing.TB) []byte { return text("\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 100)) })},
	{Name: "a PDF named .csv", Upload: "名册.csv", Code: workbook.FileKind, Make: text("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")},
	{Name: "a zip that is no workbook", Upload: "名册.xlsx", Code: workbook.FileKind, Make: func(t testing.TB) []byte { return Pack(t, Part{Name: "a.txt", Text: "x"}) }},
	{Name: "no bytes", Upload: "名册.xlsx", Code: workbook.SheetEmpty, Make: text("")},
}
