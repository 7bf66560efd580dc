package models

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// deed proves an amendment.
var deed = []SentFile{{"判决书.pdf", []byte("%PDF-1.4\n%judgment\n")}}

// inForce imports and freezes the small roster under a parking rule.
func (h *hall) inForce(parking bool) Roster {
	h.t.Helper()
	list := h.kept(RosterFile{Name: "a.xlsx", Roster: smallRoster(), Parking: roster.Policy{ParkingCountsArea: parking, ParkingCountsHeads: parking}})
	h.must(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, shownUntil(h.now)))
	h.wait(1)
	h.must(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID))
	return h.roster(list.ID)
}

func (h *hall) roster(id string) Roster {
	h.t.Helper()
	list, err := h.Roster(h.ctx(), h.community.ID, id)
	h.must(err)
	return list
}

func (h *hall) proposed(list Roster, wanted Correction) Amendment {
	h.t.Helper()
	amendment, err := h.ProposeAmendment(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, wanted, "法院判决，见附件。", deed)
	h.must(err)
	return amendment
}

func (h *hall) approve(role Role, amendment Amendment) error {
	return h.ApproveAmendment(h.ctx(), h.by(role), h.community.ID, amendment.ID, amendment.Digest)
}

// amended has the amendment approved and gives the version that it made.
func (h *hall) amended(amendment Amendment) (Amendment, Roster) {
	h.t.Helper()
	h.must(h.approve(RoleStreet, amendment))
	amendment, err := h.Amendment(h.ctx(), h.community.ID, amendment.ID)
	h.must(err)
	return amendment, h.roster(amendment.NextID)
}

// TestAnAmendedRosterIsTheOneThatWouldHaveBeenImported holds amendments to the importer's own rules of heads, and the
// version that they amend to what it was.
func TestAnAmendedRosterIsTheOneThatWouldHaveBeenImported(t *testing.T) {
	inHall(t, func(h *hall) {
		for name, c := range corrections {
			t.Run(name, func(t *testing.T) {
				for _, parking := range []bool{false, true} {
					list := h.inForce(parking)
					before := h.portrait(list)
					amendment := h.proposed(list, c.correct(h, list))
					if got := h.portrait(list); !maps.Equal(got.heads, before.heads) || got.weight != before.weight {
						t.Error("a proposal changed the roster")
					}
					amendment, next := h.amended(amendment)
					right := h.kept(RosterFile{Name: "b.xlsx",
						Roster: roster.Roster{Units: c.mend(smallRoster().Units)}, Parking: list.Parking})
					got, want, kept := h.portrait(next), h.portrait(right), h.portrait(list)
					if got.units != want.units || got.weight != want.weight || got.summary != want.summary || !maps.Equal(got.heads, want.heads) {
						t.Errorf("amended  %+v\nimported %+v", got, want)
					}
					if kept.weight != before.weight || kept.summary != before.summary || !maps.Equal(kept.heads, before.heads) {
						t.Error("the amendment changed the version that it amends")
					}
					h.slots(next)
					h.amendmentSays(amendment, list, next, c.what)
				}
			})
		}
	})
}

func (h *hall) amendmentSays(a Amendment, list, next Roster, what []string) {
	h.t.Helper()
	root, err := rosterRoot(h.db, h.community.ID, next.ID)
	h.must(err)
	if a.State != lifecycle.AmendmentApproved || a.TotalBefore != list.Weight || a.TotalAfter != next.Weight || !slices.Equal(a.What, what) ||
		a.RootBefore != list.Root || a.RootAfter != root || next.Root != root || root == list.Root {
		h.t.Errorf("the amendment says %+v", a)
	}
	if next.State != lifecycle.RosterFrozen || next.FrozenAt != h.now || next.PublishedAt != list.PublishedAt || h.roster(list.ID).State != lifecycle.RosterSuperseded {
		h.t.Errorf("in force is %+v", next)
	}
}

