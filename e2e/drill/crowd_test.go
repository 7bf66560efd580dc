package drill

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// R08: one thumb, a hundred taps.
func TestAHundredTapsAtOnceMakeOneBallot(t *testing.T) {
	f := newField(t, liteURL(t), 100)
	f.start(f.product)
	v := newVoters(f, think, f.product.Addr)
	var taps sync.WaitGroup
	var fresh atomic.Int64
	start := make(chan struct{})
	for range 100 {
		taps.Go(func() {
			<-start
			status, body, err := v.send(0)
			if err != nil || status/100 != 2 {
				v.fault("a tap was answered %d: %s %v", status, body, err)
				return
			}
			if v.keep(0, body) {
				fresh.Add(1)
			}
		})
	}
	close(start)
	taps.Wait()
	if fresh.Load() != 1 || len(v.faults) > 0 {
		t.Errorf("%d taps made a ballot; %v", fresh.Load(), v.faults)
	}
	v.vote(phones, func() { time.Sleep(2 * time.Second) })
	v.stand()
}

// R11: whoever sends a byte now and then is cut off, and holds nobody up.
func TestSlowClientsAreCutOffAndHoldNobodyUp(t *testing.T) {
	slow := cycles(200, 2000)
	f := newField(t, liteURL(t), 2000)
	f.product.Environ = append(f.product.Environ, "GONGJUE_SERVER_HEADER_TIMEOUT_SECONDS=1", "GONGJUE_SERVER_READ_TIMEOUT_SECONDS=2")
	f.start(f.product)
	v := newVoters(f, think, f.product.Addr)
	var crowd sync.WaitGroup
	var held atomic.Int64
	for i := range slow {
		crowd.Go(func() {
			if !f.drips(f.opened.Requests[i%len(f.opened.Requests)], i%2 == 0) {
				held.Add(1)
			}
		})
	}
	v.vote(phones, func() { time.Sleep(2 * time.Second) })
	crowd.Wait()
	if held.Load() > 0 {
		t.Errorf("%d of %d slow connections were never closed", held.Load(), slow)
	}
	v.stand()
}

// drips sends a request a byte at a time, within its header or within its body, and tells whether the service ended it.
func (f *field) drips(request []byte, header bool) bool {
	conn, err := net.Dial("tcp", f.product.Addr)
	if err != nil {
		return false
	}
	defer func() { _ = conn.Close() }() // ended by the service, or given up
	at := len(request) - 60
	if header {
		at = 20
	}
	if _, err := conn.Write(request[:at]); err != nil {
		return true
	}
	for _, drop := range request[at : at+40] {
		if _, err := conn.Write([]byte{drop}); err != nil {
			return true
		}
		_ = conn.SetReadDeadline(time.Now().Add(250 * time.Millisecond)) // of an open connection: cannot fail
		_, err := io.Copy(io.Discard, conn)
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return true // an end, also behind an answer such as 408
		}
	}
	return false
}
