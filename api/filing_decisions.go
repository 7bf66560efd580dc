package api

import (
	"errors"
	"strconv"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

var receiveAct = act[nothing]{do: func(c *call, _ nothing) (done, error) {
	if err := c.store.ReceiveFiling(c, c.actor(), c.community.ID, c.Param("filing")); err != nil {
		return done{}, err
	}
	return filingMoved(c, "filing_received")
}}

var certifyAct = act[certifyRequest]{
	do: func(c *call, in certifyRequest) (done, error) {
		checks := make([]models.FilingCheck, len(in.Checked))
		for i, check := range in.Checked {
			checks[i] = models.FilingCheck(check)
		}
		var r reader
		says := models.FilingParticulars{Committee: in.Committee, Term: r.number("term", in.Term), TermFrom: in.TermFrom, TermTo: in.TermTo,
			Chair: in.Chair, Office: in.Office}
		if len(r.found) > 0 {
			return done{}, r.found
		}
		err := c.store.CertifyFiling(c, c.actor(), c.community.ID, c.Param("filing"), checks, says)
		if errors.Is(err, refuse("checks_missing")) {
			return done{}, refuseField("checks_missing", "checked")
		}
		if err != nil {
			return done{}, err
		}
		return filingMoved(c, "filing_certified")
	},
	again: func(c *call, in certifyRequest, problems []web.Problem) (web.Page, error) {
		return filingAgain(c, filingTrouble{certify: &in, problems: problems})
	},
}

var returnAct = act[returnRequest]{
	do: func(c *call, in returnRequest) (done, error) {
		told := models.FilingReturn{Reasons: in.Reasons.list(), Arose: in.Arose.list()}
		for _, text := range in.Unmended {
			number, err := strconv.ParseInt(text, 10, 32)
			if err != nil {
				return done{}, refuseField("defect_unknown", "unmended")
			}
			told.Unmended = append(told.Unmended, number)
		}
		if err := c.store.ReturnFiling(c, c.actor(), c.community.ID, c.Param("filing"), told); err != nil {
			return done{}, err
		}
		return filingMoved(c, "filing_returned")
	},
	again: func(c *call, in returnRequest, problems []web.Problem) (web.Page, error) {
		return filingAgain(c, filingTrouble{giveBack: &in, problems: problems})
	},
}

var refuseFilingAct = act[refuseRequest]{
	do: func(c *call, in refuseRequest) (done, error) {
		err := c.store.RefuseFiling(c, c.actor(), c.community.ID, c.Param("filing"), lifecycle.RefusalGround(in.Ground), in.Reasons.list())
		if err != nil {
			return done{}, err
		}
		return filingMoved(c, "filing_refused")
	},
	again: func(c *call, in refuseRequest, problems []web.Problem) (web.Page, error) {
		return filingAgain(c, filingTrouble{refuse: &in, problems: problems})
	},
}

var cancelFilingAct = act[reasonRequest]{
	do: func(c *call, in reasonRequest) (done, error) {
		if err := c.store.CancelFiling(c, c.actor(), c.community.ID, c.Param("filing"), in.Reason); err != nil {
			return done{}, err
		}
		return filingMoved(c, "filing_cancelled")
	},
	again: func(c *call, in reasonRequest, problems []web.Problem) (web.Page, error) {
		return filingAgain(c, filingTrouble{cancel: &in, problems: problems})
	},
}
