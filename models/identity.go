package models

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// Home is what a locator leads to: one voter of one meeting, before anybody has proved who they are.
type Home struct {
	CommunityID, MeetingID, VoterID string
	Units                           []voting.Unit // as they count; Area 0 where the rules leave it out
	People                          []HomePerson
	Voted                           bool
	Channel                         lifecycle.Channel // of the ballot, if Voted
}

// HomePerson is an owner as a stranger may see them: enough to choose one's own phone, no more.
type HomePerson struct {
	OwnerID string
	Name    string // masked
	Phone   string // masked; empty when the roster has none
}

// HomeOf finds the home behind the token of a QR. Refusals: locator_unknown, locator_expired.
func (s *Store) HomeOf(ctx context.Context, token string) (Home, error) {
	db := s.read(ctx)
	row, err := s.locator(db, token)
	if err != nil {
		return Home{}, err
	}
	home := Home{CommunityID: row.CommunityID, MeetingID: row.MeetingID, VoterID: row.VoterID}
	if home.Units, err = unitsOfVoter(db, row.CommunityID, row.VoterID); err != nil {
		return Home{}, err
	}
	if home.People, err = s.actorsBehind(ctx, row.CommunityID, row.VoterID); err != nil {
		return Home{}, err
	}
	home.Channel, err = votedBy(db, row.CommunityID, row.MeetingID, row.VoterID)
	home.Voted = home.Channel != ""
	return home, err
}

// actorsBehind are those who may cast for a voter, masked.
func (s *Store) actorsBehind(ctx context.Context, communityID, voterID string) ([]HomePerson, error) {
	list, err := actorsOf(s.read(ctx), communityID, voterID)
	if err != nil {
		return nil, err
	}
	var people []HomePerson
	for _, one := range list {
		person, err := s.masked(one.ownerRow)
		if err != nil {
			return nil, err
		}
		people = append(people, person)
	}
	return people, nil
}

// peopleBehind are the owners of a voter, masked.
func (s *Store) peopleBehind(ctx context.Context, communityID, voterID string) ([]HomePerson, error) {
	owners, err := ownersOfVoter(s.read(ctx), communityID, voterID)
	if err != nil {
		return nil, err
	}
	var people []HomePerson
	for _, owner := range owners {
		person, err := s.masked(owner)
		if err != nil {
			return nil, err
		}
		people = append(people, person)
	}
	return people, nil
}

func (s *Store) locator(db *gorm.DB, token string) (locatorRow, error) {
	var row locatorRow
	hash, err := vault.LocatorHash(token)
	if err != nil {
		return row, refuse("locator_unknown")
	}
	err = db.Where("token_hash = ?", hash).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, refuse("locator_unknown")
	}
	if err != nil {
		return row, fmt.Errorf("find locator: %w", err)
	}
	if row.ExpiresAt <= s.clock() {
		return row, refuse("locator_expired")
	}
	return row, nil
}

func unitsOfVoter(db *gorm.DB, communityID, voterID string) ([]voting.Unit, error) {
	var rows []unitRow
	err := db.Omit("salt").Where("community_id = ? AND voter_id = ?", communityID, voterID).Order("position").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read units of a voter: %w", err)
	}
	units := make([]voting.Unit, len(rows))
	for i, row := range rows {
		units[i] = row.counted()
	}
	return units, nil
}

func ownersOfVoter(db *gorm.DB, communityID, voterID string) ([]ownerRow, error) {
	var rows []ownerRow
	err := db.Table("owner").Select("owner.*").
		Joins("JOIN voter_owner ON voter_owner.community_id = owner.community_id AND voter_owner.owner_id = owner.id").
		Where("owner.community_id = ? AND voter_owner.voter_id = ?", communityID, voterID).
		Order("voter_owner.position").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read owners of a voter: %w", err)
	}
	return rows, nil
}

// phone decrypts an owner's phone; empty when the roster has none.
func (s *Store) phone(owner ownerRow) (string, error) {
	if owner.Phone == nil {
		return "", nil
	}
	plain, err := s.keys.DecryptField(owner.at(columnPhone), owner.Phone)
	if err != nil {
		return "", fmt.Errorf("decrypt a phone: %w", err)
	}
	return string(plain), nil
}

// HomeQuery is what a resident without a sheet tells: where they live and the phone on the roster.
type HomeQuery struct {
	Building, Stair, Room, Phone string
}

// RequestCodeByHome sends a code if a voter of the meeting holds that unit with that phone. The answer is
// the same request id whether or not there is such a voter: nobody learns who lives where.
// Refusals: evote_barred, meeting_not_started, meeting_closed, code_limited.
func (s *Store) RequestCodeByHome(ctx context.Context, meetingID string, query HomeQuery, address string) (SentCode, error) {
	meeting, err := s.PublicMeeting(ctx, meetingID)
	if err != nil {
		return SentCode{}, err
	}
	if err := receivingOnline(meeting); err != nil {
		return SentCode{}, err
	}
	about := codeRow{CommunityID: meeting.CommunityID, Act: actCast, SubjectID: meetingID}
	return s.askByHome(ctx, about, meeting.RosterID, query, address)
}

