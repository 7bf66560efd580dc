package workbook

import (
	"archive/zip"
	"bufio"
	"bytes"
	"io"
	"regexp"
	"strings"
)

// headSize is how much of a part is looked at for what may stand only before its first element.
const headSize = 4 << 10

// declared is an encoding as the first line of a part names it.
var declared = regexp.MustCompile(`^<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']`)

// refuseEntities looks at the beginning of every part, the only place where XML allows entities to be declared; and
// refuses parts of the workbook in another encoding than UTF-8, in which the scan of a sheet sees nothing.
func refuseEntities(entries map[string]*zip.File) error {
	for name, entry := range entries {
		if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
			continue
		}
		head, err := headOf(entry)
		if err != nil {
			return err
		}
		if bytes.Contains(head, []byte("<!DOCTYPE")) || bytes.Contains(head, []byte("<!ENTITY")) {
			return refuse(FileHostile, "declares XML entities")
		}
		if !strings.HasPrefix(name, "xl/") && !strings.HasPrefix(name, "_rels/") && name != partTypes {
			continue
		}
		encoding := declared.FindSubmatch(bytes.TrimPrefix(head, bomUTF8))
		foreign := encoding != nil && !strings.EqualFold(string(encoding[1]), "UTF-8")
		if foreign || bytes.HasPrefix(head, bomUTF16LE) || bytes.HasPrefix(head, bomUTF16BE) || bytes.IndexByte(head, 0) >= 0 {
			return refuse(FileUnreadable, "a part that is not in UTF-8")
		}
	}
	return nil
}

func headOf(entry *zip.File) ([]byte, error) {
	reader, err := entry.Open()
	if err != nil {
		return nil, unreadable(err, "part")
	}
	defer func() { _ = reader.Close() }() // read only
	head := make([]byte, headSize)
	n, err := io.ReadFull(reader, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, unreadable(err, "part")
	}
	return head[:n], nil
}

// typesXML says what each part is: by its ending, unless it is named itself.
type typesXML struct {
	Defaults []struct {
		Extension   string `xml:"Extension,attr"`
		ContentType string `xml:"ContentType,attr"`
	} `xml:"Default"`
	Overrides []struct {
		PartName    string `xml:"PartName,attr"`
		ContentType string `xml:"ContentType,attr"`
	} `xml:"Override"`
}

// refuseMacros looks for parts that are macros, whatever they are called. Some programs declare an ending for macros
// in every file that they write; that alone is nothing.
func refuseMacros(entries map[string]*zip.File) error {
	var types typesXML
	if err := readIndex(entries[partTypes], &types); err != nil {
		return err
	}
	for _, override := range types.Overrides {
		if ofMacros(override.ContentType) {
			return refuse(FileMacros, "holds macros")
		}
	}
	for _, ending := range types.Defaults {
		if !ofMacros(ending.ContentType) {
			continue
		}
		for name := range entries {
			if strings.HasSuffix(name, "."+strings.ToLower(ending.Extension)) {
				return refuse(FileMacros, "holds macros")
			}
		}
	}
	return nil
}

func ofMacros(contentType string) bool {
	lower := strings.ToLower(contentType)
	return strings.Contains(lower, "vbaproject") || strings.Contains(lower, "macro")
}

// scanStrings bounds the shared strings by the cells that could show them: a list of a million strings for three
// cells is no list of anything.
func (l Limits) scanStrings(entry *zip.File, cells int) error {
	unpacked, err := entry.Open()
	if err != nil {
		return unreadable(err, "shared strings")
	}
	defer func() { _ = unpacked.Close() }() // read only
	reader := bufio.NewReaderSize(unpacked, 64<<10)
	elements, text := 0, 0
	for {
		piece, err := reader.ReadSlice('<')
		if text += len(piece); text > l.longestText() {
			return refuse(FileTooBig, "a shared string of %d bytes", text)
		}
		switch err {
		case nil:
			elements, text = elements+1, 0
		case bufio.ErrBufferFull:
			continue
		case io.EOF:
			return nil
		default:
			return unreadable(err, "shared strings")
		}
		// Each string is two elements, each counted again where it ends.
		if elements > 4*cells+mostInSurplus {
			return refuse(FileTooBig, "%d elements of shared strings for %d cells", elements, cells)
		}
	}
}

// longestText is how far apart two tags may stand: a cell in which every character is written as a reference.
func (l Limits) longestText() int { return 8 * l.CellBytes }
