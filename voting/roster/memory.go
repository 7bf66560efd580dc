package roster

// memory keeps the last reading of cells that repeat from row to row, so that a long list does not read the
// same few words 100,000 times, nor keep as many copies of them.
type memory struct {
	building, stair, usage recent[string]
	source                 recent[AreaSource]
}

// recent is one reading and what it was read from.
type recent[T any] struct {
	cell string
	read T
	any  bool
}

func (r *recent[T]) of(cell string, read func(string) T) T {
	if !r.any || r.cell != cell {
		r.cell, r.read, r.any = cell, read(cell), true
	}
	return r.read
}
