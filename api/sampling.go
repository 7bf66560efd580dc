package api

import (
	"net/http"
	"strconv"

	"gongjue/models"
	"gongjue/voting/sample"
	"gongjue/web"
)

// sampleRoutes are a street's sample of a counted result: for anybody, and for those who work on it.
func sampleRoutes() []route {
	const page, api = "/staff/communities/:community/meetings/:meeting/sample", "/api/v1/communities/:community/meetings/:meeting/sample"
	drawing := staff(models.RoleConvener, models.RoleTeller, models.RoleStreet)
	return []route{
		get("/m/:meeting/sample", public, publicSamplePage),
		get("/api/v1/public/meetings/:meeting/sample", public, getPublicSample),

		get(page, drawing, samplePage),
		post(page+"/announcements", street, announceSampleAct.page),
		post(page+"/draws", drawing, recordSampleAct.page),
		post(page+"/confirm", drawing, confirmSampleAct.page),
		post(page+"/withdraw", street, withdrawSampleAct.page),
		post(page+"/answers", street, answerSampleAct.page),
		post(page+"/end", street, endSampleAct.page),

		get(api, drawing, getSample),
		get(api+"/calls", street, listSampleCalls),
		post(api+"/announcements", street, announceSampleAct.api),
		post(api+"/draws", drawing, recordSampleAct.api),
		post(api+"/confirm", drawing, confirmSampleAct.api),
		post(api+"/withdraw", street, withdrawSampleAct.api),
		post(api+"/answers", street, answerSampleAct.api),
		post(api+"/end", street, endSampleAct.api),
	}
}

// sampleURL is the public page of a meeting's samples.
func sampleURL(id string) string { return noticeURL(id) + "/sample" }

// sampleRound is a round as pages show it.
func sampleRound(m models.Meeting, s models.Sample) web.SampleRound {
	titles := make([]string, len(m.Matters))
	for i, matter := range m.Matters {
		titles[i] = matter.Title
	}
	round := web.SampleRound{Round: s.Round, State: string(s.State), Plan: web.SamplePlan(s.Plan, titles), Due: web.Instant(s.DueAt), Place: s.Place, Manner: s.Manner,
		Digits: s.Digits, AnnouncedAt: web.Instant(s.AnnouncedAt), Reason: s.Reason, EndedAt: web.Instant(s.EndedAt)}
	if s.Finding != nil {
		round.Finding = web.SampleFinding(s.Plan, *s.Finding, titles)
	}
	if s.Number == "" {
		return round
	}
	round.Drawn = &web.LotDrawn{Number: s.Number, At: web.Instant(s.NumberAt), Witnesses: s.Witnesses, First: web.LotRole(string(s.FirstRole)),
		Second: web.LotRole(string(s.SecondRole)), Differed: s.Differed}
	round.Certain, round.ByLot = web.NewNumbers(s.Certain), web.NewNumbers(s.ByLot)
	if len(s.ByLot) > 0 {
		round.Command = web.SampleCommand(s.CloseRoot+"/"+s.Number, s.ByLot[0])
	}
	if s.Live() {
		round.Progress = web.SampleProgress(s.Asked, s.Plan.Asked())
	}
	return round
}

// sampleRounds are all rounds, the newest first.
func sampleRounds(m models.Meeting, rounds []models.Sample) []web.SampleRound {
	list := make([]web.SampleRound, len(rounds))
	for i, round := range rounds {
		list[len(rounds)-1-i] = sampleRound(m, round)
	}
	return list
}

func publicSamplePage(c *call) error {
	m, rounds, err := c.publicSamples()
	if err != nil {
		return err
	}
	community, err := c.store.Community(c, m.CommunityID)
	if err != nil {
		return err
	}
	page := web.SamplePublic{Shell: c.shell(m.Title + " " + web.TitleSample), Community: community.Name, CommunityURL: boardURL(community.ID), Meeting: m.Title,
		ResultURL: publicResultURL(m), JSONURL: "/api/v1/public/meetings/" + m.ID + "/sample", Rounds: sampleRounds(m, rounds)}
	if len(rounds) > 0 {
		page.CloseRoot = rounds[0].CloseRoot
	}
	return c.render(http.StatusOK, page)
}

// publicSamples are those of a meeting whose figures are public. Refusal: not_found.
func (c *call) publicSamples() (models.Meeting, []models.Sample, error) {
	m, err := c.store.PublicMeeting(c, c.Param("meeting"))
	if err != nil {
		return m, nil, err
	}
	if !models.HasPublicResult(m.State) {
		return m, nil, refuse("not_found")
	}
	rounds, err := c.store.SamplesOf(c, m)
	return m, rounds, err
}

// sampleTrouble is what refused the last attempt: the form, as it was typed.
type sampleTrouble struct {
	form     string // announce, record, confirm or withdraw
	announce sampleAnnounceRequest
	record   lotRecordRequest
	confirm  lotConfirmRequest
	withdraw sampleWithdrawRequest
	problems []web.Problem
}

func (t sampleTrouble) of(form string) []web.Problem {
	if t.form == form {
		return t.problems
	}
	return nil
}

