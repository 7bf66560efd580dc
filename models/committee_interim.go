package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/committee"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// InterimBody is a property management committee (物业管理委员会) as the street forms it.
type InterimBody struct {
	Document string // number of the street's decision
	Reason   string // why there is no committee; read by everybody
	Members  []InterimMember
	FileName string
	File     []byte
}

// InterimMember is a member of it. The chair is the one with that post.
type InterimMember struct {
	Name     string
	Capacity lifecycle.MemberCapacity
	Post     lifecycle.MemberPost
	Named    bool // agreed in writing that everybody may read the name
}

// interimChairs tells for whom the chair sits, by the word of the rules.
var interimChairs = map[rules.Word]lifecycle.MemberCapacity{rules.StreetOffice: lifecycle.ForStreet, rules.ResidentsCommittee: lifecycle.ForResidents}

// FormInterimBody forms one: its list goes on display for the days of the place's rules. Refusals: illegal_step (not the
// street), no_interim_rules (the place's law knows no such body), committee_in_office (a committee acts, and its term is not
// over), interim_exists, required, too_long, reason_names_person, bad_value (members), interim_size, interim_odd,
// interim_owners, interim_chair, and those of evidence.
func (s *Store) FormInterimBody(ctx context.Context, by Actor, communityID string, wanted InterimBody) error {
	if Role(by.Role) != RoleStreet {
		return refuse("illegal_step")
	}
	told := TermAct{Reason: wanted.Reason, Document: wanted.Document, FileName: wanted.FileName, File: wanted.File}
	files, err := told.told(true)
	if err != nil {
		return err
	}
	if told.Document == "" {
		return refuseField("required", "document")
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		law, err := placeRules(tx, communityID, now)
		if err != nil {
			return err
		}
		if law.InterimBody == nil {
			return refuse("no_interim_rules")
		}
		if err := wanted.lawful(*law.InterimBody); err != nil {
			return err
		}
		list, err := committees(tx.Where("community_id = ?", communityID))
		if err != nil {
			return err
		}
		if err := roomForInterim(list, now); err != nil {
			return err
		}
		row, err := interimRow(communityID, told.Document, int64(len(wanted.Members)), *law.InterimBody, nextTerm(list, lifecycle.PropertyManagementCommittee), now)
		if err != nil {
			return err
		}
		row.CreatedBy = by.ID
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("form an interim body: %w", raced(err))
		}
		if err := tx.Create(wanted.rows(row)).Error; err != nil {
			return fmt.Errorf("name the members of an interim body: %w", err)
		}
		entry, err := keepCommitteeEntry(tx, now, by, row, committeeEntryRow{Kind: lifecycle.EntryFormed, Reason: told.Reason, Document: told.Document})
		if err != nil {
			return err
		}
		return s.keepEvidence(tx, now, by, communityID, entry.ID, files)
	})
}

// roomForInterim refuses beside a committee whose term is not over, and beside another interim body. Refusals:
// committee_in_office, interim_exists.
func roomForInterim(list []Committee, now int64) error {
	for _, known := range list {
		switch {
		case known.State.Over():
		case known.Kind == lifecycle.PropertyManagementCommittee && !known.Lapsed(now):
			return refuse("interim_exists")
		case known.Kind == lifecycle.Committee && known.State.InOffice() && !known.Lapsed(now):
			return refuse("committee_in_office")
		}
	}
	return nil
}

// interimRow is a body whose list goes on display now.
func interimRow(communityID, document string, seats int64, law rules.InterimBody, number, now int64) (committeeRow, error) {
	row := committeeRow{CommunityID: communityID, ID: newID(), Kind: lifecycle.PropertyManagementCommittee, Number: number, State: lifecycle.CommitteeDisplayed,
		Origin: lifecycle.FromOrder, Document: document, Seats: seats, BeganAt: now, CreatedAt: now}
	until := now
	if law.DisplayDays > 0 {
		until = calendar.EndOfDay(now, law.DisplayDays)
	}
	row.DisplayUntil = &until
	var err error
	row.SeatGroups, err = jsonText([]committee.Group{{Seats: seats}})
	return row, err
}

