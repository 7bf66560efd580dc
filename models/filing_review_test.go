package models

import (
	"slices"
	"testing"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

func (h *hall) review(filing Filing) FilingReview {
	h.t.Helper()
	found, err := h.Review(h.ctx(), h.community.ID, filing.ID)
	h.must(err)
	return found
}

func (r FilingReview) flag(kind FlagKind) *ReviewFlag {
	for i := range r.Flags {
		if r.Flags[i].Kind == kind {
			return &r.Flags[i]
		}
	}
	return nil
}

func TestAReviewCountsAgainAndFindsWhatWasAltered(t *testing.T) {
	inHall(t, func(h *hall) {
		filing := h.submit(h.final(), "")
		r := h.review(filing)
		if r.NoticeLeast != 15 || r.NoticeDays < 15 || r.NoticeLaw != "物业管理条例第14条第1款" || !r.RosterSame || r.Ballots != 4 || len(r.Differs) != 0 ||
			!r.LogHolds || !r.ResultIn || len(r.Papers) == 0 {
			t.Errorf("an honest hand-in: %+v", r)
		}
		// With four ballots every outcome hangs on three of them.
		if flag := r.flag(FlagNarrow); flag == nil || flag.N != 3 {
			t.Errorf("flags %+v", r.Flags)
		}
		if r.flag(FlagBurst) != nil || r.flag(FlagOnePhone) != nil || r.flag(FlagOpen) != nil {
			t.Errorf("flags %+v", r.Flags)
		}
		h.must(h.alter("UPDATE roster SET root = ? WHERE id = ?", ledger.Sum(nil).String(), r.Meeting.RosterID).Error)
		if h.review(filing).RosterSame {
			t.Error("a roster that was altered since is the same")
		}
		choices := ""
		h.must(h.db.Table("opened_ballot").Select("MIN(choices)").Scan(&choices).Error)
		h.must(h.alter("UPDATE opened_ballot SET choices = ? WHERE meeting_id = ?", choices, r.Meeting.ID).Error)
		if altered := h.review(filing); len(altered.Differs) == 0 {
			t.Error("ballots that were altered since count the same")
		}
		h.must(h.alter("DELETE FROM ledger_leaf WHERE meeting_id = ? AND kind = ?", r.Meeting.ID, ledger.LeafResult).Error)
		h.trees = trees{}
		if altered := h.review(filing); altered.LogHolds || altered.ResultIn {
			t.Errorf("a log without its result: %+v", altered)
		}
		_, err := h.Review(h.ctx(), h.community.ID, "nobody")
		h.refused(err, "not_found")
	})
}

// Thresholds are held to the number below, at and above them.
func TestFlagsAreRaisedFromTheirThresholdOn(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		var owners []ownerRow
		h.must(h.db.Where("roster_id = ? AND phone_index IS NOT NULL", meeting.RosterID).Order("id").Find(&owners).Error)
		put := func(n int, at int64, owner string) {
			row := map[string]any{"community_id": h.community.ID, "meeting_id": meeting.ID, "voter_id": newID(), "revision": 1, "owner_id": owner,
				"channel": lifecycle.Online, "evidence_id": "x", "leaf_index": 1000 + n, "cast_at": at, "receipt_hash": []byte(newID()), "idem_key": newID(),
				"body_mac": []byte{1}, "group_id": "x", "sealed": []byte{1}}
			h.must(h.db.Table("ballot").Create(row).Error)
		}
		raised := func() (flags []ReviewFlag) {
			h.must(h.onlineFlags(h.read(h.ctx()), Meeting{ID: meeting.ID, CommunityID: h.community.ID}, func(raised bool, flag ReviewFlag) {
				if raised {
					flags = append(flags, flag)
				}
			}))
			return flags
		}
		phone := owners[0].ID
		for i := range 3 {
			put(i, h.now+int64(i)*hour, phone)
		}
		if got := raised(); len(got) != 0 {
			t.Errorf("three homes of one phone: %+v", got)
		}
		put(3, h.now+3*hour, phone)
		if got := raised(); !slices.Equal(got, []ReviewFlag{{Kind: FlagOnePhone, N: 4, Of: 1}}) {
			t.Errorf("four homes of one phone: %+v", got)
		}
		for i := range burstLeast - 1 {
			put(10+i, h.now+day+int64(i), "nobody")
		}
		put(98, h.now+day+burstSpan, "nobody") // outside the span of the first
		if got := raised(); len(got) != 1 {
			t.Errorf("19 ballots in five minutes: %+v", got)
		}
		put(99, h.now+day+burstSpan-1, "nobody")
		if got := raised(); len(got) != 2 || got[0] != (ReviewFlag{Kind: FlagBurst, N: 20, Of: 25}) {
			t.Errorf("20 ballots in five minutes: %+v", got)
		}
	})
}

