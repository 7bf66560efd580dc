package api

import (
	"net/http"
	"slices"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/web"
)

// sittingsJSON are the meetings of a community's committees, the newest first.
type sittingsJSON struct {
	Sittings []sittingJSON `json:"sittings"`
}

type sittingJSON struct {
	ID        string                  `json:"id"`
	Number    int64                   `json:"number"`
	Committee string                  `json:"committee"` // id
	Kind      lifecycle.ConvenerKind  `json:"kind"`
	State     lifecycle.SittingState  `json:"state"`
	CalledBy  lifecycle.SittingCaller `json:"called_by"`
	Callers   int64                   `json:"callers,omitempty"`
	HeldAt    int64                   `json:"held_at"`
	Place     string                  `json:"place"`
	Agenda    []string                `json:"agenda"`
	CalledAt  int64                   `json:"called_at"`
	Reason    string                  `json:"reason,omitempty"`
	EndedAt   int64                   `json:"ended_at,omitempty"`
	All       int64                   `json:"all,omitempty"`
	Present   []sittingMemberJSON     `json:"present"`
	Decisions []decisionJSON          `json:"decisions"`
}

type sittingMemberJSON struct {
	Member string               `json:"member"`
	Name   string               `json:"name,omitempty"` // not of who did not agree, to the public
	Post   lifecycle.MemberPost `json:"post,omitempty"`
	Signed bool                 `json:"signed"`
}

type decisionJSON struct {
	ID         string                  `json:"id"`
	Number     int64                   `json:"number"`
	Position   int64                   `json:"position"`
	Title      string                  `json:"title"`
	Body       string                  `json:"body"`
	Basis      string                  `json:"basis,omitempty"`
	InFavour   int64                   `json:"in_favour"`
	Against    int64                   `json:"against"`
	Abstained  int64                   `json:"abstained"`
	Passed     bool                    `json:"passed"`
	State      lifecycle.DecisionState `json:"state,omitempty"` // of one that passed
	Replaces   string                  `json:"replaces,omitempty"`
	ReplacedBy string                  `json:"replaced_by,omitempty"`
	Orders     []decisionOrderJSON     `json:"orders"`
}

type decisionOrderJSON struct {
	Number     int64                     `json:"number"`
	Kind       lifecycle.SupervisionKind `json:"kind"`
	Settles    int64                     `json:"settles,omitempty"`
	Authority  lifecycle.Actor           `json:"authority"`
	Name       string                    `json:"name"`
	Breached   string                    `json:"breached,omitempty"`
	Basis      string                    `json:"basis,omitempty"`
	Body       string                    `json:"body"`
	LimitAt    int64                     `json:"limit_at,omitempty"`
	Court      string                    `json:"court,omitempty"`
	CaseNumber string                    `json:"case_number,omitempty"`
	JudgedOn   string                    `json:"judged_on,omitempty"`
	At         int64                     `json:"at"`
}

// sittingsOf: open names those too who did not agree to be named.
func sittingsOf(list []models.Sitting, open bool) sittingsJSON {
	answer := sittingsJSON{Sittings: make([]sittingJSON, len(list))}
	for i, s := range list {
		sitting := sittingJSON{ID: s.ID, Number: s.Number, Committee: s.CommitteeID, Kind: s.Kind, State: s.State, CalledBy: s.CalledBy, Callers: s.Callers, HeldAt: s.HeldAt, Place: s.Place,
			Agenda: s.Agenda, CalledAt: s.CalledAt, Reason: s.Reason, EndedAt: s.EndedAt, All: s.All, Present: []sittingMemberJSON{}, Decisions: []decisionJSON{}}
		for _, m := range s.Present {
			member := sittingMemberJSON{Member: m.MemberID, Post: m.Post, Signed: m.Signed}
			if open || m.Named {
				member.Name = m.Name
			}
			sitting.Present = append(sitting.Present, member)
		}
		for _, decision := range s.Decisions {
			sitting.Decisions = append(sitting.Decisions, decisionOf(decision))
		}
		answer.Sittings[i] = sitting
	}
	return answer
}

func decisionOf(d models.Decision) decisionJSON {
	answer := decisionJSON{ID: d.ID, Number: d.Number, Position: d.Position, Title: d.Title, Body: d.Body, Basis: d.Basis, InFavour: d.InFavour, Against: d.Against,
		Abstained: d.Abstained, Passed: d.Passed, Replaces: d.ReplacesID, ReplacedBy: d.ReplacedBy, Orders: []decisionOrderJSON{}}
	if d.Passed {
		answer.State = d.State()
	}
	for _, o := range d.Orders {
		answer.Orders = append(answer.Orders, decisionOrderJSON{o.Number, o.Kind, o.Settles, o.Authority, o.Name, o.Breached, o.Basis, o.Body, o.LimitAt, o.Court, o.CaseNumber, o.JudgedOn, o.At})
	}
	return answer
}

