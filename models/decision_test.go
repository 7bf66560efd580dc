package models

import (
	"slices"
	"testing"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

func (h *hall) sitting() Sitting {
	h.t.Helper()
	list, err := h.Sittings(h.ctx(), h.community.ID, true)
	h.must(err)
	return list[0]
}

func (h *hall) call(agenda ...string) Sitting {
	h.t.Helper()
	h.must(h.CallSitting(h.ctx(), h.by(RoleConvener), h.community.ID, WantedSitting{CalledBy: lifecycle.CalledByChair, HeldAt: h.now + 2*day, Place: "物业楼二层", Agenda: agenda}))
	return h.sitting()
}

// members are the ids of those of a term by their names.
func members(c Committee, names ...string) (ids []string) {
	for _, name := range names {
		ids = append(ids, memberNamed(c, name).ID)
	}
	return ids
}

func signedMinutes() []SentFile {
	return []SentFile{{Name: "会议记录.pdf", Content: []byte("%PDF-1.4 样例")}}
}

// all three members were present, and the first matter was carried by two.
func (h *hall) minuted(term Committee, inFavour int64) SittingRecord {
	return SittingRecord{Present: members(term, "甲", "乙", "丙"), Signed: members(term, "甲", "乙"), Minutes: signedMinutes(),
		Decisions: []Decision{{Position: 1, Body: "每周二、周五清洗地面。", InFavour: inFavour, Against: 3 - inFavour}}}
}

func TestACommitteeDecidesOnlyWhatItAnnouncedWithMoreThanHalfOfAll(t *testing.T) {
	inHall(t, func(h *hall) {
		h.refused(h.CallSitting(h.ctx(), h.by(RoleConvener), h.community.ID, WantedSitting{CalledBy: "chair", HeldAt: h.now + day, Place: "一", Agenda: []string{"一"}}), "no_committee")
		_, term := h.constituted()
		id := h.community.ID
		good := WantedSitting{CalledBy: lifecycle.CalledByMembers, Callers: 1, HeldAt: h.now + 2*day, Place: "物业楼二层", Agenda: []string{"调整保洁班次", " "}}
		for code, change := range map[string]func(*WantedSitting){
			"bad_value": func(w *WantedSitting) { w.HeldAt = h.now }, "too_few_callers": func(w *WantedSitting) { w.Callers = 0 }, "required": func(w *WantedSitting) { w.Agenda = nil },
			"reason_names_person": func(w *WantedSitting) { w.Place = "找 19900001234" }, "too_many_matters": func(w *WantedSitting) { w.Agenda = slices.Repeat([]string{"一"}, mostAgenda+1) },
		} {
			wrong := good
			change(&wrong)
			h.refused(h.CallSitting(h.ctx(), h.by(RoleConvener), id, wrong), code)
		}
		h.refused(h.CallSitting(h.ctx(), h.by(RoleStreet), id, good), "illegal_step")
		h.must(h.CallSitting(h.ctx(), h.by(RoleConvener), id, good))
		sitting := h.sitting()
		if sitting.Number != 1 || len(sitting.Agenda) != 1 || sitting.CommitteeID != term.ID || sitting.State != lifecycle.SittingCalled {
			t.Fatalf("called: %+v", sitting)
		}
		record := h.minuted(term, 2)
		h.refused(h.RecordSitting(h.ctx(), h.by(RoleConvener), id, sitting.ID, record), "too_early")
		h.now = sitting.HeldAt
		for name, c := range map[string]struct {
			code   string
			change func(*SittingRecord)
		}{
			"an alternate has no vote":          {"bad_value", func(r *SittingRecord) { r.Present = append(r.Present, members(term, "丁")...) }},
			"somebody twice":                    {"bad_value", func(r *SittingRecord) { r.Present = append(r.Present, r.Present[0]) }},
			"a signature of somebody not there": {"bad_value", func(r *SittingRecord) { r.Present = r.Present[1:] }},
			"signed by one of three":            {"too_few_signed", func(r *SittingRecord) { r.Signed = r.Signed[:1] }},
			"nobody":                            {"required", func(r *SittingRecord) { r.Present, r.Signed = nil, nil }},
			"more votes than members present":   {"votes_differ", func(r *SittingRecord) { r.Decisions[0].Abstained = 1 }},
			"a matter that was not announced":   {"bad_value", func(r *SittingRecord) { r.Decisions[0].Position = 2 }},
			"a matter twice":                    {"bad_value", func(r *SittingRecord) { r.Decisions = append(r.Decisions, r.Decisions[0]) }},
			"what only the owners decide":       {"owners_decide", func(r *SittingRecord) { r.Decisions[0].Body = "续聘现物业服务企业两年。" }},
			"in place of nothing":               {"not_replaceable", func(r *SittingRecord) { r.Decisions[0].ReplacesID = "nothing" }},
			"no minutes":                        {"required", func(r *SittingRecord) { r.Minutes = nil }},
		} {
			wrong := h.minuted(term, 2)
			c.change(&wrong)
			if err := h.RecordSitting(h.ctx(), h.by(RoleConvener), id, sitting.ID, wrong); err == nil {
				t.Errorf("%s is taken", name)
			} else {
				h.refused(err, c.code)
			}
		}
		h.must(h.RecordSitting(h.ctx(), h.by(RoleConvener), id, sitting.ID, record))
		h.refused(h.RecordSitting(h.ctx(), h.by(RoleConvener), id, sitting.ID, record), "illegal_step")
		h.refused(h.CancelSitting(h.ctx(), h.by(RoleConvener), id, sitting.ID, "改期"), "illegal_step")
		sitting = h.sitting()
		decision := sitting.Decisions[0]
		if !decision.Passed || sitting.All != 3 || len(sitting.Present) != 3 || sitting.Signed() != 2 || decision.Title != "调整保洁班次" || decision.Number != 1 ||
			decision.State() != lifecycle.DecisionInForce || len(sitting.Minutes) != 1 || sitting.EndedAt != h.now {
			t.Errorf("held: %+v", sitting)
		}
	})
}

func TestADecisionIsTakenBackOnlyByANewerOne(t *testing.T) {
	inHall(t, func(h *hall) {
		_, term := h.constituted()
		id := h.community.ID
		decide := func(inFavour int64, replaces string) Decision {
			sitting := h.call("调整保洁班次")
			h.now = sitting.HeldAt
			record := h.minuted(term, inFavour)
			record.Decisions[0].ReplacesID = replaces
			h.must(h.RecordSitting(h.ctx(), h.by(RoleConvener), id, sitting.ID, record))
			return h.sitting().Decisions[0]
		}
		first := decide(3, "")
		lost := decide(1, "")
		if lost.Passed || lost.Number != 2 {
			t.Errorf("one of three: %+v", lost)
		}
		h.refused(h.SuperviseDecision(h.ctx(), h.by(RoleStreet), id, lost.ID, h.order()), "illegal_step")
		sitting := h.call("再议")
		h.now = sitting.HeldAt
		for _, replaces := range []string{lost.ID, "nothing"} {
			record := h.minuted(term, 2)
			record.Decisions[0].ReplacesID = replaces
			h.refused(h.RecordSitting(h.ctx(), h.by(RoleConvener), id, sitting.ID, record), "not_replaceable")
		}
		record := h.minuted(term, 1)
		record.Decisions[0].ReplacesID = first.ID
		h.refused(h.RecordSitting(h.ctx(), h.by(RoleConvener), id, sitting.ID, record), "not_replaceable") // it was lost
		h.must(h.CancelSitting(h.ctx(), h.by(RoleConvener), id, sitting.ID, "人数不足"))
		newer := decide(2, first.ID)
		found, err := h.Decision(h.ctx(), id, first.ID)
		h.must(err)
		if found.State() != lifecycle.DecisionReplaced || found.ReplacedBy != newer.ID {
			t.Errorf("the first: %+v", found)
		}
		_, err = h.Decision(h.ctx(), id, "nothing")
		h.refused(err, "not_found")
	})
}

func TestTheStreetOrdersAndRevokesADecisionOfACommittee(t *testing.T) {
	inHall(t, func(h *hall) {
		_, term := h.constituted()
		id, sitting := h.community.ID, h.call("调整保洁班次")
		h.now = sitting.HeldAt
		h.must(h.RecordSitting(h.ctx(), h.by(RoleConvener), id, sitting.ID, h.minuted(term, 3)))
		decision := h.sitting().Decisions[0]
		supervise := func(role Role, wanted WantedSupervision) error {
			h.now++
			return h.SuperviseDecision(h.ctx(), h.by(role), id, decision.ID, wanted)
		}
		told := WantedSupervision{Kind: lifecycle.CorrectionReported, Body: "已改正。"}
		revoke := WantedSupervision{Kind: lifecycle.Revoked, Breached: "议事规则第三条", Basis: "物业管理条例第19条第2款", Body: "撤销。"}
		h.refused(supervise(RoleConvener, h.order()), "illegal_step")
		h.refused(supervise(RoleConvener, told), "illegal_step")
		h.refused(h.SuperviseDecision(h.ctx(), h.by(RoleStreet), id, "nothing", h.order()), "not_found")
		silent := h.order()
		silent.Breached = ""
		h.refused(supervise(RoleStreet, silent), "required")
		h.must(supervise(RoleStreet, h.order()))
		h.refused(supervise(RoleStreet, h.order()), "illegal_step")
		h.refused(supervise(RoleStreet, revoke), "limit_not_over")
		h.must(supervise(RoleConvener, told))
		h.must(supervise(RoleStreet, WantedSupervision{Kind: lifecycle.Rectified, Body: "已核查。"}))
		h.must(supervise(RoleStreet, h.order()))
		found, err := h.Decision(h.ctx(), id, decision.ID)
		h.must(err)
		open, reported := found.OpenOrder()
		if open == nil || open.Number != 4 || reported || found.State() != lifecycle.DecisionUnderCorrection || found.Orders[1].Settles != 1 || found.Orders[1].Name == "" {
			t.Errorf("after two orders: %+v", found.Orders)
		}
		h.now = open.LimitAt
		h.must(supervise(RoleStreet, revoke))
		if found, err = h.Decision(h.ctx(), id, decision.ID); err != nil || found.State() != lifecycle.DecisionRevoked {
			t.Errorf("revoked: %s, %v", found.State(), err)
		}
		h.refused(supervise(RoleStreet, WantedSupervision{Kind: lifecycle.CourtRevoked, Court: "样例法院", CaseNumber: "一号", JudgedOn: "2026-05-01", Body: "撤销。"}), "illegal_step")
	})
}

func TestWhatACommitteeDecidedIsPublishedInTime(t *testing.T) {
	inHall(t, func(h *hall) {
		h.livesIn("北京市/东城区")
		h.must(h.EnterCommittee(h.ctx(), h.by(RoleStreet), h.community.ID, h.before()))
		term := h.register()[0]
		sitting := h.call("调整保洁班次")
		due := calendar.Deadline(sitting.HeldAt, 3)
		h.now = due + day
		if list := h.district(due).Missed; len(list) != 0 {
			t.Errorf("on its last day: %+v", list)
		}
		late := h.district(due + 1).Missed
		if len(late) != 1 || late[0].Kind != SittingLate || late[0].DueAt != due || late[0].Days != 3 || late[0].Subject != sitting.ID || late[0].Title != "1" {
			t.Fatalf("late: %+v", late)
		}
		waits := func(role Role) Overview {
			list, err := h.Waiting(h.ctx(), h.staff[role])
			if role == RoleConvener {
				list, _, err = h.Overviews(h.ctx(), h.staff[role], Page{N: 10})
			}
			h.must(err)
			return list[0]
		}
		if waits(RoleConvener).Unrecorded != 1 {
			t.Error("it stands on no work list")
		}
		there := members(term, "赵一", "钱二", "孙三")
		h.must(h.RecordSitting(h.ctx(), h.by(RoleConvener), h.community.ID, sitting.ID, SittingRecord{Present: there, Signed: there, Minutes: signedMinutes(),
			Decisions: []Decision{{Position: 1, Body: "每周二、周五清洗地面。", InFavour: 3}}}))
		if waits(RoleConvener).Unrecorded != 0 || len(h.district(0).Missed) != 0 || len(h.district(h.now-1).Missed) != 1 {
			t.Error("recorded, it is missed from that moment on no more")
		}
		h.must(h.SuperviseDecision(h.ctx(), h.by(RoleStreet), h.community.ID, h.sitting().Decisions[0].ID, h.order()))
		if waits(RoleConvener).Corrections != 1 || waits(RoleConvener).Reports != 0 {
			t.Errorf("an order stands on no work list: %+v", waits(RoleConvener))
		}
		h.must(h.SuperviseDecision(h.ctx(), h.by(RoleConvener), h.community.ID, h.sitting().Decisions[0].ID, WantedSupervision{Kind: lifecycle.CorrectionReported, Body: "已改正。"}))
		if waits(RoleStreet).Corrections != 0 || waits(RoleStreet).Reports != 1 {
			t.Errorf("a report stands on no work list: %+v", waits(RoleStreet))
		}
	})
}

// decidesInCommittee has the committee that the street entered decide, and the street order a correction.
func (h *hall) decidesInCommittee() {
	h.t.Helper()
	sitting, there := h.call("调整保洁班次"), members(h.register()[0], "赵一", "钱二", "孙三")
	h.now = sitting.HeldAt
	h.must(h.RecordSitting(h.ctx(), h.by(RoleConvener), h.community.ID, sitting.ID, SittingRecord{Present: there, Signed: there, Minutes: signedMinutes(),
		Decisions: []Decision{{Position: 1, Body: "每周二、周五清洗地面。", InFavour: 3}}}))
	h.must(h.SuperviseDecision(h.ctx(), h.by(RoleStreet), h.community.ID, h.sitting().Decisions[0].ID, h.order()))
}
