package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

func writeConfig(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheRepositorysConfigHoldsTheDefaults(t *testing.T) {
	got, err := loadConfig("../config.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(defaults(), got); diff != "" {
		t.Errorf("config.yaml differs from the defaults (-default +file):\n%s", diff)
	}
}

func TestEverySettingStandsInTheRepositorysConfigWithAComment(t *testing.T) {
	text, err := os.ReadFile("../config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	comments := map[string]string{}
	collectComments(document.Content[0], "", comments)
	var config Config
	for _, s := range settings(&config) {
		if comments[s.path] == "" {
			t.Errorf("%s has no line with a comment", s.path)
		}
	}
}

func collectComments(mapping *yaml.Node, prefix string, comments map[string]string) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		if value.Kind == yaml.MappingNode {
			collectComments(value, prefix+key.Value+".", comments)
			continue
		}
		comments[prefix+key.Value] = key.LineComment + value.LineComment
	}
}

func TestZeroAndEmptyMeanTheDefault(t *testing.T) {
	for _, test := range []struct{ name, text string }{
		{"an empty file", ""},
		{"only a comment", "# nothing\n"},
		{"empty sections", "server:\nlog:\n"},
		{"zero values", "data_dir: ''\nserver: {addr: '', max_body_bytes: 0, trusted_proxies: [], idle_timeout_seconds: 0}\nmail: {port: 0, tls: ''}\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := loadConfig(writeConfig(t, test.text), nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(defaults(), got); diff != "" {
				t.Errorf("(-default +got):\n%s", diff)
			}
		})
	}
}

func TestNoFileNeedsToBeThereUnlessItIsNamed(t *testing.T) {
	t.Chdir(t.TempDir())
	if got, err := loadConfig("", nil); err != nil || got.Server.Addr != defaults().Server.Addr {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := loadConfig("missing.yaml", nil); err == nil || !strings.Contains(err.Error(), "missing.yaml") {
		t.Errorf("a named file that is missing: %v", err)
	}
	if err := os.WriteFile(defaultConfigFile, []byte("data_dir: elsewhere\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := loadConfig("", nil); err != nil || got.DataDir != "elsewhere" {
		t.Errorf("config.yaml in the working directory: %+v, %v", got, err)
	}
}

func TestConfigRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, test := range []struct{ name, text, says string }{
		{"an unknown section", "data_dir: d\nserver_: {}\n", `line 2: unknown key "server_"`},
		{"an unknown key", "server:\n  addr: ':1'\n  adress: ':2'\n", `line 3: unknown key "adress"`},
		{"a secret in the file", "secrets:\n  field_key: abc\n", `line 2: unknown key "field_key"`},
		{"a key twice", "log:\n  level: info\n  level: warn\n", `line 3: mapping key "level" already defined`},
		{"a word for a number", "server:\n  max_body_bytes: much\n", "line 2: cannot unmarshal"},
		{"a broken file", "server: [\n", "did not find expected"},
		{"two documents", "data_dir: a\n---\ndata_dir: b\n", "second document"},
		{"a public url without scheme", "server: {public_url: vote.example.org}\n", "server.public_url"},
		{"a public url with a path", "server: {public_url: 'https://vote.example.org/app'}\n", "server.public_url"},
		{"a proxy that is no address", "server: {trusted_proxies: [10.0.0.1, proxy]}\n", `server.trusted_proxies: "proxy"`},
		{"a negative size", "server: {max_upload_bytes: -1}\n", "server.max_upload_bytes: -1 is negative"},
		{"a level that is none", "log: {level: loud}\n", `log.level: "loud"`},
		{"a kind of TLS that is none", "mail: {tls: ssl}\n", `mail.tls: "ssl"`},
		{"mail without a sender", "mail: {host: mail.example.org}\n", "mail.from"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := loadConfig(writeConfig(t, test.text), nil)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %v, want %s", err, test.says)
			}
		})
	}
}

