package api

import (
	"io"

	"gongjue/models"
	documents "gongjue/notify/filing"
	"gongjue/notify/paper"
	"gongjue/notify/sheet"
	"gongjue/web"
)

// displayPDF is the display for the board at the gate; with `building` the list of that building alone, for its door.
func displayPDF(c *call) error {
	list, err := c.store.PublicRoster(c, c.Param("roster"))
	if err != nil {
		return err
	}
	only := c.homeQuery().lines().Building
	var lines []models.DisplayLine
	if list.OpenToAll() {
		if lines, _, err = c.store.DisplayLines(c, list, models.LineQuery{Building: only}); err != nil {
			return err
		}
	}
	return c.sendPDF(web.FileDisplay+".pdf", func(w io.Writer) (paper.Report, error) {
		return documents.RosterDisplay(w, displayData(list, only, lines, c.config.PublicURL))
	})
}

func displayData(list models.PublicRoster, only string, lines []models.DisplayLine, publicURL string) documents.RosterDisplayData {
	data := documents.RosterDisplayData{Community: list.Community.Name, Version: web.PaperVersion(list.Version), Only: only,
		PublishedAt: list.PublishedAt, Until: list.ObjectionUntil, FrozenAt: list.FrozenAt, AnswerDays: int(list.AnswerDays),
		Contact: list.Contact, Place: list.Place, Units: list.Units, Total: list.Weight,
		Parking:   web.ParkingRule(list.Parking.ParkingCountsArea, list.Parking.ParkingCountsHeads),
		Buildings: rosterSums(list.Buildings), Usages: rosterSums(list.Usages), Sources: rosterSums(sourceParts(list.Sources)),
		Root: list.Root, Link: publicURL + displayURL(list.ID)}
	data.Standing = web.ObjectionStanding(list.Objections.Open, list.Objections.Upheld, list.Objections.Dismissed)
	for _, change := range rosterChanges(list.Changes) {
		data.Changes = append(data.Changes, change.Sentence())
	}
	for _, amendment := range rosterAmendments(list.Amendments) {
		data.Amendments = append(data.Amendments, amendment.Sentence())
	}
	at := map[string]int{}
	for _, line := range lines {
		i, known := at[line.Building]
		if !known {
			i = len(data.Lists)
			at[line.Building] = i
			data.Lists = append(data.Lists, documents.RosterList{Building: line.Building})
		}
		shown := displayLine(line, false)
		data.Lists[i].Units = append(data.Lists[i].Units, documents.RosterUnit{Place: shown.Place, Area: shown.Area, Note: shown.Note()})
	}
	return data
}

func rosterSums(list []models.RosterPart) []documents.RosterSum {
	sums := make([]documents.RosterSum, len(list))
	for i, part := range list {
		sums[i] = documents.RosterSum(part)
	}
	return sums
}

// rosterPosterPDF is the poster with the code of the display. A draft has no page to lead to.
func rosterPosterPDF(c *call) error {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return err
	}
	if list.PublishedAt == 0 {
		return refuse("illegal_step")
	}
	data := sheet.Displayed{Community: c.community.Name, Until: list.ObjectionUntil, AnswerDays: int(list.AnswerDays), Units: list.Units,
		Total: list.Weight, Contact: list.Contact, Place: list.Place, Link: c.config.PublicURL + displayURL(list.ID)}
	return c.sendPDF(web.FileDisplayPoster+".pdf", func(w io.Writer) (paper.Report, error) { return sheet.RosterPoster(w, data) })
}
