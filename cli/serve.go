package cli

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"gongjue/api"
	"gongjue/models"
	"gongjue/notify/send"
)

func serveVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "serve [--config FILE]",
		Short:   "运行服务，直到收到停止信号",
		Example: "  gongjue serve --config config.yaml\n  GONGJUE_SERVER_ADDR=:8080 gongjue serve",
		Args:    cobra.NoArgs,
	}
	config := p.configFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := config()
		if err != nil {
			return err
		}
		log, err := newLogger(p.err, c.Log)
		if err != nil {
			return err
		}
		return withStore(cmd.Context(), c, p.environ, func(store *models.Store) error {
			return serve(cmd.Context(), c, store, log)
		})
	}
	return cmd
}

// gcPercent lets the heap grow to five times what is alive before it is swept. What is alive is little (the rosters of
// the open meetings), and with Go's own 100 a fifth of the processor went into sweeping while ballots came in.
const gcPercent = 400

// settleHeap sets gcPercent for a process that serves, or measures what a server does. Whoever sets GOGC knows better.
func settleHeap() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}

// serve wires the rooms together and runs them.
func serve(ctx context.Context, c Config, store *models.Store, log *slog.Logger) error {
	settleHeap()
	sender, err := senders(c.Mail, store, log)
	if err != nil {
		return err
	}
	handler, err := api.New(store, apiConfig(c), log)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Server.Addr)
	if err != nil {
		return fmt.Errorf("server.addr: %w", err)
	}
	return service{config: c, store: store, handler: handler, sender: sender, log: log}.run(ctx, listener)
}

func apiConfig(c Config) api.Config {
	return api.Config{
		PublicURL:      c.publicURL(),
		TrustedProxies: c.Server.TrustedProxies,
		SecureCookies:  c.Server.SecureCookies,
		MaxBody:        c.Server.MaxBodyBytes,
		MaxUpload:      c.Server.MaxUploadBytes,
		TellsAll:       c.Mail.TellAll,
		Version:        thisBuild().Version,
	}
}

// senders says by which way each channel leaves. Until a gateway is configured, a short message is only
// noted in the log, without its text and recipient.
func senders(c mailConfig, store *models.Store, log *slog.Logger) (send.Sender, error) {
	by := send.ByChannel{send.SMS: send.LogSender{Log: log}}
	if c.Host == "" {
		return by, nil
	}
	settings, err := smtpSettings(c)
	if err != nil {
		return nil, err
	}
	if by[send.Mail], err = send.NewSMTP(settings, store.Now); err != nil {
		return nil, err
	}
	if c.PhoneAddress != "" {
		by[send.SMS] = send.PhoneMail{Mail: by[send.Mail], Address: c.PhoneAddress}
	}
	return by, nil
}

func smtpSettings(c mailConfig) (send.SMTPConfig, error) {
	from, err := mail.ParseAddress(c.From)
	if err != nil {
		return send.SMTPConfig{}, fmt.Errorf("mail.from: %w", err)
	}
	settings := send.SMTPConfig{
		Host: c.Host, Port: int(c.Port), User: c.User, From: from.Address, FromName: from.Name,
		Implicit: c.TLS == "tls", Plaintext: c.TLS == "none",
	}
	if c.PasswordFile != "" {
		text, err := readPrivate(c.PasswordFile)
		if err != nil {
			return send.SMTPConfig{}, fmt.Errorf("mail.password_file: %w", err)
		}
		settings.Password = strings.TrimRight(string(text), "\r\n")
	}
	return settings, nil
}
