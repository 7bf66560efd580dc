package api

import (
	"strconv"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/disclosure"
	"gongjue/web"
)

// revision is the state of a draft that somebody saw; JSON takes an integer or its digits.
type revision string

// UnmarshalJSON takes an integer, or its digits as a string.
func (n *revision) UnmarshalJSON(data []byte) error { return (*numeral)(n).UnmarshalJSON(data) }

// seen reads a revision: empty is 0, of no draft yet.
func (r *reader) seen(typed revision) int64 {
	if typed == "" {
		return 0
	}
	number, err := strconv.ParseInt(strings.TrimSpace(string(typed)), 10, 64)
	if err != nil || number < 0 {
		r.refuse("not_a_number", "revision")
	}
	return number
}

// draftRequest begins a draft (revision 0) or changes what it says beside its lines. Days are such as 2025-01-01, balances
// decimal yuan; nothing names the sections that hold nothing.
type draftRequest struct {
	Revision      revision `json:"revision" form:"revision" binding:"max=20"`
	From          string   `json:"from" form:"from" binding:"required,max=10"`
	To            string   `json:"to" form:"to" binding:"required,max=10"`
	Name          string   `json:"name" form:"name" binding:"max=100"`
	CommonOpening string   `json:"common_opening" form:"common_opening" binding:"max=30"`
	FundOpening   string   `json:"fund_opening" form:"fund_opening" binding:"max=30"`
	OpeningReason string   `json:"opening_reason" form:"opening_reason" binding:"max=1000"`
	Nothing       []string `json:"nothing" form:"nothing" binding:"max=4"`
	Note          string   `json:"note" form:"note" binding:"max=4000"`
	Replaces      string   `json:"replaces" form:"replaces" binding:"max=60"`
	ReplaceReason string   `json:"replace_reason" form:"replace_reason" binding:"max=1000"`
}

func (in draftRequest) form() web.DisclosureHead {
	return web.DisclosureHead{Revision: string(in.Revision), From: in.From, To: in.To, Name: in.Name, CommonOpening: in.CommonOpening, FundOpening: in.FundOpening,
		OpeningReason: in.OpeningReason, Nothing: in.Nothing, Note: in.Note, Replaces: in.Replaces, ReplaceReason: in.ReplaceReason}
}

func draftHead(draft models.DisclosureDraft) web.DisclosureHead {
	form := web.DisclosureHead{Revision: strconv.FormatInt(draft.Revision, 10), Name: draft.Name, OpeningReason: draft.OpeningReason, Note: draft.Note,
		Replaces: draft.ReplacesID, ReplaceReason: draft.ReplaceReason, From: calendar.DayText(draft.Period.From), To: calendar.DayText(draft.Period.To)}
	if draft.Opening != nil {
		form.CommonOpening, form.FundOpening = draft.Opening.Common.String(), draft.Opening.Fund.String()
	}
	for _, section := range draft.Nothing {
		form.Nothing = append(form.Nothing, string(section))
	}
	return form
}

func (in draftRequest) head() (models.DisclosureHead, int64, error) {
	var r reader
	head := models.DisclosureHead{Period: disclosure.Period{From: r.day("from", in.From), To: r.day("to", in.To)}, Name: in.Name, OpeningReason: in.OpeningReason,
		Note: in.Note, ReplacesID: in.Replaces, ReplaceReason: in.ReplaceReason}
	head.Period.To = calendar.EndOfDay(head.Period.To, 0)
	if in.CommonOpening != "" || in.FundOpening != "" {
		head.Opening = &disclosure.Balances{Common: r.signed("common_opening", in.CommonOpening, false), Fund: r.signed("fund_opening", in.FundOpening, false)}
	}
	for _, section := range in.Nothing {
		head.Nothing = append(head.Nothing, disclosure.Section(section))
	}
	return head, r.seen(in.Revision), r.err()
}

// signed reads an amount that may be below zero.
func (r *reader) signed(field, typed string, returned bool) (amount voting.Money) {
	amount, err := disclosure.Typed(strings.ReplaceAll(strings.TrimSpace(typed), "，", ","), returned)
	if err != nil {
		r.refuse("not_an_amount", field)
	}
	return amount
}

// draftDone answers an act with the desk as it stands.
func draftDone(c *call, flash string) (done, error) {
	body, err := c.disclosureDeskOf()
	return done{body: body, location: c.communityURL("disclosures"), flash: flash}, err
}

