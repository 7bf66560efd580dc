package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"gongjue/cli/bench"
)

func benchTallyVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "tally [--json] [--postgres URL]",
		Short: "计票：内存中重算、与 SQL 对比、从数据库计一次大会",
		Long: "计票：内存中重算、与 SQL 对比、从数据库计一次大会。\n" +
			"默认一千万张表决票、五个事项，和十万名投票权人的会议，需要约 3 GB 内存、1 GB 临时空间和几分钟。\n" +
			"--postgres 给出一个数据库的地址，其中会新建一个模式，测完删除，不读写其他内容。",
		Example: "  gongjue bench tally --json\n  gongjue bench tally --postgres 'postgres://gongjue@localhost/test'\n  gongjue bench tally --ballots 100000 --rows 10000 --voters 1000",
		Args:    cobra.NoArgs,
	}
	asJSON := cmd.Flags().Bool("json", false, "用 JSON 输出")
	options := bench.TallyOptions{Progress: p.tell}
	cmd.Flags().IntVar(&options.Ballots, "ballots", 10_000_000, "内存中重算的表决票`数`，另测其十分之一和百分之一")
	cmd.Flags().IntVar(&options.Rows, "rows", 1_000_000, "由 SQL 汇总的表决票`数`")
	cmd.Flags().IntVar(&options.Voters, "voters", 100_000, "数据库中会议的投票权人`数`")
	cmd.Flags().IntVar(&options.Rounds, "rounds", 7, "轮`数`")
	cmd.Flags().StringVar(&options.Postgres, "postgres", "", "PostgreSQL 的`地址`；不写时只测嵌入式数据库")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if options.Ballots < 100 || options.Rows < 1 || options.Rounds < 1 || options.Voters < 10 {
			return errors.New("bench tally: at least 100 ballots, 10 voters, 1 row and 1 round")
		}
		settleHeap() // the count of a meeting is the service's work
		return measured(p, cmd, *asJSON, func(ctx context.Context) (bench.TallyReport, error) { return bench.Tally(ctx, options) }, p.printTally)
	}
	return cmd
}

// printTally prints the report in plain sentences.
func (p *program) printTally(r bench.TallyReport) error {
	var text strings.Builder
	text.WriteString(machineLine(r.Machine, r.Rounds))
	text.WriteString("\n内存中重算\n")
	for _, m := range r.Memory {
		fmt.Fprintf(&text, "  %d 张表决票、%d 个事项：%.2f 毫秒，是读一遍同样字节的 %.2f 倍（%.2f 至 %.2f），每张 %.2f 纳秒\n",
			m.Ballots, m.Matters, m.CountMS.Median, m.Ratio.Median, m.Ratio.Min, m.Ratio.Max, m.NSPerBallot)
	}
	fmt.Fprintf(&text, "  最多时每张用时是最少时的 %.2f 倍\n\n与 SQL 对比\n", r.Linear)
	for _, s := range r.SQL {
		fmt.Fprintf(&text, "  %s，%d 张：SQL %.1f 毫秒，本程序 %.2f 毫秒，快 %.0f 倍（%.0f 至 %.0f）；结果%s\n",
			s.Database, s.Ballots, s.SQLMS.Median, s.CountMS.Median, s.Ratio.Median, s.Ratio.Min, s.Ratio.Max, sameOrNot(s.Same))
	}
	text.WriteString("\n从数据库计一次会议\n")
	for _, m := range r.Meetings {
		fmt.Fprintf(&text, "  %s，%d 名投票权人，%d 张表决票，%d 个事项\n", m.Database, m.Voters, m.Ballots, m.Matters)
		fmt.Fprintf(&text, "    截止后计票（开封、核对账本、保存、汇总）%.0f 毫秒\n", m.Close.WallMS)
		fmt.Fprintf(&text, "    用已开封的表决票重新计票 %.0f 毫秒，其中读取、汇总和判定 %.0f 毫秒；用 SQL 汇总 %.0f 毫秒，结果%s\n",
			m.Final.WallMS, m.TallyMS, m.SQLMS, sameOrNot(m.SameSQL))
	}
	_, err := io.WriteString(p.out, text.String())
	return err
}

// machineLine says on what a report was taken.
func machineLine(m bench.Machine, rounds int) string {
	name := m.CPU
	if name != "" {
		name = "，" + name
	}
	return fmt.Sprintf("%s/%s%s，%d 个核，%s，%d 轮\n", m.OS, m.Arch, name, m.Cores, m.Go, rounds)
}

func sameOrNot(same bool) string {
	if same {
		return "一致"
	}
	return "不一致"
}
