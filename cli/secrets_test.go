package cli

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gongjue/models/vault"
)

// keyText is a key of n bytes, all alike, as files and variables hold it.
func keyText(fill byte, n int) string {
	return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{fill}, n))
}

func inDir(dir string) Config {
	config := defaults()
	config.DataDir = dir
	return config
}

func TestSecretsAreMadeOnceAndStay(t *testing.T) {
	config := inDir(filepath.Join(t.TempDir(), "data"))
	first, err := loadSecrets(config, nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, key := range [][]byte{first.Field, first.Token, first.Seal, first.Log} {
		if len(key) != vault.KeySize || seen[string(key)] {
			t.Fatalf("a key of %d bytes, or one that another has", len(key))
		}
		seen[string(key)] = true
	}
	second, err := loadSecrets(config, nil)
	if err != nil || !sameSecrets(first, second) {
		t.Errorf("the second start has other keys: %v", err)
	}
	entries, err := os.ReadDir(filepath.Join(config.DataDir, secretsDir))
	if err != nil || len(entries) != 4 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v", entry.Name(), info.Mode(), err)
		}
	}
	for _, dir := range []string{config.DataDir, filepath.Join(config.DataDir, secretsDir)} {
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: mode %v, %v", dir, info.Mode(), err)
		}
	}
}

func sameSecrets(a, b vault.Raw) bool {
	return bytes.Equal(a.Field, b.Field) && bytes.Equal(a.Token, b.Token) && bytes.Equal(a.Seal, b.Seal) && bytes.Equal(a.Log, b.Log)
}

func TestProcessesThatStartAtOnceShareTheKeys(t *testing.T) {
	config := inDir(t.TempDir())
	const starts = 32
	var all [starts]vault.Raw
	var wg sync.WaitGroup
	for i := range starts {
		wg.Go(func() {
			s, err := loadSecrets(config, nil)
			if err != nil {
				t.Error(err)
			}
			all[i] = s
		})
	}
	wg.Wait()
	for i := range all {
		if !sameSecrets(all[0], all[i]) {
			t.Errorf("start %d has keys of its own", i)
		}
	}
	if left, err := filepath.Glob(filepath.Join(config.DataDir, secretsDir, ".new-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestConfiguredKeysComeBeforeGeneratedOnes(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "token")
	if err := os.WriteFile(file, []byte(keyText(2, vault.KeySize)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	config := inDir(filepath.Join(dir, "data"))
	config.Secrets.TokenKeyFile = file
	config.Secrets.SealKeyFile = "never-read"
	s, err := loadSecrets(config, []string{
		"GONGJUE_SECRET_FIELD_KEY=" + keyText(1, vault.KeySize), "GONGJUE_SECRET_SEAL_KEY=" + keyText(3, vault.KeySize),
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.Field[0] != 1 || s.Token[0] != 2 || s.Seal[0] != 3 {
		t.Error("the keys are not those that were given")
	}
	made, err := filepath.Glob(filepath.Join(config.DataDir, secretsDir, "*"))
	if err != nil || len(made) != 1 || filepath.Base(made[0]) != "log.key" {
		t.Errorf("made %v, %v; want log.key alone", made, err)
	}
}

func TestSecretsAreRefused(t *testing.T) {
	for _, test := range []struct {
		name, text string
		mode       os.FileMode
		says       string
	}{
		{"a file that the group may read", keyText(1, vault.KeySize), 0o640, "chmod 600"},
		{"a file that all may read", keyText(1, vault.KeySize), 0o604, "chmod 600"},
		{"a key one byte short", keyText(1, vault.KeySize-1), 0o600, "holds 31 bytes"},
		{"a key one byte long", keyText(1, vault.KeySize+1), 0o600, "holds 33 bytes"},
		{"an empty file", "", 0o600, "holds 0 bytes"},
		{"what is not base64", "s3cret!", 0o600, "not base64"},
	} {
		t.Run(test.name, func(t *testing.T) {
			config := inDir(t.TempDir())
			config.Secrets.LogKeyFile = filepath.Join(config.DataDir, "log")
			if err := os.WriteFile(config.Secrets.LogKeyFile, []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(config.Secrets.LogKeyFile, test.mode); err != nil {
				t.Fatal(err)
			}
			_, err := loadSecrets(config, nil)
			if err == nil || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "secrets.log_key_file") {
				t.Fatalf("error %v, want %s", err, test.says)
			}
			if test.text != "" && strings.Contains(err.Error(), test.text) {
				t.Errorf("the error holds the key: %v", err)
			}
		})
	}
	t.Run("a configured file that is missing, which is not made", func(t *testing.T) {
		config := inDir(t.TempDir())
		config.Secrets.FieldKeyFile = filepath.Join(config.DataDir, "missing")
		if _, err := loadSecrets(config, nil); err == nil {
			t.Error("no error")
		}
		if _, err := os.Stat(config.Secrets.FieldKeyFile); err == nil {
			t.Error("it was made")
		}
	})
	t.Run("a short key in the environment", func(t *testing.T) {
		_, err := loadSecrets(inDir(t.TempDir()), []string{"GONGJUE_SECRET_LOG_KEY=" + keyText(1, 16)})
		if err == nil || !strings.Contains(err.Error(), "GONGJUE_SECRET_LOG_KEY: holds 16 bytes") {
			t.Errorf("error %v", err)
		}
	})
}
