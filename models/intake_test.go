package models

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"gongjue/voting/roster"
)

const intakeFile = "房号,面积,业主,联系电话\n101,89.5,样例,19900000001\n"

func (h *hall) onDesk() Intake {
	h.t.Helper()
	intake, err := h.OpenIntake(h.ctx(), h.by(RoleConvener), h.community.ID, NewIntake{Name: "名册.csv", SHA256: "00", Bytes: []byte(intakeFile)})
	h.must(err)
	return intake
}

func TestAFileOnTheDeskIsClosedAndKeptApartFromRosters(t *testing.T) {
	inHall(t, func(h *hall) {
		intake := h.onDesk()
		_, file, err := h.Intake(h.ctx(), h.community.ID, intake.ID)
		h.must(err)
		if string(file) != intakeFile {
			t.Errorf("the file came back as %q", file)
		}
		var row intakeRow
		h.must(h.db.Take(&row).Error)
		if bytes.Contains(row.File, []byte("19900000001")) || bytes.Contains(row.File, []byte("样例")) {
			t.Error("the file stands in clear")
		}
		if _, _, err := h.Intake(h.ctx(), "another", intake.ID); !errors.Is(err, &Refusal{Code: "intake_gone"}) {
			t.Errorf("from another community: %v", err)
		}
		list, err := h.Rosters(h.ctx(), h.community.ID)
		h.must(err)
		if slices.ContainsFunc(list, func(r Roster) bool { return r.SourceName == "名册.csv" }) {
			t.Error("a file on the desk is a roster")
		}
	})
}

func TestAChangeRaisesTheRevisionAndARefusedOneLeavesNothing(t *testing.T) {
	inHall(t, func(h *hall) {
		intake := h.onDesk()
		told := roster.Correction{Sheet: "名册", Row: 2, Field: roster.FieldArea, Value: "90", By: "样例", Why: "测绘"}
		add := func(work *IntakeWork) error {
			work.Corrections = append(work.Corrections, told)
			return nil
		}
		changed, err := h.ChangeIntake(h.ctx(), h.by(RoleConvener), h.community.ID, intake.ID, IntakeCorrection, add)
		h.must(err)
		if changed.Revision != 2 || len(changed.Work.Corrections) != 1 {
			t.Errorf("revision %d, %d corrections", changed.Revision, len(changed.Work.Corrections))
		}
		no := errors.New("no")
		if _, err := h.ChangeIntake(h.ctx(), h.by(RoleConvener), h.community.ID, intake.ID, IntakeCorrection, func(work *IntakeWork) error {
			work.Corrections = nil
			return no
		}); !errors.Is(err, no) {
			t.Errorf("refused with %v", err)
		}
		again, _, err := h.Intake(h.ctx(), h.community.ID, intake.ID)
		h.must(err)
		if again.Revision != 2 || again.Work.Corrections[0] != told {
			t.Errorf("after a refused change: %+v", again)
		}
	})
}

func TestAForgottenFileIsThrownAway(t *testing.T) {
	inHall(t, func(h *hall) {
		intake := h.onDesk()
		h.wait(IntakeDays * day)
		if _, _, err := h.Intake(h.ctx(), h.community.ID, intake.ID); err != nil {
			t.Errorf("on its last day: %v", err)
		}
		h.wait(1)
		if _, _, err := h.Intake(h.ctx(), h.community.ID, intake.ID); !errors.Is(err, &Refusal{Code: "intake_gone"}) {
			t.Errorf("a millisecond later: %v", err)
		}
	})
}

func TestAnExportOfTheRegisterLiesBesideTheFileAndGoesWithIt(t *testing.T) {
	inHall(t, func(h *hall) {
		by, id := h.by(RoleConvener), h.community.ID
		intake, err := h.OpenIntake(h.ctx(), by, id, NewIntake{Name: "名册.csv", SHA256: "00", Bytes: []byte("名册")})
		h.must(err)
		none, err := h.Register(h.ctx(), id, intake.ID)
		h.must(err)
		if none.Bytes != nil {
			h.t.Errorf("before: %+v", none)
		}
		h.refused(h.PutRegister(h.ctx(), by, id, "another", RegisterExport{Name: "登记簿.csv"}), "intake_gone")
		for _, text := range []string{"一", "二"} {
			h.must(h.PutRegister(h.ctx(), by, id, intake.ID, RegisterExport{Name: text + ".csv", SHA256: "00", Bytes: []byte(text)}))
		}
		export, err := h.Register(h.ctx(), id, intake.ID)
		h.must(err)
		if string(export.Bytes) != "二" || export.Name != "二.csv" || export.CreatedAt != h.now {
			h.t.Errorf("the later one is %+v", export)
		}
		nothing := func(*IntakeWork) error { return nil }
		_, err = h.ChangeIntakeSeen(h.ctx(), by, id, intake.ID, 2, IntakeTakeOver, nothing)
		h.refused(err, "intake_changed")
		changed, err := h.ChangeIntakeSeen(h.ctx(), by, id, intake.ID, 3, IntakeTakeOver, nothing)
		h.must(err)
		if changed.Revision != 4 {
			h.t.Errorf("revision %d", changed.Revision)
		}
		h.must(h.DiscardIntake(h.ctx(), by, id, intake.ID))
		gone, err := h.Register(h.ctx(), id, intake.ID)
		h.must(err)
		if gone.Bytes != nil {
			h.t.Error("the export is left without its file")
		}
	})
}
