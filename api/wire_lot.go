package api

import (
	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/explain"
)

// lotJSON is the public lot of a meeting.
type lotJSON struct {
	Due           bool                  `json:"due"`        // the final result waits for it
	CloseRoot     string                `json:"close_root"` // of the log at the close; the seed is this, a slash and the number
	Tied          []lotTieJSON          `json:"tied"`
	Announcements []lotAnnouncementJSON `json:"announcements"` // the newest, last, is in force
	State         models.LotState       `json:"state,omitempty"`
	Drawn         *lotDrawnJSON         `json:"drawn,omitempty"`
}

// lotTieJSON is a matter with a tie, and its lots once they are drawn.
type lotTieJSON struct {
	MatterID string      `json:"matter_id"`
	Position int64       `json:"position"`
	Title    string      `json:"title"`
	Who      []string    `json:"who"`            // who is tied for what, a Chinese sentence each
	Lots     []drawnJSON `json:"lots,omitempty"` // after the draw
}

// drawnJSON is the lot of one block of equals: everything that is needed to draw it again.
type drawnJSON struct {
	Group string         `json:"group,omitempty"` // seat group
	Seed  string         `json:"seed"`
	Order []lotPlaceJSON `json:"order"`
}

// lotPlaceJSON is one name in its place: hash is the SHA-256 of text, and the smallest is first.
type lotPlaceJSON struct {
	Name    string `json:"name"`
	Text    string `json:"text"`
	Hash    string `json:"hash"`
	Command string `json:"command"` // prints the hash in a terminal
}

// lotAnnouncementJSON is one announcement. The leaf of the lot holds the SHA-256 of the canonical JSON of their list.
type lotAnnouncementJSON struct {
	AnnouncedAt int64       `json:"announced_at"`
	AnnouncedBy models.Role `json:"announced_by"`
	Digits      int64       `json:"digits"`
	DueAt       int64       `json:"due_at"`
	Manner      string      `json:"manner"`
	Place       string      `json:"place"`
	Reason      string      `json:"reason"`
}

// lotDrawnJSON is the number as it was drawn and recorded.
type lotDrawnJSON struct {
	Number      string      `json:"number"`
	DrawnAt     int64       `json:"drawn_at"`
	Witnesses   string      `json:"witnesses"`
	FirstRole   models.Role `json:"first_role"`
	SecondRole  models.Role `json:"second_role"`
	ConfirmedAt int64       `json:"confirmed_at"`
	Leaf        int64       `json:"leaf"`      // index in the log
	Differed    int64       `json:"differed"`  // how often a second person typed another number
	Withdrawn   []string    `json:"withdrawn"` // numbers that were recorded and taken back
}

func lotOf(lot *models.Lot) *lotJSON {
	if lot == nil {
		return nil
	}
	body := &lotJSON{Due: lot.Due(), CloseRoot: lot.CloseRoot, Announcements: make([]lotAnnouncementJSON, len(lot.Announcements))}
	for i, matter := range lot.Tied {
		tie := lotTieJSON{MatterID: matter.MatterID, Position: matter.Position, Title: matter.Title,
			Who: explain.Ties(matter.Rule, matter.Outcome, explain.Names{Title: matter.Title})}
		if !lot.Due() {
			tie.Lots = drawnOf(lot.Settled[i].Outcome.Lots)
		}
		body.Tied = append(body.Tied, tie)
	}
	for i, a := range lot.Announcements {
		body.Announcements[i] = lotAnnouncementJSON{a.AnnouncedAt, a.Role, a.Digits, a.DueAt, a.Manner, a.Place, a.Reason}
	}
	live := lot.Live()
	if live == nil {
		return body
	}
	body.State = live.State
	if lot.Due() {
		return body
	}
	body.Drawn = &lotDrawnJSON{Number: live.Number, DrawnAt: live.DrawnAt, Witnesses: live.Witnesses, FirstRole: live.FirstRole, SecondRole: live.SecondRole,
		ConfirmedAt: live.EndedAt, Leaf: live.LeafIndex, Withdrawn: []string{}}
	for _, entry := range lot.Entries {
		body.Drawn.Differed += entry.Differed
		if entry.State == models.LotWithdrawn {
			body.Drawn.Withdrawn = append(body.Drawn.Withdrawn, entry.Number)
		}
	}
	return body
}

func drawnOf(lots []voting.Drawn) []drawnJSON {
	var list []drawnJSON
	for _, drawn := range lots {
		one := drawnJSON{Group: drawn.Group, Seed: drawn.Seed}
		for _, step := range drawn.Steps {
			one.Order = append(one.Order, lotPlaceJSON{Name: step.Option, Text: lotText(drawn, step.Option), Hash: step.Hash, Command: explain.LotCommand(drawn, step.Option)})
		}
		list = append(list, one)
	}
	return list
}
