package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"

	"gongjue/models"
	"gongjue/web"
)

// Config is what the service needs to know about where it runs.
type Config struct {
	PublicURL      string   // scheme and host under which residents reach it, without a slash at the end
	TrustedProxies []string // addresses whose X-Forwarded-For is believed; none by default
	SecureCookies  bool     // __Host- cookies; false only for a demo over plain HTTP
	MaxBody        int64    // bytes of an ordinary request
	MaxUpload      int64    // bytes of a request that carries a file
	TellsAll       bool     // every owner with a phone is told of what becomes public; the convener reads it before the notice
	Version        string
	Demo           *Demo // nil outside `gongjue demo`
}

// Demo is what only the demo has: its own clock, its own letter box, and what to try first.
type Demo struct {
	Jump      func(ctx context.Context, to string) error       // moves the clock; one of web.DemoJumps
	SMS       func(ctx context.Context, request string) string // text of the message that carries a request's code
	Accounts  []web.DemoLink
	Password  string
	VoteURL   string // a voter's personal link
	VoteLabel string
}

// Server answers every request of the product.
type Server struct {
	store        *models.Store
	config       Config
	log          *slog.Logger
	metrics      *metrics
	records      records       // public records, as they were put together
	copies       chan struct{} // a place for every copy that is being put together
	intakes      intakeMemory  // files on the desk that were read last
	spreadsheets chan struct{} // a place for every file that is being read
	proxied      sync.Once     // the warning about a proxy that is not trusted
}

// New builds the handler of the service: routes, access, limits, headers.
func New(store *models.Store, config Config, log *slog.Logger) (http.Handler, error) {
	s := &Server{store: store, config: config, log: log, metrics: newMetrics(store), copies: make(chan struct{}, copiesAtOnce),
		spreadsheets: make(chan struct{}, spreadsheetsAtOnce)}
	web.Prepare()
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.ContextWithFallback = true
	engine.MaxMultipartMemory = 1 << 20
	if err := engine.SetTrustedProxies(config.TrustedProxies); err != nil {
		return nil, fmt.Errorf("read trusted_proxies: %w", err)
	}
	engine.Use(s.observe, s.guard)
	engine.NoRoute(s.serve(route{who: public, do: func(*call) error { return refuse("not_found") }}))
	engine.NoMethod(s.serve(route{who: public, do: func(*call) error { return refuse("method_not_allowed") }}))
	engine.GET("/static/*asset", gin.WrapH(web.Assets()))
	for _, r := range s.routes() {
		engine.Handle(r.method, r.path, s.serve(r))
	}
	return headAsGet(s.sameSite(engine)), nil
}

// headAsGet answers HEAD as GET; net/http leaves out the body. Link checkers and proxies ask that way.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			r = r.Clone(r.Context())
			r.Method = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}

// sameSite refuses state-changing requests that another site's page sent (http.CrossOriginProtection).
func (s *Server) sameSite(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuseOutside(w, r, "cross_site")
	}))
	return protection.Handler(next)
}
