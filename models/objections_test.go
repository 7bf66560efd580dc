package models

import (
	"fmt"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// onPreliminary counts a vote of five of six and displays it for objections.
func (h *hall) onPreliminary() Meeting {
	h.t.Helper()
	meeting := h.voting()
	for _, sheet := range h.sheets(meeting)[:5] {
		_, err := h.cast(sheet, voting.Yes, "idempotency-key-0001")
		h.must(err)
	}
	h.wait(10*day + CloseGrace)
	h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
	h.must(h.DisplayPreliminary(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
	return h.again(meeting)
}

// reader proves who they are at the roster of a meeting.
func (h *hall) reader(meeting Meeting, building, room, phone string) RecordReader {
	h.t.Helper()
	session := h.atRoster(h.roster(meeting.RosterID), building, room, phone)
	return RecordReader{Meeting: meeting.ID, Voter: session.Voter, Owner: session.Owner}
}

func TestAnOwnerObjectsToACountAndIsAnswered(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.onPreliminary()
		couple := h.reader(meeting, "1号楼", "201", "19900000004")
		said := ObjectionText{Subject: AboutBallots, Text: " 我家投的是反对。 ", Files: []SentFile{{"回执.pdf", []byte("%PDF-1.4\n%receipt\n")}}}
		objection, err := h.ObjectToCount(h.ctx(), couple, said)
		h.must(err)
		if objection.Number != 1 || objection.State != lifecycle.ObjectionOpen || objection.RaisedBy != "1号楼/1单元/201" || objection.Source != FromOwner || !objection.Own ||
			objection.DueAt != calendar.EndOfDay(h.now, 5) || len(objection.Files) != 1 || objection.Body != "我家投的是反对。" || objection.Phone != "199****0004" {
			t.Errorf("the objection is %+v", objection)
		}
		_, err = h.ObjectToCount(h.ctx(), couple, said)
		h.refused(err, "objection_exists") // a second tab
		spouse := h.reader(meeting, "1号楼", "201", "19900000003")
		_, err = h.ObjectToCount(h.ctx(), spouse, said)
		h.refused(err, "objection_exists") // of the same home
		seen, err := h.OwnObjections(h.ctx(), spouse)
		h.must(err)
		if len(seen.List) != 1 || seen.List[0].Own || seen.List[0].Body != "" || seen.List[0].Phone != "" || len(seen.List[0].Files) != 0 || !seen.MayObject || seen.AnswerDays != 5 {
			t.Errorf("the co-owner reads %+v", seen)
		}
		stranger := h.reader(meeting, "1号楼", "202", "19900000005")
		seen, err = h.OwnObjections(h.ctx(), stranger)
		h.must(err)
		if len(seen.List) != 0 {
			t.Errorf("a neighbour reads %+v", seen.List)
		}
		h.refused(h.WithdrawObjection(h.ctx(), stranger, objection.ID), "not_found")
		h.refused(h.WithdrawObjection(h.ctx(), spouse, objection.ID), "not_found")
		h.claimAll()
		h.must(h.AnswerObjection(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, objection.ID, Dismissed, "已开封核对，与记录一致。"))
		messages := h.claimAll()
		if len(messages) != 1 || messages[0].Kind != ObjectionAnswered || messages[0].Phone != "19900000004" || messages[0].Meeting != meeting.Title || messages[0].Number != 1 {
			t.Errorf("the objector is told %+v", messages)
		}
		h.refused(h.WithdrawObjection(h.ctx(), couple, objection.ID), "illegal_step")
		seen, err = h.OwnObjections(h.ctx(), couple)
		h.must(err)
		if len(seen.List) != 1 || !seen.List[0].Own || seen.List[0].Verdict != Dismissed || seen.List[0].Answer != "已开封核对，与记录一致。" {
			t.Errorf("the objector reads %+v", seen.List)
		}
		file, err := h.ObjectionEvidence(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, objection.ID, objection.Files[0].ID)
		h.must(err)
		if string(file.Content) != "%PDF-1.4\n%receipt\n" {
			t.Errorf("the file is %q", file.Content)
		}
		_, err = h.ObjectionEvidence(h.ctx(), h.by(RoleStreet), h.community.ID, "another", objection.ID, objection.Files[0].ID)
		h.refused(err, "not_found")
	})
}

// claimAll takes every message that is due.
func (h *hall) claimAll() []OutboxMessage {
	h.t.Helper()
	messages, err := h.ClaimMessages(h.ctx(), 100)
	h.must(err)
	return messages
}

func TestAnObjectionNamesWhatItIsAboutAndComesInTime(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.onPreliminary()
		by := h.reader(meeting, "1号楼", "102", "19900000002")
		election := meeting.Matters[1]
		for name, c := range map[string]struct {
			said ObjectionText
			code string
		}{
			"another subject":             {ObjectionText{Subject: "weather", Text: "x"}, "bad_value"},
			"no words":                    {ObjectionText{Subject: AboutProcedure, Text: " \n"}, "required"},
			"no matter":                   {ObjectionText{Subject: AboutMatter, Text: "x"}, "required"},
			"a foreign matter":            {ObjectionText{Subject: AboutMatter, MatterID: "none", Text: "x"}, "bad_value"},
			"no candidate":                {ObjectionText{Subject: AboutCandidate, Text: "x"}, "required"},
			"nobody who stands":           {ObjectionText{Subject: AboutCandidate, Candidate: "无此人", Text: "x"}, "bad_value"},
			"a candidate of another vote": {ObjectionText{Subject: AboutCandidate, Candidate: election.Rule.Options[0], MatterID: meeting.Matters[0].ID, Text: "x"}, "bad_value"},
			"a page as proof":             {ObjectionText{Subject: AboutProcedure, Text: "x", Files: []SentFile{{"a.html", []byte("<script>")}}}, "file_kind"},
		} {
			if _, err := h.ObjectToCount(h.ctx(), by, c.said); err == nil || !strings.Contains(err.Error(), c.code) {
				t.Errorf("%s: %v, want %s", name, err, c.code)
			}
		}
		candidate, err := h.ObjectToCount(h.ctx(), by, ObjectionText{Subject: AboutCandidate, Candidate: election.Rule.Options[0], Text: "欠缴费用。"})
		h.must(err)
		if candidate.MatterID != election.ID || candidate.Candidate != election.Rule.Options[0] {
			t.Errorf("the objection names %+v", candidate)
		}
		_, err = h.ObjectToCount(h.ctx(), RecordReader{Meeting: meeting.ID, Voter: "none", Owner: "none"}, ObjectionText{Subject: AboutProcedure, Text: "x"})
		h.refused(err, "not_found")
		for n := range mostObjections - 1 { // taking back does not make room
			objection, err := h.ObjectToCount(h.ctx(), by, ObjectionText{Subject: AboutProcedure, Text: fmt.Sprintf("第 %d 次。", n)})
			h.must(err)
			h.must(h.WithdrawObjection(h.ctx(), by, objection.ID))
		}
		_, err = h.ObjectToCount(h.ctx(), by, ObjectionText{Subject: AboutProcedure, Text: "再一次。"})
		h.refused(err, "objections_full")
		neighbour := h.reader(meeting, "1号楼", "202", "19900000005")
		h.wait(meeting.ObjectionUntil - h.now)
		_, err = h.ObjectToCount(h.ctx(), neighbour, ObjectionText{Subject: AboutProcedure, Text: "最后一刻。"})
		h.must(err)
		h.wait(1)
		_, err = h.ObjectToCount(h.ctx(), neighbour, ObjectionText{Subject: AboutRoster, Text: "晚了。"})
		h.refused(err, "objection_late")
		own, err := h.OwnObjections(h.ctx(), neighbour)
		h.must(err)
		if own.MayObject || len(own.List) != 1 {
			t.Errorf("after the window: %+v", own)
		}
	})
}

