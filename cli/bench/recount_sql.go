package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"

	"gongjue/voting"
)

// SQLSum is what a database takes to add up the same ballots, packed as tightly as it can hold them: one row per ballot,
// with the number of its sheet and its area.
type SQLSum struct {
	Database string `json:"database"`
	Ballots  int    `json:"ballots"`
	SQLMS    Spread `json:"sql_ms"`
	CountMS  Spread `json:"count_ms"`
	Ratio    Spread `json:"sql_to_count"`
	Same     bool   `json:"same_counts"`
}

// packedSum is the fastest statement found: one pass that groups by the whole sheet, as the columns do.
const packedSum = "SELECT sheet, COUNT(*), SUM(area) FROM packed_ballot GROUP BY sheet"

// packedTable are the statements that make, fill and settle the table. The engines count up to the last ballot in their
// own ways; the row is that of sheetNumber and homeArea.
type packedTable struct{ create, fill, settle string }

const packedRow = "CASE WHEN i %% 2 = 0 THEN 0 ELSE (i * 7919 + i / 97) %% 243 END, 400000 + i * 104729 %% 1000000"

var packedTables = map[string]packedTable{
	sqliteName: {"CREATE TABLE packed_ballot (sheet INTEGER NOT NULL, area INTEGER NOT NULL)",
		"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO packed_ballot SELECT " + packedRow + " FROM n",
		"ANALYZE"},
	postgresName: {"CREATE TABLE packed_ballot (sheet INTEGER NOT NULL, area BIGINT NOT NULL)",
		"INSERT INTO packed_ballot SELECT " + packedRow + " FROM generate_series(0::bigint, %d) AS n(i)",
		"VACUUM ANALYZE packed_ballot"},
}

// sumBySQL adds up so many ballots in turns by SQL and by the columns, and compares what comes out.
func sumBySQL(ctx context.Context, place database, ballots, rounds int) (sum SQLSum, err error) {
	db, err := place.open()
	if err != nil {
		return SQLSum{}, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	table := packedTables[place.name]
	for _, statement := range []string{table.create, fmt.Sprintf(table.fill, ballots-1), table.settle} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return SQLSum{}, fmt.Errorf("fill the packed table: %w", err)
		}
	}
	c, err := newRecountCase(ballots)
	if err != nil {
		return SQLSum{}, err
	}
	var found map[int]voting.Weight
	took, err := inTurns(rounds, wallTime,
		func() error { found, err = weightBySheet(ctx, db); return err },
		func() error { runtime.KeepAlive(c.count()); return nil })
	if err != nil {
		return SQLSum{}, err
	}
	return SQLSum{Database: place.name, Ballots: ballots, SQLMS: spreadOf(took[0]), CountMS: spreadOf(took[1]),
		Ratio: spreadOf(ratios(took[0], took[1])), Same: sameSums(c.count(), found)}, nil
}

func weightBySheet(ctx context.Context, db *sql.DB) (map[int]voting.Weight, error) {
	rows, err := db.QueryContext(ctx, packedSum)
	if err != nil {
		return nil, err
	}
	found := map[int]voting.Weight{}
	for rows.Next() {
		var sheet int
		var weight voting.Weight
		if err := rows.Scan(&sheet, &weight.Heads, &weight.Area); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		found[sheet] = weight
	}
	return found, errors.Join(rows.Err(), rows.Close())
}

// sameSums tells whether the columns gave every mark of every matter the weight of the sheets that bear it.
func sameSums(tallies [][]voting.Tally, bySheet map[int]voting.Weight) bool {
	for matter := range recountMatters {
		want := map[voting.Mark]voting.Weight{}
		for sheet, weight := range bySheet {
			for range matter {
				sheet /= 3
			}
			mark := filledMarks[sheet%3]
			want[mark] = want[mark].Plus(weight)
		}
		got := map[voting.Mark]voting.Weight{}
		for _, meeting := range tallies {
			counts := meeting[matter].Counts
			got[voting.Yes] = got[voting.Yes].Plus(counts.Options[voting.OptionYes])
			got[voting.No] = got[voting.No].Plus(counts.Options[voting.OptionNo])
			got[voting.Abstain] = got[voting.Abstain].Plus(counts.Abstain)
		}
		for _, mark := range filledMarks {
			if got[mark] != want[mark] {
				return false
			}
		}
	}
	return true
}
