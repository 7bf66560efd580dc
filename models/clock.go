package models

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"gongjue/migrations"
)

// clockTolerance is how far, in ms, the clock may part from the time that has passed, or from the database's clock. A
// clock that is only corrected slowly never does.
const clockTolerance = 5_000

// errClock says that the clock is not to be believed: nothing is written, for a wrong hour opens and closes votes.
var errClock = errors.New("the clock jumped by more than five seconds, or is that far from the database's: set it right and start again")

// watchedClock is the system's clock beside a time that nobody can set.
type watchedClock struct {
	now     func() int64 // Unix ms
	elapsed func() int64 // ms since some moment; nil: nothing to compare with
	offset  int64        // now − elapsed at the start
	apart   atomic.Bool  // from the database's clock, when it was last compared
}

func newClock(now, elapsed func() int64) *watchedClock {
	if now == nil {
		start := time.Now()
		now = func() int64 { return time.Now().UnixMilli() }
		elapsed = func() int64 { return time.Since(start).Milliseconds() }
	}
	c := &watchedClock{now: now, elapsed: elapsed}
	if elapsed != nil {
		c.offset = now() - elapsed()
	}
	return c
}

// check returns errClock while the clock is not to be believed: until it is set right, or the program starts again.
func (c *watchedClock) check() error {
	if c.elapsed == nil {
		return nil
	}
	if off := c.now() - c.elapsed() - c.offset; c.apart.Load() || off > clockTolerance || off < -clockTolerance {
		return errClock
	}
	return nil
}

// CheckClock compares the clock with the time that has passed since the start and, on PostgreSQL, with the database's:
// replicas whose clocks differ would not agree when a vote ends. While it returns an error, nothing is written.
func (s *Store) CheckClock(ctx context.Context) error {
	if s.dialect == migrations.Postgres && s.clocks.elapsed != nil {
		var theirs int64
		before := s.clock()
		if err := s.sql.QueryRowContext(ctx, "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint").Scan(&theirs); err != nil {
			return fmt.Errorf("ask the database for the time: %w", err)
		}
		s.clocks.apart.Store(theirs < before-clockTolerance || theirs > s.clock()+clockTolerance)
	}
	return s.clocks.check()
}

// ClockWrong tells whether an error means that the clock is not to be believed.
func ClockWrong(err error) bool { return errors.Is(err, errClock) }
