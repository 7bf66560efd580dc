// Package workbooktest holds files that were built to harm whoever reads them, for the tests of all rooms that do. It
// is for tests only.
package workbooktest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"io/fs"
	"testing"
)

// The parts of an honest workbook with one sheet.
const (
	Types     = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`
	RootRels  = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	BookXML   = `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`
	BookRels  = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
	SheetHead = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	SheetTail = `</sheetData></worksheet>`
)

// Part is an entry of a zip in the making; Mode is 0 for an ordinary file.
type Part struct {
	Name, Text string
	Mode       fs.FileMode
}

// Book builds an .xlsx around the rows of one sheet, with further entries behind it.
func Book(t testing.TB, rows string, more ...Part) []byte {
	return Pack(t, append([]Part{{Name: "[Content_Types].xml", Text: Types}, {Name: "_rels/.rels", Text: RootRels},
		{Name: "xl/workbook.xml", Text: BookXML}, {Name: "xl/_rels/workbook.xml.rels", Text: BookRels},
		{Name: "xl/worksheets/sheet1.xml", Text: SheetHead + rows + SheetTail}}, more...)...)
}

// Pack makes a zip of the parts in their order.
func Pack(t testing.TB, parts ...Part) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, p := range parts {
		header := &zip.FileHeader{Name: p.Name, Method: zip.Deflate}
		if p.Mode != 0 {
			header.SetMode(p.Mode)
		}
		w, err := archive.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.Text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Cell is a cell with a text of its own.
func Cell(ref, text string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
}

// The first row of a roster, as a row of a sheet and as a line of text.
const (
	Header    = `<row r="1"><c r="A1" t="inlineStr"><is><t>楼栋</t></is></c><c r="B1" t="inlineStr"><is><t>房号</t></is></c><c r="C1" t="inlineStr"><is><t>建筑面积</t></is></c><c r="D1" t="inlineStr"><is><t>产权人</t></is></c></row>`
	CSVHeader = "楼栋,房号,建筑面积,产权人\n"
)
