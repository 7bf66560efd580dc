package models

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// stillCounting are the states in which a meeting stands on a roster that it has not counted over yet: what becomes
// known of the roster then belongs into its log.
var stillCounting = []lifecycle.MeetingState{lifecycle.MeetingNoticed, lifecycle.MeetingVoting, lifecycle.MeetingClosed}

// holdLogs locks the logs of the meetings that stand on one of the rosters and were not counted yet, in the order of
// their ids. An opening that runs meanwhile either sees what is approved here or is waited for.
func holdLogs(tx *gorm.DB, communityID string, rosterIDs []string) ([]*logWriter, error) {
	var ids []string
	err := tx.Table("meeting").Where("community_id = ? AND roster_id IN ? AND state IN ?", communityID, rosterIDs, stillCounting).
		Order("id").Pluck("id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("find meetings of a roster: %w", err)
	}
	logs := make([]*logWriter, len(ids))
	for i, id := range ids {
		if logs[i], err = openLog(tx, communityID, id); err != nil {
			return nil, err
		}
	}
	return logs, nil
}

// tellLogs appends what was approved to every log that has begun and is not counted; one that has not begun takes it
// up when it opens.
func (s *Store) tellLogs(tx *gorm.DB, now int64, logs []*logWriter, entry bundle.Amendment, first, second string) error {
	for _, log := range logs {
		var state lifecycle.MeetingState
		err := tx.Table("meeting").Select("state").Where("community_id = ? AND id = ?", log.head.CommunityID, log.head.MeetingID).Scan(&state).Error
		if err != nil {
			return fmt.Errorf("read the state of a meeting: %w", err)
		}
		if state == lifecycle.MeetingNoticed || !slices.Contains(stillCounting, state) {
			continue
		}
		if err := s.addAmend(log, now, entry, first, second); err != nil {
			return err
		}
		if err := log.flush(tx); err != nil {
			return err
		}
		if err := s.checkpoint(tx, log, now); err != nil {
			return err
		}
	}
	return nil
}

// addAmend appends the leaf of an amendment; the two are account ids.
func (s *Store) addAmend(log *logWriter, now int64, entry bundle.Amendment, first, second string) error {
	change, err := entry.Hash()
	if err != nil {
		return fmt.Errorf("encode an amendment: %w", err)
	}
	before, err := hashOf(entry.OldRoot)
	if err != nil {
		return err
	}
	after, err := hashOf(entry.NewRoot)
	if err != nil {
		return err
	}
	meeting := log.head.MeetingID
	_, err = log.add(now, byServer, ledger.Amend{Kind: entry.Kind, Change: change, OldRoot: before, NewRoot: after, Heads: entry.Heads, Area: entry.Area,
		Approved: entry.ApprovedAt, First: s.keys.Pseudonym(meeting, first), Second: s.keys.Pseudonym(meeting, second)})
	return err
}

// published is an approved amendment as records hold it.
func (a Amendment) published() bundle.Amendment {
	entry := bundle.Amendment{Kind: ledger.AmendRoster, Number: a.Number, Place: a.Place, What: a.What, AreaAfter: a.After.Area, Heads: a.TotalAfter.Heads,
		Area: a.TotalAfter.Area, OldRoot: a.RootBefore, NewRoot: a.RootAfter, Reason: a.Reason, Proof: []string{}, ProposedAt: a.ProposedAt, ApprovedAt: a.DecidedAt}
	if a.Before != nil {
		entry.AreaBefore = a.Before.Area
	}
	for _, file := range a.Files {
		entry.Proof = append(entry.Proof, file.SHA256)
	}
	return entry
}

// amendmentsInLog are the published entries of the amend leaves of a meeting, in their order. Refusal: ledger_mismatch
// (a leaf tells of something else than what is stored).
func (s *Store) amendmentsInLog(db *gorm.DB, meeting Meeting) ([]bundle.Amendment, error) {
	var leaves []leafRow
	err := db.Where("community_id = ? AND meeting_id = ? AND kind = ?", meeting.CommunityID, meeting.ID, ledger.LeafAmend).Order("idx").Find(&leaves).Error
	if err != nil || len(leaves) == 0 {
		return nil, err
	}
	known, err := s.publishedSince(db, meeting.CommunityID, meeting.RosterID)
	if err != nil {
		return nil, err
	}
	list := make([]bundle.Amendment, 0, len(leaves))
	for _, leaf := range leaves {
		_, body, err := ledger.Decode(leaf.Body)
		amend, isAmend := body.(ledger.Amend)
		if err != nil || !isAmend {
			return nil, fmt.Errorf("read amend leaf %d of meeting %s: %w", leaf.Idx, meeting.ID, err)
		}
		entry, there := known[amend.Change]
		if !there {
			return nil, refuse("ledger_mismatch")
		}
		list = append(list, entry)
	}
	return list, nil
}

// publishedSince are the entries of everything that became known of a roster after it was frozen, by their hashes.
func (s *Store) publishedSince(db *gorm.DB, communityID, rosterID string) (map[ledger.Hash]bundle.Amendment, error) {
	amendments, err := amendedSince(db, communityID, rosterID)
	if err != nil {
		return nil, err
	}
	known := map[ledger.Hash]bundle.Amendment{}
	for _, amendment := range amendments {
		entry := amendment.published()
		hash, err := entry.Hash()
		if err != nil {
			return nil, fmt.Errorf("encode an amendment: %w", err)
		}
		known[hash] = entry
	}
	mandates, err := mandatesOn(db, communityID, rosterID)
	if err != nil {
		return nil, err
	}
	for _, mandate := range mandates {
		entry, err := s.mandateEntry(db, mandate)
		if err != nil {
			return nil, err
		}
		hash, err := entry.Hash()
		if err != nil {
			return nil, fmt.Errorf("encode a mandate: %w", err)
		}
		known[hash] = entry
	}
	return known, nil
}
