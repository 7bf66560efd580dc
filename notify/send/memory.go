package send

import (
	"context"
	"slices"
	"sync"
)

// Bounds of the memory sender: how many recipients, and how many messages of each.
const (
	maxRecipients = 1000
	maxEach       = 5
)

// MemorySender keeps the latest messages, so that the demo's page can show the code that a phone would
// have received. It is for the demo only: it forgets the recipient longest unheard of when it is full.
type MemorySender struct {
	mu     sync.Mutex
	boxes  map[string][]Message
	recent []string // recipients, the one longest unheard of first
}

// Send keeps the message; it never fails.
func (s *MemorySender) Send(_ context.Context, message Message) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.boxes == nil {
		s.boxes = map[string][]Message{}
	}
	if at := slices.Index(s.recent, message.To); at >= 0 {
		s.recent = slices.Delete(s.recent, at, at+1)
	} else if len(s.recent) == maxRecipients {
		delete(s.boxes, s.recent[0])
		s.recent = slices.Delete(s.recent, 0, 1)
	}
	s.recent = append(s.recent, message.To)
	box := append(s.boxes[message.To], message)
	s.boxes[message.To] = slices.Clone(box[max(0, len(box)-maxEach):])
	return nil
}

// Latest gives the messages of a recipient, the newest first; nil when there are none.
func (s *MemorySender) Latest(to string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	box := slices.Clone(s.boxes[to])
	slices.Reverse(box)
	return box
}

// ByKey gives the message of a dedupe key while it is kept; ok is false for none.
func (s *MemorySender) ByKey(key string) (message Message, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, box := range s.boxes {
		for _, kept := range box {
			if kept.DedupeKey == key {
				return kept, true
			}
		}
	}
	return Message{}, false
}
