package cli

import (
	"fmt"
	"io"
	"log/slog"
)

// level reads log.level.
func (c logConfig) level() (slog.Level, error) {
	switch c.Level {
	case "debug":
		return slog.LevelDebug, nil
	case "info":
		return slog.LevelInfo, nil
	case "warn":
		return slog.LevelWarn, nil
	case "error":
		return slog.LevelError, nil
	}
	return 0, fmt.Errorf("log.level: %q is none of debug, info, warn, error", c.Level)
}

// newLogger writes one JSON object a line, with the time in UTC: deadlines are compared across machines.
func newLogger(out io.Writer, c logConfig) (*slog.Logger, error) {
	level, err := c.level()
	if err != nil {
		return nil, err
	}
	inUTC := func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) == 0 && a.Key == slog.TimeKey {
			a.Value = slog.TimeValue(a.Value.Time().UTC())
		}
		return a
	}
	return slog.New(slog.NewJSONHandler(out, &slog.HandlerOptions{Level: level, ReplaceAttr: inUTC})), nil
}
