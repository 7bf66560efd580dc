package models

import (
	"testing"

	"gongjue/voting"
)

// TestWhereTheCitySystemAloneVotesOnlineOnlyPaperIsTaken: 潍坊 lets electronic votes be cast on the city's system only.
func TestWhereTheCitySystemAloneVotesOnlineOnlyPaperIsTaken(t *testing.T) {
	inHall(t, func(h *hall) {
		elsewhereBy := h.by(RoleConvener)
		community, err := h.CreateCommunity(h.ctx(), System, "山东省/潍坊市/样例区", "样例街道", "样例小区")
		h.must(err)
		h.community = community
		meeting := h.voting()
		if !meeting.OnlineBarred() {
			t.Fatalf("the pack %s lets this system take electronic votes", meeting.Pack.ID)
		}
		sheet := h.sheets(meeting)[0]
		home, err := h.HomeOf(h.ctx(), sheet.Token)
		h.must(err)
		_, err = h.RequestCode(h.ctx(), sheet.Token, home.People[0].OwnerID, elsewhere)
		h.refused(err, "evote_barred")
		_, err = h.RequestCodeByHome(h.ctx(), meeting.ID, HomeQuery{Building: "1号楼", Stair: "1单元", Room: "102", Phone: "19900000002"}, elsewhere)
		h.refused(err, "evote_barred")
		_, err = h.CastBallot(h.ctx(), Cast{Session: ResidentSession{Meeting: meeting.ID, Voter: sheet.VoterID, Owner: home.People[0].OwnerID,
			Evidence: newID()}, Choices: answers(sheet.Matters, voting.Yes), IdemKey: key1})
		h.refused(err, "evote_barred")
		_, err = h.FindSheet(h.ctx(), elsewhereBy, community.ID, meeting.ID, SheetQuery{Serial: sheet.Serial})
		h.must(err)
	})
}
