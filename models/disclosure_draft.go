package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/disclosure"
)

// DisclosureHead is what a committee says of a disclosure beside its lines.
type DisclosureHead struct {
	Period        disclosure.Period
	Name          string               // of a period that is no calendar year; may be empty
	Opening       *disclosure.Balances // nil while nobody said it
	OpeningReason string
	Nothing       []disclosure.Section // that hold nothing
	Note          string
	ReplacesID    string // the published one in whose place it is to stand
	ReplaceReason string
}

// DisclosureDraft is what a committee is about to disclose.
type DisclosureDraft struct {
	DisclosureHead
	Revision int64
	Counts   map[disclosure.Section]int
	Sums     disclosure.Sums
	Files    []DisclosureFile
	Before   *Disclosure // of the period before
	Closed   disclosure.Closed
	Bars     []*Refusal // what stands in the way of its publication
}

type draftRow struct {
	CommunityID   string
	Revision      int64
	FromAt        int64
	ToAt          int64
	Name          string
	CommonOpening *int64
	FundOpening   *int64
	OpeningReason string
	EmptySections string
	Note          string
	ReplacesID    *string
	ReplaceReason string
	ChangedAt     int64
	ChangedBy     string
}

func (draftRow) TableName() string { return "disclosure_draft" }

type draftLineRow struct {
	Line disclosureLineRow `gorm:"embedded"`
	ID   string
}

func (draftLineRow) TableName() string { return "disclosure_draft_line" }

func (r draftRow) head() DisclosureHead {
	head := DisclosureHead{Period: disclosure.Period{From: r.FromAt, To: r.ToAt}, Name: r.Name, OpeningReason: r.OpeningReason, Note: r.Note,
		ReplacesID: deref(r.ReplacesID), ReplaceReason: r.ReplaceReason}
	for _, section := range strings.Fields(r.EmptySections) {
		head.Nothing = append(head.Nothing, disclosure.Section(section))
	}
	if r.CommonOpening != nil && r.FundOpening != nil {
		opening := balances(*r.CommonOpening, *r.FundOpening)
		head.Opening = &opening
	}
	return head
}

func money(fen int64) voting.Money { return voting.Money(fen) }

func balances(common, fund int64) disclosure.Balances {
	return disclosure.Balances{Common: money(common), Fund: money(fund)}
}

// DisclosureDraft reads the draft of a community, reckoned; nil without one.
func (s *Store) DisclosureDraft(ctx context.Context, communityID string) (*DisclosureDraft, error) {
	db := s.read(ctx)
	var row draftRow
	err := db.Where("community_id = ?", communityID).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a draft: %w", err)
	}
	draft, err := reckoned(db, row, s.clock())
	if err != nil {
		return nil, err
	}
	draft.Files, err = disclosureFiles(db, communityID, "")
	return &draft, err
}

