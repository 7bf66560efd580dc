package models

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/platform"
)

// ImportConfirmation is the second person's hand-in.
type ImportConfirmation struct {
	File    PlatformFile
	Rows    int64 // ballots as the platform's sealed print-out says
	OwnCopy bool  // the one who confirms vouches that the platform gave them the file, not the first person
}

// ConfirmImport makes the import that waits effective, by a second person of another role: a teller or the street, who
// hands the same result in again and types the number of ballots from the platform's print-out. The danger is a table
// that somebody opened and changed on its way; two files that came two ways show it, and no answer has to lie about
// meanwhile. Refusals: forbidden, not_found, import_not_announced, import_too_early, import_closed, import_nothing,
// import_errors, import_own_copy, import_same_person, import_same_role, import_rows_differ, import_differs.
func (s *Store) ConfirmImport(ctx context.Context, by Actor, communityID, meetingID string, confirmation ImportConfirmation) error {
	if err := confirmation.check(by); err != nil {
		return err
	}
	content, err := contentOf(confirmation.File.Ballots)
	if err != nil {
		return err
	}
	meeting, err := s.Meeting(ctx, communityID, meetingID)
	if err != nil {
		return err
	}
	if err := importMoment(meetingRow{Platform: meeting.Platform, State: meeting.State}); err != nil {
		return err
	}
	snap, err := s.readSnapshot(ctx, meeting)
	if err != nil {
		return err
	}
	return s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		log, rows, err := importDoor(tx, communityID, meetingID)
		if err != nil {
			return nil, err
		}
		waiting := inState(rows, ImportWaiting)
		if waiting == nil {
			return refuse("import_nothing"), nil
		}
		waiting.SecondSHA256 = confirmation.File.SHA256
		if bar := s.confirmBar(by, *waiting, confirmation, content); bar != nil {
			return bar, recordImport(tx, now, by, "import_refused", *waiting)
		}
		turn := importTurn{snap: snap, by: by, now: now, log: log, row: *waiting, before: inState(rows, ImportEffective)}
		return nil, s.effect(tx, turn, confirmation.File.Ballots)
	})
}

func (c ImportConfirmation) check(by Actor) error {
	role := Role(by.Role)
	switch {
	case role != RoleTeller && role != RoleStreet:
		return refuse("forbidden")
	case c.File.Failed():
		return refuseField("import_errors", "file")
	case !c.OwnCopy:
		return refuseField("import_own_copy", "own_copy")
	}
	return nil
}

// confirmBar is what keeps the second hand-in from confirming the first; nil where nothing does.
func (s *Store) confirmBar(by Actor, waiting importRow, c ImportConfirmation, content []byte) error {
	switch {
	case waiting.FirstBy == by.ID:
		return refuse("import_same_person")
	case waiting.FirstRole == by.Role:
		return refuse("import_same_role")
	case !s.keys.SameImport(waiting.MeetingID, waiting.ID, content, waiting.ContentMAC):
		return refuseField("import_differs", "file")
	case c.Rows != waiting.RowCount:
		return refuseField("import_rows_differ", "rows")
	}
	return nil
}

// importTurn is one import on its way into the log.
type importTurn struct {
	snap   *snapshot
	by     Actor
	now    int64
	log    *logWriter
	row    importRow
	before *importRow // that it replaces
}

// effect writes the import leaf and its ballots, in an order that says nothing of the rooms, and puts the import in force.
func (s *Store) effect(tx *gorm.DB, turn importTurn, ballots []platform.Ballot) error {
	salt := ledger.Salt(vault.NewSalt())
	leaf, err := s.importLeaf(turn, salt, int64(len(ballots)))
	if err != nil {
		return err
	}
	index, err := turn.log.add(turn.now, byServer, leaf)
	if err != nil {
		return err
	}
	if err := s.importBallots(tx, turn, ballots); err != nil {
		return err
	}
	if err := turn.log.flush(tx); err != nil {
		return err
	}
	if err := s.checkpoint(tx, turn.log, turn.now); err != nil {
		return err
	}
	if turn.before != nil {
		if err := endImport(tx, turn.now, *turn.before, ImportReplaced); err != nil {
			return err
		}
		if err := recordImport(tx, turn.now, turn.by, "import_replaced", *turn.before); err != nil {
			return err
		}
	}
	err = tx.Table("platform_import").Where("community_id = ? AND id = ?", turn.row.CommunityID, turn.row.ID).
		Updates(map[string]any{"state": ImportEffective, "second_by": turn.by.ID, "second_sha256": turn.row.SecondSHA256,
			"effective_at": turn.now, "leaf_index": index, "salt": salt[:]}).Error
	if err != nil {
		return fmt.Errorf("put an import in force: %w", err)
	}
	return recordImport(tx, turn.now, turn.by, "import_confirmed", turn.row)
}