func TestTheEffectOfObjectionsIsWeighedAtOnce(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.onPreliminary()
		look := func() (ObjectionEffect, map[string]voting.Robustness) {
			robust, err := h.Robustness(h.ctx(), meeting)
			h.must(err)
			effect, err := h.ObjectionEffectOf(h.ctx(), meeting, robust)
			h.must(err)
			return effect, robust
		}
		if effect, _ := look(); effect.Open != 0 || !effect.Stands() {
			t.Errorf("without an objection: %+v", effect)
		}
		by := h.reader(meeting, "1号楼", "102", "19900000002") // one head with 90 m²
		ballot, err := h.ObjectToCount(h.ctx(), by, ObjectionText{Subject: AboutBallots, Text: "请核对。"})
		h.must(err)
		effect, robust := look()
		own := robust[meeting.Matters[0].ID].Disputed
		if want := (voting.Disputed{Ballots: 1, Weight: voting.Weight{Heads: 1, Area: 900_000}}); own != want || effect.Open != 1 || effect.Unbound {
			t.Errorf("the own ballot weighs %+v, want %+v; %+v", own, want, effect)
		}
		if outside := robust[meeting.Matters[3].ID].Disputed; outside.Ballots != 0 { // building 2 alone
			t.Errorf("a home of building 1 disputes %+v in building 2", outside)
		}
		_, err = h.RecordObjection(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, AboutBallots, "某户", "请核对。")
		h.must(err)
		_, robust = look()
		// the largest of the others: the first voter with two homes
		if both := robust[meeting.Matters[0].ID].Disputed; both.Ballots != 2 || !both.AreaBound || both.Weight.Heads != 2 || both.Weight.Area != 2_600_000 {
			t.Errorf("with one that is not known: %+v", both)
		}
		_, err = h.ObjectToCount(h.ctx(), by, ObjectionText{Subject: AboutMatter, MatterID: meeting.Matters[2].ID, Text: "合计不对。"})
		h.must(err)
		if effect, _ = look(); effect.Unbound || effect.Stands() || !strings.Contains(fmt.Sprint(effect.Unsafe), "3") {
			t.Errorf("a line of the third count: %+v", effect)
		}
		h.must(h.WithdrawObjection(h.ctx(), by, ballot.ID))
		_, err = h.ObjectToCount(h.ctx(), by, ObjectionText{Subject: AboutProcedure, Text: "没有见到通知。"})
		h.must(err)
		h.wait(6 * day)
		if effect, _ = look(); !effect.Unbound || effect.Open != 3 || effect.Overdue != 3 {
			t.Errorf("with one about the procedure, late: %+v", effect)
		}
	})
}
