package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/disclosure"
)

// said is a disclosure of the year before last year's end, with an opening that nobody contradicts.
func (h *hall) said() DisclosureHead {
	first := calendar.AddMonths(calendar.StartOfYear(h.now), -12)
	return DisclosureHead{Period: disclosure.Period{From: first, To: calendar.StartOfYear(h.now) - 1}, Opening: &disclosure.Balances{Common: 1_000, Fund: 900_000},
		Nothing: []disclosure.Section{disclosure.FundIn}, Note: "经审计。"}
}

func disclosedLine(section disclosure.Section, item string, fen voting.Money) disclosure.Line {
	return disclosure.Line{Amount: disclosure.Amount{Section: section, Fen: fen, Returned: fen < 0}, Item: item}
}

func disclosedLines() []disclosure.Line {
	return []disclosure.Line{disclosedLine(disclosure.FundUse, "更换水泵", 20_000), disclosedLine(disclosure.Revenue, "电梯广告", 9_000), disclosedLine(disclosure.Expense, "打印", 3_000),
		disclosedLine(disclosure.Expense, "退回押金", -500)}
}

func (h *hall) books() DisclosureDraft {
	h.t.Helper()
	draft, err := h.DisclosureDraft(h.ctx(), h.community.ID)
	h.must(err)
	if draft == nil {
		return DisclosureDraft{}
	}
	return *draft
}

// discloses publishes a head with the usual lines.
func (h *hall) discloses(head DisclosureHead) Disclosure {
	h.t.Helper()
	by := h.by(RoleConvener)
	h.must(h.SaveDisclosureDraft(h.ctx(), by, h.community.ID, 0, head))
	h.must(h.SetDraftLines(h.ctx(), by, h.community.ID, h.books().Revision, disclosedLines()))
	h.must(h.AddDraftFile(h.ctx(), by, h.community.ID, h.books().Revision, SentFile{Name: "审计.pdf", Content: []byte("%PDF-1.7 audit")}))
	id, err := h.PublishDisclosure(h.ctx(), by, h.community.ID, h.books().Revision)
	h.must(err)
	one, err := h.Disclosure(h.ctx(), h.community.ID, id)
	h.must(err)
	return one
}

func bars(list []*Refusal) (codes []string) {
	for _, bar := range list {
		codes = append(codes, bar.Code)
	}
	return codes
}

