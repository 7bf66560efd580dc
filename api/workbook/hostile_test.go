package workbook_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"strconv"
	"strings"
	"testing"

	"gongjue/api/workbook"
	"gongjue/voting/roster"
)

const (
	types     = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`
	rootRels  = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookXML   = `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookRels  = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
	sheetHead = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	sheetTail = `</sheetData></worksheet>`
)

// part is an entry of a zip in the making.
type part struct {
	name, text string
	mode       fs.FileMode
}

// book builds an .xlsx around the rows of one sheet, with further entries behind it.
func book(t testing.TB, rows string, more ...part) []byte {
	return pack(t, append([]part{{name: "[Content_Types].xml", text: types}, {name: "_rels/.rels", text: rootRels},
		{name: "xl/workbook.xml", text: bookXML}, {name: "xl/_rels/workbook.xml.rels", text: bookRels},
		{name: "xl/worksheets/sheet1.xml", text: sheetHead + rows + sheetTail}}, more...)...)
}

func pack(t testing.TB, parts ...part) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, p := range parts {
		header := &zip.FileHeader{Name: p.name, Method: zip.Deflate}
		if p.mode != 0 {
			header.SetMode(p.mode)
		}
		w, err := archive.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func cell(ref, text string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
}

func manyParts(n int) []part {
	parts := make([]part, n)
	for i := range parts {
		parts[i] = part{name: "xl/x" + strconv.Itoa(i) + ".xml", text: "x"}
	}
	return parts
}

func TestHostileAndBrokenFilesAreRefused(t *testing.T) {
	row := `<row r="1">` + cell("A1", "甲") + `</row>`
	good := book(t, row)
	tests := []struct {
		name string
		file string
		data []byte
		want workbook.Code
	}{
		{"an old .xls", "a.xls", good, workbook.FileKind},
		{"an extension of nothing known", "a.pdf", good, workbook.FileKind},
		{"a macro workbook by its name", "a.xlsm", good, workbook.FileHostile},
		{"a macro workbook renamed", "a.xlsx", book(t, row, part{name: "xl/vbaProject.bin", text: "x"}), workbook.FileHostile},
		{"text named .xlsx", "a.xlsx", []byte("楼栋,房号"), workbook.FileKind},
		{"an OLE file named .xlsx", "a.xlsx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"), workbook.FileKind},
		{"a zip that is no workbook", "a.xlsx", pack(t, part{name: "a.txt", text: "x"}), workbook.FileKind},
		{"a spreadsheet named .csv", "a.csv", good, workbook.FileKind},
		{"a zip cut in half", "a.xlsx", good[:len(good)/2], workbook.FileUnreadable},
		{"no bytes", "a.xlsx", nil, workbook.SheetEmpty},
		{"a workbook without text", "a.xlsx", book(t, ""), workbook.SheetEmpty},
		{"a CSV of empty lines", "a.csv", []byte("\n\n,,\n"), workbook.SheetEmpty},
		{"65 MB of blanks in a small zip", "a.xlsx", book(t, row, part{name: "xl/pad.xml", text: strings.Repeat(" ", 65<<20)}), workbook.FileHostile},
		{"an entry packed more than a hundred to one", "a.xlsx", book(t, row, part{name: "xl/pad.xml", text: strings.Repeat(" ", 2<<20)}), workbook.FileHostile},
		{"201 entries", "a.xlsx", book(t, row, manyParts(201)...), workbook.FileHostile},
		{"a path that leads out", "a.xlsx", book(t, row, part{name: "xl/../../etc/passwd", text: "x"}), workbook.FileHostile},
		{"a path that leads out with backslashes", "a.xlsx", book(t, row, part{name: `xl\..\..\x`, text: "x"}), workbook.FileHostile},
		{"an absolute path", "a.xlsx", book(t, row, part{name: "/x", text: "x"}), workbook.FileHostile},
		{"a symbolic link", "a.xlsx", book(t, row, part{name: "xl/link.xml", text: "/etc/passwd", mode: fs.ModeSymlink | 0o777}), workbook.FileHostile},
		{"an entry twice", "a.xlsx", book(t, row, part{name: "xl/workbook.xml", text: bookXML}), workbook.FileHostile},
		{"declared entities", "a.xlsx", book(t, row, part{name: "xl/sharedStrings.xml", text: `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst/>`}), workbook.FileHostile},
		{"16,384 columns", "a.xlsx", book(t, `<row r="1">`+cell("XFD1", "甲")+`</row>`), workbook.FileTooBig},
		{"the last possible row", "a.xlsx", book(t, `<row r="1048576">`+cell("A1048576", "甲")+`</row>`), workbook.FileTooBig},
		{"a row beyond the last possible one", "a.xlsx", book(t, `<row r="1">`+cell("A1", "甲")+`</row><row r="9999999">`+cell("A9999999", "甲")+`</row>`), workbook.FileTooBig},
		{"a cell of 33 KB", "a.xlsx", book(t, `<row r="1">`+cell("A1", strings.Repeat("甲", 11<<10))+`</row>`), workbook.FileTooBig},
		{"XML that breaks between rows", "a.xlsx", book(t, row+`<row r="2"><c r="A2"><v>1</c></row><row r="3">`+cell("A3", "乙")+`</row>`), workbook.FileUnreadable},
		{"XML that breaks in the last row", "a.xlsx", book(t, row+`<row r="2">`+cell("A2", "甲")+`<c r="B2"><v>1</c></row>`), workbook.FileUnreadable},
		{"an undeclared entity in the last row", "a.xlsx", book(t, row+`<row r="2">`+cell("A2", "&boom;")+`</row>`), workbook.FileUnreadable},
		{"rows out of order", "a.xlsx", book(t, `<row r="2">`+cell("A2", "甲")+`</row>`+row), workbook.FileUnreadable},
		{"cells out of order", "a.xlsx", book(t, `<row r="1">`+cell("B1", "甲")+cell("A1", "乙")+`</row>`), workbook.FileUnreadable},
		{"a sheet whose part is missing", "a.xlsx", pack(t, part{name: "xl/workbook.xml", text: bookXML}, part{name: "xl/_rels/workbook.xml.rels", text: bookRels}), workbook.FileUnreadable},
		{"bytes that are no encoding", "a.csv", []byte("\x81\xff\xfe\xff\x81\xff\x81\xff\n"), workbook.FileUnreadable},
		{"a binary file named .csv", "a.csv", []byte("abc\x00\x01"), workbook.FileKind},
		{"a CSV of 257 columns", "a.csv", []byte("甲" + strings.Repeat(",", 256)), workbook.FileTooBig},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := workbook.ReadBytes(test.data, test.file)
			var refusal *workbook.Refusal
			if !errors.As(err, &refusal) || refusal.Code != test.want {
				t.Errorf("%v, want %s", err, test.want)
			}
		})
	}
	if sheets, err := workbook.ReadBytes(good, "A.XLSX"); err != nil || sheets[0].Rows[0].Cells[0] != "甲" {
		t.Errorf("the honest file: %v %+v", err, sheets)
	}
}

