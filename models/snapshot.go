package models

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// snapshot is everything about a noticed meeting that casting needs; but for what the writer notes it never changes
// after the notice.
type snapshot struct {
	meeting    Meeting
	sealPublic []byte
	seats      map[string]*seat // by voter id

	// The writer's alone:
	seen int64    // size of the log up to which the ballots are noted in seats
	key  *dataKey // that seals now; nil for none

	mandates int64                      // of the log head when acting was read; −1 for not read
	acting   map[string]map[string]bool // by voter whose owners do not all cast for themselves: who casts
}

// seat is one voter of a snapshot.
type seat struct {
	slot    int64                    // head group: the lowest slot of the voter's units
	matters map[string]voting.Matter // shared, never written
	voted   bool                     // the writer's alone
}

// forgetVoters makes the next group ask the database for everyone who has voted: it may have lost what was in memory,
// where a standby took over that had not got it, or a backup was put in its place.
func (s *snapshot) forgetVoters() {
	for _, seat := range s.seats {
		seat.voted = false
	}
	s.seen = 0
}

// snapshot gives the meeting as casting sees it; only meetings that take ballots are kept in memory.
// Refusals: not_found, meeting_not_started, meeting_closed.
func (c *casting) snapshot(ctx context.Context, meetingID string) (*snapshot, error) {
	if snap := c.known(meetingID); snap != nil {
		return snap, nil
	}
	// One load of a meeting: its first thousand voters must not each read the whole roster. Whoever began it may go away
	// while the others wait.
	loaded, err, _ := c.loading.Do(meetingID, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitLimit)
		defer cancel()
		return c.load(ctx, meetingID)
	})
	if err != nil {
		return nil, err
	}
	return loaded.(*snapshot), nil
}

// loadsAtOnce is how many meetings are read at the same time: rosters on their way into memory must not fill it, nor
// take every connection.
const loadsAtOnce = 4

func (c *casting) load(ctx context.Context, meetingID string) (*snapshot, error) {
	select {
	case c.loads <- struct{}{}:
		defer func() { <-c.loads }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if snap := c.known(meetingID); snap != nil { // read between the first look and this load
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

// ReadAhead reads the open meetings into memory, so that after a start, or an opening, the first voters of a large
// community do not wait for its roster. Failing that, the first ballot reads it.
func (s *Store) ReadAhead(ctx context.Context) error {
	var open []string
	err := s.read(ctx).Table("meeting").Where("state = ? AND closes_at > ?", lifecycle.MeetingVoting, s.clock()).Order("closes_at").Pluck("id", &open).Error
	if err != nil {
		return fmt.Errorf("find open meetings: %w", err)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(loadsAtOnce)
	for _, id := range open {
		group.Go(func() error {
			if ctx.Err() != nil { // a load that began goes on: somebody may wait for it
				return ctx.Err()
			}
			var refusal *Refusal
			if _, err := s.casting.snapshot(ctx, id); err != nil && !errors.As(err, &refusal) { // closed meanwhile: nothing to read
				return err
			}
			return nil
		})
	}
	return group.Wait()
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
	public, err := sealingKey(db, meeting)
	if err != nil {
		return nil, err
	}
	var e electorate
	slots := map[string]int64{}
	err = eachUnit(ofMeetingsRoster(db, meeting), unitParts{places: meeting.scoped(), slots: true}, func(read unitRead) {
		e.add(read)
		keepLowest(slots, read.voter, read.slot)
	})
	if err != nil {
		return nil, err
	}
	snap := &snapshot{meeting: meeting, sealPublic: public, seats: make(map[string]*seat, len(e.voters)), mandates: -1}
	papers := papers{}
	for _, voter := range e.voters {
		if paper := papers.of(meeting.Matters, voter); len(paper) > 0 {
			snap.seats[voter.ID] = &seat{slot: slots[voter.ID], matters: paper}
		}
	}
	return snap, s.readActing(ctx, snap)
}

// papers are the different ballots of a meeting by what stands on them: a hundred thousand voters share a few.
type papers map[string]map[string]voting.Matter

// of gives the matters on which a voter votes, by their ids.
func (p papers) of(matters []Matter, voter voting.Voter) map[string]voting.Matter {
	own := make([]byte, len(matters))
	for i, matter := range matters {
		if voter.Entitled(matter.Rule.Scope) {
			own[i] = 1
		}
	}
	if known, made := p[string(own)]; made {
		return known
	}
	paper := map[string]voting.Matter{}
	for i, matter := range matters {
		if own[i] == 1 {
			paper[matter.ID] = matter.Rule
		}
	}
	p[string(own)] = paper
	return paper
}
