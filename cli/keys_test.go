package cli

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gongjue/e2e/pgtest"
	"gongjue/models"
	"gongjue/models/vault"
)

// rosterInPlace is an installation with the sample roster of 956 units.
func rosterInPlace(t *testing.T, url string) []string {
	t.Helper()
	standard, err := filepath.Abs(standardRoster)
	if err != nil {
		t.Fatal(err)
	}
	environ := installation(t, url)
	must(t, environ, "", "migrate", "up")
	c := community(t, environ)
	must(t, environ, "", "roster", "import", "--community", c.ID, "--parking", "area", standard)
	return environ
}

// setAside makes the keys in the data directory old ones; the next start makes new ones.
func setAside(t *testing.T, environ []string) (secrets string) {
	t.Helper()
	config, err := loadConfig("", environ)
	if err != nil {
		t.Fatal(err)
	}
	secrets = filepath.Join(config.DataDir, secretsDir)
	for _, name := range []string{"field", "seal"} {
		if err := os.Rename(filepath.Join(secrets, name+".key"), filepath.Join(secrets, name+".old.key")); err != nil {
			t.Fatal(err)
		}
	}
	return secrets
}

func keyStatesOf(t *testing.T, environ []string) map[models.KeyKind]keyState {
	t.Helper()
	var list []keyState
	if err := json.Unmarshal([]byte(must(t, environ, "", "keys", "status", "--json")), &list); err != nil {
		t.Fatal(err)
	}
	states := map[models.KeyKind]keyState{}
	for _, state := range list {
		states[state.Kind] = state
	}
	return states
}

func TestARotationThatWasKilledGoesOnWhereItStopped(t *testing.T) {
	pgtest.Both(t, func(t *testing.T, url string) {
		environ := rosterInPlace(t, url)
		before := keyStatesOf(t, environ)["field"]
		if before.Values < 1000 || before.Left != 0 || before.InForce != before.Configured || !before.Finished {
			t.Fatalf("before: %+v", before)
		}
		secrets := setAside(t, environ)
		if now := keyStatesOf(t, environ)["field"]; now.InForce != before.InForce || now.Configured == before.Configured {
			t.Fatalf("a new key is in force by itself: %+v", now)
		}
		killInTheMiddle(t, environ)
		half := keyStatesOf(t, environ)["field"]
		if half.Left == 0 || half.Left >= half.Values || half.Finished || half.InForce == before.InForce {
			t.Fatalf("in the middle: %+v", half)
		}
		old := filepath.Join(secrets, "field.old.key")
		if err := os.Rename(old, old+".away"); err != nil {
			t.Fatal(err)
		}
		refused(t, environ, "", "its old key is still needed", "keys", "status")
		if err := os.Rename(old+".away", old); err != nil {
			t.Fatal(err)
		}
		if text := must(t, environ, "", "keys", "status"); !strings.Contains(text, "还没有完成") {
			t.Errorf("the status says %s", text)
		}
		if text := must(t, environ, "", "keys", "rotate"); strings.Count(text, "旧密钥不再需要") != 2 {
			t.Errorf("the rotation ends with %s", text)
		}
		for _, name := range []string{"field.old.key", "seal.old.key"} {
			if err := os.Remove(filepath.Join(secrets, name)); err != nil {
				t.Fatal(err)
			}
		}
		after := keyStatesOf(t, environ)["field"]
		if after.Left != 0 || after.Values != before.Values || !after.Finished || after.InForce != half.InForce {
			t.Errorf("after: %+v", after)
		}
	})
}

// killInTheMiddle runs a rotation in a process of its own, one value at a time, and kills it (-9) when it says for
// the first time how far it is.
func killInTheMiddle(t *testing.T, environ []string) {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(append(os.Environ(), environ...), commandVariable+"=keys rotate --batch 1")
	progress, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(progress).ReadString('\n')
	if killed := command.Process.Kill(); err != nil || killed != nil || !strings.Contains(line, "已重新加密 1 个") {
		t.Errorf("%q, %v, %v", line, err, killed)
	}
	_ = command.Wait() // killed: its exit status is known
}

func TestOldKeysComeFromVariablesFilesOrTheDataDirectory(t *testing.T) {
	config := inDir(filepath.Join(t.TempDir(), "data"))
	raw, err := loadSecrets(config, []string{"GONGJUE_SECRET_OLD_FIELD_KEYS=" + keyText(5, vault.KeySize) + "," + keyText(6, vault.KeySize)})
	if err != nil || len(raw.OldField) != 2 || raw.OldField[0][0] != 5 || raw.OldField[1][0] != 6 || raw.OldSeal != nil {
		t.Errorf("from the environment: %d, %v", len(raw.OldField), err)
	}
	file := filepath.Join(config.DataDir, secretsDir, "seal.old.key")
	if err := os.WriteFile(file, []byte(keyText(7, vault.KeySize)), 0o600); err != nil {
		t.Fatal(err)
	}
	if raw, err = loadSecrets(config, nil); err != nil || len(raw.OldSeal) != 1 || raw.OldSeal[0][0] != 7 || raw.OldField != nil {
		t.Errorf("from the data directory: %d, %v", len(raw.OldSeal), err)
	}
	named := config
	named.Secrets.OldFieldKeyFiles = []string{file}
	if raw, err = loadSecrets(named, nil); err != nil || len(raw.OldField) != 1 || raw.OldField[0][0] != 7 {
		t.Errorf("from a named file: %d, %v", len(raw.OldField), err)
	}
	named.Secrets.OldFieldKeyFiles = []string{file + ".missing"}
	if _, err = loadSecrets(named, nil); err == nil || !strings.Contains(err.Error(), "secrets.old_field_key_files") {
		t.Errorf("a named file that is missing: %v", err)
	}
	for variable, says := range map[string]string{
		"GONGJUE_SECRET_OLD_SEAL_KEYS=" + keyText(1, 31): "holds 31 bytes",
		"GONGJUE_SECRET_OLD_SEAL_KEYS=s3cret!":           "not base64",
	} {
		if _, err := loadSecrets(config, []string{variable}); err == nil || !strings.Contains(err.Error(), "GONGJUE_SECRET_OLD_SEAL_KEYS: "+says) {
			t.Errorf("%s: %v", says, err)
		}
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := loadSecrets(config, nil); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("an old key that all may read: %v", err)
	}
}

func TestARotationIsRefused(t *testing.T) {
	environ := rosterInPlace(t, "")
	for _, batch := range []string{"0", "10001", "-1"} {
		refused(t, environ, "", "is not between 1 and 10000", "keys", "rotate", "--batch", batch)
	}
	secrets := setAside(t, environ)
	must(t, environ, "", "keys", "rotate")
	if err := os.Rename(filepath.Join(secrets, "field.key"), filepath.Join(secrets, "new")); err != nil {
		t.Fatal(err)
	}
	for _, move := range [][2]string{{"field.old.key", "field.key"}, {"new", "field.old.key"}} {
		if err := os.Rename(filepath.Join(secrets, move[0]), filepath.Join(secrets, move[1])); err != nil {
			t.Fatal(err)
		}
	}
	refused(t, environ, "", "was retired by an earlier rotation", "keys", "rotate")
}
