package cli

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongjue/e2e/pgtest"
	"gongjue/migrations"
	"gongjue/models"
	"gongjue/voting/roster"
)

const (
	standardRoster = "../testdata/rosters/roster-standard.xlsx"
	messyRoster    = "../testdata/rosters/roster-messy.xlsx"
	passphrase     = "correct horse battery"
)

// commandVariable makes the test program run a command line as the product would: a process that a test can kill.
const commandVariable = "GONGJUE_TEST_COMMAND"

func TestMain(m *testing.M) {
	if line := os.Getenv(commandVariable); line != "" {
		os.Exit(Main(strings.Fields(line), strings.NewReader(""), os.Stdout, os.Stderr))
	}
	pgtest.Main(m)
}

// installation is an environment with a data directory and a database of its own.
func installation(t *testing.T, url string) []string {
	t.Helper()
	environ := []string{"GONGJUE_DATA_DIR=" + filepath.Join(t.TempDir(), "data")}
	if strings.HasPrefix(url, "postgres://") {
		environ = append(environ, "GONGJUE_DATABASE_URL="+url)
	}
	t.Chdir(t.TempDir()) // no config.yaml here
	return environ
}

// must runs a command line that has to succeed and returns what it printed.
func must(t *testing.T, environ []string, stdin string, args ...string) string {
	t.Helper()
	code, out, errText := call(t, environ, stdin, args...)
	if code != 0 {
		t.Fatalf("%q: exit %d: %s", args, code, errText)
	}
	return out
}

// refused runs a command line that has to fail with that text.
func refused(t *testing.T, environ []string, stdin, says string, args ...string) {
	t.Helper()
	code, _, errText := call(t, environ, stdin, args...)
	if code != 1 || !strings.Contains(errText, says) {
		t.Errorf("%q: exit %d, %q; want %q", args, code, errText, says)
	}
}

func TestMigrateBringsAFreshDatabaseToThisProgramsVersion(t *testing.T) {
	pgtest.Both(t, func(t *testing.T, url string) {
		environ := installation(t, url)
		var before, after schemaStatus
		if err := json.Unmarshal([]byte(must(t, environ, "", "migrate", "status", "--json")), &before); err != nil {
			t.Fatal(err)
		}
		refused(t, environ, passphrase, "gongjue migrate up", "user", "add", "--login", "lin", "--name", "林", "--role", "operator")
		must(t, environ, "", "migrate", "up")
		must(t, environ, "", "migrate", "up") // nothing to do is no failure
		if err := json.Unmarshal([]byte(must(t, environ, "", "migrate", "status", "--json")), &after); err != nil {
			t.Fatal(err)
		}
		if before.Current != 0 || before.Newest == 0 || after.Current != before.Newest || after.Newest != before.Newest {
			t.Errorf("before %+v, after %+v", before, after)
		}
	})
}

func TestSchemaStatusSaysWhatToDo(t *testing.T) {
	for _, test := range []struct {
		name            string
		current, newest int64
		says            string
	}{
		{"behind", 1, 2, "请运行 gongjue migrate up"},
		{"exact", 2, 2, "已是最新"},
		{"ahead", 3, 2, "请换用新的程序"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			p := &program{out: &out}
			if err := p.printSchema(migrations.Status{Current: test.current, Newest: test.newest}); err != nil || !strings.Contains(out.String(), test.says) {
				t.Errorf("%q, %v", out.String(), err)
			}
		})
	}
}

