package models

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// RosterFile is a parsed spreadsheet that is to become a draft.
type RosterFile struct {
	Name    string // file name
	SHA256  string // hex, of the bytes that were read
	Roster  roster.Roster
	Issues  []roster.Issue
	Parking roster.Policy
	Work    IntakeWork // what people told about it
	// Confirmed is why all doubts are right as they stand, where somebody said so of the file as a whole.
	Confirmed string
}

// preparedRoster is a roster that was checked and counted, ready for one transaction.
type preparedRoster struct {
	row     rosterRow
	units   []roster.Unit
	holders []roster.Voter
	key     vault.FieldKey
	work    IntakeWork
}

// ImportRoster stores a parsed file as a new draft version: all of its rows or nothing. Units with an error
// stay out and stand in the summary's issues. Refusals: roster_empty (no unit could be counted), warnings_open (a
// doubt that nobody confirmed), roster_not_followed (something that was told about the file cannot be followed),
// rulings_open (the file undoes what was decided, and nobody settled it on the desk).
func (s *Store) ImportRoster(ctx context.Context, by Actor, communityID string, file RosterFile) (Roster, error) {
	last, err := s.lastWork(s.read(ctx), communityID)
	if err != nil {
		return Roster{}, err
	}
	file.Work.Rulings = append(last.Rulings, file.Work.Rulings...)
	prepared, err := s.prepareRoster(ctx, by, communityID, file)
	if err != nil {
		return Roster{}, err
	}
	err = s.bulkTx(ctx, func(tx *gorm.DB, now int64, load loader) (err error) {
		if prepared.work.Known, err = s.followsRulings(tx, communityID, file); err != nil {
			return err
		}
		return s.storeRoster(tx, now, by, &prepared, load)
	})
	if err != nil {
		return Roster{}, err
	}
	return prepared.row.view()
}

// ImportIntake makes a draft of a file on the desk, and takes it from the desk. revision is the one that the person
// who confirms has seen. Refusals: intake_gone, intake_changed, and those of [Store.ImportRoster].
func (s *Store) ImportIntake(ctx context.Context, by Actor, communityID, id string, revision int64, file RosterFile) (Roster, error) {
	prepared, err := s.prepareRoster(ctx, by, communityID, file)
	if err != nil {
		return Roster{}, err
	}
	err = s.bulkTx(ctx, func(tx *gorm.DB, now int64, load loader) error {
		row, err := readIntake(tx.Clauses(forUpdate).Omit("file", "work"), communityID, id)
		if err != nil {
			return err
		}
		if row.Revision != revision {
			return refuse("intake_changed")
		}
		if prepared.work.Known, err = s.followsRulings(tx, communityID, file); err != nil {
			return err
		}
		if err := dropIntake(tx, communityID, id); err != nil {
			return err
		}
		return s.storeRoster(tx, now, by, &prepared, load)
	})
	if err != nil {
		return Roster{}, err
	}
	return prepared.row.view()
}

// prepareRoster checks and counts a file before the transaction.
func (s *Store) prepareRoster(ctx context.Context, by Actor, communityID string, file RosterFile) (preparedRoster, error) {
	units := file.Parking.Apply(file.Roster.Units)
	holders, refused := file.Work.Decisions.Holders(units, file.Parking)
	switch {
	case len(units) == 0:
		return preparedRoster{}, refuse("roster_empty")
	case len(refused)+len(file.Roster.Refused) > 0:
		return preparedRoster{}, refuse("roster_not_followed")
	case file.Confirmed == "" && len(roster.ReviewIssues(file.Issues, file.Work.Confirmations).Open) > 0:
		return preparedRoster{}, refuse("warnings_open")
	}
	counted := file.Roster
	counted.Units = units
	summary, err := json.Marshal(roster.Summarise(counted, file.Issues))
	if err != nil {
		return preparedRoster{}, fmt.Errorf("encode roster summary: %w", err)
	}
	p := preparedRoster{work: kept(by, file), units: units, holders: holders}
	p.row = rosterRow{CommunityID: communityID, ID: newID(), State: lifecycle.RosterDraft, SourceName: file.Name,
		SourceSHA256: file.SHA256, ParkingArea: file.Parking.ParkingCountsArea, ParkingHeads: file.Parking.ParkingCountsHeads,
		Units: int64(len(units)), Summary: string(summary), CreatedBy: by.ID}
	weight := roster.Heads(holders)
	p.row.Heads, p.row.AreaCM2 = weight.Heads, weight.Area
	p.key, err = s.fieldKey(s.read(ctx))
	return p, err
}

// kept is what the next file is told of this one: the columns, and what was confirmed and decided.
func kept(by Actor, file RosterFile) IntakeWork {
	work := file.Work
	if file.Confirmed != "" {
		work.Confirmations = append(slices.Clone(work.Confirmations), roster.Confirmation{By: by.ID, Why: file.Confirmed})
	}
	work.Rulings = roster.Latest(append(slices.Clone(work.Rulings), roster.RulingsOf(file.Roster, work.Corrections)...))
	work.Maps = nil
	for _, m := range file.Roster.Maps {
		if saved, known := m.Save(); m.Used && known {
			work.Maps = append(work.Maps, saved)
		}
	}
	return work
}

// storeRoster writes a prepared roster as the next version of its community.
func (s *Store) storeRoster(tx *gorm.DB, now int64, by Actor, p *preparedRoster, load loader) error {
	row := &p.row
	row.CreatedAt = now
	if err := tx.Table("roster").Where("community_id = ?", row.CommunityID).
		Select("COALESCE(MAX(version), 0) + 1").Scan(&row.Version).Error; err != nil {
		return fmt.Errorf("number the roster: %w", err)
	}
	if err := tx.Create(row).Error; err != nil {
		return fmt.Errorf("create roster: %w", raced(err))
	}
	if err := s.stillInForce(tx, p.key); err != nil {
		return err
	}
	if err := load.roster(p.key, row.CommunityID, row.ID, p.units, p.holders); err != nil {
		return err
	}
	if err := s.analyse(tx, rosterTables...); err != nil {
		return err
	}
	work := rosterWorkRow{CommunityID: row.CommunityID, ID: row.ID}
	var err error
	at := vault.Column{Community: row.CommunityID, Name: columnRosterWork, Row: row.ID}
	if work.Work, err = closeWork(p.key, at, p.work); err != nil {
		return err
	}
	if err := tx.Create(&work).Error; err != nil {
		return fmt.Errorf("keep what was told about a roster: %w", err)
	}
	return record(tx, now, by, row.CommunityID, "roster_imported", "roster", row.ID,
		map[string]int64{"version": row.Version, "units": row.Units, "heads": row.Heads, "area_cm2": int64(row.AreaCM2),
			"corrections": int64(len(p.work.Corrections)), "confirmations": int64(len(p.work.Confirmations))})
}

// RosterWork is what people told about the file of a roster. Refusal: not_found.
func (s *Store) RosterWork(ctx context.Context, communityID, id string) (IntakeWork, error) {
	return s.workOf(s.read(ctx), communityID, id)
}

func (s *Store) workOf(db *gorm.DB, communityID, id string) (IntakeWork, error) {
	var row rosterWorkRow
	if err := db.Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error; err != nil {
		return IntakeWork{}, orNotFound(err)
	}
	return s.openWork(vault.Column{Community: communityID, Name: columnRosterWork, Row: id}, row.Work)
}

// IssueSecret keys the names of doubts, so that a confirmed one is known again in the next file of a community
// and nowhere else.
func (s *Store) IssueSecret(communityID string) []byte {
	return s.keys.BlindIndex("roster.issue", communityID, "")
}
