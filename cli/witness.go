package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"gongjue/cli/witness"
)

// exitContradiction is the exit code where a log is not the one that was seen before.
const exitContradiction = 2

func witnessVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "witness",
		Short: "街道见证：用自己的密钥给投票记录签名",
		Long: "街道见证：用自己的密钥给投票记录签名。在街道自己的电脑上运行，不读数据库，不用设置。\n" +
			"只在新的记录接得上以前见过的记录时才签；接不上就不签，显示两份互相矛盾的签名，并且都保存下来。",
		Example: "  gongjue witness keygen --name lianhua.street --key street.key\n" +
			"  gongjue witness run --server https://gongjue.example --key street.key --state witness",
		RunE: needsVerb,
	}
	cmd.AddCommand(witnessKeygenVerb(p), witnessRunVerb(p), witnessSignVerb(p), witnessCertifyVerb(p))
	return cmd
}

func witnessKeygenVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "keygen --name NAME --key FILE",
		Short:   "生成街道的见证密钥，打印登记用的文字和指纹",
		Example: "  gongjue witness keygen --name lianhua.street --key street.key",
		Args:    cobra.NoArgs,
	}
	name := cmd.Flags().String("name", "", "公钥的名称，印在会议通知上；英文字母、数字和点，没有空格")
	path := cmd.Flags().String("key", "", "密钥文件，须不存在；只给本人读，请另存一份在保险柜里")
	cmd.RunE = func(*cobra.Command, []string) error {
		if *name == "" || *path == "" {
			return errors.New("--name and --key are needed")
		}
		key, err := witness.NewKey(*name)
		if err != nil {
			return fmt.Errorf("--name: %w", err)
		}
		public, err := key.Witness()
		if err != nil {
			return err
		}
		proof, err := key.Proof(nowMillis())
		if err != nil {
			return err
		}
		if err := key.Write(*path); err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.out, "密钥已写入 %s，请妥善保管，不要交给任何人。\n\n公钥：%s\n指纹（抄在纸上，交给确认的人）：%s\n\n登记文字（下面全部贴到工作台的“见证公钥”）：\n\n%s",
			*path, public, public.Fingerprint().Printed(), proof)
		return err
	}
	return cmd
}

// nowMillis is the witness's own clock, Unix ms.
func nowMillis() int64 { return time.Now().UnixMilli() }

// witnessFlags are what both ways of signing need.
func witnessFlags(cmd *cobra.Command) (open func() (witness.Key, *witness.Keeper, error)) {
	keyFile := cmd.Flags().String("key", "", "街道的密钥文件")
	state := cmd.Flags().String("state", "", "保存见过的记录的目录；不要删，也不要在两台电脑上各用一份")
	return func() (witness.Key, *witness.Keeper, error) {
		if *keyFile == "" || *state == "" {
			return witness.Key{}, nil, errors.New("--key and --state are needed")
		}
		key, err := witness.ReadKey(*keyFile)
		if err != nil {
			return witness.Key{}, nil, err
		}
		keeper, err := witness.Open(*state)
		return key, keeper, err
	}
}

func witnessRunVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run --server URL --key FILE --state DIR [--once] [--every 10m]",
		Short: "核对并签名写着本街道公钥的全部会议，每隔一段时间一次",
		Long: "核对并签名写着本街道公钥的全部会议，每隔一段时间一次；加 --once 只做一次。\n" +
			"退出状态：0 全部正常，1 连不上或者有一次会议没有核对成，2 有一次会议的记录与以前见过的矛盾。",
		Example: "  gongjue witness run --server https://gongjue.example --key street.key --state witness --once",
		Args:    cobra.NoArgs,
	}
	open := witnessFlags(cmd)
	server := cmd.Flags().String("server", "", "共决的网址")
	once := cmd.Flags().Bool("once", false, "只做一次")
	every := cmd.Flags().Duration("every", 10*time.Minute, "每隔多久一次，至少 10s")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *every < 10*time.Second {
			return fmt.Errorf("--every: %s is less than 10s", *every)
		}
		client, err := witness.NewClient(*server)
		if err != nil {
			return fmt.Errorf("--server: %w", err)
		}
		key, keeper, err := open()
		if err != nil {
			return err
		}
		defer func() { _ = keeper.Close() }() // the system lets go of the folder anyway
		return p.watchLogs(cmd.Context(), client, keeper, key, *every, *once)
	}
	return cmd
}

