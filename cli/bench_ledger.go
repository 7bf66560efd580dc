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

func benchLedgerVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "ledger [--json] [--postgres URL]",
		Short: "账本：每张票多花多少时间，证明和核对要多久",
		Long: "账本：每张票多花多少时间，证明和核对要多久。\n" +
			"默认一百万条记录的树，和十万名投票权人的会议，需要约 2 GB 内存和几分钟。\n" +
			"--postgres 给出一个数据库的地址，其中会新建模式，测完删除，不读写其他内容。",
		Example: "  gongjue bench ledger --json\n  gongjue bench ledger --leaves 10000 --voters 1000 --rounds 3",
		Args:    cobra.NoArgs,
	}
	asJSON := cmd.Flags().Bool("json", false, "用 JSON 输出")
	options := bench.LedgerOptions{Progress: p.tell}
	cmd.Flags().IntVar(&options.Leaves, "leaves", 1_000_000, "内存中的树有多少条`记录`")
	cmd.Flags().IntVar(&options.Voters, "voters", 112_000, "会议的投票权人`数`，其中十分之九投票")
	cmd.Flags().IntVar(&options.Rounds, "rounds", 5, "轮`数`")
	cmd.Flags().StringVar(&options.Postgres, "postgres", "", "PostgreSQL 的`地址`；不写时只测嵌入式数据库")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if options.Leaves < 10 || options.Voters < 10 || options.Rounds < 1 {
			return errors.New("bench ledger: at least 10 leaves, 10 voters and 1 round")
		}
		return measured(p, cmd, *asJSON, func(ctx context.Context) (bench.LedgerReport, error) { return bench.Ledger(ctx, options) }, p.printLedger)
	}
	return cmd
}

func (p *program) printLedger(r bench.LedgerReport) error {
	var text strings.Builder
	text.WriteString(machineLine(r.Machine, r.Rounds))
	fmt.Fprintf(&text, "\n%d 条记录的树：每张票的账本 %.1f 微秒，证明一条 %.1f 微秒，核对证明 %.1f 微秒，签一个指纹 %.1f 微秒（都是处理器时间）\n",
		r.Tree.Leaves, r.Tree.BallotUS.Median, r.Tree.ProofUS.Median, r.Tree.CheckUS.Median, r.Tree.CheckpointUS.Median)
	for _, g := range r.Groups {
		fmt.Fprintf(&text, "%s，每组 %d 张票：带账本写入的速度是不带的 %.2f 倍（%.2f 至 %.2f）\n", g.Database, g.Group, g.Ratio.Median, g.Ratio.Min, g.Ratio.Max)
	}
	for _, v := range r.Verified {
		fmt.Fprintf(&text, "%s：%d 条记录、%d 张票、%.1f MB，核对 %.0f 毫秒（算一遍哈希 %.0f 毫秒），%s\n", verifyLanguages["zh"].tiers[string(v.Tier)],
			v.Leaves, v.Ballots, float64(v.Bytes)/1e6, v.VerifyMS.Median, v.HashMS.Median, map[bool]string{true: "全部通过", false: "没有通过"}[v.Passed])
	}
	_, err := io.WriteString(p.out, text.String())
	return err
}
