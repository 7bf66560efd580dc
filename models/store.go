// Package models keeps everything that lasts: it is the only room that knows gorm and SQL. One exported
// method of Store is one use case and one transaction; row types stay inside. It refuses what the law or
// the state forbids with a Refusal, knows no HTTP and no Chinese, and sends nothing: what must leave the
// system becomes an outbox row in the same transaction.
package models

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"

	"gongjue/migrations"
	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/sample"
)

// Options are what a Store needs from outside.
type Options struct {
	MaxConnections int          // to PostgreSQL, of this process; 0 = 20
	URL            string       // postgres://… ; anything else is the path of an SQLite file
	Keys           *vault.Keys  // field, token, seal and log keys
	Clock          func() int64 // Unix ms; nil means the system's clock, with the system's Elapsed
	Elapsed        func() int64 // ms since some moment, which no setting of the clock changes; nil: Clock is always believed
	Release        [32]byte     // SHA-256 of the running program, written into every open leaf
	Origin         string       // domain that stands first in every ledger's origin, such as gongjue.example

	Throwaway bool // the SQLite file need not survive a loss of power: a demo's

	Watch func(CountStep) // told as each step of a count begins, for whoever measures; nil for nobody
}

// Store is the database with its keys and its clock. It is safe for concurrent use.
type Store struct {
	db      *gorm.DB
	sql     *sql.DB
	dialect migrations.Dialect
	keys    *vault.Keys
	clocks  *watchedClock
	origin  string
	release [32]byte
	watch   func(CountStep)
	casting *casting
	bases   memory[voting.Weight]
	robust  memory[voting.Robustness]
	plans   memory[[]sample.Plan] // by meeting

	balances memory[SheetBalance] // of counted meetings
	trees    trees
	sealing  memory[[]byte] // keys of open meetings that were found to be those of their notices
}

// clock is the store's clock in Unix ms.
func (s *Store) clock() int64 { return s.clocks.now() }

// Open connects, without touching the schema: call Migrate or CheckSchema next. Close it when done.
func Open(ctx context.Context, options Options) (*Store, error) {
	db, dialect, err := connect(options.URL, options.Throwaway)
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, fmt.Errorf("reach the connection pool: %w", err)
	}
	if dialect == migrations.Postgres {
		limitPool(pool, options.MaxConnections)
	}
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close() // the ping's error is the one to tell
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	clocks := newClock(options.Clock, options.Elapsed)
	s := &Store{db: db, sql: pool, dialect: dialect, keys: options.Keys, clocks: clocks, origin: options.Origin, release: options.Release, watch: options.Watch}
	if s.watch == nil {
		s.watch = func(CountStep) {}
	}
	s.casting = newCasting(s)
	return s, nil
}

// limitPool keeps a burst of requests from taking every connection that the server has, the writer's included.
func limitPool(pool *sql.DB, most int) {
	if most <= 0 {
		most = 20
	}
	pool.SetMaxOpenConns(most)
	pool.SetMaxIdleConns(most)
	pool.SetConnMaxLifetime(30 * time.Minute)
}

// Close stops the casting path, after the ballots that are queued, and closes the connections.
func (s *Store) Close() error {
	s.casting.stop()
	return s.sql.Close()
}

// Now is the store's clock in Unix ms.
func (s *Store) Now() int64 { return s.clock() }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.sql.PingContext(ctx) }

// Migrate brings the schema to this program's version.
func (s *Store) Migrate(ctx context.Context) (migrations.Status, error) {
	return migrations.Up(ctx, s.sql, s.dialect)
}

// CheckSchema returns migrations.ErrBehind or ErrAhead when the schema is not exactly this program's.
func (s *Store) CheckSchema(ctx context.Context) error {
	return migrations.Check(ctx, s.sql, s.dialect)
}

// SchemaStatus tells where the schema stands.
func (s *Store) SchemaStatus(ctx context.Context) (migrations.Status, error) {
	return migrations.At(ctx, s.sql, s.dialect)
}

// maxTries bounds how often one transaction is run again after a conflict.
const maxTries = 10

