package send

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/quotedprintable"
	"strings"
	"testing"
)

func quoted(t *testing.T, reader io.Reader) string {
	t.Helper()
	body, err := io.ReadAll(quotedprintable.NewReader(reader))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimRight(string(body), "\r\n")
}

func TestTheLogSenderTellsTheKindAndNothingPersonal(t *testing.T) {
	var out bytes.Buffer
	message := Message{Kind: "one_time_code", Channel: SMS, To: "19900001234", Subject: "验证码", Body: "402913", DedupeKey: "k"}
	if err := (LogSender{Log: slog.New(slog.NewJSONHandler(&out, nil))}).Send(context.Background(), message); err != nil {
		t.Fatal(err)
	}
	if log := out.String(); !strings.Contains(log, `"kind":"one_time_code"`) ||
		strings.Contains(log, "1990000") || strings.Contains(log, "402913") || strings.Contains(log, "验证码") {
		t.Error(log)
	}
}

func TestTheMemorySenderKeepsTheLatestOfARecipientWithinBounds(t *testing.T) {
	var memory MemorySender
	put := func(to, body string) {
		if err := memory.Send(context.Background(), Message{To: to, Body: body}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range maxEach + 2 {
		put("a", fmt.Sprint(i))
	}
	if latest := memory.Latest("a"); len(latest) != maxEach || latest[0].Body != fmt.Sprint(maxEach+1) || latest[maxEach-1].Body != "2" {
		t.Errorf("%v", latest)
	}
	for i := range maxRecipients - 1 {
		put(fmt.Sprint("p", i), "x")
	}
	put("a", "again") // heard of again: now p0 is the one longest unheard of
	put("one more", "x")
	if memory.Latest("p0") != nil || memory.Latest("p1") == nil || memory.Latest("a")[0].Body != "again" || len(memory.boxes) != maxRecipients {
		t.Errorf("p0 %v, %d boxes", memory.Latest("p0"), len(memory.boxes))
	}
	memory.Latest("a")[0].Body = "changed"
	if memory.Latest("a")[0].Body != "again" {
		t.Error("a caller can change what is kept")
	}
}

func TestTheMemorySenderFindsAMessageByItsKey(t *testing.T) {
	var memory MemorySender
	for _, key := range []string{"code:1", "code:2"} {
		if err := memory.Send(context.Background(), Message{To: "a", Body: key, DedupeKey: key}); err != nil {
			t.Fatal(err)
		}
	}
	if message, ok := memory.ByKey("code:1"); !ok || message.Body != "code:1" {
		t.Errorf("found %+v, %v", message, ok)
	}
	if _, ok := memory.ByKey("code:3"); ok {
		t.Error("a message that nobody sent was found")
	}
}

func TestAMessageGoesToTheSenderOfItsChannel(t *testing.T) {
	sms := &MemorySender{}
	route := ByChannel{SMS: sms}
	if err := route.Send(context.Background(), Message{Channel: SMS, To: "a"}); err != nil || len(sms.Latest("a")) != 1 {
		t.Errorf("%v", err)
	}
	if failure := Classify(route.Send(context.Background(), Message{Channel: Mail, To: "a"})); *failure != (Failure{NoChannel, true}) {
		t.Errorf("%+v", failure)
	}
}

func TestAnyErrorBecomesAListedCause(t *testing.T) {
	for err, want := range map[error]Cause{
		errors.New("owner@example.org"): Unknown, context.Canceled: TimedOut, fmt.Errorf("x: %w", context.DeadlineExceeded): TimedOut,
		fmt.Errorf("x: %w", &Failure{Cause: Deferred}): Deferred,
	} {
		if got := Classify(err); got.Cause != want || strings.Contains(got.Error(), "owner@") {
			t.Errorf("%v became %v", err, got)
		}
	}
}
