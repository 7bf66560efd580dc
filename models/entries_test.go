package models

import (
	"slices"
	"strings"
	"testing"

	"gongjue/voting/ledger"
	"gongjue/voting/sample"
)

// objectedAndSampled has an objection withdrawn, one dismissed, a round given up and one that went to its end; then the
// result is final.
func (h *hall) objectedAndSampled() (Meeting, Objection) {
	h.t.Helper()
	meeting := h.onPreliminary()
	street, community := h.by(RoleStreet), h.community.ID
	couple := h.reader(meeting, "1号楼", "201", "19900000004")
	own, err := h.ObjectToCount(h.ctx(), couple, ObjectionText{Subject: AboutBallots, Text: "我家投的是反对。"})
	h.must(err)
	h.must(h.WithdrawObjection(h.ctx(), couple, own.ID))
	desk, err := h.RecordObjection(h.ctx(), h.by(RoleConvener), community, meeting.ID, AboutProcedure, "1号楼101", "通知没有贴到三号楼。")
	h.must(err)
	h.must(h.AnswerObjection(h.ctx(), h.by(RoleConvener), community, meeting.ID, desk.ID, Dismissed, "当天的照片可以看到。"))
	h.must(h.AnnounceSample(h.ctx(), street, community, meeting.ID, h.sampling()))
	h.must(h.WithdrawSample(h.ctx(), street, community, meeting.ID, "会所停电。"))
	h.drawSample(meeting, h.sampling())
	calls, err := h.SampleCalls(h.ctx(), street, meeting)
	h.must(err)
	for _, call := range calls {
		h.must(h.AnswerSample(h.ctx(), street, community, meeting.ID, call.Leaf, sample.Confirmed))
	}
	h.must(h.EndSample(h.ctx(), street, community, meeting.ID))
	h.wait(6 * day)
	h.must(h.PublishFinal(h.ctx(), h.by(RoleConvener), community, meeting.ID))
	return meeting, desk
}

func TestObjectionsAndSamplesAreInTheLogAndInTheRecord(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, desk := h.objectedAndSampled()
		h.verifies(meeting, 5)
		var kinds []string
		h.must(h.db.Table("ledger_leaf").Where("meeting_id = ? AND kind IN ('objection', 'sample')", meeting.ID).Order("idx").Pluck("kind", &kinds).Error)
		if all := strings.Join(kinds, " "); all != "objection objection objection objection sample sample sample sample sample" {
			t.Errorf("the log has %s", all)
		}
		public, err := h.PublicBundle(h.ctx(), meeting.ID)
		h.must(err)
		standing := h.files(public)["meeting.json"]
		for _, private := range []string{"我家投的是反对", "通知没有贴到", "1号楼", desk.ID, "当天的照片"} {
			if strings.Contains(standing, private) {
				t.Errorf("everybody reads %s", private)
			}
		}
		own, err := h.OwnObjections(h.ctx(), h.reader(meeting, "1号楼", "201", "19900000004"))
		h.must(err)
		if len(own.List) != 1 || len(own.List[0].TextHash) != 64 || !strings.Contains(standing, own.List[0].TextHash) || own.List[0].AnswerHash != "" {
			t.Errorf("the objector cannot find the own text: %+v", own.List)
		}
		for _, text := range []string{"通知没有贴到三号楼。", "当天的照片可以看到。"} {
			if !strings.Contains(standing, ledger.ObjectionText(meeting.ID, desk.ID, text).String()) {
				t.Errorf("whoever knows %s cannot show it", text)
			}
		}
		for _, statement := range []string{
			"UPDATE objection SET verdict = 'upheld' WHERE meeting_id = ? AND number = 2",
			"DELETE FROM objection WHERE meeting_id = ? AND number = 2",
			"UPDATE log_entry SET entry = REPLACE(entry, '会所', '街道') WHERE meeting_id = ?",
			"DELETE FROM log_entry WHERE meeting_id = ? AND entry LIKE '%drawn%'",
		} {
			h.must(h.alter(statement, meeting.ID).Error)
			if failed := h.failures(meeting); !slices.Equal(failed, []int{16}) {
				t.Errorf("%s fails %v", statement, failed)
			}
		}
	})
}

// TestALogThatDidNotPromiseToTellOfObjectionsTellsOfNone: it would begin amid them.
func TestALogThatDidNotPromiseToTellOfObjectionsTellsOfNone(t *testing.T) {
	inHall(t, func(h *hall) {
		h.ready = func(Meeting) { h.must(h.db.Exec("UPDATE meeting SET afterwards_logged = ?", false).Error) }
		meeting, _ := h.objectedAndSampled()
		var told int64
		h.must(h.db.Table("ledger_leaf").Where("meeting_id = ? AND kind IN ('objection', 'sample')", meeting.ID).Count(&told).Error)
		if told != 0 {
			t.Errorf("%d acts are in the log", told)
		}
		h.verifies(meeting, 5)
	})
}
