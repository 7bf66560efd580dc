package models

import (
	"context"
	"slices"

	"gongjue/voting/committee"
	"gongjue/voting/lifecycle"
)

// FillSeat gives a vacant seat to an alternate: the next in order, and nobody else. Refusals: not_found, illegal_step, not_next.
func (s *Store) FillSeat(ctx context.Context, by Actor, communityID, memberID string) error {
	return s.onMember(ctx, by, communityID, memberID, lifecycle.EventChangeMember, nil, func(c *changing) (committeeEntryRow, error) {
		if err := c.next(); err != nil {
			return committeeEntryRow{}, err
		}
		return committeeEntryRow{Kind: lifecycle.EntryFilled, Post: lifecycle.PlainMember}, giveSeat(c.tx, c.term, memberID, c.now)
	})
}

// DeclineSeat records that the next alternate gave up the seat in writing; the one after may take it. Refusals: not_found,
// illegal_step, not_next, and those of evidence (required at the field file).
func (s *Store) DeclineSeat(ctx context.Context, by Actor, communityID, memberID string, change MemberChange) error {
	files, err := change.told(false, true)
	if err != nil {
		return err
	}
	return s.onMember(ctx, by, communityID, memberID, lifecycle.EventChangeMember, files, func(c *changing) (committeeEntryRow, error) {
		if err := c.next(); err != nil {
			return committeeEntryRow{}, err
		}
		return committeeEntryRow{Kind: lifecycle.EntryLeft, Ground: lifecycle.Declined, Reason: change.Reason, Document: change.Document}, c.leave(lifecycle.Declined, c.now)
	})
}

// next refuses with not_next unless the member is the alternate who may take a vacant seat.
func (c *changing) next() error {
	if !slices.Contains(committee.Fillers(c.all.seats(), c.all.Groups), c.member.Position) {
		return refuse("not_next")
	}
	return nil
}
