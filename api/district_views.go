package api

import (
	"net/url"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/web"
)

// districtAt is the page of a district's figures on the day of these, of one street where it is named.
func districtAt(d models.District, street string) string {
	query := url.Values{"at": {calendar.DayText(d.At)}}
	if street != "" {
		query.Set("street", street)
	}
	return districtURL + "?" + query.Encode()
}

// sumsOf are the figures of a street, or of all where it has no id, with what the current target asks of it.
func sumsOf(d models.District, figures models.StreetFigures) web.DistrictSums {
	sums := web.DistrictSums{Name: figures.Name, Communities: figures.Communities, Committees: figures.Committees, Interims: figures.Interims,
		Frozen: figures.Frozen, Voted: figures.Voted, Served: figures.Served, Satisfaction: satisfactionLines(figures.Satisfaction)}
	current := d.Current(models.MeasureFormed)
	if figures.ID == "" {
		if current != nil {
			sums.Needed, sums.Short = current.Needed, current.Short
		}
		return sums
	}
	sums.URL = districtAt(d, figures.ID)
	if current != nil {
		for _, street := range current.Streets {
			if street.ID == figures.ID {
				sums.Needed, sums.Short = street.Needed, street.Short
			}
		}
	}
	return sums
}

func targetLine(target models.TargetFigures) web.TargetLine {
	return web.TargetLine{Measure: string(target.Measure), Name: target.Name, Source: target.Source, Due: web.Instant(target.DueAt), Num: target.Num, Den: target.Den,
		Passed: target.MeasuredAt == target.DueAt, MeasuredAt: web.Instant(target.MeasuredAt), Reached: target.Reached, Of: target.Of, Needed: target.Needed, Short: target.Short,
		WithdrawURL: districtURL + "/targets/" + target.ID + "/withdraw"}
}

// currentLine is the target that a measure stands against now, nil for none.
func currentLine(d models.District, measure models.Measure) *web.TargetLine {
	current := d.Current(measure)
	if current == nil {
		return nil
	}
	line := targetLine(*current)
	return &line
}

// chooseStreet adds the communities of the street that was asked for, and what was missed there; without one, what was
// missed anywhere. Refusal: not_found (no street of this district on that day).
func chooseStreet(c *call, d models.District, view *web.DistrictView) error {
	view.StreetID = c.Query("street")
	for _, missed := range d.Missed {
		if view.StreetID == "" || missed.StreetID == view.StreetID {
			view.Missed = append(view.Missed, missedLine(missed))
		}
	}
	if view.StreetID == "" {
		return nil
	}
	for _, street := range d.Streets {
		if street.ID == view.StreetID {
			view.Street, view.Total = street.Name, sumsOf(d, street)
		}
	}
	if view.Street == "" {
		return refuse("not_found")
	}
	for _, poll := range d.Polls {
		if poll.StreetID == view.StreetID {
			view.Polls = append(view.Polls, pollLine(poll))
		}
	}
	for _, community := range d.Communities {
		if community.StreetID == view.StreetID {
			view.Communities = append(view.Communities, web.DistrictLine{Name: community.Name, URL: staffCommunityURL(community.ID),
				Stage: string(community.Stage), Body: string(community.Body), TermEnds: web.Instant(community.TermEnds),
				Renewal: web.Instant(community.RenewalFrom), Frozen: web.Instant(community.FrozenAt), Voted: web.Instant(community.VotedAt),
				Contract: web.ContractStage(community.Service.Stage), Firm: community.Service.Firm, Ends: web.Instant(community.Service.Ends)})
		}
	}
	return nil
}

func missedLine(missed models.Missed) web.MissedLine {
	line := web.MissedLine{Kind: string(missed.Kind), Community: missed.Community, Street: missed.Street, Title: missed.Title, Due: web.Instant(missed.DueAt)}
	if missed.Days != 0 {
		line.Clock = web.ClockWords(missed.Days, false, missed.Article)
	}
	meeting := staffCommunityURL(missed.CommunityID) + "/meetings/" + missed.MeetingID
	switch missed.Kind {
	case models.FilingLate, models.DecisionLate:
		line.URL = meeting + "/filing"
	case models.ObjectionLate:
		line.URL, line.Title = rosterURL(missed.CommunityID, missed.RosterID), web.ObjectionTitle(missed.Title)
	case models.SittingLate:
		line.URL, line.Title = staffCommunityURL(missed.CommunityID)+"/committee-meetings", web.SittingTitle(missed.Title)
	case models.DisclosureLate:
		line.URL, line.Clock = staffCommunityURL(missed.CommunityID)+"/disclosures", missed.Article
	case models.QuestionLate:
		line.URL, line.Title = staffCommunityURL(missed.CommunityID)+"/disclosures#questions", web.QuestionTitle(missed.Title)
	default:
		line.URL = meeting
	}
	return line
}
