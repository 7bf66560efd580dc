package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/web"
)

func communitiesPage(c *call) error {
	page, err := communitiesForm(c, communityRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

func communitiesForm(c *call, in communityRequest, problems []web.Problem) (web.Page, error) {
	list, next, err := c.store.Overviews(c, *c.staff, c.asked())
	if err != nil {
		return nil, err
	}
	return web.Communities{Shell: c.shell(web.TitleCommunities), Form: web.Form{Action: "/staff/communities", Problems: problems},
		District: in.District, Street: in.Street, Name: in.Name, List: c.consoleLines(list), NextURL: c.nextURL(next)}, nil
}

var createCommunityAct = act[communityRequest]{again: communitiesForm, do: func(c *call, in communityRequest) (done, error) {
	community, err := c.store.CreateCommunity(c, c.actor(), in.District, in.Street, in.Name)
	if err != nil {
		return done{}, err
	}
	return done{status: http.StatusCreated, body: communityOf(community), location: "/staff/communities", flash: "community_created"}, nil
}}

// deadShown is how many dead messages the operator sees at once; reviving them makes room for older ones.
const deadShown = 100

func outboxPage(c *call) error {
	letters, err := c.store.DeadMessages(c, deadShown)
	if err != nil {
		return err
	}
	counts, err := c.store.OutboxCounts(c)
	if err != nil {
		return err
	}
	sent, err := c.store.MessagesSentSince(c, calendar.StartOfDay(c.store.Now()))
	if err != nil {
		return err
	}
	page := web.Outbox{Shell: c.shell(web.TitleOutbox), Waiting: counts[models.MessagePending], SentToday: sent}
	for _, letter := range letters {
		page.DeadLetters = append(page.DeadLetters, web.DeadLetter{ID: letter.ID, Kind: string(letter.Kind), Community: letter.Community,
			Attempts: int(letter.Attempts), Error: letter.Cause, At: web.Instant(letter.CreatedAt),
			RetryURL: staffCommunityURL(letter.CommunityID) + "/outbox/" + letter.ID + "/retry"})
	}
	return c.render(http.StatusOK, page)
}

// deadMessageJSON is a message that was given up; it holds nothing personal.
type deadMessageJSON struct {
	ID          string             `json:"id"`
	CommunityID string             `json:"community_id"`
	Community   string             `json:"community"`
	Kind        models.MessageKind `json:"kind"`
	Attempts    int64              `json:"attempts"`
	Cause       string             `json:"cause"`
	CreatedAt   int64              `json:"created_at"`
}

type deadMessagesJSON struct {
	Messages []deadMessageJSON `json:"messages"`
	Waiting  int64             `json:"waiting"`
	Dead     int64             `json:"dead"`
}

func listDeadMessages(c *call) error {
	letters, err := c.store.DeadMessages(c, deadShown)
	if err != nil {
		return err
	}
	counts, err := c.store.OutboxCounts(c)
	if err != nil {
		return err
	}
	body := deadMessagesJSON{Messages: make([]deadMessageJSON, len(letters)), Waiting: counts[models.MessagePending], Dead: counts[models.MessageDead]}
	for i, letter := range letters {
		body.Messages[i] = deadMessageJSON{ID: letter.ID, CommunityID: letter.CommunityID, Community: letter.Community, Kind: letter.Kind,
			Attempts: letter.Attempts, Cause: letter.Cause, CreatedAt: letter.CreatedAt}
	}
	return c.sendJSON(done{body: body})
}

var reviveAct = act[nothing]{do: func(c *call, _ nothing) (done, error) {
	if err := c.store.ReviveMessage(c, c.actor(), c.community.ID, c.Param("message")); err != nil {
		return done{}, err
	}
	return done{location: "/staff/outbox", flash: "message_revived"}, nil
}}
