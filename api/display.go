package api

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
	"gongjue/web"
)

// linesShown is how many units stand on one page of a display: quick on an old phone.
const linesShown = 60

// homeQuery is what somebody looks for in a display: a building, a home, or both.
type homeQuery struct{ building, room string }

func (c *call) homeQuery() homeQuery {
	return homeQuery{building: strings.TrimSpace(c.Query("building")), room: strings.TrimSpace(c.Query("room"))}
}

func (q homeQuery) asked() bool { return q.building != "" || q.room != "" }

// stairNumbers are the digits of a stair as people write them.
const stairNumbers = "0123456789一二三四五六七八九十"

// lines is the query in the one spelling of the roster: 3-1-301, 3号楼1单元301 and 3号楼 一单元 301室 find the same home.
func (q homeQuery) lines() models.LineQuery {
	building, stair, room := q.building, "", q.room
	if before, after, named := strings.Cut(room, "单元"); named {
		above := strings.TrimRight(before, stairNumbers)
		if text := strings.TrimSpace(above); text != "" {
			building = text
		}
		stair, room = before[len(above):]+"单元", strings.TrimLeft(after, "- ")
	}
	home := roster.ReadHome(building, stair, room, "")
	return models.LineQuery{Building: home.Building, Stair: home.Stair, Room: home.Room}
}

// values are the query as part of an address.
func (q homeQuery) values() url.Values {
	values := url.Values{}
	for name, value := range map[string]string{"building": q.building, "room": q.room} {
		if value != "" {
			values.Set(name, value)
		}
	}
	return values
}

// displayPage is the permanent page of a roster that was put on display.
func displayPage(c *call) error {
	list, err := c.store.PublicRoster(c, c.Param("roster"))
	if err != nil {
		return err
	}
	asked := c.homeQuery()
	page := c.displayView(list, asked)
	if asked.asked() && page.Open {
		query := asked.lines()
		query.After, query.Limit = c.after(), linesShown
		lines, more, err := c.store.DisplayLines(c, list, query)
		if err != nil {
			return err
		}
		page.Searched, page.Lines = true, displayLines(lines, query.Building == "")
		if more {
			page.NextURL = moreURL(page.URL, asked, lines)
		}
	}
	return c.render(http.StatusOK, page)
}

// after is the position that the page begins behind; an odd one begins anew.
func (c *call) after() int64 {
	after, err := strconv.ParseInt(c.Query("after"), 10, 64)
	if err != nil {
		return 0
	}
	return after
}

func moreURL(address string, asked homeQuery, lines []models.DisplayLine) string {
	values := asked.values()
	values.Set("after", strconv.FormatInt(lines[len(lines)-1].Position, 10))
	return address + "?" + values.Encode() + "#lines"
}

func (c *call) displayView(list models.PublicRoster, asked homeQuery) web.RosterDisplay {
	address, now := displayURL(list.ID), c.store.Now()
	page := web.RosterDisplay{Shell: c.shell(list.Community.Name + " " + web.TitleDisplay), Community: list.Community.Name,
		CommunityURL: boardURL(list.Community.ID), URL: address, Version: int(list.Version), State: string(list.State), Units: list.Units,
		Weight: list.Weight, ParkingArea: list.Parking.ParkingCountsArea, ParkingHeads: list.Parking.ParkingCountsHeads,
		PublishedAt: web.Instant(list.PublishedAt), Until: web.Instant(list.ObjectionUntil), FrozenAt: web.Instant(list.FrozenAt),
		Over: list.State != lifecycle.RosterPublished || now > list.ObjectionUntil, Root: list.Root, Contact: list.Contact, Place: list.Place,
		AnswerDays: int(list.AnswerDays), Building: asked.building, Room: asked.room, Open: list.OpenToAll() || c.ownerAt(list.ID), PDFURL: address + "/roster.pdf"}
	if !page.Over {
		page.DaysLeft = calendar.NoticeDays(now, list.ObjectionUntil)
	}
	page.Buildings, page.Usages, page.Sources = displayParts(list.Buildings), displayParts(list.Usages), displayParts(sourceParts(list.Sources))
	if page.Open {
		for i, building := range page.Buildings {
			page.Buildings[i].URL = address + "?" + homeQuery{building: building.Name}.values().Encode() + "#lines"
		}
	}
	if list.OpenToAll() && asked.building != "" && asked.room == "" {
		page.BuildingPDF = page.PDFURL + "?" + asked.values().Encode()
	}
	if list.Newer != "" {
		page.NewerURL = displayURL(list.Newer)
	}
	if list.State != lifecycle.RosterSuperseded {
		page.HomeURL = proveURL(list.ID)
	}
	page.Changes, page.Amendments = rosterChanges(list.Changes), rosterAmendments(list.Amendments)
	page.Standing = web.ObjectionStanding(list.Objections.Open, list.Objections.Upheld, list.Objections.Dismissed)
	return page
}

func displayParts(list []models.RosterPart) []web.DisplayPart {
	parts := make([]web.DisplayPart, len(list))
	for i, part := range list {
		parts[i] = web.DisplayPart{Name: part.Name, Units: part.Units, Area: part.Area, Counted: part.Counted}
	}
	return parts
}

// sourceParts gives the sources of areas their words.
func sourceParts(list []models.RosterPart) []models.RosterPart {
	named := make([]models.RosterPart, len(list))
	for i, part := range list {
		named[i] = part
		named[i].Name = explain.AreaSource(part.Name)
	}
	return named
}

func displayLines(list []models.DisplayLine, named bool) []web.DisplayLine {
	lines := make([]web.DisplayLine, len(list))
	for i, line := range list {
		lines[i] = displayLine(line, named)
	}
	return lines
}

// displayLine is a line in words; named leaves the building in its place.
func displayLine(line models.DisplayLine, named bool) web.DisplayLine {
	unit := roster.Unit{Building: line.Building, Stair: line.Stair, Room: line.Room}
	if !named {
		unit.Building = ""
	}
	return web.DisplayLine{Place: web.PlaceWords(unit.Place()), Usage: line.Usage, Area: line.Area, Source: line.AreaSource.Name(),
		Head:   explain.HeadGroup(line.Group, line.GroupUnits, line.GroupHeads, line.Developer),
		NoArea: !line.CountsArea, Grouped: line.GroupUnits > 1 || line.Developer, Corrected: line.Corrected}
}

// unitFacts are what a roster said about a unit, in words.
func unitFacts(facts models.UnitFacts) web.UnitFacts {
	return web.UnitFacts{Usage: facts.Usage, Area: facts.Area, Source: facts.AreaSource.Name(), NoArea: !facts.CountsArea,
		Head: explain.HeadGroup(facts.Group, facts.Units, facts.Heads, facts.Developer)}
}

func rosterChanges(list []models.RosterChange) []web.RosterChange {
	changes := make([]web.RosterChange, len(list))
	for i, change := range list {
		changes[i] = rosterChange(change)
	}
	return changes
}
