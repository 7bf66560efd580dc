package api

import (
	"net/http"
	"strconv"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// contractRoutes are the property service contracts of a community: for everybody, and for convener and street.
func contractRoutes() []route {
	const page, api = "/staff/communities/:community/contracts", "/api/v1/communities/:community/contracts"
	return []route{
		get("/b/:community/contracts", public, publicContractPage),
		get("/b/:community/contracts/:contract/files/:contract_file", public, publicContractFile),
		get("/api/v1/public/communities/:community/contracts", public, listPublicContracts),

		get(page, inside, contractPage),
		upload(page, convening, recordContractAct.page).heldBy(page),
		post(page+"/:contract/steps", checking, contractStepAct.page).heldBy(page),
		upload(page+"/:contract/files", convening, publishContractFileAct.page).heldBy(page),
		post(page+"/:contract/files/:contract_file/remove", convening, removeContractFileAct.page).heldBy(page),
		get(page+"/:contract/proofs/files/:contract_proof", checking, contractProof),

		get(api, inside, listContracts),
		upload(api, convening, recordContractAct.upload),
		post(api+"/:contract/steps", checking, contractStepAct.api),
		upload(api+"/:contract/files", convening, publishContractFileAct.upload),
		post(api+"/:contract/files/:contract_file/remove", convening, removeContractFileAct.api),
		get(api+"/:contract/proofs/files/:contract_proof", checking, contractProof),
	}
}

func contractsURL(community string) string { return boardURL(community) + "/contracts" }

func publicContractPage(c *call) error {
	board, contracts, err := c.publicContracts()
	if err != nil {
		return err
	}
	page := web.ContractPublic{Shell: c.shell(board.Community.Name + " " + web.TitleContracts), Community: board.Community.Name, BoardURL: boardURL(board.Community.ID)}
	for _, contract := range contracts {
		view, err := c.contractView(contract)
		if err != nil {
			return err
		}
		page.Contracts = append(page.Contracts, view)
	}
	return c.render(http.StatusOK, page)
}

// publicContracts are those of a community with a board. Refusal: not_found.
func (c *call) publicContracts() (models.Board, []models.Contract, error) {
	board, err := c.store.Board(c, c.Param("community"))
	if err != nil {
		return board, nil, err
	}
	contracts, err := c.store.Contracts(c, board.Community, true)
	return board, contracts, err
}

func publicContractFile(c *call) error {
	file, err := c.store.PublicContractFile(c, c.Param("community"), c.Param("contract"), c.Param("contract_file"))
	if err != nil {
		return err
	}
	c.sendFile(models.Attachment{Name: file.Name, MediaType: file.MediaType, Content: file.Content})
	return nil
}

// contractProof hands out what proves a contract from before; reading it stands in the audit.
func contractProof(c *call) error {
	contracts, err := c.store.Contracts(c, c.community, false)
	if err != nil {
		return err
	}
	for _, contract := range contracts {
		if contract.ID == c.Param("contract") {
			file, err := c.store.Evidence(c, c.actor(), c.community.ID, contract.ID, c.Param("contract_proof"))
			if err != nil {
				return err
			}
			c.sendFile(models.Attachment{Name: file.Name, MediaType: file.MediaType, Content: file.Content})
			return nil
		}
	}
	return refuse("not_found")
}

// contractTrouble is what refused the last attempt; id: of the contract whose form it was, event: which of its forms, or
// file.
type contractTrouble struct {
	id, event string
	record    contractRequest
	step      contractStepRequest
	problems  []web.Problem
}

func (t contractTrouble) of(id, event string) []web.Problem {
	if t.id == id && t.event == event {
		return t.problems
	}
	return nil
}

func contractPage(c *call) error {
	page, err := contractDesk(c, contractTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// contractDesk is the list for staff with the forms that the one who asks may send now.
func contractDesk(c *call, t contractTrouble) (web.Page, error) {
	contracts, err := c.store.Contracts(c, c.community, false)
	if err != nil {
		return nil, err
	}
	decisions, err := c.store.FirmDecisions(c, c.community.ID)
	if err != nil {
		return nil, err
	}
	page := web.ContractPage{Shell: c.shell(c.community.Name + " " + web.TitleContracts), Community: c.community.Name, CommunityURL: c.communityURL(), PublicURL: contractsURL(c.community.ID)}
	if c.staff.Role == models.RoleConvener {
		if open := undrawn(decisions, contracts); len(open) > 0 {
			page.Decided = c.contractForm(t, "decided")
			page.Decided.Decisions = open
		}
		page.Earlier = c.contractForm(t, "earlier")
	}
	shown := t.event == "" || t.event == "decided" && page.Decided != nil || t.event == "earlier" && page.Earlier != nil
	for _, contract := range contracts {
		view, err := c.contractView(contract)
		if err != nil {
			return nil, err
		}
		c.contractForms(&view, contract, decisions, t)
		for _, step := range view.Steps {
			shown = shown || t.id == contract.ID && t.event == step.Event
		}
		shown = shown || t.id == contract.ID && t.event == fileField && view.Publish != nil
		page.Contracts = append(page.Contracts, view)
	}
	if !shown {
		return nil, nil
	}
	return page, nil
}

// undrawn are the decisions for a firm that have no contract yet.
func undrawn(decisions []models.FirmDecision, contracts []models.Contract) (open []web.Option) {
	for _, decision := range decisions {
		has := !decision.Selects() && !(decision.Act == voting.RenewFirm && decision.Passed)
		for _, contract := range contracts {
			has = has || contract.MeetingID == decision.MeetingID && contract.Position == decision.Position && contract.State != lifecycle.ContractWithdrawn
		}
		if !has {
			open = append(open, decisionOption(decision))
		}
	}
	return open
}

func decisionOption(d models.FirmDecision) web.Option {
	return web.Option{Value: d.MeetingID + ":" + strconv.FormatInt(d.Position, 10), Text: web.ContractDecision(d.Meeting, d.Title, d.Firm), Note: web.Instant(d.PublishedAt).Day()}
}

// contractForm is one of the two forms that record a contract, filled where it was refused.
func (c *call) contractForm(t contractTrouble, which string) *web.ContractForm {
	form := &web.ContractForm{Form: web.Form{Action: c.communityURL("contracts"), Problems: t.of("", which)}}
	if in := t.record; t.event == which {
		form.Decision, form.Kind, form.Firm, form.Principal, form.Area, form.FeeMode, form.Price = in.Decision, string(in.Kind), in.Firm, in.Principal, in.Area, string(in.FeeMode), in.Price
		form.SignedOn, form.From, form.To, form.Terms = in.SignedOn, in.From, in.To, in.Terms
	}
	return form
}

// contractForms adds the forms of one contract.
func (c *call) contractForms(view *web.Contract, contract models.Contract, decisions []models.FirmDecision, t contractTrouble) {
	if c.staff.Role == models.RoleConvener || c.staff.Role == models.RoleStreet {
		view.Proofs = evidenceFiles(contract.Proofs, c.communityURL("contracts", contract.ID, "proofs"))
	}
	for _, event := range contract.May(lifecycle.Actor(c.staff.Role), c.store.Now()) {
		step := web.NewContractStep(event)
		step.Form = web.Form{Action: c.communityURL("contracts", contract.ID, "steps"), Problems: t.of(contract.ID, string(event))}
		if in := t.step; t.id == contract.ID && t.event == string(event) {
			step.Day, step.Until, step.Side, step.Decision, step.Parties, step.BodyTyped = in.Day, in.Until, string(in.Side), in.Decision, in.Parties, in.Body
		}
		for _, decision := range decisions {
			fits := event == lifecycle.EventDismiss && decision.Dismisses(contract.Firm) || event == lifecycle.EventDecline && decision.Declines(contract.Firm)
			if fits && decision.After(contract) {
				step.Decisions = append(step.Decisions, decisionOption(decision))
			}
		}
		view.Steps = append(view.Steps, step)
	}
	if c.staff.Role == models.RoleConvener && contract.State != lifecycle.ContractWithdrawn {
		view.Publish = &web.ContractFileForm{Form: web.Form{Action: c.communityURL("contracts", contract.ID, "files"), Problems: t.of(contract.ID, fileField)}}
		for i, file := range contract.Files {
			view.Files[i].RemoveURL = c.communityURL("contracts", contract.ID, "files", file.ID, "remove")
		}
	}
}

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

// day reads a day; empty is 0.
func (r *reader) day(field, typed string) int64 {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return 0
	}
	day, err := calendar.ParseDay(typed)
	if err != nil {
		r.refuse("bad_value", field)
	}
	return day
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
