package models

import (
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/ledger"
)

// amendLeaves decodes the amend leaves of a meeting.
func (h *hall) amendLeaves(meeting Meeting) (leaves []ledger.Amend, indexes []int64) {
	h.t.Helper()
	var rows []leafRow
	h.must(h.db.Where("meeting_id = ? AND kind = ?", meeting.ID, ledger.LeafAmend).Order("idx").Find(&rows).Error)
	for _, row := range rows {
		_, body, err := ledger.Decode(row.Body)
		h.must(err)
		leaves, indexes = append(leaves, body.(ledger.Amend)), append(indexes, row.Idx)
	}
	return leaves, indexes
}

// amendArea has an amendment of one home's area approved, and gives the version that it made.
func (h *hall) amendArea(list Roster, extra voting.Area) (Amendment, Roster) {
	h.t.Helper()
	return h.amended(h.proposed(list, Correction{UnitID: h.unitAt(list, "1号楼/1单元/102").UnitID, Area: 900_000 + extra}))
}

func TestAmendmentsStandInTheLogOfWhatIsCountedOverTheOldRoster(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.noticed()
		first := h.roster(meeting.RosterID)
		before, second := h.amendArea(first, 1)
		if _, indexes := h.amendLeaves(meeting); len(indexes) != 0 {
			t.Error("a log that has not begun holds a leaf")
		}
		h.wait(20 * day)
		sheets := h.sheets(meeting)
		_, err := h.cast(sheets[0], "yes", key1)
		h.must(err)
		during, third := h.amendArea(second, 2)
		_, err = h.cast(sheets[1], "no", key1)
		h.must(err)
		waiting := h.proposed(third, Correction{UnitID: h.unitAt(third, "1号楼/1单元/102").UnitID, Area: 900_003})
		h.wait(10*day + CloseGrace)
		h.refused(h.approve(RoleStreet, waiting), "amendment_expired")
		closed, fourth := h.amendArea(third, 4)
		leaves, indexes := h.amendLeaves(meeting)
		if len(leaves) != 3 || indexes[0] != 1 || indexes[1] != 3 || indexes[2] != 6 {
			t.Fatalf("the leaves stand at %v", indexes)
		}
		for i, amendment := range []Amendment{before, during, closed} {
			hash, err := amendment.published().Hash()
			h.must(err)
			leaf := leaves[i]
			if leaf.Change != hash || leaf.Approved != amendment.DecidedAt || leaf.OldRoot.String() != amendment.RootBefore || leaf.NewRoot.String() != amendment.RootAfter ||
				leaf.Area != amendment.TotalAfter.Area || leaf.First != h.keys.Pseudonym(meeting.ID, h.by(RoleConvener).ID) || leaf.Second != h.keys.Pseudonym(meeting.ID, h.by(RoleStreet).ID) {
				t.Errorf("leaf %d is %+v", i, leaf)
			}
		}
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		h.amendArea(fourth, 5)
		if _, indexes := h.amendLeaves(meeting); len(indexes) != 3 {
			t.Error("a counted meeting was told")
		}
		h.published(meeting)
		h.verifies(meeting, 2)
		h.sign(meeting)
		filed, err := h.SubmitFiling(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, "", nil)
		h.must(err)
		if filed.Record.Amendments != 4 || filed.Record.RosterRoot != first.Root {
			t.Errorf("the filing tells of %d amendments", filed.Record.Amendments)
		}
	})
}

// TestAnAmendmentThatIsRewrittenIsNotHandedOut: what the log committed to is what the record publishes, or nothing.
func TestAnAmendmentThatIsRewrittenIsNotHandedOut(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		amendment, _ := h.amendArea(h.roster(meeting.RosterID), 1)
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		h.published(meeting)
		for column, value := range map[string]any{"reason": "另一个理由", "area_after": amendment.TotalAfter.Area + 1, "root_after": strings.Repeat("0", 64)} {
			var kept []map[string]any
			h.must(h.db.Table("roster_amendment").Select(column).Where("id = ?", amendment.ID).Find(&kept).Error)
			h.must(h.db.Table("roster_amendment").Where("id = ?", amendment.ID).Update(column, value).Error)
			_, err := h.PublicBundle(h.ctx(), meeting.ID)
			h.refused(err, "ledger_mismatch")
			h.must(h.db.Table("roster_amendment").Where("id = ?", amendment.ID).Update(column, kept[0][column]).Error)
		}
		h.verifies(meeting, 0)
	})
}
