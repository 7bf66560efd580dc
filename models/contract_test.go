package models

import (
	"slices"
	"testing"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/stage"
)

// decides is a meeting about the firm alone, whose final result is published: everybody marks every matter the same.
func (h *hall) decides(mark voting.Mark, matters ...voting.Matter) Meeting {
	h.t.Helper()
	meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
	h.must(err)
	for _, rule := range matters {
		_, err := h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, Matter{Title: "物业服务", Body: "见方案。", Rule: rule})
		h.must(err)
	}
	h.must(h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
	h.wait(20 * day)
	for _, sheet := range h.sheets(h.meeting(meeting))[:5] {
		_, err := h.cast(sheet, mark, key1)
		h.must(err)
	}
	h.wait(10*day + CloseGrace)
	h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
	h.published(h.meeting(meeting))
	return h.meeting(meeting)
}

var (
	selecting  = voting.Matter{Kind: voting.Selection, Item: voting.FirmItem, Method: voting.Pick, Options: []string{"示范物业甲", "示范物业乙"}}
	dismissing = voting.Matter{Kind: voting.Motion, Item: voting.FirmItem, FirmAct: voting.DismissFirm}
	keeping    = voting.Matter{Kind: voting.Motion, Item: voting.FirmItem, FirmAct: voting.RenewFirm}
)

// agreed is a contract from today on for two years.
func (h *hall) agreed(meeting Meeting) WantedContract {
	return WantedContract{MeetingID: meeting.ID, Position: 1, Principal: "样例小区业主大会", Area: 1_000_000, FeeMode: lifecycle.LumpSum, Price: 180,
		SignedAt: h.now, From: h.now, To: calendar.AddMonths(h.now, 24)}
}

// before is a contract from before, of a firm that the developer chose.
func (h *hall) preliminary() (WantedContract, []SentFile) {
	wanted := h.agreed(Meeting{})
	wanted.Position, wanted.Kind, wanted.Firm, wanted.Principal, wanted.To = 0, lifecycle.PreliminaryContract, "示范物业丙", "示范置业有限公司", 0
	wanted.SignedAt, wanted.From = calendar.Date(2019, 5, 1), calendar.Date(2019, 6, 1)
	return wanted, []SentFile{{Name: "前期合同.pdf", Content: []byte("%PDF-1.7 contract")}}
}

func (h *hall) record(wanted WantedContract, proofs ...SentFile) Contract {
	h.t.Helper()
	id, err := h.RecordContract(h.ctx(), h.by(RoleConvener), h.community.ID, wanted, proofs)
	h.must(err)
	return h.contract(id)
}

func (h *hall) contract(id string) Contract {
	h.t.Helper()
	list, err := h.Contracts(h.ctx(), h.community, false)
	h.must(err)
	return list[slices.IndexFunc(list, func(c Contract) bool { return c.ID == id })]
}

func (h *hall) step(role Role, contract Contract, step ContractStep) error {
	return h.TakeContractStep(h.ctx(), h.by(role), h.community, contract.ID, step)
}

func (c Contract) works(at int64) (found []ContractWork) {
	for _, clock := range c.Works(at) {
		found = append(found, clock.Work)
	}
	return found
}

