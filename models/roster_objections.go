package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// RosterObjectionKind is what an objection to a roster says is wrong.
type RosterObjectionKind string

// UnitMissing says that a unit stands nowhere on the roster.
const UnitMissing RosterObjectionKind = "unit_missing"

// RosterObjectionKinds lists every kind, as the schema does.
var RosterObjectionKinds = []RosterObjectionKind{"area", "owner", "co_owner", "phone", "usage", "parking", UnitMissing}

// ObjectionSource tells by which way an objection to a roster came in.
type ObjectionSource string

// The ways: online, proved by a code to the phone on the roster, or taken down at the desk from somebody who came.
const (
	FromOwner ObjectionSource = "owner"
	FromDesk  ObjectionSource = "desk"
)

// ObjectionSources lists both ways.
var ObjectionSources = []ObjectionSource{FromOwner, FromDesk}

// RosterObjection is an objection to a roster on display. Text, Wanted and Phone are personal: they are for the
// objector, the convener and the street alone.
type RosterObjection struct {
	ID         string
	RosterID   string
	Number     int64 // 1-based within the roster
	State      lifecycle.ObjectionState
	Kind       RosterObjectionKind
	UnitID     string // empty where the unit is missing
	Place      string // such as 3号楼/1单元/301
	Source     ObjectionSource
	Text       string
	Wanted     string // what should stand there instead
	Phone      string // masked; whom to tell
	Files      []EvidenceFile
	CreatedAt  int64 // Unix ms, as below
	DueAt      int64 // until when an answer was promised
	Verdict    Verdict
	Answer     string
	AnsweredAt int64
	Change     *RosterChange // the correction that followed; nil without one
	Own        bool          // raised online by the one who asks; OwnHome only
	Unit       *DisplayLine  // what the roster says now; [Store.RosterObjection] only
	People     []HomePerson  // who holds the unit, masked; [Store.RosterObjection] only

	ownerID string
}

// RosterObjectionText is what an objector says.
type RosterObjectionText struct {
	Kind   RosterObjectionKind
	Text   string
	Wanted string
	Place  HomeQuery  // of a unit that is missing; at the desk of any, with the phone to be told
	UnitID string     // one of the objector's own
	Files  []SentFile // what proves it
}

// SentFile is a file as it was sent.
type SentFile struct {
	Name    string
	Content []byte
}

type rosterObjectionRow struct {
	CommunityID string
	RosterID    string
	ID          string
	Number      int64
	State       lifecycle.ObjectionState
	Kind        RosterObjectionKind
	UnitID      string
	Place       string
	Source      ObjectionSource
	OwnerID     string
	Contact     []byte // encrypted phone
	Content     []byte // encrypted objectionContent
	CreatedAt   int64  `gorm:"autoCreateTime:false"`
	DueAt       int64
	RecordedBy  string
	Verdict     Verdict
	Answer      string
	AnsweredAt  *int64
	AnsweredBy  string
}

func (rosterObjectionRow) TableName() string { return "roster_objection" }

func (r rosterObjectionRow) at(column string) vault.Column {
	return vault.Column{Community: r.CommunityID, Name: "roster_objection." + column, Row: r.ID}
}

// objectionContent is what an objector wrote.
type objectionContent struct {
	Text   string `json:"text"`
	Wanted string `json:"wanted"`
}

// ObjectToRoster takes an objection of an owner who proved who they are. Refusals: bad_value, required, not_found,
// illegal_step (not on display), objection_late, unit_unknown (not their own), unit_exists, objection_exists (one of
// that kind about that unit is open), and those of files.
func (s *Store) ObjectToRoster(ctx context.Context, session RosterSession, said RosterObjectionText) (RosterObjection, error) {
	by := Actor{Role: string(lifecycle.Owner), ID: session.Owner}
	return s.object(ctx, by, "", session.Roster, said, func(tx *gorm.DB, row *rosterObjectionRow) (string, error) {
		var owner ownerRow
		err := tx.Where("community_id = ? AND roster_id = ? AND id = ?", row.CommunityID, session.Roster, session.Owner).Take(&owner).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return "", refuse("session_expired") // a correction took them off the roster meanwhile
		}
		if err != nil {
			return "", fmt.Errorf("find the objector: %w", err)
		}
		row.Source, row.OwnerID = FromOwner, session.Owner
		if said.Kind == UnitMissing {
			if err := missingUnit(tx, row, said.Place); err != nil {
				return "", err
			}
		} else if err := ownUnit(tx, row, session.Voter, said.UnitID); err != nil {
			return "", err
		}
		return s.phone(owner)
	})
}

