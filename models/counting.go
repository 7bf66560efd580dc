package models

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// ResultStage tells a preliminary count (询异公示) from the final result.
type ResultStage string

// The stages.
const (
	PreliminaryResult ResultStage = "preliminary"
	FinalResult       ResultStage = "final"
)

// ResultStages lists both stages.
var ResultStages = []ResultStage{PreliminaryResult, FinalResult}

// Result is a count as it was stored: never changed afterwards.
type Result struct {
	Stage   ResultStage
	At      int64  // Unix ms
	SHA256  string // hex, of the stored text
	Ballots int64  // ballots opened
	Matters []MatterResult
}

// MatterResult is the outcome of one matter with what was asked, as it is published.
type MatterResult = bundle.MatterResult

type resultRow struct {
	CommunityID string
	MeetingID   string
	ID          string
	Stage       ResultStage
	Body        string
	SHA256      string `gorm:"column:sha256"`
	At          int64
	MadeBy      string
}

func (resultRow) TableName() string { return "result" }

type openedRow struct {
	CommunityID string
	MeetingID   string
	VoterID     string
	Revision    int64
	Choices     string
	Salt        []byte
}

func (openedRow) TableName() string { return "opened_ballot" }

// Count opens the sealed ballots of a closed meeting whose key the server keeps, checks each against its leaf and the whole
// log against its head, and stores the preliminary result. Refusals: not_found, illegal_step, paper_open (a sheet is not
// yet entered twice alike), sheets_exceed (more sheets came back than can have been handed out), import_open and
// import_missing (the announced platform's result is not in yet), seal_by_holders (see OpenSeal), ledger_mismatch (a ballot
// or a leaf was altered: nothing is counted until that is cleared up).
func (s *Store) Count(ctx context.Context, by Actor, communityID, id string) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		desk, err := closedBox(tx, by, lifecycle.EventCount, communityID, id)
		if err != nil {
			return err
		}
		if desk.row.SealKept == KeptByHolders {
			return refuse("seal_by_holders")
		}
		if err := desk.bar(tx); err != nil {
			return err
		}
		key, err := s.keys.OpenMeetingKey(id, desk.row.SealPrivate)
		if err != nil {
			return fmt.Errorf("open the meeting key: %w", err)
		}
		return s.countWith(tx, now, by, desk, key, nil)
	})
}

// countDesk is a meeting on its way to the count, with its log, both locked.
type countDesk struct {
	log     *logWriter
	row     meetingRow
	meeting Meeting
	next    lifecycle.MeetingState
}

// closedBox locks a meeting that the event may take to its count. Refusals: not_found, illegal_step.
func closedBox(tx *gorm.DB, by Actor, event lifecycle.Event, communityID, id string) (desk countDesk, err error) {
	if desk.log, err = openLog(tx, communityID, id); err != nil {
		return desk, orNotFound(err)
	}
	if desk.row, err = lockMeeting(tx, communityID, id); err != nil {
		return desk, err
	}
	next, illegal := lifecycle.Meetings.Next(desk.row.State, event, lifecycle.Actor(by.Role))
	if illegal != nil {
		return desk, asRefusal(illegal)
	}
	desk.next = next
	desk.meeting, err = meetingView(tx.Where("community_id = ? AND id = ?", communityID, id))
	return desk, err
}

// bar tells what holds up the count. Refusals: paper_open, sheets_exceed, import_open, import_missing.
func (d countDesk) bar(tx *gorm.DB) error {
	if err := noSheetIsOpen(tx, d.row.CommunityID, d.row.ID); err != nil {
		return err
	}
	if err := noSheetTooMany(tx, d.meeting); err != nil {
		return err
	}
	return noImportIsOpen(tx, d.row)
}

// countWith counts with the key of the meeting, which it keeps nowhere. cards is the leaf of the two who opened the
// ballots; nil where the server keeps the key. Refusal: ledger_mismatch.
func (s *Store) countWith(tx *gorm.DB, now int64, by Actor, desk countDesk, key *vault.MeetingKey, cards *ledger.Unseal) error {
	meeting := desk.meeting
	s.watch(StepUnseal)
	opened, err := s.openBallots(tx, desk.log, meeting, key)
	if err != nil {
		return err
	}
	s.watch(StepKeep)
	if err := storeOpened(tx, meeting, opened); err != nil {
		return err
	}
	body, err := s.countOpened(tx, meeting, effectiveSheets(meeting, opened))
	if err != nil {
		return err
	}
	hash, err := storeResult(tx, now, by, meeting, PreliminaryResult, body)
	if err != nil {
		return err
	}
	s.watch(StepLog)
	if cards != nil {
		if _, err := desk.log.add(now, byServer, *cards); err != nil {
			return err
		}
	}
	if err := s.logResult(tx, desk.log, now, meeting, opened, hash); err != nil {
		return err
	}
	if err := setMeeting(tx, desk.row, desk.next, map[string]any{"tallied_at": now}); err != nil {
		return err
	}
	return record(tx, now, by, meeting.CommunityID, "meeting_counted", "meeting", meeting.ID, map[string]any{"ballots": body.Ballots, "result": hash.String()})
}

