package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/ledger"
	"gongjue/voting/platform"
)

// PlatformFile is a file of the platform as it was read; it is gone when the request ends.
type PlatformFile struct {
	Name   string
	SHA256 string // hex
	platform.File
}

// ImportUpload is a file that the first of two persons hands in.
type ImportUpload struct {
	File         PlatformFile
	ReceivedFrom string // the body that gave the file out, no person
	Reason       string // why it takes the place of the import in force; empty where there is none
	Confirmed    bool   // every doubt about the file was looked at
}

// longestSource is the most characters of where a file came from.
const longestSource = 100

// UploadImport takes the first person's file: its fingerprints and numbers are kept, none of its answers. It counts for
// nothing until somebody of another role hands the same result in, see ConfirmImport. Refusals: forbidden, not_found,
// import_not_announced, import_too_early, import_closed, import_errors, import_unconfirmed, required (received_from),
// too_long, import_waiting, reason_missing.
func (s *Store) UploadImport(ctx context.Context, by Actor, communityID, meetingID string, upload ImportUpload) error {
	upload.ReceivedFrom, upload.Reason = strings.TrimSpace(upload.ReceivedFrom), strings.TrimSpace(upload.Reason)
	if err := upload.check(by); err != nil {
		return err
	}
	columns, err := json.Marshal(upload.File.Columns)
	if err != nil {
		return fmt.Errorf("encode the columns of a file: %w", err)
	}
	content, err := contentOf(upload.File.Ballots)
	if err != nil {
		return err
	}
	return s.importing(ctx, communityID, meetingID, func(tx *gorm.DB, now int64, _ *logWriter, rows []importRow) error {
		row := importRow{CommunityID: communityID, MeetingID: meetingID, Number: int64(len(rows)) + 1, ID: newID(), State: ImportWaiting,
			ReceivedFrom: upload.ReceivedFrom, FileName: upload.File.Name, FileSHA256: upload.File.SHA256, Columns: string(columns),
			RowCount: int64(upload.File.Rows), Voters: int64(len(upload.File.Ballots)), FirstBy: by.ID, FirstRole: by.Role, FirstAt: now}
		if inState(rows, ImportWaiting) != nil {
			return refuse("import_waiting")
		}
		if before := inState(rows, ImportEffective); before != nil {
			if row.Replaces, row.Reason = &before.ID, upload.Reason; row.Reason == "" {
				return refuseField("reason_missing", "reason")
			}
		}
		also, err := ownBallots(tx, communityID, meetingID, "")
		if err != nil {
			return err
		}
		for _, ballot := range upload.File.Ballots {
			if _, voted := also[ballot.Voter]; voted {
				row.AlsoVoted++
			}
		}
		row.ContentMAC = s.keys.ImportMAC(meetingID, row.ID, content)
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep an import: %w", raced(err))
		}
		return recordImport(tx, now, by, "import_received", row)
	})
}

func (u ImportUpload) check(by Actor) error {
	role := Role(by.Role)
	switch {
	case role != RoleConvener && role != RoleTeller:
		return refuse("forbidden")
	case u.File.Failed():
		return refuseField("import_errors", "file")
	case u.File.Doubtful() && !u.Confirmed:
		return refuseField("import_unconfirmed", "confirmed")
	case u.ReceivedFrom == "":
		return refuseField("required", "received_from")
	case len([]rune(u.ReceivedFrom)) > longestSource:
		return refuseField("too_long", "received_from")
	}
	return nil
}

// importing runs do under the lock of the log head, which counting takes too, while imports can be made.
func (s *Store) importing(ctx context.Context, communityID, meetingID string,
	do func(tx *gorm.DB, now int64, log *logWriter, rows []importRow) error) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		log, rows, err := importDoor(tx, communityID, meetingID)
		if err != nil {
			return err
		}
		return do(tx, now, log, rows)
	})
}