// RecordRosterObjection takes down at the desk what somebody who came says; whoever takes it down has seen who they
// are. Refusals: as ObjectToRoster, and phone_invalid.
func (s *Store) RecordRosterObjection(ctx context.Context, by Actor, communityID, rosterID string, said RosterObjectionText) (RosterObjection, error) {
	phone, _, ok := roster.ReadPhone(said.Place.Phone)
	if !ok {
		return RosterObjection{}, refuseField("phone_invalid", "phone")
	}
	return s.object(ctx, by, communityID, rosterID, said, func(tx *gorm.DB, row *rosterObjectionRow) (string, error) {
		row.Source, row.RecordedBy = FromDesk, by.ID
		if said.Kind == UnitMissing {
			return phone, missingUnit(tx, row, said.Place)
		}
		return phone, namedUnit(tx, row, said.Place)
	})
}

// object takes an objection to a roster, of that community where one is named; who finds the unit and gives the phone
// to be told.
func (s *Store) object(ctx context.Context, by Actor, communityID, rosterID string, said RosterObjectionText,
	who func(tx *gorm.DB, row *rosterObjectionRow) (phone string, err error)) (RosterObjection, error) {
	said.Text, said.Wanted = strings.TrimSpace(said.Text), strings.TrimSpace(said.Wanted)
	if !slices.Contains(RosterObjectionKinds, said.Kind) {
		return RosterObjection{}, refuseField("bad_value", "kind")
	}
	if said.Text == "" {
		return RosterObjection{}, refuseField("required", "text")
	}
	files, err := checkedEvidence(said.Files)
	if err != nil {
		return RosterObjection{}, err
	}
	var row rosterObjectionRow
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		list, err := objectable(tx, communityID, rosterID, now)
		if err != nil {
			return err
		}
		row = rosterObjectionRow{CommunityID: list.CommunityID, RosterID: list.ID, ID: newID(), State: lifecycle.ObjectionOpen, Kind: said.Kind,
			CreatedAt: now, DueAt: calendar.EndOfDay(now, int(list.AnswerDays))}
		phone, err := who(tx, &row)
		if err != nil {
			return err
		}
		if err := s.closeObjection(tx, &row, phone, objectionContent{said.Text, said.Wanted}); err != nil {
			return err
		}
		if err := insertObjection(tx, &row); err != nil {
			return err
		}
		if err := s.keepEvidence(tx, now, by, row.CommunityID, row.ID, files); err != nil {
			return err
		}
		return record(tx, now, by, row.CommunityID, "roster_objection_recorded", "roster", row.RosterID,
			map[string]any{"number": row.Number, "kind": row.Kind, "source": row.Source})
	})
	if err != nil {
		return RosterObjection{}, err
	}
	return s.rosterObjection(ctx, row.CommunityID, row.RosterID, row.ID)
}

// objectable holds a roster that owners may object to now: it changes nothing of its lines, but must not be frozen
// or gone before the objection stands. Refusals: not_found, illegal_step, objection_late.
func objectable(tx *gorm.DB, communityID, rosterID string, now int64) (rosterRow, error) {
	var list rosterRow
	err := tx.Clauses(forUpdate).Where("id = ? AND published_at IS NOT NULL", rosterID).Take(&list).Error
	switch {
	case err != nil:
		return list, orNotFound(err)
	case communityID != "" && list.CommunityID != communityID:
		return list, refuse("not_found")
	case list.State != lifecycle.RosterPublished:
		return list, refuse("illegal_step")
	case now > deref(list.ObjectionUntil):
		return list, refuse("objection_late")
	}
	return list, nil
}

func ownUnit(tx *gorm.DB, row *rosterObjectionRow, voterID, unitID string) error {
	var unit unitRow
	err := tx.Where("community_id = ? AND roster_id = ? AND voter_id = ? AND id = ?", row.CommunityID, row.RosterID, voterID, unitID).Take(&unit).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return refuseField("unit_unknown", "unit")
	}
	if err != nil {
		return fmt.Errorf("find a unit: %w", err)
	}
	row.UnitID, row.Place = unit.ID, unit.place()
	return nil
}

