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
)

// EnteredCommittee is a term that was elected before the community voted here, as the street reads it from its papers.
type EnteredCommittee struct {
	Number     int64
	Name       string // empty for the usual one
	Seats      int64
	Document   string // number of the filing
	BeganOn    string // date of the election, such as 2024-05-18
	TermFrom   string // date
	TermTo     string // date
	Chair      string // names, as below
	Deputies   []string
	Members    []string // without chair and deputies
	Alternates []string // by their votes
	Named      bool     // they agreed in writing that everybody may read their names
	FileName   string   // the filing, scanned
	File       []byte
}

// The bounds of a committee that is entered.
const (
	mostMembers    = 99
	longestName    = 50 // characters
	longestPaperNo = 100
)

// EnterCommittee puts such a term into the register: as the one in office, or as history where its end is past and another
// one is in office. Refusals: illegal_step (not the street), required, bad_value, too_long (field: its name),
// committee_in_office, term_taken, and those of evidence.
func (s *Store) EnterCommittee(ctx context.Context, by Actor, communityID string, wanted EnteredCommittee) error {
	if Role(by.Role) != RoleStreet {
		return refuse("illegal_step")
	}
	file, err := checkEvidence(wanted.FileName, wanted.File)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, err := wanted.row(communityID, now)
		if err != nil {
			return err
		}
		row.CreatedBy = by.ID
		members, err := wanted.members(row)
		if err != nil {
			return err
		}
		list, err := committees(tx.Where("community_id = ?", communityID))
		if err != nil {
			return err
		}
		if slices.ContainsFunc(list, func(c Committee) bool { return c.Kind == row.Kind && c.Number == row.Number }) {
			return refuseField("term_taken", "number")
		}
		if err := row.placeAmong(list, now, members); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("enter a committee: %w", raced(err))
		}
		if err := tx.Create(&members).Error; err != nil {
			return fmt.Errorf("enter members: %w", err)
		}
		entry, err := keepCommitteeEntry(tx, now, by, row, committeeEntryRow{Kind: lifecycle.EntryEntered, HappenedAt: row.BeganAt, Document: row.Document})
		if err != nil {
			return err
		}
		if err := s.keepEvidence(tx, now, by, communityID, entry.ID, []evidenceRow{file}); err != nil || row.State.Over() {
			return err
		}
		return endOthers(tx, now, row)
	})
}

// row checks what is entered of the term. Refusals: required, bad_value, too_long.
func (e EnteredCommittee) row(communityID string, now int64) (committeeRow, error) {
	row := committeeRow{CommunityID: communityID, ID: newID(), Kind: lifecycle.Committee, Number: e.Number, Name: strings.TrimSpace(e.Name), State: lifecycle.CommitteeServing,
		Origin: lifecycle.FromPapers, Document: strings.TrimSpace(e.Document), Seats: e.Seats, CreatedAt: now}
	if err := publicTexts(publicText{"name", row.Name, longestInWord, false}, publicText{"document", row.Document, longestPaperNo, true}); err != nil {
		return row, err
	}
	if row.Number < 1 || row.Number > mostTerms {
		return row, refuseField("bad_value", "number")
	}
	var err error
	if row.BeganAt, err = dayWithin("began_on", e.BeganOn, 0, now); err != nil {
		return row, err
	}
	from, err := dayWithin("term_from", e.TermFrom, 0, now)
	if err != nil {
		return row, err
	}
	to, err := calendar.ParseDay(strings.TrimSpace(e.TermTo))
	if err != nil || to <= from {
		return row, refuseField("bad_value", "term_to")
	}
	to = calendar.EndOfDay(to, 0)
	row.TermFrom, row.TermTo, row.ConstitutedAt = &from, &to, &row.BeganAt
	row.SeatGroups, err = jsonText([]committee.Group{{Seats: row.Seats}})
	return row, err
}

// members checks who is entered: a chair and at least half of the seats, each name once.
func (e EnteredCommittee) members(term committeeRow) ([]committeeMemberRow, error) {
	var rows []committeeMemberRow
	add := func(field string, post lifecycle.MemberPost, names ...string) error {
		for _, name := range names {
			name = strings.TrimSpace(name)
			twice := slices.ContainsFunc(rows, func(r committeeMemberRow) bool { return r.Name == name })
			if name == "" || twice || utf8.RuneCountInString(name) > longestName || strings.ContainsAny(name, "\r\n\t") {
				return refuseField("bad_value", field)
			}
			row := committeeMemberRow{CommunityID: term.CommunityID, ID: newID(), CommitteeID: term.ID, Position: int64(len(rows)) + 1, State: lifecycle.MemberServing,
				Post: post, Capacity: lifecycle.AsOwner, Name: name, Named: e.Named, Since: &term.BeganAt}
			if post == "" {
				row.State, row.Since = lifecycle.MemberAlternate, nil
			}
			rows = append(rows, row)
		}
		return nil
	}
	for _, part := range []struct {
		field string
		post  lifecycle.MemberPost
		names []string
	}{{"chair", lifecycle.Chair, []string{e.Chair}}, {"deputies", lifecycle.Deputy, e.Deputies}, {"members", lifecycle.PlainMember, e.Members}} {
		if err := add(part.field, part.post, part.names...); err != nil {
			return nil, err
		}
	}
	if seated := int64(len(rows)); e.Seats < seated || e.Seats > mostMembers {
		return nil, refuseField("bad_value", "seats")
	}
	err := add("alternates", "", e.Alternates...)
	return rows, err
}

// placeAmong makes a term history where its end is past and another one is in office. Refusal: committee_in_office.
func (r *committeeRow) placeAmong(list []Committee, now int64, members []committeeMemberRow) error {
	serving := ActingCommittee(list)
	if serving == nil || serving.Kind != lifecycle.Committee {
		return nil // none, or an interim body, which ends
	}
	if *r.TermTo >= now || r.BeganAt >= serving.BeganAt {
		return refuse("committee_in_office")
	}
	ended := min(*r.TermTo, serving.BeganAt)
	r.State, r.EndedAt = lifecycle.CommitteeEnded, &ended
	for i := range members {
		members[i].State, members[i].LeftAt, members[i].Ground = lifecycle.MemberLeft, &ended, lifecycle.TermOver
	}
	return nil
}
