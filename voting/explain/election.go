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

// lots says of every lot who was tied and in which order they came, in the words of a notice.
func lots(o voting.Outcome, names Names) string {
	var parts []string
	for _, drawn := range o.Lots {
		order := make([]string, len(drawn.Steps))
		for i, step := range drawn.Steps {
			order[i] = step.Option
		}
		parts = append(parts, drawn.Group+"并列的已公开抽签，先后次序为"+names.list(order))
	}
	return strings.Join(parts, "；")
}

// Lot says how anybody can draw the lot again, and every name with its hash: the appendix of a notice.
func Lot(drawn voting.Drawn, names Names) string {
	lines := []string{fmt.Sprintf("公开抽签的种子是 %s，事项编号是 %s。", drawn.Seed, drawn.Matter) +
		"把“gongjue.lot/v1”、种子、事项编号、姓名或名称各写一行（末尾不换行），用任何 SHA-256 工具计算，结果小的在先："}
	for i, step := range drawn.Steps {
		lines = append(lines, fmt.Sprintf("%d. %s %s", i+1, names.of(step.Option), step.Hash))
	}
	return strings.Join(lines, "\n")
}
