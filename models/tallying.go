package models

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/ledger"
)

// CountStep is a part of the work of a count.
type CountStep string

// The steps, in their order. The final count begins with StepRead.
const (
	StepUnseal CountStep = "unseal" // the whole log read and checked, every ballot opened and compared with its leaf
	StepKeep   CountStep = "keep"   // the opened ballots stored
	StepRead   CountStep = "read"   // voters, deliveries and opened ballots read, and laid out meanwhile
	StepAdd    CountStep = "add"    // added up
	StepDecide CountStep = "decide" // the outcome of every matter, stored
	StepLog    CountStep = "log"    // the books hashed into the result leaf
)

// CountSteps lists every step.
var CountSteps = []CountStep{StepUnseal, StepKeep, StepRead, StepAdd, StepDecide, StepLog}

// castSheet is an opened ballot as the count takes it.
type castSheet struct {
	VoterID string
	Choices string // canonical
}

// sheetSource hands over the opened ballots of a meeting, in any order: a count needs none. Of a voter who also answered
// on the city's platform it is the one that counts.
type sheetSource func(each func(castSheet)) error

// castSheets reads the ballots of a counted meeting from the database.
func castSheets(db *gorm.DB, meeting Meeting) sheetSource {
	if meeting.Platform != "" {
		return func(each func(castSheet)) error {
			rows, err := castRows(db, meeting)
			if err != nil {
				return err
			}
			return effectiveSheets(meeting, rows)(each)
		}
	}
	query := db.Table("opened_ballot").Select("voter_id, choices").Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID)
	return func(each func(castSheet)) error {
		err := eachRow(query, func(rows *sql.Rows) error {
			var sheet castSheet
			err := rows.Scan(&sheet.VoterID, &sheet.Choices)
			each(sheet)
			return err
		})
		if err != nil {
			return fmt.Errorf("read opened ballots: %w", err)
		}
		return nil
	}
}

// boxed is a meeting whose voters, deliveries and ballots lie in the box.
type boxed struct {
	box     *voting.Box
	voters  []voting.Voter
	ballots int64
	kept    bool // see register
}

// boxOf lays everything that was read into the box of a meeting: while one goroutine reads, another lays out what came
// before, which takes about as long.
func boxOf(db *gorm.DB, meeting Meeting, cast sheetSource) (boxed, error) {
	var into boxed
	err := worked(func(b behind) error {
		var voters electorate
		units := inBatches(b, func(read unitRead) error { voters.add(read); return nil })
		if err := readElectorate(db, meeting, units.add); err != nil {
			return err
		}
		units.end()
		var reader *sheetReader
		b.work <- func() (err error) {
			into.voters = voters.voters
			into.box, err = voting.NewBox(rulesOf(meeting.Matters), meeting.Policies, voters.voters)
			if err != nil {
				return fmt.Errorf("lay out the voters: %w", err)
			}
			reader = newSheetReader(into.box, meeting.Matters)
			return nil
		}
		sheets, err := registerOf(db, meeting)
		if err != nil {
			return err
		}
		b.work <- func() error { into.kept = sheets.kept; return handled(into.box, sheets) }
		ballots := inBatches(b, func(ballot castSheet) error {
			into.ballots++
			return reader.cast(ballot)
		})
		err = cast(ballots.add)
		ballots.end()
		return err
	})
	return into, err
}

// handled notes every delivery.
func handled(box *voting.Box, sheets register) error {
	for voter, handling := range sheets.sheets {
		if err := box.Handle(voter, handling); err != nil {
			return fmt.Errorf("count a delivery: %w", err)
		}
	}
	return nil
}

// sheetReader reads every different answer once, and a sheet that many filled in alike as well: in a large community most
// voters fill in the same few.
type sheetReader struct {
	box     *voting.Box
	at      map[string]int   // matter id → place on the agenda
	sheets  map[string]int   // canonical choices → number in the box
	answers []map[string]int // by place: canonical answer → number in the box
}

// alikeSheets is how many different sheets are remembered as a whole. What many fill in is among the first that are read;
// where everybody answers otherwise, a list of all sheets would cost more than it spares.
const alikeSheets = 4096

func newSheetReader(box *voting.Box, agenda []Matter) *sheetReader {
	r := &sheetReader{box: box, at: make(map[string]int, len(agenda)), sheets: map[string]int{}, answers: make([]map[string]int, len(agenda))}
	for i, matter := range agenda {
		r.at[matter.ID], r.answers[i] = i, map[string]int{}
	}
	return r
}

// cast puts a ballot into the box.
func (r *sheetReader) cast(ballot castSheet) error {
	sheet, err := r.sheet(ballot.Choices)
	if err != nil {
		return fmt.Errorf("read an opened ballot: %w", err)
	}
	if err := r.box.Cast(ballot.VoterID, sheet); err != nil {
		return fmt.Errorf("count a ballot: %w", err)
	}
	return nil
}

func (r *sheetReader) sheet(choices string) (int, error) {
	if number, known := r.sheets[choices]; known {
		return number, nil
	}
	answers := make([]int, len(r.answers))
	err := ledger.Answers(choices, func(matter, answer string) error {
		at, known := r.at[matter]
		if !known {
			return fmt.Errorf("matter %s is not on the agenda", matter)
		}
		var err error
		answers[at], err = r.answer(at, answer)
		return err
	})
	if err != nil {
		return 0, err
	}
	number := r.box.Sheet(answers)
	if len(r.sheets) < alikeSheets {
		r.sheets[choices] = number
	}
	return number, nil
}

// answer reads one answer. What was void on paper is a void answer to its matter; too many names the engine finds void
// itself.
func (r *sheetReader) answer(at int, text string) (int, error) {
	if number, known := r.answers[at][text]; known {
		return number, nil
	}
	var mark ledger.PaperMark
	if err := json.Unmarshal([]byte(text), &mark); err != nil {
		return 0, fmt.Errorf("decode an answer: %w", err)
	}
	number, err := r.box.Read(at, voting.Answer{Choice: mark.Choice, Void: mark.Void != ""})
	if err != nil {
		return 0, err
	}
	r.answers[at][text] = number
	return number, nil
}