func TestADisclosureGoesFromItsDraftToEverybodyForGood(t *testing.T) {
	inHall(t, func(h *hall) {
		by, id := h.by(RoleConvener), h.community.ID
		h.refused(h.SaveDisclosureDraft(h.ctx(), h.by(RoleStreet), id, 0, h.said()), "illegal_step")
		wrong := h.said()
		wrong.Period.To = wrong.Period.From
		h.refused(h.SaveDisclosureDraft(h.ctx(), by, id, 0, wrong), "period_invalid")
		wrong = h.said()
		wrong.ReplacesID, wrong.ReplaceReason = "nothing", "写错了"
		h.refused(h.SaveDisclosureDraft(h.ctx(), by, id, 0, wrong), "bad_value")
		head := h.said()
		head.Opening, head.Nothing = nil, nil
		h.must(h.SaveDisclosureDraft(h.ctx(), by, id, 0, head))
		h.refused(h.SaveDisclosureDraft(h.ctx(), by, id, 0, head), "draft_changed") // a second click
		if got := bars(h.books().Bars); !slices.Equal(got, []string{"opening_missing", "section_empty", "section_empty", "section_empty", "section_empty"}) {
			t.Errorf("in the way of an empty draft: %v", got)
		}
		seen := h.books().Revision
		_, err := h.PublishDisclosure(h.ctx(), by, id, seen)
		h.refused(err, "opening_missing")
		h.must(h.AddDraftLine(h.ctx(), by, id, seen, disclosedLines()[0]))
		h.refused(h.AddDraftLine(h.ctx(), by, id, seen, disclosedLines()[0]), "draft_changed") // another tab
		h.refused(h.SaveDisclosureDraft(h.ctx(), by, id, seen, h.said()), "draft_changed")     // as well
		h.refused(h.AddDraftLine(h.ctx(), by, id, seen+1, disclosedLine("other", "一", 1)), "bad_value")
		h.refused(h.AddDraftLine(h.ctx(), by, id, seen+1, disclosedLine(disclosure.Revenue, " ", 1)), "required")
		lone := disclosedLine(disclosure.FundUse, "一", 1)
		lone.Basis = disclosure.Basis{EmergencyID: "nothing"}
		h.refused(h.AddDraftLine(h.ctx(), by, id, seen+1, lone), "basis_unknown")
		h.must(h.SetDraftLines(h.ctx(), by, id, seen+1, disclosedLines()))
		h.must(h.AddDraftLine(h.ctx(), by, id, seen+2, disclosedLine(disclosure.Revenue, "写错的", 1)))
		lines, err := h.DraftLines(h.ctx(), id, 1, 1)
		h.must(err)
		h.must(h.RemoveDraftLine(h.ctx(), by, id, seen+3, lines[0].ID))
		h.refused(h.RemoveDraftLine(h.ctx(), by, id, seen+4, lines[0].ID), "not_found")
		h.must(h.SaveDisclosureDraft(h.ctx(), by, id, h.books().Revision, h.said()))
		h.must(h.AddDraftFile(h.ctx(), by, id, h.books().Revision, SentFile{Name: "审计.pdf", Content: []byte("%PDF-1.7 audit")}))
		h.must(h.AddDraftFile(h.ctx(), by, id, h.books().Revision, SentFile{Name: "多余.pdf", Content: []byte("%PDF-1.7 more")}))
		h.must(h.RemoveDraftFile(h.ctx(), by, id, h.books().Revision, h.books().Files[1].ID))
		draft := h.books()
		if draft.Bars != nil || draft.Closed.Closing != (disclosure.Balances{Common: 7_500, Fund: 880_000}) || len(draft.Files) != 1 {
			t.Fatalf("the draft is %+v, in its way %v", draft, bars(draft.Bars))
		}
		public, err := h.Disclosures(h.ctx(), id)
		h.must(err)
		if len(public) != 0 {
			t.Error("a draft is public")
		}
		_, err = h.DisclosureFileOf(h.ctx(), id, "", draft.Files[0].ID)
		h.refused(err, "not_found") // of the draft
		_, err = h.PublishDisclosure(h.ctx(), h.by(RoleStreet), id, draft.Revision)
		h.refused(err, "illegal_step")
		one, err := h.PublishDisclosure(h.ctx(), by, id, draft.Revision)
		h.must(err)
		_, err = h.PublishDisclosure(h.ctx(), by, id, draft.Revision) // a second click
		h.refused(err, "draft_changed")
		got, err := h.Disclosure(h.ctx(), id, one)
		h.must(err)
		if got.Number != 1 || got.Lines != 4 || got.Closing != draft.Closed.Closing || got.Sums != (disclosure.Sums{Revenue: 9_000, Expense: 2_500, FundUse: 20_000}) || len(got.Files) != 1 || got.Note != "经审计。" {
			t.Errorf("published %+v", got)
		}
		kept, err := h.DisclosureLines(h.ctx(), id, one, 0, 0)
		h.must(err)
		var items []string
		for i, line := range kept {
			items = append(items, line.Item)
			if line.Number != int64(i)+1 {
				t.Errorf("line %d is numbered %d", i, line.Number)
			}
		}
		if !slices.Equal(items, []string{"电梯广告", "打印", "退回押金", "更换水泵"}) {
			t.Errorf("the lines are %v", items)
		}
		file, err := h.DisclosureFileOf(h.ctx(), id, one, got.Files[0].ID)
		h.must(err)
		if string(file.Content) != "%PDF-1.7 audit" {
			t.Error("another file")
		}
		h.refused(h.TakeDownDisclosureFile(h.ctx(), by, id, one, file.ID, " "), "required")
		h.refused(h.TakeDownDisclosureFile(h.ctx(), h.by(RoleTeller), id, one, file.ID, "露出了账号"), "illegal_step")
		h.must(h.TakeDownDisclosureFile(h.ctx(), by, id, one, file.ID, "露出了账号"))
		h.refused(h.TakeDownDisclosureFile(h.ctx(), by, id, one, file.ID, "露出了账号"), "not_found")
		_, err = h.DisclosureFileOf(h.ctx(), id, one, file.ID)
		h.refused(err, "not_found")
		if got, err = h.Disclosure(h.ctx(), id, one); err != nil || len(got.Files) != 1 || got.Files[0].Removal != "露出了账号" || got.Files[0].SHA256 != file.SHA256 {
			t.Errorf("that a file was there is gone: %+v, %v", got.Files, err)
		}
	})
}