// tx runs one use case. It may run do several times, so do sends nothing and appends to nothing outside.
// now is read once, so that everything one use case writes carries the same instant.
func (s *Store) tx(ctx context.Context, do func(tx *gorm.DB, now int64) error) error {
	return s.txOn(s.db.WithContext(ctx), do)
}

// txOn is tx on the connections of db.
func (s *Store) txOn(db *gorm.DB, do func(tx *gorm.DB, now int64) error) error {
	if err := s.clocks.check(); err != nil {
		return err
	}
	ctx, now := db.Statement.Context, s.clock()
	for try := 1; ; try++ {
		err := db.Transaction(func(tx *gorm.DB) error { return do(tx, now) })
		if err == nil || !(conflicted(err) || errors.Is(err, errRace)) || try == maxTries {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try*try) * time.Millisecond):
		}
	}
}

// analyse tells PostgreSQL how many rows there are now. Every key begins with the community, so that until its own
// survey comes by, a minute later or never, the planner joins a fresh roster of 100,000 homes row by row: in minutes
// instead of a second.
func (s *Store) analyse(tx *gorm.DB, tables ...string) error {
	if s.dialect != migrations.Postgres {
		return nil
	}
	// 3,000 rows of each table tell what is asked here; the usual 30,000 would take as long as a table takes to load.
	if err := tx.Exec("SET LOCAL default_statistics_target = 10").Error; err != nil {
		return fmt.Errorf("shorten the survey: %w", err)
	}
	for _, table := range tables {
		if err := tx.Exec("ANALYZE " + table).Error; err != nil {
			return fmt.Errorf("survey the table %s: %w", table, err)
		}
	}
	return nil
}

// eachRow hands every row of a query to scan, without the reflection that costs gorm more than the database takes: for
// the reads that grow with the community.
func eachRow(query *gorm.DB, scan func(rows *sql.Rows) error) error {
	rows, err := query.Rows()
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := scan(rows); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// read is for queries outside a transaction.
func (s *Store) read(ctx context.Context) *gorm.DB { return s.db.WithContext(ctx) }

// conflicted tells whether the engine asks for the transaction to be run again: serialisation failure and
// deadlock on PostgreSQL, a writer in the way on SQLite.
func conflicted(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01"
	}
	return liteCode(err) == sqlitelib.SQLITE_BUSY
}

// liteCode is the primary result code of an error of SQLite's, 0 for any other error (https://sqlite.org/rescode.html).
func liteCode(err error) int {
	var lite *sqlite.Error
	if !errors.As(err, &lite) {
		return 0
	}
	return lite.Code() & 0xff
}

// errRace says that two requests wanted the same number or made the same thing; the loser runs again.
var errRace = errors.New("another request was first")

// raced marks a unique violation as a lost race, to be run again.
func raced(err error) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return errors.Join(errRace, err)
	}
	return err
}

// ofOneRow tells whether an error is about what one row holds, such as a text that the engine cannot store.
func ofOneRow(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return strings.HasPrefix(pg.Code, "22") || strings.HasPrefix(pg.Code, "23")
	}
	if code := liteCode(err); code != 0 { // of a statement that did not go through gorm
		return code == sqlitelib.SQLITE_CONSTRAINT
	}
	return errors.Is(err, gorm.ErrDuplicatedKey) || errors.Is(err, gorm.ErrForeignKeyViolated) || errors.Is(err, gorm.ErrCheckConstraintViolated)
}

// Unavailable tells whether an error means that the database cannot be reached or has no room now, or that this
// process was not given the keys in force or a clock to believe, so that the same request may succeed later or elsewhere.
func Unavailable(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		class := pg.Code[:min(2, len(pg.Code))]
		return class == "08" || class == "53" || class == "57" || conflicted(err)
	}
	switch liteCode(err) {
	case sqlitelib.SQLITE_FULL, sqlitelib.SQLITE_IOERR: // a full disk, also where its shared memory stands
		return true
	}
	var unreached *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &unreached) || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, vault.ErrUnknownKey) || errors.Is(err, errKeyMoved) || errors.Is(err, errClock) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, context.DeadlineExceeded) || conflicted(err)
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }
