package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/roster"
	"gongjue/web"
)

// ownersURL is an address under the owners of the roster that the call names.
func (c *call) ownersURL(parts ...string) string {
	return c.communityURL(append([]string{"rosters", c.Param("roster"), "owners"}, parts...)...)
}

func readRegisterURL(communityID string) string { return staffCommunityURL(communityID) + "/reads" }

// ownerSearchRequest looks for owners by their home, or by a number.
type ownerSearchRequest struct {
	Building string `json:"building" form:"building" binding:"max=50"`
	Stair    string `json:"stair" form:"stair" binding:"max=50"`
	Room     string `json:"room" form:"room" binding:"max=50"`
	Number   string `json:"number" form:"number" binding:"max=50"` // an ID number or a phone, whole
}

func ownerSearchPage(c *call) error {
	page, err := ownerSearchView(c, ownerSearchRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// ownerSearchView is the form. The number is not shown again: it would stand in the page's source.
func ownerSearchView(c *call, in ownerSearchRequest, problems []web.Problem) (web.Page, error) {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return nil, err
	}
	if !models.MayReadOwners(c.staff.Role, list.State) {
		return nil, refuse("reads_closed")
	}
	buildings, err := c.store.Buildings(c, c.community.ID, list.ID)
	if err != nil {
		return nil, err
	}
	return web.OwnerSearch{Shell: c.shell(web.TitleOwners), Form: web.Form{Action: c.ownersURL(), Problems: problems}, Community: c.community.Name,
		RosterURL: rosterURL(c.community.ID, list.ID), Version: int(list.Version), Buildings: buildings, Building: in.Building, Stair: in.Stair,
		Room: in.Room, RegisterURL: readRegisterURL(c.community.ID)}, nil
}

var ownerSearchAct = act[ownerSearchRequest]{
	do: func(c *call, in ownerSearchRequest) (done, error) {
		query := models.OwnerQuery{Number: in.Number}
		if in.Number == "" {
			home := roster.ReadHome(in.Building, in.Stair, in.Room, "")
			query.Building, query.Stair, query.Room = home.Building, home.Stair, home.Room
		}
		found, err := c.store.FindOwners(c, c.actor(), c.community.ID, c.Param("roster"), query)
		if err != nil {
			return done{}, err
		}
		return done{body: ownersOf(found), show: func(c *call) (web.Page, error) { return foundOwners(c, in, found) }}, nil
	},
	again: ownerSearchView,
}

func foundOwners(c *call, in ownerSearchRequest, found []models.OwnerLine) (web.Page, error) {
	view, err := ownerSearchView(c, in, nil)
	if err != nil {
		return nil, err
	}
	page, isSearch := view.(web.OwnerSearch)
	if !isSearch {
		return view, nil
	}
	page.Found = &web.OwnersFound{Full: len(found) == models.MostOwners}
	for _, owner := range found {
		page.Found.List = append(page.Found.List, web.OwnerFound{OwnerLine: ownerLine(owner), URL: c.ownersURL(owner.OwnerID)})
	}
	return page, nil
}

func ownerLine(owner models.OwnerLine) web.OwnerLine {
	return web.OwnerLine{Name: owner.Name, IDKind: string(owner.IDKind), IDNumber: owner.IDNumber, Phone: owner.Phone, Units: placeWords(owner.Units)}
}

func placeWords(places []string) []string {
	words := make([]string, len(places))
	for i, place := range places {
		words[i] = web.PlaceWords(place)
	}
	return words
}

func ownerPage(c *call) error {
	page, err := ownerView(c, readOwnerRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

func ownerView(c *call, in readOwnerRequest, problems []web.Problem) (web.Page, error) {
	owner, err := c.store.OwnerOf(c, c.actor(), c.community.ID, c.Param("roster"), c.Param("owner"))
	if err != nil {
		return nil, err
	}
	reads, err := c.store.ReadsOfOwner(c, c.actor(), c.community.ID, c.Param("roster"), owner.OwnerID)
	if err != nil {
		return nil, err
	}
	return web.OwnerPage{Shell: c.shell(web.TitleOwner), Form: web.Form{Action: c.ownersURL(owner.OwnerID, "read"), Problems: problems},
		Community: c.community.Name, SearchURL: c.ownersURL(), Owner: ownerLine(owner), Reason: in.Reason, Text: in.Text, Fields: in.Fields,
		Reads: readLines(reads)}, nil
}

// readOwnerRequest asks for full numbers.
type readOwnerRequest struct {
	Reason string   `json:"reason" form:"reason" binding:"required,max=20"` // one of models.ReadReasons
	Text   string   `json:"text" form:"text" binding:"required,max=200"`
	Fields []string `json:"fields" form:"fields" binding:"required,max=2"` // of models.OwnerFields
}

// readOwnerAct shows the numbers as the answer to the form itself: they stand in no address, and no page leads back
// to them.
var readOwnerAct = act[readOwnerRequest]{
	do: func(c *call, in readOwnerRequest) (done, error) {
		read := models.OwnerRead{Reason: models.ReadReason(in.Reason), Text: in.Text}
		for _, field := range in.Fields {
			read.Fields = append(read.Fields, models.OwnerField(field))
		}
		full, err := c.store.ReadOwner(c, c.actor(), c.community.ID, c.Param("roster"), c.Param("owner"), read)
		if err != nil {
			return done{}, err
		}
		return done{body: fullOwnerOf(full), show: func(c *call) (web.Page, error) {
			return web.OwnerRecord{Shell: c.shell(web.TitleOwner), Community: c.community.Name, BackURL: c.ownersURL(full.OwnerID), Name: full.Name,
				IDKind: string(full.IDKind), Units: placeWords(full.Units), Asked: in.Fields, IDNumber: full.IDNumber, Phone: full.Phone,
				At: web.Instant(c.store.Now())}, nil
		}}, nil
	},
	again: ownerView,
}

func readRegisterPage(c *call) error {
	entries, more, err := c.store.ReadRegister(c, c.community.ID, c.Query("after"))
	if err != nil {
		return err
	}
	page := web.ReadRegister{Shell: c.shell(web.TitleReadRegister), Community: c.community.Name, CommunityURL: c.communityURL(), Lines: readLines(entries)}
	if more {
		page.NextURL = c.nextURL(entries[len(entries)-1].ID)
	}
	return c.render(http.StatusOK, page)
}

func readLines(entries []models.OwnerReadEntry) []web.ReadLine {
	lines := make([]web.ReadLine, len(entries))
	for i, entry := range entries {
		lines[i] = web.ReadLine{At: web.Instant(entry.At), Kind: string(entry.Kind), Role: entry.Role, By: entry.ByName, Units: placeWords(entry.Units),
			Reason: string(entry.Reason), Text: entry.Text, Fields: fieldNamesOf(entry.Fields), Reads: entry.Reads, Window: entry.Window}
	}
	return lines
}

func fieldNamesOf(fields []models.OwnerField) []string {
	names := make([]string, len(fields))
	for i, field := range fields {
		names[i] = string(field)
	}
	return names
}

// ownRecordPage shows owners who have proved who they are what is held about them, and who has read it.
func ownRecordPage(c *call) error {
	record, err := c.store.OwnRecord(c, *c.resident)
	if err != nil {
		return err
	}
	meeting, err := c.store.PublicMeeting(c, c.resident.Meeting)
	if err != nil {
		return err
	}
	community, err := c.store.Community(c, meeting.CommunityID)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, web.OwnRecord{Shell: c.shell(web.TitleOwnRecord), Community: community.Name, Meeting: meeting.Title,
		Owner: ownerLine(record.OwnerLine), Reads: readLines(record.Reads), Contact: meeting.Contact, BallotURL: ballotURL})
}

// readAlarms are the communities in which an account read many owners' numbers lately, for those who may look into it.
func (c *call) readAlarms(all []models.Overview) ([]web.WorkItem, error) {
	if c.staff.Role != models.RoleConvener && c.staff.Role != models.RoleStreet {
		return nil, nil
	}
	ids := make([]string, len(all))
	for i, overview := range all {
		ids[i] = overview.ID
	}
	alarmed, err := c.store.RecentReadAlarms(c, ids)
	if err != nil {
		return nil, err
	}
	var work []web.WorkItem
	for _, overview := range all {
		if alarmed[overview.ID] {
			work = append(work, web.WorkItem{Text: web.WorkReadAlarm(overview.Name), URL: readRegisterURL(overview.ID)})
		}
	}
	return work, nil
}
