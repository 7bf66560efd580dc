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

// sittingRequest calls a meeting of the committee.
type sittingRequest struct {
	CalledBy lifecycle.SittingCaller `json:"called_by" form:"called_by" binding:"required"`
	Callers  numeral                 `json:"callers" form:"callers"` // where members call it
	HeldAt   string                  `json:"held_at" form:"held_at" binding:"required,max=30"`
	Place    string                  `json:"place" form:"place" binding:"required,max=200"`
	Agenda   lines                   `json:"agenda" form:"agenda" binding:"required,max=10000"`
}

// sittingRecordRequest is what came of a meeting, beside the part `file`. The lists from decided on have a value for every
// matter of the agenda, in its order; where decided is empty, nothing was decided on it.
type sittingRecordRequest struct {
	Present   []string  `json:"present" form:"present" binding:"max=100"` // ids of members
	Signed    []string  `json:"signed" form:"signed" binding:"max=100"`
	Decided   []string  `json:"decided" form:"decided" binding:"max=100,dive,max=2000"`
	Basis     []string  `json:"basis" form:"basis" binding:"max=100,dive,max=200"`
	InFavour  []numeral `json:"in_favour" form:"in_favour" binding:"max=100"`
	Against   []numeral `json:"against" form:"against" binding:"max=100"`
	Abstained []numeral `json:"abstained" form:"abstained" binding:"max=100"`
	Replaces  []string  `json:"replaces" form:"replaces" binding:"max=100"` // id of an earlier decision
}

// of is the value of a list for a matter; nothing where the list is short.
func of[T ~string](list []T, i int) T {
	if i < len(list) {
		return list[i]
	}
	return ""
}

func (in sittingRecordRequest) record() (models.SittingRecord, error) {
	var r reader
	held := models.SittingRecord{Present: in.Present, Signed: in.Signed}
	for i, text := range in.Decided {
		if text == "" && of(in.InFavour, i)+of(in.Against, i)+of(in.Abstained, i) == "" {
			continue
		}
		held.Decisions = append(held.Decisions, models.Decision{Position: int64(i) + 1, Body: text, Basis: of(in.Basis, i), ReplacesID: of(in.Replaces, i),
			InFavour: r.number(web.ItemField("in_favour", i+1), of(in.InFavour, i)), Against: r.number(web.ItemField("against", i+1), of(in.Against, i)),
			Abstained: r.number(web.ItemField("abstained", i+1), of(in.Abstained, i))})
	}
	return held, r.err()
}

// sittingTrouble is what refused the last attempt; id: of the meeting whose form it was.
type sittingTrouble struct {
	id, form string // call, cancel or record
	call     sittingRequest
	cancel   reasonRequest
	record   sittingRecordRequest
	problems []web.Problem
}

func (t sittingTrouble) of(id, form string) []web.Problem {
	if t.form == form && t.id == id {
		return t.problems
	}
	return nil
}

