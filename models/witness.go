package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gongjue/voting/ledger"
)

type cosignatureRow struct {
	CommunityID string
	MeetingID   string
	Size        int64
	VerifierKey string
	Line        string // of the note
	SignedAt    int64  // by the witness's clock
	ReceivedAt  int64
}

func (cosignatureRow) TableName() string { return "cosignature" }

// mostCosigned bounds, in bytes, what is handed in as a cosigned checkpoint.
const mostCosigned = 8 << 10

// Cosigned says what became of a cosigned checkpoint that was handed in.
type Cosigned struct {
	Size     int64    // of the checkpoint
	Accepted []string // names of the witnesses whose signature it bears
}

// Cosign takes a checkpoint that witnesses of its meeting have signed, from anybody: the signature says whose it is.
// The first one of a witness for a checkpoint stays; the same again changes nothing. address is what limits count.
// Refusals: not_found, cosignature_invalid (no note, not signed by this log, or a witness's line that does not hold),
// checkpoint_unknown (this log has no such checkpoint: it is another log's, or a state that was lost), cosignature_foreign
// (none of the meeting's witnesses signed), cosign_limited.
func (s *Store) Cosign(ctx context.Context, meetingID string, signed []byte, address string) (Cosigned, error) {
	// Whoever floods this must not hold up the writer.
	refused, err := s.hits(s.read(ctx), limitCosignAddress, address, s.clock())
	if err != nil {
		return Cosigned{}, err
	}
	if refused >= limitCosignAddress.hits {
		return Cosigned{}, refuse("cosign_limited")
	}
	var cosigned Cosigned
	err = s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		var err error
		cosigned, err = s.cosign(tx, now, meetingID, signed)
		var refusal *Refusal
		if errors.As(err, &refusal) {
			_, failed := s.count(tx, limitCosignAddress, address, now)
			return err, failed
		}
		return nil, err
	})
	return cosigned, err
}

func (s *Store) cosign(tx *gorm.DB, now int64, meetingID string, signed []byte) (Cosigned, error) {
	if len(signed) > mostCosigned {
		return Cosigned{}, refuse("cosignature_invalid")
	}
	var meeting meetingRow
	if err := tx.Select("community_id", "id").Where("id = ? AND opened_at IS NOT NULL", meetingID).Take(&meeting).Error; err != nil {
		return Cosigned{}, orNotFound(err)
	}
	log, err := s.logVerifier(meetingID)
	if err != nil {
		return Cosigned{}, err
	}
	witnesses, err := parsedWitnesses(tx, meeting.CommunityID, meetingID)
	if err != nil {
		return Cosigned{}, err
	}
	head, found, err := ledger.OpenCosigned(signed, ledger.Origin(s.origin, meetingID), log, witnesses...)
	if err != nil {
		return Cosigned{}, refuse("cosignature_invalid")
	}
	var own checkpointRow
	err = tx.Where("community_id = ? AND meeting_id = ? AND size = ?", meeting.CommunityID, meetingID, head.Size).Take(&own).Error
	if errors.Is(err, gorm.ErrRecordNotFound) || (err == nil && !strings.HasPrefix(own.Note, head.Text()+"\n")) {
		return Cosigned{}, refuse("checkpoint_unknown")
	}
	if err != nil {
		return Cosigned{}, fmt.Errorf("read a checkpoint: %w", err)
	}
	if len(found) == 0 {
		return Cosigned{}, refuse("cosignature_foreign")
	}
	cosigned := Cosigned{Size: head.Size}
	for _, c := range found {
		cosigned.Accepted = append(cosigned.Accepted, c.Witness.Name())
		row := cosignatureRow{CommunityID: meeting.CommunityID, MeetingID: meetingID, Size: head.Size, VerifierKey: c.Witness.String(), Line: c.Line,
			SignedAt: c.At, ReceivedAt: now}
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return Cosigned{}, fmt.Errorf("store a cosignature: %w", err)
		}
	}
	return cosigned, nil
}

// logVerifier checks the signatures of a meeting's log.
func (s *Store) logVerifier(meetingID string) (note.Verifier, error) {
	key, err := s.verifierKey(meetingID)
	if err != nil {
		return nil, err
	}
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return nil, fmt.Errorf("read the log key: %w", err)
	}
	return verifier, nil
}

func parsedWitnesses(db *gorm.DB, communityID, meetingID string) ([]ledger.Witness, error) {
	keys, err := witnessesOf(db, communityID, meetingID)
	if err != nil {
		return nil, err
	}
	list := make([]ledger.Witness, len(keys))
	for i, key := range keys {
		if list[i], err = ledger.ParseWitness(key); err != nil {
			return nil, fmt.Errorf("read a stored witness key: %w", err)
		}
	}
	return list, nil
}

