package models

import (
	"database/sql"
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/ledger"
)

// openBallots opens what was sealed and compares every ballot with its leaf.
func (s *Store) openBallots(tx *gorm.DB, log *logWriter, meeting Meeting, wrapped []byte) ([]castRow, error) {
	leaves, _, err := readLeaves(tx, log)
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
	var opened []castRow
	query := tx.Table("ballot").Select("voter_id, revision, channel, leaf_index, group_id, sealed").
		Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Order("leaf_index")
	err = eachRow(query, func(rows *sql.Rows) error {
		ballot := ballotRow{MeetingID: meeting.ID}
		err := rows.Scan(&ballot.VoterID, &ballot.Revision, &ballot.Channel, &ballot.LeafIndex, &ballot.GroupID, &ballot.Sealed)
		if err != nil {
			return err
		}
		row, err := openBallot(ballot, groups[ballot.GroupID], leaves, slots[ballot.VoterID])
		opened = append(opened, row)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open the ballots: %w", err)
	}
	if int64(len(opened)) != countBallotLeaves(leaves) {
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
func readLeaves(tx *gorm.DB, log *logWriter) ([]ledger.Body, []ledger.Hash, error) {
	var bodies []ledger.Body
	var hashes []ledger.Hash
	query := tx.Table("ledger_leaf").Select("body").Where("community_id = ? AND meeting_id = ?", log.head.CommunityID, log.head.MeetingID).Order("idx")
	err := eachRow(query, func(rows *sql.Rows) error {
		var leaf sql.RawBytes
		if err := rows.Scan(&leaf); err != nil {
			return err
		}
		header, body, err := ledger.Decode(leaf)
		if err != nil || header.Index != int64(len(bodies)) || header.Meeting != log.head.MeetingID {
			return refuse("ledger_mismatch")
		}
		bodies, hashes = append(bodies, body), append(hashes, ledger.LeafHash(leaf))
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read leaves: %w", err)
	}
	if int64(len(bodies)) != log.edge.Size || ledger.Root(hashes) != log.edge.Root() {
		return nil, nil, refuse("ledger_mismatch")
	}
	return bodies, hashes, nil
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
