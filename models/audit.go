package models

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"
)

// Actor is who does something: a role of domain §7 and the account or voter behind it.
type Actor struct {
	Role string // a lifecycle actor or a staff role
	ID   string // staff id, voter id, or empty for the system
}

// System is the server itself, which opens and closes votes.
var System = Actor{Role: "system"}

// AuditEntry is one act that was carried out. Detail is JSON without personal data.
type AuditEntry struct {
	At        int64 // Unix ms
	ActorRole string
	ActorName string // the account's display name, or empty
	Act       string
	Subject   string
	SubjectID string
	Detail    string
}

type auditRow struct {
	CommunityID string
	ID          string
	At          int64
	ActorRole   string
	ActorID     string
	Act         string
	Subject     string
	SubjectID   string
	Detail      string
}

func (auditRow) TableName() string { return "audit" }

// record inserts the audit row of an act; detail is any value without personal data, or nil.
func record(tx *gorm.DB, now int64, by Actor, communityID, act, subject, subjectID string, detail any) error {
	text := "{}"
	if detail != nil {
		encoded, err := json.Marshal(detail)
		if err != nil {
			return fmt.Errorf("encode audit detail of %s: %w", act, err)
		}
		text = string(encoded)
	}
	row := auditRow{CommunityID: communityID, ID: newID(), At: now, ActorRole: by.Role, ActorID: by.ID,
		Act: act, Subject: subject, SubjectID: subjectID, Detail: text}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("record %s: %w", act, err)
	}
	return nil
}

// Audit lists what was done to one subject of a community, oldest first.
func (s *Store) Audit(ctx context.Context, communityID, subjectID string) ([]AuditEntry, error) {
	var rows []struct {
		Row       auditRow `gorm:"embedded"`
		StaffName *string
	}
	err := s.read(ctx).Table("audit").
		Select("audit.*, staff.name AS staff_name").
		Joins("LEFT JOIN staff ON staff.id = audit.actor_id").
		Where("audit.community_id = ? AND audit.subject_id = ?", communityID, subjectID).
		Order("audit.at, audit.id").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read audit of %s: %w", subjectID, err)
	}
	entries := make([]AuditEntry, len(rows))
	for i, found := range rows {
		row := found.Row
		entries[i] = AuditEntry{At: row.At, ActorRole: row.ActorRole, Act: row.Act, Subject: row.Subject,
			SubjectID: row.SubjectID, Detail: row.Detail}
		if found.StaffName != nil {
			entries[i].ActorName = *found.StaffName
		}
	}
	return entries, nil
}
