package bench

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"time"

	"gongjue/models/vault"
)

// LiteFile is the name of the embedded database's file in a [Product]'s directory.
const LiteFile = "gongjue.db"

// Product is `gongjue serve` as a process of its own, with every setting at its default but these.
type Product struct {
	Program string    // which serves when its first argument is serve
	Environ []string  // added to its environment
	Addr    string    // it listens on
	Raw     vault.Raw // its keys
	Dir     string    // its data directory
	URL     string    // of PostgreSQL; empty: [LiteFile] in Dir
	Log     io.Writer // what it says; nil: nobody reads it
}

// Start starts the service and waits until it is ready. The caller ends it and waits for it.
func (p Product) Start(ctx context.Context) (*exec.Cmd, error) {
	cmd := exec.Command(p.Program, "serve")
	cmd.Dir, cmd.Stdout, cmd.Stderr = os.TempDir(), p.Log, p.Log
	encode := base64.StdEncoding.EncodeToString
	cmd.Env = append(slices.Clone(p.Environ), "PATH="+os.Getenv("PATH"), "GONGJUE_SERVER_ADDR="+p.Addr, "GONGJUE_SERVER_SECURE_COOKIES=false",
		"GONGJUE_LEDGER_ORIGIN="+Origin, "GONGJUE_DATA_DIR="+p.Dir, "GONGJUE_DATABASE_URL="+p.URL,
		"GONGJUE_SECRET_FIELD_KEY="+encode(p.Raw.Field), "GONGJUE_SECRET_TOKEN_KEY="+encode(p.Raw.Token),
		"GONGJUE_SECRET_SEAL_KEY="+encode(p.Raw.Seal), "GONGJUE_SECRET_LOG_KEY="+encode(p.Raw.Log))
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	if err := waitReady(ctx, p.Addr); err != nil {
		return nil, errors.Join(err, stopServer(cmd))
	}
	return cmd, nil
}

// startTime is how long a server may take to answer.
const startTime = 30 * time.Second

func waitReady(ctx context.Context, addr string) error {
	for until := time.Now().Add(startTime); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/readyz", nil)
		if err != nil {
			return err
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			continue
		}
		if err := answer.Body.Close(); err != nil {
			return err
		}
		if answer.StatusCode == http.StatusOK {
			return nil
		}
	}
	return errors.New("the server did not get ready")
}
