package api

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"gongjue/models"
	"gongjue/voting/platform"
	"gongjue/web"
	"gongjue/web/messages"
)

// statuses is the one place that gives a refusal its HTTP status; every other refusal is 422: the request was
// understood and cannot be carried out as it is.
var statuses = map[string]int{
	"bad_json": http.StatusBadRequest, "unknown_field": http.StatusBadRequest, "wrong_type": http.StatusBadRequest,
	"idempotency_missing": http.StatusBadRequest,
	"sign_in":             http.StatusUnauthorized, "session_expired": http.StatusUnauthorized, "login_failed": http.StatusUnauthorized,
	"forbidden": http.StatusForbidden, "reads_closed": http.StatusForbidden, "cross_site": http.StatusForbidden,
	"not_found": http.StatusNotFound, "intake_gone": http.StatusNotFound, "locator_unknown": http.StatusNotFound, "check_code_unknown": http.StatusNotFound, "receipt_unknown": http.StatusNotFound,
	"method_not_allowed": http.StatusMethodNotAllowed,
	"illegal_step":       http.StatusConflict, "already_voted": http.StatusConflict, "idempotency_conflict": http.StatusConflict,
	"meeting_closed": http.StatusConflict, "evote_barred": http.StatusConflict, "meeting_not_started": http.StatusConflict, "filing_open": http.StatusConflict,
	"run_off_drafted": http.StatusConflict, "no_run_off": http.StatusConflict, "nomination_needed": http.StatusConflict,
	"objection_open": http.StatusConflict, "objections_full": http.StatusConflict, "objection_upheld": http.StatusConflict, "objection_window_open": http.StatusConflict,
	"result_not_ready": http.StatusConflict, "meeting_annulled": http.StatusConflict, "meeting_cancelled": http.StatusConflict, "ledger_mismatch": http.StatusConflict,
	"sheets_exceed": http.StatusConflict, "paper_same_person": http.StatusConflict, "paper_closed": http.StatusConflict, "paper_open": http.StatusConflict, "paper_nothing": http.StatusConflict,
	"delivery_too_early": http.StatusConflict, "delivery_closed": http.StatusConflict, "delivery_exists": http.StatusConflict, "delivery_nothing": http.StatusConflict,
	"no_committee": http.StatusNotFound, "already_registered": http.StatusConflict, "committee_in_office": http.StatusConflict, "term_taken": http.StatusConflict,
	"not_next": http.StatusConflict, "no_recall": http.StatusConflict, "interim_exists": http.StatusConflict, "display_open": http.StatusConflict,
	"target_exists": http.StatusConflict, "filing_received": http.StatusConflict, "returned_once": http.StatusConflict, "limit_not_over": http.StatusConflict, "not_supervisor": http.StatusForbidden, "not_certifier": http.StatusForbidden,
	"too_early": http.StatusConflict, "not_replaceable": http.StatusConflict, "interim_over": http.StatusConflict, "no_side": http.StatusForbidden, "powers_frozen": http.StatusConflict,
	"not_acting": http.StatusForbidden, "amendment_changed": http.StatusConflict, "mandate_overtaken": http.StatusConflict, "mandate_waiting": http.StatusConflict, "amendment_expired": http.StatusConflict, "roster_superseded": http.StatusConflict,
	"rulings_since": http.StatusConflict, "roster_objections_open": http.StatusConflict, "objection_exists": http.StatusConflict,
	"import_not_announced": http.StatusConflict, "import_too_early": http.StatusConflict, "import_closed": http.StatusConflict,
	"import_waiting": http.StatusConflict, "import_nothing": http.StatusConflict, "import_same_person": http.StatusConflict,
	"import_same_role": http.StatusConflict, "import_differs": http.StatusConflict, "import_open": http.StatusConflict, "import_missing": http.StatusConflict,
	"roster_display_open": http.StatusConflict, "roster_display_over": http.StatusConflict, "two_roles_needed": http.StatusConflict,
	"lot_due": http.StatusConflict, "lot_unannounced": http.StatusConflict, "lot_not_yet": http.StatusConflict, "lot_time_passed": http.StatusConflict,
	"sample_open": http.StatusConflict, "sample_none": http.StatusConflict, "sample_empty": http.StatusConflict, "sample_waiting": http.StatusConflict, "sample_unasked": http.StatusConflict,
	"lot_waiting": http.StatusConflict, "lot_same_role": http.StatusConflict, "lot_nothing": http.StatusConflict, "lot_final": http.StatusConflict,
	"nothing_tied": http.StatusConflict,
	"unwitnessed":  http.StatusConflict, "witness_ahead": http.StatusConflict, "checkpoint_unknown": http.StatusConflict, "cosignature_foreign": http.StatusForbidden,
	"seal_cards_missing": http.StatusConflict, "seal_by_server": http.StatusConflict, "seal_by_holders": http.StatusConflict, "seal_card_missing": http.StatusConflict,
	"seal_card_tried": http.StatusConflict, "seal_too_early": http.StatusConflict, "seal_share_altered": http.StatusConflict, "seal_limited": http.StatusTooManyRequests,

	"already_watched": http.StatusConflict, "not_watched": http.StatusConflict, "no_suggestion": http.StatusConflict,
	"convening_open": http.StatusConflict, "limit_open": http.StatusConflict, "street_not_convener": http.StatusConflict,
	"seal_proof_issued": http.StatusConflict, "seal_proof_ended": http.StatusConflict, "not_seal_prover": http.StatusForbidden,

	"draft_changed": http.StatusConflict, "disclosure_replaced": http.StatusConflict, "question_exists": http.StatusConflict, "questions_full": http.StatusConflict,
	"question_answered": http.StatusConflict, "question_hidden": http.StatusConflict, "day_unchanged": http.StatusConflict, "questions_limited": http.StatusTooManyRequests,

	"locator_expired": http.StatusGone,
	"body_too_big":    http.StatusRequestEntityTooLarge, "file_too_big": http.StatusRequestEntityTooLarge,
	"login_limited": http.StatusTooManyRequests, "reads_limited": http.StatusTooManyRequests, "code_limited": http.StatusTooManyRequests, "code_too_soon": http.StatusTooManyRequests,
	"cosign_limited": http.StatusTooManyRequests,
	"busy":           http.StatusServiceUnavailable, "internal": http.StatusInternalServerError,
}

