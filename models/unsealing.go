package models

import (
	"database/sql"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// openBallots opens what was sealed and compares every ballot with its leaf.
func (s *Store) openBallots(tx *gorm.DB, log *logWriter, meeting Meeting, key *vault.MeetingKey) ([]castRow, error) {
	read, err := readLeaves(tx, log)
	if err != nil {
		return nil, err
	}
	leaves := read.bodies
	groups, err := openGroups(tx, key, meeting)
	if err != nil {
		return nil, err
	}
	slots, err := lowestSlots(tx, meeting)
	if err != nil {
		return nil, err
	}
	var opened []castRow
	query := tx.Table("ballot").Select("voter_id, revision, channel, leaf_index, cast_at, group_id, sealed").
		Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Order("leaf_index")
	err = eachRow(query, func(rows *sql.Rows) error {
		ballot := ballotRow{MeetingID: meeting.ID}
		err := rows.Scan(&ballot.VoterID, &ballot.Revision, &ballot.Channel, &ballot.LeafIndex, &ballot.CastAt, &ballot.GroupID, &ballot.Sealed)
		if err != nil {
			return err
		}
		row, err := openBallot(ballot, groups[ballot.GroupID], leaves, slots[ballot.VoterID])
		if err == nil && ballot.CastAt != read.moments[ballot.LeafIndex] { // where a voter has two ballots, the time may decide between them
			err = refuse("ledger_mismatch")
		}
		opened = append(opened, row)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open the ballots: %w", err)
	}
	if int64(len(opened)) != countBallotLeaves(leaves) {
		return nil, refuse("ledger_mismatch")
	}
	imported, err := openImported(tx, meeting, groups, leaves, slots)
	if err != nil {
		return nil, err
	}
	return inLogOrder(append(opened, imported...)), nil
}

// inLogOrder puts opened ballots of every channel in the order of their leaves.
func inLogOrder(rows []castRow) []castRow {
	slices.SortFunc(rows, func(a, b castRow) int { return int(a.LeafIndex - b.LeafIndex) })
	return rows
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
	return castRow{VoterID: ballot.VoterID, Revision: ballot.Revision, LeafIndex: ballot.LeafIndex, Channel: ballot.Channel, CastAt: ballot.CastAt,
		Choices: string(choices), Salt: plain[:len(salt)]}, nil
}

// readLog is a whole log, leaf by leaf.
type readLog struct {
	bodies  []ledger.Body
	hashes  []ledger.Hash
	moments []int64 // Unix ms
}

// readLeaves reads the whole log and checks it against the head: every leaf in its place, the same root.
func readLeaves(tx *gorm.DB, log *logWriter) (readLog, error) {
	var read readLog
	query := tx.Table("ledger_leaf").Select("body").Where("community_id = ? AND meeting_id = ?", log.head.CommunityID, log.head.MeetingID).Order("idx")
	err := eachRow(query, func(rows *sql.Rows) error {
		var leaf sql.RawBytes
		if err := rows.Scan(&leaf); err != nil {
			return err
		}
		header, body, err := ledger.Decode(leaf)
		if err != nil || header.Index != int64(len(read.bodies)) || header.Meeting != log.head.MeetingID {
			return refuse("ledger_mismatch")
		}
		read.bodies, read.hashes = append(read.bodies, body), append(read.hashes, ledger.LeafHash(leaf))
		read.moments = append(read.moments, header.At)
		return nil
	})
	if err != nil {
		return readLog{}, fmt.Errorf("read leaves: %w", err)
	}
	if int64(len(read.bodies)) != log.edge.Size || ledger.Root(read.hashes) != log.edge.Root() {
		return readLog{}, refuse("ledger_mismatch")
	}
	return read, nil
}

// countBallotLeaves counts the leaves of ballots recorded here; those of a platform are counted with their import.
func countBallotLeaves(leaves []ledger.Body) int64 {
	n := int64(0)
	for _, leaf := range leaves {
		switch leaf := leaf.(type) {
		case ledger.Paper:
			n++
		case ledger.Ballot:
			if leaf.Channel != lifecycle.Imported {
				n++
			}
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
