package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/disclosure"
)

// Disclosure is what a committee disclosed of one period: the common revenue, the fund and its own expenses. It never
// changes; a newer one that names it takes its place, and it stays readable.
type Disclosure struct {
	ID            string
	CommunityID   string
	Number        int64 // 1-based in the community
	Period        disclosure.Period
	Name          string // of a period that is no calendar year
	Opening       disclosure.Balances
	OpeningReason string // why the opening is another than was published last
	Differs       bool   // it is
	Sums          disclosure.Sums
	Closing       disclosure.Balances
	Lines         int64
	Note          string
	ReplacesID    string
	ReplaceReason string
	PublishedAt   int64 // Unix ms

	ReplacedBy string           // id of the newer one; empty for none
	Files      []DisclosureFile // of one that is read alone, as below
	Counts     map[disclosure.Section]int
}

type disclosureRow struct {
	CommunityID   string
	ID            string
	Number        int64
	FromAt        int64
	ToAt          int64
	Name          string
	CommonOpening int64
	FundOpening   int64
	OpeningReason string
	Differs       bool
	Revenue       int64
	Expense       int64
	FundIn        int64
	FundUse       int64
	CommonClosing int64
	FundClosing   int64
	Lines         int64
	Note          string
	ReplacesID    *string
	ReplaceReason string
	PublishedAt   int64
	PublishedBy   string
}

func (disclosureRow) TableName() string { return "disclosure" }

func (r disclosureRow) view() Disclosure {
	return Disclosure{ID: r.ID, CommunityID: r.CommunityID, Number: r.Number, Period: disclosure.Period{From: r.FromAt, To: r.ToAt}, Name: r.Name,
		Opening: balances(r.CommonOpening, r.FundOpening), OpeningReason: r.OpeningReason, Differs: r.Differs,
		Sums:    disclosure.Sums{Revenue: money(r.Revenue), Expense: money(r.Expense), FundIn: money(r.FundIn), FundUse: money(r.FundUse)},
		Closing: balances(r.CommonClosing, r.FundClosing), Lines: r.Lines, Note: r.Note, ReplacesID: deref(r.ReplacesID), ReplaceReason: r.ReplaceReason, PublishedAt: r.PublishedAt}
}

// DisclosureLine is one line, with its number within the disclosure, and the words of what allowed it.
type DisclosureLine struct {
	disclosure.Line
	ID     string // of a line of the draft
	Number int64
	Ground DisclosureGround // zero without one
}

// disclosureLineRow is the same in both tables.
type disclosureLineRow struct {
	CommunityID string
	Number      int64
	Section     disclosure.Section
	Item        string
	Place       string
	MeetingID   string
	Position    int64
	EmergencyID string
	Amount      int64
	Returned    bool
	Note        string
}

type publishedLineRow struct {
	Row          disclosureLineRow `gorm:"embedded"`
	DisclosureID string
}

func (publishedLineRow) TableName() string { return "disclosure_line" }

func (r disclosureLineRow) view() DisclosureLine {
	return DisclosureLine{Number: r.Number, Line: disclosure.Line{Amount: disclosure.Amount{Section: r.Section, Fen: money(r.Amount), Returned: r.Returned},
		Item: r.Item, Place: r.Place, Basis: disclosure.Basis{MeetingID: r.MeetingID, Position: r.Position, EmergencyID: r.EmergencyID}, Note: r.Note}}
}

func lineRow(communityID string, number int64, line disclosure.Line) disclosureLineRow {
	return disclosureLineRow{CommunityID: communityID, Number: number, Section: line.Section, Item: line.Item, Place: line.Place, MeetingID: line.Basis.MeetingID,
		Position: line.Basis.Position, EmergencyID: line.Basis.EmergencyID, Amount: int64(line.Fen), Returned: line.Returned, Note: line.Note}
}

