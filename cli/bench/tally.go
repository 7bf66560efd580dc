package bench

import (
	"context"
	"errors"
	"fmt"
)

// TallyOptions say how much is counted.
type TallyOptions struct {
	Ballots  int    // from memory; also a tenth and a hundredth of them, to see whether the time grows alike
	Rounds   int    // of everything that runs in turns
	Rows     int    // of the packed table that SQL adds up
	Voters   int    // of the meeting in the database
	Postgres string // address of a database in which a schema may be made and dropped; empty = SQLite alone
	Progress func(string)
}

// TallyReport is what was measured.
type TallyReport struct {
	Bench    string         `json:"bench"`
	Machine  Machine        `json:"machine"`
	Rounds   int            `json:"rounds"`
	Memory   []Recount      `json:"memory"`
	Linear   float64        `json:"time_per_ballot_largest_to_smallest"`
	SQL      []SQLSum       `json:"sql"`
	Meetings []MeetingCount `json:"meetings"`
}

// Tally measures the count: from memory against reading the same bytes, against SQL, and of a whole meeting from the
// database.
func Tally(ctx context.Context, o TallyOptions) (report TallyReport, err error) {
	report = TallyReport{Bench: "tally", Machine: ThisMachine(), Rounds: o.Rounds}
	engines, clear, err := openEngines(ctx, o.Postgres)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, clear()) }()
	for _, ballots := range []int{o.Ballots / 100, o.Ballots / 10, o.Ballots} {
		o.Progress(fmt.Sprintf("内存：%d 张表决票", ballots))
		recount, err := recountFromMemory(ballots, o.Rounds)
		if err != nil {
			return report, err
		}
		report.Memory = append(report.Memory, recount)
	}
	report.Linear = rounded(report.Memory[2].NSPerBallot / report.Memory[0].NSPerBallot)
	for _, engine := range engines {
		if err := report.inDatabase(ctx, o, engine); err != nil {
			return report, fmt.Errorf("%s: %w", engine.name, err)
		}
	}
	return report, nil
}

// inDatabase adds what was measured in one engine.
func (r *TallyReport) inDatabase(ctx context.Context, o TallyOptions, engine database) error {
	o.Progress(fmt.Sprintf("%s：汇总 %d 张表决票", engine.name, o.Rows))
	sum, err := sumBySQL(ctx, engine, o.Rows, o.Rounds)
	if err != nil {
		return err
	}
	r.SQL = append(r.SQL, sum)
	counted, err := countMeeting(ctx, engine, o.Voters, o.Progress)
	r.Meetings = append(r.Meetings, counted)
	return err
}
