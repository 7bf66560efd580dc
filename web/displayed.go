package web

// Displayed says what became of a preliminary count that was on display; the zero value while nothing newer is there.
type Displayed struct {
	Sentence string
	Newer    Link // the notice that took its place
}

// CountReplaced is said of a preliminary count once the final result is out.
func CountReplaced(at Instant) string {
	return "这份初步结果公示已由正式结果替代（" + at.Day() + "公布）。以下是公示时的原样，数字没有改动。"
}

// CountAnnulled is said of a preliminary count whose vote was annulled; ended is [EndedSentence].
func CountAnnulled(ended string) string {
	return ended + "以下是公示时的原样，只作记录，不再有效。"
}

// The links between a preliminary count and what took its place.
const (
	LinkFinal       = "看正式结果"
	LinkWhyAnnulled = "看会议通知和重新组织的安排"
)
