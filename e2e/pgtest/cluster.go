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

// lasting are the settings of a server whose data must outlive its sudden end.
var lasting = []string{"fsync=on", "full_page_writes=on"}

// fleeting are the settings of one whose data outlive nothing.
var fleeting = []string{"fsync=off", "full_page_writes=off"}

// cluster is one running PostgreSQL. It listens on a socket inside its own directory (mode 0700) and on no
// port, so that several test processes never meet and no other user of the machine gets in.
type cluster struct {
	dir      string
	settings []string // beside the common ones
	bin      string   // directory of PostgreSQL's programs
	owner    *account
	proc     *os.Process
	done     chan struct{} // closed when the process has ended
	lock     *os.File
}

// start makes the directory, fills it with initdb and runs postgres in it until stop or the end of this
// process, however that comes about.
func start(settings []string) (*cluster, error) {
	return startFrom(settings, func(c *cluster) error {
		return c.tool("initdb", "--pgdata", c.data(), "--username", superuser, "--auth", "trust",
			"--encoding", "UTF8", "--no-locale", "--no-sync")
	})
}

// startFrom is start with another way to fill the directory.
func startFrom(settings []string, fill func(*cluster) error) (*cluster, error) {
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
	c := &cluster{dir: dir, settings: settings, bin: bin, owner: owner, lock: lock}
	if err = fill(c); err == nil {
		err = c.up()
	}
	if err != nil {
		c.stop()
		return nil, err
	}
	return c, nil
}

// tool runs a program of PostgreSQL's to its end.
func (c *cluster) tool(name string, args ...string) error {
	if out, err := c.command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, bytes.TrimSpace(out))
	}
	return nil
}

// up runs the server and waits until it answers.
func (c *cluster) up() error {
	if err := c.run(); err != nil {
		return err
	}
	return c.waitReady()
}

// run starts the server.
func (c *cluster) run() error {
	args := []string{"-D", c.data(), "-k", c.dir}
	for _, setting := range append([]string{"listen_addresses=", "max_connections=300", "shared_buffers=64MB",
		"autovacuum=off", "max_wal_size=4GB", "logging_collector=off"}, c.settings...) {
		args = append(args, "-c", setting)
	}
	cmd := c.command("postgres", args...)
	c.done = make(chan struct{})
	done := c.done
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
		close(done)
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	c.proc = cmd.Process
	return nil
}

// command prepares a program of PostgreSQL's: in a directory its user may enter, with no setting of ours.
func (c *cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, name), args...)
	cmd.Dir = c.dir
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C", "TZ=UTC"}
	runAs(cmd, c.owner)
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
