package models

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// TestAMeetingLivesFromRosterToCertificate walks the whole life and checks every figure against sums done by hand.
func TestAMeetingLivesFromRosterToCertificate(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		list, err := h.Roster(h.ctx(), h.community.ID, meeting.RosterID)
		h.must(err)
		if want := (voting.Weight{Heads: 6, Area: 6_800_000}); list.Weight != want || len(list.Root) != 64 {
			t.Fatalf("the frozen roster has %+v and root %q, want %+v", list.Weight, list.Root, want)
		}
		// Sheets: persons 1 (two homes), 2, 3+4, 5, 6 and the developer; the parking space alone is no voter.
		sheets := h.sheets(meeting)
		if len(sheets) != 6 {
			t.Fatalf("got %d sheets, want 6", len(sheets))
		}
		for i, sheet := range sheets[:5] {
			mark := voting.Yes
			if i == 1 {
				mark = voting.No
			}
			_, err := h.cast(sheet, mark, "idempotency-key-0001")
			h.must(err)
		}
		h.wait(10*day + CloseGrace)
		if got := h.state(meeting); got != lifecycle.MeetingClosed {
			t.Fatalf("after the deadline the meeting is %s", got)
		}
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		checkMotion(t, results[0].Matters[0].Outcome)
		checkBuilding(t, results[0].Matters[3].Outcome)
		if elected := results[0].Matters[1].Outcome.Elected; len(elected) != 0 {
			t.Errorf("four equal candidates for three seats are a tie, got elected %v", elected)
		}
		if got := results[0].Matters[2].Outcome.Selected; got != "样例物业一" {
			t.Errorf("selected %q", got)
		}
		h.publishAndCertify(meeting)
	})
}

// checkMotion: five of six heads took part (1.7+0.9+1.0+1.0+0.8 of 6.8 million cm²), all but person 2 in favour.
func checkMotion(t *testing.T, o voting.Outcome) {
	t.Helper()
	if want := (voting.Weight{Heads: 5, Area: 5_400_000}); o.Counted.Participants != want {
		t.Errorf("participants %+v, want %+v", o.Counted.Participants, want)
	}
	if want := (voting.Weight{Heads: 4, Area: 4_500_000}); o.Counted.Options[voting.OptionYes] != want || o.Result != voting.Passed {
		t.Errorf("yes %+v, %s; want %+v, passed", o.Counted.Options[voting.OptionYes], o.Result, want)
	}
}

// checkBuilding: building 2 has persons 1 and 6 and the developer; the first two voted.
func checkBuilding(t *testing.T, o voting.Outcome) {
	t.Helper()
	if want := (voting.Weight{Heads: 3, Area: 3_000_000}); o.Counted.Total != want {
		t.Errorf("total of building 2 %+v, want %+v", o.Counted.Total, want)
	}
	if want := (voting.Weight{Heads: 2, Area: 1_600_000}); o.Counted.Participants != want || o.Result != voting.NotFormed {
		t.Errorf("participants of building 2 %+v, %s; want %+v, not_formed (area is short of two thirds)", o.Counted.Participants, o.Result, want)
	}
}

// publishAndCertify goes from the count to the certificate, with an objection and a return on the way.
func (h *hall) publishAndCertify(meeting Meeting) {
	h.t.Helper()
	ctx, community := h.ctx(), h.community.ID
	certifier := Role(h.again(meeting).Pack.Procedure.Certifier())
	h.refused(h.PublishFinal(ctx, h.by(RoleConvener), community, meeting.ID), "illegal_step")
	h.must(h.DisplayPreliminary(ctx, h.by(RoleConvener), community, meeting.ID))
	objection, err := h.RecordObjection(ctx, h.by(RoleStreet), community, meeting.ID, "ballot", "1号楼101", "请核对本户表决票。")
	h.must(err)
	h.refused(h.PublishFinal(ctx, h.by(RoleConvener), community, meeting.ID), "objection_window_open")
	h.wait(6 * day)
	h.refused(h.PublishFinal(ctx, h.by(RoleConvener), community, meeting.ID), "objection_open")
	h.must(h.AnswerObjection(ctx, h.by(RoleConvener), community, meeting.ID, objection.ID, Dismissed, "已当面核对，一致。"))
	h.refused(h.AnswerObjection(ctx, h.by(RoleConvener), community, meeting.ID, objection.ID, Dismissed, "再答。"), "illegal_step")
	h.must(h.PublishFinal(ctx, h.by(RoleConvener), community, meeting.ID))

	_, err = h.SubmitFiling(ctx, h.by(RoleConvener), community, meeting.ID, "", nil)
	h.refused(err, "filing_incomplete")
	h.sign(meeting)
	first, err := h.SubmitFiling(ctx, h.by(RoleConvener), community, meeting.ID, "", nil)
	h.must(err)
	_, err = h.SubmitFiling(ctx, h.by(RoleConvener), community, meeting.ID, "", nil)
	h.refused(err, "filing_open")
	h.refused(h.CertifyFiling(ctx, h.by(certifier), community, first.ID, FilingChecks[:2], FilingParticulars{}), "checks_missing")
	h.refused(h.ReturnFiling(ctx, h.by(certifier), community, first.ID, FilingReturn{Reasons: []string{" "}}), "reason_missing")
	h.must(h.ReturnFiling(ctx, h.by(certifier), community, first.ID, FilingReturn{Reasons: []string{"缺会议记录"}}))
	h.refused(h.CertifyFiling(ctx, h.by(certifier), community, first.ID, FilingChecks, FilingParticulars{}), "illegal_step")
	second, err := h.SubmitFiling(ctx, h.by(RoleConvener), community, meeting.ID, "已补会议记录", nil)
	h.must(err)
	h.refused(h.CertifyFiling(ctx, h.by(RoleConvener), community, second.ID, FilingChecks, FilingParticulars{}), "illegal_step")
	h.must(h.CertifyFiling(ctx, h.by(certifier), community, second.ID, FilingChecks, FilingParticulars{}))
	certified, err := h.Filing(ctx, community, second.ID)
	h.must(err)
	found, err := h.CertificateByCode(ctx, certified.CheckCode)
	h.must(err)
	if found.ID != second.ID || found.Number != "2026-000001" || found.Version != 2 || found.Record.Objections != 1 {
		h.t.Errorf("the certificate leads to %+v", found)
	}
	trail, err := h.Audit(ctx, community, meeting.ID)
	h.must(err)
	if last := trail[len(trail)-1]; last.Act != "filing_certified" || last.ActorName != string(certifier) {
		h.t.Errorf("the audit ends with %+v", last)
	}
	h.must(h.AnnulMeeting(ctx, h.by(RoleStreet), community, meeting.ID, "票箱封条破损"))
	found, err = h.CertificateByCode(ctx, certified.CheckCode)
	h.must(err)
	if found.State != lifecycle.FilingWithdrawn {
		h.t.Errorf("the certificate of an annulled vote is %s", found.State)
	}
	_, err = h.SubmitFiling(ctx, h.by(RoleConvener), community, meeting.ID, "", nil)
	h.refused(err, "illegal_step")
}
