package models

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"gorm.io/gorm"

	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// trees keep the hash trees of logs and of frozen rosters in memory, so that a proof for one home does not read a whole
// log. They can be lost at any time: the database has the leaves, and every tree is compared with its stored root.
type trees struct {
	mu      sync.Mutex
	logs    map[string]*logTree    // by meeting
	rosters map[string]*rosterTree // by roster
	hashes  int64                  // that all of them may hold together

	registers map[string][]byte // texts of who voted, by meeting; written once, at the count
}

// mostHashes bounds what is kept; beyond it everything is forgotten and read again when it is asked for. A hash takes 32
// bytes, and a tree has two for every leaf.
const mostHashes = 4 << 20

type logTree struct {
	mu   sync.Mutex
	tree ledger.Tree
}

type rosterTree struct {
	lines []ledger.RosterLeaf // in the order of slots
	tree  *ledger.Tree
}

// room makes place for a tree of that many leaves. Called with the lock held.
func (t *trees) room(leaves int64) {
	if t.logs == nil || t.hashes+2*leaves > mostHashes {
		t.logs, t.rosters, t.registers, t.hashes = map[string]*logTree{}, map[string]*rosterTree{}, map[string][]byte{}, 0
	}
	t.hashes += 2 * leaves
}

func (t *trees) ofLog(head logHeadRow) *logTree {
	t.mu.Lock()
	defer t.mu.Unlock()
	known := t.logs[head.MeetingID]
	if known == nil {
		t.room(head.Size)
		known = &logTree{}
		t.logs[head.MeetingID] = known
	}
	return known
}

// prover proves leaves of one log as its head stood.
type prover struct {
	db   *gorm.DB
	head logHeadRow
	root ledger.Hash // of the head
	tree *logTree
}

// upTo gives the size and the root to speak of, with everything up to a leaf in it. While voting goes on it moves as
// published turnout does: how many have voted so far is not told one by one.
func (p *prover) upTo(state lifecycle.MeetingState, last int64) (int64, ledger.Hash, error) {
	if state != lifecycle.MeetingVoting {
		return p.head.Size, p.root, nil
	}
	size := max(last+1, p.head.Size-p.head.Size%turnoutStep)
	p.tree.mu.Lock()
	defer p.tree.mu.Unlock()
	root, err := ledger.RootOf(size, &p.tree.tree)
	return size, root, err
}

// proverOf reads the leaves that the kept tree lacks. Refusals: meeting_not_started (no log yet), ledger_mismatch (the
// leaves are not those of the head).
func (s *Store) proverOf(ctx context.Context, meeting Meeting) (*prover, error) {
	p := &prover{db: s.read(ctx)}
	var heads []logHeadRow
	err := p.db.Where("community_id = ? AND meeting_id = ? AND size > 0", meeting.CommunityID, meeting.ID).Limit(1).Find(&heads).Error
	if err != nil {
		return nil, fmt.Errorf("read the log head: %w", err)
	}
	if len(heads) == 0 {
		return nil, refuse("meeting_not_started")
	}
	p.head = heads[0]
	edge, err := ledger.ParseEdge(p.head.Edge)
	if err != nil {
		return nil, fmt.Errorf("read the log head of meeting %s: %w", meeting.ID, err)
	}
	p.root, p.tree = edge.Root(), s.trees.ofLog(p.head)
	p.tree.mu.Lock()
	defer p.tree.mu.Unlock()
	for try := 1; ; try++ {
		root, err := p.grow()
		if err != nil {
			return nil, err
		}
		if root == p.root {
			return p, nil
		}
		if try > 1 {
			return nil, refuse("ledger_mismatch")
		}
		p.tree.tree = ledger.Tree{} // of a database that was put back since
	}
}

// grow brings the tree up to the head and gives the root at the head's size.
func (p *prover) grow() (ledger.Hash, error) {
	if from := p.tree.tree.Size(); from < p.head.Size {
		var fresh []ledger.Hash
		query := p.db.Table("ledger_leaf").Select("body").Where("community_id = ? AND meeting_id = ? AND idx >= ? AND idx < ?",
			p.head.CommunityID, p.head.MeetingID, from, p.head.Size).Order("idx")
		err := eachRow(query, func(rows *sql.Rows) error {
			var leaf sql.RawBytes
			err := rows.Scan(&leaf)
			fresh = append(fresh, ledger.LeafHash(leaf))
			return err
		})
		if err != nil {
			return ledger.Hash{}, fmt.Errorf("read leaves: %w", err)
		}
		if int64(len(fresh)) != p.head.Size-from {
			return ledger.Hash{}, nil // no root: leaves are missing
		}
		if err := p.tree.tree.Append(fresh...); err != nil {
			return ledger.Hash{}, err
		}
	}
	return ledger.RootOf(p.head.Size, &p.tree.tree)
}

