package bench

import (
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

// forgetPeak gives free memory back to the system and begins the peak of this process anew; proc(5), clear_refs. Where
// there is none, the peak is that of the whole life of the process, or is not told.
func forgetPeak() {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // see above
}

// peakBytes is the most memory that this process had since forgetPeak, the program itself included; 0 where the
// system does not tell.
func peakBytes() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kilobytes, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, err := strconv.ParseInt(kilobytes, 10, 64)
	if err != nil {
		return 0
	}
	return n << 10
}
