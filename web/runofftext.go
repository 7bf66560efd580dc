package web

import (
	"cmp"
	"fmt"
	"strings"

	"gongjue/voting"
	"gongjue/voting/explain"
)

// runOffMark is what the title of a further vote ends with.
const runOffMark = "（再次表决）"

// longestTitle is the most characters of a title, as forms take it.
const longestTitle = 100

// RunOffTitle is the title of a further vote. A title that would be too long loses its end.
func RunOffTitle(title string) string {
	runes := []rune(strings.TrimSuffix(title, runOffMark))
	return string(runes[:min(len(runes), longestTitle-len([]rune(runOffMark)))]) + runOffMark
}

// LinkEarlierMeeting leads from a further vote to the meeting that led to it.
func LinkEarlierMeeting(title string) string { return "本次是再次表决，上一次：" + title }

// AnnulledOptions is the choice of a meeting that runs no annulled one again.
func AnnulledOptions() []Option { return []Option{{Text: "不是"}} }

// LinkAnnulled leads from a meeting to the annulled one that it runs again.
func LinkAnnulled(title string) string { return "本次是重新表决，作废的是：" + title }

// LinkRepeated leads from an annulled meeting to the one that runs it again.
func LinkRepeated(title string) string { return "重新表决：" + title }

// LinkRunOff leads to a further vote.
func LinkRunOff(title string) string { return "再次表决：" + title }

// longestText is the most characters of a matter's text, as forms take it.
const longestText = 20_000

// RunOffText is what a further vote puts to the vote: what the earlier meeting decided and what it left open, and the
// text that it voted on. Too long a text loses its end.
func RunOffText(earlier string, published Instant, decided voting.Matter, o voting.Outcome, further voting.Matter, before string) string {
	lines := []string{fmt.Sprintf("上一次会议“%s”的最终结果（%s公布）：", earlier, published.Day()) + leftOpen(decided, o)}
	lines = append(lines, explain.Ties(decided, o, explain.Names{})...)
	lines = append(lines, furtherVote(o, further))
	for _, vacancy := range voting.Vacancies(decided, o) {
		lines = append(lines, nominationNote(vacancy))
	}
	text := strings.Join(append(lines, "上一次表决的全文：", before), "\n")
	if runes := []rune(text); len(runes) > longestText {
		text = string(runes[:longestText])
	}
	return text
}

// leftOpen says what came of the earlier vote and what did not.
func leftOpen(m voting.Matter, o voting.Outcome) string {
	if m.Kind == voting.Selection {
		if len(explain.Ties(m, o, explain.Names{})) > 0 {
			return "并列第一，没有选定。"
		}
		return "没有一家达到法律要求的人数和面积，没有选定。没有选定不等于原来的企业被解聘。"
	}
	elected := "没有人当选"
	if len(o.Elected) > 0 {
		elected = fmt.Sprintf("当选 %d 名（%s）", len(o.Elected), strings.Join(o.Elected, "、"))
	}
	return fmt.Sprintf("应选 %d 名，%s，缺额 %d 名。", m.Seats, elected, o.OpenSeats)
}

// furtherVote says between whom, for what; the majorities are the same.
func furtherVote(o voting.Outcome, further voting.Matter) string {
	among := strings.Join(further.Options, "、")
	if further.Kind == voting.Selection {
		return "这次在" + among + "之间再次表决。通过的标准与上一次相同。"
	}
	if len(further.SeatGroups) == 0 {
		return fmt.Sprintf("这次就缺额的 %d 名再次选举，候选人：%s。当选的标准与上一次相同。", further.Seats, among)
	}
	parts := make([]string, len(further.SeatGroups))
	for i, group := range further.SeatGroups {
		parts[i] = fmt.Sprintf("%s %d 名，候选人：%s", group.Name, group.Seats, cmp.Or(strings.Join(group.Options, "、"), "还没有"))
	}
	return "这次就缺额再次选举：" + strings.Join(parts, "；") + "。当选的标准与上一次相同。"
}

// nominationNote tells the convener of seats that the draft cannot fill as it stands.
func nominationNote(v voting.Vacancy) string {
	if v.Standing == 0 {
		return fmt.Sprintf("%s的 %d 个席位没有候选人可以再选：先提名候选人，再写进本事项；没有人参选的，席位继续空着。", v.Group, v.Seats)
	}
	return fmt.Sprintf("%s缺额 %d 名，只有 %d 名候选人可以再选：先补充提名候选人。", v.Group, v.Seats, v.Standing)
}
