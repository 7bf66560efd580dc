package models

import (
	"slices"
	"testing"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

const followedPlace = "1号楼/1单元/102"

func (h *hall) registerBeside(list Roster) Followed {
	h.t.Helper()
	export := RegisterExport{Name: "登记簿.csv", SHA256: "ab12", Bytes: []byte("房号,面积\n")}
	h.must(h.PutVersionRegister(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, export))
	kept, err := h.VersionRegister(h.ctx(), h.community.ID, list.ID)
	h.must(err)
	if string(kept.Bytes) != string(export.Bytes) {
		h.t.Errorf("kept %q", kept.Bytes)
	}
	return Followed{SHA256: export.SHA256, Areas: map[string]voting.Area{followedPlace: 910_000}, By: "样例", Why: "登记中心的查询结果"}
}

func (h *hall) storedUnit(list Roster, place string) roster.Unit {
	h.t.Helper()
	units, err := h.RosterUnits(h.ctx(), h.community.ID, list.ID)
	h.must(err)
	return units[slices.IndexFunc(units, func(u roster.Unit) bool { return u.Place() == place })]
}

func (h *hall) following(list Roster, followed Followed) (Roster, error) {
	return h.FollowRegister(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, followed)
}

// TestAVersionFollowsTheRegisterInADraftOfItsOwn: whether it is a draft, on display, in force or amended, it stays as it is,
// and the draft goes the whole way again.
func TestAVersionFollowsTheRegisterInADraftOfItsOwn(t *testing.T) {
	for name, stored := range map[string]func(h *hall) Roster{
		"a draft": func(h *hall) Roster {
			list, err := h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "roster.xlsx", SHA256: "00", Roster: smallRoster()})
			h.must(err)
			return list
		},
		"on display": (*hall).displayed,
		"in force":   (*hall).frozenRoster,
		"amended": func(h *hall) Roster {
			list := h.inForce(false)
			h.amended(h.proposed(list, Correction{UnitID: h.unitAt(list, "1号楼/1单元/101").UnitID, Area: 880_000}))
			versions, err := h.Rosters(h.ctx(), h.community.ID)
			h.must(err)
			return versions[0]
		},
	} {
		t.Run(name, func(t *testing.T) {
			inHall(t, func(h *hall) {
				list := stored(h)
				before := h.storedUnit(list, followedPlace)
				draft, err := h.following(list, h.registerBeside(list))
				h.must(err)
				if want := list.Weight.Area + 910_000 - before.Area; draft.State != lifecycle.RosterDraft || draft.Weight.Area != want || draft.Weight.Heads != list.Weight.Heads ||
					draft.Version != list.Version+1 || draft.Summary.TotalArea != list.Summary.TotalArea+910_000-before.Area {
					t.Errorf("the draft is %+v", draft)
				}
				if after := h.storedUnit(draft, followedPlace); after.Area != 910_000 || after.AreaSource != roster.Register {
					t.Errorf("the home has %s from %s", after.Area, after.AreaSource)
				}
				same, err := h.Roster(h.ctx(), h.community.ID, list.ID)
				h.must(err)
				if same.State != list.State || same.Root != list.Root || same.Weight != list.Weight || h.storedUnit(list, followedPlace).Area != before.Area {
					t.Errorf("the version became %+v", same)
				}
				h.must(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, draft.ID, shownUntil(h.now)))
				h.wait(1)
				h.refused(h.FreezeRoster(h.ctx(), Actor{Role: string(RoleStreet), ID: h.by(RoleConvener).ID}, h.community.ID, draft.ID), "two_roles_needed")
				h.must(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, draft.ID))
				// The next file does not undo it without a word.
				h.refused(h.importing(smallRoster().Units, IntakeWork{}), "rulings_open")
			})
		})
	}
}

func TestWhatWasNotSeenOfTheRegisterIsNotFollowed(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.frozenRoster()
		followed := h.registerBeside(list)
		other := followed
		other.SHA256 = "cd34"
		_, err := h.following(list, other)
		h.refused(err, "register_changed")
		none := followed
		none.Areas = map[string]voting.Area{"9号楼/901": 910_000, followedPlace: 0}
		_, err = h.following(list, none)
		h.refused(err, "nothing_to_take_over")
		_, err = h.FollowRegister(h.ctx(), h.by(RoleConvener), "another", list.ID, followed)
		h.refused(err, "not_found")
		_, err = h.following(list, followed)
		h.must(err)
		_, err = h.following(list, followed) // a second click
		h.refused(err, "register_changed")
	})
}

func TestAnExportThatNobodyFollowsIsThrownAway(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.frozenRoster()
		h.registerBeside(list)
		h.wait(IntakeDays * day)
		if kept, err := h.VersionRegister(h.ctx(), h.community.ID, list.ID); err != nil || kept.Bytes == nil {
			t.Errorf("gone on the last day: %v", err)
		}
		h.wait(1)
		if kept, err := h.VersionRegister(h.ctx(), h.community.ID, list.ID); err != nil || kept.Bytes != nil {
			t.Errorf("kept for longer: %v", err)
		}
		audit, err := h.Audit(h.ctx(), h.community.ID, list.ID)
		h.must(err)
		if !slices.ContainsFunc(audit, func(e AuditEntry) bool { return e.Act == "roster_register" }) {
			t.Error("nobody knows who laid it there")
		}
	})
}
