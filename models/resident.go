package models

import "gongjue/models/vault"

// ResidentSession is what a resident's cookie says: meeting, voter, owner, the proof of identity behind it
// and when it ends.
type ResidentSession = vault.ResidentSession

// MeetingOfSession names the meeting of a resident session that these keys signed, also of one that is over:
// whoever ran out of time is shown the way back. It opens nothing.
func (s *Store) MeetingOfSession(token string) (meetingID string, known bool) {
	session, err := s.keys.CheckSession(token, 0)
	return session.Meeting, err == nil
}
