package models

import (
	"errors"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

func TestARosterIsStoredWholeAndFrozenOnce(t *testing.T) {
	inHall(t, func(h *hall) {
		_, err := h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "empty.xlsx"})
		h.refused(err, "roster_empty")
		unfollowed := smallRoster()
		unfollowed.Refused = []roster.Refusal{{Code: roster.CellChanged}}
		_, err = h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "roster.xlsx", Roster: unfollowed})
		h.refused(err, "roster_not_followed")
		// The parking space counts with its area and gives a head where that was announced.
		list, err := h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "roster.xlsx", Roster: smallRoster(),
			Parking: roster.Policy{ParkingCountsArea: true, ParkingCountsHeads: true}})
		h.must(err)
		if want := (voting.Weight{Heads: 7, Area: 6_920_000}); list.Weight != want || list.Units != 9 || list.Version != 1 {
			t.Errorf("imported %+v with %d units, want %+v", list.Weight, list.Units, want)
		}
		h.refused(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID), "illegal_step")
		h.must(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, shownUntil(h.now+15*day)))
		h.refused(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID), "roster_display_open")
		h.wait(16 * day)
		h.refused(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, shownUntil(h.now+15*day)), "illegal_step")
		h.refused(h.FreezeRoster(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID), "illegal_step")
		h.must(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID))
		again, err := h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "roster.xlsx", Roster: smallRoster()})
		h.must(err)
		if again.Version != 2 || again.State != lifecycle.RosterDraft {
			t.Errorf("the second import is %+v", again)
		}
		h.refused(h.FreezeRoster(h.ctx(), h.by(RoleStreet), newID(), list.ID), "not_found")
		h.must(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, again.ID, shownUntil(h.now)))
		h.wait(1)
		h.must(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, again.ID))
		first, err := h.Roster(h.ctx(), h.community.ID, list.ID)
		h.must(err)
		if first.State != lifecycle.RosterSuperseded {
			t.Errorf("after a newer version was frozen the first is %s", first.State)
		}
	})
}

func TestNumbersAndPhonesAreStoredEncrypted(t *testing.T) {
	inHall(t, func(h *hall) {
		h.frozenRoster()
		var owners []ownerRow
		h.must(h.db.Find(&owners).Error)
		if len(owners) != 7 {
			t.Fatalf("got %d owners, want 7", len(owners))
		}
		for _, owner := range owners {
			if strings.Contains(string(owner.Phone), "1990000") || strings.Contains(string(owner.IDNumber), "990000") {
				t.Error("a phone or an ID number stands in the clear")
			}
			phone, err := h.phone(owner)
			h.must(err)
			if !strings.HasPrefix(phone, "1990000") {
				t.Errorf("decrypted to %d characters of something else", len(phone))
			}
		}
	})
}

func TestTermsThatCannotBeAnnounced(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.frozenRoster()
		for name, c := range map[string]struct {
			code   string
			change func(*MeetingTerms)
		}{
			"no title":                 {"required", func(m *MeetingTerms) { m.Title = " " }},
			"no contact":               {"required", func(m *MeetingTerms) { m.Contact = "" }},
			"unknown kind of convener": {"bad_value", func(m *MeetingTerms) { m.ConvenerKind = "firm" }},
			"closes before it opens":   {"window_invalid", func(m *MeetingTerms) { m.ClosesAt = m.OpensAt }},
			"void ballots unanswered":  {"parameter_missing", func(m *MeetingTerms) { m.Policies.VoidParticipates = nil }},
			"silence without its rule": {"silence_rule_missing", func(m *MeetingTerms) { m.Policies.Silence = voting.JoinMajority }},
			"a foreign roster":         {"unknown_roster", func(m *MeetingTerms) { m.RosterID = newID() }},
		} {
			terms := h.terms(list)
			c.change(&terms)
			_, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, terms)
			if !errors.Is(err, &Refusal{Code: c.code}) {
				t.Errorf("%s: got %v, want %s", name, err, c.code)
			}
		}
	})
}

