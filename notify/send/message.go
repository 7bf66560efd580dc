// Package send carries one message out of the system: to a log, to a mail server, or into memory for the
// demo. It decides nothing about when or how often (see notify) and nothing about the words (see text).
// No recipient and no body ever reaches a log or an error.
package send

import (
	"context"
	"errors"
	"fmt"
)

// The channels a message may take.
const (
	SMS  = "sms"
	Mail = "mail"
)

// Message is one text to one person.
type Message struct {
	Kind      string // what it is about, such as one_time_code; safe to log
	Channel   string // SMS or Mail
	To        string // phone or address
	Subject   string // mail only
	Body      string
	DedupeKey string // equal keys are the same message; safe to store, holds no personal data
}

// Sender hands a message over. A nil error means that the other side took it, not that it was read.
type Sender interface {
	Send(ctx context.Context, message Message) error
}

// Cause is a stable code of why a message did not go out, kept with the job.
type Cause string

// The causes.
const (
	BadAddress  Cause = "bad_address"  // the recipient cannot exist
	Refused     Cause = "refused"      // the other side said no for good
	Deferred    Cause = "deferred"     // the other side said: later
	Unreachable Cause = "unreachable"  // no connection, no name, no TLS
	TimedOut    Cause = "timed_out"    // no answer in time
	NoChannel   Cause = "no_channel"   // nothing is configured for the message's channel
	Panicked    Cause = "panicked"     // a fault of ours
	Unknown     Cause = "send_unknown" // anything else
)

// Causes lists every cause.
var Causes = []Cause{BadAddress, Refused, Deferred, Unreachable, TimedOut, NoChannel, Panicked, Unknown}

// Failure is an error of sending. Its text names the cause and never the message.
type Failure struct {
	Cause Cause
	Final bool // trying again cannot help
}

func (f *Failure) Error() string { return fmt.Sprintf("send a message: %s", f.Cause) }

// Classify turns any error of a Sender into a Failure.
func Classify(err error) *Failure {
	var failure *Failure
	switch {
	case errors.As(err, &failure):
		return failure
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &Failure{Cause: TimedOut}
	}
	return &Failure{Cause: Unknown}
}

// ByChannel chooses the sender of a message by its channel.
type ByChannel map[string]Sender

// Send refuses with no_channel, for good, where nothing is configured.
func (b ByChannel) Send(ctx context.Context, message Message) error {
	sender, ok := b[message.Channel]
	if !ok {
		return &Failure{Cause: NoChannel, Final: true}
	}
	return sender.Send(ctx, message)
}
