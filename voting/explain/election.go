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

// openGroups says in brackets which seat groups have the open seats; nothing without groups.
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
	return "（" + strings.Join(parts, "、") + "）"
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

func pendingPlace(o voting.Outcome) string {
	if o.TieWay == voting.TieByLot {
		return "由公开抽签确定"
	}
	return "待定"
}