func TestANarrowOutcomeIsOneThatFewBallotsTurn(t *testing.T) {
	pack, err := rules.For("cn-civil-code-2021")
	if err != nil {
		t.Fatal(err)
	}
	meeting := Meeting{Pack: pack, MeetingTerms: MeetingTerms{Policies: voting.Policies{VoidParticipates: new(true)}}}
	voters := make([]voting.Voter, 100)
	for i := range voters {
		voters[i] = voting.Voter{ID: newID(), Units: []voting.Unit{{Place: "1", Area: 10_000}}}
	}
	rule := voting.Matter{Kind: voting.Motion, Item: 5}
	for yes, want := range map[int64]int64{55: 0, 54: 0, 53: 3, 50: 3, 48: 3, 47: 0} {
		counts := voting.Counts{Total: weigh(100), Voted: weigh(100), Options: map[string]voting.Weight{voting.OptionYes: weigh(yes), voting.OptionNo: weigh(100 - yes)}}
		got, err := narrowly(meeting, rule, counts, voters)
		if err != nil || got != want {
			t.Errorf("%d in favour of 100: %d, %v, want %d", yes, got, err, want)
		}
	}
}

func weigh(n int64) voting.Weight { return voting.Weight{Heads: n, Area: voting.Area(n) * 10_000} }

// Voids and proxies are flagged from both of their thresholds on: a number, and a share.
func TestVoidsAndProxiesAreFlaggedFromTheirThresholdsOn(t *testing.T) {
	for _, c := range []struct {
		name   string
		flags  func(n, all int64) bool
		n, all int64
		raised bool
	}{
		{"two void of two", manyVoids, 2, 2, false},
		{"three void are just five percent of sixty", manyVoids, 3, 60, true},
		{"three void of sixty-one", manyVoids, 3, 61, false},
		{"four proxies of four", manyProxies, 4, 4, false},
		{"five proxies are just ten percent of fifty", manyProxies, 5, 50, true},
		{"five proxies of fifty-one", manyProxies, 5, 51, false},
	} {
		if got := c.flags(c.n, c.all); got != c.raised {
			t.Errorf("%s: flagged %t", c.name, got)
		}
	}
}

func TestAReviewFlagsWhatStandsInTheBallots(t *testing.T) {
	inHall(t, func(h *hall) {
		filing := h.submit(h.final(), "")
		r := h.review(filing)
		matter := r.Meeting.Matters[0]
		h.voidSome(matter, 2)
		if flag := h.review(filing).flag(FlagVoids); flag != nil {
			t.Errorf("two void ballots: %+v", flag)
		}
		h.voidSome(matter, 3)
		if flag := h.review(filing).flag(FlagVoids); flag == nil || *flag != (ReviewFlag{Kind: FlagVoids, N: 3, Of: 4, Matter: matter.Position}) {
			t.Errorf("three void ballots: %+v", flag)
		}
		if flag := h.review(filing).flag(FlagUnwitnessed); flag != nil {
			t.Errorf("nobody was to witness: %+v", flag)
		}
		h.must(h.alter("INSERT INTO objection (community_id, meeting_id, id, number, state, subject, matter_id, candidate, source, voter_id, owner_id, raised_by, body, created_at, due_at, recorded_by, verdict, answer, answered_by) "+
			"VALUES (?, ?, ?, 1, 'open', 'procedure', '', '', 'desk', '', '', '1号楼101', '通知晚了。', ?, 0, 'x', '', '', '')", h.community.ID, r.Meeting.ID, newID(), h.now).Error)
		if flag := h.review(filing).flag(FlagOpen); flag == nil || flag.N != 1 {
			t.Errorf("an open objection: %+v", flag)
		}
		h.must(h.alter("UPDATE objection SET state = 'answered', verdict = 'upheld', answer = '属实。', answered_at = ? WHERE meeting_id = ?", h.now, r.Meeting.ID).Error)
		if again := h.review(filing); again.flag(FlagOpen) != nil || again.flag(FlagUpheld) == nil {
			t.Errorf("an upheld objection: %+v", again.Flags)
		}
	})
}

// voidSome makes the first n opened ballots of a matter void.
func (h *hall) voidSome(matter Matter, n int) {
	h.t.Helper()
	var voters []string
	h.must(h.db.Table("opened_ballot").Order("voter_id").Limit(n).Pluck("voter_id", &voters).Error)
	for _, voter := range voters {
		h.must(h.alter("UPDATE opened_ballot SET choices = ? WHERE voter_id = ?", `{"`+matter.ID+`":{"void":"unsigned"}}`, voter).Error)
	}
}

func TestPaperIsFlaggedThatWasRecordedLaterThanTwoDaysAfterTheClose(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheet := h.sheets(meeting)[2]
		h.wait(10*day + CloseGrace)
		meeting = h.again(meeting)
		h.wait(meeting.ClosedAt + latePaper - h.now)
		h.enter(RoleTeller, meeting, marked(sheet, voting.Yes), PaperWaiting)
		h.enter(RoleConvener, meeting, marked(sheet, voting.Yes), PaperRecorded)
		if late, all, err := latePapers(h.read(h.ctx()), meeting); err != nil || late != 0 || all != 1 {
			t.Errorf("at the end of the second day: %d of %d late, %v", late, all, err)
		}
		h.wait(1)
		other := h.sheets(meeting)[3]
		h.enter(RoleTeller, meeting, marked(other, voting.Yes), PaperWaiting)
		h.enter(RoleConvener, meeting, marked(other, voting.Yes), PaperRecorded)
		if late, all, err := latePapers(h.read(h.ctx()), meeting); err != nil || late != 1 || all != 2 {
			t.Errorf("a moment later: %d of %d late, %v", late, all, err)
		}
	})
}
