package api

import (
	"gongjue/models"
	"gongjue/voting/lifecycle"
)

// committeesJSON is the register of committees of a community, the newest term first. Names that everybody may not read, and
// why a membership ended by law, stand in the answer to staff alone.
type committeesJSON struct {
	Committees []committeeJSON `json:"committees"`
}

type committeeJSON struct {
	ID            string                    `json:"id"`
	Kind          lifecycle.ConvenerKind    `json:"kind"`
	Number        int64                     `json:"number"`
	Name          string                    `json:"name,omitempty"`
	State         lifecycle.CommitteeState  `json:"state"`
	Lapsed        bool                      `json:"lapsed"` // the term is over and no other committee took its place
	Origin        lifecycle.CommitteeOrigin `json:"origin"`
	MeetingID     string                    `json:"meeting_id,omitempty"`
	Document      string                    `json:"document,omitempty"`
	Seats         int64                     `json:"seats"`
	All           int64                     `json:"all"` // members in all now
	BeganAt       int64                     `json:"began_at"`
	TermFrom      int64                     `json:"term_from,omitempty"`
	TermTo        int64                     `json:"term_to,omitempty"`
	DisplayUntil  int64                     `json:"display_until,omitempty"`
	ConstitutedAt int64                     `json:"constituted_at,omitempty"`
	GroupAt       int64                     `json:"group_at,omitempty"`
	EndedAt       int64                     `json:"ended_at,omitempty"`
	Members       []committeeMemberJSON     `json:"members"`
	Entries       []committeeEntryJSON      `json:"entries"`
	Handover      []handoverItemJSON        `json:"handover"`
	MissedOrders  []missedOrderJSON         `json:"missed_orders"`
}

type handoverItemJSON struct {
	ID        string                 `json:"id"`
	Kind      lifecycle.HandoverKind `json:"kind"`
	Text      string                 `json:"text"`
	GivenAt   int64                  `json:"given_at,omitempty"`
	TakenAt   int64                  `json:"taken_at,omitempty"`
	RefusedAt int64                  `json:"refused_at,omitempty"`
	Refusal   string                 `json:"refusal,omitempty"`
	GivenAs   lifecycle.HandoverSide `json:"given_as,omitempty"`
	TakenAs   lifecycle.HandoverSide `json:"taken_as,omitempty"`
	RefusedAs lifecycle.HandoverSide `json:"refused_as,omitempty"`
}

// missedOrderJSON is an order to convene that the body missed.
type missedOrderJSON struct {
	Number  int64                   `json:"number"`
	Kind    lifecycle.ConveningKind `json:"kind"`
	LimitAt int64                   `json:"limit_at"`
	MetAt   int64                   `json:"met_at,omitempty"`
	TakenAt int64                   `json:"taken_at,omitempty"`
}

type committeeMemberJSON struct {
	ID             string                   `json:"id"`
	Position       int64                    `json:"position"`
	State          lifecycle.MemberState    `json:"state"`
	Post           lifecycle.MemberPost     `json:"post"`
	Capacity       lifecycle.MemberCapacity `json:"capacity"`
	Name           string                   `json:"name,omitempty"`
	Group          string                   `json:"group,omitempty"`
	Since          int64                    `json:"since,omitempty"`
	SuspendedFrom  int64                    `json:"suspended_from,omitempty"`
	SuspendedUntil int64                    `json:"suspended_until,omitempty"`
	LeftAt         int64                    `json:"left_at,omitempty"`
	Left           string                   `json:"left,omitempty"` // why, in Chinese
}

type committeeEntryJSON struct {
	Number     int64                        `json:"number"`
	Kind       lifecycle.CommitteeEntryKind `json:"kind"`
	Member     string                       `json:"member,omitempty"` // id
	Left       string                       `json:"left,omitempty"`   // why, in Chinese
	Post       lifecycle.MemberPost         `json:"post,omitempty"`
	HappenedAt int64                        `json:"happened_at"`
	UntilAt    int64                        `json:"until_at,omitempty"`
	Reason     string                       `json:"reason,omitempty"`
	Document   string                       `json:"document,omitempty"`
	MeetingID  string                       `json:"meeting_id,omitempty"`
	Matter     int64                        `json:"matter,omitempty"`
	Present    int64                        `json:"present,omitempty"`
	InFavour   int64                        `json:"in_favour,omitempty"`
	At         int64                        `json:"at"`
	Authority  lifecycle.Actor              `json:"authority"`
}

func (c *call) committeesOf(r register) committeesJSON {
	now := c.store.Now()
	list := committeesJSON{Committees: make([]committeeJSON, len(r.terms))}
	for i, t := range r.terms {
		one := committeeJSON{t.ID, t.Kind, t.Number, t.Name, t.State, t.Lapsed(now), t.Origin, t.MeetingID, t.Document, t.Seats, t.AllAt(now), t.BeganAt, t.TermFrom, t.TermTo,
			t.DisplayUntil, t.ConstitutedAt, t.GroupAt, t.EndedAt, make([]committeeMemberJSON, len(t.Members)), make([]committeeEntryJSON, len(r.entries[t.ID])), make([]handoverItemJSON, len(t.Handover)), []missedOrderJSON{}}
		for j, item := range t.Handover {
			one.Handover[j] = handoverItemJSON{item.ID, item.Kind, item.Text, item.GivenAt, item.TakenAt, item.RefusedAt, item.Refusal, item.GivenAs, item.TakenAs, item.RefusedAs}
		}
		for _, order := range t.MissedOrders(r.orders, now) {
			one.MissedOrders = append(one.MissedOrders, missedOrderJSON{order.Number, order.Kind, order.LimitAt, order.MetAt, order.TakenAt})
		}
		for j, member := range t.Members {
			one.Members[j] = r.memberOf(member)
		}
		for j, entry := range r.entries[t.ID] {
			one.Entries[j] = r.entryOf(entry)
		}
		list.Committees[i] = one
	}
	return list
}

func (r register) memberOf(m models.CommitteeMember) committeeMemberJSON {
	member := committeeMemberJSON{m.ID, m.Position, m.State, m.Post, m.Capacity, r.name(m), m.Group, m.Since, m.SuspendedFrom, m.SuspendedUntil, m.LeftAt, ""}
	if m.Ground != "" {
		member.Left = r.ground(m.Ground)
	}
	return member
}

func (r register) entryOf(e models.CommitteeEntry) committeeEntryJSON {
	entry := committeeEntryJSON{e.Number, e.Kind, e.MemberID, "", e.Post, e.HappenedAt, e.UntilAt, r.reason(e), e.Document, e.MeetingID, e.Matter, e.Present, e.InFavour, e.At, e.Authority}
	if e.Ground != "" {
		entry.Left = r.ground(e.Ground)
	}
	return entry
}

func listCommittees(c *call) error {
	answer, err := committeeDone(c, nil, "")
	if err != nil {
		return err
	}
	return c.sendJSON(answer)
}

func listPublicCommittees(c *call) error {
	_, found, err := c.publicRegister()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: c.committeesOf(found)})
}
