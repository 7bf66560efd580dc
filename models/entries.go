package models

import (
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// entryRow is what is published of an act after the count, word for word as its leaf hashes it.
type entryRow struct {
	CommunityID string
	MeetingID   string
	LeafIndex   int64
	Entry       string
	At          int64
}

func (entryRow) TableName() string { return "log_entry" }

// tellLog adds an act after the count to the log of its meeting, by a pseudonym or the server, at a time that the log
// gave. A meeting whose notice was given before logs told of such acts tells of none: the log would begin amid them.
func (s *Store) tellLog(tx *gorm.DB, log *logWriter, by string, at int64, entry bundle.Entry) error {
	row := entryRow{CommunityID: log.head.CommunityID, MeetingID: log.head.MeetingID, At: at}
	var told []bool
	if err := tx.Table("meeting").Where("community_id = ? AND id = ?", row.CommunityID, row.MeetingID).Pluck("afterwards_logged", &told).Error; err != nil {
		return fmt.Errorf("read what a log tells of: %w", err)
	}
	if len(told) == 0 || !told[0] {
		return nil
	}
	body, text, err := entry.Leaf()
	if err != nil {
		return fmt.Errorf("encode an entry of a log: %w", err)
	}
	if row.LeafIndex, err = log.add(at, by, body); err != nil {
		return err
	}
	if err := log.flush(tx); err != nil {
		return err
	}
	if err := s.checkpoint(tx, log, at); err != nil {
		return err
	}
	row.Entry = string(text)
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("keep an entry of a log: %w", raced(err))
	}
	return nil
}

// entriesInLog are those of a meeting in the order of their leaves.
func entriesInLog(db *gorm.DB, communityID, meetingID string) ([]json.RawMessage, error) {
	var rows []entryRow
	if err := db.Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Order("leaf_index").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the entries of a log: %w", err)
	}
	list := make([]json.RawMessage, len(rows))
	for i, row := range rows {
		list[i] = json.RawMessage(row.Entry)
	}
	return list, nil
}

// tellOfObjection adds what happened to an objection. The log names no owner, and of texts only the hash: they may name
// people.
func (s *Store) tellOfObjection(tx *gorm.DB, log *logWriter, now int64, by Actor, row objectionRow, act ledger.ObjectionAct, text string) error {
	who := byServer
	if by.Role != string(lifecycle.Owner) {
		who = s.keys.Pseudonym(row.MeetingID, by.ID)
	}
	entry := bundle.Objection{Act: act, Number: row.Number, Subject: string(row.Subject), Matter: row.MatterID, Candidate: row.Candidate,
		Source: string(row.Source), At: log.at(now)}
	if text != "" {
		entry.Text = ledger.ObjectionText(row.MeetingID, row.ID, text).String()
	}
	return s.tellLog(tx, log, who, entry.At, entry)
}

// tellOfSample adds a step of a street's sample; the log numbers and times it.
func (s *Store) tellOfSample(tx *gorm.DB, log *logWriter, now int64, by Actor, round sampleRow, entry bundle.Sample) error {
	entry.Round, entry.At = round.Round, log.at(now)
	return s.tellLog(tx, log, s.keys.Pseudonym(round.MeetingID, by.ID), entry.At, entry)
}
