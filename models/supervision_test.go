package models

import (
	"bytes"
	"slices"
	"testing"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/verify"
)

func (h *hall) supervise(role Role, meeting Meeting, wanted WantedSupervision) (Supervision, error) {
	return h.Supervise(h.ctx(), h.by(role), h.community.ID, meeting.ID, wanted)
}

// order is an order to correct a matter within ten days.
func (h *hall) order(matters ...int64) WantedSupervision {
	return WantedSupervision{Kind: lifecycle.CorrectionOrdered, Matters: matters, Breached: "《物业管理条例》第14条：会议通知不足十五日",
		Basis: "物业管理条例第19条第2款", Body: "请于期限内改正。", Limit: calendar.FormText(h.now + 10*day)[:10]}
}

// certified is a meeting with a certificate.
func (h *hall) certified() (Meeting, Filing) {
	h.t.Helper()
	meeting := h.final()
	filing := h.submit(meeting, "")
	h.must(h.CertifyFiling(h.ctx(), h.by(RoleStreet), h.community.ID, filing.ID, FilingChecks, FilingParticulars{}))
	return meeting, h.filing(filing.ID)
}

func TestAnOrderIsReportedOnAndRectified(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, filing := h.certified()
		before, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		for name, c := range map[string]struct {
			role  Role
			spoil func(*WantedSupervision)
			code  string
		}{
			"by the convener":         {RoleConvener, func(*WantedSupervision) {}, "illegal_step"},
			"by a teller":             {RoleTeller, func(*WantedSupervision) {}, "illegal_step"},
			"of no kind":              {RoleStreet, func(w *WantedSupervision) { w.Kind = "scolded" }, "bad_value"},
			"without a law":           {RoleStreet, func(w *WantedSupervision) { w.Breached = " " }, "required"},
			"without its own power":   {RoleStreet, func(w *WantedSupervision) { w.Basis = "" }, "required"},
			"without a word":          {RoleStreet, func(w *WantedSupervision) { w.Body = "" }, "required"},
			"without a limit":         {RoleStreet, func(w *WantedSupervision) { w.Limit = "" }, "bad_value"},
			"with a limit today":      {RoleStreet, func(w *WantedSupervision) { w.Limit = calendar.FormText(h.now)[:10] }, "bad_value"},
			"about no matter of this": {RoleStreet, func(w *WantedSupervision) { w.Matters = []int64{9} }, "bad_value"},
			"about one matter twice":  {RoleStreet, func(w *WantedSupervision) { w.Matters = []int64{1, 1} }, "bad_value"},
			"rectified without one":   {RoleStreet, func(w *WantedSupervision) { w.Kind = lifecycle.Rectified }, "illegal_step"},
			"reported without one":    {RoleConvener, func(w *WantedSupervision) { w.Kind = lifecycle.CorrectionReported }, "illegal_step"},
		} {
			wanted := h.order(1)
			c.spoil(&wanted)
			if _, err := h.supervise(c.role, meeting, wanted); err == nil || err.(*Refusal).Code != c.code {
				t.Errorf("%s: %v", name, err)
			}
		}
		order, err := h.supervise(RoleStreet, meeting, h.order(1))
		h.must(err)
		if order.Number != 1 || order.Name != "样例街道" || h.state(meeting) != lifecycle.MeetingUnderCorrection {
			t.Errorf("ordered: %+v, %s", order, h.state(meeting))
		}
		_, err = h.supervise(RoleStreet, meeting, h.order(2))
		h.refused(err, "illegal_step") // one order at a time
		_, err = h.supervise(RoleStreet, meeting, WantedSupervision{Kind: lifecycle.Revoked, Breached: "一", Basis: "二", Body: "三"})
		h.refused(err, "limit_not_over")
		_, err = h.SubmitFiling(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, "变更", nil)
		h.refused(err, "illegal_step")
		report, err := h.supervise(RoleConvener, meeting, WantedSupervision{Kind: lifecycle.CorrectionReported, Body: "已经补发通知并重新公示。"})
		h.must(err)
		if report.Settles != 1 || !slices.Equal(report.Matters, []int64{1}) {
			t.Errorf("reported: %+v", report)
		}
		_, err = h.supervise(RoleConvener, meeting, WantedSupervision{Kind: lifecycle.Rectified, Body: "好了。"})
		h.refused(err, "illegal_step") // nobody ends an order against themselves
		done, err := h.supervise(RoleStreet, meeting, WantedSupervision{Kind: lifecycle.Rectified, Body: "经核查，已经改正。"})
		h.must(err)
		if done.Settles != 1 || h.state(meeting) != lifecycle.MeetingPublished || h.filing(filing.ID).State != lifecycle.FilingCertified {
			t.Errorf("rectified: %+v, %s", done, h.state(meeting))
		}
		h.verifies(meeting, 4)
		after, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if after[len(after)-1].SHA256 != before[len(before)-1].SHA256 {
			t.Error("the street changed a count")
		}
		if err := h.db.Exec("UPDATE supervision SET body = '' WHERE id = ?", order.ID).Error; err == nil {
			t.Error("an order was rewritten")
		}
	})
}