func TestANoticeNeedsWhatTheLawNeeds(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.frozenRoster()
		by, community := h.by(RoleConvener), h.community.ID
		meeting, err := h.CreateMeeting(h.ctx(), by, community, h.terms(list))
		h.must(err)
		h.refused(h.IssueNotice(h.ctx(), by, community, meeting.ID), "matter_needed")
		_, err = h.AddMatter(h.ctx(), by, community, meeting.ID, Matter{Title: "一", Body: "二", Rule: voting.Matter{Kind: voting.Motion, Item: 1, Scope: []string{"8号楼"}}})
		h.refused(err, "scope_unknown")
		_, err = h.AddMatter(h.ctx(), by, community, meeting.ID, Matter{Title: "一", Body: "二", Rule: voting.Matter{Kind: voting.Motion, Item: 10}})
		h.refused(err, "bad_value")
		matter, err := h.AddMatter(h.ctx(), by, community, meeting.ID, Matter{Title: "一", Body: "二", Rule: voting.Matter{Kind: voting.Motion, Item: 1}})
		h.must(err)

		opens := func(at int64) {
			terms := h.terms(list)
			terms.OpensAt, terms.ClosesAt = at, at+10*day
			h.must(h.UpdateMeeting(h.ctx(), by, community, meeting.ID, terms))
		}
		opens(h.now - 1)
		h.refused(h.IssueNotice(h.ctx(), by, community, meeting.ID), "window_in_past")
		opens(calendar.StartOfDay(h.now) + 15*day - minute) // the fifteenth day is not over
		h.refused(h.IssueNotice(h.ctx(), by, community, meeting.ID), "notice_too_short")
		h.refused(h.IssueNotice(h.ctx(), h.by(RoleTeller), community, meeting.ID), "illegal_step")
		opens(h.now + 16*day)
		h.must(h.IssueNotice(h.ctx(), by, community, meeting.ID))
		h.refused(h.IssueNotice(h.ctx(), by, community, meeting.ID), "illegal_step")
		h.refused(h.UpdateMeeting(h.ctx(), by, community, meeting.ID, h.terms(list)), "illegal_step")
		h.refused(h.UpdateMatter(h.ctx(), by, community, meeting.ID, matter), "illegal_step")
		h.refused(h.DeleteMatter(h.ctx(), by, community, meeting.ID, matter.ID), "illegal_step")
		_, err = h.AddAttachment(h.ctx(), by, community, meeting.ID, ForNotice, "a.pdf", []byte("%PDF-1.4 x"))
		h.refused(err, "illegal_step")
		h.refused(h.CancelMeeting(h.ctx(), by, community, meeting.ID, ""), "reason_missing")
		h.must(h.CancelMeeting(h.ctx(), by, community, meeting.ID, "名册有误"))
		h.wait(20 * day)
		if got := h.state(meeting); got != lifecycle.MeetingCancelled {
			t.Errorf("a withdrawn meeting is %s", got)
		}
	})
}

func TestADraftIsNobodyElses(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
		h.must(err)
		_, err = h.PublicMeeting(h.ctx(), meeting.ID)
		h.refused(err, "not_found")
		h.must(h.CancelMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, "不开了"))
		_, err = h.PublicMeeting(h.ctx(), meeting.ID)
		h.refused(err, "not_found")
		_, err = h.Meeting(h.ctx(), newID(), meeting.ID)
		h.refused(err, "not_found")
		_, err = h.Sheets(h.ctx(), h.community.ID, meeting.ID)
		h.refused(err, "illegal_step")
	})
}

func TestAttachmentsAreWhatTheySay(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
		h.must(err)
		add := func(name string, content []byte) (Attachment, error) {
			return h.AddAttachment(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, ForNotice, name, content)
		}
		_, err = add("page.pdf", []byte("<html><script>alert(1)</script>"))
		h.refused(err, "file_kind")
		_, err = add("empty.pdf", nil)
		h.refused(err, "required")
		_, err = add("huge.pdf", append([]byte("%PDF-1.4"), make([]byte, maxAttachmentSize)...))
		h.refused(err, "file_too_big")
		file, err := add(`..\..\规约"草案<1>.pdf`, []byte("%PDF-1.4 sample"))
		h.must(err)
		if file.Name != "规约草案1.pdf" || file.MediaType != "application/pdf" {
			t.Errorf("kept as %q, %s", file.Name, file.MediaType)
		}
		found, err := h.Attachment(h.ctx(), h.community.ID, meeting.ID, file.ID)
		h.must(err)
		if string(found.Content) != "%PDF-1.4 sample" {
			t.Error("the content came back altered")
		}
		h.must(h.DeleteAttachment(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, file.ID))
		h.refused(h.DeleteAttachment(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, file.ID), "not_found")
	})
}

func TestAMissedWindowIsOpenedAndClosedInOneGo(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.noticed()
		h.wait(40 * day) // the server was down all the time
		if got := h.state(meeting); got != lifecycle.MeetingClosed {
			t.Errorf("the meeting is %s", got)
		}
	})
}

func TestAnUpheldObjectionBarsTheFinalResult(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		h.wait(10*day + CloseGrace)
		ctx, community := h.ctx(), h.community.ID
		h.must(h.Count(ctx, h.by(RoleConvener), community, meeting.ID))
		h.must(h.DisplayPreliminary(ctx, h.by(RoleConvener), community, meeting.ID))
		objection, err := h.RecordObjection(ctx, h.by(RoleConvener), community, meeting.ID, "procedure", "2号楼业主", "未见通知。")
		h.must(err)
		h.must(h.AnswerObjection(ctx, h.by(RoleConvener), community, meeting.ID, objection.ID, Upheld, "属实。"))
		h.wait(6 * day)
		_, err = h.RecordObjection(ctx, h.by(RoleConvener), community, meeting.ID, "procedure", "2号楼业主", "晚了。")
		h.refused(err, "objection_late")
		h.refused(h.PublishFinal(ctx, h.by(RoleConvener), community, meeting.ID), "objection_upheld")
		h.must(h.AnnulMeeting(ctx, h.by(RoleStreet), community, meeting.ID, "通知未送达"))
		if got := h.state(meeting); got != lifecycle.MeetingVoidRerun {
			t.Errorf("the meeting is %s", got)
		}
	})
}