// reckoned adds up a draft and says what stands in the way of its publication.
func reckoned(db *gorm.DB, row draftRow, now int64) (DisclosureDraft, error) {
	draft := DisclosureDraft{DisclosureHead: row.head(), Revision: row.Revision, Counts: map[disclosure.Section]int{}}
	list, err := disclosuresOf(db, row.CommunityID)
	if err != nil {
		return draft, err
	}
	var amounts []struct {
		Section  disclosure.Section
		Amount   int64
		Returned bool
	}
	err = db.Table("disclosure_draft_line").Select("section, amount, returned").Where("community_id = ?", row.CommunityID).Scan(&amounts).Error
	if err != nil {
		return draft, fmt.Errorf("add up a draft: %w", err)
	}
	for _, one := range amounts {
		draft.Counts[one.Section]++
		if refusal := draft.Sums.Add(disclosure.Amount{Section: one.Section, Fen: money(one.Amount), Returned: one.Returned}); refusal != nil {
			draft.Bars = append(draft.Bars, asVotingRefusal(refusal))
			break
		}
	}
	for i, one := range list { // what is to be replaced does not count
		if one.ID == row.head().ReplacesID {
			draft.bar(one.ReplacedBy != "", "disclosure_replaced", "replaces")
			list = slices.Delete(slices.Clone(list), i, i+1)
			break
		}
	}
	draft.bar(slices.ContainsFunc(list, func(d Disclosure) bool { return d.ReplacedBy == "" && d.Period.Overlaps(draft.Period) }), "period_overlaps", "from")
	draft.bar(draft.ReplacesID != "" && draft.ReplaceReason == "", "required", "replace_reason")
	statement := disclosure.Statement{Period: draft.Period, Opening: draft.Opening, Reason: draft.OpeningReason, Nothing: draft.Nothing, Lines: draft.Counts, Sums: draft.Sums}
	if draft.Before = Before(list, draft.Period); draft.Before != nil {
		statement.Before = &draft.Before.Closing
	}
	closed, found := statement.Close(now)
	draft.Closed = closed
	for _, refusal := range found {
		draft.Bars = append(draft.Bars, asVotingRefusal(refusal))
	}
	return draft, nil
}

func (d *DisclosureDraft) bar(stands bool, code, field string) {
	if stands {
		d.Bars = append(d.Bars, &Refusal{Code: code, Field: field})
	}
}

func asVotingRefusal(r *voting.Refusal) *Refusal {
	return &Refusal{Code: string(r.Code), Field: r.Field}
}

// SaveDisclosureDraft begins a draft (revision 0) or changes what it says beside its lines. One that takes the place of a
// published disclosure begins with the lines of that. Refusals: illegal_step, draft_changed, period_invalid, bad_value
// (nothing, replaces), required, too_long, reason_names_person.
func (s *Store) SaveDisclosureDraft(ctx context.Context, by Actor, communityID string, revision int64, head DisclosureHead) error {
	row := draftRow{CommunityID: communityID, FromAt: head.Period.From, ToAt: head.Period.To, Name: strings.TrimSpace(head.Name), OpeningReason: strings.TrimSpace(head.OpeningReason),
		Note: strings.TrimSpace(head.Note), ReplaceReason: strings.TrimSpace(head.ReplaceReason), ChangedBy: by.ID}
	if refusal := head.Period.Check(); refusal != nil {
		return asVotingRefusal(refusal)
	}
	for _, section := range head.Nothing {
		if !slices.Contains(disclosure.Sections, section) {
			return refuseField("bad_value", "nothing")
		}
		row.EmptySections += string(section) + " "
	}
	if head.Opening != nil {
		common, fund := int64(head.Opening.Common), int64(head.Opening.Fund)
		row.CommonOpening, row.FundOpening = &common, &fund
	}
	if head.ReplacesID != "" {
		row.ReplacesID = &head.ReplacesID
	} else {
		row.ReplaceReason = ""
	}
	err := publicTexts(publicText{"name", row.Name, 40, false}, publicText{"opening_reason", row.OpeningReason, 200, false},
		publicText{"note", row.Note, 2000, false}, publicText{"replace_reason", row.ReplaceReason, 200, head.ReplacesID != ""})
	if err != nil {
		return err
	}
	return s.onDisclosure(ctx, by, communityID, revision, func(tx *gorm.DB, now int64) error {
		row := row // a second try begins anew
		row.Revision, row.ChangedAt = revision+1, now
		if revision == 0 {
			row.Revision = now // so that a page of an earlier draft fits no later one
		}
		if head.ReplacesID != "" {
			var n int64
			err := tx.Table("disclosure").Where("community_id = ? AND id = ?", communityID, head.ReplacesID).Count(&n).Error
			if err != nil || n == 0 {
				return cmpError(err, refuseField("bad_value", "replaces"))
			}
		}
		if revision > 0 {
			return changed(tx.Table("disclosure_draft").Where("community_id = ? AND revision = ?", communityID, revision).
				Select("revision", "from_at", "to_at", "name", "common_opening", "fund_opening", "opening_reason", "empty_sections", "note", "replaces_id", "replace_reason", "changed_at", "changed_by").Updates(&row))
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("begin a draft: %w", raced(err))
		}
		return copyLines(tx, communityID, head.ReplacesID)
	})
}

