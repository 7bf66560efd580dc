package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// FilingReturn says what has to be mended. All defects are told the first time (一次告知): a later return names which of
// them were not mended, and what came with the correction.
type FilingReturn struct {
	Reasons  []string // of the first return
	Unmended []int64  // numbers of defects of the first return
	Arose    []string
}

// ReceiveFiling takes the papers in as complete (受理): the days of the pack begin, and they are not returned any more.
// Refusals: not_found, illegal_step, not_certifier, filing_received.
func (s *Store) ReceiveFiling(ctx context.Context, by Actor, communityID, id string) error {
	return s.onFiling(ctx, by, communityID, id, lifecycle.EventReceive, "filing_received", func(tx *gorm.DB, now int64, row *filingRow) error {
		if row.ReceivedAt != nil {
			return refuse("filing_received")
		}
		meeting, err := lockMeeting(tx, communityID, row.MeetingID)
		if err != nil {
			return err
		}
		row.ReceivedAt, row.ReceivedBy = &now, by.ID
		return row.startClock(meeting, now)
	})
}

// ReturnFiling sends the papers back (退回补正). Refusals: not_found, illegal_step, not_certifier, filing_received,
// reason_missing, returned_once (a later return that tells something new), defect_unknown.
func (s *Store) ReturnFiling(ctx context.Context, by Actor, communityID, id string, told FilingReturn) error {
	return s.onFiling(ctx, by, communityID, id, lifecycle.EventReturn, "", func(tx *gorm.DB, now int64, row *filingRow) error {
		if row.ReceivedAt != nil {
			return refuse("filing_received")
		}
		before, err := toldBefore(tx, *row)
		if err != nil {
			return err
		}
		defects, err := told.defects(before)
		if err != nil {
			return err
		}
		texts := make([]string, len(defects))
		for i, defect := range defects {
			texts[i] = defect.Text
		}
		row.decide(now, by)
		row.Reasons = strings.Join(texts, "\n")
		row.Defects, err = jsonText(defects)
		return err
	})
}

// toldBefore are the defects that were told in the returns directly before a hand-in.
func toldBefore(tx *gorm.DB, row filingRow) ([]FilingDefect, error) {
	earlier, err := filings(tx.Where("community_id = ? AND meeting_id = ? AND version < ?", row.CommunityID, row.MeetingID, row.Version).Order("version DESC"))
	if err != nil {
		return nil, err
	}
	var told []FilingDefect
	for _, filing := range earlier {
		if filing.State != lifecycle.FilingReturned {
			break
		}
		told = append(told, filing.Defects...)
	}
	return told, nil
}

// defects are those that a return may tell after those told before.
func (r FilingReturn) defects(before []FilingDefect) ([]FilingDefect, error) {
	reasons, arose := trimmed(r.Reasons), trimmed(r.Arose)
	var list []FilingDefect
	next := int64(1)
	for _, defect := range before {
		next = max(next, defect.Number+1)
	}
	add := func(texts []string, basis DefectBasis) {
		for _, text := range texts {
			list = append(list, FilingDefect{Number: next, Text: text, Basis: basis})
			next++
		}
	}
	if len(before) == 0 {
		if len(r.Unmended) > 0 {
			return nil, refuseField("defect_unknown", "unmended")
		}
		add(append(reasons, arose...), ToldFirst)
		if len(list) == 0 {
			return nil, refuseField("reason_missing", "reasons")
		}
		return list, nil
	}
	if len(reasons) > 0 {
		return nil, refuseField("returned_once", "reasons")
	}
	for i, number := range r.Unmended {
		at := slices.IndexFunc(before, func(d FilingDefect) bool { return d.Number == number })
		if at < 0 || slices.Contains(r.Unmended[:i], number) {
			return nil, refuseField("defect_unknown", "unmended")
		}
		list = append(list, FilingDefect{Number: number, Text: before[at].Text, Basis: NotMended})
	}
	add(arose, Arose)
	if len(list) == 0 {
		return nil, refuseField("reason_missing", "arose")
	}
	return list, nil
}

// trimmed are the texts that hold something.
func trimmed(texts []string) (list []string) {
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			list = append(list, text)
		}
	}
	return list
}

// RefuseFiling refuses a hand-in for good, with its ground and reasons (不予备案). The convener may hand in anew.
// Refusals: not_found, illegal_step, not_certifier, ground_missing, reason_missing.
func (s *Store) RefuseFiling(ctx context.Context, by Actor, communityID, id string, ground lifecycle.RefusalGround, reasons []string) error {
	if !slices.Contains(lifecycle.RefusalGrounds, ground) {
		return refuseField("ground_missing", "ground")
	}
	reasons = trimmed(reasons)
	if len(reasons) == 0 {
		return refuseField("reason_missing", "reasons")
	}
	return s.onFiling(ctx, by, communityID, id, lifecycle.EventRefuse, "", func(_ *gorm.DB, now int64, row *filingRow) error {
		row.decide(now, by)
		row.Ground, row.Reasons = ground, strings.Join(reasons, "\n")
		return nil
	})
}

