package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/committee"
	"gongjue/voting/lifecycle"
	"gongjue/voting/lint"
	"gongjue/voting/rules"
)

// SittingRecord is what came of a committee's meeting.
type SittingRecord struct {
	Present   []string // ids of members who were there in person
	Signed    []string // of them, who signed the minutes
	Decisions []Decision
	Minutes   []SentFile
}

// RecordSitting publishes who was at a meeting and what was decided, each matter of the agenda at most once; of a decision
// only position, texts, votes and the decision that it replaces are read. A decision passes with more than half of all
// members, present or not; an interim body may have to sign for it, and its owners to be there. Fields of a decision end in
// its position, such as decided.2. Refusals: not_found, illegal_step, too_early (the meeting has not begun), required
// (present, file, decided, decisions), bad_value (present, signed, position), votes_differ (in_favour: the votes are not those
// of the members present), too_few_signed (too few to decide signed), owners_absent (present), consent_unsigned (in_favour: a
// consent without a signature is none), owners_decide (decided: only the owners decide that, and no decision of theirs is
// named), powers_frozen (decided: not during a renewal), not_replaceable (replaces), too_long, reason_names_person and those of
// evidence.
func (s *Store) RecordSitting(ctx context.Context, by Actor, communityID, id string, held SittingRecord) error {
	files, err := checkedEvidence(held.Minutes)
	switch {
	case err != nil:
		return err
	case len(files) == 0:
		return refuseField("required", "file")
	case len(held.Decisions) == 0:
		return refuseField("required", "decisions")
	}
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return err
	}
	return s.onSitting(ctx, by, communityID, id, lifecycle.EventPublish, func(tx *gorm.DB, row *sittingRow, now int64) error {
		if now < row.HeldAt {
			return refuse("too_early")
		}
		body, err := bodyOf(tx, row, community.Place)
		if err != nil {
			return err
		}
		if err := keepAttendance(tx, row, held, body); err != nil {
			return err
		}
		if err := keepDecisions(tx, row, held, body); err != nil {
			return err
		}
		return s.keepEvidence(tx, now, by, communityID, id, files)
	})
}

// deciding is the body that held a meeting, with the rules by which it decides.
type deciding struct {
	law     rules.Procedure
	interim *rules.InterimBody // nil for a committee, and where the place has no rule on interim bodies
	frozen  []rules.Word       // what is not decided then
}

// bodyOf reads the body of a meeting under the rules of its day.
func bodyOf(tx *gorm.DB, row *sittingRow, place string) (deciding, error) {
	pack, err := rules.At(place, row.HeldAt)
	if err != nil {
		return deciding{}, fmt.Errorf("find the rules of a place: %w", err)
	}
	body := deciding{law: pack.Procedure}
	var term committeeRow
	if err := tx.Select("kind").Where("community_id = ? AND id = ?", row.CommunityID, row.CommitteeID).Take(&term).Error; err != nil {
		return body, fmt.Errorf("find the committee of a meeting: %w", err)
	}
	if term.Kind == lifecycle.PropertyManagementCommittee {
		body.interim = body.law.InterimBody
	}
	frozen, err := frozenPowers(tx, row.CommunityID, body.law)
	if frozen != nil {
		body.frozen = frozen.Values
	}
	return body, err
}

// decides tells whether so many of all members carry a decision.
func (b deciding) decides(inFavour, all int64) bool {
	if b.signs() {
		return committee.Majority(inFavour, all)
	}
	return b.law.Decides(inFavour, all)
}

// signs tells whether only a signed consent counts.
func (b deciding) signs() bool { return b.interim != nil && b.interim.SignedConsent }

