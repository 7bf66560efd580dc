package models

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongjue/voting/lifecycle"
)

// draftRoster imports the small roster and leaves it a draft.
func (h *hall) draftRoster() Roster {
	h.t.Helper()
	list, err := h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "roster.xlsx", SHA256: "00", Roster: smallRoster()})
	h.must(err)
	return list
}

// ownerAt finds the first owner of a home, as the street.
func (h *hall) ownerAt(list Roster, building, room string) OwnerLine {
	h.t.Helper()
	found, err := h.FindOwners(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID, OwnerQuery{Building: building, Stair: "1单元", Room: room})
	h.must(err)
	if len(found) == 0 {
		h.t.Fatalf("nobody lives at %s %s", building, room)
	}
	return found[0]
}

var aRead = OwnerRead{Reason: ReadToMend, Text: "核对登记的手机号", Fields: []OwnerField{FieldPhone}}

func (h *hall) auditOf(act string) []auditRow {
	h.t.Helper()
	var rows []auditRow
	h.must(h.db.Where("act = ?", act).Order("at, id").Find(&rows).Error)
	return rows
}

func TestAReadLeavesARowAndShowsWhatWasAskedFor(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.draftRoster()
		line := h.ownerAt(list, "1号楼", "101")
		if line.Name != "样**" || line.Phone != "199****0001" || line.IDNumber != "990***********0001" || len(line.Units) != 2 {
			t.Errorf("the line shows %+v", line)
		}
		full, err := h.ReadOwner(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, line.OwnerID, aRead)
		h.must(err)
		if full.Name != "样例1" || full.Phone != "19900000001" || full.IDNumber != "" {
			t.Errorf("the record shows %+v", full)
		}
		both := OwnerRead{Reason: ReadByAuthority, Text: "法院调查令", Fields: []OwnerField{FieldIDNumber, FieldPhone}}
		full, err = h.ReadOwner(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID, line.OwnerID, both)
		h.must(err)
		if full.Phone != "19900000001" || full.IDNumber != "990000197001010001" {
			t.Errorf("the record shows %+v", full)
		}
		rows := h.auditOf(actOwnerRead)
		if len(rows) != 2 || rows[0].ActorID != h.staff[RoleConvener].ID || rows[0].SubjectID != line.OwnerID || rows[0].CommunityID != h.community.ID {
			t.Fatalf("the audit holds %+v", rows)
		}
		var detail readDetail
		h.must(json.Unmarshal([]byte(rows[1].Detail), &detail))
		if detail.Reason != both.Reason || detail.Text != both.Text || !slices.Equal(detail.Fields, both.Fields) {
			t.Errorf("the audit says %s", rows[1].Detail)
		}
		for _, row := range append(rows, h.auditOf(actOwnerSearch)...) {
			if strings.Contains(row.Detail, "1990000") || strings.Contains(row.Detail, "990000") || strings.Contains(row.Detail, "样例1") {
				t.Errorf("the audit holds what it guards: %s", row.Detail)
			}
		}
	})
}

func TestOnlyConvenersAtWorkAndTheStreetMayRead(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.draftRoster()
		owner := h.ownerAt(list, "1号楼", "102").OwnerID
		check := func(state lifecycle.RosterState, may ...Role) {
			for _, role := range Roles {
				for name, ask := range map[string]func() error{
					"read": func() error {
						_, err := h.ReadOwner(h.ctx(), h.by(role), h.community.ID, list.ID, owner, aRead)
						return err
					},
					"find": func() error {
						_, err := h.FindOwners(h.ctx(), h.by(role), h.community.ID, list.ID, OwnerQuery{Number: "19900000002"})
						return err
					},
					"look at": func() error {
						_, err := h.OwnerOf(h.ctx(), h.by(role), h.community.ID, list.ID, owner)
						return err
					},
					"list the reads of": func() error {
						_, err := h.ReadsOfOwner(h.ctx(), h.by(role), h.community.ID, list.ID, owner)
						return err
					},
				} {
					var want error
					if !slices.Contains(may, role) {
						want = refuse("reads_closed")
					}
					if err := ask(); !errors.Is(err, want) {
						t.Errorf("%s: %s may %s: %v, want %v", state, role, name, err, want)
					}
				}
			}
		}
		check(lifecycle.RosterDraft, RoleConvener, RoleStreet)
		h.must(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, shownUntil(h.now)))
		check(lifecycle.RosterPublished, RoleConvener, RoleStreet)
		h.wait(1)
		h.must(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID))
		check(lifecycle.RosterFrozen, RoleStreet)
		h.frozenRoster()
		check(lifecycle.RosterSuperseded, RoleStreet)
	})
}

