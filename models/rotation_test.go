package models

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// byteColumns says of every column of bytes what stands in it. Whoever adds one has to say so here, and one that is
// closed under a key that can be changed has to stand in closedColumns, or a rotation would leave it behind.
var byteColumns = map[string]string{
	"installation.field_canary":    "canary of the field key",
	"installation.seal_canary":     "canary of the seal key",
	"installation.token_check":     "hash under the token key",
	"installation.log_key":         "public key",
	"key_rotation.retired":         "canary of a retired key",
	"staff_session.token_hash":     "hash",
	"unit.salt":                    "salt of a roster leaf",
	"owner.id_number":              "closed under the field key",
	"owner.id_index":               "index under the field key",
	"owner.phone":                  "closed under the field key",
	"owner.phone_index":            "index under the field key",
	"roster_intake.file":           "closed under the field key",
	"roster_intake.work":           "closed under the field key",
	"roster_work.work":             "closed under the field key",
	"roster_register.file":         "closed under the field key",
	"version_register.file":        "closed under the field key",
	"meeting.seal_public":          "public key",
	"meeting.seal_private":         "closed under the seal key",
	"seal_card.public_key":         "public key",
	"seal_card.share":              "sealed to a seal card",
	"seal_card.share_hash":         "hash of random bytes",
	"lent_share.sealed":            "sealed to a seal card",
	"attachment.content":           "a file of the meeting",
	"contract_file.content":        "a published file of a contract",
	"disclosure_file.content":      "a published file of a disclosure",
	"filing_document.content":      "closed under the field key",
	"locator.token_hash":           "hash",
	"locator.serial_hash":          "hash",
	"one_time_code.mac":            "hash under the token key",
	"log_head.edge":                "public hashes",
	"ledger_leaf.body":             "public leaf",
	"seal_group.wrapped_key":       "sealed to the meeting",
	"ballot.receipt_hash":          "hash",
	"ballot.body_mac":              "hash under the token key",
	"ballot.sealed":                "sealed to the meeting",
	"opened_ballot.salt":           "salt of a ballot leaf",
	"outbox.payload":               "closed under the field key",
	"roster_objection.contact":     "closed under the field key",
	"roster_objection.content":     "closed under the field key",
	"objection.contact":            "closed under the field key",
	"objection.content":            "closed under the field key",
	"roster_change.owners":         "closed under the field key",
	"roster_amendment.correction":  "closed under the field key",
	"roster_amendment.owners":      "closed under the field key",
	"evidence.content":             "closed under the field key",
	"platform_import.content_mac":  "hash under the token key",
	"platform_import.salt":         "salt of an import's leaf",
	"imported_ballot.receipt_hash": "hash",
	"imported_ballot.sealed":       "sealed to the meeting",
	"opened_import.salt":           "salt of a ballot leaf",
	"paper_entry.mac":              "hash under the token key",
	"paper_entry.wrapped_key":      "sealed to the meeting",
	"paper_entry.sealed":           "sealed to the meeting",
}

func TestEveryColumnOfBytesIsAccountedFor(t *testing.T) {
	inHall(t, func(h *hall) {
		tables, err := h.db.Migrator().GetTables()
		h.must(err)
		found := map[string]bool{}
		for _, table := range tables {
			columns, err := h.db.Migrator().ColumnTypes(table)
			h.must(err)
			for _, column := range columns {
				if strings.EqualFold(column.DatabaseTypeName(), "bytea") {
					found[table+"."+column.Name()] = true
				}
			}
		}
		for name := range found {
			if byteColumns[name] == "" {
				t.Errorf("%s is new: say in byteColumns what it holds, and add it to closedColumns if a rotation must reach it", name)
			}
		}
		for name := range byteColumns {
			if !found[name] {
				t.Errorf("%s is not in the schema", name)
			}
		}
		rotated := map[string]string{}
		for _, column := range closedColumns {
			rotated[column.name()] = "closed under the " + string(column.kind) + " key"
			if column.index != "" {
				rotated[column.table+"."+column.index] = "index under the " + string(column.kind) + " key"
			}
		}
		for name, holds := range byteColumns {
			if closed := strings.HasPrefix(holds, "closed under") || strings.HasPrefix(holds, "index under"); closed != (rotated[name] != "") || closed && rotated[name] != holds {
				t.Errorf("%s: %s, a rotation knows it as %q", name, holds, rotated[name])
			}
		}
	})
}

// replica is another process on the same database, with keys of its own.
func (h *hall) replica(change func(*vault.Raw)) *hall {
	h.t.Helper()
	raw := vault.Raw{Field: fill(1), Token: fill(2), Seal: fill(3), Log: fill(4)}
	change(&raw)
	keys, err := vault.NewKeys(raw)
	h.must(err)
	store, err := Open(h.ctx(), Options{URL: h.url, Keys: keys, Clock: h.clock, Origin: "test.example"})
	h.must(err)
	h.t.Cleanup(func() { _ = store.Close() })
	return &hall{Store: store, t: h.t, now: h.clock(), community: h.community, staff: h.staff, url: h.url}
}

