package models

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// silenceRule is what a convener states about the rule behind a silence policy.
func silenceRule() *voting.SilenceConditions {
	return &voting.SilenceConditions{RuleAdopted: true, Document: "样例小区业主大会议事规则（2024年3月2日通过）", Clause: "第二十一条", CoversElections: true}
}

// silent is a meeting that votes under a silence policy.
func (h *hall) silent(policy voting.Silence) Meeting {
	h.t.Helper()
	h.announce = func(m *MeetingTerms) { m.Policies.Silence, m.SilenceRule = policy, silenceRule() }
	return h.voting()
}

// arrived is a record of a sheet that somebody took.
func arrived(sheet Sheet, at int64) Delivery {
	return Delivery{VoterID: sheet.VoterID, Mode: InHand, Result: Delivered, At: at, Relation: ToOwner, Proof: "存根 17 号"}
}

func (h *hall) deliver(meeting Meeting, delivery Delivery) Delivery {
	h.t.Helper()
	made, err := h.RecordDelivery(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID, delivery)
	h.must(err)
	return made
}

func (h *hall) deliveryDesk(meeting Meeting) DeliveryDesk {
	h.t.Helper()
	desk, err := h.DeliveryDeskOf(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	return desk
}

func TestASilencePolicyNeedsItsRule(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.frozenRoster()
		for name, c := range map[string]struct {
			refusal Refusal
			change  func(m *MeetingTerms)
		}{
			"no rule at all":         {Refusal{"silence_rule_missing", "silence_document"}, func(m *MeetingTerms) { m.SilenceRule = nil }},
			"no document":            {Refusal{"silence_rule_missing", "silence_document"}, func(m *MeetingTerms) { m.SilenceRule.Document = " " }},
			"no clause":              {Refusal{"silence_rule_missing", "silence_clause"}, func(m *MeetingTerms) { m.SilenceRule.Clause = "" }},
			"not adopted before":     {Refusal{"silence_rule_missing", "silence_adopted"}, func(m *MeetingTerms) { m.SilenceRule.RuleAdopted = false }},
			"by a preparation group": {Refusal{"silence_first_meeting", "silence"}, func(m *MeetingTerms) { m.ConvenerKind = lifecycle.PreparationGroup }},
			"at a first meeting":     {Refusal{"silence_first_meeting", "silence"}, func(m *MeetingTerms) { m.Policies.FirstMeeting = true }},
			"a policy that is none":  {Refusal{"bad_value", "silence"}, func(m *MeetingTerms) { m.Policies.Silence = "silence_is_consent" }},
		} {
			for _, policy := range voting.Silences[1:] {
				terms := h.terms(list)
				terms.Policies.Silence, terms.SilenceRule = policy, silenceRule()
				c.change(&terms)
				_, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, terms)
				var refusal *Refusal
				if !errors.As(err, &refusal) || *refusal != c.refusal {
					t.Errorf("%s, %s: %v, want %v", name, policy, err, &c.refusal)
				}
			}
		}
		terms := h.terms(list)
		terms.Policies.FirstMeeting, terms.SilenceRule, terms.DeliveryTimes = true, silenceRule(), " 3月5日起每晚上门 "
		meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, terms)
		h.must(err)
		if meeting.SilenceRule != nil || meeting.DeliveryTimes != "3月5日起每晚上门" {
			t.Errorf("the default needs no rule: %+v, %q", meeting.SilenceRule, meeting.DeliveryTimes)
		}
	})
}

func TestAnElectionNeedsAClauseThatNamesElections(t *testing.T) {
	inHall(t, func(h *hall) {
		terms := h.terms(h.frozenRoster())
		terms.Policies.Silence, terms.SilenceRule = voting.SilenceAbstains, silenceRule()
		terms.SilenceRule.CoversElections = false
		by := h.by(RoleConvener)
		meeting, err := h.CreateMeeting(h.ctx(), by, h.community.ID, terms)
		h.must(err)
		matter, err := h.AddMatter(h.ctx(), by, h.community.ID, meeting.ID, Matter{Title: "选举", Body: "应选一人。",
			Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.Pick, Options: []string{"甲", "乙"}, Seats: 1}})
		h.must(err)
		h.refused(h.IssueNotice(h.ctx(), by, h.community.ID, meeting.ID), "silence_elections_missing")
		matter.Rule = voting.Matter{Kind: voting.Motion, Item: 1}
		h.must(h.UpdateMatter(h.ctx(), by, h.community.ID, meeting.ID, matter))
		h.must(h.IssueNotice(h.ctx(), by, h.community.ID, meeting.ID))
	})
}

