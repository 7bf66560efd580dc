package api

import (
	"errors"
	"net/http"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// runOffStep is no step of the table: the earlier meeting stays published.
const runOffStep lifecycle.Event = "run_off"

// runOffAct drafts the further vote that a published result leads to, and goes on to the draft.
var runOffAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		meeting, err := c.store.DraftRunOff(c, c.actor(), c.community.ID, c.Param("meeting"), runOffWords)
		if err != nil {
			return done{}, err
		}
		return done{status: http.StatusCreated, body: meetingOf(meeting), location: staffMeetingURL(meeting), flash: "run_off_drafted"}, nil
	},
	again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
		return meetingView(c, trouble{event: runOffStep, problems: problems})
	},
}

// runOffWords are the texts of a further vote's draft.
var runOffWords = models.RunOffWords{Title: web.RunOffTitle, Text: func(earlier models.Meeting, decided models.MatterResult, further voting.Matter, before string) string {
	return web.RunOffText(earlier.Title, web.Instant(earlier.PublishedAt), decided.Rule, decided.Outcome, further, before)
}}

// furtherVote is the act that drafts the further vote, where the result is final and leads to one that was not
// drafted yet, and the links between a meeting and its further vote, for staff.
func (c *call) furtherVote(meeting models.Meeting, t trouble) (*web.Act, []web.Link, error) {
	drafted, err := c.store.RunOffsOf(c, meeting.CommunityID, meeting.ID)
	if err != nil {
		return nil, nil, err
	}
	var links []web.Link
	if meeting.RunOffOf != "" {
		earlier, err := c.store.Meeting(c, meeting.CommunityID, meeting.RunOffOf)
		if err != nil {
			return nil, nil, err
		}
		links = append(links, web.Link{Text: web.LinkEarlierMeeting(earlier.Title), URL: c.meetingURL(earlier.ID)})
	}
	for _, further := range drafted {
		links = append(links, web.Link{Text: web.LinkRunOff(further.Title), URL: c.meetingURL(further.ID)})
	}
	again, err := c.repeatLinks(meeting, func(id string, _ lifecycle.MeetingState) string { return c.meetingURL(id) })
	if err != nil {
		return nil, nil, err
	}
	links = append(links, again...)
	if meeting.State != lifecycle.MeetingPublished || c.staff.Role != models.RoleConvener || len(drafted) > 0 {
		return nil, links, nil
	}
	results, err := c.store.Results(c, meeting.CommunityID, meeting.ID)
	if err != nil {
		return nil, nil, err
	}
	_, none := models.RunOffMatters(meeting, results[len(results)-1], runOffWords)
	needed := errors.Is(none, refuse("nomination_needed"))
	if none != nil && !needed {
		return nil, links, nil
	}
	step := web.NewAct(string(runOffStep), c.meetingURL(meeting.ID, "run-off"))
	if needed {
		step.Refusal = sentence("nomination_needed")
	}
	if t.event == runOffStep {
		step.Problem = sentencesOf(t.problems)
	}
	return &step, links, nil
}

// publicRelated are the links between a meeting and its further vote, for anyone: from the earlier one once the
// notice of the further vote is out.
func (c *call) publicRelated(meeting models.Meeting) ([]web.Link, error) {
	var links []web.Link
	if meeting.RunOffOf != "" {
		earlier, err := c.store.PublicMeeting(c, meeting.RunOffOf)
		if err != nil {
			return nil, err
		}
		links = append(links, web.Link{Text: web.LinkEarlierMeeting(earlier.Title), URL: outcomeURL(earlier)})
	}
	further, err := c.store.RunOffsOf(c, meeting.CommunityID, meeting.ID)
	for _, vote := range further {
		if vote.State != lifecycle.MeetingDraft {
			links = append(links, web.Link{Text: web.LinkRunOff(vote.Title), URL: noticeURL(vote.ID)})
		}
	}
	if err != nil {
		return nil, err
	}
	again, err := c.repeatLinks(meeting, publicNotice)
	return append(links, again...), err
}

// publicNotice is the notice of a meeting; empty of a draft, which nobody sees.
func publicNotice(id string, state lifecycle.MeetingState) string {
	if state == lifecycle.MeetingDraft {
		return ""
	}
	return noticeURL(id)
}

// repeatLinks are the links between an annulled vote and the meeting that runs it again; those without an address are
// left out.
func (c *call) repeatLinks(meeting models.Meeting, address func(id string, state lifecycle.MeetingState) string) (links []web.Link, err error) {
	if meeting.Repeats != "" {
		earlier, err := c.store.Meeting(c, meeting.CommunityID, meeting.Repeats)
		if err != nil {
			return nil, err
		}
		links = append(links, web.Link{Text: web.LinkAnnulled(earlier.Title), URL: address(earlier.ID, earlier.State)})
	}
	if meeting.State != lifecycle.MeetingVoidRerun {
		return links, nil
	}
	again, err := c.store.RepeatedBy(c, meeting.CommunityID, meeting.ID)
	for _, vote := range again {
		if url := address(vote.ID, vote.State); url != "" {
			links = append(links, web.Link{Text: web.LinkRepeated(vote.Title), URL: url})
		}
	}
	return links, err
}

// outcomeURL is the public result of a meeting, or its notice while it has none to show.
func outcomeURL(meeting models.Meeting) string {
	if url := publicResultURL(meeting); url != "" {
		return url
	}
	return noticeURL(meeting.ID)
}
