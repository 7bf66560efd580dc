package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// Overview is one community with everything that stands open in it.
type Overview struct {
	Community
	Rosters  []Roster  // the newest first
	Meetings []Meeting // without their agendas, the newest first
	Filings  []Filing  // the newest hand-in of each meeting

	Objections map[string]ObjectionCount // to rosters, by roster
}

// FilingOf is the newest hand-in of a meeting, nil without one.
func (o Overview) FilingOf(meetingID string) *Filing {
	for i := range o.Filings {
		if o.Filings[i].MeetingID == meetingID {
			return &o.Filings[i]
		}
	}
	return nil
}

// Overviews lists the communities within the bounds of a member of staff with rosters, meetings and filings,
// in five queries whatever their number. An operator sees the communities alone: no roster, no vote.
func (s *Store) Overviews(ctx context.Context, staff Staff) ([]Overview, error) {
	communities, err := s.CommunitiesOf(ctx, staff)
	if err != nil {
		return nil, err
	}
	list, at := make([]Overview, len(communities)), make(map[string]int, len(communities))
	for i, community := range communities {
		list[i].Community, at[community.ID] = community, i
	}
	if staff.Role == RoleOperator {
		return list, nil
	}
	if err := s.addRosters(ctx, staff, list, at); err != nil {
		return nil, err
	}
	if err := s.addMeetings(ctx, staff, list, at); err != nil {
		return nil, err
	}
	filings, err := s.FilingsFor(ctx, staff)
	for _, filing := range filings {
		i := at[filing.CommunityID]
		list[i].Filings = append(list[i].Filings, filing)
	}
	return list, err
}

// OverviewOf is the overview of one community. Refusal: not_found.
func (s *Store) OverviewOf(ctx context.Context, communityID string) (Overview, error) {
	list, err := s.Overviews(ctx, Staff{Role: RoleConvener, CommunityID: communityID})
	if err != nil {
		return Overview{}, err
	}
	if len(list) == 0 {
		return Overview{}, refuse("not_found")
	}
	return list[0], nil
}

func (s *Store) addRosters(ctx context.Context, staff Staff, list []Overview, at map[string]int) error {
	var rows []rosterRow
	if err := s.read(ctx).Where("community_id IN (?)", s.boundsOf(ctx, staff)).Order("version DESC").Find(&rows).Error; err != nil {
		return fmt.Errorf("list rosters of %s: %w", staff.Role, err)
	}
	for _, row := range rows {
		view, err := row.view()
		if err != nil {
			return err
		}
		i := at[row.CommunityID]
		list[i].Rosters = append(list[i].Rosters, view)
	}
	counts, err := objectionCounts(s.read(ctx), "community_id IN (?)", s.boundsOf(ctx, staff))
	for i := range list {
		list[i].Objections = counts
	}
	return err
}

func (s *Store) addMeetings(ctx context.Context, staff Staff, list []Overview, at map[string]int) error {
	var rows []meetingRow
	err := s.read(ctx).Where("community_id IN (?)", s.boundsOf(ctx, staff)).Order("created_at DESC, id DESC").Find(&rows).Error
	if err != nil {
		return fmt.Errorf("list meetings of %s: %w", staff.Role, err)
	}
	for _, row := range rows {
		view, err := row.view()
		if err != nil {
			return err
		}
		i := at[row.CommunityID]
		list[i].Meetings = append(list[i].Meetings, view)
	}
	return nil
}

// boundsOf selects the ids of the communities that an account may enter, except an operator's.
func (s *Store) boundsOf(ctx context.Context, staff Staff) *gorm.DB {
	query := s.read(ctx).Table("community").Select("community.id").Joins("JOIN street ON street.id = community.street_id")
	switch staff.Role {
	case RoleDistrict:
		return query.Where("street.district_id = ?", staff.DistrictID)
	case RoleStreet:
		return query.Where("street.id = ?", staff.StreetID)
	default:
		return query.Where("community.id = ?", staff.CommunityID)
	}
}

// Desk is a meeting with everything that its staff have to know about it.
type Desk struct {
	Meeting    Meeting
	Roster     Roster
	Turnout    *Turnout // while voting
	Issued     int64    // voters with a sheet; 0 before the notice
	OpenSheets int      // paper sheets not yet entered twice alike, which hold up the count; after the close
	Suspended  bool     // more sheets came back than can have been handed out, which bars the count; after the close
	Unrecorded int64    // sheets without a record of delivery, while one can be made and silence counts
	Objections []Objection
	OpenSeats  int      // that the earlier meeting left, in the draft of a further vote
	Lot        *Lot     // once counted; nil where no tie waits for one, or did
	Filings    []Filing // the newest first
}

// DeskOf reads a meeting for its staff; it holds no figure of any option before the count. Refusal: not_found.
func (s *Store) DeskOf(ctx context.Context, communityID, meetingID string) (Desk, error) {
	meeting, err := s.Meeting(ctx, communityID, meetingID)
	if err != nil {
		return Desk{}, err
	}
	desk := Desk{Meeting: meeting}
	if desk.Roster, err = s.Roster(ctx, communityID, meeting.RosterID); err != nil {
		return Desk{}, err
	}
	err = s.read(ctx).Table("locator").Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Count(&desk.Issued).Error
	if err != nil {
		return Desk{}, fmt.Errorf("count sheets: %w", err)
	}
	recording := meeting.State == lifecycle.MeetingNoticed || meeting.State == lifecycle.MeetingVoting
	if recording && meeting.CountsSilence() {
		if desk.Unrecorded, err = unrecorded(s.read(ctx), communityID, meetingID); err != nil {
			return Desk{}, err
		}
	}
	if meeting.State == lifecycle.MeetingClosed {
		if desk.OpenSheets, err = openSheets(s.read(ctx), communityID, meetingID); err != nil {
			return Desk{}, err
		}
	}
	if desk.Suspended, err = s.countSuspended(ctx, meeting); err != nil {
		return Desk{}, err
	}
	if desk.Objections, err = s.ObjectionsTo(ctx, communityID, meetingID); err != nil {
		return Desk{}, err
	}
	if meeting.State == lifecycle.MeetingDraft && meeting.RunOffOf != "" {
		earlier, err := s.Results(ctx, communityID, meeting.RunOffOf)
		if err != nil {
			return Desk{}, err
		}
		if desk.OpenSeats, err = OpenSeats(earlier[len(earlier)-1]); err != nil {
			return Desk{}, err
		}
	}
	if meeting.TalliedAt != 0 {
		if desk.Lot, err = s.LotOf(ctx, meeting); err != nil {
			return Desk{}, err
		}
	}
	if desk.Filings, err = s.FilingsOf(ctx, communityID, meetingID); err != nil {
		return Desk{}, err
	}
	if meeting.State == lifecycle.MeetingVoting {
		turnout, err := s.TurnoutOf(ctx, meeting)
		if err != nil {
			return Desk{}, err
		}
		desk.Turnout = &turnout
	}
	return desk, nil
}

// MessagesSentSince tells how many messages left since the instant.
func (s *Store) MessagesSentSince(ctx context.Context, since int64) (int64, error) {
	var n int64
	err := s.read(ctx).Table("outbox").Where("state = ? AND finished_at >= ?", MessageSent, since).Count(&n).Error
	if err != nil {
		return 0, fmt.Errorf("count sent messages: %w", err)
	}
	return n, nil
}
