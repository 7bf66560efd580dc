package api

import (
	"net/http"
	"strconv"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/web"
)

func newMeetingPage(c *call) error {
	pack, err := c.packNow()
	if err != nil {
		return err
	}
	in := meetingRequest{ObjectionDays: numeral(strconv.Itoa(objectionDays(pack)))}
	page, err := meetingForm(c, in, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

func editMeetingPage(c *call) error {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	if meeting.State != lifecycle.MeetingDraft {
		return refuse("illegal_step")
	}
	page, err := meetingForm(c, requestOf(meeting), nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// packNow is the rule pack of the community for a vote that would begin now.
func (c *call) packNow() (rules.Pack, error) { return rules.At(c.community.Place, c.store.Now()) }

// objectionDays is what the pack asks or proposes for the display of the preliminary count.
func objectionDays(pack rules.Pack) int {
	if clause := pack.Procedure.ObjectionDays; clause != nil {
		return clause.Days
	}
	return 0
}

// meetingForm is the form of a new meeting, or of the one that the address names, with what was typed.
func meetingForm(c *call, in meetingRequest, problems []web.Problem) (web.Page, error) {
	pack, err := c.packNow()
	if err != nil {
		return nil, err
	}
	list, err := c.store.Rosters(c, c.community.ID)
	if err != nil {
		return nil, err
	}
	id := c.Param("meeting")
	page := web.MeetingForm{Shell: c.shell(web.TitleMeetingDraft), Form: web.Form{Action: c.communityURL("meetings"), Problems: problems},
		Community: c.community.Name, BackURL: c.communityURL(), New: id == "", MeetingTitle: in.Title, ConvenerKind: in.ConvenerKind,
		ConvenerName: in.ConvenerName, Rosters: rosterOptions(list), Roster: in.Roster, Opens: in.Opens, Closes: in.Closes,
		FirstMeeting: in.FirstMeeting == "yes", Extraordinary: in.Extraordinary == "yes", Place: in.Place, Contact: in.Contact, ObjectionDays: string(in.ObjectionDays),
		DeliveryTimes: in.DeliveryTimes, Silence: voting.Silence(in.Silence), SilenceDocument: in.SilenceDocument, SilenceClause: in.SilenceClause,
		SilenceAdopted: in.SilenceAdopted == "yes", SilenceElections: in.SilenceElections == "yes", SilenceInterim: in.SilenceInterim == "yes", Void: string(in.Void), Blank: voting.Blank(in.Blank),
		Platform: in.Platform, Conflict: voting.ChannelConflict(in.Conflict), SealKept: in.SealKept,
		Rank: voting.Rank(in.Rank), Shortfall: voting.Shortfall(in.Shortfall), RunOff: in.RunOff == "yes", Follow: in.Follow == "yes"}
	annulled, err := c.store.Annulled(c, c.community.ID)
	if err != nil {
		return nil, err
	}
	page.Repeats, page.Annulled = in.Repeats, web.AnnulledOptions()
	for _, meeting := range annulled {
		page.Annulled = append(page.Annulled, web.Option{Value: meeting.ID, Text: meeting.Title})
	}
	if id != "" {
		page.Action, page.BackURL = c.meetingURL(id, "edit"), c.meetingURL(id)
	}
	page.PlatformHint = web.PlatformHint(false, false, "")
	if clause := pack.Procedure.EVote; clause != nil {
		page.PlatformBarred = clause.Value == rules.NotProvided
		page.PlatformHint = web.PlatformHint(clause.Value == rules.CitySystemOnly, page.PlatformBarred, articleOf(clause.Source))
	}
	page.InterimLaw = articleOf(pack.InterimCovenant())
	if clause := pack.Procedure.NoticeDays; clause != nil {
		page.NoticeDays = clause.Days
	}
	if clause := pack.Procedure.ExtraordinaryNoticeDays; clause != nil {
		page.ExtraordinaryDays = clause.Days
	}
	return page, nil
}

// rosterOptions are the versions that a meeting may stand on: on display or frozen.
func rosterOptions(list []models.Roster) []web.Option {
	var options []web.Option
	for _, version := range list {
		if version.State == lifecycle.RosterPublished || version.State == lifecycle.RosterFrozen {
			options = append(options, web.Option{Value: version.ID, Text: web.RosterChoice(rosterCard(version, ""))})
		}
	}
	return options
}

// requestOf is a draft as its form carries it.
func requestOf(meeting models.Meeting) meetingRequest {
	p := meeting.Policies
	in := meetingRequest{Title: meeting.Title, ConvenerKind: string(meeting.ConvenerKind), ConvenerName: meeting.ConvenerName, Roster: meeting.RosterID,
		Opens: calendar.FormText(meeting.OpensAt), Closes: calendar.FormText(meeting.ClosesAt), FirstMeeting: answerOf(p.FirstMeeting), Extraordinary: answerOf(meeting.Extraordinary),
		Place: meeting.Place, Contact: meeting.Contact, ObjectionDays: numeral(strconv.FormatInt(meeting.ObjectionDays, 10)),
		Silence: string(p.Silence), Blank: string(p.Blank), Rank: string(p.Rank), Shortfall: string(p.Shortfall),
		RunOff: answerOf(p.RunOff), Follow: answerOf(p.FollowMajority), DeliveryTimes: meeting.DeliveryTimes,
		Platform: meeting.Platform, Conflict: string(meeting.Conflict), SealKept: string(meeting.SealKept), Repeats: meeting.Repeats}
	if rule := meeting.SilenceRule; rule != nil {
		in.SilenceDocument, in.SilenceClause = rule.Document, rule.Clause
		in.SilenceAdopted, in.SilenceElections = answerOf(rule.RuleAdopted), answerOf(rule.CoversElections)
		in.SilenceInterim = answerOf(rule.InterimCovenant)
	}
	if p.VoidParticipates != nil {
		in.Void = answerOf(*p.VoidParticipates)
	}
	return in
}

func answerOf(yes bool) flag {
	if yes {
		return "yes"
	}
	return "no"
}

// terms reads the request; every field that cannot be read is refused at once: bad_value, not_a_number,
// parameter_missing.
func (in meetingRequest) terms() (models.MeetingTerms, error) {
	var r reader
	terms := models.MeetingTerms{Title: in.Title, ConvenerKind: lifecycle.ConvenerKind(in.ConvenerKind), ConvenerName: in.ConvenerName,
		Contact: in.Contact, Place: in.Place, RosterID: in.Roster, OpensAt: r.moment("opens", in.Opens), ClosesAt: r.moment("closes", in.Closes),
		ObjectionDays: r.number("objection_days", in.ObjectionDays), DeliveryTimes: in.DeliveryTimes,
		Extraordinary: r.yes("extraordinary", in.Extraordinary), Platform: in.Platform, Conflict: voting.ChannelConflict(in.Conflict),
		SealKept: models.SealKeeping(in.SealKept), Repeats: in.Repeats}
	terms.Policies = voting.Policies{Silence: voting.Silence(in.Silence), FirstMeeting: r.yes("first_meeting", in.FirstMeeting),
		FollowMajority: r.yes("follow_majority", in.Follow), Blank: voting.Blank(in.Blank), Rank: voting.Rank(in.Rank),
		RunOff: r.yes("run_off", in.RunOff), Shortfall: voting.Shortfall(in.Shortfall)}
	terms.SilenceRule = &voting.SilenceConditions{RuleAdopted: r.yes("silence_adopted", in.SilenceAdopted), Document: in.SilenceDocument,
		Clause: in.SilenceClause, CoversElections: r.yes("silence_elections", in.SilenceElections),
		InterimCovenant: r.yes("silence_interim", in.SilenceInterim)}
	if in.Void == "" {
		r.refuse("parameter_missing", "void_participates")
	} else {
		void := r.yes("void_participates", in.Void)
		terms.Policies.VoidParticipates = &void
	}
	if refusal, ok := asRefusal(ruleRefusal(terms.Policies.Validate())); ok {
		r.found = append(r.found, refusal)
	}
	return terms, r.err()
}

var createMeetingAct = act[meetingRequest]{again: meetingForm, do: func(c *call, in meetingRequest) (done, error) {
	terms, err := in.terms()
	if err != nil {
		return done{}, err
	}
	meeting, err := c.store.CreateMeeting(c, c.actor(), c.community.ID, terms)
	if err != nil {
		return done{}, err
	}
	return done{status: http.StatusCreated, body: meetingOf(meeting), location: staffMeetingURL(meeting), flash: "meeting_saved"}, nil
}}

var updateMeetingAct = act[meetingRequest]{again: meetingForm, do: func(c *call, in meetingRequest) (done, error) {
	terms, err := in.terms()
	if err != nil {
		return done{}, err
	}
	if err := c.store.UpdateMeeting(c, c.actor(), c.community.ID, c.Param("meeting"), terms); err != nil {
		return done{}, err
	}
	return meetingMoved(c, "meeting_saved")
}}

// meetingMoved answers a step of a meeting with the meeting as it is now.
func meetingMoved(c *call, flash string) (done, error) {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return done{}, err
	}
	return done{body: meetingOf(meeting), location: staffMeetingURL(meeting), flash: flash}, nil
}
