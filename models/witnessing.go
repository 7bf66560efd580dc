package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// Head is a signed head of a log as papers print it; the zero Head is one that is not there yet.
type Head struct {
	Size int64
	Root string // hex
	Mark string // short text for paper, see [ledger.Checkpoint.Mark]
	At   int64  // Unix ms, when the server signed it
}

// Sight is how far one witness followed a log.
type Sight struct {
	Name        string // of its key
	Fingerprint ledger.Hash
	Size        int64 // of the largest checkpoint that it signed; 0 for none
	SignedAt    int64 // Unix ms by its own clock
}

// Witnessing is what everybody may see of a log's heads and of who cosigned them.
type Witnessing struct {
	Opening, Close, Result, Newest Head
	Counted                        Head    // the first that covers the count; a lot writes a later result
	Sights                         []Sight // one for every key that the notice names
	Seen                           int64   // the largest size that any of them signed
	SeenAt                         int64   // when the first of them signed it, by its own clock
	Waived                         string  // why the street lets a result be announced without it; empty for none
	WaivedAt                       int64   // Unix ms
}

// Due tells whether a result waits for the street: its key is named and has not signed, and the street did not waive it.
func (w Witnessing) Due() bool { return len(w.Sights) > 0 && w.Waived == "" && !w.ResultSeen() }

// ResultSeen tells whether a witness signed a head that covers the result.
func (w Witnessing) ResultSeen() bool { return w.Result.Size > 0 && w.Seen >= w.Result.Size }

// WitnessingOf reads the heads of a meeting's log and who cosigned them.
func (s *Store) WitnessingOf(ctx context.Context, meeting Meeting) (Witnessing, error) {
	return s.witnessing(s.read(ctx), meeting.CommunityID, meeting.ID)
}

func (s *Store) witnessing(db *gorm.DB, communityID, meetingID string) (Witnessing, error) {
	var w Witnessing
	if err := s.addHeads(db, communityID, meetingID, &w); err != nil {
		return w, err
	}
	witnesses, err := parsedWitnesses(db, communityID, meetingID)
	if err != nil {
		return w, err
	}
	var rows []cosignatureRow
	if err := db.Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Order("size").Find(&rows).Error; err != nil {
		return w, fmt.Errorf("read cosignatures: %w", err)
	}
	for _, witness := range witnesses {
		sight := Sight{Name: witness.Name(), Fingerprint: witness.Fingerprint()}
		for _, row := range rows {
			if row.VerifierKey == witness.String() {
				sight.Size, sight.SignedAt = row.Size, row.SignedAt
			}
		}
		w.Sights = append(w.Sights, sight)
	}
	for _, row := range rows {
		if row.Size > w.Seen || (row.Size == w.Seen && row.SignedAt < w.SeenAt) {
			w.Seen, w.SeenAt = row.Size, row.SignedAt
		}
	}
	var waivers []witnessWaiverRow
	if err := db.Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Find(&waivers).Error; err != nil {
		return w, fmt.Errorf("read a waiver: %w", err)
	}
	for _, waiver := range waivers {
		w.Waived, w.WaivedAt = waiver.Reason, waiver.At
	}
	return w, nil
}

// addHeads reads the heads that papers print: the first, that of the close leaf, the first that covers the last result
// leaf, and the newest.
func (s *Store) addHeads(db *gorm.DB, communityID, meetingID string, w *Witnessing) error {
	var notes []checkpointRow
	if err := db.Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Order("size").Find(&notes).Error; err != nil {
		return fmt.Errorf("read checkpoints: %w", err)
	}
	if len(notes) == 0 {
		return nil
	}
	var leaves []leafRow
	err := db.Select("idx", "kind").Where("community_id = ? AND meeting_id = ? AND kind IN ?", communityID, meetingID,
		[]ledger.LeafType{ledger.LeafClose, ledger.LeafResult}).Order("idx").Find(&leaves).Error
	if err != nil {
		return fmt.Errorf("look for the close and the result: %w", err)
	}
	wanted := map[*Head]int64{&w.Opening: 1, &w.Newest: notes[len(notes)-1].Size}
	for _, leaf := range leaves {
		head := &w.Close
		if leaf.Kind == ledger.LeafResult {
			head = &w.Result
			if wanted[&w.Counted] == 0 {
				wanted[&w.Counted] = leaf.Idx + 1
			}
		}
		wanted[head] = leaf.Idx + 1
	}
	for head, size := range wanted {
		i, _ := slices.BinarySearchFunc(notes, size, func(n checkpointRow, size int64) int { return int(n.Size - size) })
		if i == len(notes) {
			continue
		}
		opened, err := s.openCheckpoint(meetingID, notes[i].Note)
		if err != nil {
			return err
		}
		*head = Head{Size: opened.Size, Root: opened.Root.String(), Mark: opened.Mark(), At: notes[i].At}
	}
	return nil
}

