package models

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sync/singleflight"
	"gorm.io/gorm"

	"gongjue/migrations"
	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// casting is the path of ballots: snapshots of the open meetings in memory, one bounded queue, and one
// writer that commits whole groups (see groups.go). What lives here can be lost at any time; every promise
// rests on the database.
type casting struct {
	store *Store
	queue chan *castJob
	done  chan struct{}
	stop  func()

	place castDB // where groups are committed; the writer's alone

	loading   singleflight.Group // by meeting id
	loads     chan struct{}      // one for each meeting that is being read, as many as it holds
	mu        sync.Mutex
	snapshots map[string]*snapshot // by meeting id
}

// The bounds of the casting path: beyond queueSize waiting ballots the answer is busy.
const (
	queueSize = 4096
	groupSize = 512
)

// castJob is one ballot on its way into the log: cast online by the session's owner, or, with a sheet, read
// from paper by two members of staff, where the session names meeting and voter alone.
type castJob struct {
	snap     *snapshot
	seat     *seat
	session  vault.ResidentSession
	choices  []byte // canonical
	idemKey  string
	received int64  // Unix ms when the request came in: what the deadline is compared with
	prefix   string // network prefix, part of the evidence
	sheet    *paperSheet
	ballot   madeBallot
	answered chan castAnswer
}

type castAnswer struct {
	receipt Receipt
	err     error
}

func newCasting(s *Store) *casting {
	c := &casting{store: s, place: castPlace(s), queue: make(chan *castJob, queueSize), done: make(chan struct{}), loads: make(chan struct{}, loadsAtOnce), snapshots: map[string]*snapshot{}}
	ctx, cancel := context.WithCancel(context.Background())
	c.stop = sync.OnceFunc(func() {
		cancel()
		<-c.done
	})
	go c.run(ctx)
	return c
}

// castPlace is where the groups of a store are committed.
func castPlace(s *Store) castDB {
	if s.dialect == migrations.Postgres {
		return &pgCasting{pool: s.sql}
	}
	return &liteCasting{pool: s.sql}
}

// Cast is one online ballot, from an owner who has just proved who they are.
type Cast struct {
	Session       vault.ResidentSession
	Choices       map[string]voting.Choice // by matter id: every matter the voter is entitled to, and no other
	IdemKey       string                   // client's, per ballot
	NetworkPrefix string                   // /24 or /48 of the client's address
}

// Receipt is what a voter gets once the ballot is durably committed. It says nothing of the choices.
type Receipt struct {
	Code        string // ledger.Receipt as printed
	Number      int64  // index in the meeting's log
	CastAt      int64  // Unix ms
	Channel     lifecycle.Channel
	CommunityID string
	MeetingID   string
	VoterID     string
	OwnerID     string // who cast it
	Replayed    bool   // the same request had been answered before

	Standing ReceiptStanding // beside another ballot of the same voter

	Witnessed bool   // a witness, such as the street, signed a head of the log that covers it
	importID  string // of an imported ballot
}

// fitIdemKey tells whether an idempotency key is of 16 to 100 letters, digits, - and _: anything else could make the
// INSERT of a whole group fail.
func fitIdemKey(key string) bool {
	for i := range len(key) {
		switch sign := key[i]; {
		case 'A' <= sign && sign <= 'Z', 'a' <= sign && sign <= 'z', '0' <= sign && sign <= '9', sign == '-', sign == '_':
		default:
			return false
		}
	}
	return 16 <= len(key) && len(key) <= 100
}

