package bench

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"time"

	"gongjue/cli/bench/naive"
)

// ServeNaive runs the naive handler on an address until the process is ended. Its process is this program's own, so
// that its processor time can be told from everybody else's.
func ServeNaive(addr, url string, key []byte) error {
	handler, err := naive.Handler(url, key)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/ballots", handler)
	mux.HandleFunc("/readyz", func(http.ResponseWriter, *http.Request) {})
	server := &http.Server{Addr: addr, Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	return server.ListenAndServe()
}

// naive runs the naive handler with 64 connections on a database of its own.
func (f *castField) naive(ctx context.Context, admin database) (run castRun, err error) {
	place, drop, err := admin.made(ctx, f.grounds[len(f.grounds)-1].place.schema+"_naive", "")
	if err != nil {
		return run, err
	}
	defer func() { err = errors.Join(err, drop(context.WithoutCancel(ctx))) }()
	voters := min(f.o.Voters, 20_000) // it takes far fewer in the time
	if err := errors.Join(naive.Fill(place.url, voters), place.exec(ctx, "ANALYZE"), place.exec(ctx, "CHECKPOINT")); err != nil {
		return run, err
	}
	requests, err := naiveRequests(voters, f.raw.Token)
	if err != nil {
		return run, err
	}
	addr, err := freeAddress()
	if err != nil {
		return run, err
	}
	cmd, err := f.startNaive(ctx, addr, place)
	if err != nil {
		return run, err
	}
	defer func() { err = errors.Join(err, killed(cmd)) }()
	l := load{addr: addr, connections: 64, requests: requests, warm: f.o.Warm, measured: f.o.Measured, sample: usageOf(cmd.Process.Pid, f.postmaster)}
	seen, err := l.run(ctx)
	if err != nil {
		return run, err
	}
	run = seen.castRun
	var stored int
	err = place.ask(ctx, "SELECT COUNT(*) FROM ballots", &stored)
	run.same = stored == seen.answered
	return run, err
}

func (f *castField) startNaive(ctx context.Context, addr string, place database) (*exec.Cmd, error) {
	cmd := exec.Command(f.o.Program, "bench", "naive")
	cmd.Env = append(append([]string{"PATH=" + os.Getenv("PATH")}, f.o.NaiveEnviron...), NaiveAddr+"="+addr, NaiveURL+"="+place.url,
		NaiveKey+"="+hex.EncodeToString(f.raw.Token))
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if err := waitReady(ctx, addr); err != nil {
		return nil, errors.Join(err, killed(cmd))
	}
	return cmd, nil
}

// killed ends a process that holds nothing to be saved.
func killed(cmd *exec.Cmd) error {
	err := cmd.Process.Kill()
	_ = cmd.Wait() // killed: its status is known
	return err
}

// Where the naive server finds its address, its database and its key.
const (
	NaiveAddr = "GONGJUE_BENCH_NAIVE_ADDR"
	NaiveURL  = "GONGJUE_BENCH_NAIVE_URL"
	NaiveKey  = "GONGJUE_BENCH_NAIVE_KEY"
)

func naiveRequests(voters int, key []byte) ([][]byte, error) {
	requests := make([][]byte, voters)
	for i := range requests {
		token, err := naive.Token(int64(i+1), []byte(hex.EncodeToString(key)))
		if err != nil {
			return nil, err
		}
		choices := map[string]string{}
		for matter := range naive.Matters {
			choices[strconv.Itoa(matter)] = string(scatteredMarks[scatter(uint64(i)<<8+uint64(matter))%4])
		}
		body, err := json.Marshal(choices)
		if err != nil {
			return nil, err
		}
		requests[i] = fmt.Appendf(nil, "POST /ballots HTTP/1.1\r\nHost: vote.example\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", token, len(body), body)
	}
	mathrand.Shuffle(len(requests), func(i, j int) { requests[i], requests[j] = requests[j], requests[i] })
	return requests, nil
}