// retryAfter are the seconds after which a refused request may be sent again.
var retryAfter = map[string]string{"busy": "2", "code_too_soon": "60", "code_limited": "600", "login_limited": "900", "reads_limited": "3600", "cosign_limited": "3600", "seal_limited": "3600", "questions_limited": "3600"}

func statusOf(code string) int {
	if status, listed := statuses[code]; listed {
		return status
	}
	return http.StatusUnprocessableEntity
}

// problem is the JSON form of a refusal (RFC 9457).
type problem struct {
	Type      string         `json:"type"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Code      string         `json:"code"`
	Detail    string         `json:"detail"`
	Errors    []fieldProblem `json:"errors,omitempty"`
	RequestID string         `json:"request_id"`
	Reason    string         `json:"reason,omitempty"`   // why a meeting was withdrawn or annulled
	EndedAt   int64          `json:"ended_at,omitempty"` // when

	Issues []platform.Issue `json:"issues,omitempty"` // what is wrong in a file of a city's platform
}

// fieldProblem is what is wrong with one field.
type fieldProblem struct {
	Field  string `json:"field"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// fieldErrors are several refusals of one request's fields; the first gives the code of the whole.
type fieldErrors []*models.Refusal

// Error names the codes, for logs and tests.
func (e fieldErrors) Error() string {
	codes := make([]string, len(e))
	for i, refusal := range e {
		codes[i] = refusal.Error()
	}
	return strings.Join(codes, ", ")
}

// refusals gives all refusals in an error; none means that the error is the system's own.
func refusals(err error) []*models.Refusal {
	var several fieldErrors
	if errors.As(err, &several) {
		return several
	}
	if refusal, ok := asRefusal(err); ok {
		return []*models.Refusal{refusal}
	}
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return []*models.Refusal{{Code: "body_too_big"}}
	}
	return nil
}

