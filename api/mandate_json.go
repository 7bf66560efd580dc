package api

import (
	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// mandateJSON is who acts for a voter, for convener and street; people are masked.
type mandateJSON struct {
	ID         string                   `json:"id"`
	RosterID   string                   `json:"roster_id"`
	Number     int64                    `json:"number"`
	Capacity   lifecycle.MandateKind    `json:"capacity"`
	State      lifecycle.AmendmentState `json:"state"`
	Unit       string                   `json:"unit"`
	Owner      *personJSON              `json:"owner,omitempty"`  // acted for; missing where it is for all of the voter
	Person     *personJSON              `json:"person,omitempty"` // who acts
	Document   string                   `json:"document"`
	Reason     string                   `json:"reason"`
	Acts       bool                     `json:"acts"`
	ProposedAt int64                    `json:"proposed_at"`
	ProposedBy string                   `json:"proposed_by"`
	DecidedAt  int64                    `json:"decided_at,omitempty"`
	DecidedBy  string                   `json:"decided_by,omitempty"`
	Refusal    string                   `json:"refusal,omitempty"`
}

func mandateOf(m models.Mandate) mandateJSON {
	return mandateJSON{ID: m.ID, RosterID: m.RosterID, Number: m.Number, Capacity: m.Kind, State: m.State, Unit: web.PlaceWords(m.Place), Owner: onePerson(m.Owner),
		Person: onePerson(m.Person), Document: m.Document, Reason: m.Reason, Acts: m.Acts, ProposedAt: m.ProposedAt, ProposedBy: m.ProposedBy,
		DecidedAt: m.DecidedAt, DecidedBy: m.DecidedBy, Refusal: m.Refusal}
}

func onePerson(p models.HomePerson) *personJSON {
	if p.OwnerID == "" {
		return nil
	}
	return &peopleOf([]models.HomePerson{p})[0]
}

type mandatesJSON struct {
	Mandates []mandateJSON `json:"mandates"`
}

func listMandates(c *call) error {
	mandates, err := c.store.MandatesOf(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return err
	}
	body := mandatesJSON{Mandates: make([]mandateJSON, len(mandates))}
	for i, mandate := range mandates {
		body.Mandates[i] = mandateOf(mandate)
	}
	return c.sendJSON(done{body: body})
}

func getMandate(c *call) error {
	mandate, err := c.mandateHere()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: mandateOf(mandate)})
}

// saleJSON is a home that was sold after the roster was frozen, as everybody may see it.
type saleJSON struct {
	Number     int64  `json:"number"`
	Unit       string `json:"unit"`
	Reason     string `json:"reason"`
	Acts       bool   `json:"acts"` // the buyer casts, unless a ballot was cast before
	ApprovedAt int64  `json:"approved_at"`
}

func salesOf(list []models.Sale) []saleJSON {
	sales := make([]saleJSON, len(list))
	for i, sale := range list {
		sales[i] = saleJSON{sale.Number, web.PlaceWords(sale.Place), sale.Reason, sale.Acts, sale.ApprovedAt}
	}
	return sales
}
