package drill

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongjue/cli/bench"
	"gongjue/e2e/pgtest"
	"gongjue/migrations"
	"gongjue/models"
	"gongjue/voting/bundle"
)

// refusedByServer stands for a check: the service itself does not hand such a record out.
const refusedByServer = -1

// alterations are what somebody can do who owns the database but not the keys. check is the number of the first one of
// `gongjue verify` that fails on the record which the service then hands out.
var alterations = []struct {
	name      string
	check     int
	statement string
}{
	{"a leaf is a copy of the next", 2, "UPDATE ledger_leaf SET body = (SELECT body FROM ledger_leaf WHERE idx = 4) WHERE idx = 3"},
	{"a leaf is deleted", 2, "DELETE FROM ledger_leaf WHERE idx = 5"},
	{"the open leaf is deleted", 2, "DELETE FROM ledger_leaf WHERE idx = 0"},
	{"two leaves are exchanged", 2, "UPDATE ledger_leaf SET idx = 1000 WHERE idx = 7; UPDATE ledger_leaf SET idx = 7 WHERE idx = 8; UPDATE ledger_leaf SET idx = 8 WHERE idx = 1000"},
	{"a checkpoint is another's", 3, "UPDATE checkpoint SET note = (SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1) WHERE size = 1"},
	{"a choice is altered", 11, `UPDATE opened_ballot SET choices = (SELECT max(choices) FROM opened_ballot) WHERE choices = (SELECT min(choices) FROM opened_ballot)`},
	{"a salt is another ballot's", 11, "UPDATE opened_ballot SET salt = (SELECT salt FROM opened_ballot ORDER BY salt DESC LIMIT 1) WHERE salt = (SELECT salt FROM opened_ballot ORDER BY salt LIMIT 1)"},
	{"an opened ballot is deleted", 11, "DELETE FROM opened_ballot WHERE voter_id = (SELECT min(voter_id) FROM opened_ballot)"},
	{"a ballot and what was opened of it are deleted", 11, "DELETE FROM opened_ballot WHERE voter_id = (SELECT min(voter_id) FROM ballot); DELETE FROM ballot WHERE voter_id = (SELECT min(voter_id) FROM ballot)"},
	{"a ballot is given to the leaf of another", 11, "UPDATE ballot SET leaf_index = 1000 WHERE leaf_index = 1; UPDATE ballot SET leaf_index = 1 WHERE leaf_index = 2; UPDATE ballot SET leaf_index = 2 WHERE leaf_index = 1000"},
	{"the final result is written otherwise", 13, `UPDATE result SET body = replace(body, '"participants":{', '"participants":{ ') WHERE stage = 'final'`},
	{"an outcome is altered", 12, `UPDATE result SET body = replace(body, '"outcome":"', '"outcome":"un') WHERE stage = 'final'`},
	{"an area is larger", 5, "UPDATE unit SET area_cm2 = area_cm2 + 1 WHERE slot = 0"},
	{"a home is taken off the roster", 5, "DELETE FROM unit WHERE slot = 1"},
	{"a home counts no more", 5, "UPDATE unit SET counts_area = NOT counts_area WHERE slot = 2"},
	{"two homes are made one head", 5, "UPDATE unit SET voter_id = (SELECT min(voter_id) FROM unit) WHERE slot IN (3, 4)"},
	{"a home is called otherwise", 5, "UPDATE unit SET room = room || '甲' WHERE slot = 5"},
	{"the salt of a home is altered", 5, "UPDATE unit SET salt = (SELECT salt FROM unit ORDER BY salt DESC LIMIT 1) WHERE salt = (SELECT salt FROM unit ORDER BY salt LIMIT 1)"},
	{"the rules are altered", refusedByServer, `UPDATE meeting SET pack = replace(pack, '"den":4', '"den":5')`},
	{"the title of the meeting is altered", refusedByServer, "UPDATE meeting SET title = title || '二'"},
	{"the vote is said to have ended earlier", refusedByServer, "UPDATE meeting SET closes_at = closes_at - 1"},
	{"a parameter is altered", refusedByServer, `UPDATE meeting SET policies = replace(policies, 'true', 'false')`},
	{"a matter reads otherwise", refusedByServer, "UPDATE matter SET body = body || '二' WHERE position = 1"},
	{"a matter asks for another majority", refusedByServer, `UPDATE matter SET rule = replace(rule, '"item":5', '"item":9')`},
	{"the roster has another root", refusedByServer, "UPDATE roster SET root = 'ff' || substr(root, 3)"},
	{"the roster has a head more", refusedByServer, "UPDATE roster SET heads = heads + 1"},
	{"the last leaves are cut off with the head", 2, "DELETE FROM ledger_leaf WHERE idx >= 10; UPDATE log_head SET size = 10"},
	{"the last checkpoints are cut off too", 2, "DELETE FROM ledger_leaf WHERE idx >= 10; UPDATE log_head SET size = 10; DELETE FROM checkpoint WHERE size > 10"},
}

