package models

import (
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/committee"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/voting/stage"
)

// CommitteeDuty is something that a committee, or the street for it, has to do.
type CommitteeDuty struct {
	CommitteeID string
	Kind        CommitteeDutyKind
	DueAt       int64  // Unix ms, last moment; 0 where no rule sets one
	Article     string // with its instrument; empty where none is known
}

// CommitteeDutyKind says what.
type CommitteeDutyKind string

// The kinds.
const (
	DutyFirstMeeting CommitteeDutyKind = "first_meeting" // choose a chair
	DutyChair        CommitteeDutyKind = "chair"         // choose another one
	DutyFill         CommitteeDutyKind = "fill"          // an alternate is next
	DutyVacancy      CommitteeDutyKind = "vacancy"       // a seat is vacant and no alternate is left
	DutyReElection   CommitteeDutyKind = "re_election"   // too few members are left
	DutyRenewal      CommitteeDutyKind = "renewal"       // the time before the end of the term has begun
	DutyLapsed       CommitteeDutyKind = "lapsed"        // the term is over
	DutyTakeOffice   CommitteeDutyKind = "take_office"   // an interim body's display is over
	DutyHandover     CommitteeDutyKind = "handover"
	DutyRefusal      CommitteeDutyKind = "handover_refused"
	DutyMembers      CommitteeDutyKind = "interim_members" // the street appoints to the vacant seats of an interim body
	DutyReform       CommitteeDutyKind = "interim_reform"  // its term is over: elect a committee, or form it anew
)

// CommitteeDutyKinds lists every kind.
var CommitteeDutyKinds = []CommitteeDutyKind{DutyFirstMeeting, DutyChair, DutyFill, DutyVacancy, DutyReElection, DutyRenewal, DutyLapsed, DutyTakeOffice,
	DutyHandover, DutyRefusal, DutyMembers, DutyReform}

// Duties are what is due for a term at a moment under the rules of its place.
func (c Committee) Duties(law rules.Procedure, now int64) (list []CommitteeDuty) {
	due := func(kind CommitteeDutyKind, at int64, article string) {
		list = append(list, CommitteeDuty{CommitteeID: c.ID, Kind: kind, DueAt: at, Article: article})
	}
	if c.handsOver() {
		c.handoverDuties(law, due)
	}
	switch {
	case c.State.Over():
		return list
	case c.State == lifecycle.CommitteeDisplayed:
		if now > c.DisplayUntil {
			due(DutyTakeOffice, 0, "")
		}
		return list
	}
	if c.Kind == lifecycle.PropertyManagementCommittee {
		c.interimDue(law, now, due)
		return list
	}
	c.membersDue(law, now, due)
	switch from := c.RenewalFrom(law); {
	case c.Lapsed(now):
		due(DutyLapsed, c.TermTo, "")
	case from != 0 && now >= from && c.State != lifecycle.CommitteeRenewal:
		due(DutyRenewal, c.TermTo, renewalArticle(law))
	}
	return list
}

// membersDue is what is due because of who is left.
func (c Committee) membersDue(law rules.Procedure, now int64, due func(kind CommitteeDutyKind, at int64, article string)) {
	if c.ConstitutedAt == 0 {
		at, article := int64(0), ""
		if clause := law.FirstCommitteeDays; clause != nil {
			at, article = calendar.Deadline(c.BeganAt, clause.Days), articleOf(clause.Basis)
		}
		due(DutyFirstMeeting, at, article)
	} else if !c.chaired() {
		due(DutyChair, 0, "")
	}
	holding := c.AllAt(now)
	switch {
	case len(committee.Fillers(c.seats(), c.Groups)) > 0:
		due(DutyFill, 0, "")
	case law.TooFew(holding, c.Seats):
		due(DutyReElection, 0, articleOf(law.ReElection.Basis))
	case holding < c.Seats:
		due(DutyVacancy, 0, "")
	}
}

// chaired tells whether somebody holds the chair.
func (c Committee) chaired() bool {
	for _, member := range c.Members {
		if member.Post == lifecycle.Chair && member.LeftAt == 0 {
			return true
		}
	}
	return false
}

// RenewalFrom is the first moment of the time in which the next committee is to be elected; 0 where the rules say nothing.
func (c Committee) RenewalFrom(law rules.Procedure) int64 {
	if c.Kind != lifecycle.Committee {
		return 0
	}
	var window stage.Window
	if months := law.RenewalMonths; months != nil {
		window.RenewalMonths = months.Number
	}
	if days := law.RenewalDays; days != nil {
		window.RenewalDays = days.Days
	}
	return window.Renewal(c.TermTo)
}

func renewalArticle(law rules.Procedure) string {
	if law.RenewalMonths != nil {
		return articleOf(law.RenewalMonths.Basis)
	}
	return articleOf(law.RenewalDays.Basis)
}

func articleOf(basis rules.Basis) string {
	if basis.Source == nil {
		return ""
	}
	return basis.Source.String()
}

// addDuties adds what is due for the committees of each community.
func addDuties(query *gorm.DB, list []Overview, at map[string]int, now int64) error {
	terms, err := committees(query)
	if err != nil {
		return err
	}
	laws := map[string]rules.Procedure{}
	for _, term := range terms {
		overview := &list[at[term.CommunityID]]
		law, known := laws[overview.Place]
		if !known {
			pack, err := rules.At(overview.Place, now)
			if err != nil {
				return fmt.Errorf("find the rules of %s: %w", overview.Place, err)
			}
			law = pack.Procedure
			laws[overview.Place] = law
		}
		overview.Duties = append(overview.Duties, term.Duties(law, now)...)
	}
	return nil
}

// MissedOrders are the orders to convene that obliged this body while it was in its term, and that it missed.
func (c Committee) MissedOrders(orders []Convening, now int64) (missed []Convening) {
	for _, order := range orders {
		if order.ConvenerKind == c.Kind && order.OrderedAt >= c.BeganAt && (c.EndedAt == 0 || order.LimitAt < c.EndedAt) && order.Missed(now) {
			missed = append(missed, order)
		}
	}
	return missed
}
