package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"time"

	"gongjue/models"
	"gongjue/notify"
	"gongjue/notify/send"
)

// tickEvery is how often the clock is compared with the openings and deadlines. A ballot is judged by its
// own moment, so a late tick lets nothing in.
const tickEvery = time.Second

// readFirstLimit is how long requests wait after a start until the open meetings are read.
const readFirstLimit = 10 * time.Second

// service is everything that runs while the program serves: the HTTP server, the clock that opens and
// closes meetings, the drain of the outbox.
type service struct {
	config  Config
	store   *models.Store
	handler http.Handler
	sender  send.Sender
	log     *slog.Logger
	idle    time.Duration // pause of an idle drain; 0 = the drain's own
}

// run serves on the listener until ctx ends, then lets the requests under way finish within
// server.shutdown_seconds, and last stops what runs beside them.
func (s service) run(ctx context.Context, listener net.Listener) error {
	beside, stop := context.WithCancel(context.WithoutCancel(ctx))
	var workers sync.WaitGroup
	workers.Go(func() { s.every(beside, "open and close meetings", s.store.Tick) })
	s.readFirst(ctx)
	workers.Go(func() { s.every(beside, "read the open meetings", s.store.ReadAhead) })
	workers.Go(func() { s.every(beside, "tell of recorded ballots", s.store.TellOfBallots) })
	if s.config.Mail.TellAll {
		workers.Go(func() { s.every(beside, "tell all owners", s.store.TellAll) })
	}
	workers.Go(func() { s.drain().Run(beside) })
	defer workers.Wait()
	defer stop()

	server := s.server()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	s.log.Info("listening", slog.String("addr", listener.Addr().String()))
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.log.Info("shutting down")
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), seconds(s.config.Server.ShutdownSeconds))
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("wait for requests under way: %w", err), server.Close())
	}
	s.log.Info("stopped")
	return nil
}

// readFirst reads the open meetings before the first request is taken, so that an evening of voting does not meet a
// restarted service that has to read a thousand rosters while it answers. What takes longer is read beside the requests.
func (s service) readFirst(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, readFirstLimit)
	defer cancel()
	if err := s.store.ReadAhead(ctx); err != nil && ctx.Err() == nil {
		s.log.Error("read the open meetings", slog.Any("error", err))
	}
}

func (s service) server() *http.Server {
	c := s.config.Server
	return &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: seconds(c.HeaderTimeoutSeconds),
		ReadTimeout:       seconds(c.ReadTimeoutSeconds),
		WriteTimeout:      seconds(c.WriteTimeoutSeconds),
		IdleTimeout:       seconds(c.IdleTimeoutSeconds),
		MaxHeaderBytes:    64 << 10,
		// net/http names the addresses of clients in its messages; they are for a search for a fault only.
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
}

// every does something again and again until ctx ends.
func (s service) every(ctx context.Context, what string, do func(context.Context) error) {
	ticker := time.NewTicker(tickEvery)
	defer ticker.Stop()
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			s.log.Error(what, slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (s service) drain() *notify.Drain {
	return &notify.Drain{Queue: outbox{s.store, s.config.publicURL()}, Sender: s.sender, Log: s.log, Now: s.store.Now, Jitter: rand.Int64N, Idle: s.idle}
}