func TestARevocationInPartLeavesTheRestAndTheCertificate(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, filing := h.certified()
		revoke := func(role Role, matters ...int64) error {
			_, err := h.supervise(role, meeting, WantedSupervision{Kind: lifecycle.Revoked, Matters: matters, Breached: "法律一", Basis: "物业管理条例第19条第2款", Body: "撤销。"})
			return err
		}
		h.must(revoke(RoleDistrict, 2))
		if h.state(meeting) != lifecycle.MeetingPublished || h.filing(filing.ID).State != lifecycle.FilingCertified {
			t.Errorf("one matter of four: %s", h.state(meeting))
		}
		h.refused(revoke(RoleStreet, 2), "bad_value")
		_, err := h.supervise(RoleStreet, meeting, h.order(1))
		h.must(err)
		h.refused(revoke(RoleStreet), "limit_not_over")
		h.wait(11 * day)
		h.must(revoke(RoleStreet))
		list, err := h.SupervisionOf(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if last := list[len(list)-1]; last.Settles != 2 || !slices.Equal(last.Matters, []int64{1}) {
			t.Errorf("what the order was about falls, and nothing else: %+v", last)
		}
		if standing := StandingMatters(h.meeting(meeting), list); !slices.Equal(standing, []int64{3, 4}) {
			t.Errorf("stand %v", standing)
		}
		_, err = h.supervise(RoleStreet, meeting, WantedSupervision{Kind: lifecycle.CourtRevoked, Court: "样例区人民法院", CaseNumber: "（2026）样民初1号", JudgedOn: "2026年", Body: "撤销。"})
		h.refused(err, "bad_value")
		_, err = h.supervise(RoleStreet, meeting, WantedSupervision{Kind: lifecycle.CourtRevoked, Court: "样例区人民法院", CaseNumber: "（2026）样民初1号", JudgedOn: "2026-05-20", Body: "判决撤销。"})
		h.must(err)
		if got := h.filing(filing.ID); h.state(meeting) != lifecycle.MeetingRevoked || got.State != lifecycle.FilingWithdrawn || got.EndedReason != "判决撤销。" {
			t.Errorf("all of it: %s, %+v", h.state(meeting), got)
		}
		h.refused(revoke(RoleStreet), "illegal_step")
		h.verifies(meeting, 4)
		public, err := h.PublicSupervision(h.ctx(), list[0].ID)
		h.must(err)
		if public.Number != 1 || public.Name != "样例区" {
			t.Errorf("%+v", public)
		}
	})
}

func TestOnlyWhomTheLawNamesSupervises(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.final()
		h.must(h.db.Exec("UPDATE meeting SET pack = REPLACE(pack, '\"district\",\"street\"', '\"street\"') WHERE id = ?", meeting.ID).Error)
		_, err := h.supervise(RoleDistrict, meeting, h.order())
		h.refused(err, "not_supervisor")
		_, err = h.supervise(RoleStreet, meeting, h.order())
		h.must(err)
	})
}

// failures are the checks that the public record of a meeting fails.
func (h *hall) failures(meeting Meeting) []int {
	h.t.Helper()
	public, err := h.PublicBundle(h.ctx(), meeting.ID)
	h.must(err)
	var packed bytes.Buffer
	h.must(public.Write(&packed, "说明"))
	report, err := verify.Verify(packed.Bytes(), verify.Options{})
	h.must(err)
	return report.Failures()
}

func TestTheVerifierComparesWhatWasOrderedWithTheLog(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, _ := h.certified()
		_, err := h.supervise(RoleStreet, meeting, h.order(1))
		h.must(err)
		h.verifies(meeting, 4)
		h.must(h.alter("UPDATE supervision SET body = ? WHERE meeting_id = ?", "没有什么要改的。", meeting.ID).Error)
		if failed := h.failures(meeting); !slices.Equal(failed, []int{16}) {
			t.Errorf("an order that was altered since fails %v", failed)
		}
	})
}
