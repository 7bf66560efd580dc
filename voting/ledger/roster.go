package ledger

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"gongjue/voting"
)

// ErrRoster says that roster leaves do not make a roster.
var ErrRoster = errors.New("malformed roster")

// RosterLeaf is one unit of the frozen roster as everybody may see it. Slots are a random permutation
// drawn at the freeze, never the order of the rooms; they run from 0.
type RosterLeaf struct {
	Slot        int64
	Unit        Hash // see UnitCommitment
	Head        Hash // see HeadCommitment
	Area        voting.Area
	HeadGroup   int64 // the lowest slot of the same voter: it makes an owner of 15 flats one head
	Owners      int64 // co-owners; 0 where nobody is known yet
	CountsArea  bool
	CountsHeads bool
}

// Hash is SHA-256(0x00 ‖ "gongjue.unit/v1\n" ‖ canonical JSON of the leaf).
func (l RosterLeaf) Hash() Hash { return LeafHash(l.appendTo([]byte("gongjue.unit/v1\n"))) }

func (l RosterLeaf) appendTo(dst []byte) []byte {
	o := object{raw: make([]byte, 0, 256), members: make([]member, 0, 8)}
	o.number("slot", l.Slot)
	o.hash("unit", l.Unit)
	o.hash("head", l.Head)
	o.number("area_cm2", int64(l.Area))
	o.number("head_group", l.HeadGroup)
	o.number("owners", l.Owners)
	o.flag("counts_area", l.CountsArea)
	o.flag("counts_heads", l.CountsHeads)
	return o.appendTo(dst)
}

// UnitCommitment binds a leaf to a unit; its owner gets the salt. Place is such as "3号楼/1单元/301".
func UnitCommitment(salt Salt, roster, unit, place string) Hash {
	return salt.mac("gongjue.unit/v1\x00", []byte(roster), []byte(unit), []byte(place))
}

// HeadCommitment binds a leaf to a voter; its owner gets the salt.
func HeadCommitment(salt Salt, roster, voter string) Hash {
	return salt.mac("gongjue.head/v1\x00", []byte(roster), []byte(voter))
}

// HeadGroups numbers voters by the lowest slot they hold: it takes the voter of every slot in the order of
// slots and gives the head group of every slot.
func HeadGroups(voterOfSlot []string) []int64 {
	first := make(map[string]int64, len(voterOfSlot))
	groups := make([]int64, len(voterOfSlot))
	for slot, voter := range voterOfSlot {
		if _, seen := first[voter]; !seen {
			first[voter] = int64(slot)
		}
		groups[slot] = first[voter]
	}
	return groups
}

// RosterHashes are the leaf hashes in the order of slots, for proofs.
func RosterHashes(units []RosterLeaf) []Hash {
	sorted := slices.SortedFunc(slices.Values(units), func(a, b RosterLeaf) int { return cmp.Compare(a.Slot, b.Slot) })
	hashes := make([]Hash, len(sorted))
	for i, unit := range sorted {
		hashes[i] = unit.Hash()
	}
	return hashes
}

// RosterRoot is the root over the leaves in the order of their slots, whatever order they come in. The
// notice prints it, see Hash.Printed.
func RosterRoot(units []RosterLeaf) Hash { return Root(RosterHashes(units)) }

// CheckRoster tells whether the leaves make a roster, and gives what anyone can recompute from them: the
// sum of the counted areas and the number of head groups with a counting unit. It refuses with ErrRoster
// slots that are not 0…n−1, an area below zero, and a head group that is not the lowest slot of its units.
func CheckRoster(units []RosterLeaf) (voting.Weight, error) {
	bySlot := make([]*RosterLeaf, len(units))
	for i := range units {
		slot := units[i].Slot
		if slot < 0 || slot >= int64(len(units)) || bySlot[slot] != nil {
			return voting.Weight{}, fmt.Errorf("%w: slot %d", ErrRoster, slot)
		}
		bySlot[slot] = &units[i]
	}
	var total voting.Weight
	heads := map[int64]bool{}
	for slot, unit := range bySlot {
		group := unit.HeadGroup
		if group < 0 || group > int64(slot) || bySlot[group].HeadGroup != group {
			return voting.Weight{}, fmt.Errorf("%w: head group of slot %d", ErrRoster, slot)
		}
		if unit.Area < 0 || unit.Area > maxUnitArea || unit.Owners < 0 {
			return voting.Weight{}, fmt.Errorf("%w: area or owners of slot %d", ErrRoster, slot)
		}
		if unit.CountsArea {
			total.Area += unit.Area
		}
		if unit.CountsHeads {
			heads[group] = true
		}
	}
	total.Heads = int64(len(heads))
	return total, nil
}

// maxUnitArea is the largest area that voting.ParseArea reads, so that sums stay far from overflow.
const maxUnitArea = voting.Area(999_999_999_999)
