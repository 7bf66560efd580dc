package cli

import (
	"context"
	"errors"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// firstTerm is the committee that the second election relieves: the street enters it from its papers.
func (d *demoStage) firstTerm(ctx context.Context, today int64) error {
	began := calendar.AddMonths(today, -60)
	return d.store.EnterCommittee(ctx, d.by[models.RoleStreet], d.community.ID, models.EnteredCommittee{
		Number: 1, Seats: 5, Document: "样例备字第 1 号", BeganOn: calendar.DayText(began), TermFrom: calendar.DayText(began), TermTo: calendar.DayText(calendar.AddMonths(began, 60)),
		Chair: "样例主任", Deputies: []string{"样例副主任"}, Members: []string{"样例委员一", "样例委员二", "样例委员三"},
		FileName: "第一届业主委员会备案.pdf", File: []byte("%PDF-1.4\n% 样例\n")})
}

// firstSitting lets the members who were just elected choose their chair.
func (d *demoStage) firstSitting(ctx context.Context) error {
	terms, err := d.store.Committees(ctx, d.community.ID)
	if err != nil {
		return err
	}
	for _, term := range terms {
		if term.State == lifecycle.CommitteeElected {
			return d.store.ChoosePosts(ctx, d.by[models.RoleConvener], d.community.ID, term.ID, models.CommitteeChoice{HeldOn: calendar.DayText(d.clock.now()),
				Present: 5, InFavour: 5, Chair: term.Members[0].ID, Deputies: []string{term.Members[1].ID}})
		}
	}
	return errors.New("the election put no committee into the register")
}
