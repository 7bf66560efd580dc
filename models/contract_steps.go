package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// ContractStep is what somebody records of a contract. Which of the fields are wanted hangs on the event.
type ContractStep struct {
	Event     lifecycle.Event
	Day       int64 // of the inspection, the written notice or the handing over; any ms of it
	Until     int64 // dismiss: another last day than the law's, because the contract says so
	Side      lifecycle.ContractSide
	MeetingID string // dismiss, decline: the decision of the owners
	Position  int64
	Parties   string
	Body      string
}

// TakeContractStep records what happened to a contract. Refusals: not_found, illegal_step, required, bad_value, too_long,
// reason_names_person, decision_does_not_fit, contract_not_over (overstay: it still binds), contract_filed (withdraw: the
// street has received it).
func (s *Store) TakeContractStep(ctx context.Context, by Actor, community Community, id string, step ContractStep) error {
	entry := contractEntryRow{Event: step.Event, Parties: strings.TrimSpace(step.Parties), Body: strings.TrimSpace(step.Body)}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		known, err := contractsOf(tx, community.ID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(known, func(c Contract) bool { return c.ID == id })
		if at < 0 {
			return refuse("not_found")
		}
		contract := known[at]
		if _, _, err := nextContract(contract, step.Event, by); err != nil {
			return err
		}
		entry := entry // a second try begins anew
		if err := entry.say(tx, now, community, contract, step); err != nil {
			return err
		}
		if err := addContractEntry(tx, now, by, contract, entry); err != nil || entry.Event != lifecycle.EventWithdraw {
			return err
		}
		return standAgain(tx, now, contract, known)
	})
}

// standAgain lets stand what a contract had taken the place of that was recorded by mistake: both were written at once.
func standAgain(tx *gorm.DB, now int64, mistake Contract, known []Contract) error {
	for _, contract := range known {
		if contract.State != lifecycle.ContractRenewed && contract.State != lifecycle.ContractSuperseded {
			continue
		}
		gave := slices.ContainsFunc(contract.Entries, func(e ContractEntry) bool {
			return (e.Event == lifecycle.EventRenew || e.Event == lifecycle.EventSupersede) && e.At == mistake.CreatedAt && e.MeetingID == mistake.MeetingID
		})
		if !gave {
			continue
		}
		if err := addContractEntry(tx, now, contractSystem, contract, contractEntryRow{Event: lifecycle.EventWithdraw}); err != nil {
			return err
		}
	}
	return nil
}

// nextContract is where a contract and its filing stand after an event. Refusal: illegal_step.
func nextContract(contract Contract, event lifecycle.Event, by Actor) (lifecycle.ContractState, lifecycle.ContractFiling, error) {
	actor := lifecycle.Actor(by.Role)
	filing, illegal := lifecycle.ContractFilingSteps.Next(contract.Filing, event, actor)
	if illegal == nil && contract.Kind == lifecycle.OwnersContract && contract.State != lifecycle.ContractWithdrawn {
		return contract.State, filing, nil
	}
	state, illegal := lifecycle.Contracts.Next(contract.State, event, actor)
	if illegal != nil {
		return contract.State, contract.Filing, asRefusal(illegal)
	}
	return state, contract.Filing, nil
}

func addContractEntry(tx *gorm.DB, now int64, by Actor, contract Contract, entry contractEntryRow) error {
	state, filing, err := nextContract(contract, entry.Event, by)
	if err != nil {
		return err
	}
	entry.CommunityID, entry.ContractID, entry.ID, entry.State, entry.Filing, entry.At, entry.MadeBy = contract.CommunityID, contract.ID, newID(), state, filing, now, by.ID
	entry.Number = int64(len(contract.Entries)) + 1 // of what was looked at, as in RecordContract
	if err := tx.Create(&entry).Error; err != nil {
		return fmt.Errorf("add an entry to a contract: %w", raced(err))
	}
	return record(tx, now, by, contract.CommunityID, "contract_"+string(entry.Event), "contract", contract.ID, map[string]any{"number": contract.Number, "entry": entry.Number})
}

