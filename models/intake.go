package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/roster"
)

// Intake is a spreadsheet that somebody handed in and that is no roster yet: it can be read, mended and confirmed,
// and nothing counts before [Store.ImportIntake].
type Intake struct {
	ID        string
	Name      string // of the file
	SHA256    string // hex
	Parking   roster.Policy
	CreatedAt int64 // Unix ms
	Revision  int64 // goes up with every change, so that a confirmation holds for what was seen
	Work      IntakeWork
}

// IntakeWork is what people told about a file. Values and names in it are personal data.
type IntakeWork struct {
	Encoding      string                `json:"encoding,omitempty"` // of a text file, as a person chose it; empty: as it was found
	Columns       []roster.ColumnChoice `json:"columns,omitempty"`
	Maps          []roster.SavedMap     `json:"maps,omitempty"` // of the file of the last roster
	Corrections   []roster.Correction   `json:"corrections,omitempty"`
	Confirmations []roster.Confirmation `json:"confirmations,omitempty"`
	Decisions     roster.Decisions      `json:"decisions"`
	Rulings       []roster.Ruling       `json:"rulings,omitempty"` // what was mended in the files before
	Settled       []roster.Settlement   `json:"settled,omitempty"` // of rulings that this file does not follow
	Known         []string              `json:"known"`             // ids of the rulings that the import was held against; nil before it
}

// IntakeDays is how long a file waits on the desk before it is thrown away.
const IntakeDays = 14

type intakeRow struct {
	CommunityID  string
	ID           string
	Name         string
	SHA256       string `gorm:"column:sha256"`
	File         []byte
	Work         []byte
	Revision     int64
	ParkingArea  bool
	ParkingHeads bool
	CreatedAt    int64 `gorm:"autoCreateTime:false"`
	CreatedBy    string
}

func (intakeRow) TableName() string { return "roster_intake" }

type rosterWorkRow struct {
	CommunityID string
	ID          string // of the roster
	Work        []byte
}

func (rosterWorkRow) TableName() string { return "roster_work" }

// The closed columns of intakes; each stands in closedColumns too.
const (
	columnIntakeFile = "roster_intake.file"
	columnIntakeWork = "roster_intake.work"
	columnRosterWork = "roster_work.work"
)

// NewIntake is a file that was read once and has the columns of a roster.
type NewIntake struct {
	Name    string
	SHA256  string // hex, of the bytes
	Bytes   []byte
	Parking roster.Policy
}

// OpenIntake puts a file on the desk. What people confirmed and decided for the last roster comes along; corrections
// of cells do not, since the file is another one: what they amounted to is held against it, see [Store.Rulings].
func (s *Store) OpenIntake(ctx context.Context, by Actor, communityID string, file NewIntake) (Intake, error) {
	row := intakeRow{CommunityID: communityID, ID: newID(), Name: file.Name, SHA256: file.SHA256, Revision: 1,
		ParkingArea: file.Parking.ParkingCountsArea, ParkingHeads: file.Parking.ParkingCountsHeads, CreatedBy: by.ID}
	var work IntakeWork
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		last, err := s.lastWork(tx, communityID)
		if err != nil {
			return err
		}
		ofTheFile := func(c roster.Confirmation) bool { return c.Key == "" } // said of all doubts at once
		work = IntakeWork{Maps: last.Maps, Confirmations: slices.DeleteFunc(last.Confirmations, ofTheFile), Decisions: last.Decisions,
			Rulings: last.Rulings, Settled: last.Settled}
		key, err := s.holdFieldKey(tx)
		if err != nil {
			return err
		}
		row.CreatedAt = now
		row.File = key.Encrypt(row.at(columnIntakeFile), file.Bytes)
		if err := row.close(key, work); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("put a file on the desk: %w", err)
		}
		return record(tx, now, by, communityID, "intake_opened", "intake", row.ID, map[string]any{"sha256": row.SHA256})
	})
	if err != nil {
		return Intake{}, err
	}
	return row.view(work), nil
}

