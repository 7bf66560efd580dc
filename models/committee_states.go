package models

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// lockCommittee reads a term that changes. Refusals: not_found, illegal_step.
func lockCommittee(tx *gorm.DB, by Actor, communityID, id string, event lifecycle.Event) (row committeeRow, next lifecycle.CommitteeState, err error) {
	if err := tx.Clauses(forUpdate).Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error; err != nil {
		return row, "", orNotFound(err)
	}
	next, illegal := lifecycle.Committees.Next(row.State, event, lifecycle.Actor(by.Role))
	if illegal != nil {
		return row, "", asRefusal(illegal)
	}
	return row, next, nil
}

// setCommittee moves a term that was locked and sets columns.
func setCommittee(tx *gorm.DB, row *committeeRow, next lifecycle.CommitteeState, columns map[string]any) error {
	columns["state"] = next
	err := moved(tx.Table("committee").Where("community_id = ? AND id = ? AND state = ?", row.CommunityID, row.ID, row.State).Updates(columns))
	if err != nil {
		return fmt.Errorf("move a committee: %w", raced(err))
	}
	row.State = next
	return nil
}

// placeRules are the rules of a community's place at a moment.
func placeRules(tx *gorm.DB, communityID string, at int64) (rules.Procedure, error) {
	var place string
	if err := tx.Table("community").Select("place").Where("id = ?", communityID).Take(&place).Error; err != nil {
		return rules.Procedure{}, orNotFound(err)
	}
	pack, err := rules.At(place, at)
	if err != nil {
		return rules.Procedure{}, fmt.Errorf("find the rules of %s: %w", place, err)
	}
	return pack.Procedure, nil
}

// committeeCertified follows a certificate: the committee that the meeting elected serves, with the name, number and term
// that the certificate tells, or with the longest term of the place where it tells none.
func committeeCertified(tx *gorm.DB, now int64, communityID, meetingID string, says FilingParticulars, certified int64) error {
	list, err := committees(tx.Where("community_id = ?", communityID))
	if err != nil {
		return err
	}
	known := electedIn(list, meetingID)
	if known == nil {
		return nil
	}
	term, next, err := lockCommittee(tx, System, communityID, known.ID, lifecycle.EventCertify)
	if err != nil {
		return err
	}
	columns, err := certifiedTerm(tx, term, list, says)
	if err != nil {
		return err
	}
	took := !term.State.InOffice()
	if err := setCommittee(tx, &term, next, columns); err != nil {
		return err
	}
	entry := committeeEntryRow{Kind: lifecycle.EntryCertified, HappenedAt: certified, MeetingID: &meetingID}
	if _, err := keepCommitteeEntry(tx, now, System, term, entry); err != nil {
		return err
	}
	if took {
		return endOthers(tx, now, term)
	}
	return nil
}

// certifiedTerm are the columns that a certificate fills. A number that another term has stays with that one.
func certifiedTerm(tx *gorm.DB, term committeeRow, list []Committee, says FilingParticulars) (map[string]any, error) {
	columns := map[string]any{}
	if says.Committee != "" {
		columns["name"] = says.Committee
	}
	taken := func(c Committee) bool { return c.ID != term.ID && c.Kind == term.Kind && c.Number == says.Term }
	if says.Term > 0 && !slices.ContainsFunc(list, taken) {
		columns["number"] = says.Term
	}
	switch {
	case says.TermTo != "":
		from, err := calendar.ParseDay(says.TermFrom)
		if err != nil {
			return nil, fmt.Errorf("read the term of a certificate: %w", err)
		}
		to, err := calendar.ParseDay(says.TermTo)
		if err != nil {
			return nil, fmt.Errorf("read the term of a certificate: %w", err)
		}
		columns["term_from"], columns["term_to"] = from, calendar.EndOfDay(to, 0)
	case term.TermTo == nil:
		from, to, err := longestTerm(tx, term.CommunityID, term.BeganAt)
		if err != nil || to == 0 {
			return columns, err
		}
		columns["term_from"], columns["term_to"] = from, to
	}
	return columns, nil
}

