package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gongjue/cli/witness"
)

func witnessCertifyVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "certify --number NUMBER --key FILE --state DIR [--server URL --code CODE | FILE]",
		Short: "用街道自己的密钥在备案证明上签名",
		Long: "用街道自己的密钥在备案证明上签名，以后不靠本系统也能查验。先显示证明的全部内容，备案号与输入的一致才签。\n" +
			"电脑能上网的写 --server 和 --code，签名直接交回；不能上网的，下载证明的文本文件拷来，把输出的全部文字交回工作台的备案页面。",
		Example: "  gongjue witness certify --number 2026-000017 --key street.key --state witness --server https://gongjue.example --code K7QF-2M9T-XR4D-8HVC-2\n" +
			"  gongjue witness certify --number 2026-000017 --key street.key --state witness 备案证明.txt > signed.txt",
		Args: cobra.MaximumNArgs(1),
	}
	open := witnessFlags(cmd)
	number := cmd.Flags().String("number", "", "纸上的备案号")
	server := cmd.Flags().String("server", "", "共决的网址")
	code := cmd.Flags().String("code", "", "查验码")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if *number == "" || (*server == "") != (*code == "") || (*server != "" && len(args) > 0) {
			return errors.New("--number is needed, and either --server with --code or a file")
		}
		var client *witness.Client
		var err error
		if *server != "" {
			if client, err = witness.NewClient(*server); err != nil {
				return fmt.Errorf("--server: %w", err)
			}
		}
		key, keeper, err := open()
		if err != nil {
			return err
		}
		defer func() { _ = keeper.Close() }() // the system lets go of the folder anyway
		fetch := func() ([]byte, error) { return p.readOffer(args) }
		if client != nil {
			fetch = func() ([]byte, error) { return client.Certificate(cmd.Context(), *code) }
		}
		file, err := fetch()
		if err != nil {
			return err
		}
		signed, err := keeper.Certify(key, strings.TrimSpace(*number), file, nowMillis())
		if errors.Is(err, witness.ErrOtherKey) {
			return failedCheck{err, exitContradiction}
		}
		if err != nil {
			return err
		}
		p.showCertified(signed)
		if client == nil {
			_, err = p.out.Write(signed.Note)
			return err
		}
		if err := client.HandInCertificate(cmd.Context(), *code, signed.Note); err != nil {
			return fmt.Errorf("hand in the signature: %w", err)
		}
		_, err = fmt.Fprintf(p.out, "已在备案证明 %s 上签名，并交回。\n", strings.TrimSpace(*number))
		return err
	}
	return cmd
}

// showCertified shows what was signed, beside the output.
func (p *program) showCertified(signed witness.Certified) {
	if signed.First {
		_, _ = fmt.Fprintf(p.err, "第一次见到这个系统的签名公钥，已记住。请与公布的比较，不一致的请不要交回：\n  %s\n", signed.Key) // a line less does not matter
	}
	_, _ = fmt.Fprintf(p.err, "签名的内容：\n\n%s\n", signed.Text) // as above
}
