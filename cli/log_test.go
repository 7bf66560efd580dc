package cli

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
)

func TestLogIsOneJSONObjectALineInUTC(t *testing.T) {
	var out bytes.Buffer
	log, err := newLogger(&out, logConfig{Level: "info"})
	if err != nil {
		t.Fatal(err)
	}
	log.Debug("too quiet")
	log.Info("started", slog.String("addr", "127.0.0.1:1"))
	log.Warn("slow")
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines:\n%s", len(lines), out.String())
	}
	var entry struct{ Time, Level, Msg, Addr string }
	if err := json.Unmarshal([]byte(lines[0]), &entry); err != nil {
		t.Fatal(err)
	}
	if entry.Level != "INFO" || entry.Msg != "started" || entry.Addr != "127.0.0.1:1" || !strings.HasSuffix(entry.Time, "Z") {
		t.Errorf("%+v", entry)
	}
}

func TestEveryLevelOfTheLogIsKnown(t *testing.T) {
	for text, want := range map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError} {
		if got, err := (logConfig{Level: text}).level(); err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	if _, err := newLogger(&bytes.Buffer{}, logConfig{Level: "INFO"}); err == nil {
		t.Error("INFO is taken")
	}
}
