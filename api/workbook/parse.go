package workbook

import (
	"bytes"
	"io"
	"slices"

	"gongjue/voting/roster"
)

// batchRows is the number of rows that go from the reading to the parsing at once: enough that the hand-over
// costs nothing, few enough that they need no memory.
const batchRows = 256

// Parse reads a file and parses it as a roster at the same time, without ever holding all its rows. The
// errors are those of [Limits.Read]; with one, nothing of the file counts.
func (l Limits) Parse(file io.ReaderAt, size int64, name string, guidance roster.Guidance) (roster.Roster, []roster.Issue, error) {
	rows := &conveyor{steps: make(chan []step, 4)}
	parser := roster.NewParser(guidance)
	crashed := make(chan any, 1)
	go func() { crashed <- rows.takeAll(parser) }()
	err := l.readInto(file, size, name, rows)
	if crash := <-crashed; crash != nil {
		panic(crash) // in the goroutine of the caller, who answers for it
	}
	if err != nil {
		return roster.Roster{}, nil, err
	}
	parsed, issues := parser.Finish()
	return parsed, issues, nil
}

// readInto reads a file onto the conveyor and stops it, also after a panic: nobody may wait for it.
func (l Limits) readInto(file io.ReaderAt, size int64, name string, rows *conveyor) error {
	defer close(rows.steps)
	defer rows.send()
	return l.read(file, size, name, rows)
}

// ParseBytes is Parse over an upload that is in memory already.
func (l Limits) ParseBytes(data []byte, name string, guidance roster.Guidance) (roster.Roster, []roster.Issue, error) {
	return l.Parse(bytes.NewReader(data), int64(len(data)), name, guidance)
}

// step is a sheet that begins, or a row of the one that is open.
type step struct {
	sheet *roster.Sheet
	row   roster.Row
}

func (s step) take(parser *roster.Parser) {
	if s.sheet != nil {
		parser.Sheet(*s.sheet)
		return
	}
	parser.Row(s.row)
}

// conveyor hands the file over to another goroutine in batches.
type conveyor struct {
	steps chan []step
	batch []step
}

// takeAll feeds the parser to the end. After a panic it gives the cause, and goes on emptying the conveyor so
// that the reading does not wait for it.
func (c *conveyor) takeAll(parser *roster.Parser) (crash any) {
	defer func() {
		if crash = recover(); crash != nil {
			for batch := range c.steps {
				clear(batch)
			}
		}
	}()
	for batch := range c.steps {
		for _, s := range batch {
			s.take(parser)
		}
	}
	return nil
}

func (c *conveyor) Sheet(sheet roster.Sheet) { c.push(step{sheet: &sheet}) }

func (c *conveyor) Row(row roster.Row) { c.push(step{row: row}) }

func (c *conveyor) push(s step) {
	if c.batch == nil {
		c.batch = make([]step, 0, batchRows)
	}
	if c.batch = append(c.batch, s); len(c.batch) == batchRows {
		c.send()
	}
}

func (c *conveyor) send() {
	if len(c.batch) > 0 {
		c.steps <- slices.Clip(c.batch)
	}
	c.batch = nil
}
