package models

import (
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// books are the texts of who voted and of what, to which the result leaf commits.
type books struct {
	full  []byte // every choice with its salt, and the register of deliveries
	voted []byte // which heads voted and by which way
}

// castRow is an opened ballot beside what is known of its leaf.
type castRow struct {
	VoterID   string
	Revision  int64
	LeafIndex int64
	Channel   lifecycle.Channel
	CastAt    int64  // Unix ms
	ImportID  string // of an imported ballot, as Serials
	Serials   string // of the city's platform
	Choices   string
	Salt      []byte
}

// castRows reads the opened ballots of a counted meeting in the order of the log.
func castRows(db *gorm.DB, meeting Meeting) ([]castRow, error) {
	opened, err := openedBallots(db, meeting)
	if err != nil {
		return nil, err
	}
	var rows []castRow
	err = db.Table("ballot").Select("voter_id, revision, leaf_index, channel, cast_at").
		Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Order("leaf_index").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read the ballots: %w", err)
	}
	rows = slices.DeleteFunc(rows, func(row castRow) bool { _, known := opened[ballotKey{row.VoterID, row.Revision}]; return !known })
	for i := range rows {
		found := opened[ballotKey{rows[i].VoterID, rows[i].Revision}]
		rows[i].Choices, rows[i].Salt = found.Choices, found.Salt
	}
	if meeting.Platform == "" {
		return rows, nil
	}
	imported, err := importedCastRows(db, meeting)
	return inLogOrder(append(rows, imported...)), err
}

// ballotKey names a ballot of a meeting.
type ballotKey struct {
	Voter    string
	Revision int64
}

// openedBallot is what an opened ballot says.
type openedBallot struct {
	VoterID  string
	Revision int64
	Choices  string
	Salt     []byte
}

// openedBallots are those of a meeting. They are put together with the ballots here and not by the database: right after a
// count PostgreSQL knows nothing of the new rows, takes them for one, and looks through all of them for each.
func openedBallots(db *gorm.DB, meeting Meeting) (map[ballotKey]openedBallot, error) {
	var rows []openedBallot
	err := db.Table("opened_ballot").Select("voter_id, revision, choices, salt").
		Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read opened ballots: %w", err)
	}
	opened := make(map[ballotKey]openedBallot, len(rows))
	for _, row := range rows {
		opened[ballotKey{row.VoterID, row.Revision}] = row
	}
	return opened, nil
}

// booksOf writes the books of a counted meeting; the same rows always give the same bytes.
func booksOf(db *gorm.DB, meeting Meeting, rows []castRow) (books, error) {
	slots, err := lowestSlots(db, meeting)
	if err != nil {
		return books{}, err
	}
	sheets, err := registerOf(db, meeting)
	if err != nil {
		return books{}, err
	}
	counted, err := effectiveRows(meeting, rows)
	if err != nil {
		return books{}, err
	}
	opened, voted := make([]ledger.Opened, len(rows)), make([]ledger.Voted, len(counted))
	for i, row := range rows {
		opened[i] = ledger.Opened{Leaf: row.LeafIndex, Slot: slots[row.VoterID], Revision: row.Revision, Choices: []byte(row.Choices)}
		copy(opened[i].Salt[:], row.Salt)
		if row.ImportID != "" {
			opened[i].At, opened[i].Serials = row.CastAt, row.Serials
		}
	}
	for i, row := range counted {
		voted[i] = ledger.Voted{Slot: slots[row.VoterID], Channel: row.Channel}
	}
	slices.SortFunc(voted, func(a, b ledger.Voted) int { return int(a.Slot - b.Slot) })
	return books{full: ledger.Book(opened, sheets.handled(slots)), voted: ledger.VotedBook(voted)}, nil
}

// voidReasons counts the answers that count as void, by matter and reason: found so on paper, by a city's platform, or
// because a voter answered twice, differently.
func voidReasons(meeting Meeting, rows []castRow) (map[string]map[ledger.VoidReason]int64, error) {
	rows, err := effectiveRows(meeting, rows)
	if err != nil {
		return nil, err
	}
	voids := map[string]map[ledger.VoidReason]int64{}
	for _, row := range rows {
		var answers map[string]ledger.PaperMark
		if err := json.Unmarshal([]byte(row.Choices), &answers); err != nil {
			return nil, fmt.Errorf("decode an opened ballot: %w", err)
		}
		for matter, answer := range answers {
			if answer.Void == "" {
				continue
			}
			if voids[matter] == nil {
				voids[matter] = map[ledger.VoidReason]int64{}
			}
			voids[matter][answer.Void]++
		}
	}
	return voids, nil
}

// handled are the sheets of the register in the order of slots.
func (r register) handled(slots map[string]int64) []ledger.Handled {
	var list []ledger.Handled
	for voter, result := range r.sheets {
		list = append(list, ledger.Handled{Slot: slots[voter], Result: result})
	}
	slices.SortFunc(list, func(a, b ledger.Handled) int { return int(a.Slot - b.Slot) })
	return list
}
