package models

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/verify"
)

func TestOnlyASignatureUnderThisLogOfANamedKeyIsTaken(t *testing.T) {
	inHall(t, func(h *hall) {
		mine, foreign := h.office("street.example", 21), h.office("street.example", 22)
		mine.register()
		meeting := h.voting()
		note := h.newest(meeting)
		signer, err := h.logSigner(meeting.ID)
		h.must(err)
		forge := func(size int64) string {
			signed, err := ledger.Checkpoint{Origin: ledger.Origin("test.example", meeting.ID), Size: size, Root: ledger.Sum(nil)}.Sign(signer)
			h.must(err)
			return string(signed)
		}
		good := mine.sign(note)
		line := strings.TrimPrefix(string(good), note)
		for i, c := range []struct {
			name    string
			meeting string
			signed  []byte
			code    string
		}{
			{"a key that is not named", meeting.ID, foreign.sign(note), "cosignature_foreign"},
			{"no signature but the log's", meeting.ID, []byte(note), "cosignature_foreign"},
			{"a fork that the log's own key signed", meeting.ID, mine.sign(forge(1)), "checkpoint_unknown"},
			{"a size that this log never signed", meeting.ID, mine.sign(forge(9)), "checkpoint_unknown"},
			{"the line of one note under another", meeting.ID, []byte(forge(1) + line), "cosignature_invalid"},
			{"a note without the log's signature", meeting.ID, []byte(strings.Split(note, "\n\n")[0] + "\n\n" + line), "cosignature_invalid"},
			{"another meeting's note", meeting.ID, []byte(strings.ReplaceAll(string(good), meeting.ID, newID())), "cosignature_invalid"},
			{"another meeting", newID(), good, "not_found"},
			{"nothing", meeting.ID, nil, "cosignature_invalid"},
			{"garbage", meeting.ID, bytes.Repeat([]byte("— \n"), 1000), "cosignature_invalid"},
			{"too much", meeting.ID, append(good, bytes.Repeat([]byte("— x AAAA\n"), mostCosigned/9)...), "cosignature_invalid"},
		} {
			if _, err := h.Cosign(h.ctx(), c.meeting, c.signed, "198.51.100.7"); !errors.Is(err, &Refusal{Code: c.code}) {
				t.Errorf("%d %s: %v", i, c.name, err)
			}
		}
		if n := h.stored("cosignature"); n != 0 {
			t.Fatalf("%d cosignatures", n)
		}
		for range 2 {
			cosigned, err := h.Cosign(h.ctx(), meeting.ID, good, "198.51.100.7")
			if err != nil || cosigned.Size != 1 || len(cosigned.Accepted) != 1 {
				t.Fatalf("%+v, %v", cosigned, err)
			}
		}
		h.wait(minute)
		if _, err := h.Cosign(h.ctx(), meeting.ID, mine.sign(note), "198.51.100.7"); err != nil {
			t.Error(err)
		}
		if n := h.stored("cosignature"); n != 1 || h.newest(meeting) != string(good) {
			t.Errorf("%d cosignatures; the first one stays under the note:\n%s", n, h.newest(meeting))
		}
	})
}

func TestRefusedCosignaturesAreLimitedByAddress(t *testing.T) {
	inHall(t, func(h *hall) {
		mine := h.office("street.example", 21)
		mine.register()
		meeting := h.voting()
		for range limitCosignAddress.hits {
			_, err := h.Cosign(h.ctx(), meeting.ID, []byte("x"), "198.51.100.7")
			h.refused(err, "cosignature_invalid")
		}
		good := mine.sign(h.newest(meeting))
		_, err := h.Cosign(h.ctx(), meeting.ID, good, "198.51.100.7")
		h.refused(err, "cosign_limited")
		_, err = h.Cosign(h.ctx(), meeting.ID, good, "198.51.100.8")
		h.must(err)
		h.wait(hour)
		_, err = h.Cosign(h.ctx(), meeting.ID, good, "198.51.100.7")
		h.must(err)
	})
}

