package models

import (
	"slices"
	"testing"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// livesIn moves the community to a place with rules of its own, before its meetings.
func (h *hall) livesIn(place string) {
	h.t.Helper()
	h.must(h.db.Exec("UPDATE community SET place = ? WHERE id = ?", place, h.community.ID).Error)
	h.community.Place = place
}

// final is a meeting whose result is published.
func (h *hall) final() Meeting {
	h.t.Helper()
	meeting := h.counted()
	h.published(meeting)
	return h.meeting(meeting)
}

func (h *hall) submit(meeting Meeting, note string) Filing {
	h.t.Helper()
	h.sign(meeting)
	filing, err := h.SubmitFiling(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, note, nil)
	h.must(err)
	return filing
}

func (h *hall) filing(id string) Filing {
	h.t.Helper()
	filing, err := h.Filing(h.ctx(), h.community.ID, id)
	h.must(err)
	return filing
}

func TestTheClockOfAFilingRunsFromTheHandInAndAnewFromTheReceipt(t *testing.T) {
	inHall(t, func(h *hall) {
		h.livesIn("山东省/青岛市/市南区")
		meeting := h.final()
		filing := h.submit(meeting, "")
		if want := calendar.Deadline(filing.SubmittedAt, 10); filing.DueAt != want || filing.Certifier != rules.StreetOffice ||
			filing.Clock != (FilingClock{Days: 10, Article: "山东省物业管理条例第31条"}) {
			t.Errorf("due %s by %s under %+v, want %s", calendar.Format(filing.DueAt), filing.Certifier, filing.Clock, calendar.Format(want))
		}
		h.wait(3 * day)
		street := h.by(RoleStreet)
		h.refused(h.ReceiveFiling(h.ctx(), h.by(RoleDistrict), h.community.ID, filing.ID), "not_certifier")
		h.refused(h.ReceiveFiling(h.ctx(), h.by(RoleConvener), h.community.ID, filing.ID), "illegal_step")
		h.must(h.ReceiveFiling(h.ctx(), street, h.community.ID, filing.ID))
		h.refused(h.ReceiveFiling(h.ctx(), street, h.community.ID, filing.ID), "filing_received")
		h.refused(h.ReturnFiling(h.ctx(), street, h.community.ID, filing.ID, FilingReturn{Reasons: []string{"缺少会议记录。"}}), "filing_received")
		received := h.filing(filing.ID)
		if received.State != lifecycle.FilingSubmitted || received.ReceivedAt != h.now || received.DueAt != calendar.Deadline(h.now, 10) {
			t.Errorf("received: %+v", received)
		}
		h.must(h.CertifyFiling(h.ctx(), street, h.community.ID, filing.ID, FilingChecks, FilingParticulars{Term: 1}))
		if got := h.filing(filing.ID); got.Particulars.Term != 1 || got.ReceivedAt != received.ReceivedAt {
			t.Errorf("certified: %+v", got)
		}
	})
}

func TestWhereTheDistrictCertifiesTheStreetDoesNot(t *testing.T) {
	inHall(t, func(h *hall) {
		h.livesIn("山东省/聊城市/东昌府区")
		filing := h.submit(h.final(), "")
		if want := calendar.WorkingDeadline(filing.SubmittedAt, 10); filing.DueAt != want || !filing.Clock.Working {
			t.Errorf("due %s, want %s", calendar.Format(filing.DueAt), calendar.Format(want))
		}
		none := FilingParticulars{}
		h.refused(h.CertifyFiling(h.ctx(), h.by(RoleStreet), h.community.ID, filing.ID, FilingChecks, none), "not_certifier")
		h.must(h.CertifyFiling(h.ctx(), h.by(RoleDistrict), h.community.ID, filing.ID, FilingChecks, none))
		if got := h.filing(filing.ID); got.ReceivedAt != got.DecidedAt || got.CheckCode == "" {
			t.Errorf("decided on the spot: %+v", got)
		}
	})
}

func TestAllDefectsAreToldAtOnce(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.final()
		street, give := h.by(RoleStreet), func(filing Filing, told FilingReturn) error {
			return h.ReturnFiling(h.ctx(), h.by(RoleStreet), h.community.ID, filing.ID, told)
		}
		first := h.submit(meeting, "")
		if first.DueAt != 0 {
			t.Errorf("no clause sets the days here, yet it is due %s", calendar.Format(first.DueAt))
		}
		h.refused(give(first, FilingReturn{Unmended: []int64{1}}), "defect_unknown")
		h.refused(give(first, FilingReturn{Reasons: []string{" ", ""}}), "reason_missing")
		h.must(give(first, FilingReturn{Reasons: []string{"缺少会议记录。", " 委员名单没有签名。 "}}))
		second := h.submit(meeting, "已补。")
		h.refused(give(second, FilingReturn{Reasons: []string{"缺少印章。"}}), "returned_once")
		h.refused(give(second, FilingReturn{Unmended: []int64{3}}), "defect_unknown")
		h.refused(give(second, FilingReturn{Unmended: []int64{2, 2}}), "defect_unknown")
		h.refused(give(second, FilingReturn{}), "reason_missing")
		h.must(give(second, FilingReturn{Unmended: []int64{2}, Arose: []string{"会议记录的日期与公告不一致。"}}))
		want := []FilingDefect{{2, "委员名单没有签名。", NotMended}, {3, "会议记录的日期与公告不一致。", Arose}}
		if got := h.filing(second.ID); !slices.Equal(got.Defects, want) || got.Reasons != "委员名单没有签名。\n会议记录的日期与公告不一致。" {
			t.Errorf("told %+v", got.Defects)
		}
		third := h.submit(meeting, "再补。")
		h.must(give(third, FilingReturn{Unmended: []int64{3}}))
		fourth := h.submit(meeting, "再补。")
		h.refused(h.RefuseFiling(h.ctx(), street, h.community.ID, fourth.ID, "dislike", []string{"不实。"}), "ground_missing")
		h.refused(h.RefuseFiling(h.ctx(), street, h.community.ID, fourth.ID, lifecycle.GroundUntrue, nil), "reason_missing")
		h.must(h.RefuseFiling(h.ctx(), street, h.community.ID, fourth.ID, lifecycle.GroundUntrue, []string{"会议记录系伪造。"}))
		if got := h.filing(fourth.ID); got.State != lifecycle.FilingRefused || got.Ground != lifecycle.GroundUntrue || got.Reasons != "会议记录系伪造。" {
			t.Errorf("refused: %+v", got)
		}
		h.refused(h.CertifyFiling(h.ctx(), street, h.community.ID, fourth.ID, FilingChecks, FilingParticulars{}), "illegal_step")
		fifth := h.submit(meeting, "重新申请。") // a new application: all its defects may be told
		h.must(give(fifth, FilingReturn{Reasons: []string{"缺少印章。"}}))
		if got := h.filing(fifth.ID); got.Version != 5 || got.Kind != lifecycle.FirstFiling || got.Defects[0].Number != 1 {
			t.Errorf("handed in anew: %+v", got)
		}
	})
}

