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

func benchImportVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import FILE [--json] [--postgres URL]",
		Short: "导入名册：与表格库读取加数据库批量写入对比",
		Long: "导入名册：读取、检查并加密保存一份 .xlsx 名册，与表格库自己读取各行、数据库批量写入同样各行所需的时间对比。\n" +
			"每一轮都写入新的空数据库，测完删除；不读写其他内容。\n" +
			"--postgres 给出一个数据库的地址，其中会新建模式，测完删除，不读写其他内容。",
		Example: "  gongjue bench import 名册.xlsx --json\n  gongjue bench import --postgres 'postgres://gongjue@localhost/test' 名册.xlsx",
		Args:    needsArgs(1),
	}
	asJSON := cmd.Flags().Bool("json", false, "用 JSON 输出")
	options := bench.ImportOptions{Progress: p.tell}
	cmd.Flags().IntVar(&options.Rounds, "rounds", 5, "轮`数`")
	cmd.Flags().StringVar(&options.Postgres, "postgres", "", "PostgreSQL 的`地址`；不写时只测嵌入式数据库")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if options.Rounds < 1 {
			return errors.New("bench import: at least 1 round")
		}
		options.File = args[0]
		return measured(p, cmd, *asJSON, func(ctx context.Context) (bench.ImportReport, error) { return bench.Import(ctx, options) }, p.printImport)
	}
	return cmd
}

// printImport prints the report in plain sentences.
func (p *program) printImport(r bench.ImportReport) error {
	var text strings.Builder
	text.WriteString(machineLine(r.Machine, r.Rounds))
	fmt.Fprintf(&text, "\n文件 %d 行，可以计入的专有部分 %d 个，投票权 %d 人，面积 %s 平方米，疑点 %d 处\n", r.File.Rows, r.File.Units, r.File.Heads, r.File.Area, r.File.Issues)
	fmt.Fprintf(&text, "  只检查、不保存：%.0f 毫秒（%.0f 至 %.0f）\n", r.CheckMS.Median, r.CheckMS.Min, r.CheckMS.Max)
	for _, m := range r.Imports {
		fmt.Fprintf(&text, "\n%s\n  读取并检查 %.0f 毫秒，加密并保存 %.0f 毫秒，内存最多 %.0f MB\n", m.Database, m.ParseMS.Median, m.StoreMS.Median, m.PeakMB)
		fmt.Fprintf(&text, "  表格库读取 %.0f 毫秒，数据库批量写入 %.0f 毫秒；导入是两者之和的 %.2f 倍（%.2f 至 %.2f）\n",
			m.ReadMS.Median, m.LoadMS.Median, m.Ratio.Median, m.Ratio.Min, m.Ratio.Max)
	}
	_, err := io.WriteString(p.out, text.String())
	return err
}
