package api

import (
	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/web"
)

// sheetBalance is how the paper sheets of a meeting compare, as pages and papers print it; nil stays nil.
func sheetBalance(b *models.SheetBalance) *web.SheetBalance {
	if b == nil {
		return nil
	}
	return &web.SheetBalance{Made: b.Made, Delivered: b.Delivered, Refused: b.Refused, Undeliverable: b.Undeliverable, Unrecorded: b.Unrecorded,
		Kept: b.Kept, Returned: b.Returned, Duplicate: b.Duplicate, Open: b.Open, Unissued: b.Unissued, Counted: b.Counted, Valid: b.Valid,
		Void: b.Void, Voids: b.Voids, Incidents: b.Incidents}
}

// sheetBalanceJSON compares the paper sheets of a meeting, by number.
type sheetBalanceJSON struct {
	Made          int64           `json:"made"`
	IssuedLeast   int64           `json:"issued_at_least"` // with a proof of delivery
	IssuedMost    int64           `json:"issued_at_most"`  // all that the register does not say otherwise of
	IssuedKnown   bool            `json:"issued_known"`    // every sheet has a record, and the two are equal
	Refused       int64           `json:"refused"`
	Undeliverable int64           `json:"undeliverable"`
	Returned      int64           `json:"returned"` // on paper
	Duplicate     int64           `json:"duplicate"`
	Open          int64           `json:"open,omitempty"` // before the count: not yet entered twice alike
	Valid         *int64          `json:"valid,omitempty"`
	Void          *int64          `json:"void,omitempty"`
	Voids         []voidCountJSON `json:"void_reasons,omitempty"`
	Incidents     []incidentJSON  `json:"incidents"`
}

// voidCountJSON is the number of sheets that are void for a reason; without one every answer is void by itself.
type voidCountJSON struct {
	Reason ledger.VoidReason `json:"reason,omitempty"`
	Sheets int64             `json:"sheets"`
}

type incidentJSON struct {
	Incident voting.Incident `json:"incident"`
	Sheets   int64           `json:"sheets"`
}

func sheetBalanceOf(b *models.SheetBalance) *sheetBalanceJSON {
	if b == nil {
		return nil
	}
	least, most := b.Issued()
	answer := &sheetBalanceJSON{Made: b.Made, IssuedLeast: least, IssuedMost: most, IssuedKnown: b.Kept && b.Unrecorded == 0, Refused: b.Refused,
		Undeliverable: b.Undeliverable, Returned: b.Returned, Duplicate: b.Duplicate, Open: b.Open, Incidents: []incidentJSON{}}
	for _, found := range b.Incidents {
		answer.Incidents = append(answer.Incidents, incidentJSON(found))
	}
	if !b.Counted {
		return answer
	}
	answer.Valid, answer.Void = &b.Valid, &b.Void
	for _, reason := range append([]ledger.VoidReason{""}, ledger.VoidReasons...) {
		if n := b.Voids[reason]; n > 0 {
			answer.Voids = append(answer.Voids, voidCountJSON{Reason: reason, Sheets: n})
		}
	}
	return answer
}
