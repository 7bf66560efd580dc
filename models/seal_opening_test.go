package models

import (
	"bytes"
	"slices"
	"sync"
	"testing"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// sealed is a closed meeting whose key three people hold, with four ballots online and one on paper.
func (h *hall) sealed() (Meeting, map[Role]string) {
	h.t.Helper()
	cards := h.holders()
	meeting := h.voting()
	sheets := h.sheets(meeting)
	for i, mark := range []voting.Mark{voting.Yes, voting.No, voting.Yes, voting.Abstain} {
		_, err := h.cast(sheets[i], mark, key1)
		h.must(err)
	}
	h.enter(RoleTeller, meeting, marked(sheets[4], voting.Yes), PaperWaiting)
	h.enter(RoleConvener, meeting, marked(sheets[4], voting.Yes), PaperRecorded)
	h.wait(10*day + CloseGrace)
	return meeting, cards
}

func (h *hall) open(role Role, meeting Meeting, text string) error {
	_, err := h.OpenSeal(h.ctx(), h.by(role), h.community.ID, meeting.ID, text)
	return err
}

// opens has two holders type their cards in; the second one opens.
func (h *hall) opens(first, second Role, meeting Meeting, cards map[Role]string) {
	h.t.Helper()
	for i, role := range []Role{first, second} {
		opened, err := h.OpenSeal(h.ctx(), h.by(role), h.community.ID, meeting.ID, cards[role])
		h.must(err)
		if opened != (i == 1) {
			h.t.Fatalf("after card %d of two the ballots are open: %v", i+1, opened)
		}
	}
}

// TestAMeetingOfThreeHoldersLivesToItsCertificate: the whole life, with the independent program over every tier at the end.
func TestAMeetingOfThreeHoldersLivesToItsCertificate(t *testing.T) {
	for _, pair := range [][2]Role{{RoleConvener, RoleStreet}, {RoleStreet, RoleTeller}, {RoleTeller, RoleConvener}} {
		t.Run(string(pair[0])+" and "+string(pair[1]), func(t *testing.T) {
			inHall(t, func(h *hall) {
				meeting, cards := h.sealed()
				h.refused(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID), "seal_by_holders")
				h.opens(pair[0], pair[1], meeting, cards)
				results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
				h.must(err)
				if results[0].Ballots != 5 || results[0].Matters[0].Outcome.Counted.Options[voting.OptionYes].Heads != 3 {
					t.Errorf("counted %d ballots: %+v", results[0].Ballots, results[0].Matters[0].Outcome.Counted)
				}
				h.logsOpening(meeting, pair[0], pair[1])
				h.publishAndVerify(meeting)
			})
		})
	}
}

// logsOpening holds the log to the two who typed their cards in.
func (h *hall) logsOpening(meeting Meeting, first, second Role) {
	h.t.Helper()
	var leaves []leafRow
	h.must(h.db.Where("meeting_id = ? AND kind IN ?", meeting.ID, []ledger.LeafType{ledger.LeafUnseal, ledger.LeafResult}).Order("idx").Find(&leaves).Error)
	if len(leaves) != 2 || leaves[0].Kind != ledger.LeafUnseal || leaves[1].Idx != leaves[0].Idx+1 {
		h.t.Fatalf("%d leaves tell of opening and count", len(leaves))
	}
	_, body, err := ledger.Decode(leaves[0].Body)
	h.must(err)
	number := func(role Role) int64 { return int64(slices.Index(SealHolders[:], role) + 1) }
	told := body.(ledger.Unseal)
	if told.FirstCard != number(first) || told.SecondCard != number(second) || told.Entered != h.Now() ||
		told.First != h.keys.Pseudonym(meeting.ID, h.by(first).ID) || told.Second != h.keys.Pseudonym(meeting.ID, h.by(second).ID) {
		h.t.Errorf("%+v", told)
	}
}

// TestAMeetingThatWasNoticedBeforeIsOpenedAsItWasAnnounced: its notice promises no leaf and stays, byte for byte.
func TestAMeetingThatWasNoticedBeforeIsOpenedAsItWasAnnounced(t *testing.T) {
	inHall(t, func(h *hall) {
		cards := h.holders()
		taken := h.ready
		h.ready = func(meeting Meeting) {
			taken(meeting)
			h.must(h.db.Exec("UPDATE meeting SET acts_logged = ?, afterwards_logged = ?", false, false).Error)
		}
		meeting := h.voting()
		_, err := h.cast(h.sheets(meeting)[0], voting.Yes, key1)
		h.must(err)
		h.wait(10*day + CloseGrace)
		h.opens(RoleConvener, RoleStreet, meeting, cards)
		h.published(meeting)
		b, err := h.PublicBundle(h.ctx(), meeting.ID)
		h.must(err)
		if bytes.Contains(b.Announced, []byte(`"logged"`)) {
			t.Error("the notice promises what it did not")
		}
		h.verifies(meeting, 1)
	})
}

