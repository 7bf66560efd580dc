package api

import (
	"io"
	"net/http"
	"slices"

	"gongjue/models"
	"gongjue/notify/paper"
	"gongjue/notify/sheet"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// sealLink leads whoever holds a seal card to the page of the cards.
func (c *call) sealLink(m models.Meeting) []web.Link {
	if m.SealKept != models.KeptByHolders || !slices.Contains(models.SealHolders[:], c.staff.Role) {
		return nil
	}
	return []web.Link{{Text: web.LinkSeal, URL: c.meetingURL(m.ID, "seal")}}
}

// sealsOf are the seal cards that wait for the one who asks.
func (c *call) sealsOf(overview models.Overview) []web.WorkItem {
	var work []web.WorkItem
	for _, waiting := range overview.Seals {
		for _, meeting := range overview.Meetings {
			if meeting.ID != waiting.MeetingID || !slices.Contains(waiting.Roles, c.staff.Role) {
				continue
			}
			text := web.WorkSealTake(overview.Name, meeting.Title)
			if meeting.State == lifecycle.MeetingClosed {
				text = web.WorkSealOpen(overview.Name, meeting.Title)
			}
			work = append(work, web.WorkItem{Text: text, URL: staffMeetingURL(meeting) + "/seal"})
		}
	}
	return work
}

// sealTrouble is what refused the last attempt at the cards.
type sealTrouble struct {
	form     string // take, try or open
	code     string // as it was typed
	problems []web.Problem
}

// of gives the problems of a form.
func (t sealTrouble) of(form string) []web.Problem {
	if t.form == form {
		return t.problems
	}
	return nil
}

func sealPage(c *call) error {
	page, err := sealDesk(c, sealTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// sealDesk is the page of the cards with the forms that the one who asks may send now; nil where the form is not there
// any more that was refused. Refusals: not_found, seal_by_server.
func sealDesk(c *call, t sealTrouble) (web.Page, error) {
	meeting, seal, err := c.sealOf()
	if err != nil {
		return nil, err
	}
	page := web.SealPage{Shell: c.shell(meeting.Title + " " + web.LinkSeal), Community: c.community.Name, Meeting: meeting.Title,
		MeetingURL: c.meetingURL(meeting.ID), State: string(meeting.State), Next: sealNext(meeting, seal, c.store.Now()), Opened: meeting.TalliedAt != 0}
	for _, card := range seal.Cards {
		page.Cards = append(page.Cards, c.sealLine(meeting, card))
	}
	own := seal.Of(c.staff.Role)
	switch {
	case meeting.State == lifecycle.MeetingClosed:
		if !own.Waits(c.store.Now()) {
			page.Open = c.sealForm(meeting, "open", t)
			page.Open.First = !seal.Entered(c.store.Now())
		}
	case own.TakenAt != 0 && (meeting.State == lifecycle.MeetingDraft || meeting.State == lifecycle.MeetingNoticed):
		page.Try = c.sealForm(meeting, "try", t)
	}
	if meeting.State == lifecycle.MeetingDraft {
		page.Take = &web.SealTakeForm{Form: web.Form{Action: c.meetingURL(meeting.ID, "seal", "card"), Problems: t.of("take")}, Taken: own.TakenAt != 0, Again: own.TriedAt != 0}
	}
	shown := map[string]bool{"": true, "take": page.Take != nil, "try": page.Try != nil, "open": page.Open != nil}
	if !shown[t.form] {
		return nil, nil
	}
	return page, nil
}

// sealLine says how a card stands: before the close the card itself, afterwards who typed it in.
func (c *call) sealLine(meeting models.Meeting, card models.SealCard) web.SealCardLine {
	own := card.Role == c.staff.Role
	if meeting.ClosedAt == 0 {
		return web.NewSealCard(string(card.Role), own, card.Holder, web.Instant(card.TakenAt), web.Instant(card.TriedAt))
	}
	entered, counted := card.EnteredAt, meeting.TalliedAt != 0
	if !counted && !card.Waits(c.store.Now()) {
		entered = 0
	}
	return web.NewTypedCard(string(card.Role), own, counted, card.Enterer, web.Instant(entered))
}

// sealForm asks for a card. What was typed comes back with it where a group of it was wrong, so that the others need not
// be typed again.
func (c *call) sealForm(meeting models.Meeting, form string, t sealTrouble) *web.SealCodeForm {
	asked := &web.SealCodeForm{Form: web.Form{Action: c.meetingURL(meeting.ID, "seal", form), Problems: t.of(form)}}
	if t.form == form && t.code != "" {
		if asked.Wrong = ledger.WrongCardGroup(t.code); asked.Wrong != 0 {
			asked.Code = t.code
		}
	}
	return asked
}

// sealNext says what the cards wait for.
func sealNext(meeting models.Meeting, seal models.Seal, now int64) string {
	switch meeting.State {
	case lifecycle.MeetingDraft:
		if seal.Ready() {
			return web.SealNextReady
		}
		return web.SealNextTake
	case lifecycle.MeetingNoticed:
		return web.SealNextKeep
	case lifecycle.MeetingVoting:
		return web.SealNextVoting
	case lifecycle.MeetingClosed:
		if seal.Entered(now) {
			return web.SealNextSecond
		}
		return web.SealNextFirst
	}
	if meeting.TalliedAt != 0 {
		return web.SealNextOpened
	}
	return ""
}

// sealOf is the meeting that the address names with its cards. Refusals: not_found, seal_by_server.
func (c *call) sealOf() (models.Meeting, models.Seal, error) {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return meeting, models.Seal{}, err
	}
	seal, err := c.store.SealOf(c, c.community.ID, meeting.ID)
	if err == nil && seal.Kept != models.KeptByHolders {
		err = refuse("seal_by_server")
	}
	return meeting, seal, err
}

// sealTakeRequest asks for a card.
type sealTakeRequest struct {
	Again flag `json:"again" form:"again"` // yes where the one that was tried is to become worthless
}

// sealCodeRequest is a card as it was typed in.
type sealCodeRequest struct {
	Code string `json:"code" form:"code" binding:"required,max=200"`
}

var takeSealCardAct = act[sealTakeRequest]{
	do: func(c *call, in sealTakeRequest) (done, error) {
		var r reader
		again := r.yes("again", in.Again)
		if err := r.err(); err != nil {
			return done{}, err
		}
		meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
		if err != nil {
			return done{}, err
		}
		text, err := c.store.TakeSealCard(c, c.actor(), c.community.ID, meeting.ID, again)
		if err != nil {
			return done{}, err
		}
		show := func(c *call) (web.Page, error) {
			return web.SealCardPage{Shell: c.shell(web.LinkSeal), Community: c.community.Name, Meeting: meeting.Title, Role: web.SealRole(string(c.staff.Role)),
				Closes: web.Instant(meeting.ClosesAt), Taken: web.Instant(c.store.Now()), Groups: web.CardGroups(text), Code: text,
				PrintURL: c.meetingURL(meeting.ID, "seal", "print"), SealURL: c.meetingURL(meeting.ID, "seal")}, nil
		}
		return done{status: http.StatusCreated, body: sealCardTakenJSON{Role: c.staff.Role, Code: text}, show: show}, nil
	},
	again: func(c *call, _ sealTakeRequest, problems []web.Problem) (web.Page, error) {
		return sealDesk(c, sealTrouble{form: "take", problems: problems})
	},
}

// printSealCardAct gives a card back as a page to be printed. It takes the text from whoever was shown it, for it is kept
// nowhere: what is not a card of this meeting and of the one who asks is not printed.
var printSealCardAct = act[sealCodeRequest]{
	do: func(c *call, in sealCodeRequest) (done, error) {
		meeting, _, err := c.sealOf()
		if err != nil {
			return done{}, err
		}
		number, text, err := models.PrintedSealCard(meeting.ID, c.staff.Role, in.Code)
		if err != nil {
			return done{}, err
		}
		data := sheet.SealCard{Community: c.community.Name, Meeting: meeting.Title, Role: web.SealRole(string(c.staff.Role)), Number: number,
			TakenAt: c.store.Now(), ClosesAt: meeting.ClosesAt, Groups: web.CardGroups(text), Link: c.config.PublicURL + c.meetingURL(meeting.ID, "seal")}
		return done{file: func() error {
			return c.sendPDF(web.FileSealCard, func(w io.Writer) (paper.Report, error) { return sheet.SealCardPaper(w, data) })
		}}, nil
	},
}

var trySealCardAct = act[sealCodeRequest]{
	do: func(c *call, in sealCodeRequest) (done, error) {
		if err := c.store.TrySealCard(c, c.actor(), c.community.ID, c.Param("meeting"), in.Code); err != nil {
			return done{}, err
		}
		return sealDone(c, "seal_tried")
	},
	again: func(c *call, in sealCodeRequest, problems []web.Problem) (web.Page, error) {
		return sealDesk(c, sealTrouble{form: "try", code: in.Code, problems: problems})
	},
}

// openSealAct comes back to the cards after the first, and to the count after the second.
var openSealAct = act[sealCodeRequest]{
	do: func(c *call, in sealCodeRequest) (done, error) {
		opened, err := c.store.OpenSeal(c, c.actor(), c.community.ID, c.Param("meeting"), in.Code)
		if err != nil {
			return done{}, err
		}
		answer, err := sealDone(c, "seal_entered")
		if opened {
			answer.location, answer.flash = c.meetingURL(c.Param("meeting"), "count"), "meeting_counted"
		}
		return answer, err
	},
	again: func(c *call, in sealCodeRequest, problems []web.Problem) (web.Page, error) {
		return sealDesk(c, sealTrouble{form: "open", code: in.Code, problems: problems})
	},
}

// sealJSON is how the cards of a meeting stand.
type sealJSON struct {
	State lifecycle.MeetingState `json:"state"` // of the meeting
	Ready bool                   `json:"ready"` // every card was taken and tried
	Cards []sealCardJSON         `json:"cards"`
}

// sealCardJSON is how one card stands. Instants are Unix ms, left out where not reached.
type sealCardJSON struct {
	Role      models.Role `json:"role"`
	Holder    string      `json:"holder,omitempty"` // display name of the account, as in enterer
	TakenAt   int64       `json:"taken_at,omitempty"`
	TriedAt   int64       `json:"tried_at,omitempty"`
	Enterer   string      `json:"enterer,omitempty"`
	EnteredAt int64       `json:"entered_at,omitempty"`
}

// sealCardTakenJSON is a card that was just made; its text is given this once.
type sealCardTakenJSON struct {
	Role models.Role `json:"role"`
	Code string      `json:"code"` // ten groups of four symbols
}

// sealDone answers an act on the cards with the cards as they stand.
func sealDone(c *call, flash string) (done, error) {
	meeting, seal, err := c.sealOf()
	body := sealJSON{State: meeting.State, Ready: seal.Ready(), Cards: make([]sealCardJSON, len(seal.Cards))}
	for i, card := range seal.Cards {
		body.Cards[i] = sealCardJSON(card)
	}
	return done{body: body, location: c.meetingURL(meeting.ID, "seal"), flash: flash}, err
}

func getSeal(c *call) error {
	answer, err := sealDone(c, "")
	if err != nil {
		return err
	}
	return c.sendJSON(answer)
}
