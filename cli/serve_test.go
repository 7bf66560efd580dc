package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongjue/e2e/pgtest"
	"gongjue/models"
	"gongjue/notify"
	"gongjue/notify/send"
	"gongjue/voting/lifecycle"
)

// running is a service in this process: its log line by line, and the exit code once it has ended.
type running struct {
	log  *bufio.Scanner
	stop context.CancelFunc
	exit chan int
}

func startServe(t *testing.T, environ []string) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	read, write := io.Pipe()
	r := &running{log: bufio.NewScanner(read), stop: stop, exit: make(chan int, 1)}
	p := &program{in: strings.NewReader(""), out: io.Discard, err: write, environ: append(environ, "GONGJUE_SERVER_ADDR=127.0.0.1:0")}
	go func() {
		r.exit <- p.run(ctx, []string{"serve"})
		_ = write.Close() // a pipe's close never fails
	}()
	t.Cleanup(func() {
		stop()
		_, _ = io.Copy(io.Discard, read) // until the service has closed its end
	})
	return r
}

// next reads the log up to a message and returns its attributes.
func (r *running) next(t *testing.T, message string) map[string]any {
	t.Helper()
	for r.log.Scan() {
		var entry map[string]any
		if err := json.Unmarshal(r.log.Bytes(), &entry); err != nil {
			t.Fatalf("the log is not JSON: %s", r.log.Text())
		}
		if entry["msg"] == message {
			return entry
		}
	}
	t.Fatalf("the log ends before %q", message)
	return nil
}

func TestServeAnswersUntilItIsToldToStop(t *testing.T) {
	pgtest.Both(t, func(t *testing.T, url string) {
		environ := installation(t, url)
		must(t, environ, "", "migrate", "up")
		r := startServe(t, environ)
		addr, _ := r.next(t, "listening")["addr"].(string)
		logged := make(chan struct{})
		go func() { // the log must be read, or the service waits for its reader
			defer close(logged)
			r.next(t, "stopped")
		}()
		for _, path := range []string{"/healthz", "/readyz", "/metrics"} {
			answer, err := http.Get("http://" + addr + path)
			if err != nil {
				t.Fatal(err)
			}
			if answer.StatusCode != http.StatusOK {
				t.Errorf("%s answers %s", path, answer.Status)
			}
			_ = answer.Body.Close() // read or not
		}
		r.stop()
		<-logged
		if code := <-r.exit; code != 0 {
			t.Errorf("exit %d after a stop", code)
		}
		if _, err := net.Dial("tcp", addr); err == nil {
			t.Error("the port is still open")
		}
	})
}

func TestServeRefusesToStart(t *testing.T) {
	environ := installation(t, "")
	refused(t, environ, "", "gongjue migrate up", "serve")
	must(t, environ, "", "migrate", "up")
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }() // the test is over
	refused(t, append(environ, "GONGJUE_SERVER_ADDR="+taken.Addr().String()), "", "server.addr", "serve")
	refused(t, append(environ, "GONGJUE_SERVER_ADDR=127.0.0.1:0", "GONGJUE_MAIL_HOST=mail.example.org", "GONGJUE_MAIL_FROM=nobody"), "", "mail.from", "serve")
	refused(t, environ, "", "unknown key", "serve", "--config", writeConfig(t, "port: 8080\n"))
}

// openService is a service with a handler of the test's own.
func openService(t *testing.T, handler http.Handler) (service, net.Listener) {
	t.Helper()
	environ := installation(t, "")
	must(t, environ, "", "migrate", "up")
	config, err := loadConfig("", environ)
	if err != nil {
		t.Fatal(err)
	}
	store, err := openStore(t.Context(), config, environ, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return service{config: config, store: store, handler: handler, sender: &send.MemorySender{}, log: slog.New(slog.DiscardHandler)}, listener
}

func TestARequestUnderWayIsAnsweredWhileTheServiceStops(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	s, listener := openService(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-release
		_, _ = io.WriteString(w, "receipt") // the client's end is checked below
	}))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.run(ctx, listener) }()
	answered := make(chan string, 1)
	go func() {
		answer, err := http.Get("http://" + listener.Addr().String())
		if err != nil {
			answered <- err.Error()
			return
		}
		text, err := io.ReadAll(answer.Body)
		answered <- string(text) + errorText(errors.Join(err, answer.Body.Close()))
	}()
	<-entered
	stop()
	for { // the port closes first; only then is the request let go
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			break
		}
		_ = conn.Close() // came before the stop
	}
	close(release)
	if got := <-answered; got != "receipt" {
		t.Errorf("the client got %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return " " + err.Error()
}

func TestARequestThatDoesNotEndHoldsTheStopUpForTheGraceOnly(t *testing.T) {
	entered := make(chan struct{})
	s, listener := openService(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(entered)
		<-r.Context().Done()
	}))
	s.config.Server.ShutdownSeconds = 0 // no grace at all
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		answer, err := http.Get("http://" + listener.Addr().String())
		if err == nil {
			_ = answer.Body.Close() // cut off, as expected
		}
	}()
	ended := make(chan error, 1)
	go func() { ended <- s.run(ctx, listener) }()
	<-entered
	stop()
	if err := <-ended; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("ended with %v", err)
	}
}

