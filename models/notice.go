package models

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// IssueNotice freezes agenda, texts, parameters and scope, gives every voter a locator and makes the key
// that seals the ballots (domain trap 20). Refusals: not_found, illegal_step, matter_needed,
// roster_not_frozen, window_in_past, notice_too_short, scope_unknown, link_invalid, seal_cards_missing, street_not_convener, powers_frozen, those of
// MeetingTerms.SilenceLacks, and those of voting.Matter.Validate.
//
// Confirmed are the codes of the doubts about the draft that the convener saw and confirmed; the audit keeps them.
func (s *Store) IssueNotice(ctx context.Context, by Actor, communityID, id string, confirmed ...string) error {
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return err
	}
	return s.onDraft(ctx, communityID, id, func(tx *gorm.DB, now int64, row meetingRow) error {
		if _, illegal := lifecycle.Meetings.Next(row.State, lifecycle.EventNotice, lifecycle.Actor(by.Role)); illegal != nil {
			return asRefusal(illegal)
		}
		meeting, err := meetingView(tx.Where("community_id = ? AND id = ?", communityID, id))
		if err != nil {
			return err
		}
		list, err := readyForNotice(tx, now, community.Place, &meeting)
		if err != nil {
			return err
		}
		pack, err := ledger.Canonical(meeting.Pack)
		if err != nil {
			return fmt.Errorf("encode the rule pack: %w", err)
		}
		row.Pack = string(pack)
		if err := s.makeMeetingKey(tx, &row); err != nil {
			return err
		}
		if err := fixWitnesses(tx, community, id); err != nil {
			return err
		}
		text, err := announcedText(tx, row, list)
		if err != nil {
			return err
		}
		hash := ledger.Sum(text).String()
		if err := s.createLocators(tx, meeting); err != nil {
			return err
		}
		head := logHeadRow{CommunityID: communityID, MeetingID: id, Edge: (&ledger.Edge{}).Bytes()}
		if err := tx.Create(&head).Error; err != nil {
			return fmt.Errorf("create the log: %w", err)
		}
		err = setMeeting(tx, row, lifecycle.MeetingNoticed, map[string]any{"noticed_at": now, "notice_hash": hash,
			"seal_public": row.SealPublic, "seal_private": row.SealPrivate, "pack": row.Pack})
		if err != nil {
			return err
		}
		if err := followConvenings(tx, now, meeting); err != nil {
			return err
		}
		if err := tellAll(tx, now, NoticePublished, communityID, id, ""); err != nil {
			return err
		}
		details := map[string]any{"notice_hash": hash}
		if len(confirmed) > 0 {
			details["confirmed"] = confirmed
		}
		return record(tx, now, by, communityID, "meeting_noticed", "meeting", id, details)
	})
}

// NoticeBarred tells what IssueNotice would refuse a draft for at this moment, whoever asks; nil where nothing is in
// its way, or where it is no draft any more. Refusals: as IssueNotice.
func (s *Store) NoticeBarred(ctx context.Context, communityID, id string) error {
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return err
	}
	meeting, err := s.Meeting(ctx, communityID, id)
	if err != nil || meeting.State != lifecycle.MeetingDraft {
		return err
	}
	_, err = readyForNotice(s.read(ctx), s.Now(), community.Place, &meeting)
	return err
}

// setMeeting moves a meeting from the state of row to next; a lost race is illegal_step.
func setMeeting(tx *gorm.DB, row meetingRow, next lifecycle.MeetingState, columns map[string]any) error {
	columns["state"] = next
	err := moved(tx.Table("meeting").Where("community_id = ? AND id = ? AND state = ?", row.CommunityID, row.ID, row.State).
		Updates(columns))
	if err != nil {
		return fmt.Errorf("move meeting to %s: %w", next, err)
	}
	return nil
}

// readyForNotice checks everything that must hold before a notice and gives the frozen roster. It fixes the
// pack by the start of voting (domain trap 16).
func readyForNotice(tx *gorm.DB, now int64, place string, meeting *Meeting) (rosterRow, error) {
	var list rosterRow
	if len(meeting.Matters) == 0 {
		return list, refuse("matter_needed")
	}
	if err := tx.Where("community_id = ? AND id = ?", meeting.CommunityID, meeting.RosterID).Take(&list).Error; err != nil {
		return list, orNotFound(err)
	}
	if list.State != lifecycle.RosterFrozen {
		return list, refuse("roster_not_frozen")
	}
	if meeting.OpensAt <= now {
		return list, refuseField("window_in_past", "opens")
	}
	pack, err := rules.At(place, meeting.OpensAt)
	if err != nil {
		return list, fmt.Errorf("choose the rule pack: %w", err)
	}
	meeting.Pack = pack
	if meeting.Platform != "" && platformBarred(pack) {
		return list, refuseField("platform_barred", "platform")
	}
	if need := pack.Procedure.Notice(meeting.Extraordinary); need != nil && calendar.NoticeDays(now, meeting.OpensAt) < need.Days {
		return list, refuseField("notice_too_short", "opens")
	}
	if err := voting.CheckLinks(rulesOf(meeting.Matters)); err != nil {
		return list, asRefusal(err)
	}
	if meeting.Policies.InterimCovenant && pack.InterimCovenant() == nil {
		return list, refuseField(string(voting.CodeSilenceFirstMeeting), "silence")
	}
	if err := meeting.SilenceLacks(meeting.Kinds()...); err != nil {
		return list, err
	}
	if err := cardsTried(tx, *meeting); err != nil {
		return list, err
	}
	if err := notFrozen(tx, *meeting); err != nil {
		return list, err
	}
	for _, matter := range meeting.Matters {
		if err := matter.Rule.Validate(pack.Law()); err != nil {
			return list, asRefusal(err)
		}
		// The roster may have been exchanged since the matter was written.
		if err := knownPlaces(tx, meeting.CommunityID, meeting.RosterID, matter.Rule.Scope); err != nil {
			return list, err
		}
	}
	return list, nil
}