// CastBallot returns after the ballot and its ledger leaf are committed; [Store.TellOfBallots] makes the notices of it
// from its row. Refusals: not_acting (somebody else casts for this voter), evote_barred, meeting_not_started,
// meeting_closed, forbidden (no voter of this meeting), choice_missing, choice_invalid (field: the matter's id),
// idempotency_missing, idempotency_conflict, already_voted, busy.
func (s *Store) CastBallot(ctx context.Context, cast Cast) (Receipt, error) {
	if err := s.clocks.check(); err != nil {
		return Receipt{}, err
	}
	received := s.clock()
	if !fitIdemKey(cast.IdemKey) {
		return Receipt{}, refuse("idempotency_missing")
	}
	snap, err := s.casting.snapshot(ctx, cast.Session.Meeting)
	if errors.Is(err, &Refusal{Code: "meeting_closed"}) {
		return s.replay(ctx, cast)
	}
	if err != nil {
		return Receipt{}, err
	}
	if snap.meeting.OnlineBarred() {
		return Receipt{}, refuse("evote_barred")
	}
	seat := snap.seats[cast.Session.Voter]
	if seat == nil {
		return Receipt{}, refuse("forbidden")
	}
	if err := seat.check(cast.Choices, snap.meeting.Policies); err != nil {
		return Receipt{}, err
	}
	job := s.newJob(snap, seat, cast, received)
	select {
	case <-s.casting.done:
		return Receipt{}, refuse("busy")
	case s.casting.queue <- job:
	default:
		return Receipt{}, refuse("busy")
	}
	select {
	case answer := <-job.answered:
		return answer.receipt, answer.err
	case <-ctx.Done():
		return Receipt{}, ctx.Err() // the ballot may still be committed: the same key will find its receipt
	case <-s.casting.done:
		select {
		case answer := <-job.answered:
			return answer.receipt, answer.err
		default:
			return Receipt{}, refuse("busy")
		}
	}
}

// newJob makes a ballot that is ready for its place in the log.
func (s *Store) newJob(snap *snapshot, seat *seat, cast Cast, received int64) *castJob {
	job := &castJob{snap: snap, seat: seat, session: cast.Session, choices: ledger.CanonicalChoices(cast.Choices),
		idemKey: cast.IdemKey, prefix: cast.NetworkPrefix, received: received, answered: make(chan castAnswer, 1)}
	job.ballot = s.makeBallot(job)
	return job
}

// replay answers a request that comes again after the close: the client may have lost the answer to a
// ballot that was in time. Refusals: meeting_closed, idempotency_conflict, already_voted.
func (s *Store) replay(ctx context.Context, cast Cast) (Receipt, error) {
	var row ballotRow
	err := s.read(ctx).Omit("sealed").Where(ofMeetingAndVoter, cast.Session.Meeting, cast.Session.Meeting, cast.Session.Voter).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Receipt{}, refuse("meeting_closed")
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("look for the ballot of a request: %w", err)
	}
	answer := s.answerAgain(&castJob{session: cast.Session, choices: ledger.CanonicalChoices(cast.Choices), idemKey: cast.IdemKey}, row)
	return answer.receipt, answer.err
}

// check tells whether the choices answer exactly the voter's matters, each in a way its ballot offers.
func (s *seat) check(choices map[string]voting.Choice, policies voting.Policies) error {
	for id := range choices {
		if _, own := s.matters[id]; !own {
			return refuseField("choice_invalid", id)
		}
	}
	for id, matter := range s.matters {
		choice, answered := choices[id]
		if !answered || choice.Blank() {
			return refuseField("choice_missing", id)
		}
		if err := choice.Check(matter, policies); err != nil {
			return refuseField("choice_invalid", id)
		}
	}
	return nil
}

// run takes whatever waits, up to a group, and commits it in one transaction. After stop it empties the queue.
func (c *casting) run(ctx context.Context) {
	defer close(c.done)
	defer c.place.close()
	for {
		select {
		case job := <-c.queue:
			c.commit(c.gather(job))
		case <-ctx.Done():
			for {
				select {
				case job := <-c.queue:
					c.commit(c.gather(job))
				default:
					return
				}
			}
		}
	}
}

func (c *casting) gather(first *castJob) []*castJob {
	group := []*castJob{first}
	for len(group) < groupSize {
		select {
		case job := <-c.queue:
			group = append(group, job)
		default:
			return group
		}
	}
	return group
}
