package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"
)

// mostIndex bounds each of the small parts that say which sheet is where.
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

// survey is what is known of a workbook before the library reads it.
type survey struct {
	sheets map[string]sheetPart
	needed []*zip.File // the parts that the library reads as they are: beside the rows nothing else gets to it
}

// The parts that lead to the sheets.
const (
	partTypes     = "[content_types].xml"
	partRels      = "_rels/.rels"
	partBook      = "xl/workbook.xml"
	partBookRels  = "xl/_rels/workbook.xml.rels"
	partStrings   = "xl/sharedstrings.xml"
	mostInSurplus = 200_000 // elements of a part beyond what its cells explain
)

// surveyParts finds the part of every worksheet and scans it for what the library does not tell while
// streaming: merged ranges, formulas, the last row, and XML that has no place in a spreadsheet.
func (l Limits) surveyParts(archive *zip.Reader) (survey, error) {
	found := survey{sheets: map[string]sheetPart{}}
	entries := map[string]*zip.File{}
	for _, entry := range archive.File {
		entries[partName(entry)] = entry
	}
	if err := refuseEntities(entries); err != nil {
		return found, err
	}
	for _, name := range []string{partTypes, partRels, partBook, partBookRels} {
		entry := entries[name]
		if entry == nil {
			return found, refuse(FileUnreadable, "workbook index missing")
		}
		if entry.UncompressedSize64 > mostIndex {
			return found, refuse(FileTooBig, "workbook index of %d bytes", entry.UncompressedSize64)
		}
		found.needed = append(found.needed, entry)
	}
	if err := refuseMacros(entries); err != nil {
		return found, err
	}
	if err := l.surveySheets(&found, entries); err != nil {
		return found, err
	}
	if shared := entries[partStrings]; shared != nil {
		found.needed = append(found.needed, shared)
		return found, l.scanStrings(shared, found.cells())
	}
	return found, nil
}

func (s survey) cells() int {
	n := 0
	for _, sheet := range s.sheets {
		n += sheet.cells
	}
	return n
}

// surveySheets scans the part of every sheet, each once: a part with several names would be read for each of them.
func (l Limits) surveySheets(found *survey, entries map[string]*zip.File) error {
	var book workbookXML
	if err := readIndex(entries[partBook], &book); err != nil {
		return err
	}
	if len(book.Sheets) > l.Sheets {
		return refuse(FileTooBig, "%d sheets", len(book.Sheets))
	}
	var relations relationsXML
	if err := readIndex(entries[partBookRels], &relations); err != nil {
		return err
	}
	target := relations.worksheets()
	read := map[string]bool{}
	for _, sheet := range book.Sheets {
		where, known := target[sheet.ID+sheet.StrictID]
		if !known {
			continue
		}
		entry := entries[where]
		if entry == nil {
			return refuse(FileUnreadable, "a sheet without its part")
		}
		if _, twice := found.sheets[sheet.Name]; twice || read[where] {
			return refuse(FileHostile, "a sheet twice")
		}
		read[where] = true
		part, err := l.scanSheet(entry)
		if err != nil {
			return err
		}
		found.sheets[sheet.Name] = part
	}
	return nil
}

// worksheets are the names of the sheets' parts by the ids under which the workbook knows them.
func (r relationsXML) worksheets() map[string]string {
	target := map[string]string{}
	for _, one := range r.Relations {
		if !strings.HasSuffix(one.Type, "/worksheet") {
			continue
		}
		if rest, absolute := strings.CutPrefix(one.Target, "/"); absolute {
			target[one.ID] = strings.ToLower(rest)
		} else {
			target[one.ID] = strings.ToLower(path.Join("xl", one.Target))
		}
	}
	return target
}

// partName is how a part is looked for: programs differ in capitals and in slashes.
func partName(entry *zip.File) string {
	return strings.ToLower(strings.ReplaceAll(entry.Name, `\`, "/"))
}

// pruned is a zip of the needed parts alone, copied as they are packed, and of sheets without rows, which come piece by
// piece. Styles, themes, drawings and whatever else a file carries never get to the library, which would build all of
// them in memory.
func (s survey) pruned() (*bytes.Reader, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, entry := range s.needed {
		if err := archive.Copy(entry); err != nil {
			return nil, unreadable(err, "part")
		}
	}
	for _, sheet := range s.sheets {
		part, err := archive.Create(sheet.name())
		if err == nil {
			_, err = io.WriteString(part, pieceHead+pieceTail)
		}
		if err != nil {
			return nil, fmt.Errorf("stand in for a sheet: %w", err)
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("copy the parts of a workbook: %w", err)
	}
	return bytes.NewReader(out.Bytes()), nil
}

func readIndex(entry *zip.File, into any) error {
	reader, err := entry.Open()
	if err != nil {
		return unreadable(err, "workbook index")
	}
	defer func() { _ = reader.Close() }() // read only
	if err := xml.NewDecoder(reader).Decode(into); err != nil {
		return refuse(FileUnreadable, "workbook index")
	}
	return nil
}
