package models

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gongjue/voting/ledger"
)

type logHeadRow struct {
	CommunityID string
	MeetingID   string
	Size        int64
	Edge        []byte
	LastAt      int64
	Closed      bool
	Mandates    int64 // how many times it changed who acts for voters
}

func (logHeadRow) TableName() string { return "log_head" }

type leafRow struct {
	CommunityID string
	MeetingID   string
	Idx         int64
	Kind        ledger.LeafType
	Body        []byte
}

func (leafRow) TableName() string { return "ledger_leaf" }

// leafColumns name the columns in the order of a leafRow's fields.
const leafColumns = "community_id, meeting_id, idx, kind, body"

type checkpointRow struct {
	CommunityID string
	MeetingID   string
	Size        int64
	Note        string
	At          int64
}

func (checkpointRow) TableName() string { return "checkpoint" }

// forUpdate locks the row on PostgreSQL; an SQLite writer holds the whole file already.
var forUpdate = clause.Locking{Strength: clause.LockingStrengthUpdate}

// forShare keeps a row from changing without holding up whoever only refers to it, such as ballots to a meeting.
var forShare = clause.Locking{Strength: clause.LockingStrengthShare}

// skipLocked lets several workers share the outbox without waiting for each other.
var skipLocked = clause.Locking{Strength: clause.LockingStrengthUpdate, Options: clause.LockingOptionsSkipLocked}

// logWriter appends leaves to one meeting's log under its head's lock, within one transaction.
type logWriter struct {
	head  logHeadRow
	edge  ledger.Edge
	fresh []leafRow
}

// openLog takes the lock that casting and closing share. Who needs the meeting's row as well takes this lock first and
// that one second: two that take them crosswise wait for each other until the database ends one.
func openLog(tx *gorm.DB, communityID, meetingID string) (*logWriter, error) {
	w := &logWriter{}
	err := tx.Clauses(forUpdate).Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Take(&w.head).Error
	if err != nil {
		return nil, fmt.Errorf("lock the log of meeting %s: %w", meetingID, err)
	}
	if w.edge, err = ledger.ParseEdge(w.head.Edge); err != nil {
		return nil, fmt.Errorf("read the log head of meeting %s: %w", meetingID, err)
	}
	return w, nil
}

// at is the instant of the next leaf: now, but never before the leaf above it.
func (w *logWriter) at(now int64) int64 { return max(now, w.head.LastAt) }

// add encodes the next leaf and gives its index.
func (w *logWriter) add(now int64, by string, body ledger.Body) (int64, error) {
	index, at := w.edge.Size, w.at(now)
	leaf, err := ledger.Encode(ledger.Header{Meeting: w.head.MeetingID, Index: index, At: at, By: by}, body)
	if err != nil {
		return 0, fmt.Errorf("encode leaf %d: %w", index, err)
	}
	w.fresh = append(w.fresh, leafRow{CommunityID: w.head.CommunityID, MeetingID: w.head.MeetingID, Idx: index, Kind: body.Type(), Body: leaf})
	w.edge.Append(ledger.LeafHash(leaf))
	w.head.LastAt = at
	return index, nil
}

// flush stores the leaves that were added and the new head.
func (w *logWriter) flush(tx *gorm.DB) error {
	if len(w.fresh) > 0 {
		if err := tx.CreateInBatches(w.fresh, insertBatch).Error; err != nil {
			return fmt.Errorf("append leaves: %w", err)
		}
	}
	w.moved()
	err := tx.Table("log_head").Where("community_id = ? AND meeting_id = ?", w.head.CommunityID, w.head.MeetingID).
		Updates(map[string]any{"size": w.head.Size, "edge": w.head.Edge, "last_at": w.head.LastAt, "closed": w.head.Closed}).Error
	if err != nil {
		return fmt.Errorf("move the log head: %w", err)
	}
	return nil
}

// moved is the head with the leaves that were added.
func (w *logWriter) moved() logHeadRow {
	w.head.Size, w.head.Edge = w.edge.Size, w.edge.Bytes()
	return w.head
}

