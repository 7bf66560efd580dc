// Package form writes the papers of a filing that people still sign or complete, as .docx: registration form, minutes,
// decision, list of members, promises, and the comparison and hand-over of ballots. It states what it is given: outcomes
// come decided, legal sentences in words. It knows no models; no choice of a home ever stands in it.
package form

import (
	"fmt"

	"gongjue/notify/paper"
	"gongjue/voting"
)

// Data is what the forms of one filing share. Times are Unix ms; 0 leaves room to write.
type Data struct {
	Community   string
	Assembly    string // 业主大会名称
	Committee   string // 业主委员会名称; empty where none was elected
	Term        string // 届别、任期 and Chair as far as they are known; empty = left to be written
	Chair       string
	Authorities []string // where the filing goes
	Street      string
	Convener    string
	ConvenerIs  string // 筹备组, 业主委员会, …
	Contact     string
	Place       string // where paper ballots were taken
	Title       string // of the meeting
	Kind        string // 定期会议, 临时会议 or 首次会议
	Manner      string // how it was held
	NoticedAt   int64
	OpensAt     int64
	ClosesAt    int64
	CountedAt   int64
	PreparedAt  int64 // the preliminary figures were displayed
	PublishedAt int64
	MadeAt      int64 // of the package
	Units       int64
	Total       voting.Weight
	Ballots     int64
	Roster      string // version of the frozen roster
	Rules       string // pack and parameters
	Matters     []Matter
	Members     []Member // elected, then alternates
	Objections  Objections
	Sheets      []Line // 发放回收, line by line
	Warning     string // what of them does not close
	Buildings   []BuildingSheets
	Papers      []Line // documents that the place asks for, and where each stands
	Digests     []Line // fingerprints of notice, roster and result
}

// Matter is one matter as it was decided.
type Matter struct {
	Number       int
	Title        string
	Law          string
	Scope        string
	Participated string // heads and area with their shares
	Word         string // of the outcome
	Sentence     string // the legal sentence
	InForce      bool   // passed, or filled a seat, and its condition holds
}

// Member is somebody whom the election seated, or an alternate by rank.
type Member struct {
	Name      string
	Place     string // 当选（第 1 名）
	Alternate bool
}

// Objections are the objections by what became of them.
type Objections struct{ Raised, Upheld, Dismissed, Withdrawn int64 }

// Line is a name and what stands beside it.
type Line struct{ Name, Value string }

// BuildingSheets are the sheets of one building.
type BuildingSheets struct {
	Building                                         string
	Issued, Delivered, Refused, Undeliverable, Blank int64
}

func (d Data) weight() string {
	return fmt.Sprintf("%d 人，%s 平方米", d.Total.Heads, d.Total.Area)
}

func (d Data) window() string {
	return paper.Minute(d.OpensAt) + " 至 " + paper.Minute(d.ClosesAt) + "（北京时间）"
}

// blankDay is room for a date to be written.
const blankDay = "　　　　年　　月　　日"
