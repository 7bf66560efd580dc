package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"gongjue/models"
	"gongjue/voting"
)

// weighted joins the opened ballots of a meeting with what their voters weigh; every matter here is for the whole community.
const weighted = "FROM opened_ballot JOIN voter ON voter.community_id = opened_ballot.community_id AND voter.id = opened_ballot.voter_id"

// answerSums add up what the ballots say on one matter, for each engine: parameters are the meeting and the matter.
var answerSums = map[string]map[voting.Method]string{
	sqliteName: {
		"":                  "SELECT json_extract(choices, '$.\"' || ?2 || '\".mark') AS said, COUNT(*), SUM(area_cm2) " + weighted + " WHERE meeting_id = ?1 GROUP BY said",
		voting.Pick:         "SELECT e.value AS said, COUNT(*), SUM(area_cm2) " + weighted + ", json_each(choices, '$.\"' || ?2 || '\".names') AS e WHERE meeting_id = ?1 GROUP BY said",
		voting.ApprovalEach: "SELECT e.key || '/' || e.value AS said, COUNT(*), SUM(area_cm2) " + weighted + ", json_each(choices, '$.\"' || ?2 || '\".each') AS e WHERE meeting_id = ?1 GROUP BY said",
	},
	postgresName: {
		"":                  "SELECT choices::jsonb -> $2 ->> 'mark' AS said, COUNT(*), SUM(area_cm2)::bigint " + weighted + " WHERE meeting_id = $1 GROUP BY said",
		voting.Pick:         "SELECT e AS said, COUNT(*), SUM(area_cm2)::bigint " + weighted + ", jsonb_array_elements_text(choices::jsonb -> $2 -> 'names') AS e WHERE meeting_id = $1 GROUP BY said",
		voting.ApprovalEach: "SELECT e.key || '/' || e.value AS said, COUNT(*), SUM(area_cm2)::bigint " + weighted + ", jsonb_each_text(choices::jsonb -> $2 -> 'each') AS e WHERE meeting_id = $1 GROUP BY said",
	},
}

func sumAnswers(ctx context.Context, db *sql.DB, engine, meeting string, matter models.MatterResult) (map[string]voting.Weight, error) {
	rows, err := db.QueryContext(ctx, answerSums[engine][matter.Rule.Method], meeting, matter.MatterID)
	if err != nil {
		return nil, fmt.Errorf("add up by SQL: %w", err)
	}
	sums := map[string]voting.Weight{}
	for rows.Next() {
		var said string
		var weight voting.Weight
		if err := rows.Scan(&said, &weight.Heads, &weight.Area); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		sums[said] = weight
	}
	return sums, errors.Join(rows.Err(), rows.Close())
}

// sameAnswers tells whether the stored figures are those of the database, option by option.
func sameAnswers(matter models.MatterResult, sums map[string]voting.Weight) bool {
	counted := matter.Outcome.Counted
	same := matter.Rule.Method == voting.ApprovalEach || counted.Abstain == sums[string(voting.Abstain)]
	for _, name := range matter.Rule.OptionNames() {
		yes := name
		if matter.Rule.Method == voting.ApprovalEach {
			yes = name + "/" + string(voting.Yes)
			same = same && counted.Against[name] == sums[name+"/"+string(voting.No)]
		}
		same = same && counted.Options[name] == sums[yes]
	}
	return same
}
