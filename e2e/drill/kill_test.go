package drill

import (
	"math/rand/v2"
	"testing"
	"time"

	"gongjue/e2e/pgtest"
)

// phones vote side by side in a drill.
const phones = 200

// think is the longest pause of a phone between two ballots: some are always on their way when something ends.
const think = time.Second

// R01: the service is killed while people vote.
func TestAKilledServiceLosesNoReceipt(t *testing.T) {
	times := cycles(5, 100)
	onBoth(t, func(t *testing.T, url string) {
		f := newField(t, url, 500+150*times)
		v := newVoters(f, think, f.product.Addr)
		v.vote(phones, func() {
			for range times {
				running := f.start(f.product)
				time.Sleep(50*time.Millisecond + rand.N(450*time.Millisecond))
				kill(running)
			}
			f.start(f.product) // for those who are still waiting
		})
		v.stand()
	})
}

// R02: PostgreSQL is killed under two services; both come back by themselves.
func TestAKilledDatabaseLosesNoReceipt(t *testing.T) {
	times := cycles(3, 30)
	server := pgtest.NewServer(t)
	server.Exec("CREATE DATABASE drill")
	f := newField(t, server.URL("drill"), 1000+300*times)
	second := f.service()
	f.start(f.product)
	f.start(second)
	v := newVoters(f, think, f.product.Addr, second.Addr)
	v.vote(phones, func() {
		for range times {
			time.Sleep(300*time.Millisecond + rand.N(400*time.Millisecond))
			server.Kill()
			server.Start()
		}
	})
	v.stand()
}
