package workbook

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"path"
	"strings"
)

// mostIndex bounds the two small parts that say which sheet is where.
const mostIndex = 1 << 20

type workbookXML struct {
	Sheets []struct {
		Name string `xml:"name,attr"`
		ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		// Strict files have another namespace for the same attribute.
		StrictID string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
	} `xml:"sheets>sheet"`
}

type relationsXML struct {
	Relations []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

// scanParts finds the part of every worksheet and scans it for what the library does not tell while
// streaming: merged ranges, formulas, the last row, and XML that has no place in a spreadsheet.
func (l Limits) scanParts(archive *zip.Reader) (map[string]sheetPart, error) {
	entries := map[string]*zip.File{}
	for _, entry := range archive.File {
		entries[strings.ToLower(strings.ReplaceAll(entry.Name, `\`, "/"))] = entry
	}
	var book workbookXML
	if err := readIndex(entries["xl/workbook.xml"], &book); err != nil {
		return nil, err
	}
	var relations relationsXML
	if err := readIndex(entries["xl/_rels/workbook.xml.rels"], &relations); err != nil {
		return nil, err
	}
	target := map[string]string{}
	for _, r := range relations.Relations {
		if strings.HasSuffix(r.Type, "/worksheet") {
			target[r.ID] = strings.ToLower(strings.TrimPrefix(path.Join("/xl", r.Target), "/"))
			if strings.HasPrefix(r.Target, "/") {
				target[r.ID] = strings.ToLower(strings.TrimPrefix(r.Target, "/"))
			}
		}
	}
	parts := map[string]sheetPart{}
	for _, sheet := range book.Sheets {
		where, known := target[sheet.ID+sheet.StrictID]
		if !known {
			continue
		}
		entry := entries[where]
		if entry == nil {
			return nil, refuse(FileUnreadable, "a sheet without its part")
		}
		part, err := l.scanSheet(entry)
		if err != nil {
			return nil, err
		}
		parts[sheet.Name] = part
	}
	for name, entry := range entries {
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			if err := refuseDoctype(entry); err != nil {
				return nil, err
			}
		}
	}
	return parts, nil
}

func readIndex(entry *zip.File, into any) error {
	if entry == nil {
		return refuse(FileUnreadable, "workbook index missing")
	}
	reader, err := entry.Open()
	if err != nil {
		return unreadable(err, "workbook index")
	}
	defer func() { _ = reader.Close() }() // read only
	if err := xml.NewDecoder(io.LimitReader(reader, mostIndex)).Decode(into); err != nil {
		return refuse(FileUnreadable, "workbook index")
	}
	return nil
}

// refuseDoctype looks at the beginning of a part, the only place where XML allows entities to be declared.
func refuseDoctype(entry *zip.File) error {
	reader, err := entry.Open()
	if err != nil {
		return unreadable(err, "part")
	}
	defer func() { _ = reader.Close() }() // read only
	head := make([]byte, 4<<10)
	n, err := io.ReadFull(reader, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return unreadable(err, "part")
	}
	if strings.Contains(string(head[:n]), "<!DOCTYPE") || strings.Contains(string(head[:n]), "<!ENTITY") {
		return refuse(FileHostile, "declares XML entities")
	}
	return nil
}