// sectionOrder puts lines into the order of a page.
const sectionOrder = "CASE section WHEN 'revenue' THEN 1 WHEN 'expense' THEN 2 WHEN 'fund_in' THEN 3 ELSE 4 END, number"

// Disclosures are those of a community without their lines, the latest period first, and of one period the newest first.
func (s *Store) Disclosures(ctx context.Context, communityID string) ([]Disclosure, error) {
	return disclosuresOf(s.read(ctx), communityID)
}

func disclosuresOf(db *gorm.DB, communityID string) ([]Disclosure, error) {
	var rows []disclosureRow
	if err := db.Where("community_id = ?", communityID).Order("to_at DESC, number DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list disclosures: %w", err)
	}
	newer := map[string]string{}
	list := make([]Disclosure, len(rows))
	for i, row := range rows {
		list[i] = row.view()
		newer[list[i].ReplacesID] = row.ID
	}
	for i := range list {
		list[i].ReplacedBy = newer[list[i].ID]
	}
	return list, nil
}

// Disclosure reads one with its files. Refusal: not_found.
func (s *Store) Disclosure(ctx context.Context, communityID, id string) (Disclosure, error) {
	list, err := s.Disclosures(ctx, communityID)
	if err != nil {
		return Disclosure{}, err
	}
	for _, one := range list {
		if one.ID == id {
			if one.Files, err = disclosureFiles(s.read(ctx), communityID, id); err != nil {
				return Disclosure{}, err
			}
			one.Counts, err = lineCounts(s.read(ctx), communityID, id)
			return one, err
		}
	}
	return Disclosure{}, refuse("not_found")
}

func lineCounts(db *gorm.DB, communityID, id string) (map[disclosure.Section]int, error) {
	var rows []struct {
		Section disclosure.Section
		N       int
	}
	err := db.Table("disclosure_line").Select("section, COUNT(*) AS n").Where("community_id = ? AND disclosure_id = ?", communityID, id).Group("section").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count the lines of a disclosure: %w", err)
	}
	counts := map[disclosure.Section]int{}
	for _, row := range rows {
		counts[row.Section] = row.N
	}
	return counts, nil
}

// Before finds, among the disclosures of a community, what was published of the period before: what was not replaced and
// ended last before the period began; nil where there is none.
func Before(list []Disclosure, period disclosure.Period) *Disclosure {
	for i := range list { // the latest period first
		if list[i].ReplacedBy == "" && list[i].Period.To < period.From {
			return &list[i]
		}
	}
	return nil
}

// DisclosureLines are the lines of a published disclosure in the order of a page, after skipping some; most 0 is all.
func (s *Store) DisclosureLines(ctx context.Context, communityID, id string, skip, most int) ([]DisclosureLine, error) {
	var rows []publishedLineRow
	query := s.read(ctx).Where("community_id = ? AND disclosure_id = ?", communityID, id).Order(sectionOrder).Offset(skip)
	if most > 0 {
		query = query.Limit(most)
	}
	if err := query.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the lines of a disclosure: %w", err)
	}
	lines := make([]DisclosureLine, len(rows))
	for i, row := range rows {
		lines[i] = row.Row.view()
	}
	return lines, s.addGrounds(ctx, communityID, lines)
}

// NextDisclosure is where a new draft begins: the year that is over, or the half of it where something of it is published,
// with the balances that were published last.
func NextDisclosure(list []Disclosure, now int64) DisclosureHead {
	first := calendar.AddMonths(calendar.StartOfYear(now), -12)
	head := DisclosureHead{Period: disclosure.Period{From: first, To: calendar.StartOfYear(now) - 1}}
	for _, one := range list {
		if one.ReplacedBy == "" && one.Period.Overlaps(head.Period) {
			head.Period = disclosure.Period{From: one.Period.To + 1, To: calendar.AddMonths(one.Period.To+1, 12) - 1}
			break
		}
	}
	if before := Before(list, head.Period); before != nil {
		opening := before.Closing
		head.Opening = &opening
	}
	return head
}
