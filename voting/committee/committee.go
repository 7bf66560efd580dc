// Package committee holds what the law says of a committee between two elections: when its decisions have a majority, who
// takes a vacant seat, when too few are left, and who may sit on an interim body. It knows no database and no clock.
package committee

import "gongjue/voting/lifecycle"

// Seat is a member or an alternate, as far as order and vacancies go.
type Seat struct {
	Position int64 // in the order of the election: members first, then alternates by their votes
	State    lifecycle.MemberState
	Group    string // of seats, such as a building; empty where they are not shared out
}

// Majority tells whether so many are more than half of all (过半数: exactly one half is not).
func Majority(part, all int64) bool { return 2*part > all }

// Holding are those who hold a seat, suspended members among them: 全体委员.
func Holding(seats []Seat) (n int64) {
	for _, seat := range seats {
		if seat.State == lifecycle.MemberServing || seat.State == lifecycle.MemberSuspended {
			n++
		}
	}
	return n
}

// Group is how many seats are kept for some of the members. A committee whose seats are not shared out has one without a name.
type Group struct {
	Name  string `json:"name"`
	Seats int64  `json:"seats"`
}

// Next is the position of the alternate who takes a vacant seat of a group, the first in order of those who are left; a
// seat that was kept for a group is never filled from another. 0 where no seat is vacant or no alternate is left.
func Next(list []Seat, group Group) int64 {
	holding, next := int64(0), int64(0)
	for _, seat := range list {
		switch {
		case seat.Group != group.Name || seat.State == lifecycle.MemberLeft:
		case seat.State != lifecycle.MemberAlternate:
			holding++
		case next == 0 || seat.Position < next:
			next = seat.Position
		}
	}
	if holding >= group.Seats {
		return 0
	}
	return next
}

// Fillers are the positions of the alternates who may take a seat now, one for each group with a vacant seat.
func Fillers(list []Seat, groups []Group) (positions []int64) {
	for _, group := range groups {
		if next := Next(list, group); next != 0 {
			positions = append(positions, next)
		}
	}
	return positions
}

// TooFew tells whether so many members of a committee of so many seats are less than one half of it, or fewer than the
// smallest that the law of the place allows (0 where it does not ask).
func TooFew(holding, seats, smallest int64) bool { return 2*holding < seats || holding < smallest }
