package workbook

import (
	"archive/zip"
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
	if err := l.checkTotals(archive, size); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, entry := range archive.File {
		if err := l.checkEntry(entry); err != nil {
			return nil, err
		}
		name := partName(entry)
		if seen[name] {
			return nil, refuse(FileHostile, "a zip entry twice")
		}
		seen[name] = true
	}
	if !seen[partBook] {
		return nil, refuse(FileKind, "a zip without xl/workbook.xml")
	}
	return archive, nil
}

func (l Limits) checkEntry(entry *zip.File) error {
	name := partName(entry)
	switch {
	case strings.HasPrefix(name, "/"), strings.Contains(name, ":"), strings.ContainsRune(name, 0):
		return refuse(FileHostile, "zip entry with an absolute path")
	case name == "..", strings.HasPrefix(name, "../"), strings.HasSuffix(name, "/.."), strings.Contains(name, "/../"):
		return refuse(FileHostile, "zip entry that leads out")
	case entry.Mode()&fs.ModeType != 0 && !entry.Mode().IsDir():
		return refuse(FileHostile, "zip entry that is a link or device")
	case strings.Contains(name, "vbaproject"), strings.HasPrefix(name, "xl/macrosheets/"):
		return refuse(FileMacros, "holds macros")
	case entry.Flags&1 != 0:
		return refuse(FilePassword, "encrypted zip entry")
	case entry.UncompressedSize64 > uint64(l.UnpackedBytes):
		return refuse(FileHostile, "entry unpacks to %d bytes", entry.UncompressedSize64)
	case entry.UncompressedSize64 > smallEntry && entry.UncompressedSize64/uint64(l.Ratio) > entry.CompressedSize64:
		return refuse(FileHostile, "entry packed more than %d to 1", l.Ratio)
	}
	return nil
}
