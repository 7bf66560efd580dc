package api

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"gongjue/models"
	"gongjue/notify/paper"
)

// writePackage writes the zip file by file, each in memory only while it is its turn. Nothing is compressed, since every
// file inside is already, and the time is that of the package: the same files give the same bytes on every fetch.
func writePackage(w io.Writer, pack models.FilingPackage, content func(models.PackageFile) ([]byte, error)) error {
	archive := zip.NewWriter(w)
	for _, file := range pack.Files {
		bytes, err := content(file)
		if err != nil {
			return err
		}
		entry, err := archive.CreateHeader(&zip.FileHeader{Name: file.Path, Method: zip.Store, Modified: paper.Beijing(pack.MadeAt)})
		if err == nil {
			_, err = entry.Write(bytes)
		}
		if err != nil {
			return fmt.Errorf("write %s of a package: %w", file.Path, err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("end a package: %w", err)
	}
	return nil
}

// sumPackage gives the SHA-256 of a package in hex, and its size.
func sumPackage(pack models.FilingPackage, content func(models.PackageFile) ([]byte, error)) (string, int64, error) {
	sum := sha256.New()
	counted := counter{w: sum}
	if err := writePackage(&counted, pack, content); err != nil {
		return "", 0, err
	}
	return hex.EncodeToString(sum.Sum(nil)), counted.n, nil
}

// counter counts what passes.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
