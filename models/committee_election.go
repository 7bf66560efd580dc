package models

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/committee"
	"gongjue/voting/lifecycle"
)

// elected is what an election, with the further votes that completed it, leaves to the register.
type elected struct {
	seats      int64
	groups     []committee.Group
	members    []electedMember // in the order of the count
	alternates []electedMember
	meetings   []string // that led to it, the newest first
	formed     bool     // a committee came of it
	fills      bool     // it fills seats of a committee that serves already
}

type electedMember struct{ name, group, meeting string }

// electionOf reads the elections of a final result, one that completes an earlier meeting's together with that. An election
// within some buildings elects no committee.
func electionOf(tx *gorm.DB, meeting Meeting, matters []MatterResult) (elected, error) {
	found := elected{meetings: []string{meeting.ID}}
	elections := slices.DeleteFunc(InForce(matters), func(m MatterResult) bool { return m.Rule.Kind != voting.Election || len(m.Rule.Scope) > 0 })
	if slices.ContainsFunc(elections, func(m MatterResult) bool { return m.Rule.Sitting > 0 }) && meeting.RunOffOf != "" {
		before, err := meetingView(tx.Where("community_id = ? AND id = ?", meeting.CommunityID, meeting.RunOffOf))
		if err != nil {
			return found, err
		}
		results, err := resultsOf(tx, meeting.CommunityID, meeting.RunOffOf)
		if err != nil {
			return found, err
		}
		if found, err = electionOf(tx, before, results[len(results)-1].Matters); err != nil {
			return found, err
		}
		found.meetings = append([]string{meeting.ID}, found.meetings...)
		found.formed = false
	}
	for _, election := range elections {
		found.take(meeting.ID, election)
	}
	return found, nil
}

// take adds what one election came to.
func (e *elected) take(meeting string, election MatterResult) {
	rule, outcome := election.Rule, election.Outcome
	groups := map[string]string{}
	for _, group := range rule.SeatGroups {
		for _, name := range group.Options {
			groups[name] = group.Name
		}
		if rule.Sitting == 0 {
			e.groups = append(e.groups, committee.Group{Name: group.Name, Seats: int64(group.Seats)})
		}
	}
	if rule.Sitting == 0 {
		e.seats += int64(rule.Seats)
		if len(rule.SeatGroups) == 0 {
			e.groups = append(e.groups, committee.Group{Seats: int64(rule.Seats)})
		}
	}
	if rule.ByElection() {
		e.fills, e.members, e.alternates = true, nil, nil // those before them are in the register
	}
	for _, name := range outcome.Elected {
		e.members = append(e.members, electedMember{name, groups[name], meeting})
	}
	for _, name := range outcome.Alternates {
		e.alternates = append(e.alternates, electedMember{name, groups[name], meeting})
	}
	e.formed = e.formed || !e.fills && (outcome.Committee == voting.Constituted || outcome.Committee == voting.EvenNumber)
}

// registerElection puts into the register whom a final result elected, exactly as the count ranked them: as a new
// committee, or into the seats of one that serves. It does nothing where no committee came of it.
func registerElection(tx *gorm.DB, now int64, meeting Meeting, matters []MatterResult, published int64) error {
	found, err := electionOf(tx, meeting, matters)
	if err != nil || len(found.members) == 0 || !found.formed && !found.fills {
		return err
	}
	list, err := committees(tx.Where("community_id = ?", meeting.CommunityID))
	if err != nil {
		return err
	}
	for _, known := range list {
		if slices.Contains(found.meetings, known.MeetingID) {
			return joinElected(tx, now, known, found, published)
		}
	}
	if !found.fills {
		return createElected(tx, now, meeting, found, list, published)
	}
	serving := ActingCommittee(list)
	if serving == nil || serving.Kind != lifecycle.Committee {
		return nil // it serves outside this register
	}
	return joinElected(tx, now, *serving, found, published)
}