func TestARecordHasToProveSomething(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheet := h.sheets(meeting)[0]
		for name, c := range map[string]struct {
			code   string
			change func(d *Delivery)
		}{
			"a mode that is none":              {"bad_value: mode", func(d *Delivery) { d.Mode = "pigeon" }},
			"a result that is none":            {"bad_value: result", func(d *Delivery) { d.Result = "" }},
			"a relation that is none":          {"bad_value: relation", func(d *Delivery) { d.Relation = "neighbour" }},
			"delivered without proof":          {"delivery_proof_missing: proof", func(d *Delivery) { d.Proof = "  " }},
			"in hand, to nobody":               {"delivery_recipient_missing: relation", func(d *Delivery) { d.Relation = ToNobody }},
			"fetched, by nobody":               {"delivery_recipient_missing: relation", func(d *Delivery) { d.Mode, d.Relation = OnSite, ToNobody }},
			"public notice as a delivery":      {"delivery_public_notice: result", func(d *Delivery) { d.Mode = PublicNotice }},
			"public notice as a refusal":       {"delivery_public_notice: result", func(d *Delivery) { d.Mode, d.Result = PublicNotice, Refused }},
			"a minute before the notice":       {"delivery_before_notice: delivered_at", func(d *Delivery) { d.At = meeting.NoticedAt - minute }},
			"a moment that has not come":       {"delivery_in_future: delivered_at", func(d *Delivery) { d.At = h.now + 1 }},
			"a voter of nowhere":               {"not_found", func(d *Delivery) { d.VoterID = newID() }},
			"nobody":                           {"not_found", func(d *Delivery) { d.VoterID = "" }},
			"a first record that corrects one": {"delivery_exists", func(d *Delivery) { d.Replaces = newID() }},
		} {
			delivery := arrived(sheet, h.now)
			c.change(&delivery)
			_, err := h.RecordDelivery(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID, delivery)
			if err == nil || err.Error() != c.code {
				t.Errorf("%s: got %v, want %s", name, err, c.code)
			}
		}
		_, err := h.RecordDelivery(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, arrived(sheet, h.now))
		h.refused(err, "forbidden")
		_, err = h.RecordDelivery(h.ctx(), h.by(RoleConvener), newID(), meeting.ID, arrived(sheet, h.now))
		h.refused(err, "not_found")
		if desk := h.deliveryDesk(meeting); desk.None != 6 || desk.Issued != 6 || len(desk.Missing) != 6 {
			t.Errorf("refused records left %+v", desk.DeliveryNumbers)
		}
		letter := arrived(sheet, meeting.NoticedAt)
		letter.Mode, letter.Relation = RegisteredMail, ToNobody
		h.deliver(meeting, letter)
	})
}

func TestACorrectionIsANewerRowThatNamesTheOlder(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheet := h.sheets(meeting)[3]
		first := h.deliver(meeting, arrived(sheet, h.now))
		second := Delivery{VoterID: sheet.VoterID, Mode: InHand, Result: Undeliverable, At: h.now, Relation: ToOwner}
		_, err := h.RecordDelivery(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, second)
		h.refused(err, "delivery_exists") // as two people would record it who do not know of each other
		second.Replaces = first.ID
		corrected, err := h.RecordDelivery(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, second)
		h.must(err)
		_, err = h.RecordDelivery(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, second)
		h.refused(err, "delivery_exists")
		shown, err := h.DeliverySheetOf(h.ctx(), h.community.ID, meeting.ID, sheet.VoterID)
		h.must(err)
		if len(shown.History) != 2 || shown.History[0].ID != first.ID || shown.History[0].ByName != "teller" || shown.History[1].ID != corrected.ID ||
			shown.History[1].Replaces != first.ID || shown.History[1].Relation != ToNobody || slices.Contains(shown.Names, "样例5") {
			t.Errorf("the sheet shows %+v", shown)
		}
		if desk := h.deliveryDesk(meeting); desk.Undeliverable != 1 || desk.Delivered != 0 || len(desk.Exceptions) != 1 || desk.Exceptions[0].Last.ID != corrected.ID {
			t.Errorf("the desk shows %+v", desk)
		}
		log, err := h.Audit(h.ctx(), h.community.ID, sheet.VoterID)
		h.must(err)
		if len(log) != 2 || log[0].Act != "delivery_recorded" || log[1].Act != "delivery_corrected" || log[1].ActorName != "convener" {
			t.Errorf("on record: %+v", log)
		}
	})
}