var saveDraftAct = act[draftRequest]{
	do: func(c *call, in draftRequest) (done, error) {
		head, revision, err := in.head()
		if err != nil {
			return done{}, err
		}
		if err := c.store.SaveDisclosureDraft(c, c.actor(), c.community.ID, revision, head); err != nil {
			return done{}, err
		}
		return draftDone(c, "disclosure_saved")
	},
	again: func(c *call, in draftRequest, problems []web.Problem) (web.Page, error) {
		return disclosureDesk(c, disclosureTrouble{form: "head", head: in, problems: problems})
	},
}

// lineRequest adds a line to the draft. Amount in decimal yuan, above zero; money that came back is marked with returned.
// Basis is `meeting:position` or `emergency:` and its id.
type lineRequest struct {
	Revision revision `json:"revision" form:"revision" binding:"required,max=20"`
	Section  string   `json:"section" form:"section" binding:"required,max=20"`
	Item     string   `json:"item" form:"item" binding:"required,max=200"`
	Place    string   `json:"place" form:"place" binding:"max=200"`
	Basis    string   `json:"basis" form:"basis" binding:"max=100"`
	Amount   string   `json:"amount" form:"amount" binding:"required,max=30"`
	Returned flag     `json:"returned" form:"returned"`
	Note     string   `json:"note" form:"note" binding:"max=400"`
}

func (in lineRequest) line() (disclosure.Line, int64, error) {
	var r reader
	line := disclosure.Line{Item: in.Item, Place: in.Place, Note: in.Note}
	line.Section, line.Returned = disclosure.Section(in.Section), r.yes("returned", in.Returned)
	line.Fen = r.signed("amount", in.Amount, line.Returned)
	if emergency, urgent := strings.CutPrefix(in.Basis, "emergency:"); urgent {
		line.Basis.EmergencyID = emergency
	} else if in.Basis != "" {
		meeting, position, _ := strings.Cut(in.Basis, ":")
		number, err := strconv.ParseInt(position, 10, 32)
		if err != nil {
			r.refuse("basis_unknown", "basis")
		}
		line.Basis.MeetingID, line.Basis.Position = meeting, number
	}
	return line, r.seen(in.Revision), r.err()
}

var addLineAct = act[lineRequest]{
	do: func(c *call, in lineRequest) (done, error) {
		line, revision, err := in.line()
		if err != nil {
			return done{}, err
		}
		if err := c.store.AddDraftLine(c, c.actor(), c.community.ID, revision, line); err != nil {
			return done{}, err
		}
		return draftDone(c, "disclosure_saved")
	},
	again: func(c *call, in lineRequest, problems []web.Problem) (web.Page, error) {
		return disclosureDesk(c, disclosureTrouble{form: "line", line: in, problems: problems})
	},
}

// seenRequest is a step on the draft as whoever takes it saw it.
type seenRequest struct {
	Revision revision `json:"revision" form:"revision" binding:"required,max=20"`
}

// removeLineRequest takes a line out of the draft.
type removeLineRequest struct {
	Revision revision `json:"revision" form:"revision" binding:"required,max=20"`
	Line     string   `json:"line" form:"line" binding:"required,max=60"` // its id
}

// onDraft is an act on the draft; form names where the page shows a refusal.
func onDraft(form, flash string, step func(c *call, revision int64) error) act[seenRequest] {
	return act[seenRequest]{
		do: func(c *call, in seenRequest) (done, error) {
			var r reader
			revision := r.seen(in.Revision)
			if err := r.err(); err != nil {
				return done{}, err
			}
			if err := step(c, revision); err != nil {
				return done{}, err
			}
			return draftDone(c, flash)
		},
		again: func(c *call, _ seenRequest, problems []web.Problem) (web.Page, error) {
			return disclosureDesk(c, disclosureTrouble{form: form, problems: problems})
		},
	}
}

var removeLineAct = act[removeLineRequest]{
	do: func(c *call, in removeLineRequest) (done, error) {
		var r reader
		revision := r.seen(in.Revision)
		if err := r.err(); err != nil {
			return done{}, err
		}
		if err := c.store.RemoveDraftLine(c, c.actor(), c.community.ID, revision, in.Line); err != nil {
			return done{}, err
		}
		return draftDone(c, "disclosure_saved")
	},
	again: func(c *call, _ removeLineRequest, problems []web.Problem) (web.Page, error) {
		return disclosureDesk(c, disclosureTrouble{form: "draft", problems: problems})
	},
}