func storeOpened(tx *gorm.DB, meeting Meeting, opened []castRow) error {
	var rows []openedRow
	var imported []openedImportRow
	for _, row := range opened {
		if row.ImportID != "" {
			imported = append(imported, openedImportRow{CommunityID: meeting.CommunityID, MeetingID: meeting.ID, ImportID: row.ImportID,
				VoterID: row.VoterID, Choices: row.Choices, Salt: row.Salt})
			continue
		}
		rows = append(rows, openedRow{CommunityID: meeting.CommunityID, MeetingID: meeting.ID, VoterID: row.VoterID, Revision: row.Revision,
			Choices: row.Choices, Salt: row.Salt})
	}
	if len(rows) > 0 {
		if err := tx.CreateInBatches(rows, insertBatch).Error; err != nil {
			return fmt.Errorf("store opened ballots: %w", err)
		}
	}
	if len(imported) > 0 {
		if err := tx.CreateInBatches(imported, insertBatch).Error; err != nil {
			return fmt.Errorf("store opened imports: %w", err)
		}
	}
	return nil
}

// commitmentOf is what a leaf says of the choices, if it is the leaf of a ballot of that channel.
func commitmentOf(leaf ledger.Body, channel lifecycle.Channel) (ledger.Hash, bool) {
	switch leaf := leaf.(type) {
	case ledger.Ballot:
		return leaf.Choices, leaf.Channel == channel
	case ledger.Paper:
		return leaf.Choices, channel == lifecycle.Paper
	}
	return ledger.Hash{}, false
}

// countOpened decides every matter of the meeting from the opened ballots.
func (s *Store) countOpened(tx *gorm.DB, meeting Meeting, cast sheetSource) (bundle.Result, error) {
	s.watch(StepRead)
	full, err := boxOf(tx, meeting, cast)
	if err != nil {
		return bundle.Result{}, err
	}
	s.watch(StepAdd)
	tallies := full.box.Count()
	s.watch(StepDecide)
	body := bundle.Result{Meeting: meeting.ID, Ballots: full.ballots}
	outcomes := make([]voting.Outcome, len(meeting.Matters))
	for i, matter := range meeting.Matters {
		if outcomes[i], err = voting.Decide(meeting.Pack.Law(), meeting.Policies, matter.Rule, tallies[i].Counts); err != nil {
			return bundle.Result{}, fmt.Errorf("decide matter %d: %w", matter.Position, err)
		}
	}
	effects, err := voting.Effective(rulesOf(meeting.Matters), outcomes)
	if err != nil {
		return bundle.Result{}, fmt.Errorf("link the matters: %w", err)
	}
	for i, matter := range meeting.Matters {
		decided := MatterResult{MatterID: matter.ID, Position: matter.Position, Title: matter.Title, Rule: matter.Rule,
			Outcome: outcomes[i]}
		if full.kept {
			decided.Delivery = bundle.NewDelivery(tallies[i].Counts.Total, tallies[i].Delivered, tallies[i].Classes)
		}
		if matter.Rule.LinkedTo > 0 {
			decided.Effect = effects[i]
		}
		body.Matters = append(body.Matters, decided)
	}
	return body, nil
}

func storeResult(tx *gorm.DB, now int64, by Actor, meeting Meeting, stage ResultStage, body bundle.Result) (ledger.Hash, error) {
	text, err := body.Encode()
	if err != nil {
		return ledger.Hash{}, fmt.Errorf("write the result: %w", err)
	}
	hash := ledger.Sum(text)
	row := resultRow{CommunityID: meeting.CommunityID, MeetingID: meeting.ID, ID: newID(), Stage: stage, Body: string(text),
		SHA256: hash.String(), At: now, MadeBy: by.ID}
	if err := tx.Create(&row).Error; err != nil {
		return hash, fmt.Errorf("store the %s result: %w", stage, err)
	}
	return hash, nil
}

// logResult writes the result leaf before anybody announces the figures, with the books that they rest on.
func (s *Store) logResult(tx *gorm.DB, log *logWriter, now int64, meeting Meeting, opened []castRow, result ledger.Hash) error {
	books, err := booksOf(tx, meeting, opened)
	if err != nil {
		return err
	}
	leaf := ledger.Result{FullBook: ledger.Sum(books.full), PublicBook: ledger.Sum(books.voted), Outcome: result}
	if _, err := log.add(now, byServer, leaf); err != nil {
		return err
	}
	if err := log.flush(tx); err != nil {
		return err
	}
	return s.checkpoint(tx, log, now)
}

// Results gives the stored counts of a meeting, the preliminary one first. Who may see which is for the
// caller to judge by the meeting's state.
func (s *Store) Results(ctx context.Context, communityID, meetingID string) ([]Result, error) {
	return resultsOf(s.read(ctx), communityID, meetingID)
}

func resultsOf(db *gorm.DB, communityID, meetingID string) ([]Result, error) {
	var rows []resultRow
	err := db.Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Order("at").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read results: %w", err)
	}
	results := make([]Result, len(rows))
	for i, row := range rows {
		if results[i], err = row.result(); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// latestResults are the latest stored counts of a community's meetings, by meeting, read in one query: a board shows years of
// them.
func latestResults(db *gorm.DB, communityID string) (map[string]Result, error) {
	var rows []resultRow
	if err := db.Where("community_id = ?", communityID).Order("at").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the latest results: %w", err)
	}
	newest := make(map[string]resultRow, len(rows))
	for _, row := range rows {
		newest[row.MeetingID] = row
	}
	results := make(map[string]Result, len(newest))
	for id, row := range newest {
		result, err := row.result()
		if err != nil {
			return nil, err
		}
		results[id] = result
	}
	return results, nil
}

func (r resultRow) result() (Result, error) {
	var body bundle.Result
	if err := json.Unmarshal([]byte(r.Body), &body); err != nil {
		return Result{}, fmt.Errorf("decode a result: %w", err)
	}
	return Result{Stage: r.Stage, At: r.At, SHA256: r.SHA256, Ballots: body.Ballots, Matters: body.Matters}, nil
}
