package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// RunOff is a further vote (再次表决) that an earlier meeting led to.
type RunOff struct {
	ID    string
	Title string
	State lifecycle.MeetingState
}

// overStates are the states of a further vote that leave room for another one.
var overStates = []lifecycle.MeetingState{lifecycle.MeetingCancelled, lifecycle.MeetingVoidRerun}

// RunOffsOf lists the further votes of a meeting that were not withdrawn or annulled, the oldest first.
func (s *Store) RunOffsOf(ctx context.Context, communityID, meetingID string) ([]RunOff, error) {
	return runOffsOf(s.read(ctx), communityID, meetingID)
}

func runOffsOf(db *gorm.DB, communityID, meetingID string) ([]RunOff, error) {
	var list []RunOff
	err := db.Table("meeting").Select("id, title, state").Where("community_id = ? AND run_off_of = ? AND state NOT IN ?", communityID, meetingID, overStates).
		Order("created_at, id").Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("list further votes: %w", err)
	}
	return list, nil
}

// RunOffWords are the texts of a further vote; this package knows no Chinese. Both may be changed in the draft.
type RunOffWords struct {
	Title func(title string) string // of the meeting, and of a matter
	// Text is what a matter puts to the vote: what the earlier meeting left open, and the text that it voted on.
	Text func(earlier Meeting, decided MatterResult, further voting.Matter, before string) string
}

// RunOffMatters are the matters of the further vote that a result leads to. A matter whose condition is not met leads to
// none. Refusals: no_run_off, where there is none; nomination_needed, where nobody is left to stand for any open seat.
func RunOffMatters(meeting Meeting, result Result, words RunOffWords) ([]Matter, error) {
	effects, err := effectsOf(result.Matters)
	if err != nil {
		return nil, err
	}
	texts := make(map[string]string, len(meeting.Matters))
	for _, matter := range meeting.Matters {
		texts[matter.ID] = matter.Body
	}
	var further []Matter
	none := refuse("no_run_off")
	for i, decided := range result.Matters {
		if effects[i] == voting.Lapsed {
			continue
		}
		rule, refusal := voting.RunOffMatter(decided.Rule, decided.Outcome)
		var why *voting.Refusal
		switch {
		case errors.As(refusal, &why) && why.Code == voting.CodeNominationNeeded:
			none = refuse("nomination_needed")
		case refusal == nil:
			further = append(further, Matter{Title: words.Title(decided.Title), Body: words.Text(meeting, decided, rule, texts[decided.MatterID]), Rule: rule})
		}
	}
	if len(further) == 0 {
		return nil, none
	}
	return further, nil
}

// OpenSeats are the seats that the elections of a result left open for a further vote.
func OpenSeats(result Result) (int, error) {
	effects, err := effectsOf(result.Matters)
	open := 0
	for i, effect := range effects {
		if outcome := result.Matters[i].Outcome; effect != voting.Lapsed && outcome.Result == voting.RunOffDue {
			open += outcome.OpenSeats
		}
	}
	return open, err
}

// effectsOf is what each matter of a result comes to.
func effectsOf(matters []MatterResult) ([]voting.Effect, error) {
	agenda, outcomes := make([]voting.Matter, len(matters)), make([]voting.Outcome, len(matters))
	for i, matter := range matters {
		agenda[i], outcomes[i] = matter.Rule, matter.Outcome
	}
	effects, err := voting.Effective(agenda, outcomes)
	return effects, asRefusal(err)
}

// DraftRunOff drafts the further vote that a published result leads to: a new meeting with the terms, the roster and
// the parameters of the earlier one, and with a notice of its own. Its window is the earliest that leaves two days of
// room before the notice, as long as the earlier one; the convener changes what has to be changed. Refusals: not_found,
// illegal_step, no_run_off, nomination_needed, run_off_drafted.
func (s *Store) DraftRunOff(ctx context.Context, by Actor, communityID, meetingID string, words RunOffWords) (Meeting, error) {
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return Meeting{}, err
	}
	id := newID()
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, err := lockMeeting(tx, communityID, meetingID)
		if err != nil {
			return err
		}
		if row.State != lifecycle.MeetingPublished || lifecycle.Actor(by.Role) != lifecycle.Convener {
			return refuse("illegal_step")
		}
		earlier, err := meetingView(tx.Where("community_id = ? AND id = ?", communityID, meetingID))
		if err != nil {
			return err
		}
		drafted, err := runOffsOf(tx, communityID, meetingID)
		if err != nil {
			return err
		}
		if len(drafted) > 0 {
			return refuse("run_off_drafted")
		}
		results, err := resultsOf(tx, communityID, meetingID)
		if err != nil {
			return err
		}
		matters, err := RunOffMatters(earlier, results[len(results)-1], words)
		if err != nil {
			return err
		}
		next := meetingRow{CommunityID: communityID, ID: id, State: lifecycle.MeetingDraft, CreatedBy: by.ID, CreatedAt: now, RunOffOf: &meetingID,
			ActsLogged: true, AfterwardsLogged: true}
		terms := runOffTerms(earlier, now, words.Title)
		if err := next.set(community.Place, &terms); err != nil {
			return err
		}
		return createRunOff(tx, now, by, next, matters)
	})
	if err != nil {
		return Meeting{}, err
	}
	return s.Meeting(ctx, communityID, id)
}

// runOffTerms are the terms of the earlier meeting with a window that a notice can still be given for.
func runOffTerms(earlier Meeting, now int64, retitle func(string) string) MeetingTerms {
	terms, days := earlier.MeetingTerms, 0
	if clause := earlier.Pack.Procedure.Notice(earlier.Extraordinary); clause != nil {
		days = clause.Days
	}
	terms.Title = retitle(terms.Title)
	terms.OpensAt = calendar.EndOfDay(now, days+1) + 1 + earlier.OpensAt - calendar.StartOfDay(earlier.OpensAt)
	terms.ClosesAt = terms.OpensAt + earlier.ClosesAt - earlier.OpensAt
	return terms
}

// createRunOff stores the draft with its agenda; the audit of both meetings says so.
func createRunOff(tx *gorm.DB, now int64, by Actor, next meetingRow, matters []Matter) error {
	if err := tx.Create(&next).Error; err != nil {
		return fmt.Errorf("create the further vote: %w", err)
	}
	for i, matter := range matters {
		matter.ID, matter.Position = newID(), int64(i+1)
		row, err := matterToRow(tx, next, matter)
		if err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("add a matter of the further vote: %w", err)
		}
	}
	err := record(tx, now, by, next.CommunityID, "run_off_drafted", "meeting", *next.RunOffOf, map[string]string{"run_off": next.ID})
	if err != nil {
		return err
	}
	return record(tx, now, by, next.CommunityID, "meeting_drafted", "meeting", next.ID, map[string]string{"run_off_of": *next.RunOffOf})
}
