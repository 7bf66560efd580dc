package send

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// SMTPConfig is a mail server and how to speak to it.
type SMTPConfig struct {
	Host      string
	Port      int
	User      string // empty = no authentication
	Password  string
	From      string // address
	FromName  string // such as 共决
	Implicit  bool   // TLS from the first byte (port 465)
	Plaintext bool   // no TLS at all: a relay on this machine only
	Timeout   time.Duration
	TLS       *tls.Config // nil = the system's roots, name checked
}

// SMTPSender sends mail, one connection a message: a few mails an hour need no pool.
type SMTPSender struct {
	config  SMTPConfig
	options []mail.Option
	now     func() int64
}

// NewSMTP checks the configuration; it does not connect. TLS is demanded unless Plaintext is set, and a
// password is never sent without TLS. Now gives Unix ms for the Date header.
func NewSMTP(config SMTPConfig, now func() int64) (*SMTPSender, error) {
	if config.Plaintext && config.User != "" {
		return nil, errors.New("smtp: a password is not sent without TLS")
	}
	if config.Timeout <= 0 {
		config.Timeout = 20 * time.Second
	}
	options := []mail.Option{mail.WithPort(config.Port), mail.WithTimeout(config.Timeout), mail.WithTLSPolicy(mail.TLSMandatory)}
	if config.Plaintext {
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	}
	if config.Implicit {
		options = append(options, mail.WithSSL())
	}
	if config.TLS != nil {
		options = append(options, mail.WithTLSConfig(config.TLS))
	}
	if config.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(config.User), mail.WithPassword(config.Password))
	}
	if _, err := mail.NewClient(config.Host, options...); err != nil {
		return nil, fmt.Errorf("smtp settings: %w", err)
	}
	return &SMTPSender{config: config, options: options, now: now}, nil
}

// Send hands one mail to the server. Its errors are *Failure; what the server said is not passed on,
// because servers repeat the recipient.
func (s *SMTPSender) Send(ctx context.Context, message Message) error {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	letter, err := s.letter(message)
	if err != nil {
		return &Failure{Cause: BadAddress, Final: true}
	}
	client, err := mail.NewClient(s.config.Host, s.options...)
	if err != nil {
		return &Failure{Cause: Unknown}
	}
	err = client.DialAndSendWithContext(ctx, letter)
	if err == nil || letter.IsDelivered() {
		return nil // a farewell that failed after the server took the mail must not send it twice
	}
	return smtpFailure(ctx, err)
}

// letter is the mail; an equal message has an equal Message-ID, by which receivers drop a repetition.
func (s *SMTPSender) letter(message Message) (*mail.Msg, error) {
	letter := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := letter.FromFormat(s.config.FromName, s.config.From); err != nil {
		return nil, fmt.Errorf("from: %w", err)
	}
	if err := letter.To(message.To); err != nil {
		return nil, fmt.Errorf("to: %w", err)
	}
	letter.Subject(message.Subject)
	letter.SetDateWithValue(time.UnixMilli(s.now()).UTC())
	letter.SetGenHeader("Auto-Submitted", "auto-generated") // keeps out-of-office replies away (RFC 3834)
	if message.DedupeKey != "" {
		key := sha256.Sum256([]byte(message.Kind + "\n" + message.DedupeKey + "\n" + message.To))
		_, domain, _ := strings.Cut(s.config.From, "@")
		letter.SetMessageIDWithValue(hex.EncodeToString(key[:16]) + "@" + domain)
	}
	letter.SetBodyString(mail.TypeTextPlain, message.Body)
	return letter, nil
}

// smtpFailure finds the cause: 4xx is deferred, 5xx refused, no connection unreachable.
func smtpFailure(ctx context.Context, err error) *Failure {
	var said *mail.SendError
	var network net.Error
	switch {
	case ctx.Err() != nil, errors.As(err, &network) && network.Timeout():
		return &Failure{Cause: TimedOut}
	case errors.As(err, &said) && said.ErrorCode() >= 500:
		return &Failure{Cause: Refused, Final: true}
	case errors.As(err, &said) && said.ErrorCode() >= 400:
		return &Failure{Cause: Deferred}
	}
	return &Failure{Cause: Unreachable}
}
