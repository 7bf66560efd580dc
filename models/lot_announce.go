package models

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/bundle"
)

// LotLead is by how much, in ms, the announcement of a lot comes before the draw at least: whoever wants to watch can.
const LotLead = day

// AnnounceLot says in public when, where and how the number of a lot is drawn: after the display is over, and not
// sooner than LotLead. A convener may announce it anew, with a reason, until its time has come; afterwards only the
// street may, so that a draw that did not please is not put off. The same announcement sent twice is one.
// Refusals: not_found, illegal_step, nothing_tied, required, bad_value (digits), lot_too_early, lot_time_passed,
// lot_waiting, lot_final.
func (s *Store) AnnounceLot(ctx context.Context, by Actor, communityID, meetingID string, announced LotAnnouncement) error {
	for _, text := range []struct {
		field string
		value *string
	}{{"place", &announced.Place}, {"manner", &announced.Manner}, {"reason", &announced.Reason}} {
		*text.value = strings.TrimSpace(*text.value)
		if *text.value == "" && text.field != "reason" {
			return refuseField("required", text.field)
		}
	}
	if announced.Digits < voting.MinLotDigits || announced.Digits > voting.MaxLotDigits {
		return refuseField("bad_value", "digits")
	}
	return s.onLot(ctx, by, communityID, meetingID, []Role{RoleConvener, RoleStreet}, func(tx *gorm.DB, now int64, desk lotDesk) (answer, failure error) {
		row := lotAnnouncementRow{CommunityID: communityID, MeetingID: meetingID, Number: 1, DueAt: announced.DueAt, Place: announced.Place,
			Manner: announced.Manner, Digits: announced.Digits, Reason: announced.Reason, AnnouncedAt: now, AnnouncedBy: by.ID, AnnouncedRole: Role(by.Role)}
		before := desk.book.newest()
		if before != nil {
			row.Number = before.Number + 1
			if before.same(row) {
				return nil, nil
			}
		}
		if err := desk.mayAnnounce(row, now); err != nil {
			return nil, err
		}
		if before == nil {
			row.Reason = ""
		}
		if err := tx.Create(&row).Error; err != nil {
			return nil, fmt.Errorf("announce a lot: %w", err)
		}
		return nil, record(tx, now, by, communityID, "lot_announced", "meeting", meetingID, map[string]int64{"number": row.Number, "due_at": row.DueAt})
	})
}

// same tells whether an announcement is this one, sent a second time by the same person.
func (r lotAnnouncementRow) same(again lotAnnouncementRow) bool {
	return r.DueAt == again.DueAt && r.Place == again.Place && r.Manner == again.Manner && r.Digits == again.Digits && r.AnnouncedBy == again.AnnouncedBy
}

// mayAnnounce refuses an announcement that comes too late, or for a time that comes too soon.
func (d lotDesk) mayAnnounce(row lotAnnouncementRow, now int64) error {
	before, live := d.book.newest(), d.book.live()
	switch {
	case live != nil:
		return liveRefusal(live)
	case before != nil && now >= before.DueAt && row.AnnouncedRole != RoleStreet:
		return refuse("lot_time_passed")
	case row.DueAt < now+LotLead || row.DueAt <= d.meeting.ObjectionUntil:
		return refuseField("lot_too_early", "due")
	case before != nil && row.Reason == "":
		return refuseField("required", "reason")
	}
	return nil
}

// published are the announcements as everybody reads them; the leaf of the lot holds the hash of their text.
func (b *lotBook) published() []bundle.LotAnnouncement {
	list := make([]bundle.LotAnnouncement, len(b.announcements))
	for i, row := range b.announcements {
		list[i] = bundle.LotAnnouncement{AnnouncedAt: row.AnnouncedAt, AnnouncedBy: string(row.AnnouncedRole), Digits: row.Digits,
			DueAt: row.DueAt, Manner: row.Manner, Place: row.Place, Reason: row.Reason}
	}
	return list
}
