package models

import (
	"context"
	"sync"

	"gongjue/voting"
)

// basesMemory keeps the denominators of noticed meetings, which never change: roster, matters and scopes are
// frozen. It is keyed by the notice's hash, so that it cannot go stale, and emptied when it is full.
type basesMemory struct {
	mu    sync.Mutex
	known map[string]map[string]voting.Weight
}

// maxBases bounds the memory of denominators.
const maxBases = 1000

func (m *basesMemory) get(notice string) map[string]voting.Weight {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.known[notice]
}

func (m *basesMemory) put(notice string, bases map[string]voting.Weight) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil || len(m.known) >= maxBases {
		m.known = map[string]map[string]voting.Weight{}
	}
	m.known[notice] = bases
}

// Bases gives, for every matter of a meeting, the weight of everybody inside its scope: the denominators.
// The caller does not change the map.
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
