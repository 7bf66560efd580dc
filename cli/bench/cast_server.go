package bench

import (
	"context"
	"errors"
	"net"
	"os/exec"
	"path/filepath"
	"syscall"
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

// startServer starts the product on a place, with plain cookies and keys that the prepared requests fit.
func (f *castField) startServer(ctx context.Context, place database) (*exec.Cmd, string, error) {
	addr, err := freeAddress()
	if err != nil {
		return nil, "", err
	}
	p := Product{Program: f.o.Program, Environ: f.o.Environ, Addr: addr, Raw: f.raw, Dir: filepath.Dir(place.url)}
	if place.name == postgresName {
		p.Dir, p.URL = filepath.Join(f.dir, "server"), place.url
	}
	cmd, err := p.Start(ctx)
	return cmd, addr, err
}

// freeAddress is an address on this machine that nobody listened on a moment ago.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

// stopServer asks the server to stop and waits for it.
func stopServer(cmd *exec.Cmd) error {
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return errors.Join(err, cmd.Wait())
	}
	return cmd.Wait()
}
