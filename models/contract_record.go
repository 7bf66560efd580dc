package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/stage"
)

// WantedContract is a contract as it is entered. With a meeting and a position the firm is that of the decision; else it is
// a contract from before, of either kind, which needs a file that proves it.
type WantedContract struct {
	MeetingID string
	Position  int64
	Kind      lifecycle.ContractKind // of one from before
	Firm      string                 // of one from before
	Principal string
	Area      voting.Area
	FeeMode   lifecycle.FeeMode
	Price     voting.Money
	Terms     string
	SignedAt  int64 // days, first ms
	From, To  int64 // To is the day on which it ends; 0 for none
}

// longestContract bounds a term in months: nobody binds a community for longer.
const longestContract = 20 * 12

// RecordContract enters a contract: from a final result that chose the firm or kept it, or one from before with what proves
// it. An owners' contract renews what stands with the same firm and takes the place of a preliminary one with another
// (民法典第940条). Refusals: illegal_step (another role), bad_value, required, too_long, reason_names_person, file_too_big,
// file_kind, too_many_files, decision_does_not_fit, contract_recorded (the decision has its contract).
func (s *Store) RecordContract(ctx context.Context, by Actor, communityID string, wanted WantedContract, proofs []SentFile) (string, error) {
	if Role(by.Role) != RoleConvener {
		return "", refuse("illegal_step")
	}
	row := contractRow{CommunityID: communityID, ID: newID(), Kind: lifecycle.OwnersContract, MeetingID: wanted.MeetingID, Position: wanted.Position,
		Principal: strings.TrimSpace(wanted.Principal), Area: wanted.Area, FeeMode: wanted.FeeMode, Price: wanted.Price, Terms: strings.TrimSpace(wanted.Terms),
		SignedAt: calendar.StartOfDay(wanted.SignedAt), FromAt: calendar.StartOfDay(wanted.From), CreatedBy: by.ID}
	if wanted.To != 0 {
		row.ToAt = calendar.EndOfDay(wanted.To, 0)
	}
	files, err := row.before(wanted, proofs)
	if err != nil {
		return "", err
	}
	return row.ID, s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row := row // a second try begins anew
		row.CreatedAt = now
		known, err := contractsOf(tx, communityID)
		if err != nil {
			return err
		}
		if row.MeetingID != "" {
			if row.Firm, err = decidedFirm(tx, row, known); err != nil {
				return err
			}
		}
		if err := row.check(now); err != nil {
			return err
		}
		row.Number = int64(len(known)) + 1 // of what was looked at: whoever recorded another meanwhile has taken it, and all is looked at again
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("record a contract: %w", raced(err))
		}
		if err := s.keepEvidence(tx, now, by, communityID, row.ID, files); err != nil {
			return err
		}
		if err := record(tx, now, by, communityID, "contract_recorded", "contract", row.ID, map[string]any{"number": row.Number, "meeting": row.MeetingID}); err != nil {
			return err
		}
		return row.takePlace(tx, now, known)
	})
}

