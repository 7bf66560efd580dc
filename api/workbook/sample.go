package workbook

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"gongjue/voting/roster"
)

// Text is how a text file was read, and how the same lines would read in another encoding: for a person who sees at
// once which of the two is Chinese. Numbers and names in the lines are masked.
type Text struct {
	Encoding Encoding  `json:"encoding"`
	Chosen   bool      `json:"chosen"` // by a person
	Lines    []string  `json:"lines"`  // none where the file is plain letters and digits: it reads alike in all
	Others   []Reading `json:"others"`
}

// Reading is the lines of a [Text] in an encoding that was not taken.
type Reading struct {
	Encoding Encoding `json:"encoding"`
	Lines    []string `json:"lines"`
}

const (
	sampleLines = 2
	sampleBytes = 512 // of a line
	sampleRunes = 40
)

// Text looks at a text file that [Limits.Read] has read; nil for a workbook, which says itself how it is written.
func (l Limits) Text(data []byte, name string) *Text {
	if extension := strings.ToLower(filepath.Ext(name)); extension != ".csv" && extension != ".txt" {
		return nil
	}
	found, err := sniff(data)
	if err != nil {
		return nil
	}
	text := &Text{Encoding: found, Lines: []string{}, Others: []Reading{}}
	if found == UTF16 {
		return text
	}
	if l.encoding != "" {
		text.Encoding, text.Chosen = l.encoding, true
	}
	lines := foreign(bytes.TrimPrefix(data, bomUTF8))
	if len(lines) == 0 {
		return text
	}
	text.Lines = text.Encoding.glimpse(lines)
	for _, other := range Chosen {
		if other != text.Encoding && (other != UTF8 || text.Encoding != UTF8BOM) {
			text.Others = append(text.Others, Reading{other, other.glimpse(lines)})
		}
	}
	return text
}

// foreign are the first lines that hold more than ASCII, as bytes: a line ends alike in every encoding here.
func foreign(data []byte) [][]byte {
	var lines [][]byte
	for rest, more := data, true; more && len(lines) < sampleLines; {
		var line []byte
		line, rest, more = bytes.Cut(rest, []byte("\n"))
		if slices.ContainsFunc(line, func(b byte) bool { return b >= 0x80 }) {
			lines = append(lines, bytes.TrimSpace(line))
		}
	}
	return lines
}

func (e Encoding) glimpse(lines [][]byte) []string {
	list := make([]string, len(lines))
	for i, line := range lines {
		text, _ := e.decode(line[:min(len(line), sampleBytes)]) // what was lost is to be seen
		list[i] = roster.Glimpse(string(text), sampleRunes)
	}
	return list
}
