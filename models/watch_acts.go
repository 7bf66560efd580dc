package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/watch"
)

// WantedWatch puts a community on the watch list, or changes why and until when it is.
type WantedWatch struct {
	Reasons []watch.Reason
	Basis   string // document or rule; may be empty
	Body    string // what the matter is
	Until   string // date of the last day; empty for until it is taken off
}

// The bounds of such an entry: texts in characters, the last day in years.
const (
	mostWatchBody  = 1000
	mostWatchYears = 5
)

// PutOnWatch puts a community on the list. Refusals: illegal_step (neither street nor district), required (reasons, body),
// bad_value (reasons, until), too_long, reason_names_person, already_watched.
func (s *Store) PutOnWatch(ctx context.Context, by Actor, communityID string, wanted WantedWatch) error {
	return s.setWatch(ctx, by, communityID, watch.Listed, wanted)
}

// ChangeWatch changes why, or until when. Refusals: those of [Store.PutOnWatch], and not_watched for already_watched.
func (s *Store) ChangeWatch(ctx context.Context, by Actor, communityID string, wanted WantedWatch) error {
	return s.setWatch(ctx, by, communityID, watch.Changed, wanted)
}

func (s *Store) setWatch(ctx context.Context, by Actor, communityID string, kind watch.Kind, wanted WantedWatch) error {
	reasons := make([]string, len(wanted.Reasons))
	for i, reason := range wanted.Reasons {
		if !slices.Contains(watch.Reasons, reason) || slices.Contains(wanted.Reasons[:i], reason) {
			return refuseField("bad_value", "reasons")
		}
		reasons[i] = string(reason)
	}
	if len(reasons) == 0 {
		return refuseField("required", "reasons")
	}
	return s.keepWatch(ctx, by, communityID, watchRow{Kind: kind, Reasons: strings.Join(reasons, ","), Basis: wanted.Basis, Body: wanted.Body}, wanted.Until,
		func(stands Watched) ([]string, error) {
			if kind == watch.Listed && stands.On {
				return nil, refuse("already_watched")
			}
			if kind == watch.Changed && !stands.On {
				return nil, refuse("not_watched")
			}
			return keysOf(stands.Suggested, func(f WatchFact) bool { return slices.Contains(wanted.Reasons, f.Reason) }), nil
		})
}

// RemoveFromWatch takes a community off the list, also one whose last day has passed; what the system had found until then
// suggests it no more. Refusals: illegal_step, required, too_long, reason_names_person, not_watched.
func (s *Store) RemoveFromWatch(ctx context.Context, by Actor, communityID, reason string) error {
	return s.keepWatch(ctx, by, communityID, watchRow{Kind: watch.Removed, Body: reason}, "", func(stands Watched) ([]string, error) {
		if !stands.On && !stands.Over {
			return nil, refuse("not_watched")
		}
		return append([]string{}, stands.known...), nil
	})
}

// DismissWatch puts aside what suggests the list: facts of one flag, by the keys that whoever does so had before them.
// Refusals: illegal_step, bad_value (flag), required, too_long, reason_names_person, no_suggestion (none of them suggests it
// any more).
func (s *Store) DismissWatch(ctx context.Context, by Actor, communityID string, flag watch.Reason, keys []string, reason string) error {
	if !slices.Contains(watch.Flags, flag) {
		return refuseField("bad_value", "flag")
	}
	return s.keepWatch(ctx, by, communityID, watchRow{Kind: watch.Dismissed, Reasons: string(flag), Body: reason}, "", func(stands Watched) ([]string, error) {
		seen := keysOf(stands.Suggested, func(f WatchFact) bool { return f.Reason == flag && slices.Contains(keys, f.Key) })
		if len(seen) == 0 {
			return nil, refuse("no_suggestion")
		}
		return seen, nil
	})
}

func keysOf(facts []WatchFact, want func(WatchFact) bool) []string {
	keys := []string{}
	for _, fact := range facts {
		if want(fact) {
			keys = append(keys, fact.Key)
		}
	}
	return keys
}

// keepWatch adds an entry, where allow finds nothing in its way; it gives the facts that the entry has before it.
func (s *Store) keepWatch(ctx context.Context, by Actor, communityID string, row watchRow, until string, allow func(Watched) ([]string, error)) error {
	if Role(by.Role) != RoleStreet && Role(by.Role) != RoleDistrict {
		return refuse("illegal_step")
	}
	row.Basis, row.Body = strings.TrimSpace(row.Basis), strings.TrimSpace(row.Body)
	field := "reason"
	if row.Kind == watch.Listed || row.Kind == watch.Changed {
		field = "body"
	}
	if err := publicTexts(publicText{"basis", row.Basis, mostBasis, false}, publicText{field, row.Body, mostWatchBody, true}); err != nil {
		return err
	}
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return err
	}
	stands, err := s.WatchOf(ctx, communityID)
	if err != nil {
		return err
	}
	facts, err := allow(stands)
	if err != nil {
		return err
	}
	if row.Facts, err = jsonText(facts); err != nil {
		return err
	}
	row.CommunityID, row.ID, row.Authority, row.Name, row.MadeBy = communityID, newID(), lifecycle.Actor(by.Role), supervisorName(community, Meeting{}, by), by.ID
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		if row.UntilAt, err = lastDay(until, now); err != nil {
			return err
		}
		before, err := watchHistory(tx, communityID)
		if err != nil {
			return err
		}
		if len(before) != len(stands.Entries) {
			return refuse("illegal_step") // somebody else was first
		}
		row.Number, row.At = int64(len(before))+1, now
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep an entry of the watch list: %w", raced(err))
		}
		return record(tx, now, by, communityID, "watch_"+string(row.Kind), "watch", row.ID, map[string]int64{"number": row.Number})
	})
}

// lastDay is the end of a day ahead, 0 for none. Refusal: bad_value (until).
func lastDay(text string, now int64) (int64, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	day, err := calendar.ParseDay(text)
	if err != nil || day < calendar.StartOfDay(now) || day > calendar.AddMonths(now, 12*mostWatchYears) {
		return 0, refuseField("bad_value", "until")
	}
	return calendar.EndOfDay(day, 0), nil
}
