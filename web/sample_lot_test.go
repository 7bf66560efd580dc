package web

import (
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/rules"
)

var drawnSeats = voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Seats: 5, Alternates: 1, TieWay: voting.TieByLot, Options: committee.Options}

// sampleTie is an election in which three are equal for the last seat and the one alternate's place.
func sampleTie(t testing.TB) ResultMatter {
	counts := voting.Counts{Total: everybody, Voted: weight(704, 9_012_345), Options: map[string]voting.Weight{}, Against: map[string]voting.Weight{}}
	for i, name := range drawnSeats.Options {
		counts.Options[name] = weight(600-int64(min(i, 4))*40, 8_000_000-int64(min(i, 4))*500_000)
		counts.Against[name] = weight(60, 600_000)
	}
	return ResultMatter{Number: 2, Title: "选举第一届业主委员会委员", Law: "《民法典》第二百七十八条第一款第三项", Matter: drawnSeats, Outcome: decided(t, drawnSeats, counts)}
}

// sampleLot is the lot of that election: announced anew once, or drawn.
func sampleLot(t testing.TB, drawn bool) *Lot {
	m := sampleTie(t)
	lot := &Lot{CloseRoot: sampleRoot, Waiting: !drawn, Announcements: []LotAnnouncement{
		{Due: sampleNow, Place: samplePlace, Manner: "请到场的业主摸球六次", Digits: 6, At: sampleOpens, By: LotRole("convener"), Replaced: true},
		{Due: sampleCloses, Place: samplePlace, Manner: "请到场的业主摸球六次", Digits: 6, At: sampleNow, By: LotRole("street"), Reason: "当天停电"}}}
	if !drawn {
		lot.Ties = []LotTie{NewLotTie(2, m.Title, m.Matter, m.Outcome, nil)}
		return lot
	}
	settled := sampleSettled(t, m)
	lot.Ties = []LotTie{NewLotTie(2, m.Title, m.Matter, m.Outcome, &settled)}
	lot.Drawn = &LotDrawn{Number: "038617", At: sampleCloses, Witnesses: "街道一名、居民委员会一名、业主五名", First: LotRole("convener"), Second: LotRole("street"),
		Leaf: 713, Differed: 1, Withdrawn: []string{"038671"}}
	return lot
}

func sampleSettled(t testing.TB, m ResultMatter) voting.Outcome {
	pack, err := rules.At("cn", int64(sampleOpens))
	if err != nil {
		t.Fatal(err)
	}
	settled, err := voting.ResolveTie(pack.Law(), announce.Policies, m.Matter, m.Outcome, sampleRoot+"/038617", "01890000-0000-7000-8000-000000000003")
	if err != nil {
		t.Fatal(err)
	}
	return settled
}

func sampleLotPages(t testing.TB) map[string]Page {
	desk := LotPage{Shell: staffShell("公开抽签", "street"), Community: "共决示范花园", Meeting: sampleCard.Title, MeetingURL: "/m/1", ResultURL: "/r", State: "preliminary",
		Lot: sampleLot(t, false), Next: LotNextRecord}
	calling, recording, confirming, over := desk, desk, desk, desk
	calling.Announce = &LotAnnounceForm{Form: sampleForm("due", "reason"), Again: true, Earliest: sampleCloses, Due: sampleCloses.Local(), Place: samplePlace, Manner: "摸球六次", Digits: "6", Reason: "停电"}
	recording.Record = &LotRecordForm{Form: sampleForm("number"), Digits: 6, Number: "38617", DrawnAt: sampleCloses.Local(), Witnesses: "业主五名"}
	confirming.Confirm, confirming.Withdraw, confirming.Next = &LotConfirmForm{Form: sampleForm("number"), Digits: 6, Number: "038671"}, "/withdraw", LotNextSecond
	over.Lot, over.Next, over.State = sampleLot(t, true), LotNextPublish, "preliminary"
	result, isResult := samplePublic(t)["result-preliminary"].(Result)
	count, isCount := sampleStaff(t)["count"].(CountPage)
	notice, isNotice := samplePublic(t)["notice"].(MeetingNotice)
	if !isResult || !isCount || !isNotice {
		panic("the samples changed their kind")
	}
	tie := sampleTie(t)
	result.Matters, result.Lot = []ResultMatter{tie}, sampleLot(t, false)
	final := result
	tie.Outcome = sampleSettled(t, tie)
	final.Preliminary, final.Matters, final.Lot = false, []ResultMatter{tie}, sampleLot(t, true)
	count.Matters, count.Lot, count.LotURL = result.Matters, result.Lot, "/m/1/lot"
	notice.State, notice.CloseRoot, notice.Turnout, notice.VoteURL = "closed", sampleRoot, nil, ""
	notice.Announced.Ties, notice.Matters = []voting.TieWay{voting.TieByLot}, []NoticeMatter{{2, tie.Title, "应选五名。", drawnSeats, voting.OverHalf, tie.Law, everybody, nil}}
	return map[string]Page{"lot-announce": calling, "lot-record": recording, "lot-confirm": confirming, "lot-drawn": over,
		"result-tied": result, "result-drawn": final, "count-tied": count, "notice-closed": notice}
}

func TestAPrintedLotSaysEverythingThatAnyoneNeedsToDrawItAgain(t *testing.T) {
	if lines := (*Lot)(nil).Paper(); lines != nil {
		t.Errorf("no lot prints %q", lines)
	}
	waiting := strings.Join(sampleLot(t, false).Paper(), "\n")
	for _, text := range []string{"3 人票数完全相同，还有 1 个席位。", sampleRoot, "（已由后面的公布代替）抽签时间", "改期的原因：当天停电。", "还没有抽签", lotRecipe} {
		if !strings.Contains(waiting, text) {
			t.Errorf("before the draw %q is missing in\n%s", text, waiting)
		}
	}
	lot := sampleLot(t, true)
	lines := lot.Paper()
	drawn := strings.Join(lines, "\n")
	for _, text := range []string{"抽出的号码（种子的后一半）：038617。", "在场见证：街道一名、居民委员会一名、业主五名。由召集人和街道", "1 次与第一次不一致", "此前撤回的录入：038671。",
		"（事项编号 01890000-0000-7000-8000-000000000003）", "'" + sampleRoot + "/038617' '事项编号' '姓名或名称' | sha256sum"} {
		if !strings.Contains(drawn, text) {
			t.Errorf("after the draw %q is missing in\n%s", text, drawn)
		}
	}
	for _, place := range lot.Ties[0].Orders[0].Places {
		if !slices.ContainsFunc(lines, func(line string) bool {
			return strings.Contains(line, place.Name+"（"+place.Standing+"）"+place.Hash)
		}) {
			t.Errorf("%s is not printed with its hash and what it comes to", place.Name)
		}
	}
	if strings.Contains(drawn, "还没有抽签") {
		t.Error("a drawn lot is said to be due")
	}
}
