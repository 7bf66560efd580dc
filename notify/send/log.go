package send

import (
	"context"
	"log/slog"
)

// LogSender stands in where no gateway is configured: it notes that a message of a kind would have gone
// out, and nothing of whom it concerns or what it says.
type LogSender struct{ Log *slog.Logger }

// Send never fails.
func (s LogSender) Send(ctx context.Context, message Message) error {
	s.Log.InfoContext(ctx, "message not sent, no gateway is configured", "kind", message.Kind, "channel", message.Channel)
	return nil
}
