package models

import (
	"testing"
	"time"

	"gorm.io/gorm"

	"gongjue/migrations"
	"gongjue/voting/roster"
)

// kept imports a file whatever was decided before, as somebody would who answers for it on the desk.
func (h *hall) kept(file RosterFile) Roster {
	h.t.Helper()
	last, err := h.lastWork(h.db, h.community.ID)
	h.must(err)
	rulings, err := h.Rulings(h.ctx(), h.community.ID, last)
	h.must(err)
	_, review := roster.Follow(file.Roster, rulings, nil, h.IssueSecret(h.community.ID))
	var keys []string
	for _, undone := range review.Open {
		keys = append(keys, undone.Key)
	}
	file.Work.Settled = review.Settle(keys, roster.KeepFile, "样例", "测试", h.now)
	list, err := h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, file)
	h.must(err)
	return list
}

func (h *hall) importing(units []roster.Unit, work IntakeWork) error {
	_, err := h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "c.xlsx", Roster: roster.Roster{Units: units}, Work: work})
	return err
}

// TestTheNextFileDoesNotUndoWhatWasDecided: for everything that can be corrected, the file as it was is refused, and the
// file that was put right is not asked about.
func TestTheNextFileDoesNotUndoWhatWasDecided(t *testing.T) {
	for name, c := range corrections {
		t.Run(name, func(t *testing.T) {
			inHall(t, func(h *hall) {
				list := h.displayed()
				h.corrected(list, c.correct(h, list))
				h.refused(h.importing(smallRoster().Units, IntakeWork{}), "rulings_open")
				h.must(h.importing(c.mend(smallRoster().Units), IntakeWork{}))
			})
		})
	}
}

func TestAnAmendmentIsNotUndoneByTheNextFileEither(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.inForce(false)
		place := "1号楼/1单元/102"
		draft := h.kept(RosterFile{Name: "early.xlsx", Roster: smallRoster()})
		h.wait(1)
		h.amended(h.proposed(list, Correction{UnitID: h.unitAt(list, place).UnitID, Area: 910_000}))
		h.refused(h.importing(smallRoster().Units, IntakeWork{}), "rulings_open")
		// A draft that was made before it cannot be put on display over it.
		h.refused(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, draft.ID, shownUntil(h.now+day)), "rulings_since")
		mended := smallRoster().Units
		mended[1].Area = 910_000
		h.must(h.importing(mended, IntakeWork{}))
		newest := h.kept(RosterFile{Name: "sold.xlsx", Roster: smallRoster()}) // somebody answers for the old area
		h.must(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, newest.ID, shownUntil(h.now+day)))
	})
}

// TestADisplayThatWasOvertakenIsNotFrozen: an objection to one version was upheld while another was on display.
func TestADisplayThatWasOvertakenIsNotFrozen(t *testing.T) {
	inHall(t, func(h *hall) {
		old := h.displayed()
		next := h.displayed() // in the same millisecond
		h.corrected(old, Correction{UnitID: h.unitAt(old, "1号楼/1单元/102").UnitID, Area: 910_000})
		h.wait(7*day + 1)
		h.refused(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, next.ID), "rulings_since")
		h.must(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, old.ID))
	})
}

// TestWhatWasMendedComesAlongToTheNextFile: through two imports, and not through the API either.
func TestWhatWasMendedComesAlongToTheNextFile(t *testing.T) {
	inHall(t, func(h *hall) {
		units := smallRoster().Units
		for i := range units {
			units[i].Sheet, units[i].Row = "S", i+2
		}
		mended := append([]roster.Unit{}, units...)
		mended[1].Area = 910_000
		h.must(h.importing(mended, IntakeWork{Corrections: []roster.Correction{{Sheet: "S", Row: 3, Field: roster.FieldArea, Value: "91", By: "样例", Why: "按产权证", At: h.now}}}))
		h.refused(h.importing(units, IntakeWork{}), "rulings_open")
		h.must(h.importing(mended, IntakeWork{}))
		h.refused(h.importing(units, IntakeWork{}), "rulings_open")
		intake := h.onDesk()
		if len(intake.Work.Rulings) != 1 || intake.Work.Rulings[0].Why != "按产权证" {
			t.Errorf("the desk is told %+v", intake.Work.Rulings)
		}
	})
}

// TestADecisionAtTheVeryInstantOfAnImportIsNotUndone: the objection is upheld, but not committed, when the import begins.
func TestADecisionAtTheVeryInstantOfAnImportIsNotUndone(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.displayed()
		objection, err := h.RecordRosterObjection(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID, RosterObjectionText{Kind: "area", Text: "请核对",
			Place: HomeQuery{Building: "1号楼", Stair: "1单元", Room: "102", Phone: "19900000008"}})
		h.must(err)
		imported := make(chan error, 1)
		h.must(h.tx(h.ctx(), func(tx *gorm.DB, now int64) error {
			state, err := h.loadRoster(tx, h.community.ID, list.ID)
			h.must(err)
			row, _, err := answerable(tx, h.by(RoleConvener), state.list, objection.ID)
			h.must(err)
			_, err = h.follow(tx, now, h.by(RoleConvener), state, row, Correction{Area: 910_000})
			h.must(err)
			go func() { imported <- h.importing(smallRoster().Units, IntakeWork{}) }()
			h.untilItWaits(imported)
			return nil
		}))
		h.refused(<-imported, "rulings_open")
	})
}

// untilItWaits returns when another transaction waits for this one, or has ended without. On SQLite, where transactions
// begin one after the other, nothing is to be seen.
func (h *hall) untilItWaits(ended chan error) {
	if h.dialect != migrations.Postgres {
		return
	}
	for len(ended) == 0 {
		var waiting int64
		h.must(h.db.Raw("SELECT count(*) FROM pg_locks WHERE NOT granted").Scan(&waiting).Error)
		if waiting > 0 {
			return
		}
		time.Sleep(time.Millisecond)
	}
}