// silence is after how long without an answer of the server somebody should look.
const silence = 30 * time.Minute

// watchLogs goes round until it is told to stop, or a log contradicts what was seen.
func (p *program) watchLogs(ctx context.Context, client *witness.Client, keeper *witness.Keeper, key witness.Key, every time.Duration, once bool) error {
	answered := time.Now()
	for {
		signed := 0
		err := keeper.Round(ctx, client, key, nowMillis, func(s witness.Signed) {
			signed++
			p.tellSigned(s)
		})
		if ctx.Err() != nil && !once {
			return nil
		}
		var contradiction *witness.Contradiction
		if errors.As(err, &contradiction) || errors.Is(err, witness.ErrLost) {
			_, _ = fmt.Fprintln(p.err, "记录与以前见过的矛盾，没有签名。两份都已保存，请不要删除，并告诉区县。") // the error itself follows
			return failedCheck{err, exitContradiction}
		}
		if once {
			if err == nil && signed == 0 {
				_, err = fmt.Fprintln(p.out, "已核对，没有新的记录要签。")
			}
			return err
		}
		if err == nil {
			answered = time.Now()
		} else {
			p.complain(err)
		}
		if quiet := time.Since(answered); quiet >= silence {
			_, _ = fmt.Fprintf(p.err, "已有 %d 分钟没有核对成，请检查网络和服务器。\n", int(quiet.Minutes())) // the next round tells again
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(every):
		}
	}
}

// tellSigned says what was signed, and the first time by which key the logs are signed.
func (p *program) tellSigned(s witness.Signed) {
	if s.First {
		_, _ = fmt.Fprintf(p.err, "第一次见到这个系统的签名公钥，已记住。请与公布的比较，不一致的请停止见证：\n  %s\n", s.LogKey) // a line less does not matter
	}
	_, _ = fmt.Fprintf(p.out, "已见证 %s，前 %d 条。\n", s.Origin, s.Size) // the signature is handed in already
}

func witnessSignVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sign --key FILE --state DIR [--log-key KEY] [FILE]",
		Short: "给下载的一份记录签名，用在不能上网的电脑上",
		Long: "给下载的一份记录签名，用在不能上网的电脑上。不写文件名时从标准输入读。\n" +
			"输出签过名的内容，交回工作台的“街道见证”页面。核对的办法与 run 相同。",
		Example: "  gongjue witness sign --key street.key --state witness checkpoint.txt > signed.txt",
		Args:    cobra.MaximumNArgs(1),
	}
	open := witnessFlags(cmd)
	logKey := cmd.Flags().String("log-key", "", "第一次签一次会议时写：公示页上“系统的签名公钥”")
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		offer, err := p.readOffer(args)
		if err != nil {
			return err
		}
		key, keeper, err := open()
		if err != nil {
			return err
		}
		defer func() { _ = keeper.Close() }() // the system lets go of the folder anyway
		signed, err := keeper.Sign(key, *logKey, offer, nowMillis())
		var contradiction *witness.Contradiction
		switch {
		case errors.As(err, &contradiction):
			return failedCheck{err, exitContradiction}
		case errors.Is(err, witness.ErrNoKey):
			return fmt.Errorf("%w; give --log-key", err)
		case err != nil:
			return err
		}
		_, err = p.out.Write(signed.Note)
		return err
	}
	return cmd
}

// mostOffer bounds what is read as an offer.
const mostOffer = 64 << 10

func (p *program) readOffer(args []string) ([]byte, error) {
	in := p.in
	if len(args) == 1 {
		file, err := os.Open(args[0])
		if err != nil {
			return nil, err
		}
		defer func() { _ = file.Close() }() // only read
		in = file
	}
	text, err := io.ReadAll(io.LimitReader(in, mostOffer+1))
	if err != nil {
		return nil, fmt.Errorf("read what is to be signed: %w", err)
	}
	if len(text) > mostOffer {
		return nil, errors.New("what is to be signed is too long")
	}
	return text, nil
}
