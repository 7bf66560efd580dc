package models

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// resultStates are the states in which a count is public. An annulled vote has no result to show.
var resultStates = []lifecycle.MeetingState{lifecycle.MeetingPreliminary, lifecycle.MeetingPublished,
	lifecycle.MeetingUnderCorrection, lifecycle.MeetingRevoked}

// HasPublicResult tells whether anybody may see the figures of a meeting in that state.
func HasPublicResult(state lifecycle.MeetingState) bool { return slices.Contains(resultStates, state) }

// BoardCommunity is a community in the public list with what there is to see.
type BoardCommunity struct {
	Community
	OpenVotes int64
	Results   int64 // published
}

// BoardCommunities is one page of the communities whose name or place holds the text, in the order of district, street
// and name; anyone may see this. Refusal: cursor_invalid.
func (s *Store) BoardCommunities(ctx context.Context, text string, page Page) ([]BoardCommunity, string, error) {
	list, next, err := communityPage(containing(communities(s.read(ctx)), text), page)
	if err != nil {
		return nil, "", err
	}
	ids, at := idsOf(list)
	var counts []struct {
		CommunityID string
		State       lifecycle.MeetingState
		N           int64
	}
	err = s.read(ctx).Table("meeting").Select("community_id, state, COUNT(*) AS n").
		Where("community_id IN ? AND state IN ?", ids, []lifecycle.MeetingState{lifecycle.MeetingVoting, lifecycle.MeetingPublished}).
		Group("community_id, state").Scan(&counts).Error
	if err != nil {
		return nil, "", fmt.Errorf("count public meetings: %w", err)
	}
	board := make([]BoardCommunity, len(list))
	for i, community := range list {
		board[i].Community = community
	}
	for _, count := range counts {
		if count.State == lifecycle.MeetingVoting {
			board[at[count.CommunityID]].OpenVotes = count.N
			continue
		}
		board[at[count.CommunityID]].Results = count.N
	}
	return board, next, nil
}

// Board is the public board 公示栏 of a community.
type Board struct {
	Community Community
	Meetings  []BoardMeeting // noticed ones, the newest first
	Rosters   []Roster       // published and frozen versions, the newest first
	Versions  []Roster       // every version that was ever put on display, those that were superseded included
	Filings   []Filing       // those that have a certificate, whatever became of it
}

// BoardMeeting is a meeting with its public result, nil before one is displayed.
type BoardMeeting struct {
	Meeting
	Result *Result
}

// Board reads a community's public board. Refusal: not_found.
func (s *Store) Board(ctx context.Context, communityID string) (Board, error) {
	board := Board{}
	var err error
	if board.Community, err = s.Community(ctx, communityID); err != nil {
		return Board{}, err
	}
	meetings, err := s.Meetings(ctx, communityID)
	if err != nil {
		return Board{}, err
	}
	db := s.read(ctx)
	results, err := latestResults(db, communityID)
	if err != nil {
		return Board{}, err
	}
	for _, meeting := range meetings {
		if meeting.NoticedAt == 0 { // a draft, also one that was withdrawn as a draft
			continue
		}
		public := BoardMeeting{Meeting: meeting}
		if result, found := results[meeting.ID]; found && HasPublicResult(meeting.State) {
			public.Result = &result
		}
		board.Meetings = append(board.Meetings, public)
	}
	rosters, err := s.Rosters(ctx, communityID)
	for _, list := range rosters {
		if list.PublishedAt != 0 {
			board.Versions = append(board.Versions, list)
		}
		if list.State == lifecycle.RosterPublished || list.State == lifecycle.RosterFrozen {
			board.Rosters = append(board.Rosters, list)
		}
	}
	if err != nil {
		return Board{}, err
	}
	board.Filings, err = filings(db.Where("filing.community_id = ? AND filing.check_code <> ''", communityID).Order("filing.submitted_at"))
	return board, err
}

// publicResultOf gives the final result, or the preliminary one where nothing later is public; nil while
// nothing is.
func publicResultOf(db *gorm.DB, meeting Meeting) (*Result, error) {
	if !HasPublicResult(meeting.State) {
		return nil, nil
	}
	results, err := resultsOf(db, meeting.CommunityID, meeting.ID)
	if err != nil || len(results) == 0 {
		return nil, err
	}
	return &results[len(results)-1], nil
}

// Notice is everything that a meeting's public notice says.
type Notice struct {
	Community Community
	Meeting   Meeting
	Roster    Roster
	Sales     []Sale                   // of homes after the roster was frozen
	Mandates  int64                    // homes for which it was noted who votes: chosen, a guardian, or for a body
	Amended   []Amendment              // of the roster after the notice: for later meetings
	Bases     map[string]voting.Weight // by matter: everybody inside its scope
	Turnout   *Turnout                 // while voting
	Close     LogHead                  // of the log at the close, one half of the seed of a lot; zero before
	Log       Witnessing               // its signed heads and who cosigned them
}

// NoticeOf reads the public notice of a meeting. Refusal: not_found (also for a draft).
func (s *Store) NoticeOf(ctx context.Context, meetingID string) (Notice, error) {
	meeting, err := s.PublicMeeting(ctx, meetingID)
	if err != nil {
		return Notice{}, err
	}
	return s.noticeOf(ctx, meeting)
}

// DraftNotice is what the notice of a draft would say if it were issued now; nothing of it is public.
// Refusals: not_found, illegal_step (no draft any more).
func (s *Store) DraftNotice(ctx context.Context, communityID, meetingID string) (Notice, error) {
	meeting, err := s.Meeting(ctx, communityID, meetingID)
	if err != nil {
		return Notice{}, err
	}
	if meeting.State != lifecycle.MeetingDraft {
		return Notice{}, refuse("illegal_step")
	}
	return s.noticeOf(ctx, meeting)
}

func (s *Store) noticeOf(ctx context.Context, meeting Meeting) (Notice, error) {
	notice := Notice{Meeting: meeting}
	var err error
	if notice.Log, err = s.WitnessingOf(ctx, meeting); err != nil {
		return Notice{}, err
	}
	if notice.Community, err = s.Community(ctx, meeting.CommunityID); err != nil {
		return Notice{}, err
	}
	if notice.Roster, err = s.Roster(ctx, meeting.CommunityID, meeting.RosterID); err != nil {
		return Notice{}, err
	}
	if notice.Bases, err = s.Bases(ctx, meeting); err != nil {
		return Notice{}, err
	}
	if notice.Sales, notice.Mandates, err = s.publicMandates(ctx, meeting, s.clock()); err != nil {
		return Notice{}, err
	}
	if notice.Amended, err = amendedSince(s.read(ctx), meeting.CommunityID, meeting.RosterID); err != nil {
		return Notice{}, err
	}
	if meeting.State == lifecycle.MeetingVoting {
		turnout, err := s.TurnoutOf(ctx, meeting)
		if err != nil {
			return Notice{}, err
		}
		notice.Turnout = &turnout
	}
	if meeting.ClosedAt != 0 {
		notice.Close, err = s.CloseHeadOf(ctx, meeting.CommunityID, meeting.ID)
	}
	return notice, err
}

// ChannelHeads are the heads whose ballots came one way.
type ChannelHeads struct {
	Channel lifecycle.Channel
	Heads   int64
}

// ChannelsOf tells by which ways the ballots of a meeting came; for a counted meeting only, since while a
// vote is open figures move in steps.
func (s *Store) ChannelsOf(ctx context.Context, communityID, meetingID string) ([]ChannelHeads, error) {
	meeting, err := s.Meeting(ctx, communityID, meetingID)
	if err != nil {
		return nil, err
	}
	if meeting.Platform != "" {
		return channelsWithImport(s.read(ctx), meeting)
	}
	var list []ChannelHeads
	err = s.read(ctx).Table("ballot").Select("ballot.channel, SUM(voter.heads) AS heads").
		Joins("JOIN voter ON voter.community_id = ballot.community_id AND voter.id = ballot.voter_id").
		Where("ballot.community_id = ? AND ballot.meeting_id = ?", communityID, meetingID).
		Group("ballot.channel").Order("ballot.channel").Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("add up the channels: %w", err)
	}
	return list, nil
}

// LogHead is the state of a meeting's ballot log.
type LogHead struct {
	Size int64  // leaves
	Root string // hex
}

// LogHeadOf reads the head of a meeting's log; it is the zero head before the notice.
func (s *Store) LogHeadOf(ctx context.Context, communityID, meetingID string) (LogHead, error) {
	var rows []logHeadRow
	if err := s.read(ctx).Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Find(&rows).Error; err != nil {
		return LogHead{}, fmt.Errorf("read the log head: %w", err)
	}
	if len(rows) == 0 {
		return LogHead{}, nil
	}
	edge, err := ledger.ParseEdge(rows[0].Edge)
	if err != nil {
		return LogHead{}, fmt.Errorf("read the log head: %w", err)
	}
	return LogHead{Size: edge.Size, Root: edge.Root().String()}, nil
}

// PublicResult is a displayed count with what a reader needs to check it.
type PublicResult struct {
	Notice
	Result      Result
	Channels    []ChannelHeads
	Imported    *Imported                    // from a city's platform; nil without one, and without the file's hash
	Head        LogHead                      // of the log as it stands
	Lot         *Lot                         // nil where no tie waits for one, or did
	Robust      map[string]voting.Robustness // by matter; see [Store.Robustness]
	Objections  ObjectionEffect              // how they stand, and what they could change
	Sheets      *SheetBalance                // see [Store.SheetBalanceOf]
	Certificate string                       // check code of the street's certificate; empty without one
}

// PublicResultOf reads the public result of a meeting: the final one, or the preliminary one while
// objections run. Refusals: not_found, result_not_ready.
func (s *Store) PublicResultOf(ctx context.Context, meetingID string) (PublicResult, error) {
	notice, err := s.NoticeOf(ctx, meetingID)
	if err != nil {
		return PublicResult{}, err
	}
	public, err := publicResultOf(s.read(ctx), notice.Meeting)
	if err != nil {
		return PublicResult{}, err
	}
	if public == nil {
		return PublicResult{}, refuse("result_not_ready")
	}
	result, err := s.figuresOf(ctx, notice, *public)
	if err != nil {
		return PublicResult{}, err
	}
	communityID := notice.Community.ID
	if result.Head, err = s.LogHeadOf(ctx, communityID, meetingID); err != nil {
		return PublicResult{}, err
	}
	if result.Lot, err = s.LotOf(ctx, notice.Meeting); err != nil {
		return PublicResult{}, err
	}
	if result.Robust, err = s.Robustness(ctx, notice.Meeting); err != nil {
		return PublicResult{}, err
	}
	if result.Objections, err = s.ObjectionEffectOf(ctx, notice.Meeting, result.Robust); err != nil {
		return PublicResult{}, err
	}
	filings, err := s.FilingsOf(ctx, communityID, meetingID)
	for _, filing := range slices.Backward(filings) { // the newest one that was issued
		if filing.CheckCode != "" {
			result.Certificate = filing.CheckCode
		}
	}
	return result, err
}

// figuresOf is a count with what never changes beside it.
func (s *Store) figuresOf(ctx context.Context, notice Notice, count Result) (PublicResult, error) {
	result, meeting := PublicResult{Notice: notice, Result: count}, notice.Meeting
	var err error
	if result.Channels, err = s.ChannelsOf(ctx, meeting.CommunityID, meeting.ID); err != nil {
		return PublicResult{}, err
	}
	if result.Imported, err = s.ImportedOf(ctx, meeting); err != nil {
		return PublicResult{}, err
	}
	if result.Imported != nil {
		result.Imported.SHA256 = ""
	}
	result.Sheets, err = s.SheetBalanceOf(ctx, meeting)
	return result, err
}
