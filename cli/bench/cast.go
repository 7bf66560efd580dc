package bench

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// CastOptions say how the casting of ballots is measured.
type CastOptions struct {
	Postgres string   // address of a cluster in which databases may be made; empty = SQLite alone
	Pgbench  string   // the program pgbench; empty = no yardstick
	Program  string   // this program, started again as the server under load
	Environ  []string // added to the server's environment

	NaiveEnviron []string      // added to that of the naive server
	Voters       int           // of the large meeting
	Meetings     int           // small meetings that are open at once
	Rounds       int           // every case once per round, in a fixed order
	Warm         time.Duration // before the measured time
	Measured     time.Duration
	Only         []string // names of cases; empty = all
	Progress     func(string)
}

// CastReport is what was measured. Ratios are taken within a round.
type CastReport struct {
	Bench    string     `json:"bench"`
	Machine  Machine    `json:"machine"`
	Rounds   int        `json:"rounds"`
	Measured float64    `json:"measured_seconds"`
	Cases    []CastCase `json:"cases"`
}

// CastCase is one way of taking ballots, or a yardstick.
type CastCase struct {
	Name        string  `json:"name"`
	Database    string  `json:"database"`
	Connections int     `json:"connections"`
	Meetings    int     `json:"meetings"`
	PerSecond   Spread  `json:"per_second"` // acknowledged, durable
	P50MS       Spread  `json:"p50_ms"`
	P99MS       Spread  `json:"p99_ms"`
	ServerUS    Spread  `json:"server_cpu_us"`   // processor time per ballot of the server
	DatabaseUS  Spread  `json:"database_cpu_us"` // of PostgreSQL
	ClientUS    Spread  `json:"client_cpu_us"`   // of whoever sends
	ToP64       *Spread `json:"per_second_to_p64,omitempty"`
	P99ToP64    *Spread `json:"p99_to_p64,omitempty"`
	CPUToP64    *Spread `json:"cpu_to_p64,omitempty"` // server and database, against pgbench and database
	ToNaive     *Spread `json:"per_second_to_naive,omitempty"`
	P99ToNaive  *Spread `json:"p99_to_naive,omitempty"`
	ToOne       *Spread `json:"per_second_to_one_meeting,omitempty"`
	Same        bool    `json:"acknowledged_as_stored"` // acknowledged = ballots = voters = leaves, after every round
}

// castCase is a case on its way through the rounds.
type castCase struct {
	name        string
	engine      string
	connections int
	meetings    int
	run         func(ctx context.Context) (castRun, error)
	runs        []castRun
}

// castRun is one case in one round.
type castRun struct {
	perSecond, p50, p99      float64 // ms
	server, database, client float64 // processor time in µs per ballot
	same                     bool
}

// Cast measures the casting path of the product as a running server, beside pgbench and a naive handler.
func Cast(ctx context.Context, o CastOptions) (report CastReport, err error) {
	report = CastReport{Bench: "cast", Machine: ThisMachine(), Rounds: o.Rounds, Measured: o.Measured.Seconds()}
	field, err := newField(ctx, o)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, field.clear(context.WithoutCancel(ctx))) }()
	cases := field.cases()
	for round := range o.Rounds {
		for _, c := range cases {
			run, err := c.run(ctx)
			if err != nil {
				return report, fmt.Errorf("%s: %w", c.name, err)
			}
			c.runs = append(c.runs, run)
			o.Progress(fmt.Sprintf("第 %d 轮 %s：每秒 %.0f，p50 %.1f 毫秒，p99 %.1f 毫秒，每张处理器时间 %.0f + %.0f + %.0f 微秒",
				round+1, c.name, run.perSecond, run.p50, run.p99, run.server, run.database, run.client))
		}
	}
	for _, c := range cases {
		report.Cases = append(report.Cases, c.report(cases))
	}
	return report, nil
}

// Names of the cases that others are compared with.
const (
	p64Case   = "p64"
	naiveCase = "naive_64"
	oneCase   = "postgres_256"
)

func (c *castCase) report(cases []*castCase) CastCase {
	r := CastCase{Name: c.name, Database: c.engine, Connections: c.connections, Meetings: c.meetings, Same: true,
		PerSecond:  c.spread(func(r castRun) float64 { return r.perSecond }),
		P50MS:      c.spread(func(r castRun) float64 { return r.p50 }),
		P99MS:      c.spread(func(r castRun) float64 { return r.p99 }),
		ServerUS:   c.spread(func(r castRun) float64 { return r.server }),
		DatabaseUS: c.spread(func(r castRun) float64 { return r.database }),
		ClientUS:   c.spread(func(r castRun) float64 { return r.client }),
	}
	for _, run := range c.runs {
		r.Same = r.Same && run.same
	}
	if p64 := caseNamed(cases, p64Case); p64 != nil && p64 != c {
		r.ToP64 = c.against(p64, func(r castRun) float64 { return r.perSecond })
		r.P99ToP64 = c.against(p64, func(r castRun) float64 { return r.p99 })
		served := c.each(func(r castRun) float64 { return r.server + r.database })
		yardstick := p64.each(func(r castRun) float64 { return r.client + r.database })
		spread := spreadOf(ratios(served, yardstick))
		r.CPUToP64 = &spread
	}
	if naive := caseNamed(cases, naiveCase); naive != nil && naive != c {
		r.ToNaive = c.against(naive, func(r castRun) float64 { return r.perSecond })
		r.P99ToNaive = c.against(naive, func(r castRun) float64 { return r.p99 })
	}
	if one := caseNamed(cases, oneCase); one != nil && c.meetings > 1 {
		r.ToOne = c.against(one, func(r castRun) float64 { return r.perSecond })
	}
	return r
}

func caseNamed(cases []*castCase, name string) *castCase {
	for _, c := range cases {
		if c.name == name {
			return c
		}
	}
	return nil
}

func (c *castCase) each(figure func(castRun) float64) []float64 {
	figures := make([]float64, len(c.runs))
	for i, run := range c.runs {
		figures[i] = figure(run)
	}
	return figures
}

func (c *castCase) spread(figure func(castRun) float64) Spread { return spreadOf(c.each(figure)) }

func (c *castCase) against(yardstick *castCase, figure func(castRun) float64) *Spread {
	spread := spreadOf(ratios(c.each(figure), yardstick.each(figure)))
	return &spread
}
