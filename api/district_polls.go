package api

import (
	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/explain"
	"gongjue/web"
)

// satisfactionJSON are the satisfaction polls about one subject, of each community the last one of the year.
type satisfactionJSON struct {
	About       voting.Subject `json:"about"`
	Communities int64          `json:"communities"`
	Half        int64          `json:"half"` // of them, where half or more are satisfied by heads and by area
	Asked       weightJSON     `json:"asked"`
	Answered    weightJSON     `json:"answered"`
	Satisfied   weightJSON     `json:"satisfied"`
}

type pollResultJSON struct {
	Community string         `json:"community"` // id, as below
	Street    string         `json:"street"`
	Meeting   string         `json:"meeting"`
	Title     string         `json:"title"`
	About     voting.Subject `json:"about,omitempty"`
	Asked     weightJSON     `json:"asked"`
	Answered  weightJSON     `json:"answered"`
	Agreed    weightJSON     `json:"agreed"`
	Half      bool           `json:"half"`
	Reached   bool           `json:"reached"`
	At        int64          `json:"at"`
}

func pollResultsOf(polls []models.PollResult) []pollResultJSON {
	list := make([]pollResultJSON, len(polls))
	for i, p := range polls {
		list[i] = pollResultJSON{p.CommunityID, p.StreetID, p.MeetingID, p.Title, p.About, weightOf(p.Asked), weightOf(p.Answered), weightOf(p.Agreed), p.Half(), p.Reached, p.At}
	}
	return list
}

// satisfactionLines are those of a district or a street as its page shows them.
func satisfactionLines(list []models.Satisfaction) []web.SatisfactionLine {
	lines := make([]web.SatisfactionLine, len(list))
	for i, s := range list {
		lines[i] = web.SatisfactionLine{Subject: explain.Subject(s.About), Communities: s.Communities, Half: s.Half, Asked: s.Asked, Answered: s.Answered, Agreed: s.Satisfied}
	}
	return lines
}

func pollLine(p models.PollResult) web.PollLine {
	return web.PollLine{Community: p.Community, Street: p.Street, Title: p.Title, Subject: explain.Subject(p.About), At: web.Instant(p.At),
		Asked: p.Asked, Answered: p.Answered, Agreed: p.Agreed, Half: p.Half(), Reached: p.Reached, URL: resultURL(p.MeetingID)}
}

// pollTable is the sheet of the monthly return with every poll of the year so far.
func pollTable(d models.District) workbook.Table {
	table := workbook.Table{Name: web.SheetPolls, Header: web.PollHeader, Widths: map[int]float64{0: 14, 1: 16, 2: 26, 3: 16, 4: 16}, Print: returnPrint(d, web.SheetPolls)}
	for column := 5; column < len(table.Header); column++ {
		table.Widths[column] = 10
	}
	for _, poll := range d.Polls {
		line := pollLine(poll)
		table.Rows = append(table.Rows, append([]string{line.Street, line.Community, line.Title, line.Subject, calendar.DayText(poll.At)}, line.Figures()...))
	}
	return table
}
