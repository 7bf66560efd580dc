package api

import (
	"gongjue/models"
	"gongjue/voting/roster"
)

// ownerJSON is an owner with everything masked.
type ownerJSON struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	IDKind   roster.IDKind `json:"id_kind"`
	IDNumber string        `json:"id_number"`
	Phone    string        `json:"phone"`
	Units    []string      `json:"units"`
}

type ownersJSON struct {
	Owners []ownerJSON `json:"owners"`
}

func ownerOf(owner models.OwnerLine) ownerJSON {
	return ownerJSON{ID: owner.OwnerID, Name: owner.Name, IDKind: owner.IDKind, IDNumber: owner.IDNumber, Phone: owner.Phone, Units: placeWords(owner.Units)}
}

func ownersOf(list []models.OwnerLine) ownersJSON {
	body := ownersJSON{Owners: make([]ownerJSON, len(list))}
	for i, owner := range list {
		body.Owners[i] = ownerOf(owner)
	}
	return body
}

// fullOwnerJSON holds what was asked for; the other fields are empty.
type fullOwnerJSON struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	IDKind   roster.IDKind `json:"id_kind"`
	IDNumber string        `json:"id_number"`
	Phone    string        `json:"phone"`
	Units    []string      `json:"units"`
}

func fullOwnerOf(full models.FullOwner) fullOwnerJSON {
	return fullOwnerJSON{ID: full.OwnerID, Name: full.Name, IDKind: full.IDKind, IDNumber: full.IDNumber, Phone: full.Phone, Units: placeWords(full.Units)}
}

// readJSON is one line of the register of reads.
type readJSON struct {
	ID     string              `json:"id"`
	At     int64               `json:"at"`
	Kind   models.ReadKind     `json:"kind"`
	Role   string              `json:"role"`
	By     string              `json:"by"` // name of the account; empty where it is not told
	Owner  string              `json:"owner_id,omitempty"`
	Units  []string            `json:"units"`
	Reason models.ReadReason   `json:"reason,omitempty"`
	Text   string              `json:"text,omitempty"`
	Fields []models.OwnerField `json:"fields,omitempty"`
	Reads  int64               `json:"reads,omitempty"`  // alarm: how many
	Window string              `json:"window,omitempty"` // alarm: hour or day
}

func readsJSON(entries []models.OwnerReadEntry) []readJSON {
	list := make([]readJSON, len(entries))
	for i, entry := range entries {
		list[i] = readJSON{ID: entry.ID, At: entry.At, Kind: entry.Kind, Role: entry.Role, By: entry.ByName, Owner: entry.OwnerID,
			Units: placeWords(entry.Units), Reason: entry.Reason, Text: entry.Text, Fields: entry.Fields, Reads: entry.Reads, Window: entry.Window}
	}
	return list
}

type ownerDetailJSON struct {
	Owner ownerJSON  `json:"owner"`
	Reads []readJSON `json:"reads"` // of the same person, in every version of the roster
}

func getOwner(c *call) error {
	owner, err := c.store.OwnerOf(c, c.actor(), c.community.ID, c.Param("roster"), c.Param("owner"))
	if err != nil {
		return err
	}
	reads, err := c.store.ReadsOfOwner(c, c.actor(), c.community.ID, c.Param("roster"), owner.OwnerID)
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: ownerDetailJSON{Owner: ownerOf(owner), Reads: readsJSON(reads)}})
}

type readRegisterJSON struct {
	Reads []readJSON `json:"reads"`
	Next  string     `json:"next,omitempty"`
}

func getReadRegister(c *call) error {
	entries, more, err := c.store.ReadRegister(c, c.community.ID, c.Query("after"))
	if err != nil {
		return err
	}
	body := readRegisterJSON{Reads: readsJSON(entries)}
	if more {
		body.Next = entries[len(entries)-1].ID
	}
	return c.sendJSON(done{body: body})
}

func getOwnRecord(c *call) error {
	record, err := c.store.OwnRecord(c, *c.resident)
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: ownerDetailJSON{Owner: ownerOf(record.OwnerLine), Reads: readsJSON(record.Reads)}})
}
