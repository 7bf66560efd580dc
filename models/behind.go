package models

import "cmp"

// behind does what it is handed, one piece after the other, on a goroutine of its own: the next rows are read from the
// database meanwhile.
type behind struct{ work chan func() error }

// worked runs read, which hands over the work that its rows make, and waits until all is done. The error of reading
// comes first: it may ask for the transaction to be run again. After the first error of the work nothing more is done.
// A panic of the work is one of the caller.
func worked(read func(b behind) error) error {
	b, done := behind{make(chan func() error, 4)}, make(chan worksEnd, 1)
	go func() {
		var end worksEnd
		defer func() {
			if end.panicked = recover(); end.panicked != nil {
				for range b.work { // whoever reads is not left waiting
				}
			}
			done <- end
		}()
		for work := range b.work {
			if end.err == nil {
				end.err = work()
			}
		}
	}()
	err := b.fill(read)
	end := <-done
	if end.panicked != nil {
		panic(end.panicked)
	}
	return cmp.Or(err, end.err)
}

// worksEnd is how the work ended.
type worksEnd struct {
	err      error
	panicked any
}

// fill ends the work in every case, so that the goroutine ends.
func (b behind) fill(read func(b behind) error) error {
	defer close(b.work)
	return read(b)
}

// batchRows is how many rows are handed over at once: so many that handing over costs nothing, so few that both
// goroutines have work all the time.
const batchRows = 512

// batches collects rows for use behind.
type batches[T any] struct {
	to   behind
	use  func(T) error
	rows []T
}

// inBatches gives what collects rows for use; the last of them are handed over by end.
func inBatches[T any](to behind, use func(T) error) *batches[T] {
	return &batches[T]{to: to, use: use}
}

func (b *batches[T]) add(row T) {
	if b.rows == nil {
		b.rows = make([]T, 0, batchRows)
	}
	if b.rows = append(b.rows, row); len(b.rows) == batchRows {
		b.end()
	}
}

func (b *batches[T]) end() {
	rows := b.rows
	b.rows = nil
	b.to.work <- func() error {
		for _, row := range rows {
			if err := b.use(row); err != nil {
				return err
			}
		}
		return nil
	}
}