// lastWork is what was told about the file of the newest roster; nothing where there is none.
func (s *Store) lastWork(tx *gorm.DB, communityID string) (IntakeWork, error) {
	var rows []rosterWorkRow
	err := tx.Table("roster_work").Select("roster_work.*").
		Joins("JOIN roster ON roster.community_id = roster_work.community_id AND roster.id = roster_work.id").
		Where("roster_work.community_id = ?", communityID).Order("roster.version DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return IntakeWork{}, err
	}
	return s.openWork(vault.Column{Community: communityID, Name: columnRosterWork, Row: rows[0].ID}, rows[0].Work)
}

// Intake reads a file on the desk with its bytes. Refusal: intake_gone, after it was imported or thrown away or where it never was.
func (s *Store) Intake(ctx context.Context, communityID, id string) (Intake, []byte, error) {
	row, err := readIntake(s.read(ctx), communityID, id)
	if err != nil {
		return Intake{}, nil, err
	}
	work, err := s.openWork(row.at(columnIntakeWork), row.Work)
	if err != nil {
		return Intake{}, nil, err
	}
	file, err := s.keys.DecryptField(row.at(columnIntakeFile), row.File)
	if err != nil {
		return Intake{}, nil, fmt.Errorf("open the file of intake %s: %w", id, err)
	}
	return row.view(work), file, nil
}

// Intakes lists the files on the desk of a community, the newest first, without what was told about them.
func (s *Store) Intakes(ctx context.Context, communityID string) ([]Intake, error) {
	var rows []intakeRow
	err := s.read(ctx).Omit("file", "work").Where("community_id = ?", communityID).Order("created_at DESC, id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list intakes: %w", err)
	}
	list := make([]Intake, len(rows))
	for i, row := range rows {
		list[i] = row.view(IntakeWork{})
	}
	return list, nil
}

func readIntake(db *gorm.DB, communityID, id string) (intakeRow, error) {
	var row intakeRow
	err := db.Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, refuse("intake_gone")
	}
	return row, err
}

// ChangeIntake notes what somebody told about a file: change lays it over what was told before, and may run
// twice. what names the kind for the audit: encoding, columns, correction, confirmation, decision … Refusals: intake_gone, and
// those of change.
func (s *Store) ChangeIntake(ctx context.Context, by Actor, communityID, id string, what IntakeChange, change func(*IntakeWork) error) (Intake, error) {
	return s.changeIntake(ctx, by, communityID, id, 0, what, change)
}

// ChangeIntakeSeen is [Store.ChangeIntake] of the revision that the person has seen. Refusals: also intake_changed.
func (s *Store) ChangeIntakeSeen(ctx context.Context, by Actor, communityID, id string, revision int64, what IntakeChange, change func(*IntakeWork) error) (Intake, error) {
	return s.changeIntake(ctx, by, communityID, id, revision, what, change)
}

// changeIntake changes the revision that was seen; 0 is any.
func (s *Store) changeIntake(ctx context.Context, by Actor, communityID, id string, seen int64, what IntakeChange, change func(*IntakeWork) error) (Intake, error) {
	var changed Intake
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, err := readIntake(tx.Clauses(forUpdate).Omit("file"), communityID, id)
		if err != nil {
			return err
		}
		if seen != 0 && row.Revision != seen {
			return refuse("intake_changed")
		}
		work, err := s.openWork(row.at(columnIntakeWork), row.Work)
		if err != nil {
			return err
		}
		if err := change(&work); err != nil {
			return err
		}
		key, err := s.holdFieldKey(tx)
		if err != nil {
			return err
		}
		row.Revision++
		if err := row.close(key, work); err != nil {
			return err
		}
		err = tx.Model(&intakeRow{}).Where("community_id = ? AND id = ?", communityID, id).
			Updates(map[string]any{"work": row.Work, "revision": row.Revision}).Error
		if err != nil {
			return fmt.Errorf("note what was told about a file: %w", err)
		}
		changed = row.view(work)
		return record(tx, now, by, communityID, "intake_"+string(what), "intake", id, map[string]any{"revision": row.Revision})
	})
	return changed, err
}

