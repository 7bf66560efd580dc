package cli

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
)

// releaseHash is the SHA-256 of the running program, which every open leaf names: a published result says
// which build counted it.
func releaseHash() ([32]byte, error) {
	path, err := os.Executable()
	if err != nil {
		return [32]byte{}, fmt.Errorf("find the program's file: %w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return [32]byte{}, fmt.Errorf("read the program's file: %w", err)
	}
	defer func() { _ = file.Close() }() // only read
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return [32]byte{}, fmt.Errorf("read the program's file: %w", err)
	}
	return [32]byte(hash.Sum(nil)), nil
}
