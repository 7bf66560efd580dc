package models

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// fallen is a meeting some of whose decisions fell, be they revoked or annulled.
type fallen struct {
	tx      *gorm.DB
	now     int64
	meeting Meeting
	matters []int64 // positions on the agenda; none for all of them
	reason  string
}

func (f fallen) fell(m Matter) bool {
	return len(f.matters) == 0 || slices.Contains(f.matters, m.Position)
}

// revokeElected follows the decisions of a meeting that fell into the register: the committee that rests on its election
// ends; members of a by-election or a further vote lose their seats, and its alternates go with them; an alternate whom it
// gave a seat stands by again; a member whom it recalled comes back. matters: positions on the agenda, none for all of them.
func revokeElected(tx *gorm.DB, now int64, meeting Meeting, matters []int64, reason string) error {
	f := fallen{tx: tx, now: now, meeting: meeting, matters: matters, reason: strings.TrimSpace(reason)}
	names, all := f.elections()
	list, err := committees(tx.Where("community_id = ?", meeting.CommunityID))
	if err != nil {
		return err
	}
	for _, term := range list {
		if term.State.Over() {
			continue
		}
		rests, err := f.rests(term)
		if err != nil {
			return err
		}
		if all && rests {
			if err := f.end(term); err != nil {
				return err
			}
			continue
		}
		if err := f.unseat(term, names); err != nil {
			return err
		}
		if err := f.reinstate(term); err != nil {
			return err
		}
	}
	return nil
}

// elections are the candidates of the elections that fell, and whether those were all that the meeting held.
func (f fallen) elections() (names []string, all bool) {
	stands := false
	for _, matter := range f.meeting.Matters {
		switch {
		case matter.Rule.Kind != voting.Election || len(matter.Rule.Scope) > 0:
		case f.fell(matter):
			names = append(names, matter.Rule.Options...)
		default:
			stands = true
		}
	}
	return names, len(names) > 0 && !stands
}

// rests tells whether a term came of the meeting, or of the further vote that completed it.
func (f fallen) rests(term Committee) (bool, error) {
	for id, steps := term.MeetingID, 0; id != "" && steps < mostTerms; steps++ {
		if id == f.meeting.ID {
			return true, nil
		}
		var row meetingRow
		if err := f.tx.Select("run_off_of").Where("community_id = ? AND id = ?", term.CommunityID, id).Take(&row).Error; err != nil {
			return false, fmt.Errorf("find the election that a further vote completed: %w", err)
		}
		id = deref(row.RunOffOf)
	}
	return false, nil
}

func (f fallen) end(term Committee) error {
	row, next, err := lockCommittee(f.tx, System, term.CommunityID, term.ID, lifecycle.EventRevoke)
	if err != nil {
		return err
	}
	_, err = overWith(f.tx, f.now, &row, next, System, committeeEntryRow{Kind: lifecycle.EntryRevoked, Reason: f.reason, MeetingID: &f.meeting.ID})
	return err
}

// unseat takes out of a term whom the meeting elected. Nobody moves up by the order of a count that fell.
func (f fallen) unseat(term Committee, names []string) error {
	for _, member := range term.Members {
		var columns map[string]any
		kind := lifecycle.EntryUnseated
		switch {
		case member.LeftAt != 0 || !slices.Contains(names, member.Name):
			continue
		case member.MeetingID == f.meeting.ID:
			columns = map[string]any{"state": lifecycle.MemberLeft, "left_at": f.now, "ground": lifecycle.TermOver}
		case member.Since != 0 && member.Since == f.meeting.PublishedAt:
			columns, kind = standsBy, lifecycle.EntryStoodBack
		default:
			continue
		}
		if err := f.change(term, member, columns, kind, 0); err != nil {
			return err
		}
	}
	return nil
}

// standsBy are the columns of an alternate.
var standsBy = map[string]any{"state": lifecycle.MemberAlternate, "post": "", "since": nil, "suspended_from": nil, "suspended_until": nil}

// reinstate gives those whom the meeting recalled their seats back. Where an alternate has theirs by now, the last who took
// one in their group stands by again.
func (f fallen) reinstate(term Committee) error {
	var recalls []committeeEntryRow
	err := f.tx.Where("community_id = ? AND committee_id = ? AND meeting_id = ? AND kind = ? AND ground = ?", term.CommunityID, term.ID, f.meeting.ID,
		lifecycle.EntryLeft, lifecycle.Recalled).Order("number").Find(&recalls).Error
	if err != nil {
		return fmt.Errorf("find whom a meeting recalled: %w", err)
	}
	for _, recall := range recalls {
		i := slices.IndexFunc(term.Members, func(m CommitteeMember) bool { return m.ID == deref(recall.MemberID) })
		if !f.fell(Matter{Position: recall.Matter}) || i < 0 || term.Members[i].Ground != lifecycle.Recalled {
			continue
		}
		member := &term.Members[i]
		if member.Since == 0 { // an alternate
			if err := f.change(term, *member, map[string]any{"state": lifecycle.MemberAlternate, "left_at": nil, "ground": ""}, lifecycle.EntryReinstated, recall.Matter); err != nil {
				return err
			}
			continue
		}
		if last := term.lastFilled(member.Group, member.LeftAt); last != nil {
			if err := f.change(term, *last, standsBy, lifecycle.EntryStoodBack, recall.Matter); err != nil {
				return err
			}
			last.State, last.Since = lifecycle.MemberAlternate, 0
		}
		back := map[string]any{"state": lifecycle.MemberServing, "post": lifecycle.PlainMember, "left_at": nil, "ground": ""}
		if err := f.change(term, *member, back, lifecycle.EntryReinstated, recall.Matter); err != nil {
			return err
		}
		member.State, member.LeftAt, member.Ground = lifecycle.MemberServing, 0, ""
	}
	return nil
}

// lastFilled is the member who came to a seat of a group last, since an instant, where no seat of it is vacant; nil for none.
func (c Committee) lastFilled(group string, since int64) (last *CommitteeMember) {
	holding, seats := int64(0), int64(0)
	for _, g := range c.Groups {
		if g.Name == group {
			seats = g.Seats
		}
	}
	for i, member := range c.Members {
		if member.Group != group || member.LeftAt != 0 || member.State == lifecycle.MemberAlternate {
			continue
		}
		holding++
		if member.Since >= since && (last == nil || member.Since > last.Since) {
			last = &c.Members[i]
		}
	}
	if holding < seats {
		return nil
	}
	return last
}

// change writes a member and the entry about it.
func (f fallen) change(term Committee, member CommitteeMember, columns map[string]any, kind lifecycle.CommitteeEntryKind, matter int64) error {
	row, _, err := lockCommittee(f.tx, System, term.CommunityID, term.ID, lifecycle.EventRevokePart)
	if err != nil {
		return err
	}
	err = moved(f.tx.Table("committee_member").Where("community_id = ? AND id = ? AND state = ?", term.CommunityID, member.ID, member.State).Updates(columns))
	if err != nil {
		return fmt.Errorf("follow a vote that fell: %w", err)
	}
	_, err = keepCommitteeEntry(f.tx, f.now, System, row, committeeEntryRow{Kind: kind, MemberID: &member.ID, MeetingID: &f.meeting.ID, Matter: matter, Reason: f.reason})
	return err
}
