// Package notify carries messages out of the system: it drains the outbox that transactions wrote. It
// decides nothing about votes; words are in notify/text, transports in notify/send, papers in
// notify/sheet and notify/filing.
package notify

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"gongjue/notify/send"
)

// Job is one message of the outbox and the attempts already made to send it.
type Job struct {
	ID       string
	Message  send.Message
	Attempts int
}

// Queue is the outbox. Times are Unix ms. A claimed job is invisible to other drains for a lease that
// the queue chooses, longer than a batch of attempts may take (Batch × SendLimit), or it would go out
// twice; a drain that dies leaves its jobs to the next.
type Queue interface {
	// Claim takes at most n jobs that are due at now, the oldest first.
	Claim(ctx context.Context, now int64, n int) ([]Job, error)
	// Done marks a job as sent.
	Done(ctx context.Context, job Job) error
	// Retry counts one more attempt and makes the job due again at the given time.
	Retry(ctx context.Context, job Job, at int64, cause send.Cause) error
	// Dead keeps the job, visible to operators, and never offers it again.
	Dead(ctx context.Context, job Job, cause send.Cause) error
}

// SendLimit is the longest that one attempt may take.
const SendLimit = 10 * time.Second

// recordLimit is the time left for noting an attempt's end while the service is being stopped.
const recordLimit = 5 * time.Second

// Drain sends what the queue offers until its context ends.
type Drain struct {
	Queue  Queue
	Sender send.Sender
	Log    *slog.Logger
	Now    func() int64        // Unix ms
	Jitter func(n int64) int64 // a random number in [0, n); spreads the retries of many jobs
	Wake   <-chan struct{}     // optional: looks at the queue at once

	Batch       int           // jobs claimed at a time; 0 = 5
	Idle        time.Duration // pause when the queue is empty or fails; 0 = 2 s
	MaxAttempts int           // then dead; 0 = 8
	Base, Most  time.Duration // first and longest pause between attempts; 0 = 5 s and 30 min
}

// Run drains until ctx ends. An attempt under way is noted before it returns; errors of the queue are
// logged and tried again.
func (d *Drain) Run(ctx context.Context) {
	for ctx.Err() == nil {
		claimed, err := d.round(ctx)
		if err != nil && ctx.Err() == nil {
			d.Log.ErrorContext(ctx, "drain the outbox", "error", err)
		}
		if err != nil || claimed < d.batch() {
			d.pause(ctx)
		}
	}
}

// round claims and sends one batch.
func (d *Drain) round(ctx context.Context) (claimed int, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("drain the outbox: panic of type %T", fault)
		}
	}()
	jobs, err := d.Queue.Claim(ctx, d.Now(), d.batch())
	if err != nil {
		return 0, fmt.Errorf("claim jobs: %w", err)
	}
	for _, job := range jobs {
		if ctx.Err() != nil {
			return len(jobs), nil // the rest comes back when its lease ends
		}
		if err := d.attempt(ctx, job); err != nil {
			return len(jobs), err
		}
	}
	return len(jobs), nil
}

// attempt sends one job and notes what came of it, even while the service is being stopped: a message
// that went out must not go out again.
func (d *Drain) attempt(ctx context.Context, job Job) error {
	failure := d.send(ctx, job.Message)
	note, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordLimit)
	defer cancel()
	attempts := job.Attempts + 1
	switch {
	case failure == nil:
		if err := d.Queue.Done(note, job); err != nil {
			return fmt.Errorf("note job %s as sent: %w", job.ID, err)
		}
	case ctx.Err() != nil:
		if err := d.Queue.Retry(note, job, d.Now(), failure.Cause); err != nil {
			return fmt.Errorf("give job %s back: %w", job.ID, err)
		}
	case failure.Final || attempts >= d.maxAttempts():
		d.Log.WarnContext(ctx, "message given up", "job", job.ID, "kind", job.Message.Kind, "cause", string(failure.Cause), "attempts", attempts)
		if err := d.Queue.Dead(note, job, failure.Cause); err != nil {
			return fmt.Errorf("note job %s as dead: %w", job.ID, err)
		}
	default:
		if err := d.Queue.Retry(note, job, d.Now()+d.delay(attempts).Milliseconds(), failure.Cause); err != nil {
			return fmt.Errorf("put job %s off: %w", job.ID, err)
		}
	}
	return nil
}

// send makes one attempt; a panic of a sender is a failure like any other.
func (d *Drain) send(ctx context.Context, message send.Message) (failure *send.Failure) {
	defer func() {
		if recover() != nil {
			failure = &send.Failure{Cause: send.Panicked}
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, SendLimit)
	defer cancel()
	if err := d.Sender.Send(ctx, message); err != nil {
		return send.Classify(err)
	}
	return nil
}

// delay doubles from Base to Most with every attempt made; the upper half of it is random.
func (d *Drain) delay(attempts int) time.Duration {
	base, most := d.Base, d.Most
	if base <= 0 {
		base = 5 * time.Second
	}
	if most <= 0 {
		most = 30 * time.Minute
	}
	pause := base
	for range attempts - 1 {
		if pause *= 2; pause >= most {
			break
		}
	}
	half := min(pause, most) / 2
	return half + time.Duration(d.Jitter(int64(half)+1))
}

func (d *Drain) pause(ctx context.Context) {
	idle := d.Idle
	if idle <= 0 {
		idle = 2 * time.Second
	}
	timer := time.NewTimer(idle)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-d.Wake:
	}
}

func (d *Drain) batch() int {
	if d.Batch <= 0 {
		return 5
	}
	return d.Batch
}

func (d *Drain) maxAttempts() int {
	if d.MaxAttempts <= 0 {
		return 8
	}
	return d.MaxAttempts
}
