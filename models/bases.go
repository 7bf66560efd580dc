package models

import (
	"context"
	"sync"

	"gongjue/voting"
)

// memory keeps what was worked out from rows that never change, by matter. Its key names everything that it was
// worked out from, so that it cannot go stale; it is emptied when it is full.
type memory[T any] struct {
	mu    sync.Mutex
	known map[string]map[string]T
}

// maxRemembered bounds a memory.
const maxRemembered = 1000

func (m *memory[T]) get(key string) map[string]T {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.known[key]
}

func (m *memory[T]) put(key string, byMatter map[string]T) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil || len(m.known) >= maxRemembered {
		m.known = map[string]map[string]T{}
	}
	m.known[key] = byMatter
}

// Bases gives, for every matter of a meeting, the weight of everybody inside its scope: the denominators.
// After the notice they never change: roster, matters and scopes are frozen. The caller does not change the map.
func (s *Store) Bases(ctx context.Context, meeting Meeting) (map[string]voting.Weight, error) {
	if bases := s.bases.get(meeting.NoticeHash); bases != nil && meeting.NoticeHash != "" {
		return bases, nil
	}
	voters, err := votersOf(s.read(ctx), meeting.CommunityID, meeting.RosterID)
	if err != nil {
		return nil, err
	}
	bases := make(map[string]voting.Weight, len(meeting.Matters))
	for _, matter := range meeting.Matters {
		var base voting.Weight
		for _, voter := range voters {
			base = base.Plus(voter.Within(matter.Rule.Scope))
		}
		bases[matter.ID] = base
	}
	if meeting.NoticeHash != "" {
		s.bases.put(meeting.NoticeHash, bases)
	}
	return bases, nil
}
