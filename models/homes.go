package models

import (
	"context"
	"fmt"
	"strings"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// Sheet is what stands on one voter's paper sheet (表决票). Names are personal: the sheet is handed to the
// household, and nobody else gets this.
type Sheet struct {
	VoterID string
	Label   string // place of the first unit, or the developer
	Names   []string
	Units   []voting.Unit
	Weight  voting.Weight // within the whole roster
	Matters []Matter      // those the voter is entitled to
	Token   string        // of the QR
	Serial  string
}

// Sheets gives the sheets of a meeting from its notice on, in the order of the roster. Refusals: not_found,
// illegal_step (no notice yet).
func (s *Store) Sheets(ctx context.Context, communityID, meetingID string) ([]Sheet, error) {
	meeting, err := s.Meeting(ctx, communityID, meetingID)
	if err != nil {
		return nil, err
	}
	if meeting.NoticedAt == 0 {
		return nil, refuse("illegal_step")
	}
	db := s.read(ctx)
	voters, err := votersOf(db, communityID, meeting.RosterID)
	if err != nil {
		return nil, err
	}
	names, err := s.namesOf(ctx, communityID, meeting.RosterID)
	if err != nil {
		return nil, err
	}
	acting, err := actingFor(db.Where("mandate.community_id = ? AND mandate.roster_id = ?", communityID, meeting.RosterID))
	if err != nil {
		return nil, err
	}
	for voterID, mandates := range acting {
		owners, err := ownersOfVoter(db, communityID, voterID)
		if err != nil {
			return nil, err
		}
		for _, one := range actors(owners, mandates) {
			if one.kind != "" {
				names[voterID] = append(names[voterID], one.label(strings.Clone))
			}
		}
	}
	var rows []voterRow
	if err := db.Where("community_id = ? AND roster_id = ?", communityID, meeting.RosterID).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read voters: %w", err)
	}
	labels := make(map[string]string, len(rows))
	for _, row := range rows {
		labels[row.ID] = row.Label
	}
	sheets := make([]Sheet, 0, len(voters))
	for _, voter := range voters {
		own := entitled(meeting.Matters, voter)
		if len(own) == 0 {
			continue
		}
		sheets = append(sheets, Sheet{VoterID: voter.ID, Label: labels[voter.ID], Names: names[voter.ID], Units: voter.Units,
			Weight: voter.Within(nil), Matters: own, Token: s.keys.Locator(meetingID, voter.ID, firstIssue),
			Serial: ledger.Serial(s.keys.Serial(meetingID, voter.ID, firstIssue)).String()})
	}
	return sheets, nil
}

func (s *Store) namesOf(ctx context.Context, communityID, rosterID string) (map[string][]string, error) {
	var rows []struct{ VoterID, Name string }
	err := s.read(ctx).Table("voter_owner").Select("voter_owner.voter_id, owner.name").
		Joins("JOIN owner ON owner.community_id = voter_owner.community_id AND owner.id = voter_owner.owner_id").
		Where("owner.community_id = ? AND owner.roster_id = ?", communityID, rosterID).
		Order("voter_owner.voter_id, voter_owner.position").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	names := map[string][]string{}
	for _, row := range rows {
		names[row.VoterID] = append(names[row.VoterID], row.Name)
	}
	return names, nil
}

// BallotPaper is what a resident who has proved who they are may vote on.
type BallotPaper struct {
	Meeting Meeting
	Units   []voting.Unit
	Weight  voting.Weight
	Matters []Matter
	Voted   bool
	Channel lifecycle.Channel // of the ballot, if Voted
}

// BallotPaperOf gives the ballot of a session's voter, in whatever state the meeting is.
// Refusals: not_found, forbidden (the voter is not entitled to any matter).
func (s *Store) BallotPaperOf(ctx context.Context, meetingID, voterID string) (BallotPaper, error) {
	meeting, err := s.PublicMeeting(ctx, meetingID)
	if err != nil {
		return BallotPaper{}, err
	}
	db := s.read(ctx)
	units, err := unitsOfVoter(db, meeting.CommunityID, voterID)
	if err != nil {
		return BallotPaper{}, err
	}
	voter := voting.Voter{ID: voterID, Units: units}
	paper := BallotPaper{Meeting: meeting, Units: units, Weight: voter.Within(nil), Matters: entitled(meeting.Matters, voter)}
	if len(paper.Matters) == 0 {
		return BallotPaper{}, refuse("forbidden")
	}
	paper.Channel, err = votedBy(db, meeting.CommunityID, meetingID, voterID)
	paper.Voted = paper.Channel != ""
	return paper, err
}

// turnoutStep is the least number of ballots by which published turnout moves while a meeting is open: two
// totals that differ by one ballot would tell that ballot's area, and so its home (security.md §4).
const turnoutStep = 20

// Turnout is participation in coarse steps: the weight of the first ballots, a multiple of 20.
type Turnout struct {
	Ballots int64
	Cast    voting.Weight // within the whole roster
	Total   voting.Weight
}

// TurnoutOf tells how many have voted so far, by heads and area; never for what.
func (s *Store) TurnoutOf(ctx context.Context, meeting Meeting) (Turnout, error) {
	db := s.read(ctx)
	var list rosterRow
	if err := db.Where("community_id = ? AND id = ?", meeting.CommunityID, meeting.RosterID).Take(&list).Error; err != nil {
		return Turnout{}, fmt.Errorf("read the roster: %w", err)
	}
	turnout := Turnout{Total: voting.Weight{Heads: list.Heads, Area: list.AreaCM2}}
	var n int64
	if err := db.Table("ballot").Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Count(&n).Error; err != nil {
		return Turnout{}, fmt.Errorf("count ballots: %w", err)
	}
	turnout.Ballots = n - n%turnoutStep
	first := db.Table("ballot").Select("voter_id").Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).
		Order("leaf_index").Limit(int(turnout.Ballots))
	var cast struct {
		Heads int64
		Area  voting.Area
	}
	err := db.Table("voter").Select("COALESCE(SUM(heads), 0) AS heads, COALESCE(SUM(area_cm2), 0) AS area").
		Where("community_id = ? AND id IN (?)", meeting.CommunityID, first).Scan(&cast).Error
	if err != nil {
		return Turnout{}, fmt.Errorf("add up turnout: %w", err)
	}
	turnout.Cast = voting.Weight{Heads: cast.Heads, Area: cast.Area}
	return turnout, nil
}