// askByHome sends a code if a voter of the roster holds that unit with that phone; about says what the code is for.
// The answer is alike whether or not there is such a voter. Refusal: code_limited.
func (s *Store) askByHome(ctx context.Context, about codeRow, rosterID string, query HomeQuery, address string) (SentCode, error) {
	nobody := about
	nobody.VoterID = s.question(about.SubjectID, query)
	place := strings.Join([]string{about.SubjectID, query.Building, query.Stair, query.Room}, "\x00")
	asked := false
	err := s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		if within, err := s.countAll(tx, now, []counted{{limitFindAddress, address}, {limitFindUnit, place}}); err != nil || !within {
			return refuse("code_limited"), err
		}
		_, asked, failure = lastRequest(tx, nobody, now)
		return nil, failure
	})
	if err != nil {
		return SentCode{}, err
	}
	if asked { // a phone whose limit ends within the minute must not show by a second request
		return s.sendNothing(ctx, nobody)
	}
	find := s.ownerAtHome
	if about.Act == actCast {
		find = s.actorAtHome
	}
	owner, voterID, err := find(ctx, about.CommunityID, rosterID, query)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return s.sendNothing(ctx, nobody)
	}
	if err != nil {
		return SentCode{}, fmt.Errorf("find a home: %w", err)
	}
	about.VoterID = voterID
	sent, err := s.sendCode(ctx, about, owner)
	sent.Again = false // would tell that the phone is on the roster, and so would every refusal
	switch {
	case errors.Is(err, refuse("code_too_soon")):
		return sent, nil
	case errors.Is(err, refuse("code_limited")):
		return s.sendNothing(ctx, nobody)
	}
	return sent, err
}

// ownerAtHome finds the owner with that phone who holds that unit, and their voter; gorm.ErrRecordNotFound without one.
func (s *Store) ownerAtHome(ctx context.Context, communityID, rosterID string, query HomeQuery) (ownerRow, string, error) {
	var owner struct {
		Owner   ownerRow `gorm:"embedded"`
		VoterID string
	}
	err := s.read(ctx).Table("owner").Select("owner.*, unit.voter_id").
		Joins("JOIN voter_owner ON voter_owner.community_id = owner.community_id AND voter_owner.owner_id = owner.id").
		Joins("JOIN unit ON unit.community_id = owner.community_id AND unit.voter_id = voter_owner.voter_id").
		Where("owner.community_id = ? AND owner.roster_id = ?", communityID, rosterID).
		Where("owner.phone_index IN ?", s.keys.FieldIndexes(columnPhone, communityID, query.Phone)).
		Where("unit.building = ? AND unit.stair = ? AND unit.room = ?", query.Building, query.Stair, query.Room).
		Take(&owner).Error
	return owner.Owner, owner.VoterID, err
}

// actorAtHome finds the person with that phone who may cast for whoever holds that unit; gorm.ErrRecordNotFound without one.
func (s *Store) actorAtHome(ctx context.Context, communityID, rosterID string, query HomeQuery) (ownerRow, string, error) {
	var unit unitRow
	db := s.read(ctx)
	err := db.Omit("salt").Where("community_id = ? AND roster_id = ? AND building = ? AND stair = ? AND room = ?", communityID, rosterID,
		query.Building, query.Stair, query.Room).Take(&unit).Error
	if err != nil {
		return ownerRow{}, "", err
	}
	list, err := actorsOf(db, communityID, unit.VoterID)
	if err != nil {
		return ownerRow{}, "", err
	}
	for _, one := range list {
		phone, err := s.phone(one.ownerRow)
		if err != nil {
			return ownerRow{}, "", err
		}
		if phone != "" && phone == query.Phone {
			return one.ownerRow, unit.VoterID, nil
		}
	}
	return ownerRow{}, "", gorm.ErrRecordNotFound
}

// RequestCode sends a code to one owner of the home behind a QR; asked again within a minute it sends none and names the
// one on its way.
// Refusals: locator_unknown, locator_expired, evote_barred, meeting_not_started, meeting_closed, no_phone,
// code_limited, code_too_soon.
func (s *Store) RequestCode(ctx context.Context, token, ownerID, address string) (SentCode, error) {
	row, err := s.locator(s.read(ctx), token)
	if err != nil {
		return SentCode{}, err
	}
	var meeting meetingRow
	err = s.read(ctx).Where("community_id = ? AND id = ?", row.CommunityID, row.MeetingID).Take(&meeting).Error
	if err != nil {
		return SentCode{}, fmt.Errorf("find the meeting: %w", err)
	}
	view, err := meeting.view()
	if err != nil {
		return SentCode{}, err
	}
	if err := receivingOnline(view); err != nil {
		return SentCode{}, err
	}
	list, err := actorsOf(s.read(ctx), row.CommunityID, row.VoterID)
	if err != nil {
		return SentCode{}, err
	}
	for _, one := range list {
		if one.ID == ownerID && one.Phone != nil {
			return s.sendCode(ctx, codeRow{CommunityID: row.CommunityID, Act: actCast, SubjectID: row.MeetingID, VoterID: row.VoterID}, one.ownerRow,
				counted{limitCodesAddress, address})
		}
	}
	return SentCode{}, refuseField("no_phone", "owner")
}

// OnlineBarred tells whether the place's rules keep this system from taking electronic votes: they demand the
// authority's own system, or provide for none. Paper is taken all the same.
func (m Meeting) OnlineBarred() bool {
	rule := m.Pack.Procedure.EVote
	return rule != nil && (rule.Value == rules.CitySystemOnly || rule.Value == rules.NotProvided)
}

// receivingOnline is receiving for ballots from a phone. Refusal beside those: evote_barred.
func receivingOnline(m Meeting) error {
	if m.OnlineBarred() {
		return refuse("evote_barred")
	}
	return receiving(m.State)
}

// receiving tells whether ballots are taken in the state.
func receiving(state lifecycle.MeetingState) error {
	switch state {
	case lifecycle.MeetingVoting:
		return nil
	case lifecycle.MeetingDraft, lifecycle.MeetingNoticed:
		return refuse("meeting_not_started")
	default:
		return refuse("meeting_closed")
	}
}
