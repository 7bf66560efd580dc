package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// DeliveryMode is the way a sheet went to its voter.
type DeliveryMode string

// The modes.
const (
	InHand         DeliveryMode = "in_hand"
	Mailbox        DeliveryMode = "mailbox"
	RegisteredMail DeliveryMode = "registered_mail"
	Electronically DeliveryMode = "electronic"
	PublicNotice   DeliveryMode = "public_notice" // of what could not be delivered; it delivers nothing (domain trap 8)
	OnSite         DeliveryMode = "onsite"        // fetched by the voter
)

// DeliveryModes lists every mode.
var DeliveryModes = []DeliveryMode{InHand, Mailbox, RegisteredMail, Electronically, PublicNotice, OnSite}

// DeliveryResult is what became of a sheet.
type DeliveryResult string

// The results.
const (
	Delivered     DeliveryResult = "delivered"
	Refused       DeliveryResult = "refused"
	Undeliverable DeliveryResult = "undeliverable"
)

// DeliveryResults lists every result.
var DeliveryResults = []DeliveryResult{Delivered, Refused, Undeliverable}

// handlings are the results as the count takes them: what was refused or did not arrive is never silence.
var handlings = map[DeliveryResult]voting.Handling{Delivered: voting.SheetDelivered, Refused: voting.SheetRefused,
	Undeliverable: voting.SheetUndeliverable}

// Relation is who took a sheet, as seen from its voter.
type Relation string

// The relations.
const (
	ToOwner  Relation = "owner"
	ToFamily Relation = "family"
	ToTenant Relation = "tenant"
	ToOther  Relation = "other"
	ToNobody Relation = "none"
)

// Relations lists every relation.
var Relations = []Relation{ToOwner, ToFamily, ToTenant, ToOther, ToNobody}

// Delivery is one record of what became of a voter's sheet.
type Delivery struct {
	ID       string // made by the store
	VoterID  string
	Replaces string // id of the record that this one corrects; empty for a first one
	Mode     DeliveryMode
	Result   DeliveryResult
	At       int64 // Unix ms of the delivery, or of the attempt
	Relation Relation
	Proof    string // such as the number of the receipt stub or of the registered letter; no name
	// As recorded, made by the store.
	ByName     string
	RecordedAt int64 // Unix ms
}

type deliveryRow struct {
	CommunityID string
	MeetingID   string
	VoterID     string
	Number      int64
	ID          string
	Replaces    *string
	Mode        DeliveryMode
	Result      DeliveryResult
	DeliveredAt int64
	Relation    Relation
	Proof       string
	RecordedBy  string
	RecordedAt  int64
}

func (deliveryRow) TableName() string { return "delivery" }

func (r deliveryRow) view() Delivery {
	return Delivery{ID: r.ID, VoterID: r.VoterID, Replaces: deref(r.Replaces), Mode: r.Mode, Result: r.Result, At: r.DeliveredAt,
		Relation: r.Relation, Proof: r.Proof, RecordedAt: r.RecordedAt}
}

// maxProof is the longest proof in characters: a number or two, not a story.
const maxProof = 100

// check puts a record in order and refuses what proves nothing: bad_value, delivery_public_notice,
// delivery_proof_missing, delivery_recipient_missing, too_long. Silence may count only where the arrival is proved (domain §4).
func (d *Delivery) check() error {
	d.Proof = strings.TrimSpace(d.Proof)
	if d.Result == Undeliverable {
		d.Relation = ToNobody
	}
	byHand := d.Mode == InHand || d.Mode == OnSite
	switch {
	case !slices.Contains(DeliveryModes, d.Mode):
		return refuseField("bad_value", "mode")
	case !slices.Contains(DeliveryResults, d.Result):
		return refuseField("bad_value", "result")
	case !slices.Contains(Relations, d.Relation):
		return refuseField("bad_value", "relation")
	case d.Mode == PublicNotice && d.Result != Undeliverable:
		return refuseField("delivery_public_notice", "result")
	case d.Result == Delivered && d.Proof == "":
		return refuseField("delivery_proof_missing", "proof")
	case d.Result == Delivered && byHand && d.Relation == ToNobody:
		return refuseField("delivery_recipient_missing", "relation")
	case utf8.RuneCountInString(d.Proof) > maxProof:
		return refuseField("too_long", "proof")
	}
	return nil
}

// deliveryMoment tells whether deliveries can be recorded now, and why not: from the notice until the close. Nobody adds
// a proof once it is known how many stayed silent.
func deliveryMoment(meeting meetingRow, now int64) error {
	switch meeting.State {
	case lifecycle.MeetingDraft:
		return refuse("delivery_too_early")
	case lifecycle.MeetingNoticed, lifecycle.MeetingVoting:
		if now < meeting.ClosesAt {
			return nil
		}
	}
	return refuse("delivery_closed")
}

