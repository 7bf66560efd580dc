package workbook

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

var (
	bomUTF8    = []byte("\xef\xbb\xbf")
	bomUTF16LE = []byte("\xff\xfe")
	bomUTF16BE = []byte("\xfe\xff")
)

// Encoding is how a text file writes its characters.
type Encoding string

// The encodings that are read. A person may choose UTF8 or GB18030 for a file that was taken for the other.
const (
	UTF8    Encoding = "utf-8"
	UTF8BOM Encoding = "utf-8-bom" // it says so itself, by a byte order mark
	GB18030 Encoding = "gb18030"
	UTF16   Encoding = "utf-16"
)

// Encodings lists them.
var Encodings = []Encoding{UTF8, UTF8BOM, GB18030, UTF16}

// Chosen lists the encodings that a person may choose.
var Chosen = []Encoding{UTF8, GB18030}

// In is to read a text file in this encoding, as a person chose it; the empty one finds it. A file that says by its
// byte order mark that it is UTF-16 is read so all the same: nothing else could be read from it.
func (l Limits) In(chosen Encoding) Limits {
	l.encoding = chosen
	return l
}

// decode gives the text in UTF-8.
func (l Limits) decode(data []byte) ([]byte, error) {
	encoding, err := sniff(data)
	if err != nil {
		return nil, err
	}
	if l.encoding == "" || encoding == UTF16 {
		return encoding.decode(data)
	}
	text, err := l.encoding.decode(data)
	if err == nil {
		err = mostlyFound(text)
	}
	return text, err
}

// sniff finds the encoding. A byte order mark decides; then text that is valid UTF-8 is UTF-8, and text that is nearly
// so is UTF-8 with damage; everything else is GB18030. GB18030 must never be tried first: it reads UTF-8 with a byte
// order mark as 锘夸笟 without an error.
func sniff(data []byte) (Encoding, error) {
	switch {
	case bytes.HasPrefix(data, bomUTF8):
		return UTF8BOM, nil
	case bytes.HasPrefix(data, bomUTF16LE), bytes.HasPrefix(data, bomUTF16BE):
		return UTF16, nil
	case bytes.IndexByte(data, 0) >= 0:
		return "", refuse(FileKind, "not a text file")
	case utf8.Valid(data), nearlyUTF8(data):
		return UTF8, nil
	}
	return GB18030, nil
}

// decode reads bytes in this encoding. What cannot be decoded becomes U+FFFD, which the roster reports row by row.
func (e Encoding) decode(data []byte) ([]byte, error) {
	switch e {
	case UTF8, UTF8BOM:
		if data = bytes.TrimPrefix(data, bomUTF8); utf8.Valid(data) {
			return data, nil
		}
		return bytes.ToValidUTF8(data, []byte("\uFFFD")), nil
	case UTF16:
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return nil, refuse(FileUnreadable, "UTF-16")
		}
		if bytes.IndexByte(text, 0) >= 0 {
			return nil, refuse(FileKind, "UTF-32, or not a text file")
		}
		return text, nil
	}
	text, err := decodeGB18030(data)
	if err != nil {
		return nil, refuse(FileUnreadable, "GB18030")
	}
	return text, mostlyFound(text)
}

// mostlyFound refuses a text of which more than one character in twenty was lost: it is another encoding. A few lost
// ones are reported with their rows.
func mostlyFound(text []byte) error {
	if lost := bytes.Count(text, []byte("\uFFFD")); lost*20 > utf8.RuneCount(text) {
		return refuse(FileUnreadable, "another encoding")
	}
	return nil
}

// nearlyUTF8 tells whether at least nine of ten characters beyond ASCII are whole UTF-8 sequences of three
// bytes or more; Chinese text in GB18030 has next to none.
func nearlyUTF8(data []byte) bool {
	whole, broken := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size <= 1:
			broken++
		case size >= 3:
			whole++
		}
		data = data[size:]
	}
	return whole > 9*broken
}

// missingPairs are the two-byte codes that GB18030-2022 moved to characters of their own and that the
// decoder of x/text does not know; names are written with the ideographs among them (䶮's neighbours 龴…龻).
var missingPairs = map[[2]byte]rune{
	{0xA6, 0xD9}: 0xFE10, {0xA6, 0xDA}: 0xFE12, {0xA6, 0xDB}: 0xFE11, {0xA6, 0xDC}: 0xFE13, {0xA6, 0xDD}: 0xFE14,
	{0xA6, 0xDE}: 0xFE15, {0xA6, 0xDF}: 0xFE16, {0xA6, 0xEC}: 0xFE17, {0xA6, 0xED}: 0xFE18, {0xA6, 0xF3}: 0xFE19,
	{0xFE, 0x59}: 0x9FB4, {0xFE, 0x61}: 0x9FB5, {0xFE, 0x66}: 0x9FB6, {0xFE, 0x67}: 0x9FB7, {0xFE, 0x6D}: 0x9FB8,
	{0xFE, 0x7E}: 0x9FB9, {0xFE, 0x90}: 0x9FBA, {0xFE, 0xA0}: 0x9FBB, {0xA8, 0xBC}: 0x1E3F,
}

// decodeGB18030 walks the characters to find the pairs above, and leaves the stretches between them to the
// library.
func decodeGB18030(data []byte) ([]byte, error) {
	decoder := simplifiedchinese.GB18030.NewDecoder()
	out := make([]byte, 0, len(data)*3/2)
	start := 0
	flush := func(end int) error {
		text, err := decoder.Bytes(data[start:end])
		out = append(out, text...)
		return err
	}
	for i := 0; i < len(data); {
		size := gbSize(data[i:])
		if size == 2 {
			if r, found := missingPairs[[2]byte{data[i], data[i+1]}]; found {
				if err := flush(i); err != nil {
					return nil, err
				}
				out = utf8.AppendRune(out, r)
				start = i + 2
			}
		}
		i += size
	}
	return out, flush(len(data))
}

// gbSize is the length of the character at the start: one byte below 0x80 or where nothing follows, four
// where the second byte is a digit, otherwise two.
func gbSize(data []byte) int {
	switch {
	case data[0] <= 0x80 || data[0] == 0xFF || len(data) < 2:
		return 1
	case data[1] >= '0' && data[1] <= '9':
		return min(4, len(data))
	case data[1] < 0x40:
		return 1
	}
	return 2
}
