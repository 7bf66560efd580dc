package api

import (
	"errors"
	"log/slog"
	"net/http"
	"net/netip"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"gongjue/migrations"
	"gongjue/models"
)

// healthz tells that the process is alive; it asks nothing of the database, so that a database that is away
// does not get every replica restarted.
func healthz(c *call) error {
	c.plain(http.StatusOK, "ok")
	return nil
}

// readyz tells a load balancer whether requests may come: the database answers, has this program's schema, and its
// keys in force are among those of this process, and the clock can be believed.
func readyz(c *call) error {
	err := c.store.Ping(c)
	if err == nil {
		err = c.store.CheckSchema(c)
	}
	if err == nil {
		err = c.store.KeysReady(c)
	}
	if err == nil {
		err = c.store.CheckClock(c)
	}
	state := "ready"
	switch {
	case errors.Is(err, migrations.ErrBehind):
		state = "schema_behind"
	case errors.Is(err, migrations.ErrAhead):
		state = "schema_ahead"
	case models.KeyUnknown(err):
		state = "key_unknown"
	case models.ClockWrong(err):
		state = "clock_wrong"
	case err != nil:
		state = "database_unreachable"
	}
	if err == nil {
		c.plain(http.StatusOK, state)
		return nil
	}
	c.log.Error("not ready", slog.String("state", state), slog.Any("error", err))
	c.plain(http.StatusServiceUnavailable, state)
	return nil
}

func (c *call) plain(status int, text string) {
	c.Header("Cache-Control", "no-store")
	c.String(status, text+"\n")
}

// serve answers a scrape with this server's own registry. Only a program on this machine may ask, and not
// through a proxy: counts per route would tell each ballot as it comes in.
func (m *metrics) serve(c *call) error {
	peer, err := netip.ParseAddrPort(c.Request.RemoteAddr)
	if err != nil || !peer.Addr().Unmap().IsLoopback() || c.GetHeader("X-Forwarded-For") != "" || c.GetHeader("Forwarded") != "" {
		return refuse("not_found")
	}
	promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}).ServeHTTP(c.Writer, c.Request)
	return nil
}
