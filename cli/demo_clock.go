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
// by days. Sessions of staff move along, and what falls due on the way is opened and closed at its own time.
func (d *demoStage) jump(ctx context.Context, to string) error {
	target := d.clock.now() + map[string]int64{"day": demoDay, "fortnight": 15 * demoDay}[to]
	switch to {
	case "day", "fortnight":
	case "opening", "close":
		next, err := d.next(ctx, to)
		if err != nil {
			return err
		}
		if next == 0 {
			return &models.Refusal{Code: "demo_nothing_due"}
		}
		target = next
	default:
		return &models.Refusal{Code: "bad_value", Field: "to"}
	}
	for {
		due, err := d.dueBy(ctx, target)
		if err != nil {
			return err
		}
		if due == 0 {
			return d.moveTo(ctx, target)
		}
		if err := d.moveTo(ctx, due); err != nil {
			return err
		}
	}
}

// moveTo moves the running clock to an instant ahead and opens and closes what is due then.
func (d *demoStage) moveTo(ctx context.Context, ms int64) error {
	if by := ms - d.clock.now(); by > 0 {
		d.clock.forward(by)
		if err := d.store.PostponeSessions(ctx, by); err != nil {
			return err
		}
	}
	return d.store.Tick(ctx)
}

// dueBy is the first opening or close on the way to an instant, 0 for none.
func (d *demoStage) dueBy(ctx context.Context, target int64) (int64, error) {
	first := int64(0)
	for _, event := range []string{"opening", "close"} {
		at, err := d.next(ctx, event)
		if err != nil {
			return 0, err
		}
		if at != 0 && at < target && (first == 0 || at < first) {
			first = at
		}
	}
	return first, nil
}

// next is the earliest opening or close that lies ahead, 0 for none.
func (d *demoStage) next(ctx context.Context, to string) (int64, error) {
	communities, err := d.store.CommunitiesOf(ctx, models.Staff{Role: models.RoleOperator})
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
			at := meeting.ClosesAt + models.CloseGrace
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

// demoBox is the demo's letter box, of which the page shows the code that a phone would have received.
type demoBox struct{ *send.MemorySender }

// text waits a moment for the message of a code request; empty if none comes, as for a phone that is not
// on the roster.
func (b demoBox) text(ctx context.Context, request string) string {
	for range 30 {
		if message, ok := b.ByKey("code:" + request); ok {
			return message.Body
		}
		select {
		case <-ctx.Done():
			return ""
		case <-time.After(50 * time.Millisecond):
		}
	}
	return ""
}
