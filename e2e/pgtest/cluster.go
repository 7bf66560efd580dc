package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

const (
	superuser    = "postgres"
	startTimeout = 60 * time.Second
	stopTimeout  = 10 * time.Second
)

// cluster is one running PostgreSQL. It listens on a socket inside its own directory (mode 0700) and on no
// port, so that several test processes never meet and no other user of the machine gets in.
type cluster struct {
	dir  string
	proc *os.Process
	done chan struct{} // closed when the process has ended
	lock *os.File
}

// start makes the directory, fills it with initdb and runs postgres in it until stop or the end of this
// process, however that comes about.
func start() (*cluster, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	owner, err := serverUser()
	if err != nil {
		return nil, err
	}
	sweep(os.TempDir())
	dir, lock, err := makeDir(owner)
	if err != nil {
		return nil, err
	}
	c := &cluster{dir: dir, done: make(chan struct{}), lock: lock}
	if err := c.initdb(bin, owner); err != nil {
		c.stop()
		return nil, err
	}
	if err := c.run(bin, owner); err != nil {
		c.stop()
		return nil, err
	}
	if err := c.waitReady(); err != nil {
		c.stop()
		return nil, err
	}
	return c, nil
}

func (c *cluster) initdb(bin string, owner *account) error {
	cmd := c.command(owner, filepath.Join(bin, "initdb"),
		"--pgdata", c.data(), "--username", superuser, "--auth", "trust",
		"--encoding", "UTF8", "--no-locale", "--no-sync")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, bytes.TrimSpace(out))
	}
	return nil
}

// run starts the server. fsync is off because the data outlive nothing: a test of durability under power
// loss starts a server of its own.
func (c *cluster) run(bin string, owner *account) error {
	cmd := c.command(owner, filepath.Join(bin, "postgres"),
		"-D", c.data(), "-k", c.dir,
		"-c", "listen_addresses=", "-c", "max_connections=300", "-c", "shared_buffers=64MB",
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off",
		"-c", "max_wal_size=4GB", "-c", "logging_collector=off")
	log, err := os.Create(c.logPath())
	if err != nil {
		return err
	}
	cmd.Stdout, cmd.Stderr = log, log
	dieWithParent(cmd)
	started := make(chan error)
	go func() {
		defer func() { _ = log.Close() }() // written by the server, nothing of ours is in it
		// The parent-death signal belongs to the thread that forks: keep it until the server has ended.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		_ = cmd.Wait() // its exit code tells nothing after a stop; a failed start is read from the log
		close(c.done)
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	c.proc = cmd.Process
	return nil
}

// command prepares a program of PostgreSQL's: in a directory its user may enter, with no setting of ours.
func (c *cluster) command(owner *account, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = c.dir
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C", "TZ=UTC"}
	runAs(cmd, owner)
	return cmd
}

func (c *cluster) waitReady() error {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	for {
		err := c.exec(ctx, "SELECT 1")
		if err == nil {
			return nil
		}
		select {
		case <-c.done:
			return fmt.Errorf("postgres ended at once\n%s", c.logTail())
		case <-ctx.Done():
			return fmt.Errorf("postgres did not answer: %w\n%s", err, c.logTail())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// stop ends the server without a checkpoint, since nobody will read its data again, and removes the
// directory. It signals only the process that run started.
func (c *cluster) stop() {
	if c.proc != nil {
		c.signal(syscall.SIGQUIT)
		select {
		case <-c.done:
		case <-time.After(stopTimeout):
			c.signal(syscall.SIGKILL)
			<-c.done
		}
	}
	if err := errors.Join(os.RemoveAll(c.dir), c.lock.Close()); err != nil {
		fmt.Fprintln(os.Stderr, "pgtest: clean up:", err)
	}
}

func (c *cluster) signal(s os.Signal) {
	if err := c.proc.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		fmt.Fprintln(os.Stderr, "pgtest: stop postgres:", err)
	}
}

func (c *cluster) data() string    { return filepath.Join(c.dir, "data") }
func (c *cluster) logPath() string { return filepath.Join(c.dir, "postgres.log") }

// url is the address of a database in libpq's form; the host is the directory of the socket.
func (c *cluster) url(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + database}
	u.RawQuery = url.Values{"host": {c.dir}}.Encode()
	return u.String()
}

// logTail is the end of the server's log, for the message of a start that failed.
func (c *cluster) logTail() []byte {
	log, err := os.ReadFile(c.logPath())
	if err != nil {
		return []byte(err.Error())
	}
	return bytes.TrimSpace(log[max(0, len(log)-2000):])
}
