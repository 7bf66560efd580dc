package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"gongjue/notify/send"
)

// shelf is a queue in memory that offers what is due.
type shelf struct {
	due   []Job
	notes []string
	fail  error
	end   context.CancelFunc // called when everything was offered
}

func (s *shelf) Claim(_ context.Context, _ int64, n int) ([]Job, error) {
	if s.fail != nil {
		err := s.fail
		s.fail = nil
		return nil, err
	}
	n = min(n, len(s.due))
	jobs := s.due[:n]
	if s.due = s.due[n:]; n == 0 {
		s.end()
	}
	return jobs, nil
}

func (s *shelf) note(ctx context.Context, format string, parts ...any) error {
	if ctx.Err() != nil {
		return ctx.Err() // as a database would
	}
	s.notes = append(s.notes, fmt.Sprintf(format, parts...))
	return nil
}

func (s *shelf) Done(ctx context.Context, job Job) error { return s.note(ctx, "%s done", job.ID) }
func (s *shelf) Retry(ctx context.Context, job Job, at int64, cause send.Cause) error {
	return s.note(ctx, "%s retry %d %s", job.ID, at, cause)
}
func (s *shelf) Dead(ctx context.Context, job Job, cause send.Cause) error {
	return s.note(ctx, "%s dead %s", job.ID, cause)
}

// senderFunc is a sender made of a function.
type senderFunc func(ctx context.Context, message send.Message) error

func (f senderFunc) Send(ctx context.Context, message send.Message) error { return f(ctx, message) }

const moment = 1_795_000_000_000

func run(t *testing.T, queue *shelf, sender send.Sender) (log string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	queue.end = cancel
	var out bytes.Buffer
	drain := Drain{
		Queue: queue, Sender: sender, Log: slog.New(slog.NewTextHandler(&out, nil)), Now: func() int64 { return moment },
		Jitter: func(n int64) int64 { return n - 1 }, Batch: 2, Idle: time.Millisecond, MaxAttempts: 3,
		Base: 10 * time.Second, Most: 25 * time.Second,
	}
	drain.Run(ctx)
	return out.String()
}

func TestEachJobIsNotedAsWhatBecameOfIt(t *testing.T) {
	cases := []struct {
		name     string
		attempts int
		err      error
		want     string
	}{
		{"a message that went out is done", 0, nil, "j done"},
		{"the first failure waits the base", 0, &send.Failure{Cause: send.Deferred}, fmt.Sprintf("j retry %d deferred", moment+10_000)},
		{"the second failure waits twice as long", 1, errors.New("odd"), fmt.Sprintf("j retry %d send_unknown", moment+20_000)},
		{"the attempt that reaches the most is the last", 2, &send.Failure{Cause: send.Unreachable}, "j dead unreachable"},
		{"what cannot help is not tried again", 0, &send.Failure{Cause: send.BadAddress, Final: true}, "j dead bad_address"},
		{"a time-out is tried again", 0, context.DeadlineExceeded, fmt.Sprintf("j retry %d timed_out", moment+10_000)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			queue := &shelf{due: []Job{{ID: "j", Attempts: c.attempts}}}
			run(t, queue, senderFunc(func(context.Context, send.Message) error { return c.err }))
			if !slices.Equal(queue.notes, []string{c.want}) {
				t.Errorf("got %v, want %s", queue.notes, c.want)
			}
		})
	}
}

func TestThePauseGrowsToItsMostAndTheUpperHalfIsRandom(t *testing.T) {
	least := Drain{Base: 10 * time.Second, Most: 25 * time.Second, Jitter: func(int64) int64 { return 0 }}
	most := Drain{Base: 10 * time.Second, Most: 25 * time.Second, Jitter: func(n int64) int64 { return n - 1 }}
	for attempts, want := range map[int]time.Duration{1: 10 * time.Second, 2: 20 * time.Second, 3: 25 * time.Second, 200: 25 * time.Second} {
		if got := most.delay(attempts); got != want {
			t.Errorf("attempt %d waits %v at most, want %v", attempts, got, want)
		}
		if got := least.delay(attempts); got != want/2 {
			t.Errorf("attempt %d waits %v at least, want %v", attempts, got, want/2)
		}
	}
}

func TestAPanicOfOneMessageStopsNothing(t *testing.T) {
	queue := &shelf{due: []Job{{ID: "a", Message: send.Message{Body: "boom"}}, {ID: "b"}, {ID: "c"}}}
	run(t, queue, senderFunc(func(_ context.Context, message send.Message) error {
		if message.Body == "boom" {
			panic("a fault")
		}
		return nil
	}))
	want := []string{fmt.Sprintf("a retry %d panicked", moment+10_000), "b done", "c done"}
	if !slices.Equal(queue.notes, want) {
		t.Errorf("got %v", queue.notes)
	}
}

func TestAQueueThatFailsIsAskedAgain(t *testing.T) {
	queue := &shelf{due: []Job{{ID: "a"}}, fail: errors.New("the database restarts")}
	log := run(t, queue, send.LogSender{Log: slog.New(slog.DiscardHandler)})
	if !slices.Equal(queue.notes, []string{"a done"}) || !strings.Contains(log, "the database restarts") {
		t.Errorf("%v %s", queue.notes, log)
	}
}

func TestStoppingNotesTheAttemptUnderWayAndStartsNoOther(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	queue := &shelf{due: []Job{{ID: "sent"}, {ID: "left"}}, end: cancel}
	drain := Drain{Queue: queue, Log: slog.New(slog.DiscardHandler), Now: func() int64 { return moment },
		Jitter: func(int64) int64 { return 0 }, Batch: 2,
		Sender: senderFunc(func(context.Context, send.Message) error { cancel(); return nil })}
	drain.Run(ctx)
	if !slices.Equal(queue.notes, []string{"sent done"}) {
		t.Errorf("got %v", queue.notes)
	}
}

func TestStoppingGivesAnInterruptedMessageBackAtOnce(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	queue := &shelf{due: []Job{{ID: "cut", Attempts: 2}}, end: cancel}
	drain := Drain{Queue: queue, Log: slog.New(slog.DiscardHandler), Now: func() int64 { return moment }, MaxAttempts: 3,
		Jitter: func(int64) int64 { return 0 },
		Sender: senderFunc(func(ctx context.Context, _ send.Message) error { cancel(); <-ctx.Done(); return ctx.Err() })}
	drain.Run(ctx)
	if !slices.Equal(queue.notes, []string{fmt.Sprintf("cut retry %d timed_out", moment)}) {
		t.Errorf("got %v", queue.notes)
	}
}

func TestTheLogNamesNoRecipientAndNoBody(t *testing.T) {
	queue := &shelf{due: []Job{{ID: "j", Message: send.Message{Kind: "one_time_code", To: "19900001234", Body: "402913"}}}}
	log := run(t, queue, senderFunc(func(context.Context, send.Message) error { return &send.Failure{Cause: send.Refused, Final: true} }))
	if strings.Contains(log, "1990000") || strings.Contains(log, "402913") || !strings.Contains(log, "cause=refused") {
		t.Error(log)
	}
}