// prove gives leaves with their proofs in the tree of a size, in the order asked for. Refusal: ledger_mismatch.
func (p *prover) prove(size int64, root ledger.Hash, indexes ...int64) ([]ledger.ProvenLeaf, error) {
	var rows []leafRow
	for from := 0; from < len(indexes); from += insertBatch {
		var part []leafRow
		err := p.db.Select("idx, body").Where("community_id = ? AND meeting_id = ? AND idx IN ?", p.head.CommunityID, p.head.MeetingID,
			indexes[from:min(from+insertBatch, len(indexes))]).Find(&part).Error
		if err != nil {
			return nil, fmt.Errorf("read leaves: %w", err)
		}
		rows = append(rows, part...)
	}
	bodies := make(map[int64][]byte, len(rows))
	for _, row := range rows {
		bodies[row.Idx] = row.Body
	}
	p.tree.mu.Lock()
	defer p.tree.mu.Unlock()
	proven := make([]ledger.ProvenLeaf, len(indexes))
	for i, index := range indexes {
		proof, err := ledger.ProveInclusion(size, index, &p.tree.tree)
		if err != nil {
			return nil, err
		}
		if ledger.CheckInclusion(proof, size, root, index, ledger.LeafHash(bodies[index])) != nil {
			return nil, refuse("ledger_mismatch")
		}
		proven[i] = ledger.ProvenLeaf{Leaf: bodies[index], Proof: proof}
	}
	return proven, nil
}

// rosterTreeOf gives the lines of a frozen roster with their tree. Refusal: ledger_mismatch (its rows are not those of its root).
func (s *Store) rosterTreeOf(db *gorm.DB, communityID, rosterID string) (*rosterTree, error) {
	s.trees.mu.Lock()
	known := s.trees.rosters[rosterID]
	s.trees.mu.Unlock()
	if known != nil {
		return known, nil
	}
	var list rosterRow
	if err := db.Where("community_id = ? AND id = ?", communityID, rosterID).Take(&list).Error; err != nil {
		return nil, fmt.Errorf("read the roster: %w", err)
	}
	lines, _, err := rosterLeaves(db, communityID, rosterID)
	if err != nil {
		return nil, err
	}
	known = &rosterTree{lines: lines, tree: ledger.NewTree(ledger.RosterHashes(lines))}
	if root, err := ledger.RootOf(int64(len(lines)), known.tree); err != nil || root.String() != list.Root {
		return nil, refuse("ledger_mismatch")
	}
	s.trees.mu.Lock()
	defer s.trees.mu.Unlock()
	s.trees.room(4 * int64(len(lines))) // a line takes as much as some hashes
	s.trees.rosters[rosterID] = known
	return known, nil
}

// units are the homes of one voter with everything that opens their lines.
func (t *rosterTree) units(db *gorm.DB, communityID, rosterID, voterID string) ([]ledger.RecordedUnit, error) {
	var rows []unitRow
	err := db.Where("community_id = ? AND roster_id = ? AND voter_id = ?", communityID, rosterID, voterID).Order("slot").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read the units of a voter: %w", err)
	}
	units := make([]ledger.RecordedUnit, len(rows))
	for i, row := range rows {
		proof, err := ledger.ProveInclusion(int64(len(t.lines)), row.Slot, t.tree)
		if err != nil {
			return nil, err
		}
		units[i] = ledger.RecordedUnit{Line: t.lines[row.Slot], Proof: proof,
			Home: ledger.Place{Slot: row.Slot, Place: row.place(), Unit: row.ID, Voter: row.VoterID, Salt: ledger.Salt(row.Salt)}}
	}
	return units, nil
}

// registerText is who voted, and by which way, in the form whose hash the first result leaf of a counted meeting holds.
// Refusal: ledger_mismatch.
func (s *Store) registerText(db *gorm.DB, meeting Meeting, fixed ledger.Hash) ([]byte, error) {
	s.trees.mu.Lock()
	known := s.trees.registers[meeting.ID]
	s.trees.mu.Unlock()
	if known != nil && ledger.Sum(known) == fixed {
		return known, nil
	}
	rows, err := castRows(db, meeting)
	if err != nil {
		return nil, err
	}
	texts, err := booksOf(db, meeting, rows)
	if err != nil {
		return nil, err
	}
	if ledger.Sum(texts.voted) != fixed {
		return nil, refuse("ledger_mismatch")
	}
	s.trees.mu.Lock()
	defer s.trees.mu.Unlock()
	s.trees.room(int64(len(rows)))
	s.trees.registers[meeting.ID] = texts.voted
	return texts.voted, nil
}