func TestAnAmendmentIsForMeetingsWithoutANotice(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.frozenRoster()
		meetings := map[string]Meeting{}
		for name, later := range map[string]int64{"draft": 20, "noticed": 20, "voting": 0} {
			terms := h.terms(list)
			terms.OpensAt, terms.ClosesAt = terms.OpensAt+later*day, terms.ClosesAt+later*day
			meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, terms)
			h.must(err)
			_, err = h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID,
				Matter{Title: "修改议事规则", Body: "同意新的议事规则。", Rule: voting.Matter{Kind: voting.Motion, Item: 1}})
			h.must(err)
			meetings[name] = meeting
		}
		h.must(h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meetings["voting"].ID))
		h.must(h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meetings["noticed"].ID))
		h.wait(20 * day)
		if h.state(meetings["voting"]) != lifecycle.MeetingVoting {
			t.Fatal("no vote is open")
		}
		sheet := h.sheets(meetings["voting"])[0]
		_, err := h.cast(sheet, voting.Yes, newID())
		h.must(err)
		amendment, next := h.amended(h.proposed(list, Correction{UnitID: h.unitAt(list, "1号楼/1单元/102").UnitID, Area: 905_001}))
		for name, want := range map[string]string{"draft": next.ID, "noticed": list.ID, "voting": list.ID} {
			meeting, err := h.Meeting(h.ctx(), h.community.ID, meetings[name].ID)
			h.must(err)
			if meeting.RosterID != want {
				t.Errorf("the %s meeting stands on another roster", name)
			}
			notice, err := h.NoticeOf(h.ctx(), meeting.ID)
			if name == "draft" {
				continue
			}
			h.must(err)
			if len(notice.Amended) != 1 || notice.Amended[0].ID != amendment.ID || notice.Roster.Root != list.Root {
				t.Errorf("the notice of the %s meeting tells of %+v", name, notice.Amended)
			}
		}
		h.wait(10 * day)
		h.wait(CloseGrace + 1)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meetings["voting"].ID))
		counted, err := h.Meeting(h.ctx(), h.community.ID, meetings["voting"].ID)
		h.must(err)
		if base, err := h.Bases(h.ctx(), counted); err != nil || base[sheet.Matters[0].ID] != list.Weight {
			t.Errorf("the vote was counted over %v, %v", base, err)
		}
	})
}

func TestAmendmentsFollowOneAnotherInSight(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.inForce(false)
		first := Correction{UnitID: h.unitAt(list, "1号楼/1单元/102").UnitID, Area: 905_001}
		waiting := h.proposed(list, Correction{UnitID: h.unitAt(list, "1号楼/1单元/101").UnitID, Area: 1_000})
		_, second := h.amended(h.proposed(list, first))
		h.refused(h.approve(RoleStreet, waiting), "roster_superseded") // it was proposed of a version that is not in force
		place := "1号楼/1单元/202"
		amendment, third := h.amended(h.proposed(second, Correction{UnitID: h.unitAt(second, place).UnitID, Owners: &NewOwners{Add: []roster.Owner{invented(77, "19900000077")}}}))
		public, err := h.PublicRoster(h.ctx(), third.ID)
		h.must(err)
		if len(public.Amendments) != 2 || public.Amendments[0].ID != amendment.ID || public.Amendments[1].RosterID != list.ID ||
			public.Amendments[1].RootAfter != public.Amendments[0].RootBefore || public.Amendments[0].ProposedBy != string(RoleConvener) ||
			public.Amendments[0].DecidedBy != string(RoleStreet) {
			t.Errorf("the amendments are %+v", public.Amendments)
		}
		old, err := h.PublicRoster(h.ctx(), list.ID)
		h.must(err)
		if len(old.Amendments) != 0 || old.Newer != third.ID {
			t.Errorf("the first version shows %+v", old)
		}
		all, err := h.AmendmentsOf(h.ctx(), h.community.ID, third.ID)
		h.must(err)
		if len(all) != 3 || all[2].ID != waiting.ID || all[2].State != lifecycle.AmendmentProposed {
			t.Errorf("staff see %+v", all)
		}
		before, after, err := h.AmendmentOwners(h.ctx(), h.community.ID, amendment.ID)
		h.must(err)
		if len(before) != 1 || before[0] != (HomePerson{Name: "样**", Phone: "199****0005"}) || len(after) != 1 || after[0].Phone != "199****0077" {
			t.Errorf("the owners are %+v and %+v", before, after)
		}
		var row amendmentRow
		h.must(h.db.Where("id = ?", amendment.ID).Take(&row).Error)
		if strings.Contains(string(row.Owners)+string(row.Correction), "样例") {
			t.Error("names are kept in clear")
		}
	})
}