func TestTheDatabaseFileIsClosedToOtherUsers(t *testing.T) {
	environ := installation(t, "")
	dir := strings.TrimPrefix(environ[0], "GONGJUE_DATA_DIR=")
	if err := os.MkdirAll(dir, 0o755); err != nil { // made by somebody before us, open to read
		t.Fatal(err)
	}
	must(t, environ, "", "migrate", "up")
	if info, err := os.Stat(filepath.Join(dir, "gongjue.db")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// inStore looks into the installation's database.
func inStore(t *testing.T, environ []string, use func(*models.Store)) {
	t.Helper()
	config, err := loadConfig("", environ)
	if err != nil {
		t.Fatal(err)
	}
	if err := withStore(t.Context(), config, environ, func(s *models.Store) error { use(s); return nil }); err != nil {
		t.Fatal(err)
	}
}

// community opens the sample community and returns it.
func community(t *testing.T, environ []string) (opened models.Community) {
	t.Helper()
	inStore(t, environ, func(s *models.Store) {
		var err error
		if opened, err = s.CreateCommunity(t.Context(), operator, "示例区", "示例街道", "示例小区"); err != nil {
			t.Fatal(err)
		}
	})
	return opened
}

func TestAnAccountSignsInWithThePasswordOfStandardInput(t *testing.T) {
	pgtest.Both(t, func(t *testing.T, url string) {
		environ := installation(t, url)
		must(t, environ, "", "migrate", "up")
		c := community(t, environ)
		add := func(role string, more ...string) []string {
			return append([]string{"user", "add", "--login", role, "--name", "示例", "--role", role}, more...)
		}
		for _, args := range [][]string{
			add("operator"), add("district", "--district", c.DistrictID), add("street", "--street", c.StreetID),
			add("convener", "--community", c.ID), add("teller", "--community", c.ID),
		} {
			out := must(t, environ, passphrase+"\nnot this line\n", args...)
			if strings.Contains(out, passphrase) {
				t.Errorf("the password is printed: %s", out)
			}
		}
		inStore(t, environ, func(s *models.Store) {
			for _, role := range models.Roles {
				if _, staff, err := s.SignIn(t.Context(), string(role), passphrase, "192.0.2.1"); err != nil || staff.Role != role {
					t.Errorf("%s: %+v, %v", role, staff, err)
				}
			}
		})
		refused(t, environ, passphrase, "staff_exists", add("operator")...)
	})
}

func TestAnAccountIsRefused(t *testing.T) {
	environ := installation(t, "")
	must(t, environ, "", "migrate", "up")
	c := community(t, environ)
	for _, test := range []struct {
		name, password, says string
		args                 []string
	}{
		{"with a password one character short", "elf zeichen", "password_short", []string{"--login", "a", "--name", "示例", "--role", "operator"}},
		{"without a password", "", "read the password", []string{"--login", "a", "--name", "示例", "--role", "operator"}},
		{"without a login", passphrase, "required: login", []string{"--name", "示例", "--role", "operator"}},
		{"with a role that is none", passphrase, "bad_value: role", []string{"--login", "a", "--name", "示例", "--role", "boss"}},
		{"with a community nobody knows", passphrase, "unknown_community", []string{"--login", "a", "--name", "示例", "--role", "teller", "--community", "x"}},
		{"with another role's scope", passphrase, "--street does not go with", []string{"--login", "a", "--name", "示例", "--role", "teller", "--street", "x"}},
		{"without its scope, and the ids are shown", passphrase, c.ID, []string{"--login", "a", "--name", "示例", "--role", "convener"}},
		{"with its password among the arguments", passphrase, "unknown flag: --password", []string{"--password", passphrase}},
	} {
		t.Run(test.name, func(t *testing.T) {
			refused(t, environ, test.password, test.says, append([]string{"user", "add"}, test.args...)...)
		})
	}
}

func TestRosterCheckPrintsTheTotalsOfTheStandardRoster(t *testing.T) {
	var s roster.Summary
	if err := json.Unmarshal([]byte(must(t, nil, "", "roster", "check", standardRoster, "--json")), &s); err != nil {
		t.Fatal(err)
	}
	if s.Units != 956 || s.TotalArea != 1_100_162_700 || s.Heads != 867 || s.Issues == nil || len(s.Issues) != 0 {
		t.Errorf("%+v", s)
	}
	text := must(t, nil, "", "roster", "check", standardRoster)
	for _, part := range []string{"956 个", "110016.27 平方米", "867 人", "没有疑点"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing from\n%s", part, text)
		}
	}
	if text := must(t, nil, "", "roster", "check", messyRoster); !regexp.MustCompile(`错误：\S+ 第 \d+ 行“.+”：.+。`).MatchString(text) {
		t.Errorf("no issue with sheet, row and column in\n%s", text)
	}
}

func TestRosterCheckRefusesWhatIsNoRoster(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.pdf")
	empty := filepath.Join(dir, "empty.csv")
	if err := errors.Join(os.WriteFile(text, []byte("%PDF"), 0o600), os.WriteFile(empty, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	refused(t, nil, "", "file_kind", "roster", "check", text)
	refused(t, nil, "", "sheet_empty", "roster", "check", empty)
	refused(t, nil, "", "no such file", "roster", "check", filepath.Join(dir, "missing.xlsx"))
	refused(t, nil, "", "0 arguments given", "roster", "check")
}

func TestRosterImportMakesADraft(t *testing.T) {
	standard, err := filepath.Abs(standardRoster)
	if err != nil {
		t.Fatal(err)
	}
	pgtest.Both(t, func(t *testing.T, url string) {
		environ := installation(t, url)
		must(t, environ, "", "migrate", "up")
		c := community(t, environ)
		refused(t, environ, "", "--parking", "roster", "import", "--community", c.ID, standard)
		must(t, environ, "", "roster", "import", "--community", c.ID, "--parking", "area", standard)
		inStore(t, environ, func(s *models.Store) {
			all, err := s.Rosters(t.Context(), c.ID)
			if err != nil || len(all) != 1 {
				t.Fatalf("%d rosters, %v", len(all), err)
			}
			got := all[0]
			if got.Units != 956 || got.State != "draft" || got.SourceName != "roster-standard.xlsx" || len(got.SourceSHA256) != 64 {
				t.Errorf("%+v", got)
			}
			if diff := cmp.Diff(roster.Policy{ParkingCountsArea: true}, got.Parking); diff != "" {
				t.Error(diff)
			}
		})
	})
}

func TestRosterImportIsRefused(t *testing.T) {
	standard, err := filepath.Abs(standardRoster)
	if err != nil {
		t.Fatal(err)
	}
	messy, err := filepath.Abs(messyRoster)
	if err != nil {
		t.Fatal(err)
	}
	environ := installation(t, "")
	must(t, environ, "", "migrate", "up")
	c := community(t, environ)
	refused(t, environ, "", "--community", "roster", "import", "--parking", "none", standard)
	refused(t, environ, "", "not_found", "roster", "import", "--community", "x", "--parking", "none", standard)
	refused(t, environ, "", `"all" is none of`, "roster", "import", "--community", c.ID, "--parking", "all", standard)
	refused(t, environ, "", "--confirm", "roster", "import", "--community", c.ID, "--parking", "none", messy)
	inStore(t, environ, func(s *models.Store) {
		if all, err := s.Rosters(t.Context(), c.ID); err != nil || len(all) != 0 {
			t.Errorf("%d rosters were stored, %v", len(all), err)
		}
	})
	must(t, environ, "", "roster", "import", "--community", c.ID, "--parking", "none", "--confirm", messy)
}

func TestARosterIsComparedWithARegisterFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	list := write("roster.csv", "楼栋,房号,用途,建筑面积,面积来源,产权人,身份证\n1号楼,101,住宅,89.5,合同,甲一,990000197708040018\n1号楼,102,住宅,90,登记簿,乙二,990000198801020024\n")
	register := write("register.csv", "坐落,面积\n1号楼101,89.6\n1号楼102,90\n1号楼103,70\n")
	want := "对上 2 个专有部分，其中 1 个没有不同；名册面积 179.50 平方米，登记簿面积 179.60 平方米\n" +
		"1号楼/101：面积与登记簿不同。有登记的，以登记簿为准（司法解释第八条）。（名册 89.50 平方米，登记簿 89.60 平方米）\n" +
		"1号楼/103：名册里没有这个专有部分，可能漏填了。\n"
	if got := must(t, nil, "", "roster", "compare", list, register); got != want {
		t.Errorf("%s", got)
	}
	var c roster.Comparison
	if err := json.Unmarshal([]byte(must(t, nil, "", "roster", "compare", list, register, "--json")), &c); err != nil || c.Matched != 2 || len(c.Differences) != 2 {
		t.Errorf("%v %+v", err, c)
	}
	refused(t, nil, "", "room and one for the area", "roster", "compare", list, write("empty.csv", "甲,乙\n1,2\n"))
	refused(t, nil, "", "no such file", "roster", "compare", list, filepath.Join(dir, "missing.csv"))
}
