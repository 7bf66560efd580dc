package api

import (
	"slices"
	"strconv"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/sample"
	"gongjue/web"
)

// sampleAnnounceRequest says with which certainty a street samples, and when and where the number is drawn.
type sampleAnnounceRequest struct {
	Certainty string  `json:"certainty" form:"certainty" binding:"required"` // 19/20, 9/10 or 99/100
	Due       string  `json:"due" form:"due" binding:"required"`             // 2006-01-02T15:04 in 北京时间
	Place     string  `json:"place" form:"place" binding:"required,max=200"`
	Manner    string  `json:"manner" form:"manner" binding:"required,max=200"`
	Digits    numeral `json:"digits" form:"digits" binding:"required"` // 4–20
}

// sampleWithdrawRequest says why a round is given up.
type sampleWithdrawRequest struct {
	Reason string `json:"reason" form:"reason" binding:"max=200"`
}

// sampleAnswerRequest is what came of asking about one ballot.
type sampleAnswerRequest struct {
	Leaf   numeral       `json:"leaf" form:"leaf" binding:"required"`     // index in the log
	Answer sample.Answer `json:"answer" form:"answer" binding:"required"` // confirmed, denied, unreached, declined
}

// sampleDone answers an act on a sample with the rounds as they stand.
func sampleDone(c *call, flash string) (done, error) {
	m, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return done{}, err
	}
	rounds, err := c.store.SamplesOf(c, m)
	return done{body: samplesOf(rounds), location: c.meetingURL(m.ID, "sample"), flash: flash}, err
}

var announceSampleAct = act[sampleAnnounceRequest]{
	do: func(c *call, in sampleAnnounceRequest) (done, error) {
		var r reader
		announced := models.SampleAnnouncement{DueAt: r.moment("due", in.Due), Place: in.Place, Manner: in.Manner, Digits: r.number("digits", in.Digits)}
		if err := r.err(); err != nil {
			return done{}, err
		}
		at := slices.IndexFunc(sample.Certainties, func(known sample.Certainty) bool { return certaintyText(known) == in.Certainty })
		if at < 0 {
			return done{}, refuseField("bad_value", "certainty")
		}
		announced.Certainty = sample.Certainties[at]
		if err := c.store.AnnounceSample(c, c.actor(), c.community.ID, c.Param("meeting"), announced); err != nil {
			return done{}, err
		}
		return sampleDone(c, "sample_announced")
	},
	again: func(c *call, in sampleAnnounceRequest, problems []web.Problem) (web.Page, error) {
		return sampleDesk(c, sampleTrouble{form: "announce", announce: in, problems: problems})
	},
}

var recordSampleAct = act[lotRecordRequest]{
	do: func(c *call, in lotRecordRequest) (done, error) {
		entry, err := in.entry()
		if err != nil {
			return done{}, err
		}
		if err := c.store.RecordSample(c, c.actor(), c.community.ID, c.Param("meeting"), entry); err != nil {
			return done{}, err
		}
		return sampleDone(c, "sample_recorded")
	},
	again: func(c *call, in lotRecordRequest, problems []web.Problem) (web.Page, error) {
		return sampleDesk(c, sampleTrouble{form: "record", record: in, problems: problems})
	},
}

var confirmSampleAct = act[lotConfirmRequest]{
	do: func(c *call, in lotConfirmRequest) (done, error) {
		if err := c.store.ConfirmSample(c, c.actor(), c.community.ID, c.Param("meeting"), in.Number); err != nil {
			return done{}, err
		}
		return sampleDone(c, "sample_drawn")
	},
	again: func(c *call, in lotConfirmRequest, problems []web.Problem) (web.Page, error) {
		return sampleDesk(c, sampleTrouble{form: "confirm", confirm: in, problems: problems})
	},
}

var withdrawSampleAct = act[sampleWithdrawRequest]{
	do: func(c *call, in sampleWithdrawRequest) (done, error) {
		if err := c.store.WithdrawSample(c, c.actor(), c.community.ID, c.Param("meeting"), in.Reason); err != nil {
			return done{}, err
		}
		return sampleDone(c, "sample_withdrawn")
	},
	again: func(c *call, in sampleWithdrawRequest, problems []web.Problem) (web.Page, error) {
		return sampleDesk(c, sampleTrouble{form: "withdraw", withdraw: in, problems: problems})
	},
}

var answerSampleAct = act[sampleAnswerRequest]{
	do: func(c *call, in sampleAnswerRequest) (done, error) {
		leaf, err := strconv.ParseInt(string(in.Leaf), 10, 64)
		if err != nil {
			return done{}, refuseField("bad_value", "leaf")
		}
		if err := c.store.AnswerSample(c, c.actor(), c.community.ID, c.Param("meeting"), leaf, in.Answer); err != nil {
			return done{}, err
		}
		return sampleDone(c, "sample_answered")
	},
}

var endSampleAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		if err := c.store.EndSample(c, c.actor(), c.community.ID, c.Param("meeting")); err != nil {
			return done{}, err
		}
		return sampleDone(c, "sample_ended")
	},
}

