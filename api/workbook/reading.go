package workbook

import (
	"sync"

	"github.com/xuri/excelize/v2"
)

// readers is the number of pieces of a sheet that are decoded at the same time.
const readers = 2

// decoding is a sheet on its way through the library: one goroutine makes pieces, others have them decoded, and each
// hands the pieces out in the order of the sheet.
type decoding struct {
	book  *excelize.File
	sheet string
	part  sheetPart

	mu    sync.Mutex // from putting a piece where the library looks for the sheet until the library has taken it
	stop  chan struct{}
	order chan *decoded
	work  chan *decoded
	ends  sync.WaitGroup
	made  decoded // how the making of pieces ended
}

// decoded is a piece and what the library made of it. crash is a panic, for the goroutine of whoever waits.
type decoded struct {
	piece
	done  chan struct{}
	rows  [][]string
	err   error
	crash any
}

// eachRow hands the rows of a sheet to take, with their numbers, until there are no more or take gives an error.
func eachRow(book *excelize.File, sheet string, part sheetPart, take func(number int, values []string) error) error {
	d := &decoding{book: book, sheet: sheet, part: part, stop: make(chan struct{}), order: make(chan *decoded, readers), work: make(chan *decoded)}
	d.start()
	defer func() {
		close(d.stop)
		d.ends.Wait() // nobody reads a book that is closed
	}()
	for next := range d.order {
		<-next.done
		if next.crash != nil {
			panic(next.crash)
		}
		for i, values := range next.rows {
			if err := take(next.numbers[i], values); err != nil {
				return err
			}
		}
		if next.err != nil {
			return next.err
		}
	}
	if d.made.crash != nil {
		panic(d.made.crash)
	}
	return d.made.err
}

func (d *decoding) start() {
	d.ends.Add(1 + readers)
	go func() {
		defer d.ends.Done()
		defer close(d.order)
		defer close(d.work)
		defer func() { d.made.crash = recover() }()
		d.made.err = leanSheet(d.part.entry, d.give)
	}()
	for range readers {
		go func() {
			defer d.ends.Done()
			for next := range d.work {
				d.decode(next)
			}
		}()
	}
}

// give puts a piece into the queue, and in its place in the order; it answers false when nobody wants more.
func (d *decoding) give(p piece) bool {
	next := &decoded{piece: p, done: make(chan struct{})}
	for _, queue := range []chan *decoded{d.order, d.work} {
		select {
		case queue <- next:
		case <-d.stop:
			return false
		}
	}
	return true
}

// decode has the library read a piece to its last row, which proves all before it. The library stops without an error
// where the XML breaks: a list cut short must never pass for a whole one.
func (d *decoding) decode(next *decoded) {
	defer close(next.done)
	defer func() { next.crash = recover() }()
	rows, err := d.open(next.xml)
	if err != nil {
		next.err = refuse(FileUnreadable, "sheet part")
		return
	}
	next.rows = make([][]string, 0, len(next.numbers))
	for rows.Next() {
		values, err := rows.Columns()
		if err != nil {
			break
		}
		if len(next.rows) == len(next.numbers) {
			if len(values) != 1 || values[0] != "1" || rows.Next() {
				break
			}
			return
		}
		next.rows = append(next.rows, values)
	}
	next.err = refuse(FileUnreadable, "row %d is the last that could be read", next.numbers[max(0, len(next.rows)-1)])
}

func (d *decoding) open(xml []byte) (*excelize.Rows, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.book.Pkg.Store(d.part.name(), xml)
	return d.book.Rows(d.sheet)
}
