package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/web"
)

// committeeRoutes are the register of committees: for everybody, and for convener and street.
func committeeRoutes() []route {
	const page, api = "/staff/communities/:community/committees", "/api/v1/communities/:community/committees"
	routes := []route{
		get("/b/:community/committees", public, publicCommitteePage),
		get("/api/v1/public/communities/:community/committees", public, listPublicCommittees),
		get(page, inside, committeePage),
		get(page+"/entries/:entry/files/:evidence", checking, committeeEvidence),
		get(api, inside, listCommittees),
	}
	for _, one := range []struct {
		path      string
		who       audience
		page, api func(*call) error
		upload    bool
	}{
		{"", street, enterCommitteeAct.page, enterCommitteeAct.upload, true},
		{"/elections", checking, registerElectionAct.page, registerElectionAct.api, false},
		{"/interim", street, formInterimAct.page, formInterimAct.upload, true},
		{"/:committee/posts", checking, choosePostsAct.page, choosePostsAct.upload, true},
		{"/:committee/group", street, renewalGroupAct.page, renewalGroupAct.upload, true},
		{"/:committee/dissolve", street, dissolveAct.page, dissolveAct.upload, true},
		{"/:committee/office", street, takeOfficeAct.page, takeOfficeAct.api, false},
		{"/:committee/display/withdraw", street, withdrawInterimAct.page, withdrawInterimAct.api, false},
		{"/:committee/members", street, appointAct.page, appointAct.upload, true},
		{"/:committee/parties", street, namePartyAct.page, namePartyAct.api, false},
		{"/:committee/handover", checking, listHandoverAct.page, listHandoverAct.api, false},
		{"/:committee/audit", checking, attachAuditAct.page, attachAuditAct.upload, true},
		{"/handover/:item/give", checking, giveItemAct.page, giveItemAct.api, false},
		{"/handover/:item/take", checking, takeItemAct.page, takeItemAct.api, false},
		{"/handover/:item/refuse", checking, refuseItemAct.page, refuseItemAct.api, false},
		{"/members/:member/leave", checking, leaveAct.page, leaveAct.upload, true},
		{"/members/:member/recall", checking, recallAct.page, recallAct.api, false},
		{"/members/:member/suspend", street, suspendAct.page, suspendAct.upload, true},
		{"/members/:member/lift", street, liftAct.page, liftAct.upload, true},
		{"/members/:member/fill", checking, fillAct.page, fillAct.api, false},
		{"/members/:member/decline", checking, declineAct.page, declineAct.upload, true},
	} {
		add := post
		if one.upload {
			add = upload
		}
		onPage := add(page+one.path, one.who, one.page)
		if one.path != "" {
			onPage = onPage.heldBy(page)
		}
		routes = append(routes, onPage, add(api+one.path, one.who, one.api))
	}
	return routes
}

func committeesURL(community string) string { return boardURL(community) + "/committees" }

// register is what a page of committees is made of.
type register struct {
	terms    []models.Committee
	entries  map[string][]models.CommitteeEntry // by term
	meetings map[string]models.Meeting
	names    map[string]models.CommitteeMember
	orders   []models.Convening
	law      rules.Procedure // of the place, now
	frozen   *rules.Listing  // what is not decided now, because of a renewal
	staff    bool
}

// readRegisterOf reads the register of a community; staff read all of it.
func (c *call) readRegisterOf(community models.Community, staff bool) (register, error) {
	found := register{entries: map[string][]models.CommitteeEntry{}, meetings: map[string]models.Meeting{}, names: map[string]models.CommitteeMember{}, staff: staff}
	pack, err := rules.At(community.Place, c.store.Now())
	if err != nil {
		return found, err
	}
	if found.terms, err = c.store.Committees(c, community.ID); err != nil {
		return found, err
	}
	if found.orders, err = c.store.Convenings(c, community.ID); err != nil {
		return found, err
	}
	found.law, found.frozen = pack.Procedure, models.FrozenPowers(found.terms, pack.Procedure)
	for _, term := range found.terms {
		for _, member := range term.Members {
			found.names[member.ID] = member
		}
	}
	entries, err := c.store.CommitteeEntries(c, community.ID, staff)
	if err != nil {
		return found, err
	}
	for _, entry := range entries {
		found.entries[entry.CommitteeID] = append(found.entries[entry.CommitteeID], entry)
	}
	meetings, err := c.store.Meetings(c, community.ID)
	for _, meeting := range meetings {
		found.meetings[meeting.ID] = meeting
	}
	return found, err
}

// name is a member's, as far as the reader may know it.
func (r register) name(member models.CommitteeMember) string {
	if r.staff || member.Named {
		return member.Name
	}
	return ""
}

// ground is why a member left, as far as the reader may know it.
func (r register) ground(ground lifecycle.LeavingGround) string {
	if r.staff {
		return explain.LeavingGround(ground)
	}
	return explain.PublicGround(ground)
}

func (r register) meeting(id string) *web.Link {
	meeting, known := r.meetings[id]
	if !known {
		return nil
	}
	return &web.Link{Text: meeting.Title, URL: resultURL(id)}
}

