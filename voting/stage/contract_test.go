package stage

import (
	"testing"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

func TestAContractStandsByItsDatesAndItsSteps(t *testing.T) {
	year := Contract{State: lifecycle.ContractStanding, From: on("2025-01-01"), To: end("2025-12-31"), RemindAt: on("2025-07-01")}
	step := func(state lifecycle.ContractState, last int64) Contract {
		changed := year
		changed.State, changed.LastUntil = state, last
		return changed
	}
	open := Contract{State: lifecycle.ContractStanding, From: on("2020-01-01")}
	for _, c := range []struct {
		name     string
		contract Contract
		at       int64
		want     ContractStage
	}{
		{"signed", year, on("2025-01-01") - 1, ContractAgreed}, {"begun", year, on("2025-01-01"), ContractInForce},
		{"not near yet", year, on("2025-07-01") - 1, ContractInForce}, {"near its end", year, on("2025-07-01"), ContractExpiring},
		{"its last moment", year, end("2025-12-31"), ContractExpiring}, {"nobody decided", year, end("2025-12-31") + 1, ContractIndefinite},
		{"no term", open, on("2050-01-01"), ContractInForce},
		{"renewed", step(lifecycle.ContractRenewed, 0), end("2025-12-31"), ContractInForce}, {"renewed and over", step(lifecycle.ContractRenewed, 0), end("2025-12-31") + 1, ContractOver},
		{"declined", step(lifecycle.ContractDeclined, 0), end("2025-12-31"), ContractDeclined}, {"declined and over", step(lifecycle.ContractDeclined, 0), end("2025-12-31") + 1, ContractHandover},
		{"dismissed", step(lifecycle.ContractLeaving, end("2025-03-31")), end("2025-03-31"), ContractLeaving},
		{"dismissed and over", step(lifecycle.ContractLeaving, end("2025-03-31")), end("2025-03-31") + 1, ContractHandover},
		{"superseded later", step(lifecycle.ContractSuperseded, end("2025-03-31")), end("2025-03-31"), ContractInForce},
		{"superseded", step(lifecycle.ContractSuperseded, end("2025-03-31")), end("2025-03-31") + 1, ContractHandover},
		{"superseded before it began", step(lifecycle.ContractSuperseded, end("2024-03-31")), end("2024-03-31") + 1, ContractHandover},
		{"handed over", step(lifecycle.ContractEnded, 0), on("2025-02-01"), ContractOver}, {"a mistake", step(lifecycle.ContractWithdrawn, 0), on("2025-02-01"), ContractWithdrawn},
	} {
		if got := c.contract.At(c.at); got != c.want {
			t.Errorf("%s on %s: %s, want %s", c.name, calendar.Format(c.at), got, c.want)
		}
	}
}
