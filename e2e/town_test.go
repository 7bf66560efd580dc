// Package e2e tries the product whole: over HTTP on both databases, and in a browser.
package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"gongjue/api"
	"gongjue/e2e/pgtest"
	"gongjue/models"
	"gongjue/models/vault"
	"gongjue/voting/calendar"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

const password = "e2e-passwort-2026"

// town is the service under test with a clock to move and one account of each role.
type town struct {
	t         *testing.T
	store     *models.Store
	server    *httptest.Server
	log       *safeBuffer
	mu        sync.Mutex
	now       int64
	people    int
	community models.Community
	prefix    string            // of the names of screenshots
	noScripts bool              // script files are withheld
	codes     map[string]string // by request id, as phones received them
}

// newTown starts the service on a fresh database at 2026-03-02 09:00 北京时间. demo shows codes on the page.
func newTown(t *testing.T, url string, demo bool) *town {
	t.Helper()
	w := &town{t: t, now: calendar.Date(2026, 3, 2) + 9*hour, log: &safeBuffer{}, codes: map[string]string{}}
	keys, err := vault.NewKeys(vault.Raw{Field: key('f'), Token: key('t'), Seal: key('s'), Log: key('l')})
	w.must(err)
	w.store, err = models.Open(t.Context(), models.Options{URL: url, Keys: keys, Clock: w.clock, Origin: "e2e.example"})
	w.must(err)
	t.Cleanup(func() { _ = w.store.Close() })
	_, err = w.store.Migrate(t.Context())
	w.must(err)
	config := api.Config{PublicURL: "http://e2e.example", TrustedProxies: []string{"127.0.0.1"}, MaxBody: 1 << 20, MaxUpload: 20 << 20}
	if demo {
		config.Demo = &api.Demo{SMS: w.sms}
	}
	handler, err := api.New(w.store, config, slog.New(slog.NewJSONHandler(w.log, nil)))
	w.must(err)
	w.server = httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, r *http.Request) {
		if w.noScripts && strings.HasSuffix(r.URL.Path, ".js") {
			http.NotFound(answer, r)
			return
		}
		handler.ServeHTTP(answer, r)
	}))
	t.Cleanup(w.server.Close)
	w.community, err = w.store.CreateCommunity(t.Context(), models.System, "样例区", "样例街道", "样例花园")
	w.must(err)
	for role, scope := range map[models.Role]string{models.RoleStreet: w.community.StreetID, models.RoleConvener: w.community.ID, models.RoleTeller: w.community.ID} {
		_, err := w.store.AddStaff(t.Context(), models.System, models.NewStaff{Login: string(role), Name: string(role), Password: password, Role: role, Scope: scope})
		w.must(err)
	}
	return w
}

const (
	hour = int64(time.Hour / time.Millisecond)
	day  = 24 * hour
)

func key(b byte) []byte { return bytes.Repeat([]byte{b}, 32) }

func (w *town) clock() int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// wait moves the clock on; the server opens and closes what is due. Staff stay signed in.
func (w *town) wait(ms int64) {
	w.t.Helper()
	w.mu.Lock()
	w.now += ms
	w.mu.Unlock()
	w.must(w.store.PostponeSessions(w.t.Context(), ms))
	w.must(w.store.Tick(w.t.Context()))
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// deliver takes every message out of the outbox, as the sender would, and keeps the codes.
func (w *town) deliver(ctx context.Context) {
	for {
		messages, err := w.store.ClaimMessages(ctx, 500)
		w.must(err)
		if len(messages) == 0 {
			return
		}
		w.mu.Lock()
		for _, message := range messages {
			if request, isCode := strings.CutPrefix(message.Dedupe, "code:"); isCode {
				w.codes[request] = message.Code
			}
		}
		w.mu.Unlock()
		w.must(w.store.MessagesSent(ctx, messages...))
	}
}

func (w *town) code(request string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.codes[request]
}

// sms is the text that the demo's page shows in its box.
func (w *town) sms(ctx context.Context, request string) string {
	w.deliver(ctx)
	if code := w.code(request); code != "" {
		return "【共决】您的验证码是 " + code
	}
	return ""
}

// done is any status that says that a request was carried out.
const done = 0

// person is a browser or program with its own cookies and its own address, as the proxy in front tells it.
type person struct {
	w       *town
	client  *http.Client
	address string
}

func (w *town) person() *person {
	w.mu.Lock()
	w.people++
	address := fmt.Sprintf("198.51.%d.%d", w.people/250, w.people%250+1)
	w.mu.Unlock()
	jar, err := cookiejar.New(nil)
	w.must(err)
	return &person{w: w, client: &http.Client{Jar: jar}, address: address}
}

// staff signs an account in.
func (w *town) staff(role models.Role) *person {
	w.t.Helper()
	p := w.person()
	p.do("POST", "/api/v1/session", map[string]string{"user": string(role), "password": password}, nil, done)
	return p
}

// do sends JSON and reads the answer into out; any other status than wanted ends the test.
func (p *person) do(method, path string, in, out any, want int, headers ...string) string {
	p.w.t.Helper()
	var body io.Reader
	if in != nil {
		encoded, err := json.Marshal(in)
		p.w.must(err)
		body = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(p.w.t.Context(), method, p.w.server.URL+path, body)
	p.w.must(err)
	if in != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("X-Forwarded-For", p.address)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return p.send(request, out, want)
}

func (p *person) send(request *http.Request, out any, want int) string {
	p.w.t.Helper()
	answer, err := p.client.Do(request)
	p.w.must(err)
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	p.w.must(err)
	if answer.StatusCode != want && !(want == done && answer.StatusCode/100 == 2) {
		p.w.t.Fatalf("%s %s: got %d, want %d: %s", request.Method, request.URL.Path, answer.StatusCode, want, text)
	}
	if out != nil {
		p.w.must(json.Unmarshal(text, out))
	}
	return string(text)
}

// refused checks status and code of a problem.
func (p *person) refused(method, path string, in any, status int, code string, headers ...string) {
	p.w.t.Helper()
	var problem struct {
		Code   string `json:"code"`
		Detail string `json:"detail"`
	}
	p.do(method, path, in, &problem, status, headers...)
	if problem.Code != code || problem.Detail == "" {
		p.w.t.Errorf("%s %s: got %+v, want %s with a sentence", method, path, problem, code)
	}
}

// upload sends a file with fields as a browser would.
func (p *person) upload(path, file string, fields map[string]string, out any, want int) {
	p.w.t.Helper()
	content, err := os.ReadFile(file)
	p.w.must(err)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		p.w.must(form.WriteField(name, value))
	}
	part, err := form.CreateFormFile("file", file)
	p.w.must(err)
	_, err = part.Write(content)
	p.w.must(err)
	p.w.must(form.Close())
	request, err := http.NewRequestWithContext(p.w.t.Context(), "POST", p.w.server.URL+path, &body)
	p.w.must(err)
	request.Header.Set("Content-Type", form.FormDataContentType())
	p.send(request, out, want)
}

// safeBuffer collects the log of a running server.
type safeBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
