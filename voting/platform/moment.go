package platform

import (
	"strconv"
	"strings"
	"time"
)

// beijing is the zone of every time in a file; a platform that meant another one would have to say so.
var beijing = time.FixedZone("北京时间", 8*60*60)

var momentLayouts = []string{"2006-1-2 15:04:05", "2006-1-2 15:04", "2006/1/2 15:04:05", "2006/1/2 15:04",
	"2006-1-2T15:04:05", "2006-1-2T15:04", "2006年1月2日 15:04:05", "2006年1月2日 15:04", "2006年1月2日 15时04分05秒", "2006年1月2日 15时04分"}

// readMoment reads a time as people or spreadsheets write it, in Unix ms. A date without an hour is none.
func readMoment(cell string) (int64, bool) {
	text := strings.Join(strings.Fields(cell), " ")
	for _, layout := range momentLayouts {
		if moment, err := time.ParseInLocation(layout, text, beijing); err == nil {
			return moment.UnixMilli(), true
		}
	}
	return serialMoment(text)
}

const dayMS = 24 * 60 * 60 * 1000

// epochDay is the day number of 1970-01-01 in a spreadsheet, which counts from 1899-12-30.
const epochDay = 25_569

// serialMoment reads the number that a spreadsheet keeps for a moment: days, and the day's part as a fraction. It is
// reckoned on the digits; half a millisecond is rounded up, and a fraction never reaches the next day.
func serialMoment(text string) (int64, bool) {
	whole, fraction, found := strings.Cut(text, ".")
	days, err := strconv.ParseInt(whole, 10, 32)
	if err != nil || !found || days < epochDay || len(whole) != 5 || fraction == "" || len(fraction) > 15 {
		return 0, false
	}
	digits, err := strconv.ParseInt(fraction[:min(len(fraction), 10)], 10, 64)
	if err != nil || digits < 0 {
		return 0, false
	}
	scale := int64(1)
	for range min(len(fraction), 10) {
		scale *= 10
	}
	ms := min((digits*dayMS+scale/2)/scale, dayMS-1)
	return (days-epochDay)*dayMS + ms - 8*60*60*1000, true
}
