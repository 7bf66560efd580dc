package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/web"
)

// proposeWitnessRequest registers a key of the street with what `gongjue witness keygen` wrote.
type proposeWitnessRequest struct {
	Proof string `json:"proof" form:"proof" binding:"required,max=2000"`
}

// confirmWitnessRequest is the fingerprint as the second person read it from paper.
type confirmWitnessRequest struct {
	Fingerprint string `json:"fingerprint" form:"fingerprint" binding:"required,max=40"`
}

type witnessKeyJSON struct {
	ID          string                 `json:"id"`
	Street      string                 `json:"street"`
	State       models.WitnessKeyState `json:"state"`
	Name        string                 `json:"name"`
	Key         string                 `json:"key"`
	Fingerprint string                 `json:"fingerprint"`
	ProposedAt  int64                  `json:"proposed_at"`
	ProposedBy  string                 `json:"proposed_by"`
	ConfirmedAt int64                  `json:"confirmed_at,omitempty"`
	ConfirmedBy string                 `json:"confirmed_by,omitempty"`
	EndedAt     int64                  `json:"ended_at,omitempty"`
	EndedBy     string                 `json:"ended_by,omitempty"`
}

type witnessKeysJSON struct {
	Keys []witnessKeyJSON `json:"keys"`
}

func witnessKeyOf(k models.WitnessKey) witnessKeyJSON {
	return witnessKeyJSON{ID: k.ID, Street: k.Street, State: k.State, Name: k.Name, Key: k.Key, Fingerprint: k.Fingerprint.String(),
		ProposedAt: k.ProposedAt, ProposedBy: k.ProposedBy, ConfirmedAt: k.ConfirmedAt, ConfirmedBy: k.ConfirmedBy, EndedAt: k.EndedAt, EndedBy: k.EndedBy}
}

func listWitnessKeys(c *call) error {
	keys, err := c.store.WitnessKeys(c, *c.staff)
	if err != nil {
		return err
	}
	answer := witnessKeysJSON{Keys: []witnessKeyJSON{}}
	for _, key := range keys {
		answer.Keys = append(answer.Keys, witnessKeyOf(key))
	}
	return c.sendJSON(done{body: answer})
}

func witnessKeysPage(c *call) error {
	page, err := witnessKeysDesk(c, witnessTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// witnessTrouble is what refused the last attempt: the form, as it was typed.
type witnessTrouble struct {
	key, proof, fingerprint string
	problems                []web.Problem
}

// witnessKeysDesk lists the keys with the forms that the one who asks may send now.
func witnessKeysDesk(c *call, t witnessTrouble) (web.Page, error) {
	keys, err := c.store.WitnessKeys(c, *c.staff)
	if err != nil {
		return nil, err
	}
	page := web.WitnessKeys{Shell: c.shell(web.TitleWitnessKeys), District: c.staff.Role == models.RoleDistrict}
	if c.staff.Role == models.RoleStreet {
		page.Propose = &web.WitnessPropose{Form: web.Form{Action: witnessKeysURL}, Proof: t.proof}
		if t.key == "" {
			page.Propose.Problems = t.problems
		}
	}
	for _, key := range keys {
		line := web.WitnessKeyLine{Name: key.Name, Street: key.Street, State: string(key.State), ProposedAt: web.Instant(key.ProposedAt), ProposedBy: key.ProposedBy,
			ConfirmedAt: web.Instant(key.ConfirmedAt), ConfirmedBy: key.ConfirmedBy, EndedAt: web.Instant(key.EndedAt), EndedBy: key.EndedBy}
		if key.State != models.WitnessKeyEnded {
			line.End = witnessKeysURL + "/" + key.ID + "/end"
		}
		switch {
		case key.State != models.WitnessKeyProposed:
			line.Fingerprint = key.Fingerprint.Printed()
		case key.ProposerID == c.staff.ID:
			line.Fingerprint = key.Fingerprint.Printed()
		default: // who confirms reads it from paper, not from here
			line.Confirm = &web.WitnessConfirm{Form: web.Form{Action: witnessKeysURL + "/" + key.ID + "/confirm"}, Key: key.ID}
			if t.key == key.ID {
				line.Confirm.Problems, line.Confirm.Fingerprint = t.problems, t.fingerprint
			}
		}
		page.List = append(page.List, line)
	}
	return page, nil
}

var proposeWitnessAct = act[proposeWitnessRequest]{
	do: func(c *call, in proposeWitnessRequest) (done, error) {
		key, err := c.store.ProposeWitnessKey(c, *c.staff, in.Proof)
		return done{status: http.StatusCreated, body: witnessKeyOf(key), location: witnessKeysURL, flash: "witness_key_proposed"}, err
	},
	again: func(c *call, in proposeWitnessRequest, problems []web.Problem) (web.Page, error) {
		return witnessKeysDesk(c, witnessTrouble{proof: in.Proof, problems: problems})
	},
}

var confirmWitnessAct = act[confirmWitnessRequest]{
	do: func(c *call, in confirmWitnessRequest) (done, error) {
		key, err := c.store.ConfirmWitnessKey(c, *c.staff, c.Param("witness"), in.Fingerprint)
		return done{body: witnessKeyOf(key), location: witnessKeysURL, flash: "witness_key_confirmed"}, err
	},
	again: func(c *call, in confirmWitnessRequest, problems []web.Problem) (web.Page, error) {
		return witnessKeysDesk(c, witnessTrouble{key: c.Param("witness"), fingerprint: in.Fingerprint, problems: problems})
	},
}

var endWitnessAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		key, err := c.store.EndWitnessKey(c, *c.staff, c.Param("witness"))
		return done{body: witnessKeyOf(key), location: witnessKeysURL, flash: "witness_key_ended"}, err
	},
}