func newKeys(r *vault.Raw) {
	r.OldField, r.OldSeal = [][]byte{r.Field}, [][]byte{r.Seal}
	r.Field, r.Seal = fill(9), fill(8)
}

func newKeysAlone(r *vault.Raw) { r.Field, r.Seal = fill(9), fill(8) }

// rotate runs a rotation one value at a time; it is cut off after so many batches, where that is not 0.
func (h *hall) rotate(batches int) error {
	ctx, cut := context.WithCancel(h.ctx())
	defer cut()
	n := 0
	return h.RotateKeys(ctx, h.by(RoleOperator), 1, func(RotatedBatch) {
		if n++; n == batches {
			cut()
		}
	})
}

func (h *hall) left() (left, values int64) {
	h.t.Helper()
	states, err := h.KeyStates(h.ctx())
	h.must(err)
	for _, state := range states {
		left += state.Left()
		for _, column := range state.Columns {
			values += column.Values
		}
	}
	return left, values
}

func TestKeysAreRotatedWhilePeopleVote(t *testing.T) {
	inHall(t, func(h *hall) {
		h.must(h.CheckKeys(h.ctx()))
		meeting := h.voting()
		sheets := h.sheets(meeting)
		a, b := h.replica(newKeys), h.replica(newKeys)
		h.must(a.CheckKeys(h.ctx()))
		// Before the rotation a process with the new keys writes what one with the old keys reads.
		session := a.session(sheets[0])
		if _, err := h.HomeOf(h.ctx(), sheets[0].Token); err != nil {
			t.Fatalf("a process with the old keys alone: %v", err)
		}

		if err := a.rotate(3); !errors.Is(err, context.Canceled) {
			t.Fatalf("cut off after three values: %v", err)
		}
		if left, _ := h.left(); left == 0 {
			t.Fatal("three values were all there is")
		}
		if err := h.replica(newKeysAlone).CheckKeys(h.ctx()); !errors.Is(err, ErrKeys) {
			t.Errorf("starting without the old key in the middle of a rotation: %v", err)
		}

		var wait sync.WaitGroup
		wait.Go(func() {
			if err := b.rotate(0); err != nil {
				t.Error(err)
			}
		})
		for i, sheet := range sheets[1:5] {
			cast := Cast{Session: a.session(sheet), Choices: answers(sheet.Matters, voting.Yes), IdemKey: fmt.Sprintf("%s-%d", key1, i)}
			if _, err := b.CastBallot(h.ctx(), cast); err != nil {
				t.Error(err)
			}
			query := HomeQuery{Building: "1号楼", Stair: "1单元", Room: "101", Phone: "19900000001"}
			if _, err := b.RequestCodeByHome(h.ctx(), meeting.ID, query, fmt.Sprintf("198.51.100.%d", i)); err != nil {
				t.Error(err)
			}
		}
		wait.Wait()
		_, err := b.CastBallot(h.ctx(), Cast{Session: session, Choices: answers(sheets[0].Matters, voting.No), IdemKey: key2})
		h.must(err)

		if left, values := h.left(); left != 0 || values < 14 {
			t.Errorf("%d of %d values are left", left, values)
		}
		h.readableUnder(newKeysAlone, meeting)
	})
}

// readableUnder checks that everything can be read and found with these keys alone, up to the count.
func (h *hall) readableUnder(keys func(*vault.Raw), meeting Meeting) {
	h.t.Helper()
	later := h.replica(keys)
	h.must(later.CheckKeys(h.ctx()))
	h.must(later.KeysReady(h.ctx()))
	var owners []ownerRow
	h.must(later.db.Find(&owners).Error)
	for _, owner := range owners {
		if phone, err := later.phone(owner); err != nil || !strings.HasPrefix(phone, "1990000") {
			h.t.Errorf("the phone of %s: %q, %v", owner.ID, phone, err)
		}
		number, err := later.keys.DecryptField(owner.at(columnIDNumber), owner.IDNumber)
		if err != nil || !strings.HasPrefix(string(number), "990000") {
			h.t.Errorf("the number of %s: %v", owner.ID, err)
		}
	}
	h.wait(codePause)
	sent, err := later.RequestCodeByHome(h.ctx(), meeting.ID, HomeQuery{Building: "1号楼", Stair: "1单元", Room: "202", Phone: "19900000005"}, elsewhere)
	h.must(err)
	if code := later.sentCode(sent.Request); len(code) != codeDigits {
		h.t.Errorf("an owner is not found by phone: code %q", code)
	}
	h.wait(10*day + CloseGrace)
	h.must(later.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
	if got := later.state(meeting); got != lifecycle.MeetingTallied {
		h.t.Errorf("after the count the meeting is %s", got)
	}
}

func TestAReplicaWithoutTheKeyInForceDoesNoHarm(t *testing.T) {
	inHall(t, func(h *hall) {
		h.must(h.CheckKeys(h.ctx()))
		sheet := h.sheets(h.voting())[1]
		home, err := h.HomeOf(h.ctx(), sheet.Token)
		h.must(err)
		a := h.replica(newKeys)
		h.must(a.rotate(0))
		h.must(a.KeysReady(h.ctx()))
		if err := h.KeysReady(h.ctx()); !errors.Is(err, vault.ErrUnknownKey) {
			t.Errorf("the forgotten replica is ready: %v", err)
		}
		_, err = h.RequestCode(h.ctx(), sheet.Token, home.People[0].OwnerID, elsewhere)
		if !Unavailable(err) {
			t.Errorf("it sends a code under the old key: %v", err)
		}
		_, err = h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "roster.xlsx", SHA256: "00", Roster: smallRoster()})
		if !Unavailable(err) {
			t.Errorf("it imports under the old key: %v", err)
		}
		sent, err := a.RequestCode(h.ctx(), sheet.Token, home.People[0].OwnerID, elsewhere)
		h.must(err)
		if _, err := h.ClaimMessages(h.ctx(), 10); !Unavailable(err) {
			t.Errorf("it takes messages that it cannot read: %v", err)
		}
		h.wait(claimLease)
		if code := a.sentCode(sent.Request); len(code) != codeDigits {
			t.Errorf("it has buried a message that others can read: code %q", code)
		}
	})
}

