package cli

import (
	"context"
	"fmt"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// firmContract records the contract with the firm that the past meeting selected: its filing waits for the street.
func (d *demoStage) firmContract(ctx context.Context, meetingID string, list models.Roster, at func(int, int64)) error {
	decisions, err := d.store.FirmDecisions(ctx, d.community.ID)
	if err != nil {
		return err
	}
	at(-16, 11)
	convener, today := d.by[models.RoleConvener], d.clock.now()
	for _, decision := range decisions {
		if decision.MeetingID != meetingID || !decision.Selects() {
			continue
		}
		id, err := d.store.RecordContract(ctx, convener, d.community.ID, models.WantedContract{MeetingID: meetingID, Position: decision.Position,
			Principal: "样例花园业主大会，由业主委员会代表", Area: list.Weight.Area, FeeMode: lifecycle.LumpSum, Price: 195, Terms: "商铺每月每平方米 3.60 元。地面车位的收入归全体业主，每半年公布一次。",
			SignedAt: today, From: today, To: calendar.AddMonths(today, 36) - demoDay}, nil)
		if err != nil {
			return fmt.Errorf("the contract: %w", err)
		}
		at(-16, 15)
		for _, step := range []models.ContractStep{
			{Event: lifecycle.EventInspect, Day: d.clock.now(), Parties: "业委会三名委员、两家企业的项目负责人、居委会", Body: "3号楼屋面局部渗漏，列入维修资金表决事项。\n地下消防泵一台不能自动启动，原物业服务企业在一个月内修复。"},
			{Event: lifecycle.EventSubmit},
		} {
			if err := d.store.TakeContractStep(ctx, convener, d.community, id, step); err != nil {
				return fmt.Errorf("%s the contract: %w", step.Event, err)
			}
		}
	}
	return nil
}
