package roster

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"gongjue/voting"
)

// GridBuilding is one building as its residents know it: stairs beside each other, floors one above the
// other, doors from the left.
type GridBuilding struct {
	Name   string      `json:"name"`
	Area   voting.Area `json:"area_cm2"` // of the units that count
	Units  int         `json:"units"`
	Stairs []GridStair `json:"stairs"`
}

// GridStair is one stair. Every floor has as many cells as there are Doors, in their order; rooms that are
// no floor and door stand in Others.
type GridStair struct {
	Name   string      `json:"name"` // empty where the building has none
	Doors  []string    `json:"doors"`
	Floors []GridFloor `json:"floors"` // the highest first
	Others []GridCell  `json:"others"`
}

// GridFloor is one floor.
type GridFloor struct {
	Number int        `json:"number"`
	Cells  []GridCell `json:"cells"`
}

// GridCell is one room; its State is empty where the floor has no such door.
type GridCell struct {
	State  CellState   `json:"state,omitempty"`
	Place  string      `json:"place,omitempty"`
	Room   string      `json:"room,omitempty"`
	Usage  string      `json:"usage,omitempty"`
	Area   voting.Area `json:"area_cm2,omitempty"`
	Status string      `json:"status,omitempty"` // 已交付, 未交付, 未售
	Sheet  string      `json:"sheet,omitempty"`
	Row    int         `json:"row,omitempty"`
	Issues int         `json:"issues,omitempty"`
	Text   string      `json:"text,omitempty"` // the gravest doubt
}

// CellState is the colour of a room.
type CellState string

// The states, the gravest first.
const (
	CellError     CellState = "error"     // kept out until it is mended
	CellMissing   CellState = "missing"   // seems to be forgotten
	CellWarning   CellState = "warning"   // to be confirmed
	CellConfirmed CellState = "confirmed" // every doubt was confirmed
	CellOK        CellState = "ok"
)

// CellStates lists them.
var CellStates = []CellState{CellError, CellMissing, CellWarning, CellConfirmed, CellOK}

// Grid lays a roster out by building, floor and door, in the order in which the buildings stand in the file. Whatever looks
// like a number of a person in a place is masked: a wrong column may stand where the rooms should.
func Grid(r Roster, review Review) []GridBuilding {
	g := &gridder{doubts: map[string]doubts{}}
	g.judge(review)
	for i := range r.Units {
		g.put(&r.Units[i], false)
	}
	for i := range r.Held {
		g.put(&r.Held[i], true)
	}
	for _, m := range r.Missing {
		g.miss(m)
	}
	buildings := make([]GridBuilding, len(g.buildings))
	for i, b := range g.buildings {
		buildings[i] = GridBuilding{Name: MaskPlace(b.name), Area: b.area, Units: b.units}
		for _, s := range b.stairs {
			buildings[i].Stairs = append(buildings[i].Stairs, s.laid())
		}
	}
	return buildings
}

// doubts are the issues of one unit.
type doubts struct {
	count int
	state CellState
	text  string
}

type gridder struct {
	buildings []*gridBuilding
	doubts    map[string]doubts // by place
}

type gridBuilding struct {
	name   string
	area   voting.Area
	units  int
	stairs []*gridStair
}

type gridStair struct {
	name  string
	cells []gridRoom
}

type gridRoom struct {
	GridCell
	floor int
	door  string
	known bool
}

func (g *gridder) judge(review Review) {
	note := func(issue Issue, state CellState) {
		if issue.Unit == "" || issue.Code == UnitsMissing {
			return
		}
		d := g.doubts[issue.Unit]
		if d.count++; d.count == 1 {
			d.state, d.text = state, issue.Message
		}
		g.doubts[issue.Unit] = d
	}
	for _, issue := range review.Errors {
		note(issue, CellError)
	}
	for _, issue := range review.Open {
		note(issue, CellWarning)
	}
	for _, settled := range review.Confirmed {
		note(settled.Issue, CellConfirmed)
	}
}

func (g *gridder) building(name string) *gridBuilding {
	if i := slices.IndexFunc(g.buildings, func(b *gridBuilding) bool { return b.name == name }); i >= 0 {
		return g.buildings[i]
	}
	b := &gridBuilding{name: name}
	g.buildings = append(g.buildings, b)
	return b
}

func (b *gridBuilding) stair(name string) *gridStair {
	if i := slices.IndexFunc(b.stairs, func(s *gridStair) bool { return s.name == name }); i >= 0 {
		return b.stairs[i]
	}
	s := &gridStair{name: name}
	b.stairs = append(b.stairs, s)
	return s
}

func (g *gridder) put(u *Unit, held bool) {
	b := g.building(u.Building)
	cell := gridRoom{GridCell: GridCell{State: CellOK, Place: MaskPlace(u.Place()), Room: MaskPlace(u.Room), Usage: MaskPlace(u.Usage), Area: u.Area,
		Status: u.statusName(), Sheet: u.Sheet, Row: u.Row}}
	if d := g.doubts[u.Place()]; d.count > 0 {
		cell.State, cell.Issues, cell.Text = d.state, d.count, d.text
	}
	if held {
		cell.State = CellError
	} else {
		b.area += u.Area
		b.units++
	}
	cell.floor, cell.door, cell.known = floorAndDoor(u.Room)
	cell.door += strings.TrimLeft(u.Room, "0123456789")
	s := b.stair(u.Stair)
	s.cells = append(s.cells, cell)
}

// miss puts a room that seems to be forgotten.
func (g *gridder) miss(m MissingRoom) {
	cell := gridRoom{GridCell: GridCell{State: CellMissing, Place: place(m.Building, m.Stair, m.Room), Room: m.Room, Issues: 1,
		Text: "其他楼层都有这个房号，名册里没有。"}}
	cell.floor, cell.door, cell.known = floorAndDoor(m.Room)
	s := g.building(m.Building).stair(m.Stair)
	s.cells = append(s.cells, cell)
}

// laid puts the rooms of a stair into floors and columns. Two rooms of one door on one floor (held twice in
// the file) do not fit a grid: the second stands with the others.
func (s *gridStair) laid() GridStair {
	laid := GridStair{Name: MaskPlace(s.name), Doors: []string{}, Floors: []GridFloor{}, Others: []GridCell{}}
	for _, c := range s.cells {
		if c.known && !slices.Contains(laid.Doors, c.door) {
			laid.Doors = append(laid.Doors, c.door)
		}
	}
	sort.Strings(laid.Doors)
	floors := map[int][]GridCell{}
	for _, c := range s.cells {
		door := slices.Index(laid.Doors, c.door)
		if c.known && floors[c.floor] == nil {
			floors[c.floor] = make([]GridCell, len(laid.Doors))
		}
		if !c.known || floors[c.floor][door].State != "" {
			laid.Others = append(laid.Others, c.GridCell)
			continue
		}
		floors[c.floor][door] = c.GridCell
	}
	for number, cells := range floors {
		laid.Floors = append(laid.Floors, GridFloor{number, cells})
	}
	sort.Slice(laid.Floors, func(i, j int) bool { return laid.Floors[i].Number > laid.Floors[j].Number })
	return laid
}

// Label is how a floor is written: 12 层.
func (f GridFloor) Label() string { return strconv.Itoa(f.Number) + " 层" }
