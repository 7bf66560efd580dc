package models

import (
	"context"
	"slices"

	"gongjue/voting"
	"gongjue/voting/rules"
)

// FilingPaper is a document that the place asks for, and where it stands.
type FilingPaper struct {
	rules.FilingPaper
	State PaperStanding
	Files []Attachment // added by people
}

// PaperStanding is where a document of a filing stands.
type PaperStanding string

// The standings.
const (
	PaperAttached PaperStanding = "attached" // somebody added it
	PaperMade     PaperStanding = "made"     // the package holds it as it is to be
	PaperToSign   PaperStanding = "to_sign"  // the package holds a form that people sign or complete
	PaperMissing  PaperStanding = "missing"  // nobody but the convener has it
)

// PaperStandings lists every standing.
var PaperStandings = []PaperStanding{PaperAttached, PaperMade, PaperToSign, PaperMissing}

// printedForms are the documents of which the package holds a form.
var printedForms = []rules.Word{rules.MeetingRecord, rules.AssemblyDecision, rules.CommitteeMembers, rules.Promises}

// FilingPapers are the documents that the filing of a meeting with this final result needs, as the pack of its place says.
func (m Meeting) FilingPapers(final Result) []FilingPaper {
	filed := filedBy(final)
	asked := m.Pack.FilingPapers(filed)
	list := make([]FilingPaper, len(asked))
	for i, paper := range asked {
		list[i] = FilingPaper{FilingPaper: paper, State: PaperMissing}
		for _, file := range m.Attachments {
			if file.Stage == ForFiling && file.Document == paper.Document {
				list[i].Files = append(list[i].Files, file)
			}
		}
		switch {
		case len(list[i].Files) > 0:
			list[i].State = PaperAttached
		case paper.Document == rules.AssemblyRules && filed.Rules, paper.Document == rules.Covenant && filed.Covenant:
			list[i].State = PaperMade
		case slices.Contains(printedForms, paper.Document):
			list[i].State = PaperToSign
		}
	}
	return list
}

// The items of the Code whose texts a package holds as they were adopted.
const (
	itemRules    = 1
	itemCovenant = 2
)

// filedBy tells what a result decided; a matter that led to nothing, because of the one it depends on, decided nothing.
func filedBy(final Result) rules.Filed {
	var filed rules.Filed
	for _, matter := range InForce(final.Matters) {
		passed := matter.Rule.Kind == voting.Motion && matter.Outcome.Result == voting.Passed
		filed.Elected = filed.Elected || len(matter.Outcome.Elected) > 0
		filed.Rules = filed.Rules || passed && matter.Rule.Item == itemRules
		filed.Covenant = filed.Covenant || passed && matter.Rule.Item == itemCovenant
	}
	return filed
}

// Due tells whether somebody still has to bring the document: it is not there, or not signed.
func (p FilingPaper) Due() bool { return p.State == PaperMissing || p.State == PaperToSign }

// needed are the documents that somebody still has to bring before anything is handed in.
func needed(papers []FilingPaper) (list []FilingPaper) {
	for _, paper := range papers {
		if paper.Must && paper.Due() {
			list = append(list, paper)
		}
	}
	return list
}

// complete refuses with filing_incomplete while a document is missing that the text itself names as part of a filing.
func complete(papers []FilingPaper) error {
	if len(needed(papers)) > 0 {
		return refuse("filing_incomplete")
	}
	return nil
}

// PapersNeeded lists the documents that bar the hand-in of a published meeting. Refusals: not_found, illegal_step (not
// published).
func (s *Store) PapersNeeded(ctx context.Context, communityID, meetingID string) ([]FilingPaper, error) {
	meeting, err := s.Meeting(ctx, communityID, meetingID)
	if err != nil {
		return nil, err
	}
	results, err := s.Results(ctx, communityID, meetingID)
	if err != nil {
		return nil, err
	}
	if meeting.PublishedAt == 0 || len(results) == 0 {
		return nil, refuse("illegal_step")
	}
	return needed(meeting.FilingPapers(results[len(results)-1])), nil
}

// Effects is what each matter of a count comes to, once those it depends on are decided too.
func Effects(matters []MatterResult) []voting.Effect {
	agenda, outcomes := make([]voting.Matter, len(matters)), make([]voting.Outcome, len(matters))
	for i, matter := range matters {
		agenda[i], outcomes[i] = matter.Rule, matter.Outcome
	}
	effects, err := voting.Effective(agenda, outcomes)
	if err != nil { // links were checked before the notice; a count without a word on them is still a count
		return make([]voting.Effect, len(matters))
	}
	return effects
}

// InForce are the matters without those whose condition is not met.
func InForce(matters []MatterResult) []MatterResult {
	var list []MatterResult
	for i, effect := range Effects(matters) {
		if effect != voting.Lapsed {
			list = append(list, matters[i])
		}
	}
	return list
}
