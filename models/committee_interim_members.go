package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// AppointInterimMember gives a vacant seat of an interim body to somebody: the street appoints, as it formed the body. Where
// the place's list is displayed, the seat is held once the days of the display are over. Refusals: not_found, illegal_step
// (not the street, or a committee, whose seats are filled by votes), required (reason, document), too_long,
// reason_names_person, bad_value (members), interim_size (no seat is vacant), interim_owners, interim_chair, and those of
// evidence.
func (s *Store) AppointInterimMember(ctx context.Context, by Actor, communityID, id string, wanted InterimMember, told TermAct) error {
	if Role(by.Role) != RoleStreet {
		return refuse("illegal_step")
	}
	files, err := told.told(true)
	if err != nil {
		return err
	}
	if told.Document == "" {
		return refuseField("required", "document")
	}
	wanted.Name = strings.TrimSpace(wanted.Name)
	return s.onTerm(ctx, by, communityID, id, lifecycle.EventChangeMember, files, func(tx *gorm.DB, now int64, row *committeeRow, _ lifecycle.CommitteeState) (committeeEntryRow, error) {
		if row.Kind != lifecycle.PropertyManagementCommittee {
			return committeeEntryRow{}, refuse("illegal_step")
		}
		law, err := placeRules(tx, communityID, now)
		if err != nil {
			return committeeEntryRow{}, err
		}
		members, err := membersOf(tx, communityID, id)
		if err != nil {
			return committeeEntryRow{}, err
		}
		if err := wanted.fits(members, row.Seats, law.InterimBody); err != nil {
			return committeeEntryRow{}, err
		}
		since := now
		if law.InterimBody != nil && law.InterimBody.DisplayDays > 0 {
			since = calendar.EndOfDay(now, law.InterimBody.DisplayDays) + 1
		}
		made := committeeMemberRow{CommunityID: communityID, ID: newID(), CommitteeID: id, Position: int64(len(members)) + 1, State: lifecycle.MemberServing,
			Post: wanted.Post, Capacity: wanted.Capacity, Name: wanted.Name, Named: wanted.Named, Since: &since}
		if err := tx.Create(&made).Error; err != nil {
			return committeeEntryRow{}, fmt.Errorf("appoint a member of an interim body: %w", raced(err))
		}
		return committeeEntryRow{Kind: lifecycle.EntryAppointed, MemberID: &made.ID, Post: made.Post, HappenedAt: since, Reason: told.Reason, Document: told.Document}, nil
	})
}

// fits holds a member to the body as it stands: in the seats that stay vacant, the owners and the chair that are missing
// must still find room.
// Refusals: bad_value (members), interim_size, interim_owners, interim_chair.
func (m InterimMember) fits(members []committeeMemberRow, seats int64, law *rules.InterimBody) error {
	holding, owners, chairs := int64(1), int64(0), 0
	count := func(capacity lifecycle.MemberCapacity, post lifecycle.MemberPost) {
		if capacity == lifecycle.AsOwner {
			owners++
		}
		if post == lifecycle.Chair {
			chairs++
		}
	}
	count(m.Capacity, m.Post)
	if !m.known() {
		return refuseField("bad_value", "members")
	}
	for _, other := range members {
		if other.State == lifecycle.MemberLeft {
			continue
		}
		if other.Name == m.Name {
			return refuseField("bad_value", "members")
		}
		holding++
		count(other.Capacity, other.Post)
	}
	want, delegate := interimChairOf(law)
	vacant, missing := seats-holding, int64(0) // owners still to come
	if law != nil && law.OwnersHalf {
		missing = max(0, (seats+1)/2-owners)
	}
	switch {
	case vacant < 0:
		return refuseField("interim_size", "members")
	case vacant < missing:
		return refuseField("interim_owners", "members")
	case chairs > 1, m.Post == lifecycle.Chair && delegate && m.Capacity != want:
		return refuseField("interim_chair", "members")
	case chairs == 0 && (vacant == 0 || delegate && vacant == missing):
		return refuseField("interim_chair", "members") // who presides must still find a seat
	}
	return nil
}

// interimChairOf tells for whom the chair sits under a rule, where it says so.
func interimChairOf(law *rules.InterimBody) (lifecycle.MemberCapacity, bool) {
	if law == nil {
		return "", false
	}
	want, told := interimChairs[law.Chair]
	return want, told
}

// interimDue is what is due for an interim body that acts: its vacant seats are the street's to fill, and where its term is
// over it is formed anew, unless a committee is elected.
func (c Committee) interimDue(law rules.Procedure, now int64, due func(kind CommitteeDutyKind, at int64, article string)) {
	article := ""
	if law.InterimBody != nil {
		article = articleOf(law.InterimBody.Basis)
	}
	left := func(m CommitteeMember) bool { return m.State == lifecycle.MemberLeft }
	if int64(len(slices.DeleteFunc(slices.Clone(c.Members), left))) < c.Seats {
		due(DutyMembers, 0, article)
	}
	if c.Lapsed(now) {
		due(DutyReform, c.TermTo, article)
	}
}