// witnessedResult refuses with unwitnessed to announce a result that the street has not seen, where the notice names its
// key and the street did not waive it.
func witnessedResult(tx *gorm.DB, communityID, meetingID string) error {
	var named, seen, waived int64
	of := func(table string) *gorm.DB {
		return tx.Table(table).Where(table+".community_id = ? AND "+table+".meeting_id = ?", communityID, meetingID)
	}
	last := of("ledger_leaf").Select("MAX(idx)").Where("kind = ?", ledger.LeafResult)
	err := errors.Join(of("meeting_witness").Count(&named).Error, of("witness_waiver").Count(&waived).Error,
		of("cosignature").Where("size > (?)", last).Count(&seen).Error)
	if err != nil {
		return fmt.Errorf("look for the street's signature: %w", err)
	}
	if named > 0 && waived == 0 && seen == 0 {
		return refuse("unwitnessed")
	}
	return nil
}

type witnessWaiverRow struct {
	CommunityID string
	MeetingID   string
	Reason      string
	At          int64
	WaivedBy    string
	LeafIndex   *int64 // none of a waiver from before leaves told of them
}

func (witnessWaiverRow) TableName() string { return "witness_waiver" }

// WaiveWitness lets a result be announced although the street cannot sign it, for a reason that everybody reads: its key is
// lost, or its machine broke. Only the street's own account can, and the convener announces: two persons. Refusals:
// not_found, forbidden, illegal_step (nothing waits for the street), reason_missing, reason_names_person, too_long.
func (s *Store) WaiveWitness(ctx context.Context, by Actor, communityID, meetingID, reason string) error {
	reason = strings.TrimSpace(reason)
	if err := publicReason(reason); err != nil {
		return err
	}
	if Role(by.Role) != RoleStreet {
		return refuse("forbidden")
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		log, err := openLog(tx, communityID, meetingID)
		if err != nil {
			return orNotFound(err)
		}
		row, err := lockMeeting(tx, communityID, meetingID)
		if err != nil {
			return err
		}
		if row.State != lifecycle.MeetingTallied && row.State != lifecycle.MeetingPreliminary {
			return refuse("illegal_step")
		}
		if err := witnessedResult(tx, communityID, meetingID); !errors.Is(err, &Refusal{Code: "unwitnessed"}) {
			return errors.Join(err, refuse("illegal_step"))
		}
		index, err := s.logWaiver(tx, log, now, by, bundle.Waiver{Reason: reason, At: now})
		if err != nil {
			return err
		}
		waiver := witnessWaiverRow{CommunityID: communityID, MeetingID: meetingID, Reason: reason, At: now, WaivedBy: by.ID, LeafIndex: &index}
		if err := tx.Create(&waiver).Error; err != nil {
			return fmt.Errorf("waive a witness: %w", raced(err))
		}
		return record(tx, now, by, communityID, "witness_waived", "meeting", meetingID, map[string]string{"reason": reason})
	})
}

// logWaiver puts on the log which result the street goes without its witness for, and signs it at once.
func (s *Store) logWaiver(tx *gorm.DB, log *logWriter, now int64, by Actor, waiver bundle.Waiver) (index int64, err error) {
	_, counted, err := countedLog(tx, log)
	if err != nil {
		return 0, err
	}
	hash, err := waiver.Hash()
	if err != nil {
		return 0, fmt.Errorf("encode a waiver: %w", err)
	}
	if index, err = log.add(now, s.keys.Pseudonym(log.head.MeetingID, by.ID), ledger.Waive{Result: counted.Outcome, Waiver: hash}); err != nil {
		return 0, err
	}
	if err := log.flush(tx); err != nil {
		return 0, err
	}
	return index, s.checkpoint(tx, log, now)
}

// waiverInLog is the waiver whose leaf the log holds; nil without one.
func waiverInLog(db *gorm.DB, communityID, meetingID string) (*bundle.Waiver, error) {
	var rows []witnessWaiverRow
	err := db.Where("community_id = ? AND meeting_id = ? AND leaf_index IS NOT NULL", communityID, meetingID).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &bundle.Waiver{Reason: rows[0].Reason, At: rows[0].At}, nil
}

// The rhythm of checkpoints while voting, for the logs that somebody witnesses. A checkpoint tells how many leaves there
// are, so that it moves in the steps of the turnout, or once a day.
const (
	checkpointPause = 10 * minute
	checkpointDaily = day
)

