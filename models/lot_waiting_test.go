package models

import "slices"

// lotsWaiting: these are on the street's list with their meetings, and on the page of the community's own staff; another
// street's list holds none of them.
func (h *hall) lotsWaiting(want ...WaitingLot) {
	h.t.Helper()
	waiting, err := h.Waiting(h.ctx(), h.staff[RoleStreet])
	h.must(err)
	own, _, err := h.Overviews(h.ctx(), h.staff[RoleTeller], Page{N: 10})
	h.must(err)
	if !slices.Equal(waiting[0].Lots, want) || len(waiting[0].Meetings) != len(want) || !slices.Equal(own[0].Lots, want) {
		h.t.Errorf("%+v and %d meetings wait for the street, %+v in the community", waiting[0].Lots, len(waiting[0].Meetings), own[0].Lots)
	}
	elsewhere := h.staff[RoleStreet]
	elsewhere.StreetID = newID()
	if others, err := h.Waiting(h.ctx(), elsewhere); err != nil || len(others) != 0 {
		h.t.Errorf("another street sees %+v, %v", others, err)
	}
}
