package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
)

// actingRow is a mandate in force with who acts.
type actingRow struct {
	VoterID string
	Kind    lifecycle.MandateKind
	OwnerID string
	Person  ownerRow `gorm:"embedded;embeddedPrefix:person_"`
}

// actingFor are the mandates in force of some voters, by voter, the newest last.
func actingFor(query *gorm.DB) (map[string][]actingRow, error) {
	var rows []actingRow
	err := query.Table("mandate").Select("mandate.voter_id, mandate.kind, mandate.owner_id, COALESCE(owner.id, '') AS person_id, "+
		"COALESCE(owner.community_id, '') AS person_community_id, COALESCE(owner.roster_id, '') AS person_roster_id, COALESCE(owner.name, '') AS person_name, "+
		"owner.phone AS person_phone").
		Joins("LEFT JOIN owner ON owner.community_id = mandate.community_id AND owner.id = mandate.person_id").
		Where("mandate.state = ? AND mandate.acts = ?", lifecycle.AmendmentApproved, true).
		Order("mandate.decided_at, mandate.number").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read who acts for voters: %w", err)
	}
	acting := map[string][]actingRow{}
	for _, row := range rows {
		acting[row.VoterID] = append(acting[row.VoterID], row)
	}
	return acting, nil
}

// actor is who may cast for a voter, and for whom.
type actor struct {
	ownerRow
	kind lifecycle.MandateKind // empty for an owner who acts for themself
	of   string                // name of the owner whom they act for
}

// label is the name with why they act, as a sheet prints it; names go through shown.
func (a actor) label(shown func(string) string) string {
	of := ""
	if a.of != "" {
		of = shown(a.of)
	}
	return explain.Acting(shown(a.Name), of, a.kind)
}

// actors puts the mandates of a voter in force over its owners: the newest of each owner, and the newest for all of
// them, which is that of the person chosen or of the buyer.
func actors(owners []ownerRow, mandates []actingRow) []actor {
	newest := map[string]actingRow{}
	for _, mandate := range mandates {
		newest[mandate.OwnerID] = mandate
	}
	var list []actor
	if all, there := newest[""]; there && all.Kind == lifecycle.Buyer {
		return []actor{{all.Person, lifecycle.Buyer, ""}}
	}
	chosen, there := newest[""]
	for _, owner := range owners {
		if there && chosen.Kind == lifecycle.VotingPerson && chosen.Person.ID != owner.ID {
			continue
		}
		acts := actor{ownerRow: owner}
		if there && chosen.Kind == lifecycle.VotingPerson {
			acts.kind = lifecycle.VotingPerson
		}
		if instead, replaced := newest[owner.ID]; replaced && instead.Kind != lifecycle.OwnAgain {
			acts = actor{instead.Person, instead.Kind, owner.Name}
		}
		list = append(list, acts)
	}
	return list
}

// actorsOf are those who may cast for one voter.
func actorsOf(db *gorm.DB, communityID, voterID string) ([]actor, error) {
	owners, err := ownersOfVoter(db, communityID, voterID)
	if err != nil {
		return nil, err
	}
	acting, err := actingFor(db.Where("mandate.community_id = ? AND mandate.voter_id = ?", communityID, voterID))
	return actors(owners, acting[voterID]), err
}

// readActing reads who casts for the voters of a meeting, unless it is known. A group does it before it takes a lock: its
// other connection may have to wait until those who wait for that lock give theirs back. Whoever changes who casts counts
// it on the log's head under its lock, so that a group sees there whether what was read still holds.
func (s *Store) readActing(ctx context.Context, snap *snapshot) error {
	if snap.mandates >= 0 {
		return nil
	}
	db, meeting := s.read(ctx), &snap.meeting
	var head logHeadRow
	if err := db.Select("mandates").Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Take(&head).Error; err != nil {
		return fmt.Errorf("read the mandates of a log head: %w", err)
	}
	acting, err := actingFor(db.Where("mandate.community_id = ? AND mandate.roster_id = ?", meeting.CommunityID, meeting.RosterID))
	if err != nil {
		return err
	}
	casts := make(map[string]map[string]bool, len(acting))
	for voterID, rows := range acting {
		owners, err := ownersOfVoter(db, meeting.CommunityID, voterID)
		if err != nil {
			return err
		}
		casts[voterID] = map[string]bool{}
		for _, one := range actors(owners, rows) {
			casts[voterID][one.ID] = true
		}
	}
	snap.acting, snap.mandates = casts, head.Mandates
	return nil
}
