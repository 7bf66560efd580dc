package send

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"io"
	"math/big"
	"mime"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"
)

// postOffice is a small SMTP server on the loopback.
type postOffice struct {
	listener net.Listener
	cert     *tls.Certificate  // nil = no STARTTLS
	answers  map[string]string // verb → answer instead of the usual; "hang" never answers
	mu       sync.Mutex
	mails    []string
	secure   bool // the last mail came over TLS
}

func open(t *testing.T, office *postOffice) *postOffice {
	t.Helper()
	var err error
	if office.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = office.listener.Close() }) // nothing is left to lose
	go func() {
		for {
			conn, err := office.listener.Accept()
			if err != nil {
				return
			}
			go office.serve(conn)
		}
	}()
	return office
}

func (o *postOffice) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }() // the client has its answer
	reader, secure := bufio.NewReader(conn), false
	say := func(line string) { _, _ = io.WriteString(conn, line+"\r\n") } // a client that left needs no answer
	say("220 post.example.org")
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			return
		}
		verb := strings.ToUpper(strings.Fields(line + " .")[0])
		switch answer := o.answers[verb]; {
		case answer == "hang":
			_, _ = io.Copy(io.Discard, conn) // until the client gives up
			return
		case answer != "":
			say(answer)
			continue
		}
		switch {
		case verb == "EHLO" && o.cert != nil && !secure:
			say("250-post.example.org\r\n250 STARTTLS")
		case verb == "STARTTLS":
			say("220 go on")
			conn = tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{*o.cert}})
			reader, secure = bufio.NewReader(conn), true
		case verb == "DATA":
			say("354 go on")
			o.keep(reader, secure)
			say("250 taken")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (o *postOffice) keep(reader *bufio.Reader, secure bool) {
	var text strings.Builder
	for {
		line, err := reader.ReadString('\n')
		if err != nil || line == ".\r\n" {
			break
		}
		text.WriteString(line)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.mails, o.secure = append(o.mails, text.String()), secure
}

func (o *postOffice) settings() SMTPConfig {
	return SMTPConfig{Host: "127.0.0.1", Port: o.listener.Addr().(*net.TCPAddr).Port, From: "vote@example.org", FromName: "共决投票",
		Plaintext: o.cert == nil, Timeout: 5 * time.Second}
}

func sender(t *testing.T, config SMTPConfig) *SMTPSender {
	t.Helper()
	s, err := NewSMTP(config, func() int64 { return 1_795_000_000_000 })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var letter = Message{Kind: "notice_published", Channel: Mail, To: "owner@example.org", Subject: "示例花园业主大会公告：𬍛",
	Body: "【共决】示例花园业主大会已公告。\n第二行 𬍛䶮㛃", DedupeKey: "m1/notice"}

func TestAMailArrivesWholeWithChineseNamesAndAStableID(t *testing.T) {
	office := open(t, &postOffice{})
	s := sender(t, office.settings())
	for range 2 {
		if err := s.Send(context.Background(), letter); err != nil {
			t.Fatal(err)
		}
	}
	office.mu.Lock()
	defer office.mu.Unlock()
	if len(office.mails) != 2 {
		t.Fatalf("%d mails arrived", len(office.mails))
	}
	ids := map[string]bool{}
	for _, raw := range office.mails {
		parsed, err := mail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		ids[parsed.Header.Get("Message-ID")] = true
		subject, err := new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject"))
		from, fromErr := parsed.Header.AddressList("From")
		if err != nil || fromErr != nil || subject != letter.Subject || from[0].Name != "共决投票" || from[0].Address != "vote@example.org" {
			t.Errorf("subject %q, from %v, %v %v", subject, from, err, fromErr)
		}
		if body := decoded(t, parsed); body != strings.ReplaceAll(letter.Body, "\n", "\r\n") {
			t.Errorf("body %q", body)
		}
	}
	if len(ids) != 1 {
		t.Errorf("the same message has different ids: %v", ids)
	}
}

func decoded(t *testing.T, message *mail.Message) string {
	t.Helper()
	var reader io.Reader = message.Body
	switch encoding := strings.ToLower(message.Header.Get("Content-Transfer-Encoding")); encoding {
	case "base64":
		reader = base64.NewDecoder(base64.StdEncoding, reader)
	case "quoted-printable":
		return quoted(t, reader)
	default:
		t.Fatalf("encoding %q", encoding)
	}
	body, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimRight(string(body), "\r\n")
}

func TestWhatTheServerSaysBecomesACauseAndNeverText(t *testing.T) {
	cases := []struct {
		name    string
		answers map[string]string
		want    Failure
	}{
		{"an unknown mailbox is refused for good", map[string]string{"RCPT": "550 5.1.1 owner@example.org unknown"}, Failure{Refused, true}},
		{"a full mailbox is deferred", map[string]string{"RCPT": "452 4.2.2 owner@example.org is full"}, Failure{Deferred, false}},
		{"a server that greets nobody is tried again", map[string]string{"EHLO": "421 busy", "HELO": "421 busy"}, Failure{Unreachable, false}},
		{"a server that hangs runs into the time-out", map[string]string{"MAIL": "hang"}, Failure{TimedOut, false}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			config := open(t, &postOffice{answers: c.answers}).settings()
			config.Timeout = 300 * time.Millisecond
			err := sender(t, config).Send(context.Background(), letter)
			var got *Failure
			if !errors.As(err, &got) || *got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if strings.Contains(err.Error(), "owner@") {
				t.Error("the error names the recipient")
			}
		})
	}
}

func TestAMailThatWasTakenIsNotAFailureWhenTheFarewellFails(t *testing.T) {
	office := open(t, &postOffice{answers: map[string]string{"QUIT": "500 what?"}})
	if err := sender(t, office.settings()).Send(context.Background(), letter); err != nil {
		t.Error(err)
	}
}

func TestAddressesThatCannotExistAndClosedPortsAreToldApart(t *testing.T) {
	office := open(t, &postOffice{})
	wrong := letter
	wrong.To = "not an address"
	var got *Failure
	if err := sender(t, office.settings()).Send(context.Background(), wrong); !errors.As(err, &got) || *got != (Failure{BadAddress, true}) {
		t.Errorf("%+v", got)
	}
	config := office.settings()
	if err := office.listener.Close(); err != nil {
		t.Fatal(err)
	}
	if err := sender(t, config).Send(context.Background(), letter); !errors.As(err, &got) || *got != (Failure{Unreachable, false}) {
		t.Errorf("%+v", got)
	}
}

func TestTLSIsDemandedAndItsNameIsChecked(t *testing.T) {
	cert, roots := certificate(t)
	office := open(t, &postOffice{cert: cert})
	config := office.settings()
	var got *Failure
	if err := sender(t, config).Send(context.Background(), letter); !errors.As(err, &got) || got.Cause != Unreachable {
		t.Errorf("an unknown authority was trusted: %v", err)
	}
	config.TLS = &tls.Config{RootCAs: roots, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
	if err := sender(t, config).Send(context.Background(), letter); err != nil || !office.secure {
		t.Errorf("over TLS: %v, %v", err, office.secure)
	}
	bare := open(t, &postOffice{}).settings()
	bare.Plaintext = false
	if err := sender(t, bare).Send(context.Background(), letter); !errors.As(err, &got) || got.Cause != Unreachable {
		t.Errorf("a server without TLS got the mail: %v", err)
	}
	bare.Plaintext, bare.User = true, "vote"
	if _, err := NewSMTP(bare, nil); err == nil {
		t.Error("a password without TLS was accepted")
	}
}

// certificate makes a certificate for 127.0.0.1 and the roots that trust it.
func certificate(t *testing.T) (*tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "post.example.org"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}
