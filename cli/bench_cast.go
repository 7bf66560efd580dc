package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gongjue/cli/bench"
)

func benchCastVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "cast [--json] [--postgres URL] [--pgbench FILE]",
		Short: "投票：整个服务每秒能确认多少张表决票，与 pgbench 对比",
		Long: "投票：整个服务每秒能确认多少张表决票（身份、封存、账本、落盘之后才确认），与同一轮里的 pgbench 对比。\n" +
			"--postgres 给出一个集群的地址，账号要能新建数据库；测完删除新建的数据库，不读写其他内容。",
		Example: "  gongjue bench cast --postgres 'postgres://postgres@localhost/postgres' --json\n  gongjue bench cast --rounds 1 --seconds 1 --voters 20000 --meetings 10",
		Args:    cobra.NoArgs,
	}
	asJSON := cmd.Flags().Bool("json", false, "用 JSON 输出")
	options := bench.CastOptions{Progress: p.tell}
	var seconds, warm float64
	cmd.Flags().StringVar(&options.Postgres, "postgres", "", "PostgreSQL 的`地址`；不写时只测嵌入式数据库")
	cmd.Flags().StringVar(&options.Pgbench, "pgbench", findPgbench(), "pgbench 程序的`路径`")
	cmd.Flags().IntVar(&options.Voters, "voters", 100_000, "大会议的投票权人`数`")
	cmd.Flags().IntVar(&options.Meetings, "meetings", 1000, "同时投票的小会议`数`")
	cmd.Flags().IntVar(&options.Rounds, "rounds", 5, "轮`数`")
	cmd.Flags().Float64Var(&seconds, "seconds", 3, "每轮测量的`秒数`")
	cmd.Flags().Float64Var(&warm, "warm", 0.7, "测量之前预热的`秒数`")
	cmd.Flags().StringSliceVar(&options.Only, "only", nil, "只测这些`项目`")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if options.Voters < 10 || options.Meetings < 0 || options.Rounds < 1 || seconds <= 0 || warm < 0 {
			return errors.New("bench cast: at least 10 voters, 1 round and some time")
		}
		program, err := os.Executable()
		if err != nil {
			return fmt.Errorf("bench cast: %w", err)
		}
		options.Program, options.Measured, options.Warm = program, time.Duration(seconds*float64(time.Second)), time.Duration(warm*float64(time.Second))
		return measured(p, cmd, *asJSON, func(ctx context.Context) (bench.CastReport, error) { return bench.Cast(ctx, options) }, p.printCast)
	}
	return cmd
}

// benchNaiveVerb is no benchmark: it is the yardstick that the benchmark of casting starts beside the product.
func benchNaiveVerb(*program) *cobra.Command {
	return &cobra.Command{Use: "naive", Short: "对比用的简单写法，由 bench cast 启动", Example: "  gongjue bench naive", Hidden: true, Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return bench.ServeNaive(os.Getenv(bench.NaiveAddr), os.Getenv(bench.NaiveURL), []byte(os.Getenv(bench.NaiveKey)))
		}}
}

// findPgbench looks on the path and where Debian keeps it; empty where it is nowhere.
func findPgbench() string {
	if path, err := exec.LookPath("pgbench"); err == nil {
		return path
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench") // the pattern is well formed
	if len(found) == 0 {
		return ""
	}
	return found[len(found)-1]
}

func (p *program) printCast(r bench.CastReport) error {
	var text strings.Builder
	text.WriteString(machineLine(r.Machine, r.Rounds))
	for _, c := range r.Cases {
		fmt.Fprintf(&text, "\n%s（%d 个连接，%d 个会议）：每秒 %.0f（%.0f 至 %.0f），p50 %.1f 毫秒，p99 %.1f 毫秒\n", c.Name, c.Connections, c.Meetings,
			c.PerSecond.Median, c.PerSecond.Min, c.PerSecond.Max, c.P50MS.Median, c.P99MS.Median)
		fmt.Fprintf(&text, "  每张的处理器时间：服务 %.0f、数据库 %.0f、发送方 %.0f 微秒；确认的与落盘的%s\n", c.ServerUS.Median, c.DatabaseUS.Median, c.ClientUS.Median, sameOrNot(c.Same))
		if c.ToP64 != nil {
			fmt.Fprintf(&text, "  是 P64 的 %.2f 倍（%.2f 至 %.2f），处理器时间是 %.2f 倍，p99 是 %.2f 倍\n", c.ToP64.Median, c.ToP64.Min, c.ToP64.Max, c.CPUToP64.Median, c.P99ToP64.Median)
		}
		if c.ToNaive != nil {
			fmt.Fprintf(&text, "  是简单写法的 %.0f 倍，p99 是它的 %.3f 倍\n", c.ToNaive.Median, c.P99ToNaive.Median)
		}
		if c.ToOne != nil {
			fmt.Fprintf(&text, "  是一个会议时的 %.2f 倍\n", c.ToOne.Median)
		}
	}
	_, err := io.WriteString(p.out, text.String())
	return err
}