// CancelMeeting withdraws a draft or a noticed meeting before voting. Refusals: not_found, illegal_step,
// reason_missing.
func (s *Store) CancelMeeting(ctx context.Context, by Actor, communityID, id, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return refuseField("reason_missing", "reason")
	}
	return s.moveMeeting(ctx, by, communityID, id, lifecycle.EventCancel, func(tx *gorm.DB, now int64, row meetingRow) (map[string]any, error) {
		if row.NoticedAt != nil { // of a draft nobody has heard
			if err := tellAll(tx, now, MeetingEnded, communityID, id, ""); err != nil {
				return nil, err
			}
		}
		return map[string]any{"reason": reason}, reopenConvenings(tx, now, communityID, id)
	})
}

// AnnulMeeting voids a vote that must be run again, such as when a box or a seal was broken (domain §7.3).
// Refusals: not_found, illegal_step, reason_missing.
func (s *Store) AnnulMeeting(ctx context.Context, by Actor, communityID, id, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return refuseField("reason_missing", "reason")
	}
	return s.moveMeeting(ctx, by, communityID, id, lifecycle.EventAnnul, func(tx *gorm.DB, now int64, _ meetingRow) (map[string]any, error) {
		meeting, err := meetingView(tx.Where("community_id = ? AND id = ?", communityID, id))
		if err != nil {
			return nil, err
		}
		if err := revokeElected(tx, now, meeting, nil, reason); err != nil {
			return nil, err
		}
		if err := tellAll(tx, now, MeetingEnded, communityID, id, ""); err != nil {
			return nil, err
		}
		return map[string]any{"reason": reason}, withdrawFilings(tx, now, by, communityID, id, reason)
	})
}

type locatorRow struct {
	CommunityID string
	MeetingID   string
	VoterID     string
	TokenHash   []byte
	SerialHash  []byte
	ExpiresAt   int64
}

func (locatorRow) TableName() string { return "locator" }

// locatorLife is how long after the close the QR of a sheet still leads to its page (security.md §5).
const locatorLife = 7 * day

// firstIssue counts the QR codes that a voter was given in one meeting, from 0.
const firstIssue = 0

// createLocators gives a QR and a serial to every voter entitled to at least one matter.
func (s *Store) createLocators(tx *gorm.DB, meeting Meeting) error {
	voters, err := votersOf(tx, meeting.CommunityID, meeting.RosterID)
	if err != nil {
		return err
	}
	var rows []locatorRow
	for _, voter := range voters {
		if len(entitled(meeting.Matters, voter)) == 0 {
			continue
		}
		token, err := vault.LocatorHash(s.keys.Locator(meeting.ID, voter.ID, firstIssue))
		if err != nil {
			return fmt.Errorf("hash a locator: %w", err)
		}
		rows = append(rows, locatorRow{CommunityID: meeting.CommunityID, MeetingID: meeting.ID, VoterID: voter.ID, TokenHash: token,
			SerialHash: vault.CodeHash(s.keys.Serial(meeting.ID, voter.ID, firstIssue)), ExpiresAt: meeting.ClosesAt + locatorLife})
	}
	if len(rows) == 0 {
		return refuse("roster_empty")
	}
	if err := tx.CreateInBatches(rows, insertBatch).Error; err != nil {
		return fmt.Errorf("create locators: %w", err)
	}
	return nil
}

// entitled are the matters on which the voter has a head or an area in the scope.
func entitled(matters []Matter, voter voting.Voter) []Matter {
	var own []Matter
	for _, matter := range matters {
		if voter.Entitled(matter.Rule.Scope) {
			own = append(own, matter)
		}
	}
	return own
}

// hashOf parses a stored hex hash.
func hashOf(text string) (ledger.Hash, error) {
	hash, err := ledger.ParseHash(text)
	if err != nil {
		return hash, fmt.Errorf("read a stored hash: %w", err)
	}
	return hash, nil
}
