package api

import (
	"gongjue/models"
	"gongjue/voting/lifecycle"
)

// rosterObjectionJSON is an objection to a roster, for the objector, the convener and the street.
type rosterObjectionJSON struct {
	ID         string                     `json:"id"`
	Number     int64                      `json:"number"`
	State      lifecycle.ObjectionState   `json:"state"`
	About      models.RosterObjectionKind `json:"about"`
	Unit       string                     `json:"unit"` // place
	Source     models.ObjectionSource     `json:"source"`
	Text       string                     `json:"text,omitempty"`
	Wanted     string                     `json:"wanted,omitempty"`
	Phone      string                     `json:"phone,omitempty"` // masked
	Files      []evidenceJSON             `json:"files"`
	CreatedAt  int64                      `json:"created_at"`
	DueAt      int64                      `json:"due_at"` // until when an answer was promised
	Outcome    models.Verdict             `json:"outcome,omitempty"`
	Answer     string                     `json:"answer,omitempty"`
	AnsweredAt int64                      `json:"answered_at,omitempty"`
	Correction *rosterChangeJSON          `json:"correction,omitempty"`
}

// evidenceJSON is a file that proves something.
type evidenceJSON struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Bytes     int64  `json:"bytes"`
	SHA256    string `json:"sha256"`
}

func evidenceFilesOf(list []models.EvidenceFile) []evidenceJSON {
	files := make([]evidenceJSON, len(list))
	for i, file := range list {
		files[i] = evidenceJSON{ID: file.ID, Name: file.Name, MediaType: file.MediaType, Bytes: file.Size, SHA256: file.SHA256}
	}
	return files
}

func rosterObjectionOf(o models.RosterObjection) rosterObjectionJSON {
	answer := rosterObjectionJSON{ID: o.ID, Number: o.Number, State: o.State, About: o.Kind, Unit: o.Place, Source: o.Source, Text: o.Text, Wanted: o.Wanted,
		Phone: o.Phone, Files: evidenceFilesOf(o.Files), CreatedAt: o.CreatedAt, DueAt: o.DueAt, Outcome: o.Verdict, Answer: o.Answer, AnsweredAt: o.AnsweredAt}
	if o.Change != nil {
		change := rosterChangeOf(*o.Change)
		answer.Correction = &change
	}
	return answer
}

func rosterObjectionsOf(list []models.RosterObjection) []rosterObjectionJSON {
	objections := make([]rosterObjectionJSON, len(list))
	for i, objection := range list {
		objections[i] = rosterObjectionOf(objection)
	}
	return objections
}

type rosterObjectionsJSON struct {
	Objections []rosterObjectionJSON `json:"objections"`
}

func listRosterObjections(c *call) error {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return err
	}
	objections, err := c.store.RosterObjections(c, c.community.ID, list.ID)
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: rosterObjectionsJSON{Objections: rosterObjectionsOf(objections)}})
}

// rosterObjectionDetailJSON is an objection with what the roster says now.
type rosterObjectionDetailJSON struct {
	rosterObjectionJSON
	Now    *displayLineJSON `json:"now,omitempty"` // missing where the unit is
	People []personJSON     `json:"people"`        // who holds the unit, masked
}

func getRosterObjection(c *call) error {
	o, err := c.store.RosterObjection(c, c.community.ID, c.Param("roster"), c.Param("roster_objection"))
	if err != nil {
		return err
	}
	body := rosterObjectionDetailJSON{rosterObjectionJSON: rosterObjectionOf(o), People: peopleOf(o.People)}
	if o.Unit != nil {
		now := displayLineOf(*o.Unit)
		body.Now = &now
	}
	return c.sendJSON(done{body: body})
}
