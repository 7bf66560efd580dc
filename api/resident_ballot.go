package api

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/web"
)

// The addresses of a resident who has proved who they are.
const (
	ballotURL     = "/vote"
	ownReceiptURL = "/vote/receipt"
	ownRecordURL  = "/vote/record"
)

// idempotencyField is the hidden field that makes a ballot the same ballot however often it is sent.
const idempotencyField = "idempotency_key"

// desk is a resident's place at the ballot: their paper, the community, and what they marked so far.
type desk struct {
	community models.Community
	paper     models.BallotPaper
	choices   map[string]voting.Choice
	key       string
}

// desk reads the paper of the session's voter.
func (c *call) desk() (desk, error) {
	paper, err := c.store.BallotPaperOf(c, c.resident.Meeting, c.resident.Voter)
	if err != nil {
		return desk{}, err
	}
	community, err := c.store.Community(c, paper.Meeting.CommunityID)
	return desk{community: community, paper: paper}, err
}

// ballotPage is the ballot paper, or the reason why there is none.
func ballotPage(c *call) error {
	d, err := c.desk()
	if err != nil {
		return err
	}
	if code := whyNot(c.store.Now(), d.paper.Meeting, d.paper.Channel); code != "" {
		return c.turnAway(d, http.StatusOK, code)
	}
	return c.render(http.StatusOK, c.ballotView(d, nil))
}

// turnAway shows why there is no ballot paper, with the receipt of whoever has voted.
func (c *call) turnAway(d desk, status int, code string) error {
	page := cannotVote(c, d.community, d.paper.Meeting, code)
	page.UnitLabel, page.RecordURL = unitLabel(d.paper.Units), ownRecordURL
	if models.OpenedLog(d.paper.Meeting.State) {
		page.BallotsURL = votingRecordURL(d.paper.Meeting.ID)
	}
	receipt, err := c.store.ReceiptOf(c, *c.resident)
	if err != nil && !errors.Is(err, refuse("not_found")) {
		return err
	}
	if err == nil {
		page.VotedAt, page.Channel, page.OwnReceipt = web.Instant(receipt.CastAt), string(receipt.Channel), ownReceiptURL
	}
	return c.render(status, page)
}

func (c *call) ballotView(d desk, problems []web.Problem) web.Ballot {
	meeting := d.paper.Meeting
	return web.Ballot{Shell: c.shell(meeting.Title + " " + web.TitleBallot), Form: web.Form{Action: ballotURL + "/check", Problems: problems},
		Community: d.community.Name, Meeting: meeting.Title, Units: unitLabels(d.paper.Units), Weight: d.paper.Weight,
		Closes: web.Instant(meeting.ClosesAt), Matters: d.matters(), FollowMajor: meeting.Policies.FollowMajority,
		Silence: web.SilenceWarning(meeting.Policies, meeting.SilenceRule), NoticeURL: noticeURL(meeting.ID), LeaveURL: ballotURL + "/leave", RecordURL: ownRecordURL}
}

func (d desk) matters() []web.BallotMatter {
	list := make([]web.BallotMatter, len(d.paper.Matters))
	for i, matter := range d.paper.Matters {
		list[i] = web.BallotMatter{ID: matter.ID, Number: int(matter.Position), Title: matter.Title, Text: matter.Body, Matter: matter.Rule,
			Choice: d.choices[matter.ID]}
	}
	return list
}

// changeBallot goes back from the confirmation with everything that was marked.
func changeBallot(c *call) error {
	d, err := c.desk()
	if err != nil {
		return err
	}
	if code := whyNot(c.store.Now(), d.paper.Meeting, d.paper.Channel); code != "" {
		return c.turnAway(d, http.StatusConflict, code)
	}
	if _, err := d.read(c); err != nil {
		return err
	}
	return c.render(http.StatusOK, c.ballotView(d, nil))
}

// confirmPage checks what was marked and shows it once more, with the key that makes sending it safe.
func confirmPage(c *call) error {
	d, err := c.desk()
	if err != nil {
		return err
	}
	if code := whyNot(c.store.Now(), d.paper.Meeting, d.paper.Channel); code != "" {
		return c.turnAway(d, http.StatusConflict, code)
	}
	problems, err := d.read(c)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return c.render(http.StatusUnprocessableEntity, c.ballotView(d, problems))
	}
	d.key = newIdempotencyKey()
	return c.render(http.StatusOK, c.confirmView(d, nil))
}

// newIdempotencyKey draws 128 bits.
func newIdempotencyKey() string {
	var raw [16]byte
	rand.Read(raw[:]) // never fails: it stops the program where the system has no randomness
	return hex.EncodeToString(raw[:])
}

func (c *call) confirmView(d desk, problems []web.Problem) web.Confirm {
	meeting := d.paper.Meeting
	return web.Confirm{Shell: c.shell(web.TitleConfirm), Form: web.Form{Action: ballotURL + "/cast", Problems: problems},
		Community: d.community.Name, Meeting: meeting.Title, Units: unitLabels(d.paper.Units), Weight: d.paper.Weight,
		Closes: web.Instant(meeting.ClosesAt), Matters: d.matters(), ChangeAction: ballotURL, IdempotencyKey: d.key}
}

// read takes the posted form apart: exactly the fields of this voter's matters. What is missing or unlawful
// comes back as problems at the field; a field of anything else is refused as unknown_field.
func (d *desk) read(c *call) ([]web.Problem, error) {
	form, err := c.postedForm()
	if err != nil {
		return nil, err
	}
	known := map[string]bool{idempotencyField: true}
	d.choices, d.key = map[string]voting.Choice{}, form.Get(idempotencyField)
	var problems []web.Problem
	for _, matter := range d.paper.Matters {
		known[web.MatterField(matter.ID)] = true
		for i := range matter.Rule.Options {
			known[web.OptionField(matter.ID, i)] = true
		}
		choice, sent := web.ReadChoice(form, matter.ID, matter.Rule)
		d.choices[matter.ID] = choice
		if code := choiceProblem(choice, sent, matter.Rule, d.paper.Meeting.Policies); code != "" {
			problems = append(problems, web.Problem{Field: web.MatterField(matter.ID), Text: sentence(code)})
		}
	}
	for name := range form {
		if !known[name] {
			return nil, refuseField("unknown_field", name)
		}
	}
	return problems, nil
}

func choiceProblem(choice voting.Choice, sent bool, rule voting.Matter, policies voting.Policies) string {
	var refused *voting.Refusal
	switch err := choice.Check(rule, policies); {
	case !sent:
		return "choice_invalid"
	case choice.Blank():
		return "choice_missing"
	case errors.As(err, &refused) && refused.Code == voting.CodeTooManyNames:
		return "too_many_names"
	case err != nil:
		return "choice_invalid"
	}
	return ""
}

// postedForm reads the fields of a form whose names depend on the meeting.
func (c *call) postedForm() (url.Values, error) {
	if err := c.Request.ParseForm(); err != nil {
		var tooBig *http.MaxBytesError
		if errors.As(err, &tooBig) {
			return nil, refuse("body_too_big")
		}
		return nil, refuse("wrong_type")
	}
	return c.Request.PostForm, storableForm(c.Request.PostForm)
}
