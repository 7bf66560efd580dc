//go:build !unix

package bench

import "time"

// processorTime is not told by this system.
func processorTime() time.Duration { return 0 }
