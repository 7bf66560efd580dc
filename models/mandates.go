package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// Mandate is that somebody acts for a voter of a frozen roster. It is for convener and street: only sales are public.
type Mandate struct {
	ID         string
	RosterID   string
	Number     int64 // 1-based within the community
	Kind       lifecycle.MandateKind
	State      lifecycle.AmendmentState
	Place      string     // of the home by which the voter was found
	Owner      HomePerson // acted for, masked; empty where it is for all of the voter
	Person     HomePerson // who acts, masked; empty where nobody does
	Document   string     // what was shown, such as 户口簿
	Reason     string     // public of a sale
	Acts       bool       // false of a sale that leaves the ballot with the voter, who holds other homes
	ProposedAt int64      // Unix ms
	ProposedBy string     // the account's name, as that of whoever decided
	DecidedAt  int64
	DecidedBy  string
	Refusal    string
}

type mandateRow struct {
	CommunityID string
	RosterID    string
	ID          string
	Number      int64
	Kind        lifecycle.MandateKind
	State       lifecycle.AmendmentState
	VoterID     string
	UnitID      string
	Place       string
	OwnerID     string
	PersonID    string
	Document    string
	Reason      string
	Acts        bool
	CarriedFrom string
	ProposedAt  int64
	ProposedBy  string
	DecidedAt   *int64
	DecidedBy   string
	Refusal     string
}

func (mandateRow) TableName() string { return "mandate" }

// WantedMandate is what is proposed. Person is who acts, where that is none of the owners: name and phone.
type WantedMandate struct {
	Kind     lifecycle.MandateKind
	UnitID   string
	OwnerID  string // guardian, legal_representative, authorised: acted for; voting_person: who was chosen
	Person   roster.Owner
	Document string
	Reason   string
}

// ProposeMandate proposes that somebody acts for the voter of a unit. Refusals: not_found, roster_not_frozen,
// roster_superseded, unit_unknown, owner_unknown, mandate_kind (does not fit the voter), person_missing,
// document_missing, reason_missing, reason_names_person, too_long, home_sold (only another sale undoes a sale),
// mandate_waiting, mandate_twice.
func (s *Store) ProposeMandate(ctx context.Context, by Actor, communityID, rosterID string, wanted WantedMandate) (Mandate, error) {
	wanted.Document, wanted.Reason = strings.TrimSpace(wanted.Document), strings.TrimSpace(wanted.Reason)
	if err := wanted.check(); err != nil {
		return Mandate{}, err
	}
	row := mandateRow{CommunityID: communityID, RosterID: rosterID, ID: newID(), Kind: wanted.Kind, State: lifecycle.AmendmentProposed,
		Document: wanted.Document, Reason: wanted.Reason, ProposedBy: by.ID}
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		list, err := rosterInForce(tx, communityID, rosterID)
		if err != nil {
			return err
		}
		row.ProposedAt = now
		if err := s.fit(tx, list, &row, wanted); err != nil {
			return err
		}
		err = tx.Table("mandate").Where("community_id = ?", communityID).Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error
		if err != nil {
			return fmt.Errorf("number a mandate: %w", err)
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("propose a mandate: %w", raced(err))
		}
		return record(tx, now, by, communityID, "mandate_proposed", "roster", rosterID, map[string]any{"number": row.Number, "kind": row.Kind})
	})
	if err != nil {
		return Mandate{}, err
	}
	return s.Mandate(ctx, communityID, row.ID)
}

func (w WantedMandate) check() error {
	const most = 200
	switch {
	case !slices.Contains(lifecycle.MandateKinds, w.Kind):
		return refuseField("mandate_kind", "capacity")
	case w.Document == "":
		return refuseField("document_missing", "document")
	case utf8.RuneCountInString(w.Document) > most || utf8.RuneCountInString(w.Reason) > most:
		return refuseField("too_long", "document")
	case roster.HoldsNumber(w.Document):
		return refuseField("reason_names_person", "document")
	}
	return publicReason(w.Reason)
}

