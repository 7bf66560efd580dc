package models

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// FilingReview is what the server found out by itself about a hand-in, for whoever decides on it. It decides nothing.
type FilingReview struct {
	Meeting     Meeting
	NoticeDays  int // between notice and the start of voting
	NoticeLaw   string
	NoticeLeast int // days that the pack asks for; 0 for none
	Roster      Roster
	RosterSame  bool    // the record, the frozen roster and the open leaf name the same root
	Ballots     int64   // that were counted again
	Differs     []int64 // positions of matters whose count or outcome is not what was filed
	Objections  map[lifecycle.ObjectionState]int64
	Upheld      int64
	Papers      []FilingPaper
	LogLeaves   int64
	LogHolds    bool // every stored leaf is one of those that were signed
	ResultIn    bool // the filed result is one that the log holds
	Witness     Witnessing
	Flags       []ReviewFlag
}

// Review looks at a hand-in again: the notice's days, the roster, the count with the rules in force, objections, papers,
// log and witness, and what is out of the ordinary. Refusals: not_found, result_not_ready.
func (s *Store) Review(ctx context.Context, communityID, filingID string) (FilingReview, error) {
	filing, err := s.Filing(ctx, communityID, filingID)
	if err != nil {
		return FilingReview{}, err
	}
	meeting, err := s.Meeting(ctx, communityID, filing.MeetingID)
	if err != nil {
		return FilingReview{}, err
	}
	r := FilingReview{Meeting: meeting, NoticeDays: calendar.NoticeDays(meeting.NoticedAt, meeting.OpensAt)}
	if clause := meeting.Pack.Procedure.Notice(meeting.Extraordinary); clause != nil {
		r.NoticeLeast = clause.Days
		if clause.Source != nil {
			r.NoticeLaw = clause.Source.String()
		}
	}
	if r.Witness, err = s.WitnessingOf(ctx, meeting); err != nil {
		return FilingReview{}, err
	}
	for _, look := range []func(context.Context, *FilingReview, Filing) error{s.reviewLog, s.reviewRoster, s.reviewObjections, s.reviewCount, s.reviewFlags} {
		if err := look(ctx, &r, filing); err != nil {
			return FilingReview{}, err
		}
	}
	return r, nil
}

// reviewLog builds the tree from the stored leaves and looks for the filed result in it.
func (s *Store) reviewLog(ctx context.Context, r *FilingReview, filing Filing) error {
	p, err := s.proverOf(ctx, r.Meeting)
	if errors.Is(err, &Refusal{Code: "ledger_mismatch"}) {
		return nil
	}
	if err != nil {
		return err
	}
	r.LogHolds, r.LogLeaves = true, p.head.Size
	results, err := leavesOf[ledger.Result](s.read(ctx), r.Meeting, ledger.LeafResult)
	r.ResultIn = slices.ContainsFunc(results, func(leaf ledger.Result) bool { return leaf.Outcome.String() == filing.Record.ResultSHA256 })
	return err
}

// reviewRoster compares the roots of the record, of the roster and of the open leaf.
func (s *Store) reviewRoster(ctx context.Context, r *FilingReview, filing Filing) error {
	var err error
	if r.Roster, err = s.Roster(ctx, r.Meeting.CommunityID, r.Meeting.RosterID); err != nil {
		return err
	}
	openings, err := leavesOf[ledger.Open](s.read(ctx), r.Meeting, ledger.LeafOpen)
	if err != nil {
		return err
	}
	r.RosterSame = r.Roster.FrozenAt != 0 && len(openings) == 1 && openings[0].RosterRoot.String() == r.Roster.Root && r.Roster.Root == filing.Record.RosterRoot
	return nil
}

func (s *Store) reviewObjections(ctx context.Context, r *FilingReview, _ Filing) error {
	list, err := s.ObjectionsTo(ctx, r.Meeting.CommunityID, r.Meeting.ID)
	r.Objections = map[lifecycle.ObjectionState]int64{}
	for _, objection := range list {
		r.Objections[objection.State]++
		if objection.Verdict == Upheld {
			r.Upheld++
		}
	}
	return err
}

// reviewCount counts the opened ballots again and decides every matter anew.
func (s *Store) reviewCount(ctx context.Context, r *FilingReview, filing Filing) error {
	results, err := s.Results(ctx, r.Meeting.CommunityID, r.Meeting.ID)
	if err != nil {
		return err
	}
	if len(results) == 0 {
		return refuse("result_not_ready")
	}
	r.Papers = r.Meeting.FilingPapers(results[len(results)-1])
	db := s.read(ctx)
	full, err := boxOf(db, r.Meeting, castSheets(db, r.Meeting))
	if err != nil {
		return err
	}
	r.Ballots = full.ballots
	law, filed := r.Meeting.Pack.Law(), filing.Record.Matters
	for i, tally := range full.box.Count() {
		rule := r.Meeting.Matters[i].Rule
		outcome, err := voting.Decide(law, r.Meeting.Policies, rule, tally.Counts)
		if err != nil {
			return fmt.Errorf("decide matter %d again: %w", i+1, err)
		}
		if i >= len(filed) || !sameCount(filed[i].Outcome, outcome) {
			r.Differs = append(r.Differs, r.Meeting.Matters[i].Position)
		}
		narrow, err := narrowly(r.Meeting, rule, tally.Counts, full.voters)
		if err != nil {
			return err
		}
		if narrow > 0 {
			r.Flags = append(r.Flags, ReviewFlag{Kind: FlagNarrow, N: narrow, Of: tally.Counts.Voted.Heads, Matter: r.Meeting.Matters[i].Position})
		}
		void := tally.Counts.Void.Heads
		if all := void + tally.Counts.Voted.Heads; manyVoids(void, all) {
			r.Flags = append(r.Flags, ReviewFlag{Kind: FlagVoids, N: void, Of: all, Matter: r.Meeting.Matters[i].Position})
		}
	}
	return nil
}

// sameCount tells whether two outcomes rest on the same figures and say the same. A lot decides only between those that
// are equal in them.
func sameCount(filed, again voting.Outcome) bool {
	a, b := filed.Counted, again.Counted
	same := a.Total == b.Total && a.Participants == b.Participants && a.Voted == b.Voted && a.Void == b.Void && a.SilentDelivered == b.SilentDelivered &&
		maps.Equal(a.Options, b.Options) && maps.Equal(a.Against, b.Against)
	return same && (filed.Result == again.Result || len(filed.Lots) > 0)
}

// narrowly gives the number of ballots of which one in a hundred, and at least three, would have to be wrong to put the
// outcome in doubt; 0 where it stands with all of them.
func narrowly(meeting Meeting, rule voting.Matter, counts voting.Counts, voters []voting.Voter) (int64, error) {
	ballots := max(narrowLeast, counts.Voted.Heads/100)
	if rule.Kind == voting.Consult || ballots > counts.Voted.Heads {
		return 0, nil
	}
	robust, err := voting.Robust(meeting.Pack.Law(), meeting.Policies, rule, counts, voting.DisputedAmong(rule, voters, ballots))
	if err != nil {
		return 0, fmt.Errorf("look for the margin of a matter: %w", err)
	}
	if robust.Stands {
		return 0, nil
	}
	return ballots, nil
}