func TestADisclosureIsMendedByANewerOneAlone(t *testing.T) {
	inHall(t, func(h *hall) {
		by, id := h.by(RoleConvener), h.community.ID
		first := h.discloses(h.said())
		h.must(h.SaveDisclosureDraft(h.ctx(), by, id, 0, h.said()))
		if got := bars(h.books().Bars); !slices.Contains(got, "period_overlaps") {
			t.Errorf("the same year twice: %v", got)
		}
		h.must(h.DropDisclosureDraft(h.ctx(), by, id, h.books().Revision))
		if again := h.books(); again.Revision != 0 {
			t.Errorf("a draft that was dropped: %+v", again)
		}
		newer := h.said()
		newer.ReplacesID = first.ID
		h.refused(h.SaveDisclosureDraft(h.ctx(), by, id, 0, newer), "required")
		newer.ReplaceReason = "漏记一笔"
		h.must(h.SaveDisclosureDraft(h.ctx(), by, id, 0, newer))
		h.must(h.AddDraftLine(h.ctx(), by, id, h.books().Revision, disclosedLine(disclosure.Revenue, "车位", 100)))
		second, err := h.PublishDisclosure(h.ctx(), by, id, h.books().Revision)
		h.must(err)
		list, err := h.Disclosures(h.ctx(), id)
		h.must(err)
		if len(list) != 2 || list[0].ID != second || list[0].Lines != 5 || list[0].Closing.Common != 7_600 || list[1].ReplacedBy != second || list[1].Lines != 4 {
			t.Fatalf("after the newer one: %+v", list)
		}
		h.must(h.SaveDisclosureDraft(h.ctx(), by, id, 0, newer))
		if got := bars(h.books().Bars); !slices.Contains(got, "disclosure_replaced") {
			t.Errorf("replacing the older one again: %v", got)
		}
		h.must(h.DropDisclosureDraft(h.ctx(), by, id, h.books().Revision))

		h.now = calendar.AddMonths(h.now, 12) // the next year begins where the newer one closed
		next := h.said()
		next.Opening = &disclosure.Balances{Common: 7_500, Fund: 880_000}
		h.must(h.SaveDisclosureDraft(h.ctx(), by, id, 0, next))
		if draft := h.books(); draft.Before == nil || draft.Before.ID != second || !slices.Contains(bars(draft.Bars), "opening_differs") {
			t.Errorf("an opening of the replaced one: %v, %+v", bars(draft.Bars), draft.Before)
		}
		next.OpeningReason = "审计调整"
		h.must(h.SaveDisclosureDraft(h.ctx(), by, id, h.books().Revision, next))
		h.must(h.SetDraftLines(h.ctx(), by, id, h.books().Revision, disclosedLines()))
		third, err := h.PublishDisclosure(h.ctx(), by, id, h.books().Revision)
		h.must(err)
		if one, err := h.Disclosure(h.ctx(), id, third); err != nil || !one.Differs || one.OpeningReason != "审计调整" {
			t.Errorf("the reason is not kept: %+v, %v", one, err)
		}
		if begin := NextDisclosure(list, h.now); begin.Opening == nil || begin.Opening.Common != 7_600 {
			t.Errorf("the next draft begins with %+v", begin.Opening)
		}
		other, err := h.CreateCommunity(h.ctx(), System, "样例区", "样例街道", "另一个样例小区")
		h.must(err)
		_, err = h.Disclosure(h.ctx(), other.ID, third)
		h.refused(err, "not_found")
		foreign := h.said()
		foreign.ReplacesID, foreign.ReplaceReason = third, "别的小区"
		h.refused(h.SaveDisclosureDraft(h.ctx(), by, other.ID, 0, foreign), "bad_value")
	})
}

