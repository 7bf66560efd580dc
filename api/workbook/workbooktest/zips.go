package workbooktest

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"gongjue/api/workbook"
)

func honest(t testing.TB) []byte { return Book(t, Header) }

// Zips are wrong in what packs them.
var Zips = []File{
	{Name: "cut in half", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: func(t testing.TB) []byte { d := honest(t); return d[:len(d)/2] }},
	{Name: "cut at the last byte", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: func(t testing.TB) []byte { d := honest(t); return d[:len(d)-1] }},
	{Name: "65 MB of blanks", Upload: "a.xlsx", Code: workbook.FileHostile, Make: func(t testing.TB) []byte {
		return Book(t, Header, Part{Name: "xl/pad.xml", Text: strings.Repeat(" ", 65<<20)})
	}},
	{Name: "sixty entries of one megabyte of zeros", Upload: "a.xlsx", Code: workbook.FileHostile, Make: func(t testing.TB) []byte {
		return Book(t, Header, repeatParts(70, strings.Repeat("0", 1<<20))...)
	}},
	{Name: "an entry that unpacks to more than it says", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: lyingSize},
	{Name: "entries that overlap", Upload: "a.xlsx", Code: workbook.FileHostile, Make: overlapping},
	{Name: "a million entries, honestly counted", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: func(testing.TB) []byte { return directoryOf(1_000_000, 1_000_000) }},
	{Name: "as many entries as fit, honestly counted", Upload: "a.xlsx", Code: workbook.FileHostile, Make: func(testing.TB) []byte { return directoryOf(300_000, 300_000) }},
	{Name: "as many entries as fit, said to be five", Upload: "a.xlsx", Code: workbook.FileHostile, Make: func(testing.TB) []byte { return directoryOf(300_000, 5) }},
	{Name: "as many entries as fit, as a zip64", Upload: "a.xlsx", Code: workbook.FileHostile, Make: func(testing.TB) []byte { return zip64Of(300_000) }},
	{Name: "two hundred and one entries", Upload: "a.xlsx", Code: workbook.FileHostile, Make: rows(Header, manyParts(201)...)},
	{Name: "an entry twice", Upload: "a.xlsx", Code: workbook.FileHostile, Make: rows(Header, Part{Name: "xl/workbook.xml", Text: BookXML})},
	{Name: "an entry twice, in capitals", Upload: "a.xlsx", Code: workbook.FileHostile, Make: rows(Header, Part{Name: "XL/WorkBook.xml", Text: BookXML})},
	{Name: "a path that leads out", Upload: "a.xlsx", Code: workbook.FileHostile, Make: rows(Header, Part{Name: "xl/../../../etc/passwd", Text: "x"})},
	{Name: "a path that leads out with backslashes", Upload: "a.xlsx", Code: workbook.FileHostile, Make: rows(Header, Part{Name: `xl\..\..\x`, Text: "x"})},
	{Name: "an absolute path", Upload: "a.xlsx", Code: workbook.FileHostile, Make: rows(Header, Part{Name: "/x", Text: "x"})},
	{Name: "a symbolic link", Upload: "a.xlsx", Code: workbook.FileHostile, Make: rows(Header, Part{Name: "xl/link.xml", Text: "/etc/passwd", Mode: fs.ModeSymlink | 0o777})},
	{Name: "an entry packed more than a hundred to one", Upload: "a.xlsx", Code: workbook.FileHostile, Make: func(t testing.TB) []byte {
		return Book(t, Header, Part{Name: "xl/pad.xml", Text: strings.Repeat(" ", 2<<20)})
	}},
	{Name: "a sheet whose Part is missing", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: func(t testing.TB) []byte {
		return Pack(t, Part{Name: "[Content_Types].xml", Text: Types}, Part{Name: "_rels/.rels", Text: RootRels}, Part{Name: "xl/workbook.xml", Text: BookXML}, Part{Name: "xl/_rels/workbook.xml.rels", Text: BookRels})
	}},
	{Name: "an entry with a password", Upload: "a.xlsx", Code: workbook.FilePassword, Make: closedEntry},
	{Name: "macros", Upload: "a.xlsx", Code: workbook.FileMacros, Make: rows(Header, Part{Name: "xl/vbaProject.bin", Text: "x"})},
	{Name: "macros under another name", Upload: "a.xlsx", Code: workbook.FileMacros, Make: func(t testing.TB) []byte {
		return replaced("[Content_Types].xml", strings.Replace(Types, "</Types>", `<Override PartName="/xl/a.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`, 1))(t)
	}},
	{Name: "a macro workbook that calls itself a plain one", Upload: "a.xlsx", Code: workbook.FileMacros, Make: func(t testing.TB) []byte {
		return replaced("[Content_Types].xml", strings.Replace(Types, "spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main", 1))(t)
	}},
	{Name: "bytes before the zip", Upload: "a.xlsx", Code: workbook.FileKind, Make: func(t testing.TB) []byte { return append([]byte("MZ.........."), honest(t)...) }},
}

