package bench

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// serve runs the product as a process of its own on a copy of the ground, loads it, stops it, and compares what was
// acknowledged with what is stored.
func (f *castField) serve(ctx context.Context, g *castGround, connections int, requests [][]byte) (run castRun, err error) {
	place, clear, err := g.copy(ctx, f.dir)
	if clear != nil {
		defer func() { err = errors.Join(err, clear(context.WithoutCancel(ctx))) }()
	}
	if err != nil {
		return run, err
	}
	server, addr, err := f.startServer(ctx, place)
	if err != nil {
		return run, err
	}
	postmaster := 0
	if g.place.name == postgresName {
		postmaster = f.postmaster
	}
	l := load{addr: addr, connections: connections, requests: requests, warm: f.o.Warm, measured: f.o.Measured, sample: usageOf(server.Process.Pid, postmaster)}
	seen, err := l.run(ctx)
	if err = errors.Join(err, stopServer(server)); err != nil {
		return run, err
	}
	stored, err := place.stored(ctx)
	run = seen.castRun
	run.same = stored == [3]int{seen.answered, seen.answered, seen.answered}
	return run, err
}

// startServer starts `gongjue serve` with every setting at its default but the address, the keys and plain cookies.
func (f *castField) startServer(ctx context.Context, place database) (*exec.Cmd, string, error) {
	addr, err := freeAddress()
	if err != nil {
		return nil, "", err
	}
	cmd := exec.Command(f.o.Program, "serve")
	cmd.Dir = f.dir
	encode := base64.StdEncoding.EncodeToString
	cmd.Env = append(slices.Clone(f.o.Environ), "PATH="+os.Getenv("PATH"), "GONGJUE_SERVER_ADDR="+addr, "GONGJUE_SERVER_SECURE_COOKIES=false", "GONGJUE_LEDGER_ORIGIN="+benchOrigin,
		"GONGJUE_SECRET_FIELD_KEY="+encode(f.raw.Field), "GONGJUE_SECRET_TOKEN_KEY="+encode(f.raw.Token),
		"GONGJUE_SECRET_SEAL_KEY="+encode(f.raw.Seal), "GONGJUE_SECRET_LOG_KEY="+encode(f.raw.Log))
	if place.name == postgresName {
		cmd.Env = append(cmd.Env, "GONGJUE_DATABASE_URL="+place.url, "GONGJUE_DATA_DIR="+filepath.Join(f.dir, "server"))
	} else if err := f.liteDirectory(cmd, place); err != nil {
		return nil, "", err
	}
	if err := cmd.Start(); err != nil {
		return nil, "", fmt.Errorf("start the server: %w", err)
	}
	if err := waitReady(ctx, addr); err != nil {
		return nil, "", errors.Join(err, stopServer(cmd))
	}
	return cmd, addr, nil
}

// freeAddress is an address on this machine that nobody listened on a moment ago.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

// liteDirectory gives the server the copied file as the one in its data directory.
func (f *castField) liteDirectory(cmd *exec.Cmd, place database) error {
	dir := filepath.Join(f.dir, "lite")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	link := filepath.Join(dir, "gongjue.db")
	if err := removeIfThere(link); err != nil {
		return err
	}
	cmd.Env = append(cmd.Env, "GONGJUE_DATA_DIR="+dir)
	return os.Symlink(place.url, link)
}

// startTime is how long a server may take to answer.
const startTime = 30 * time.Second

func waitReady(ctx context.Context, addr string) error {
	for until := time.Now().Add(startTime); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/readyz", nil)
		if err != nil {
			return err
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			continue
		}
		if err := answer.Body.Close(); err != nil {
			return err
		}
		if answer.StatusCode == http.StatusOK {
			return nil
		}
	}
	return errors.New("the server did not get ready")
}

// stopServer asks the server to stop and waits for it.
func stopServer(cmd *exec.Cmd) error {
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return errors.Join(err, cmd.Wait())
	}
	return cmd.Wait()
}
