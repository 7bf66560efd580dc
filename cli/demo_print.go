package cli

import (
	"fmt"
	"io"
	"time"

	"gongjue/api"
	"gongjue/notify/qr"
	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
)

// printDemo tells where to go, with which account, and draws a voter's QR in the terminal.
func printDemo(out io.Writer, url string, demo *api.Demo, took time.Duration) error {
	code, err := qr.Terminal(demo.VoteURL)
	if err != nil {
		return fmt.Errorf("draw the QR: %w", err)
	}
	fmt.Fprintf(out, "样例小区已就绪（%.1f 秒）\n\n", took.Seconds())
	fmt.Fprintf(out, "  首页与公示栏   %s/\n", url)
	fmt.Fprintf(out, "  工作人员登录   %s/staff/login\n\n", url)
	fmt.Fprintf(out, "  账号（密码都是 %s）\n", demo.Password)
	for _, account := range demo.Accounts {
		fmt.Fprintf(out, "    %-10s %s\n", account.User, explain.Actor(lifecycle.Actor(account.Role)))
	}
	fmt.Fprintf(out, "\n  %s 的表决票二维码，扫一扫或打开链接即可投票：\n  %s\n\n%s\n", demo.VoteLabel, demo.VoteURL, code)
	fmt.Fprintln(out, "  演示短信会显示在页面上；页面上方的“演示时钟”可以拨到截止之后，接着计票、公示、备案。按 Ctrl+C 结束。")
	return nil
}
