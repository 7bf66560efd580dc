package models

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
)

// Lot is the public lot (公开抽签) of a meeting whose displayed result holds ties that it was announced for. One number
// settles all of them: every matter makes its own order of it.
type Lot struct {
	Tied          []MatterResult // the matters with such ties, as the displayed result has them
	CloseRoot     string         // hex, of the log up to its close leaf: the half of the seed that was fixed first
	Announcements []LotAnnouncement
	Entries       []LotEntry     // the oldest first
	Settled       []MatterResult // Tied in the order of the draw; nil before it
}

// LotAnnouncement says when, where and how the number is drawn in public. A newer one takes the place of the older.
type LotAnnouncement struct {
	DueAt       int64 // Unix ms
	Place       string
	Manner      string // such as drawing balls, or a published lottery result
	Digits      int64  // of the number
	Reason      string // why the announcement before it does not hold; empty for the first
	AnnouncedAt int64
	Role        Role // of who announced it
}

// LotState is how an entry of the number stands.
type LotState string

// The states.
const (
	LotWaiting   LotState = "waiting"   // recorded by one
	LotWithdrawn LotState = "withdrawn" // taken back by whoever recorded it
	LotDrawn     LotState = "drawn"     // typed again by another in another role: final
)

// LotStates lists every state.
var LotStates = []LotState{LotWaiting, LotWithdrawn, LotDrawn}

// LotEntry is a number on record. Until a lot is drawn nobody reads the number of another.
type LotEntry struct {
	State      LotState
	Number     string // exactly as drawn; empty while no lot is drawn
	DrawnAt    int64  // Unix ms, as below
	Witnesses  string // who saw it, by role
	EnteredAt  int64
	FirstID    string // account
	FirstRole  Role
	SecondRole Role
	Differed   int64 // how often a second person typed another number
	EndedAt    int64
	LeafIndex  int64 // of the lot in the log; only where it is drawn
}

type lotAnnouncementRow struct {
	CommunityID   string
	MeetingID     string
	Number        int64
	DueAt         int64
	Place         string
	Manner        string
	Digits        int64
	Reason        string
	AnnouncedAt   int64
	AnnouncedBy   string
	AnnouncedRole Role
}

func (lotAnnouncementRow) TableName() string { return "lot_announcement" }

type lotDrawRow struct {
	CommunityID  string
	MeetingID    string
	Round        int64
	Announcement int64
	State        LotState
	Number       string
	DrawnAt      int64
	Witnesses    string
	FirstBy      string
	FirstRole    Role
	FirstAt      int64
	SecondBy     string
	SecondRole   Role
	Differed     int64
	EndedAt      *int64
	LeafIndex    *int64
}

func (lotDrawRow) TableName() string { return "lot_draw" }

// Announcement is the one in force; nil before the first.
func (l *Lot) Announcement() *LotAnnouncement {
	if len(l.Announcements) == 0 {
		return nil
	}
	return &l.Announcements[len(l.Announcements)-1]
}

// Live is the entry that waits or is drawn; nil without one.
func (l *Lot) Live() *LotEntry {
	if n := len(l.Entries); n > 0 && l.Entries[n-1].State != LotWithdrawn {
		return &l.Entries[n-1]
	}
	return nil
}

// Due tells whether the final result still waits for the lot.
func (l *Lot) Due() bool { return l != nil && l.Settled == nil }

// LotOf reads the lot of a counted meeting; nil where its result holds no tie that waits for one.
func (s *Store) LotOf(ctx context.Context, meeting Meeting) (*Lot, error) {
	book, err := s.readLot(s.read(ctx), meeting)
	if err != nil || book == nil {
		return nil, err
	}
	return book.view(meeting)
}

// lotBook is everything on record about a meeting's lot.
type lotBook struct {
	displayed     bundle.Result
	result        ledger.Hash // of the displayed result
	tied          []MatterResult
	closeRoot     ledger.Hash
	announcements []lotAnnouncementRow
	draws         []lotDrawRow // by round
}

// readLot gives nil where no tie waits for a lot, or nothing is counted yet.
func (s *Store) readLot(db *gorm.DB, meeting Meeting) (*lotBook, error) {
	results, err := resultsOf(db, meeting.CommunityID, meeting.ID)
	if err != nil || len(results) == 0 {
		return nil, err
	}
	book := &lotBook{displayed: bundle.Result{Meeting: meeting.ID, Ballots: results[0].Ballots, Matters: results[0].Matters}}
	if book.tied, err = awaitingLot(results[0].Matters); err != nil || len(book.tied) == 0 {
		return nil, err
	}
	if book.result, err = hashOf(results[0].SHA256); err != nil {
		return nil, err
	}
	head, err := s.closeHead(db, meeting.CommunityID, meeting.ID)
	if err != nil {
		return nil, err
	}
	if book.closeRoot, err = hashOf(head.Root); err != nil {
		return nil, err
	}
	ofMeeting := db.Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Session(&gorm.Session{})
	if err := ofMeeting.Order("number").Find(&book.announcements).Error; err != nil {
		return nil, fmt.Errorf("read announcements of a lot: %w", err)
	}
	if err := ofMeeting.Order("round").Find(&book.draws).Error; err != nil {
		return nil, fmt.Errorf("read the draws of a lot: %w", err)
	}
	return book, nil
}

