package models

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/stage"
)

// TestCoverageCountsContractsInForceOnTheDay: from the first day of a contract, beyond its term, until a dismissed firm is
// out; a contract that was entered by mistake from then on no more.
func TestCoverageCountsContractsInForceOnTheDay(t *testing.T) {
	inHall(t, func(h *hall) {
		began := calendar.AddMonths(h.now, -1)
		_, err := h.CreateCommunity(h.ctx(), System, "样例区", "乙街道", "没有合同的小区")
		h.must(err)
		wanted, proofs := h.preliminary()
		wanted.Kind, wanted.From, wanted.SignedAt, wanted.To = lifecycle.OwnersContract, h.now+2*day, began, calendar.AddMonths(h.now, 24)
		contract := h.record(wanted, proofs...)
		meeting := h.decides(voting.Yes, dismissing)
		h.must(h.step(RoleConvener, contract, ContractStep{Event: lifecycle.EventDismiss, Day: h.now, MeetingID: meeting.ID, Position: 1}))
		dismissed := h.now
		last := h.contract(contract.ID).Until
		h.now = last + 40*day
		mistaken := wanted
		mistaken.From, mistaken.SignedAt = calendar.StartOfDay(last)+20*day, calendar.StartOfDay(last)+20*day
		mistaken.To = calendar.AddMonths(h.now, 24)
		wrong := h.record(mistaken, proofs...)
		withdrawn := h.now
		h.must(h.step(RoleConvener, wrong, ContractStep{Event: lifecycle.EventWithdraw, Body: "登记错了"}))
		h.now += day
		for _, c := range []struct {
			name   string
			at     int64
			want   stage.ContractStage
			served int64
		}{
			{"the day before", contract.From - 1, "", 0}, {"its first moment", contract.From, stage.ContractInForce, 1}, {"dismissed", dismissed, stage.ContractLeaving, 1},
			{"its last moment", last, stage.ContractLeaving, 1}, {"the firm is out", last + 1, "", 0},
			{"before a mistake is withdrawn", withdrawn - 1, stage.ContractInForce, 1}, {"a mistake", withdrawn, "", 0},
		} {
			d := h.district(c.at)
			if d.Total.Served != c.served || d.Total.Communities != 2 {
				t.Errorf("%s: %d of %d are served, want %d", c.name, d.Total.Served, d.Total.Communities, c.served)
			}
			for _, community := range d.Communities {
				if community.ID == h.community.ID && community.Service.Stage != c.want {
					t.Errorf("%s: %s, want %s", c.name, community.Service.Stage, c.want)
				}
			}
		}
	})
}
