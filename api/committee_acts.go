package api

import (
	"strings"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// committeeEnterRequest enters a term from its papers, multipart/form-data on pages and on the API alike, as the requests
// below that a part `file` may stand beside. Names stand one a line.
type committeeEnterRequest struct {
	Number     numeral `json:"number" form:"number" binding:"required,max=2"`
	Name       string  `json:"name" form:"name" binding:"max=100"`
	Document   string  `json:"document" form:"document" binding:"required,max=100"`
	BeganOn    string  `json:"began_on" form:"began_on" binding:"required,max=10"` // date
	TermFrom   string  `json:"term_from" form:"term_from" binding:"required,max=10"`
	TermTo     string  `json:"term_to" form:"term_to" binding:"required,max=10"`
	Seats      numeral `json:"seats" form:"seats" binding:"required,max=2"`
	Chair      string  `json:"chair" form:"chair" binding:"required,max=50"`
	Deputies   lines   `json:"deputies" form:"deputies" binding:"max=2000"`
	Members    lines   `json:"members" form:"members" binding:"max=5000"`
	Alternates lines   `json:"alternates" form:"alternates" binding:"max=5000"` // by their votes
	Named      flag    `json:"named" form:"named" binding:"max=3"`              // yes: everybody may read the names
}

// committeeElectionRequest names a meeting whose result elected a committee.
type committeeElectionRequest struct {
	Meeting string `json:"meeting" form:"meeting" binding:"required,max=100"`
}

// committeeInterimRequest forms an interim body. The three lists have one value for each member; a member without a name is
// left out.
type committeeInterimRequest struct {
	Document   string   `json:"document" form:"document" binding:"required,max=100"`
	Reason     string   `json:"reason" form:"reason" binding:"required,max=500"`
	Names      []string `json:"names" form:"names" binding:"max=99"`
	Capacities []string `json:"capacities" form:"capacities" binding:"max=99"`
	Posts      []string `json:"posts" form:"posts" binding:"max=99"`
	Named      flag     `json:"named" form:"named" binding:"max=3"` // yes: everybody may read the names
}

// committeePostsRequest records whom a committee chose.
type committeePostsRequest struct {
	HeldOn   string   `json:"held_on" form:"held_on" binding:"required,max=10"` // date
	Present  numeral  `json:"present" form:"present" binding:"required,max=3"`
	InFavour numeral  `json:"in_favour" form:"in_favour" binding:"required,max=3"`
	Chair    string   `json:"chair" form:"chair" binding:"required,max=100"` // id of a member
	Deputies []string `json:"deputies" form:"deputies" binding:"max=99"`
}

// committeeTermRequest says what the street does about a term.
type committeeTermRequest struct {
	Day      string `json:"day" form:"day" binding:"max=10"` // date; today where it is empty
	Reason   string `json:"reason" form:"reason" binding:"max=500"`
	Document string `json:"document" form:"document" binding:"max=100"`
}

// committeeAppointRequest gives a vacant seat of an interim body to somebody, beside the part `file`.
type committeeAppointRequest struct {
	Name     string                   `json:"name" form:"name" binding:"required,max=50"`
	Capacity lifecycle.MemberCapacity `json:"capacity" form:"capacity" binding:"required,max=30"`
	Post     lifecycle.MemberPost     `json:"post" form:"post" binding:"required,max=20"`
	Named    flag                     `json:"named" form:"named" binding:"max=3"` // yes: everybody may read the name
	Reason   string                   `json:"reason" form:"reason" binding:"required,max=500"`
	Document string                   `json:"document" form:"document" binding:"required,max=100"`
}

// committeeMemberRequest says what happened to a member.
type committeeMemberRequest struct {
	Ground   lifecycle.LeavingGround `json:"ground" form:"ground" binding:"max=20"`
	Day      string                  `json:"day" form:"day" binding:"max=10"`     // date; today where it is empty
	Until    string                  `json:"until" form:"until" binding:"max=10"` // last date of a suspension
	Reason   string                  `json:"reason" form:"reason" binding:"max=500"`
	Document string                  `json:"document" form:"document" binding:"max=100"`
}

// committeeRecallRequest names the vote that recalled a member: id of the meeting, colon, number on its agenda.
type committeeRecallRequest struct {
	Motion string `json:"motion" form:"motion" binding:"required,max=100"`
}

// committeeDone answers an act with the register as it stands.
func committeeDone(c *call, err error, flash string) (done, error) {
	if err != nil {
		return done{}, err
	}
	found, err := c.readRegisterOf(c.community, true)
	return done{body: c.committeesOf(found), location: c.communityURL("committees"), flash: flash}, err
}

// committeeAct is an act of the register; where it is refused its form comes back with what was typed.
func committeeAct[In any](flash string, do func(c *call, in In, name string, file []byte) error) act[In] {
	return act[In]{
		do: func(c *call, in In) (done, error) {
			files, err := c.sentEvidence()
			if err != nil {
				return done{}, err
			}
			var file models.SentFile
			if len(files) > 0 {
				file = files[0]
			}
			return committeeDone(c, do(c, in, file.Name, file.Content), flash)
		},
		again: func(c *call, _ In, problems []web.Problem) (web.Page, error) {
			return committeeDesk(c, problems)
		},
	}
}

var enterCommitteeAct = committeeAct("committee_entered", func(c *call, in committeeEnterRequest, name string, file []byte) error {
	var r reader
	wanted := models.EnteredCommittee{Number: r.number("number", in.Number), Name: in.Name, Seats: r.number("seats", in.Seats), Document: in.Document, BeganOn: in.BeganOn,
		TermFrom: in.TermFrom, TermTo: in.TermTo, Chair: in.Chair, Deputies: in.Deputies.list(), Members: in.Members.list(), Alternates: in.Alternates.list(),
		Named: r.yes("named", in.Named), FileName: name, File: file}
	if err := r.err(); err != nil {
		return err
	}
	return c.store.EnterCommittee(c, c.actor(), c.community.ID, wanted)
})

var registerElectionAct = committeeAct("committee_registered", func(c *call, in committeeElectionRequest, _ string, _ []byte) error {
	return c.store.RegisterElection(c, c.actor(), c.community.ID, in.Meeting)
})

var formInterimAct = committeeAct("interim_formed", func(c *call, in committeeInterimRequest, name string, file []byte) error {
	if len(in.Names) != len(in.Capacities) || len(in.Names) != len(in.Posts) {
		return refuseField("bad_value", "members")
	}
	var r reader
	named := r.yes("named", in.Named)
	if err := r.err(); err != nil {
		return err
	}
	body := models.InterimBody{Document: in.Document, Reason: in.Reason, FileName: name, File: file}
	for i, person := range in.Names {
		if strings.TrimSpace(person) != "" {
			body.Members = append(body.Members, models.InterimMember{Name: person, Capacity: lifecycle.MemberCapacity(in.Capacities[i]),
				Post: lifecycle.MemberPost(in.Posts[i]), Named: named})
		}
	}
	return c.store.FormInterimBody(c, c.actor(), c.community.ID, body)
})

var appointAct = committeeAct("interim_appointed", func(c *call, in committeeAppointRequest, name string, file []byte) error {
	var r reader
	wanted := models.InterimMember{Name: in.Name, Capacity: in.Capacity, Post: in.Post, Named: r.yes("named", in.Named)}
	if err := r.err(); err != nil {
		return err
	}
	told := models.TermAct{Reason: in.Reason, Document: in.Document, FileName: name, File: file}
	return renamed(c.store.AppointInterimMember(c, c.actor(), c.community.ID, c.Param("committee"), wanted, told), "members", "name")
})

var choosePostsAct = committeeAct("posts_chosen", func(c *call, in committeePostsRequest, name string, file []byte) error {
	var r reader
	held := models.CommitteeChoice{HeldOn: in.HeldOn, Present: r.number("present", in.Present), InFavour: r.number("in_favour", in.InFavour), Chair: in.Chair,
		Deputies: in.Deputies, FileName: name, File: file}
	if err := r.err(); err != nil {
		return err
	}
	return c.store.ChoosePosts(c, c.actor(), c.community.ID, c.Param("committee"), held)
})

func (in committeeTermRequest) told(name string, file []byte) models.TermAct {
	return models.TermAct{Day: in.Day, Reason: in.Reason, Document: in.Document, FileName: name, File: file}
}

var renewalGroupAct = committeeAct("group_formed", func(c *call, in committeeTermRequest, name string, file []byte) error {
	return c.store.FormRenewalGroup(c, c.actor(), c.community.ID, c.Param("committee"), in.told(name, file))
})

var dissolveAct = committeeAct("committee_dissolved", func(c *call, in committeeTermRequest, name string, file []byte) error {
	return c.store.DissolveCommittee(c, c.actor(), c.community.ID, c.Param("committee"), in.told(name, file))
})

var takeOfficeAct = committeeAct("interim_seated", func(c *call, _ nothing, _ string, _ []byte) error {
	return c.store.SeatInterimBody(c, c.actor(), c.community.ID, c.Param("committee"))
})

var withdrawInterimAct = committeeAct("interim_withdrawn", func(c *call, in reasonRequest, _ string, _ []byte) error {
	return c.store.WithdrawInterimBody(c, c.actor(), c.community.ID, c.Param("committee"), in.Reason)
})

func (in committeeMemberRequest) change(name string, file []byte) models.MemberChange {
	return models.MemberChange{Ground: in.Ground, Day: in.Day, Until: in.Until, Reason: in.Reason, Document: in.Document, FileName: name, File: file}
}

// onMember is an act about the member of the address.
func onMember(flash string, do func(c *call, member string, change models.MemberChange) error) act[committeeMemberRequest] {
	return committeeAct(flash, func(c *call, in committeeMemberRequest, name string, file []byte) error {
		return do(c, c.Param("member"), in.change(name, file))
	})
}

var leaveAct = onMember("member_left", func(c *call, member string, change models.MemberChange) error {
	return c.store.LeaveCommittee(c, c.actor(), c.community.ID, member, change)
})

var suspendAct = onMember("member_suspended", func(c *call, member string, change models.MemberChange) error {
	return c.store.SuspendMember(c, c.actor(), c.community.ID, member, change)
})

var liftAct = onMember("suspension_lifted", func(c *call, member string, change models.MemberChange) error {
	return c.store.LiftSuspension(c, c.actor(), c.community.ID, member, change)
})

var declineAct = onMember("seat_declined", func(c *call, member string, change models.MemberChange) error {
	return c.store.DeclineSeat(c, c.actor(), c.community.ID, member, change)
})

var fillAct = committeeAct("seat_filled", func(c *call, _ nothing, _ string, _ []byte) error {
	return c.store.FillSeat(c, c.actor(), c.community.ID, c.Param("member"))
})

var recallAct = committeeAct("member_recalled", func(c *call, in committeeRecallRequest, _ string, _ []byte) error {
	meeting, number, _ := strings.Cut(in.Motion, ":")
	var r reader
	matter := r.number("motion", numeral(number))
	if err := r.err(); err != nil {
		return err
	}
	return renamed(c.store.RecallMember(c, c.actor(), c.community.ID, c.Param("member"), meeting, matter), "matter", "motion")
})

// handoverRequest lists something that a committee hands over.
type handoverRequest struct {
	Kind lifecycle.HandoverKind `json:"kind" form:"kind" binding:"required,max=20"`
	Text string                 `json:"text" form:"text" binding:"required,max=500"`
}

var listHandoverAct = committeeAct("handover_listed", func(c *call, in handoverRequest, _ string, _ []byte) error {
	return c.store.ListHandover(c, c.actor(), c.community.ID, c.Param("committee"), in.Kind, in.Text)
})

// handoverPartyRequest says for which side of a handover an account acts.
type handoverPartyRequest struct {
	Account  string `json:"account" form:"account" binding:"required,max=100"` // id
	Side     string `json:"side" form:"side" binding:"required,max=20"`        // outgoing, incoming, or none any more
	Document string `json:"document" form:"document" binding:"max=100"`
}

// noSide is the word for an account that acts for no side any more.
const noSide = "none"

var namePartyAct = committeeAct("handover_party_named", func(c *call, in handoverPartyRequest, _ string, _ []byte) error {
	side := lifecycle.HandoverSide(in.Side)
	if in.Side == noSide {
		side = ""
	}
	return c.store.NameHandoverParty(c, c.actor(), c.community.ID, c.Param("committee"), in.Account, side, in.Document)
})

var attachAuditAct = committeeAct("audit_attached", func(c *call, in committeeTermRequest, name string, file []byte) error {
	return c.store.AttachAudit(c, c.actor(), c.community.ID, c.Param("committee"), in.told(name, file))
})

var giveItemAct = committeeAct("handover_given", func(c *call, _ nothing, _ string, _ []byte) error {
	return c.store.StepHandover(c, c.actor(), c.community.ID, c.Param("item"), models.HandoverGive, "")
})

var takeItemAct = committeeAct("handover_taken", func(c *call, _ nothing, _ string, _ []byte) error {
	return c.store.StepHandover(c, c.actor(), c.community.ID, c.Param("item"), models.HandoverTake, "")
})

var refuseItemAct = committeeAct("handover_refused", func(c *call, in reasonRequest, _ string, _ []byte) error {
	return c.store.StepHandover(c, c.actor(), c.community.ID, c.Param("item"), models.HandoverRefuse, in.Reason)
})
