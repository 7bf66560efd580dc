package api

import (
	"gongjue/models"
	"gongjue/voting/lifecycle"
)

type publicCommunityJSON struct {
	communityJSON
	OpenVotes int64 `json:"open_votes"`
	Results   int64 `json:"results"` // published
}

type publicCommunitiesJSON struct {
	Communities []publicCommunityJSON `json:"communities"`
	Next        string                `json:"next,omitempty"` // cursor: pass it as `after`
}

func listPublicCommunities(c *call) error {
	shown, next, err := c.store.BoardCommunities(c, c.Query("q"), c.asked())
	if err != nil {
		return err
	}
	answer := publicCommunitiesJSON{Communities: []publicCommunityJSON{}, Next: next}
	for _, community := range shown {
		answer.Communities = append(answer.Communities, publicCommunityJSON{communityJSON: communityOf(community.Community),
			OpenVotes: community.OpenVotes, Results: community.Results})
	}
	return c.sendJSON(done{body: answer})
}

type noticeJSON struct {
	Community communityJSON `json:"community"`
	Meeting   meetingJSON   `json:"meeting"`
	Roster    rosterJSON    `json:"roster"`
	Turnout   *turnoutJSON  `json:"turnout,omitempty"` // while voting

	Sales    []saleJSON            `json:"roster_sales"`      // of homes after the freeze
	Mandates int64                 `json:"roster_mandates"`   // homes for which it was noted who votes
	Amended  []publicAmendmentJSON `json:"roster_amendments"` // of the roster after the notice: for later meetings

	LogClose *logHeadJSON `json:"log_at_close,omitempty"` // head of the log at the close: one half of the seed of a lot
}

func noticeOf(notice models.Notice) noticeJSON {
	answer := noticeJSON{Community: communityOf(notice.Community), Meeting: publicMeetingOf(notice.Meeting), Roster: rosterOf(notice.Roster),
		Turnout: turnoutOf(notice.Turnout), Sales: salesOf(notice.Sales), Mandates: notice.Mandates, Amended: publicAmendmentsOf(notice.Amended)}
	for i, matter := range notice.Meeting.Matters {
		base := weightOf(notice.Bases[matter.ID])
		answer.Meeting.Matters[i].Base = &base
	}
	if notice.Close.Size > 0 {
		head := logHeadJSON(notice.Close)
		answer.LogClose = &head
	}
	return answer
}

func getPublicMeeting(c *call) error {
	notice, err := c.store.NoticeOf(c, c.Param("meeting"))
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: noticeOf(notice)})
}

type channelJSON struct {
	Channel lifecycle.Channel `json:"channel"`
	Heads   int64             `json:"heads"`
}

func channelsOf(list []models.ChannelHeads) []channelJSON {
	channels := make([]channelJSON, len(list))
	for i, channel := range list {
		channels[i] = channelJSON(channel)
	}
	return channels
}

type logHeadJSON struct {
	Size int64  `json:"size"`
	Root string `json:"root"`
}

type publicResultJSON struct {
	noticeJSON
	Result      resultJSON        `json:"result"`
	Channels    []channelJSON     `json:"channels"`
	Sheets      *sheetBalanceJSON `json:"sheets,omitempty"` // of paper
	Log         logHeadJSON       `json:"log"`
	Lot         *lotJSON          `json:"lot,omitempty"`
	Certificate string            `json:"certificate,omitempty"` // check code
	Supervision []supervisionJSON `json:"supervision,omitempty"` // what authorities did about the decisions
	Imported    *importedJSON     `json:"imported,omitempty"`    // from a city's platform

	Objections objectionEffectJSON `json:"objections"`
	KeptUntil  int64               `json:"kept_until_at,omitempty"` // at least, of a final result
}

func getPublicResult(c *call) error {
	result, err := c.store.PublicResultOf(c, c.Param("meeting"))
	if err != nil {
		return c.noResult(err)
	}
	answer := publicResultJSON{noticeJSON: noticeOf(result.Notice), Result: resultOf(result.Result, result.Robust), Channels: channelsOf(result.Channels),
		Sheets: sheetBalanceOf(result.Sheets), Log: logHeadJSON(result.Head), Lot: lotOf(result.Lot), Certificate: result.Certificate,
		Imported: importedOf(result.Imported), Objections: objectionEffectOf(result.Meeting, result.Objections), KeptUntil: int64(keptUntil(result.Meeting))}
	list, err := c.store.SupervisionOf(c, result.Meeting.CommunityID, result.Meeting.ID)
	if err != nil {
		return err
	}
	for _, entry := range list {
		answer.Supervision = append(answer.Supervision, supervisionOf(entry))
	}
	return c.sendJSON(done{body: answer})
}
