package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/platform"
)

// Import is a file of the platform as staff see it: numbers and fingerprints, nothing of what anybody answered.
type Import struct {
	ID           string
	Number       int64 // within the meeting, from 1
	State        ImportState
	ReceivedFrom string // which body the file came from
	FileName     string
	SHA256       string // hex, of the first person's file
	Columns      []platform.Column
	Rows         int64 // homes with an answer
	Voters       int64
	AlsoVoted    int64  // of them with a ballot of another channel
	Reason       string // why it takes the place of an earlier one
	FirstID      string // account
	FirstName    string
	FirstRole    string
	FirstAt      int64 // Unix ms, as below; 0 where not reached
	SecondName   string
	SecondRole   string
	EffectiveAt  int64
	EndedAt      int64
	LeafIndex    int64 // of its import leaf, while effective or replaced
}

func (r importRow) view(staff map[string]staffRow) (Import, error) {
	view := Import{ID: r.ID, Number: r.Number, State: r.State, ReceivedFrom: r.ReceivedFrom, FileName: r.FileName, SHA256: r.FileSHA256,
		Rows: r.RowCount, Voters: r.Voters, AlsoVoted: r.AlsoVoted, Reason: r.Reason, FirstID: r.FirstBy, FirstName: staff[r.FirstBy].Name, FirstRole: r.FirstRole,
		FirstAt: r.FirstAt, SecondName: staff[r.SecondBy].Name, SecondRole: string(staff[r.SecondBy].Role), EffectiveAt: deref(r.EffectiveAt), EndedAt: deref(r.EndedAt), LeafIndex: deref(r.LeafIndex)}
	if err := json.Unmarshal([]byte(r.Columns), &view.Columns); err != nil {
		return Import{}, fmt.Errorf("decode the columns of an import: %w", err)
	}
	return view, nil
}

// ImportDesk is how the result of the announced platform stands.
type ImportDesk struct {
	Meeting Meeting
	Closed  string   // code of why nothing can be taken over now; empty while it can
	Imports []Import // the newest first
}

// In is the import in a state that only one can have; nil without one.
func (d ImportDesk) In(state ImportState) *Import {
	for i := range d.Imports {
		if d.Imports[i].State == state {
			return &d.Imports[i]
		}
	}
	return nil
}

// ImportDeskOf gives the imports of a meeting. Refusals: not_found, import_not_announced.
func (s *Store) ImportDeskOf(ctx context.Context, communityID, meetingID string) (ImportDesk, error) {
	meeting, err := s.Meeting(ctx, communityID, meetingID)
	if err != nil {
		return ImportDesk{}, err
	}
	desk := ImportDesk{Meeting: meeting}
	var bar *Refusal
	if err := importMoment(meetingRow{Platform: meeting.Platform, State: meeting.State}); errors.As(err, &bar) {
		desk.Closed = bar.Code
	}
	if meeting.Platform == "" {
		return ImportDesk{}, refuse("import_not_announced")
	}
	db := s.read(ctx)
	rows, err := importsOf(db, communityID, meetingID)
	if err != nil {
		return ImportDesk{}, err
	}
	staff, err := staffBehind(db, rows)
	if err != nil {
		return ImportDesk{}, err
	}
	for _, row := range rows {
		view, err := row.view(staff)
		if err != nil {
			return ImportDesk{}, err
		}
		desk.Imports = append(desk.Imports, view)
	}
	return desk, nil
}

// addImports adds what waits for a second person.
func addImports(query *gorm.DB, list []Overview, at map[string]int) error {
	var rows []importRow
	err := query.Select("community_id", "meeting_id", "first_role", "first_by").Where("state = ?", ImportWaiting).Order("first_at").Find(&rows).Error
	if err != nil {
		return fmt.Errorf("list imports: %w", err)
	}
	for _, row := range rows {
		i := at[row.CommunityID]
		list[i].Imports = append(list[i].Imports, WaitingImport{MeetingID: row.MeetingID, FirstRole: row.FirstRole, FirstID: row.FirstBy})
	}
	return nil
}

func staffBehind(db *gorm.DB, rows []importRow) (map[string]staffRow, error) {
	var ids []string
	for _, row := range rows {
		ids = append(ids, row.FirstBy, row.SecondBy)
	}
	var accounts []staffRow
	if err := db.Select("id", "name", "role").Where("id IN ?", ids).Find(&accounts).Error; err != nil {
		return nil, fmt.Errorf("read names of staff: %w", err)
	}
	staff := make(map[string]staffRow, len(accounts))
	for _, account := range accounts {
		staff[account.ID] = account
	}
	return staff, nil
}

// ImportPlan is what a file of the platform is read against: agenda, frozen roster, and who has a ballot of another
// channel already. Refusals: not_found, import_not_announced.
func (s *Store) ImportPlan(ctx context.Context, communityID, meetingID string) (platform.Plan, error) {
	meeting, err := s.Meeting(ctx, communityID, meetingID)
	if err != nil {
		return platform.Plan{}, err
	}
	if meeting.Platform == "" || meeting.NoticedAt == 0 {
		return platform.Plan{}, refuse("import_not_announced")
	}
	plan := platform.Plan{Policies: meeting.Policies, OpensAt: meeting.OpensAt, ClosesAt: meeting.ClosesAt, Voted: map[string]lifecycle.Channel{}}
	for _, matter := range meeting.Matters {
		plan.Matters = append(plan.Matters, platform.Matter{ID: matter.ID, Title: matter.Title, Rule: matter.Rule})
	}
	db := s.read(ctx)
	var units []unitRow
	err = db.Omit("salt", "certificate").Where("community_id = ? AND roster_id = ?", communityID, meeting.RosterID).Order("position").Find(&units).Error
	if err != nil {
		return platform.Plan{}, fmt.Errorf("read the homes of a roster: %w", err)
	}
	for _, unit := range units {
		plan.Units = append(plan.Units, platform.Unit{Building: unit.Building, Stair: unit.Stair, Room: unit.Room, Voter: unit.VoterID, Unit: unit.counted()})
	}
	var ballots []ballotRow
	err = db.Select("voter_id", "channel").Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Find(&ballots).Error
	if err != nil {
		return platform.Plan{}, fmt.Errorf("read who has voted: %w", err)
	}
	for _, ballot := range ballots {
		plan.Voted[ballot.VoterID] = ballot.Channel
	}
	return plan, nil
}
