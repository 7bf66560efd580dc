package bundle

import (
	"archive/zip"
	"fmt"
	"hash/crc32"
	"io"
)

// zipVersion is the version of the format that an extractor needs: 1.0, plain stored files.
const zipVersion = 10

// writeZip stores the files as they are: without compression, times or attributes, so that every program that
// follows the form makes the same bytes.
func writeZip(w io.Writer, parts []part) error {
	archive := zip.NewWriter(w)
	for _, p := range parts {
		size := uint64(len(p.text))
		file, err := archive.CreateRaw(&zip.FileHeader{Name: p.name, Method: zip.Store, CreatorVersion: zipVersion, ReaderVersion: zipVersion,
			CRC32: crc32.ChecksumIEEE(p.text), CompressedSize64: size, UncompressedSize64: size})
		if err == nil {
			_, err = file.Write(p.text)
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", p.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("close the zip: %w", err)
	}
	return nil
}