func TestEveryAlterationOfTheDatabaseIsFoundByItsCheck(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		f := published(t, liteURL(t))
		content, err := os.ReadFile(f.url)
		f.must(err)
		altered(f, func(int) string {
			url := liteURL(t)
			f.must(os.WriteFile(url, content, 0o600))
			return url
		})
	})
	t.Run("postgres", func(t *testing.T) {
		server := pgtest.NewServer(t)
		server.Exec("CREATE DATABASE drill")
		f := published(t, server.URL("drill"))
		altered(f, func(i int) string {
			name := fmt.Sprintf("drill_%d", i)
			server.Exec("CREATE DATABASE " + name + " TEMPLATE drill")
			return server.URL(name)
		})
	})
}

// published is a small meeting that went to its final result.
func published(t *testing.T, url string) *field {
	f := newField(t, url, 60)
	running := f.start(f.product)
	v := newVoters(f, think/20, f.product.Addr)
	v.vote(20, func() { time.Sleep(time.Second) })
	kill(running)
	v.stand()
	return f
}

// altered tries every alteration on a copy of its own.
func altered(f *field, fresh func(i int) string) {
	f.t.Helper()
	for i, c := range alterations {
		copied := &field{t: f.t, raw: f.raw, url: fresh(i), opened: f.opened}
		if copied.alter(c.statement) == 0 {
			f.t.Errorf("%s: nothing was altered", c.name)
		}
		if found := copied.firstFailure(); found != c.check {
			f.t.Errorf("%s: found by %d, want %d", c.name, found, c.check)
		}
	}
}

// alter takes the triggers away, as an owner of the schema can, runs the statements, and counts the rows they touched.
func (f *field) alter(statements string) (rows int64) {
	f.t.Helper()
	driver, letting := "sqlite", "DROP TRIGGER %[1]s_kept_UPDATE; DROP TRIGGER %[1]s_kept_DELETE"
	if filepath.Base(f.url) != bench.LiteFile {
		driver, letting = "pgx", "DROP TRIGGER %[1]s_kept ON %[1]s"
	}
	db, err := sql.Open(driver, f.url)
	f.must(err)
	for _, table := range migrations.Kept {
		_, err := db.Exec(fmt.Sprintf(letting, table))
		f.must(err)
	}
	for _, statement := range strings.Split(statements, "; ") {
		done, err := db.Exec(statement)
		f.must(err)
		touched, err := done.RowsAffected()
		f.must(err)
		rows += touched
	}
	f.must(db.Close())
	return rows
}

// firstFailure lets the service hand the full record out and checks it as a teller would.
func (f *field) firstFailure() int {
	f.t.Helper()
	store := f.after(func() int64 { return f.opened.ClosesAt + 9*day })
	defer func() { f.must(store.Close()) }()
	teller := models.Actor{Role: string(models.RoleStreet), ID: "drill"}
	record, err := store.HandOutBundle(f.t.Context(), teller, f.opened.CommunityID, f.opened.MeetingID, bundle.Tellers)
	if err != nil {
		return refusedByServer
	}
	code, found := f.verify(record)
	if code == 0 {
		return 0
	}
	for _, check := range found.Checks {
		if check.State == "failed" {
			return check.Number
		}
	}
	return 0
}
