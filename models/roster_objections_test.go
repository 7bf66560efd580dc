package models

import (
	"bytes"
	"strings"
	"testing"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// atRoster proves who they are for the owner of a home with that phone.
func (h *hall) atRoster(list Roster, building, room, phone string) RosterSession {
	h.t.Helper()
	sent, err := h.RequestRosterCode(h.ctx(), list.ID, HomeQuery{Building: building, Stair: "1单元", Room: room, Phone: phone}, elsewhere)
	h.must(err)
	token, err := h.RedeemRosterCode(h.ctx(), sent.Request, h.sentCode(sent.Request), elsewhere)
	h.must(err)
	session, err := h.RosterOwner(token)
	h.must(err)
	return session
}

// desk is an objection as somebody tells it at the desk about 1号楼 102.
func desk(kind RosterObjectionKind) RosterObjectionText {
	return RosterObjectionText{Kind: kind, Text: "登记簿上不是这样。", Wanted: "见产权证",
		Place: HomeQuery{Building: "1号楼", Stair: "1单元", Room: "102", Phone: "0990-1234567"}}
}

func TestAnOwnerSeesAndContestsTheirOwnHomeAlone(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.displayed()
		session := h.atRoster(list, "1号楼", "201", "19900000004") // the second of a couple
		home, err := h.OwnHome(h.ctx(), session)
		h.must(err)
		if len(home.Lines) != 1 || home.Lines[0].Room != "201" || home.Name != "样例4" || home.Phone != "19900000004" || !home.MayObject {
			t.Errorf("the own home is %+v", home)
		}
		if strings.Contains(home.IDNumber, "1970") || len(home.Others) != 1 || home.Others[0].Name != "样**" || home.Others[0].Phone != "199****0003" {
			t.Errorf("too much is shown: %+v", home)
		}
		said := RosterObjectionText{Kind: "area", Text: "产权证上是 101 平方米。", Wanted: "101", UnitID: home.Lines[0].UnitID,
			Files: []SentFile{{"产权证.pdf", []byte("%PDF-1.4\n%deed\n")}}}
		objection, err := h.ObjectToRoster(h.ctx(), session, said)
		h.must(err)
		if objection.Number != 1 || objection.State != lifecycle.ObjectionOpen || objection.Place != "1号楼/1单元/201" || objection.Source != FromOwner ||
			objection.DueAt != calendar.EndOfDay(h.now, 5) || len(objection.Files) != 1 || objection.Text != said.Text {
			t.Errorf("the objection is %+v", objection)
		}
		_, err = h.ObjectToRoster(h.ctx(), session, said)
		h.refused(err, "objection_exists") // a double click
		other := said
		other.UnitID = h.unitAt(list, "1号楼/1单元/102").UnitID
		_, err = h.ObjectToRoster(h.ctx(), session, other)
		h.refused(err, "unit_unknown")
		spouse, err := h.OwnHome(h.ctx(), h.atRoster(list, "1号楼", "201", "19900000003"))
		h.must(err)
		if len(spouse.Objections) != 1 || spouse.Objections[0].Own || spouse.Objections[0].Text != "" || len(spouse.Objections[0].Files) != 0 {
			t.Errorf("the co-owner reads %+v", spouse.Objections)
		}
		h.refused(h.WithdrawRosterObjection(h.ctx(), h.atRoster(list, "1号楼", "202", "19900000005"), objection.ID), "not_found")
		h.must(h.WithdrawRosterObjection(h.ctx(), session, objection.ID))
		h.refused(h.WithdrawRosterObjection(h.ctx(), session, objection.ID), "illegal_step")
		h.refused(h.AnswerRosterObjection(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, objection.ID, Dismissed, "晚了。", Correction{}), "illegal_step")
		_, err = h.ObjectToRoster(h.ctx(), session, said) // withdrawn is not answered: it may be said again
		h.must(err)
	})
}