// keepAttendance checks that those present could vote then: nobody stands in for a member, and an alternate is none.
func keepAttendance(tx *gorm.DB, row *sittingRow, held SittingRecord, body deciding) error {
	members, err := membersOf(tx, row.CommunityID, row.CommitteeID)
	if err != nil {
		return err
	}
	var voters []string
	owners, there := int64(0), int64(0)
	for _, member := range members {
		view := member.view()
		if view.Held(row.HeldAt) {
			row.AllMembers++
		}
		if view.Votes(row.HeldAt) {
			voters = append(voters, member.ID)
		}
		if view.Held(row.HeldAt) && view.Capacity == lifecycle.AsOwner {
			owners++
			if slices.Contains(held.Present, member.ID) {
				there++
			}
		}
	}
	rows := make([]attendanceRow, len(held.Present))
	for i, id := range held.Present {
		if !slices.Contains(voters, id) || slices.Contains(held.Present[:i], id) {
			return refuseField("bad_value", "present")
		}
		rows[i] = attendanceRow{row.CommunityID, row.ID, id, slices.Contains(held.Signed, id)}
	}
	for i, id := range held.Signed {
		if !slices.Contains(held.Present, id) || slices.Contains(held.Signed[:i], id) {
			return refuseField("bad_value", "signed")
		}
	}
	switch {
	case len(rows) == 0:
		return refuseField("required", "present")
	case !body.decides(int64(len(held.Signed)), row.AllMembers):
		return refuseField("too_few_signed", "signed")
	case body.interim != nil && body.interim.OwnersPresent && !committee.Majority(there, owners):
		return refuseField("owners_absent", "present")
	}
	if err := tx.Create(&rows).Error; err != nil {
		return fmt.Errorf("keep who was present: %w", err)
	}
	return nil
}

func keepDecisions(tx *gorm.DB, row *sittingRow, held SittingRecord, body deciding) error {
	before, err := sittings(tx, row.CommunityID)
	if err != nil {
		return err
	}
	sitting, err := row.view()
	if err != nil {
		return err
	}
	number, decided := int64(0), []int64(nil)
	for _, other := range before {
		for _, decision := range other.Decisions {
			number = max(number, decision.Number)
		}
	}
	for i, decision := range held.Decisions {
		if decision.Position < 1 || decision.Position > int64(len(sitting.Agenda)) || slices.Contains(decided, decision.Position) {
			return refuseField("bad_value", "position")
		}
		decided = append(decided, decision.Position)
		made := decisionRow{CommunityID: row.CommunityID, ID: newID(), SittingID: row.ID, Number: number + int64(i) + 1, Position: decision.Position,
			Title: sitting.Agenda[decision.Position-1], Body: strings.TrimSpace(decision.Body), Basis: strings.TrimSpace(decision.Basis),
			InFavour: decision.InFavour, Against: decision.Against, Abstained: decision.Abstained, Passed: body.decides(decision.InFavour, row.AllMembers)}
		if err := made.check(body, int64(len(held.Present)), int64(len(held.Signed))); err != nil {
			return err
		}
		if decision.ReplacesID != "" {
			if made.ReplacesID = &decision.ReplacesID; !made.Passed || !replaceable(before, decision.ReplacesID) {
				return refuseField("not_replaceable", fmt.Sprintf("replaces.%d", made.Position))
			}
		}
		if err := tx.Create(&made).Error; err != nil {
			return fmt.Errorf("keep a decision: %w", raced(err))
		}
	}
	return nil
}

// check holds a decision to the members present and to what a committee may decide at all.
func (r decisionRow) check(body deciding, present, signed int64) error {
	at := func(field string) string { return fmt.Sprintf("%s.%d", field, r.Position) }
	if err := publicTexts(publicText{at("decided"), r.Body, 2000, true}, publicText{at("basis"), r.Basis, longestSitting, false}); err != nil {
		return err
	}
	if r.InFavour < 0 || r.Against < 0 || r.Abstained < 0 || r.InFavour > present || r.Against > present || r.InFavour+r.Against+r.Abstained != present {
		return refuseField("votes_differ", at("in_favour"))
	}
	switch text := r.Title + "\n" + r.Body; {
	case body.signs() && r.InFavour > signed:
		return refuseField("consent_unsigned", at("in_favour"))
	case r.Basis != "":
		return nil // it carries out what the owners decided
	case lint.OwnersDecide(text) != "":
		return refuseField("owners_decide", at("decided"))
	case lint.Frozen(text, body.frozen) != "":
		return refuseField("powers_frozen", at("decided"))
	}
	return nil
}

// replaceable tells whether a newer decision may take the place of one.
func replaceable(list []Sitting, id string) bool {
	found := findDecision(list, id)
	if found == nil || !found.Passed {
		return false
	}
	_, illegal := lifecycle.Decisions.Next(found.State(), lifecycle.EventSupersede, lifecycle.Convener)
	return illegal == nil
}
