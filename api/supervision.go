package api

import (
	"net/http"
	"slices"
	"strconv"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/web"
)

// supervisionRoutes are what authorities do about decisions, and the public notices of it.
func supervisionRoutes() []route {
	const meeting = "/communities/:community/meetings/:meeting/supervision"
	acting := staff(models.RoleDistrict, models.RoleStreet, models.RoleConvener)
	return []route{
		get("/o/:order", public, supervisionPage),
		get("/api/v1/public/supervision/:order", public, getSupervision),

		get("/staff"+meeting, inside, supervisionDesk),
		post("/staff"+meeting, acting, superviseAct.page),
		get("/api/v1"+meeting, inside, listSupervision),
		post("/api/v1"+meeting, acting, superviseAct.api),
	}
}

// superviseRequest is one entry; its kind says which of the rest is needed.
type superviseRequest struct {
	Kind       string   `json:"kind" form:"kind" binding:"required,max=40"`
	Matters    []string `json:"matters" form:"matters" binding:"max=100"` // positions; none for all
	Breached   string   `json:"breached" form:"breached" binding:"max=2000"`
	Basis      string   `json:"basis" form:"basis" binding:"max=2000"`
	Body       string   `json:"body" form:"body" binding:"max=4000"`
	Limit      string   `json:"limit" form:"limit" binding:"max=20"` // date
	Court      string   `json:"court" form:"court" binding:"max=300"`
	CaseNumber string   `json:"case_number" form:"case_number" binding:"max=300"`
	JudgedOn   string   `json:"judged_on" form:"judged_on" binding:"max=20"` // date
}

type supervisionJSON struct {
	ID         string                    `json:"id"`
	MeetingID  string                    `json:"meeting_id"`
	Number     int64                     `json:"number"`
	Kind       lifecycle.SupervisionKind `json:"kind"`
	Settles    int64                     `json:"settles,omitempty"`
	Authority  lifecycle.Actor           `json:"authority"`
	Name       string                    `json:"name"`
	Matters    []int64                   `json:"matters"`
	Breached   string                    `json:"breached,omitempty"`
	Basis      string                    `json:"basis,omitempty"`
	Body       string                    `json:"body"`
	LimitAt    int64                     `json:"limit_at,omitempty"`
	Court      string                    `json:"court,omitempty"`
	CaseNumber string                    `json:"case_number,omitempty"`
	JudgedOn   string                    `json:"judged_on,omitempty"`
	Leaf       int64                     `json:"leaf"`
	At         int64                     `json:"at"`
}

type supervisionsJSON struct {
	Entries []supervisionJSON `json:"entries"`
}

func supervisionOf(e models.Supervision) supervisionJSON {
	matters := e.Matters
	if matters == nil {
		matters = []int64{}
	}
	return supervisionJSON{ID: e.ID, MeetingID: e.MeetingID, Number: e.Number, Kind: e.Kind, Settles: e.Settles, Authority: e.Authority, Name: e.Name,
		Matters: matters, Breached: e.Breached, Basis: e.Basis, Body: e.Body, LimitAt: e.LimitAt, Court: e.Court, CaseNumber: e.CaseNumber,
		JudgedOn: e.JudgedOn, Leaf: e.LeafIndex, At: e.At}
}

var superviseAct = act[superviseRequest]{
	do: func(c *call, in superviseRequest) (done, error) {
		wanted := models.WantedSupervision{Kind: lifecycle.SupervisionKind(in.Kind), Breached: in.Breached, Basis: in.Basis, Body: in.Body, Limit: in.Limit,
			Court: in.Court, CaseNumber: in.CaseNumber, JudgedOn: in.JudgedOn}
		for _, text := range in.Matters {
			position, err := strconv.ParseInt(text, 10, 32)
			if err != nil {
				return done{}, refuseField("bad_value", "matters")
			}
			wanted.Matters = append(wanted.Matters, position)
		}
		entry, err := c.store.Supervise(c, c.actor(), c.community.ID, c.Param("meeting"), wanted)
		if err != nil {
			return done{}, err
		}
		return done{status: http.StatusCreated, body: supervisionOf(entry), location: c.meetingURL(entry.MeetingID, "supervision"), flash: "supervised"}, nil
	},
	again: func(c *call, in superviseRequest, problems []web.Problem) (web.Page, error) {
		return supervisionView(c, &in, problems)
	},
}

