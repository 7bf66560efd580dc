package cli

import (
	"context"

	"gongjue/models"
	"gongjue/voting/calendar"
)

// firstTerm is the committee that the second election relieves: the street enters it from its papers.
func (d *demoStage) firstTerm(ctx context.Context, today int64) error {
	began := calendar.AddMonths(today, -60)
	return d.store.EnterCommittee(ctx, d.by[models.RoleStreet], d.community.ID, models.EnteredCommittee{
		Number: 1, Seats: 5, Document: "样例备字第 1 号", BeganOn: calendar.DayText(began), TermFrom: calendar.DayText(began), TermTo: calendar.DayText(calendar.AddMonths(began, 60)),
		Chair: "样例主任", Deputies: []string{"样例副主任"}, Members: []string{"样例委员一", "样例委员二", "样例委员三"},
		FileName: "第一届业主委员会备案.pdf", File: []byte("%PDF-1.4\n% 样例\n")})
}