// cosignedNotes are the notes of checkpoints with the lines of witnesses under them, in byte order of the keys.
func cosignedNotes(db *gorm.DB, communityID, meetingID string, checkpoints []checkpointRow) error {
	var rows []cosignatureRow
	err := db.Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Find(&rows).Error
	if err != nil {
		return fmt.Errorf("read cosignatures: %w", err)
	}
	slices.SortFunc(rows, func(a, b cosignatureRow) int { return strings.Compare(a.VerifierKey, b.VerifierKey) })
	at := make(map[int64]int, len(checkpoints))
	for i, checkpoint := range checkpoints {
		at[checkpoint.Size] = i
	}
	for _, row := range rows {
		if i, asked := at[row.Size]; asked {
			checkpoints[i].Note += row.Line
		}
	}
	return nil
}

// newestCheckpoint is the newest signed head of a meeting's log with what witnesses signed of it. Refusal:
// meeting_not_started.
func newestCheckpoint(db *gorm.DB, communityID, meetingID string) (checkpointRow, error) {
	rows := make([]checkpointRow, 1)
	err := db.Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Order("size DESC").Take(&rows[0]).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return rows[0], refuse("meeting_not_started")
	}
	if err != nil {
		return rows[0], fmt.Errorf("read checkpoint: %w", err)
	}
	err = cosignedNotes(db, communityID, meetingID, rows)
	return rows[0], err
}

// OfferTo is what a meeting's log offers to a witness that saw it up to a size, 0 for not at all. Refusals: not_found,
// meeting_not_started, witness_ahead (the witness saw more than there is here: this state is older), ledger_mismatch (the
// stored leaves are not those that were signed).
func (s *Store) OfferTo(ctx context.Context, meetingID string, old int64) (ledger.Offer, error) {
	db := s.read(ctx)
	var meeting meetingRow
	if err := db.Select("community_id", "id").Where("id = ? AND noticed_at IS NOT NULL", meetingID).Take(&meeting).Error; err != nil {
		return ledger.Offer{}, orNotFound(err)
	}
	newest, err := newestCheckpoint(db, meeting.CommunityID, meetingID)
	if err != nil {
		return ledger.Offer{}, err
	}
	if old > newest.Size {
		return ledger.Offer{}, refuse("witness_ahead")
	}
	head, err := s.openCheckpoint(meetingID, newest.Note)
	if err != nil {
		return ledger.Offer{}, err
	}
	offer := ledger.Offer{Old: old, Note: []byte(newest.Note)}
	if old > 0 && old < head.Size {
		offer.Proof, err = s.consistency(ctx, meeting, head, old)
	}
	return offer, err
}

// consistency proves that the log under a signed head begins with its first old leaves.
func (s *Store) consistency(ctx context.Context, meeting meetingRow, signed ledger.Checkpoint, old int64) ([]ledger.Hash, error) {
	p, err := s.proverOf(ctx, Meeting{ID: meeting.ID, CommunityID: meeting.CommunityID})
	if err != nil {
		return nil, err
	}
	p.tree.mu.Lock()
	defer p.tree.mu.Unlock()
	root, err := ledger.RootOf(signed.Size, &p.tree.tree)
	if err != nil {
		return nil, err
	}
	if root != signed.Root {
		return nil, refuse("ledger_mismatch")
	}
	return ledger.ProveConsistency(signed.Size, old, &p.tree.tree)
}

// WatchedLog is a log whose open leaf names a witness.
type WatchedLog struct {
	MeetingID string
	Origin    string
	LogKey    string
	Size      int64 // of the newest checkpoint
	Seen      int64 // of the largest checkpoint that the witness signed; 0 for none
}

// LogsOf lists the logs that name a verifier key, in the order of their meetings; a witness asks for it to learn what
// there is to sign. Refusal: witness_key_invalid.
func (s *Store) LogsOf(ctx context.Context, key string, page Page) ([]WatchedLog, string, error) {
	if _, err := ledger.ParseWitness(key); err != nil {
		return nil, "", refuseField("witness_key_invalid", "witness")
	}
	var rows []WatchedLog
	err := s.read(ctx).Table("meeting_witness").Select("meeting_witness.meeting_id, "+
		"(SELECT MAX(size) FROM checkpoint WHERE checkpoint.community_id = meeting_witness.community_id AND checkpoint.meeting_id = meeting_witness.meeting_id) AS size, "+
		"COALESCE((SELECT MAX(size) FROM cosignature WHERE cosignature.community_id = meeting_witness.community_id "+
		"AND cosignature.meeting_id = meeting_witness.meeting_id AND cosignature.verifier_key = meeting_witness.verifier_key), 0) AS seen").
		Joins("JOIN meeting ON meeting.community_id = meeting_witness.community_id AND meeting.id = meeting_witness.meeting_id AND meeting.opened_at IS NOT NULL").
		Where("meeting_witness.verifier_key = ? AND meeting_witness.meeting_id > ?", key, page.After).
		Order("meeting_witness.meeting_id").Limit(page.N + 1).Scan(&rows).Error
	if err != nil {
		return nil, "", fmt.Errorf("list the logs of a witness: %w", err)
	}
	for i := range rows {
		rows[i].Origin = ledger.Origin(s.origin, rows[i].MeetingID)
		if rows[i].LogKey, err = s.verifierKey(rows[i].MeetingID); err != nil {
			return nil, "", err
		}
	}
	list, next := cut(rows, page, func(l WatchedLog) string { return l.MeetingID })
	return list, next, nil
}
