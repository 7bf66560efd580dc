package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/xuri/excelize/v2"
)

// yardstick is what nobody can do without: the library's reading of the rows, and the database's own way to take so
// many of them at once.
func (r importRun) yardstick(ctx context.Context, place database) (t importTimes, err error) {
	place, remove, err := place.fresh(ctx)
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, remove()) }()
	db, err := place.open()
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	runtime.GC()
	var rows [][]string
	if t.read, err = timed(func() error { rows, err = libraryRows(r.options.File); return err }); err != nil {
		return t, err
	}
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	if err := makeSheetTable(ctx, db, place.name, width); err != nil {
		return t, err
	}
	load := loadSQLite
	if place.name == postgresName {
		load = loadPostgres
	}
	t.load, err = timed(func() error { return load(ctx, db, rows, width) })
	return t, err
}

// libraryRows reads the rows of every sheet that hold a cell.
func libraryRows(path string) (rows [][]string, err error) {
	book, err := excelize.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	for _, sheet := range book.GetSheetList() {
		reader, err := book.Rows(sheet)
		if err != nil {
			return nil, err
		}
		for reader.Next() {
			row, err := reader.Columns()
			if err != nil {
				return nil, errors.Join(err, reader.Close())
			}
			if len(row) > 0 {
				rows = append(rows, row)
			}
		}
		if err := errors.Join(reader.Error(), reader.Close()); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// sheetTable takes the rows as they stand: a number and texts.
const sheetTable = "sheet_row"

// columnNames are the number of the row and so many texts.
func columnNames(width int) []string {
	names := []string{"number"}
	for i := range width {
		names = append(names, fmt.Sprintf("c%d", i+1))
	}
	return names
}

// makeSheetTable makes it with the durability of the product's own database.
func makeSheetTable(ctx context.Context, db *sql.DB, engine string, width int) error {
	statement := "CREATE TABLE " + sheetTable + " (number BIGINT PRIMARY KEY, " + strings.Join(columnNames(width)[1:], " TEXT, ") + " TEXT)"
	if engine == sqliteName {
		statement = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; " + statement
	}
	db.SetMaxOpenConns(1) // the settings are of the connection
	_, err := db.ExecContext(ctx, statement)
	if err != nil {
		return fmt.Errorf("make the table of rows: %w", err)
	}
	return nil
}

// loadPostgres is one COPY.
func loadPostgres(ctx context.Context, db *sql.DB, rows [][]string, width int) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	values := make([]any, width+1)
	source := pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) { return sheetValues(values, i, rows[i]), nil })
	err = conn.Raw(func(driver any) error {
		n, err := driver.(*stdlib.Conn).Conn().CopyFrom(ctx, pgx.Identifier{sheetTable}, columnNames(width), source)
		if err == nil && n != int64(len(rows)) {
			err = fmt.Errorf("%d of %d rows were taken", n, len(rows))
		}
		return err
	})
	return errors.Join(err, conn.Close())
}

// sheetRows is the number of rows of one INSERT.
const sheetRows = 100

// loadSQLite is one transaction of INSERTs of many rows each.
func loadSQLite(ctx context.Context, db *sql.DB, rows [][]string, width int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after the commit it does nothing
	tuple := "(?" + strings.Repeat(",?", width) + ")"
	into := "INSERT INTO " + sheetTable + " VALUES " + tuple
	many, err := tx.PrepareContext(ctx, into+strings.Repeat(","+tuple, sheetRows-1))
	if err != nil {
		return err
	}
	number, one := 0, make([]any, width+1)
	for chunk := range slices.Chunk(rows, sheetRows) {
		var values []any
		for _, row := range chunk {
			values = append(values, sheetValues(one, number, row)...)
			number++
		}
		if len(chunk) == sheetRows {
			_, err = many.ExecContext(ctx, values...)
		} else {
			_, err = tx.ExecContext(ctx, into+strings.Repeat(","+tuple, len(chunk)-1), values...)
		}
		if err != nil {
			return err
		}
	}
	return tx.Commit()
}

// sheetValues lays one row out in values; cells that the row does not have are empty.
func sheetValues(values []any, number int, row []string) []any {
	values[0] = int64(number + 1)
	for i := range values[1:] {
		values[i+1] = ""
		if i < len(row) {
			values[i+1] = row[i]
		}
	}
	return values
}

// holds looks with SQL alone whether the database holds the roster of the file, and nothing else.
func (d database) holds(ctx context.Context, want ImportedFile) (err error) {
	db, err := d.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	got := ImportedFile{SHA256: want.SHA256, Bytes: want.Bytes, Rows: want.Rows, Issues: want.Issues}
	err = db.QueryRowContext(ctx, "SELECT (SELECT COUNT(*) FROM unit), (SELECT CAST(SUM(area_cm2) AS BIGINT) FROM unit), (SELECT SUM(heads) FROM voter)").
		Scan(&got.Units, &got.Area, &got.Heads)
	if err == nil && got != want {
		err = fmt.Errorf("what is stored (%d units, %d heads, %s m²) is not what was checked (%d, %d, %s)",
			got.Units, got.Heads, got.Area, want.Units, want.Heads, want.Area)
	}
	return err
}
