package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
)

var (
	zipStart   = []byte("PK\x03\x04")
	zipEnd     = []byte("PK\x05\x06")
	zipLocator = []byte("PK\x06\x07")
	oleStart   = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
)

const (
	endSize     = 22      // of the end record, without its comment
	locatorSize = 20      // of the record that leads to a zip64 directory
	mostComment = 1 << 16 // behind the end record
	// mostEntrySize bounds one entry of the directory: 46 bytes, a name, and the extra fields that programs add.
	mostEntrySize = 1 << 10
)

// checkEnd looks at the first bytes and at the end record, so that a directory of a million entries is refused
// without reading it: by its count, and by its length where the count is a lie. A file of this size has no need
// of the wide records of zip64, in which the true numbers would stand.
func (l Limits) checkEnd(file io.ReaderAt, size int64) error {
	head := make([]byte, 8)
	n, _ := file.ReadAt(head, 0) // a file shorter than eight bytes is no zip
	switch head = head[:n]; {
	case bytes.HasPrefix(head, oleStart):
		return refuseOther(file, size)
	case !bytes.HasPrefix(head, zipStart):
		return refuse(FileKind, "not a zip")
	}
	tail := make([]byte, min(size, mostComment+endSize+locatorSize))
	before := size - int64(len(tail))
	if _, err := file.ReadAt(tail, before); err != nil && err != io.EOF {
		return err
	}
	end := bytes.LastIndex(tail, zipEnd)
	if end < 0 || len(tail)-end < endSize {
		return refuse(FileUnreadable, "zip cut short")
	}
	if end >= locatorSize && bytes.HasPrefix(tail[end-locatorSize:], zipLocator) {
		return refuse(FileHostile, "a zip64 directory")
	}
	entries := int(binary.LittleEndian.Uint16(tail[end+10:]))
	start := int64(binary.LittleEndian.Uint32(tail[end+16:]))
	if length := before + int64(end) - start; entries > l.Entries || length > int64(l.Entries)*mostEntrySize {
		return refuse(FileHostile, "%d zip entries in %d bytes", entries, length)
	}
	return nil
}

// checkTotals refuses entries that unpack to too much together, and entries that share their bytes: a zip in which
// all are one and the same bomb.
func (l Limits) checkTotals(archive *zip.Reader, size int64) error {
	unpacked, packed := uint64(0), uint64(0)
	for _, entry := range archive.File {
		unpacked += entry.UncompressedSize64
		packed += entry.CompressedSize64
		if unpacked > uint64(l.UnpackedBytes) || packed > uint64(size) {
			return refuse(FileHostile, "%d bytes unpack to %d", packed, unpacked)
		}
	}
	return nil
}
