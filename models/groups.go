package models

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gongjue/voting/ledger"
)

// castDB commits groups of ballots. Its connection is its own, so that no flood of other requests keeps ballots waiting.
// One goroutine uses it.
type castDB interface {
	// group begins a transaction and hands it to do, which ends it with castTx.commit; without that it is rolled back.
	group(ctx context.Context, do func(castTx) error) error
	close()
}

// castTx is what a group of ballots needs of a database.
type castTx interface {
	// heads locks the log heads of the meetings, in the order of their keys, and gives them in that order.
	heads(ctx context.Context, meetings []*groupPart) ([]logHeadRow, error)
	// voters gives those whose ballots stand in the leaves of the meetings from what was seen of each on.
	voters(ctx context.Context, meetings []*groupPart, each func(part *groupPart, voter string)) error
	// ballot is the one that a voter has cast, without its sealed choices.
	ballot(ctx context.Context, meeting *Meeting, voter string) (ballotRow, error)
	// commit stores data keys, ballots, leaves and heads, and ends the transaction.
	commit(ctx context.Context, parts []*groupPart) error
}

// groupPart is one meeting's part of a group on its way into the database.
type groupPart struct {
	snap    *snapshot
	jobs    []int // places in the group
	log     *logWriter
	key     *dataKey
	ballots []*castJob // those that are written
}

// commitLimit bounds one group's transaction: a database that does not answer must not hold the voters of
// every meeting without a word.
const commitLimit = 20 * time.Second

// dataKeyLife is how long the key that seals a meeting's ballots stays in memory, in ms. The process sees every choice in
// passing anyway; a key per group would cost more than the ballots where a thousand meetings are open.
const dataKeyLife = minute

// errStale says that the database does not hold what was known of a meeting in memory, which is now forgotten.
var errStale = errors.New("a meeting is otherwise than it was known")

// commit answers every job of a group. A row that the database will not take, and a meeting whose log cannot be read,
// fails alone: its neighbours are committed one by one.
func (c *casting) commit(group []*castJob) {
	ctx, cancel := context.WithTimeout(context.Background(), commitLimit)
	defer cancel()
	answers, err := c.commitGroup(ctx, group)
	if err != nil && len(group) > 1 && !Unavailable(err) {
		for _, job := range group {
			c.commit([]*castJob{job})
		}
		return
	}
	for i, job := range group {
		if err != nil {
			job.answered <- castAnswer{err: fmt.Errorf("commit a group of ballots: %w", err)}
			continue
		}
		job.answered <- answers[i]
	}
}

// commitGroup commits ballots of any meetings in one transaction: sealed choices and leaves with contiguous indexes,
// under each meeting's log head. Answers stand in the order of the jobs. Where the database asks for it, and where the
// snapshots were wrong, the transaction is run again.
func (c *casting) commitGroup(ctx context.Context, group []*castJob) ([]castAnswer, error) {
	for try := 1; ; try++ {
		answers, err := c.tryGroup(ctx, group)
		stale := errors.Is(err, errStale) || try == 1 && ofOneRow(err) // of a row that was there: known from now on
		broken := try == 1 && errors.Is(err, driver.ErrBadConn)        // what it committed all the same, the next try finds
		if err == nil || !(stale || broken || conflicted(err)) || try == maxTries {
			return answers, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Duration(try*try) * time.Millisecond):
		}
	}
}

func (c *casting) tryGroup(ctx context.Context, group []*castJob) ([]castAnswer, error) {
	answers := make([]castAnswer, len(group))
	parts, now := byMeeting(group), c.store.clock()
	for _, part := range parts {
		if err := c.store.readActing(ctx, part.snap); err != nil {
			return nil, err
		}
	}
	err := c.place.group(ctx, func(tx castTx) error {
		heads, err := tx.heads(ctx, parts)
		if err != nil {
			return err
		}
		if err := catchUp(ctx, tx, parts, heads); err != nil {
			return err
		}
		for _, part := range parts {
			if err := c.fill(ctx, tx, part, group, answers, now); err != nil {
				return err
			}
		}
		return tx.commit(ctx, parts)
	})
	for _, part := range parts {
		part.settle(err)
	}
	return answers, err
}

// byMeeting gives the parts of a group. Meetings come in a fixed order, so that two replicas take their locks alike and
// never wait for each other in a circle.
func byMeeting(group []*castJob) []*groupPart {
	known := make(map[*snapshot]*groupPart, 1)
	var parts []*groupPart
	for i, job := range group {
		part := known[job.snap]
		if part == nil {
			part = &groupPart{snap: job.snap}
			known[job.snap] = part
			parts = append(parts, part)
		}
		part.jobs = append(part.jobs, i)
	}
	slices.SortFunc(parts, func(a, b *groupPart) int {
		return strings.Compare(a.snap.meeting.lockName(), b.snap.meeting.lockName())
	})
	return parts
}

