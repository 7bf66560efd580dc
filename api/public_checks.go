package api

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/web"
)

// receiptRequest asks whether a log holds the ballot of a receipt code.
type receiptRequest struct {
	Code string `json:"code" form:"code" binding:"required,max=100"`
}

// receiptCheckJSON is what the log says about a receipt; nothing about the voter or the choice.
type receiptCheckJSON struct {
	Community string `json:"community"`
	Meeting   string `json:"meeting"`
	MeetingID string `json:"meeting_id"`
	Number    int64  `json:"number"` // index of the ballot's leaf
	CastAt    int64  `json:"cast_at"`
	Channel   string `json:"channel"`
	Witnessed bool   `json:"witnessed"`          // a witness, such as the street, signed a head of the log that covers it
	LogSize   int64  `json:"log_size,omitempty"` // after the close, as log_root
	LogRoot   string `json:"log_root,omitempty"`

	Standing models.ReceiptStanding `json:"standing,omitempty"` // beside another ballot of the same voter
}

var receiptCheckAct = act[receiptRequest]{do: checkReceipt, again: receiptCheckForm}

func receiptCheckPage(c *call) error {
	page, err := receiptCheckForm(c, receiptRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

func receiptCheckForm(c *call, in receiptRequest, problems []web.Problem) (web.Page, error) {
	return web.ReceiptCheck{Shell: c.shell(web.TitleReceiptCheck), Form: web.Form{Action: receiptCheckURL, Problems: problems},
		Code: in.Code, HomeURL: "/"}, nil
}

func checkReceipt(c *call, in receiptRequest) (done, error) {
	receipt, err := c.store.CheckReceipt(c, pastedCode(in.Code))
	if errors.Is(err, refuse("not_found")) {
		return receiptUnknown(c, in)
	}
	if err != nil {
		return done{}, err
	}
	meeting, err := c.store.PublicMeeting(c, receipt.MeetingID)
	if err != nil {
		return done{}, err
	}
	community, err := c.store.Community(c, receipt.CommunityID)
	if err != nil {
		return done{}, err
	}
	head, err := c.store.LogHeadOf(c, receipt.CommunityID, receipt.MeetingID)
	if err != nil {
		return done{}, err
	}
	body := receiptCheckJSON{Community: community.Name, Meeting: meeting.Title, MeetingID: meeting.ID, Number: receipt.Number,
		CastAt: receipt.CastAt, Channel: string(receipt.Channel), Witnessed: receipt.Witnessed}
	answer := &web.ReceiptAnswer{Found: true, Community: community.Name, Meeting: meeting.Title, Number: receipt.Number,
		At: web.Instant(receipt.CastAt), Channel: string(receipt.Channel), Witnessed: receipt.Witnessed, Counted: true, LeafIndex: receipt.Number + 1, // people count from 1
		ResultURL: publicResultURL(meeting), Annulled: endedSentence(meeting)}
	if receipt.Standing != "" {
		body.Standing = receipt.Standing
		answer.Reason, answer.Counted = web.ReceiptStanding(string(receipt.Standing))
	}
	if meeting.ClosedAt != 0 { // before the close the size of the log would tell each ballot as it comes in
		body.LogSize, body.LogRoot, answer.TreeSize, answer.Root = head.Size, head.Root, head.Size, head.Root
	}
	return done{body: body, show: showReceipt(in, answer)}, nil
}

// pastedCode drops the label that comes along where somebody copies a whole line of the receipt.
func pastedCode(text string) string {
	if at := strings.LastIndexAny(text, ":："); at >= 0 {
		_, width := utf8.DecodeRuneInString(text[at:])
		text = text[at+width:]
	}
	return strings.TrimSpace(text)
}

// receiptUnknown is an answer on the page and a refusal on the API.
func receiptUnknown(c *call, in receiptRequest) (done, error) {
	if c.isAPI() {
		return done{}, refuseField("receipt_unknown", "code")
	}
	return done{status: http.StatusNotFound, show: showReceipt(in, &web.ReceiptAnswer{})}, nil
}

func showReceipt(in receiptRequest, answer *web.ReceiptAnswer) func(*call) (web.Page, error) {
	return func(c *call) (web.Page, error) {
		return web.ReceiptCheck{Shell: c.shell(web.TitleReceiptCheck), Form: web.Form{Action: receiptCheckURL},
			Code: in.Code, HomeURL: "/", Answer: answer}, nil
	}
}

// checkCodeRequest asks for a certificate by the code printed on it.
type checkCodeRequest struct {
	Code string `json:"code" form:"code" binding:"required,max=100"`
}

var checkCodeAct = act[checkCodeRequest]{do: findCertificate, again: checkCodeForm}

func checkCodePage(c *call) error {
	page, err := checkCodeForm(c, checkCodeRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

func checkCodeForm(c *call, in checkCodeRequest, problems []web.Problem) (web.Page, error) {
	return web.CheckCode{Shell: c.shell(web.TitleCheckCode), Form: web.Form{Action: checkCodeURL, Problems: problems}, Code: in.Code, HomeURL: "/"}, nil
}

func unknownCode(c *call, code string) web.CheckCode {
	return web.CheckCode{Shell: c.shell(web.TitleCheckCode), Form: web.Form{Action: checkCodeURL}, Code: code, Unknown: true, HomeURL: "/"}
}

func findCertificate(c *call, in checkCodeRequest) (done, error) {
	filed, err := c.store.CertificateByCode(c, in.Code)
	if errors.Is(err, refuse("check_code_unknown")) {
		return done{status: http.StatusNotFound, show: func(c *call) (web.Page, error) { return unknownCode(c, in.Code), nil }}, nil
	}
	return done{location: certificateURL(filed.CheckCode)}, err
}

// formed tells whether the meeting decided anything: a motion or a selection that passed, or a seat filled. A
// consult poll decides nothing.
func formed(record models.FilingRecord) bool {
	return slices.ContainsFunc(models.InForce(record.Matters), decides)
}

// decides tells whether a matter decided anything by itself.
func decides(m models.MatterResult) bool {
	return m.Outcome.Binding && (m.Outcome.Result == voting.Passed || len(m.Outcome.Elected) > 0)
}

// checkerURL is the page that checks a record in a browser without a network.
const checkerURL = "/check.html"

// checkerPage hands the page out as one file: it runs here, and saved on any phone or computer.
func checkerPage(c *call) error {
	c.Header("Content-Security-Policy", web.CheckerPolicy()+"; frame-ancestors 'none'")
	c.Data(http.StatusOK, "text/html; charset=utf-8", web.Checker())
	return nil
}
