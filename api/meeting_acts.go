package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/lint"
	"gongjue/web"
)

// trouble is what refused the last attempt on a meeting's page: a step, or the form that adds a file.
type trouble struct {
	event    lifecycle.Event
	reason   string // what was typed
	problems []web.Problem
	form     []web.Problem
}

// meetingStep is an act that takes a meeting one step on and comes back to its page.
func meetingStep(event lifecycle.Event, flash string, step func(c *call) error) act[nothing] {
	return act[nothing]{
		do: func(c *call, _ nothing) (done, error) {
			if err := step(c); err != nil {
				return done{}, err
			}
			return meetingMoved(c, flash)
		},
		again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
			return meetingView(c, trouble{event: event, problems: problems})
		},
	}
}

// reasonedStep is a step that wants a reason, which everybody will read.
func reasonedStep(event lifecycle.Event, flash string, step func(c *call, reason string) error) act[reasonRequest] {
	return act[reasonRequest]{
		do: func(c *call, in reasonRequest) (done, error) {
			if err := step(c, in.Reason); err != nil {
				return done{}, err
			}
			return meetingMoved(c, flash)
		},
		again: func(c *call, in reasonRequest, problems []web.Problem) (web.Page, error) {
			return meetingView(c, trouble{event: event, reason: in.Reason, problems: problems})
		},
	}
}

var displayAct = meetingStep(lifecycle.EventDisplay, "preliminary_displayed", func(c *call) error {
	return c.store.DisplayPreliminary(c, c.actor(), c.community.ID, c.Param("meeting"))
})

var publishAct = meetingStep(lifecycle.EventPublish, "meeting_published", func(c *call) error {
	return c.store.PublishFinal(c, c.actor(), c.community.ID, c.Param("meeting"))
})

var cancelAct = reasonedStep(lifecycle.EventCancel, "meeting_cancelled", func(c *call, reason string) error {
	return c.store.CancelMeeting(c, c.actor(), c.community.ID, c.Param("meeting"), reason)
})

var annulAct = reasonedStep(lifecycle.EventAnnul, "meeting_annulled", func(c *call, reason string) error {
	return c.store.AnnulMeeting(c, c.actor(), c.community.ID, c.Param("meeting"), reason)
})

// countAct comes back to the count instead of the meeting.
var countAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		if err := c.store.Count(c, c.actor(), c.community.ID, c.Param("meeting")); err != nil {
			return done{}, err
		}
		moved, err := meetingMoved(c, "meeting_counted")
		moved.location = c.meetingURL(c.Param("meeting"), "count")
		return moved, err
	},
	again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
		return meetingView(c, trouble{event: lifecycle.EventCount, problems: problems})
	},
}

// stepPaths are where the page posts the steps that it offers; the other steps of the table have no page yet.
var stepPaths = map[lifecycle.Event]string{lifecycle.EventNotice: "notice", lifecycle.EventCancel: "cancel", lifecycle.EventCount: "count",
	lifecycle.EventDisplay: "display", lifecycle.EventPublish: "publish", lifecycle.EventAnnul: "annul"}

// meetingActs are the steps that the role may take in the meeting's state, in the order of the table, each with
// what stands against it now; offered tells whether the step that was refused is among them.
func (c *call) meetingActs(desk models.Desk, t trouble) (acts []web.Act, offered bool) {
	for _, event := range lifecycle.Meetings.Events(desk.Meeting.State, lifecycle.Actor(c.staff.Role)) {
		path, built := stepPaths[event]
		if !built {
			continue
		}
		step := web.NewAct(string(event), c.meetingURL(desk.Meeting.ID, path))
		code, warning := against(desk, event, c.store.Now())
		if code != "" {
			step.Refusal = sentence(code)
		}
		if link := c.sealLink(desk.Meeting); link != nil && (code == "seal_by_holders" || code == "seal_cards_missing") {
			step.Where = &link[0]
		}
		if warning != "" {
			step.Warning = sentence(warning)
		}
		if event == lifecycle.EventNotice {
			c.weighNotice(&step, desk)
		}
		if t.event == event {
			step.Problem, step.Reason, offered = sentencesOf(t.problems), t.reason, true
		}
		acts = append(acts, step)
	}
	return acts, offered
}

