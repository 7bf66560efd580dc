package models

import (
	"testing"

	"gongjue/migrations"
	"gongjue/voting"
)

// stored counts the rows of a table.
func (h *hall) stored(table string) (n int64) {
	h.t.Helper()
	h.must(h.db.Table(table).Count(&n).Error)
	return n
}

func TestWhatFollowsAnEndedTransactionIsNotStored(t *testing.T) {
	inHall(t, func(h *hall) {
		if h.dialect == migrations.Postgres {
			return // which ends no transaction by itself
		}
		sheet := h.sheets(h.voting())[0]
		cast := Cast{Session: h.session(sheet), Choices: answers(sheet.Matters, voting.Yes), IdemKey: key1}
		leaves := h.stored("ledger_leaf")
		h.must(h.db.Exec("CREATE TRIGGER full BEFORE INSERT ON seal_group BEGIN SELECT RAISE(ROLLBACK, 'as when the disk is full'); END").Error)
		if _, err := h.CastBallot(h.ctx(), cast); err == nil {
			t.Error("a ballot whose key was not stored")
		}
		if ballots, now := h.stored("ballot"), h.stored("ledger_leaf"); ballots != 0 || now != leaves {
			t.Errorf("%d ballots and %d leaves stand alone", ballots, now-leaves)
		}
		h.must(h.db.Exec("DROP TRIGGER full").Error)
		receipt, err := h.CastBallot(h.ctx(), cast)
		h.must(err)
		if receipt.Number != leaves || receipt.Replayed {
			t.Errorf("afterwards: %+v", receipt)
		}
	})
}

func TestAConnectionLeftInATransactionIsThrownAway(t *testing.T) {
	inHall(t, func(h *hall) {
		lite, on := h.casting.place.(*liteCasting)
		if !on {
			return // PostgreSQL takes a second BEGIN for a warning
		}
		sheets := h.sheets(h.voting())
		_, err := h.cast(sheets[0], voting.Yes, key1)
		h.must(err)
		second := Cast{Session: h.session(sheets[1]), Choices: answers(sheets[1].Matters, voting.Yes), IdemKey: key1}
		_, err = lite.conn.ExecContext(h.ctx(), "BEGIN IMMEDIATE") // as a deadline leaves it behind
		h.must(err)
		if _, err := h.CastBallot(h.ctx(), second); err == nil {
			t.Error("a group within another transaction")
		}
		receipt, err := h.CastBallot(h.ctx(), second)
		h.must(err)
		if receipt.Number != 2 || receipt.Replayed {
			t.Errorf("afterwards: %+v", receipt)
		}
	})
}
