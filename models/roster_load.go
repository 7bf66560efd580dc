package models

import (
	"gongjue/models/vault"
	"gongjue/voting/roster"
)

// The tables of a roster as an import writes them.
var (
	voterBulk = bulk{"voter", []string{"community_id", "roster_id", "id", "kind", "position", "label", "heads", "area_cm2"}}
	unitBulk  = bulk{"unit", []string{"community_id", "roster_id", "id", "voter_id", "position", "slot", "salt", "building", "stair", "room",
		"usage", "area_cm2", "area_source", "certificate", "developer", "counts_area", "counts_heads"}}
	ownerBulk      = bulk{"owner", []string{"community_id", "roster_id", "id", "name", "id_kind", "id_number", "id_index", "phone", "phone_index"}}
	voterOwnerBulk = bulk{"voter_owner", []string{"community_id", "voter_id", "owner_id", "position"}}
)

// roster writes what stands below a roster version. The next part is laid out and encrypted while the database takes
// the last one.
func (l loader) roster(key vault.FieldKey, communityID, rosterID string, units []roster.Unit, voters []roster.Voter) error {
	parts, stop, laidOut := make(chan rosterRowSet, 1), make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(parts)
		laidOut <- layOutRoster(key, communityID, rosterID, units, voters, func(part rosterRowSet) bool {
			select {
			case parts <- part:
				return true
			case <-stop:
				return false
			}
		})
	}()
	defer close(stop)
	for part := range parts {
		if err := l.part(part); err != nil {
			return err
		}
	}
	return <-laidOut
}

func (l loader) part(p rosterRowSet) error {
	if err := l.into(voterBulk, len(p.voters), func(i int, row []any) { p.voters[i].lay(row) }); err != nil {
		return err
	}
	if err := l.into(unitBulk, len(p.units), func(i int, row []any) { p.units[i].lay(row) }); err != nil {
		return err
	}
	if err := l.into(ownerBulk, len(p.owners), func(i int, row []any) { p.owners[i].lay(row) }); err != nil {
		return err
	}
	return l.into(voterOwnerBulk, len(p.links), func(i int, row []any) { p.links[i].lay(row) })
}

// lay puts the values into the columns of voterBulk; those below into theirs.
func (r *voterRow) lay(row []any) {
	row[0], row[1], row[2], row[3] = r.CommunityID, r.RosterID, r.ID, r.Kind
	row[4], row[5], row[6], row[7] = r.Position, r.Label, r.Heads, int64(r.AreaCM2)
}

func (r *unitRow) lay(row []any) {
	row[0], row[1], row[2], row[3] = r.CommunityID, r.RosterID, r.ID, r.VoterID
	row[4], row[5], row[6] = r.Position, r.Slot, r.Salt
	row[7], row[8], row[9], row[10] = r.Building, r.Stair, r.Room, r.Usage
	row[11], row[12], row[13] = int64(r.AreaCM2), string(r.AreaSource), r.Certificate
	row[14], row[15], row[16] = r.Developer, r.CountsArea, r.CountsHeads
}

func (r *ownerRow) lay(row []any) {
	row[0], row[1], row[2], row[3], row[4] = r.CommunityID, r.RosterID, r.ID, r.Name, string(r.IDKind)
	for i, value := range [][]byte{r.IDNumber, r.IDIndex, r.Phone, r.PhoneIndex} {
		if row[5+i] = nil; value != nil { // a slice without bytes would be a value without bytes
			row[5+i] = value
		}
	}
}

func (r *voterOwnerRow) lay(row []any) {
	row[0], row[1], row[2], row[3] = r.CommunityID, r.VoterID, r.OwnerID, r.Position
}
