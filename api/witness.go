package api

import (
	"io"
	"mime"
	"net/http"
	"regexp"
	"strconv"

	"gongjue/models"
	"gongjue/web"
)

// witnessRoutes are for those who cosign the logs: the street with a key of its own, by a program or by hand.
func witnessRoutes() []route {
	const keys, meeting = witnessKeysURL, "/communities/:community/meetings/:meeting/witness"
	return []route{
		get("/m/:meeting/log", public, logPage),
		get("/api/v1/public/logs", public, listLogs),
		get("/api/v1/public/meetings/:meeting/log", public, getLog),
		get("/api/v1/public/meetings/:meeting/checkpoint", public, offerText),
		post("/api/v1/public/meetings/:meeting/cosignatures", public, postCosignature),

		get(keys, receiving, witnessKeysPage),
		post(keys, street, proposeWitnessAct.page),
		post(keys+"/:witness/confirm", receiving, confirmWitnessAct.page).heldBy(keys),
		post(keys+"/:witness/end", receiving, endWitnessAct.page).heldBy(keys),
		get("/api/v1/witness-keys", receiving, listWitnessKeys),
		post("/api/v1/witness-keys", street, proposeWitnessAct.api),
		post("/api/v1/witness-keys/:witness/confirm", receiving, confirmWitnessAct.api),
		post("/api/v1/witness-keys/:witness/end", receiving, endWitnessAct.api),

		get("/staff"+meeting, inside, witnessPage),
		post("/staff"+meeting, street, handInAct.page),
		post("/staff"+meeting+"/waive", street, waiveWitnessAct.page),
		post("/api/v1"+meeting, street, handInAct.api),
		post("/api/v1"+meeting+"/waive", street, waiveWitnessAct.api),
	}
}

const witnessKeysURL = "/staff/witness"

// logURL is the public page of a meeting's log.
func logURL(id string) string { return noticeURL(id) + "/log" }

// markURL is what the code beside a printed mark leads to: a page that compares it.
func markURL(publicURL, id, mark string) string { return publicURL + logURL(id) + "?p=" + mark }

// offerAge is how long, in seconds, what a log offers may be kept by whoever stands between: a witness comes every few minutes.
const offerAge = "30"

// offerText is what a log offers to a witness that saw it up to `from`: the body of an add-checkpoint request.
func offerText(c *call) error {
	old := int64(0)
	if text := c.Query("from"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 {
			return refuseField("bad_value", "from")
		}
		old = n
	}
	offer, err := c.store.OfferTo(c, c.Param("meeting"), old)
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "public, max-age="+offerAge)
	c.Header("Content-Disposition", `attachment; filename="checkpoint.txt"`)
	c.Data(http.StatusOK, "text/plain; charset=utf-8", offer.Bytes())
	return nil
}

type cosignedJSON struct {
	Size     int64    `json:"size"`
	Accepted []string `json:"accepted"` // names of the keys
}

// postCosignature takes a cosigned checkpoint as plain text, from anybody: the signature says whose it is.
func postCosignature(c *call) error {
	if media, _, err := mime.ParseMediaType(c.GetHeader("Content-Type")); err != nil || media != "text/plain" {
		return refuse("wrong_type")
	}
	signed, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, mostCosigned))
	if err != nil {
		return refuse("body_too_big")
	}
	return c.sendCosigned(signed)
}

// mostCosigned is more than a checkpoint with a hundred signatures takes.
const mostCosigned = 16 << 10

func (c *call) sendCosigned(signed []byte) error {
	cosigned, err := c.store.Cosign(c, c.Param("meeting"), signed, c.address())
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: cosignedJSON(cosigned)})
}

type watchedLogJSON struct {
	Meeting string `json:"meeting"`
	Origin  string `json:"origin"`
	LogKey  string `json:"log_key"`
	Size    int64  `json:"size"` // of the newest checkpoint
	Seen    int64  `json:"seen"` // of the largest that the witness signed
}

type watchedLogsJSON struct {
	Logs []watchedLogJSON `json:"logs"`
	Next string           `json:"next,omitempty"`
}

// listLogs tells a witness which logs name its key.
func listLogs(c *call) error {
	list, next, err := c.store.LogsOf(c, c.Query("witness"), c.asked())
	if err != nil {
		return err
	}
	answer := watchedLogsJSON{Logs: []watchedLogJSON{}, Next: next}
	for _, log := range list {
		answer.Logs = append(answer.Logs, watchedLogJSON{log.MeetingID, log.Origin, log.LogKey, log.Size, log.Seen})
	}
	return c.sendJSON(done{body: answer})
}

type headJSON struct {
	Size int64  `json:"size"`
	Root string `json:"root"`
	Mark string `json:"mark"` // short, as papers print it
	At   int64  `json:"at"`
}

type sightJSON struct {
	Name        string `json:"name"`
	Fingerprint string `json:"fingerprint"`
	Size        int64  `json:"size"` // 0: nothing signed yet
	SignedAt    int64  `json:"signed_at"`
}