func manyParts(n int) []Part {
	parts := make([]Part, n)
	for i := range parts {
		parts[i] = Part{Name: "xl/x" + strconv.Itoa(i) + ".xml", Text: "x"}
	}
	return parts
}

func repeatParts(n int, content string) []Part {
	parts := make([]Part, n)
	for i := range parts {
		parts[i] = Part{Name: fmt.Sprintf("xl/pad%d.xml", i), Text: content}
	}
	return parts
}

func utf16Text(s string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return string(out)
}

// noise is the same bytes on every run.
func noise(n int) []byte {
	out := make([]byte, n)
	state := uint32(2463534242)
	for i := range out {
		state ^= state << 13
		state ^= state >> 17
		state ^= state << 5
		out[i] = byte(state>>24) | 1
	}
	return out
}

func sharedStrings(items string) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		return withRelation(t, "sharedStrings", "sharedStrings.xml", `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`+items+`</sst>`)
	}
}

// withRelation is a book with one more Part that the workbook refers to, whose first cell is the first shared string.
func withRelation(t testing.TB, kind, target, content string) []byte {
	relations := strings.Replace(BookRels, "</Relationships>", `<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`+kind+`" Target="`+target+`"/></Relationships>`, 1)
	return Pack(t, Part{Name: "[Content_Types].xml", Text: Types}, Part{Name: "_rels/.rels", Text: RootRels},
		Part{Name: "xl/workbook.xml", Text: BookXML}, Part{Name: "xl/_rels/workbook.xml.rels", Text: relations},
		Part{Name: "xl/worksheets/sheet1.xml", Text: SheetHead + `<row r="1"><c r="A1" t="s"><v>0</v></c></row>` + SheetTail},
		Part{Name: "xl/" + target, Text: content})
}

// onePartManySheets is read as often as the workbook has names for it.
func onePartManySheets(t testing.TB) []byte {
	names := varied(63, func(i int) string { return fmt.Sprintf(`<sheet name="S%d" sheetId="%d" r:id="rId1"/>`, i+2, i+2) })
	list := varied(190_000, func(i int) string { return `<row r="` + strconv.Itoa(i+1) + `" ht="` + odd(i) + `"/>` })
	return Pack(t, Part{Name: "[Content_Types].xml", Text: Types}, Part{Name: "_rels/.rels", Text: RootRels},
		Part{Name: "xl/workbook.xml", Text: strings.Replace(BookXML, "</sheets>", names+"</sheets>", 1)},
		Part{Name: "xl/_rels/workbook.xml.rels", Text: BookRels}, Part{Name: "xl/worksheets/sheet1.xml", Text: SheetHead + list + SheetTail})
}

// lyingSize is a book whose directory says that the sheet has ten bytes.
func lyingSize(t testing.TB) []byte {
	data := Book(t, Header+varied(50_000, func(i int) string { return fmt.Sprintf(`<row r="%d"/>`, i+2) }))
	binary.LittleEndian.PutUint32(sheetEntry(t, data)[24:], 10)
	return data
}

// closedEntry is a book whose sheet is said to be encrypted.
func closedEntry(t testing.TB) []byte {
	data := honest(t)
	sheetEntry(t, data)[8] |= 1
	return data
}

