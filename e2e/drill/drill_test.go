package drill

import (
	"flag"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"gongjue/cli"
	"gongjue/cli/bench"
	"gongjue/e2e/pgtest"
	"gongjue/models"
	"gongjue/models/vault"
)

var long = flag.Bool("long", false, "run every drill with its full number of cycles, as make drill does")

// serveVariable turns the test binary into the service under drill.
const serveVariable = "DRILL_SERVE"

func TestMain(m *testing.M) {
	if os.Getenv(serveVariable) == "1" {
		os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	pgtest.Main(m)
}

func cycles(few, all int) int {
	if *long {
		return all
	}
	return few
}

// field is a community whose vote is open, and the service that takes its ballots.
type field struct {
	t       *testing.T
	raw     vault.Raw
	url     string // of the database, as models.Options takes it
	product bench.Product
	opened  bench.Opened
}

// liteURL is an embedded database that does not exist yet, named as the service names it.
func liteURL(t *testing.T) string { return filepath.Join(t.TempDir(), bench.LiteFile) }

// onBoth runs a drill on both databases.
func onBoth(t *testing.T, run func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) { run(t, liteURL(t)) })
	t.Run("postgres", func(t *testing.T) { run(t, pgtest.URL(t)) })
}

// newField opens a vote on a database and prepares a service on it, which is not started yet.
func newField(t *testing.T, url string, voters int) *field {
	t.Helper()
	f := &field{t: t, url: url, raw: vault.Raw{Field: key('f'), Token: key('t'), Seal: key('s'), Log: key('l')}}
	var err error
	f.opened, err = bench.OpenMeeting(t.Context(), url, f.raw, voters)
	f.must(err)
	f.product = f.service()
	return f
}

// service is one more service on the field's database.
func (f *field) service() bench.Product {
	f.t.Helper()
	program, err := os.Executable()
	f.must(err)
	p := bench.Product{Program: program, Environ: []string{serveVariable + "=1"}, Addr: freeAddress(f.t), Raw: f.raw, Dir: f.t.TempDir(), URL: f.url}
	if filepath.Base(f.url) == bench.LiteFile {
		p.Dir, p.URL = filepath.Dir(f.url), ""
	}
	return p
}

// start starts a service and sees to it that none outlives the test.
func (f *field) start(p bench.Product) *exec.Cmd {
	f.t.Helper()
	running, err := p.Start(f.t.Context())
	f.must(err)
	f.t.Cleanup(func() { kill(running) })
	return running
}

// kill ends a service as a fault does; one that has ended stays so.
func kill(running *exec.Cmd) {
	_ = running.Process.Kill() // it may have ended
	_ = running.Wait()         // by a signal: that is what is wanted
}

func key(fill byte) []byte {
	bytes := make([]byte, vault.KeySize)
	for i := range bytes {
		bytes[i] = fill
	}
	return bytes
}

// freeAddress is an address that nobody listens on; a service that is started again takes the same one.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	return listener.Addr().String()
}

func (f *field) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// after opens the field's database at a moment of another clock. The caller closes it.
func (f *field) after(clock func() int64) *models.Store {
	f.t.Helper()
	keys, err := vault.NewKeys(f.raw)
	f.must(err)
	store, err := models.Open(f.t.Context(), models.Options{URL: f.url, Keys: keys, Clock: clock, Origin: bench.Origin})
	f.must(err)
	return store
}
