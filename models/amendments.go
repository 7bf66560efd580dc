package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// Amendment is a correction of a frozen roster. Approved, it made the next version; meetings that were noticed before
// keep theirs. Nothing of it is personal but the files.
type Amendment struct {
	ID          string
	RosterID    string // the frozen version that it amends
	NextID      string // the version that it made; empty until approved
	Number      int64  // 1-based within the community
	State       lifecycle.AmendmentState
	Reason      string // public
	Place       string
	What        []string   // as in [RosterChange]
	Before      *UnitFacts // nil for a unit that was missing
	After       UnitFacts
	TotalBefore voting.Weight
	TotalAfter  voting.Weight
	RootBefore  string // hex
	RootAfter   string // hex; empty until approved
	Digest      string // hex SHA-256 of everything that is approved: the second person approves what the first proposed
	Files       []EvidenceFile
	ProposedAt  int64  // Unix ms, as below
	ProposedBy  string // the account's name, as that of whoever decided
	ExpiresAt   int64  // until when it can be approved
	DecidedAt   int64
	DecidedBy   string
	Refusal     string // why the street refused

	first, second string // account ids of the two
}

type amendmentRow struct {
	CommunityID string
	RosterID    string
	ID          string
	Number      int64
	State       lifecycle.AmendmentState
	Reason      string
	UnitID      string
	Place       string
	What        string // joined by commas
	Before      string
	After       string
	HeadsBefore int64
	AreaBefore  voting.Area
	HeadsAfter  int64
	AreaAfter   voting.Area
	RootBefore  string
	RootAfter   string
	Digest      string
	Correction  []byte // encrypted Correction, with the ids of the amended version
	Owners      []byte // encrypted: who held the unit before and after
	ProposedAt  int64
	ProposedBy  string
	DecidedAt   *int64
	DecidedBy   string
	Refusal     string
	NextID      string
}

func (amendmentRow) TableName() string { return "roster_amendment" }

func (r amendmentRow) at(column string) vault.Column {
	return vault.Column{Community: r.CommunityID, Name: "roster_amendment." + column, Row: r.ID}
}

// amendmentLife is how long a proposal waits for the second person (security.md §6.2).
const amendmentLife = 72 * hour

// errRehearsed ends a transaction that was only to show what it would do.
var errRehearsed = errors.New("rehearsed")

// ProposeAmendment proposes a correction of a frozen roster, with its reason and what proves it. Refusals: not_found,
// roster_not_frozen, roster_superseded, reason_missing, reason_names_person, evidence_missing, and those of a correction and of files.
func (s *Store) ProposeAmendment(ctx context.Context, by Actor, communityID, rosterID string, wanted Correction, reason string, sent []SentFile) (Amendment, error) {
	reason = strings.TrimSpace(reason)
	if err := publicReason(reason); err != nil {
		return Amendment{}, err
	}
	if len(sent) == 0 {
		return Amendment{}, refuseField("evidence_missing", "file")
	}
	files, err := checkedEvidence(sent)
	if err != nil {
		return Amendment{}, err
	}
	row := amendmentRow{CommunityID: communityID, RosterID: rosterID, ID: newID(), State: lifecycle.AmendmentProposed, Reason: reason, ProposedBy: by.ID}
	owners, err := s.rehearse(ctx, &row, wanted)
	if err != nil {
		return Amendment{}, err
	}
	if row.Digest, err = row.sum(files); err != nil {
		return Amendment{}, err
	}
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		if err := s.storeProposal(tx, now, &row, wanted, owners); err != nil {
			return err
		}
		if err := s.keepEvidence(tx, now, by, communityID, row.ID, files); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "amendment_proposed", "roster", rosterID, map[string]any{"number": row.Number, "digest": row.Digest})
	})
	if err != nil {
		return Amendment{}, err
	}
	return s.Amendment(ctx, communityID, row.ID)
}

