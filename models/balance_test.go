package models

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"gongjue/voting"
	"gongjue/voting/ledger"
)

// balance closes a vote in which the first returned of the sheets came back on paper, and what the register says of each
// sheet is in the order of the sheets; empty is no record.
func (h *hall) balance(register []DeliveryResult, returned ...int) (Meeting, *SheetBalance) {
	h.t.Helper()
	meeting := h.voting()
	sheets := h.sheets(meeting)
	for i, result := range register {
		if result == "" {
			continue
		}
		delivery := arrived(sheets[i], h.now)
		delivery.Result = result
		h.deliver(meeting, delivery)
	}
	for _, i := range returned {
		h.enter(RoleTeller, meeting, marked(sheets[i], voting.Yes), PaperWaiting)
		h.enter(RoleConvener, meeting, marked(sheets[i], voting.Yes), PaperRecorded)
	}
	h.wait(10*day + CloseGrace)
	meeting, err := h.Meeting(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	balance, err := h.SheetBalanceOf(h.ctx(), meeting)
	h.must(err)
	return meeting, balance
}

// TestSheetsThatCameBackAreComparedWithThoseHandedOut: of six sheets four were handed out, one was refused and one could
// not be delivered.
func TestSheetsThatCameBackAreComparedWithThoseHandedOut(t *testing.T) {
	const none DeliveryResult = ""
	full := []DeliveryResult{Delivered, Delivered, Delivered, Delivered, Refused, Undeliverable}
	for name, test := range map[string]struct {
		register    []DeliveryResult
		returned    []int
		least, most int64
		incidents   []voting.Discrepancy
	}{
		"fewer than were handed out":                       {full, []int{0, 1, 2}, 4, 4, nil},
		"as many as were handed out":                       {full, []int{0, 1, 2, 3}, 4, 4, nil},
		"as many, one of a home that refused":              {full, []int{0, 1, 2, 4}, 4, 4, []voting.Discrepancy{{Incident: voting.IssuedNotClosed, Sheets: 1}}},
		"one more than were handed out":                    {full, []int{0, 1, 2, 3, 4}, 4, 4, []voting.Discrepancy{{Incident: voting.ReturnedAboveIssued, Sheets: 1}, {Incident: voting.IssuedNotClosed, Sheets: 1}}},
		"all, two more than were handed out":               {full, []int{0, 1, 2, 3, 4, 5}, 4, 4, []voting.Discrepancy{{Incident: voting.ReturnedAboveIssued, Sheets: 2}, {Incident: voting.IssuedNotClosed, Sheets: 2}}},
		"without a register nobody knows":                  {nil, []int{0, 1, 2, 3, 4}, 0, 6, nil},
		"a register with gaps accuses nobody":              {[]DeliveryResult{Delivered, none, none, none, Refused}, []int{0, 1, 2, 3}, 1, 5, nil},
		"a register with gaps, and more than it can admit": {[]DeliveryResult{Refused, Refused, Refused, none, none, none}, []int{0, 1, 2, 3}, 0, 3, []voting.Discrepancy{{Incident: voting.ReturnedAboveIssued, Sheets: 1}, {Incident: voting.IssuedNotClosed, Sheets: 3}}},
	} {
		t.Run(name, func(t *testing.T) {
			inHall(t, func(h *hall) {
				meeting, b := h.balance(test.register, test.returned...)
				least, most := b.Issued()
				if b.Made != 6 || least != test.least || most != test.most || b.Returned != int64(len(test.returned)) || b.Kept != (test.register != nil) || b.Counted {
					t.Errorf("the balance is %+v", b)
				}
				if !slices.Equal(b.Incidents, test.incidents) {
					t.Errorf("incidents %+v, want %+v", b.Incidents, test.incidents)
				}
				desk, err := h.DeskOf(h.ctx(), h.community.ID, meeting.ID)
				h.must(err)
				counted := h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID)
				if desk.Suspended != b.Suspended() || b.Suspended() != (len(test.incidents) > 0 && test.incidents[0].Incident == voting.ReturnedAboveIssued) {
					t.Errorf("suspended: %v on the desk, %v by the sheets", desk.Suspended, b.Suspended())
				}
				if b.Suspended() {
					h.refused(counted, "sheets_exceed")
					if results, err := h.Results(h.ctx(), h.community.ID, meeting.ID); err != nil || len(results) != 0 {
						t.Errorf("something was counted: %v, %v", results, err)
					}
					return
				}
				h.must(counted)
			})
		})
	}
}