// during refuses a moment of delivery that lies before the notice or in the future.
func during(meeting meetingRow, at, now int64) error {
	switch {
	case at < deref(meeting.NoticedAt)-deref(meeting.NoticedAt)%minute: // a form knows no seconds
		return refuseField("delivery_before_notice", "delivered_at")
	case at > now:
		return refuseField("delivery_in_future", "delivered_at")
	}
	return nil
}

// delivering runs do while deliveries can be recorded: of one voter of the meeting's roster, or of anybody where none is
// named. Refusals: forbidden, not_found, delivery_too_early, delivery_closed.
func (s *Store) delivering(ctx context.Context, by Actor, communityID, meetingID, voterID string, do func(tx *gorm.DB, now int64, meeting meetingRow) error) error {
	if role := Role(by.Role); role != RoleTeller && role != RoleConvener {
		return refuse("forbidden")
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var meeting meetingRow
		if err := tx.Clauses(forShare).Where("community_id = ? AND id = ?", communityID, meetingID).Take(&meeting).Error; err != nil {
			return orNotFound(err)
		}
		if voterID != "" {
			err := tx.Select("id").Where("community_id = ? AND roster_id = ? AND id = ?", communityID, meeting.RosterID, voterID).Take(&voterRow{}).Error
			if err != nil {
				return orNotFound(err)
			}
		}
		if err := deliveryMoment(meeting, now); err != nil {
			return err
		}
		return do(tx, now, meeting)
	})
}

// RecordDelivery records what became of one voter's sheet. A correction names the record that it replaces, which stays.
// Refusals: forbidden, not_found (also a voter without a sheet), delivery_too_early, delivery_closed, those of a record
// that proves nothing (see Delivery), delivery_before_notice, delivery_in_future, and delivery_exists (somebody recorded
// this sheet meanwhile).
func (s *Store) RecordDelivery(ctx context.Context, by Actor, communityID, meetingID string, delivery Delivery) (Delivery, error) {
	if err := delivery.check(); err != nil {
		return Delivery{}, err
	}
	var row deliveryRow
	err := s.delivering(ctx, by, communityID, meetingID, delivery.VoterID, func(tx *gorm.DB, now int64, meeting meetingRow) error {
		if err := during(meeting, delivery.At, now); err != nil {
			return err
		}
		var issued int64
		err := tx.Table("locator").Where("community_id = ? AND meeting_id = ? AND voter_id = ?", communityID, meetingID, delivery.VoterID).Count(&issued).Error
		if err != nil {
			return fmt.Errorf("look for a sheet: %w", err)
		}
		if issued == 0 {
			return refuse("not_found")
		}
		history, err := deliveriesOf(tx, communityID, meetingID, delivery.VoterID)
		if err != nil {
			return err
		}
		row = newDelivery(meeting, delivery, by, now)
		if len(history) > 0 {
			row.Number, row.Replaces = history[len(history)-1].Number+1, &history[len(history)-1].ID
		}
		if deref(row.Replaces) != delivery.Replaces {
			return refuse("delivery_exists")
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("record a delivery: %w", raced(err))
		}
		return recordDelivery(tx, now, by, row)
	})
	return row.view(), err
}

func newDelivery(meeting meetingRow, delivery Delivery, by Actor, now int64) deliveryRow {
	return deliveryRow{CommunityID: meeting.CommunityID, MeetingID: meeting.ID, VoterID: delivery.VoterID, Number: 1, ID: newID(), Mode: delivery.Mode,
		Result: delivery.Result, DeliveredAt: delivery.At, Relation: delivery.Relation, Proof: delivery.Proof, RecordedBy: by.ID, RecordedAt: now}
}

// recordDelivery notes the act under the voter, as those on paper are.
func recordDelivery(tx *gorm.DB, now int64, by Actor, row deliveryRow) error {
	act := "delivery_recorded"
	if row.Replaces != nil {
		act = "delivery_corrected"
	}
	return record(tx, now, by, row.CommunityID, act, "voter", row.VoterID, struct {
		Meeting string         `json:"meeting"`
		Number  int64          `json:"number"`
		Mode    DeliveryMode   `json:"mode"`
		Result  DeliveryResult `json:"result"`
	}{row.MeetingID, row.Number, row.Mode, row.Result})
}

// deliveriesOf reads the records of a meeting, the newest of a voter last; of one voter where one is named.
func deliveriesOf(db *gorm.DB, communityID, meetingID, voterID string) ([]deliveryRow, error) {
	query := db.Where("community_id = ? AND meeting_id = ?", communityID, meetingID)
	if voterID != "" {
		query = query.Where("voter_id = ?", voterID)
	}
	var rows []deliveryRow
	if err := query.Order("voter_id, number").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	return rows, nil
}