// IntakeChange is what somebody told about a file.
type IntakeChange string

// The kinds.
const (
	IntakeEncoding     IntakeChange = "encoding"
	IntakeColumns      IntakeChange = "columns"
	IntakeCorrection   IntakeChange = "correction"
	IntakeConfirmation IntakeChange = "confirmation"
	IntakeDecision     IntakeChange = "decision"
	IntakeTakeOver     IntakeChange = "taken_over" // from the register
	IntakeRuling       IntakeChange = "ruling"     // whether what was decided before holds
)

// NoteRowShown leaves the row that a person was shown in clear in the audit, before it is shown.
func (s *Store) NoteRowShown(ctx context.Context, by Actor, communityID, id string, row roster.RowRef) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		return record(tx, now, by, communityID, "intake_row_shown", "intake", id, row)
	})
}

// DiscardIntake throws a file away. Refusal: intake_gone.
func (s *Store) DiscardIntake(ctx context.Context, by Actor, communityID, id string) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		if err := dropIntake(tx, communityID, id); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "intake_discarded", "intake", id, nil)
	})
}

func dropIntake(tx *gorm.DB, communityID, id string) error {
	result := tx.Where("community_id = ? AND id = ?", communityID, id).Delete(&intakeRow{})
	if result.Error == nil && result.RowsAffected == 0 {
		return refuse("intake_gone")
	}
	return result.Error
}

// dropStaleIntakes throws away the files that nobody imported within [IntakeDays]: they hold numbers and phones.
func (s *Store) dropStaleIntakes(ctx context.Context, now int64) error {
	before := now - (IntakeDays * 24 * time.Hour).Milliseconds()
	var stale int64
	err := s.read(ctx).Table("roster_intake").Where("created_at < ?", before).Count(&stale).Error
	if err == nil && stale > 0 {
		err = s.tx(ctx, func(tx *gorm.DB, _ int64) error {
			return tx.Where("created_at < ?", before).Delete(&intakeRow{}).Error
		})
	}
	if err != nil {
		return fmt.Errorf("throw stale intakes away: %w", err)
	}
	return s.dropStaleRegisters(ctx, before)
}

func (r intakeRow) at(column string) vault.Column {
	return vault.Column{Community: r.CommunityID, Name: column, Row: r.ID}
}

func (r *intakeRow) close(key vault.FieldKey, work IntakeWork) error {
	closed, err := closeWork(key, r.at(columnIntakeWork), work)
	r.Work = closed
	return err
}

func closeWork(key vault.FieldKey, at vault.Column, work IntakeWork) ([]byte, error) {
	text, err := json.Marshal(work)
	if err != nil {
		return nil, fmt.Errorf("encode what was told about a file: %w", err)
	}
	return key.Encrypt(at, text), nil
}

func (s *Store) openWork(at vault.Column, closed []byte) (IntakeWork, error) {
	var work IntakeWork
	text, err := s.keys.DecryptField(at, closed)
	if err == nil {
		err = json.Unmarshal(text, &work)
	}
	if err != nil {
		return work, fmt.Errorf("read what was told about a file: %w", err)
	}
	return work, nil
}

func (r intakeRow) view(work IntakeWork) Intake {
	return Intake{ID: r.ID, Name: r.Name, SHA256: r.SHA256, CreatedAt: r.CreatedAt, Revision: r.Revision, Work: work,
		Parking: roster.Policy{ParkingCountsArea: r.ParkingArea, ParkingCountsHeads: r.ParkingHeads}}
}
