package api

import (
	"maps"
	"net/http"
	"slices"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/web"
)

func committeePage(c *call) error {
	page, err := committeeDesk(c, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// committeeForms builds the forms of the page for the one who asks.
type committeeForms struct {
	c        *call
	law      rules.Procedure
	problems []web.Problem // of the form that was refused: the one with the address that was asked
	shown    bool          // it is on the page
}

// add puts a form on the page, with what was typed where it is the refused one.
func (f *committeeForms) add(list *[]web.CommitteeForm, form web.CommitteeForm) {
	if f.problems != nil && form.Action == f.c.Request.URL.Path && !f.shown && f.sent(form) {
		form, f.shown = form.Typed(f.c.Request.PostForm, f.problems), true
	}
	*list = append(*list, form)
}

// sent tells two forms with one address apart, by the ground that one of them is for.
func (f *committeeForms) sent(form web.CommitteeForm) bool {
	resigned := f.c.Request.PostForm.Get("ground") == string(lifecycle.Resigned)
	fixed := slices.ContainsFunc(form.Fields, func(field web.CommitteeField) bool { return field.Name == "ground" && field.Kind == "hidden" })
	return !f.c.Request.PostForm.Has("ground") || fixed == resigned
}

func (f *committeeForms) is(role models.Role) bool { return f.c.staff.Role == role }

// may tells whether the one who asks may take a step of a term.
func (f *committeeForms) may(term models.Committee, event lifecycle.Event) bool {
	_, illegal := lifecycle.Committees.Next(term.State, event, lifecycle.Actor(f.c.staff.Role))
	return illegal == nil
}

func (f *committeeForms) at(parts ...string) string {
	return f.c.communityURL(append([]string{"committees"}, parts...)...)
}

// committeeDesk is the register with the forms that the one who asks may send; nil where the refused one is not there any more.
func committeeDesk(c *call, problems []web.Problem) (web.Page, error) {
	found, err := c.readRegisterOf(c.community, true)
	if err != nil {
		return nil, err
	}
	now := c.store.Now()
	f := &committeeForms{c: c, law: found.law, problems: problems}
	page := web.CommitteePage{Shell: c.shell(c.community.Name + " " + web.TitleCommittee), Community: c.community.Name, CommunityURL: c.communityURL(),
		PublicURL: committeesURL(c.community.ID)}
	for _, term := range found.terms {
		for _, duty := range term.Duties(f.law, now) {
			page.Duties = append(page.Duties, web.CommitteeDutyLine{Text: web.CommitteeDuty(string(duty.Kind)), Due: web.Instant(duty.DueAt),
				Late: duty.DueAt != 0 && duty.DueAt < now, Article: duty.Article})
		}
		view := c.termView(found, term)
		if err := f.ofTerm(&view, term, now); err != nil {
			return nil, err
		}
		page.Terms = append(page.Terms, view)
	}
	if err := f.ofRegister(&page); err != nil {
		return nil, err
	}
	if problems != nil && !f.shown {
		return nil, nil
	}
	return page, nil
}

// ofRegister adds the forms that make a term.
func (f *committeeForms) ofRegister(page *web.CommitteePage) error {
	if !f.is(models.RoleStreet) && !f.is(models.RoleConvener) {
		return nil
	}
	late, err := f.c.store.UnregisteredElections(f.c, f.c.community.ID)
	if err != nil {
		return err
	}
	if len(late) > 0 {
		var meetings []web.Option
		for _, meeting := range late {
			meetings = append(meetings, web.Option{Value: meeting.ID, Text: meeting.Title})
		}
		f.add(&page.Forms, web.RegisterElectionForm(f.at("elections"), meetings))
	}
	if !f.is(models.RoleStreet) {
		return nil
	}
	f.add(&page.Forms, web.EnterCommitteeForm(f.at()))
	if body := f.law.InterimBody; body != nil {
		f.add(&page.Forms, web.InterimBodyForm(f.at("interim"), rules.SayInterimBody(*body), max(body.Max, body.Min+4)))
	}
	return nil
}

// ofTerm adds the forms of a term and of its members.
func (f *committeeForms) ofTerm(view *web.CommitteeTerm, term models.Committee, now int64) error {
	if term.Kind == lifecycle.Committee && (term.ConstitutedAt == 0 && f.may(term, lifecycle.EventConstitute) || term.ConstitutedAt != 0 && f.may(term, lifecycle.EventChoosePost)) {
		var voters []web.Option
		for _, member := range term.VotersAt(now) {
			voters = append(voters, web.Option{Value: member.ID, Text: member.Name})
		}
		f.add(&view.Forms, web.ChoosePostsForm(f.at(term.ID, "posts"), term.ID, term.ConstitutedAt == 0, voters, term.AllAt(now)))
	}
	if f.may(term, lifecycle.EventTakeOffice) && now > term.DisplayUntil {
		f.add(&view.Forms, web.TakeOfficeForm(f.at(term.ID, "office"), term.ID))
	}
	if f.may(term, lifecycle.EventWithdraw) {
		f.add(&view.Forms, web.WithdrawInterimForm(f.at(term.ID, "display", "withdraw"), term.ID))
	}
	if term.Kind == lifecycle.Committee && f.may(term, lifecycle.EventFormGroup) {
		f.add(&view.Forms, web.RenewalGroupForm(f.at(term.ID, "group"), term.ID))
	}
	if f.is(models.RoleStreet) && term.Kind == lifecycle.PropertyManagementCommittee && f.may(term, lifecycle.EventChangeMember) && int64(len(view.Members)) < term.Seats {
		f.add(&view.Forms, web.AppointForm(f.at(term.ID, "members"), term.ID))
	}
	if f.may(term, lifecycle.EventDissolve) {
		f.add(&view.Forms, web.DissolveForm(f.at(term.ID, "dissolve"), term.ID))
	}
	if err := f.ofHandover(view, term); err != nil {
		return err
	}
	if !f.may(term, lifecycle.EventChangeMember) {
		return nil
	}
	motions, err := f.motions(term)
	if err != nil {
		return err
	}
	states := map[string]models.CommitteeMember{}
	for _, member := range term.Members {
		states[member.ID] = member
	}
	for i := range view.Members {
		f.ofMember(&view.Members[i], states[view.Members[i].ID], motions, now)
	}
	next := term.NextAlternates()
	for i := range view.Alternates {
		person := &view.Alternates[i]
		if slices.Contains(next, person.ID) {
			f.add(&person.Forms, web.FillForm(f.at("members", person.ID, "fill"), person.ID))
			f.add(&person.Forms, web.DeclineForm(f.at("members", person.ID, "decline"), person.ID))
		}
		f.ofMember(person, states[person.ID], nil, now)
	}
	return nil
}

// ofHandover adds what may be said of the handover, of a term that is in its renewal or over: each side says what is its own,
// the street both.
func (f *committeeForms) ofHandover(view *web.CommitteeTerm, term models.Committee) error {
	if term.State == lifecycle.CommitteeServing || !f.may(term, lifecycle.EventHandOver) {
		return nil
	}
	parties, err := f.c.store.HandoverParties(f.c, f.c.community.ID, term.ID)
	if err != nil {
		return err
	}
	mine := lifecycle.SignedByStreet
	if !f.is(models.RoleStreet) {
		mine = ""
	}
	var accounts []web.Option
	for _, party := range parties {
		if party.AccountID == f.c.staff.ID {
			mine = party.Side
		}
		if party.Side != "" {
			view.Parties = append(view.Parties, web.HandoverPartyLine(party.Name, party.Side, party.Document))
		}
		accounts = append(accounts, web.Option{Value: party.AccountID, Text: party.Name + "（" + party.Login + "）"})
	}
	view.NoSide = mine == ""
	if f.is(models.RoleStreet) && len(accounts) > 0 {
		f.add(&view.Forms, web.PartyForm(f.at(term.ID, "parties"), term.ID, accounts))
	}
	f.add(&view.Forms, web.HandoverForm(f.at(term.ID, "handover"), term.ID))
	f.add(&view.Forms, web.AuditForm(f.at(term.ID, "audit"), term.ID))
	for i, item := range term.Handover {
		line := &view.Handover[i]
		if item.TakenAt != 0 || mine == "" {
			continue
		}
		witness := mine == lifecycle.SignedByStreet
		if item.GivenAt == 0 && mine != lifecycle.Incoming {
			f.add(&line.Forms, web.GiveForm(f.at("handover", item.ID, "give"), item.ID, witness))
		}
		if item.GivenAt != 0 && mine != lifecycle.Outgoing && !(witness && item.GivenAs == lifecycle.SignedByStreet) {
			f.add(&line.Forms, web.TakeForm(f.at("handover", item.ID, "take"), item.ID, witness))
		}
		f.add(&line.Forms, web.RefuseItemForm(f.at("handover", item.ID, "refuse"), item.ID))
	}
	return nil
}

// ofMember adds what may become of one who is in the committee, or stands by.
func (f *committeeForms) ofMember(person *web.CommitteePerson, member models.CommitteeMember, motions []web.Option, now int64) {
	at := func(act string) string { return f.at("members", person.ID, act) }
	f.add(&person.Forms, web.ResignForm(at("leave"), person.ID))
	if len(motions) > 0 {
		f.add(&person.Forms, web.RecallForm(at("recall"), person.ID, motions))
	}
	if !f.is(models.RoleStreet) {
		return
	}
	f.add(&person.Forms, web.EndMembershipForm(at("leave"), person.ID))
	switch {
	case member.Suspended(now):
		f.add(&person.Forms, web.LiftForm(at("lift"), person.ID))
	case member.Votes(now):
		f.add(&person.Forms, web.SuspendForm(at("suspend"), person.ID))
	}
}

// motions are the votes that may have recalled a member of a term.
func (f *committeeForms) motions(term models.Committee) ([]web.Option, error) {
	found, err := f.c.store.RecallMotions(f.c, term.CommunityID, term.BeganAt)
	if err != nil {
		return nil, err
	}
	var options []web.Option
	for _, meeting := range slices.Sorted(maps.Keys(found)) {
		for _, matter := range found[meeting] {
			options = append(options, web.Option{Value: web.MotionKey(meeting, matter.Position), Text: web.MatterLine(matter.Position, matter.Title)})
		}
	}
	return options, nil
}

// dutiesOf is what is due for the committees of a community, for those who may see to it.
func (c *call) dutiesOf(overview models.Overview) (work []web.WorkItem) {
	if c.staff.Role != models.RoleStreet && c.staff.Role != models.RoleConvener {
		return nil
	}
	for _, duty := range overview.Duties {
		work = append(work, web.WorkItem{Text: web.WorkCommittee(overview.Name, string(duty.Kind)), URL: staffCommunityURL(overview.ID) + "/committees", Due: web.Instant(duty.DueAt)})
	}
	return work
}