func (s *Store) importLeaf(turn importTurn, salt ledger.Salt, ballots int64) (ledger.Import, error) {
	meeting := turn.snap.meeting
	file, err := hashOf(turn.row.FileSHA256)
	if err != nil {
		return ledger.Import{}, err
	}
	leaf := ledger.Import{Platform: ledger.PlatformHash(meeting.Platform), File: ledger.ImportCommitment(salt, meeting.ID, file), Ballots: ballots,
		First: s.keys.Pseudonym(meeting.ID, turn.row.FirstBy), Second: s.keys.Pseudonym(meeting.ID, turn.by.ID)}
	if turn.before != nil {
		leaf.Replaces = deref(turn.before.LeafIndex)
	}
	return leaf, nil
}

// importBallots seals every ballot and tells its owners, as it is done with any ballot: whoever never voted there learns
// that somebody did (security T01).
func (s *Store) importBallots(tx *gorm.DB, turn importTurn, ballots []platform.Ballot) error {
	if len(ballots) == 0 {
		return nil
	}
	meeting := turn.snap.meeting
	group, wrapped, err := vault.NewGroup(meeting.ID, turn.snap.sealPublic)
	if err != nil {
		return fmt.Errorf("make the key of an import: %w", err)
	}
	key := sealGroupRow{CommunityID: meeting.CommunityID, MeetingID: meeting.ID, ID: newID(), WrappedKey: wrapped}
	order, err := vault.NewSlots(len(ballots))
	if err != nil {
		return fmt.Errorf("draw the order of an import: %w", err)
	}
	reachable, err := reachableOwners(tx, meeting)
	if err != nil {
		return err
	}
	rows, messages := make([]importedRow, len(ballots)), []outboxRow(nil)
	for i, place := range order {
		seat := turn.snap.seats[ballots[place].Voter]
		if seat == nil {
			return fmt.Errorf("import a ballot: its voter has no seat in meeting %s", meeting.ID)
		}
		if rows[i], err = s.importBallot(turn, group, key.ID, seat, ballots[place]); err != nil {
			return err
		}
		for _, owner := range reachable[ballots[place].Voter] {
			message := outboxRow{CommunityID: meeting.CommunityID, Kind: BallotRecorded, MeetingID: meeting.ID, OwnerID: owner,
				Dedupe: fmt.Sprintf("%s%s:%s:%d", importedNotice, meeting.ID, owner, rows[i].LeafIndex)}
			message.fill(turn.now)
			messages = append(messages, message)
		}
	}
	if err := tx.Create(&key).Error; err != nil {
		return fmt.Errorf("store the key of an import: %w", err)
	}
	if err := tx.CreateInBatches(rows, insertBatch).Error; err != nil {
		return fmt.Errorf("store imported ballots: %w", err)
	}
	if len(messages) > 0 {
		if err := tx.CreateInBatches(messages, insertBatch).Error; err != nil {
			return fmt.Errorf("put notices into the outbox: %w", err)
		}
	}
	return nil
}

// importedNotice begins the dedupe of a notice that a ballot came from the platform.
const importedNotice = "import:"

func (s *Store) importBallot(turn importTurn, group *vault.Group, keyID string, seat *seat, ballot platform.Ballot) (importedRow, error) {
	meeting, salt := turn.snap.meeting, ledger.Salt(vault.NewSalt())
	row := importedRow{CommunityID: meeting.CommunityID, MeetingID: meeting.ID, ImportID: turn.row.ID, VoterID: ballot.Voter, CastAt: ballot.At,
		Serials: strings.Join(ballot.Serials, "\n"), GroupID: keyID}
	if row.CastAt == 0 {
		row.CastAt = turn.now
	}
	choices := ledger.CanonicalPaper(ballot.Marks)
	at := ledger.Cast{Meeting: meeting.ID, Slot: seat.slot, Revision: 1}
	leaf := ledger.Ballot{Slot: ledger.SlotCommitment(salt.SlotSalt(), at), Channel: lifecycle.Imported, Revision: at.Revision,
		Choices:  ledger.BallotCommitment(salt, at, choices, ledger.VoterHash(meeting.ID, ballot.Voter)),
		Evidence: ledger.EvidenceCommitment(salt.EvidenceSalt(), at, row.evidence())}
	var err error
	if row.LeafIndex, err = turn.log.add(turn.now, byServer, leaf); err != nil {
		return importedRow{}, err
	}
	if row.Sealed, err = group.Seal(vault.Place{Meeting: meeting.ID, Voter: ballot.Voter, Index: row.LeafIndex}, append(salt[:], choices...)); err != nil {
		return importedRow{}, fmt.Errorf("seal an imported ballot: %w", err)
	}
	row.ReceiptHash = vault.CodeHash(s.keys.ReceiptCode(meeting.ID, row.codeName()))
	return row, nil
}
