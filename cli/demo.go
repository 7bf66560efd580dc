package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/spf13/cobra"

	"gongjue/api"
	"gongjue/models"
	"gongjue/notify/send"
)

func demoVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "demo [--addr ADDR] [--dir DIR] [--district]",
		Short: "样例小区：一次已备案的会议、一次正在进行的投票，打开就能试",
		Long: "建一个全新的样例小区（嵌入式数据库），其中一次会议已走完到备案证明，另一次正在投票。\n" +
			"打印网址、账号和一张可以直接扫的二维码。要用手机扫，请加 --addr 0.0.0.0:8080。\n" +
			"--district 另建一个示范区：三个街道、六十个小区、两年的换届和备案，用来看辖区总览，多用十几秒。",
		Example: "  gongjue demo\n  gongjue demo --addr 0.0.0.0:8080\n  gongjue demo --district",
		Args:    cobra.NoArgs,
	}
	addr := cmd.Flags().String("addr", "127.0.0.1:8080", "监听地址")
	dir := cmd.Flags().String("dir", "", "数据目录，须为空或不存在；不写则用临时目录，退出时删除")
	district := cmd.Flags().Bool("district", false, "另建一个有六十个小区的示范区")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return p.demo(cmd.Context(), *addr, *dir, *district) }
	return cmd
}

// demo listens first, so that a taken port is told before anything is made.
func (p *program) demo(ctx context.Context, addr, dir string, district bool) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	config := defaults()
	config.Server.SecureCookies = false // plain HTTP, also from a phone in the same house
	config.Server.PublicURL = reachableURL(listener.Addr())
	config.Log.Level = "warn"
	config.DataDir, err = demoDir(dir)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if dir == "" {
		defer func() { _ = os.RemoveAll(config.DataDir) }() // a temporary directory; nothing depends on it
	}
	log, err := newLogger(p.err, config.Log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	fmt.Fprintln(p.out, "正在准备样例小区……")
	return errors.Join(p.runDemo(ctx, config, listener, log, district), closed(listener))
}

// closed closes a listener that the server may have closed already.
func closed(listener net.Listener) error {
	if err := listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// demoDir makes the demo's directory; a directory that holds anything is refused, because the demo is fresh.
func demoDir(dir string) (string, error) {
	if dir == "" {
		return os.MkdirTemp("", "gongjue-demo-")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("--dir: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", fmt.Errorf("--dir: %w", err)
	}
	if len(entries) > 0 {
		return "", fmt.Errorf("--dir: %s is not empty", dir)
	}
	return dir, nil
}

// runDemo opens the store on the demo's clock, builds the sample community and serves it.
func (p *program) runDemo(ctx context.Context, config Config, listener net.Listener, log *slog.Logger, district bool) error {
	started := time.Now()
	clock := newDemoClock(time.Now)
	store, err := openDemo(ctx, config, clock)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // the demo's data is thrown away
	box := demoBox{&send.MemorySender{}}
	stage := &demoStage{store: store, clock: clock, publicURL: config.publicURL()}
	sample, err := stage.build(ctx, district)
	if err != nil {
		return fmt.Errorf("build the sample community: %w", err)
	}
	demo := &api.Demo{Jump: stage.jump, SMS: box.text, Accounts: sample.accounts, Password: demoPassword,
		VoteURL: config.publicURL() + "/v/" + sample.token, VoteLabel: sample.label}
	settings := apiConfig(config)
	settings.Demo = demo
	handler, err := api.New(store, settings, log)
	if err != nil {
		return err
	}
	if err := printDemo(p.out, config.publicURL(), demo, time.Since(started)); err != nil {
		return err
	}
	return service{config: config, store: store, handler: handler, sender: box, log: log, idle: 200 * time.Millisecond}.run(ctx, listener)
}

func openDemo(ctx context.Context, config Config, clock *demoClock) (*models.Store, error) {
	store, err := openStore(ctx, config, nil, clock.now)
	if err != nil {
		return nil, err
	}
	if _, err := store.Migrate(ctx); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// reachableURL is the address to print: a wildcard listener is reached under the machine's own address.
func reachableURL(addr net.Addr) string {
	tcp, isTCP := addr.(*net.TCPAddr)
	if !isTCP || !tcp.IP.IsUnspecified() {
		return "http://" + addr.String()
	}
	host := "127.0.0.1"
	addresses, err := net.InterfaceAddrs()
	if err == nil {
		for _, address := range addresses {
			if network, ok := address.(*net.IPNet); ok && !network.IP.IsLoopback() && network.IP.To4() != nil {
				host = network.IP.String()
				break
			}
		}
	}
	return fmt.Sprintf("http://%s", net.JoinHostPort(host, fmt.Sprint(tcp.Port)))
}
