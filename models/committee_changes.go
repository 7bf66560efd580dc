package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// MemberChange is a change of one member as it is entered. Reason is read by everybody.
type MemberChange struct {
	Ground   lifecycle.LeavingGround // of who leaves
	Day      string                  // date from which it holds; empty for today
	Until    string                  // date of the last day of a suspension
	Reason   string
	Document string // number of the paper behind it
	FileName string // the paper itself, for staff alone
	File     []byte
}

// longestReason is in characters.
const longestReason = 500

// told checks what a change says. Refusals: required, too_long, reason_names_person.
func (c *MemberChange) told(reason, paper bool) ([]evidenceRow, error) {
	c.Reason, c.Document = strings.TrimSpace(c.Reason), strings.TrimSpace(c.Document)
	if err := publicTexts(publicText{"reason", c.Reason, longestReason, reason}, publicText{"document", c.Document, longestPaperNo, false}); err != nil {
		return nil, err
	}
	if paper && len(c.File) == 0 {
		return nil, refuseField("required", "file")
	}
	return someEvidence(c.FileName, c.File)
}

// changing is one change under way: the term and the member, both locked, and everybody in the term.
type changing struct {
	tx     *gorm.DB
	now    int64
	term   committeeRow
	member committeeMemberRow
	all    Committee
}

// onMember takes one step for a member and keeps the entry that change makes, with its files.
func (s *Store) onMember(ctx context.Context, by Actor, communityID, memberID string, event lifecycle.Event, files []evidenceRow,
	change func(c *changing) (committeeEntryRow, error)) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		c := changing{tx: tx, now: now}
		member := tx.Where("community_id = ? AND id = ?", communityID, memberID).Session(&gorm.Session{})
		if err := member.Take(&c.member).Error; err != nil {
			return orNotFound(err)
		}
		var err error
		if c.term, _, err = lockCommittee(tx, by, communityID, c.member.CommitteeID, event); err != nil {
			return err
		}
		members, err := membersOf(tx, communityID, c.term.ID)
		if err != nil {
			return err
		}
		if c.all, err = c.term.view(); err != nil {
			return err
		}
		for _, row := range members {
			c.all.Members = append(c.all.Members, row.view())
			if row.ID == memberID { // as it stands now that the term is locked
				c.member = row
			}
		}
		entry, err := change(&c)
		if err != nil {
			return err
		}
		entry.MemberID = &memberID
		kept, err := keepCommitteeEntry(tx, now, by, c.term, entry)
		if err != nil {
			return err
		}
		return s.keepEvidence(tx, now, by, communityID, kept.ID, files)
	})
}

// set writes columns of the member, unless somebody else moved it.
func (c *changing) set(columns map[string]any) error {
	err := moved(c.tx.Table("committee_member").Where("community_id = ? AND id = ? AND state = ?", c.member.CommunityID, c.member.ID, c.member.State).Updates(columns))
	if err != nil {
		return fmt.Errorf("change a member: %w", err)
	}
	return nil
}

// day reads the day from which a change holds: today, or an earlier one since the member came. Refusal: bad_value.
func (c *changing) day(text string) (int64, error) {
	if strings.TrimSpace(text) == "" {
		return c.now, nil
	}
	return dayWithin("day", text, max(c.term.BeganAt, deref(c.member.Since)), c.now)
}

// leave ends a seat, or an alternate's place, on a day.
func (c *changing) leave(ground lifecycle.LeavingGround, day int64) error {
	if c.member.State == lifecycle.MemberLeft {
		return refuse("illegal_step")
	}
	return c.set(map[string]any{"state": lifecycle.MemberLeft, "left_at": day, "ground": ground})
}

// LeaveCommittee records that a member or an alternate left: by a written resignation, which convener or street enter, or
// on a ground that ends a membership by law, which the street confirms. Refusals: not_found, illegal_step, required, too_long,
// reason_names_person, bad_value (ground, day), and those of evidence.
func (s *Store) LeaveCommittee(ctx context.Context, by Actor, communityID, memberID string, change MemberChange) error {
	resigned := change.Ground == lifecycle.Resigned
	switch {
	case !resigned && !slices.Contains(lifecycle.AutomaticGrounds, change.Ground):
		return refuseField("bad_value", "ground")
	case !resigned && Role(by.Role) != RoleStreet:
		return refuse("illegal_step")
	}
	files, err := change.told(!resigned, resigned)
	if err != nil {
		return err
	}
	return s.onMember(ctx, by, communityID, memberID, lifecycle.EventChangeMember, files, func(c *changing) (committeeEntryRow, error) {
		day, err := c.day(change.Day)
		if err != nil {
			return committeeEntryRow{}, err
		}
		return committeeEntryRow{Kind: lifecycle.EntryLeft, Ground: change.Ground, HappenedAt: day, Reason: change.Reason, Document: change.Document}, c.leave(change.Ground, day)
	})
}

