package models

import (
	"context"

	"gongjue/models/vault"
	"gongjue/voting/lifecycle"
)

// RosterSession is what the cookie of an owner says who looks up their own home on a roster.
type RosterSession = vault.RosterSession

// RequestRosterCode sends a code if an owner on the roster holds that unit with that phone: the phone in the version on
// display, which the owner may be about to contest, so that this opens nothing but the own home. It answers alike
// whether or not there is such an owner. Refusals: not_found, illegal_step (superseded), code_limited.
func (s *Store) RequestRosterCode(ctx context.Context, rosterID string, query HomeQuery, address string) (SentCode, error) {
	list, err := displayedRoster(s.read(ctx), rosterID)
	if err != nil {
		return SentCode{}, err
	}
	if list.State == lifecycle.RosterSuperseded {
		return SentCode{}, refuse("illegal_step")
	}
	return s.askByHome(ctx, codeRow{CommunityID: list.CommunityID, Act: actRoster, SubjectID: rosterID}, rosterID, query, address)
}

// RequestRecordCode sends a code to an owner on the roster of a meeting who asks what is recorded for their home, from the
// opening on and for as long as the system keeps the meeting, also when a later roster has taken the place of its own.
// The code opens what RequestRosterCode's opens. It answers alike whether or not there is such an owner. Refusals:
// not_found, meeting_not_started, code_limited.
func (s *Store) RequestRecordCode(ctx context.Context, meetingID string, query HomeQuery, address string) (SentCode, error) {
	meeting, err := s.PublicMeeting(ctx, meetingID)
	if err != nil {
		return SentCode{}, err
	}
	if !OpenedLog(meeting.State) {
		return SentCode{}, refuse("meeting_not_started")
	}
	return s.askByHome(ctx, codeRow{CommunityID: meeting.CommunityID, Act: actRoster, SubjectID: meeting.RosterID}, meeting.RosterID, query, address)
}

// RedeemRosterCode checks the code of a request and opens a session of 30 minutes at the roster; it casts no ballot.
// Refusals: as RedeemCode.
func (s *Store) RedeemRosterCode(ctx context.Context, requestID, code, address string) (string, error) {
	return s.redeem(ctx, actRoster, requestID, code, address, func(row codeRow, expires int64) (string, error) {
		return s.keys.SignRosterSession(vault.RosterSession{Roster: row.SubjectID, Voter: row.VoterID, Owner: row.OwnerID, Evidence: row.ID, Expires: expires})
	})
}

// RosterOwner reads a session at a roster. Refusal: session_expired.
func (s *Store) RosterOwner(token string) (RosterSession, error) {
	session, err := s.keys.CheckRosterSession(token, s.clock())
	if err != nil {
		return RosterSession{}, refuse("session_expired")
	}
	return session, nil
}
