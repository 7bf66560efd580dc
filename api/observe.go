package api

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"

	"gongjue/models"
)

const requestIDKey = "request_id"

func requestID(ctx *gin.Context) string { return ctx.GetString(requestIDKey) }

// ballotsRoute takes ballots.
const ballotsRoute = "/api/v1/ballots"

// observe gives the request an id, survives a panic, and writes two metrics and, but for a ballot that was taken, one
// log line. It names the route's pattern and never the path, which may hold a token.
func (s *Server) observe(ctx *gin.Context) {
	started := time.Now()
	ctx.Set(requestIDKey, uuid.NewString())
	ctx.Header("X-Request-Id", requestID(ctx))
	s.noticeProxy(ctx)
	defer func() {
		if failure := recover(); failure != nil {
			(&call{Context: ctx, Server: s}).answerError(fmt.Errorf("panic: %v", failure))
		}
		took, route := time.Since(started), ctx.FullPath()
		s.metrics.requests.WithLabelValues(knownMethod(ctx.Request.Method), route, strconv.Itoa(ctx.Writer.Status())).Inc()
		s.metrics.seconds.WithLabelValues(route).Observe(took.Seconds())
		if route == ballotsRoute && ctx.Writer.Status() < http.StatusMultipleChoices {
			return // it stands in its meeting's log and in the metrics; on a last evening the log would hold little else
		}
		s.log.Info("request", slog.String("request_id", requestID(ctx)), slog.String("method", ctx.Request.Method),
			slog.String("route", route), slog.Int("status", ctx.Writer.Status()), slog.Duration("took", took))
	}()
	ctx.Next()
}

// noticeProxy warns once when requests come through a proxy that trusted_proxies does not name: every limit per
// address would then count all residents as one.
func (s *Server) noticeProxy(ctx *gin.Context) {
	if ctx.GetHeader("X-Forwarded-For") != "" && ctx.ClientIP() == ctx.RemoteIP() {
		s.proxied.Do(func() {
			s.log.Warn("requests come through a proxy that server.trusted_proxies does not name: limits per address count everybody as one")
		})
	}
}

// knownMethod keeps invented methods from making a time series each.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete:
		return method
	}
	return "other"
}

// guarding are the headers that every answer carries (ASVS V3.4), in the form in which net/http keeps them: a handler
// that sets one of its own puts another list in its place.
var guarding = http.Header{
	"Content-Security-Policy":    {"default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
	"X-Content-Type-Options":     {"nosniff"},
	"X-Frame-Options":            {"DENY"},
	"Referrer-Policy":            {"no-referrer"},
	"Cross-Origin-Opener-Policy": {"same-origin"},
	"Permissions-Policy":         {"camera=(), microphone=(), geolocation=()"},
}

var overTLS = []string{"max-age=31536000; includeSubDomains"}

func (s *Server) guard(ctx *gin.Context) {
	header := ctx.Writer.Header()
	maps.Copy(header, guarding)
	if s.config.SecureCookies {
		header["Strict-Transport-Security"] = overTLS
	}
	ctx.Next()
}

// metrics of one server; labels are route patterns and statuses, never anything about a person or a choice.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

func newMetrics(store *models.Store) *metrics {
	m := &metrics{registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "gongjue_requests_total", Help: "Requests by route and status."},
			[]string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "gongjue_request_seconds", Help: "Time to answer by route.",
			Buckets: prometheus.DefBuckets}, []string{"route"})}
	m.registry.MustRegister(m.requests, m.seconds, outboxCollector{store})
	return m
}

// outboxCollector tells how many messages wait, are sent and are dead.
type outboxCollector struct{ store *models.Store }

var outboxDesc = prometheus.NewDesc("gongjue_outbox_messages", "Messages in the outbox by state.", []string{"state"}, nil)

// scrapeTimeout bounds the query behind a scrape, which has no request context of its own.
const scrapeTimeout = 5 * time.Second

// Describe names the one metric.
func (outboxCollector) Describe(descs chan<- *prometheus.Desc) { descs <- outboxDesc }

// Collect asks the database at the time of the scrape.
func (o outboxCollector) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout)
	defer cancel()
	counts, err := o.store.OutboxCounts(ctx)
	if err != nil {
		out <- prometheus.NewInvalidMetric(outboxDesc, err)
		return
	}
	for _, state := range models.OutboxStates {
		out <- prometheus.MustNewConstMetric(outboxDesc, prometheus.GaugeValue, float64(counts[state]), string(state))
	}
}