// cmpError is the error, or where there is none the refusal.
func cmpError(err, refusal error) error {
	if err != nil {
		return fmt.Errorf("find a disclosure: %w", err)
	}
	return refusal
}

// copyLines gives a draft the lines of what it is to replace.
func copyLines(tx *gorm.DB, communityID, fromID string) error {
	if fromID == "" {
		return nil
	}
	var rows []publishedLineRow
	if err := tx.Where("community_id = ? AND disclosure_id = ?", communityID, fromID).Order(sectionOrder).Find(&rows).Error; err != nil {
		return fmt.Errorf("read what is to be replaced: %w", err)
	}
	lines := make([]disclosure.Line, len(rows))
	for i, row := range rows {
		lines[i] = row.Row.view().Line
	}
	return addDraftLines(tx, communityID, 0, lines)
}

// changed refuses where somebody else changed or published a draft meanwhile.
func changed(done *gorm.DB) error {
	switch {
	case done.Error != nil:
		return fmt.Errorf("change a draft: %w", done.Error)
	case done.RowsAffected == 0:
		return refuse("draft_changed")
	}
	return nil
}

// onDisclosure is one step of whoever saw the draft as of a revision; 0 where there is none yet. The draft is locked meanwhile.
// Refusals: illegal_step, draft_changed.
func (s *Store) onDisclosure(ctx context.Context, by Actor, communityID string, revision int64, step func(tx *gorm.DB, now int64) error) error {
	if Role(by.Role) != RoleConvener {
		return refuse("illegal_step")
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row draftRow
		err := tx.Clauses(forUpdate).Select("revision").Where("community_id = ?", communityID).Take(&row).Error
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return fmt.Errorf("lock a draft: %w", err)
		}
		if row.Revision != revision {
			return refuse("draft_changed")
		}
		return step(tx, now)
	})
}

// onLines is a step that changes lines or files of a draft, and so its revision.
func (s *Store) onLines(ctx context.Context, by Actor, communityID string, revision int64, step func(tx *gorm.DB, now int64) error) error {
	return s.onDisclosure(ctx, by, communityID, revision, func(tx *gorm.DB, now int64) error {
		err := changed(tx.Table("disclosure_draft").Where("community_id = ? AND revision = ?", communityID, revision).
			Updates(map[string]any{"revision": revision + 1, "changed_at": now, "changed_by": by.ID}))
		if err != nil {
			return err
		}
		return step(tx, now)
	})
}

// DraftLines are the lines of the draft in the order of a page, after skipping some; most 0 is all.
func (s *Store) DraftLines(ctx context.Context, communityID string, skip, most int) ([]DisclosureLine, error) {
	var rows []draftLineRow
	query := s.read(ctx).Where("community_id = ?", communityID).Order(sectionOrder).Offset(skip)
	if most > 0 {
		query = query.Limit(most)
	}
	if err := query.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the lines of a draft: %w", err)
	}
	lines := make([]DisclosureLine, len(rows))
	for i, row := range rows {
		lines[i] = row.Line.view()
		lines[i].ID = row.ID
	}
	return lines, s.addGrounds(ctx, communityID, lines)
}

// AddDraftLine adds one line. Refusals: illegal_step, draft_changed, too_many_lines, those of a line, basis_unknown.
func (s *Store) AddDraftLine(ctx context.Context, by Actor, communityID string, revision int64, line disclosure.Line) error {
	return s.draftLines(ctx, by, communityID, revision, []disclosure.Line{line}, false)
}

