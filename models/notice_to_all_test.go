package models

import (
	"fmt"
	"testing"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// toldAll puts every due notice to all into the outbox and takes what waits there out of it, by kind and phone.
func (h *hall) toldAll() map[MessageKind]map[string]OutboxMessage {
	h.t.Helper()
	told := map[MessageKind]map[string]OutboxMessage{}
	for range 10 {
		h.must(h.TellAll(h.ctx()))
		messages, err := h.ClaimMessages(h.ctx(), 1000)
		h.must(err)
		h.must(h.MessagesSent(h.ctx(), messages...))
		for _, message := range messages {
			if told[message.Kind] == nil {
				told[message.Kind] = map[string]OutboxMessage{}
			}
			if _, twice := told[message.Kind][message.Phone]; twice {
				h.t.Errorf("%s goes to one phone twice", message.Kind)
			}
			told[message.Kind][message.Phone] = message
		}
	}
	return told
}

// onlyTold checks that this kind alone was told, to so many phones, and gives what one of them says.
func (h *hall) onlyTold(kind MessageKind, phones int) (said OutboxMessage) {
	h.t.Helper()
	told := h.toldAll()
	if len(told) != 1 || len(told[kind]) != phones {
		h.t.Errorf("want %d of %s, got %d kinds and %d of it", phones, kind, len(told), len(told[kind]))
	}
	for _, message := range told[kind] {
		said = message
	}
	return said
}

func TestEverybodyIsToldOfEveryStepOnce(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.noticed()
		said := h.onlyTold(NoticePublished, 7)
		if said.Meeting != meeting.Title || said.About.MeetingID != meeting.ID || said.About.OpensAt != meeting.OpensAt || said.About.ClosesAt != meeting.ClosesAt {
			t.Errorf("%+v", said.About)
		}
		h.wait(20*day + 1)
		h.deliver(meeting, arrived(h.sheets(meeting)[5], h.now))
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		if told := h.toldAll(); len(told) != 0 {
			t.Errorf("before anything of the count is public: %d kinds", len(told))
		}
		h.must(h.DisplayPreliminary(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		if said := h.onlyTold(ResultForComment, 7); said.About.ObjectionUntil != h.again(meeting).ObjectionUntil {
			t.Errorf("%+v", said.About)
		}
		h.wait(6 * day)
		h.must(h.PublishFinal(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		h.onlyTold(ResultPublished, 7)
		entry, err := h.supervise(RoleStreet, meeting, h.order(1))
		h.must(err)
		if said := h.onlyTold(Supervised, 7); said.About.EntryID != entry.ID || said.About.Act != lifecycle.CorrectionOrdered || said.About.Authority != "样例街道" {
			t.Errorf("%+v", said.About)
		}
		_, err = h.supervise(RoleConvener, meeting, WantedSupervision{Kind: lifecycle.CorrectionReported, Body: "已补发通知。"})
		h.must(err)
		if told := h.toldAll(); len(told) != 0 {
			t.Errorf("of the convener's report: %d kinds", len(told))
		}
	})
}

func TestEverybodyIsToldThatAVoteIsVoid(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.counted()
		h.toldAll()
		h.must(h.AnnulMeeting(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, "票箱破损"))
		if said := h.onlyTold(MeetingEnded, 7); !said.About.Void {
			t.Errorf("%+v", said.About)
		}
	})
}

func TestNobodyIsInvitedToAMeetingThatWasWithdrawn(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.noticed()
		h.must(h.TellAll(h.ctx())) // all invitations wait in the outbox
		h.must(h.CancelMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, "场地不可用"))
		if said := h.onlyTold(MeetingEnded, 7); said.About.Void {
			t.Errorf("%+v", said.About)
		}
		if dead, err := h.DeadMessages(h.ctx(), 10); err != nil || len(dead) != 0 {
			t.Errorf("the operator may send %d invitations again, %v", len(dead), err)
		}
		draft, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.roster(meeting.RosterID)))
		h.must(err)
		h.must(h.CancelMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, draft.ID, "不开了"))
		if told := h.toldAll(); len(told) != 0 {
			t.Errorf("of a draft: %d kinds", len(told))
		}
	})
}

func TestOfABuildingsMatterItsOwnersAreTold(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
		h.must(err)
		_, err = h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, Matter{Title: "使用2号楼维修资金", Body: "更换2号楼水泵。",
			Rule: voting.Matter{Kind: voting.Motion, Item: 5, Scope: []string{"2号楼"}}})
		h.must(err)
		h.must(h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		told := h.toldAll()[NoticePublished]
		if _, first := told["19900000001"]; !first || told["19900000006"].Phone == "" || len(told) != 2 {
			t.Errorf("%d are told", len(told))
		}
	})
}

func TestALongRosterIsToldInBatchesAndASharedPhoneOnce(t *testing.T) {
	inHall(t, func(h *hall) {
		list := smallRoster()
		for n := range 2*tellBatch + 3 {
			unit := list.Units[0]
			unit.Room = fmt.Sprint(1000 + n)
			unit.Owners = []roster.Owner{{Name: fmt.Sprintf("住户%d", n), IDKind: roster.ResidentID, IDNumber: fmt.Sprintf("99000019700102%04d", n),
				Phone: fmt.Sprintf("1990001%04d", n/2)}} // two of them share a phone
			list.Units = append(list.Units, unit)
		}
		made, err := h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "roster.xlsx", SHA256: "00", Roster: list})
		h.must(err)
		h.must(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, made.ID, shownUntil(h.now)))
		h.wait(1)
		h.must(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, made.ID))
		meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.roster(made.ID)))
		h.must(err)
		_, err = h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, Matter{Title: "修改议事规则", Body: "同意新的议事规则。", Rule: voting.Matter{Kind: voting.Motion, Item: 1}})
		h.must(err)
		h.must(h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		h.onlyTold(NoticePublished, 7+tellBatch+2)
	})
}

func TestOldNewsIsNotTold(t *testing.T) {
	for _, late := range []int64{0, 1} {
		inHall(t, func(h *hall) {
			h.noticed()
			h.now += noticeLife + late
			told := h.toldAll()[NoticePublished]
			if want := map[int64]int{0: 7, 1: 0}[late]; len(told) != want {
				t.Errorf("%d ms after three days %d are told, want %d", late, len(told), want)
			}
			h.now = h.now - late - 1
			if again := h.toldAll(); len(again) != 0 {
				t.Errorf("told again: %d kinds", len(again))
			}
		})
	}
}