func TestACodeForTheRosterCastsNoBallot(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.displayed()
		query := HomeQuery{Building: "1号楼", Stair: "1单元", Room: "102", Phone: "19900000002"}
		sent, err := h.RequestRosterCode(h.ctx(), list.ID, query, elsewhere)
		h.must(err)
		messages, err := h.ClaimMessages(h.ctx(), 10)
		h.must(err)
		if len(messages) != 1 || messages[0].Kind != RosterCode || messages[0].Community != "样例小区" || messages[0].Meeting != "" || messages[0].Phone != "19900000002" {
			t.Fatalf("the message is %+v", messages)
		}
		_, err = h.RedeemCode(h.ctx(), sent.Request, messages[0].Code, elsewhere)
		h.refused(err, "code_wrong")
		token, err := h.RedeemRosterCode(h.ctx(), sent.Request, messages[0].Code, elsewhere)
		h.must(err)
		_, err = h.Resident(token)
		h.refused(err, "session_expired")
		for _, wrong := range []HomeQuery{{Building: "1号楼", Stair: "1单元", Room: "102", Phone: "19900000003"}, {Building: "9号楼", Room: "1", Phone: "19900000002"}} {
			sent, err := h.RequestRosterCode(h.ctx(), list.ID, wrong, elsewhere)
			h.must(err)
			if h.sentCode(sent.Request) != "" {
				t.Errorf("%+v was sent a code", wrong)
			}
			_, err = h.RedeemRosterCode(h.ctx(), sent.Request, "000000", elsewhere)
			h.refused(err, "code_wrong")
		}
		draft, err := h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "a.xlsx", Roster: smallRoster()})
		h.must(err)
		_, err = h.RequestRosterCode(h.ctx(), draft.ID, query, elsewhere)
		h.refused(err, "not_found")
		h.must(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, draft.ID, shownUntil(h.now)))
		h.wait(1)
		h.must(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, draft.ID))
		_, err = h.RequestRosterCode(h.ctx(), list.ID, query, elsewhere) // superseded
		h.refused(err, "illegal_step")
		home, err := h.OwnHome(h.ctx(), h.atRoster(draft, "1号楼", "102", "19900000002")) // frozen: to look up, not to contest
		h.must(err)
		if home.MayObject {
			t.Error("a frozen roster takes objections")
		}
	})
}

func TestNoRosterIsFrozenOverAnOpenObjection(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.displayed()
		objection, err := h.RecordRosterObjection(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID, desk("area"))
		h.must(err)
		h.wait(8 * day)
		h.refused(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID), "roster_objections_open")
		_, err = h.RecordRosterObjection(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID, desk("usage"))
		h.refused(err, "objection_late")
		answer := func(by Role, verdict Verdict, text string, wanted Correction) error {
			return h.AnswerRosterObjection(h.ctx(), h.by(by), h.community.ID, list.ID, objection.ID, verdict, text, wanted)
		}
		h.refused(answer(RoleStreet, Dismissed, "街道不能替召集人答复。", Correction{}), "illegal_step")
		h.refused(answer(RoleConvener, Dismissed, " ", Correction{}), "required")
		h.refused(answer(RoleConvener, "perhaps", "再说。", Correction{}), "bad_value")
		h.refused(answer(RoleConvener, Upheld, "属实。", Correction{}), "correction_missing")
		h.must(answer(RoleConvener, Upheld, "与登记簿不符，已更正。", Correction{Area: 911_100}))
		h.refused(answer(RoleConvener, Upheld, "再改一次。", Correction{Area: 922_200}), "illegal_step")
		h.must(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID))
		public, err := h.PublicRoster(h.ctx(), list.ID)
		h.must(err)
		if public.Weight.Area != 6_811_100 || public.Objections.Upheld != 1 || public.Objections.Open != 0 || len(public.Changes) != 1 ||
			public.Changes[0].Place != "1号楼/1单元/102" || public.Changes[0].Before.Area != 900_000 || public.Changes[0].After.Area != 911_100 {
			t.Errorf("the frozen roster says %+v", public)
		}
		var acts []string
		trail, err := h.Audit(h.ctx(), h.community.ID, list.ID)
		h.must(err)
		for _, entry := range trail {
			acts = append(acts, entry.Act+" "+entry.ActorName)
		}
		if got, want := strings.Join(acts, ", "), "roster_imported convener, roster_published convener, roster_objection_recorded street, "+
			"roster_corrected convener, roster_objection_answered convener, roster_frozen street"; got != want {
			t.Errorf("the audit says %s, want %s", got, want)
		}
	})
}

func TestWhoObjectedIsToldOfTheAnswer(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.displayed()
		mobile := desk("area")
		mobile.Place.Phone = "199 0000 8888"
		landline := desk("usage")
		for i, said := range []RosterObjectionText{mobile, landline} {
			objection, err := h.RecordRosterObjection(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, said)
			h.must(err)
			h.must(h.AnswerRosterObjection(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, objection.ID, Dismissed, "经核对无误。", Correction{}))
			messages, err := h.ClaimMessages(h.ctx(), 10)
			h.must(err)
			if i == 0 && (len(messages) != 1 || messages[0].Kind != ObjectionAnswered || messages[0].Phone != "19900008888" || messages[0].Number != 1) {
				t.Errorf("the message is %+v", messages)
			}
			if i == 1 && len(messages) != 0 {
				t.Errorf("a landline is sent %+v", messages)
			}
			h.must(h.MessagesSent(h.ctx(), messages...))
		}
	})
}

