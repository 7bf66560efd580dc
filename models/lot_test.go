package models

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// tiedAgenda has three equal candidates for one seat and one alternate's place, two equal firms, a motion, and one that
// depends on the choice of the firm.
func tiedAgenda(way voting.TieWay) []Matter {
	return []Matter{
		{Title: "修改议事规则", Body: "同意新的议事规则。", Rule: voting.Matter{Kind: voting.Motion, Item: 1}},
		{Title: "补选委员", Body: "补选一人。", Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach,
			Options: []string{"候选人甲", "候选人乙", "候选人丙"}, Seats: 1, Alternates: 1, Sitting: 4, TieWay: way}},
		{Title: "选聘物业服务企业", Body: "选一家。", Rule: voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.ApprovalEach,
			Options: []string{"样例物业一", "样例物业二"}, TieWay: way}},
		{Title: "授权签订合同", Body: "选定以后签约。", Rule: voting.Matter{Kind: voting.Motion, Item: 9, LinkedTo: 3, LinkedWhen: voting.IfPassed}},
	}
}

// onDisplay is a meeting whose count of an agenda is on display: five of six voters agreed to everything.
func (h *hall) onDisplay(agenda []Matter) Meeting {
	h.t.Helper()
	meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
	h.must(err)
	for _, matter := range agenda {
		_, err := h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, matter)
		h.must(err)
	}
	h.must(h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
	h.wait(20 * day)
	for _, sheet := range h.sheets(meeting)[:5] {
		_, err := h.cast(sheet, voting.Yes, "idempotency-key-0001")
		h.must(err)
	}
	h.wait(10*day + CloseGrace)
	h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
	h.must(h.DisplayPreliminary(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
	return h.again(meeting)
}

func (h *hall) again(meeting Meeting) Meeting {
	h.t.Helper()
	meeting, err := h.Meeting(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	return meeting
}

func (h *hall) lot(meeting Meeting) *Lot {
	h.t.Helper()
	lot, err := h.LotOf(h.ctx(), meeting)
	h.must(err)
	return lot
}

func (h *hall) announceLot(role Role, meeting Meeting, a LotAnnouncement) error {
	return h.AnnounceLot(h.ctx(), h.by(role), h.community.ID, meeting.ID, a)
}

func (h *hall) recordLot(role Role, meeting Meeting, number string, drawnAt int64) error {
	return h.RecordLot(h.ctx(), h.by(role), h.community.ID, meeting.ID, LotEntry{Number: number, DrawnAt: drawnAt, Witnesses: "街道一名、业主三名"})
}

func (h *hall) confirmLot(role Role, meeting Meeting, number string) error {
	return h.ConfirmLot(h.ctx(), h.by(role), h.community.ID, meeting.ID, number)
}

// calledFor is an announcement for some moment.
func calledFor(due int64) LotAnnouncement {
	return LotAnnouncement{DueAt: due, Place: "物业楼一层", Manner: "当众摸球六次", Digits: 6}
}

// drawnHere is the order of a lot by nothing but SHA-256.
func drawnHere(root, number, matterID string, names ...string) []string {
	hash := func(name string) string {
		sum := sha256.Sum256([]byte("gongjue.lot/v1\n" + root + "/" + number + "\n" + matterID + "\n" + name))
		return hex.EncodeToString(sum[:])
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(hash(a), hash(b)) })
	return names
}

func TestATieIsSettledByAPublicLotAndNothingElse(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.onDisplay(tiedAgenda(voting.TieByLot))
		lot := h.lot(meeting)
		if !lot.Due() || len(lot.Tied) != 2 || len(lot.CloseRoot) != 64 || lot.Announcement() != nil || lot.Live() != nil {
			t.Fatalf("after the count: %+v", lot)
		}
		h.refused(h.recordLot(RoleConvener, meeting, "038617", h.now), "lot_unannounced")
		due := h.now + 6*day
		h.must(h.announceLot(RoleConvener, meeting, calledFor(due)))
		h.must(h.announceLot(RoleConvener, meeting, calledFor(due))) // a double click
		h.wait(6*day - 1)
		h.refused(h.recordLot(RoleConvener, meeting, "038617", due), "lot_not_yet")
		h.refused(h.PublishFinal(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID), "lot_due")
		h.wait(1 + hour)
		h.lotsWaiting()
		h.must(h.recordLot(RoleConvener, meeting, " ０３８６１７", due+minute))
		h.must(h.recordLot(RoleConvener, meeting, "038617", due+minute)) // a double click
		if lot = h.lot(meeting); len(lot.Announcements) != 1 || len(lot.Entries) != 1 || lot.Live().Number != "" || lot.Settled != nil {
			t.Errorf("one entry tells what it is: %+v", lot)
		}
		h.lotsWaiting(WaitingLot{meeting.ID, RoleConvener})
		h.refused(h.confirmLot(RoleConvener, meeting, "038617"), "lot_same_role")
		h.refused(h.confirmLot(RoleStreet, meeting, "038671"), "lot_differs")
		h.refused(h.PublishFinal(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID), "lot_due")
		h.must(h.confirmLot(RoleStreet, meeting, "038617"))
		h.must(h.confirmLot(RoleStreet, meeting, "038617")) // a double click
		h.lotsWaiting()
		h.checkDrawn(meeting)
		h.refused(h.recordLot(RoleTeller, meeting, "111111", due+minute), "lot_final")
		h.refused(h.confirmLot(RoleTeller, meeting, "111111"), "lot_final")
		h.refused(h.confirmLot(RoleStreet, meeting, "111111"), "lot_final")
		h.refused(h.announceLot(RoleStreet, meeting, calledFor(h.now+2*day)), "lot_final")
		h.refused(h.WithdrawLot(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID), "lot_final")
		h.must(h.PublishFinal(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		h.checkFinal(h.again(meeting))
		h.refused(h.confirmLot(RoleStreet, meeting, "038617"), "illegal_step")
	})
}

// checkDrawn: the lot is in the log, in the audit, and in the order that SHA-256 gives; the displayed result is as it was.
func (h *hall) checkDrawn(meeting Meeting) {
	h.t.Helper()
	lot := h.lot(meeting)
	live := lot.Live()
	if lot.Due() || live.Number != "038617" || live.Differed != 1 || live.SecondRole != RoleStreet {
		h.t.Fatalf("the lot is %+v", lot)
	}
	order := drawnHere(lot.CloseRoot, "038617", meeting.Matters[1].ID, "候选人甲", "候选人乙", "候选人丙")
	if o := lot.Settled[0].Outcome; !slices.Equal(o.Elected, order[:1]) || !slices.Equal(o.Alternates, order[1:2]) || o.NotElected[order[2]] != voting.Outranked {
		h.t.Errorf("want the order %v, got %+v", order, o)
	}
	var rows []leafRow
	h.must(h.db.Where("meeting_id = ?", meeting.ID).Order("idx").Find(&rows).Error)
	header, body, err := ledger.Decode(rows[live.LeafIndex].Body)
	h.must(err)
	leaf, isLot := body.(ledger.Lot)
	if !isLot || leaf.Root.String() != lot.CloseRoot || leaf.Number != "038617" || leaf.First == leaf.Second || leaf.Drawn != live.DrawnAt ||
		header.Index != live.LeafIndex || leaf.Due != lot.Announcement().DueAt {
		h.t.Errorf("the leaf is %+v %+v", header, body)
	}
	hashes := make([]ledger.Hash, 0, len(rows))
	for _, row := range rows {
		hashes = append(hashes, ledger.LeafHash(row.Body))
		if row.Kind == ledger.LeafClose && ledger.Root(hashes).String() != lot.CloseRoot {
			h.t.Errorf("the root at the close is %s", ledger.Root(hashes))
		}
	}
	_, after, err := ledger.Decode(rows[live.LeafIndex+1].Body)
	h.must(err)
	if second, isResult := after.(ledger.Result); !isResult || second.Outcome == leaf.Result {
		h.t.Errorf("the leaf after the lot is %+v", after)
	}
	head, err := h.LogHeadOf(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	if head.Root != ledger.Root(hashes).String() {
		h.t.Errorf("the head does not cover the lot")
	}
	results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	if results[0].SHA256 != leaf.Result.String() || len(results[0].Matters[1].Outcome.TiePending) != 3 {
		h.t.Errorf("the displayed result changed: %+v", results[0])
	}
	log, err := h.Audit(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	var acts []string
	for _, entry := range log {
		if strings.HasPrefix(entry.Act, "lot_") {
			acts = append(acts, strings.TrimPrefix(entry.Act, "lot_"))
		}
		if strings.Contains(entry.Detail, "038617") && entry.Act != "lot_drawn" {
			h.t.Errorf("%s tells the number", entry.Act)
		}
	}
	if want := []string{"announced", "recorded", "differed", "drawn"}; !slices.Equal(acts, want) {
		h.t.Errorf("on record: %q", acts)
	}
}

// checkFinal: the final result holds the lots, and nothing else of it differs from the displayed one.
func (h *hall) checkFinal(meeting Meeting) {
	h.t.Helper()
	results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	before, after := results[0], results[1]
	lot := h.lot(meeting)
	if after.Stage != FinalResult || !reflect.DeepEqual(before.Matters[0], after.Matters[0]) || !reflect.DeepEqual(after.Matters[1:3], lot.Settled) {
		h.t.Errorf("the final result is %+v, the lot %+v", after, lot.Settled)
	}
	if before.Matters[3].Effect != voting.Waiting || after.Matters[3].Effect != voting.TakesEffect {
		h.t.Errorf("what depends on the tie came to %s, then to %s", before.Matters[3].Effect, after.Matters[3].Effect)
	}
	firms := drawnHere(lot.CloseRoot, "038617", meeting.Matters[2].ID, "样例物业一", "样例物业二")
	if o := after.Matters[2].Outcome; o.Selected != firms[0] || o.Result != voting.Passed || len(o.Lots) != 1 || o.Lots[0].Seed != lot.CloseRoot+"/038617" {
		h.t.Errorf("the firm is %+v, want %s", o, firms[0])
	}
	record, err := h.PublicBundle(h.ctx(), meeting.ID)
	h.must(err)
	_, last, err := ledger.Decode(record.Leaves[len(record.Leaves)-1])
	h.must(err)
	_, drawn, err := ledger.Decode(record.Leaves[len(record.Leaves)-2])
	h.must(err)
	hash, err := bundle.AnnouncementsHash(record.Standing.Lot)
	h.must(err)
	if last.(ledger.Result).Outcome != ledger.Sum(record.Result) || drawn.(ledger.Lot).Announcements != hash || after.SHA256 != ledger.Sum(record.Result).String() {
		h.t.Errorf("the record does not hold together: %+v %+v", drawn, last)
	}
	public, err := h.PublicResultOf(h.ctx(), meeting.ID)
	h.must(err)
	if public.Lot == nil || public.Lot.Due() || public.Close.Root != lot.CloseRoot {
		h.t.Errorf("the public result does not show the lot: %+v", public.Lot)
	}
}

func TestALotIsAnnouncedInTimeAndAnewForAReasonOnly(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.onDisplay(tiedAgenda(voting.TieByLot))
		for name, c := range map[string]struct {
			code, field string
			change      func(a *LotAnnouncement)
		}{
			"in the last millisecond of the display": {"lot_too_early", "due", func(a *LotAnnouncement) { a.DueAt = meeting.ObjectionUntil }},
			"tomorrow, while objections run":         {"lot_too_early", "due", func(a *LotAnnouncement) { a.DueAt = h.now + LotLead }},
			"no place":                               {"required", "place", func(a *LotAnnouncement) { a.Place = " " }},
			"no manner":                              {"required", "manner", func(a *LotAnnouncement) { a.Manner = "" }},
			"three digits":                           {"bad_value", "digits", func(a *LotAnnouncement) { a.Digits = 3 }},
			"twenty-one digits":                      {"bad_value", "digits", func(a *LotAnnouncement) { a.Digits = 21 }},
		} {
			a := calledFor(meeting.ObjectionUntil + 1)
			c.change(&a)
			err := h.announceLot(RoleConvener, meeting, a)
			if want := (&Refusal{c.code, c.field}); !reflect.DeepEqual(err, error(want)) {
				t.Errorf("%s: %v, want %v", name, err, want)
			}
		}
		h.refused(h.announceLot(RoleTeller, meeting, calledFor(meeting.ObjectionUntil+1)), "illegal_step")
		h.refused(h.AnnounceLot(h.ctx(), h.by(RoleConvener), newID(), meeting.ID, calledFor(meeting.ObjectionUntil+1)), "not_found")
		first := calledFor(meeting.ObjectionUntil + 1)
		h.must(h.announceLot(RoleConvener, meeting, first))
		later := calledFor(meeting.ObjectionUntil + hour)
		h.refused(h.announceLot(RoleConvener, meeting, later), "required")
		later.Reason = "场地停电"
		h.must(h.announceLot(RoleConvener, meeting, later))
		h.wait(later.DueAt - h.now)
		again := calledFor(h.now + LotLead)
		again.Reason = "来的人少"
		h.refused(h.announceLot(RoleConvener, meeting, again), "lot_time_passed")
		again.DueAt--
		h.refused(h.announceLot(RoleStreet, meeting, again), "lot_too_early")
		again.DueAt++
		h.must(h.announceLot(RoleStreet, meeting, again))
		h.refused(h.recordLot(RoleTeller, meeting, "038617", h.now), "lot_not_yet")
		lot := h.lot(meeting)
		if len(lot.Announcements) != 3 || lot.Announcement().Role != RoleStreet || lot.Announcements[1].Reason != "场地停电" {
			t.Errorf("announced: %+v", lot.Announcements)
		}
	})
}

func TestANumberIsRecordedAsItWasAnnounced(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.onDisplay(tiedAgenda(voting.TieByLot))
		objection, err := h.RecordObjection(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, AboutBallots, "1号楼101", "请核对。")
		h.must(err)
		due := h.now + 6*day
		h.must(h.announceLot(RoleStreet, meeting, calledFor(due)))
		h.wait(6*day + hour)
		h.refused(h.recordLot(RoleConvener, meeting, "038617", due), "objection_open")
		h.must(h.AnswerObjection(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, objection.ID, Dismissed, "已核对。"))
		for name, c := range map[string]struct {
			number string
			at     int64
			code   string
		}{
			"five digits":              {"38617", due, "lot_number_invalid"},
			"letters":                  {"O38617", due, "lot_number_invalid"},
			"drawn before the time":    {"038617", due - 1, "lot_day_wrong"},
			"drawn in the future":      {"038617", h.now + 1, "lot_day_wrong"},
			"recorded by the district": {"038617", due, "illegal_step"},
		} {
			role := RoleConvener
			if c.code == "illegal_step" {
				role = RoleDistrict
			}
			if err := h.recordLot(role, meeting, c.number, c.at); !reflect.DeepEqual(err, error(&Refusal{c.code, err.(*Refusal).Field})) {
				t.Errorf("%s: %v", name, err)
			}
		}
		h.refused(h.RecordLot(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID, LotEntry{Number: "038617", DrawnAt: due}), "required")
		h.refused(h.confirmLot(RoleStreet, meeting, "038617"), "lot_nothing")
		h.refused(h.WithdrawLot(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID), "lot_nothing")
		h.wait(2 * day) // recorded later than drawn
		h.refused(h.recordLot(RoleTeller, meeting, "038617", due+day), "lot_day_wrong")
		h.must(h.recordLot(RoleTeller, meeting, "111111", due))
		h.refused(h.recordLot(RoleConvener, meeting, "038617", due), "lot_waiting")
		h.refused(h.announceLot(RoleStreet, meeting, calledFor(h.now+2*day)), "lot_waiting")
		h.refused(h.WithdrawLot(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID), "lot_nothing")
		h.must(h.WithdrawLot(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		h.must(h.recordLot(RoleTeller, meeting, "222222", due))
		h.must(h.WithdrawLot(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID))
		h.must(h.recordLot(RoleStreet, meeting, "038617", due))
		h.must(h.confirmLot(RoleTeller, meeting, "038617"))
		entries := h.lot(meeting).Entries
		if len(entries) != 3 || entries[0].Number != "111111" || entries[0].State != LotWithdrawn || entries[2].FirstRole != RoleStreet {
			t.Errorf("what was withdrawn is not told after the draw: %+v", entries)
		}
	})
}

func TestOnlyOneOfManyConfirmationsDrawsTheLot(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.onDisplay(tiedAgenda(voting.TieByLot))
		due := h.now + 6*day
		h.must(h.announceLot(RoleConvener, meeting, calledFor(due)))
		h.wait(6 * day)
		h.must(h.recordLot(RoleConvener, meeting, "038617", due))
		answers := make([]error, 8)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() { answers[i] = h.confirmLot([]Role{RoleStreet, RoleTeller}[i%2], meeting, "038617") })
		}
		all.Wait()
		drawn := 0
		for _, err := range answers {
			if err == nil {
				drawn++ // one of the two, and whoever sends the same again
				continue
			}
			h.refused(err, "lot_final")
		}
		var leaves, rows int64
		h.must(h.db.Table("ledger_leaf").Where("meeting_id = ? AND kind = ?", meeting.ID, ledger.LeafLot).Count(&leaves).Error)
		h.must(h.db.Table("lot_draw").Count(&rows).Error)
		if leaves != 1 || rows != 1 || drawn == 0 {
			t.Errorf("%d leaves, %d draws, %d confirmations went through", leaves, rows, drawn)
		}
	})
}

