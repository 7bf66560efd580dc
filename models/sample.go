package models

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/sample"
)

// SampleState is how a round of a street's sample (抽样回访) stands.
type SampleState string

// The states of a round.
const (
	SampleAnnounced SampleState = "announced" // with time and place of the lot
	SampleRecorded  SampleState = "recorded"  // one of two has typed the number
	SampleDrawn     SampleState = "drawn"     // the ballots are known: owners are asked
	SampleEnded     SampleState = "ended"     // with a finding
	SampleWithdrawn SampleState = "withdrawn" // before the lot was drawn, with a reason
)

// SampleStates lists every state.
var SampleStates = []SampleState{SampleAnnounced, SampleRecorded, SampleDrawn, SampleEnded, SampleWithdrawn}

// Sample is one round as everybody may see it: which ballots, by their places in the log, and what came of asking, but
// nothing of whose they are.
type Sample struct {
	Round       int64
	State       SampleState
	Plan        sample.Plan
	DueAt       int64 // Unix ms: when the number is drawn in public
	Place       string
	Manner      string // of drawing the number
	Digits      int64
	AnnouncedAt int64  // Unix ms, as below
	CloseRoot   string // hex, of the log up to its close leaf: the half of the seed that was fixed first

	Number     string // as drawn; empty before a second person typed it again
	NumberAt   int64
	Witnesses  string // by role
	FirstRole  Role
	SecondRole Role
	Differed   int64 // how often a second person typed another number
	DrawnAt    int64
	Certain    []int64 // leaves of the ballots that are asked about without a lot
	ByLot      []int64 // leaves of the others, in the order of the lot

	Asked   int64  // ballots with an answer
	Reason  string // why it was withdrawn
	Finding *sample.Finding
	EndedAt int64
	FirstID string // account of whoever typed the number first
}

// Live tells whether something is still to be done.
func (s *Sample) Live() bool { return s.State != SampleEnded && s.State != SampleWithdrawn }

type sampleRow struct {
	CommunityID string
	MeetingID   string
	Round       int64
	State       SampleState
	Plan        string
	DueAt       int64
	Place       string
	Manner      string
	Digits      int64
	AnnouncedAt int64
	AnnouncedBy string
	Number      string
	NumberAt    int64
	Witnesses   string
	FirstBy     string
	FirstRole   Role
	SecondBy    string
	SecondRole  Role
	Differed    int64
	DrawnAt     *int64
	Reason      string
	Finding     string
	EndedAt     *int64
	EndedBy     string
}

func (sampleRow) TableName() string { return "sample" }

type sampleBallotRow struct {
	CommunityID string
	MeetingID   string
	Round       int64
	LeafIndex   int64
	VoterID     string
	Place       int64
	ByLot       bool
}

func (sampleBallotRow) TableName() string { return "sample_ballot" }

type sampleAnswerRow struct {
	CommunityID string
	MeetingID   string
	Round       int64
	LeafIndex   int64
	Try         int64
	Answer      sample.Answer
	AskedAt     int64
	AskedBy     string
}

func (sampleAnswerRow) TableName() string { return "sample_answer" }

// SamplesOf are the rounds of a meeting, the oldest first.
func (s *Store) SamplesOf(ctx context.Context, meeting Meeting) ([]Sample, error) {
	db := s.read(ctx)
	rows, err := sampleRows(db, meeting.CommunityID, meeting.ID)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	head, err := s.closeHead(db, meeting.CommunityID, meeting.ID)
	if err != nil {
		return nil, err
	}
	views := make([]Sample, len(rows))
	for i, row := range rows {
		if views[i], err = row.view(db); err != nil {
			return nil, err
		}
		views[i].CloseRoot = head.Root
	}
	return views, nil
}

func sampleRows(db *gorm.DB, communityID, meetingID string) ([]sampleRow, error) {
	var rows []sampleRow
	if err := db.Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Order("round").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read samples: %w", err)
	}
	return rows, nil
}

func (r sampleRow) view(db *gorm.DB) (Sample, error) {
	view := Sample{Round: r.Round, State: r.State, DueAt: r.DueAt, Place: r.Place, Manner: r.Manner, Digits: r.Digits, AnnouncedAt: r.AnnouncedAt,
		NumberAt: r.NumberAt, Witnesses: r.Witnesses, FirstRole: r.FirstRole, SecondRole: r.SecondRole, Differed: r.Differed,
		DrawnAt: deref(r.DrawnAt), Reason: r.Reason, EndedAt: deref(r.EndedAt), FirstID: r.FirstBy}
	if err := json.Unmarshal([]byte(r.Plan), &view.Plan); err != nil {
		return Sample{}, fmt.Errorf("decode the plan of sample %d: %w", r.Round, err)
	}
	if r.Finding != "" {
		if err := json.Unmarshal([]byte(r.Finding), &view.Finding); err != nil {
			return Sample{}, fmt.Errorf("decode the finding of sample %d: %w", r.Round, err)
		}
	}
	if r.State != SampleDrawn && r.State != SampleEnded {
		return view, nil
	}
	view.Number = r.Number
	ballots, err := r.ballots(db)
	if err != nil {
		return Sample{}, err
	}
	for _, ballot := range ballots {
		if ballot.ByLot {
			view.ByLot = append(view.ByLot, ballot.LeafIndex)
		} else {
			view.Certain = append(view.Certain, ballot.LeafIndex)
		}
	}
	answers, err := r.answers(db)
	view.Asked = int64(len(answers))
	return view, err
}

