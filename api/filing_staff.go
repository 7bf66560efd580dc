package api

import (
	"errors"
	"net/http"

	"gongjue/models"
	"gongjue/web"
)

func filingURL(filing models.Filing) string {
	return staffCommunityURL(filing.CommunityID) + "/meetings/" + filing.MeetingID + "/filing"
}

// submitFilingAct hands the result in; papers were added to the meeting's files before.
var submitFilingAct = act[filingRequest]{do: submitFiling, again: submitAgain}

// submitWithFileAct is the page's way: a paper may come along.
var submitWithFileAct = act[filingRequest]{again: submitAgain, do: func(c *call, in filingRequest) (done, error) {
	if _, err := attach(c); err != nil && !errors.Is(err, refuse("file_missing")) {
		return done{}, err
	}
	return submitFiling(c, in)
}}

func submitFilingForm(c *call) error { return submitWithFileAct.page(c) }

func submitFiling(c *call, in filingRequest) (done, error) {
	filing, err := c.handIn(c.Param("meeting"), in.Note)
	if err != nil {
		return done{}, err
	}
	return done{status: http.StatusCreated, body: filingOf(filing), location: filingURL(filing), flash: "filing_submitted"}, nil
}

func submitAgain(c *call, in filingRequest, problems []web.Problem) (web.Page, error) {
	return filingView(c, c.Param("meeting"), filingTrouble{submit: &in, problems: problems})
}

// filingMoved answers a step of a filing with the filing as it is now.
func filingMoved(c *call, flash string) (done, error) {
	filing, err := c.store.Filing(c, c.community.ID, c.Param("filing"))
	if err != nil {
		return done{}, err
	}
	return done{body: filingOf(filing), location: filingURL(filing), flash: flash}, nil
}

func filingAgain(c *call, t filingTrouble) (web.Page, error) {
	filing, err := c.store.Filing(c, c.community.ID, c.Param("filing"))
	if err != nil {
		return nil, err
	}
	return filingView(c, filing.MeetingID, t)
}

// filingsJSON is a list of filings; next is the cursor to ask with `after` for the page behind.
type filingsJSON struct {
	Filings []filingJSON `json:"filings"`
	Next    string       `json:"next,omitempty"`
}

// listFilings is what lies with the street: the newest hand-in of each meeting, those that wait first.
func listFilings(c *call) error {
	page, next, err := c.store.FilingPage(c, *c.staff, c.asked())
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: filingsJSON{Filings: filingsOf(page), Next: next}})
}

func listFilingsOf(c *call) error {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	list, err := c.store.FilingsOf(c, c.community.ID, meeting.ID)
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: filingsJSON{Filings: filingsOf(list)}})
}

func filingsOf(list []models.Filing) []filingJSON {
	filings := make([]filingJSON, len(list))
	for i, filing := range list {
		filings[i] = filingOf(filing)
	}
	return filings
}

func getFiling(c *call) error {
	filing, err := c.store.Filing(c, c.community.ID, c.Param("filing"))
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: filingOf(filing)})
}