func decisionPage(c *call) error {
	page, err := decisionDesk(c, sittingTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// decisionDesk is the list for staff with the forms that the one who asks may send now; nil where the form that was refused
// is not on it any more.
func decisionDesk(c *call, t sittingTrouble) (web.Page, error) {
	list, err := c.store.Sittings(c, c.community.ID, true)
	if err != nil {
		return nil, err
	}
	views, err := c.sittingViews(c.community, list, true)
	if err != nil {
		return nil, err
	}
	page := web.DecisionDesk{Shell: c.shell(c.community.Name + " " + web.TitleDecisions), Community: c.community.Name, CommunityURL: c.communityURL(),
		PublicURL: decisionsURL(c.community.ID), Sittings: views}
	if page.Rule, err = c.ruleOf(c.community); err != nil {
		return nil, err
	}
	if c.staff.Role == models.RoleConvener {
		page.Call = &web.SittingCall{Form: web.Form{Action: c.communityURL("committee-meetings"), Problems: t.of("", "call")}, CalledBy: string(t.call.CalledBy),
			Callers: string(t.call.Callers), HeldAt: t.call.HeldAt, Place: t.call.Place, Agenda: string(t.call.Agenda)}
	}
	shown := t.form == "" || t.form == "call" && page.Call != nil
	for i, sitting := range list {
		view, at := &page.Sittings[i], c.communityURL("committee-meetings", sitting.ID)
		if slices.Contains([]models.Role{models.RoleConvener, models.RoleStreet}, c.staff.Role) {
			view.Minutes = evidenceFiles(sitting.Minutes, at)
		}
		for j, decision := range sitting.Decisions {
			if decision.Passed {
				view.Decisions[j].URL = c.communityURL("decisions", decision.ID)
			}
		}
		if err := c.sittingForms(view, sitting, list, t); err != nil {
			return nil, err
		}
		shown = shown || t.id == sitting.ID && (t.form == "cancel" && view.Cancel != nil || t.form == "record" && view.Record != nil)
	}
	if !shown {
		return nil, nil
	}
	return page, nil
}

// sittingForms adds the forms of one meeting. A record is taken once its time has come.
func (c *call) sittingForms(view *web.Sitting, sitting models.Sitting, list []models.Sitting, t sittingTrouble) error {
	events := lifecycle.Sittings.Events(sitting.State, lifecycle.Actor(c.staff.Role))
	at := func(act string) string { return c.communityURL("committee-meetings", sitting.ID, act) }
	if slices.Contains(events, lifecycle.EventCancel) {
		view.Cancel = &web.SittingCancel{Form: web.Form{Action: at("cancel"), Problems: t.of(sitting.ID, "cancel")}}
		if t.id == sitting.ID {
			view.Cancel.Reason = t.cancel.Reason
		}
	}
	if !slices.Contains(events, lifecycle.EventPublish) || c.store.Now() < sitting.HeldAt {
		return nil
	}
	term, err := c.store.CommitteeOf(c, c.community.ID, sitting.CommitteeID)
	if err != nil {
		return err
	}
	pack, err := rules.At(c.community.Place, sitting.HeldAt)
	if err != nil {
		return err
	}
	form, in := &web.SittingForm{Form: web.Form{Action: at("record"), Problems: t.of(sitting.ID, "record")}}, sittingRecordRequest{}
	if t.id == sitting.ID {
		in = t.record
	}
	if body := pack.Procedure.InterimBody; body != nil && sitting.Kind == lifecycle.PropertyManagementCommittee {
		form.Signs, form.Owners = body.SignedConsent, body.OwnersPresent
	}
	for _, member := range term.VotersAt(sitting.HeldAt) {
		form.Members = append(form.Members, web.SittingVoter{ID: member.ID, Name: web.MemberText(member.Name, member.Post), Present: slices.Contains(in.Present, member.ID),
			Signed: slices.Contains(in.Signed, member.ID)})
	}
	for i, title := range sitting.Agenda {
		item := web.NewSittingItem(i+1, title, form.Problems)
		item.Decided, item.Basis, item.InFavour, item.Against = of(in.Decided, i), of(in.Basis, i), string(of(in.InFavour, i)), string(of(in.Against, i))
		item.Abstained, item.ReplacesID = string(of(in.Abstained, i)), of(in.Replaces, i)
		form.Items = append(form.Items, item)
	}
	form.Problems = web.FormProblems(form.Problems)
	for _, other := range list {
		for _, decision := range other.Decisions {
			if decision.Passed && slices.Contains(lifecycle.Decisions.Events(decision.State(), lifecycle.Convener), lifecycle.EventSupersede) {
				form.Earlier = append(form.Earlier, web.Option{Value: decision.ID, Text: strconv.FormatInt(decision.Number, 10) + ". " + decision.Title})
			}
		}
	}
	view.Record = form
	return nil
}

// sittingDone answers an act with the list as it stands.
func sittingDone(c *call, status int, flash string) (done, error) {
	list, err := c.store.Sittings(c, c.community.ID, false)
	return done{status: status, body: sittingsOf(list, true), location: c.communityURL("committee-meetings"), flash: flash}, err
}

var callSittingAct = act[sittingRequest]{
	do: func(c *call, in sittingRequest) (done, error) {
		var r reader
		wanted := models.WantedSitting{CalledBy: in.CalledBy, HeldAt: r.moment("held_at", in.HeldAt), Callers: r.number("callers", in.Callers), Place: in.Place, Agenda: in.Agenda.list()}
		if err := r.err(); err != nil {
			return done{}, err
		}
		if err := c.store.CallSitting(c, c.actor(), c.community.ID, wanted); err != nil {
			return done{}, err
		}
		return sittingDone(c, http.StatusCreated, "sitting_called")
	},
	again: func(c *call, in sittingRequest, problems []web.Problem) (web.Page, error) {
		return decisionDesk(c, sittingTrouble{form: "call", call: in, problems: problems})
	},
}

var cancelSittingAct = act[reasonRequest]{
	do: func(c *call, in reasonRequest) (done, error) {
		if err := c.store.CancelSitting(c, c.actor(), c.community.ID, c.Param("sitting"), in.Reason); err != nil {
			return done{}, err
		}
		return sittingDone(c, 0, "sitting_cancelled")
	},
	again: func(c *call, in reasonRequest, problems []web.Problem) (web.Page, error) {
		return decisionDesk(c, sittingTrouble{id: c.Param("sitting"), form: "cancel", cancel: in, problems: problems})
	},
}

var recordSittingAct = act[sittingRecordRequest]{
	do: func(c *call, in sittingRecordRequest) (done, error) {
		held, err := in.record()
		if err != nil {
			return done{}, err
		}
		if held.Minutes, err = c.sentEvidence(); err != nil {
			return done{}, err
		}
		if err := c.store.RecordSitting(c, c.actor(), c.community.ID, c.Param("sitting"), held); err != nil {
			return done{}, err
		}
		return sittingDone(c, 0, "sitting_held")
	},
	again: func(c *call, in sittingRecordRequest, problems []web.Problem) (web.Page, error) {
		return decisionDesk(c, sittingTrouble{id: c.Param("sitting"), form: "record", record: in, problems: problems})
	},
}

func recordSittingJSON(c *call) error { return recordSittingAct.upload(c) }
