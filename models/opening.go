package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// byServer is the pseudonym under which the server's own acts stand in the ledger.
const byServer = "server"

// CloseGrace is how long, in ms, closing waits for ballots that came in before the deadline and are still queued, on
// any replica. Ballots that come in after the deadline are refused all the same.
const CloseGrace = 2_000

// Tick opens and closes every meeting whose time has come. Nobody else can: reaching the start and the end
// is the server's act, no role's. It throws away the files that nobody made a roster of. One meeting's failure does not
// hold up the others; all errors come joined. By a clock that is not to be believed nothing opens or closes.
func (s *Store) Tick(ctx context.Context) error {
	if err := s.CheckClock(ctx); err != nil {
		return err
	}
	now := s.clock()
	s.casting.forgetClosed(now)
	var due []meetingRow
	err := s.read(ctx).Select("community_id", "id", "state").
		Where("(state = ? AND opens_at <= ?) OR (state = ? AND closes_at <= ?)",
			lifecycle.MeetingNoticed, now, lifecycle.MeetingVoting, now-CloseGrace).Find(&due).Error
	if err != nil {
		return fmt.Errorf("find due meetings: %w", err)
	}
	failures := []error{s.dropStaleIntakes(ctx, now), s.signOpenLogs(ctx, now)}
	for _, row := range due {
		if row.State == lifecycle.MeetingNoticed {
			failures = append(failures, s.openMeeting(ctx, row.CommunityID, row.ID))
		}
		// A meeting whose whole window has passed meanwhile is opened and closed in one go.
		failures = append(failures, s.closeMeeting(ctx, row.CommunityID, row.ID))
	}
	return errors.Join(failures...)
}

// openMeeting writes the open leaf: roster root, rules, agenda, window and keys, before any ballot.
func (s *Store) openMeeting(ctx context.Context, communityID, id string) error {
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		log, err := openLog(tx, communityID, id)
		if err != nil {
			return err
		}
		row, err := lockMeeting(tx, communityID, id)
		if err != nil || row.State != lifecycle.MeetingNoticed || row.OpensAt > now {
			return err // another replica was here first
		}
		next, illegal := lifecycle.Meetings.Next(row.State, lifecycle.EventOpen, lifecycle.System)
		if illegal != nil {
			return asRefusal(illegal)
		}
		body, err := s.openLeaf(tx, row)
		if err != nil {
			return err
		}
		if _, err := log.add(now, byServer, body); err != nil {
			return err
		}
		if err := s.addAmended(tx, log, now, row); err != nil {
			return err
		}
		if err := log.flush(tx); err != nil {
			return err
		}
		if err := s.checkpoint(tx, log, now); err != nil {
			return err
		}
		if err := setMeeting(tx, row, next, map[string]any{"opened_at": now}); err != nil {
			return err
		}
		return record(tx, now, System, communityID, "meeting_opened", "meeting", id, nil)
	})
	if err != nil {
		return fmt.Errorf("open meeting %s: %w", id, err)
	}
	return nil
}

// addAmended tells what was approved of the roster between the notice and the start, and who casts for whom by then.
func (s *Store) addAmended(tx *gorm.DB, log *logWriter, now int64, row meetingRow) error {
	since, err := amendedSince(tx, row.CommunityID, row.RosterID)
	if err != nil {
		return err
	}
	for _, amendment := range since {
		if err := s.addAmend(log, now, amendment.published(), amendment.first, amendment.second); err != nil {
			return err
		}
	}
	mandates, err := mandatesOn(tx, row.CommunityID, row.RosterID)
	if err != nil {
		return err
	}
	for _, mandate := range mandates {
		entry, err := s.mandateEntry(tx, mandate)
		if err != nil {
			return err
		}
		if err := s.addAmend(log, now, entry, mandate.ProposedBy, mandate.DecidedBy); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) openLeaf(tx *gorm.DB, row meetingRow) (ledger.Open, error) {
	var list rosterRow
	if err := tx.Where("community_id = ? AND id = ?", row.CommunityID, row.RosterID).Take(&list).Error; err != nil {
		return ledger.Open{}, fmt.Errorf("read the frozen roster: %w", err)
	}
	root, err := hashOf(list.Root)
	if err != nil {
		return ledger.Open{}, err
	}
	agenda, err := hashOf(row.NoticeHash)
	if err != nil {
		return ledger.Open{}, err
	}
	key, err := s.verifierKey(row.ID)
	if err != nil {
		return ledger.Open{}, err
	}
	witnesses, err := witnessesOf(tx, row.CommunityID, row.ID)
	if err != nil {
		return ledger.Open{}, err
	}
	return ledger.Open{RosterRoot: root, Units: list.Units, Heads: list.Heads, Area: list.AreaCM2,
		Rules: ledger.Sum([]byte(row.Pack)), Agenda: agenda, Opens: row.OpensAt, Closes: row.ClosesAt,
		LogKey: key, StreetKeys: witnesses, Release: s.release, Profile: ledger.ClosedBook}, nil
}

// closeMeeting writes the close leaf under the lock that casting takes: no ballot leaf can follow it.
func (s *Store) closeMeeting(ctx context.Context, communityID, id string) error {
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		log, err := openLog(tx, communityID, id)
		if err != nil {
			return err
		}
		row, err := lockMeeting(tx, communityID, id)
		if err != nil || row.State != lifecycle.MeetingVoting || row.ClosesAt+CloseGrace > now {
			return err
		}
		next, illegal := lifecycle.Meetings.Next(row.State, lifecycle.EventClose, lifecycle.System)
		if illegal != nil {
			return asRefusal(illegal)
		}
		channels, total, err := ballotsByChannel(tx, communityID, id)
		if err != nil {
			return err
		}
		if _, err := log.add(now, byServer, ledger.Close{Leaves: log.edge.Size, Ballots: total, ByChannel: channels}); err != nil {
			return err
		}
		log.head.Closed = true
		if err := log.flush(tx); err != nil {
			return err
		}
		if err := s.checkpoint(tx, log, now); err != nil {
			return err
		}
		if err := setMeeting(tx, row, next, map[string]any{"closed_at": now}); err != nil {
			return err
		}
		return record(tx, now, System, communityID, "meeting_closed", "meeting", id, map[string]int64{"ballots": total})
	})
	if err != nil {
		return fmt.Errorf("close meeting %s: %w", id, err)
	}
	return nil
}

func ballotsByChannel(tx *gorm.DB, communityID, id string) (map[lifecycle.Channel]int64, int64, error) {
	var rows []struct {
		Channel lifecycle.Channel
		N       int64
	}
	err := tx.Table("ballot").Select("channel, COUNT(*) AS n").Where("community_id = ? AND meeting_id = ?", communityID, id).
		Group("channel").Scan(&rows).Error
	if err != nil {
		return nil, 0, fmt.Errorf("count ballots: %w", err)
	}
	channels, total := map[lifecycle.Channel]int64{}, int64(0)
	for _, row := range rows {
		channels[row.Channel] = row.N
		total += row.N
	}
	return channels, total, nil
}

// jsonText encodes a value for a TEXT column.
func jsonText(value any) (string, error) {
	encoded, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("encode: %w", err)
	}
	return string(encoded), nil
}
