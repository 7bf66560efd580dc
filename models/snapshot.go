package models

import (
	"context"
	"fmt"

	"gongjue/voting"
)

// snapshot is everything about a noticed meeting that casting needs; it never changes after the notice.
type snapshot struct {
	meeting    Meeting
	sealPublic []byte
	seats      map[string]*seat // by voter id
}

// seat is one voter of a snapshot.
type seat struct {
	slot    int64 // head group: the lowest slot of the voter's units
	matters map[string]voting.Matter
	phones  []string // ids of the owners who can be told
}

// castJob is one ballot on its way into the log: cast online by the session's owner, or, with a sheet, read
// from paper by two members of staff, where the session names meeting and voter alone.
// snapshot gives the meeting as casting sees it; only meetings that take ballots are kept in memory.
// Refusals: not_found, meeting_not_started, meeting_closed.
func (c *casting) snapshot(ctx context.Context, meetingID string) (*snapshot, error) {
	if snap := c.known(meetingID); snap != nil {
		return snap, nil
	}
	// One load at a time: the first thousand voters of a meeting must not each read the whole roster.
	c.loading.Lock()
	defer c.loading.Unlock()
	if snap := c.known(meetingID); snap != nil {
		return snap, nil
	}
	snap, err := c.store.loadSnapshot(ctx, meetingID)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.snapshots[meetingID] = snap
	return snap, nil
}

func (c *casting) known(meetingID string) *snapshot {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.snapshots[meetingID]
}

// forgetClosed drops the snapshots of meetings that every replica may have closed by now.
func (c *casting) forgetClosed(now int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, snap := range c.snapshots {
		if snap.meeting.ClosesAt+CloseGrace <= now {
			delete(c.snapshots, id)
		}
	}
}

func (s *Store) loadSnapshot(ctx context.Context, meetingID string) (*snapshot, error) {
	meeting, err := s.PublicMeeting(ctx, meetingID)
	if err != nil {
		return nil, err
	}
	if err := receiving(meeting.State); err != nil {
		return nil, err
	}
	return s.readSnapshot(ctx, meeting)
}

// readSnapshot reads what recording ballots of a noticed meeting needs, in whatever state it is.
func (s *Store) readSnapshot(ctx context.Context, meeting Meeting) (*snapshot, error) {
	db := s.read(ctx)
	var row meetingRow
	if err := db.Select("seal_public").Where("community_id = ? AND id = ?", meeting.CommunityID, meeting.ID).Take(&row).Error; err != nil {
		return nil, fmt.Errorf("read the meeting key: %w", err)
	}
	voters, err := votersOf(db, meeting.CommunityID, meeting.RosterID)
	if err != nil {
		return nil, err
	}
	slots, err := lowestSlots(db, meeting)
	if err != nil {
		return nil, err
	}
	phones, err := reachableOwners(db, meeting)
	if err != nil {
		return nil, err
	}
	snap := &snapshot{meeting: meeting, sealPublic: row.SealPublic, seats: make(map[string]*seat, len(voters))}
	for _, voter := range voters {
		own := entitled(meeting.Matters, voter)
		if len(own) == 0 {
			continue
		}
		seat := &seat{slot: slots[voter.ID], matters: make(map[string]voting.Matter, len(own)), phones: phones[voter.ID]}
		for _, matter := range own {
			seat.matters[matter.ID] = matter.Rule
		}
		snap.seats[voter.ID] = seat
	}
	return snap, nil
}
