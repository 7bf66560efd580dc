package witness

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gongjue/voting/ledger"
)

// Client asks one server. Nothing that it says is believed without a signature.
type Client struct {
	base string
	http *http.Client
}

// NewClient is for the address that people open in a browser, such as https://gongjue.example.
func NewClient(address string) (*Client, error) {
	parsed, err := url.Parse(strings.TrimSuffix(address, "/"))
	if err != nil || (parsed.Scheme != "https" && parsed.Scheme != "http") || parsed.Host == "" || parsed.RawQuery != "" {
		return nil, fmt.Errorf("%q is not the address of a server", address)
	}
	refuse := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{parsed.String(), &http.Client{Timeout: time.Minute, CheckRedirect: refuse}}, nil
}

// The bounds of what a server may say.
const (
	mostAnswer = 1 << 20
	mostPages  = 200
)

// refused is an answer other than the one that was asked for.
type refused struct {
	path   string
	status int
	code   string
}

func (r *refused) Error() string { return fmt.Sprintf("%s: %d %s", r.path, r.status, r.code) }

func (c *Client) ask(ctx context.Context, method, path string, body io.Reader) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return nil, fmt.Errorf("ask for %s: %w", path, err)
	}
	if body != nil {
		request.Header.Set("Content-Type", "text/plain; charset=utf-8")
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask the server: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer+1))
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if len(text) > mostAnswer {
		return nil, fmt.Errorf("%s: the answer is too long", path)
	}
	if answer.StatusCode != http.StatusOK {
		var problem struct {
			Code string `json:"code"`
		}
		_ = json.Unmarshal(text, &problem) // without a code the status says enough
		return nil, &refused{path, answer.StatusCode, problem.Code}
	}
	return text, nil
}

// watched is a log that names the witness, as the server lists it.
type watched struct {
	Meeting string `json:"meeting"`
	Origin  string `json:"origin"`
	LogKey  string `json:"log_key"`
	Size    int64  `json:"size"`
	Seen    int64  `json:"seen"`
}

func (c *Client) logs(ctx context.Context, key ledger.Witness) ([]watched, error) {
	var all []watched
	after := ""
	for range mostPages {
		text, err := c.ask(ctx, http.MethodGet, "/api/v1/public/logs?witness="+url.QueryEscape(key.String())+"&after="+url.QueryEscape(after), nil)
		if err != nil {
			return nil, err
		}
		var page struct {
			Logs []watched `json:"logs"`
			Next string    `json:"next"`
		}
		if err := json.Unmarshal(text, &page); err != nil {
			return nil, fmt.Errorf("read the list of logs: %w", err)
		}
		all = append(all, page.Logs...)
		if after = page.Next; after == "" {
			return all, nil
		}
	}
	return nil, errors.New("the server's list of logs does not end")
}

func (c *Client) offer(ctx context.Context, meeting string, from int64) ([]byte, error) {
	return c.ask(ctx, http.MethodGet, "/api/v1/public/meetings/"+url.PathEscape(meeting)+"/checkpoint?from="+strconv.FormatInt(from, 10), nil)
}

func (c *Client) handIn(ctx context.Context, meeting string, note []byte) error {
	_, err := c.ask(ctx, http.MethodPost, "/api/v1/public/meetings/"+url.PathEscape(meeting)+"/cosignatures", strings.NewReader(string(note)))
	return err
}

// Round looks at every log once. told hears of each that was signed or needed handing in again; errors of single logs come
// joined at the end, so that one bad log does not hold up the others.
func (k *Keeper) Round(ctx context.Context, c *Client, key Key, now func() int64, told func(Signed)) error {
	public, err := key.Witness()
	if err != nil {
		return err
	}
	k.server = c.base
	logs, err := c.logs(ctx, public)
	if err != nil {
		return err
	}
	var failures []error
	for _, log := range logs {
		if err := k.look(ctx, c, key, log, now(), told); err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", log.Origin, err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(append(failures, k.lost(logs))...)
}

// look signs one log as far as it may be signed.
func (k *Keeper) look(ctx context.Context, c *Client, key Key, log watched, at int64, told func(Signed)) error {
	if !strings.HasSuffix(log.Origin, "/m/"+log.Meeting) || !strings.HasPrefix(log.LogKey, log.Origin+"+") {
		return fmt.Errorf("%w: names do not belong together", ledger.ErrCheckpoint)
	}
	known, err := k.Recall(log.Origin)
	if err != nil {
		return err
	}
	offer, err := c.offer(ctx, log.Meeting, known.Size)
	var no *refused
	if errors.As(err, &no) && no.code == "witness_ahead" {
		offer, err = c.offer(ctx, log.Meeting, 0) // what it has instead is evidence
	}
	if err != nil {
		return err
	}
	signed, err := k.Sign(key, log.LogKey, offer, at)
	if err != nil {
		return err
	}
	if !signed.Fresh && log.Seen >= signed.Size {
		return nil
	}
	if err := c.handIn(ctx, log.Meeting, signed.Note); err != nil {
		return fmt.Errorf("hand in the signature: %w", err)
	}
	told(signed)
	return nil
}
