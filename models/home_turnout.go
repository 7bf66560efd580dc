package models

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// HomeTurnout is one home of a counted meeting: whether its sheet was answered, never how. Owners of the meeting, its staff
// and the street may see it (security.md §4, T1).
type HomeTurnout struct {
	Building, Stair, Room string
	Usage                 string
	Area                  voting.Area       // as the roster has it
	CountsArea            bool              // in the total
	Class                 voting.VoterClass // empty: no answer, and nobody recorded deliveries
	Channel               lifecycle.Channel // of the answer; empty without one
}

// HomeTurnoutOf lists the homes of a counted meeting in the order of the roster. Who may see it is for the caller to judge.
// Refusal: result_not_ready.
func (s *Store) HomeTurnoutOf(ctx context.Context, meeting Meeting) ([]HomeTurnout, error) {
	if meeting.TalliedAt == 0 {
		return nil, refuse("result_not_ready")
	}
	db := s.read(ctx)
	answered, err := answersOf(db, meeting)
	if err != nil {
		return nil, err
	}
	register, err := registerOf(db, meeting)
	if err != nil {
		return nil, err
	}
	var units []unitRow
	err = db.Omit("salt").Where("community_id = ? AND roster_id = ?", meeting.CommunityID, meeting.RosterID).Order("position").Find(&units).Error
	if err != nil {
		return nil, fmt.Errorf("read the homes: %w", err)
	}
	homes := make([]HomeTurnout, len(units))
	for i, unit := range units {
		homes[i] = HomeTurnout{Building: unit.Building, Stair: unit.Stair, Room: unit.Room, Usage: unit.Usage, Area: unit.AreaCM2, CountsArea: unit.CountsArea}
		switch answer, known := answered[unit.VoterID]; {
		case known:
			homes[i].Class, homes[i].Channel = answer.class, answer.channel
		case register.kept:
			homes[i].Class = register.sheets[unit.VoterID].SilentClass()
		}
	}
	return homes, nil
}

// voterAnswer is how a voter's ballot that counts came in, and whether anything on it is valid.
type voterAnswer struct {
	class   voting.VoterClass
	channel lifecycle.Channel
}

func answersOf(db *gorm.DB, meeting Meeting) (map[string]voterAnswer, error) {
	rows, err := castRows(db, meeting)
	if err != nil {
		return nil, err
	}
	if rows, err = effectiveRows(meeting, rows); err != nil {
		return nil, err
	}
	rules := make(map[string]voting.Matter, len(meeting.Matters))
	for _, matter := range meeting.Matters {
		rules[matter.ID] = matter.Rule
	}
	answers := make(map[string]voterAnswer, len(rows))
	for _, row := range rows {
		var marks map[string]ledger.PaperMark
		if err := json.Unmarshal([]byte(row.Choices), &marks); err != nil {
			return nil, fmt.Errorf("decode an opened ballot: %w", err)
		}
		answer := voterAnswer{voting.ClassVoted, row.Channel}
		if _, void := voidSheet(marks, rules, meeting.Policies); void {
			answer.class = voting.ClassVoid
		}
		answers[row.VoterID] = answer
	}
	return answers, nil
}

// RegisterLine is one sheet in the register of deliveries.
type RegisterLine struct {
	Label    string // place of the first home, or the developer
	Building string // empty for the developer
	Last     *Delivery
}

// DeliveryRegister is every sheet of a meeting with the record in force, in the order of the roster.
func (s *Store) DeliveryRegister(ctx context.Context, meeting Meeting) ([]RegisterLine, error) {
	sheets, err := handledSheets(s.read(ctx), meeting.CommunityID, meeting.ID, meeting.RosterID)
	if err != nil {
		return nil, err
	}
	lines := make([]RegisterLine, len(sheets))
	for i, sheet := range sheets {
		lines[i] = RegisterLine{Label: sheet.label, Building: sheet.building}
		if sheet.developer {
			lines[i].Building = ""
		}
		if sheet.last != nil {
			last := sheet.last.view()
			lines[i].Last = &last
		}
	}
	return lines, nil
}