func TestAnAmendmentTakesTwoAccountsAndSeventyTwoHours(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.inForce(false)
		wanted := Correction{UnitID: h.unitAt(list, "1号楼/1单元/102").UnitID, Area: 905_001}
		amendment := h.proposed(list, wanted)
		h.refused(h.approve(RoleConvener, amendment), "illegal_step")
		h.refused(h.ApproveAmendment(h.ctx(), Actor{Role: string(RoleStreet), ID: h.by(RoleConvener).ID}, h.community.ID, amendment.ID, amendment.Digest), "two_roles_needed")
		h.refused(h.ApproveAmendment(h.ctx(), h.by(RoleStreet), h.community.ID, amendment.ID, ""), "amendment_changed")
		h.refused(h.ApproveAmendment(h.ctx(), h.by(RoleStreet), newID(), amendment.ID, amendment.Digest), "not_found")
		h.refused(h.RefuseAmendment(h.ctx(), h.by(RoleStreet), h.community.ID, amendment.ID, " "), "reason_missing")
		h.refused(h.WithdrawAmendment(h.ctx(), h.by(RoleStreet), h.community.ID, amendment.ID), "illegal_step")
		h.wait(amendmentLife)
		late := h.proposed(list, wanted)
		h.must(h.approve(RoleStreet, amendment)) // the last instant
		h.refused(h.approve(RoleStreet, amendment), "illegal_step")
		h.wait(1 + amendmentLife)
		h.refused(h.approve(RoleStreet, late), "amendment_expired")
		h.must(h.RefuseAmendment(h.ctx(), h.by(RoleStreet), h.community.ID, late.ID, "已经更正过。"))
		h.refused(h.WithdrawAmendment(h.ctx(), h.by(RoleConvener), h.community.ID, late.ID), "illegal_step")
		refused, err := h.Amendment(h.ctx(), h.community.ID, late.ID)
		h.must(err)
		if refused.State != lifecycle.AmendmentRefused || refused.Refusal != "已经更正过。" || refused.NextID != "" || refused.DecidedBy != string(RoleStreet) {
			t.Errorf("refused is %+v", refused)
		}
		if acts := len(h.auditOf("roster_amended")); acts != 1 {
			t.Errorf("%d versions were made", acts)
		}
		if len(h.auditOf("amendment_proposed")) != 2 || len(h.auditOf("amendment_approved")) != 1 || len(h.auditOf("amendment_refused")) != 1 {
			t.Error("the audit does not tell who decided what")
		}
	})
}

func TestAnAmendmentThatCannotBeIsNotProposed(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.inForce(false)
		shown := h.displayed()
		unit := h.unitAt(list, "1号楼/1单元/102").UnitID
		wanted := Correction{UnitID: unit, Area: 905_001}
		for name, c := range map[string]struct {
			roster string
			wanted Correction
			reason string
			files  []SentFile
			code   string
		}{
			"a roster on display":       {shown.ID, Correction{UnitID: h.unitAt(shown, "1号楼/1单元/102").UnitID, Area: 1}, "测绘有误", deed, "roster_not_frozen"},
			"no roster":                 {newID(), wanted, "测绘有误", deed, "not_found"},
			"no reason":                 {list.ID, wanted, " \n", deed, "reason_missing"},
			"a phone in public":         {list.ID, wanted, "电话19900000001", deed, "reason_names_person"},
			"a name in public":          {list.ID, wanted, "样例6的判决", deed, "reason_names_person"},
			"no proof":                  {list.ID, wanted, "测绘有误", nil, "evidence_missing"},
			"a program as proof":        {list.ID, wanted, "测绘有误", []SentFile{{"a.exe", []byte("MZ\x00\x01")}}, "file_kind"},
			"four files":                {list.ID, wanted, "测绘有误", slices.Repeat(deed, 4), "too_many_files"},
			"nothing to change":         {list.ID, Correction{UnitID: unit, Area: 900_000}, "测绘有误", deed, "correction_missing"},
			"a unit of another version": {list.ID, Correction{UnitID: h.unitAt(shown, "1号楼/1单元/102").UnitID, Area: 1}, "测绘有误", deed, "unit_unknown"},
		} {
			t.Run(name, func(*testing.T) {
				_, err := h.ProposeAmendment(h.ctx(), h.by(RoleConvener), h.community.ID, c.roster, c.wanted, c.reason, c.files)
				h.refused(err, c.code)
			})
		}
		all, err := h.AmendmentsOf(h.ctx(), h.community.ID, list.ID)
		h.must(err)
		if len(all) != 0 || len(h.auditOf("amendment_proposed")) != 0 {
			t.Errorf("there are %+v", all)
		}
		withdrawn := h.proposed(list, wanted)
		h.must(h.WithdrawAmendment(h.ctx(), h.by(RoleConvener), h.community.ID, withdrawn.ID))
		h.refused(h.approve(RoleStreet, withdrawn), "illegal_step")
	})
}
