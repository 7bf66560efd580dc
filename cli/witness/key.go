package witness

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"

	"gongjue/voting/ledger"
)

// Key is the street's own key with its name.
type Key struct {
	Name   string
	secret ed25519.PrivateKey
}

// ErrKeyFile says that a file is no key, or that others may read it.
var ErrKeyFile = errors.New("not a witness key")

// keyFormat is the first word of a key file; a key of another algorithm has another one.
const keyFormat = "gongjue-witness-ed25519"

// NewKey draws a key. It refuses with ledger.ErrWitness a name that a note cannot carry.
func NewKey(name string) (Key, error) {
	_, secret, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return Key{}, fmt.Errorf("draw a key: %w", err)
	}
	key := Key{name, secret}
	_, err = key.Witness()
	return key, err
}

// Witness is the public half.
func (k Key) Witness() (ledger.Witness, error) { return ledger.NewWitness(k.Name, k.secret.Public()) }

// Proof is what the street hands in to register the key; at is Unix ms.
func (k Key) Proof(at int64) (string, error) {
	w, err := k.Witness()
	if err != nil {
		return "", err
	}
	signer, err := ledger.NewCosigner(k.Name, k.secret, at)
	if err != nil {
		return "", err
	}
	return ledger.WitnessProof(w, signer)
}

// sign puts the key's line under a note, as seen at a moment in Unix ms.
func (k Key) sign(note []byte, at int64) ([]byte, error) {
	signer, err := ledger.NewCosigner(k.Name, k.secret, at)
	if err != nil {
		return nil, err
	}
	return ledger.Cosign(note, signer)
}

// Write makes a key file of mode 0400. A file that is there already is never overwritten: a lost key is lost.
func (k Key) Write(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o400)
	if err != nil {
		return fmt.Errorf("make the key file: %w", err)
	}
	_, err = fmt.Fprintf(file, "%s %s %s\n", keyFormat, k.Name, base64.StdEncoding.EncodeToString(k.secret.Seed()))
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("write the key file: %w", err)
	}
	return nil
}

// ReadKey reads a key file. ErrKeyFile where it is none, or where others may read it.
func ReadKey(path string) (Key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Key{}, fmt.Errorf("find the key: %w", err)
	}
	if othersMayRead(info) {
		return Key{}, fmt.Errorf("%w: %s can be read by others; run chmod 400 on it", ErrKeyFile, path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return Key{}, fmt.Errorf("read the key: %w", err)
	}
	parts := strings.Fields(string(text))
	if len(parts) != 3 || parts[0] != keyFormat {
		return Key{}, fmt.Errorf("%w: %s", ErrKeyFile, path)
	}
	seed, err := base64.StdEncoding.Strict().DecodeString(parts[2])
	if err != nil || len(seed) != ed25519.SeedSize {
		return Key{}, fmt.Errorf("%w: %s", ErrKeyFile, path)
	}
	key := Key{parts[1], ed25519.NewKeyFromSeed(seed)}
	_, err = key.Witness()
	return key, err
}