func TestAResultIsAnnouncedOnceTheStreetHasSeenIt(t *testing.T) {
	inHall(t, func(h *hall) {
		mine := h.office("street.example", 21)
		mine.register()
		meeting := h.counted()
		convener := h.by(RoleConvener)
		h.refused(h.DisplayPreliminary(h.ctx(), convener, h.community.ID, meeting.ID), "unwitnessed")
		earlier := h.earliest(meeting)
		_, err := h.Cosign(h.ctx(), meeting.ID, mine.sign(earlier), "198.51.100.7")
		h.must(err)
		h.refused(h.DisplayPreliminary(h.ctx(), convener, h.community.ID, meeting.ID), "unwitnessed")
		mine.see(meeting)
		h.published(meeting)
		view, err := h.WitnessingOf(h.ctx(), h.meeting(meeting))
		h.must(err)
		if !view.ResultSeen() || view.Due() || view.Seen != view.Newest.Size || view.Opening.Size != 1 || view.Close.Size >= view.Result.Size {
			t.Errorf("%+v", view)
		}
		b, err := h.PublicBundle(h.ctx(), meeting.ID)
		h.must(err)
		var packed bytes.Buffer
		h.must(b.Write(&packed, "说明"))
		for key, exit := range map[string]int{mine.witness().String(): verify.ExitOK, h.office("street.example", 22).witness().String(): verify.ExitWitness} {
			report, err := verify.Verify(packed.Bytes(), verify.Options{WitnessKeys: []string{key}, Quorum: 1, Printed: view.Opening.Mark})
			h.must(err)
			if report.Exit() != exit {
				t.Errorf("exit %d: %v", report.Exit(), report.Failures())
			}
		}
	})
}

// earliest is the first checkpoint of a log.
func (h *hall) earliest(meeting Meeting) string {
	h.t.Helper()
	var row checkpointRow
	h.must(h.db.Where("meeting_id = ?", meeting.ID).Order("size").Take(&row).Error)
	return row.Note
}

func TestTheStreetMayWaiveWithAReasonThatEverybodyReads(t *testing.T) {
	inHall(t, func(h *hall) {
		h.office("street.example", 21).register()
		meeting := h.voting()
		waive := func(role Role, reason string) error {
			return h.WaiveWitness(h.ctx(), h.by(role), h.community.ID, meeting.ID, reason)
		}
		h.refused(waive(RoleStreet, "见证电脑损坏"), "illegal_step")
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		h.refused(waive(RoleConvener, "见证电脑损坏"), "forbidden")
		h.refused(waive(RoleStreet, " "), "reason_missing")
		h.refused(waive(RoleStreet, "请打 19900000001"), "reason_names_person")
		h.must(waive(RoleStreet, "见证电脑损坏"))
		h.refused(waive(RoleStreet, "见证电脑损坏"), "illegal_step")
		h.published(meeting)
		view, err := h.WitnessingOf(h.ctx(), h.meeting(meeting))
		h.must(err)
		h.verifies(meeting, 0)
		var leaf leafRow
		h.must(h.db.Where("meeting_id = ? AND kind = ?", meeting.ID, ledger.LeafWaive).Take(&leaf).Error)
		if header, _, err := ledger.Decode(leaf.Body); err != nil || header.By != h.keys.Pseudonym(meeting.ID, h.by(RoleStreet).ID) {
			t.Errorf("waived by %s, %v", header.By, err)
		}
		if view.Waived != "见证电脑损坏" || view.WaivedAt == 0 || view.ResultSeen() || view.Due() {
			t.Errorf("%+v", view)
		}
	})
}

func TestAReceiptSaysWhetherItsBallotWasWitnessed(t *testing.T) {
	inHall(t, func(h *hall) {
		mine := h.office("street.example", 21)
		mine.register()
		meeting := h.voting()
		receipt, err := h.cast(h.sheets(meeting)[0], "yes", key1)
		h.must(err)
		mine.see(meeting) // the opening alone
		for _, seen := range []bool{false, true} {
			if seen {
				h.wait(day)
				mine.see(meeting)
			}
			found, err := h.CheckReceipt(h.ctx(), receipt.Code)
			h.must(err)
			if found.Witnessed != seen || found.Number != 1 {
				t.Errorf("%+v, want %t", found, seen)
			}
		}
	})
}

