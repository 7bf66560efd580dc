package models

import (
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// holders makes the next meetings of the hall those whose key three people hold, and takes and tries their cards before the
// notice. The texts on the cards come by role.
func (h *hall) holders() map[Role]string {
	h.announce = func(m *MeetingTerms) { m.SealKept = KeptByHolders }
	cards := map[Role]string{}
	h.ready = func(meeting Meeting) {
		for _, role := range SealHolders {
			cards[role] = h.takeCard(role, meeting)
			h.must(h.TrySealCard(h.ctx(), h.by(role), h.community.ID, meeting.ID, cards[role]))
		}
	}
	return cards
}

func (h *hall) takeCard(role Role, meeting Meeting) string {
	h.t.Helper()
	text, err := h.TakeSealCard(h.ctx(), h.by(role), h.community.ID, meeting.ID, false)
	h.must(err)
	return text
}

// draft is a meeting with one matter whose key three people are to hold, and no cards.
func (h *hall) draft() Meeting {
	h.t.Helper()
	h.announce = func(m *MeetingTerms) { m.SealKept = KeptByHolders }
	meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
	h.must(err)
	_, err = h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID,
		Matter{Title: "修改议事规则", Body: "同意新的议事规则。", Rule: voting.Matter{Kind: voting.Motion, Item: 1}})
	h.must(err)
	return meeting
}

func (h *hall) try(role Role, meeting Meeting, text string) error {
	return h.TrySealCard(h.ctx(), h.by(role), h.community.ID, meeting.ID, text)
}

func (h *hall) issue(meeting Meeting) error {
	return h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID)
}

func TestANoticeWaitsForThreeTriedCards(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.draft()
		for _, role := range SealHolders {
			h.refused(h.issue(meeting), "seal_cards_missing")
			h.refused(h.NoticeBarred(h.ctx(), h.community.ID, meeting.ID), "seal_cards_missing")
			h.refused(h.try(role, meeting, "anything"), "seal_card_missing")
			text := h.takeCard(role, meeting)
			h.refused(h.issue(meeting), "seal_cards_missing")
			h.must(h.try(role, meeting, strings.ToLower(text)))
		}
		seal, err := h.SealOf(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if !seal.Ready() || len(seal.Cards) != 3 || seal.Of(RoleStreet).Holder != "street" || seal.Of(RoleOperator) != nil {
			t.Errorf("the seal stands so: %+v", seal)
		}
		h.must(h.NoticeBarred(h.ctx(), h.community.ID, meeting.ID))
		h.must(h.issue(meeting))
	})
}

func TestACardThatWasTriedIsNotReplacedByTheWay(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.draft()
		first := h.takeCard(RoleStreet, meeting)
		second := h.takeCard(RoleStreet, meeting) // a double click, or one who has lost the paper
		if first == second {
			t.Fatal("the same card twice")
		}
		h.refused(h.try(RoleStreet, meeting, first), "seal_card_wrong")
		h.must(h.try(RoleStreet, meeting, second))
		_, err := h.TakeSealCard(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, false)
		h.refused(err, "seal_card_tried")
		h.must(h.try(RoleStreet, meeting, second))
		third, err := h.TakeSealCard(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, true)
		h.must(err)
		h.refused(h.issue(meeting), "seal_cards_missing")
		h.refused(h.try(RoleStreet, meeting, second), "seal_card_wrong")
		h.must(h.try(RoleStreet, meeting, third))
	})
}

func TestACardIsOfOneRoleAndOneMeeting(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, other := h.draft(), h.draft()
		for _, role := range SealHolders {
			h.takeCard(role, meeting)
		}
		street := h.takeCard(RoleStreet, meeting)
		h.refused(h.try(RoleTeller, meeting, street), "seal_card_role")
		h.refused(h.try(RoleConvener, meeting, street), "seal_card_role")
		h.refused(h.try(RoleStreet, meeting, h.takeCard(RoleStreet, other)), "card_foreign")
		h.refused(h.try(RoleStreet, meeting, street[:12]), "card_mistyped")
		for _, role := range []Role{RoleOperator, RoleDistrict} {
			_, err := h.TakeSealCard(h.ctx(), h.by(role), h.community.ID, meeting.ID, false)
			h.refused(err, "illegal_step")
			h.refused(h.try(role, meeting, street), "illegal_step")
		}
		elsewhere, err := h.CreateCommunity(h.ctx(), System, "样例区", "样例街道", "另一小区")
		h.must(err)
		_, err = h.TakeSealCard(h.ctx(), h.by(RoleStreet), elsewhere.ID, meeting.ID, false)
		h.refused(err, "not_found")
		h.refused(h.TrySealCard(h.ctx(), h.by(RoleStreet), elsewhere.ID, meeting.ID, street), "not_found")
		_, err = h.SealOf(h.ctx(), elsewhere.ID, meeting.ID)
		h.refused(err, "not_found")
	})
}

