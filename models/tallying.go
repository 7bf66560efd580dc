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
	StepRead   CountStep = "read"   // voters, opened ballots and deliveries read
	StepAdd    CountStep = "add"    // laid out and added up
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

// castSheets reads the opened ballots of a counted meeting, in no order: a count needs none. Of a voter who also answered
// on the city's platform it is the one that counts.
func castSheets(db *gorm.DB, meeting Meeting) ([]castSheet, error) {
	if meeting.Platform != "" {
		rows, err := castRows(db, meeting)
		if err != nil {
			return nil, err
		}
		return effectiveSheets(meeting, rows)
	}
	var cast []castSheet
	query := db.Table("opened_ballot").Select("voter_id, choices").Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID)
	err := eachRow(query, func(rows *sql.Rows) error {
		var sheet castSheet
		err := rows.Scan(&sheet.VoterID, &sheet.Choices)
		cast = append(cast, sheet)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read opened ballots: %w", err)
	}
	return cast, nil
}

// tallied adds up the opened ballots of every matter within its scope, in the order of the agenda.
func tallied(meeting Meeting, voters []voting.Voter, cast []castSheet, sheets register) ([]voting.Tally, error) {
	box, err := voting.NewBox(rulesOf(meeting.Matters), meeting.Policies, voters)
	if err != nil {
		return nil, fmt.Errorf("lay out the voters: %w", err)
	}
	reader := newSheetReader(box, meeting.Matters)
	for _, ballot := range cast {
		sheet, err := reader.sheet(ballot.Choices)
		if err != nil {
			return nil, fmt.Errorf("read an opened ballot: %w", err)
		}
		if err := box.Cast(ballot.VoterID, sheet); err != nil {
			return nil, fmt.Errorf("count a ballot: %w", err)
		}
	}
	for voter, handling := range sheets.sheets {
		if err := box.Handle(voter, handling); err != nil {
			return nil, fmt.Errorf("count a delivery: %w", err)
		}
	}
	return box.Count(), nil
}

// sheetReader reads every different sheet once, and every different answer once: in a large community most voters fill in
// the same few.
type sheetReader struct {
	box     *voting.Box
	at      map[string]int   // matter id → place on the agenda
	sheets  map[string]int   // canonical choices → number in the box
	answers []map[string]int // by place: canonical answer → number in the box
}

func newSheetReader(box *voting.Box, agenda []Matter) *sheetReader {
	r := &sheetReader{box: box, at: make(map[string]int, len(agenda)), sheets: map[string]int{}, answers: make([]map[string]int, len(agenda))}
	for i, matter := range agenda {
		r.at[matter.ID], r.answers[i] = i, map[string]int{}
	}
	return r
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
	r.sheets[choices] = number
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
