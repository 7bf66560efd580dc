package explain

import (
	"fmt"
	"strings"

	"gongjue/voting"
)

// elected lists who won a seat, by seat group where there are groups.
func elected(o voting.Outcome, names Names) string {
	if len(o.Groups) == 0 {
		return names.list(o.Elected)
	}
	var parts []string
	for _, group := range o.Groups {
		if len(group.Elected) > 0 {
			parts = append(parts, group.Name+"的"+names.list(group.Elected))
		}
	}
	return strings.Join(parts, "，")
}

// openGroups says in brackets which seat groups have the open seats, and that no other group fills them; nothing without
// groups.
func openGroups(o voting.Outcome) string {
	var parts []string
	for _, group := range o.Groups {
		if open := openIn(o, group); open > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 个", group.Name, open))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "（" + strings.Join(parts, "、") + "，不由其他组的候选人补上）"
}

// openAfterLot counts the seats that need a further vote. A tie for the last seat that waits for a lot will fill
// every open seat of its group.
func openAfterLot(o voting.Outcome) int {
	if len(o.Groups) == 0 {
		return openIn(o, voting.GroupOutcome{TiePending: o.TiePending, OpenSeats: o.OpenSeats})
	}
	open := 0
	for _, group := range o.Groups {
		open += openIn(o, group)
	}
	return open
}

func openIn(o voting.Outcome, group voting.GroupOutcome) int {
	if o.TieWay == voting.TieByLot && len(group.TiePending) > 0 {
		return 0
	}
	return group.OpenSeats
}

// awaitsLot is the verdict while a tie waits for the announced lot.
func awaitsLot(o voting.Outcome) string {
	if openAfterLot(o) > 0 {
		return "待公开抽签，缺额须另行表决"
	}
	return "待公开抽签"
}

// Committee says what an election leaves behind. A committee that is full and has an even number of members stands, and
// is flagged all the same: the guideline asks for an odd one (建房〔2009〕274号第31条), and the losing side will.
func Committee(m voting.Matter, o voting.Outcome) string {
	if m.ByElection() {
		return serving(m, o)
	}
	text := CommitteeState(o.Committee)
	if size := m.Sitting + len(o.Elected); o.Committee == voting.Constituted && size%2 == 0 {
		text += fmt.Sprintf("（委员共 %d 人，%s）", size, isEven)
	}
	return text
}

const isEven = "是双数；委员人数应当是单数，请街道核对"

// serving says what a by-election leaves behind. The committee was there before and goes on; only with fewer than half
// of its members it has to be elected anew (建房〔2009〕274号第46条).
func serving(m voting.Matter, o voting.Outcome) string {
	members, size, smallest := m.Sitting+len(o.Elected), m.Sitting+m.Seats, m.MinMembers
	if smallest == 0 {
		smallest = voting.DefaultMinMembers
	}
	text := fmt.Sprintf("空缺还有 %d 个，业主委员会现有委员 %d 人", size-members, members)
	switch {
	case o.Committee == voting.CommitteeUndetermined:
		return fmt.Sprintf("空缺是否补足无法认定，业主委员会原有委员 %d 人继续履行职责", m.Sitting)
	case members == size:
		text = fmt.Sprintf("空缺已经补足，业主委员会委员共 %d 人，继续履行职责", members)
	case 2*members < size:
		return text + fmt.Sprintf("，不足应有 %d 人的二分之一，应当重新选举业主委员会（建房〔2009〕274号第46条）", size)
	case members < smallest:
		return text + fmt.Sprintf("，少于规定的最少 %d 人，请街道核对是否应当重新选举", smallest)
	default:
		text += "，继续履行职责"
	}
	if members%2 == 0 && (members == size || o.Committee == voting.EvenNumber) {
		text += "（" + isEven + "）"
	}
	return text
}

// nominate says for which of the open seats candidates have to be nominated first; empty where those who fell short
// are enough to choose from.
func nominate(m voting.Matter, o voting.Outcome) string {
	var parts []string
	for _, vacancy := range voting.Vacancies(m, o) {
		if vacancy.Standing == 0 {
			parts = append(parts, fmt.Sprintf("%s %d 个席位没有候选人可以再选", vacancy.Group, vacancy.Seats))
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %d 个席位只有 %d 名候选人可以再选", vacancy.Group, vacancy.Seats, vacancy.Standing))
	}
	if len(parts) == 0 {
		return ""
	}
	return "，其中" + strings.Join(parts, "、") + "，要先提名候选人"
}

// alternatesTied says what stays open where alternates are equal, and what their order decides. Nobody moves up by the
// order of the ballot.
func alternatesTied(o voting.Outcome) string {
	if o.TieWay == voting.TieByLot {
		return "候补的先后由公开抽签确定，委员出缺时按先后递补"
	}
	return "谁是候补、谁在先还没有确定；委员出缺要递补时，先再次投票确定先后，不按名单先后递补"
}
