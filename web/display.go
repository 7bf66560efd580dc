package web

import (
	"strconv"

	"gongjue/voting"
)

// RosterDisplay is the public display of a roster (业主名册公示): totals, buildings, and the lines of one building
// or of one home that was asked for. It holds no name and no phone. Search: GET URL with `building` and `room`.
type RosterDisplay struct {
	Shell
	Community    string
	CommunityURL string
	URL          string
	Version      int
	State        string // published, frozen, superseded
	Units        int64
	Weight       voting.Weight
	ParkingArea  bool
	ParkingHeads bool
	PublishedAt  Instant
	Until        Instant
	DaysLeft     int  // whole days after today; 0 on the last day
	Over         bool // nobody can object any more
	FrozenAt     Instant
	Root         string // hex; after the freeze
	Contact      string
	Place        string
	AnswerDays   int
	Buildings    []DisplayPart
	Usages       []DisplayPart
	Sources      []DisplayPart
	Building     string // the one that was asked for
	Room         string
	Searched     bool
	Open         bool // the lines are shown to everybody
	Lines        []DisplayLine
	NextURL      string
	PDFURL       string
	BuildingPDF  string // of the one building
	NewerURL     string // of a superseded version
	HomeURL      string // ProveHome; empty for a superseded version
	Standing     string // see [ObjectionStanding]
	Changes      []RosterChange
	Amendments   []RosterAmendment // that led to this version, the newest first
}

// DisplayPart are the sums of one building, usage or source of areas.
type DisplayPart struct {
	Name    string
	URL     string // its lines; empty for what has none
	Units   int64
	Area    voting.Area
	Counted voting.Area
}

// withTotal adds the sum of all parts as a last line, for a table with more than one.
func withTotal(parts []DisplayPart) []DisplayPart {
	if len(parts) < 2 {
		return parts
	}
	total := DisplayPart{Name: "合计"}
	for _, part := range parts {
		total.Units += part.Units
		total.Area += part.Area
		total.Counted += part.Counted
	}
	return append(parts[:len(parts):len(parts)], total)
}

// DisplayLine is one unit of the display.
type DisplayLine struct {
	Place   string // without the building where all lines are of one
	Usage   string
	Area    voting.Area
	Source  string // in words
	Head    string // how its head counts, in words
	NoArea  bool   // its area does not count
	Grouped bool   // it makes one head together with others
	// Corrected since the roster was put on display.
	Corrected bool
}

// PublishForm puts a draft on display. Fields: `objection_days`, `answer_days`, `contact`, `place`.
type PublishForm struct {
	Form
	ObjectionDays string
	AnswerDays    string
	Contact       string
	Place         string
	LocalDays     int    // days that the place asks before a first meeting; 0 = none
	LocalLaw      string // where it does
	Warning       string
}

// DaysHint says what the place asks for.
func (f PublishForm) DaysHint() string {
	hint := "从明天起算，期满那天结束时截止。"
	if f.LocalDays > 0 {
		hint += "首次业主大会前至少公示 " + strconv.Itoa(f.LocalDays) + " 日"
		if f.LocalLaw != "" {
			hint += "（" + f.LocalLaw + "）"
		}
		hint += "。"
	}
	return hint
}

// The title of the display of a roster, and the names of its files.
const (
	TitleDisplay      = "业主名册公示"
	FileDisplay       = "业主名册公示"
	FileDisplayPoster = "名册公示海报"
)

// Note is what the line says beside place and area, for print.
func (l DisplayLine) Note() string {
	note := l.Usage + "，" + l.Source + "，" + l.Head
	if l.NoArea {
		note += "，面积不计入"
	}
	return note
}

// DisplayTime says how long the display still takes.
func (d RosterDisplay) DisplayTime() string {
	switch {
	case d.Over:
		return "公示期已经结束。"
	case d.DaysLeft == 0:
		return "今天是公示的最后一天。"
	}
	return "还剩 " + strconv.Itoa(d.DaysLeft) + " 天。"
}

// ParkingRule says what parking spaces count for.
func ParkingRule(area, heads bool) string {
	words := map[bool]string{true: "计入", false: "不计入"}
	return "车位的面积" + words[area] + "总面积；只有车位的业主" + words[heads] + "总人数。"
}