// say fills an entry with what the event wants. Texts are public, or may come before a court.
func (r *contractEntryRow) say(tx *gorm.DB, now int64, community Community, contract Contract, step ContractStep) error {
	needsParties := r.Event == lifecycle.EventInspect || r.Event == lifecycle.EventHandOver
	needsBody := needsParties || slices.Contains([]lifecycle.Event{lifecycle.EventReturn, lifecycle.EventOverstay, lifecycle.EventWithdraw}, r.Event)
	if !needsParties {
		r.Parties = ""
	}
	if err := publicTexts(publicText{"parties", r.Parties, 200, needsParties}, publicText{"body", r.Body, 2000, needsBody}); err != nil {
		return err
	}
	switch r.Event {
	case lifecycle.EventInspect, lifecycle.EventHandOver:
		return r.happened(now, contract.SignedAt, step.Day)
	case lifecycle.EventDecline:
		return r.decline(tx, now, contract, step)
	case lifecycle.EventDismiss:
		return r.dismiss(tx, now, community, contract, step)
	case lifecycle.EventOverstay:
		if last := contract.Standing().Last(); last == 0 || now <= last {
			return refuse("contract_not_over")
		}
	case lifecycle.EventWithdraw:
		if contract.Filing == lifecycle.ContractReceived {
			return refuse("contract_filed")
		}
	}
	return nil
}

// happened takes a day that has come, not before another. Refusals: required, bad_value (field day).
func (r *contractEntryRow) happened(now, earliest, day int64) error {
	switch {
	case day == 0:
		return refuseField("required", "day")
	case day > now || calendar.StartOfDay(day) < calendar.StartOfDay(earliest):
		return refuseField("bad_value", "day")
	}
	r.DayAt = calendar.StartOfDay(day)
	return nil
}

// decline says that the contract ends with its term: by a written notice of the firm, or a decision of the owners.
func (r *contractEntryRow) decline(tx *gorm.DB, now int64, contract Contract, step ContractStep) error {
	r.Side = step.Side
	switch {
	case contract.To == 0:
		return refuse("illegal_step") // it has no term that could end
	case r.Side == lifecycle.FirmSide:
		return r.happened(now, contract.SignedAt, step.Day)
	case r.Side != lifecycle.OwnersSide:
		return refuseField("bad_value", "side")
	}
	decision, err := decisionAt(tx, contract.CommunityID, step.MeetingID, step.Position)
	if err != nil {
		return err
	}
	if !decision.Declines(contract.Firm) || !decision.After(contract) {
		return refuseField("decision_does_not_fit", "decision")
	}
	r.MeetingID, r.Position = decision.MeetingID, decision.Position
	return nil
}

// dismiss says when the firm had the written notice, and so when its contract ends: after the days of the law, or as the
// contract itself says (民法典第946条).
func (r *contractEntryRow) dismiss(tx *gorm.DB, now int64, community Community, contract Contract, step ContractStep) error {
	decision, err := decisionAt(tx, contract.CommunityID, step.MeetingID, step.Position)
	if err != nil {
		return err
	}
	if !decision.Dismisses(contract.Firm) || !decision.After(contract) {
		return refuseField("decision_does_not_fit", "decision")
	}
	if err := r.happened(now, decision.PublishedAt, step.Day); err != nil {
		return err
	}
	r.MeetingID, r.Position = decision.MeetingID, decision.Position
	if step.Until != 0 {
		switch r.UntilAt = calendar.EndOfDay(step.Until, 0); {
		case r.UntilAt < r.DayAt || r.UntilAt > calendar.AddMonths(r.DayAt, 24):
			return refuseField("bad_value", "until")
		case r.Body == "":
			return refuseField("required", "body") // which clause of the contract says so
		}
		return nil
	}
	pack, err := rules.At(community.Place, r.DayAt)
	if err != nil {
		return fmt.Errorf("find the rules of a notice: %w", err)
	}
	if pack.Procedure.FirmDismissalDays == nil {
		return refuseField("required", "until")
	}
	r.UntilAt = calendar.EndOfDay(r.DayAt, pack.Procedure.FirmDismissalDays.Days)
	return nil
}

// May lists what somebody may record of the contract at a moment, in the order of a page.
func (c Contract) May(actor lifecycle.Actor, at int64) (events []lifecycle.Event) {
	for _, event := range lifecycle.ContractEvents {
		if _, _, err := nextContract(c, event, Actor{Role: string(actor)}); err != nil {
			continue
		}
		last := c.Standing().Last()
		switch {
		case event == lifecycle.EventOverstay && (last == 0 || at <= last), event == lifecycle.EventDecline && c.To == 0,
			event == lifecycle.EventWithdraw && c.Filing == lifecycle.ContractReceived:
			continue
		}
		events = append(events, event)
	}
	return events
}
