package workbook

import "runtime/debug"

// spareHeap is what the memory of a command that reads one large roster is kept to where that can be done, in bytes.
const spareHeap = 200 << 20

// Spare lets garbage be collected sooner until restore is called, so that a roster of 100,000 rows is read and stored
// within 300 MB. It is for a command of its own: the service, which others use meanwhile, would only be slowed down.
func Spare() (restore func()) {
	before := debug.SetMemoryLimit(spareHeap)
	return func() { debug.SetMemoryLimit(before) }
}