// sheetEntry is the directory of a book from the entry of its sheet on.
func sheetEntry(t testing.TB, data []byte) []byte {
	for at := 0; ; at += 46 {
		next := bytes.Index(data[at:], []byte("PK\x01\x02"))
		if next < 0 {
			t.Fatal("no directory entry of the sheet")
		}
		at += next
		length := int(binary.LittleEndian.Uint16(data[at+28:]))
		if string(data[at+46:at+46+length]) == "xl/worksheets/sheet1.xml" {
			return data[at:]
		}
	}
}

// overlapping is a zip whose entries are all one and the same compressed megabyte.
func overlapping(t testing.TB) []byte {
	data := Book(t, Header, Part{Name: "xl/pad.xml", Text: varied(150_000, func(i int) string { return odd(i) + " " })})
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	end := bytes.LastIndex(data, []byte("PK\x05\x06"))
	start := int(binary.LittleEndian.Uint32(data[end+16:]))
	out := bytes.Clone(data[:start])
	count := 0
	for _, entry := range reader.File {
		out = append(out, directoryEntry(entry.Name, entry, headerOf(data, entry))...)
		count++
	}
	pad := reader.File[len(reader.File)-1]
	for i := range 60 {
		out = append(out, directoryEntry(fmt.Sprintf("xl/again%d.xml", i), pad, headerOf(data, pad))...)
		count++
	}
	return append(out, endRecord(count, len(out)-start, start)...)
}

// headerOf is where the local header of an entry begins: its name stands there first.
func headerOf(data []byte, entry *zip.File) int { return bytes.Index(data, []byte(entry.Name)) - 30 }

func directoryEntry(name string, of *zip.File, at int) []byte {
	out := []byte("PK\x01\x02\x14\x00\x14\x00\x00\x00\x08\x00\x00\x00\x00\x00")
	out = binary.LittleEndian.AppendUint32(out, of.CRC32)
	out = binary.LittleEndian.AppendUint32(out, uint32(of.CompressedSize64))
	out = binary.LittleEndian.AppendUint32(out, uint32(of.UncompressedSize64))
	out = binary.LittleEndian.AppendUint16(out, uint16(len(name)))
	out = append(out, make([]byte, 12)...)
	out = binary.LittleEndian.AppendUint32(out, uint32(at))
	return append(out, name...)
}

func endRecord(count, size, start int) []byte {
	out := []byte("PK\x05\x06\x00\x00\x00\x00")
	out = binary.LittleEndian.AppendUint16(out, uint16(count))
	out = binary.LittleEndian.AppendUint16(out, uint16(count))
	out = binary.LittleEndian.AppendUint32(out, uint32(size))
	out = binary.LittleEndian.AppendUint32(out, uint32(start))
	return append(out, 0, 0)
}

// directoryOf is a zip of n empty entries whose end says how many there are.
func directoryOf(n, said int) []byte {
	local := append([]byte("PK\x03\x04\x14\x00\x00\x00\x00\x00\x00\x00\x00\x00"), make([]byte, 12)...)
	local = append(local, 1, 0, 0, 0, 'x')
	one := directoryEntry("x", &zip.File{FileHeader: zip.FileHeader{CRC32: crc32.ChecksumIEEE(nil)}}, 0)
	return slices.Concat(local, bytes.Repeat(one, n), endRecord(said, n*len(one), len(local)))
}

// zip64Of is directoryOf with the counts in the wide records.
func zip64Of(n int) []byte {
	out := directoryOf(n, n)
	out = out[:len(out)-22]
	start := 31
	wide := append([]byte("PK\x06\x06"), binary.LittleEndian.AppendUint64(nil, 44)...)
	wide = append(wide, 45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	for _, v := range []int{n, n, len(out) - start, start} {
		wide = binary.LittleEndian.AppendUint64(wide, uint64(v))
	}
	locator := append([]byte("PK\x06\x07\x00\x00\x00\x00"), binary.LittleEndian.AppendUint64(nil, uint64(len(out)))...)
	locator = append(locator, 1, 0, 0, 0)
	out = append(append(out, wide...), locator...)
	end := endRecord(0xffff, -1, -1)
	return append(out, end...)
}
