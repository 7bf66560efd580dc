package bench

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gongjue/models"
	"gongjue/models/vault"
	"gongjue/voting"
)

// castField is what all cases run on: a filled database of each engine, copied afresh for every run, and the prepared
// requests of its voters.
type castField struct {
	o          CastOptions
	dir        string
	raw        vault.Raw
	grounds    []*castGround
	postmaster int // PostgreSQL's first process
}

// castGround is one filled database.
type castGround struct {
	place    database
	admin    database // PostgreSQL: where databases are made
	drop     func(context.Context) error
	large    [][]byte // requests of the large meeting's voters
	many     [][]byte // requests of the small meetings' voters, mixed
	meetings int
}

// castAgenda is five plain matters, as the yardstick's row carries five answers.
var castAgenda = []models.Matter{
	{Title: "修改议事规则", Body: "样例。", Rule: voting.Matter{Kind: voting.Motion, Item: 1}},
	{Title: "修改管理规约", Body: "样例。", Rule: voting.Matter{Kind: voting.Motion, Item: 2}},
	{Title: "使用维修资金", Body: "样例。", Rule: voting.Matter{Kind: voting.Motion, Item: 5}},
	{Title: "利用外墙经营广告", Body: "样例。", Rule: voting.Matter{Kind: voting.Motion, Item: 8}},
	{Title: "其他共同管理事项", Body: "样例。", Rule: voting.Matter{Kind: voting.Motion, Item: 9}},
}

// smallHomes are the voters of each of many meetings.
const smallHomes = 60

func newField(ctx context.Context, o CastOptions) (f *castField, err error) {
	f = &castField{o: o, raw: freshKeys()}
	if f.dir, err = os.MkdirTemp("", "gongjue-bench-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.clear(context.WithoutCancel(ctx)))
		}
	}()
	lite := &castGround{place: database{name: sqliteName, url: filepath.Join(f.dir, "ground.db")}}
	f.grounds = append(f.grounds, lite)
	if o.Postgres != "" {
		ground, err := f.postgresGround(ctx)
		if err != nil {
			return nil, err
		}
		f.grounds = append(f.grounds, ground)
	}
	for _, ground := range f.grounds {
		o.Progress(fmt.Sprintf("%s：建立 %d 名投票权人的会议和 %d 个小会议", ground.place.name, o.Voters, o.Meetings))
		if err := f.fill(ctx, ground); err != nil {
			return nil, fmt.Errorf("%s: %w", ground.place.name, err)
		}
	}
	return f, nil
}

// postgresGround makes an empty database and finds the server's first process, the parent of every session.
func (f *castField) postgresGround(ctx context.Context) (*castGround, error) {
	admin := database{name: postgresName, url: f.o.Postgres}
	place, drop, err := admin.made(ctx, "gongjue_bench_"+strings.ToLower(rand.Text()[:10]), "")
	if err != nil {
		return nil, err
	}
	f.postmaster, err = admin.postmaster(ctx)
	return &castGround{place: place, admin: admin, drop: drop}, err
}

// postmaster is the process above a session that is still there; 0 where that cannot be told.
func (d database) postmaster(ctx context.Context) (int, error) {
	db, err := d.open()
	if err != nil {
		return 0, err
	}
	var session int
	err = db.QueryRowContext(ctx, "SELECT pg_backend_pid()").Scan(&session)
	return parentOf(session), errors.Join(err, db.Close())
}

// named is another database of the same cluster.
func (d database) named(name string) (database, error) {
	parsed, err := url.Parse(d.url)
	if err != nil {
		return database{}, errors.New("not an address such as postgres://user@host/database")
	}
	parsed.Path = "/" + name
	return database{name: d.name, url: parsed.String(), schema: name}, nil
}

// ask reads one value.
func (d database) ask(ctx context.Context, query string, into any) error {
	db, err := d.open()
	if err != nil {
		return err
	}
	return errors.Join(db.QueryRowContext(ctx, query).Scan(into), db.Close())
}

// fill makes the meetings through the product's own use cases, and the requests of their voters.
func (f *castField) fill(ctx context.Context, g *castGround) (err error) {
	start := openedLongAgo()
	a, err := emptyAssembly(ctx, g.place, f.raw, start)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.store.Close()) }()
	if err := a.build(ctx, f.o.Voters, castAgenda); err != nil {
		return err
	}
	keys, err := vault.NewKeys(f.raw)
	if err != nil {
		return err
	}
	if g.large, err = castRequests(ctx, a, keys); err != nil {
		return err
	}
	for i := range f.o.Meetings {
		a.now.Store(start)
		if err := a.another(ctx, i); err != nil {
			return fmt.Errorf("small meeting %d: %w", i, err)
		}
		requests, err := castRequests(ctx, a, keys)
		if err != nil {
			return err
		}
		g.many = append(g.many, requests...)
	}
	g.meetings = f.o.Meetings
	mathrand.Shuffle(len(g.many), func(i, j int) { g.many[i], g.many[j] = g.many[j], g.many[i] })
	return nil
}

