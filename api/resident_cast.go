package api

import (
	"errors"
	"net/http"
	"slices"

	"gongjue/models"
	"gongjue/notify/qr"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// castForm casts what the confirmation page carries. Sent twice, it leads to the same receipt.
func castForm(c *call) error {
	d, err := c.desk()
	if err != nil {
		return err
	}
	problems, err := d.read(c)
	if err != nil {
		return err
	}
	receipt, err := c.store.CastBallot(c, c.cast(d.choices, d.key))
	if err != nil {
		return c.castRefused(d, problems, err)
	}
	location := ownReceiptURL
	if receipt.Replayed {
		location += "?again=1"
	}
	c.seeOther(done{location: location})
	return nil
}

func (c *call) cast(choices map[string]voting.Choice, key string) models.Cast {
	return models.Cast{Session: *c.resident, Choices: choices, IdemKey: key, NetworkPrefix: c.networkPrefix()}
}

// castRefused shows what a refused ballot needs: the form again, the same confirmation once more, or why not.
func (c *call) castRefused(d desk, problems []web.Problem, err error) error {
	refusal, refused := asRefusal(err)
	if !refused {
		return err
	}
	status := statusOf(refusal.Code)
	switch refusal.Code {
	case "busy":
		c.retryLater(refusal.Code)
		return c.render(status, c.confirmView(d, []web.Problem{{Text: sentence(refusal.Code)}}))
	case "choice_missing", "choice_invalid":
		if len(problems) == 0 {
			problems = []web.Problem{{Field: web.MatterField(refusal.Field), Text: sentence(refusal.Code)}}
		}
		return c.render(status, c.ballotView(d, problems))
	case "already_voted", "meeting_closed", "meeting_not_started", "idempotency_conflict":
		return c.turnAway(d, status, refusal.Code)
	}
	return err
}

// ownReceipt finds the receipt of the session's voter and what surrounds it.
func (c *call) ownReceipt() (web.Receipt, error) {
	receipt, err := c.store.ReceiptOf(c, *c.resident)
	if err != nil {
		return web.Receipt{}, err
	}
	d, err := c.desk()
	if err != nil {
		return web.Receipt{}, err
	}
	code, err := c.receiptQR(receipt.Code)
	if err != nil {
		return web.Receipt{}, err
	}
	return web.Receipt{Shell: c.shell(web.TitleReceipt), Community: d.community.Name, Meeting: d.paper.Meeting.Title,
		UnitLabel: unitLabel(d.paper.Units), Number: receipt.Number, Code: receipt.Code, At: web.Instant(receipt.CastAt), Channel: string(receipt.Channel),
		Closes: web.Instant(d.paper.Meeting.ClosesAt), CheckURL: receiptCheckURL, NoticeURL: noticeURL(d.paper.Meeting.ID),
		TextURL: ownReceiptURL + ".txt", RecordURL: ownRecordURL, BallotsURL: votingRecordURL(receipt.MeetingID), QR: code, Repeated: c.Query("again") != "", Witnessed: receipt.Witnessed}, nil
}

// receiptPage shows the receipt; whoever has not voted yet is led to the ballot.
func receiptPage(c *call) error {
	page, err := c.ownReceipt()
	if errors.Is(err, refuse("not_found")) {
		c.seeOther(done{location: ballotURL})
		return nil
	}
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

func receiptText(c *call) error {
	page, err := c.ownReceipt()
	if err != nil {
		return err
	}
	receipt, err := c.store.ReceiptOf(c, *c.resident)
	if err != nil {
		return err
	}
	if page.Proof, err = c.store.ReceiptLines(c, receipt); err != nil {
		return err
	}
	page.CheckURL = c.config.PublicURL + receiptCheckURL
	c.sendOwnText("receipt.txt", []byte(page.Text()))
	return nil
}

// longestLocator keeps a QR so coarse that an old phone reads it from a screen (security.md §3.5).
const longestLocator = 120

// receiptQR leads to the check of a receipt. The code stands behind the #, so that no server and no log on the way sees
// it; whoever opens it presses the button themselves. None where the service has too long a name.
func (c *call) receiptQR(code string) (web.QR, error) {
	address := c.config.PublicURL + receiptCheckURL + "#" + code
	if len(address) > longestLocator {
		return web.QR{}, nil
	}
	return qrOf(address)
}

// qrOf draws a code.
func qrOf(text string) (web.QR, error) {
	runs, side, err := qr.Rects(text)
	if err != nil {
		return web.QR{}, err
	}
	code := web.QR{Side: side}
	for _, run := range runs {
		code.Runs = append(code.Runs, web.Run(run))
	}
	return code, nil
}

type ballotPaperJSON struct {
	Community communityJSON     `json:"community"`
	MeetingID string            `json:"meeting_id"`
	Meeting   string            `json:"meeting"`
	ClosesAt  int64             `json:"closes_at"`
	Units     []string          `json:"units"`
	Weight    weightJSON        `json:"weight"`
	Matters   []paperMatterJSON `json:"matters"`
	Voted     bool              `json:"voted"`
}

type paperMatterJSON struct {
	matterJSON
	Marks []voting.Mark `json:"marks"` // those that may be put on this ballot
}

func getBallotPaper(c *call) error {
	d, err := c.desk()
	if err != nil {
		return err
	}
	if code := whyNot(c.store.Now(), d.paper.Meeting, ""); code != "" {
		return refuse(code)
	}
	answer := ballotPaperJSON{Community: communityOf(d.community), MeetingID: d.paper.Meeting.ID, Meeting: d.paper.Meeting.Title,
		ClosesAt: d.paper.Meeting.ClosesAt, Units: unitLabels(d.paper.Units), Weight: weightOf(d.paper.Weight), Voted: d.paper.Voted,
		Matters: make([]paperMatterJSON, len(d.paper.Matters))}
	for i, matter := range d.paper.Matters {
		answer.Matters[i] = paperMatterJSON{matterJSON: matterOf(matter), Marks: matter.Rule.Marks(d.paper.Meeting.Policies)}
	}
	return c.sendJSON(done{body: answer})
}

// ballotRequest answers every matter that the paper lists, by its id.
type ballotRequest struct {
	Choices map[string]choiceJSON `json:"choices" binding:"required"`
}

// choiceJSON says what one ballot says on one matter: exactly one of the three.
type choiceJSON struct {
	Mark  voting.Mark            `json:"mark,omitempty"`
	Names []string               `json:"names,omitempty"`
	Each  map[string]voting.Mark `json:"each,omitempty"`
}

type receiptJSON struct {
	Code      string            `json:"code"`
	Number    int64             `json:"number"`
	CastAt    int64             `json:"cast_at"`
	Channel   lifecycle.Channel `json:"channel"`
	MeetingID string            `json:"meeting_id"`
	Replayed  bool              `json:"replayed"`  // the same request had been answered before
	Witnessed bool              `json:"witnessed"` // a witness, such as the street, signed a head of the log that covers it
}

func receiptOf(r models.Receipt) receiptJSON {
	return receiptJSON{Code: r.Code, Number: r.Number, CastAt: r.CastAt, Channel: r.Channel, MeetingID: r.MeetingID, Replayed: r.Replayed, Witnessed: r.Witnessed}
}

// ballotOf reads the choices of a request.
func ballotOf(c *call) (map[string]voting.Choice, error) {
	body, err := jsonBody(c)
	if err != nil {
		return nil, err
	}
	if choices, plain := plainBallot(string(body)); plain {
		return choices, nil
	}
	var in ballotRequest
	if err := decodeBody(body, &in); err != nil {
		return nil, err
	}
	choices := make(map[string]voting.Choice, len(in.Choices))
	for id, choice := range in.Choices {
		choices[id] = voting.Choice{Mark: choice.Mark, Names: slices.Clone(choice.Names), Each: choice.Each}
	}
	return choices, nil
}

// castJSON casts a ballot under the key of its header Idempotency-Key.
func castJSON(c *call) error {
	key := c.GetHeader("Idempotency-Key")
	if key == "" {
		return refuse("idempotency_missing")
	}
	choices, err := ballotOf(c)
	if err != nil {
		return err
	}
	receipt, err := c.store.CastBallot(c, c.cast(choices, key))
	if err != nil {
		return err
	}
	status := http.StatusCreated
	if receipt.Replayed {
		status = http.StatusOK
	}
	return c.sendJSON(done{status: status, body: receiptOf(receipt)})
}

func getReceipt(c *call) error {
	receipt, err := c.store.ReceiptOf(c, *c.resident)
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: receiptOf(receipt)})
}
