package pgtest

import (
	"context"
	"errors"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a PostgreSQL of one test's own, with its data on disk, which the test may kill and start again. Its methods
// end the test where they fail.
type Server struct {
	t testing.TB
	c *cluster
}

// NewServer starts a server. Without PostgreSQL it does as [URL].
func NewServer(t testing.TB) *Server {
	t.Helper()
	return newServer(t, func() (*cluster, error) { return start(lasting) })
}

func newServer(t testing.TB, start func() (*cluster, error)) *Server {
	t.Helper()
	if os.Getenv(SQLiteOnly) == "1" {
		t.Skip(SQLiteOnly + "=1")
	}
	c, err := start()
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(c.stop)
	return &Server{t: t, c: c}
}

// Standby starts a server that follows this one, from a copy of its data. It takes over when it is promoted.
func (s *Server) Standby() *Server {
	s.t.Helper()
	return newServer(s.t, func() (*cluster, error) {
		return startFrom(lasting, func(c *cluster) error {
			return c.tool("pg_basebackup", "--pgdata", c.data(), "--host", s.c.dir, "--username", superuser, "--write-recovery-conf",
				"--wal-method", "stream", "--checkpoint", "fast", "--no-sync")
		})
	})
}

// Socket is the directory of the server's socket, its host in an address.
func (s *Server) Socket() string { return s.c.dir }

// URL is the address of one of its databases.
func (s *Server) URL(database string) string { return s.c.url(database) }

// Exec runs one statement in the maintenance database.
func (s *Server) Exec(statement string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	if err := s.c.exec(ctx, statement); err != nil {
		s.t.Fatalf("pgtest: %v", err)
	}
}

// Await waits until a question to the maintenance database is answered with true.
func (s *Server) Await(question string) {
	s.t.Helper()
	for until := time.Now().Add(startTimeout); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if yes, err := s.ask(question); err == nil && yes {
			return
		}
	}
	s.t.Fatalf("pgtest: never true: %s", question)
}

func (s *Server) ask(question string) (yes bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.c.url("postgres"))
	if err != nil {
		return false, err
	}
	err = conn.QueryRow(ctx, question).Scan(&yes)
	return yes, errors.Join(err, conn.Close(ctx))
}

// Kill ends the server as a fault does, by SIGKILL to its first process; the others end when they notice.
func (s *Server) Kill() {
	s.c.signal(syscall.SIGKILL)
	<-s.c.done
}

// Start starts the server again after [Server.Kill]. Until the last process of before has ended, PostgreSQL refuses.
func (s *Server) Start() {
	s.t.Helper()
	var err error
	for until := time.Now().Add(startTimeout); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		if err = s.c.up(); err == nil {
			return
		}
	}
	s.t.Fatalf("pgtest: %v", err)
}

// Promote makes a standby the primary.
func (s *Server) Promote() {
	s.t.Helper()
	s.Exec("SELECT pg_promote()")
	s.Await("SELECT NOT pg_is_in_recovery()")
}
