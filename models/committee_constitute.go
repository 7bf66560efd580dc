package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/committee"
	"gongjue/voting/lifecycle"
)

// CommitteeChoice is the record of a meeting at which a committee chose its chair.
type CommitteeChoice struct {
	HeldOn   string   // date, such as 2026-05-18
	Present  int64    // members
	InFavour int64    // of the choice
	Chair    string   // id of a member
	Deputies []string // ids of members
	FileName string   // the signed minutes; empty for none
	File     []byte
}

// ChoosePosts records the first meeting of a committee, or a later one that chose anew: more than half of all members were
// for the choice. Refusals: not_found, illegal_step, bad_value (held_on, present, in_favour, chair, deputies), not_over_half,
// and those of evidence.
func (s *Store) ChoosePosts(ctx context.Context, by Actor, communityID, id string, held CommitteeChoice) error {
	files, err := someEvidence(held.FileName, held.File)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		term, next, first, err := lockForChoice(tx, by, communityID, id)
		if err != nil {
			return err
		}
		day, err := dayWithin("held_on", held.HeldOn, max(term.BeganAt, deref(term.ConstitutedAt)), now)
		if err != nil {
			return err
		}
		members, err := membersOf(tx, communityID, id)
		if err != nil {
			return err
		}
		if err := held.choose(members, now); err != nil {
			return err
		}
		took, columns, entry := first && !term.State.InOffice(), map[string]any{}, committeeEntryRow{Kind: lifecycle.EntryPost, MemberID: &held.Chair,
			Post: lifecycle.Chair, HappenedAt: day, Present: held.Present, InFavour: held.InFavour}
		if first {
			columns["constituted_at"], entry.Kind = day, lifecycle.EntryConstituted
		}
		if err := setCommittee(tx, &term, next, columns); err != nil {
			return err
		}
		if err := setPosts(tx, term, held.Chair, held.Deputies); err != nil {
			return err
		}
		kept, err := keepCommitteeEntry(tx, now, by, term, entry)
		if err != nil {
			return err
		}
		if err := s.keepEvidence(tx, now, by, communityID, kept.ID, files); err != nil || !took {
			return err
		}
		return endOthers(tx, now, term)
	})
}

// lockForChoice locks a term whose posts are given; first: for the first time. The chair of an interim body is its street's
// to name. Refusals: not_found, illegal_step.
func lockForChoice(tx *gorm.DB, by Actor, communityID, id string) (term committeeRow, next lifecycle.CommitteeState, first bool, err error) {
	if err := tx.Select("constituted_at", "kind").Where("community_id = ? AND id = ?", communityID, id).Take(&term).Error; err != nil {
		return term, "", false, orNotFound(err)
	}
	if term.Kind != lifecycle.Committee {
		return term, "", false, refuse("illegal_step")
	}
	first = term.ConstitutedAt == nil
	event := lifecycle.EventChoosePost
	if first {
		event = lifecycle.EventConstitute
	}
	term, next, err = lockCommittee(tx, by, communityID, id, event)
	if err == nil && first != (term.ConstitutedAt == nil) {
		err = refuse("illegal_step") // somebody else was first
	}
	return term, next, first, err
}

// choose checks the figures and the persons of a choice. Only who may vote is chosen.
func (held CommitteeChoice) choose(members []committeeMemberRow, now int64) error {
	all, voters := int64(0), []string{}
	for _, row := range members {
		member := row.view()
		if member.Held(now) {
			all++
		}
		if member.Votes(now) {
			voters = append(voters, member.ID)
		}
	}
	switch {
	case held.Present < 0 || held.Present > int64(len(voters)):
		return refuseField("bad_value", "present")
	case held.InFavour < 0 || held.InFavour > held.Present:
		return refuseField("bad_value", "in_favour")
	case !committee.Majority(held.InFavour, all):
		return refuseField("not_over_half", "in_favour")
	case !slices.Contains(voters, held.Chair):
		return refuseField("bad_value", "chair")
	}
	for i, deputy := range held.Deputies {
		if deputy == held.Chair || !slices.Contains(voters, deputy) || slices.Contains(held.Deputies[:i], deputy) {
			return refuseField("bad_value", "deputies")
		}
	}
	return nil
}

// setPosts gives the posts of a committee; everybody else with a seat is a plain member.
func setPosts(tx *gorm.DB, term committeeRow, chair string, deputies []string) error {
	seated := func() *gorm.DB {
		return tx.Table("committee_member").Where("community_id = ? AND committee_id = ? AND state IN ?", term.CommunityID, term.ID,
			[]lifecycle.MemberState{lifecycle.MemberServing, lifecycle.MemberSuspended})
	}
	steps := []*gorm.DB{seated().Update("post", lifecycle.PlainMember), seated().Where("id = ?", chair).Update("post", lifecycle.Chair)}
	if len(deputies) > 0 {
		steps = append(steps, seated().Where("id IN ?", deputies).Update("post", lifecycle.Deputy))
	}
	for _, step := range steps {
		if step.Error != nil {
			return fmt.Errorf("give the posts of a committee: %w", step.Error)
		}
	}
	return nil
}

func membersOf(tx *gorm.DB, communityID, id string) ([]committeeMemberRow, error) {
	var rows []committeeMemberRow
	err := tx.Where("community_id = ? AND committee_id = ?", communityID, id).Order("position").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read the members of a committee: %w", err)
	}
	return rows, nil
}

// dayWithin reads a day that is not before one instant's day and not after another's. Refusal: bad_value.
func dayWithin(field, text string, from, until int64) (int64, error) {
	day, err := calendar.ParseDay(strings.TrimSpace(text))
	if err != nil || day < calendar.StartOfDay(from) || day > until {
		return 0, refuseField("bad_value", field)
	}
	return max(day, from), nil
}

// someEvidence is one file, or none.
func someEvidence(name string, content []byte) ([]evidenceRow, error) {
	if name == "" && len(content) == 0 {
		return nil, nil
	}
	file, err := checkEvidence(name, content)
	return []evidenceRow{file}, err
}
