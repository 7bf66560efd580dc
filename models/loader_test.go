package models

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"gongjue/voting"
	"gongjue/voting/roster"
)

// longRoster has more voters than are written at once; the first home of the last building belongs to the owner of the
// first of all, and one owner has neither number nor phone.
func longRoster(n int) []roster.Unit {
	units := make([]roster.Unit, n)
	for i := range units {
		owner := roster.Owner{Name: fmt.Sprintf("样例%d", i), IDKind: roster.OtherDocument, IDNumber: fmt.Sprintf("TEST%07d", i), Phone: fmt.Sprintf("1990000%04d", i%10_000)}
		switch i {
		case 7:
			owner = roster.Owner{Name: "样例无证件"}
		case n - 1:
			owner = units[0].Owners[0]
		}
		units[i] = roster.Unit{Building: fmt.Sprintf("%d号楼", i/100+1), Stair: "1单元", Room: fmt.Sprintf("%d%02d", i%100/2+1, i%2+1), Usage: roster.UsageDwelling,
			Area: voting.Area(800_000 + i), AreaSource: roster.Survey, Delivered: true, CountsArea: true, CountsHeads: true, Owners: []roster.Owner{owner}}
	}
	return units
}

func TestALongRosterIsStoredAsItWasCounted(t *testing.T) {
	inHall(t, func(h *hall) {
		t, convener := h.t, h.by(RoleConvener)
		units := longRoster(4_321)
		file := RosterFile{Name: "长.xlsx", SHA256: "00", Roster: roster.Roster{Units: units}}
		stored, err := h.ImportRoster(h.ctx(), convener, h.community.ID, file)
		h.must(err)
		want := voting.Weight{Heads: 4_320, Area: 4_321*800_000 + 4_321*4_320/2}
		if stored.Weight != want || stored.Units != 4_321 {
			t.Errorf("%d units, %+v; want %+v", stored.Units, stored.Weight, want)
		}
		h.must(h.PublishRoster(h.ctx(), convener, h.community.ID, stored.ID, Display{Until: h.now, AnswerDays: 1, Contact: "样例"}))
		h.wait(1)
		h.must(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, stored.ID))
		number, back, err := h.CurrentUnits(h.ctx(), h.community.ID)
		h.must(err)
		if number != 1 || len(back) != len(units) {
			t.Fatalf("version %d with %d units", number, len(back))
		}
		for i, unit := range back {
			want := units[i]
			if unit.Place() != want.Place() || unit.Area != want.Area || unit.AreaSource != want.AreaSource || unit.Owners[0] != want.Owners[0] {
				t.Fatalf("unit %d is %+v, not %+v", i, unit, want)
			}
		}
	})
}

func TestOfALongRosterThatFailsNothingIsStored(t *testing.T) {
	inHall(t, func(h *hall) {
		t, convener := h.t, h.by(RoleConvener)
		units := longRoster(4_321)
		units[4_320].Room, units[4_320].Building = units[4_319].Room, units[4_319].Building // the database refuses the last home
		file := RosterFile{Name: "长.xlsx", SHA256: "00", Roster: roster.Roster{Units: units}}
		if _, err := h.ImportRoster(h.ctx(), convener, h.community.ID, file); err == nil {
			t.Fatal("one home stands there twice")
		}
		gone, cancel := context.WithCancel(h.ctx())
		cancel()
		units[4_320].Room = "9901"
		if _, err := h.ImportRoster(gone, convener, h.community.ID, file); !errors.Is(err, context.Canceled) {
			t.Errorf("who has gone gets %v", err)
		}
		list, err := h.Rosters(h.ctx(), h.community.ID)
		h.must(err)
		if len(list) != 0 {
			t.Errorf("%d rosters were stored", len(list))
		}
		// The connection serves the next one.
		stored, err := h.ImportRoster(h.ctx(), convener, h.community.ID, file)
		h.must(err)
		if stored.Version != 1 {
			t.Errorf("version %d", stored.Version)
		}
	})
}