// SetDraftLines puts lines in the place of all that the draft holds. Refusals as AddDraftLine.
func (s *Store) SetDraftLines(ctx context.Context, by Actor, communityID string, revision int64, lines []disclosure.Line) error {
	return s.draftLines(ctx, by, communityID, revision, lines, true)
}

func (s *Store) draftLines(ctx context.Context, by Actor, communityID string, revision int64, lines []disclosure.Line, instead bool) error {
	for i, line := range lines {
		lines[i].Item, lines[i].Place, lines[i].Note = strings.TrimSpace(line.Item), strings.TrimSpace(line.Place), strings.TrimSpace(line.Note)
		refused := append(lines[i].Texts(), lines[i].Check())
		if at := slices.IndexFunc(refused, func(r *voting.Refusal) bool { return r != nil }); at >= 0 {
			return asVotingRefusal(refused[at])
		}
	}
	return s.onLines(ctx, by, communityID, revision, func(tx *gorm.DB, now int64) error {
		if err := allowed(tx, communityID, lines); err != nil {
			return err
		}
		var held struct{ N, Last int64 }
		if instead {
			if err := tx.Where("community_id = ?", communityID).Delete(&draftLineRow{}).Error; err != nil {
				return fmt.Errorf("empty a draft: %w", err)
			}
		} else if err := tx.Table("disclosure_draft_line").Select("COUNT(*) AS n, COALESCE(MAX(number), 0) AS last").Where("community_id = ?", communityID).Scan(&held).Error; err != nil {
			return fmt.Errorf("count the lines of a draft: %w", err)
		}
		if held.N+int64(len(lines)) > disclosure.MostLines {
			return refuseField("too_many_lines", "lines")
		}
		return addDraftLines(tx, communityID, held.Last, lines)
	})
}

// linesAtOnce keeps the values of one statement below the bound of both engines.
const linesAtOnce = 500

func addDraftLines(tx *gorm.DB, communityID string, last int64, lines []disclosure.Line) error {
	if len(lines) == 0 {
		return nil
	}
	rows := make([]draftLineRow, len(lines))
	for i, line := range lines {
		rows[i] = draftLineRow{lineRow(communityID, last+int64(i)+1, line), newID()}
	}
	if err := tx.CreateInBatches(rows, linesAtOnce).Error; err != nil {
		return fmt.Errorf("add lines to a draft: %w", err)
	}
	return nil
}

// RemoveDraftLine takes one line out. Refusals: illegal_step, draft_changed, not_found.
func (s *Store) RemoveDraftLine(ctx context.Context, by Actor, communityID string, revision int64, id string) error {
	return s.onLines(ctx, by, communityID, revision, func(tx *gorm.DB, now int64) error {
		done := tx.Where("community_id = ? AND id = ?", communityID, id).Delete(&draftLineRow{})
		switch {
		case done.Error != nil:
			return fmt.Errorf("remove a line: %w", done.Error)
		case done.RowsAffected == 0:
			return refuse("not_found")
		}
		return nil
	})
}

// DropDisclosureDraft throws the draft away. Refusals: illegal_step, draft_changed.
func (s *Store) DropDisclosureDraft(ctx context.Context, by Actor, communityID string, revision int64) error {
	return s.onLines(ctx, by, communityID, revision, func(tx *gorm.DB, now int64) error {
		if err := tx.Where("community_id = ? AND disclosure_id = ''", communityID).Delete(&disclosureFileRow{}).Error; err != nil {
			return fmt.Errorf("drop the files of a draft: %w", err)
		}
		return endDraft(tx, communityID)
	})
}

func endDraft(tx *gorm.DB, communityID string) error {
	if err := tx.Where("community_id = ?", communityID).Delete(&draftLineRow{}).Error; err != nil {
		return fmt.Errorf("end the lines of a draft: %w", err)
	}
	if err := tx.Where("community_id = ?", communityID).Delete(&draftRow{}).Error; err != nil {
		return fmt.Errorf("end a draft: %w", err)
	}
	return nil
}
