package models

import (
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/roster"
)

type voterRow struct {
	CommunityID string
	RosterID    string
	ID          string
	Kind        string
	Position    int64
	Label       string
	Heads       int64
	AreaCM2     voting.Area `gorm:"column:area_cm2"`
}

func (voterRow) TableName() string { return "voter" }

// The kinds of voter.
const (
	voterOwners    = "owners"
	voterDeveloper = "developer"
)

type unitRow struct {
	CommunityID string
	RosterID    string
	ID          string
	VoterID     string
	Position    int64
	Slot        int64
	Salt        []byte
	Building    string
	Stair       string
	Room        string
	Usage       string
	AreaCM2     voting.Area `gorm:"column:area_cm2"`
	AreaSource  roster.AreaSource
	Certificate string
	Developer   bool
	CountsArea  bool
	CountsHeads bool
}

func (unitRow) TableName() string { return "unit" }

func (r unitRow) place() string {
	return roster.Unit{Building: r.Building, Stair: r.Stair, Room: r.Room}.Place()
}

// counted is the unit as the count sees it: without area or head where the announced rule leaves it out.
func (r unitRow) counted() voting.Unit {
	unit := voting.Unit{Place: r.place(), NoHead: !r.CountsHeads}
	if r.CountsArea {
		unit.Area = r.AreaCM2
	}
	return unit
}

type ownerRow struct {
	CommunityID string
	RosterID    string
	ID          string
	Name        string
	IDKind      roster.IDKind
	IDNumber    []byte
	IDIndex     []byte
	Phone       []byte
	PhoneIndex  []byte
}

func (ownerRow) TableName() string { return "owner" }

type voterOwnerRow struct {
	CommunityID string
	VoterID     string
	OwnerID     string
	Position    int64
}

func (voterOwnerRow) TableName() string { return "voter_owner" }

// rosterRowSet is a part of what stands below one roster version, ready to insert.
type rosterRowSet struct {
	voters []voterRow
	units  []unitRow
	owners []ownerRow
	links  []voterOwnerRow
}

// partVoters is the number of voters that are laid out and written together with all that they hold: so many that a
// statement for each table costs nothing, so few that a long roster needs little memory.
const partVoters = 1000

// layOutRoster lays a roster out in rows, part after part: salts and the slot permutation are drawn here (security.md
// §3.2), personal numbers are encrypted here, under a field key that must still be in force. A repeated transaction
// draws anew. It ends early when give answers false.
func layOutRoster(key vault.FieldKey, communityID, rosterID string, units []roster.Unit, voters []roster.Voter, give func(rosterRowSet) bool) error {
	slots, err := vault.NewSlots(len(units))
	if err != nil {
		return fmt.Errorf("draw the slots: %w", err)
	}
	var set rosterRowSet
	people := map[person]string{} // → owner id
	for i, voter := range voters {
		row := voterRow{CommunityID: communityID, RosterID: rosterID, ID: newID(), Kind: voterOwners, Position: int64(i + 1),
			Label: voter.Key, Heads: voter.Weight.Heads, AreaCM2: voter.Weight.Area}
		if voter.Developer {
			row.Kind = voterDeveloper
		}
		set.voters = append(set.voters, row)
		linked := map[string]bool{}
		for _, index := range voter.UnitIndexes {
			unit := units[index]
			salt := vault.NewSalt()
			set.units = append(set.units, unitRow{CommunityID: communityID, RosterID: rosterID, ID: newID(), VoterID: row.ID,
				Position: int64(index + 1), Slot: slots[index], Salt: salt[:], Building: unit.Building, Stair: unit.Stair, Room: unit.Room,
				Usage: unit.Usage, AreaCM2: unit.Area, AreaSource: unit.AreaSource, Certificate: unit.Certificate,
				Developer: unit.OfDeveloper(), CountsArea: unit.CountsArea, CountsHeads: unit.CountsHeads})
			if voter.Developer && !unit.DeveloperHeld {
				continue // sold but not delivered: the developer votes, not the buyer (解释第9条)
			}
			set.addOwners(key, people, linked, row, unit)
		}
		if len(set.voters) >= partVoters {
			if !give(set) {
				return nil
			}
			set = rosterRowSet{}
		}
	}
	give(set)
	return nil
}

// person is who an owner is: a kind of document with its number, or a voter with a name where there is no document.
type person struct{ scope, text string }

// addOwners adds the owners of one unit to its voter; a person who stands in several sets is one row.
func (set *rosterRowSet) addOwners(key vault.FieldKey, people map[person]string, linked map[string]bool, voter voterRow, unit roster.Unit) {
	for _, owner := range unit.Owners {
		identity := person{string(owner.IDKind), owner.IDNumber}
		if owner.IDNumber == "" {
			identity = person{voter.ID, owner.Name}
		}
		id, known := people[identity]
		if !known {
			row := ownerRowOf(key, voter.CommunityID, voter.RosterID, owner)
			id = row.ID
			people[identity] = id
			set.owners = append(set.owners, row)
		}
		if !linked[id] {
			linked[id] = true
			set.links = append(set.links, voterOwnerRow{CommunityID: voter.CommunityID, VoterID: voter.ID, OwnerID: id,
				Position: int64(len(linked))})
		}
	}
}

