package models

import (
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/ledger"
)

// openBallots opens what was sealed and compares every ballot with its leaf.
func (s *Store) openBallots(tx *gorm.DB, log *logWriter, meeting Meeting, wrapped []byte) ([]castRow, error) {
	leaves, err := readLeaves(tx, log)
	if err != nil {
		return nil, err
	}
	key, err := s.keys.OpenMeetingKey(meeting.ID, wrapped)
	if err != nil {
		return nil, fmt.Errorf("open the meeting key: %w", err)
	}
	groups, err := openGroups(tx, key, meeting)
	if err != nil {
		return nil, err
	}
	slots, err := lowestSlots(tx, meeting)
	if err != nil {
		return nil, err
	}
	var ballots []ballotRow
	err = tx.Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Order("leaf_index").Find(&ballots).Error
	if err != nil {
		return nil, fmt.Errorf("read ballots: %w", err)
	}
	opened := make([]castRow, len(ballots))
	for i, ballot := range ballots {
		if opened[i], err = openBallot(ballot, groups[ballot.GroupID], leaves, slots[ballot.VoterID]); err != nil {
			return nil, err
		}
	}
	if int64(len(ballots)) != countBallotLeaves(leaves) {
		return nil, refuse("ledger_mismatch")
	}
	return opened, nil
}

func openBallot(ballot ballotRow, group *vault.SealedGroup, leaves []ledger.Body, slot int64) (castRow, error) {
	if group == nil || ballot.LeafIndex < 0 || ballot.LeafIndex >= int64(len(leaves)) {
		return castRow{}, refuse("ledger_mismatch")
	}
	plain, err := group.Open(vault.Place{Meeting: ballot.MeetingID, Voter: ballot.VoterID, Index: ballot.LeafIndex}, ballot.Sealed)
	var salt ledger.Salt
	if err != nil || len(plain) < len(salt) {
		return castRow{}, refuse("ledger_mismatch")
	}
	copy(salt[:], plain)
	choices := plain[len(salt):]
	at := ledger.Cast{Meeting: ballot.MeetingID, Slot: slot, Revision: ballot.Revision}
	committed, known := commitmentOf(leaves[ballot.LeafIndex], ballot.Channel)
	if !known || committed != ledger.BallotCommitment(salt, at, choices, ledger.VoterHash(ballot.MeetingID, ballot.VoterID)) {
		return castRow{}, refuse("ledger_mismatch")
	}
	return castRow{VoterID: ballot.VoterID, Revision: ballot.Revision, LeafIndex: ballot.LeafIndex, Channel: ballot.Channel,
		Choices: string(choices), Salt: plain[:len(salt)]}, nil
}

// readLeaves reads the whole log and checks it against the head: every leaf in its place, the same root.
func readLeaves(tx *gorm.DB, log *logWriter) ([]ledger.Body, error) {
	var rows []leafRow
	err := tx.Where("community_id = ? AND meeting_id = ?", log.head.CommunityID, log.head.MeetingID).Order("idx").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read leaves: %w", err)
	}
	bodies, hashes := make([]ledger.Body, len(rows)), make([]ledger.Hash, len(rows))
	for i, row := range rows {
		header, body, err := ledger.Decode(row.Body)
		if err != nil || header.Index != int64(i) || header.Meeting != log.head.MeetingID {
			return nil, refuse("ledger_mismatch")
		}
		bodies[i], hashes[i] = body, ledger.LeafHash(row.Body)
	}
	if int64(len(rows)) != log.edge.Size || ledger.Root(hashes) != log.edge.Root() {
		return nil, refuse("ledger_mismatch")
	}
	return bodies, nil
}

func countBallotLeaves(leaves []ledger.Body) int64 {
	n := int64(0)
	for _, leaf := range leaves {
		if leaf.Type() == ledger.LeafBallot || leaf.Type() == ledger.LeafPaper {
			n++
		}
	}
	return n
}

func openGroups(tx *gorm.DB, key *vault.MeetingKey, meeting Meeting) (map[string]*vault.SealedGroup, error) {
	var rows []sealGroupRow
	err := tx.Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read group keys: %w", err)
	}
	groups := make(map[string]*vault.SealedGroup, len(rows))
	for _, row := range rows {
		group, err := key.OpenGroup(row.WrappedKey)
		if err != nil {
			return nil, refuse("ledger_mismatch")
		}
		groups[row.ID] = group
	}
	return groups, nil
}