// samplesJSON are the rounds of a meeting, the oldest first: everything that is needed to draw them again.
type samplesJSON struct {
	Rounds []sampleJSON `json:"rounds"`
}

// sampleJSON is one round. The seed is close_root, a slash and the number; a ballot's hash is the SHA-256 of three lines,
// gongjue.sample/v1, the seed and its index in the log, without a line feed at the end.
type sampleJSON struct {
	Round       int64              `json:"round"`
	State       models.SampleState `json:"state"`
	Plan        samplePlanJSON     `json:"plan"`
	DueAt       int64              `json:"due_at"`
	Place       string             `json:"place"`
	Manner      string             `json:"manner"`
	Digits      int64              `json:"digits"`
	AnnouncedAt int64              `json:"announced_at"`
	CloseRoot   string             `json:"close_root"`
	Number      string             `json:"number,omitempty"`
	NumberAt    int64              `json:"number_at,omitempty"`
	Witnesses   string             `json:"witnesses,omitempty"`
	FirstRole   models.Role        `json:"first_role,omitempty"`
	SecondRole  models.Role        `json:"second_role,omitempty"`
	Differed    int64              `json:"differed"`
	Certain     []int64            `json:"certain,omitempty"` // indexes in the log, the largest area first
	ByLot       []int64            `json:"by_lot,omitempty"`  // in the order of the lot
	Asked       int64              `json:"asked"`
	Reason      string             `json:"reason,omitempty"` // why it was withdrawn
	Finding     *sample.Finding    `json:"finding,omitempty"`
	EndedAt     int64              `json:"ended_at,omitempty"`
}

// samplePlanJSON says how many are asked and why.
type samplePlanJSON struct {
	Ballots   int64   `json:"ballots"`
	Certain   int64   `json:"certain"`
	Drawn     int64   `json:"drawn"`
	Certainty string  `json:"certainty"` // such as 19/20
	Wrong     []int64 `json:"wrong"`     // by matter: so few wrong ballots could change it; 0 where none could
}

func samplesOf(rounds []models.Sample) samplesJSON {
	list := samplesJSON{Rounds: make([]sampleJSON, len(rounds))}
	for i, s := range rounds {
		list.Rounds[i] = sampleJSON{Round: s.Round, State: s.State, Plan: samplePlanJSON{s.Plan.Ballots, s.Plan.Certain, s.Plan.Drawn, certaintyText(s.Plan.Certainty), s.Plan.Wrong},
			DueAt: s.DueAt, Place: s.Place, Manner: s.Manner, Digits: s.Digits, AnnouncedAt: s.AnnouncedAt, CloseRoot: s.CloseRoot, Differed: s.Differed,
			Certain: s.Certain, ByLot: s.ByLot, Asked: s.Asked, Reason: s.Reason, Finding: s.Finding, EndedAt: s.EndedAt}
		if s.Number != "" {
			list.Rounds[i].Number, list.Rounds[i].NumberAt, list.Rounds[i].Witnesses = s.Number, s.NumberAt, s.Witnesses
			list.Rounds[i].FirstRole, list.Rounds[i].SecondRole = s.FirstRole, s.SecondRole
		}
	}
	return list
}

func getPublicSample(c *call) error {
	_, rounds, err := c.publicSamples()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: samplesOf(rounds)})
}

func getSample(c *call) error {
	answer, err := sampleDone(c, "")
	if err != nil {
		return err
	}
	return c.sendJSON(answer)
}

// sampleCallsJSON is the call list of the round that is drawn, in its order.
type sampleCallsJSON struct {
	Calls []sampleCallJSON `json:"calls"`
}

type sampleCallJSON struct {
	Leaf    int64             `json:"leaf"`
	ByLot   bool              `json:"by_lot"`
	Home    string            `json:"home"`
	Channel lifecycle.Channel `json:"channel"`
	Owners  []calledOwnerJSON `json:"owners"`
	Tries   int64             `json:"tries"`
	Answer  sample.Answer     `json:"answer,omitempty"`
	AskedAt int64             `json:"asked_at,omitempty"`
}

type calledOwnerJSON struct {
	OwnerID  string `json:"owner_id"`
	Name     string `json:"name"` // masked
	HasPhone bool   `json:"has_phone"`
}

func listSampleCalls(c *call) error {
	m, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	calls, err := c.store.SampleCalls(c, c.actor(), m)
	if err != nil {
		return err
	}
	list := sampleCallsJSON{Calls: make([]sampleCallJSON, len(calls))}
	for i, one := range calls {
		list.Calls[i] = sampleCallJSON{one.Leaf, one.ByLot, web.PlaceWords(one.Label), one.Channel, make([]calledOwnerJSON, len(one.Owners)), one.Tries, one.Answer, one.AskedAt}
		for k, owner := range one.Owners {
			list.Calls[i].Owners[k] = calledOwnerJSON(owner)
		}
	}
	return c.sendJSON(done{body: list})
}
