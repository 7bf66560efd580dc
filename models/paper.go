package models

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// paperSheet is the sheet behind a ballot that came on paper, as its leaf tells it.
type paperSheet struct {
	serial        ledger.Serial
	first, second string // pseudonyms of the two who read it
}

// evidenceByPaper is the signed sheet itself; the transaction is its round of entries.
const evidenceByPaper = "paper"

func (j *castJob) channel() lifecycle.Channel {
	if j.sheet != nil {
		return lifecycle.Paper
	}
	return lifecycle.Online
}

// leaf commits to what a job casts, under the salt drawn for it.
func (j *castJob) leaf(salt ledger.Salt, at ledger.Cast) ledger.Body {
	slot := ledger.SlotCommitment(salt.SlotSalt(), at)
	choices := ledger.BallotCommitment(salt, at, j.choices, ledger.VoterHash(at.Meeting, j.session.Voter))
	evidence := ledger.Evidence{Method: evidenceBySMS, Transaction: j.session.Evidence, NetworkPrefix: j.prefix}
	if j.sheet != nil {
		evidence.Method = evidenceByPaper
		return ledger.Paper{Slot: slot, Revision: at.Revision, Choices: choices,
			Evidence: ledger.EvidenceCommitment(salt.EvidenceSalt(), at, evidence),
			Serial:   ledger.SerialHash(at.Meeting, j.sheet.serial), First: j.sheet.first, Second: j.sheet.second}
	}
	return ledger.Ballot{Slot: slot, Channel: lifecycle.Online, Revision: at.Revision, Choices: choices,
		Evidence: ledger.EvidenceCommitment(salt.EvidenceSalt(), at, evidence)}
}

// PaperSheet is a sheet as those see it who enter it: where it belongs and what it asks, never what anybody
// entered, nor whether anybody else did.
type PaperSheet struct {
	Meeting Meeting
	VoterID string
	Units   []voting.Unit
	Names   []string // masked
	Matters []Matter // those the voter is entitled to
	Late    bool     // the deadline has passed: only what was in the box counts
	Mine    bool     // the one who asks made the entry that waits for a second one
}

// PaperSheetOf gives a sheet of a meeting to be entered. Refusals: not_found, meeting_not_started,
// paper_closed (counted), already_voted.
func (s *Store) PaperSheetOf(ctx context.Context, by Actor, communityID, meetingID, voterID string) (PaperSheet, error) {
	desk, err := s.paperSeat(ctx, communityID, meetingID, voterID)
	if err != nil {
		return PaperSheet{}, err
	}
	meeting := desk.snap.meeting
	sheet := PaperSheet{Meeting: meeting, VoterID: voterID, Units: desk.units, Names: desk.names, Matters: desk.matters}
	if sheet.Late, err = paperMoment(meeting.State, s.clock(), meeting.ClosesAt); err != nil {
		return PaperSheet{}, err
	}
	db := s.read(ctx)
	if channel, err := channelOf(db, communityID, meetingID, voterID); err != nil || channel != "" {
		return PaperSheet{}, orRefuse(err, "already_voted")
	}
	last, err := lastRound(db, communityID, meetingID, voterID)
	sheet.Mine = last.State == PaperWaiting && last.FirstBy == by.ID
	return sheet, err
}

// orRefuse is the error if there is one, otherwise the refusal.
func orRefuse(err error, code string) error {
	if err != nil {
		return err
	}
	return refuse(code)
}

// paperMoment tells whether sheets can be recorded in a state, and whether the deadline has passed. They may
// follow the close leaf, because they lie in boxes until somebody reads them, but never the count.
func paperMoment(state lifecycle.MeetingState, now, closesAt int64) (late bool, err error) {
	switch state {
	case lifecycle.MeetingDraft, lifecycle.MeetingNoticed:
		return false, refuse("meeting_not_started")
	case lifecycle.MeetingVoting, lifecycle.MeetingClosed:
		return now >= closesAt, nil
	}
	return false, refuse("paper_closed")
}

// paperDesk is one sheet with everything that recording it needs.
type paperDesk struct {
	snap    *snapshot // without the seats of other voters
	seat    *seat
	units   []voting.Unit
	names   []string
	matters []Matter
}

