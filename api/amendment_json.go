package api

import (
	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// publicAmendmentJSON is an approved amendment, as everybody may see it.
type publicAmendmentJSON struct {
	Number      int64             `json:"number"`
	RosterID    string            `json:"roster_id"` // the version that was amended
	NextID      string            `json:"next_id,omitempty"`
	Unit        string            `json:"unit"`
	What        []string          `json:"what"`
	Before      *models.UnitFacts `json:"before,omitempty"` // missing for a unit that was missing
	After       models.UnitFacts  `json:"after"`
	TotalBefore weightJSON        `json:"total_before"`
	TotalAfter  weightJSON        `json:"total_after"`
	RootBefore  string            `json:"root_before"`
	RootAfter   string            `json:"root_after,omitempty"`
	Reason      string            `json:"reason"`
	ProposedAt  int64             `json:"proposed_at"` // by the convener
	DecidedAt   int64             `json:"decided_at,omitempty"`
}

func publicAmendmentOf(a models.Amendment) publicAmendmentJSON {
	return publicAmendmentJSON{Number: a.Number, RosterID: a.RosterID, NextID: a.NextID, Unit: web.PlaceWords(a.Place), What: a.What, Before: a.Before,
		After: a.After, TotalBefore: weightOf(a.TotalBefore), TotalAfter: weightOf(a.TotalAfter), RootBefore: a.RootBefore, RootAfter: a.RootAfter,
		Reason: a.Reason, ProposedAt: a.ProposedAt, DecidedAt: a.DecidedAt}
}

func publicAmendmentsOf(list []models.Amendment) []publicAmendmentJSON {
	amendments := make([]publicAmendmentJSON, len(list))
	for i, amendment := range list {
		amendments[i] = publicAmendmentOf(amendment)
	}
	return amendments
}

// amendmentJSON is an amendment for convener and street. digest goes back with the approval.
type amendmentJSON struct {
	publicAmendmentJSON
	ID         string                   `json:"id"`
	State      lifecycle.AmendmentState `json:"state"`
	Digest     string                   `json:"digest"`
	ExpiresAt  int64                    `json:"expires_at"`
	ProposedBy string                   `json:"proposed_by"`
	DecidedBy  string                   `json:"decided_by,omitempty"`
	Refusal    string                   `json:"refusal,omitempty"`
	Files      []evidenceJSON           `json:"files"`
}

func amendmentOf(a models.Amendment) amendmentJSON {
	return amendmentJSON{publicAmendmentJSON: publicAmendmentOf(a), ID: a.ID, State: a.State, Digest: a.Digest, ExpiresAt: a.ExpiresAt,
		ProposedBy: a.ProposedBy, DecidedBy: a.DecidedBy, Refusal: a.Refusal, Files: evidenceFilesOf(a.Files)}
}

type amendmentsJSON struct {
	Amendments []amendmentJSON `json:"amendments"`
}

func listAmendments(c *call) error {
	amendments, err := c.store.AmendmentsOf(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return err
	}
	body := amendmentsJSON{Amendments: make([]amendmentJSON, len(amendments))}
	for i, amendment := range amendments {
		body.Amendments[i] = amendmentOf(amendment)
	}
	return c.sendJSON(done{body: body})
}

// amendmentDetailJSON is an amendment with who held the unit, masked; the lists are empty where that stays as it is.
type amendmentDetailJSON struct {
	amendmentJSON
	OwnersBefore []personJSON `json:"owners_before"`
	OwnersAfter  []personJSON `json:"owners_after"`
}

func getAmendment(c *call) error {
	amendment, err := c.amendmentHere()
	if err != nil {
		return err
	}
	before, after, err := c.store.AmendmentOwners(c, c.community.ID, amendment.ID)
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: amendmentDetailJSON{amendmentOf(amendment), peopleOf(before), peopleOf(after)}})
}

// amendableUnitJSON is a unit of a frozen roster with the ids that a proposal names.
type amendableUnitJSON struct {
	ID     string          `json:"id"`
	Now    displayLineJSON `json:"now"`
	People []personJSON    `json:"people"` // who holds it, masked
}

func getAmendableUnit(c *call) error {
	unit, people, err := c.amendableUnit(c.Param("roster"), "")
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: amendableUnitJSON{ID: unit.UnitID, Now: displayLineOf(unit), People: peopleOf(people)}})
}