// TestAUseOfTheFundNamesWhatAllowedIt: a vote on the fund that carried, or an emergency use that the street confirmed.
func TestAUseOfTheFundNamesWhatAllowedIt(t *testing.T) {
	inHall(t, func(h *hall) {
		by, id := h.by(RoleConvener), h.community.ID
		h.must(h.ProposeEmergency(h.ctx(), by, id, EmergencyUse{Cause: "lift", Place: "1号楼 1 号电梯", Body: "钢丝绳断股", Estimate: 100}))
		uses, err := h.Emergencies(h.ctx(), id, false)
		h.must(err)
		carried := h.decides(voting.Yes, voting.Matter{Kind: voting.Motion, Item: voting.FundUseItem})
		failed := h.decides(voting.No, voting.Matter{Kind: voting.Motion, Item: voting.FundUseItem})
		h.must(h.SaveDisclosureDraft(h.ctx(), by, id, 0, h.said()))
		use := func(basis disclosure.Basis) error {
			line := disclosedLine(disclosure.FundUse, "维修", 100)
			line.Basis = basis
			return h.AddDraftLine(h.ctx(), by, id, h.books().Revision, line)
		}
		h.refused(use(disclosure.Basis{EmergencyID: uses[0].ID}), "basis_unknown") // the street has not confirmed it
		h.must(h.ConfirmEmergency(h.ctx(), h.by(RoleStreet), id, uses[0].ID))
		h.must(use(disclosure.Basis{EmergencyID: uses[0].ID}))
		h.refused(use(disclosure.Basis{MeetingID: failed.ID, Position: 1}), "basis_unknown")
		h.refused(use(disclosure.Basis{MeetingID: carried.ID, Position: 2}), "basis_unknown")
		h.must(use(disclosure.Basis{MeetingID: carried.ID, Position: 1}))
		expense := disclosedLine(disclosure.Expense, "打印", 100)
		expense.Basis.EmergencyID = uses[0].ID
		h.refused(h.AddDraftLine(h.ctx(), by, id, h.books().Revision, expense), "basis_unknown")
		lines, err := h.DraftLines(h.ctx(), id, 0, 0)
		h.must(err)
		if len(lines) != 2 || lines[0].Ground.Number != 1 || lines[0].Ground.Place != "1号楼 1 号电梯" || lines[1].Ground.Meeting != carried.Title || lines[1].Ground.Matter != "物业服务" {
			t.Errorf("the grounds are %+v", lines)
		}
	})
}

func TestFiveThousandLinesArePublishedWhole(t *testing.T) {
	inHall(t, func(h *hall) {
		by, id := h.by(RoleConvener), h.community.ID
		lines := make([]disclosure.Line, 5_000)
		for i := range lines {
			lines[i] = disclosedLine(disclosure.Revenue, fmt.Sprintf("项目 %d", i), 100)
			lines[i].Section = []disclosure.Section{disclosure.Revenue, disclosure.Expense, disclosure.FundUse}[i%3]
		}
		h.must(h.SaveDisclosureDraft(h.ctx(), by, id, 0, h.said()))
		h.must(h.SetDraftLines(h.ctx(), by, id, h.books().Revision, lines))
		one, err := h.PublishDisclosure(h.ctx(), by, id, h.books().Revision)
		h.must(err)
		page, err := h.DisclosureLines(h.ctx(), id, one, 4_900, 200)
		h.must(err)
		if len(page) != 100 || page[99].Number != 5_000 || page[99].Section != disclosure.FundUse || page[99].Item != "项目 4997" {
			t.Errorf("the last page has %d lines, the last is %+v", len(page), page[len(page)-1])
		}
		got, err := h.Disclosure(h.ctx(), id, one)
		h.must(err)
		if got.Sums.Revenue+got.Sums.Expense+got.Sums.FundUse != 500_000 || got.Lines != 5_000 {
			t.Errorf("published %+v", got)
		}
		h.must(h.SaveDisclosureDraft(h.ctx(), by, id, 0, DisclosureHead{Period: got.Period, Opening: &got.Opening, ReplacesID: one, ReplaceReason: "改一行"}))
		if counts := h.books().Counts; counts[disclosure.Revenue]+counts[disclosure.Expense]+counts[disclosure.FundUse] != 5_000 {
			t.Errorf("the lines of what is replaced are not all there: %v", counts)
		}
		full := make([]disclosure.Line, disclosure.MostLines-5_000)
		for i := range full {
			full[i] = disclosedLine(disclosure.Revenue, "一", 1)
		}
		h.refused(h.AddDraftLine(h.ctx(), by, id, h.books().Revision, disclosedLine(disclosure.Revenue, strings.Repeat("长", 101), 1)), "too_long")
		h.must(h.draftLines(h.ctx(), by, id, h.books().Revision, full, false))
		h.refused(h.AddDraftLine(h.ctx(), by, id, h.books().Revision, full[0]), "too_many_lines")
	})
}
