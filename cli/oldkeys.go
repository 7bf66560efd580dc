package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"gongjue/models/vault"
)

// oldKeySource is where the earlier keys of one kind come from, first to last: the environment, separated by
// commas; the files named in config.yaml; one file in data_dir/secrets, if it is there.
type oldKeySource struct {
	variable string
	setting  string
	files    []string
	name     string
	keys     *[][]byte
}

func oldKeySources(config secretsConfig, raw *vault.Raw) []oldKeySource {
	return []oldKeySource{
		{secretVariablePrefix + "OLD_FIELD_KEYS", "secrets.old_field_key_files", config.OldFieldKeyFiles, "field.old.key", &raw.OldField},
		{secretVariablePrefix + "OLD_SEAL_KEYS", "secrets.old_seal_key_files", config.OldSealKeyFiles, "seal.old.key", &raw.OldSeal},
	}
}

func (s oldKeySource) load(given, dataDir string) ([][]byte, error) {
	var keys [][]byte
	if given != "" {
		for text := range strings.SplitSeq(given, ",") {
			key, err := decodeKey(text)
			if err != nil {
				return nil, fmt.Errorf("environment: %s: %w", s.variable, err)
			}
			keys = append(keys, key)
		}
		return keys, nil
	}
	files, optional := s.files, len(s.files) == 0
	if optional {
		files = []string{filepath.Join(dataDir, secretsDir, s.name)}
	}
	for _, path := range files {
		text, err := readPrivate(path)
		if optional && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.setting, err)
		}
		key, err := decodeKey(string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", s.setting, path, err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}
