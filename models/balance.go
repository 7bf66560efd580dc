package models

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// SheetBalance compares the paper sheets of a closed meeting: made, handed out, back, valid, void (domain §11 and §15). It
// holds numbers of sheets alone, and before the count none that an option could be read from.
type SheetBalance struct {
	Made          int64 // one for every voter
	Kept          bool  // somebody recorded deliveries: otherwise nobody knows how many were handed out
	Delivered     int64 // by the register, with proof
	Refused       int64 // by the register, as below
	Undeliverable int64
	Unrecorded    int64 // without a record: handed out or not

	Returned  int64 // on paper, from voters with a sheet: recorded, duplicate and not yet entered twice alike
	Duplicate int64 // of those, sheets of voters whose ballot of another way counts
	Open      int64 // of those, not yet entered twice alike; 0 after the count
	Unissued  int64 // of those, sheets that the register says were refused or could not be delivered

	Counted bool // the ballots are opened, and the rest is known
	Valid   int64
	Void    int64                       // sheets without a single valid answer
	Voids   map[ledger.VoidReason]int64 // by the reason of the whole sheet; empty: each answer was void by itself

	Incidents []voting.Discrepancy // the gravest first
}

// Issued bounds the sheets that were handed out: those with a proof at least, at most all that the register does not say
// otherwise of. The two are equal where every sheet has a record.
func (b SheetBalance) Issued() (least, most int64) {
	return b.Delivered, b.Made - b.Refused - b.Undeliverable
}

// Suspended tells whether more sheets came back than can have been handed out: nothing is counted then.
func (b SheetBalance) Suspended() bool {
	for _, found := range b.Incidents {
		if found.Incident == voting.ReturnedAboveIssued {
			return true
		}
	}
	return false
}

// SheetBalanceOf compares the sheets of a meeting after its close; nil before. Who may see it is for the caller to judge.
func (s *Store) SheetBalanceOf(ctx context.Context, meeting Meeting) (*SheetBalance, error) {
	if meeting.ClosedAt == 0 {
		return nil, nil
	}
	if known, there := s.balances.get(meeting.ID)[meeting.ID]; there {
		return &known, nil
	}
	db := s.read(ctx)
	balance, err := balanceOf(db, meeting)
	if err != nil {
		return nil, err
	}
	if meeting.TalliedAt != 0 {
		if err := balance.addOpened(db, meeting); err != nil {
			return nil, err
		}
		s.balances.put(meeting.ID, map[string]SheetBalance{meeting.ID: balance}) // from here on nothing of it changes
	}
	return &balance, nil
}

// balanceOf compares what was made, handed out and returned.
func balanceOf(db *gorm.DB, meeting Meeting) (SheetBalance, error) {
	var b SheetBalance
	err := db.Table("locator").Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Count(&b.Made).Error
	if err != nil {
		return b, fmt.Errorf("count sheets: %w", err)
	}
	register, err := registerOf(db, meeting)
	if err != nil {
		return b, err
	}
	b.Kept = len(register.sheets) > 0
	for _, handling := range register.sheets {
		switch handling {
		case voting.SheetDelivered:
			b.Delivered++
		case voting.SheetRefused:
			b.Refused++
		case voting.SheetUndeliverable:
			b.Undeliverable++
		}
	}
	b.Unrecorded = b.Made - int64(len(register.sheets))
	var recorded []string
	err = db.Table("ballot").Where("community_id = ? AND meeting_id = ? AND channel = ?", meeting.CommunityID, meeting.ID, lifecycle.Paper).
		Pluck("voter_id", &recorded).Error
	if err != nil {
		return b, fmt.Errorf("list the sheets that came back: %w", err)
	}
	for _, voter := range recorded {
		b.addReturned(register.sheets[voter])
	}
	histories, err := historiesOf(db, meeting.CommunityID, meeting.ID)
	if err != nil {
		return b, err
	}
	for _, history := range histories {
		switch history.state {
		case PaperDuplicate:
			b.Duplicate++
		case PaperWaiting, PaperDisputed:
			b.Open++
		default:
			continue // recorded ones are ballots; a sheet that was withdrawn does not exist
		}
		b.addReturned(register.sheets[history.voterID])
	}
	return b, b.reconcile()
}