// publicReason checks a reason that everybody reads. Refusals: reason_missing, reason_names_person (a number).
func publicReason(reason string) error {
	switch {
	case reason == "":
		return refuseField("reason_missing", "reason")
	case roster.HoldsNumber(reason):
		return refuseField("reason_names_person", "reason")
	}
	return nil
}

// rehearse carries the correction out and takes it back: what it would change stands in the row afterwards. It gives
// who held the unit before and after, in clear; nil where that stays.
func (s *Store) rehearse(ctx context.Context, row *amendmentRow, wanted Correction) (owners []byte, err error) {
	err = s.tx(ctx, func(tx *gorm.DB, _ int64) error {
		state, err := s.frozen(tx, row.CommunityID, row.RosterID)
		if err != nil {
			return err
		}
		row.RootBefore = state.list.Root
		change, err := s.correct(tx, state, wanted)
		if err != nil {
			return err
		}
		row.take(change)
		if named(state.people, row.Reason) {
			return refuseField("reason_names_person", "reason")
		}
		if change.Owners != nil {
			if owners, err = s.keys.DecryptField(change.ownersAt(), change.Owners); err != nil {
				return fmt.Errorf("decrypt owners: %w", err)
			}
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return owners, err
}

// named tells whether a text names one of the people.
func named(people map[string]ownerRow, text string) bool {
	for _, person := range people {
		if person.Name != "" && strings.Contains(text, person.Name) {
			return true
		}
	}
	return false
}

// frozen loads a roster that is in force. Refusals: not_found, roster_not_frozen, roster_superseded.
func (s *Store) frozen(tx *gorm.DB, communityID, rosterID string) (*rosterState, error) {
	state, err := s.loadRoster(tx, communityID, rosterID)
	if err != nil {
		return nil, err
	}
	switch state.list.State {
	case lifecycle.RosterFrozen:
		return state, nil
	case lifecycle.RosterSuperseded:
		return nil, refuse("roster_superseded")
	}
	return nil, refuse("roster_not_frozen")
}

// take writes down what a correction changes.
func (r *amendmentRow) take(change changeRow) {
	r.UnitID, r.Place, r.What, r.Before, r.After = change.UnitID, change.Place, strings.Join(change.What, ","), change.Before, change.After
	r.HeadsBefore, r.AreaBefore, r.HeadsAfter, r.AreaAfter = change.HeadsBefore, change.AreaBefore, change.HeadsAfter, change.AreaAfter
}

// sum is the digest of all that the second person is shown.
func (r amendmentRow) sum(files []evidenceRow) (string, error) {
	sums := make([]string, len(files))
	for i, file := range files {
		sums[i] = file.SHA256
	}
	text, err := json.Marshal([]any{"gongjue.amendment/v1", r.CommunityID, r.RosterID, r.RootBefore, r.Place, r.What, r.Before, r.After,
		r.HeadsBefore, r.AreaBefore, r.HeadsAfter, r.AreaAfter, r.Reason, sums})
	if err != nil {
		return "", fmt.Errorf("encode an amendment: %w", err)
	}
	return ledger.Sum(text).String(), nil
}

// storeProposal numbers and stores a proposal, closed under the key in force.
func (s *Store) storeProposal(tx *gorm.DB, now int64, row *amendmentRow, wanted Correction, owners []byte) error {
	if _, err := s.frozen(tx, row.CommunityID, row.RosterID); err != nil {
		return err
	}
	key, err := s.holdFieldKey(tx)
	if err != nil {
		return err
	}
	text, err := json.Marshal(wanted)
	if err != nil {
		return fmt.Errorf("encode an amendment: %w", err)
	}
	row.Correction, row.ProposedAt = key.Encrypt(row.at("correction"), text), now
	if owners != nil {
		row.Owners = key.Encrypt(row.at("owners"), owners)
	}
	err = tx.Table("roster_amendment").Where("community_id = ?", row.CommunityID).Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error
	if err != nil {
		return fmt.Errorf("number an amendment: %w", err)
	}
	if err := tx.Create(row).Error; err != nil {
		return fmt.Errorf("propose an amendment: %w", raced(err))
	}
	return nil
}
