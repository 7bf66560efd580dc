package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/disclosure"
)

// demoBooks are the invented lines of a year.
var demoBooks = []disclosure.Line{
	demoBook(disclosure.Revenue, "电梯轿厢广告", "1号楼至6号楼", 3_680_000, "示范传媒，合同三年，按季收取"),
	demoBook(disclosure.Revenue, "地面公共车位", "小区道路", 8_640_000, "48 个车位，扣除管理成本以后"),
	demoBook(disclosure.Revenue, "公共用房出租", "会所一层", 2_400_000, ""),
	demoBook(disclosure.Revenue, "快递柜电费返还", "南门", 126_050, ""),
	demoBook(disclosure.Expense, "会议材料打印和公告", "", 184_600, ""),
	demoBook(disclosure.Expense, "年度账目审计", "", 800_000, "示范会计师事务所"),
	demoBook(disclosure.Expense, "转入专项维修资金", "", 6_000_000, "业主大会去年的决定"),
	demoBook(disclosure.Expense, "退回会议场地押金", "", -20_000, ""),
	demoBook(disclosure.FundIn, "从公共收益转入", "", 6_000_000, ""),
	demoBook(disclosure.FundIn, "专户存款利息", "", 1_876_533, ""),
	demoBook(disclosure.FundUse, "更换生活水泵两台", "1号楼", 9_600_000, "验收合格，决算经审计"),
}

func demoBook(section disclosure.Section, item, place string, fen voting.Money, note string) disclosure.Line {
	return disclosure.Line{Amount: disclosure.Amount{Section: section, Fen: fen, Returned: fen < 0}, Item: item, Place: place, Note: note}
}

// books discloses two years, so that the second is compared with the first; an owner asks about a line and is answered, and
// another question waits.
func (d *demoStage) books(ctx context.Context, meetingID string, list models.Roster, at func(int, int64)) error {
	at(-15, 10)
	convener, id := d.by[models.RoleConvener], d.community.ID
	year := calendar.AddMonths(calendar.StartOfYear(d.clock.now()), -12)
	closing, _, err := d.bookOf(ctx, calendar.AddMonths(year, -12), disclosure.Balances{Common: 1_094_650, Fund: 130_000_000}, demoBooks[1:10])
	if err != nil {
		return err
	}
	at(-15, 11)
	_, published, err := d.bookOf(ctx, year, closing, demoBooks)
	if err != nil {
		return err
	}
	owner, err := d.someOwner(ctx, meetingID, list)
	if err != nil {
		return err
	}
	at(-12, 20)
	asked, err := d.store.AskDisclosure(ctx, owner, published, 1, "六栋楼一共多少部电梯有广告？每部每季度收多少？")
	if err != nil {
		return err
	}
	at(-9, 15)
	if err := d.store.AnswerQuestion(ctx, convener, id, asked.ID, "共 12 部电梯，每部每季度约 767 元，合同附件可以到业主委员会办公室查看。"); err != nil {
		return err
	}
	at(-5, 19)
	_, err = d.store.AskDisclosure(ctx, owner, published, 0, "今年会不会把停车收入的一部分用来减物业费？")
	return err
}

// bookOf discloses one year and gives its closing balances and its id.
func (d *demoStage) bookOf(ctx context.Context, year int64, opening disclosure.Balances, lines []disclosure.Line) (disclosure.Balances, string, error) {
	by, id := d.by[models.RoleConvener], d.community.ID
	head := models.DisclosureHead{Period: disclosure.Period{From: year, To: calendar.AddMonths(year, 12) - 1}, Opening: &opening,
		Note: "本页的单位、金额都是编造的样例。\n公共收益和维修资金分两个账户，账目经示范会计师事务所审计。"}
	for _, section := range disclosure.Sections {
		if !slices.ContainsFunc(lines, func(l disclosure.Line) bool { return l.Section == section }) {
			head.Nothing = append(head.Nothing, section)
		}
	}
	if err := d.store.SaveDisclosureDraft(ctx, by, id, 0, head); err != nil {
		return disclosure.Balances{}, "", err
	}
	draft, err := d.store.DisclosureDraft(ctx, id)
	if err != nil {
		return disclosure.Balances{}, "", err
	}
	if err := d.store.SetDraftLines(ctx, by, id, draft.Revision, slices.Clone(lines)); err != nil {
		return disclosure.Balances{}, "", err
	}
	published, err := d.store.PublishDisclosure(ctx, by, id, draft.Revision+1)
	if err != nil {
		return disclosure.Balances{}, "", err
	}
	one, err := d.store.Disclosure(ctx, id, published)
	return one.Closing, published, err
}

// someOwner is an owner of the roster as if they had proved who they are.
func (d *demoStage) someOwner(ctx context.Context, meetingID string, list models.Roster) (models.RosterSession, error) {
	sheets, err := d.store.Sheets(ctx, d.community.ID, meetingID)
	if err != nil {
		return models.RosterSession{}, err
	}
	for _, sheet := range sheets {
		place := strings.Split(sheet.Label, "/")
		if len(place) != 3 {
			continue
		}
		owners, err := d.store.FindOwners(ctx, d.by[models.RoleStreet], d.community.ID, list.ID, models.OwnerQuery{Building: place[0], Stair: place[1], Room: place[2]})
		if err != nil {
			return models.RosterSession{}, err
		}
		if len(owners) > 0 {
			return models.RosterSession{Roster: list.ID, Voter: sheet.VoterID, Owner: owners[0].OwnerID}, nil
		}
	}
	return models.RosterSession{}, fmt.Errorf("no home of three parts on roster %s", list.ID)
}
