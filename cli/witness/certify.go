package witness

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"gongjue/voting/ledger"
)

// The reasons for which a certificate is not signed.
var (
	ErrOtherNumber = errors.New("the certificate has another number than was typed")
	ErrNotNamed    = errors.New("the certificate does not name this key")
)

// Certified is a certificate with the street's signature.
type Certified struct {
	Text  string // what was signed
	Note  []byte
	First bool // nothing was known of the system's key: compare it with what is printed
	Key   string
}

// Certify signs a certificate file as the street. number is what the officer typed from the papers, so that nobody signs
// another one by mistake. at is Unix ms. Errors: ledger.ErrCertificate, ErrOtherNumber, ErrNotNamed, ErrOtherKey (the
// system signs with another key than before).
func (k *Keeper) Certify(key Key, number string, file []byte, at int64) (Certified, error) {
	opened, err := ledger.OpenCertificate(file)
	if err != nil {
		return Certified{}, err
	}
	public, err := key.Witness()
	if err != nil {
		return Certified{}, err
	}
	if opened.Number != number {
		return Certified{}, fmt.Errorf("%w: %s", ErrOtherNumber, opened.Number)
	}
	if !strings.Contains(opened.Text, "\nstreet_key "+public.String()+"\n") {
		return Certified{}, ErrNotNamed
	}
	origin, _, _ := strings.Cut(opened.LogKey, "+")
	first, err := k.pin(origin, opened.LogKey)
	if err != nil {
		return Certified{}, err
	}
	whole := strings.TrimSpace(strings.ReplaceAll(string(file), "\r\n", "\n")) + "\n"
	signed, err := key.sign(bare([]byte(whole), origin), at)
	if err != nil {
		return Certified{}, err
	}
	return Certified{Text: opened.Text, Note: signed, First: first, Key: opened.LogKey}, nil
}

func certificatePath(code string) string {
	return "/api/v1/public/certificates/" + url.PathEscape(code)
}

// Certificate fetches the file of a certificate by its check code.
func (c *Client) Certificate(ctx context.Context, code string) ([]byte, error) {
	return c.ask(ctx, http.MethodGet, certificatePath(code)+"/text", nil)
}

// HandInCertificate hands a signed certificate in.
func (c *Client) HandInCertificate(ctx context.Context, code string, note []byte) error {
	_, err := c.ask(ctx, http.MethodPost, certificatePath(code)+"/signatures", strings.NewReader(string(note)))
	return err
}
