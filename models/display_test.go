package models

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/roster"
)

// displayed imports the small roster and puts it on display for seven days. Parking counts for nothing.
func (h *hall) displayed() Roster {
	h.t.Helper()
	list, err := h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "roster.xlsx", SHA256: "00", Roster: smallRoster()})
	h.must(err)
	h.must(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, shownUntil(h.now+7*day)))
	list, err = h.Roster(h.ctx(), h.community.ID, list.ID)
	h.must(err)
	return list
}

func TestADisplayShowsEveryUnitAndWhichMakeOneHead(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.displayed()
		public, err := h.PublicRoster(h.ctx(), list.ID)
		h.must(err)
		if !public.OpenToAll() || public.Weight != (voting.Weight{Heads: 6, Area: 6_800_000}) || public.Contact != "物业楼一层" || public.AnswerDays != 5 {
			t.Errorf("the display is %+v", public.Roster)
		}
		if want := (RosterPart{Name: "车库", Units: 1, Area: 120_000}); len(public.Buildings) != 3 || public.Buildings[2] != want {
			t.Errorf("the buildings are %+v", public.Buildings)
		}
		if want := (RosterPart{Name: string(roster.Register), Units: 9, Area: 6_920_000, Counted: 6_800_000}); len(public.Sources) != 1 || public.Sources[0] != want {
			t.Errorf("the sources are %+v", public.Sources)
		}
		lines, more, err := h.DisplayLines(h.ctx(), public, LineQuery{})
		h.must(err)
		if more || len(lines) != 9 {
			t.Fatalf("%d lines, more %v", len(lines), more)
		}
		// Person 1 holds 1号楼 101 and 2号楼 101, the developer 2号楼 201 and 202, the parking space has no head.
		if lines[0].Group != lines[4].Group || lines[0].GroupUnits != 2 || lines[0].GroupHeads != 1 {
			t.Errorf("one owner's units are %+v and %+v", lines[0], lines[4])
		}
		if !lines[6].Developer || lines[6].Group != lines[7].Group || lines[6].GroupUnits != 2 || lines[5].Developer {
			t.Errorf("the developer's units are %+v and %+v", lines[6], lines[7])
		}
		if lines[8].GroupHeads != 0 || lines[8].CountsArea || lines[8].Area != 120_000 {
			t.Errorf("the parking space is %+v", lines[8])
		}
		first, more, err := h.DisplayLines(h.ctx(), public, LineQuery{Building: "1号楼", Limit: 3})
		h.must(err)
		if !more || len(first) != 3 {
			t.Fatalf("the first page has %d lines, more %v", len(first), more)
		}
		rest, more, err := h.DisplayLines(h.ctx(), public, LineQuery{Building: "1号楼", Limit: 3, After: first[2].Position})
		h.must(err)
		if more || len(rest) != 1 || rest[0].Room != "202" {
			t.Errorf("the second page is %+v, more %v", rest, more)
		}
	})
}

func TestOnlyWhatWasDisplayedHasAPublicPage(t *testing.T) {
	inHall(t, func(h *hall) {
		draft, err := h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "a.xlsx", Roster: smallRoster()})
		h.must(err)
		_, err = h.PublicRoster(h.ctx(), draft.ID)
		h.refused(err, "not_found")
		_, err = h.PublicRoster(h.ctx(), newID())
		h.refused(err, "not_found")
		first := h.frozenRoster() // supersedes the draft
		_, err = h.PublicRoster(h.ctx(), draft.ID)
		h.refused(err, "not_found")
		second := h.frozenRoster()
		old, err := h.PublicRoster(h.ctx(), first.ID)
		h.must(err)
		if old.OpenToAll() || old.Newer != second.ID {
			t.Errorf("the superseded version leads to %q, open %v", old.Newer, old.OpenToAll())
		}
		frozen, err := h.PublicRoster(h.ctx(), second.ID)
		h.must(err)
		if frozen.OpenToAll() || frozen.Newer != "" || len(frozen.Root) != 64 {
			t.Errorf("the frozen version is %+v", frozen.Roster)
		}
	})
}

func TestADisplayNeedsWhatItTells(t *testing.T) {
	inHall(t, func(h *hall) {
		list, err := h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "a.xlsx", Roster: smallRoster()})
		h.must(err)
		for name, test := range map[string]struct {
			display Display
			code    string
		}{
			"nobody to tell":    {Display{Until: h.now, AnswerDays: 5, Contact: " "}, "required"},
			"never answered":    {Display{Until: h.now, AnswerDays: 0, Contact: "甲"}, "bad_value"},
			"answered too late": {Display{Until: h.now, AnswerDays: 31, Contact: "甲"}, "bad_value"},
			"over before it is": {Display{Until: h.now - 1, AnswerDays: 5, Contact: "甲"}, "bad_value"},
		} {
			t.Run(name, func(*testing.T) {
				h.refused(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, test.display), test.code)
			})
		}
		h.must(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, Display{Until: h.now, AnswerDays: 30, Contact: "甲"}))
		h.wait(1)
		same := Actor{Role: string(RoleStreet), ID: h.by(RoleConvener).ID} // an account of two roles cannot exist; if it did, it would not be enough
		h.refused(h.FreezeRoster(h.ctx(), same, h.community.ID, list.ID), "two_roles_needed")
		h.must(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID))
	})
}