// ownerRowOf closes an owner's numbers under a field key.
func ownerRowOf(key vault.FieldKey, communityID, rosterID string, owner roster.Owner) ownerRow {
	row := ownerRow{CommunityID: communityID, RosterID: rosterID, ID: newID(), Name: owner.Name, IDKind: owner.IDKind}
	if owner.IDNumber != "" {
		row.IDIndex = key.Index(columnIDNumber, communityID, owner.IDNumber)
		row.IDNumber = key.Encrypt(row.at(columnIDNumber), []byte(owner.IDNumber))
	}
	if owner.Phone != "" {
		row.PhoneIndex = key.Index(columnPhone, communityID, owner.Phone)
		row.Phone = key.Encrypt(row.at(columnPhone), []byte(owner.Phone))
	}
	return row
}

// The encrypted columns; the name is part of what the cipher text is bound to. Each stands in closedColumns too, so
// that a rotation reaches it.
const (
	columnIDNumber = "owner.id_number"
	columnPhone    = "owner.phone"
	columnPayload  = "outbox.payload"
)

func (r ownerRow) at(column string) vault.Column {
	return vault.Column{Community: r.CommunityID, Name: column, Row: r.ID}
}

// insertBatch is the number of rows per INSERT; PostgreSQL takes 65,535 parameters at most.
const insertBatch = 500

// insert writes the rows through gorm, for a copy of a version that is in the database already: it is as rare as an
// import, and need not be as fast.
func (set *rosterRowSet) insert(tx *gorm.DB) error {
	for _, rows := range []any{set.voters, set.units, set.owners, set.links} {
		if err := tx.CreateInBatches(rows, insertBatch).Error; err != nil {
			return fmt.Errorf("insert roster rows: %w", err)
		}
	}
	return nil
}

// rosterTables are what an import fills.
var rosterTables = []string{"voter", "unit", "owner", "voter_owner"}

// rosterRoot computes the Merkle root over the units in the order of their slots (security.md §3.3).
func rosterRoot(tx *gorm.DB, communityID, rosterID string) (string, error) {
	leaves, _, err := rosterLeaves(tx, communityID, rosterID)
	return ledger.RosterRoot(leaves).String(), err
}

// rosterLeaves are the units of a roster in the order of their slots: as everybody may see them, and the homes
// behind them.
func rosterLeaves(tx *gorm.DB, communityID, rosterID string) ([]ledger.RosterLeaf, []ledger.Place, error) {
	var units []unitRow
	if err := tx.Where("community_id = ? AND roster_id = ?", communityID, rosterID).Order("slot").Find(&units).Error; err != nil {
		return nil, nil, fmt.Errorf("read units: %w", err)
	}
	owners, err := ownerCounts(tx, communityID, rosterID)
	if err != nil {
		return nil, nil, err
	}
	voters := make([]string, len(units))
	for i, unit := range units {
		voters[i] = unit.VoterID
	}
	groups := ledger.HeadGroups(voters)
	leaves, homes := make([]ledger.RosterLeaf, len(units)), make([]ledger.Place, len(units))
	for i, unit := range units {
		salt := ledger.Salt(unit.Salt)
		homes[i] = ledger.Place{Slot: unit.Slot, Place: unit.place(), Unit: unit.ID, Voter: unit.VoterID, Salt: salt}
		leaves[i] = ledger.RosterLeaf{Slot: unit.Slot, Unit: ledger.UnitCommitment(salt, rosterID, unit.ID, unit.place()),
			Head: ledger.HeadCommitment(salt, rosterID, unit.VoterID), Area: unit.AreaCM2, HeadGroup: groups[i],
			Owners: owners[unit.VoterID], CountsArea: unit.CountsArea, CountsHeads: unit.CountsHeads}
	}
	return leaves, homes, nil
}

func ownerCounts(tx *gorm.DB, communityID, rosterID string) (map[string]int64, error) {
	var rows []struct {
		VoterID string
		N       int64
	}
	err := tx.Table("voter_owner").Select("voter_owner.voter_id, COUNT(*) AS n").
		Joins("JOIN voter ON voter.community_id = voter_owner.community_id AND voter.id = voter_owner.voter_id").
		Where("voter.community_id = ? AND voter.roster_id = ?", communityID, rosterID).
		Group("voter_owner.voter_id").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count co-owners: %w", err)
	}
	counts := make(map[string]int64, len(rows))
	for _, row := range rows {
		counts[row.VoterID] = row.N
	}
	return counts, nil
}
