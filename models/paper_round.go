package models

import (
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// PaperState is where a round of entries of one sheet stands.
type PaperState string

// The states of a round.
const (
	PaperWaiting   PaperState = "waiting"   // entered once
	PaperRecorded  PaperState = "recorded"  // twice alike: the ballot is in the log
	PaperDisputed  PaperState = "disputed"  // twice differently: both entries are gone
	PaperWithdrawn PaperState = "withdrawn" // there is no such sheet, or its only entry was wrong
	PaperDuplicate PaperState = "duplicate" // the voter has a ballot of another channel, which came first
)

// PaperStates lists every state.
var PaperStates = []PaperState{PaperWaiting, PaperRecorded, PaperDisputed, PaperWithdrawn, PaperDuplicate}

type paperRow struct {
	CommunityID string
	MeetingID   string
	VoterID     string
	Round       int64
	ID          string
	State       PaperState
	FirstBy     string
	FirstAt     int64
	SecondBy    string
	EndedAt     *int64
	MAC         []byte `gorm:"column:mac"`
	WrappedKey  []byte
	Sealed      []byte
}

func (paperRow) TableName() string { return "paper_entry" }

// roundEnds are the acts on record by which a round ends.
var roundEnds = map[PaperState]string{PaperRecorded: "paper_recorded", PaperDisputed: "paper_disputed",
	PaperWithdrawn: "paper_withdrawn", PaperDuplicate: "paper_duplicate"}

// endRound closes a waiting round and wipes what was entered in it.
func endRound(tx *gorm.DB, now int64, by Actor, row paperRow, state PaperState) error {
	columns := map[string]any{"state": state, "ended_at": now, "mac": nil, "wrapped_key": nil, "sealed": nil}
	if by.ID != row.FirstBy {
		columns["second_by"] = by.ID
	}
	err := tx.Table("paper_entry").Where("community_id = ? AND id = ?", row.CommunityID, row.ID).Updates(columns).Error
	if err != nil {
		return fmt.Errorf("end a round of entries: %w", err)
	}
	return recordPaper(tx, now, by, roundEnds[state], row)
}

// addEnded adds a round that says no more than how the sheet stands.
func addEnded(tx *gorm.DB, now int64, by Actor, row paperRow, state PaperState) error {
	row.ID, row.State, row.FirstBy, row.FirstAt, row.EndedAt = newID(), state, by.ID, now, &now
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("note a sheet as %s: %w", state, err)
	}
	return recordPaper(tx, now, by, roundEnds[state], row)
}

// turnAway refuses a sheet whose voter has a ballot: first_valid, as announced. One that came another way
// makes the sheet a duplicate, which the reconciliation counts once.
func turnAway(tx *gorm.DB, now int64, by Actor, sheet paperRow) (answer, failure error) {
	channel, err := channelOf(tx, sheet.CommunityID, sheet.MeetingID, sheet.VoterID)
	if err != nil || channel == "" {
		return nil, err
	}
	answer = refuse("already_voted")
	last, err := lastRound(tx, sheet.CommunityID, sheet.MeetingID, sheet.VoterID)
	switch {
	case err != nil:
		return nil, err
	case channel == lifecycle.Paper || last.State == PaperDuplicate:
		sheet.Round = last.Round
		return answer, recordPaper(tx, now, by, "paper_refused", sheet)
	case last.State == PaperWaiting:
		return answer, endRound(tx, now, by, last, PaperDuplicate)
	}
	sheet.Round = last.Round + 1
	return answer, addEnded(tx, now, by, sheet, PaperDuplicate)
}

// channelOf is how the voter's ballot came in; empty without one.
func channelOf(db *gorm.DB, communityID, meetingID, voterID string) (lifecycle.Channel, error) {
	var row ballotRow
	err := db.Select("channel").Where("community_id = ? AND meeting_id = ? AND voter_id = ?", communityID, meetingID, voterID).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("look for a ballot: %w", err)
	}
	return row.Channel, nil
}

// lastRound is the newest round of a sheet, zero without one.
func lastRound(db *gorm.DB, communityID, meetingID, voterID string) (paperRow, error) {
	var rows []paperRow
	err := db.Where("community_id = ? AND meeting_id = ? AND voter_id = ?", communityID, meetingID, voterID).
		Order("round DESC").Limit(1).Find(&rows).Error
	if err != nil {
		return paperRow{}, fmt.Errorf("read entries of a sheet: %w", err)
	}
	if len(rows) == 0 {
		return paperRow{}, nil
	}
	return rows[0], nil
}

// recordPaper notes an attempt under the voter, not under the meeting: fifty sheets would bury its steps.
func recordPaper(tx *gorm.DB, now int64, by Actor, act string, row paperRow) error {
	return record(tx, now, by, row.CommunityID, act, "voter", row.VoterID, struct {
		Meeting string `json:"meeting"`
		Round   int64  `json:"round"`
	}{row.MeetingID, row.Round})
}