// CancelFiling ends a certificate because the community's area changed or its buildings are lost (注销): its seals are void.
// Refusals: not_found, illegal_step, not_certifier, reason_missing.
func (s *Store) CancelFiling(ctx context.Context, by Actor, communityID, id, reason string) error {
	if reason = strings.TrimSpace(reason); reason == "" {
		return refuseField("reason_missing", "reason")
	}
	return s.onFiling(ctx, by, communityID, id, lifecycle.EventCancel, "", func(_ *gorm.DB, now int64, row *filingRow) error {
		if row.ReplacedBy != "" {
			return refuse("illegal_step") // the newer certificate is the one to cancel
		}
		row.EndedAt, row.EndedBy, row.EndedReason = &now, by.ID, reason
		return nil
	})
}

// decide notes who decided the hand-in and when. What is decided at once was received at once.
func (r *filingRow) decide(now int64, by Actor) {
	r.DecidedAt, r.DecidedBy = &now, by.ID
}

// onFiling takes a step of a filing: by the authority that decides it, and as the table allows. act is how the step
// stands on record, by its new state where it is empty. Refusals: not_found, illegal_step, not_certifier.
func (s *Store) onFiling(ctx context.Context, by Actor, communityID, id string, event lifecycle.Event, act string,
	change func(tx *gorm.DB, now int64, row *filingRow) error) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, err := lockFiling(tx, communityID, id)
		if err != nil {
			return err
		}
		was := row.State
		next, illegal := lifecycle.Filings.Next(was, event, lifecycle.Actor(by.Role))
		if illegal != nil {
			return asRefusal(illegal)
		}
		if rules.Word(by.Role) != row.Certifier {
			return refuse("not_certifier")
		}
		if err := change(tx, now, &row); err != nil {
			return err
		}
		row.State = next
		if act == "" {
			act = "filing_" + string(next)
		}
		if err := moved(tx.Table("filing").Where("community_id = ? AND id = ? AND state = ?", communityID, id, was).
			Select(filingSteps).Updates(&row)); err != nil {
			return fmt.Errorf("decide filing: %w", raced(err))
		}
		return record(tx, now, by, communityID, act, "meeting", row.MeetingID, map[string]int64{"version": row.Version})
	})
}

// filingSteps are the columns that a step may change: what was handed in stays as it was.
var filingSteps = []string{"state", "received_at", "received_by", "due_at", "clock", "decided_at", "decided_by", "reasons", "defects", "ground",
	"checks", "particulars", "number", "check_code", "ended_at", "ended_by", "ended_reason"}

// lockFiling locks log, meeting and filing, in the order of every other use case. Only the result of a meeting that
// stands as published can be decided on. Refusals: not_found, illegal_step.
func lockFiling(tx *gorm.DB, communityID, id string) (filingRow, error) {
	var row filingRow
	filing := tx.Where("community_id = ? AND id = ?", communityID, id)
	if err := filing.Session(&gorm.Session{}).Select("meeting_id").Take(&row).Error; err != nil {
		return row, orNotFound(err)
	}
	if _, err := openLog(tx, communityID, row.MeetingID); err != nil {
		return row, err
	}
	meeting, err := lockMeeting(tx, communityID, row.MeetingID)
	if err != nil {
		return row, err
	}
	if meeting.State != lifecycle.MeetingPublished {
		return row, refuse("illegal_step")
	}
	row = filingRow{}
	err = filing.Session(&gorm.Session{}).Clauses(forUpdate).Take(&row).Error
	return row, orNotFound(err)
}

// withdrawFilings sets the filings of a vote that fell aside: a certificate that was issued says so from now on.
func withdrawFilings(tx *gorm.DB, now int64, by Actor, communityID, meetingID, reason string) error {
	for _, state := range lifecycle.FilingStates {
		next, illegal := lifecycle.Filings.Next(state, lifecycle.EventWithdraw, lifecycle.System)
		if illegal != nil {
			continue
		}
		err := tx.Table("filing").Where("community_id = ? AND meeting_id = ? AND state = ?", communityID, meetingID, state).
			Updates(map[string]any{"state": next, "ended_at": now, "ended_by": by.ID, "ended_reason": reason}).Error
		if err != nil {
			return fmt.Errorf("withdraw filings: %w", err)
		}
	}
	return nil
}