// lawful holds the members to the rules of the place. Refusals: bad_value (members), interim_size, interim_odd,
// interim_owners, interim_chair.
func (b *InterimBody) lawful(law rules.InterimBody) error {
	owners, chairs, names := 0, 0, []string{}
	for i := range b.Members {
		member := &b.Members[i]
		member.Name = strings.TrimSpace(member.Name)
		if !member.known() || slices.Contains(names, member.Name) {
			return refuseField("bad_value", "members")
		}
		names = append(names, member.Name)
		if member.Capacity == lifecycle.AsOwner {
			owners++
		}
		if member.Post == lifecycle.Chair {
			chairs++
			if want, told := interimChairOf(&law); told && member.Capacity != want {
				return refuseField("interim_chair", "members")
			}
		}
	}
	switch n := len(b.Members); {
	case n < law.Min || law.Max > 0 && n > law.Max || n > mostMembers:
		return refuseField("interim_size", "members")
	case law.Odd && n%2 == 0:
		return refuseField("interim_odd", "members")
	case law.OwnersHalf && 2*owners < n:
		return refuseField("interim_owners", "members")
	case chairs != 1:
		return refuseField("interim_chair", "members")
	}
	return nil
}

// known tells whether name, capacity and post are such at all.
func (m InterimMember) known() bool {
	return slices.Contains(lifecycle.MemberCapacities, m.Capacity) && slices.Contains(lifecycle.MemberPosts, m.Post) && m.Name != "" &&
		utf8.RuneCountInString(m.Name) <= longestName && !strings.ContainsAny(m.Name, "\r\n\t")
}

func (b InterimBody) rows(term committeeRow) []committeeMemberRow {
	rows := make([]committeeMemberRow, len(b.Members))
	for i, member := range b.Members {
		rows[i] = committeeMemberRow{CommunityID: term.CommunityID, ID: newID(), CommitteeID: term.ID, Position: int64(i) + 1, State: lifecycle.MemberServing,
			Post: member.Post, Capacity: member.Capacity, Name: member.Name, Named: member.Named, Since: &term.BeganAt}
	}
	return rows
}

// SeatInterimBody lets an interim body act once its list was on display, for no longer than the place's rules allow.
// Refusals: not_found, illegal_step, display_open.
func (s *Store) SeatInterimBody(ctx context.Context, by Actor, communityID, id string) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, next, err := lockCommittee(tx, by, communityID, id, lifecycle.EventTakeOffice)
		if err != nil {
			return err
		}
		law, err := placeRules(tx, communityID, row.BeganAt)
		if err != nil {
			return err
		}
		columns := map[string]any{"constituted_at": now}
		if body := law.InterimBody; body != nil {
			if body.DisplayDays > 0 && now <= deref(row.DisplayUntil) {
				return refuse("display_open")
			}
			if body.TermYears > 0 {
				columns["term_from"], columns["term_to"] = calendar.StartOfDay(now), calendar.EndOfDay(calendar.AddMonths(now, 12*body.TermYears), 0)
			}
		}
		if err := setCommittee(tx, &row, next, columns); err != nil {
			return err
		}
		if _, err := keepCommitteeEntry(tx, now, by, row, committeeEntryRow{Kind: lifecycle.EntryTookOffice}); err != nil {
			return err
		}
		return endOthers(tx, now, row)
	})
}

// WithdrawInterimBody takes a list on display back. Refusals: not_found, illegal_step, required, too_long,
// reason_names_person.
func (s *Store) WithdrawInterimBody(ctx context.Context, by Actor, communityID, id, reason string) error {
	told := TermAct{Reason: reason}
	if _, err := told.told(true); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, next, err := lockCommittee(tx, by, communityID, id, lifecycle.EventWithdraw)
		if err != nil {
			return err
		}
		_, err = overWith(tx, now, &row, next, by, committeeEntryRow{Kind: lifecycle.EntryDissolved, Reason: told.Reason})
		return err
	})
}