func samplePage(c *call) error {
	page, err := sampleDesk(c, sampleTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// sampleDesk is the sample for staff, with the forms that the one who asks may send now; nil where the form is not there
// any more that was refused. Refusal: illegal_step, where nothing is on display.
func sampleDesk(c *call, t sampleTrouble) (web.Page, error) {
	m, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return nil, err
	}
	if !models.MaySample(m.State) {
		return nil, refuse("illegal_step")
	}
	rounds, err := c.store.SamplesOf(c, m)
	if err != nil {
		return nil, err
	}
	page := web.SamplePage{Shell: c.shell(m.Title + " " + web.TitleSample), Community: c.community.Name, Meeting: m.Title, MeetingURL: c.meetingURL(m.ID),
		PublicURL: sampleURL(m.ID), Rounds: sampleRounds(m, rounds), Next: sampleNext(rounds, c.store.Now())}
	if n := len(rounds); n > 0 && rounds[n-1].Live() {
		err = c.addSampleForms(&page, m, rounds[n-1], t)
	} else if c.staff.Role == models.RoleStreet {
		page.Announce, err = c.sampleAnnounceForm(m, t)
	}
	shown := map[string]bool{"": true, "announce": page.Announce != nil, "record": page.Record != nil, "confirm": page.Confirm != nil, "withdraw": page.Withdraw != nil}
	if !shown[t.form] {
		return nil, err
	}
	return page, err
}

func sampleNext(rounds []models.Sample, now int64) string {
	if len(rounds) == 0 || !rounds[len(rounds)-1].Live() {
		return web.SampleNextAnnounce
	}
	switch last := rounds[len(rounds)-1]; {
	case last.State == models.SampleDrawn:
		return web.SampleNextCalls
	case last.State == models.SampleRecorded:
		return web.SampleNextSecond
	case now < last.DueAt:
		return web.SampleNextWait
	}
	return web.SampleNextRecord
}

// addSampleForms puts in what the role may do now; the store decides again.
func (c *call) addSampleForms(page *web.SamplePage, m models.Meeting, live models.Sample, t sampleTrouble) error {
	role := c.staff.Role
	if live.State == models.SampleDrawn {
		if role != models.RoleStreet {
			return nil
		}
		calls, err := c.sampleCalls(m, live)
		page.Calls = calls
		return err
	}
	if role == models.RoleStreet {
		page.Withdraw = &web.SampleWithdrawForm{Form: web.Form{Action: c.meetingURL(m.ID, "sample", "withdraw"), Problems: t.of("withdraw")}, Reason: t.withdraw.Reason}
	}
	recorded := live.State == models.SampleRecorded
	if recorded && role != live.FirstRole {
		page.Confirm = &web.LotConfirmForm{Form: web.Form{Action: c.meetingURL(m.ID, "sample", "confirm"), Problems: t.of("confirm")}, Digits: live.Digits, Number: t.confirm.Number}
	}
	if now := c.store.Now(); now >= live.DueAt && (!recorded || live.FirstID == c.staff.ID) {
		form := &web.LotRecordForm{Form: web.Form{Action: c.meetingURL(m.ID, "sample", "draws"), Problems: t.of("record")}, Digits: live.Digits,
			Number: t.record.Number, DrawnAt: t.record.DrawnAt, Witnesses: t.record.Witnesses}
		if form.DrawnAt == "" {
			form.DrawnAt = web.Instant(now).Local()
		}
		page.Record = form
	}
	return nil
}

func (c *call) sampleAnnounceForm(m models.Meeting, t sampleTrouble) (*web.SampleAnnounceForm, error) {
	plans, err := c.store.SamplePlans(c, m)
	if err != nil {
		return nil, err
	}
	form := &web.SampleAnnounceForm{Form: web.Form{Action: c.meetingURL(m.ID, "sample", "announcements"), Problems: t.of("announce")},
		Earliest: nextMinute(c.store.Now() + models.LotLead), Certainty: t.announce.Certainty, Due: t.announce.Due, Place: t.announce.Place,
		Manner: t.announce.Manner, Digits: string(t.announce.Digits)}
	for _, plan := range plans {
		form.Choices = append(form.Choices, web.SampleChoice(certaintyText(plan.Certainty), plan))
	}
	if t.form != "announce" {
		form.Certainty, form.Place, form.Digits = certaintyText(sample.Certainties[0]), m.Place, usualLotDigits
	}
	return form, nil
}

// certaintyText is a certainty as forms and JSON have it, such as 19/20.
func certaintyText(certainty sample.Certainty) string {
	return strconv.FormatInt(certainty.Num, 10) + "/" + strconv.FormatInt(certainty.Den, 10)
}

// openCalls and doneCalls are how many ballots stand on the page of the call list.
const (
	openCalls = 50
	doneCalls = 200
)

func (c *call) sampleCalls(m models.Meeting, live models.Sample) (*web.SampleCalls, error) {
	calls, err := c.store.SampleCalls(c, c.actor(), m)
	if err != nil {
		return nil, err
	}
	list := &web.SampleCalls{AnswerURL: c.meetingURL(m.ID, "sample", "answers")}
	if live.Asked == live.Plan.Asked() {
		list.EndURL = c.meetingURL(m.ID, "sample", "end")
	}
	for _, one := range calls {
		shown := web.SampleCall{Leaf: one.Leaf, Why: web.SampleWhy(one.ByLot), Home: web.PlaceWords(one.Label), Channel: string(one.Channel), Tries: one.Tries,
			Answer: web.SampleAnswer(string(one.Answer)), At: web.Instant(one.AskedAt)}
		for _, owner := range one.Owners {
			link := web.Link{Text: owner.Name}
			if owner.HasPhone {
				link.URL = rosterURL(m.CommunityID, m.RosterID) + "/owners/" + owner.OwnerID
			}
			shown.People = append(shown.People, link)
		}
		switch open := one.Answer == "" || one.Answer == sample.Unreached; {
		case open && len(list.Open) < openCalls:
			list.Open = append(list.Open, shown)
		case open:
			list.More++
		case len(list.Done) < doneCalls:
			list.Done = append(list.Done, shown)
		}
	}
	return list, nil
}