// before takes what is typed of a contract from before, and its proofs.
func (r *contractRow) before(wanted WantedContract, proofs []SentFile) ([]evidenceRow, error) {
	if r.MeetingID != "" {
		return nil, nil
	}
	r.Kind, r.Firm, r.Position = wanted.Kind, strings.TrimSpace(wanted.Firm), 0
	switch {
	case !slices.Contains(lifecycle.ContractKinds, r.Kind):
		return nil, refuseField("bad_value", "kind")
	case r.Firm == "":
		return nil, refuseField("required", "firm")
	case utf8.RuneCountInString(r.Firm) > 100:
		return nil, refuseField("too_long", "firm")
	case len(proofs) == 0:
		return nil, refuseField("required", "file")
	}
	files := make([]evidenceRow, len(proofs))
	for i, proof := range proofs {
		var err error
		if files[i], err = checkEvidence(proof.Name, proof.Content); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// check holds a contract to what makes sense, whoever chose the firm.
func (r contractRow) check(now int64) error {
	switch {
	case !slices.Contains(lifecycle.FeeModes, r.FeeMode):
		return refuseField("bad_value", "fee_mode")
	case r.Area <= 0:
		return refuseField("bad_value", "area")
	case r.Price <= 0:
		return refuseField("bad_value", "price")
	case r.SignedAt > now || r.SignedAt < calendar.Date(1990, 1, 1):
		return refuseField("bad_value", "signed_on")
	case r.FromAt > calendar.AddMonths(r.SignedAt, 24) || r.FromAt < calendar.AddMonths(r.SignedAt, -24):
		return refuseField("bad_value", "from")
	case r.ToAt == 0 && r.Kind == lifecycle.OwnersContract:
		return refuseField("required", "to")
	case r.ToAt != 0 && (r.ToAt <= r.FromAt || r.ToAt > calendar.AddMonths(r.FromAt, longestContract)):
		return refuseField("bad_value", "to")
	}
	return publicTexts(publicText{"principal", r.Principal, 100, true}, publicText{"terms", r.Terms, 2000, false})
}

// decidedFirm is the firm of the decision behind a contract. Of a motion to keep the firm it is the one that serves.
func decidedFirm(tx *gorm.DB, row contractRow, known []Contract) (string, error) {
	decision, err := decisionAt(tx, row.CommunityID, row.MeetingID, row.Position)
	if err != nil {
		return "", err
	}
	for _, contract := range known {
		if contract.MeetingID == row.MeetingID && contract.Position == row.Position && contract.State != lifecycle.ContractWithdrawn {
			return "", refuseField("contract_recorded", "decision")
		}
	}
	if calendar.StartOfDay(decision.PublishedAt) > row.SignedAt {
		return "", refuseField("bad_value", "signed_on") // signed before it was decided
	}
	if decision.Selects() {
		return decision.Firm, nil
	}
	for _, contract := range known {
		serves := contract.Standing().At(decision.PublishedAt)
		if contract.State == lifecycle.ContractStanding && (serves.Serving() || serves == stage.ContractIndefinite) && decision.Renews(contract.Firm) {
			return contract.Firm, nil
		}
	}
	return "", refuseField("decision_does_not_fit", "decision")
}

// decisionAt is one decision. Refusal: decision_does_not_fit.
func decisionAt(tx *gorm.DB, communityID, meetingID string, position int64) (FirmDecision, error) {
	decisions, err := firmDecisions(tx, communityID)
	if err != nil {
		return FirmDecision{}, err
	}
	for _, decision := range decisions {
		if decision.MeetingID == meetingID && decision.Position == position {
			return decision, nil
		}
	}
	return FirmDecision{}, refuseField("decision_does_not_fit", "decision")
}

// takePlace moves what stood before: a contract with the same firm is renewed, a preliminary one with another gives way on
// the day before.
func (r contractRow) takePlace(tx *gorm.DB, now int64, known []Contract) error {
	if r.Kind != lifecycle.OwnersContract {
		return nil
	}
	for _, contract := range known {
		event := lifecycle.EventSupersede
		switch {
		case contract.State != lifecycle.ContractStanding || contract.From >= r.FromAt:
			continue
		case contract.Firm == r.Firm:
			event = lifecycle.EventRenew
		case contract.Kind != lifecycle.PreliminaryContract:
			continue
		}
		entry := contractEntryRow{Event: event, UntilAt: r.FromAt - 1, MeetingID: r.MeetingID, Position: r.Position}
		if event == lifecycle.EventRenew && contract.To != 0 {
			entry.UntilAt = min(entry.UntilAt, contract.To)
		}
		if err := addContractEntry(tx, now, contractSystem, contract, entry); err != nil {
			return err
		}
	}
	return nil
}

// contractSystem takes the steps that follow from a new contract.
var contractSystem = Actor{Role: string(lifecycle.System)}