// longestTerm is the longest term that the place allows a committee that began at a moment; zeros where nothing says.
func longestTerm(db *gorm.DB, communityID string, began int64) (from, to int64, err error) {
	law, err := placeRules(db, communityID, began)
	if err != nil || law.TermYears == nil || law.TermYears.Max == 0 {
		return 0, 0, err
	}
	return calendar.StartOfDay(began), calendar.EndOfDay(calendar.AddMonths(began, 12*law.TermYears.Max), 0), nil
}

// electedIn is the committee, not over, whose members a meeting elected; nil where there is none.
func electedIn(list []Committee, meetingID string) *Committee {
	i := slices.IndexFunc(list, func(c Committee) bool {
		return c.MeetingID == meetingID || slices.ContainsFunc(c.Members, func(m CommitteeMember) bool { return m.MeetingID == meetingID })
	})
	if i < 0 || list[i].State.Over() {
		return nil
	}
	return &list[i]
}

// ParticularsOf is what the register of committees says of the body that a hand-in is about, for its certificate: number,
// term and chair; where no term is set, the longest that the place allows. It is zero where the hand-in seats nobody.
func (s *Store) ParticularsOf(ctx context.Context, filing Filing) (FilingParticulars, error) {
	says := FilingParticulars{Committee: filing.Record.CommitteeName()}
	list, err := s.Committees(ctx, filing.CommunityID)
	if err != nil {
		return says, err
	}
	known := electedIn(list, filing.MeetingID)
	if known == nil {
		return says, nil
	}
	says.Committee, says.Term = cmp.Or(known.Name, says.Committee), known.Number
	for _, member := range known.Members {
		if member.Post == lifecycle.Chair && member.Named && member.Votes(s.clock()) {
			says.Chair = member.Name
		}
	}
	from, to := known.TermFrom, known.TermTo
	if to == 0 {
		if from, to, err = longestTerm(s.read(ctx), filing.CommunityID, known.BeganAt); err != nil {
			return says, err
		}
	}
	if to != 0 {
		says.TermFrom, says.TermTo = calendar.DayText(from), calendar.DayText(to)
	}
	return says, nil
}

// endOthers ends every other body in office when one takes office: a community has one.
func endOthers(tx *gorm.DB, now int64, term committeeRow) error {
	list, err := committees(tx.Where("community_id = ?", term.CommunityID))
	if err != nil {
		return err
	}
	for _, other := range list {
		if other.ID == term.ID || other.State.Over() || !other.State.InOffice() && (other.Kind != lifecycle.PropertyManagementCommittee || term.Kind != lifecycle.Committee) {
			continue
		}
		row, next, err := lockCommittee(tx, System, term.CommunityID, other.ID, endEvent(other.State))
		if err != nil {
			return err
		}
		if _, err := overWith(tx, now, &row, next, System, committeeEntryRow{Kind: lifecycle.EntryEnded}); err != nil {
			return err
		}
	}
	return nil
}

// endEvent ends a body: a display that came to nothing is taken back.
func endEvent(state lifecycle.CommitteeState) lifecycle.Event {
	if state == lifecycle.CommitteeDisplayed {
		return lifecycle.EventWithdraw
	}
	return lifecycle.EventEndTerm
}

// overWith ends a term and the seats of its members.
func overWith(tx *gorm.DB, now int64, row *committeeRow, next lifecycle.CommitteeState, by Actor, entry committeeEntryRow) (committeeEntryRow, error) {
	if err := setCommittee(tx, row, next, map[string]any{"ended_at": now}); err != nil {
		return entry, err
	}
	err := tx.Table("committee_member").Where("community_id = ? AND committee_id = ? AND state <> ?", row.CommunityID, row.ID, lifecycle.MemberLeft).
		Updates(map[string]any{"state": lifecycle.MemberLeft, "left_at": now, "ground": lifecycle.TermOver}).Error
	if err != nil {
		return entry, fmt.Errorf("end the seats of a committee: %w", err)
	}
	return keepCommitteeEntry(tx, now, by, *row, entry)
}
