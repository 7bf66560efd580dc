package web

import (
	"net/url"

	"gongjue/voting/roster"
)

// IntakeChanges compares a file with the roster in force. Version 0: there is none.
type IntakeChanges struct {
	Shell
	File      string
	IntakeURL string
	Version   int
	Diff      roster.Diff
}

// IntakeGrid is one building of a file by floor and door.
type IntakeGrid struct {
	Shell
	File      string
	IntakeURL string
	Names     []string // of all buildings
	Building  *roster.GridBuilding
}

// RowURL is where a room's row is mended; empty for a room that the file does not have.
func (g IntakeGrid) RowURL(cell roster.GridCell) string {
	if cell.Row == 0 {
		return ""
	}
	return g.IntakeURL + "/row?sheet=" + url.QueryEscape(cell.Sheet) + "&row=" + text(cell.Row)
}

// IntakeHeads explains the number of heads, and takes decisions. Fields: `do` (merge, split, undo), `units`
// (several places), `why`.
type IntakeHeads struct {
	Shell
	Form
	File      string
	IntakeURL string
	Account   roster.Account
	Decisions roster.Decisions
}

// door is one room of the grid with the way to its row. The mark says the state beside the colour.
type door struct {
	roster.GridCell
	URL, Mark string
}

var doorMarks = map[roster.CellState]string{roster.CellError: "! ", roster.CellMissing: "＋ ", roster.CellWarning: "? ", roster.CellConfirmed: "✓ "}

func newDoor(g IntakeGrid, cell roster.GridCell) door {
	return door{cell, g.RowURL(cell), doorMarks[cell.State]}
}

// Blank is a form without problems: what was refused is told once, above the many forms of the page.
func (h IntakeHeads) Blank() Form { return Form{Action: h.Action} }