func createElected(tx *gorm.DB, now int64, meeting Meeting, found elected, list []Committee, published int64) error {
	groups, err := jsonText(mergeGroups(found.groups))
	if err != nil {
		return err
	}
	row := committeeRow{CommunityID: meeting.CommunityID, ID: newID(), Kind: lifecycle.Committee, Number: nextTerm(list, lifecycle.Committee), State: lifecycle.CommitteeElected,
		Origin: lifecycle.FromElection, MeetingID: &meeting.ID, Seats: found.seats, SeatGroups: groups, BeganAt: published, CreatedAt: now}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("register a committee: %w", raced(err))
	}
	if err := createMembers(tx, row, 0, found.members, published); err != nil {
		return err
	}
	if err := createMembers(tx, row, int64(len(found.members)), found.alternates, 0); err != nil {
		return err
	}
	_, err = keepCommitteeEntry(tx, now, System, row, committeeEntryRow{Kind: lifecycle.EntryElected, HappenedAt: published, MeetingID: &meeting.ID})
	return err
}

// mergeGroups adds up the seats of groups with one name, such as those of two elections that name none.
func mergeGroups(groups []committee.Group) []committee.Group {
	merged := []committee.Group{}
	for _, group := range groups {
		i := slices.IndexFunc(merged, func(g committee.Group) bool { return g.Name == group.Name })
		if i < 0 {
			merged = append(merged, group)
			continue
		}
		merged[i].Seats += group.Seats
	}
	return merged
}

// nextTerm is the number of the term that follows those of its kind.
func nextTerm(list []Committee, kind lifecycle.ConvenerKind) int64 {
	last := int64(0)
	for _, known := range list {
		if known.Kind == kind {
			last = max(last, known.Number)
		}
	}
	return last + 1
}

// createMembers stores members with a seat since an instant, or alternates where that is 0.
func createMembers(tx *gorm.DB, term committeeRow, after int64, names []electedMember, since int64) error {
	for i, elected := range names {
		row := committeeMemberRow{CommunityID: term.CommunityID, ID: newID(), CommitteeID: term.ID, Position: after + int64(i) + 1, State: lifecycle.MemberAlternate,
			Capacity: lifecycle.AsOwner, Name: elected.name, Named: true, SeatGroup: elected.group, MeetingID: &elected.meeting}
		if since != 0 {
			row.State, row.Post, row.Since = lifecycle.MemberServing, lifecycle.PlainMember, &since
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("register a member: %w", err)
		}
	}
	return nil
}

// joinElected adds those whom a further vote or a by-election elected. An alternate who won a seat keeps the line.
func joinElected(tx *gorm.DB, now int64, known Committee, found elected, published int64) error {
	meeting, last := found.meetings[0], int64(0)
	if known.State.Over() || known.MeetingID == meeting || slices.ContainsFunc(known.Members, func(m CommitteeMember) bool { return m.MeetingID == meeting }) {
		return nil
	}
	term := committeeRow{CommunityID: known.CommunityID, ID: known.ID}
	listed := map[string]CommitteeMember{}
	for _, member := range known.Members {
		last = max(last, member.Position)
		if member.LeftAt == 0 {
			listed[member.Name] = member
		}
	}
	fresh := func(names []electedMember) []electedMember {
		return slices.DeleteFunc(slices.Clone(names), func(m electedMember) bool {
			_, there := listed[m.name]
			return there || m.meeting != meeting
		})
	}
	members, alternates := fresh(found.members), fresh(found.alternates)
	if err := createMembers(tx, term, last, members, published); err != nil {
		return err
	}
	if err := createMembers(tx, term, last+int64(len(members)), alternates, 0); err != nil {
		return err
	}
	for _, elected := range found.members {
		if member, there := listed[elected.name]; there && elected.meeting == meeting && member.State == lifecycle.MemberAlternate {
			if err := giveSeat(tx, term, member.ID, published); err != nil {
				return err
			}
		}
	}
	_, err := keepCommitteeEntry(tx, now, System, term, committeeEntryRow{Kind: lifecycle.EntryJoined, HappenedAt: published, MeetingID: &meeting})
	return err
}

// giveSeat gives an alternate a seat since an instant.
func giveSeat(tx *gorm.DB, term committeeRow, memberID string, since int64) error {
	err := moved(tx.Table("committee_member").Where("community_id = ? AND id = ? AND state = ?", term.CommunityID, memberID, lifecycle.MemberAlternate).
		Updates(map[string]any{"state": lifecycle.MemberServing, "post": lifecycle.PlainMember, "since": since}))
	if err != nil {
		return fmt.Errorf("seat an alternate: %w", err)
	}
	return nil
}
