package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"
)

// maxDepth bounds the nesting of a canonical value.
const maxDepth = 16

// ErrCanonical says that a value has no canonical form, or that a text is not in it.
var ErrCanonical = errors.New("not canonical JSON")

// Canonical is the one JSON text of a value, fit for hashing: of a struct with JSON tags, a map or a list.
// Text is taken as it is: it was brought to NFC once, where it entered the system. It refuses with
// ErrCanonical what has no such form: fractions, exponents, numbers beyond int64, invalid UTF-8, 17 levels.
func Canonical(value any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCanonical, err)
	}
	tree, err := parse(text.Bytes())
	if err != nil {
		return nil, err
	}
	return appendValue(nil, tree)
}

// parseCanonical reads a text that must already be canonical: reading and writing it again changes no byte.
// That one comparison refuses blanks, other escapes, unsorted keys, -0, 007 and invalid UTF-8.
func parseCanonical(text []byte) (any, error) {
	tree, err := scan(string(text))
	if err != nil {
		return nil, err
	}
	again, err := appendValue(nil, tree)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, text) {
		return nil, ErrCanonical
	}
	return tree, nil
}

// parse reads one JSON value into map[string]any, []any, string, int64, bool or nil; no key twice.
func parse(text []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	value, err := parseValue(decoder, maxDepth)
	if err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: something follows the value", ErrCanonical)
	}
	return value, nil
}

func parseValue(decoder *json.Decoder, depth int) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCanonical, err)
	}
	switch token := token.(type) {
	case json.Delim:
		if depth == 0 {
			return nil, fmt.Errorf("%w: nested too deeply", ErrCanonical)
		}
		if token == '{' {
			return parseObject(decoder, depth-1)
		}
		return parseList(decoder, depth-1)
	case json.Number:
		n, err := strconv.ParseInt(token.String(), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%w: a number that is no int64", ErrCanonical)
		}
		return n, nil
	}
	return token, nil
}

func parseObject(decoder *json.Decoder, depth int) (any, error) {
	members := map[string]any{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrCanonical, err)
		}
		key, ok := token.(string)
		if _, twice := members[key]; !ok || twice {
			return nil, fmt.Errorf("%w: a key twice", ErrCanonical)
		}
		if members[key], err = parseValue(decoder, depth); err != nil {
			return nil, err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCanonical, err)
	}
	return members, nil
}

func parseList(decoder *json.Decoder, depth int) (any, error) {
	list := []any{}
	for decoder.More() {
		value, err := parseValue(decoder, depth)
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	if _, err := decoder.Token(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCanonical, err)
	}
	return list, nil
}

// appendValue writes what parse read.
func appendValue(dst []byte, value any) ([]byte, error) {
	switch value := value.(type) {
	case nil:
		return append(dst, "null"...), nil
	case bool:
		return strconv.AppendBool(dst, value), nil
	case int64:
		return strconv.AppendInt(dst, value, 10), nil
	case string:
		if !utf8.ValidString(value) {
			return nil, fmt.Errorf("%w: text that is not UTF-8", ErrCanonical)
		}
		return appendText(dst, value), nil
	case []any:
		return appendList(dst, value)
	case map[string]any:
		return appendMembers(dst, value)
	}
	return nil, fmt.Errorf("%w: a value of type %T", ErrCanonical, value)
}

func appendList(dst []byte, list []any) ([]byte, error) {
	var err error
	dst = append(dst, '[')
	for i, value := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, err = appendValue(dst, value); err != nil {
			return nil, err
		}
	}
	return append(dst, ']'), nil
}

func appendMembers(dst []byte, members map[string]any) ([]byte, error) {
	keys := make([]string, 0, len(members))
	for key := range members {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	var err error
	dst = append(dst, '{')
	for i, key := range keys {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, err = appendValue(dst, key); err != nil {
			return nil, err
		}
		dst = append(dst, ':')
		if dst, err = appendValue(dst, members[key]); err != nil {
			return nil, err
		}
	}
	return append(dst, '}'), nil
}