func TestLimitsAreTheLargestValueStillRead(t *testing.T) {
	data := []byte("a,b\nc,d\n")
	limits := workbook.Upload
	limits.FileBytes, limits.Rows, limits.Columns, limits.Cells, limits.CellBytes = int64(len(data)), 2, 2, 4, 1
	if _, err := limits.ReadBytes(data, "a.csv"); err != nil {
		t.Errorf("at the limits: %v", err)
	}
	for name, lower := range map[string]func(*workbook.Limits){
		"file": func(l *workbook.Limits) { l.FileBytes-- }, "rows": func(l *workbook.Limits) { l.Rows-- },
		"columns": func(l *workbook.Limits) { l.Columns-- }, "cells": func(l *workbook.Limits) { l.Cells-- },
		"cell": func(l *workbook.Limits) { l.CellBytes-- },
	} {
		below := limits
		lower(&below)
		var refusal *workbook.Refusal
		if _, err := below.ReadBytes(data, "a.csv"); !errors.As(err, &refusal) || refusal.Code != workbook.FileTooBig {
			t.Errorf("%s one lower: %v", name, err)
		}
	}
}

func FuzzAChangedSpreadsheetNeverPanics(f *testing.F) {
	f.Add(book(f, `<row r="1">`+cell("A1", "房号")+`</row>`), "a.xlsx")
	f.Add([]byte("楼栋,房号,面积,产权人\n1,101,89.5,甲一\n"), "a.csv")
	f.Add([]byte("\xef\xbb\xbf\"房\n号\",\"\"\"\n"), "a.csv")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		sheets, err := workbook.ReadBytes(data, name)
		if err != nil {
			var refusal *workbook.Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("not a refusal: %v", err)
			}
			return
		}
		roster.Summarise(roster.Parse(sheets))
	})
}
