package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// CommitteeEntry is one line of the register: what happened to a term. Entries are only ever added.
type CommitteeEntry struct {
	ID          string
	CommitteeID string
	Number      int64 // from 1, of the term
	Kind        lifecycle.CommitteeEntryKind
	MemberID    string // whom it is about; empty for the whole committee
	Ground      lifecycle.LeavingGround
	Post        lifecycle.MemberPost
	HappenedAt  int64 // Unix ms
	UntilAt     int64 // last ms of a suspension
	Reason      string
	Document    string // number of the paper behind it
	MeetingID   string // whose result it follows
	Matter      int64  // position on that meeting's agenda; 0 for none
	Present     int64  // members present, of a choice of the committee
	InFavour    int64
	At          int64 // Unix ms, when it was entered
	Authority   lifecycle.Actor
	Evidence    []EvidenceFile // for staff alone
}

type committeeEntryRow struct {
	CommunityID string
	ID          string
	CommitteeID string
	Number      int64
	Kind        lifecycle.CommitteeEntryKind
	MemberID    *string
	Ground      lifecycle.LeavingGround
	Post        lifecycle.MemberPost
	HappenedAt  int64
	UntilAt     *int64
	Reason      string
	Document    string
	MeetingID   *string
	Matter      int64
	Present     int64
	InFavour    int64
	At          int64
	Authority   lifecycle.Actor
	MadeBy      string
}

func (committeeEntryRow) TableName() string { return "committee_entry" }

// keepCommitteeEntry numbers an entry of a term and stores it; the audit says who made it.
func keepCommitteeEntry(tx *gorm.DB, now int64, by Actor, term committeeRow, entry committeeEntryRow) (committeeEntryRow, error) {
	entry.CommunityID, entry.ID, entry.CommitteeID, entry.At, entry.MadeBy = term.CommunityID, newID(), term.ID, now, by.ID
	entry.Authority = lifecycle.Actor(by.Role)
	if entry.HappenedAt == 0 {
		entry.HappenedAt = now
	}
	err := tx.Table("committee_entry").Where("community_id = ? AND committee_id = ?", term.CommunityID, term.ID).
		Select("COALESCE(MAX(number), 0) + 1").Scan(&entry.Number).Error
	if err != nil {
		return entry, fmt.Errorf("number an entry of a committee: %w", err)
	}
	if err := tx.Create(&entry).Error; err != nil {
		return entry, fmt.Errorf("keep an entry of a committee: %w", raced(err))
	}
	return entry, record(tx, now, by, term.CommunityID, "committee_"+string(entry.Kind), "committee", term.ID, map[string]int64{"number": entry.Number})
}

// CommitteeEntries are the entries of all terms of a community, the oldest first; evidence: with their files.
func (s *Store) CommitteeEntries(ctx context.Context, communityID string, evidence bool) ([]CommitteeEntry, error) {
	var rows []committeeEntryRow
	if err := s.read(ctx).Where("community_id = ?", communityID).Order("at, number, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list entries of committees: %w", err)
	}
	list, ids := make([]CommitteeEntry, len(rows)), make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
		list[i] = CommitteeEntry{ID: r.ID, CommitteeID: r.CommitteeID, Number: r.Number, Kind: r.Kind, MemberID: deref(r.MemberID), Ground: r.Ground, Post: r.Post,
			HappenedAt: r.HappenedAt, UntilAt: deref(r.UntilAt), Reason: r.Reason, Document: r.Document, MeetingID: deref(r.MeetingID), Matter: r.Matter,
			Present: r.Present, InFavour: r.InFavour, At: r.At, Authority: r.Authority}
	}
	if !evidence || len(ids) == 0 {
		return list, nil
	}
	files, err := evidenceOf(s.read(ctx), communityID, ids)
	for i := range list {
		list[i].Evidence = files[list[i].ID]
	}
	return list, err
}

// CommitteeEvidence reads one file of an entry; who read it stands in the audit. Refusal: not_found.
func (s *Store) CommitteeEvidence(ctx context.Context, by Actor, communityID, entryID, id string) (EvidenceFile, error) {
	var entry committeeEntryRow
	if err := s.read(ctx).Select("id").Where("community_id = ? AND id = ?", communityID, entryID).Take(&entry).Error; err != nil {
		return EvidenceFile{}, orNotFound(err)
	}
	return s.Evidence(ctx, by, communityID, entryID, id)
}