// answerError is the one way from an error to an answer: refusals are told, everything else is logged and
// told as a failure of ours.
func (c *call) answerError(err error) {
	found := refusals(err)
	if found == nil {
		if c.Request.Context().Err() != nil {
			return // the client is gone; nobody reads the answer
		}
		c.log.Error("request failed", slog.String("request_id", requestID(c.Context)), slog.String("route", c.FullPath()), slog.Any("error", err))
		found = []*models.Refusal{{Code: "internal"}}
		if models.Unavailable(err) {
			found[0].Code = "busy" // the same request may succeed in a moment
		}
	}
	code := found[0].Code
	c.retryLater(code)
	switch {
	case c.Writer.Written():
		return
	case c.isAPI():
		c.sendProblem(found)
	case (code == "sign_in" || (code == "session_expired" && c.resident == nil && strings.HasPrefix(c.Request.URL.Path, "/staff"))) && c.Request.Method == http.MethodGet:
		c.Redirect(http.StatusSeeOther, "/staff/login?next="+url.QueryEscape(c.Request.URL.Path))
	case code == "session_expired" && strings.HasPrefix(c.Request.URL.Path, "/vote"):
		c.sendExpiredPage()
	case code == "session_expired" && strings.HasPrefix(c.Request.URL.Path, "/r/"):
		c.seeOther(done{location: proveURL(c.Param("roster")), flash: c.expiredFlash()})
	case code == "session_expired" && strings.HasPrefix(c.FullPath(), "/m/:meeting/record"):
		c.seeOther(done{location: proveRecordURL(c.Param("meeting"), strings.HasPrefix(c.FullPath(), "/m/:meeting/record/objections")), flash: c.expiredFlash()})
	default:
		c.sendErrorPage(code)
	}
}

// retryLater says when a refused request may be sent again, if it may.
func (c *call) retryLater(code string) {
	if wait, known := retryAfter[code]; known {
		c.Header("Retry-After", wait)
	}
}

func (c *call) sendProblem(found []*models.Refusal, issues ...platform.Issue) {
	code := found[0].Code
	answer := problem{Type: "about:blank", Title: http.StatusText(statusOf(code)), Status: statusOf(code), Code: code,
		Detail: sentence(code), RequestID: requestID(c.Context), Issues: issues}
	for _, refusal := range found {
		if refusal.Field != "" {
			answer.Errors = append(answer.Errors, fieldProblem{Field: refusal.Field, Code: refusal.Code, Detail: sentence(refusal.Code)})
		}
	}
	writeProblem(c.Writer, answer)
}

func writeProblem(w http.ResponseWriter, answer problem) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(answer.Status)
	_ = json.NewEncoder(w).Encode(answer) // the status is sent; a lost connection is all that can fail here
}

func (c *call) sendErrorPage(code string) {
	page := web.ErrorPage{Shell: c.shell(""), Status: statusOf(code), Code: code, RequestID: requestID(c.Context), HomeURL: "/"}
	if page.Status == http.StatusUnauthorized && strings.HasPrefix(c.Request.URL.Path, "/staff") {
		page.SignInURL = "/staff/login"
	}
	c.renderError(page.Status, page)
}

// renderError shows a page that answers an error; if that fails too, the log is all that is left.
func (c *call) renderError(status int, page web.Page) {
	if err := c.render(status, page); err != nil {
		c.log.Error("error page failed", slog.String("request_id", requestID(c.Context)), slog.Any("error", err))
	}
}

// sentence is the Chinese sentence of a code.
func sentence(code string) string {
	if text, known := messages.Text(code); known {
		return text
	}
	text, _ := messages.Text("internal")
	return text
}

// problems are the refusals as a form shows them.
func problems(found []*models.Refusal) []web.Problem {
	list := make([]web.Problem, len(found))
	for i, refusal := range found {
		list[i] = web.Problem{Field: refusal.Field, Text: sentence(refusal.Code)}
	}
	return list
}

// refuseOutside answers a request that never reached a route.
func (s *Server) refuseOutside(w http.ResponseWriter, r *http.Request, code string) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		writeProblem(w, problem{Type: "about:blank", Title: http.StatusText(statusOf(code)), Status: statusOf(code), Code: code, Detail: sentence(code)})
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(statusOf(code))
	page := web.ErrorPage{Shell: web.Shell{Now: web.Instant(s.store.Now())}, Status: statusOf(code), Code: code, HomeURL: "/"}
	if err := web.Render(w, page); err != nil {
		s.log.Error("error page failed", slog.Any("error", err))
	}
}
