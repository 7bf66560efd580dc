package cli

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"gongjue/voting/roster"
)

// printRoster tells a person what a roster adds up to and why, and then every doubt.
func printRoster(out io.Writer, s roster.Summary, a roster.Account) error {
	var text strings.Builder
	fmt.Fprintf(&text, "专有部分 %d 个，面积 %s 平方米，投票权 %d 人\n", s.Units, s.TotalArea, s.Heads)
	for _, sentence := range a.Sentences {
		fmt.Fprintf(&text, "  %s\n", sentence)
	}
	if s.UnitsWithoutParking != s.Units {
		fmt.Fprintf(&text, "不含车位 %d 个，面积 %s 平方米，投票权 %d 人\n", s.UnitsWithoutParking, s.AreaWithoutParking, s.HeadsWithoutParking)
	}
	fmt.Fprintf(&text, "建设单位名下 %d 个，共有的 %d 个，有多个专有部分的投票权人 %d 人，没有联系电话的 %d 个\n",
		s.DeveloperUnits, s.JointlyOwnedUnits, s.OwnersOfSeveralUnits, s.UnitsWithoutAnyPhone)
	for _, usage := range slices.Sorted(maps.Keys(s.UnitsByUsage)) {
		fmt.Fprintf(&text, "  %s %d 个\n", usage, s.UnitsByUsage[usage])
	}
	for _, building := range slices.Sorted(maps.Keys(s.AreaByBuilding)) {
		fmt.Fprintf(&text, "  %s %s 平方米\n", building, s.AreaByBuilding[building])
	}
	for _, share := range s.AreaSources {
		fmt.Fprintf(&text, "  面积来源：%s %d 个，%s 平方米\n", share.Name, share.Units, share.Area)
	}
	if len(s.Issues) == 0 {
		text.WriteString("没有疑点。\n")
	}
	if _, err := io.WriteString(out, text.String()); err != nil {
		return err
	}
	return printIssues(out, s.Issues)
}

// severityNames is what a person reads for each severity.
var severityNames = map[roster.Severity]string{roster.Error: "错误", roster.Warning: "疑点"}

// printIssues prints one line for each issue; its message holds names and numbers masked.
func printIssues(out io.Writer, issues []roster.Issue) error {
	var text strings.Builder
	for _, issue := range issues {
		fmt.Fprintf(&text, "%s：%s", severityNames[issue.Severity], issue.Sheet)
		if issue.Row > 0 {
			fmt.Fprintf(&text, " 第 %d 行", issue.Row)
		}
		if issue.Column != "" {
			fmt.Fprintf(&text, "“%s”", issue.Column)
		}
		fmt.Fprintf(&text, "：%s\n", issue.Message)
	}
	_, err := io.WriteString(out, text.String())
	return err
}

// printComparison prints one line for each difference between a roster and the register, without names.
func printComparison(out io.Writer, c roster.Comparison) error {
	var text strings.Builder
	fmt.Fprintf(&text, "对上 %d 个专有部分，其中 %d 个没有不同；名册面积 %s 平方米，登记簿面积 %s 平方米\n", c.Matched, c.Same, c.RosterArea, c.RegisterArea)
	for _, d := range c.Differences {
		fmt.Fprintf(&text, "%s：%s", d.Place, d.Message)
		if d.Kind == roster.DiffersArea {
			fmt.Fprintf(&text, "（名册 %s，登记簿 %s）", d.Roster, d.Register)
		}
		text.WriteString("\n")
	}
	_, err := io.WriteString(out, text.String())
	return err
}