func supervisionDesk(c *call) error {
	page, err := supervisionView(c, nil, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// supervisionView is the desk; a refused form comes back with what was typed.
func supervisionView(c *call, in *superviseRequest, problems []web.Problem) (web.Page, error) {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return nil, err
	}
	list, err := c.store.SupervisionOf(c, c.community.ID, meeting.ID)
	if err != nil {
		return nil, err
	}
	page := web.SupervisionDesk{Shell: c.shell(web.TitleSupervision), Community: c.community.Name, Meeting: meeting.Title, MeetingURL: c.meetingURL(meeting.ID),
		State: string(meeting.State), Entries: supervisionLinks(list)}
	standing := models.StandingMatters(meeting, list)
	for _, kind := range supervisionKindsFor(meeting.State, lifecycle.Actor(c.staff.Role)) {
		form := web.NewSuperviseForm(kind, c.meetingURL(meeting.ID, "supervision"))
		if kind != lifecycle.CorrectionReported && kind != lifecycle.Rectified && (meeting.State == lifecycle.MeetingPublished || kind == lifecycle.CourtRevoked) {
			for _, matter := range meeting.Matters {
				if slices.Contains(standing, matter.Position) {
					form.Matters = append(form.Matters, web.Option{Value: strconv.FormatInt(matter.Position, 10), Text: matter.Title})
				}
			}
		}
		form.Basis = supervisionBasis(meeting.Pack)
		if in != nil && in.Kind == form.Kind {
			form.Chosen, form.Breached, form.Basis, form.Body, form.Limit = in.Matters, in.Breached, in.Basis, in.Body, in.Limit
			form.Court, form.CaseNumber, form.JudgedOn, form.Problems = in.Court, in.CaseNumber, in.JudgedOn, problems
		}
		page.Forms = append(page.Forms, form)
	}
	if in != nil && !slices.ContainsFunc(page.Forms, func(f web.SuperviseForm) bool { return f.Kind == in.Kind }) {
		return nil, nil
	}
	return page, nil
}

// supervisionKindsFor are the entries that a role may make now.
func supervisionKindsFor(state lifecycle.MeetingState, role lifecycle.Actor) []lifecycle.SupervisionKind {
	return entriesFor(lifecycle.Meetings.Events(state, role))
}

// entriesFor are the entries that events stand for.
func entriesFor(events []lifecycle.Event) (kinds []lifecycle.SupervisionKind) {
	for _, of := range []struct {
		event lifecycle.Event
		kinds []lifecycle.SupervisionKind
	}{{lifecycle.EventReport, []lifecycle.SupervisionKind{lifecycle.CorrectionReported}}, {lifecycle.EventCorrect, []lifecycle.SupervisionKind{lifecycle.Rectified}},
		{lifecycle.EventOrderCorrection, []lifecycle.SupervisionKind{lifecycle.CorrectionOrdered}},
		{lifecycle.EventRevoke, []lifecycle.SupervisionKind{lifecycle.Revoked, lifecycle.CourtRevoked}}} {
		if slices.Contains(events, of.event) {
			kinds = append(kinds, of.kinds...)
		}
	}
	return kinds
}

// supervisionBasis is the article that empowers the authorities.
func supervisionBasis(pack rules.Pack) string {
	if clause := pack.Procedure.Supervision; clause != nil && clause.Source != nil {
		return clause.Source.String()
	}
	return ""
}

func listSupervision(c *call) error {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	list, err := c.store.SupervisionOf(c, c.community.ID, meeting.ID)
	if err != nil {
		return err
	}
	answer := supervisionsJSON{Entries: make([]supervisionJSON, len(list))}
	for i, entry := range list {
		answer.Entries[i] = supervisionOf(entry)
	}
	return c.sendJSON(done{body: answer})
}