func listDecisions(c *call) error {
	answer, err := sittingDone(c, 0, "")
	if err != nil {
		return err
	}
	return c.sendJSON(answer)
}

func listPublicDecisions(c *call) error {
	_, list, err := c.publicSittings()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: sittingsOf(list, false)})
}

func getDecision(c *call) error {
	decision, err := c.store.Decision(c, c.community.ID, c.Param("decision"))
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: decisionOf(decision)})
}

// decisionOrderRequest is one entry; its kind says which of the rest is needed.
type decisionOrderRequest struct {
	Kind       string `json:"kind" form:"kind" binding:"required,max=40"`
	Breached   string `json:"breached" form:"breached" binding:"max=500"`
	Basis      string `json:"basis" form:"basis" binding:"max=500"`
	Body       string `json:"body" form:"body" binding:"max=2000"`
	Limit      string `json:"limit" form:"limit" binding:"max=20"` // date
	Court      string `json:"court" form:"court" binding:"max=100"`
	CaseNumber string `json:"case_number" form:"case_number" binding:"max=100"`
	JudgedOn   string `json:"judged_on" form:"judged_on" binding:"max=20"` // date
}

var superviseDecisionAct = act[decisionOrderRequest]{
	do: func(c *call, in decisionOrderRequest) (done, error) {
		id := c.Param("decision")
		err := c.store.SuperviseDecision(c, c.actor(), c.community.ID, id, models.WantedSupervision{Kind: lifecycle.SupervisionKind(in.Kind), Breached: in.Breached, Basis: in.Basis,
			Body: in.Body, Limit: in.Limit, Court: in.Court, CaseNumber: in.CaseNumber, JudgedOn: in.JudgedOn})
		if err != nil {
			return done{}, err
		}
		decision, err := c.store.Decision(c, c.community.ID, id)
		return done{status: http.StatusCreated, body: decisionOf(decision), location: c.communityURL("decisions", id), flash: "decision_supervised"}, err
	},
	again: func(c *call, in decisionOrderRequest, problems []web.Problem) (web.Page, error) {
		return oneDecision(c, &in, problems)
	},
}

func oneDecisionPage(c *call) error {
	page, err := oneDecision(c, nil, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// oneDecision is the page with the forms that the one who asks may send; nil where the refused one is not among them.
func oneDecision(c *call, in *decisionOrderRequest, problems []web.Problem) (web.Page, error) {
	decision, err := c.store.Decision(c, c.community.ID, c.Param("decision"))
	if err != nil {
		return nil, err
	}
	list, err := c.store.Sittings(c, c.community.ID, false)
	if err != nil {
		return nil, err
	}
	page := web.DecisionPage{Shell: c.shell(web.TitleDecision), Community: c.community.Name, ListURL: c.communityURL("committee-meetings")}
	for _, sitting := range list {
		if sitting.ID == decision.SittingID {
			page.Decision = decisionView(decision, sitting.All, nil)
		}
	}
	pack, err := rules.At(c.community.Place, c.store.Now())
	if err != nil {
		return nil, err
	}
	for _, kind := range decisionKindsFor(decision, lifecycle.Actor(c.staff.Role)) {
		form := web.NewDecisionForm(kind, c.communityURL("decisions", decision.ID))
		form.Basis = supervisionBasis(pack)
		if in != nil && in.Kind == form.Kind {
			form.Breached, form.Basis, form.Body, form.Limit = in.Breached, in.Basis, in.Body, in.Limit
			form.Court, form.CaseNumber, form.JudgedOn, form.Problems = in.Court, in.CaseNumber, in.JudgedOn, problems
		}
		page.Forms = append(page.Forms, form)
	}
	if in != nil && !slices.ContainsFunc(page.Forms, func(f web.SuperviseForm) bool { return f.Kind == in.Kind }) {
		return nil, nil
	}
	return page, nil
}

// decisionKindsFor are the entries that a role may make about a decision now.
func decisionKindsFor(decision models.Decision, role lifecycle.Actor) []lifecycle.SupervisionKind {
	if !decision.Passed {
		return nil
	}
	return entriesFor(lifecycle.Decisions.Events(decision.State(), role))
}
