package bench

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// The engines, as a report names them.
const (
	sqliteName   = "sqlite"
	postgresName = "postgres"
)

// database is a place for invented data that is thrown away afterwards.
type database struct {
	name   string
	url    string // as models.Options takes it
	schema string // PostgreSQL: of our own, within a database that may hold other things
}

// openEngines makes a place on the embedded database, and one on PostgreSQL where an address is given; clear removes both.
func openEngines(ctx context.Context, postgres string) (engines []database, clear func() error, err error) {
	dir, err := os.MkdirTemp("", "gongjue-bench-")
	if err != nil {
		return nil, nil, err
	}
	engines = []database{{name: sqliteName, url: filepath.Join(dir, "bench.db")}}
	if postgres == "" {
		return engines, func() error { return os.RemoveAll(dir) }, nil
	}
	place, err := newPostgres(ctx, postgres)
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	// An interrupted benchmark clears up too.
	return append(engines, place), func() error { return errors.Join(place.drop(context.WithoutCancel(ctx)), os.RemoveAll(dir)) }, nil
}

// newPostgres makes a schema of a fresh name. Whatever else the database holds is neither read nor touched.
func newPostgres(ctx context.Context, address string) (d database, err error) {
	parsed, err := url.Parse(address)
	if err != nil || (parsed.Scheme != "postgres" && parsed.Scheme != "postgresql") {
		return database{}, errors.New("not an address such as postgres://user@host/database")
	}
	d = database{name: postgresName, schema: "gongjue_bench_" + strings.ToLower(rand.Text()[:10])}
	query := parsed.Query()
	query.Set("search_path", d.schema)
	parsed.RawQuery = query.Encode()
	d.url = parsed.String()
	return d, d.exec(ctx, "CREATE SCHEMA "+d.schema)
}

// fresh makes another place of the same kind with nothing in it; remove takes it away again.
func (d database) fresh(ctx context.Context) (place database, remove func() error, err error) {
	if d.name == postgresName {
		if place, err = newPostgres(ctx, d.url); err != nil {
			return database{}, nil, err
		}
		return place, func() error { return place.drop(context.WithoutCancel(ctx)) }, nil
	}
	dir, err := os.MkdirTemp(filepath.Dir(d.url), "fresh-")
	if err != nil {
		return database{}, nil, err
	}
	return database{name: d.name, url: filepath.Join(dir, "bench.db")}, func() error { return os.RemoveAll(dir) }, nil
}

// made makes a database in the cluster, empty or a copy of another one; drop removes it.
func (d database) made(ctx context.Context, name, template string) (place database, drop func(context.Context) error, err error) {
	if place, err = d.named(name); err != nil {
		return place, nil, err
	}
	statement := "CREATE DATABASE " + name
	if template != "" {
		statement += " TEMPLATE " + template + " STRATEGY FILE_COPY"
	}
	err = d.exec(ctx, statement)
	return place, func(ctx context.Context) error { return d.exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") }, err
}

// open connects without the product's own store. The drivers are those that models registers.
func (d database) open() (*sql.DB, error) {
	if d.name == postgresName {
		return sql.Open("pgx", d.url)
	}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: d.url}).EscapedPath())
}

// drop removes the schema with everything in it.
func (d database) drop(ctx context.Context) error {
	return d.exec(ctx, "DROP SCHEMA "+d.schema+" CASCADE")
}

func (d database) exec(ctx context.Context, statement string) error {
	db, err := d.open()
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statement)
	if err != nil {
		err = fmt.Errorf("prepare the database: %w", err)
	}
	return errors.Join(err, db.Close())
}
