package drill

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"gongjue/e2e/pgtest"
)

// pair is a primary with a standby that follows it, and the address of both.
type pair struct {
	primary, standby *pgtest.Server
	url              string
}

// newPair starts both. With a synchronous pair nothing is committed that the standby has not got.
func newPair(t *testing.T, synchronous bool) pair {
	t.Helper()
	p := pair{primary: pgtest.NewServer(t)}
	p.primary.Exec("CREATE DATABASE drill")
	p.standby = p.primary.Standby()
	p.primary.Await("SELECT count(*) = 1 FROM pg_stat_replication WHERE state = 'streaming'")
	if synchronous {
		p.primary.Exec("ALTER SYSTEM SET synchronous_standby_names = '*'")
		p.primary.Exec("SELECT pg_reload_conf()")
		p.primary.Await("SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'")
	}
	both := url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/drill",
		RawQuery: url.Values{"host": {p.primary.Socket() + "," + p.standby.Socket()}, "target_session_attrs": {"read-write"}}.Encode()}
	p.url = both.String()
	return p
}

// R03: the primary is lost for good while people vote, and the standby takes over.
func TestALostPrimaryWithASynchronousStandbyLosesNoReceipt(t *testing.T) {
	p := newPair(t, true)
	f := newField(t, p.url, 5000)
	f.start(f.product)
	v := newVoters(f, think, f.product.Addr)
	v.vote(phones, func() {
		time.Sleep(2 * time.Second)
		p.primary.Kill()
		p.standby.Promote()
		time.Sleep(2 * time.Second)
	})
	v.stand()
}

// R03, the control: a standby that fell behind and takes over without the primary's consent has lost receipts. A drill
// that could not tell this from the one above would prove nothing.
func TestALostPrimaryWithoutASynchronousStandbyLosesReceipts(t *testing.T) {
	p := newPair(t, false)
	f := newField(t, p.url, 5000)
	p.primary.Await("SELECT sent_lsn = replay_lsn FROM pg_stat_replication")
	running := f.start(f.product)
	p.standby.Kill()
	v := newVoters(f, think, f.product.Addr)
	v.vote(phones, func() { time.Sleep(2 * time.Second) })
	kill(running)
	p.primary.Kill()
	p.standby.Start()
	p.standby.Promote()
	store := f.after(func() int64 { return time.Now().UnixMilli() })
	defer func() { f.must(store.Close()) }()
	lost := 0
	for code := range v.numbers() {
		if _, err := store.CheckReceipt(t.Context(), code); err != nil {
			lost++
		}
	}
	if len(v.receipts) < 50 || lost == 0 {
		t.Errorf("%d of %d receipts were lost: the drill cannot tell", lost, len(v.receipts))
	}
	t.Logf("%d of %d receipts were lost", lost, len(v.receipts))
}

// R03: while the synchronous standby is away nobody is shown a receipt, not even for a ballot that the primary alone has
// and, after a restart, finds again.
func TestNoReceiptIsShownWhileTheSynchronousStandbyIsAway(t *testing.T) {
	p := newPair(t, true)
	f := newField(t, p.url, 300)
	f.start(f.product)
	v := newVoters(f, think, f.product.Addr)
	v.until(0)
	p.standby.Kill()
	v.wait = 2 * time.Second
	for _, moment := range []string{"when the standby has just gone", "after the primary started again"} {
		for range 3 {
			if status, body, err := v.send(1); err == nil && status != http.StatusServiceUnavailable {
				t.Errorf("%s: %d %s", moment, status, body)
			}
		}
		p.primary.Kill()
		p.primary.Start()
	}
	p.standby.Start()
	v.wait = answerTime
	v.vote(phones, func() { time.Sleep(time.Second) })
	v.until(1)
	v.stand()
}
