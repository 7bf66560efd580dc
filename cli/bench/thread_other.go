//go:build !linux

package bench

import "time"

// threadTime falls back on the clock on the wall, where the system does not tell the time of a thread.
func threadTime() time.Duration { return wallTime() }
