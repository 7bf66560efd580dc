package cli

import (
	"context"
	"fmt"
	"time"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/stage"
	"gongjue/voting/watch"
)

// keepRecords adds to the demo's district what offices write down themselves: firms, committees from before, targets, and
// the watch list.
func (d *demoStage) keepRecords(ctx context.Context, supervisor models.Staff) error {
	figures, err := d.store.District(ctx, supervisor, 0)
	if err != nil {
		return err
	}
	seen, entered := map[string]int{}, map[string]bool{}
	for _, one := range figures.Communities {
		n := seen[one.StreetID]
		seen[one.StreetID]++
		if n%4 != 3 { // three of four communities of every street have a firm
			if err := d.firmOf(ctx, one.Community, demoFirms[n%len(demoFirms)]); err != nil {
				return fmt.Errorf("the firm of %s: %w", one.Name, err)
			}
		}
		if one.Stage == stage.None && one.FrozenAt == 0 && !entered[one.StreetID] {
			entered[one.StreetID] = true
			if err := d.committeeOf(ctx, one.Community); err != nil {
				return fmt.Errorf("the committee of %s: %w", one.Name, err)
			}
		}
	}
	if err := d.setTargets(ctx, supervisor); err != nil {
		return err
	}
	return d.watchSome(ctx, supervisor)
}

// demoFirms are the invented firms of the district.
var demoFirms = []string{"样例物业服务一公司", "样例物业服务二公司", "样例物业服务三公司"}

// demoPaper is what a scan of the demo holds.
var demoPaper = []byte("%PDF-1.4\n% sample\n")

// firmOf records a developer's preliminary contract.
func (d *demoStage) firmOf(ctx context.Context, community models.Community, firm string) error {
	began := calendar.Date(2019, 5, 1)
	_, err := d.store.RecordContract(ctx, models.Actor{Role: string(models.RoleConvener), ID: "demo-convener"}, community.ID, models.WantedContract{Kind: lifecycle.PreliminaryContract,
		Firm: firm, Principal: "样例置业有限公司", Area: 600_000_000, FeeMode: lifecycle.LumpSum, Price: 160, SignedAt: began, From: began + 31*demoDay},
		[]models.SentFile{{Name: "前期物业服务合同.pdf", Content: demoPaper}})
	return err
}

// committeeOf enters a committee that was elected before, from its papers.
func (d *demoStage) committeeOf(ctx context.Context, community models.Community) error {
	from := calendar.AddMonths(d.clock.now(), -36)
	return d.store.EnterCommittee(ctx, models.Actor{Role: string(models.RoleStreet), ID: "demo-street"}, community.ID, models.EnteredCommittee{Number: 1, Seats: 5, Document: "样例街备〔2023〕6号",
		BeganOn: calendar.DayText(from), TermFrom: calendar.DayText(from), TermTo: calendar.DayText(calendar.AddMonths(from, 60)),
		Chair: "样例甲", Deputies: []string{"样例乙"}, Members: []string{"样例丙", "样例丁", "样例戊"}, FileName: "备案.pdf", File: demoPaper})
}

// demoTargets are those of the seed papers' plans, three years of each.
var demoTargets = []struct {
	measure  models.Measure
	percents [3]int64
}{{models.MeasureFormed, [3]int64{20, 50, 80}}, {models.MeasureWorking, [3]int64{20, 60, 100}}, {models.MeasureServed, [3]int64{70, 80, 90}}}

// setTargets notes what the district wants to have reached last year, this year and next year.
func (d *demoStage) setTargets(ctx context.Context, supervisor models.Staff) error {
	for _, target := range demoTargets {
		for i, percent := range target.percents {
			year := time.UnixMilli(d.clock.now()).Year() - 1 + i
			wanted := models.WantedTarget{Measure: target.measure, Name: fmt.Sprintf("三年行动方案第%s年", []string{"一", "二", "三"}[i]), Source: "样例：示范区物业管理三年行动方案",
				Due: fmt.Sprintf("%d-12-31", year), Percent: percent}
			if _, err := d.store.SetTarget(ctx, supervisor, wanted); err != nil {
				return err
			}
		}
	}
	return nil
}

// watchSome puts the first communities of each street for which something suggests it on the watch list, for half a year or
// until they are taken off, and dismisses one suggestion.
func (d *demoStage) watchSome(ctx context.Context, supervisor models.Staff) error {
	list, err := d.store.Watch(ctx, supervisor, 0)
	if err != nil {
		return err
	}
	seen, street := map[string]int{}, models.Actor{Role: string(models.RoleStreet), ID: "demo-street"}
	for _, one := range list {
		reason, until := one.Suggested[0].Reason, ""
		if seen[one.StreetID]++; seen[one.StreetID]%2 == 0 {
			until = calendar.DayText(d.clock.now() + 180*demoDay)
		}
		switch seen[one.StreetID] {
		case 1, 2:
			err = d.store.PutOnWatch(ctx, street, one.CommunityID, models.WantedWatch{Reasons: []watch.Reason{reason, watch.Dispute}, Basis: "样例街道办〔2026〕8号",
				Body: "样例：约谈以后仍然没有办理，居民多次反映。由社区网格每周走访一次。", Until: until})
		case 3:
			err = d.store.DismissWatch(ctx, street, one.CommunityID, reason, []string{one.Suggested[0].Key}, "样例：材料已经收到，正在补录。")
		}
		if err != nil {
			return err
		}
	}
	return nil
}