func TestNoLotIsDrawnWhereNoneIsDue(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.onDisplay(tiedAgenda(voting.TieByRevote))
		if lot := h.lot(meeting); lot != nil || lot.Due() {
			t.Errorf("another vote was announced: %+v", lot)
		}
		h.refused(h.announceLot(RoleConvener, meeting, calledFor(h.now+6*day)), "nothing_tied")
		h.refused(h.recordLot(RoleConvener, meeting, "038617", h.now), "nothing_tied")
		h.refused(h.confirmLot(RoleStreet, meeting, "038617"), "nothing_tied")
		h.wait(6 * day)
		h.must(h.PublishFinal(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if results[0].SHA256 != results[1].SHA256 {
			t.Error("without a lot the final result is not the displayed one")
		}
		if h.state(meeting) != lifecycle.MeetingPublished {
			t.Error("not published")
		}
	})
}

func TestALotIsNotDrawnOnAnAlteredLog(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.onDisplay(tiedAgenda(voting.TieByLot))
		due := h.now + 6*day
		h.must(h.announceLot(RoleConvener, meeting, calledFor(due)))
		h.wait(6 * day)
		h.must(h.recordLot(RoleConvener, meeting, "038617", due))
		var leaf leafRow
		h.must(h.db.Where("meeting_id = ? AND idx = 2", meeting.ID).Take(&leaf).Error)
		altered := bytes.Replace(leaf.Body, []byte(`"revision":1`), []byte(`"revision":2`), 1)
		h.must(h.alter("UPDATE ledger_leaf SET body = ? WHERE meeting_id = ? AND idx = 2", altered, meeting.ID).Error)
		h.refused(h.confirmLot(RoleStreet, meeting, "038617"), "ledger_mismatch")
		if lot := h.lot(meeting); !lot.Due() {
			t.Error("drawn all the same")
		}
	})
}
