package bench

import (
	"syscall"
	"time"
)

// threadTime is the processor time of this thread: what others run on the machine meanwhile does not count.
func threadTime() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_THREAD, &used) != nil {
		return wallTime()
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
