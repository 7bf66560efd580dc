// Package pgtest gives tests a real PostgreSQL of their own: a cluster in a temporary directory, started
// from the machine's installed binaries when the first test asks, shared by one test process and thrown
// away with it. It is for tests only and knows nothing of the product; it never touches a server it has
// not started.
//
// A package that uses it says
//
//	func TestMain(m *testing.M) { pgtest.Main(m) }
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// SQLiteOnly is the environment variable that, set to 1, skips every test that needs PostgreSQL.
const SQLiteOnly = "GONGJUE_TEST_SQLITE_ONLY"

// installLine is what a person types to mend errNotInstalled.
const installLine = "apt-get install -y postgresql   (or set " + SQLiteOnly + "=1 to test on SQLite alone)"

var errNotInstalled = errors.New("PostgreSQL's initdb and postgres are not installed: " + installLine)

// shared is the one cluster of this test process.
var shared struct {
	sync.Mutex
	cluster   *cluster
	err       error // a start that failed once is not tried again for every test
	databases int
}

// Main runs the tests of a package and then stops the cluster, if any test started one. The exit code is
// that of m.Run, which the testing package hands on when TestMain returns.
func Main(m *testing.M) {
	defer stopShared()
	m.Run()
}

// URL returns the address of a fresh and empty database. Databases stay until the process ends, so that a
// failed test may be looked into from a debugger. Without PostgreSQL the test fails with the line that
// installs it, or is skipped where [SQLiteOnly] is set.
func URL(t testing.TB) string {
	t.Helper()
	if os.Getenv(SQLiteOnly) == "1" {
		t.Skip(SQLiteOnly + "=1")
	}
	url, err := freshDatabase()
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	return url
}

// Both runs the same test twice, as the subtests "sqlite" and "postgres". The url is the path of a file
// that does not exist yet in the first, and the address of an empty database in the second.
func Both(t *testing.T, run func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { run(t, filepath.Join(t.TempDir(), "gongjue.db")) })
	t.Run("postgres", func(t *testing.T) { run(t, URL(t)) })
}

// freshDatabase starts the cluster if it must and creates one more database in it, one at a time.
func freshDatabase() (string, error) {
	shared.Lock()
	defer shared.Unlock()
	if shared.cluster == nil && shared.err == nil {
		shared.cluster, shared.err = start(fleeting)
	}
	if shared.err != nil {
		return "", shared.err
	}
	shared.databases++
	name := fmt.Sprintf("test_%d", shared.databases)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	// template0, because CREATE DATABASE refuses a template to which somebody else is connected.
	if err := shared.cluster.exec(ctx, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		return "", fmt.Errorf("create database: %w", err)
	}
	return shared.cluster.url(name), nil
}

func stopShared() {
	shared.Lock()
	defer shared.Unlock()
	if shared.cluster == nil {
		return
	}
	shared.cluster.stop()
	shared.cluster = nil
}

// exec runs one statement in the maintenance database.
func (c *cluster) exec(ctx context.Context, sql string) error {
	conn, err := pgx.Connect(ctx, c.url("postgres"))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	return errors.Join(err, conn.Close(ctx))
}