// signOpenLogs signs the logs that grew since their last checkpoint, for their witnesses.
func (s *Store) signOpenLogs(ctx context.Context, now int64) error {
	var due []logHeadRow
	err := s.read(ctx).Table("log_head").Select("log_head.community_id, log_head.meeting_id").
		Joins("JOIN meeting ON meeting.community_id = log_head.community_id AND meeting.id = log_head.meeting_id AND meeting.state = ?", lifecycle.MeetingVoting).
		Joins("JOIN checkpoint c ON c.community_id = log_head.community_id AND c.meeting_id = log_head.meeting_id "+
			"AND c.size = (SELECT MAX(size) FROM checkpoint n WHERE n.community_id = log_head.community_id AND n.meeting_id = log_head.meeting_id)").
		Where("EXISTS (SELECT 1 FROM meeting_witness w WHERE w.community_id = log_head.community_id AND w.meeting_id = log_head.meeting_id)").
		Where("(log_head.size >= c.size + ? AND c.at <= ?) OR (log_head.size > c.size AND c.at <= ?)", turnoutStep, now-checkpointPause, now-checkpointDaily).
		Find(&due).Error
	if err != nil {
		return fmt.Errorf("find logs to sign: %w", err)
	}
	var failures []error
	for _, head := range due {
		failures = append(failures, s.tx(ctx, func(tx *gorm.DB, now int64) error { return s.signGrown(tx, now, head) }))
	}
	return errors.Join(failures...)
}

// signGrown signs a log unless another replica was here first.
func (s *Store) signGrown(tx *gorm.DB, now int64, head logHeadRow) error {
	log, err := openLog(tx, head.CommunityID, head.MeetingID)
	if err != nil {
		return err
	}
	newest, err := newestCheckpoint(tx, head.CommunityID, head.MeetingID)
	grown := log.edge.Size - newest.Size
	if err != nil || grown == 0 || now-newest.At < checkpointPause || (grown < turnoutStep && now-newest.At < checkpointDaily) {
		return err
	}
	return s.checkpoint(tx, log, now)
}

// LogNames are the origin of a meeting's log and the public key that signs it.
func (s *Store) LogNames(meetingID string) (origin, key string, err error) {
	key, err = s.verifierKey(meetingID)
	return ledger.Origin(s.origin, meetingID), key, err
}

// KnowsMark tells whether a printed mark is that of a checkpoint which this log signed.
func (s *Store) KnowsMark(ctx context.Context, meeting Meeting, mark string) (bool, error) {
	text, _, _ := strings.Cut(mark, "/")
	size, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return false, nil
	}
	var notes []checkpointRow
	if err := s.read(ctx).Where("community_id = ? AND meeting_id = ? AND size = ?", meeting.CommunityID, meeting.ID, size).Find(&notes).Error; err != nil {
		return false, fmt.Errorf("look for a mark: %w", err)
	}
	for _, note := range notes {
		head, err := s.openCheckpoint(meeting.ID, note.Note)
		if err != nil {
			return false, err
		}
		if plainDigits(head.Mark()) == plainDigits(mark) {
			return true, nil
		}
	}
	return false, nil
}

// UnseenResult is a counted meeting whose result waits for its street.
type UnseenResult struct {
	CommunityID string
	Community   string
	MeetingID   string
	Title       string
}

// UnseenResults are the results that wait for an account's street, the oldest first; none for other roles.
func (s *Store) UnseenResults(ctx context.Context, by Staff) ([]UnseenResult, error) {
	if by.Role != RoleStreet {
		return nil, nil
	}
	var list []UnseenResult
	err := s.read(ctx).Table("meeting").Select("meeting.community_id, community.name AS community, meeting.id AS meeting_id, meeting.title").
		Joins("JOIN community ON community.id = meeting.community_id AND community.street_id = ?", by.StreetID).
		Where("meeting.state IN ?", []lifecycle.MeetingState{lifecycle.MeetingTallied, lifecycle.MeetingPreliminary}).
		Where("EXISTS (SELECT 1 FROM meeting_witness w WHERE w.community_id = meeting.community_id AND w.meeting_id = meeting.id)").
		Where("NOT EXISTS (SELECT 1 FROM witness_waiver v WHERE v.community_id = meeting.community_id AND v.meeting_id = meeting.id)").
		Where("NOT EXISTS (SELECT 1 FROM cosignature c WHERE c.community_id = meeting.community_id AND c.meeting_id = meeting.id AND c.size > "+
			"(SELECT MAX(l.idx) FROM ledger_leaf l WHERE l.community_id = meeting.community_id AND l.meeting_id = meeting.id AND l.kind = ?))", ledger.LeafResult).
		Order("meeting.tallied_at, meeting.id").Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("find results that wait for a street: %w", err)
	}
	return list, nil
}
