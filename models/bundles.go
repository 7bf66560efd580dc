package models

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// finalStates are the states in which a final result is public, also where it was later contested.
var finalStates = []lifecycle.MeetingState{lifecycle.MeetingPublished, lifecycle.MeetingUnderCorrection, lifecycle.MeetingRevoked}

// HasPublicBundle tells whether anybody may have the record of a meeting in that state.
func HasPublicBundle(state lifecycle.MeetingState) bool { return slices.Contains(finalStates, state) }

// BundleTiersFor are the books of a meeting that an account may be handed: owners' book and full book of a final
// result; tellers and street have the full book from the count on, for it is they who answer objections.
func BundleTiersFor(role Role, state lifecycle.MeetingState) []bundle.Tier {
	counted := state == lifecycle.MeetingTallied || state == lifecycle.MeetingPreliminary
	switch {
	case role == RoleConvener && HasPublicBundle(state):
		return []bundle.Tier{bundle.Owners}
	case (role == RoleTeller || role == RoleStreet) && counted:
		return []bundle.Tier{bundle.Tellers}
	case (role == RoleTeller || role == RoleStreet) && HasPublicBundle(state):
		return []bundle.Tier{bundle.Owners, bundle.Tellers}
	}
	return nil
}

// PublicBundle is the record of a meeting as anyone may check it after the final result. Refusals: not_found,
// result_not_ready.
func (s *Store) PublicBundle(ctx context.Context, meetingID string) (bundle.Bundle, error) {
	meeting, err := s.PublicMeeting(ctx, meetingID)
	if err != nil {
		return bundle.Bundle{}, err
	}
	if !HasPublicBundle(meeting.State) {
		return bundle.Bundle{}, refuse("result_not_ready")
	}
	return s.bundleOf(s.read(ctx), meeting, bundle.Public)
}

// BundleVersion names everything that the public record of a meeting could change with: what it was made of before is
// what it would be made of now as long as the version stays. Refusals: as PublicBundle.
func (s *Store) BundleVersion(ctx context.Context, meetingID string) (string, error) {
	meeting, err := s.PublicMeeting(ctx, meetingID)
	if err != nil {
		return "", err
	}
	if !HasPublicBundle(meeting.State) {
		return "", refuse("result_not_ready")
	}
	head, err := s.LogHeadOf(ctx, meeting.CommunityID, meetingID)
	if err != nil {
		return "", err
	}
	var cosigned int64
	if err := s.read(ctx).Table("cosignature").Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meetingID).Count(&cosigned).Error; err != nil {
		return "", fmt.Errorf("count cosignatures: %w", err)
	}
	return fmt.Sprintf("%s/%s/%d/%s/%d", meetingID, meeting.State, head.Size, head.Root, cosigned), nil
}

// HandOutBundle is a copy of a record that is not public. A leaf of the log says who had which book, and the copy
// names that leaf. Refusals: not_found, forbidden (not this book for this role), result_not_ready.
func (s *Store) HandOutBundle(ctx context.Context, by Actor, communityID, meetingID string, tier bundle.Tier) (bundle.Bundle, error) {
	var copied bundle.Bundle
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		log, err := openLog(tx, communityID, meetingID)
		if err != nil {
			return orNotFound(err)
		}
		meeting, err := meetingView(tx.Where("community_id = ? AND id = ?", communityID, meetingID))
		if err != nil {
			return err
		}
		if err := mayRead(Role(by.Role), meeting.State, tier); err != nil {
			return err
		}
		index, err := log.add(now, s.keys.Pseudonym(meetingID, by.ID), ledger.Access{Tier: string(tier)})
		if err != nil {
			return err
		}
		if err := log.flush(tx); err != nil {
			return err
		}
		if err := s.checkpoint(tx, log, now); err != nil {
			return err
		}
		if copied, err = s.bundleOf(tx, meeting, tier); err != nil {
			return err
		}
		copied.Copy = index
		return record(tx, now, by, communityID, "book_handed_out", "meeting", meetingID, map[string]any{"tier": tier, "leaf": index})
	})
	return copied, err
}

func mayRead(role Role, state lifecycle.MeetingState, tier bundle.Tier) error {
	switch {
	case slices.Contains(BundleTiersFor(role, state), tier):
		return nil
	case slices.Contains(BundleTiersFor(role, lifecycle.MeetingPublished), tier):
		return refuse("result_not_ready")
	}
	return refuse("forbidden")
}

// bundleOf reads a meeting's record up to its newest checkpoint. Refusal: ledger_mismatch (what is stored is not
// what was announced).
func (s *Store) bundleOf(db *gorm.DB, meeting Meeting, tier bundle.Tier) (bundle.Bundle, error) {
	b := bundle.Bundle{Tier: tier, Meeting: meeting.ID}
	if err := readRecord(db, meeting, &b); err != nil {
		return b, err
	}
	var err error
	if b.Roster, b.Places, err = rosterLeaves(db, meeting.CommunityID, meeting.RosterID); err != nil {
		return b, err
	}
	if b.Leaves, b.Checkpoints, err = logOf(db, meeting); err != nil {
		return b, err
	}
	rows, err := castRows(db, meeting)
	if err != nil {
		return b, err
	}
	if b.Standing, err = s.standingOf(db, meeting, rows); err != nil {
		return b, err
	}
	if tier == bundle.Public {
		b.Places = nil
		return b, nil
	}
	books, err := booksOf(db, meeting, rows)
	if err != nil {
		return b, err
	}
	b.Voted = books.voted
	if tier == bundle.Tellers {
		b.Book = books.full
	}
	return b, nil
}

