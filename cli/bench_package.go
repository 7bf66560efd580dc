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

func benchPackageVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "package [--json] [--postgres URL]",
		Short: "备案材料包：从数据库生成、随提交保存、再取出",
		Long: "备案材料包：从数据库生成、随提交保存、再取出。\n" +
			"默认 3000 个专有部分，九成投票，五个事项；生成包括目录、文档、表格、公告和核对文件，每个文件都计算校验值。\n" +
			"--postgres 给出一个数据库的地址，其中会新建一个模式，测完删除，不读写其他内容。",
		Example: "  gongjue bench package --json\n  gongjue bench package --homes 1000 --rounds 3",
		Args:    cobra.NoArgs,
	}
	asJSON := cmd.Flags().Bool("json", false, "用 JSON 输出")
	options := bench.PackageOptions{Progress: p.tell}
	cmd.Flags().IntVar(&options.Homes, "homes", 3000, "专有部分的`数`目，一个一户")
	cmd.Flags().IntVar(&options.Rounds, "rounds", 5, "轮`数`")
	cmd.Flags().StringVar(&options.Postgres, "postgres", "", "PostgreSQL 的`地址`；不写时只测嵌入式数据库")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if options.Homes < 10 || options.Rounds < 1 {
			return errors.New("bench package: at least 10 homes and 1 round")
		}
		return measured(p, cmd, *asJSON, func(ctx context.Context) (bench.PackageReport, error) { return bench.Package(ctx, options) }, p.printPackage)
	}
	return cmd
}

// printPackage prints the report in plain sentences.
func (p *program) printPackage(r bench.PackageReport) error {
	var text strings.Builder
	text.WriteString(machineLine(r.Machine, r.Rounds))
	for _, m := range r.Packages {
		fmt.Fprintf(&text, "\n%s，%d 个专有部分，%d 张表决票：%d 个文件，%.1f MB\n", m.Database, m.Homes, m.Ballots, m.Files, float64(m.Bytes)/1e6)
		fmt.Fprintf(&text, "  生成 %.0f 毫秒（%.0f 至 %.0f），占用处理器 %.0f 毫秒\n", m.BuildMS.Median, m.BuildMS.Min, m.BuildMS.Max, m.ProcessorMS.Median)
		fmt.Fprintf(&text, "  随提交保存 %.0f 毫秒，取出并核对 %.0f 毫秒\n", m.HandInMS, m.FetchMS.Median)
	}
	_, err := io.WriteString(p.out, text.String())
	return err
}