func (b *SheetBalance) addReturned(handling voting.Handling) {
	b.Returned++
	if handling == voting.SheetRefused || handling == voting.SheetUndeliverable {
		b.Unissued++
	}
}

// reconcile looks for incidents with the most that can have been handed out: a register with gaps accuses nobody.
func (b *SheetBalance) reconcile() error {
	_, issued := b.Issued()
	found, err := voting.Reconcile(voting.SheetCount{Printed: b.Made, NotIssued: b.Refused + b.Undeliverable, Issued: issued,
		Returned: b.Returned, Outstanding: issued - (b.Returned - b.Unissued)})
	if err != nil {
		return fmt.Errorf("compare the sheets: %w", err)
	}
	b.Incidents = found
	return nil
}

// addOpened tells valid sheets from void ones, and from those in whose place the platform's answer counts.
func (b *SheetBalance) addOpened(db *gorm.DB, meeting Meeting) error {
	twice, err := standings(db, meeting, "")
	if err != nil {
		return err
	}
	rows, err := openedSheets(db, meeting)
	if err != nil {
		return err
	}
	rules := make(map[string]voting.Matter, len(meeting.Matters))
	for _, matter := range meeting.Matters {
		rules[matter.ID] = matter.Rule
	}
	b.Counted, b.Voids = true, map[ledger.VoidReason]int64{}
	for _, row := range rows {
		if standing, both := twice[row.VoterID]; both && standing == voting.ImportedStands {
			b.Duplicate++
			continue
		}
		var marks map[string]ledger.PaperMark
		if err := json.Unmarshal([]byte(row.Choices), &marks); err != nil {
			return fmt.Errorf("decode an opened sheet: %w", err)
		}
		if reason, void := voidSheet(marks, rules, meeting.Policies); void {
			b.Void++
			b.Voids[reason]++
			continue
		}
		b.Valid++
	}
	return nil
}

// openedSheets are what the opened ballots say that came on paper.
func openedSheets(db *gorm.DB, meeting Meeting) ([]openedBallot, error) {
	var paper []ballotKey
	err := db.Table("ballot").Select("voter_id AS voter, revision").
		Where("community_id = ? AND meeting_id = ? AND channel = ?", meeting.CommunityID, meeting.ID, lifecycle.Paper).Scan(&paper).Error
	if err != nil {
		return nil, fmt.Errorf("list paper ballots: %w", err)
	}
	if len(paper) == 0 {
		return nil, nil
	}
	opened, err := openedBallots(db, meeting)
	if err != nil {
		return nil, err
	}
	var sheets []openedBallot
	for _, key := range paper {
		if sheet, known := opened[key]; known {
			sheets = append(sheets, sheet)
		}
	}
	return sheets, nil
}

// voidSheet tells whether nothing on a sheet is valid, and why where all answers say the same.
func voidSheet(marks map[string]ledger.PaperMark, rules map[string]voting.Matter, policies voting.Policies) (ledger.VoidReason, bool) {
	var reason ledger.VoidReason
	same, first := true, true
	for id, mark := range marks {
		if answer := (voting.Answer{Choice: mark.Choice, Void: mark.Void != ""}); !answer.IsVoid(rules[id], policies) {
			return "", false
		}
		same = same && (first || mark.Void == reason)
		reason, first = mark.Void, false
	}
	if !same {
		return "", true
	}
	return reason, true
}

// countSuspended tells whether a closed meeting's count would be refused with sheets_exceed.
func (s *Store) countSuspended(ctx context.Context, meeting Meeting) (bool, error) {
	if meeting.State != lifecycle.MeetingClosed {
		return false, nil
	}
	balance, err := balanceOf(s.read(ctx), meeting)
	return balance.Suspended(), err
}

// noSheetTooMany refuses with sheets_exceed while more sheets came back than can have been handed out.
func noSheetTooMany(tx *gorm.DB, meeting Meeting) error {
	balance, err := balanceOf(tx, meeting)
	if err != nil || !balance.Suspended() {
		return err
	}
	return refuse("sheets_exceed")
}
