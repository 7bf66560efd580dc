package models

import (
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"

	"gongjue/voting/ledger"
)

// office is a street's own machine: its key is nowhere else.
type office struct {
	h    *hall
	name string
	key  ed25519.PrivateKey
}

func (h *hall) office(name string, seed byte) office {
	return office{h, name, ed25519.NewKeyFromSeed(fill(seed))}
}

func (o office) witness() ledger.Witness {
	o.h.t.Helper()
	w, err := ledger.NewWitness(o.name, o.key.Public())
	o.h.must(err)
	return w
}

func (o office) proof() string {
	o.h.t.Helper()
	signer, err := ledger.NewCosigner(o.name, o.key, o.h.now)
	o.h.must(err)
	proof, err := ledger.WitnessProof(o.witness(), signer)
	o.h.must(err)
	return proof
}

// sign puts the office's line under a note.
func (o office) sign(note string) []byte {
	o.h.t.Helper()
	signer, err := ledger.NewCosigner(o.name, o.key, o.h.now)
	o.h.must(err)
	signed, err := ledger.Cosign([]byte(note), signer)
	o.h.must(err)
	return signed
}

// register proposes the key and has the district confirm it.
func (o office) register() WitnessKey {
	o.h.t.Helper()
	key, err := o.h.ProposeWitnessKey(o.h.ctx(), o.h.staff[RoleStreet], o.proof())
	o.h.must(err)
	key, err = o.h.ConfirmWitnessKey(o.h.ctx(), o.h.staff[RoleDistrict], key.ID, key.Fingerprint.Printed())
	o.h.must(err)
	return key
}

func (h *hall) newest(meeting Meeting) string {
	h.t.Helper()
	note, err := h.Checkpoint(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	return note
}

// see hands in the newest checkpoint as the office signed it.
func (o office) see(meeting Meeting) {
	o.h.t.Helper()
	_, err := o.h.Cosign(o.h.ctx(), meeting.ID, o.sign(o.h.newest(meeting)), "198.51.100.7")
	o.h.must(err)
}

func TestAWitnessKeyTakesTwoPeople(t *testing.T) {
	inHall(t, func(h *hall) {
		street, district := h.staff[RoleStreet], h.staff[RoleDistrict]
		colleague, err := h.AddStaff(h.ctx(), System, NewStaff{Login: "street-2", Name: "同事", Password: password, Role: RoleStreet, Scope: h.community.StreetID})
		h.must(err)
		elsewhere, err := h.CreateCommunity(h.ctx(), System, "样例区", "另一街道", "另一小区")
		h.must(err)
		stranger, err := h.AddStaff(h.ctx(), System, NewStaff{Login: "street-3", Name: "外人", Password: password, Role: RoleStreet, Scope: elsewhere.StreetID})
		h.must(err)
		mine, other := h.office("street.example", 21), h.office("street.example", 22)
		for name, proof := range map[string]string{"nothing": "", "the key alone": mine.witness().String(),
			"another's signature": strings.Split(mine.proof(), "\n\n")[0] + "\n\n" + strings.Split(other.proof(), "\n\n")[1]} {
			_, err := h.ProposeWitnessKey(h.ctx(), street, proof)
			if !errors.Is(err, &Refusal{Code: "witness_key_invalid"}) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, role := range []Role{RoleDistrict, RoleConvener, RoleOperator} {
			_, err = h.ProposeWitnessKey(h.ctx(), h.staff[role], mine.proof())
			h.refused(err, "forbidden")
		}
		key, err := h.ProposeWitnessKey(h.ctx(), street, strings.ReplaceAll(mine.proof(), "\n", "\r\n"))
		h.must(err)
		_, err = h.ProposeWitnessKey(h.ctx(), stranger, mine.proof())
		h.refused(err, "witness_key_exists")
		_, err = h.ConfirmWitnessKey(h.ctx(), street, key.ID, key.Fingerprint.Printed())
		h.refused(err, "two_roles_needed")
		_, err = h.ConfirmWitnessKey(h.ctx(), stranger, key.ID, key.Fingerprint.Printed())
		h.refused(err, "not_found")
		_, err = h.ConfirmWitnessKey(h.ctx(), colleague, key.ID, other.witness().Fingerprint().Printed())
		h.refused(err, "witness_fingerprint_differs")
		_, err = h.ConfirmWitnessKey(h.ctx(), colleague, key.ID, " "+strings.ToUpper(key.Fingerprint.Printed()))
		h.must(err)
		_, err = h.ConfirmWitnessKey(h.ctx(), district, key.ID, key.Fingerprint.Printed())
		h.refused(err, "illegal_step")

		late, err := h.ProposeWitnessKey(h.ctx(), street, other.proof())
		h.must(err)
		h.wait(amendmentLife + 1)
		_, err = h.ConfirmWitnessKey(h.ctx(), district, late.ID, late.Fingerprint.Printed())
		h.refused(err, "amendment_expired")
		_, err = h.ProposeWitnessKey(h.ctx(), street, other.proof())
		h.must(err) // the stale proposal is out of the way
		list, err := h.WitnessKeys(h.ctx(), district)
		h.must(err)
		if states := []WitnessKeyState{list[0].State, list[1].State, list[2].State}; len(list) != 3 || states[0] != WitnessKeyProposed || states[1] != WitnessKeyEnded || states[2] != WitnessKeyInForce {
			t.Errorf("the keys stand at %v", states)
		}
		if list, err := h.WitnessKeys(h.ctx(), stranger); err != nil || len(list) != 0 {
			t.Errorf("another street sees %v, %v", list, err)
		}
	})
}

func TestTheNoticeFixesTheKeysOfTheStreet(t *testing.T) {
	inHall(t, func(h *hall) {
		mine, retired := h.office("street.example", 21), h.office("old.example", 22)
		key, gone := mine.register(), retired.register()
		_, err := h.EndWitnessKey(h.ctx(), h.staff[RoleStreet], gone.ID)
		h.must(err)
		meeting := h.noticed()
		_, err = h.EndWitnessKey(h.ctx(), h.staff[RoleStreet], key.ID)
		h.must(err)
		_, err = h.EndWitnessKey(h.ctx(), h.staff[RoleStreet], key.ID)
		h.refused(err, "illegal_step")
		h.office("late.example", 23).register()
		h.wait(20 * day)
		var open leafRow
		h.must(h.db.Where("meeting_id = ? AND idx = 0", meeting.ID).Take(&open).Error)
		_, body, err := ledger.Decode(open.Body)
		h.must(err)
		if keys := body.(ledger.Open).StreetKeys; len(keys) != 1 || keys[0] != mine.witness().String() {
			t.Errorf("the open leaf names %v", keys)
		}
		logs, _, err := h.LogsOf(h.ctx(), mine.witness().String(), Page{N: 10})
		h.must(err)
		if len(logs) != 1 || logs[0].MeetingID != meeting.ID || logs[0].Size != 1 || logs[0].Seen != 0 || logs[0].Origin != "test.example/m/"+meeting.ID {
			t.Errorf("the witness learns of %+v", logs)
		}
	})
}