// paperSeat reads what concerns one voter of a meeting, in whatever state it is: fifty sheets in a row do not
// read the whole roster fifty times. Refusal: not_found, also for a voter without any matter.
func (s *Store) paperSeat(ctx context.Context, communityID, meetingID, voterID string) (paperDesk, error) {
	meeting, err := s.Meeting(ctx, communityID, meetingID)
	if err != nil {
		return paperDesk{}, err
	}
	db := s.read(ctx)
	public, err := s.sealingKeyOnce(db, meeting)
	if err != nil {
		return paperDesk{}, err
	}
	var units []unitRow
	err = db.Omit("salt").Where("community_id = ? AND roster_id = ? AND voter_id = ?", communityID, meeting.RosterID, voterID).
		Order("position").Find(&units).Error
	if err != nil {
		return paperDesk{}, fmt.Errorf("read units of a sheet: %w", err)
	}
	desk := paperDesk{snap: &snapshot{meeting: meeting, sealPublic: public}, seat: &seat{matters: map[string]voting.Matter{}}}
	for i, unit := range units {
		desk.units = append(desk.units, unit.counted())
		if i == 0 || unit.Slot < desk.seat.slot {
			desk.seat.slot = unit.Slot
		}
	}
	desk.matters = entitled(meeting.Matters, voting.Voter{ID: voterID, Units: desk.units})
	if len(desk.matters) == 0 {
		return paperDesk{}, refuse("not_found")
	}
	for _, matter := range desk.matters {
		desk.seat.matters[matter.ID] = matter.Rule
	}
	list, err := actorsOf(db, communityID, voterID)
	for _, one := range list {
		desk.names = append(desk.names, one.label(roster.MaskName))
	}
	return desk, err
}

// SheetQuery names a sheet: by its serial, as people type it or as a scanner reads the sheet's code, or by
// the home that it belongs to.
type SheetQuery struct {
	Serial                string
	Building, Stair, Room string
}

// FindSheet finds the voter behind a sheet of a meeting. A sheet with its serial, of a voter who has voted
// otherwise, is noted as a duplicate; every look-up is audited. Refusals: not_found, code_mistyped, sheet_unknown, home_unknown, meeting_not_started,
// paper_closed, already_voted.
func (s *Store) FindSheet(ctx context.Context, by Actor, communityID, meetingID string, query SheetQuery) (string, error) {
	meeting, err := s.Meeting(ctx, communityID, meetingID)
	if err != nil {
		return "", err
	}
	if _, err := paperMoment(meeting.State, s.clock(), meeting.ClosesAt); err != nil {
		return "", err
	}
	voterID, err := s.voterOfSheet(ctx, meeting, query)
	if err != nil {
		return "", err
	}
	return voterID, s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		if _, err := openLog(tx, communityID, meetingID); err != nil {
			return nil, err
		}
		if query.Serial == "" {
			// Looking up a home is no sheet in hand: nothing is noted as a duplicate.
			channel, err := channelOf(tx, communityID, meetingID, voterID)
			if err != nil || channel == "" {
				return nil, err
			}
			return refuse("already_voted"), recordPaper(tx, now, by, "paper_refused", paperRow{CommunityID: communityID, MeetingID: meetingID, VoterID: voterID})
		}
		return turnAway(tx, now, by, paperRow{CommunityID: communityID, MeetingID: meetingID, VoterID: voterID})
	})
}

func (s *Store) voterOfSheet(ctx context.Context, meeting Meeting, query SheetQuery) (string, error) {
	issued := s.read(ctx).Table("locator").Where("locator.community_id = ? AND locator.meeting_id = ?", meeting.CommunityID, meeting.ID)
	unknown := refuseField("sheet_unknown", "serial")
	if _, token, scanned := strings.Cut(query.Serial, "/v/"); scanned {
		hash, err := vault.LocatorHash(strings.TrimSpace(token))
		if err != nil {
			return "", refuseField("code_mistyped", "serial")
		}
		issued = issued.Where("token_hash = ?", hash)
	} else if query.Serial != "" {
		serial, err := ledger.ParseSerial(query.Serial)
		if err != nil {
			return "", asRefusal(err)
		}
		issued = issued.Where("serial_hash = ?", vault.CodeHash(serial))
	} else {
		unknown = refuseField("home_unknown", "room")
		issued = issued.Joins("JOIN unit ON unit.community_id = locator.community_id AND unit.voter_id = locator.voter_id").
			Where("unit.roster_id = ? AND unit.building = ? AND unit.stair = ? AND unit.room = ?", meeting.RosterID, query.Building, query.Stair, query.Room)
	}
	var found struct{ VoterID string }
	err := issued.Select("locator.voter_id").Take(&found).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", unknown
	}
	if err != nil {
		return "", fmt.Errorf("find a sheet: %w", err)
	}
	return found.VoterID, nil
}
