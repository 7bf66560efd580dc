package models

import (
	"testing"

	"gongjue/voting/lifecycle"
)

func urgent() EmergencyUse {
	return EmergencyUse{Cause: lifecycle.LiftFault, Place: "3号楼 2单元", Body: "电梯曳引钢丝绳断股，检验机构责令停用。更换钢丝绳 8 根。", Estimate: 4_860_000}
}

func TestAnEmergencyUseNeedsTwoOfficesAndIsPublic(t *testing.T) {
	inHall(t, func(h *hall) {
		id := h.community.ID
		all := func(public bool) []EmergencyUse {
			uses, err := h.Emergencies(h.ctx(), id, public)
			h.must(err)
			return uses
		}
		h.refused(h.ProposeEmergency(h.ctx(), h.by(RoleStreet), id, urgent()), "illegal_step")
		for code, change := range map[string]func(*EmergencyUse){
			"bad_value":           func(u *EmergencyUse) { u.Estimate = 0 },
			"required":            func(u *EmergencyUse) { u.Body = " " },
			"reason_names_person": func(u *EmergencyUse) { u.Body = "联系 19900001234" },
		} {
			wrong := urgent()
			change(&wrong)
			h.refused(h.ProposeEmergency(h.ctx(), h.by(RoleConvener), id, wrong), code)
		}
		h.must(h.ProposeEmergency(h.ctx(), h.by(RoleConvener), id, urgent()))
		if uses := all(true); len(uses) != 0 {
			t.Errorf("public before the street looked at it: %+v", uses)
		}
		use := all(false)[0]
		h.refused(h.CompleteEmergency(h.ctx(), h.by(RoleConvener), id, use.ID, EmergencyUse{Cost: 1, Acceptance: "业委会"}), "illegal_step")
		h.refused(h.ConfirmEmergency(h.ctx(), h.by(RoleConvener), id, use.ID), "illegal_step")
		other, err := h.CreateCommunity(h.ctx(), System, "样例区", "样例街道", "另一个样例小区")
		h.must(err)
		h.refused(h.ConfirmEmergency(h.ctx(), h.by(RoleStreet), other.ID, use.ID), "not_found")
		h.must(h.ConfirmEmergency(h.ctx(), h.by(RoleStreet), id, use.ID))
		h.refused(h.ConfirmEmergency(h.ctx(), h.by(RoleStreet), id, use.ID), "illegal_step")
		h.refused(h.WithdrawEmergency(h.ctx(), h.by(RoleConvener), id, use.ID), "illegal_step")
		h.refused(h.CompleteEmergency(h.ctx(), h.by(RoleConvener), id, use.ID, EmergencyUse{Cost: use.Estimate + 1, Acceptance: "业委会、居委会"}), "required")
		h.must(h.CompleteEmergency(h.ctx(), h.by(RoleConvener), id, use.ID, EmergencyUse{Cost: use.Estimate, Acceptance: "业委会、居委会", Overrun: "没有超出"}))
		if done := all(true)[0]; done.State != lifecycle.EmergencyDone || done.Cost != use.Estimate || done.Overrun != "" || done.DoneAt != h.now {
			t.Errorf("done: %+v", done)
		}
	})
}

func TestAnEmergencyUseCanBeRefusedOrTakenBack(t *testing.T) {
	inHall(t, func(h *hall) {
		id := h.community.ID
		for range 2 {
			h.must(h.ProposeEmergency(h.ctx(), h.by(RoleConvener), id, urgent()))
		}
		uses, err := h.Emergencies(h.ctx(), id, false)
		h.must(err)
		h.refused(h.RefuseEmergency(h.ctx(), h.by(RoleStreet), id, uses[0].ID, " "), "required")
		h.must(h.RefuseEmergency(h.ctx(), h.by(RoleStreet), id, uses[0].ID, "不属于紧急情况，请由业主表决"))
		h.must(h.WithdrawEmergency(h.ctx(), h.by(RoleConvener), id, uses[1].ID))
		if uses, err = h.Emergencies(h.ctx(), id, true); err != nil || len(uses) != 0 {
			t.Errorf("public: %+v, %v", uses, err)
		}
		if n := len(h.auditOf("emergency_refused")); n != 1 {
			t.Errorf("%d refusals in the audit", n)
		}
	})
}
