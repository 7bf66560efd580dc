package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

// benches lists the constructor of every benchmark, in the order of the help; each is a file of its own.
func benches() []func(*program) *cobra.Command {
	return []func(*program) *cobra.Command{benchTallyVerb, benchImportVerb, benchCastVerb, benchLedgerVerb, benchPackageVerb, benchDistrictVerb, benchNaiveVerb}
}

func benchVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "在这台机器上测量速度，任何人都可以重复",
		Long: "在这台机器上测量速度，任何人都可以重复。数据都是编造的，测完删除。\n" +
			"互相比较的项目轮流运行，报告的是各轮比值的中位数：绝对时间因机器而异，比值才说明问题。",
		Example: "  gongjue bench tally --json\n  gongjue bench import 名册.xlsx --json",
		RunE:    needsVerb,
	}
	for _, verb := range benches() {
		cmd.AddCommand(verb(p))
	}
	return cmd
}

// measured runs a benchmark and prints its report, as JSON or as sentences.
func measured[R any](p *program, cmd *cobra.Command, asJSON bool, run func(context.Context) (R, error), sentences func(R) error) error {
	report, err := run(cmd.Context())
	if err != nil {
		return fmt.Errorf("bench %s: %w", cmd.Name(), err)
	}
	if asJSON {
		return writeJSON(p.out, report)
	}
	return sentences(report)
}

// tell prints on err what a benchmark is at, so that out holds the report alone.
func (p *program) tell(what string) {
	_, _ = fmt.Fprintln(p.err, what) // nobody waits for it
}