// against tells why a step would be refused now, as the store would refuse it, and what to look at first.
func against(desk models.Desk, event lifecycle.Event, now int64) (code, warning string) {
	switch event {
	case lifecycle.EventNotice:
		return againstNotice(desk, now)
	case lifecycle.EventCount:
		if desk.OpenSheets > 0 {
			return "paper_open", ""
		}
		if desk.Suspended {
			return "sheets_exceed", ""
		}
		if desk.ImportBar == "" && desk.Seal.Kept == models.KeptByHolders {
			return "seal_by_holders", ""
		}
		return desk.ImportBar, ""
	case lifecycle.EventPublish:
		return againstPublish(desk, now), ""
	}
	return "", ""
}

func againstNotice(desk models.Desk, now int64) (code, warning string) {
	meeting := desk.Meeting
	days, need := noticeDays(meeting, now)
	switch {
	case len(meeting.Matters) == 0:
		return "matter_needed", ""
	case desk.Roster.State != lifecycle.RosterFrozen:
		return "roster_not_frozen", ""
	case meeting.OpensAt <= now:
		return "window_in_past", ""
	case days < need:
		return "notice_too_short", ""
	case silenceCode(meeting) != "":
		return silenceCode(meeting), ""
	case !desk.Seal.Ready():
		return "seal_cards_missing", ""
	case days == need:
		return "", "notice_exactly_minimum"
	}
	return "", ""
}

func againstPublish(desk models.Desk, now int64) string {
	switch {
	case now <= desk.Meeting.ObjectionUntil && desk.Meeting.ObjectionDays > 0:
		return "objection_window_open"
	case openObjections(desk.Objections) > 0:
		return "objection_open"
	}
	for _, objection := range desk.Objections {
		if objection.Verdict == models.Upheld {
			return "objection_upheld"
		}
	}
	if desk.Lot.Due() {
		return "lot_due"
	}
	return ""
}

func openObjections(list []models.Objection) int {
	n := 0
	for _, objection := range list {
		if objection.State == lifecycle.ObjectionOpen {
			n++
		}
	}
	return n
}

type auditJSON struct {
	Entries []auditEntryJSON `json:"entries"`
}

// auditEntryJSON is one step on record.
type auditEntryJSON struct {
	At   int64  `json:"at"`
	Role string `json:"role"`
	Name string `json:"name,omitempty"`
	Act  string `json:"act"`
	What string `json:"what"` // in Chinese
}

func getAudit(c *call) error {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	log, err := c.store.Audit(c, c.community.ID, meeting.ID)
	if err != nil {
		return err
	}
	body := auditJSON{Entries: make([]auditEntryJSON, len(log))}
	for i, entry := range log {
		body.Entries[i] = auditEntryJSON{At: entry.At, Role: entry.ActorRole, Name: entry.ActorName, Act: entry.Act, What: web.AuditWord(entry.Act)}
	}
	return c.sendJSON(done{body: body})
}

type meetingsJSON struct {
	Meetings []meetingLineJSON `json:"meetings"`
}

// meetingLineJSON is a meeting in a list, without its agenda.
type meetingLineJSON struct {
	ID       string                 `json:"id"`
	State    lifecycle.MeetingState `json:"state"`
	Title    string                 `json:"title"`
	RosterID string                 `json:"roster_id"`
	OpensAt  int64                  `json:"opens_at"`
	ClosesAt int64                  `json:"closes_at"`
}

func listMeetings(c *call) error {
	list, err := c.store.Meetings(c, c.community.ID)
	if err != nil {
		return err
	}
	body := meetingsJSON{Meetings: make([]meetingLineJSON, len(list))}
	for i, meeting := range list {
		body.Meetings[i] = meetingLineJSON{ID: meeting.ID, State: meeting.State, Title: meeting.Title, RosterID: meeting.RosterID,
			OpensAt: meeting.OpensAt, ClosesAt: meeting.ClosesAt}
	}
	return c.sendJSON(done{body: body})
}

// deskJSON is a meeting with what its staff have to know about it.
type deskJSON struct {
	meetingJSON
	Issued         int64        `json:"issued"` // sheets
	Turnout        *turnoutJSON `json:"turnout,omitempty"`
	OpenObjections int          `json:"open_objections"`

	Findings []lint.Finding `json:"findings"` // doubts about a draft
}

func getMeeting(c *call) error {
	desk, err := c.store.DeskOf(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	found := findingsOf(desk)
	if found == nil {
		found = []lint.Finding{}
	}
	return c.sendJSON(done{status: http.StatusOK, body: deskJSON{meetingJSON: meetingOf(desk.Meeting), Issued: desk.Issued,
		Turnout: turnoutOf(desk.Turnout), OpenObjections: openObjections(desk.Objections), Findings: found}})
}