// lockName orders the log heads as castTx.heads does.
func (m *Meeting) lockName() string { return m.CommunityID + "/" + m.ID }

// fill answers one meeting's jobs and lays out the ballots that are new. The deadline is judged by the server's clock at
// the moment when a request came in, under the lock that closing takes: closing waits [CloseGrace] for those that are
// queued, and nothing follows its leaf.
func (c *casting) fill(ctx context.Context, tx castTx, part *groupPart, group []*castJob, answers []castAnswer, now int64) error {
	head := &part.log.head
	if part.snap.mandates != head.Mandates {
		part.snap.mandates = -1
		return errStale
	}
	meeting, fresh := &part.snap.meeting, make(map[*seat]*castJob, len(part.jobs))
	for _, i := range part.jobs {
		job := group[i]
		if job.seat.voted || fresh[job.seat] != nil {
			answer, err := c.answerSecond(ctx, tx, job, fresh[job.seat])
			if err != nil {
				return err
			}
			answers[i] = answer
			continue
		}
		if head.Closed || job.received >= meeting.ClosesAt {
			answers[i] = castAnswer{err: refuse("meeting_closed")}
			continue
		}
		if casts, mandated := part.snap.acting[job.session.Voter]; mandated && job.sheet == nil && !casts[job.session.Owner] {
			answers[i] = castAnswer{err: refuse("not_acting")}
			continue
		}
		if err := part.add(job, now); err != nil {
			return err
		}
		fresh[job.seat] = job
		answers[i] = castAnswer{receipt: job.ballot.receipt(false)}
	}
	return nil
}

// catchUp takes the logs up at their heads, and notes who has voted by a way that this process did not see: on paper, or
// on another replica. Whatever adds a leaf moves the head under its lock, so that a head that did not move has nothing
// new. All meetings are asked for at once: beside another replica most of them have moved.
func catchUp(ctx context.Context, tx castTx, parts []*groupPart, heads []logHeadRow) error {
	var moved []*groupPart
	for i, part := range parts {
		edge, err := ledger.ParseEdge(heads[i].Edge)
		if err != nil {
			return fmt.Errorf("read the log head of meeting %s: %w", heads[i].MeetingID, err)
		}
		part.log = &logWriter{head: heads[i], edge: edge}
		if heads[i].Size < part.snap.seen {
			part.snap.forgetVoters()
		}
		if heads[i].Size != part.snap.seen {
			moved = append(moved, part)
		}
	}
	if len(moved) == 0 {
		return nil
	}
	err := tx.voters(ctx, moved, func(part *groupPart, voter string) {
		if seat := part.snap.seats[voter]; seat != nil {
			seat.voted = true
		}
	})
	if err != nil {
		return fmt.Errorf("look for earlier ballots: %w", err)
	}
	for _, part := range moved {
		part.snap.seen = part.log.head.Size
	}
	return nil
}

// answerSecond answers a voter who has a ballot already, stored or in the same group.
func (c *casting) answerSecond(ctx context.Context, tx castTx, job, fresh *castJob) (castAnswer, error) {
	if fresh != nil {
		return c.store.answerAgain(job, fresh.ballot.row), nil
	}
	row, err := tx.ballot(ctx, &job.snap.meeting, job.session.Voter)
	if errors.Is(err, sql.ErrNoRows) {
		job.snap.forgetVoters()
		return castAnswer{}, errStale
	}
	if err != nil {
		return castAnswer{}, fmt.Errorf("look for the ballot of a voter: %w", err)
	}
	return c.store.answerAgain(job, row), nil
}

// add gives a ballot its place.
func (p *groupPart) add(job *castJob, now int64) error {
	if p.key = p.snap.key; p.key == nil || p.key.drawn+dataKeyLife <= now {
		key, err := newDataKey(p.snap, now)
		if err != nil {
			return err
		}
		p.key, p.snap.key = key, key
	}
	if err := job.ballot.place(p.log, p.key, now, job); err != nil {
		return err
	}
	p.ballots = append(p.ballots, job)
	return nil
}

// settle remembers what is committed. After a failure nobody knows whether it was: the next group asks the database, and
// seals under a fresh key. A row that was there already contradicts what was known.
func (p *groupPart) settle(failure error) {
	if failure != nil {
		p.snap.key = nil
		if ofOneRow(failure) {
			p.snap.forgetVoters()
		}
		return
	}
	for _, job := range p.ballots {
		job.seat.voted = true
	}
	if len(p.ballots) > 0 {
		p.key.stored, p.snap.seen = true, p.log.edge.Size
	}
}

func (b *madeBallot) receipt(replayed bool) Receipt {
	return Receipt{Code: b.code, Number: b.row.LeafIndex, CastAt: b.row.CastAt, Channel: b.row.Channel, CommunityID: b.row.CommunityID,
		MeetingID: b.row.MeetingID, VoterID: b.row.VoterID, OwnerID: b.row.OwnerID, Replayed: replayed}
}
