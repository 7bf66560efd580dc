package models

import (
	"testing"

	"gongjue/migrations"
)

func TestTheSchemaCanBeTakenBackAndMadeAgain(t *testing.T) {
	inHall(t, func(h *hall) {
		h.must(migrations.Down(h.ctx(), h.sql, h.dialect))
		if h.db.Migrator().HasTable("paper_entry") || h.db.Migrator().HasTable("meeting") {
			t.Error("tables are left")
		}
		_, err := h.Migrate(h.ctx())
		h.must(err)
		h.must(h.CheckSchema(h.ctx()))
	})
}