var addDraftFileAct = onDraft("addfile", "disclosure_saved", func(c *call, revision int64) error {
	files, err := c.sentEvidence()
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return refuseField("file_missing", fileField)
	}
	return c.store.AddDraftFile(c, c.actor(), c.community.ID, revision, files[0])
})

var removeDraftFileAct = onDraft("draft", "disclosure_saved", func(c *call, revision int64) error {
	return c.store.RemoveDraftFile(c, c.actor(), c.community.ID, revision, c.Param("disclosure_file"))
})

var publishDisclosureAct = onDraft("draft", "disclosure_published", func(c *call, revision int64) error {
	_, err := c.store.PublishDisclosure(c, c.actor(), c.community.ID, revision)
	return err
})

var dropDraftAct = onDraft("draft", "disclosure_dropped", func(c *call, revision int64) error {
	return c.store.DropDisclosureDraft(c, c.actor(), c.community.ID, revision)
})

// dayRequest sets by when every year the year before is disclosed; both 0 set none.
type dayRequest struct {
	Month  numeral `json:"month" form:"month" binding:"required,max=2"`
	Day    numeral `json:"day" form:"day" binding:"required,max=2"`
	Ground string  `json:"ground" form:"ground" binding:"required,max=1000"`
}

var setDayAct = act[dayRequest]{
	do: func(c *call, in dayRequest) (done, error) {
		var r reader
		day := models.DisclosureDay{Month: int(r.number("month", in.Month)), Day: int(r.number("day", in.Day)), Ground: in.Ground}
		if err := r.err(); err != nil {
			return done{}, err
		}
		if err := c.store.SetDisclosureDay(c, c.actor(), c.community.ID, day); err != nil {
			return done{}, err
		}
		return draftDone(c, "disclosure_day")
	},
	again: func(c *call, in dayRequest, problems []web.Problem) (web.Page, error) {
		return disclosureDesk(c, disclosureTrouble{form: "day", day: in, problems: problems})
	},
}

// questionAnswerRequest answers a question for everybody.
type questionAnswerRequest struct {
	Body string `json:"body" form:"body" binding:"required,max=4000"`
}

var answerQuestionAct = act[questionAnswerRequest]{
	do: func(c *call, in questionAnswerRequest) (done, error) {
		if err := c.store.AnswerQuestion(c, c.actor(), c.community.ID, c.Param("question"), in.Body); err != nil {
			return done{}, err
		}
		return draftDone(c, "question_answered")
	},
	again: func(c *call, in questionAnswerRequest, problems []web.Problem) (web.Page, error) {
		return disclosureDesk(c, disclosureTrouble{form: "answer", id: c.Param("question"), text: in.Body, problems: problems})
	},
}

// hideRequest hides a part of a question that holds personal data.
type hideRequest struct {
	Part   models.HiddenPart `json:"part" form:"part" binding:"required"`
	Reason string            `json:"reason" form:"reason" binding:"required,max=1000"`
}

var hideQuestionAct = act[hideRequest]{
	do: func(c *call, in hideRequest) (done, error) {
		if err := c.store.HideQuestion(c, c.actor(), c.community.ID, c.Param("question"), in.Part, in.Reason); err != nil {
			return done{}, err
		}
		return draftDone(c, "question_hidden")
	},
	again: func(c *call, in hideRequest, problems []web.Problem) (web.Page, error) {
		return disclosureDesk(c, disclosureTrouble{form: "hide", id: c.Param("question"), part: in.Part, text: in.Reason, problems: problems})
	},
}

// takeDownRequest takes the bytes of a published file away.
type takeDownRequest struct {
	Reason string `json:"reason" form:"reason" binding:"required,max=1000"`
}

var takeDownAct = act[takeDownRequest]{
	do: func(c *call, in takeDownRequest) (done, error) {
		if err := c.store.TakeDownDisclosureFile(c, c.actor(), c.community.ID, c.Param("disclosure"), c.Param("disclosure_file"), in.Reason); err != nil {
			return done{}, err
		}
		return draftDone(c, "disclosure_removed")
	},
	again: func(c *call, in takeDownRequest, problems []web.Problem) (web.Page, error) {
		return disclosureDesk(c, disclosureTrouble{form: "take-down", id: c.Param("disclosure_file"), text: in.Reason, problems: problems})
	},
}
