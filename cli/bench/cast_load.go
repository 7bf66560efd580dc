package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// load is a closed loop over connections that stay open: each sends its next ballot when the one before is answered.
type load struct {
	addr        string
	connections int
	requests    [][]byte // whole requests, one per voter
	warm        time.Duration
	measured    time.Duration
	sample      func() usage // processor time of server and database so far
}

// loadRun is what a load saw.
type loadRun struct {
	answered int // with 2xx, the warming up included
	castRun
}

// connectionTime bounds the wait for one answer.
const connectionTime = 30 * time.Second

// run sends until the time is over or every voter has voted, which is an error: the meeting was too small to measure.
func (l load) run(ctx context.Context) (loadRun, error) {
	var next, answered, counted atomic.Int64
	var phase atomic.Int32 // 0 warming up, 1 measured, 2 over
	latencies := make([][]time.Duration, l.connections)
	failures := make([]error, l.connections)
	var group sync.WaitGroup
	for w := range l.connections {
		group.Go(func() {
			failures[w] = l.connection(ctx, &next, &phase, &answered, &counted, &latencies[w])
		})
	}
	// The first answer waits until the server has read the meeting; that is no part of casting.
	for until := time.Now().Add(connectionTime); answered.Load() == 0 && time.Now().Before(until); {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(l.warm)
	before, from := l.sample(), time.Now()
	phase.Store(1)
	// On a machine that others use too, a short while may see no answer at all.
	for until := from.Add(connectionTime); time.Since(from) < l.measured || (counted.Load() < int64(l.connections) && time.Now().Before(until)); {
		time.Sleep(time.Millisecond)
	}
	phase.Store(2)
	took := time.Since(from)
	used := l.sample().since(before)
	group.Wait()
	for _, failure := range failures { // the connections fail alike: one tells enough
		if failure != nil {
			return loadRun{}, failure
		}
	}
	all := slices.Concat(latencies...)
	if len(all) == 0 {
		return loadRun{}, errors.New("no ballot was answered in the measured time")
	}
	slices.Sort(all)
	n := float64(len(all))
	return loadRun{answered: int(answered.Load()), castRun: castRun{
		perSecond: n / took.Seconds(),
		p50:       milliseconds(all[len(all)/2]), p99: milliseconds(all[len(all)*99/100]),
		server: used.server / n, database: used.database / n, client: used.client / n,
	}}, nil
}

func (l load) connection(ctx context.Context, next *atomic.Int64, phase *atomic.Int32, answered, counted *atomic.Int64, latencies *[]time.Duration) (err error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", l.addr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	answers := bufio.NewReaderSize(conn, 4096)
	for phase.Load() < 2 {
		i := int(next.Add(1)) - 1
		if i >= len(l.requests) {
			return fmt.Errorf("all %d voters have voted before the time was over: take more voters", len(l.requests))
		}
		sent, begun := time.Now(), phase.Load()
		if err := conn.SetDeadline(sent.Add(connectionTime)); err != nil {
			return err
		}
		if _, err := conn.Write(l.requests[i]); err != nil {
			return err
		}
		status, err := readAnswer(answers)
		if err != nil {
			return err
		}
		if status != 200 && status != 201 {
			return fmt.Errorf("the server answered %d", status)
		}
		answered.Add(1)
		if begun == 1 && phase.Load() == 1 {
			*latencies = append(*latencies, time.Since(sent))
			counted.Add(1)
		}
	}
	return nil
}

var contentLength = []byte("Content-Length: ")

// readAnswer reads one HTTP/1.1 answer with a Content-Length and gives its status.
func readAnswer(r *bufio.Reader) (status int, err error) {
	line, err := r.ReadSlice('\n')
	if err != nil || len(line) < 12 {
		return 0, errors.Join(errors.New("no answer"), err)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, err
	}
	size := -1
	for {
		if line, err = r.ReadSlice('\n'); err != nil {
			return 0, err
		}
		if line = bytes.TrimRight(line, "\r\n"); len(line) == 0 {
			break
		}
		if rest, found := bytes.CutPrefix(line, contentLength); found {
			if size, err = strconv.Atoi(string(rest)); err != nil {
				return 0, err
			}
		}
	}
	if size < 0 {
		return 0, errors.New("an answer without its length")
	}
	_, err = r.Discard(size)
	return status, err
}