// another makes a small community with an open meeting, run by the same people.
func (a *assembly) another(ctx context.Context, i int) error {
	var err error
	if a.community, err = a.store.CreateCommunity(ctx, models.System, "样例区", "样例街道", fmt.Sprintf("样例小区%d", i)); err != nil {
		return err
	}
	list, err := a.roster(ctx, smallHomes)
	if err != nil {
		return err
	}
	return a.open(ctx, list, castAgenda)
}

// castRequests prepares one whole request for every voter of the assembly's meeting, in a shuffled order.
func castRequests(ctx context.Context, a *assembly, keys *vault.Keys) ([][]byte, error) {
	sheets, err := a.store.Sheets(ctx, a.community.ID, a.meeting.ID)
	if err != nil {
		return nil, err
	}
	requests := make([][]byte, len(sheets))
	for i, sheet := range sheets {
		session, err := keys.SignSession(models.ResidentSession{Meeting: a.meeting.ID, Voter: sheet.VoterID, Owner: sheet.VoterID,
			Evidence: sheet.VoterID, Expires: a.meeting.ClosesAt + day})
		if err != nil {
			return nil, err
		}
		choices := map[string]map[string]voting.Mark{}
		for k, matter := range sheet.Matters {
			choices[matter.ID] = map[string]voting.Mark{"mark": scatteredMarks[scatter(uint64(i)<<8+uint64(k))%4]}
		}
		body, err := json.Marshal(map[string]any{"choices": choices})
		if err != nil {
			return nil, err
		}
		requests[i] = fmt.Appendf(nil, "POST /api/v1/ballots HTTP/1.1\r\nHost: vote.example\r\nCookie: gongjue_voter=%s\r\nContent-Type: application/json\r\n"+
			"Idempotency-Key: %s\r\nContent-Length: %d\r\n\r\n%s", session, rand.Text(), len(body), body)
	}
	mathrand.Shuffle(len(requests), func(i, j int) { requests[i], requests[j] = requests[j], requests[i] })
	return requests, nil
}

// copy makes a fresh copy of the ground for one run; clear removes it.
func (g *castGround) copy(ctx context.Context, dir string) (place database, clear func(context.Context) error, err error) {
	if g.place.name == sqliteName {
		place = database{name: sqliteName, url: filepath.Join(dir, "run", LiteFile)}
		content, err := os.ReadFile(g.place.url)
		if err == nil {
			err = os.Mkdir(filepath.Dir(place.url), 0o700)
		}
		if err == nil {
			err = os.WriteFile(place.url, content, 0o600)
		}
		return place, func(context.Context) error { return os.RemoveAll(filepath.Dir(place.url)) }, err
	}
	if place, clear, err = g.admin.made(ctx, g.place.schema+"_run", g.place.schema); err == nil {
		err = place.exec(ctx, "CHECKPOINT")
	}
	return place, clear, err
}

// clear leaves nothing behind.
func (f *castField) clear(ctx context.Context) error {
	var failures []error
	for _, ground := range f.grounds {
		if ground.drop != nil {
			failures = append(failures, ground.drop(ctx))
		}
	}
	return errors.Join(append(failures, os.RemoveAll(f.dir))...)
}

// cases are what runs in every round, in this order.
func (f *castField) cases() []*castCase {
	var all []*castCase
	add := func(name, engine string, connections, meetings int, run func(context.Context) (castRun, error)) {
		if len(f.o.Only) == 0 || slices.Contains(f.o.Only, name) {
			all = append(all, &castCase{name: name, engine: engine, connections: connections, meetings: meetings, run: run})
		}
	}
	for _, ground := range f.grounds {
		if ground.place.name != postgresName {
			continue
		}
		if f.o.Pgbench != "" {
			add(p64Case, postgresName, 64, 1, func(ctx context.Context) (castRun, error) { return f.p64(ctx, ground.admin) })
		}
		add(naiveCase, postgresName, 64, 1, func(ctx context.Context) (castRun, error) { return f.naive(ctx, ground.admin) })
		add("postgres_64", postgresName, 64, 1, func(ctx context.Context) (castRun, error) { return f.serve(ctx, ground, 64, ground.large) })
		add(oneCase, postgresName, 256, 1, func(ctx context.Context) (castRun, error) { return f.serve(ctx, ground, 256, ground.large) })
		if ground.meetings > 0 {
			add("postgres_256_many", postgresName, 256, ground.meetings, func(ctx context.Context) (castRun, error) { return f.serve(ctx, ground, 256, ground.many) })
		}
	}
	lite := f.grounds[0]
	add("sqlite_256", sqliteName, 256, 1, func(ctx context.Context) (castRun, error) { return f.serve(ctx, lite, 256, lite.large) })
	return all
}

// stored are the figures that must all be the number of acknowledged ballots.
func (d database) stored(ctx context.Context) (figures [3]int, err error) {
	db, err := d.open()
	if err != nil {
		return figures, err
	}
	for i, query := range []string{"SELECT COUNT(*) FROM ballot", "SELECT COUNT(*) FROM (SELECT DISTINCT meeting_id, voter_id FROM ballot) v",
		"SELECT COUNT(*) FROM ledger_leaf WHERE kind = 'ballot'"} {
		if err := db.QueryRowContext(ctx, query).Scan(&figures[i]); err != nil {
			return figures, errors.Join(err, db.Close())
		}
	}
	return figures, db.Close()
}
