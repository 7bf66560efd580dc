package models

import (
	"context"
	"slices"

	"gongjue/voting/lifecycle"
)

// CountStanding tells what became of a preliminary count that was on display.
type CountStanding string

// The standings. Figures that were displayed stay as they were: only a newer notice takes their place.
const (
	CountDisplayed CountStanding = "displayed" // nothing newer
	CountReplaced  CountStanding = "replaced"  // by the final result
	CountAnnulled  CountStanding = "annulled"  // with the vote, which is run again
)

// CountStandings lists every standing.
var CountStandings = []CountStanding{CountDisplayed, CountReplaced, CountAnnulled}

// DisplayedCount is what became of the count that the meeting put on display.
func (m Meeting) DisplayedCount() CountStanding {
	switch {
	case m.State == lifecycle.MeetingVoidRerun:
		return CountAnnulled
	case m.PublishedAt != 0:
		return CountReplaced
	}
	return CountDisplayed
}

// PreliminaryOf is the preliminary count 询异公示 of a meeting as it went on display, whatever became of it since: figures, the
// roster and the log as they were at that moment, without anything that moved afterwards. Refusals: not_found,
// result_not_ready (no count was ever displayed).
func (s *Store) PreliminaryOf(ctx context.Context, meetingID string) (PublicResult, error) {
	notice, err := s.NoticeOf(ctx, meetingID)
	if err != nil {
		return PublicResult{}, err
	}
	meeting := notice.Meeting
	results, err := s.Results(ctx, meeting.CommunityID, meetingID)
	if err != nil {
		return PublicResult{}, err
	}
	at := slices.IndexFunc(results, func(r Result) bool { return r.Stage == PreliminaryResult })
	if at < 0 || meeting.PreliminaryAt == 0 {
		return PublicResult{}, refuse("result_not_ready")
	}
	if notice.Sales, notice.Mandates, err = s.publicMandates(ctx, meeting, meeting.PreliminaryAt); err != nil {
		return PublicResult{}, err
	}
	notice.Amended = slices.DeleteFunc(notice.Amended, func(a Amendment) bool { return a.DecidedAt > meeting.PreliminaryAt })
	notice.Log = Witnessing{Opening: notice.Log.Opening, Close: notice.Log.Close, Counted: notice.Log.Counted, Result: notice.Log.Counted}
	result, err := s.figuresOf(ctx, notice, results[at])
	result.Head = LogHead{Size: notice.Log.Counted.Size, Root: notice.Log.Counted.Root}
	return result, err
}
