package models

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// Overview is one community with everything that stands open in it.
type Overview struct {
	Community
	Rosters  []Roster  // the newest first
	Meetings []Meeting // without their agendas, the newest first
	Filings  []Filing  // the newest hand-in of each meeting

	Objections map[string]ObjectionCount // to rosters, by roster
	Amendments map[string]int64          // of frozen rosters that wait for the street, by roster
	Mandates   map[string]int64          // for voters of rosters that wait for the street, by roster
	Imports    []WaitingImport
	Duties     []CommitteeDuty // of committees
	Lots       []WaitingLot
	Seals      []WaitingSeal
	Contracts  []ContractClock
	Disclosure DisclosureWork
	Convenings []Convening // orders of the street that nobody followed yet, what is due first before the rest
	Urgent     int64       // emergency uses of the fund that wait for the street

	Unrecorded  int64 // meetings of the committee whose time has come, without a record
	Corrections int64 // orders to correct a decision of the committee, without a report
	Reports     int64 // reports on such orders that wait for the street
}

// WaitingImport is a platform's result that somebody of another role has to confirm.
type WaitingImport struct {
	MeetingID string
	FirstRole string
	FirstID   string
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

// Overviews is one page of the communities within the bounds of a member of staff with rosters, meetings and filings,
// in twenty queries. An operator sees the communities alone: no roster, no vote. Refusal: cursor_invalid.
func (s *Store) Overviews(ctx context.Context, staff Staff, page Page) ([]Overview, string, error) {
	communities, next, err := s.CommunityPage(ctx, staff, page)
	if err != nil || staff.Role == RoleOperator {
		return overviewsOf(communities), next, err
	}
	list, err := s.overviews(ctx, communities)
	return list, next, err
}

// OverviewOf is the overview of one community. Refusal: not_found.
func (s *Store) OverviewOf(ctx context.Context, communityID string) (Overview, error) {
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return Overview{}, err
	}
	list, err := s.overviews(ctx, []Community{community})
	if err != nil {
		return Overview{}, err
	}
	return list[0], nil
}

func overviewsOf(communities []Community) []Overview {
	list := make([]Overview, len(communities))
	for i, community := range communities {
		list[i].Community = community
	}
	return list
}

func (s *Store) overviews(ctx context.Context, communities []Community) ([]Overview, error) {
	list := overviewsOf(communities)
	ids, at := idsOf(communities)
	db := s.read(ctx)
	if err := addRosters(db.Where("community_id IN ?", ids), list, at); err != nil {
		return nil, err
	}
	if err := addMeetings(db.Where("community_id IN ?", ids), list, at); err != nil {
		return nil, err
	}
	if err := addDuties(db.Where("community_id IN ?", ids), list, at, s.clock()); err != nil {
		return nil, err
	}
	if err := addImports(db.Where("community_id IN ?", ids), list, at); err != nil {
		return nil, err
	}
	if err := addLots(db.Where("community_id IN ?", ids), list, at); err != nil {
		return nil, err
	}
	if err := addSeals(db.Where("community_id IN ?", ids), s.clock(), list, at); err != nil {
		return nil, err
	}
	if err := addSittings(db, ids, s.clock(), list, at); err != nil {
		return nil, err
	}
	if err := addContracts(db.Where("community_id IN ?", ids), s.clock(), list, at); err != nil {
		return nil, err
	}
	if err := addDisclosures(db, ids, s.clock(), list, at); err != nil {
		return nil, err
	}
	if err := addConvenings(db.Where("community_id IN ?", ids), list, at); err != nil {
		return nil, err
	}
	counts, err := objectionCounts(db, "community_id IN ?", ids)
	if err != nil {
		return nil, err
	}
	amendments, mandates, err := proposals(db.Where("community_id IN ?", ids))
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Objections, list[i].Amendments, list[i].Mandates = counts, amendments, mandates
	}
	return list, addFilings(newestFilings(db).Where("filing.community_id IN ?", ids), list, at)
}

// Waiting are all communities within the bounds of a street with no more than what waits for the street in them: rosters
// on display or with a proposed amendment or mandate, a platform's results and the numbers of lots to confirm, seal cards, and
// hand-ins to decide on.
func (s *Store) Waiting(ctx context.Context, staff Staff) ([]Overview, error) {
	communities, err := s.CommunitiesOf(ctx, staff)
	if err != nil {
		return nil, err
	}
	list := overviewsOf(communities)
	_, at := idsOf(communities)
	db, bounds := s.read(ctx), s.boundsOf(ctx, staff)
	amendments, mandates, err := proposals(db.Where("community_id IN (?)", bounds))
	if err != nil {
		return nil, err
	}
	waits := slices.AppendSeq(slices.Collect(maps.Keys(amendments)), maps.Keys(mandates))
	rosters := db.Where("community_id IN (?)", bounds).Where("state = ? OR id IN ?", lifecycle.RosterPublished, waits)
	if err := addRosters(rosters, list, at); err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Amendments, list[i].Mandates = amendments, mandates
	}
	second := db.Where("state = ? OR state = ? AND id IN (?)", lifecycle.MeetingClosed, lifecycle.MeetingPreliminary, lotsUnderWay(db.Where("community_id IN (?)", bounds))).
		Or("state = ? AND seal_kept = ?", lifecycle.MeetingDraft, KeptByHolders)
	if err := addMeetings(db.Where("community_id IN (?)", bounds).Where(second), list, at); err != nil {
		return nil, err // those whose platform's result waits, or whose lot, or their seal cards
	}
	if err := addLots(db.Where("community_id IN (?)", bounds), list, at); err != nil {
		return nil, err
	}
	if err := addSeals(db.Where("community_id IN (?)", bounds), s.clock(), list, at); err != nil {
		return nil, err
	}
	if err := addDuties(db.Where("community_id IN (?)", bounds), list, at, s.clock()); err != nil {
		return nil, err
	}
	if err := addImports(db.Where("community_id IN (?)", bounds), list, at); err != nil {
		return nil, err
	}
	if err := addConvenings(db.Where("community_id IN (?)", bounds), list, at); err != nil {
		return nil, err
	}
	if err := addUrgent(db.Where("community_id IN (?)", bounds), list, at); err != nil {
		return nil, err
	}
	if err := addSittings(db, bounds, s.clock(), list, at); err != nil {
		return nil, err
	}
	if err := addContracts(db.Where("community_id IN (?)", bounds), s.clock(), list, at); err != nil {
		return nil, err
	}
	if err := addDisclosures(db, bounds, s.clock(), list, at); err != nil {
		return nil, err
	}
	waiting := newestFilings(db).Where("filing.community_id IN (?) AND filing.state = ?", bounds, lifecycle.FilingSubmitted)
	return list, addFilings(waiting, list, at)
}

