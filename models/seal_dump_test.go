package models

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hpke"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/ledger"
)

// TestT07NobodyOpensAThreeHoldersMeetingWithDatabaseAndKeys is R33 with every key of the server in the attacker's hands:
// while ballots come in, after the close, and while one holder waits for another. The same attack on a meeting whose key
// the server keeps succeeds, so that the test can fail.
func TestT07NobodyOpensAThreeHoldersMeetingWithDatabaseAndKeys(t *testing.T) {
	inHall(t, func(h *hall) {
		cards := h.holders()
		meeting := h.voting()
		sheet := h.sheets(meeting)[0]
		_, err := h.cast(sheet, voting.Yes, key1)
		h.must(err)
		h.enter(RoleTeller, meeting, marked(h.sheets(meeting)[1], voting.No), PaperWaiting)
		h.closedToDump(meeting, cards)
		h.enter(RoleConvener, meeting, marked(h.sheets(meeting)[1], voting.No), PaperRecorded)
		h.wait(10*day + CloseGrace)
		h.closedToDump(meeting, cards)
		h.must(h.open(RoleStreet, meeting, cards[RoleStreet]))
		h.closedToDump(meeting, cards)
	})
	inHall(t, func(h *hall) {
		meeting := h.voting()
		_, err := h.cast(h.sheets(meeting)[0], voting.Yes, key1)
		h.must(err)
		if !h.dumpOpens(meeting) {
			t.Error("the key that the server keeps was not found: the attack of this test is too weak")
		}
	})
}

// TestT07AKeyPutInThePlaceOfTheHoldersSealsNothing: whoever writes to the database exchanges the key while ballots come in,
// for one that they hold themselves.
func TestT07AKeyPutInThePlaceOfTheHoldersSealsNothing(t *testing.T) {
	for name, change := range map[string]string{
		"the key alone":                        "UPDATE meeting SET seal_public = (SELECT public_key FROM seal_card WHERE number = 1)",
		"the key and what the notice said":     "UPDATE meeting SET seal_public = (SELECT public_key FROM seal_card WHERE number = 1), notice_hash = '" + strings.Repeat("0", 64) + "'",
		"the key, which the server is to keep": "UPDATE meeting SET seal_public = (SELECT public_key FROM seal_card WHERE number = 1), seal_kept = 'server'",
	} {
		t.Run(name, func(t *testing.T) {
			inHall(t, func(h *hall) {
				h.holders()
				meeting := h.voting()
				sheets := h.sheets(meeting)
				session := h.session(sheets[0])
				h.must(h.db.Exec(change).Error)
				other := h.replica(func(*vault.Raw) {}) // a process that has not read the key yet
				_, err := other.CastBallot(h.ctx(), Cast{Session: session, Choices: answers(sheets[0].Matters, voting.Yes), IdemKey: key1})
				h.refused(err, "ledger_mismatch")
				_, err = other.EnterPaper(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID, marked(sheets[1], voting.Yes))
				h.refused(err, "ledger_mismatch")
				if h.stored("ballot")+h.stored("paper_entry") != 0 {
					t.Error("something was sealed to the other key")
				}
			})
		})
	}
}

func (h *hall) closedToDump(meeting Meeting, cards map[Role]string) {
	h.t.Helper()
	if h.dumpOpens(meeting) {
		h.t.Error("database and keys open the ballots")
	}
	everything := bytes.Join(h.dump(""), []byte("\n"))
	for _, found := range []string{`"mark"`, `"each":{`, `"names":[`} {
		if bytes.Contains(everything, []byte(found)) {
			h.t.Errorf("the database holds %s in plain", found)
		}
	}
	for role, text := range cards {
		card, err := ledger.ParseSealCard(meeting.ID, text)
		h.must(err)
		for _, form := range [][]byte{[]byte(text), []byte(strings.ReplaceAll(text, "-", "")), card.Secret[:]} {
			if bytes.Contains(everything, form) {
				h.t.Errorf("the database holds the card of the %s", role)
			}
		}
	}
}

// dumpOpens tries everything in the database, as it stands and as every key of the server opens it, on every group of
// ballots.
func (h *hall) dumpOpens(meeting Meeting) bool {
	h.t.Helper()
	var groups [][]byte
	for _, table := range []string{"seal_group", "paper_entry"} {
		var found [][]byte
		h.must(h.db.Table(table).Where("meeting_id = ?", meeting.ID).Pluck("wrapped_key", &found).Error)
		groups = append(groups, found...)
	}
	if len(groups) == 0 {
		h.t.Fatal("nothing is sealed")
	}
	opens := func(raw []byte) bool {
		return slices.ContainsFunc(groups, func(group []byte) bool { return opensGroup(raw, meeting.ID, group) })
	}
	for _, value := range h.dump("") {
		if key, err := h.keys.OpenMeetingKey(meeting.ID, value); err == nil && slices.ContainsFunc(groups, func(group []byte) bool { _, err := key.OpenGroup(group); return err == nil }) {
			return true
		}
		if len(value) == vault.MeetingKeySize && opens(value) {
			return true
		}
	}
	for _, value := range append(h.dump("seal_card"), h.dump("lent_share")...) {
		for at := 0; at+vault.MeetingKeySize <= len(value); at++ {
			if opens(value[at : at+vault.MeetingKeySize]) {
				return true
			}
		}
	}
	return false
}

// opensGroup tries 32 bytes as the private key of a meeting.
func opensGroup(raw []byte, meeting string, wrapped []byte) bool {
	private, err := ecdh.X25519().NewPrivateKey(raw)
	if err != nil {
		return false
	}
	key, err := hpke.NewDHKEMPrivateKey(private)
	if err != nil {
		return false
	}
	var info []byte
	for _, part := range []string{"gongjue.group/v1", meeting} {
		info = append(binary.BigEndian.AppendUint32(info, uint32(len(part))), part...)
	}
	_, err = hpke.Open(key, hpke.HKDFSHA256(), hpke.AES256GCM(), info, wrapped)
	return err == nil
}

// dump is every value of a table, or of all of them, that is bytes or text. The agenda's own rules are left out: they name
// what can be answered.
func (h *hall) dump(only string) (values [][]byte) {
	h.t.Helper()
	tables, err := h.db.Migrator().GetTables()
	h.must(err)
	for _, table := range tables {
		if table == "matter" || strings.HasPrefix(table, "sqlite_") || only != "" && only != table {
			continue
		}
		rows, err := h.db.Table(table).Rows()
		h.must(err)
		columns, err := rows.Columns()
		h.must(err)
		for rows.Next() {
			row, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range row {
				into[i] = &row[i]
			}
			h.must(rows.Scan(into...))
			for _, value := range row {
				switch value := value.(type) {
				case []byte:
					values = append(values, value)
				case string:
					values = append(values, []byte(value))
				}
			}
		}
		h.must(rows.Err())
		h.must(rows.Close())
	}
	if only == "" && len(values) < 100 {
		h.t.Fatalf("the dump holds only %s", fmt.Sprint(len(values), " values"))
	}
	return values
}