func TestAChangeTakesThePlaceOfTheCertificate(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, street := h.final(), h.by(RoleStreet)
		certify := func(filing Filing) Filing {
			h.must(h.CertifyFiling(h.ctx(), street, h.community.ID, filing.ID, FilingChecks, FilingParticulars{}))
			return h.filing(filing.ID)
		}
		file, err := h.AddAttachment(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, ForFiling, "会议记录.pdf", []byte("%PDF-1.4\n"))
		h.must(err)
		first := certify(h.submit(meeting, ""))
		h.refused(h.DeleteAttachment(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, file.ID), "illegal_step")
		_, err = h.SubmitFiling(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, " ", nil)
		h.refused(err, "change_missing")
		change := h.submit(meeting, "候补委员递补一名。")
		if change.Kind != lifecycle.ChangeFiling || h.filing(first.ID).ReplacedBy != "" {
			t.Errorf("the change is %+v; until it is decided the certificate stands", change)
		}
		h.must(h.ReturnFiling(h.ctx(), street, h.community.ID, change.ID, FilingReturn{Reasons: []string{"缺少公示记录。"}}))
		again := h.submit(meeting, "候补委员递补一名，附公示记录。")
		second := certify(again)
		if again.Kind != lifecycle.ChangeFiling || second.Number != "2026-000002" {
			t.Errorf("handed in again: %+v", second)
		}
		if got := h.filing(first.ID); got.ReplacedBy != second.ID || got.State != lifecycle.FilingCertified {
			t.Errorf("the earlier certificate: %+v", got)
		}
		h.verifies(meeting, 4) // the record names the newer one
		public, err := h.PublicResultOf(h.ctx(), meeting.ID)
		h.must(err)
		if public.Certificate != second.CheckCode {
			t.Errorf("the result leads to %s", public.Certificate)
		}
		h.refused(h.CancelFiling(h.ctx(), street, h.community.ID, first.ID, "房屋灭失"), "illegal_step")
		h.refused(h.CancelFiling(h.ctx(), street, h.community.ID, second.ID, " "), "reason_missing")
		h.must(h.CancelFiling(h.ctx(), street, h.community.ID, second.ID, "房屋灭失，印章作废。"))
		if got := h.filing(second.ID); got.State != lifecycle.FilingCancelled || got.EndedReason != "房屋灭失，印章作废。" || got.DecidedAt != second.DecidedAt {
			t.Errorf("cancelled: %+v", got)
		}
		_, err = h.SubmitFiling(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, "", nil)
		h.refused(err, "filing_open")
	})
}

func TestWhatACertificateTellsIsChecked(t *testing.T) {
	for name, bad := range map[string]FilingParticulars{
		"term":      {Term: 100},
		"term_from": {TermFrom: "2026年5月", TermTo: "2031-05-17"},
		"term_to":   {TermFrom: "2026-05-18"},
		"chair":     {Chair: "甲\n乙"},
	} {
		if _, err := bad.tidy(); err == nil || err.(*Refusal).Field != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := (FilingParticulars{TermFrom: "2031-05-18", TermTo: "2026-05-17"}).tidy(); err == nil {
		t.Error("a term ends before it begins")
	}
	good := FilingParticulars{Committee: "样例小区业主委员会", Term: 1, TermFrom: "2026-05-18", TermTo: "2031-05-17", Chair: "样例甲", Office: " 1号楼101 "}
	if got, err := good.tidy(); err != nil || got.Office != "1号楼101" {
		t.Errorf("%+v, %v", got, err)
	}
}