func TestABuildingIsRecordedInOneWalk(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.noticed()
		sheets := h.sheets(meeting)
		h.deliver(meeting, Delivery{VoterID: sheets[1].VoterID, Mode: InHand, Result: Refused, At: h.now, Relation: ToOwner})
		walk := func(round DeliveryRound) (int64, error) {
			return h.RecordDeliveries(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, round)
		}
		round := DeliveryRound{Building: "1号楼", Delivery: arrived(Sheet{}, h.now)}
		for name, c := range map[string]struct {
			round DeliveryRound
			code  string
		}{
			"a building that is not there":      {DeliveryRound{"9号楼", "", round.Delivery}, "home_unknown"},
			"a stair that is not there":         {DeliveryRound{"1号楼", "7单元", round.Delivery}, "home_unknown"},
			"a building with parking alone":     {DeliveryRound{"车库", "", round.Delivery}, "home_unknown"},
			"a delivery that proves nothing":    {DeliveryRound{"1号楼", "", Delivery{Mode: Mailbox, Result: Delivered, Relation: ToNobody, At: h.now}}, "delivery_proof_missing"},
			"a moment that has not come":        {DeliveryRound{"1号楼", "", arrived(Sheet{}, h.now+1)}, "delivery_in_future"},
			"a public notice for a whole stair": {DeliveryRound{"1号楼", "1单元", Delivery{Mode: PublicNotice, Result: Delivered, Proof: "x", Relation: ToNobody, At: h.now}}, "delivery_public_notice"},
		} {
			_, err := walk(c.round)
			if !errors.Is(err, &Refusal{Code: c.code}) {
				t.Errorf("%s: got %v, want %s", name, err, c.code)
			}
		}
		// Persons 1, 3+4 and 5; person 2 has refused, and keeps that record.
		if n, err := walk(round); err != nil || n != 3 {
			t.Errorf("recorded %d, %v", n, err)
		}
		_, err := walk(round)
		h.refused(err, "delivery_nothing")
		// Of building 2 person 1's sheet went to building 1, and the developer is nobody's neighbour.
		if n, err := walk(DeliveryRound{Building: "2号楼", Stair: "1单元", Delivery: round.Delivery}); err != nil || n != 1 {
			t.Errorf("recorded %d of building 2, %v", n, err)
		}
		desk := h.deliveryDesk(meeting)
		want := []DeliveryPart{{"1号楼", DeliveryNumbers{4, 3, 1, 0, 0}}, {"2号楼", DeliveryNumbers{1, 1, 0, 0, 0}}, {"", DeliveryNumbers{1, 0, 0, 0, 1}}}
		if desk.DeliveryNumbers != (DeliveryNumbers{6, 4, 1, 0, 1}) || !slices.Equal(desk.Parts, want) || desk.Missing[0].VoterID != sheets[5].VoterID {
			t.Errorf("the desk shows %+v", desk)
		}
		log, err := h.Audit(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if last := log[len(log)-1]; last.Act != "deliveries_recorded" {
			t.Errorf("the walk stands on record as %+v", last)
		}
	})
}

func TestDeliveriesAreRecordedFromTheNoticeUntilTheClose(t *testing.T) {
	inHall(t, func(h *hall) {
		by := h.by(RoleTeller)
		draft, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
		h.must(err)
		var voter voterRow
		h.must(h.db.Where("roster_id = ?", draft.RosterID).Take(&voter).Error)
		_, err = h.RecordDelivery(h.ctx(), by, h.community.ID, draft.ID, arrived(Sheet{VoterID: voter.ID}, h.now))
		h.refused(err, "delivery_too_early")
		_, err = h.RecordDeliveries(h.ctx(), by, h.community.ID, draft.ID, DeliveryRound{Building: "1号楼", Delivery: arrived(Sheet{}, h.now)})
		h.refused(err, "delivery_too_early")
		_, err = h.DeliveryDeskOf(h.ctx(), h.community.ID, draft.ID)
		h.refused(err, "delivery_too_early")
		h.must(h.CancelMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, draft.ID, "改期"))

		meeting := h.noticed()
		sheets := h.sheets(meeting)
		h.deliver(meeting, arrived(sheets[0], h.now))
		h.wait(20 * day)
		h.deliver(meeting, arrived(sheets[1], h.now))
		h.mu.Lock()
		h.now = meeting.ClosesAt - 1
		h.mu.Unlock()
		last := h.deliver(meeting, arrived(sheets[2], h.now))
		h.mu.Lock()
		h.now++ // nobody has run Tick yet
		h.mu.Unlock()
		_, err = h.RecordDelivery(h.ctx(), by, h.community.ID, meeting.ID, arrived(sheets[3], h.now-1))
		h.refused(err, "delivery_closed")
		corrected := arrived(sheets[2], h.now-1)
		corrected.Replaces = last.ID
		_, err = h.RecordDelivery(h.ctx(), by, h.community.ID, meeting.ID, corrected)
		h.refused(err, "delivery_closed")
		_, err = h.RecordDeliveries(h.ctx(), by, h.community.ID, meeting.ID, DeliveryRound{Building: "1号楼", Delivery: arrived(Sheet{}, h.now-1)})
		h.refused(err, "delivery_closed")
		h.wait(CloseGrace)
		if got := h.state(meeting); got != lifecycle.MeetingClosed {
			t.Fatalf("the meeting is %s", got)
		}
		if desk := h.deliveryDesk(meeting); desk.Closed != "delivery_closed" || desk.Delivered != 3 || desk.None != 3 {
			t.Errorf("after the close the desk shows %+v", desk)
		}
	})
}

func TestAResultWithoutARegisterIsWrittenAsBefore(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		var row resultRow
		h.must(h.db.Where("meeting_id = ?", meeting.ID).Take(&row).Error)
		var body struct {
			Matters []map[string]json.RawMessage `json:"matters"`
		}
		h.must(json.Unmarshal([]byte(row.Body), &body))
		if _, there := body.Matters[0]["delivery"]; there {
			t.Error("a count that is on display now would not be found again after an upgrade")
		}
	})
}