func namedUnit(tx *gorm.DB, row *rosterObjectionRow, place HomeQuery) error {
	unit, known, err := unitNamed(tx, row.CommunityID, row.RosterID, place)
	if err == nil && !known {
		err = refuseField("unit_unknown", "room")
	}
	row.UnitID, row.Place = unit.ID, unit.place()
	return err
}

func missingUnit(tx *gorm.DB, row *rosterObjectionRow, place HomeQuery) error {
	if place.Room == "" {
		return refuseField("required", "room")
	}
	_, known, err := unitNamed(tx, row.CommunityID, row.RosterID, place)
	if err == nil && known {
		err = refuseField("unit_exists", "room")
	}
	row.Place = roster.Unit{Building: place.Building, Stair: place.Stair, Room: place.Room}.Place()
	return err
}

func unitNamed(tx *gorm.DB, communityID, rosterID string, place HomeQuery) (unitRow, bool, error) {
	var rows []unitRow
	err := tx.Where("community_id = ? AND roster_id = ? AND building = ? AND stair = ? AND room = ?", communityID, rosterID,
		place.Building, place.Stair, place.Room).Limit(1).Find(&rows).Error
	if err != nil {
		return unitRow{}, false, fmt.Errorf("find a unit: %w", err)
	}
	if len(rows) == 0 {
		return unitRow{}, false, nil
	}
	return rows[0], true, nil
}

// closeObjection encrypts what is personal about an objection.
func (s *Store) closeObjection(tx *gorm.DB, row *rosterObjectionRow, phone string, content objectionContent) error {
	key, err := s.holdFieldKey(tx)
	if err != nil {
		return err
	}
	text, err := json.Marshal(content)
	if err != nil {
		return fmt.Errorf("encode an objection: %w", err)
	}
	row.Contact, row.Content = key.Encrypt(row.at("contact"), []byte(phone)), key.Encrypt(row.at("content"), text)
	return nil
}

// insertObjection numbers and stores an objection; a second click finds the first one open.
func insertObjection(tx *gorm.DB, row *rosterObjectionRow) error {
	var n int64
	err := tx.Table("roster_objection").Where("community_id = ? AND roster_id = ? AND kind = ? AND place = ? AND state = ?", row.CommunityID,
		row.RosterID, row.Kind, row.Place, lifecycle.ObjectionOpen).Count(&n).Error
	if err != nil {
		return fmt.Errorf("look for an open objection: %w", err)
	}
	if n > 0 {
		return refuseField("objection_exists", "kind")
	}
	err = tx.Table("roster_objection").Where("community_id = ? AND roster_id = ?", row.CommunityID, row.RosterID).
		Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error
	if err != nil {
		return fmt.Errorf("number an objection: %w", err)
	}
	if err := tx.Create(row).Error; err != nil {
		return fmt.Errorf("record an objection: %w", raced(err))
	}
	return nil
}

// WithdrawRosterObjection takes an objection back: only whoever raised it online can. Refusals: not_found, illegal_step.
func (s *Store) WithdrawRosterObjection(ctx context.Context, session RosterSession, id string) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row rosterObjectionRow
		err := tx.Clauses(forUpdate).Where("roster_id = ? AND owner_id = ? AND id = ?", session.Roster, session.Owner, id).Take(&row).Error
		if err != nil {
			return orNotFound(err)
		}
		next, illegal := lifecycle.Objections.Next(row.State, lifecycle.EventWithdraw, lifecycle.Owner)
		if illegal != nil {
			return asRefusal(illegal)
		}
		err = tx.Table("roster_objection").Where("community_id = ? AND id = ?", row.CommunityID, row.ID).Update("state", next).Error
		if err != nil {
			return fmt.Errorf("withdraw an objection: %w", err)
		}
		return record(tx, now, Actor{Role: string(lifecycle.Owner), ID: session.Owner}, row.CommunityID, "roster_objection_withdrawn", "roster",
			row.RosterID, map[string]int64{"number": row.Number})
	})
}
