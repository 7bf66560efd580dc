package bundle

import (
	"slices"

	"gongjue/voting"
	"gongjue/voting/ledger"
)

// Result is a count as it is published. The result leaf holds the SHA-256 of its text, written before anybody
// announces a figure.
type Result struct {
	Meeting string         `json:"meeting"`
	Ballots int64          `json:"ballots"` // that count, one per voter, also those void on every matter
	Matters []MatterResult `json:"matters"` // in the order of the agenda
}

// MatterResult is the outcome of one matter with what was asked.
type MatterResult struct {
	MatterID string         `json:"matter"`
	Position int64          `json:"position"`
	Title    string         `json:"title"`
	Rule     voting.Matter  `json:"rule"`
	Outcome  voting.Outcome `json:"outcome"`
	Effect   voting.Effect  `json:"effect,omitempty"`   // of a matter that depends on another
	Delivery *Delivery      `json:"delivery,omitempty"` // nil where the meeting keeps no register of deliveries
}

// Encode is the one text of the document. It fails as [ledger.Canonical] does.
func (r Result) Encode() ([]byte, error) {
	return ledger.Canonical(struct {
		Format string `json:"format"`
		Result
	}{formatResult, r})
}

// Delivery tells, within the scope of one matter, what became of everybody's sheet.
type Delivery struct {
	Delivered Figure                       `json:"delivered"` // with proof, those included who answered
	Classes   map[voting.VoterClass]Figure `json:"classes"`   // a class that is missing is empty
}

// Figure is a weight whose area is left out where it would point to a home.
type Figure struct {
	Heads int64        `json:"heads"`
	Area  *voting.Area `json:"area_cm2,omitempty"`
}

// ClassLine is one of the six classes of voters at the close, or all who were delivered a sheet with proof.
type ClassLine struct {
	Class  voting.VoterClass // empty for those with a proof
	Weight voting.Weight
	Few    bool // the area would point to a home and is left out
}

func (f Figure) line(class voting.VoterClass) ClassLine {
	l := ClassLine{Class: class, Weight: voting.Weight{Heads: f.Heads}, Few: f.Area == nil}
	if f.Area != nil {
		l.Weight.Area = *f.Area
	}
	return l
}

// few is the number of heads from which an area no longer points to a home.
const few = 3

// NewDelivery is the form in which the classes are published. Voted, void and silent areas stand among the
// figures of the outcome anyway; of the rest, where one area is left out, the next smallest is too, or
// subtraction would bring it back. The same goes for those with a proof and everybody without one.
func NewDelivery(total, delivered voting.Weight, classes map[voting.VoterClass]voting.Weight) *Delivery {
	d := &Delivery{Delivered: Figure{Heads: delivered.Heads}, Classes: map[voting.VoterClass]Figure{}}
	if pointsNowhere(delivered.Heads) && pointsNowhere(total.Heads-delivered.Heads) {
		d.Delivered.Area = &delivered.Area
	}
	hidden := hiddenClasses(classes)
	for class, weight := range classes {
		figure := Figure{Heads: weight.Heads}
		if !slices.Contains(hidden, class) {
			figure.Area = &weight.Area
		}
		d.Classes[class] = figure
	}
	return d
}

func pointsNowhere(heads int64) bool { return heads == 0 || heads >= few }

// printed are the classes whose areas an outcome prints.
var printed = []voting.VoterClass{voting.ClassVoted, voting.ClassVoid, voting.ClassDeliveredSilent}

func hiddenClasses(classes map[voting.VoterClass]voting.Weight) []voting.VoterClass {
	var hidden []voting.VoterClass
	next := voting.VoterClass("")
	for _, class := range voting.VoterClasses {
		heads := classes[class].Heads
		switch {
		case classes[class] == voting.Weight{} || slices.Contains(printed, class):
		case heads < few:
			hidden = append(hidden, class)
		case next == "" || heads < classes[next].Heads:
			next = class
		}
	}
	if len(hidden) == 1 && next != "" {
		hidden = append(hidden, next)
	}
	return hidden
}

// Proved are those with a proof of delivery as a line.
func (d Delivery) Proved() ClassLine { return d.Delivered.line("") }

// Lines are the six classes in order.
func (d Delivery) Lines() []ClassLine {
	lines := make([]ClassLine, len(voting.VoterClasses))
	for i, class := range voting.VoterClasses {
		figure, there := d.Classes[class]
		if !there {
			figure.Area = new(voting.Area)
		}
		lines[i] = figure.line(class)
	}
	return lines
}
