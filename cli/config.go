package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"gongjue/notify/send"
)

// Config is config.yaml, which explains every setting. A zero field means the default of [defaults].
type Config struct {
	DataDir  string         `yaml:"data_dir"`
	Server   serverConfig   `yaml:"server"`
	Database databaseConfig `yaml:"database"`
	Secrets  secretsConfig  `yaml:"secrets"`
	Ledger   ledgerConfig   `yaml:"ledger"`
	Mail     mailConfig     `yaml:"mail"`
	Log      logConfig      `yaml:"log"`
}

type serverConfig struct {
	Addr                 string   `yaml:"addr"`
	PublicURL            string   `yaml:"public_url"`
	TrustedProxies       []string `yaml:"trusted_proxies"`
	SecureCookies        bool     `yaml:"secure_cookies"`
	MaxBodyBytes         int64    `yaml:"max_body_bytes"`
	MaxUploadBytes       int64    `yaml:"max_upload_bytes"`
	HeaderTimeoutSeconds int64    `yaml:"header_timeout_seconds"`
	ReadTimeoutSeconds   int64    `yaml:"read_timeout_seconds"`
	WriteTimeoutSeconds  int64    `yaml:"write_timeout_seconds"`
	IdleTimeoutSeconds   int64    `yaml:"idle_timeout_seconds"`
	ShutdownSeconds      int64    `yaml:"shutdown_seconds"`
}

type databaseConfig struct {
	URL            string `yaml:"url"`
	MaxConnections int64  `yaml:"max_connections"`
}

type secretsConfig struct {
	FieldKeyFile     string   `yaml:"field_key_file"`
	OldFieldKeyFiles []string `yaml:"old_field_key_files"`
	TokenKeyFile     string   `yaml:"token_key_file"`
	SealKeyFile      string   `yaml:"seal_key_file"`
	OldSealKeyFiles  []string `yaml:"old_seal_key_files"`
	LogKeyFile       string   `yaml:"log_key_file"`
}

type ledgerConfig struct {
	Origin string `yaml:"origin"`
}

type mailConfig struct {
	Host         string `yaml:"host"`
	Port         int64  `yaml:"port"`
	User         string `yaml:"user"`
	PasswordFile string `yaml:"password_file"`
	From         string `yaml:"from"`
	TLS          string `yaml:"tls"`
	PhoneAddress string `yaml:"phone_address"`
	TellAll      bool   `yaml:"tell_all"`
}

type logConfig struct {
	Level string `yaml:"level"`
}

// defaultConfigFile is read when no file is named, if it is there.
const defaultConfigFile = "config.yaml"

func defaults() Config {
	return Config{
		DataDir: "data",
		Server: serverConfig{
			Addr: "127.0.0.1:8080", TrustedProxies: []string{}, SecureCookies: true,
			MaxBodyBytes: 1 << 20, MaxUploadBytes: 20 << 20,
			HeaderTimeoutSeconds: 5, ReadTimeoutSeconds: 15, WriteTimeoutSeconds: 60, IdleTimeoutSeconds: 120,
			ShutdownSeconds: 30,
		},
		Database: databaseConfig{MaxConnections: 20},
		Secrets:  secretsConfig{OldFieldKeyFiles: []string{}, OldSealKeyFiles: []string{}},
		Mail:     mailConfig{Port: 587, TLS: "starttls", TellAll: true},
		Log:      logConfig{Level: "info"},
	}
}

// loadConfig reads the file, lays the environment over it and checks the whole. An empty path means
// config.yaml in the working directory if there is one, else the defaults alone.
func loadConfig(path string, environ []string) (Config, error) {
	config := defaults()
	optional := path == ""
	if optional {
		path = defaultConfigFile
	}
	text, err := os.ReadFile(path)
	if err != nil && !(optional && errors.Is(err, fs.ErrNotExist)) {
		return Config{}, fmt.Errorf("read the configuration: %w", err)
	}
	if err := parseConfig(text, &config); err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	if err := applyEnvironment(&config, environ); err != nil {
		return Config{}, err
	}
	fillZeros(&config)
	if err := config.check(); err != nil {
		return Config{}, err
	}
	return config, nil
}

// parseConfig refuses keys it does not know and keys given twice, naming key and line.
func parseConfig(text []byte, config *Config) error {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(config); err != nil && !errors.Is(err, io.EOF) {
		return plainYAML(err)
	}
	if err := decoder.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return errors.New("holds a second document after a line of ---")
	}
	return nil
}

var unknownField = regexp.MustCompile(`field (\S+) not found in type \S+`)

// plainYAML rids the decoder's messages of the names of our types and puts them on one line.
func plainYAML(err error) error {
	var several *yaml.TypeError
	if !errors.As(err, &several) {
		return err
	}
	return errors.New(unknownField.ReplaceAllString(strings.Join(several.Errors, "; "), `unknown key "$1"`))
}

// check refuses values that would only fail later, at the first visitor.
func (c Config) check() error {
	if c.Server.PublicURL != "" {
		u, err := url.Parse(c.Server.PublicURL)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.Trim(u.Path, "/") != "" {
			return fmt.Errorf("server.public_url: %q is not like https://vote.example.org", c.Server.PublicURL)
		}
	}
	for _, proxy := range c.Server.TrustedProxies {
		_, asAddress := netip.ParseAddr(proxy)
		_, asRange := netip.ParsePrefix(proxy)
		if asAddress != nil && asRange != nil {
			return fmt.Errorf("server.trusted_proxies: %q is neither an address nor a range", proxy)
		}
	}
	for _, s := range settings(&c) {
		if n, ok := s.value.Interface().(int64); ok && n < 0 {
			return fmt.Errorf("%s: %d is negative", s.path, n)
		}
	}
	switch c.Mail.TLS {
	case "starttls", "tls", "none":
	default:
		return fmt.Errorf("mail.tls: %q is none of starttls, tls, none", c.Mail.TLS)
	}
	if c.Mail.PhoneAddress != "" && (c.Mail.Host == "" || !strings.Contains(c.Mail.PhoneAddress, send.PhoneMark)) {
		return errors.New("mail.phone_address: needs mail.host, and " + send.PhoneMark + " where the number goes")
	}
	if c.Mail.Host != "" && c.Mail.From == "" {
		return errors.New("mail.from: needed with mail.host")
	}
	if _, err := c.Log.level(); err != nil {
		return err
	}
	return nil
}

// databaseURL is the configured address, or the path of the SQLite file in the data directory.
func (c Config) databaseURL() string {
	if c.Database.URL != "" {
		return c.Database.URL
	}
	return filepath.Join(c.DataDir, "gongjue.db")
}

// publicURL is what links begin with, without a slash at the end.
func (c Config) publicURL() string {
	if c.Server.PublicURL != "" {
		return strings.TrimRight(c.Server.PublicURL, "/")
	}
	return "http://" + c.Server.Addr
}

// origin is the domain in the name of every ledger.
func (c Config) origin() (string, error) {
	if c.Ledger.Origin != "" {
		return c.Ledger.Origin, nil
	}
	u, err := url.Parse(c.publicURL())
	if err != nil || u.Hostname() == "" {
		return "", fmt.Errorf("ledger.origin: cannot be told from %q, please set it", c.publicURL())
	}
	return u.Hostname(), nil
}

func seconds(n int64) time.Duration { return time.Duration(n) * time.Second }