type waiverJSON struct {
	Reason string `json:"reason"`
	At     int64  `json:"at"`
}

type publicLogJSON struct {
	Origin     string      `json:"origin"`
	LogKey     string      `json:"log_key"`
	Opening    *headJSON   `json:"opening,omitempty"`
	Close      *headJSON   `json:"close,omitempty"`
	Result     *headJSON   `json:"result,omitempty"`
	Newest     *headJSON   `json:"newest,omitempty"`
	Witnesses  []sightJSON `json:"witnesses"`
	ResultSeen bool        `json:"result_seen"`
	Waived     *waiverJSON `json:"waived,omitempty"`
}

func headOf(head models.Head) *headJSON {
	if head.Size == 0 {
		return nil
	}
	return &headJSON{head.Size, head.Root, head.Mark, head.At}
}

// getLog shows the signed heads of a meeting's log, and who cosigned them.
func getLog(c *call) error {
	meeting, err := c.store.PublicMeeting(c, c.Param("meeting"))
	if err != nil {
		return err
	}
	w, err := c.store.WitnessingOf(c, meeting)
	if err != nil {
		return err
	}
	if !models.HasPublicResult(meeting.State) {
		w.Result = models.Head{}
	}
	answer := publicLogJSON{Opening: headOf(w.Opening), Close: headOf(w.Close), Result: headOf(w.Result), Newest: headOf(w.Newest),
		Witnesses: []sightJSON{}, ResultSeen: w.ResultSeen()}
	if answer.Origin, answer.LogKey, err = c.store.LogNames(meeting.ID); err != nil {
		return err
	}
	for _, sight := range w.Sights {
		answer.Witnesses = append(answer.Witnesses, sightJSON{sight.Name, sight.Fingerprint.String(), sight.Size, sight.SignedAt})
	}
	if w.Waived != "" {
		answer.Waived = &waiverJSON{w.Waived, w.WaivedAt}
	}
	return c.sendJSON(done{body: answer})
}

// printedMark is the shape of a mark: a size, a slash, 16 hex digits in groups of four.
var printedMark = regexp.MustCompile(`^[0-9]{1,18}/[0-9a-f]{4}(-[0-9a-f]{4}){3}$`)

// logPage is where the code beside a printed mark leads: the heads of the log, and whether the mark is one of them.
func logPage(c *call) error {
	meeting, err := c.store.PublicMeeting(c, c.Param("meeting"))
	if err != nil {
		return err
	}
	view, err := c.witnessView(meeting, models.HasPublicResult(meeting.State))
	if err != nil {
		return err
	}
	community, err := c.store.Community(c, meeting.CommunityID)
	if err != nil {
		return err
	}
	page := web.LogPage{Shell: c.shell(meeting.Title + " " + web.TitleLog), Community: community.Name, CommunityURL: boardURL(community.ID), Meeting: meeting.Title,
		NoticeURL: noticeURL(meeting.ID), ResultURL: publicResultURL(meeting), State: string(meeting.State), Witnessing: view}
	if page.Origin, page.LogKey, err = c.store.LogNames(meeting.ID); err != nil {
		return err
	}
	if page.Printed = c.Query("p"); !printedMark.MatchString(page.Printed) {
		page.Printed = "" // nobody puts words of their own on this page
	} else {
		known, err := c.store.KnowsMark(c, meeting, page.Printed)
		if err != nil {
			return err
		}
		page.Known = known
	}
	return c.render(http.StatusOK, page)
}

// witnessView is what pages show of a log's heads; that of the result where it is to be seen.
func (c *call) witnessView(meeting models.Meeting, result bool) (web.Witnessing, error) {
	w, err := c.store.WitnessingOf(c, meeting)
	if err != nil {
		return web.Witnessing{}, err
	}
	return witnessingView(w, result), nil
}

func witnessingView(w models.Witnessing, result bool) web.Witnessing {
	view := web.Witnessing{Waived: w.Waived, WaivedAt: web.Instant(w.WaivedAt)}
	add := func(name string, head models.Head) {
		if last := len(view.Heads) - 1; head.Size > 0 && (last < 0 || view.Heads[last].Size < head.Size) {
			view.Heads = append(view.Heads, web.LogMark{Name: name, Size: head.Size, Root: head.Root, Mark: head.Mark, At: web.Instant(head.At), Seen: w.Seen >= head.Size})
		}
	}
	add(web.HeadOpening, w.Opening)
	add(web.HeadClose, w.Close)
	if result {
		add(web.HeadResult, w.Result)
		view.Result, view.ResultSeen, view.Due = w.Result.Size > 0, w.ResultSeen(), w.Due()
	}
	add(web.HeadNewest, w.Newest)
	for _, sight := range w.Sights {
		view.Sights = append(view.Sights, web.Sight{Name: sight.Name, Fingerprint: sight.Fingerprint.Printed(), Size: sight.Size, At: web.Instant(sight.SignedAt)})
	}
	return view
}
