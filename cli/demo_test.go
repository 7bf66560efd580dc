package cli

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestTheDemoIsReadyAndItsClockMoves starts the demo as a newcomer does, opens what it prints, and jumps to the close.
func TestTheDemoIsReadyAndItsClockMoves(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	p := &program{in: strings.NewReader(""), out: writer, err: io.Discard}
	ended := make(chan error, 1)
	go func() { ended <- p.demo(ctx, "127.0.0.1:0", "", false) }()
	printed := readUntil(t, reader, "Ctrl+C")
	go func() { _, _ = io.Copy(io.Discard, reader) }() // nothing more is looked at
	for _, account := range demoAccounts {
		if !strings.Contains(printed, account.login) {
			t.Errorf("no account %s is printed", account.login)
		}
	}
	vote := regexp.MustCompile(`http://127\.0\.0\.1:\d+/v/\S+`).FindString(printed)
	home := vote[:strings.Index(vote, "/v/")]
	open := page(t, vote)
	if !strings.Contains(open, "获取验证码") {
		t.Fatalf("the printed link does not lead to a vote: %s", open)
	}
	board := home + regexp.MustCompile(`/b/[0-9a-f-]+`).FindString(page(t, home+"/"))
	if text := page(t, board); !strings.Contains(text, "正在投票") && !strings.Contains(text, "投票中") {
		t.Error("no vote is open")
	}
	answer, err := http.PostForm(home+"/demo/clock", url.Values{"to": {"close"}, "back": {"/"}})
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if text := page(t, board); strings.Contains(text, "正在投票") || strings.Contains(text, "投票中") {
		t.Error("the vote is still open after the close")
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("the demo ended with %v", err)
	}
}

// readUntil reads what the demo prints up to a word, for at most a minute.
func readUntil(t *testing.T, reader io.Reader, word string) string {
	t.Helper()
	printed := make(chan string, 1)
	go func() {
		var text strings.Builder
		chunk := make([]byte, 4096)
		for !strings.Contains(text.String(), word) {
			n, err := reader.Read(chunk)
			if err != nil {
				break
			}
			text.Write(chunk[:n])
		}
		printed <- text.String()
	}()
	select {
	case text := <-printed:
		return text
	case <-time.After(time.Minute):
		t.Fatal("the demo is not ready after a minute")
		return ""
	}
}

func page(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d, %v", address, answer.StatusCode, err)
	}
	return string(text)
}
