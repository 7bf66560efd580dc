package models

import (
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// ImportState is where a file of a city's platform stands.
type ImportState string

// The states.
const (
	ImportWaiting   ImportState = "waiting"   // handed in once
	ImportEffective ImportState = "effective" // handed in again by somebody of another role: its ballots are in the log
	ImportReplaced  ImportState = "replaced"  // a later import took its place
	ImportWithdrawn ImportState = "withdrawn" // taken back before anybody confirmed it
)

// ImportStates lists every state.
var ImportStates = []ImportState{ImportWaiting, ImportEffective, ImportReplaced, ImportWithdrawn}

type importRow struct {
	CommunityID  string
	MeetingID    string
	Number       int64
	ID           string
	State        ImportState
	ReceivedFrom string
	FileName     string
	FileSHA256   string `gorm:"column:file_sha256"`
	ContentMAC   []byte `gorm:"column:content_mac"`
	Columns      string
	RowCount     int64
	Voters       int64
	AlsoVoted    int64
	Replaces     *string
	Reason       string
	FirstBy      string
	FirstRole    string
	FirstAt      int64
	SecondBy     string
	SecondSHA256 string `gorm:"column:second_sha256"`
	EffectiveAt  *int64
	EndedAt      *int64
	LeafIndex    *int64
	Salt         []byte
}

func (importRow) TableName() string { return "platform_import" }

type importedRow struct {
	CommunityID string
	MeetingID   string
	ImportID    string
	VoterID     string
	LeafIndex   int64
	CastAt      int64
	Serials     string
	ReceiptHash []byte
	GroupID     string
	Sealed      []byte
}

func (importedRow) TableName() string { return "imported_ballot" }

// codeName is what the receipt code of an imported ballot is derived from.
func (r importedRow) codeName() string { return "import/" + r.ImportID + "/" + r.VoterID }

// evidenceByPlatform is the city's platform, which checked who voted; the transaction is its time and its numbers.
const evidenceByPlatform = "platform"

func (r importedRow) evidence() ledger.Evidence {
	return ledger.Evidence{Method: evidenceByPlatform, Transaction: ledger.Instant(r.CastAt) + "\n" + r.Serials}
}

type openedImportRow struct {
	CommunityID string
	MeetingID   string
	ImportID    string
	VoterID     string
	Choices     string
	Salt        []byte
}

func (openedImportRow) TableName() string { return "opened_import" }

// importMoment tells whether the platform's result can be taken over now: after the close, so that nobody here knows how
// the electronic votes stand while others still decide, and before the count.
func importMoment(meeting meetingRow) error {
	if meeting.Platform == "" {
		return refuse("import_not_announced")
	}
	switch meeting.State {
	case lifecycle.MeetingDraft, lifecycle.MeetingNoticed, lifecycle.MeetingVoting:
		return refuse("import_too_early")
	case lifecycle.MeetingClosed:
		return nil
	}
	return refuse("import_closed")
}

// importsOf reads the files of a meeting, the newest first.
func importsOf(db *gorm.DB, communityID, meetingID string) ([]importRow, error) {
	var rows []importRow
	err := db.Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Order("number DESC").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read imports: %w", err)
	}
	return rows, nil
}

// inState finds the one import of a meeting in a state that only one can have; nil without one.
func inState(rows []importRow, state ImportState) *importRow {
	for i := range rows {
		if rows[i].State == state {
			return &rows[i]
		}
	}
	return nil
}

// effectiveImported selects the imported ballots of a meeting that stand: those of replaced files are out of every count.
func effectiveImported(db *gorm.DB, communityID, meetingID string) *gorm.DB {
	return db.Table("imported_ballot").
		Joins("JOIN platform_import ON platform_import.community_id = imported_ballot.community_id AND platform_import.id = imported_ballot.import_id").
		Where("imported_ballot.community_id = ? AND imported_ballot.meeting_id = ? AND platform_import.state = ?", communityID, meetingID, ImportEffective)
}

// noImportIsOpen refuses a count that would leave the announced platform's voters out: import_open (a file waits for its
// second person), import_missing (none was taken over).
func noImportIsOpen(db *gorm.DB, meeting meetingRow) error {
	if meeting.Platform == "" {
		return nil
	}
	rows, err := importsOf(db, meeting.CommunityID, meeting.ID)
	if err != nil {
		return err
	}
	return importBar(rows)
}

func importBar(rows []importRow) error {
	switch {
	case inState(rows, ImportWaiting) != nil:
		return refuse("import_open")
	case inState(rows, ImportEffective) == nil:
		return refuse("import_missing")
	}
	return nil
}