func TestEnvironmentOverridesTheFile(t *testing.T) {
	path := writeConfig(t, "server:\n  addr: ':1'\n  secure_cookies: true\n")
	got, err := loadConfig(path, []string{
		"HOME=/nowhere", "GONGJUE_SERVER_ADDR=:2", "GONGJUE_SERVER_SECURE_COOKIES=false", "GONGJUE_DATA_DIR=/var/lib/gongjue",
		"GONGJUE_SERVER_TRUSTED_PROXIES=10.0.0.1, 192.168.0.0/16", "GONGJUE_MAIL_PORT=25", "GONGJUE_LOG_LEVEL=",
		"GONGJUE_SECRET_FIELD_KEY=not-read-here", "GONGJUE_TEST_SQLITE_ONLY=1",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := defaults()
	want.DataDir = "/var/lib/gongjue"
	want.Server.Addr = ":2"
	want.Server.SecureCookies = false
	want.Server.TrustedProxies = []string{"10.0.0.1", "192.168.0.0/16"}
	want.Mail.Port = 25
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEnvironmentRefusesSlipsOfThePenWithoutRepeatingValues(t *testing.T) {
	for _, test := range []struct{ name, pair, says string }{
		{"an unknown variable", "GONGJUE_SERVER_ADRESS=s3cret", "unknown variable GONGJUE_SERVER_ADRESS"},
		{"a section alone", "GONGJUE_SERVER=s3cret", "unknown variable GONGJUE_SERVER"},
		{"an unknown secret", "GONGJUE_SECRET_FEILD_KEY=s3cret", "unknown variable GONGJUE_SECRET_FEILD_KEY"},
		{"a word for a number", "GONGJUE_MAIL_PORT=s3cret", "GONGJUE_MAIL_PORT: not a whole number"},
		{"a word for a yes or no", "GONGJUE_SERVER_SECURE_COOKIES=s3cret", "neither true nor false"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := loadConfig(writeConfig(t, ""), []string{test.pair})
			if err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("error %v, want %s", err, test.says)
			}
		})
	}
}

func TestEverySettingCanComeFromTheEnvironment(t *testing.T) {
	var config Config
	for _, s := range settings(&config) {
		text := map[string]string{"string": "x", "bool": "true", "int64": "7", "slice": "a,b"}[s.value.Kind().String()]
		if err := applyEnvironment(&config, []string{s.variable + "=" + text}); err != nil {
			t.Errorf("%s: %v", s.variable, err)
		}
		if s.value.IsZero() {
			t.Errorf("%s leaves %s untouched", s.variable, s.path)
		}
	}
}

func TestAddressesFollowFromTheSettings(t *testing.T) {
	for _, test := range []struct {
		name, publicURL, addr, origin, dataDir, database string
		wantURL, wantOrigin, wantDatabase                string
	}{
		{"all defaults", "", "127.0.0.1:8080", "", "data", "", "http://127.0.0.1:8080", "127.0.0.1", "data/gongjue.db"},
		{"a public url", "https://vote.example.org/", ":80", "", "/d", "", "https://vote.example.org", "vote.example.org", "/d/gongjue.db"},
		{"all given", "https://a.example.org", ":80", "b.example.org", "d", "postgres:///g", "https://a.example.org", "b.example.org", "postgres:///g"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := defaults()
			c.Server.PublicURL, c.Server.Addr, c.Ledger.Origin = test.publicURL, test.addr, test.origin
			c.DataDir, c.Database.URL = test.dataDir, test.database
			origin, err := c.origin()
			if err != nil || c.publicURL() != test.wantURL || origin != test.wantOrigin || c.databaseURL() != test.wantDatabase {
				t.Errorf("%s, %s, %s, %v", c.publicURL(), origin, c.databaseURL(), err)
			}
		})
	}
	everywhere := defaults()
	everywhere.Server.Addr = ":8080"
	if origin, err := everywhere.origin(); err == nil {
		t.Errorf("no host is known, and yet the origin is %q", origin)
	}
}
