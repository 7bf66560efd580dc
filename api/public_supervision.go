package api

import (
	"net/http"
	"slices"

	"gongjue/models"
	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/web"
)

func supervisionURL(id string) string { return "/o/" + id }

// supervisorOf names who made an entry.
func supervisorOf(e models.Supervision) string {
	if e.Authority == lifecycle.District {
		return explain.Authority(rules.DistrictAuthority, "", e.Name)
	}
	return e.Name
}

func supervisionLinks(list []models.Supervision) []web.Link {
	links := make([]web.Link, len(list))
	for i, entry := range list {
		links[i] = web.Link{Text: web.SupervisionLine(entry.Kind, entry.Number, supervisorOf(entry), web.Instant(entry.At)), URL: supervisionURL(entry.ID)}
	}
	return links
}

// revokedTitles are the titles of the matters whose decisions fell.
func revokedTitles(meeting models.Meeting, list []models.Supervision) (titles []string) {
	standing := models.StandingMatters(meeting, list)
	for _, matter := range meeting.Matters {
		if !slices.Contains(standing, matter.Position) {
			titles = append(titles, matter.Title)
		}
	}
	return titles
}

func getSupervision(c *call) error {
	entry, err := c.store.PublicSupervision(c, c.Param("order"))
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: supervisionOf(entry)})
}

// supervisionPage is the notice of an entry to all owners.
func supervisionPage(c *call) error {
	entry, err := c.store.PublicSupervision(c, c.Param("order"))
	if err != nil {
		return err
	}
	meeting, err := c.store.PublicMeeting(c, entry.MeetingID)
	if err != nil {
		return err
	}
	community, err := c.store.Community(c, entry.CommunityID)
	if err != nil {
		return err
	}
	list, err := c.store.SupervisionOf(c, entry.CommunityID, entry.MeetingID)
	if err != nil {
		return err
	}
	filings, err := c.store.FilingsOf(c, entry.CommunityID, entry.MeetingID)
	if err != nil {
		return err
	}
	title := web.SupervisionTitle(entry.Kind)
	page := web.SupervisionNotice{Shell: c.shell(title), Title: title, Number: entry.Number, Authority: supervisorOf(entry), At: web.Instant(entry.At),
		Community: community.Name, CommunityURL: boardURL(community.ID), Meeting: meeting.Title, ResultURL: publicResultURL(meeting),
		Effect: web.SupervisionEffect(entry.Kind), Leaf: entry.LeafIndex, LogURL: logURL(meeting.ID),
		Lines: web.SupervisionLines(entry.Breached, entry.Basis, web.SupervisionBody(entry.Kind), entry.Body, web.Instant(entry.LimitAt), entry.Court,
			entry.CaseNumber, entry.JudgedOn)}
	for _, matter := range meeting.Matters {
		if len(entry.Matters) == 0 || slices.Contains(entry.Matters, matter.Position) {
			page.Matters = append(page.Matters, matter.Title)
		}
	}
	var related []models.Supervision
	for _, other := range list {
		if other.ID != entry.ID && (other.Number == entry.Settles || other.Settles == entry.Number || entry.Settles > 0 && other.Settles == entry.Settles) {
			related = append(related, other)
		}
	}
	page.Related = supervisionLinks(related)
	for _, filing := range slices.Backward(filings) {
		if filing.CheckCode != "" {
			page.Certificate = certificateURL(filing.CheckCode)
		}
	}
	return c.render(http.StatusOK, page)
}

// supervised is what authorities did about the decisions behind a certificate.
type supervised struct {
	links    []web.Link
	revoked  string
	standing []int64 // positions of the matters whose decisions stand
}

func (c *call) supervisedOf(filed models.Filing) (supervised, error) {
	meeting, err := c.store.PublicMeeting(c, filed.MeetingID)
	if err != nil {
		return supervised{}, err
	}
	list, err := c.store.SupervisionOf(c, filed.CommunityID, filed.MeetingID)
	return supervised{supervisionLinks(list), web.RevokedMatters(revokedTitles(meeting, list)), models.StandingMatters(meeting, list)}, err
}

// title is that of a matter, with a mark where its decision fell.
func (s supervised) title(position int64, title string) string {
	if slices.Contains(s.standing, position) {
		return title
	}
	return title + web.RevokedMark
}
