package platform

import (
	"bytes"

	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// answers reads what a row says on every matter. A home outside a matter's scope has nothing to say on it; inside, a
// row with any answer has one on every matter.
func (r *reader) answers(row roster.Row, found *homeRow) bool {
	found.marks = map[string]ledger.PaperMark{}
	good := true
	for i, matter := range r.plan.Matters {
		number := i + 1
		mark, filled, fine := r.matter(row, number, matter)
		switch {
		case !fine:
			good = false
		case filled && !found.unit.inside(matter):
			r.issue(row.Number, r.columnOf(number), RoomOutOfScope, "", number)
			good = false
		case filled:
			found.marks[matter.ID] = mark
		case found.unit.inside(matter):
			r.issue(row.Number, r.columnOf(number), AnswerMissing, "", number)
			good = false
		}
	}
	return good
}

// columnOf is the header of the first column of a matter.
func (r *reader) columnOf(number int) string {
	if header := r.header(Answer, number); header != "" {
		return header
	}
	return r.header(Option, number)
}

// matter reads the cell or the cells of one matter; filled tells whether there is an answer, fine whether it can be
// used.
func (r *reader) matter(row roster.Row, number int, matter Matter) (mark ledger.PaperMark, filled, fine bool) {
	if column := r.find(Answer, number); column != nil {
		cell := r.cell(row, column.Place)
		if cell == "" {
			return mark, false, true
		}
		read := matter.read(cell, r.plan.Policies)
		return read.mark, true, r.accept(row.Number, *column, read.code, cell, number, matter)
	}
	return r.options(row, number, matter)
}

// accept reports what is wrong with a cell, or doubtful; false where it cannot be used.
func (r *reader) accept(row int, column Column, code Code, cell string, number int, matter Matter) bool {
	switch code {
	case "":
		return true
	case TooManyNames, NameTwice:
		r.issue(row, column.Header, code, "", number)
		return true
	case OptionUnknown:
		r.issue(row, column.Header, code, cell, number, matter.offered(r.plan.Policies))
	case VoidUnexplained:
		r.issue(row, column.Header, code, cell)
	default:
		r.issue(row, column.Header, code, cell, number)
	}
	return false
}

// keep notes a row, unless the home stands in the file already.
func (r *reader) keep(found homeRow) {
	if known, twice := r.places[found.unit.Place]; twice {
		code := DuplicateRow
		if !bytes.Equal(ledger.CanonicalPaper(known.marks), ledger.CanonicalPaper(found.marks)) {
			code = RowConflict
		}
		r.issue(found.number, found.address, code, "", known.number)
		return
	}
	r.places[found.unit.Place] = found
	if found.serial != "" {
		if known, twice := r.serials[found.serial]; twice {
			r.issue(found.number, r.header(Serial, 0), SerialTwice, found.serial, known.number)
			return
		}
		r.serials[found.serial] = found
	}
	r.rows = append(r.rows, found)
	r.Rows++
}

// assemble joins the rows of a voter to one ballot.
func (r *reader) assemble() {
	at := map[string]int{}
	for _, row := range r.rows {
		i, known := at[row.unit.Voter]
		if !known {
			i = len(r.Ballots)
			at[row.unit.Voter] = i
			r.Ballots = append(r.Ballots, Ballot{Voter: row.unit.Voter, Marks: map[string]ledger.PaperMark{}, Row: row.number})
		}
		r.join(&r.Ballots[i], row)
	}
	homes := map[string]int{} // that count for some matter
	for _, unit := range r.plan.Votes() {
		homes[unit.Voter]++
	}
	listed := map[string]int{}
	for _, row := range r.rows {
		listed[row.unit.Voter]++
	}
	for _, ballot := range r.Ballots {
		if all, some := homes[ballot.Voter], listed[ballot.Voter]; some < all {
			r.issue(ballot.Row, r.header(Room, 0), HomeMissing, "", all, some)
		}
		if channel := r.plan.Voted[ballot.Voter]; channel != "" {
			r.issue(ballot.Row, r.header(Room, 0), VotedAlready, "", ballotWords(channel))
		}
	}
}

func ballotWords(channel lifecycle.Channel) string {
	if channel == lifecycle.Paper {
		return "纸质票"
	}
	return "在本系统投的票"
}

// join adds a row to its voter's ballot. One head has one opinion: homes of a voter that answer differently are told,
// and nothing is chosen among them.
func (r *reader) join(ballot *Ballot, row homeRow) {
	for i, matter := range r.plan.Matters {
		mark, answered := row.marks[matter.ID]
		if !answered {
			continue
		}
		known, twice := ballot.Marks[matter.ID]
		if twice && !sameMark(known, mark) {
			r.issue(row.number, row.address, VotesDiffer, "", ballot.Row, i+1)
			continue
		}
		ballot.Marks[matter.ID] = mark
	}
	if row.at != 0 && (ballot.At == 0 || row.at < ballot.At) {
		ballot.At = row.at
	}
	if row.serial != "" {
		ballot.Serials = append(ballot.Serials, row.serial)
	}
}

func sameMark(a, b ledger.PaperMark) bool {
	one := func(m ledger.PaperMark) []byte { return ledger.CanonicalPaper(map[string]ledger.PaperMark{"": m}) }
	return bytes.Equal(one(a), one(b))
}
