package explain

import (
	"fmt"
	"strings"

	"gongjue/voting"
)

// Margin says of an election or a selection how its margin counts: first the majorities of every name, then the announced
// rank among those who have them, with how far the last place is from the next name behind it. It is empty for motions
// and polls, for which [Needed] says it, and where nothing was decided.
func Margin(m voting.Matter, p voting.Policies, o voting.Outcome, names Names) string {
	contests := voting.Contests(m, p, o)
	if len(contests) == 0 {
		return ""
	}
	text := "余量分两关计算：每一名候选人先要人数和面积都达到法定比例，余量逐项列在比较里；都达到的，再按事先公布的“" + Rank(rankOf(p)) + "”排名。"
	if m.Kind == voting.Selection {
		text = strings.Replace(text, "每一名候选人", "每一家企业", 1)
	}
	for _, contest := range contests {
		text += contestSentence(m, contest, names)
	}
	return text
}

// rankOf is the announced rank; the empty one is the default.
func rankOf(p voting.Policies) voting.Rank {
	if p.Rank == "" {
		return voting.HeadsThenArea
	}
	return p.Rank
}

func contestSentence(m voting.Matter, c voting.Contest, names Names) string {
	where, place := "", "最后一个席位"
	if c.Group != "" {
		where = c.Group
	}
	if m.Kind == voting.Selection {
		place = "选定"
	}
	if c.Next == "" {
		return where + place + "的" + names.of(c.Last) + "后面，没有其他达到法定比例的，排名不影响结果。"
	}
	if c.Margin == (voting.Weight{}) {
		return fmt.Sprintf("%s%s的%s与下一名%s人数和面积都相同，由事先公布的办法定先后。", where, place, names.of(c.Last), names.of(c.Next))
	}
	return fmt.Sprintf("%s%s的%s，比下一名%s%s、%s。", where, place, names.of(c.Last), names.of(c.Next),
		more("人数", c.Margin.Heads, voting.ByHeads), more("面积", int64(c.Margin.Area), voting.ByArea))
}

// more says by how much a measure is ahead or behind.
func more(measure string, n int64, d voting.Dimension) string {
	switch {
	case n == 0:
		return measure + "相同"
	case n < 0:
		return measure + "少 " + amount(-n, d)
	}
	return measure + "多 " + amount(n, d)
}

// CountedObjections says which objections the sentences on disputed ballots count.
const CountedObjections = "每件针对表决票的异议按一张票推算；针对名册、表决事项和程序的异议不能按票数推算，由召集人逐件答复。"

// DisputedPlaces says what of a matter the sentence on disputed ballots looks at, where that is not its whole result.
func DisputedPlaces(m voting.Matter) string {
	if m.Kind == voting.Election {
		return "选举只推算席位会不会换人，不推算候补的先后。"
	}
	return ""
}
