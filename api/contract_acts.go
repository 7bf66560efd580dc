package api

import (
	"strconv"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// contractRequest records a contract. Days are such as 2026-05-18; decision is `meeting:position`, empty for a contract from
// before, which needs kind, firm and the part file.
type contractRequest struct {
	Decision  string                 `json:"decision" form:"decision" binding:"max=60"`
	Kind      lifecycle.ContractKind `json:"kind" form:"kind"`
	Firm      string                 `json:"firm" form:"firm" binding:"max=100"`
	Principal string                 `json:"principal" form:"principal" binding:"required,max=100"`
	Area      string                 `json:"area" form:"area" binding:"required,max=20"` // m²
	FeeMode   lifecycle.FeeMode      `json:"fee_mode" form:"fee_mode" binding:"required"`
	Price     string                 `json:"price" form:"price" binding:"required,max=20"` // yuan for a square metre and a month
	Terms     string                 `json:"terms" form:"terms" binding:"max=2000"`
	SignedOn  string                 `json:"signed_on" form:"signed_on" binding:"required"`
	From      string                 `json:"from" form:"from" binding:"required"`
	To        string                 `json:"to" form:"to"`
}

func (in contractRequest) wanted() (models.WantedContract, error) {
	var r reader
	wanted := models.WantedContract{Kind: in.Kind, Firm: in.Firm, Principal: in.Principal, FeeMode: in.FeeMode, Price: r.money("price", in.Price), Terms: in.Terms,
		SignedAt: r.day("signed_on", in.SignedOn), From: r.day("from", in.From), To: r.day("to", in.To)}
	var err error
	if wanted.Area, err = voting.ParseArea(strings.TrimSpace(in.Area)); err != nil {
		r.refuse("area_invalid", "area")
	}
	wanted.MeetingID, wanted.Position = r.decision(in.Decision)
	return wanted, r.err()
}

// decision reads `meeting:position`; empty is none.
func (r *reader) decision(typed string) (meeting string, position int64) {
	if typed == "" {
		return "", 0
	}
	meeting, number, _ := strings.Cut(typed, ":")
	position, err := strconv.ParseInt(number, 10, 32)
	if err != nil || position < 1 || meeting == "" {
		r.refuse("decision_does_not_fit", "decision")
	}
	return meeting, position
}

var recordContractAct = act[contractRequest]{
	do: func(c *call, in contractRequest) (done, error) {
		wanted, err := in.wanted()
		if err != nil {
			return done{}, err
		}
		files, err := c.sentEvidence()
		if err != nil {
			return done{}, err
		}
		if _, err := c.store.RecordContract(c, c.actor(), c.community.ID, wanted, files); err != nil {
			return done{}, err
		}
		return contractsDone(c, "contract_noted")
	},
	again: func(c *call, in contractRequest, problems []web.Problem) (web.Page, error) {
		which := "earlier"
		if in.Decision != "" {
			which = "decided"
		}
		return contractDesk(c, contractTrouble{event: which, record: in, problems: problems})
	},
}

// contractStepRequest records what happened to a contract; which fields are wanted hangs on the event.
type contractStepRequest struct {
	Event    lifecycle.Event        `json:"event" form:"event" binding:"required"`
	Day      string                 `json:"day" form:"day"`
	Until    string                 `json:"until" form:"until"`
	Side     lifecycle.ContractSide `json:"side" form:"side"`
	Decision string                 `json:"decision" form:"decision" binding:"max=60"`
	Parties  string                 `json:"parties" form:"parties" binding:"max=200"`
	Body     string                 `json:"body" form:"body" binding:"max=2000"`
}

var contractStepAct = act[contractStepRequest]{
	do: func(c *call, in contractStepRequest) (done, error) {
		var r reader
		step := models.ContractStep{Event: in.Event, Day: r.day("day", in.Day), Until: r.day("until", in.Until), Side: in.Side, Parties: in.Parties, Body: in.Body}
		step.MeetingID, step.Position = r.decision(in.Decision)
		if err := r.err(); err != nil {
			return done{}, err
		}
		if err := c.store.TakeContractStep(c, c.actor(), c.community, c.Param("contract"), step); err != nil {
			return done{}, err
		}
		return contractsDone(c, "contract_step")
	},
	again: func(c *call, in contractStepRequest, problems []web.Problem) (web.Page, error) {
		return contractDesk(c, contractTrouble{id: c.Param("contract"), event: string(in.Event), step: in, problems: problems})
	},
}

var publishContractFileAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		files, err := c.sentEvidence()
		if err != nil {
			return done{}, err
		}
		if len(files) == 0 {
			return done{}, refuseField("file_missing", fileField)
		}
		if err := c.store.PublishContractFile(c, c.actor(), c.community.ID, c.Param("contract"), files[0]); err != nil {
			return done{}, err
		}
		return contractsDone(c, "contract_published")
	},
	again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
		return contractDesk(c, contractTrouble{id: c.Param("contract"), event: fileField, problems: problems})
	},
}

var removeContractFileAct = act[nothing]{do: func(c *call, _ nothing) (done, error) {
	if err := c.store.RemoveContractFile(c, c.actor(), c.community.ID, c.Param("contract"), c.Param("contract_file")); err != nil {
		return done{}, err
	}
	return contractsDone(c, "contract_removed")
}}