func TestAReadNeedsAReasonThatNamesNobody(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.draftRoster()
		owner := h.ownerAt(list, "1号楼", "201").OwnerID // 样例3
		for name, c := range map[string]struct {
			change func(r *OwnerRead)
			code   string
		}{
			"no reason":             {func(r *OwnerRead) { r.Reason = "" }, "bad_value"},
			"a reason of one's own": {func(r *OwnerRead) { r.Reason = "curious" }, "bad_value"},
			"no words":              {func(r *OwnerRead) { r.Text = " \n" }, "required"},
			"a phone":               {func(r *OwnerRead) { r.Text = "打199 0000 0003核对" }, "reason_names_person"},
			"the owner's name":      {func(r *OwnerRead) { r.Text = "样例3来电" }, "reason_names_person"},
			"nothing asked for":     {func(r *OwnerRead) { r.Fields = nil }, "required"},
			"an unknown field":      {func(r *OwnerRead) { r.Fields = []OwnerField{"salt"} }, "bad_value"},
			"a field twice":         {func(r *OwnerRead) { r.Fields = []OwnerField{FieldPhone, FieldPhone} }, "bad_value"},
		} {
			read := aRead
			c.change(&read)
			_, err := h.ReadOwner(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID, owner, read)
			if !errors.Is(err, &Refusal{Code: c.code}) {
				t.Errorf("%s: %v, want %s", name, err, c.code)
			}
		}
		if rows := h.auditOf(actOwnerRead); len(rows) != 0 {
			t.Errorf("refused reads left %d rows", len(rows))
		}
		_, err := h.ReadOwner(h.ctx(), h.by(RoleStreet), newID(), list.ID, owner, aRead)
		h.refused(err, "not_found")
		_, err = h.ReadOwner(h.ctx(), h.by(RoleStreet), h.community.ID, newID(), owner, aRead)
		h.refused(err, "not_found")
		_, err = h.ReadOwner(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID, newID(), aRead)
		h.refused(err, "not_found")
	})
}

func TestManyReadsLeaveAnAlarmAndTooManyAreRefused(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.draftRoster()
		owner := h.ownerAt(list, "1号楼", "101").OwnerID
		read := func(role Role) error {
			_, err := h.ReadOwner(h.ctx(), h.by(role), h.community.ID, list.ID, owner, aRead)
			return err
		}
		times := func(n int64) {
			for range n {
				h.must(read(RoleStreet))
			}
		}
		alarms := func() string {
			var list []string
			for _, row := range h.auditOf(actReadsAlarm) {
				list = append(list, row.Detail)
			}
			return strings.Join(list, " ")
		}
		times(limitReadsHour.hits/2 - 1)
		if got := alarms(); got != "" {
			t.Errorf("an alarm too early: %s", got)
		}
		times(1)
		if got := alarms(); got != `{"reads":15,"window":"hour"}` {
			t.Errorf("half of what is let through: %s", got)
		}
		times(limitReadsHour.hits / 2)
		h.refused(read(RoleStreet), "reads_limited")
		h.refused(read(RoleStreet), "reads_limited")
		if got := alarms(); got != `{"reads":15,"window":"hour"} {"reads":31,"window":"hour"}` {
			t.Errorf("after a refusal: %s", got)
		}
		h.must(read(RoleConvener)) // another account
		if rows := h.auditOf(actOwnerRead); int64(len(rows)) != limitReadsHour.hits+1 {
			t.Errorf("%d reads were let through", len(rows))
		}
		found, err := h.RecentReadAlarms(h.ctx(), []string{h.community.ID, newID()})
		h.must(err)
		if len(found) != 1 || !found[h.community.ID] {
			t.Errorf("alarms of %v", found)
		}
		h.wait(hour)
		times(18) // 32 of the first hour and these: half of a day's
		if got := alarms(); !strings.HasSuffix(got, `{"reads":50,"window":"day"}`) {
			t.Errorf("half of a day's: %s", got)
		}
		h.wait(alarmLife + 1)
		if found, err = h.RecentReadAlarms(h.ctx(), []string{h.community.ID}); err != nil || len(found) != 0 {
			t.Errorf("alarms of a week ago: %v, %v", found, err)
		}
	})
}