// checkpoint signs the head as it stands and stores the note.
func (s *Store) checkpoint(tx *gorm.DB, w *logWriter, now int64) error {
	signer, err := s.logSigner(w.head.MeetingID)
	if err != nil {
		return err
	}
	signed, err := ledger.Checkpoint{Origin: ledger.Origin(s.origin, w.head.MeetingID), Size: w.edge.Size, Root: w.edge.Root()}.Sign(signer)
	if err != nil {
		return fmt.Errorf("sign checkpoint: %w", err)
	}
	row := checkpointRow{CommunityID: w.head.CommunityID, MeetingID: w.head.MeetingID, Size: w.edge.Size, Note: string(signed), At: now}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("store checkpoint: %w", err)
	}
	return nil
}

func (s *Store) logSigner(meetingID string) (note.Signer, error) {
	signer, err := ledger.NewSigner(ledger.Origin(s.origin, meetingID), s.keys.LogSigner())
	if err != nil {
		return nil, fmt.Errorf("load the log key: %w", err)
	}
	return signer, nil
}

// Checkpoint is the newest signed head of a meeting's log, as a signed note, with the lines of witnesses; empty before the opening.
func (s *Store) Checkpoint(ctx context.Context, communityID, meetingID string) (string, error) {
	row, err := newestCheckpoint(s.read(ctx), communityID, meetingID)
	if errors.Is(err, &Refusal{Code: "meeting_not_started"}) {
		return "", nil
	}
	return row.Note, err
}

// verifierKey is the public key of a meeting's log, as the open leaf prints it.
func (s *Store) verifierKey(meetingID string) (string, error) {
	key, err := ledger.VerifierKey(ledger.Origin(s.origin, meetingID), s.keys.LogSigner().Public())
	if err != nil {
		return "", fmt.Errorf("print the log key: %w", err)
	}
	return key, nil
}

// CloseHeadOf is the head of a meeting's log at the close: fixed before anybody knew the count. It is the zero head
// before.
func (s *Store) CloseHeadOf(ctx context.Context, communityID, meetingID string) (LogHead, error) {
	return s.closeHead(s.read(ctx), communityID, meetingID)
}

// closeHead is the log as it stood with its close leaf, as the server signed it then; zero before the close.
func (s *Store) closeHead(db *gorm.DB, communityID, meetingID string) (LogHead, error) {
	var signed checkpointRow
	err := db.Table("checkpoint").Select("checkpoint.*").
		Joins("JOIN ledger_leaf ON ledger_leaf.community_id = checkpoint.community_id AND ledger_leaf.meeting_id = checkpoint.meeting_id "+
			"AND ledger_leaf.idx = checkpoint.size - 1 AND ledger_leaf.kind = ?", ledger.LeafClose).
		Where("checkpoint.community_id = ? AND checkpoint.meeting_id = ?", communityID, meetingID).Take(&signed).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return LogHead{}, nil
	}
	if err != nil {
		return LogHead{}, fmt.Errorf("read the checkpoint of the close: %w", err)
	}
	head, err := s.openCheckpoint(meetingID, signed.Note)
	if err != nil {
		return LogHead{}, err
	}
	return LogHead{Size: head.Size, Root: head.Root.String()}, nil
}

// openCheckpoint reads a stored checkpoint; one that this server did not sign is the system's own failure.
func (s *Store) openCheckpoint(meetingID, signed string) (ledger.Checkpoint, error) {
	origin := ledger.Origin(s.origin, meetingID)
	verifier, err := s.logVerifier(meetingID)
	if err != nil {
		return ledger.Checkpoint{}, err
	}
	head, err := ledger.OpenCheckpoint([]byte(signed), origin, verifier)
	if err != nil {
		return ledger.Checkpoint{}, fmt.Errorf("open a checkpoint of meeting %s: %w", meetingID, err)
	}
	return head, nil
}