func TestCardsAreTakenForADraftAndTriedBeforeTheStart(t *testing.T) {
	inHall(t, func(h *hall) {
		cards := h.holders()
		meeting := h.noticed()
		_, err := h.TakeSealCard(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, true)
		h.refused(err, "illegal_step")
		h.must(h.try(RoleStreet, meeting, cards[RoleStreet])) // opens the share that came with the notice
		h.must(h.db.Exec("UPDATE seal_card SET share_hash = (SELECT other.share_hash FROM seal_card AS other WHERE other.number = 1 AND other.meeting_id = seal_card.meeting_id) WHERE number = 3").Error)
		h.refused(h.try(RoleTeller, meeting, cards[RoleTeller]), "seal_share_altered")
		h.wait(20 * day)
		if got := h.state(meeting); got != lifecycle.MeetingVoting {
			t.Fatalf("the meeting is %s", got)
		}
		h.refused(h.try(RoleStreet, meeting, cards[RoleStreet]), "illegal_step")
	})
}

func TestWrongCardsAreLimitedPerAccount(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.draft()
		worthless := h.takeCard(RoleStreet, meeting)
		right := h.takeCard(RoleStreet, meeting)
		teller := h.takeCard(RoleTeller, meeting)
		for range 9 {
			h.refused(h.try(RoleStreet, meeting, worthless), "seal_card_wrong")
		}
		h.must(h.try(RoleStreet, meeting, right)) // forgives
		for range 10 {
			h.refused(h.try(RoleStreet, meeting, worthless), "seal_card_wrong")
		}
		h.refused(h.try(RoleStreet, meeting, right), "seal_limited")
		h.must(h.try(RoleTeller, meeting, teller))
		h.wait(hour)
		h.must(h.try(RoleStreet, meeting, right))
	})
}

func TestTheServerKeepsTheKeyUnlessTheConvenerChoseOtherwise(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.draft()
		h.takeCard(RoleStreet, meeting)
		terms := meeting.MeetingTerms
		terms.SealKept = ""
		h.must(h.UpdateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, terms))
		seal, err := h.SealOf(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if seal.Kept != KeptByServer || seal.Cards != nil || !seal.Ready() || h.stored("seal_card") != 0 {
			t.Errorf("the seal stands so: %+v", seal)
		}
		_, err = h.TakeSealCard(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, false)
		h.refused(err, "seal_by_server")
		h.must(h.issue(meeting))
		terms.SealKept = "nobody"
		_, err = h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, terms)
		h.refused(err, "bad_value")
	})
}

func TestTheNoticeFixesTheKeyAndTheShares(t *testing.T) {
	inHall(t, func(h *hall) {
		h.holders()
		meeting := h.noticed()
		var row meetingRow
		h.must(h.db.Where("id = ?", meeting.ID).Take(&row).Error)
		if row.SealPrivate != nil || len(row.SealPublic) != 32 {
			t.Errorf("the meeting's row holds a private key of %d bytes and a public key of %d", len(row.SealPrivate), len(row.SealPublic))
		}
		list := h.rosterRow(row.RosterID)
		for name, change := range map[string]string{
			"another key of the ballots": "UPDATE meeting SET seal_public = (SELECT public_key FROM seal_card WHERE number = 1)",
			"another card":               "UPDATE seal_card SET public_key = (SELECT seal_public FROM meeting WHERE id = seal_card.meeting_id) WHERE number = 2",
			"another share":              "UPDATE seal_card SET share_hash = (SELECT seal_public FROM meeting WHERE id = seal_card.meeting_id) WHERE number = 3",
			"kept by the server":         "UPDATE meeting SET seal_kept = 'server'",
		} {
			tx := h.db.Begin()
			before, err := announcedText(tx, row, list)
			h.must(err)
			if got := ledger.Sum(before).String(); got != meeting.NoticeHash {
				t.Fatalf("before: %s, announced %s", got, meeting.NoticeHash)
			}
			h.must(tx.Exec(change).Error)
			var changed meetingRow
			h.must(tx.Where("id = ?", meeting.ID).Take(&changed).Error)
			after, err := announcedText(tx, changed, list)
			h.must(err)
			if ledger.Sum(after) == ledger.Sum(before) {
				t.Errorf("%s contradicts nothing", name)
			}
			h.must(tx.Rollback().Error)
		}
	})
}

func (h *hall) rosterRow(id string) (row rosterRow) {
	h.t.Helper()
	h.must(h.db.Where("id = ?", id).Take(&row).Error)
	return row
}
