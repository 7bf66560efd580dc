package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"
	"strings"
)

// smallEntry is the unpacked size up to which the ratio is not looked at: short XML parts of honest files
// pack very well.
const smallEntry = 1 << 20

// openZip reads the zip directory and refuses what an honest spreadsheet never holds, before a single entry
// is unpacked.
func (l Limits) openZip(file io.ReaderAt, size int64) (*zip.Reader, error) {
	if err := l.checkEnd(file, size); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, refuse(FileUnreadable, "zip directory")
	}
	if len(archive.File) > l.Entries {
		return nil, refuse(FileHostile, "%d zip entries", len(archive.File))
	}
	seen := map[string]bool{}
	total := uint64(0)
	for _, entry := range archive.File {
		if err := l.checkEntry(entry); err != nil {
			return nil, err
		}
		name := strings.ToLower(strings.ReplaceAll(entry.Name, `\`, "/"))
		if seen[name] {
			return nil, refuse(FileHostile, "a zip entry twice")
		}
		seen[name] = true
		total += entry.UncompressedSize64
		if total > uint64(l.UnpackedBytes) {
			return nil, refuse(FileHostile, "unpacks to more than %d bytes", l.UnpackedBytes)
		}
	}
	if !seen["xl/workbook.xml"] {
		return nil, refuse(FileKind, "a zip without xl/workbook.xml")
	}
	return archive, nil
}

func (l Limits) checkEntry(entry *zip.File) error {
	name := strings.ToLower(strings.ReplaceAll(entry.Name, `\`, "/"))
	switch {
	case strings.HasPrefix(name, "/"), strings.Contains(name, ":"), strings.ContainsRune(name, 0):
		return refuse(FileHostile, "zip entry with an absolute path")
	case name == "..", strings.HasPrefix(name, "../"), strings.HasSuffix(name, "/.."), strings.Contains(name, "/../"):
		return refuse(FileHostile, "zip entry that leads out")
	case entry.Mode()&fs.ModeType != 0 && !entry.Mode().IsDir():
		return refuse(FileHostile, "zip entry that is a link or device")
	case strings.Contains(name, "vbaproject"), strings.HasPrefix(name, "xl/macrosheets/"):
		return refuse(FileHostile, "holds macros")
	case entry.Flags&1 != 0:
		return refuse(FileUnreadable, "encrypted zip entry")
	case entry.UncompressedSize64 > uint64(l.UnpackedBytes):
		return refuse(FileHostile, "entry unpacks to %d bytes", entry.UncompressedSize64)
	case entry.UncompressedSize64 > smallEntry && entry.UncompressedSize64/uint64(l.Ratio) > entry.CompressedSize64:
		return refuse(FileHostile, "entry packed more than %d to 1", l.Ratio)
	}
	return nil
}

var (
	zipStart = []byte("PK\x03\x04")
	zipEnd   = []byte("PK\x05\x06")
	oleStart = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
)

// checkEnd looks at the first bytes and at the entry count in the end record, so that a directory of a
// million entries is refused without reading it.
func (l Limits) checkEnd(file io.ReaderAt, size int64) error {
	head := make([]byte, 8)
	n, _ := file.ReadAt(head, 0) // a file shorter than eight bytes is no zip
	switch head = head[:n]; {
	case bytes.HasPrefix(head, oleStart):
		return refuse(FileKind, "an old .xls, or a file with a password")
	case !bytes.HasPrefix(head, zipStart):
		return refuse(FileKind, "not a zip")
	}
	tail := make([]byte, min(size, 1<<16+22))
	if _, err := file.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return err
	}
	end := bytes.LastIndex(tail, zipEnd)
	if end < 0 || len(tail)-end < 22 {
		return refuse(FileUnreadable, "zip cut short")
	}
	if entries := int(binary.LittleEndian.Uint16(tail[end+10:])); entries > l.Entries {
		return refuse(FileHostile, "%d zip entries", entries)
	}
	return nil
}
