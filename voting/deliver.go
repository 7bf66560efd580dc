package voting

import (
	"fmt"
	"slices"
)

// SilenceConditions are the facts on which a silence policy rests (建房〔2009〕274号第26条第2款, 民法典第140条): a rule that
// the owners adopted before, proof for every single delivery, and a warning on notice and ballot.
type SilenceConditions struct {
	RuleAdopted            bool   `json:"rule_adopted"`               // adopted by an earlier meeting, not by this one
	Document               string `json:"document,omitempty"`         // such as 业主大会议事规则（2024年3月2日通过）
	Clause                 string `json:"clause,omitempty"`           // such as 第二十一条
	CoversElections        bool   `json:"covers_elections"`           // the clause names elections too
	DeliveryProofPerBallot bool   `json:"delivery_proof"`             // who received it, when, how, with a witness or receipt
	WarningShown           bool   `json:"warning_shown"`              // on the notice and on every ballot
	FirstMeeting           bool   `json:"first_meeting"`              // nothing was adopted yet
	InterimCovenant        bool   `json:"interim_covenant,omitempty"` // the rule stands in the interim covenant, which every buyer signed, under Law
	Law                    string `json:"law,omitempty"`              // the article that lets the interim covenant carry it, such as 聊城市物业管理条例第16条
}

// Check refuses what the policy lacks for matters of these kinds, all of it at once; nothing is needed where silent
// ballots take no part. At a first meeting nothing was adopted, and every other policy is refused, except where the law
// of the place lets the interim covenant carry one (聊城市物业管理条例第16条): then that stands in for the rule.
func (s SilenceConditions) Check(silence Silence, kinds ...Kind) []*Refusal {
	if silence == "" || silence == NotParticipating {
		return nil
	}
	covenant := s.InterimCovenant && s.Law != ""
	if s.FirstMeeting && !covenant {
		return []*Refusal{refuse(CodeSilenceFirstMeeting, "silence_rule.first_meeting")}
	}
	var lacks []*Refusal
	if (!s.RuleAdopted && !s.FirstMeeting) || s.Document == "" || s.Clause == "" {
		lacks = append(lacks, refuse(CodeSilenceRule, "silence_rule.document"))
	}
	if !s.DeliveryProofPerBallot {
		lacks = append(lacks, refuse(CodeSilenceProof, "silence_rule.delivery_proof"))
	}
	if !s.WarningShown {
		lacks = append(lacks, refuse(CodeSilenceWarning, "silence_rule.warning_shown"))
	}
	if slices.Contains(kinds, Election) && !s.CoversElections {
		lacks = append(lacks, refuse(CodeSilenceElections, "silence_rule.covers_elections"))
	}
	return lacks
}

// Handling is what became of a voter's sheet before any answer.
type Handling string

// The handlings; the empty string is SheetNotIssued.
const (
	SheetNotIssued     Handling = "not_issued"
	SheetIssued        Handling = "issued" // handed out, without proof that it arrived
	SheetDelivered     Handling = "delivered"
	SheetRefused       Handling = "refused"
	SheetUndeliverable Handling = "undeliverable"
)

// Handlings lists every handling.
var Handlings = []Handling{SheetNotIssued, SheetIssued, SheetDelivered, SheetRefused, SheetUndeliverable}

// VoterClass is where a voter stands at the close (domain §4). Only delivered_silent is touched by a silence policy.
type VoterClass string

// The six classes.
const (
	ClassVoted           VoterClass = "voted"
	ClassVoid            VoterClass = "void"
	ClassDeliveredSilent VoterClass = "delivered_silent"
	ClassRefused         VoterClass = "refused"
	ClassUndeliverable   VoterClass = "undeliverable" // also a sheet handed out without proof
	ClassNotIssued       VoterClass = "not_issued"
)

// VoterClasses lists the classes.
var VoterClasses = []VoterClass{ClassVoted, ClassVoid, ClassDeliveredSilent, ClassRefused, ClassUndeliverable, ClassNotIssued}

// SilentClass is the class of a voter who did not answer. What cannot be proved is never silence (domain trap 8).
func (h Handling) SilentClass() VoterClass {
	switch h {
	case SheetDelivered:
		return ClassDeliveredSilent
	case SheetRefused:
		return ClassRefused
	case SheetIssued, SheetUndeliverable:
		return ClassUndeliverable
	}
	return ClassNotIssued
}

// SheetCount are the paper sheets of a meeting, or of one box, by number.
type SheetCount struct {
	Printed     int64 `json:"printed"`
	NotIssued   int64 `json:"not_issued"`
	Issued      int64 `json:"issued"`
	Returned    int64 `json:"returned"`    // found in the boxes, void ones included
	Outstanding int64 `json:"outstanding"` // issued and not returned
}

// Incident is a disagreement among sheets that is recorded before anything is counted further.
type Incident string

// The incidents.
const (
	ReturnedAboveIssued Incident = "returned_above_issued" // sheets that nobody issued: counting is suspended
	IssuedNotClosed     Incident = "issued_not_closed"     // issued is not returned and outstanding together
	PrintedNotClosed    Incident = "printed_not_closed"    // printed is not issued and unissued together
)

// Incidents lists every incident, the gravest first.
var Incidents = []Incident{ReturnedAboveIssued, IssuedNotClosed, PrintedNotClosed}

// Discrepancy is an incident with the number of sheets it is about, above 0.
type Discrepancy struct {
	Incident Incident `json:"incident"`
	Sheets   int64    `json:"sheets"`
}

// Reconcile compares the sheets; nothing comes back when all closes. It refuses a negative number as bad_value.
func Reconcile(s SheetCount) ([]Discrepancy, error) {
	numbers := []int64{s.Printed, s.NotIssued, s.Issued, s.Returned, s.Outstanding}
	for i, name := range []string{"printed", "not_issued", "issued", "returned", "outstanding"} {
		if numbers[i] < 0 || numbers[i] > MaxNumber {
			return nil, refuse(CodeBadValue, fmt.Sprintf("sheets.%s", name))
		}
	}
	var found []Discrepancy
	if over := s.Returned - s.Issued; over > 0 {
		found = append(found, Discrepancy{ReturnedAboveIssued, over})
	}
	if gap := max(s.Issued-s.Returned-s.Outstanding, s.Returned+s.Outstanding-s.Issued); gap > 0 {
		found = append(found, Discrepancy{IssuedNotClosed, gap})
	}
	if gap := max(s.Printed-s.Issued-s.NotIssued, s.Issued+s.NotIssued-s.Printed); gap > 0 {
		found = append(found, Discrepancy{PrintedNotClosed, gap})
	}
	return found, nil
}