// TestAContractComesFromTheCount: from the selection over filing and inspection to the end of the term; the preliminary
// contract gives way.
func TestAContractComesFromTheCount(t *testing.T) {
	inHall(t, func(h *hall) {
		h.livesIn("浙江省/宁波市/样例区")
		wanted, proofs := h.preliminary()
		_, err := h.RecordContract(h.ctx(), h.by(RoleConvener), h.community.ID, wanted, nil)
		h.refused(err, "required")
		developer := h.record(wanted, proofs...)
		if len(developer.Proofs) != 1 || developer.FileBy() != 0 || developer.Standing().At(h.now) != stage.ContractInForce {
			t.Errorf("the preliminary contract is %+v", developer)
		}
		meeting := h.decides(voting.Yes, selecting)
		early := h.agreed(meeting)
		early.SignedAt -= day
		for code, change := range map[string]func(*WantedContract){
			"decision_does_not_fit": func(w *WantedContract) { w.Position = 2 },
			"bad_value":             func(w *WantedContract) { *w = early },
			"required":              func(w *WantedContract) { w.To = 0 },
			"reason_names_person":   func(w *WantedContract) { w.Terms = "联系 19900001234" },
		} {
			wrong := h.agreed(meeting)
			change(&wrong)
			_, err := h.RecordContract(h.ctx(), h.by(RoleConvener), h.community.ID, wrong, nil)
			h.refused(err, code)
		}
		_, err = h.RecordContract(h.ctx(), h.by(RoleStreet), h.community.ID, h.agreed(meeting), nil)
		h.refused(err, "illegal_step")
		contract := h.record(h.agreed(meeting))
		if contract.Firm != "示范物业甲" || contract.FileBy() != calendar.Deadline(h.now, 10) || contract.DecideBy() != calendar.EndOfDay(calendar.AddMonths(contract.To, -4), 0) || !slices.Equal(contract.works(h.now), []ContractWork{ContractToFile}) {
			t.Errorf("the contract is %+v, %v", contract, contract.works(h.now))
		}
		if gone := h.contract(developer.ID); gone.State != lifecycle.ContractSuperseded || gone.Until != contract.From-1 {
			t.Errorf("the preliminary contract did not give way: %+v", gone)
		}
		_, err = h.RecordContract(h.ctx(), h.by(RoleConvener), h.community.ID, h.agreed(meeting), nil)
		h.refused(err, "contract_recorded")
		h.must(h.step(RoleConvener, contract, ContractStep{Event: lifecycle.EventWithdraw, Body: "面积写错了"}))
		if again := h.contract(developer.ID); again.State != lifecycle.ContractStanding || again.Until != 0 || again.Standing().At(h.now) != stage.ContractInForce {
			t.Errorf("after a mistake the preliminary contract does not stand again: %+v", again)
		}
		contract = h.record(h.agreed(meeting))
		h.refused(h.step(RoleStreet, contract, ContractStep{Event: lifecycle.EventReceive}), "illegal_step")
		h.must(h.step(RoleConvener, contract, ContractStep{Event: lifecycle.EventSubmit}))
		h.refused(h.step(RoleStreet, contract, ContractStep{Event: lifecycle.EventReturn}), "required")
		h.must(h.step(RoleStreet, contract, ContractStep{Event: lifecycle.EventReturn, Body: "缺少合同附件三。"}))
		h.must(h.step(RoleConvener, contract, ContractStep{Event: lifecycle.EventSubmit}))
		if works := h.contract(contract.ID).works(h.now); !slices.Equal(works, []ContractWork{ContractToTake}) {
			t.Errorf("the street is not asked: %v", works)
		}
		h.must(h.step(RoleStreet, contract, ContractStep{Event: lifecycle.EventReceive}))
		h.refused(h.step(RoleConvener, contract, ContractStep{Event: lifecycle.EventWithdraw, Body: "记错了"}), "contract_filed")
		inspect := ContractStep{Event: lifecycle.EventInspect, Day: h.now, Parties: "业委会三名委员、物业项目负责人", Body: "消防泵一台不能启动。"}
		for _, wrong := range []int64{h.now + day, h.now - 2*day} {
			later := inspect
			later.Day = wrong
			h.refused(h.step(RoleConvener, contract, later), "bad_value")
		}
		h.must(h.step(RoleConvener, contract, inspect))
		h.must(h.PublishContractFile(h.ctx(), h.by(RoleConvener), h.community.ID, contract.ID, proofs[0]))
		public, err := h.Contracts(h.ctx(), h.community, true)
		h.must(err)
		if first := public[0]; len(first.Entries) != 2 || len(first.Files) != 1 || len(public[1].Proofs) != 0 || len(public[1].Entries) != 3 {
			t.Errorf("everybody reads %+v", public)
		}
		contract = h.contract(contract.ID)
		for at, want := range map[int64]stage.ContractStage{remindAt(contract.To) - 1: stage.ContractInForce, remindAt(contract.To): stage.ContractExpiring,
			contract.To: stage.ContractExpiring, contract.To + 1: stage.ContractIndefinite} {
			if got := contract.Standing().At(at); got != want {
				t.Errorf("%s: %s, want %s", calendar.Format(at), got, want)
			}
		}
		if kept := contract.works(contract.To + 1); !slices.Equal(kept, []ContractWork{ContractToSettle}) {
			t.Errorf("after the term: %v", kept)
		}
	})
}

