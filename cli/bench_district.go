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

func benchDistrictVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "district [--json] [--postgres URL]",
		Short: "辖区总览：几千个小区五年的事项，多久能算出来",
		Long: "辖区总览：几千个小区五年的事项，算出今天和两年前某一天的各项数字要多久，与一条走索引的普通查询轮流对比。\n" +
			"--postgres 给出一个数据库的地址，其中会新建一个模式，测完删除，不读写其他内容。",
		Example: "  gongjue bench district --json\n  gongjue bench district --postgres 'postgres://gongjue@localhost/test'",
		Args:    cobra.NoArgs,
	}
	asJSON := cmd.Flags().Bool("json", false, "用 JSON 输出")
	options := bench.DistrictOptions{Progress: p.tell}
	cmd.Flags().IntVar(&options.Communities, "communities", 3000, "小区`数`")
	cmd.Flags().IntVar(&options.Rounds, "rounds", 7, "轮`数`")
	cmd.Flags().StringVar(&options.Postgres, "postgres", "", "PostgreSQL 的`地址`；不写时只测嵌入式数据库")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if options.Communities < 100 || options.Rounds < 1 {
			return errors.New("bench district: at least 100 communities and 1 round")
		}
		return measured(p, cmd, *asJSON, func(ctx context.Context) (bench.DistrictReport, error) { return bench.District(ctx, options) }, p.printDistrict)
	}
	return cmd
}

// printDistrict prints the report in plain sentences.
func (p *program) printDistrict(r bench.DistrictReport) error {
	var text strings.Builder
	text.WriteString(machineLine(r.Machine, r.Rounds))
	for _, d := range r.Districts {
		fmt.Fprintf(&text, "\n%s，%d 个小区、%d 次会议、%d 份备案\n", d.Database, d.Communities, d.Meetings, d.Filings)
		fmt.Fprintf(&text, "  今天的数字 %.0f 毫秒（%.0f 至 %.0f），两年前的 %.0f 毫秒；普通查询 %.1f 毫秒，是它的 %.1f 倍\n",
			d.NowMS.Median, d.NowMS.Min, d.NowMS.Max, d.PastMS.Median, d.PlainMS.Median, d.Ratio.Median)
		fmt.Fprintf(&text, "  已组建 %d 个，与 SQL 的结果%s\n", d.Formed, sameOrNot(d.Same))
	}
	_, err := io.WriteString(p.out, text.String())
	return err
}
