package bench

import (
	"math"
	"runtime"
	"slices"
	"time"
)

// Spread is a figure over all rounds. The median is the one to quote; how far the others lie off tells how quiet the
// machine was.
type Spread struct {
	Min    float64 `json:"min"`
	Median float64 `json:"median"`
	Max    float64 `json:"max"`
}

// spreadOf is the spread of one or more figures, with three decimals.
func spreadOf(figures []float64) Spread {
	sorted := slices.Sorted(slices.Values(figures))
	middle := sorted[len(sorted)/2]
	if len(sorted)%2 == 0 {
		middle = (middle + sorted[len(sorted)/2-1]) / 2
	}
	return Spread{rounded(sorted[0]), rounded(middle), rounded(sorted[len(sorted)-1])}
}

func rounded(figure float64) float64 { return math.Round(figure*1000) / 1000 }

// ratios divides round by round, so that a slow minute of the machine slows both down.
func ratios(parts, wholes []float64) []float64 {
	divided := make([]float64, len(parts))
	for i, part := range parts {
		divided[i] = part / wholes[i]
	}
	return divided
}

// inTurns runs every case once per round, in the same order and on one thread, and gives the milliseconds of each case by
// round, as the clock has them.
func inTurns(rounds int, clock func() time.Duration, cases ...func() error) ([][]float64, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	took := make([][]float64, len(cases))
	for range rounds {
		for i, run := range cases {
			runtime.GC() // what one case leaves behind is not the next one's to clear
			started := clock()
			if err := run(); err != nil {
				return nil, err
			}
			took[i] = append(took[i], milliseconds(clock()-started))
		}
	}
	return took, nil
}

// began is when the program was asked to measure.
var began = time.Now()

// wallTime is the clock on the wall, for what other processes take part in.
func wallTime() time.Duration { return time.Since(began) }

// timed gives the milliseconds that a run took on the wall.
func timed(run func() error) (float64, error) {
	started := wallTime()
	err := run()
	return milliseconds(wallTime() - started), err
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