// TestADismissedFirmHasSixtyDays: notice, the last day, refusal to leave, handing over.
func TestADismissedFirmHasSixtyDays(t *testing.T) {
	inHall(t, func(h *hall) {
		h.livesIn("浙江省/杭州市/样例区")
		wanted, proofs := h.preliminary()
		wanted.Kind, wanted.To = lifecycle.OwnersContract, calendar.AddMonths(h.now, 36)
		wanted.From, wanted.SignedAt = calendar.AddMonths(h.now, -6), calendar.AddMonths(h.now, -6)
		contract := h.record(wanted, proofs...)
		h.refused(h.step(RoleConvener, contract, ContractStep{Event: lifecycle.EventHandOver, Day: h.now, Parties: "一", Body: "二"}), "illegal_step")
		meeting := h.decides(voting.Yes, dismissing)
		dismiss := ContractStep{Event: lifecycle.EventDismiss, Day: h.now, MeetingID: meeting.ID, Position: 1}
		for code, change := range map[string]func(*ContractStep){
			"decision_does_not_fit": func(s *ContractStep) { s.Position = 9 },
			"required":              func(s *ContractStep) { s.Until = h.now + 30*day }, // without the clause of the contract
			"bad_value":             func(s *ContractStep) { s.Day = h.now + day },
		} {
			wrong := dismiss
			change(&wrong)
			h.refused(h.step(RoleConvener, contract, wrong), code)
		}
		h.refused(h.step(RoleStreet, contract, dismiss), "illegal_step")
		decline := ContractStep{Event: lifecycle.EventDecline, Side: lifecycle.OwnersSide, MeetingID: meeting.ID, Position: 1}
		h.refused(h.step(RoleConvener, contract, decline), "decision_does_not_fit")
		h.must(h.step(RoleConvener, contract, dismiss))
		h.refused(h.step(RoleConvener, contract, dismiss), "illegal_step")
		contract = h.contract(contract.ID)
		if contract.Until != calendar.EndOfDay(h.now, 60) || contract.HandOverBy() != calendar.Deadline(contract.Until, 15) {
			t.Errorf("the last day is %s, the handing over due %s", calendar.Format(contract.Until), calendar.Format(contract.HandOverBy()))
		}
		stay := ContractStep{Event: lifecycle.EventOverstay, Body: "没有移交设施设备档案。"}
		h.now = contract.Until
		h.refused(h.step(RoleConvener, contract, stay), "contract_not_over")
		h.now++
		if works := contract.works(h.now); !slices.Equal(works, []ContractWork{ContractToHand}) {
			t.Errorf("after its last moment: %v", works)
		}
		h.must(h.step(RoleConvener, contract, stay))
		if works := h.contract(contract.ID).works(h.now); !slices.Equal(works, []ContractWork{ContractToHand, ContractToPress}) {
			t.Errorf("a firm that stays: %v", works)
		}
		h.must(h.step(RoleConvener, contract, ContractStep{Event: lifecycle.EventHandOver, Day: h.now, Parties: "业委会、原物业、街道见证", Body: "物业用房、档案、账册和预收费用已移交。"}))
		if contract = h.contract(contract.ID); contract.State != lifecycle.ContractEnded || contract.works(h.now) != nil {
			t.Errorf("handed over: %+v", contract)
		}
		other, err := h.CreateCommunity(h.ctx(), System, "样例区", "样例街道", "另一个样例小区")
		h.must(err)
		h.refused(h.TakeContractStep(h.ctx(), h.by(RoleConvener), other, contract.ID, stay), "not_found")
		h.refused(h.PublishContractFile(h.ctx(), h.by(RoleConvener), other.ID, contract.ID, proofs[0]), "not_found")
	})
}

// TestAFirmIsKeptOrNotWanted: a motion to keep it renews its contract, a failed one leaves it without another term and
// dismisses nobody, and so does its own notice.
func TestAFirmIsKeptOrNotWanted(t *testing.T) {
	inHall(t, func(h *hall) {
		wanted, proofs := h.preliminary()
		wanted.Kind, wanted.From, wanted.SignedAt, wanted.To = lifecycle.OwnersContract, calendar.AddMonths(h.now, -18), calendar.AddMonths(h.now, -18), calendar.AddMonths(h.now, 6)
		contract := h.record(wanted, proofs...)
		failed := h.decides(voting.No, keeping)
		step := ContractStep{Event: lifecycle.EventDismiss, Day: h.now, MeetingID: failed.ID, Position: 1}
		h.refused(h.step(RoleConvener, contract, step), "decision_does_not_fit")
		_, err := h.RecordContract(h.ctx(), h.by(RoleConvener), h.community.ID, h.agreed(failed), nil)
		h.refused(err, "decision_does_not_fit")
		meeting := h.decides(voting.Yes, keeping)
		next := h.agreed(meeting)
		next.From, next.To = calendar.AddMonths(h.now, 3), calendar.AddMonths(h.now, 27)
		renewed := h.record(next)
		if old := h.contract(contract.ID); renewed.Firm != contract.Firm || old.State != lifecycle.ContractRenewed || old.Until != renewed.From-1 {
			t.Errorf("renewed %+v after %+v", renewed, old)
		}
		step.Event, step.Side = lifecycle.EventDecline, lifecycle.OwnersSide
		h.refused(h.step(RoleConvener, renewed, step), "decision_does_not_fit") // of before it was signed
		h.must(h.step(RoleConvener, renewed, ContractStep{Event: lifecycle.EventDecline, Side: lifecycle.FirmSide, Day: h.now}))
		if got := h.contract(renewed.ID).Standing(); got.At(renewed.To) != stage.ContractDeclined || got.At(renewed.To+1) != stage.ContractHandover {
			t.Errorf("declined: %+v", got)
		}
		mistaken := h.record(wanted, proofs...)
		h.must(h.step(RoleConvener, mistaken, ContractStep{Event: lifecycle.EventWithdraw, Body: "重复登记"}))
		h.refused(h.PublishContractFile(h.ctx(), h.by(RoleConvener), h.community.ID, mistaken.ID, proofs[0]), "not_found")
		public, err := h.Contracts(h.ctx(), h.community, true)
		h.must(err)
		if len(public) != 2 {
			t.Errorf("a mistake is public: %+v", public)
		}
	})
}
