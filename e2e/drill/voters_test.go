package drill

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// answerTime is how long a voter waits for an answer before they try again.
const answerTime = 10 * time.Second

// voters cast the ballots of a field over and over until each has a receipt, whatever ends meanwhile.
type voters struct {
	f     *field
	addrs []string      // of the services; each voter asks any of them
	pause time.Duration // between two requests of one phone, at most
	wait  time.Duration // for one answer
	next  atomic.Int64
	away  atomic.Int64 // answers of 503

	mu       sync.Mutex
	receipts map[int]receipt // by request
	tried    map[int]bool    // requests that were sent at least once
	faults   []string        // what must never be answered
}

// receipt is what a voter was shown.
type receipt struct {
	Code     string `json:"code"`
	Number   int64  `json:"number"`
	Replayed bool   `json:"replayed"`
}

func newVoters(f *field, pause time.Duration, addrs ...string) *voters {
	return &voters{f: f, addrs: addrs, pause: pause, wait: answerTime, receipts: map[int]receipt{}, tried: map[int]bool{}}
}

// vote lets so many phones vote side by side while the test does what it does; then every voter whose request is on
// its way gets their receipt.
func (v *voters) vote(phones int, meanwhile func()) {
	v.f.t.Helper()
	over, stop := context.WithCancel(v.f.t.Context())
	var group sync.WaitGroup
	for range phones {
		group.Go(func() { v.phone(over) })
	}
	meanwhile()
	stop()
	group.Wait()
	for _, fault := range v.faults[:min(5, len(v.faults))] {
		v.f.t.Error(fault)
	}
}

// phone casts one ballot after the other. A tenth of them is sent once more, as an impatient thumb does.
func (v *voters) phone(over context.Context) {
	for over.Err() == nil {
		i := int(v.next.Add(1)) - 1
		if i >= len(v.f.opened.Requests) {
			return
		}
		v.until(i)
		if rand.IntN(10) == 0 && v.until(i) {
			v.fault("request %d was recorded afresh after its receipt", i)
		}
		select {
		case <-over.Done():
		case <-time.After(rand.N(v.pause)):
		}
	}
}

// patience is how often one request is tried again before the drill gives up on it.
const patience = 600

// until sends a request until it has its receipt, and tells whether that is a fresh one.
func (v *voters) until(i int) bool {
	for range patience {
		status, body, err := v.send(i)
		switch {
		case err != nil || status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests:
			time.Sleep(rand.N(200 * time.Millisecond))
			continue
		case status == http.StatusOK || status == http.StatusCreated:
			return v.keep(i, body)
		}
		v.fault("request %d was answered %d: %s", i, status, body)
		return false
	}
	v.fault("request %d never got an answer", i)
	return false
}

func (v *voters) fault(format string, values ...any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.faults = append(v.faults, fmt.Sprintf(format, values...))
}

// keep notes a receipt, and tells whether the service says that it is fresh. A second one of a request must be the same.
func (v *voters) keep(i int, body []byte) bool {
	var shown receipt
	if err := json.Unmarshal(body, &shown); err != nil || shown.Code == "" {
		v.fault("request %d got no receipt: %s", i, body)
		return false
	}
	v.mu.Lock()
	before, again := v.receipts[i]
	if !again {
		v.receipts[i] = shown
	}
	v.mu.Unlock()
	if again && (before.Code != shown.Code || before.Number != shown.Number) {
		v.fault("request %d got %+v after %+v", i, shown, before)
	}
	return !shown.Replayed
}

// send sends a request over a connection of its own, as a phone that was away does. The answer is read whole: one that
// breaks off shows no receipt.
func (v *voters) send(i int) (status int, body []byte, err error) {
	v.mu.Lock()
	v.tried[i] = true
	v.mu.Unlock()
	conn, err := net.DialTimeout("tcp", v.addrs[rand.IntN(len(v.addrs))], v.wait)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = conn.Close() }() // the answer is read or lost by now
	if err := conn.SetDeadline(time.Now().Add(v.wait)); err != nil {
		return 0, nil, err
	}
	if _, err := conn.Write(v.f.opened.Requests[i]); err != nil {
		return 0, nil, err
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, nil, err
	}
	if answer.StatusCode == http.StatusServiceUnavailable {
		v.away.Add(1)
		if answer.Header.Get("Retry-After") == "" {
			v.fault("503 without Retry-After")
		}
	}
	body, err = io.ReadAll(answer.Body)
	return answer.StatusCode, bytes.TrimSpace(body), err
}