func TestAfterTheCountSheetsAreValidVoidOrDuplicate(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheets := h.sheets(meeting)
		if nothing, err := h.SheetBalanceOf(h.ctx(), meeting); err != nil || nothing != nil {
			t.Errorf("before the close: %+v, %v", nothing, err)
		}
		both := func(entry PaperEntry) {
			h.enter(RoleTeller, meeting, entry, PaperWaiting)
			h.enter(RoleConvener, meeting, entry, PaperRecorded)
		}
		half := marked(sheets[0], voting.Yes) // one answer void, the others valid
		half.Marks[sheets[0].Matters[0].ID] = ledger.PaperMark{Void: ledger.VoidUnreadable}
		both(half)
		// A phone was faster than the second entry.
		h.enter(RoleTeller, meeting, marked(sheets[1], voting.No), PaperWaiting)
		_, err := h.cast(sheets[1], voting.Yes, key1)
		h.must(err)
		h.enterRefused(RoleConvener, meeting, marked(sheets[1], voting.No), "already_voted")
		h.wait(10*day + CloseGrace)
		for i, reason := range map[int]ledger.VoidReason{2: ledger.VoidUnsigned, 3: ledger.VoidUnsigned, 4: ledger.VoidProxyBad} {
			both(PaperEntry{VoterID: sheets[i].VoterID, Void: reason, InBox: true})
		}
		meeting, err = h.Meeting(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		meeting, err = h.Meeting(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		for _, look := range []string{"worked out", "remembered"} {
			b, err := h.SheetBalanceOf(h.ctx(), meeting)
			h.must(err)
			if b.Returned != 5 || b.Valid != 1 || b.Void != 3 || b.Duplicate != 1 || b.Open != 0 || b.Returned != b.Valid+b.Void+b.Duplicate || len(b.Incidents) != 0 {
				t.Errorf("%s: %+v", look, b)
			}
			if want := map[ledger.VoidReason]int64{ledger.VoidUnsigned: 2, ledger.VoidProxyBad: 1}; !maps.Equal(b.Voids, want) {
				t.Errorf("%s: void for %v, want %v", look, b.Voids, want)
			}
		}
	})
}

func TestASheetIsVoidWhereNoAnswerOfItCounts(t *testing.T) {
	motion, pick := voting.Matter{Kind: voting.Motion, Item: 1}, voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick, Options: []string{"甲", "乙"}}
	rules := map[string]voting.Matter{"a": motion, "b": pick}
	yes := ledger.PaperMark{Choice: voting.Choice{Mark: voting.Yes}}
	many := ledger.PaperMark{Choice: voting.Choice{Names: []string{"甲", "乙"}}}
	bad := ledger.PaperMark{Void: ledger.VoidUnreadable}
	blank := ledger.PaperMark{}
	for i, test := range []struct {
		a, b   ledger.PaperMark
		blank  voting.Blank
		void   bool
		reason ledger.VoidReason
	}{
		{yes, bad, "", false, ""}, {bad, bad, "", true, ledger.VoidUnreadable}, {bad, many, "", true, ""}, {blank, bad, voting.BlankAbstains, false, ""},
		{blank, bad, voting.BlankVoid, true, ""}, {blank, blank, voting.BlankVoid, true, ""}, {yes, many, "", false, ""},
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			reason, void := voidSheet(map[string]ledger.PaperMark{"a": test.a, "b": test.b}, rules, voting.Policies{Blank: test.blank})
			if reason != test.reason || void != test.void {
				t.Errorf("%v for %q, want %v for %q", void, reason, test.void, test.reason)
			}
		})
	}
}
