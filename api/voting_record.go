package api

import (
	"fmt"
	"mime"
	"net/http"
	"strconv"

	"gongjue/models"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// votingRecordRoutes lead an owner to what the log holds for the own home, from the opening on and for as long as the
// meeting is kept.
func votingRecordRoutes() []route {
	return []route{
		get("/m/:meeting/record", atMeeting, votingRecordPage),
		get("/m/:meeting/record/home", public, proveRecordPage),
		post("/m/:meeting/record/home", public, proveRecordAct.page),
		post("/m/:meeting/record/enter", public, enterRecordAct.page).heldBy("/m/:meeting/record/home"),
		get("/m/:meeting/record/record.txt", atMeeting, votingRecordFile),
		get("/m/:meeting/record/receipts/:leaf", atMeeting, recordedReceiptFile),
		post("/m/:meeting/record/leave", atMeeting, leaveRecord),

		post("/api/v1/public/meetings/:meeting/record-codes", public, proveRecordAct.api),
		get("/api/v1/meetings/:meeting/voting-record", atMeeting, getVotingRecord),
		get("/api/v1/meetings/:meeting/voting-record/file", atMeeting, votingRecordFile),
	}
}

func votingRecordURL(meetingID string) string { return noticeURL(meetingID) + "/record" }

// enterMeeting lets in an owner who proved who they are: to vote in the meeting that the address names, or at its roster.
func (c *call) enterMeeting() error {
	if err := c.enterResident(); err == nil && c.resident.Meeting == c.Param("meeting") {
		return nil
	}
	c.resident = nil
	if err := c.enterOwner(); err != nil {
		return err
	}
	meeting, err := c.store.PublicMeeting(c, c.Param("meeting"))
	if err != nil || meeting.RosterID != c.owner.Roster {
		c.owner = nil
		return refuse("session_expired") // a meeting that is not there is answered alike
	}
	return nil
}

// reader is whoever asks for the record of their home.
func (c *call) reader() models.RecordReader {
	if c.resident != nil {
		return models.RecordReader{Meeting: c.resident.Meeting, Voter: c.resident.Voter, Owner: c.resident.Owner}
	}
	return models.RecordReader{Meeting: c.Param("meeting"), Voter: c.owner.Voter, Owner: c.owner.Owner}
}

// choicesQuery asks for the choices beside the ballots.
const choicesQuery = "choices"

func (c *call) votingRecord() (models.VotingRecord, web.VotingRecord, error) {
	record, err := c.store.VotingRecord(c, c.reader(), c.Query(choicesQuery) == "1")
	if err != nil {
		return record, web.VotingRecord{}, err
	}
	community, err := c.store.Community(c, record.Meeting.CommunityID)
	if err != nil {
		return record, web.VotingRecord{}, err
	}
	meeting, self := record.Meeting, votingRecordURL(record.Meeting.ID)
	page := web.VotingRecord{Shell: c.shell(web.TitleVotingRecord), Community: community.Name, Meeting: meeting.Title, State: string(meeting.State),
		Places: record.Places, At: web.Instant(record.At), Size: record.Size, Root: record.Root, Counted: record.Counted, Opened: record.Opened,
		FileURL: self + "/record.txt", CheckerURL: checkerURL, NoticeURL: noticeURL(meeting.ID), ResultURL: publicResultURL(meeting), ObjectHow: web.ObjectionHow(meeting.Place, meeting.Contact)}
	if meeting.State == lifecycle.MeetingPreliminary {
		page.ObjectURL = objectingURL(meeting.ID)
	}
	if c.owner != nil {
		page.LeaveURL = self + "/leave"
	}
	switch {
	case record.Opened:
		page.ChoicesURL, page.FileURL = self, page.FileURL+"?"+choicesQuery+"=1"
	case record.MayOpen:
		page.ChoicesURL = self + "?" + choicesQuery + "=1"
	}
	if models.HasPublicBundle(meeting.State) {
		page.BundleURL = publicBundleURL(meeting.ID)
	}
	for _, ballot := range record.Ballots {
		page.Ballots = append(page.Ballots, recordedBallot(meeting, ballot))
	}
	return record, page, nil
}

func recordedBallot(meeting models.Meeting, ballot models.VotingRecordBallot) web.RecordedBallot {
	line := web.RecordedBallot{Number: ballot.Number, Code: ballot.Code, At: web.Instant(ballot.CastAt), Channel: string(ballot.Channel), By: ballot.By,
		Superseded: ballot.Superseded, Salt: ballot.Salt, FileURL: fmt.Sprintf("%s/receipts/%d", votingRecordURL(meeting.ID), ballot.Number)}
	if ballot.Standing != "" {
		line.Reason, _ = web.ReceiptStanding(string(ballot.Standing))
	}
	for _, matter := range meeting.Matters {
		if mark, answered := ballot.Answers[matter.ID]; answered {
			line.Answers = append(line.Answers, web.RecordedAnswerOf(web.BallotMatter{ID: matter.ID, Number: int(matter.Position), Title: matter.Title,
				Matter: matter.Rule, Choice: mark.Choice}, mark.Void))
		}
	}
	return line
}

func votingRecordPage(c *call) error {
	_, page, err := c.votingRecord()
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// votingRecordFile is the record as the server signs it.
func votingRecordFile(c *call) error {
	record, page, err := c.votingRecord()
	if err != nil {
		return err
	}
	text, err := c.store.SignRecord(record, page.Words())
	if err != nil {
		return err
	}
	c.sendOwnText(web.VotingRecordFile, text)
	return nil
}

// recordedReceiptFile is the receipt of one ballot of the home, whatever its channel.
func recordedReceiptFile(c *call) error {
	record, page, err := c.votingRecord()
	if err != nil {
		return err
	}
	for i, ballot := range record.Ballots {
		if strconv.FormatInt(ballot.Number, 10) != c.Param("leaf") {
			continue
		}
		proof, err := c.store.ReceiptLines(c, ballot.Receipt)
		if err != nil {
			return err
		}
		c.sendOwnText("receipt.txt", []byte(page.ReceiptText(page.Ballots[i], c.config.PublicURL+receiptCheckURL, proof)))
		return nil
	}
	return refuse("not_found")
}

// sendOwnText hands out a text file that is somebody's own.
func (c *call) sendOwnText(name string, text []byte) {
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	c.Data(http.StatusOK, "text/plain; charset=utf-8", text)
}

// votingRecordJSON is everything that the log holds for one home; no ballot at all is an empty list.
type votingRecordJSON struct {
	MeetingID string               `json:"meeting_id"`
	Places    []string             `json:"places"`
	At        int64                `json:"asked_at"`
	LogSize   int64                `json:"log_size"` // of which the signed file speaks
	LogRoot   string               `json:"log_root"`
	Counted   bool                 `json:"counted"` // the file proves who voted
	Ballots   []recordedBallotJSON `json:"ballots"`
}

type recordedBallotJSON struct {
	Number     int64                       `json:"number"`
	Code       string                      `json:"code"`
	CastAt     int64                       `json:"cast_at"`
	Channel    lifecycle.Channel           `json:"channel"`
	By         string                      `json:"by,omitempty"` // masked, with the capacity
	Superseded bool                        `json:"superseded"`
	Standing   models.ReceiptStanding      `json:"standing,omitempty"`
	Answers    map[string]ledger.PaperMark `json:"answers,omitempty"` // by matter, where they were asked for after the count
	Salt       string                      `json:"salt,omitempty"`
}

func getVotingRecord(c *call) error {
	record, err := c.store.VotingRecord(c, c.reader(), c.Query(choicesQuery) == "1")
	if err != nil {
		return err
	}
	body := votingRecordJSON{MeetingID: record.Meeting.ID, Places: record.Places, At: record.At, LogSize: record.Size, LogRoot: record.Root,
		Counted: record.Counted, Ballots: make([]recordedBallotJSON, len(record.Ballots))}
	for i, ballot := range record.Ballots {
		body.Ballots[i] = recordedBallotJSON{Number: ballot.Number, Code: ballot.Code, CastAt: ballot.CastAt, Channel: ballot.Channel, By: ballot.By,
			Superseded: ballot.Superseded, Standing: ballot.Standing, Answers: ballot.Answers, Salt: ballot.Salt}
	}
	return c.sendJSON(done{body: body})
}
