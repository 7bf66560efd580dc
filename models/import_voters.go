package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// votedBy is how the voter's answer came in, the platform's only where there is none of another channel; empty without any.
func votedBy(db *gorm.DB, communityID, meetingID, voterID string) (lifecycle.Channel, error) {
	channel, err := channelOf(db, communityID, meetingID, voterID)
	if err != nil || channel != "" {
		return channel, err
	}
	var n int64
	err = effectiveImported(db, communityID, meetingID).Where("imported_ballot.voter_id = ?", voterID).Count(&n).Error
	if err != nil {
		return "", fmt.Errorf("look for an imported ballot: %w", err)
	}
	if n > 0 {
		return lifecycle.Imported, nil
	}
	return "", nil
}

// votersByPlatform counts the voters of the import in force; alone are those of them without a ballot of another channel.
func votersByPlatform(db *gorm.DB, communityID, meetingID string) (all, alone int64, err error) {
	if err := effectiveImported(db, communityID, meetingID).Count(&all).Error; err != nil {
		return 0, 0, fmt.Errorf("count imported ballots: %w", err)
	}
	err = effectiveImported(db, communityID, meetingID).
		Joins("LEFT JOIN ballot ON ballot.community_id = imported_ballot.community_id AND ballot.meeting_id = imported_ballot.meeting_id " +
			"AND ballot.voter_id = imported_ballot.voter_id").
		Where("ballot.voter_id IS NULL").Count(&alone).Error
	if err != nil {
		return 0, 0, fmt.Errorf("count imported ballots: %w", err)
	}
	return all, alone, nil
}

// Imported is what a counted meeting took over from the announced platform. It names nobody and no option.
type Imported struct {
	Platform string
	Voters   int64                     // in the platform's file
	Twice    int64                     // of them with a ballot of another channel
	Standing map[voting.Standing]int64 // which of the two counted, or that both were compared
	SHA256   string                    // hex, of the file; for staff alone: the lines of a small meeting could be tried
}

// ImportedOf tells what became of the platform's ballots in a counted meeting; nil where none was announced, and before the
// count.
func (s *Store) ImportedOf(ctx context.Context, meeting Meeting) (*Imported, error) {
	if meeting.Platform == "" || meeting.TalliedAt == 0 {
		return nil, nil
	}
	db := s.read(ctx)
	rows, err := importsOf(db, meeting.CommunityID, meeting.ID)
	if err != nil {
		return nil, err
	}
	in := inState(rows, ImportEffective)
	if in == nil {
		return nil, nil
	}
	judged, err := standings(db, meeting, "")
	found := &Imported{Platform: meeting.Platform, Voters: in.Voters, Twice: int64(len(judged)), Standing: map[voting.Standing]int64{}, SHA256: in.FileSHA256}
	for _, standing := range judged {
		found.Standing[standing]++
	}
	return found, err
}

// channelsWithImport are the heads by the channel of the ballot that counts. What was compared stands under the way it came
// here.
func channelsWithImport(db *gorm.DB, meeting Meeting) ([]ChannelHeads, error) {
	judged, err := standings(db, meeting, "")
	if err != nil {
		return nil, err
	}
	var own, imported []struct {
		VoterID string
		Channel lifecycle.Channel
		Heads   int64
	}
	err = db.Table("ballot").Select("ballot.voter_id, ballot.channel, voter.heads").
		Joins("JOIN voter ON voter.community_id = ballot.community_id AND voter.id = ballot.voter_id").
		Where("ballot.community_id = ? AND ballot.meeting_id = ?", meeting.CommunityID, meeting.ID).Scan(&own).Error
	if err != nil {
		return nil, fmt.Errorf("add up the channels: %w", err)
	}
	err = effectiveImported(db, meeting.CommunityID, meeting.ID).Select("imported_ballot.voter_id, voter.heads").
		Joins("JOIN voter ON voter.community_id = imported_ballot.community_id AND voter.id = imported_ballot.voter_id").Scan(&imported).Error
	if err != nil {
		return nil, fmt.Errorf("add up the platform's ballots: %w", err)
	}
	heads := map[lifecycle.Channel]int64{}
	for _, row := range own {
		if standing, both := judged[row.VoterID]; !both || standing != voting.ImportedStands {
			heads[row.Channel] += row.Heads
		}
	}
	for _, row := range imported {
		if standing, both := judged[row.VoterID]; !both || standing == voting.ImportedStands {
			heads[lifecycle.Imported] += row.Heads
		}
	}
	var list []ChannelHeads
	for channel, n := range heads {
		list = append(list, ChannelHeads{Channel: channel, Heads: n})
	}
	slices.SortFunc(list, func(a, b ChannelHeads) int { return strings.Compare(string(a.Channel), string(b.Channel)) })
	return list, nil
}