// readRecord reads the documents whose hashes the log holds.
func readRecord(db *gorm.DB, meeting Meeting, b *bundle.Bundle) error {
	var row meetingRow
	if err := db.Where("community_id = ? AND id = ?", meeting.CommunityID, meeting.ID).Take(&row).Error; err != nil {
		return fmt.Errorf("read the meeting: %w", err)
	}
	var list rosterRow
	if err := db.Where("community_id = ? AND id = ?", meeting.CommunityID, meeting.RosterID).Take(&list).Error; err != nil {
		return fmt.Errorf("read the roster: %w", err)
	}
	text, err := announcedText(db, row, list)
	if err != nil {
		return err
	}
	if ledger.Sum(text).String() != row.NoticeHash {
		return refuse("ledger_mismatch")
	}
	var results []resultRow
	if err := db.Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Order("at").Find(&results).Error; err != nil {
		return fmt.Errorf("read results: %w", err)
	}
	if len(results) == 0 {
		return refuse("result_not_ready")
	}
	b.Announced, b.Rules, b.Result = text, []byte(row.Pack), []byte(results[len(results)-1].Body)
	return nil
}

// logOf reads the leaves under the newest checkpoint, and every checkpoint, by size.
func logOf(db *gorm.DB, meeting Meeting) ([][]byte, []bundle.Checkpoint, error) {
	var notes []checkpointRow
	if err := db.Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Order("size").Find(&notes).Error; err != nil {
		return nil, nil, fmt.Errorf("read checkpoints: %w", err)
	}
	if len(notes) == 0 {
		return nil, nil, refuse("result_not_ready")
	}
	if err := cosignedNotes(db, meeting.CommunityID, meeting.ID, notes); err != nil {
		return nil, nil, err
	}
	checkpoints := make([]bundle.Checkpoint, len(notes))
	for i, note := range notes {
		checkpoints[i] = bundle.Checkpoint{Size: note.Size, Note: note.Note}
	}
	var rows []leafRow
	err := db.Where("community_id = ? AND meeting_id = ? AND idx < ?", meeting.CommunityID, meeting.ID, notes[len(notes)-1].Size).
		Order("idx").Find(&rows).Error
	if err != nil {
		return nil, nil, fmt.Errorf("read leaves: %w", err)
	}
	leaves := make([][]byte, len(rows))
	for i, row := range rows {
		leaves[i] = row.Body
	}
	return leaves, checkpoints, nil
}

func (s *Store) standingOf(db *gorm.DB, meeting Meeting, rows []castRow) (bundle.Standing, error) {
	standing := bundle.Standing{Meeting: meeting.ID, State: meeting.State, CountedAt: meeting.TalliedAt, PublishedAt: meeting.PublishedAt}
	var err error
	if standing.Voids, err = voidReasons(meeting, rows); err != nil {
		return standing, err
	}
	var community communityRow
	if err := db.Where("id = ?", meeting.CommunityID).Take(&community).Error; err != nil {
		return standing, fmt.Errorf("read the community: %w", err)
	}
	standing.Community = community.Name
	var objections []objectionRow
	if err := db.Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Find(&objections).Error; err != nil {
		return standing, fmt.Errorf("read objections: %w", err)
	}
	for _, objection := range objections {
		switch {
		case objection.State == lifecycle.ObjectionOpen:
			standing.Objections.Open++
		case objection.State == lifecycle.ObjectionWithdrawn:
			standing.Objections.Withdrawn++
		case objection.Verdict == Upheld:
			standing.Objections.Upheld++
		default:
			standing.Objections.Dismissed++
		}
	}
	var announced []lotAnnouncementRow
	if err := db.Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Order("number").Find(&announced).Error; err != nil {
		return standing, fmt.Errorf("read announcements of a lot: %w", err)
	}
	standing.Lot = (&lotBook{announcements: announced}).published()
	if standing.Amendments, err = s.amendmentsInLog(db, meeting); err != nil {
		return standing, err
	}
	supervised, err := supervisionOf(db, meeting.CommunityID, meeting.ID)
	if err != nil {
		return standing, err
	}
	for _, entry := range supervised {
		standing.Supervision = append(standing.Supervision, entry.Supervision)
	}
	if standing.Entries, err = entriesInLog(db, meeting.CommunityID, meeting.ID); err != nil {
		return standing, err
	}
	if standing.Waiver, err = waiverInLog(db, meeting.CommunityID, meeting.ID); err != nil {
		return standing, fmt.Errorf("read a waiver: %w", err)
	}
	var certified []filingRow
	err = db.Where("community_id = ? AND meeting_id = ? AND check_code IS NOT NULL", meeting.CommunityID, meeting.ID).
		Order("version").Find(&certified).Error
	if err != nil {
		return standing, fmt.Errorf("read the certificate: %w", err)
	}
	for _, filing := range certified {
		standing.Certificate = &bundle.Certificate{Number: deref(filing.Number), CheckCode: deref(filing.CheckCode), Record: filing.RecordSHA256}
	}
	return standing, nil
}