// importDoor takes the locks of an import and reads the earlier ones. Refusals: not_found and those of importMoment.
func importDoor(tx *gorm.DB, communityID, meetingID string) (*logWriter, []importRow, error) {
	var meeting meetingRow
	if err := tx.Where("community_id = ? AND id = ?", communityID, meetingID).Take(&meeting).Error; err != nil {
		return nil, nil, orNotFound(err)
	}
	if err := importMoment(meeting); err != nil {
		return nil, nil, err
	}
	log, err := openLog(tx, communityID, meetingID)
	if err != nil {
		return nil, nil, err
	}
	if meeting, err = lockMeeting(tx, communityID, meetingID); err != nil {
		return nil, nil, err
	}
	if err := importMoment(meeting); err != nil {
		return nil, nil, err
	}
	rows, err := importsOf(tx, communityID, meetingID)
	return log, rows, err
}

// ownBallots are the ballots recorded here, by voter, without what is in them; of one voter where one is named.
func ownBallots(db *gorm.DB, communityID, meetingID, voterID string) (map[string]ballotRow, error) {
	query := db.Select("voter_id", "revision", "channel", "cast_at").Where("community_id = ? AND meeting_id = ?", communityID, meetingID)
	if voterID != "" {
		query = query.Where("voter_id = ?", voterID)
	}
	var rows []ballotRow
	if err := query.Order("revision").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read who has voted: %w", err)
	}
	own := make(map[string]ballotRow, len(rows))
	for _, row := range rows {
		own[row.VoterID] = row
	}
	return own, nil
}

// contentOf is the one text of what a file says, whatever the order of its rows and the bytes around them: a platform
// that packs the same result twice makes two different files.
func contentOf(ballots []platform.Ballot) ([]byte, error) {
	type line struct {
		Voter   string          `json:"voter"`
		Marks   json.RawMessage `json:"marks"`
		At      int64           `json:"at"`
		Serials []string        `json:"serials"`
	}
	lines := make([]line, len(ballots))
	for i, ballot := range ballots {
		serials := slices.Clone(ballot.Serials)
		slices.Sort(serials)
		lines[i] = line{ballot.Voter, ledger.CanonicalPaper(ballot.Marks), ballot.At, serials}
	}
	slices.SortFunc(lines, func(a, b line) int { return strings.Compare(a.Voter, b.Voter) })
	text, err := json.Marshal(lines)
	if err != nil {
		return nil, fmt.Errorf("encode a file: %w", err)
	}
	return text, nil
}

// WithdrawImport takes back a file that nobody confirmed. Refusals: forbidden, not_found, import_not_announced,
// import_too_early, import_closed, import_nothing.
func (s *Store) WithdrawImport(ctx context.Context, by Actor, communityID, meetingID string) error {
	if role := Role(by.Role); role != RoleConvener && role != RoleTeller {
		return refuse("forbidden")
	}
	return s.importing(ctx, communityID, meetingID, func(tx *gorm.DB, now int64, _ *logWriter, rows []importRow) error {
		waiting := inState(rows, ImportWaiting)
		if waiting == nil {
			return refuse("import_nothing")
		}
		if err := endImport(tx, now, *waiting, ImportWithdrawn); err != nil {
			return err
		}
		return recordImport(tx, now, by, "import_withdrawn", *waiting)
	})
}

func endImport(tx *gorm.DB, now int64, row importRow, state ImportState) error {
	err := tx.Table("platform_import").Where("community_id = ? AND id = ?", row.CommunityID, row.ID).
		Updates(map[string]any{"state": state, "ended_at": now}).Error
	if err != nil {
		return fmt.Errorf("end an import: %w", err)
	}
	return nil
}

// recordImport notes an act under the meeting, with everything that proves which file it was.
func recordImport(tx *gorm.DB, now int64, by Actor, act string, row importRow) error {
	return record(tx, now, by, row.CommunityID, act, "meeting", row.MeetingID, struct {
		Import       string `json:"import"`
		SHA256       string `json:"sha256"`
		Second       string `json:"second_sha256,omitempty"`
		Rows         int64  `json:"rows"`
		Voters       int64  `json:"voters"`
		ReceivedFrom string `json:"received_from"`
		Reason       string `json:"reason,omitempty"`
	}{row.ID, row.FileSHA256, row.SecondSHA256, row.RowCount, row.Voters, row.ReceivedFrom, row.Reason})
}

// asBar is the code of a refusal; empty for no error, and for one of the system's own.
func asBar(err error) string {
	var bar *Refusal
	if errors.As(err, &bar) {
		return bar.Code
	}
	return ""
}