// ballots are those of a drawn round, in the order in which they are asked about.
func (r sampleRow) ballots(db *gorm.DB) ([]sampleBallotRow, error) {
	var rows []sampleBallotRow
	err := db.Where("community_id = ? AND meeting_id = ? AND round = ?", r.CommunityID, r.MeetingID, r.Round).Order("place").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read the ballots of a sample: %w", err)
	}
	return rows, nil
}

// answers are the newest of every ballot that somebody was asked about, by leaf.
func (r sampleRow) answers(db *gorm.DB) (map[int64]sampleAnswerRow, error) {
	var rows []sampleAnswerRow
	err := db.Where("community_id = ? AND meeting_id = ? AND round = ?", r.CommunityID, r.MeetingID, r.Round).Order("try").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read the answers of a sample: %w", err)
	}
	newest := make(map[int64]sampleAnswerRow, len(rows))
	for _, row := range rows {
		newest[row.LeafIndex] = row
	}
	return newest, nil
}

// sampled is a counted meeting as a sample sees it.
type sampled struct {
	decisions []sample.Decision
	ballots   []sample.Ballot
	voters    map[int64]string // by leaf
}

// readSampled reads the ballots that count, with what each weighs in every matter, and the decisions made of them.
func readSampled(db *gorm.DB, meeting Meeting) (sampled, error) {
	rows, err := castRows(db, meeting)
	if err != nil {
		return sampled{}, err
	}
	full, err := boxOf(db, meeting, effectiveSheets(meeting, rows))
	if err != nil {
		return sampled{}, err
	}
	into := sampled{voters: map[int64]string{}}
	for i, tally := range full.box.Count() {
		into.decisions = append(into.decisions, sample.Decision{Law: meeting.Pack.Law(), Policies: meeting.Policies,
			Matter: meeting.Matters[i].Rule, Counts: tally.Counts})
	}
	if rows, err = effectiveRows(meeting, rows); err != nil {
		return sampled{}, err
	}
	held := make(map[string]voting.Voter, len(full.voters))
	for _, voter := range full.voters {
		held[voter.ID] = voter
	}
	for _, row := range rows {
		ballot := sample.Ballot{Number: row.LeafIndex, Area: held[row.VoterID].Within(nil).Area}
		for _, matter := range meeting.Matters {
			ballot.Within = append(ballot.Within, held[row.VoterID].Within(matter.Rule.Scope))
		}
		into.ballots = append(into.ballots, ballot)
		into.voters[row.LeafIndex] = row.VoterID
	}
	return into, nil
}

// SamplePlans are the plans among which the street chooses, one for each of [sample.Certainties]. Refusals:
// illegal_step (nothing is counted, or the result was taken away).
func (s *Store) SamplePlans(ctx context.Context, meeting Meeting) ([]sample.Plan, error) {
	if !MaySample(meeting.State) {
		return nil, refuse("illegal_step")
	}
	return s.plansOf(s.read(ctx), meeting)
}

// plansOf remembers the plans: what they are made of never changes after the count.
func (s *Store) plansOf(db *gorm.DB, meeting Meeting) ([]sample.Plan, error) {
	if known := s.plans.get(meeting.ID); known != nil {
		return known[meeting.ID], nil
	}
	counted, err := readSampled(db, meeting)
	if err != nil {
		return nil, err
	}
	plans := make([]sample.Plan, len(sample.Certainties))
	for i, certainty := range sample.Certainties {
		if plans[i], err = sample.New(counted.decisions, counted.ballots, certainty); err != nil {
			return nil, fmt.Errorf("plan a sample: %w", err)
		}
	}
	s.plans.put(meeting.ID, map[string][]sample.Plan{meeting.ID: plans})
	return plans, nil
}

// sampledStates are those in which a street may ask the owners about a result.
var sampledStates = []lifecycle.MeetingState{lifecycle.MeetingPreliminary, lifecycle.MeetingPublished}

// MaySample tells whether a street may ask the owners about a result: from the first display on.
func MaySample(state lifecycle.MeetingState) bool { return slices.Contains(sampledStates, state) }