func TestLimitsOfTheServerComeFromTheSettings(t *testing.T) {
	config := defaults()
	config.Server.HeaderTimeoutSeconds = 3
	server := service{config: config, log: slog.New(slog.DiscardHandler)}.server()
	if server.ReadHeaderTimeout != 3*time.Second || server.ReadTimeout != 15*time.Second || server.WriteTimeout != time.Minute ||
		server.IdleTimeout != 2*time.Minute || server.MaxHeaderBytes == 0 {
		t.Errorf("%+v", server)
	}
}

func TestMailNeedsWhatItSays(t *testing.T) {
	dir := t.TempDir()
	password := filepath.Join(dir, "password")
	if err := os.WriteFile(password, []byte("s3cret \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	good := mailConfig{Host: "mail.example.org", Port: 465, User: "u", PasswordFile: password, From: "共决 <noreply@example.org>", TLS: "tls"}
	got, err := smtpSettings(good)
	if err != nil {
		t.Fatal(err)
	}
	if got.Password != "s3cret " || got.From != "noreply@example.org" || got.FromName != "共决" || !got.Implicit || got.Plaintext || got.Port != 465 {
		t.Errorf("%+v", got)
	}
	open := good
	if err := os.Chmod(password, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := smtpSettings(open); err == nil || !strings.Contains(err.Error(), "mail.password_file") {
		t.Errorf("a password that all may read: %v", err)
	}
}

// noticeLinks are the pages that notices to all lead to.
var noticeLinks = map[models.MessageKind]string{models.NoticePublished: "/m/m1", models.ResultForComment: "/m/m1/result",
	models.ResultPublished: "/m/m1/result", models.MeetingEnded: "/m/m1", models.Supervised: "/o/e1"}

func TestEveryMessageOfTheOutboxHasWords(t *testing.T) {
	queue := outbox{publicURL: "https://vote.example.org"}
	for _, kind := range models.MessageKinds {
		message := models.OutboxMessage{Kind: kind, Community: "示例小区", Meeting: "示例会议", Phone: "19900000001", Code: "123456", Dedupe: "d", CreatedAt: 1,
			About: models.NoticeSubject{MeetingID: "m1", OpensAt: 1, ClosesAt: 2, ObjectionUntil: 3, EntryID: "e1", Act: lifecycle.Revoked, Authority: "示例街道"}}
		got, err := queue.compose(message)
		if link := noticeLinks[kind]; link != "" && !strings.HasSuffix(got.Body, "https://vote.example.org"+link) {
			t.Errorf("%s leads elsewhere: %s", kind, got.Body)
		}
		if err != nil || got.Channel != send.SMS || got.To != message.Phone || got.DedupeKey != "d" || !strings.HasPrefix(got.Body, "【共决】") {
			t.Errorf("%s: %+v, %v", kind, got, err)
		}
	}
	void := models.OutboxMessage{Kind: models.MeetingEnded, Meeting: "示例会议", About: models.NoticeSubject{MeetingID: "m1", Void: true}}
	if got, err := queue.compose(void); err != nil || !strings.Contains(got.Body, "作废") {
		t.Errorf("%s, %v", got.Body, err)
	}
	if _, err := queue.compose(models.OutboxMessage{Kind: "gossip"}); err == nil {
		t.Error("a kind without words is composed")
	}
	message := models.OutboxMessage{CommunityID: "c", ID: "m"}
	if got := messageOf(notify.Job{ID: jobID(message)}); got != message {
		t.Errorf("%+v", got)
	}
}