func (c *call) termView(r register, term models.Committee) web.CommitteeTerm {
	now := c.store.Now()
	view := web.CommitteeTerm{ID: term.ID, Title: web.CommitteeTitle(term.Kind, term.Name, term.Number), State: explain.TermState(term.State), Live: !term.State.Over(),
		Origin: explain.CommitteeOrigin(term.Origin), Document: term.Document, Meeting: r.meeting(term.MeetingID), Began: web.Instant(term.BeganAt),
		From: web.Instant(term.TermFrom), To: web.Instant(term.TermTo), Display: web.Instant(term.DisplayUntil), Ended: web.Instant(term.EndedAt),
		Seats: term.Seats, Holding: term.AllAt(now)}
	if term.Lapsed(now) {
		view.State = web.TermLapsed
	}
	if term.State == lifecycle.CommitteeRenewal && r.frozen != nil {
		view.Frozen = web.FrozenText(*r.frozen)
	}
	if due, clause := term.HandoverDue(r.law); clause != nil && !term.HandedOver() {
		view.HandoverDue, view.HandoverLaw, view.HandoverTo = web.Instant(due), articleOf(clause.Source), web.HandoverKeeper(r.law, term.State)
	}
	for _, member := range term.Members {
		person := r.person(term, member, now)
		switch {
		case member.State == lifecycle.MemberLeft:
			view.Former = append(view.Former, person)
		case member.State == lifecycle.MemberAlternate:
			view.Alternates = append(view.Alternates, person)
		default:
			view.Members = append(view.Members, person)
		}
	}
	for _, item := range term.Handover {
		view.Handover = append(view.Handover, web.HandoverLine{Kind: explain.HandoverKind(item.Kind), Text: item.Text, Given: web.Instant(item.GivenAt),
			Taken: web.Instant(item.TakenAt), Refused: web.Instant(item.RefusedAt), Refusal: item.Refusal, GivenBy: web.HandoverGiver(item.GivenAs), TakenBy: web.HandoverTaker(item.TakenAs, term.State)})
	}
	for _, order := range term.MissedOrders(r.orders, now) {
		view.Missed = append(view.Missed, web.MissedOrder{Kind: web.ConveningKind(string(order.Kind)), Street: order.StreetName, Limit: web.Instant(order.LimitAt), Met: web.Instant(order.MetAt),
			Taken: web.Instant(order.TakenAt), URL: conveningURL(order)})
	}
	for _, entry := range r.entries[term.ID] {
		view.Entries = append(view.Entries, c.entryLine(r, entry))
	}
	return view
}

func (r register) person(term models.Committee, member models.CommitteeMember, now int64) web.CommitteePerson {
	person := web.CommitteePerson{ID: member.ID, Name: r.name(member), Post: web.CommitteePost(member.Post), Group: member.Group, Since: web.Instant(member.Since)}
	if term.Kind == lifecycle.PropertyManagementCommittee {
		person.For = explain.MemberCapacity(member.Capacity)
	}
	switch {
	case member.State == lifecycle.MemberLeft:
		person.Until, person.Why = web.Instant(member.LeftAt), r.ground(member.Ground)
	case member.Suspended(now):
		person.State, person.Until = explain.MemberState(lifecycle.MemberSuspended), web.Instant(member.SuspendedUntil)
	}
	return person
}

func (c *call) entryLine(r register, entry models.CommitteeEntry) web.CommitteeLine {
	ground := ""
	if entry.Ground != "" {
		ground = r.ground(entry.Ground)
	}
	line := web.CommitteeLine{At: web.Instant(entry.HappenedAt), Text: web.CommitteeEntryText(entry.Kind, ground, entry.Post), Reason: r.reason(entry), Document: entry.Document,
		Figures: web.CommitteeFigures(entry.Present, entry.InFavour), Meeting: r.meeting(entry.MeetingID), By: web.CommitteeRegistrar(entry.Authority)}
	if member, about := r.names[entry.MemberID]; about {
		line.Who = web.CommitteePerson{Name: r.name(member)}.Shown()
	}
	if line.At.Day() != web.Instant(entry.At).Day() {
		line.Entered = web.Instant(entry.At)
	}
	if r.staff && c.staff != nil && (c.staff.Role == models.RoleStreet || c.staff.Role == models.RoleConvener) {
		line.Files = evidenceFiles(entry.Evidence, c.communityURL("committees", "entries", entry.ID))
	}
	return line
}

// reason is what an entry says, as far as the reader may know it.
func (r register) reason(entry models.CommitteeEntry) string {
	if !r.staff && explain.PrivateGround(entry.Ground) {
		return ""
	}
	return entry.Reason
}

func committeeEvidence(c *call) error {
	file, err := c.store.CommitteeEvidence(c, c.actor(), c.community.ID, c.Param("entry"), c.Param("evidence"))
	if err != nil {
		return err
	}
	c.sendFile(models.Attachment{Name: file.Name, MediaType: file.MediaType, Content: file.Content})
	return nil
}

func publicCommitteePage(c *call) error {
	community, found, err := c.publicRegister()
	if err != nil {
		return err
	}
	page := web.CommitteePublic{Shell: c.shell(community.Name + " " + web.TitleCommittee), Community: community.Name, BoardURL: boardURL(community.ID)}
	if acting := models.ActingCommittee(found.terms); acting != nil {
		page.Acting = web.CommitteeTitle(acting.Kind, acting.Name, acting.Number)
	}
	for _, term := range found.terms {
		page.Terms = append(page.Terms, c.termView(found, term))
	}
	return c.render(http.StatusOK, page)
}

// publicRegister is the register of a community, and the community. Refusal: not_found.
func (c *call) publicRegister() (models.Community, register, error) {
	community, err := c.store.Community(c, c.Param("community"))
	if err != nil {
		return community, register{}, err
	}
	found, err := c.readRegisterOf(community, false)
	return community, found, err
}
