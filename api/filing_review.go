package api

import (
	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

type (
	reviewJSON struct {
		Checks []reviewCheckJSON `json:"checks"`
		Flags  []reviewFlagJSON  `json:"flags"`
	}

	reviewCheckJSON struct {
		Name  string `json:"name"`
		State string `json:"state"`
		Text  string `json:"text"`
	}

	reviewFlagJSON struct {
		Kind   models.FlagKind `json:"kind"`
		N      int64           `json:"n"`
		Of     int64           `json:"of"`
		Matter int64           `json:"matter,omitempty"`
		Text   string          `json:"text"`
		Limit  string          `json:"limit"`
	}
)

// getReview is what the server found out about a hand-in, for whoever decides on it.
func getReview(c *call) error {
	found, err := c.store.Review(c, c.community.ID, c.Param("filing"))
	if err != nil {
		return err
	}
	view := c.reviewView(found)
	answer := reviewJSON{Checks: make([]reviewCheckJSON, len(view.Lines)), Flags: make([]reviewFlagJSON, len(view.Flags))}
	for i, line := range view.Lines {
		answer.Checks[i] = reviewCheckJSON{line.Name, line.State, line.Text}
	}
	for i, flag := range found.Flags {
		answer.Flags[i] = reviewFlagJSON{flag.Kind, flag.N, flag.Of, flag.Matter, view.Flags[i].Text, view.Flags[i].Limit}
	}
	return c.sendJSON(done{body: answer})
}

// reviewView is a review in words, each check with the page where its facts stand.
func (c *call) reviewView(r models.FilingReview) *web.FilingReview {
	answered := r.Objections[lifecycle.ObjectionAnswered]
	var waiting, missing []string
	must := false
	for _, paper := range r.Papers {
		switch paper.State {
		case models.PaperToSign:
			waiting = append(waiting, paper.Name)
		case models.PaperMissing:
			missing = append(missing, paper.Name)
		default:
			continue
		}
		must = must || paper.Must
	}
	view := &web.FilingReview{Lines: []web.ReviewLine{
		web.ReviewOfNotice(r.NoticeDays, r.NoticeLeast, r.NoticeLaw), web.ReviewOfRoster(r.RosterSame, r.Roster.Version, web.Instant(r.Roster.FrozenAt)),
		web.ReviewOfCount(r.Ballots, len(r.Meeting.Matters), r.Differs),
		web.ReviewOfObjections(r.Objections[lifecycle.ObjectionOpen], answered, r.Upheld, r.Objections[lifecycle.ObjectionWithdrawn]),
		web.ReviewOfPapers(len(r.Papers), waiting, missing, must), web.ReviewOfLog(r.LogLeaves, r.LogHolds, r.ResultIn),
		web.ReviewOfWitness(len(r.Witness.Sights), r.Witness.ResultSeen(), r.Witness.Waived)}}
	places := []string{noticeURL(r.Meeting.ID), displayURL(r.Roster.ID), publicResultURL(r.Meeting), c.meetingURL(r.Meeting.ID, "objections"), "",
		logURL(r.Meeting.ID), logURL(r.Meeting.ID)}
	texts := []string{web.LinkSeeNotice, web.LinkSeeRoster, web.LinkSeeResult, web.LinkSeeObjections, "", web.LinkSeeLog, web.LinkSeeLog}
	for i, url := range places {
		if url != "" {
			view.Lines[i].Link = &web.Link{Text: texts[i], URL: url}
		}
	}
	for _, flag := range r.Flags {
		view.Flags = append(view.Flags, web.FlagOf(string(flag.Kind), flag.N, flag.Of, flag.Matter, web.ReviewLimits(models.Limits)))
	}
	return view
}

// addReview adds the review of what lies with an authority. A log that cannot be read is no reason to show no page.
func (c *call) addReview(page *web.FilingPage, desk models.Desk) error {
	if len(desk.Filings) == 0 || desk.Filings[0].State != lifecycle.FilingSubmitted || (c.staff.Role != models.RoleStreet && c.staff.Role != models.RoleDistrict) {
		return nil
	}
	found, err := c.store.Review(c, c.community.ID, desk.Filings[0].ID)
	if err != nil {
		return err
	}
	page.Review = c.reviewView(found)
	return nil
}
