package models

import (
	"context"
	"fmt"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// DeliveryNumbers are sheets by what became of them. They sum to Issued.
type DeliveryNumbers struct {
	Issued        int64 // sheets made
	Delivered     int64 // with proof, also where the voter has answered since
	Refused       int64
	Undeliverable int64 // also where only a public notice was given
	None          int64 // no record
}

func (n *DeliveryNumbers) add(last *deliveryRow) {
	n.Issued++
	switch {
	case last == nil:
		n.None++
	case last.Result == Delivered:
		n.Delivered++
	case last.Result == Refused:
		n.Refused++
	default:
		n.Undeliverable++
	}
}

// DeliveryPart is one building; the developer's sheet stands in a part of its own without a name.
type DeliveryPart struct {
	Building string
	DeliveryNumbers
}

// DeliveryLine is one sheet in a list, in the order of the roster.
type DeliveryLine struct {
	VoterID string
	Label   string    // place of the first unit, or the developer
	Last    *Delivery // nil: no record
}

// DeliveryDesk is how the sheets of a meeting went out. Before the count it tells nothing of who answered but a
// number of ballots in steps; afterwards the classes of every matter.
type DeliveryDesk struct {
	Meeting Meeting
	Closed  string // code of why nothing can be recorded now; empty while it can
	DeliveryNumbers
	Ballots    int64 // of every channel; while voting a multiple of 20
	Parts      []DeliveryPart
	Exceptions []DeliveryLine // refused and undeliverable
	Missing    []DeliveryLine // without a record, at most maxMissing
	Matters    []MatterResult // after the count
}

// maxMissing keeps the list short enough to be walked; the parts tell how many there are.
const maxMissing = 100

// DeliveryDeskOf gives the register of deliveries of a meeting. Refusals: not_found, delivery_too_early (no notice yet).
func (s *Store) DeliveryDeskOf(ctx context.Context, communityID, meetingID string) (DeliveryDesk, error) {
	db := s.read(ctx)
	var row meetingRow
	if err := db.Where("community_id = ? AND id = ?", communityID, meetingID).Take(&row).Error; err != nil {
		return DeliveryDesk{}, orNotFound(err)
	}
	if row.NoticedAt == nil {
		return DeliveryDesk{}, refuse("delivery_too_early")
	}
	meeting, err := s.Meeting(ctx, communityID, meetingID)
	if err != nil {
		return DeliveryDesk{}, err
	}
	desk := DeliveryDesk{Meeting: meeting}
	if deliveryMoment(row, s.clock()) != nil {
		desk.Closed = "delivery_closed"
	}
	sheets, err := handledSheets(db, communityID, meetingID, meeting.RosterID)
	if err != nil {
		return DeliveryDesk{}, err
	}
	desk.sort(sheets)
	if _, desk.Ballots, err = ballotsByChannel(db, communityID, meetingID); err != nil {
		return DeliveryDesk{}, err
	}
	if meeting.State == lifecycle.MeetingVoting {
		desk.Ballots -= desk.Ballots % turnoutStep
	} else {
		_, alone, err := votersByPlatform(db, communityID, meetingID)
		if err != nil {
			return DeliveryDesk{}, err
		}
		desk.Ballots += alone
	}
	results, err := resultsOf(db, communityID, meetingID)
	if len(results) > 0 {
		desk.Matters = results[len(results)-1].Matters
	}
	return desk, err
}

// sort puts every sheet into its part and into the lists.
func (d *DeliveryDesk) sort(sheets []handledSheet) {
	at := map[string]int{}
	for _, sheet := range sheets {
		building := sheet.building
		if sheet.developer {
			building = ""
		}
		i, known := at[building]
		if !known {
			i = len(d.Parts)
			at[building] = i
			d.Parts = append(d.Parts, DeliveryPart{Building: building})
		}
		d.add(sheet.last)
		d.Parts[i].add(sheet.last)
		line := DeliveryLine{VoterID: sheet.voterID, Label: sheet.label}
		switch {
		case sheet.last == nil && len(d.Missing) < maxMissing:
			d.Missing = append(d.Missing, line)
		case sheet.last != nil && sheet.last.Result != Delivered:
			last := sheet.last.view()
			line.Last = &last
			d.Exceptions = append(d.Exceptions, line)
		}
	}
}

// DeliverySheet is one voter's sheet with everything that was recorded about its delivery.
type DeliverySheet struct {
	Meeting Meeting
	Closed  string // as in DeliveryDesk
	VoterID string
	Units   []voting.Unit
	Names   []string   // masked
	History []Delivery // the newest last
}

// Last is the record in force, nil without one.
func (s DeliverySheet) Last() *Delivery {
	if len(s.History) == 0 {
		return nil
	}
	return &s.History[len(s.History)-1]
}

// DeliverySheetOf gives one sheet to record. Refusals: not_found (also a voter without a sheet), delivery_too_early.
func (s *Store) DeliverySheetOf(ctx context.Context, communityID, meetingID, voterID string) (DeliverySheet, error) {
	desk, err := s.paperSeat(ctx, communityID, meetingID, voterID)
	if err != nil {
		return DeliverySheet{}, err
	}
	meeting := desk.snap.meeting
	if meeting.NoticedAt == 0 {
		return DeliverySheet{}, refuse("delivery_too_early")
	}
	sheet := DeliverySheet{Meeting: meeting, VoterID: voterID, Units: desk.units, Names: desk.names}
	if deliveryMoment(meetingRow{State: meeting.State, ClosesAt: meeting.ClosesAt}, s.clock()) != nil {
		sheet.Closed = "delivery_closed"
	}
	var rows []struct {
		Row  deliveryRow `gorm:"embedded"`
		Name *string
	}
	err = s.read(ctx).Table("delivery").Select("delivery.*, staff.name AS name").Joins("LEFT JOIN staff ON staff.id = delivery.recorded_by").
		Where("delivery.community_id = ? AND delivery.meeting_id = ? AND delivery.voter_id = ?", communityID, meetingID, voterID).
		Order("delivery.number").Scan(&rows).Error
	if err != nil {
		return DeliverySheet{}, fmt.Errorf("read deliveries of a sheet: %w", err)
	}
	for _, row := range rows {
		delivery := row.Row.view()
		delivery.ByName = deref(row.Name)
		sheet.History = append(sheet.History, delivery)
	}
	return sheet, nil
}

// FindDelivery finds the voter behind a sheet, from the notice on. Refusals: not_found, delivery_too_early, code_mistyped,
// sheet_unknown, home_unknown.
func (s *Store) FindDelivery(ctx context.Context, communityID, meetingID string, query SheetQuery) (string, error) {
	meeting, err := s.Meeting(ctx, communityID, meetingID)
	if err != nil {
		return "", err
	}
	if meeting.NoticedAt == 0 {
		return "", refuse("delivery_too_early")
	}
	return s.voterOfSheet(ctx, meeting, query)
}