// RecallMember records that the owners recalled a member: by a motion under item 3 that passed, names the member and still
// stands. Refusals: not_found, illegal_step, no_recall.
func (s *Store) RecallMember(ctx context.Context, by Actor, communityID, memberID, meetingID string, matter int64) error {
	return s.onMember(ctx, by, communityID, memberID, lifecycle.EventChangeMember, nil, func(c *changing) (committeeEntryRow, error) {
		meeting, err := meetingView(c.tx.Where("community_id = ? AND id = ?", communityID, meetingID))
		if err != nil {
			return committeeEntryRow{}, err
		}
		recalls, err := recallsOf(c.tx, meeting)
		if err != nil {
			return committeeEntryRow{}, err
		}
		i := slices.IndexFunc(recalls, func(m Matter) bool { return m.Position == matter })
		if i < 0 || meeting.PublishedAt < c.term.BeganAt || !strings.Contains(recalls[i].Title+recalls[i].Body, c.member.Name) {
			return committeeEntryRow{}, refuseField("no_recall", "matter")
		}
		return committeeEntryRow{Kind: lifecycle.EntryLeft, Ground: lifecycle.Recalled, HappenedAt: meeting.PublishedAt, MeetingID: &meetingID, Matter: matter},
			c.leave(lifecycle.Recalled, meeting.PublishedAt)
	})
}

// recallsOf are the motions under the item on elections that passed in a final result and that nobody revoked.
func recallsOf(db *gorm.DB, meeting Meeting) ([]Matter, error) {
	if meeting.State != lifecycle.MeetingPublished {
		return nil, nil
	}
	results, err := resultsOf(db, meeting.CommunityID, meeting.ID)
	if err != nil {
		return nil, err
	}
	entries, err := supervisionOf(db, meeting.CommunityID, meeting.ID)
	if err != nil {
		return nil, err
	}
	standing := StandingMatters(meeting, entries)
	var list []Matter
	for _, decided := range InForce(results[len(results)-1].Matters) {
		passed := decided.Rule.Kind == voting.Motion && decided.Rule.Item == meeting.Pack.ElectionItem && decided.Outcome.Result == voting.Passed
		if !passed || !slices.Contains(standing, decided.Position) {
			continue
		}
		list = append(list, meeting.Matters[slices.IndexFunc(meeting.Matters, func(m Matter) bool { return m.Position == decided.Position })])
	}
	return list, nil
}

// SuspendMember suspends a member under the negative list (负面清单) until a day, its own included: the seat stays, the vote
// rests. Refusals: not_found, illegal_step, required, too_long, reason_names_person, bad_value (until), and those of evidence.
func (s *Store) SuspendMember(ctx context.Context, by Actor, communityID, memberID string, change MemberChange) error {
	files, err := change.told(true, false)
	if err != nil {
		return err
	}
	return s.onMember(ctx, by, communityID, memberID, lifecycle.EventSuspendOne, files, func(c *changing) (committeeEntryRow, error) {
		until, err := calendar.ParseDay(strings.TrimSpace(change.Until))
		if err != nil || until <= c.now {
			return committeeEntryRow{}, refuseField("bad_value", "until")
		}
		until = calendar.EndOfDay(until, 0)
		if !c.member.view().Votes(c.now) {
			return committeeEntryRow{}, refuse("illegal_step")
		}
		return committeeEntryRow{Kind: lifecycle.EntrySuspended, UntilAt: &until, Reason: change.Reason, Document: change.Document},
			c.set(map[string]any{"state": lifecycle.MemberSuspended, "suspended_from": c.now, "suspended_until": until})
	})
}

// LiftSuspension ends a suspension before its day. Refusals: not_found, illegal_step, required, too_long, reason_names_person.
func (s *Store) LiftSuspension(ctx context.Context, by Actor, communityID, memberID string, change MemberChange) error {
	files, err := change.told(true, false)
	if err != nil {
		return err
	}
	return s.onMember(ctx, by, communityID, memberID, lifecycle.EventSuspendOne, files, func(c *changing) (committeeEntryRow, error) {
		if !c.member.view().Suspended(c.now) {
			return committeeEntryRow{}, refuse("illegal_step")
		}
		return committeeEntryRow{Kind: lifecycle.EntryLifted, Reason: change.Reason, Document: change.Document},
			c.set(map[string]any{"state": lifecycle.MemberServing, "suspended_until": c.now - 1})
	})
}