func TestWhatTheDeskTakesDownHasItsBounds(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.displayed()
		record := func(change func(said *RosterObjectionText)) error {
			said := desk("area")
			change(&said)
			_, err := h.RecordRosterObjection(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, said)
			return err
		}
		pdf, many := []byte("%PDF-1.4"), []SentFile{}
		for range maxEvidence + 1 {
			many = append(many, SentFile{"a.pdf", pdf})
		}
		for code, change := range map[string]func(said *RosterObjectionText){
			"bad_value":     func(said *RosterObjectionText) { said.Kind = "colour" },
			"required":      func(said *RosterObjectionText) { said.Text = " " },
			"phone_invalid": func(said *RosterObjectionText) { said.Place.Phone = "12" },
			"unit_unknown":  func(said *RosterObjectionText) { said.Place.Room = "909" },
			"unit_exists":   func(said *RosterObjectionText) { said.Kind = UnitMissing },
			"file_kind": func(said *RosterObjectionText) {
				said.Files = []SentFile{{"a.html", []byte("<script>alert(1)</script>")}}
			},
			"file_too_big": func(said *RosterObjectionText) {
				said.Files = []SentFile{{"a.pdf", append(pdf, make([]byte, maxEvidenceSize)...)}}
			},
			"too_many_files": func(said *RosterObjectionText) { said.Files = many },
		} {
			h.refused(record(change), code)
		}
		if err := record(func(said *RosterObjectionText) {
			said.Files = []SentFile{{"a.pdf", append([]byte("%PDF-1.4"), make([]byte, maxEvidenceSize-8)...)}}
		}); err != nil {
			t.Errorf("a file of exactly the most bytes: %v", err)
		}
		_, err := h.RecordRosterObjection(h.ctx(), h.by(RoleConvener), newID(), list.ID, desk("usage"))
		h.refused(err, "not_found")
		_, err = h.RecordRosterObjection(h.ctx(), h.by(RoleConvener), h.community.ID, newID(), desk("usage"))
		h.refused(err, "not_found")
	})
}

func TestWhatAnObjectorWritesAndProvesStandsEncrypted(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.displayed()
		said := desk("owner")
		said.Text, said.Wanted, said.Files = "房主是样例甲", "样例甲 990000197001019999", []SentFile{{"证.pdf", []byte("%PDF-1.4 990000197001019999")}}
		objection, err := h.RecordRosterObjection(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, said)
		h.must(err)
		h.must(h.AnswerRosterObjection(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, objection.ID, Upheld, "属实。",
			Correction{Owners: &NewOwners{Add: []roster.Owner{{Name: "样例甲", IDKind: roster.ResidentID, IDNumber: "990000197001019999"}}}}))
		var row rosterObjectionRow
		h.must(h.db.Where("id = ?", objection.ID).Take(&row).Error)
		var file evidenceRow
		h.must(h.db.Where("subject_id = ?", objection.ID).Take(&file).Error)
		var change changeRow
		h.must(h.db.Where("roster_id = ?", list.ID).Take(&change).Error)
		for name, stored := range map[string][]byte{"contact": row.Contact, "content": row.Content, "evidence": file.Content, "owners": change.Owners,
			"what everybody sees": []byte(change.Before + change.After + change.Place + change.Parts)} {
			for _, personal := range []string{"样例", "99000019700101", "1234567"} {
				if len(stored) == 0 || bytes.Contains(stored, []byte(personal)) {
					t.Errorf("%s is stored as %q", name, stored)
				}
			}
		}
		kept, err := h.keys.DecryptField(change.ownersAt(), change.Owners)
		h.must(err)
		if !bytes.Contains(kept, []byte("样例2")) || !bytes.Contains(kept, []byte("样例甲")) {
			t.Errorf("who held it before and after: %s", kept)
		}
		read, err := h.Evidence(h.ctx(), h.by(RoleStreet), h.community.ID, objection.ID, objection.Files[0].ID)
		h.must(err)
		if string(read.Content) != "%PDF-1.4 990000197001019999" || read.MediaType != "application/pdf" {
			t.Errorf("the file is %+v", read)
		}
		trail, err := h.Audit(h.ctx(), h.community.ID, objection.ID)
		h.must(err)
		if len(trail) != 1 || trail[0].Act != "evidence_read" || trail[0].ActorName != "street" {
			t.Errorf("reading it left %+v", trail)
		}
		_, err = h.Evidence(h.ctx(), h.by(RoleStreet), newID(), objection.ID, objection.Files[0].ID)
		h.refused(err, "not_found")
	})
}

func TestASessionEndsWithTheVoterThatACorrectionTookAway(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.displayed()
		session := h.atRoster(list, "1号楼", "102", "19900000002")
		h.corrected(list, Correction{UnitID: h.unitAt(list, "1号楼/1单元/102").UnitID, Owners: &NewOwners{Developer: true}})
		_, err := h.OwnHome(h.ctx(), session)
		h.refused(err, "session_expired")
		_, err = h.ObjectToRoster(h.ctx(), session, RosterObjectionText{Kind: "area", Text: "还是我的。", UnitID: newID()})
		h.refused(err, "session_expired")
	})
}
