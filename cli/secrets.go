package cli

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"gongjue/models/vault"
)

// Where a key may come from, first to last: the environment, a file named in config.yaml, a file in
// data_dir/secrets that is made when it is not there.
const (
	secretVariablePrefix = environmentPrefix + "SECRET_"
	secretsDir           = "secrets"
)

type keySource struct {
	variable string // in the environment, base64
	setting  string // in config.yaml, for messages
	file     string // the configured path, empty for the generated one
	name     string // of the generated file
	key      *[]byte
}

func keySources(config secretsConfig, raw *vault.Raw) []keySource {
	return []keySource{
		{secretVariablePrefix + "FIELD_KEY", "secrets.field_key_file", config.FieldKeyFile, "field.key", &raw.Field},
		{secretVariablePrefix + "TOKEN_KEY", "secrets.token_key_file", config.TokenKeyFile, "token.key", &raw.Token},
		{secretVariablePrefix + "SEAL_KEY", "secrets.seal_key_file", config.SealKeyFile, "seal.key", &raw.Seal},
		{secretVariablePrefix + "LOG_KEY", "secrets.log_key_file", config.LogKeyFile, "log.key", &raw.Log},
	}
}

// isSecretVariable tells the variables of keys from slips of the pen.
func isSecretVariable(name string) bool {
	for _, source := range keySources(secretsConfig{}, &vault.Raw{}) {
		if source.variable == name {
			return true
		}
	}
	for _, source := range oldKeySources(secretsConfig{}, &vault.Raw{}) {
		if source.variable == name {
			return true
		}
	}
	return false
}

// loadSecrets reads the four keys, and makes those that are configured nowhere; and the old keys, if there are
// any. Two processes that start at once end up with the same keys. A configured file that is missing is an
// error, never made.
func loadSecrets(config Config, environ []string) (vault.Raw, error) {
	given := map[string]string{}
	for _, pair := range environ {
		name, text, _ := strings.Cut(pair, "=")
		given[name] = text
	}
	var raw vault.Raw
	for _, source := range keySources(config.Secrets, &raw) {
		key, err := source.load(given[source.variable], config.DataDir)
		if err != nil {
			return vault.Raw{}, err
		}
		*source.key = key
	}
	for _, source := range oldKeySources(config.Secrets, &raw) {
		keys, err := source.load(given[source.variable], config.DataDir)
		if err != nil {
			return vault.Raw{}, err
		}
		*source.keys = keys
	}
	return raw, nil
}

func (s keySource) load(given, dataDir string) ([]byte, error) {
	if given != "" {
		key, err := decodeKey(given)
		if err != nil {
			return nil, fmt.Errorf("environment: %s: %w", s.variable, err)
		}
		return key, nil
	}
	path, text := s.file, []byte(nil)
	var err error
	if path != "" {
		text, err = readPrivate(path)
	} else {
		path = filepath.Join(dataDir, secretsDir, s.name)
		text, err = readOrMakeKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.setting, err)
	}
	key, err := decodeKey(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", s.setting, path, err)
	}
	return key, nil
}

// decodeKey never repeats the text in its error.
func decodeKey(text string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return nil, errors.New("not base64")
	}
	if len(key) != vault.KeySize {
		return nil, fmt.Errorf("holds %d bytes, a key has %d", len(key), vault.KeySize)
	}
	return key, nil
}

// readPrivate reads a file that nobody but its owner may touch. What is checked is the open file, so that
// it cannot be exchanged between the check and the reading.
func readPrivate(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // opened for reading only
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if perm := info.Mode().Perm(); perm&0o077 != 0 && runtime.GOOS != "windows" { // no such bits there
		return nil, fmt.Errorf("%s has mode %04o and can be read by others; run: chmod 600 %s", path, perm, path)
	}
	const longest = 4096
	return io.ReadAll(io.LimitReader(file, longest))
}

// readOrMakeKey returns what stands in the file, made with a random key if it is not there.
func readOrMakeKey(path string) ([]byte, error) {
	text, err := readPrivate(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return text, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	key := make([]byte, vault.KeySize)
	rand.Read(key) // never fails: crypto/rand ends the process instead
	if err := publishPrivate(path, base64.StdEncoding.EncodeToString(key)+"\n"); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return readPrivate(path) // ours, or that of the process that was faster
}

// publishPrivate makes a file of mode 0600 appear whole and durable, or returns fs.ErrExist and leaves the
// one that is there: written under another name first, then linked, which never replaces.
func publishPrivate(path, text string) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*") // O_EXCL, mode 0600
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Link(file.Name(), path)
	}
	return errors.Join(err, os.Remove(file.Name()), syncDir(filepath.Dir(path)))
}

// syncDir makes the names in a directory durable: a key that is used must be there after a power loss.
func syncDir(path string) error {
	if runtime.GOOS == "windows" { // where a directory cannot be synced
		return nil
	}
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
