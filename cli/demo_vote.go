package cli

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"sync"

	"gongjue/models"
	"gongjue/voting"
)

// pastMatters and openMatters are agendas with every kind of decision, one of them for a single building.
var (
	pastMatters = []models.Matter{
		{Title: "修改《业主大会议事规则》", Body: "将会议通知改为书面送达与短信同时进行，其余条款不变。",
			Rule: voting.Matter{Kind: voting.Motion, Item: 1}},
		{Title: "选举第二届业主委员会委员", Body: "应选委员五名，候补委员一名。候选人名单已公示十五日，无异议。对每位候选人分别表示同意、反对或弃权。",
			Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Seats: 5, Alternates: 1, MinMembers: 5,
				Options: []string{"候选人甲（3号楼）", "候选人乙（5号楼）", "候选人丙（6号楼）", "候选人丁（8号楼）", "候选人戊（9号楼）", "候选人己（10号楼）", "候选人庚（商业楼）"}}},
		{Title: "选聘物业服务企业", Body: "在三家投标企业中选聘一家，服务期三年，最多选一家。",
			Rule: voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick, Options: []string{"样例物业服务一公司", "样例物业服务二公司", "样例物业服务三公司"}}},
		{Title: "使用9号楼维修资金更换电梯钢丝绳", Body: "预算八万六千元，由9号楼全体业主按面积分摊。",
			Rule: voting.Matter{Kind: voting.Motion, Item: 5, Scope: []string{"9号楼"}}},
	}
	openMatters = []models.Matter{
		{Title: "利用小区外墙经营广告", Body: "在1号楼、2号楼临街外墙设置广告位，收入归全体业主，每半年公布一次。",
			Rule: voting.Matter{Kind: voting.Motion, Item: 8}},
		{Title: "补选业主委员会委员", Body: "应选委员一名，在两名候选人中选一名。",
			Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.Pick, Seats: 1, Sitting: 4, MinMembers: 5, Options: []string{"候选人辛（7号楼）", "候选人壬（8号楼）"}}},
		{Title: "选聘物业服务企业", Body: "现合同下月到期。对两家企业分别表示同意、反对或弃权；都没有达到法定比例的，不会自动选定任何一家。",
			Rule: voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.ApprovalEach, Options: []string{"样例物业服务一公司", "样例物业服务四公司"}}},
		{Title: "使用3号楼维修资金修缮屋面", Body: "预算三万二千元，由3号楼全体业主按面积分摊。",
			Rule: voting.Matter{Kind: voting.Motion, Item: 5, Scope: []string{"3号楼"}}},
	}
)

// taste is how many of a hundred are for a matter's option; the rest are against or abstain.
type taste func(matter models.Matter, option int) int

func pastTaste(matter models.Matter, option int) int {
	switch matter.Rule.Kind {
	case voting.Election:
		return []int{82, 74, 79, 66, 71, 61, 38}[option]
	case voting.Selection:
		return []int{64, 24, 8}[option]
	default:
		return 78
	}
}

func openTaste(models.Matter, int) int { return 60 }

// vote lets up to n households cast a ballot through their QR and code, and gives a sheet that has not voted.
func (d *demoStage) vote(ctx context.Context, meeting models.Meeting, n int, likes taste) (models.Sheet, error) {
	sheets, err := d.store.Sheets(ctx, d.community.ID, meeting.ID)
	if err != nil {
		return models.Sheet{}, err
	}
	slices.SortStableFunc(sheets, func(a, b models.Sheet) int { return int(draw(a.Label, "order")) - int(draw(b.Label, "order")) })
	requests := map[string]models.Sheet{}
	var left models.Sheet
	for i, sheet := range sheets {
		home, err := d.store.HomeOf(ctx, sheet.Token)
		if err != nil {
			return left, err
		}
		person := slices.IndexFunc(home.People, func(p models.HomePerson) bool { return p.Phone != "" })
		if person < 0 {
			continue
		}
		if len(requests) == n || draw(sheet.Label, "stays away") < 12 {
			if left.Token == "" && len(sheet.Units) == 1 && len(home.People) == 2 {
				left = sheet
			}
			continue
		}
		sent, err := d.store.RequestCode(ctx, sheet.Token, home.People[person].OwnerID, fmt.Sprintf("192.0.2.%d", i))
		if err != nil {
			return left, err
		}
		requests[sent.Request] = sheet
	}
	return left, d.castAll(ctx, requests, likes)
}

// castAll takes the codes out of the outbox as a phone would, and casts the ballots side by side.
func (d *demoStage) castAll(ctx context.Context, requests map[string]models.Sheet, likes taste) error {
	codes, err := d.codes(ctx)
	if err != nil {
		return err
	}
	var group sync.WaitGroup
	failures := make(chan error, len(requests))
	for request, sheet := range requests {
		token, err := d.store.RedeemCode(ctx, request, codes["code:"+request], "192.0.2.1/"+sheet.VoterID)
		if err != nil {
			return err
		}
		session, err := d.store.Resident(token)
		if err != nil {
			return err
		}
		group.Go(func() {
			_, err := d.store.CastBallot(ctx, models.Cast{Session: session, Choices: choose(sheet, likes), IdemKey: "demo-" + sheet.VoterID})
			failures <- err
		})
	}
	group.Wait()
	close(failures)
	for err := range failures {
		if err != nil {
			return err
		}
	}
	return d.deliver(ctx)
}

// codes empties the outbox and gives every code by its message's key.
func (d *demoStage) codes(ctx context.Context) (map[string]string, error) {
	codes := map[string]string{}
	for {
		messages, err := d.store.ClaimMessages(ctx, 500)
		if err != nil || len(messages) == 0 {
			return codes, err
		}
		for _, message := range messages {
			codes[message.Dedupe] = message.Code
		}
		if err := d.store.MessagesSent(ctx, messages...); err != nil {
			return codes, err
		}
	}
}

// deliver settles the notices to voters, which nobody reads in the demo's past.
func (d *demoStage) deliver(ctx context.Context) error {
	_, err := d.codes(ctx)
	return err
}

// choose fills in a ballot by the household's fixed draw.
func choose(sheet models.Sheet, likes taste) map[string]voting.Choice {
	choices := map[string]voting.Choice{}
	for _, matter := range sheet.Matters {
		switch {
		case matter.Rule.Method == voting.ApprovalEach:
			each := map[string]voting.Mark{}
			for i, name := range matter.Rule.Options {
				each[name] = mark(draw(sheet.Label, name), likes(matter, i))
			}
			choices[matter.ID] = voting.Choice{Each: each}
		case matter.Rule.Method == voting.Pick:
			choices[matter.ID] = pick(draw(sheet.Label, matter.Title), matter, likes)
		default:
			choices[matter.ID] = voting.Choice{Mark: mark(draw(sheet.Label, matter.Title), likes(matter, 0))}
		}
	}
	return choices
}

func mark(drawn, likes int) voting.Mark {
	switch {
	case drawn < likes:
		return voting.Yes
	case drawn < 95:
		return voting.No
	}
	return voting.Abstain
}

func pick(drawn int, matter models.Matter, likes taste) voting.Choice {
	for i, name := range matter.Rule.Options {
		if drawn -= likes(matter, i); drawn < 0 {
			return voting.Choice{Names: []string{name}}
		}
	}
	return voting.Choice{Mark: voting.Abstain}
}

// draw is a household's fixed number from 0 to 99 for a purpose, so that every demo shows the same figures.
func draw(label, purpose string) int {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(label + "\x00" + purpose)) // a hash never fails to take bytes
	return int(hash.Sum32() >> 8 % 100)
}
