package api

import (
	"net/http"
	"strconv"
	"strings"

	"gongjue/models"
	"gongjue/web"
)

// handInRequest is a checkpoint that the street signed on its own machine.
type handInRequest struct {
	Note string `json:"note" form:"note" binding:"required,max=8000"`
}

var handInAct = act[handInRequest]{
	do: func(c *call, in handInRequest) (done, error) {
		if _, err := c.store.Meeting(c, c.community.ID, c.Param("meeting")); err != nil {
			return done{}, err
		}
		note := strings.TrimSpace(strings.ReplaceAll(in.Note, "\r\n", "\n")) + "\n"
		cosigned, err := c.store.Cosign(c, c.Param("meeting"), []byte(note), c.address())
		if refusal, ok := asRefusal(err); ok && refusal.Field == "" && refusal.Code != "not_found" {
			err = refuseField(refusal.Code, "note")
		}
		return done{body: cosignedJSON(cosigned), location: c.meetingURL(c.Param("meeting"), "witness"), flash: "witness_handed_in"}, err
	},
	again: func(c *call, in handInRequest, problems []web.Problem) (web.Page, error) {
		return witnessDesk(c, in.Note, problems, nil)
	},
}

var waiveWitnessAct = act[reasonRequest]{
	do: func(c *call, in reasonRequest) (done, error) {
		if err := c.store.WaiveWitness(c, c.actor(), c.community.ID, c.Param("meeting"), in.Reason); err != nil {
			return done{}, err
		}
		return done{location: c.meetingURL(c.Param("meeting"), "witness"), flash: "witness_waived"}, nil
	},
	again: func(c *call, in reasonRequest, problems []web.Problem) (web.Page, error) {
		return witnessDesk(c, "", nil, &web.WitnessWaiver{Form: web.Form{Problems: problems}, Reason: in.Reason})
	},
}

func witnessPage(c *call) error {
	page, err := witnessDesk(c, "", nil, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// witnessDesk is a meeting's log for staff, with the street's forms; nil where the refused one is not there any more.
func witnessDesk(c *call, note string, problems []web.Problem, waiver *web.WitnessWaiver) (web.Page, error) {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return nil, err
	}
	w, err := c.store.WitnessingOf(c, meeting)
	if err != nil {
		return nil, err
	}
	own := c.meetingURL(meeting.ID, "witness")
	page := web.WitnessDesk{Shell: c.shell(meeting.Title + " " + web.TitleWitness), Meeting: meeting.Title, MeetingURL: c.meetingURL(meeting.ID),
		State: string(meeting.State), Witnessing: witnessingView(w, true), ServerURL: c.config.PublicURL, Street: c.staff.Role == models.RoleStreet}
	if c.staff.Role == models.RoleStreet || c.staff.Role == models.RoleDistrict {
		page.KeysURL = witnessKeysURL
	}
	if page.Street && len(w.Sights) > 0 && w.Newest.Size > 0 {
		page.OfferURL = "/api/v1/public/meetings/" + meeting.ID + "/checkpoint?from=" + strconv.FormatInt(w.Seen, 10)
		page.HandIn = &web.WitnessHandIn{Form: web.Form{Action: own, Problems: problems}, Note: note}
		if w.Result.Size > 0 && w.Due() && meeting.PublishedAt == 0 {
			page.Waive = &web.WitnessWaiver{}
			if waiver != nil {
				page.Waive = waiver
			}
			page.Waive.Action = own + "/waive"
		}
	}
	if (problems != nil && page.HandIn == nil) || (waiver != nil && page.Waive == nil) {
		return nil, nil
	}
	return page, nil
}
