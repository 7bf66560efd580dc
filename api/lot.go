package api

import (
	"net/http"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// lotView is a lot as pages and papers show it; nil for none.
func lotView(lot *models.Lot) *web.Lot {
	if lot == nil {
		return nil
	}
	view := &web.Lot{CloseRoot: lot.CloseRoot}
	for i, matter := range lot.Tied {
		var settled *voting.Outcome
		if !lot.Due() {
			settled = &lot.Settled[i].Outcome
		}
		view.Ties = append(view.Ties, web.NewLotTie(int(matter.Position), matter.Title, matter.Rule, matter.Outcome, settled))
	}
	for i, a := range lot.Announcements {
		view.Announcements = append(view.Announcements, web.LotAnnouncement{Due: web.Instant(a.DueAt), Place: a.Place, Manner: a.Manner, Digits: a.Digits,
			At: web.Instant(a.AnnouncedAt), By: web.LotRole(string(a.Role)), Reason: a.Reason, Replaced: i < len(lot.Announcements)-1})
	}
	live := lot.Live()
	if live == nil || lot.Due() {
		view.Waiting = live != nil
		return view
	}
	view.Drawn = &web.LotDrawn{Number: live.Number, At: web.Instant(live.DrawnAt), Witnesses: live.Witnesses, First: web.LotRole(string(live.FirstRole)),
		Second: web.LotRole(string(live.SecondRole)), Leaf: live.LeafIndex + 1}
	for _, entry := range lot.Entries {
		view.Drawn.Differed += entry.Differed
		if entry.State == models.LotWithdrawn {
			view.Drawn.Withdrawn = append(view.Drawn.Withdrawn, entry.Number)
		}
	}
	return view
}

// lotTrouble is what refused the last attempt at the lot: the form, as it was typed.
type lotTrouble struct {
	form     string // announce, record, confirm or withdraw
	announce lotAnnounceRequest
	record   lotRecordRequest
	confirm  lotConfirmRequest
	problems []web.Problem
}

// of gives the problems of a form.
func (t lotTrouble) of(form string) []web.Problem {
	if t.form == form {
		return t.problems
	}
	return nil
}

func lotPage(c *call) error {
	page, err := lotDesk(c, lotTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// lotDesk is the lot for staff, with the forms that the one who asks may send now; nil where the form is not there any
// more that was refused. Refusal: nothing_tied, where no tie waits for a lot.
func lotDesk(c *call, t lotTrouble) (web.Page, error) {
	desk, err := c.store.DeskOf(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return nil, err
	}
	m, lot := desk.Meeting, desk.Lot
	if lot == nil {
		return nil, refuse("nothing_tied")
	}
	page := web.LotPage{Shell: c.shell(m.Title + " " + web.TitleLot), Community: c.community.Name, Meeting: m.Title, MeetingURL: c.meetingURL(m.ID),
		ResultURL: publicResultURL(m), State: string(m.State), Lot: lotView(lot), Next: lotNext(m, lot, c.store.Now())}
	if m.State == lifecycle.MeetingPreliminary && lot.Due() {
		c.addLotForms(&page, desk, t)
	}
	shown := map[string]bool{"": true, "announce": page.Announce != nil, "record": page.Record != nil, "confirm": page.Confirm != nil}
	if !shown[t.form] {
		return nil, nil
	}
	return page, nil
}

// lotNext says what a lot waits for; empty where nothing is left to do.
func lotNext(m models.Meeting, lot *models.Lot, now int64) string {
	switch announced := lot.Announcement(); {
	case m.State == lifecycle.MeetingTallied:
		return web.LotNextDisplay
	case m.State != lifecycle.MeetingPreliminary:
		return ""
	case !lot.Due():
		return web.LotNextPublish
	case lot.Live() != nil:
		return web.LotNextSecond
	case announced == nil:
		return web.LotNextAnnounce
	case now < announced.DueAt:
		return web.LotNextWait
	}
	return web.LotNextRecord
}

// addLotForms puts in what the role may do now; the store decides again.
func (c *call) addLotForms(page *web.LotPage, desk models.Desk, t lotTrouble) {
	m, lot, now, role := desk.Meeting, desk.Lot, c.store.Now(), c.staff.Role
	announced, live := lot.Announcement(), lot.Live()
	if live != nil {
		if c.mayConfirmLot(live.FirstRole) {
			page.Confirm = &web.LotConfirmForm{Form: web.Form{Action: c.meetingURL(m.ID, "lot", "confirm"), Problems: t.of("confirm")},
				Digits: announced.Digits, Number: t.confirm.Number}
		}
		if live.FirstID == c.staff.ID || role == models.RoleStreet {
			page.Withdraw = c.meetingURL(m.ID, "lot", "withdraw")
		}
		return
	}
	if c.recordsLots() && announced != nil && now >= announced.DueAt {
		drawnAt := t.record.DrawnAt
		if drawnAt == "" {
			drawnAt = web.Instant(now).Local()
		}
		page.Record = &web.LotRecordForm{Form: web.Form{Action: c.meetingURL(m.ID, "lot", "draws"), Problems: t.of("record")}, Digits: announced.Digits,
			Number: t.record.Number, DrawnAt: drawnAt, Witnesses: t.record.Witnesses}
	}
	if role == models.RoleStreet || (role == models.RoleConvener && (announced == nil || now < announced.DueAt)) {
		page.Announce = announceForm(c, m, announced != nil, t)
	}
}

// announceForm asks for time and place; the earliest moment is a full minute, as the form has them.
func announceForm(c *call, m models.Meeting, again bool, t lotTrouble) *web.LotAnnounceForm {
	earliest := nextMinute(max(c.store.Now()+models.LotLead, m.ObjectionUntil+1))
	form := &web.LotAnnounceForm{Form: web.Form{Action: c.meetingURL(m.ID, "lot", "announcements"), Problems: t.of("announce")}, Again: again,
		Earliest: earliest, Due: t.announce.Due, Place: t.announce.Place, Manner: t.announce.Manner, Digits: string(t.announce.Digits), Reason: t.announce.Reason}
	if t.form != "announce" {
		form.Place, form.Digits = m.Place, usualLotDigits
	}
	return form
}

// nextMinute is the first full minute that is not before a moment.
func nextMinute(moment int64) web.Instant {
	const minute = 60_000
	return web.Instant((moment + minute - 1) / minute * minute)
}

// usualLotDigits is what the form starts with: six balls drawn one after the other.
const usualLotDigits = "6"

// lotAnnounceRequest says when, where and how the number of a lot is drawn.
type lotAnnounceRequest struct {
	Due    string  `json:"due" form:"due" binding:"required"` // 2006-01-02T15:04 in 北京时间
	Place  string  `json:"place" form:"place" binding:"required,max=200"`
	Manner string  `json:"manner" form:"manner" binding:"required,max=200"`
	Digits numeral `json:"digits" form:"digits" binding:"required"` // 4–20
	Reason string  `json:"reason" form:"reason" binding:"max=200"`  // where an announcement is there already
}

// lotRecordRequest is what was drawn, as the first of two people typed it.
type lotRecordRequest struct {
	Number    string `json:"number" form:"number" binding:"required,max=100"` // exactly the announced digits
	DrawnAt   string `json:"drawn_at" form:"drawn_at" binding:"required"`     // 2006-01-02T15:04 in 北京时间
	Witnesses string `json:"witnesses" form:"witnesses" binding:"required,max=200"`
}

func (in lotRecordRequest) entry() (models.LotEntry, error) {
	var r reader
	entry := models.LotEntry{Number: in.Number, DrawnAt: r.moment("drawn_at", in.DrawnAt), Witnesses: in.Witnesses}
	return entry, r.err()
}

// lotConfirmRequest is the number as the second person typed it.
type lotConfirmRequest struct {
	Number string `json:"number" form:"number" binding:"required,max=100"`
}

// lotDone answers an act on the lot with the lot as it stands.
func lotDone(c *call, flash string) (done, error) {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return done{}, err
	}
	lot, err := c.store.LotOf(c, meeting)
	return done{body: lotOf(lot), location: c.meetingURL(meeting.ID, "lot"), flash: flash}, err
}

var announceLotAct = act[lotAnnounceRequest]{
	do: func(c *call, in lotAnnounceRequest) (done, error) {
		var r reader
		announced := models.LotAnnouncement{DueAt: r.moment("due", in.Due), Place: in.Place, Manner: in.Manner, Digits: r.number("digits", in.Digits), Reason: in.Reason}
		if err := r.err(); err != nil {
			return done{}, err
		}
		if err := c.store.AnnounceLot(c, c.actor(), c.community.ID, c.Param("meeting"), announced); err != nil {
			return done{}, err
		}
		return lotDone(c, "lot_announced")
	},
	again: func(c *call, in lotAnnounceRequest, problems []web.Problem) (web.Page, error) {
		return lotDesk(c, lotTrouble{form: "announce", announce: in, problems: problems})
	},
}

var recordLotAct = act[lotRecordRequest]{
	do: func(c *call, in lotRecordRequest) (done, error) {
		entry, err := in.entry()
		if err != nil {
			return done{}, err
		}
		if err := c.store.RecordLot(c, c.actor(), c.community.ID, c.Param("meeting"), entry); err != nil {
			return done{}, err
		}
		return lotDone(c, "lot_recorded")
	},
	again: func(c *call, in lotRecordRequest, problems []web.Problem) (web.Page, error) {
		return lotDesk(c, lotTrouble{form: "record", record: in, problems: problems})
	},
}

var confirmLotAct = act[lotConfirmRequest]{
	do: func(c *call, in lotConfirmRequest) (done, error) {
		if err := c.store.ConfirmLot(c, c.actor(), c.community.ID, c.Param("meeting"), in.Number); err != nil {
			return done{}, err
		}
		return lotDone(c, "lot_drawn")
	},
	again: func(c *call, in lotConfirmRequest, problems []web.Problem) (web.Page, error) {
		return lotDesk(c, lotTrouble{form: "confirm", confirm: in, problems: problems})
	},
}

var withdrawLotAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		if err := c.store.WithdrawLot(c, c.actor(), c.community.ID, c.Param("meeting")); err != nil {
			return done{}, err
		}
		return lotDone(c, "lot_withdrawn")
	},
}

func getLot(c *call) error {
	answer, err := lotDone(c, "")
	if err != nil {
		return err
	}
	if answer.body == (*lotJSON)(nil) {
		return refuse("nothing_tied")
	}
	return c.sendJSON(answer)
}

// lotText is the text of a name whose hash gives it its place.
func lotText(drawn voting.Drawn, name string) string {
	return strings.Join([]string{"gongjue.lot/v1", drawn.Seed, drawn.Matter, name}, "\n")
}
