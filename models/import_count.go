package models

import (
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// openImported opens the ballots of the import in force and compares each with its leaf. Those of a replaced import stay
// sealed; that they are in the log, and are not counted, the import leaves say.
func openImported(tx *gorm.DB, meeting Meeting, groups map[string]*vault.SealedGroup, leaves []ledger.Body, slots map[string]int64) ([]castRow, error) {
	in, effective, err := importInLog(tx, meeting, leaves)
	if err != nil || in == nil {
		return nil, err
	}
	var ballots []importedRow
	err = tx.Where("community_id = ? AND import_id = ?", meeting.CommunityID, in.ID).Order("leaf_index").Find(&ballots).Error
	if err != nil {
		return nil, fmt.Errorf("read imported ballots: %w", err)
	}
	if int64(len(ballots)) != in.Voters {
		return nil, refuse("ledger_mismatch")
	}
	opened := make([]castRow, len(ballots))
	for i, ballot := range ballots {
		if ballot.LeafIndex != effective+1+int64(i) {
			return nil, refuse("ledger_mismatch")
		}
		// Opened as any ballot: revision 1 of the channel imported.
		opened[i], err = openBallot(ballotRow{CommunityID: ballot.CommunityID, MeetingID: ballot.MeetingID, VoterID: ballot.VoterID, Revision: 1,
			Channel: lifecycle.Imported, LeafIndex: ballot.LeafIndex, CastAt: ballot.CastAt, Sealed: ballot.Sealed}, groups[ballot.GroupID], leaves, slots[ballot.VoterID])
		if err != nil {
			return nil, err
		}
		opened[i].ImportID, opened[i].Serials = ballot.ImportID, ballot.Serials
		if !genuineMoment(leaves[ballot.LeafIndex], ballot, opened[i].Salt, slots[ballot.VoterID]) {
			return nil, refuse("ledger_mismatch")
		}
	}
	return opened, nil
}

// importInLog finds the import in force and its leaf, which must agree; nil without one.
func importInLog(tx *gorm.DB, meeting Meeting, leaves []ledger.Body) (*importRow, int64, error) {
	effective, err := ledger.EffectiveImport(leaves)
	if err != nil {
		return nil, 0, refuse("ledger_mismatch")
	}
	rows, err := importsOf(tx, meeting.CommunityID, meeting.ID)
	if err != nil {
		return nil, 0, err
	}
	in := inState(rows, ImportEffective)
	switch {
	case in == nil && effective == 0:
		return nil, 0, nil
	case in == nil || deref(in.LeafIndex) != effective || !genuineImport(leaves[effective], meeting, *in):
		return nil, 0, refuse("ledger_mismatch")
	}
	return in, effective, nil
}

// genuineImport tells whether an import leaf is of this platform and this file.
func genuineImport(leaf ledger.Body, meeting Meeting, row importRow) bool {
	imported, is := leaf.(ledger.Import)
	file, err := hashOf(row.FileSHA256)
	var salt ledger.Salt
	if !is || err != nil || len(row.Salt) != len(salt) {
		return false
	}
	copy(salt[:], row.Salt)
	return imported.Platform == ledger.PlatformHash(meeting.Platform) && imported.File == ledger.ImportCommitment(salt, meeting.ID, file) &&
		imported.Ballots == row.Voters
}

// genuineMoment tells whether time and number of an imported ballot are those that its leaf commits to: where a voter has
// two ballots, the time may decide between them.
func genuineMoment(leaf ledger.Body, ballot importedRow, opened []byte, slot int64) bool {
	committed, is := leaf.(ledger.Ballot)
	var salt ledger.Salt
	copy(salt[:], opened)
	return is && committed.Evidence == ledger.EvidenceCommitment(salt.EvidenceSalt(), ledger.Cast{Meeting: ballot.MeetingID, Slot: slot, Revision: 1}, ballot.evidence())
}

// importedCastRows reads the opened ballots of a counted meeting's import.
func importedCastRows(db *gorm.DB, meeting Meeting) ([]castRow, error) {
	var rows []castRow
	err := db.Table("opened_import").
		Select("imported_ballot.voter_id, 1 AS revision, imported_ballot.leaf_index, imported_ballot.cast_at, imported_ballot.import_id, "+
			"imported_ballot.serials, opened_import.choices, opened_import.salt").
		Joins("JOIN imported_ballot ON imported_ballot.community_id = opened_import.community_id AND imported_ballot.import_id = opened_import.import_id "+
			"AND imported_ballot.voter_id = opened_import.voter_id").
		Where("opened_import.community_id = ? AND opened_import.meeting_id = ?", meeting.CommunityID, meeting.ID).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read opened imports: %w", err)
	}
	for i := range rows {
		rows[i].Channel = lifecycle.Imported
	}
	return rows, nil
}

// received is how and when a ballot came in, as the announced rule asks.
func (r castRow) received() voting.Received {
	return voting.Received{Paper: r.Channel == lifecycle.Paper, At: r.CastAt}
}

// effectiveRows gives one ballot for every voter, of whoever answered here and on the platform the one that the announced
// rule lets count. What was compared stands under the way it came here.
func effectiveRows(meeting Meeting, rows []castRow) ([]castRow, error) {
	own := map[string]int{}
	var counted []castRow
	for _, row := range rows {
		if row.ImportID == "" {
			own[row.VoterID] = len(counted)
			counted = append(counted, row)
		}
	}
	if len(counted) == len(rows) {
		return rows, nil
	}
	for _, row := range rows {
		if row.ImportID == "" {
			continue
		}
		i, both := own[row.VoterID]
		if !both {
			counted = append(counted, row)
			continue
		}
		switch meeting.Conflict.Between(counted[i].received(), row.received()) {
		case voting.ImportedStands:
			counted[i] = row
		case voting.BothCompared:
			choices, err := ledger.AlikeOrVoid(counted[i].Choices, row.Choices)
			if err != nil {
				return nil, fmt.Errorf("compare two ballots: %w", err)
			}
			counted[i].Choices = choices
		}
	}
	return inLogOrder(counted), nil
}

// effectiveSheets are the ballots that count as a count takes them.
func effectiveSheets(meeting Meeting, rows []castRow) sheetSource {
	return func(each func(castSheet)) error {
		counted, err := effectiveRows(meeting, rows)
		if err != nil {
			return err
		}
		for _, row := range counted {
			each(castSheet{row.VoterID, row.Choices})
		}
		return nil
	}
}

// standings judges everybody who has two ballots by the announced rule, without what is in them, or the one voter who is
// named.
func standings(db *gorm.DB, meeting Meeting, voterID string) (map[string]voting.Standing, error) {
	if meeting.Platform == "" {
		return nil, nil
	}
	own, err := ownBallots(db, meeting.CommunityID, meeting.ID, voterID)
	if err != nil {
		return nil, err
	}
	query := effectiveImported(db, meeting.CommunityID, meeting.ID).Select("imported_ballot.voter_id, imported_ballot.cast_at")
	if voterID != "" {
		query = query.Where("imported_ballot.voter_id = ?", voterID)
	}
	var imported []importedRow
	if err := query.Scan(&imported).Error; err != nil {
		return nil, fmt.Errorf("read who voted on the platform: %w", err)
	}
	judged := map[string]voting.Standing{}
	for _, there := range imported {
		here, both := own[there.VoterID]
		if !both {
			continue
		}
		mine := castRow{Channel: here.Channel, CastAt: here.CastAt}
		judged[there.VoterID] = meeting.Conflict.Between(mine.received(), voting.Received{At: there.CastAt})
	}
	return judged, nil
}