// awaitingLot are the matters of a count whose ties wait for the announced lot.
func awaitingLot(matters []MatterResult) ([]MatterResult, error) {
	agenda, outcomes := make([]voting.Matter, len(matters)), make([]voting.Outcome, len(matters))
	for i, matter := range matters {
		agenda[i], outcomes[i] = matter.Rule, matter.Outcome
	}
	awaiting, err := voting.AwaitingLot(agenda, outcomes)
	if err != nil {
		return nil, fmt.Errorf("look for ties: %w", err)
	}
	var tied []MatterResult
	for i, matter := range matters {
		if awaiting[i] {
			tied = append(tied, matter)
		}
	}
	return tied, nil
}

// newest is the announcement in force, nil before the first.
func (b *lotBook) newest() *lotAnnouncementRow {
	if len(b.announcements) == 0 {
		return nil
	}
	return &b.announcements[len(b.announcements)-1]
}

// live is the draw that waits or is final, nil without one.
func (b *lotBook) live() *lotDrawRow {
	if n := len(b.draws); n > 0 && b.draws[n-1].State != LotWithdrawn {
		return &b.draws[n-1]
	}
	return nil
}

// drawn is the final draw, nil before it.
func (b *lotBook) drawn() *lotDrawRow {
	if live := b.live(); live != nil && live.State == LotDrawn {
		return live
	}
	return nil
}

// settled is the result in the order of the draw. A matter that waited for a tied one comes to something now, so what
// each comes to is worked out again.
func (b *lotBook) settled(meeting Meeting, result bundle.Result, number string) (bundle.Result, error) {
	seed := voting.LotSeed(b.closeRoot, number)
	result.Matters = slices.Clone(result.Matters)
	agenda, outcomes := make([]voting.Matter, len(result.Matters)), make([]voting.Outcome, len(result.Matters))
	for i, matter := range result.Matters {
		if b.isTied(matter.MatterID) {
			outcome, err := voting.ResolveTie(meeting.Pack.Law(), meeting.Policies, matter.Rule, matter.Outcome, seed, matter.MatterID)
			if err != nil {
				return result, fmt.Errorf("draw the lot of matter %d: %w", matter.Position, err)
			}
			result.Matters[i].Outcome = outcome
		}
		agenda[i], outcomes[i] = matter.Rule, result.Matters[i].Outcome
	}
	effects, err := voting.Effective(agenda, outcomes)
	if err != nil {
		return result, fmt.Errorf("link the matters: %w", err)
	}
	for i, matter := range result.Matters {
		if matter.Rule.LinkedTo > 0 {
			result.Matters[i].Effect = effects[i]
		}
	}
	return result, nil
}

func (b *lotBook) isTied(matterID string) bool {
	return slices.ContainsFunc(b.tied, func(tied MatterResult) bool { return tied.MatterID == matterID })
}

func (b *lotBook) view(meeting Meeting) (*Lot, error) {
	lot := &Lot{Tied: b.tied, CloseRoot: b.closeRoot.String()}
	for _, row := range b.announcements {
		lot.Announcements = append(lot.Announcements, LotAnnouncement{DueAt: row.DueAt, Place: row.Place, Manner: row.Manner,
			Digits: row.Digits, Reason: row.Reason, AnnouncedAt: row.AnnouncedAt, Role: row.AnnouncedRole})
	}
	final := b.drawn()
	for _, row := range b.draws {
		entry := LotEntry{State: row.State, DrawnAt: row.DrawnAt, Witnesses: row.Witnesses, EnteredAt: row.FirstAt, FirstID: row.FirstBy,
			FirstRole: row.FirstRole, SecondRole: row.SecondRole, Differed: row.Differed, EndedAt: deref(row.EndedAt), LeafIndex: deref(row.LeafIndex)}
		if final != nil {
			entry.Number = row.Number
		}
		lot.Entries = append(lot.Entries, entry)
	}
	if final == nil {
		return lot, nil
	}
	result, err := b.settled(meeting, b.displayed, final.Number)
	for _, matter := range result.Matters {
		if b.isTied(matter.MatterID) {
			lot.Settled = append(lot.Settled, matter)
		}
	}
	return lot, err
}