func (h *hall) publishAndVerify(meeting Meeting) {
	h.t.Helper()
	h.published(meeting)
	h.sign(meeting)
	filing, err := h.SubmitFiling(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, "", nil)
	h.must(err)
	h.must(h.CertifyFiling(h.ctx(), h.by(RoleStreet), h.community.ID, filing.ID, FilingChecks, FilingParticulars{}))
	h.verifies(meeting, 5)
}

func TestNoCardOpensAnythingBeforeTheClose(t *testing.T) {
	inHall(t, func(h *hall) {
		cards := h.holders()
		meeting := h.noticed()
		h.refused(h.open(RoleStreet, meeting, cards[RoleStreet]), "seal_too_early")
		h.wait(20 * day)
		h.refused(h.open(RoleStreet, meeting, cards[RoleStreet]), "seal_too_early")
		h.wait(10*day - 1)
		h.refused(h.open(RoleStreet, meeting, cards[RoleStreet]), "seal_too_early")
		h.wait(CloseGrace) // 1 ms before the close leaf
		h.refused(h.open(RoleStreet, meeting, cards[RoleStreet]), "seal_too_early")
		if h.stored("lent_share") != 0 {
			t.Error("a share waits for another holder while ballots come in")
		}
		h.wait(1)
		h.must(h.open(RoleStreet, meeting, cards[RoleStreet]))
	})
}

func TestTwoCardsAreOfTwoHolders(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, cards := h.sealed()
		h.must(h.open(RoleStreet, meeting, cards[RoleStreet]))
		for range 3 { // a double click, the back button, the same person once more
			h.must(h.open(RoleStreet, meeting, cards[RoleStreet]))
		}
		colleague, err := h.AddStaff(h.ctx(), System, NewStaff{Login: "street2", Name: "另一人", Password: password, Role: RoleStreet, Scope: h.community.StreetID})
		h.must(err)
		opened, err := h.OpenSeal(h.ctx(), colleague.Actor(), h.community.ID, meeting.ID, cards[RoleStreet])
		h.must(err)
		if opened || h.state(meeting) != lifecycle.MeetingClosed {
			t.Fatal("one card opened the ballots")
		}
		h.refused(h.open(RoleTeller, meeting, cards[RoleStreet]), "seal_card_role")
		h.refused(h.open(RoleStreet, meeting, cards[RoleTeller]), "seal_card_role")
		h.refused(h.open(RoleConvener, meeting, cards[RoleConvener]+"0"), "card_mistyped")
		h.refused(h.open(RoleDistrict, meeting, cards[RoleTeller]), "illegal_step")
		if h.stored("result") != 0 || h.stored("opened_ballot") != 0 {
			t.Fatal("something was counted")
		}
		h.opensNow(RoleTeller, meeting, cards)
		for _, role := range []Role{RoleStreet, RoleTeller} { // the answer got lost on its way
			h.opensNow(role, meeting, cards)
		}
		h.refused(h.open(RoleConvener, meeting, cards[RoleConvener]), "illegal_step")
		if n := h.stored("result"); n != 1 {
			t.Errorf("%d results", n)
		}
	})
}

func (h *hall) opensNow(role Role, meeting Meeting, cards map[Role]string) {
	h.t.Helper()
	opened, err := h.OpenSeal(h.ctx(), h.by(role), h.community.ID, meeting.ID, cards[role])
	h.must(err)
	if !opened {
		h.t.Errorf("with the card of the %s the ballots are not open", role)
	}
}

func TestAWrongOrForeignCardOpensNothing(t *testing.T) {
	inHall(t, func(h *hall) {
		var worthless string
		cards := h.holders()
		take := h.ready
		h.ready = func(meeting Meeting) {
			worthless = h.takeCard(RoleTeller, meeting)
			take(meeting)
		}
		other := h.noticed()
		foreign := cards[RoleTeller]
		meeting := h.voting()
		h.wait(10*day + CloseGrace)
		h.must(h.open(RoleStreet, meeting, cards[RoleStreet]))
		h.refused(h.open(RoleTeller, meeting, foreign), "card_foreign")
		if h.state(other) != lifecycle.MeetingClosed {
			t.Fatalf("the other meeting is %s", h.state(other))
		}
		h.refused(h.open(RoleTeller, meeting, worthless), "seal_card_wrong")
		if h.state(meeting) != lifecycle.MeetingClosed {
			t.Error("the meeting was counted")
		}
		trail, err := h.Audit(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if last := trail[len(trail)-1]; last.Act != "seal_card_refused" || last.Detail != `{"card":3}` {
			t.Errorf("the audit ends with %+v", last)
		}
		h.opensNow(RoleTeller, meeting, cards)
	})
}

func TestTheFirstHolderWaitsThreeDays(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, cards := h.sealed()
		h.must(h.open(RoleStreet, meeting, cards[RoleStreet]))
		h.wait(SealWait) // one moment too long
		h.must(h.open(RoleTeller, meeting, cards[RoleTeller]))
		if h.state(meeting) != lifecycle.MeetingClosed {
			t.Fatal("a consent of three days ago opened the ballots")
		}
		h.wait(SealWait - 1)
		h.opensNow(RoleStreet, meeting, cards)
	})
}

