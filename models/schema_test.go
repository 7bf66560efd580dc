package models

import (
	"cmp"
	"errors"
	"slices"
	"testing"

	"gorm.io/gorm"

	"gongjue/migrations"
	"gongjue/voting/lifecycle"
	"gongjue/voting/sample"
	"gongjue/voting/watch"
)

func TestTheSchemaCanBeTakenBackAndMadeAgain(t *testing.T) {
	inHall(t, func(h *hall) {
		h.must(migrations.DownTo(h.ctx(), h.sql, h.dialect, 0))
		if h.db.Migrator().HasTable("paper_entry") || h.db.Migrator().HasTable("meeting") {
			t.Error("tables are left")
		}
		_, err := h.Migrate(h.ctx())
		h.must(err)
		h.must(h.CheckSchema(h.ctx()))
	})
}

func TestEveryMigrationCanBeTakenBackAndMadeAgain(t *testing.T) {
	inHall(t, func(h *hall) {
		status, err := migrations.At(h.ctx(), h.sql, h.dialect)
		h.must(err)
		for version := status.Newest; version > 0; version-- { // each alone: all of them up again for each would be their square
			h.must(migrations.DownTo(h.ctx(), h.sql, h.dialect, version-1))
			h.must(migrations.UpTo(h.ctx(), h.sql, h.dialect, version))
			h.must(migrations.DownTo(h.ctx(), h.sql, h.dialect, version-1))
		}
		_, err = h.Migrate(h.ctx())
		h.must(err)
		h.must(h.CheckSchema(h.ctx()))
	})
}

func TestWhatIsKeptIsNeitherChangedNorDeleted(t *testing.T) {
	inHall(t, func(h *hall) {
		street := h.office("street.example", 21)
		street.register()
		meeting := h.counted()
		_, err := h.Cosign(h.ctx(), meeting.ID, street.sign(h.earliest(meeting)), "198.51.100.7")
		h.must(err)
		h.must(h.WaiveWitness(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, "见证电脑损坏"))
		h.must(h.DisplayPreliminary(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		asked := h.drawSample(h.again(meeting), h.sampling())
		h.must(h.AnswerSample(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, slices.Concat(asked.Certain, asked.ByLot)[0], sample.Confirmed))
		h.wait(6 * day)
		h.must(h.PublishFinal(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		h.sign(meeting)
		filing, err := h.SubmitFiling(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, "", h.packed(meeting))
		h.must(err)
		h.certify(filing, street)
		_, err = h.supervise(RoleStreet, meeting, h.order())
		h.must(err)
		h.must(h.EnterCommittee(h.ctx(), h.by(RoleStreet), h.community.ID, h.before()))
		h.must(h.NameHandoverParty(h.ctx(), h.by(RoleStreet), h.community.ID, h.register()[0].ID, h.by(RoleConvener).ID, lifecycle.Outgoing, ""))
		h.must(h.db.Create(&pollRow{CommunityID: h.community.ID, MeetingID: meeting.ID, MatterID: h.again(meeting).Matters[0].ID, At: h.now}).Error)
		wanted, proofs := h.preliminary()
		h.must(h.step(RoleConvener, h.record(wanted, proofs...), ContractStep{Event: lifecycle.EventWithdraw, Body: "登记错了"}))
		h.decidesInCommittee()
		h.must(h.PutOnWatch(h.ctx(), h.by(RoleStreet), h.community.ID, WantedWatch{Reasons: []watch.Reason{watch.Dispute}, Body: "信访多"}))
		h.entersBooks(h.frozenRoster())
		for _, table := range migrations.Kept {
			var before, after int64
			h.must(h.db.Table(table).Count(&before).Error)
			if before == 0 && table != "imported_ballot" && table != "opened_import" {
				t.Errorf("nothing in %s to try it on", table)
			}
			for _, statement := range []string{"UPDATE " + table + " SET community_id = community_id", "DELETE FROM " + table} {
				if err := h.db.Exec(statement).Error; err == nil && before > 0 {
					t.Errorf("%s was carried out", statement)
				}
			}
			if h.dialect == migrations.Postgres {
				if err := h.db.Exec("TRUNCATE " + table + " CASCADE").Error; err == nil {
					t.Errorf("%s was emptied", table)
				}
			}
			h.must(h.db.Table(table).Count(&after).Error)
			if after != before {
				t.Errorf("%s has %d rows of %d", table, after, before)
			}
		}
	})
}

// TestTheRowsOfARosterAreLoadedWithoutLookingForParents holds 00024 to both engines, in both directions over rows that
// are there, and to what it must leave alone: a sheet, a delivery or a paper still needs its voter.
func TestTheRowsOfARosterAreLoadedWithoutLookingForParents(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, undone := h.noticed(), errors.New("undone")
		accepts := func(table string, row map[string]any) bool {
			row["community_id"] = h.community.ID
			err := h.db.Transaction(func(tx *gorm.DB) error { return cmp.Or(tx.Table(table).Create(row).Error, undone) })
			return errors.Is(err, undone)
		}
		link := func() map[string]any {
			return map[string]any{"voter_id": "nobody", "owner_id": "nobody", "position": 1}
		}
		sheet := func() map[string]any {
			return map[string]any{"meeting_id": meeting.ID, "voter_id": "nobody", "token_hash": []byte{1}, "serial_hash": []byte{1}, "expires_at": 1}
		}
		if !accepts("voter_owner", link()) || accepts("locator", sheet()) {
			t.Error("a link is looked up, or a sheet is not")
		}
		h.must(migrations.DownTo(h.ctx(), h.sql, h.dialect, 23))
		if accepts("voter_owner", link()) || accepts("locator", sheet()) {
			t.Error("taken back, the database does not look for parents")
		}
		_, err := h.Migrate(h.ctx())
		h.must(err)
		if !accepts("voter_owner", link()) || accepts("locator", sheet()) {
			t.Error("made again, a link is looked up, or a sheet is not")
		}
	})
}
