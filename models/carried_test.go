package models

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// casters are the phones of those who may cast for whoever holds the home at the place.
func (h *hall) casters(list Roster, place string) (phones []string) {
	h.t.Helper()
	var unit unitRow
	h.must(h.db.Where("id = ?", h.unitAt(list, place).UnitID).Take(&unit).Error)
	who, err := actorsOf(h.db, h.community.ID, unit.VoterID)
	h.must(err)
	for _, one := range who {
		phone, err := h.phone(one.ownerRow)
		h.must(err)
		phones = append(phones, phone)
	}
	return phones
}

func TestAMandateEndsOnlyWhereTheOwnersChange(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.inForce(false)
		mended, one, other := "1号楼/1单元/102", "1号楼/1单元/101", "2号楼/1单元/101"
		owner := h.ownersAt(list, mended)[0]
		h.actFor(list, lifecycle.Guardian, mended, owner.ID, stranger)
		h.actFor(list, lifecycle.Guardian, one, h.ownersAt(list, one)[0].ID, stranger)
		_, list = h.amended(h.proposed(list, Correction{UnitID: h.unitAt(list, mended).UnitID, Area: 900_001, Owners: &NewOwners{Keep: []string{owner.ID}}}))
		if got := h.casters(list, mended); len(got) != 1 || got[0] != stranger.Phone {
			t.Errorf("a new area with the same owners: %v cast", got)
		}
		_, list = h.amended(h.proposed(list, Correction{UnitID: h.unitAt(list, one).UnitID, Owners: &NewOwners{Add: []roster.Owner{invented(77, "19900000077")}}}))
		for place, phone := range map[string]string{one: "19900000077", other: stranger.Phone} {
			if got := h.casters(list, place); len(got) != 1 || got[0] != phone {
				t.Errorf("%s: %v cast", place, got)
			}
		}
		var left int64
		h.must(h.db.Table("owner").Where("roster_id = ? AND name = ?", list.ID, stranger.Name).Count(&left).Error)
		if left != 2 {
			t.Errorf("%d guardians are kept", left)
		}
	})
}

func TestABuyerDoesNotCastForAHomeThatTheSellerGained(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.inForce(false)
		sold, gained := "1号楼/1单元/102", "2号楼/1单元/102"
		h.actFor(list, lifecycle.Buyer, sold, "", stranger)
		seller := roster.Owner{Name: "样例2", IDKind: roster.ResidentID, IDNumber: "990000197001010002", Phone: "19900000002"}
		_, list = h.amended(h.proposed(list, Correction{UnitID: h.unitAt(list, gained).UnitID, Owners: &NewOwners{Add: []roster.Owner{seller}}}))
		if got := h.casters(list, gained); len(got) != 1 || got[0] != seller.Phone {
			t.Errorf("%v cast", got)
		}
	})
}

// TestASaleStaysPublicOnTheVersionThatAnAmendmentMakes: whoever casts for a home without standing on the roster does so
// in everybody's sight.
func TestASaleStaysPublicOnTheVersionThatAnAmendmentMakes(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.inForce(false)
		sold := "1号楼/1单元/102"
		h.actFor(list, lifecycle.Buyer, sold, "", stranger)
		h.actFor(list, lifecycle.Buyer, "1号楼/1单元/101", "", stranger) // of one of two homes
		_, list = h.amended(h.proposed(list, Correction{UnitID: h.unitAt(list, "1号楼/1单元/202").UnitID, Area: 1_000_001}))
		meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(list))
		h.must(err)
		_, err = h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, Matter{Title: "修改议事规则", Body: "同意新的议事规则。", Rule: voting.Matter{Kind: voting.Motion, Item: 1}})
		h.must(err)
		h.must(h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		h.wait(20 * day)
		_, err = h.cast(h.sheetAt(meeting, sold), voting.Yes, key1)
		h.must(err)
		notice, err := h.NoticeOf(h.ctx(), meeting.ID)
		h.must(err)
		leaves, _ := h.amendLeaves(meeting)
		if len(notice.Sales) != 2 || !notice.Sales[0].Acts || notice.Sales[0].Place != sold || notice.Sales[1].Acts || len(leaves) != 2 || leaves[0].Kind != ledger.AmendTransfer {
			t.Errorf("the notice tells of %+v, the log of %+v", notice.Sales, leaves)
		}
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		h.published(meeting)
		h.verifies(meeting, 1)
	})
}

func TestASaleIsUndoneInEverybodysSightOnly(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.inForce(false)
		sold := "1号楼/1单元/201"
		owners := h.ownersAt(list, sold)
		quiet := WantedMandate{Kind: lifecycle.OwnAgain, UnitID: h.unitAt(list, sold).UnitID, Document: "推选书", Reason: "已看原件。"}
		early := h.proposedFor(list, lifecycle.VotingPerson, sold, owners[0].ID, roster.Owner{})
		h.actFor(list, lifecycle.Buyer, sold, "", stranger)
		h.refused(h.ApproveMandate(h.ctx(), h.by(RoleStreet), h.community.ID, early.ID), "home_sold")
		_, err := h.ProposeMandate(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, quiet)
		h.refused(err, "home_sold")
		h.actFor(list, lifecycle.Buyer, sold, "", roster.Owner{Name: "样例3", Phone: "19900000003"})
		sales, err := mandatesOn(h.db, h.community.ID, list.ID)
		h.must(err)
		if got := h.casters(list, sold); len(got) != 1 || got[0] != "19900000003" || len(sales) != 2 {
			t.Errorf("%v cast, %d sales are public", got, len(sales))
		}
	})
}

// TestAMandateHoldsOnEveryVersionInUse: a meeting that stands on an older version and the version in force are told alike,
// whichever of the two the convener had open.
func TestAMandateHoldsOnEveryVersionInUse(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		old := h.roster(meeting.RosterID)
		joint, single, given, mended := "1号楼/1单元/201", "1号楼/1单元/102", "2号楼/1单元/102", "1号楼/1单元/202"
		chosen := h.ownersAt(old, joint)[1]
		phone, err := h.phone(chosen)
		h.must(err)
		_, next := h.amended(h.proposed(old, Correction{UnitID: h.unitAt(old, given).UnitID, Owners: &NewOwners{Add: []roster.Owner{invented(77, "19900000077")}}}))
		_, next = h.amended(h.proposed(next, Correction{UnitID: h.unitAt(next, mended).UnitID, Area: 1_000_001}))
		h.actFor(old, lifecycle.VotingPerson, joint, chosen.ID, roster.Owner{})
		h.actFor(old, lifecycle.Guardian, given, h.ownersAt(old, given)[0].ID, stranger) // of whom owns it no more on the newest
		h.actFor(next, lifecycle.Buyer, single, "", stranger)
		for place, want := range map[string][2]string{joint: {phone, phone}, single: {stranger.Phone, stranger.Phone}, given: {stranger.Phone, "19900000077"}} {
			for i, list := range []Roster{old, next} {
				if got := h.casters(list, place); len(got) != 1 || got[0] != want[i] {
					t.Errorf("%s, version %d: %v cast and not %s", place, list.Version, got, want[i])
				}
			}
		}
		leaves, _ := h.amendLeaves(meeting)
		if len(leaves) != 5 || leaves[4].Kind != ledger.AmendTransfer || leaves[4].NewRoot.String() != old.Root {
			t.Errorf("the leaves are %+v", leaves)
		}
		_, err = h.cast(h.sheetAt(meeting, single), voting.Yes, key1) // the buyer does
		h.must(err)
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		h.published(meeting)
		h.verifies(meeting, 1)
	})
}
