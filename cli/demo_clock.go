package cli

import (
	"context"
	"sync"
	"time"

	"gongjue/models"
	"gongjue/notify/send"
)

// demoClock is the demo's own time: it stands still while the sample community's past is played, and runs
// on from the real time afterwards, moved forward by the buttons on the page.
type demoClock struct {
	mu     sync.Mutex
	real   func() time.Time
	frozen int64 // Unix ms; 0 once it runs
	ahead  int64 // ms before the real time
}

func newDemoClock(real func() time.Time) *demoClock { return &demoClock{real: real} }

func (c *demoClock) now() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frozen != 0 {
		return c.frozen
	}
	return c.real().UnixMilli() + c.ahead
}

// set stops the clock at an instant.
func (c *demoClock) set(ms int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frozen = ms
}

// release lets the clock run from the real time.
func (c *demoClock) release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frozen = 0
}

// forward moves the running clock on.
func (c *demoClock) forward(ms int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += ms
}

// demoDay is one day of the demo's clock in ms.
const demoDay = int64(24 * time.Hour / time.Millisecond)

// jump moves the clock as a button of the demo's bar asks: to the next opening or close of any meeting, or
// by days. Sessions of staff move along, and what has become due is opened or closed at once.
func (d *demoStage) jump(ctx context.Context, to string) error {
	by := map[string]int64{"day": demoDay, "fortnight": 15 * demoDay}[to]
	if to == "opening" || to == "close" {
		next, err := d.next(ctx, to)
		if err != nil {
			return err
		}
		if by = next - d.clock.now(); next == 0 {
			return &models.Refusal{Code: "demo_nothing_due"}
		}
	}
	if by <= 0 {
		return &models.Refusal{Code: "bad_value", Field: "to"}
	}
	if to == "close" {
		by += models.CloseGrace
	}
	d.clock.forward(by + 1)
	if err := d.store.PostponeSessions(ctx, by+1); err != nil {
		return err
	}
	return d.store.Tick(ctx)
}

// next is the earliest opening or close that lies ahead, 0 for none.
func (d *demoStage) next(ctx context.Context, to string) (int64, error) {
	communities, err := d.store.Communities(ctx)
	if err != nil {
		return 0, err
	}
	earliest, now := int64(0), d.clock.now()
	for _, community := range communities {
		meetings, err := d.store.Meetings(ctx, community.ID)
		if err != nil {
			return 0, err
		}
		for _, meeting := range meetings {
			at := meeting.ClosesAt
			if to == "opening" {
				at = meeting.OpensAt
			}
			if meeting.NoticedAt != 0 && at > now && (earliest == 0 || at < earliest) {
				earliest = at
			}
		}
	}
	return earliest, nil
}

// demoBox is the demo's letter box: it keeps messages, so that the page can show the code that a phone
// would have received.
type demoBox struct {
	mu    sync.Mutex
	texts map[string]string // by the message's dedupe key
}

// maxDemoTexts bounds the letter box.
const maxDemoTexts = 2000

// Send keeps the message.
func (b *demoBox) Send(_ context.Context, message send.Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.texts) >= maxDemoTexts {
		clear(b.texts)
	}
	b.texts[message.DedupeKey] = message.Body
	return nil
}

// text waits a moment for the message of a code request; empty if none comes, as for a phone that is not
// on the roster.
func (b *demoBox) text(ctx context.Context, request string) string {
	for range 30 {
		b.mu.Lock()
		text := b.texts["code:"+request]
		b.mu.Unlock()
		if text != "" {
			return text
		}
		select {
		case <-ctx.Done():
			return ""
		case <-time.After(50 * time.Millisecond):
		}
	}
	return ""
}
