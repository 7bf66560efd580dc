package voting

import "strings"

// Unit is an exclusive part (专有部分) of a voter.
type Unit struct {
	Place  string `json:"place"`             // building, stair, room joined by slashes, such as "3号楼/1单元/301"
	Area   Area   `json:"area_cm2"`          // 0 where the rules of procedure leave its area out
	NoHead bool   `json:"no_head,omitempty"` // gives no head by itself: a parking space under the announced rule
}

// Voter is the holder of one head (投票权人): one set of co-owners with all units they hold.
type Voter struct {
	ID    string `json:"id"`
	Units []Unit `json:"units"`
}

// Ballot is what one voter answered on one matter. The choice of a void ballot is not looked at.
type Ballot struct {
	Voter  string `json:"voter"`
	Choice Choice `json:"choice"`
	Void   bool   `json:"void,omitempty"`
}

// Inside tells whether a unit's place lies in the scope: it equals a place of the scope or starts with
// it and a slash ("7" holds "7/1/301", not "71/1/301"). An empty scope holds every place.
func Inside(place string, scope []string) bool {
	for _, part := range scope {
		if place == part || strings.HasPrefix(place, part+"/") {
			return true
		}
	}
	return len(scope) == 0
}

// Within is what the voter weighs in a vote of that scope: one head for whoever holds at least one unit
// inside, and the area of the units inside. Everything outside is left out (domain trap 14).
func (v Voter) Within(scope []string) Weight {
	var w Weight
	for _, unit := range v.Units {
		if !Inside(unit.Place, scope) {
			continue
		}
		w.Area += unit.Area
		if !unit.NoHead {
			w.Heads = 1
		}
	}
	return w
}

// Entitled tells whether the voter takes part in a vote of that scope.
func (v Voter) Entitled(scope []string) bool { return v.Within(scope) != Weight{} }