// UnderWay are all communities within bounds with their meetings that are not over yet.
func (s *Store) UnderWay(ctx context.Context, staff Staff) ([]Overview, error) {
	communities, err := s.CommunitiesOf(ctx, staff)
	if err != nil {
		return nil, err
	}
	list := overviewsOf(communities)
	_, at := idsOf(communities)
	underWay := []lifecycle.MeetingState{lifecycle.MeetingDraft, lifecycle.MeetingNoticed, lifecycle.MeetingVoting, lifecycle.MeetingClosed,
		lifecycle.MeetingTallied, lifecycle.MeetingPreliminary, lifecycle.MeetingUnderCorrection}
	return list, addMeetings(s.read(ctx).Where("community_id IN (?) AND state IN ?", s.boundsOf(ctx, staff), underWay), list, at)
}

func addRosters(query *gorm.DB, list []Overview, at map[string]int) error {
	var rows []rosterRow
	if err := query.Order("version DESC").Find(&rows).Error; err != nil {
		return fmt.Errorf("list rosters: %w", err)
	}
	for _, row := range rows {
		view, err := row.view()
		if err != nil {
			return err
		}
		i := at[row.CommunityID]
		list[i].Rosters = append(list[i].Rosters, view)
	}
	return nil
}

func addMeetings(query *gorm.DB, list []Overview, at map[string]int) error {
	var rows []meetingRow
	if err := query.Order("created_at DESC, id DESC").Find(&rows).Error; err != nil {
		return fmt.Errorf("list meetings: %w", err)
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

func addFilings(query *gorm.DB, list []Overview, at map[string]int) error {
	found, err := filings(query.Order(filingOrder))
	for _, filing := range found {
		i := at[filing.CommunityID]
		list[i].Filings = append(list[i].Filings, filing)
	}
	return err
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
	ImportBar  string   // code of why the announced platform's result holds up the count; after the close
	Unrecorded int64    // sheets without a record of delivery, while one can be made and silence counts
	Objections []Objection
	OpenSeats  int            // that the earlier meeting left, in the draft of a further vote
	Frozen     *rules.Listing // what is not decided while the committee is being renewed; in a draft
	Lot        *Lot           // once counted; nil where no tie waits for one, or did
	Seal       Seal
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
	if desk.Seal, err = s.SealOf(ctx, communityID, meetingID); err != nil {
		return Desk{}, err
	}
	recording := meeting.State == lifecycle.MeetingNoticed || meeting.State == lifecycle.MeetingVoting
	if recording && meeting.CountsSilence() {
		if desk.Unrecorded, err = unrecorded(s.read(ctx), communityID, meetingID); err != nil {
			return Desk{}, err
		}
	}
	if err := s.addCountBars(ctx, &desk); err != nil {
		return Desk{}, err
	}
	if desk.Objections, err = s.ObjectionsTo(ctx, communityID, meetingID); err != nil {
		return Desk{}, err
	}
	if err := s.addDraft(ctx, &desk); err != nil {
		return Desk{}, err
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

// addDraft adds what is to be known of a draft.
func (s *Store) addDraft(ctx context.Context, desk *Desk) (err error) {
	meeting := desk.Meeting
	if meeting.State != lifecycle.MeetingDraft {
		return nil
	}
	if desk.Frozen, err = frozenPowers(s.read(ctx), meeting.CommunityID, meeting.Pack.Procedure); err != nil || meeting.RunOffOf == "" {
		return err
	}
	earlier, err := s.Results(ctx, meeting.CommunityID, meeting.RunOffOf)
	if err != nil {
		return err
	}
	desk.OpenSeats, err = OpenSeats(earlier[len(earlier)-1])
	return err
}

// addCountBars adds what holds up the count.
func (s *Store) addCountBars(ctx context.Context, desk *Desk) (err error) {
	meeting, db := desk.Meeting, s.read(ctx)
	if meeting.State == lifecycle.MeetingClosed {
		if desk.OpenSheets, err = openSheets(db, meeting.CommunityID, meeting.ID); err != nil {
			return err
		}
		bar := noImportIsOpen(db, meetingRow{CommunityID: meeting.CommunityID, ID: meeting.ID, Platform: meeting.Platform})
		if desk.ImportBar = asBar(bar); bar != nil && desk.ImportBar == "" {
			return bar
		}
	}
	desk.Suspended, err = s.countSuspended(ctx, meeting)
	return err
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
