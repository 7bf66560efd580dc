package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// childVariable turns the test binary into the victim of TestServerEndsWithAKilledTestProcess.
const childVariable = "PGTEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) == "1" {
		victim()
	}
	Main(m)
}

// victim starts a cluster, prints its directory and process, and waits to be killed.
func victim() {
	c, err := start(fleeting)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	fmt.Println(c.dir, c.proc.Pid)
	select {}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) }) // the test is over
	return conn
}

func TestEachURLIsAnEmptyDatabaseOfItsOwn(t *testing.T) {
	one, two := URL(t), URL(t)
	if one == two {
		t.Fatalf("both are %s", one)
	}
	if _, err := connect(t, one).Exec(t.Context(), "CREATE TABLE seen (id BIGINT)"); err != nil {
		t.Fatal(err)
	}
	var tables int
	const count = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
	if err := connect(t, two).QueryRow(t.Context(), count).Scan(&tables); err != nil {
		t.Fatal(err)
	}
	if tables != 0 {
		t.Errorf("a fresh database holds %d tables", tables)
	}
}

func TestServerIsUTF8AndListensOnNoPort(t *testing.T) {
	conn := connect(t, URL(t))
	for setting, want := range map[string]string{
		"server_encoding": "UTF8", "listen_addresses": "", "synchronous_commit": "on",
	} {
		var got string
		if err := conn.QueryRow(t.Context(), "SELECT current_setting($1)", setting).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%s = %q, want %q", setting, got, want)
		}
	}
}

func TestClusterDirectoryIsClosedToOtherUsers(t *testing.T) {
	URL(t)
	info, err := os.Stat(shared.cluster.dir)
	if err != nil {
		t.Fatal(err)
	}
	if perm := info.Mode().Perm(); perm != 0o700 {
		t.Errorf("mode %o, want 700", perm)
	}
}

func TestBothRunsSQLiteThenPostgres(t *testing.T) {
	var ran []string
	Both(t, func(t *testing.T, url string) {
		kind := "file"
		if strings.HasPrefix(url, "postgres://") {
			kind = "server"
		} else if _, err := os.Stat(url); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the SQLite file is there before the test: %v", err)
		}
		ran = append(ran, filepath.Base(t.Name())+" "+kind)
	})
	want := "sqlite file, postgres server"
	if os.Getenv(SQLiteOnly) == "1" {
		want = "sqlite file"
	}
	if got := strings.Join(ran, ", "); got != want {
		t.Errorf("ran %q, want %q", got, want)
	}
}

func TestMissingBinariesSayHowToInstallThem(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := binariesIn(filepath.Join(t.TempDir(), "*/bin"))
	if !errors.Is(err, errNotInstalled) || !strings.Contains(err.Error(), "apt-get install -y postgresql") {
		t.Errorf("error %v does not name the line", err)
	}
}

func TestTheNewestVersionIsTaken(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	root := t.TempDir()
	for _, version := range []string{"9", "15", "13"} {
		bin := filepath.Join(root, version, "bin")
		if err := os.MkdirAll(bin, 0o755); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"initdb", "postgres"} {
			if err := os.WriteFile(filepath.Join(bin, name), nil, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	got, err := binariesIn(filepath.Join(root, "*/bin"))
	if want := filepath.Join(root, "15", "bin"); err != nil || got != want {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
}

func TestSweepRemovesOnlyOldDirectoriesWithoutAnOwner(t *testing.T) {
	parent := t.TempDir()
	makeOne := func(name string, age time.Duration) *os.File {
		dir := filepath.Join(parent, dirPattern+name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		lock, held, err := tryLock(filepath.Join(dir, "lock"))
		if err != nil || !held {
			t.Fatalf("lock: %v, %v", held, err)
		}
		when := time.Now().Add(-age)
		if err := os.Chtimes(dir, when, when); err != nil {
			t.Fatal(err)
		}
		return lock
	}
	owned := makeOne("owned", time.Hour)
	defer owned.Close()
	makeOne("young", staleAfter/2).Close()
	makeOne("left", time.Hour).Close()
	sweep(parent)
	for name, stays := range map[string]bool{"owned": true, "young": true, "left": false} {
		_, err := os.Stat(filepath.Join(parent, dirPattern+name))
		if got := err == nil; got != stays {
			t.Errorf("%s stays: %v, want %v", name, got, stays)
		}
	}
}

func TestAStandbyTakesOverFromAKilledServerThatComesBack(t *testing.T) {
	first := NewServer(t)
	first.Exec("CREATE TABLE seen (id BIGINT)")
	second := first.Standby()
	first.Await("SELECT count(*) = 1 FROM pg_stat_replication WHERE state = 'streaming'")
	first.Exec("INSERT INTO seen VALUES (1)")
	second.Await("SELECT count(*) = 1 FROM seen")
	first.Kill()
	second.Promote()
	second.Exec("INSERT INTO seen VALUES (2)")
	first.Start()
	first.Await("SELECT count(*) = 1 FROM seen")
	second.Await("SELECT count(*) = 2 FROM seen")
}