// rosterInForce keeps a frozen roster from being superseded meanwhile, or one on which a meeting still stands.
// Refusals: not_found, roster_not_frozen, roster_superseded.
func rosterInForce(tx *gorm.DB, communityID, rosterID string) (rosterRow, error) {
	var list rosterRow
	if err := tx.Clauses(forUpdate).Where("community_id = ? AND id = ?", communityID, rosterID).Take(&list).Error; err != nil {
		return list, orNotFound(err)
	}
	switch list.State {
	case lifecycle.RosterFrozen:
		return list, nil
	case lifecycle.RosterSuperseded:
		var counting int64
		err := tx.Table("meeting").Where("community_id = ? AND roster_id = ? AND state IN ?", communityID, rosterID, stillCounting).Count(&counting).Error
		if err != nil || counting > 0 {
			return list, err // the roster of a meeting that is not counted yet
		}
		return list, refuse("roster_superseded")
	}
	return list, refuse("roster_not_frozen")
}

// fit finds voter, owner and person of a proposal; a person who is none of the owners becomes a row of owner.
func (s *Store) fit(tx *gorm.DB, list rosterRow, row *mandateRow, wanted WantedMandate) error {
	var units []unitRow
	err := tx.Where("community_id = ? AND roster_id = ? AND id = ?", list.CommunityID, list.ID, wanted.UnitID).Limit(1).Find(&units).Error
	if err != nil || len(units) == 0 {
		return orRefuseField(err, "unit_unknown", "room")
	}
	row.VoterID, row.UnitID, row.Place = units[0].VoterID, units[0].ID, units[0].place()
	var held int64
	if err := tx.Table("unit").Where("community_id = ? AND voter_id = ?", list.CommunityID, row.VoterID).Count(&held).Error; err != nil {
		return fmt.Errorf("count the homes of a voter: %w", err)
	}
	row.Acts = wanted.Kind != lifecycle.Buyer || held == 1
	owners, err := ownersOfVoter(tx, list.CommunityID, row.VoterID)
	if err != nil {
		return err
	}
	people := map[string]ownerRow{}
	for _, owner := range owners {
		people[owner.ID] = owner
	}
	if named(people, row.Reason) || named(people, row.Document) {
		return refuseField("reason_names_person", "reason")
	}
	if err := row.take(wanted, people); err != nil {
		return err
	}
	if err := openlyUndone(tx, *row); err != nil {
		return err
	}
	if err := s.stillWanted(tx, *row, wanted.Person); err != nil || row.PersonID != "" || wanted.Kind == lifecycle.OwnAgain || !row.Acts {
		return err
	}
	person := wanted.Person
	switch {
	case person.Name == "":
		return refuseField("person_missing", "person")
	case strings.Contains(row.Reason, person.Name) || strings.Contains(row.Document, person.Name):
		return refuseField("reason_names_person", "reason")
	}
	key, err := s.holdFieldKey(tx)
	if err != nil {
		return err
	}
	added := ownerRowOf(key, list.CommunityID, list.ID, person)
	row.PersonID = added.ID
	if err := tx.Create(&added).Error; err != nil {
		return fmt.Errorf("keep who acts for a voter: %w", err)
	}
	return nil
}

// take checks whether the kind fits the owners of the voter.
func (r *mandateRow) take(wanted WantedMandate, people map[string]ownerRow) error {
	owner, known := people[wanted.OwnerID]
	switch {
	case wanted.OwnerID != "" && !known:
		return refuseField("owner_unknown", "owner")
	case wanted.Kind == lifecycle.VotingPerson && len(people) < 2, wanted.Kind == lifecycle.Guardian && known && owner.IDKind == roster.CreditCode,
		(wanted.Kind == lifecycle.LegalRepresentative || wanted.Kind == lifecycle.Authorised) && known && owner.IDKind != roster.CreditCode:
		return refuseField("mandate_kind", "capacity")
	case (wanted.Kind.ForOwner() || wanted.Kind == lifecycle.VotingPerson) && !known:
		return refuseField("owner_unknown", "owner")
	}
	if wanted.Kind == lifecycle.VotingPerson {
		r.PersonID = owner.ID
		return nil
	}
	if wanted.Kind != lifecycle.Buyer {
		r.OwnerID = wanted.OwnerID
	}
	return nil
}

// orRefuseField is the error if there is one, otherwise the refusal at a field.
func orRefuseField(err error, code, field string) error {
	if err != nil {
		return err
	}
	return refuseField(code, field)
}
