package models

import (
	"fmt"
	"strings"
	"testing"

	"gongjue/migrations"
	"gongjue/voting"
)

// TestTheCountIsWhatTheDatabaseAddsUp asks the database itself, by other means than the program's own engine: it joins the
// opened ballots with the weights of the voters and adds up what they say.
func TestTheCountIsWhatTheDatabaseAddsUp(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		marks := []voting.Mark{voting.Yes, voting.Yes, voting.No, voting.Abstain, voting.No}
		for i, sheet := range h.sheets(meeting)[:len(marks)] {
			_, err := h.cast(sheet, marks[i], "idempotency-key-0001")
			h.must(err)
		}
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		motion, election := meeting.Matters[0], meeting.Matters[1]
		counted := results[0].Matters[0].Outcome.Counted
		for mark, got := range map[voting.Mark]voting.Weight{voting.Yes: counted.Options["yes"], voting.No: counted.Options["no"], voting.Abstain: counted.Abstain} {
			if want := h.addedUp(meeting, `"mark":"`+string(mark)+`"`, motion); got != want {
				t.Errorf("%s: %+v, the database %+v", mark, got, want)
			}
		}
		counted = results[0].Matters[1].Outcome.Counted
		for _, name := range election.Rule.Options {
			if want := h.addedUp(meeting, `"`+name+`":"yes"`, election); counted.Options[name] != want {
				t.Errorf("%s: %+v, the database %+v", name, counted.Options[name], want)
			}
			if want := h.addedUp(meeting, `"`+name+`":"no"`, election); counted.Against[name] != want {
				t.Errorf("against %s: %+v, the database %+v", name, counted.Against[name], want)
			}
		}
	})
}

// addedUp is the weight of all voters whose answer to a matter holds a text.
func (h *hall) addedUp(meeting Meeting, holds string, matter Matter) voting.Weight {
	h.t.Helper()
	answer := fmt.Sprintf(`json_extract(choices, '$."%s"')`, matter.ID)
	if h.dialect == migrations.Postgres {
		answer = fmt.Sprintf(`replace((choices::jsonb -> '%s')::text, ': ', ':')`, matter.ID)
	}
	var sum struct{ Heads, Area int64 }
	query := `SELECT COALESCE(SUM(heads), 0) AS heads, COALESCE(SUM(area_cm2), 0) AS area FROM opened_ballot
		JOIN voter ON voter.community_id = opened_ballot.community_id AND voter.id = voter_id
		WHERE meeting_id = ? AND ` + answer + ` LIKE ?`
	h.must(h.db.Raw(query, meeting.ID, "%"+holds+"%").Scan(&sum).Error)
	return voting.Weight{Heads: sum.Heads, Area: voting.Area(sum.Area)}
}

// What stands in opened_ballot is read strictly: nothing that the agenda does not have is passed over in silence.
func TestAnOpenedBallotThatWasAlteredIsNotCounted(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheet := h.sheets(meeting)[0]
		_, err := h.cast(sheet, voting.Yes, "idempotency-key-0001")
		h.must(err)
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		h.must(h.DisplayPreliminary(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		h.wait(6 * day)
		first := meeting.Matters[0].ID
		for choices, says := range map[string]string{
			`{"` + first + `":{"mark":"no"}}`:      "ledger_mismatch",
			`{"no-such-matter":{"mark":"yes"}}`:    "not on the agenda",
			`{"` + first + `":{"mark":"perhaps"}}`: "mark_not_offered",
			`{"` + first + `":{"mark":5}}`:         "decode an answer",
			`nothing`:                              "not canonical",
		} {
			h.must(h.alter("UPDATE opened_ballot SET choices = ? WHERE meeting_id = ?", choices, meeting.ID).Error)
			err := h.PublishFinal(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID)
			if err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%s: %v, want %s", choices, err, says)
			}
		}
	})
}
