package drill

import (
	"bufio"
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"gongjue/api"
	"gongjue/models"
)

// R13: a crowd votes within twenty milliseconds on either side of the end. A request that came in before it is
// recorded, one that came in after it is refused, and the log ends with the close.
func TestTheLastMillisecondCountsAndTheNextDoesNot(t *testing.T) {
	voters := cycles(1500, 20_000)
	onBoth(t, func(t *testing.T, url string) {
		f := newField(t, url, voters)
		v := newVoters(f, think)
		var later atomic.Int64
		clock := func() int64 { // moves on as the crowd does, by forty milliseconds in all
			return f.opened.ClosesAt - 20 + v.next.Load()*40/int64(voters) + later.Load()
		}
		store := f.after(clock)
		service, err := api.New(store, api.Config{PublicURL: "http://vote.example", MaxBody: 1 << 20, MaxUpload: 1 << 20}, slog.New(slog.NewJSONHandler(io.Discard, nil)))
		f.must(err)
		f.must(store.ReadAhead(t.Context()))
		var crowd sync.WaitGroup
		var refused atomic.Int64
		for range phones {
			crowd.Go(func() {
				for i := int(v.next.Add(1)) - 1; i < len(f.opened.Requests); i = int(v.next.Add(1)) - 1 {
					v.atTheEnd(service, i, clock, &refused)
				}
			})
		}
		crowd.Wait()
		later.Store(models.CloseGrace)
		f.must(store.Tick(t.Context()))
		late := httptest.NewRecorder()
		service.ServeHTTP(late, f.request(0))
		if first, there := v.receipts[0]; there != (late.Code == http.StatusOK) || there && !strings.Contains(late.Body.String(), first.Code) {
			t.Errorf("the first request, again after the close: %d %s", late.Code, late.Body)
		}
		for _, fault := range v.faults[:min(5, len(v.faults))] {
			t.Error(fault)
		}
		if refused.Load() == 0 {
			t.Error("nobody was late: that tries nothing")
		}
		f.must(store.Close())
		v.stand()
	})
}

// atTheEnd casts a ballot and judges the answer by the clock before and after.
func (v *voters) atTheEnd(service http.Handler, i int, clock func() int64, refused *atomic.Int64) {
	v.mu.Lock()
	v.tried[i] = true
	v.mu.Unlock()
	answer := httptest.NewRecorder()
	before := clock()
	service.ServeHTTP(answer, v.f.request(i))
	after := clock()
	switch {
	case answer.Code == http.StatusOK || answer.Code == http.StatusCreated:
		v.keep(i, answer.Body.Bytes())
		if before >= v.f.opened.ClosesAt {
			v.fault("request %d came %d ms after the end and was recorded", i, before-v.f.opened.ClosesAt)
		}
	case strings.Contains(answer.Body.String(), "meeting_closed"):
		refused.Add(1)
		if after < v.f.opened.ClosesAt {
			v.fault("request %d was refused %d ms before the end", i, v.f.opened.ClosesAt-after)
		}
	default:
		v.fault("request %d was answered %d: %s", i, answer.Code, answer.Body)
	}
}

// request is a prepared request as the service reads it.
func (f *field) request(i int) *http.Request {
	request, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(f.opened.Requests[i])))
	if err != nil {
		panic(err) // the test wrote it
	}
	request.RemoteAddr = "127.0.0.1:9"
	return request
}