// append adds leaves without ballots behind them, as a busy day does.
func (h *hall) append(meeting Meeting, n int) {
	h.t.Helper()
	h.must(h.tx(h.ctx(), func(tx *gorm.DB, now int64) error {
		log, err := openLog(tx, h.community.ID, meeting.ID)
		if err != nil {
			return err
		}
		for range n {
			if _, err := log.add(now, byServer, ledger.Access{Tier: string(bundle.Owners)}); err != nil {
				return err
			}
		}
		return log.flush(tx)
	}))
}

func TestAnOpenLogIsSignedInTheStepsOfTheTurnout(t *testing.T) {
	for name, witnessed := range map[string]bool{"with a witness": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			inHall(t, func(h *hall) {
				if witnessed {
					h.office("street.example", 21).register()
				}
				meeting := h.voting()
				size := func() int64 {
					head, err := h.openCheckpoint(meeting.ID, h.newest(meeting))
					h.must(err)
					return head.Size
				}
				for i, step := range []struct {
					leaves int
					wait   int64
					want   int64
				}{
					{turnoutStep - 1, checkpointPause, 1}, {1, 0, 21}, {turnoutStep, checkpointPause - 1, 21}, {0, 1, 41}, {0, 2 * day, 41},
					{1, 0, 42}, {1, day - 1, 42}, {0, 1, 43},
				} {
					h.append(meeting, step.leaves)
					h.wait(step.wait)
					if !witnessed {
						step.want = 1
					}
					if got := size(); got != step.want {
						t.Errorf("step %d: the newest checkpoint has %d leaves, want %d", i, got, step.want)
					}
				}
			})
		})
	}
}

func TestALogOffersAProofFromWhatAWitnessSaw(t *testing.T) {
	inHall(t, func(h *hall) {
		h.office("street.example", 21).register()
		meeting := h.voting()
		seen := ledger.Checkpoint{}
		for _, leaves := range []int{0, 20, 37, 100} {
			h.append(meeting, leaves)
			h.wait(day)
			offer, err := h.OfferTo(h.ctx(), meeting.ID, seen.Size)
			h.must(err)
			head, err := h.openCheckpoint(meeting.ID, string(offer.Note))
			h.must(err)
			h.must(seen.Follow(head, offer.Old, offer.Proof))
			if head.Size != seen.Size+int64(leaves) && seen.Size > 0 {
				t.Errorf("%d leaves after %d", head.Size, seen.Size)
			}
			seen = head
		}
		_, err := h.OfferTo(h.ctx(), meeting.ID, seen.Size+1)
		h.refused(err, "witness_ahead")
		_, err = h.OfferTo(h.ctx(), newID(), 0)
		h.refused(err, "not_found")

		h.trees = trees{} // another replica, or this one after a restart
		h.must(h.alter("UPDATE ledger_leaf SET body = ? WHERE meeting_id = ? AND idx = 5", []byte("x"), meeting.ID).Error)
		_, err = h.OfferTo(h.ctx(), meeting.ID, 21)
		h.refused(err, "ledger_mismatch")
	})
}

func TestBeforeTheStartThereIsNothingToWitness(t *testing.T) {
	inHall(t, func(h *hall) {
		mine := h.office("street.example", 21)
		mine.register()
		meeting := h.noticed()
		_, err := h.OfferTo(h.ctx(), meeting.ID, 0)
		h.refused(err, "meeting_not_started")
		_, err = h.Cosign(h.ctx(), meeting.ID, nil, "198.51.100.7")
		h.refused(err, "not_found")
		if logs, _, err := h.LogsOf(h.ctx(), mine.witness().String(), Page{N: 10}); err != nil || len(logs) != 0 {
			t.Errorf("%v, %v", logs, err)
		}
		_, _, err = h.LogsOf(h.ctx(), "street", Page{N: 10})
		h.refused(err, "witness_key_invalid")
	})
}
