package api

import (
	"gongjue/models"
	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/voting/stage"
	"gongjue/web"
)

// contractView is a contract as everybody sees it.
func (c *call) contractView(contract models.Contract) (web.Contract, error) {
	now := c.store.Now()
	where := contract.Standing().At(now)
	view := web.Contract{ID: contract.ID, Number: contract.Number, Kind: web.ContractKind(contract.Kind), Firm: contract.Firm, Principal: contract.Principal,
		Stage: web.ContractStage(where), Serving: where.Serving(), Area: explain.SquareMetres(contract.Area), FeeMode: web.FeeMode(contract.FeeMode), Price: contract.Price.String(),
		Terms: contract.Terms, Signed: web.Instant(contract.SignedAt), From: web.Instant(contract.From), To: web.Instant(contract.To), Revoked: contract.Revoked}
	if contract.Until != 0 && contract.Until != contract.To {
		view.Last = web.Instant(contract.Until)
	}
	if contract.Kind == lifecycle.OwnersContract && (contract.MeetingID != "" || contract.Filing != lifecycle.ContractUnfiled) {
		view.Filing = web.ContractFiling(contract.Filing)
		if contract.Filing != lifecycle.ContractReceived && contract.Filing != lifecycle.ContractSubmitted {
			view.FileBy = clauseClock(contract.FileBy(), contract.Clauses.Filing)
		}
	}
	if where == stage.ContractInForce || where == stage.ContractExpiring || where == stage.ContractAgreed {
		view.DecideBy = decideClock(contract)
	}
	if where == stage.ContractHandover || where == stage.ContractLeaving || where == stage.ContractDeclined {
		view.HandBy = clauseClock(contract.HandOverBy(), contract.Clauses.Handover)
	}
	if contract.MeetingID != "" {
		meeting, err := c.store.Meeting(c, contract.CommunityID, contract.MeetingID)
		if err != nil {
			return view, err
		}
		view.Meeting, view.MeetURL = meeting.Title, resultURL(meeting.ID)
	}
	for _, entry := range contract.Entries {
		event := web.ContractEvent(entry.Event)
		if entry.Again() {
			event = web.ContractStandsAgain
		}
		view.Entries = append(view.Entries, web.ContractEntry{Event: event, Day: web.Instant(entry.Day), Side: web.ContractSide(entry.Side),
			Parties: entry.Parties, Body: entry.Body, Until: web.Instant(entry.Until), Late: contract.Late(entry), At: web.Instant(entry.At)})
	}
	for _, file := range contract.Files {
		view.Files = append(view.Files, web.Attachment{Name: file.Name, URL: contractsURL(contract.CommunityID) + "/" + contract.ID + "/files/" + file.ID, Bytes: file.Size, Digest: file.SHA256})
	}
	return view, nil
}

func clauseClock(due int64, clause *rules.Clause) web.Clock {
	if due == 0 || clause == nil || clause.Source == nil {
		return web.Clock{}
	}
	return web.Clock{Due: web.Instant(due), Words: web.ClockWords(clause.Days, false, clause.Source.String())}
}

// decideClock is until when owners decide what follows; without a clause it is the end of the contract.
func decideClock(contract models.Contract) web.Clock {
	clock := web.Clock{Due: web.Instant(contract.DecideBy())}
	if months := contract.Clauses.Renewal; months != nil && months.Source != nil {
		clock.Words = web.MonthsBefore(months.Number, months.Source.String())
	}
	return clock
}
