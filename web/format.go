package web

import (
	"time"
)

// Instant is a moment in Unix milliseconds; 0 means "none". Pages show it in 北京时间.
type Instant int64

// beijing is the one time zone of mainland China; it has no daylight saving time.
var beijing = time.FixedZone("北京时间", 8*3600)

// QR is a code as notify/qr lays it out; the page draws it, so that no page takes markup from outside.
type QR struct {
	Side int // modules, margin included
	Runs []Run
}

// Run is a horizontal run of dark modules; it converts from qr.Rect.
type Run struct{ X, Y, Width int }

func (i Instant) local() time.Time { return time.UnixMilli(int64(i)).In(beijing) }

// String prints date and minute, such as 2026年5月18日 09:00; empty for none.
func (i Instant) String() string {
	if i == 0 {
		return ""
	}
	return i.local().Format("2006年1月2日 15:04")
}

// Seconds prints with seconds, for receipts.
func (i Instant) Seconds() string {
	if i == 0 {
		return ""
	}
	return i.local().Format("2006年1月2日 15:04:05")
}

// Day prints the date alone.
func (i Instant) Day() string {
	if i == 0 {
		return ""
	}
	return i.local().Format("2006年1月2日")
}

// ISO prints the moment for machines (datetime attribute).
func (i Instant) ISO() string { return i.local().Format(time.RFC3339) }

// Local prints the value of a datetime-local input, in 北京时间.
func (i Instant) Local() string {
	if i == 0 {
		return ""
	}
	return i.local().Format("2006-01-02T15:04")
}
