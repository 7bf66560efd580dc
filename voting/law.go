package voting

import "slices"

// Test is one majority of the law: a threshold, what it is measured against, and the article it comes from.
type Test struct {
	Threshold Threshold `json:"threshold"`
	OfTotal   bool      `json:"of_total"` // measured against everybody in the scope, not the participants
	Article   string    `json:"article"`  // such as 民法典第278条第2款
}

// Law is the part of a rule pack that counting needs. The civil code measures approval against the
// participants, the older law against everybody (物权法第76条第2款).
type Law struct {
	ID            string `json:"id"`
	Participation Test   `json:"participation"` // always of everybody in the scope
	Ordinary      Test   `json:"ordinary"`
	Special       Test   `json:"special"`
	Items         int    `json:"items"`         // the pack's list of joint decisions runs from 1 to Items
	SpecialItems  []int  `json:"special_items"` // those that need the special majority
	ElectionItem  int    `json:"election_item"` // the item of every election
}

// IsSpecial tells whether the item needs the special majority.
func (l Law) IsSpecial(item int) bool { return slices.Contains(l.SpecialItems, item) }

// Approval gives the approval test of the item.
func (l Law) Approval(item int) Test {
	if l.IsSpecial(item) {
		return l.Special
	}
	return l.Ordinary
}
