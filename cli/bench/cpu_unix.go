//go:build unix

package bench

import (
	"syscall"
	"time"
)

// processorTime is what this process has used so far. It counts nothing that another process did for it, such as a
// database server, but is steadier than a clock on a machine that others use too.
func processorTime() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
