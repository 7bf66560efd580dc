package explain

import (
	"fmt"
	"strings"

	"gongjue/voting"
)

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

// LotCommand is the line for a terminal that gives the hash of one name of a lot. Every part stands in quotation marks
// that let nothing of it be read as a command, whatever the name.
func LotCommand(drawn voting.Drawn, option string) string {
	quoted := func(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
	return `printf '%s\n%s\n%s\n%s' ` + strings.Join([]string{quoted("gongjue.lot/v1"), quoted(drawn.Seed), quoted(drawn.Matter), quoted(option)}, " ") + " | sha256sum"
}

// Ties says who is tied for what, a line for every tie of an outcome that is not settled.
func Ties(m voting.Matter, o voting.Outcome, names Names) []string {
	if m.Kind == voting.Selection {
		if o.Result != voting.RunOffDue || nobodyPassed(m, o) {
			return nil
		}
		return []string{fmt.Sprintf("%s，%d 家票数完全相同，都达到了法律的要求，只能选定一家。", names.list(o.RunOff), len(o.RunOff))}
	}
	groups := o.Groups
	if len(groups) == 0 {
		groups = []voting.GroupOutcome{{TiePending: o.TiePending, AlternatesTied: o.AlternatesTied, OpenSeats: o.OpenSeats}}
	}
	var lines []string
	for _, group := range groups {
		of := group.Name
		if of != "" {
			of += "："
		}
		if n := len(group.TiePending); n > 0 {
			lines = append(lines, fmt.Sprintf("%s%s，%d 人票数完全相同，还有 %d 个席位。", of, names.list(group.TiePending), n, group.OpenSeats))
		}
		if n := len(group.AlternatesTied); n > 0 {
			lines = append(lines, fmt.Sprintf("%s%s，%d 人票数完全相同，候补的名额不够。", of, names.list(group.AlternatesTied), n))
		}
	}
	return lines
}
