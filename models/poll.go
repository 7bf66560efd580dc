package models

import (
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/bundle"
)

// PollResult is what an opinion poll came to when its result became final.
type PollResult struct {
	CommunityID string
	Community   string
	StreetID    string
	Street      string
	MeetingID   string
	Title       string
	About       voting.Subject // empty for a poll that is not of satisfaction
	Asked       voting.Weight  // everybody in its scope
	Answered    voting.Weight  // who took part, abstentions included
	Agreed      voting.Weight  // or satisfied
	Reached     bool           // the announced yardstick
	At          int64          // Unix ms
}

// Half tells whether half or more (半数以上) of those who took part agree, by heads and by area.
func (p PollResult) Half() bool { return half(p.Agreed, p.Answered) }

func half(part, whole voting.Weight) bool {
	least := voting.Threshold{Num: 1, Den: 2}
	return least.Met(part.Heads, whole.Heads) && least.Met(int64(part.Area), int64(whole.Area))
}

type pollRow struct {
	CommunityID   string
	MeetingID     string
	MatterID      string
	About         voting.Subject
	AskedHeads    int64
	AskedArea     voting.Area
	AnsweredHeads int64
	AnsweredArea  voting.Area
	AgreedHeads   int64
	AgreedArea    voting.Area
	Reached       bool
	At            int64
}

func (pollRow) TableName() string { return "poll_result" }

// storePolls keeps what the polls of a final result came to. One that law and notice left open, or whose condition was
// not met, came to nothing.
func storePolls(tx *gorm.DB, now int64, communityID, meetingID string, body bundle.Result) error {
	for _, matter := range body.Matters {
		rule, outcome := matter.Rule, matter.Outcome
		if rule.Kind != voting.Consult || matter.Effect == voting.Lapsed || outcome.Result == voting.Undetermined {
			continue
		}
		asked, answered, agreed := outcome.Counted.Total, outcome.Counted.Participants, rule.Agreed(outcome.Counted.Options)
		row := pollRow{CommunityID: communityID, MeetingID: meetingID, MatterID: matter.MatterID, About: rule.Poll.About, AskedHeads: asked.Heads, AskedArea: asked.Area,
			AnsweredHeads: answered.Heads, AnsweredArea: answered.Area, AgreedHeads: agreed.Heads, AgreedArea: agreed.Area, Reached: outcome.Result == voting.Passed, At: now}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep the result of a poll: %w", err)
		}
	}
	return nil
}