func TestAnOwnerIsFoundByNumberAndByHome(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.draftRoster()
		find := func(query OwnerQuery) string {
			found, err := h.FindOwners(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, query)
			h.must(err)
			var phones []string
			for _, line := range found {
				phones = append(phones, line.Phone+fmt.Sprint(line.Units))
			}
			slices.Sort(phones)
			return strings.Join(phones, " ")
		}
		first := "199****0001[1号楼/1单元/101 2号楼/1单元/101]"
		for _, number := range []string{"19900000001", "199 0000 0001", "990000197001010001", "+86 199-0000-0001"} {
			if got := find(OwnerQuery{Number: number}); got != first {
				t.Errorf("%s leads to %s", number, got)
			}
		}
		for _, number := range []string{"19900000099", "1990000", "0001", "%", "' OR 1=1 --"} {
			if got := find(OwnerQuery{Number: number}); got != "" {
				t.Errorf("%s leads to %s", number, got)
			}
		}
		if got := find(OwnerQuery{Building: "1号楼", Stair: "1单元", Room: "201"}); got != "199****0003[1号楼/1单元/201] 199****0004[1号楼/1单元/201]" {
			t.Errorf("the couple are %s", got)
		}
		if got := find(OwnerQuery{Building: "2号楼", Stair: "1单元", Room: "201"}); got != "" {
			t.Errorf("an unsold unit is %s's", got)
		}
		_, err := h.FindOwners(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, OwnerQuery{Building: "1号楼"})
		h.refused(err, "required")
		if rows := h.auditOf(actOwnerSearch); len(rows) != 11 || rows[0].SubjectID != list.ID || !strings.HasPrefix(rows[0].Detail, `{"by":"number","owners":["`) || rows[4].Detail != `{"by":"number","owners":[]}` {
			t.Errorf("%d searches in the audit: %+v", len(rows), rows[:1])
		}
		for range limitOwnerSearch.hits - 11 {
			find(OwnerQuery{Number: "19900000001"})
		}
		_, err = h.FindOwners(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, OwnerQuery{Number: "19900000001"})
		h.refused(err, "reads_limited")
	})
}

func TestOwnersSeeWhoReadTheirRecordInAnyVersion(t *testing.T) {
	inHall(t, func(h *hall) {
		draft := h.draftRoster()
		_, err := h.ReadOwner(h.ctx(), h.by(RoleConvener), h.community.ID, draft.ID, h.ownerAt(draft, "1号楼", "101").OwnerID, aRead)
		h.must(err)
		_, err = h.ReadOwner(h.ctx(), h.by(RoleConvener), h.community.ID, draft.ID, h.ownerAt(draft, "1号楼", "102").OwnerID, aRead)
		h.must(err)
		meeting := h.voting()
		sheet := h.sheets(meeting)[0]
		session := h.session(sheet)
		h.wait(minute)
		later := OwnerRead{Reason: ReadToReach, Text: "通知领取表决票", Fields: OwnerFields}
		_, err = h.ReadOwner(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.RosterID, session.Owner, later)
		h.must(err)
		record, err := h.OwnRecord(h.ctx(), session)
		h.must(err)
		if record.Phone != "199****0001" || record.IDNumber != "990***********0001" || len(record.Units) != 2 {
			t.Errorf("the own record shows %+v", record.OwnerLine)
		}
		if len(record.Reads) != 2 || record.Reads[0].Role != "street" || record.Reads[0].Reason != ReadToReach || record.Reads[1].Role != "convener" ||
			record.Reads[0].At-record.Reads[1].At <= 20*day || record.Reads[0].ByName != "" || record.Reads[0].Text != "" {
			t.Errorf("the reads are %+v", record.Reads)
		}
		stranger := session
		stranger.Owner = h.ownerAt(draft, "1号楼", "101").OwnerID // of a version that the meeting does not rest on
		_, err = h.OwnRecord(h.ctx(), stranger)
		h.refused(err, "not_found")

		entries, more, err := h.ReadRegister(h.ctx(), h.community.ID, "")
		h.must(err)
		if more || len(entries) != 6 || entries[1].Kind != KindRead || entries[1].ByName != "street" || fmt.Sprint(entries[1].Units) != "[1号楼/1单元/101 2号楼/1单元/101]" || entries[0].Kind != KindSearch {
			t.Errorf("the register is %+v", entries)
		}
		older, _, err := h.ReadRegister(h.ctx(), h.community.ID, entries[1].ID)
		h.must(err)
		if len(older) != 4 || older[0].ID != entries[2].ID {
			t.Errorf("below the second line are %d lines", len(older))
		}
		_, _, err = h.ReadRegister(h.ctx(), newID(), entries[1].ID)
		h.refused(err, "not_found")
	})
}
