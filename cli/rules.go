package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"gongjue/voting/rules"
	"gongjue/web"
)

func rulesVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "rules",
		Short:   "查看各地的表决规则",
		Example: "  gongjue rules list",
		RunE:    needsVerb,
	}
	cmd.AddCommand(rulesListVerb(p), rulesShowVerb(p))
	return cmd
}

// rulesEntry is a pack in the list.
type rulesEntry struct {
	ID       string      `json:"id"`
	Name     string      `json:"name"`
	Level    rules.Level `json:"level"`
	Places   []string    `json:"places"`
	TextDate rules.Day   `json:"text_date,omitempty"`
	From     rules.Day   `json:"from"`
	Until    rules.Day   `json:"until,omitempty"`
	Clauses  int         `json:"clauses"`
}

func rulesListVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list [--json]",
		Short:   "列出全国和各地的规则",
		Example: "  gongjue rules list\n  gongjue rules list --json",
		Args:    cobra.NoArgs,
	}
	asJSON := cmd.Flags().Bool("json", false, "用 JSON 输出")
	cmd.RunE = func(*cobra.Command, []string) error {
		packs, err := rules.List()
		if err != nil {
			return err
		}
		packs = web.RulesInOrder(packs)
		if *asJSON {
			list := []rulesEntry{}
			for _, pack := range packs {
				list = append(list, rulesEntry{pack.ID, pack.Name, pack.Level, append([]string{}, pack.Places...), pack.TextDate, pack.From, pack.Until, len(pack.Lines())})
			}
			return writeJSON(p.out, list)
		}
		var text strings.Builder
		for _, pack := range packs {
			fmt.Fprintf(&text, "%s\t%s\t%s\t%s\n", pack.ID, web.RulesRegion(pack), pack.Name, web.RulesPeriod(pack.From, pack.Until))
		}
		text.WriteString("没有列出的地方，按全国规定。\n")
		_, err = io.WriteString(p.out, text.String())
		return err
	}
	return cmd
}

func rulesShowVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "show ID [--json]",
		Short:   "逐条列出一个地方的规则和依据",
		Example: "  gongjue rules show cn-hangzhou-2021\n  gongjue rules show cn-civil-code-2021 --json",
		Args:    needsArgs(1),
	}
	asJSON := cmd.Flags().Bool("json", false, "用 JSON 输出")
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		pack, national, err := writtenPack(args[0])
		if err != nil {
			return err
		}
		if *asJSON {
			return writeJSON(p.out, pack)
		}
		return printRules(p.out, pack, national)
	}
	return cmd
}

// writtenPack finds a pack as it is written, and the newest national law, whose majorities go before it.
func writtenPack(id string) (pack, national rules.Pack, err error) {
	packs, err := rules.List()
	if err != nil {
		return rules.Pack{}, rules.Pack{}, err
	}
	found := false
	for _, each := range packs {
		if each.ID == id {
			pack, found = each, true
		}
		if each.Level == rules.National && each.From > national.From {
			national = each
		}
	}
	if !found {
		return rules.Pack{}, rules.Pack{}, errors.New("rules: no pack has that id; see gongjue rules list")
	}
	if pack.Level == rules.National {
		national = pack
	}
	return pack, national, nil
}

// printRules prints what a pack says itself, clause by clause, and the majorities that hold everywhere.
func printRules(out io.Writer, pack, national rules.Pack) error {
	page := web.RulePage{Pack: pack, National: national}
	var text strings.Builder
	fmt.Fprintf(&text, "%s（%s，%s）\n", pack.Name, web.RulesRegion(pack), web.RulesPeriod(pack.From, pack.Until))
	if note := page.TextNote(); note != "" {
		fmt.Fprintf(&text, "%s\n", note)
	}
	fmt.Fprintf(&text, "\n表决比例（%s）\n", page.MajorityNote())
	for _, line := range page.Majorities() {
		printRule(&text, line)
	}
	if pack.Level == rules.National {
		text.WriteString("\n由业主共同决定的事项\n")
		for _, item := range pack.Items {
			fmt.Fprintf(&text, "  %d. %s：%s〔%s〕\n", item.Number, item.Text, page.Class(item), item.Source)
		}
	}
	for _, section := range page.Sections() {
		fmt.Fprintf(&text, "\n%s\n", section.Name)
		for _, line := range section.Lines {
			printRule(&text, line)
		}
	}
	_, err := io.WriteString(out, text.String())
	return err
}

func printRule(text *strings.Builder, line web.RuleLine) {
	text.WriteString("  ")
	if line.Name != "" {
		text.WriteString(line.Name + "：")
	}
	fmt.Fprintf(text, "%s%s〔%s〕\n", line.Text, line.Note, line.Basis)
	if line.Quote != "" {
		fmt.Fprintf(text, "    原文：%s\n", line.Quote)
	}
}
