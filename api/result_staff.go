package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// countPage is the count for those who work on the meeting. Nothing of it exists before the count: choices
// stay sealed until then.
func countPage(c *call) error {
	desk, err := c.store.DeskOf(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	results, err := c.store.Results(c, c.community.ID, desk.Meeting.ID)
	if err != nil {
		return err
	}
	m := desk.Meeting
	balance, err := c.store.SheetBalanceOf(c, m)
	if err != nil {
		return err
	}
	acts, _ := c.meetingActs(desk, trouble{})
	acts = append(acts, c.bundleActs(m)...)
	page := web.CountPage{Shell: c.shell(web.TitleCount), Community: c.community.Name, Meeting: m.Title, MeetingURL: c.meetingURL(m.ID),
		State: string(m.State), CountedAt: web.Instant(m.TalliedAt), Issued: desk.Issued, Sheets: sheetBalance(balance), Acts: acts}
	if len(results) > 0 {
		newest := results[len(results)-1]
		channels, err := c.store.ChannelsOf(c, c.community.ID, m.ID)
		if err != nil {
			return err
		}
		robust, err := c.store.Robustness(c, m)
		if err != nil {
			return err
		}
		page.Matters, page.Cast, page.Void = resultMatters(m, newest, robust), newest.Ballots, mostVoid(newest)
		page.Channels = channelCounts(channels)
		if desk.Lot != nil {
			page.Lot, page.LotURL = lotView(desk.Lot), c.meetingURL(m.ID, "lot")
		}
		imported, err := c.store.ImportedOf(c, m)
		if err != nil {
			return err
		}
		page.Imported = importedView(m, imported)
	}
	return c.render(http.StatusOK, page)
}

// mostVoid is the number of void answers on the matter that has the most of them.
func mostVoid(result models.Result) int64 {
	most := int64(0)
	for _, matter := range result.Matters {
		most = max(most, matter.Outcome.Counted.Void.Heads)
	}
	return most
}

type resultsJSON struct {
	State    lifecycle.MeetingState `json:"state"`
	Results  []resultJSON           `json:"results"`            // the preliminary one first; empty before the count
	Sheets   *sheetBalanceJSON      `json:"sheets,omitempty"`   // of paper, from the close on
	Imported *importedJSON          `json:"imported,omitempty"` // from a city's platform, after the count
}

func getResults(c *call) error {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	results, err := c.store.Results(c, c.community.ID, meeting.ID)
	if err != nil {
		return err
	}
	robust, err := c.store.Robustness(c, meeting)
	if err != nil {
		return err
	}
	balance, err := c.store.SheetBalanceOf(c, meeting)
	if err != nil {
		return err
	}
	imported, err := c.store.ImportedOf(c, meeting)
	if err != nil {
		return err
	}
	body := resultsJSON{State: meeting.State, Results: make([]resultJSON, len(results)), Sheets: sheetBalanceOf(balance), Imported: importedOf(imported)}
	for i, result := range results {
		body.Results[i] = resultOf(result, robust)
	}
	return c.sendJSON(done{body: body})
}