func TestWhatHoldsUpTheCountHoldsUpTheCards(t *testing.T) {
	inHall(t, func(h *hall) {
		cards := h.holders()
		meeting := h.voting()
		sheets := h.sheets(meeting)
		h.enter(RoleTeller, meeting, marked(sheets[0], voting.Yes), PaperWaiting)
		h.wait(10*day + CloseGrace)
		h.refused(h.open(RoleStreet, meeting, cards[RoleStreet]), "paper_open")
		h.enter(RoleConvener, meeting, marked(sheets[0], voting.Yes), PaperRecorded)
		h.must(h.open(RoleStreet, meeting, cards[RoleStreet]))
		h.enter(RoleTeller, meeting, marked(sheets[1], voting.No), PaperWaiting)
		h.refused(h.open(RoleTeller, meeting, cards[RoleTeller]), "paper_open")
		h.enter(RoleConvener, meeting, marked(sheets[1], voting.No), PaperRecorded)
		h.opensNow(RoleTeller, meeting, cards)
	})
}

func TestAnAlteredShareIsNamedBeforeAnythingIsOpened(t *testing.T) {
	for name, c := range map[string]struct{ change, card string }{
		"the second holder's own share":    {"UPDATE seal_card SET share = (SELECT other.share FROM seal_card AS other WHERE other.number = 1) WHERE number = 3", `{"card":3}`},
		"what the second is compared to":   {"UPDATE seal_card SET share_hash = (SELECT other.share_hash FROM seal_card AS other WHERE other.number = 1) WHERE number = 3", `{"card":3}`},
		"the first holder's waiting share": {"UPDATE lent_share SET sealed = (SELECT other.sealed FROM lent_share AS other WHERE other.to_number = 1) WHERE to_number = 3", `{"card":2}`},
		"what the first was compared to":   {"UPDATE seal_card SET share_hash = (SELECT other.share_hash FROM seal_card AS other WHERE other.number = 1) WHERE number = 2", `{"card":2}`},
		"the key of the ballots":           {"UPDATE meeting SET seal_public = (SELECT public_key FROM seal_card WHERE number = 1)", `{"card":2}`},
	} {
		t.Run(name, func(t *testing.T) {
			inHall(t, func(h *hall) {
				meeting, cards := h.sealed()
				h.must(h.open(RoleStreet, meeting, cards[RoleStreet]))
				h.must(h.db.Exec(c.change).Error)
				h.refused(h.open(RoleTeller, meeting, cards[RoleTeller]), "seal_share_altered")
				trail, err := h.Audit(h.ctx(), h.community.ID, meeting.ID)
				h.must(err)
				if last := trail[len(trail)-1]; last.Act != "seal_share_altered" || last.Detail != c.card {
					t.Errorf("the audit ends with %+v", last)
				}
				if h.state(meeting) != lifecycle.MeetingClosed || h.stored("opened_ballot") != 0 {
					t.Error("something was opened")
				}
			})
		})
	}
}

func TestTwoHoldersAtOnceCountOnce(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, cards := h.sealed()
		var group sync.WaitGroup
		for _, role := range []Role{RoleConvener, RoleStreet, RoleTeller, RoleStreet, RoleTeller} {
			group.Go(func() {
				if err := h.open(role, meeting, cards[role]); err != nil { // the third came too late
					h.refused(err, "illegal_step")
				}
			})
		}
		group.Wait()
		if h.state(meeting) != lifecycle.MeetingTallied || h.stored("result") != 1 {
			t.Errorf("the meeting is %s with %d results", h.state(meeting), h.stored("result"))
		}
	})
}

// TestACityPlatformsResultIsOpenedByTwoHolders: imported ballots are sealed to the same key.
func TestACityPlatformsResultIsOpenedByTwoHolders(t *testing.T) {
	inHall(t, func(h *hall) {
		cards := h.holders()
		seals := h.announce
		community, err := h.CreateCommunity(h.ctx(), System, "山东省/潍坊市/样例区", "样例街道", "样例小区")
		h.must(err)
		h.community = community
		h.announce = func(m *MeetingTerms) {
			seals(m)
			m.Platform = cityPlatform
		}
		meeting := h.voting()
		h.wait(10*day + CloseGrace)
		h.refused(h.open(RoleStreet, meeting, cards[RoleStreet]), "import_missing")
		file := h.platformFile(meeting, there("1号楼", "101", "同意", secondDay), there("1号楼", "201", "反对", secondDay))
		h.must(h.upload(RoleConvener, meeting, file, ""))
		h.must(h.confirm(RoleStreet, meeting, file))
		h.opens(RoleStreet, RoleConvener, meeting, cards)
		results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if results[0].Ballots != 2 {
			t.Errorf("%d ballots", results[0].Ballots)
		}
		h.published(meeting)
		h.verifies(meeting, 2)
	})
}