func TestARetiredKeyIsNotTakenIntoUseAgain(t *testing.T) {
	inHall(t, func(h *hall) {
		h.must(h.CheckKeys(h.ctx()))
		h.frozenRoster()
		h.must(h.replica(newKeys).rotate(0))
		back := h.replica(func(r *vault.Raw) { r.OldField, r.OldSeal = [][]byte{fill(9)}, [][]byte{fill(8)} })
		if err := back.rotate(0); !errors.Is(err, ErrRetiredKey) {
			t.Errorf("back to the old key: %v", err)
		}
		if err := h.replica(func(r *vault.Raw) { r.Field, r.Seal = fill(7), fill(8) }).rotate(0); !errors.Is(err, vault.ErrUnknownKey) {
			t.Errorf("with a key for values that nobody can open: %v", err)
		}
		again := h.replica(newKeys)
		h.must(again.rotate(0)) // nothing to do
		third := func(r *vault.Raw) { r.Field, r.Seal, r.OldField = fill(7), fill(8), [][]byte{fill(9)} }
		h.must(h.replica(third).rotate(0))
		var acts []string
		h.must(h.db.Table("audit").Where("subject = ?", "key_rotation").Order("at, id").Pluck("act", &acts).Error)
		want := "field_key_rotation_started seal_key_rotation_started field_key_rotation_finished seal_key_rotation_finished field_key_rotation_started field_key_rotation_finished"
		if strings.Join(acts, " ") != want {
			t.Errorf("the audit holds %v", acts)
		}
	})
}

func TestIndexesFromBeforeTheirKeyIDsAreFoundAndRenewed(t *testing.T) {
	inHall(t, func(h *hall) {
		h.must(h.CheckKeys(h.ctx()))
		meeting := h.voting()
		var owners []ownerRow
		h.must(h.db.Find(&owners).Error)
		for _, owner := range owners {
			phone, err := h.phone(owner)
			h.must(err)
			h.must(h.db.Model(&ownerRow{}).Where("id = ?", owner.ID).Update("phone_index", h.keys.BlindIndex(columnPhone, owner.CommunityID, phone)).Error)
		}
		query := HomeQuery{Building: "1号楼", Stair: "1单元", Room: "102", Phone: "19900000002"}
		sent, err := h.RequestCodeByHome(h.ctx(), meeting.ID, query, elsewhere)
		h.must(err)
		if h.sentCode(sent.Request) == "" {
			t.Error("an owner from before is not found")
		}
		if left, _ := h.left(); left != int64(len(owners)) {
			t.Errorf("%d values are due, want %d", left, len(owners))
		}
		h.must(h.rotate(0))
		if left, _ := h.left(); left != 0 {
			t.Errorf("%d values are left", left)
		}
	})
}

func TestAValueChangedMeanwhileIsNotOverwritten(t *testing.T) {
	inHall(t, func(h *hall) {
		h.must(h.CheckKeys(h.ctx()))
		h.frozenRoster()
		column := closedColumns[1]
		key, err := h.hold(h.db, column.kind)
		h.must(err)
		var row closedRow
		h.must(h.db.Table(column.table).Select(column.selected()).Order("id").Limit(1).Scan(&row).Error)
		changed := key.field.Encrypt(vault.Column{Community: row.CommunityID, Name: column.name(), Row: row.ID}, []byte("19900009999"))
		h.must(h.db.Table(column.table).Where("id = ?", row.ID).Update(column.column, changed).Error)
		if n, err := h.closeAgain(h.db, column, key, row); err != nil || n != 0 {
			t.Errorf("the older value was written over the newer: %d, %v", n, err)
		}
	})
}
