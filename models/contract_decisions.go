package models

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// FirmDecision is what a final result decided about the property firm.
type FirmDecision struct {
	MeetingID   string
	Position    int64
	Meeting     string // its title
	Title       string // of the matter
	Act         voting.FirmAct
	Passed      bool   // and takes effect
	Failed      bool   // not carried; neither while a further vote or a tie is open
	Firm        string // whom the owners selected; empty otherwise
	PublishedAt int64
}

type decisionKey struct {
	meeting  string
	position int64
}

// Selects tells whether the owners chose a firm.
func (d FirmDecision) Selects() bool { return d.Firm != "" }

// Renews tells whether the owners keep a firm.
func (d FirmDecision) Renews(firm string) bool {
	return d.Firm == firm || d.Act == voting.RenewFirm && d.Passed
}

// Dismisses tells whether the owners end the contract of a firm: they dismissed it, or chose another.
func (d FirmDecision) Dismisses(firm string) bool {
	return d.Act == voting.DismissFirm && d.Passed || d.Selects() && d.Firm != firm
}

// Declines tells whether the owners want no other term with a firm. That a motion to renew failed dismisses nobody, but
// leaves the firm without another term (domain trap 18).
func (d FirmDecision) Declines(firm string) bool {
	switch d.Act {
	case voting.RenewFirm:
		return d.Failed
	case voting.TenderFirm:
		return d.Passed
	}
	return d.Selects() && d.Firm != firm
}

// After tells whether owners decided it when a contract was signed already: the meeting that chose a firm does not end its
// contract as well.
func (d FirmDecision) After(c Contract) bool {
	return d.MeetingID != c.MeetingID && calendar.StartOfDay(d.PublishedAt) > c.SignedAt
}

// FirmDecisions are what the final results of a community decided about the firm, the newest first. What an authority or a
// court revoked is not among them.
func (s *Store) FirmDecisions(ctx context.Context, communityID string) ([]FirmDecision, error) {
	return firmDecisions(s.read(ctx), communityID)
}

func firmDecisions(db *gorm.DB, communityID string) ([]FirmDecision, error) {
	var ids []string
	err := db.Table("meeting").Select("meeting.id").Where("meeting.community_id = ? AND meeting.state = ? AND EXISTS (SELECT 1 FROM matter WHERE matter.community_id = meeting.community_id "+
		"AND matter.meeting_id = meeting.id AND matter.item = ?)", communityID, lifecycle.MeetingPublished, voting.FirmItem).Order("meeting.published_at DESC, meeting.id").Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("list meetings about the firm: %w", err)
	}
	var list []FirmDecision
	for _, id := range ids {
		meeting, err := meetingView(db.Where("community_id = ? AND id = ?", communityID, id))
		if err != nil {
			return nil, err
		}
		decided, err := decisionsOf(db, meeting)
		if err != nil {
			return nil, err
		}
		list = append(list, decided...)
	}
	return list, nil
}

// decisionsOf are those of one published meeting.
func decisionsOf(db *gorm.DB, meeting Meeting) (list []FirmDecision, err error) {
	final, err := standingFinal(db, meeting)
	for _, matter := range final {
		if matter.Rule.Item != voting.FirmItem || matter.effect == voting.Lapsed {
			continue
		}
		decision := FirmDecision{MeetingID: meeting.ID, Position: matter.Position, Meeting: meeting.Title, Title: matter.Title, Act: matter.Rule.FirmAct,
			Passed: matter.effect == voting.TakesEffect, Failed: matter.effect == voting.NoDecision, PublishedAt: meeting.PublishedAt}
		if matter.Rule.Kind == voting.Selection && decision.Passed {
			decision.Firm = matter.Outcome.Selected
		}
		if decision.Firm != "" || decision.Act != "" {
			list = append(list, decision)
		}
	}
	return list, err
}

// finalMatter is a matter of a final result with what it leads to.
type finalMatter struct {
	MatterResult
	effect voting.Effect
}

// standingFinal are the matters of the final result of a published meeting that nobody revoked; none without such a result.
func standingFinal(db *gorm.DB, meeting Meeting) (list []finalMatter, err error) {
	results, err := resultsOf(db, meeting.CommunityID, meeting.ID)
	if err != nil || len(results) == 0 || results[len(results)-1].Stage != FinalResult {
		return nil, err
	}
	supervised, err := supervisionOf(db, meeting.CommunityID, meeting.ID)
	if err != nil {
		return nil, err
	}
	final, standing := results[len(results)-1], StandingMatters(meeting, supervised)
	effects, err := effectsOf(final.Matters)
	if err != nil {
		return nil, err
	}
	for i, matter := range final.Matters {
		if slices.Contains(standing, matter.Position) {
			list = append(list, finalMatter{matter, effects[i]})
		}
	}
	return list, nil
}

// revokedDecisions tells which of the decisions behind some contracts do not stand any more.
func (s *Store) revokedDecisions(ctx context.Context, communityID string, list []Contract) (map[decisionKey]bool, error) {
	revoked := map[decisionKey]bool{}
	for _, contract := range list {
		if contract.MeetingID == "" {
			continue
		}
		meeting, err := s.Meeting(ctx, communityID, contract.MeetingID)
		if err != nil {
			return nil, err
		}
		supervised, err := s.SupervisionOf(ctx, communityID, contract.MeetingID)
		if err != nil {
			return nil, err
		}
		annulled := slices.Contains(endedStates, meeting.State)
		revoked[decisionKey{contract.MeetingID, contract.Position}] = annulled || !slices.Contains(StandingMatters(meeting, supervised), contract.Position)
	}
	return revoked, nil
}
